"""Two versions of a policy side by side in plain words, and when the newest is to be looked at again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forethought.documents import Block, Document, Heading, Listing, Paragraph
from forethought.policy.model import Answers
from forethought.policy.sections import Section
from forethought.policy.writing import Edition

Kind = Literal["new", "gone", "changed"]
NAMES: dict[Kind, str] = {"new": "New", "gone": "Gone", "changed": "Changed"}
REVIEW = "review-every"  # the question that says how often the policy is looked at again
MONTHS = {"six-months": 6, "twelve-months": 12}  # until then, by that question's choices
LONGEST = 12  # months, where nothing was chosen


@dataclass(frozen=True, slots=True)
class Change:
    """What is different about one topic: the sentences that are gone and those that came, either empty where none."""

    kind: Kind
    title: str
    was: tuple[str, ...]
    now: tuple[str, ...]

    @property
    def says(self) -> str:
        """The change in words."""
        said = [f"It said: {' '.join(self.was)}"] if self.was else []
        says = [f"It now says: {' '.join(self.now)}"] if self.now else []
        return " ".join((f"{NAMES[self.kind]}: {self.title[:1].lower()}{self.title[1:]}.", *said, *says))


def changes(before: Iterable[Section], after: Iterable[Section]) -> tuple[Change, ...]:
    """Return what changed for clients from one version's sections to another's, in the newer one's order.

    Only whole-policy sentences count: a topic whose sentences stand in another order has not changed.
    """
    old = {section.topic: section for section in before}
    new = {section.topic: section for section in after}
    return (*_still_there(old, new), *(_change("gone", old[id], old[id].says, ()) for id in old if id not in new))


def document(found: Iterable[Change], before: Edition, after: Edition) -> Document:
    """Return the changes to hand to clients beside the new version."""
    told = tuple(found)
    lead = f"What is different in version {after.version}, of {after.day}, from version {before.version}."
    nothing = "Nothing that it says to clients has changed."
    blocks: list[Block] = [Paragraph(lead)] if told else [Paragraph(lead), Paragraph(nothing)]
    for change in told:
        blocks.append(Heading(2, f"{NAMES[change.kind]}: {change.title}"))
        for words, sentences in (("It said:", change.was), ("It now says:", change.now)):
            blocks += [Paragraph(words), Listing(sentences)] if sentences else []
    return Document("Changes to the policy", tuple(blocks))


def next_review(made: date, answers: Answers) -> date:
    """Return the day on which a policy made on `made` is to be looked at again: in 12 months, or in 6 where chosen.

    Where that month is too short to have the day, it is the month's last.
    """
    chosen = answers.get(REVIEW, ())
    months = min((MONTHS[each] for each in chosen if each in MONTHS), default=LONGEST)
    years, month = divmod(made.month - 1 + months, 12)
    return _nearest(made.year + years, month + 1, made.day)


def due(made: date, today: date, answers: Answers) -> bool:
    """Whether the day has come on which the policy is to be looked at again."""
    return today >= next_review(made, answers)


def _still_there(old: dict[str, Section], new: dict[str, Section]) -> Iterator[Change]:
    for id, section in new.items():
        before = old[id].says if id in old else ()
        was = tuple(each for each in before if each not in section.says)
        now = tuple(each for each in section.says if each not in before)
        if was or now:
            yield _change("changed" if id in old else "new", section, was, now)


def _change(kind: Kind, section: Section, was: tuple[str, ...], now: tuple[str, ...]) -> Change:
    return Change(kind, section.title, was, now)


def _nearest(year: int, month: int, day: int) -> date:
    """Return the day, or the last one before it that its month has."""
    try:
        return date(year, month, day)
    except ValueError:
        return _nearest(year, month, day - 1)
