"""Answers in, documents out: what clients read says what was chosen, in a frame that promises nothing.

Every sentence to a client is one of a choice that was made, or stands in `frame.toml`.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table, Terms
from forethought.platforms import fitted, limit, platforms
from forethought.policy.load import topics
from forethought.policy.model import Answers
from forethought.policy.sections import Section, briefly, frame, missing, sections

NAME = "practice-name"  # the question whose answer stands at the head of a document
MOST = 130  # words of the paragraph for a website
SHORTEST = "sms"  # the platform whose messages are the shortest: a reply that fits there fits everywhere
LINES = 41  # of the page, that its sections may take up: with 44 they run on to a second page
ACROSS = 84  # characters in a line of the page, as measured in print


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version of the policy a document is, from 1, and the day on which it was made."""

    version: int
    made: date

    @property
    def day(self) -> str:
        """The day in words, such as 9 November 2026."""
        return f"{self.made.day} {self.made:%B %Y}"


def policy(answers: Answers, edition: Edition) -> Document:
    """Return the whole policy under the headings that a client would ask, a paragraph for each thing decided."""
    words = frame()["policy"]
    blocks: list[Block] = [*_help(answers), _head(answers, edition), *map(Paragraph, words["lead"])]
    for section in sections(answers):
        blocks += [Heading(2, section.heading), *(Paragraph(" ".join(each)) for each in section.paragraphs)]
    blocks += [Heading(2, words["closing_heading"]), *map(Paragraph, words["closing"])]
    return Document(words["title"], tuple(blocks))


def page(answers: Answers, edition: Edition) -> Document:
    """Return the policy on one page of A4: a brief sentence for every topic, and more as far as the page goes.

    Its headings are the short ones, which a single sentence can answer.
    """
    words = frame()["page"]
    lines = _help(answers)
    kept = _paged(sections(answers), words["first"], briefly(answers, [frame()["help"]["lines"]]))
    told = Terms(tuple((section.easy_heading, " ".join(brief)) for section, brief in kept.items() if brief))
    return Document(words["title"], (*lines, _head(answers, edition), told, *map(Paragraph, words["closing"])))


def easy(answers: Answers, edition: Edition) -> Document:
    """Return the version in easy words: an idea a line, and hard words explained at the end."""
    words = frame()["easy"]
    told = sections(answers)
    blocks: list[Block] = [*_help(answers, "easy"), *map(Paragraph, words["lead"]), _head(answers, edition)]
    for section in told:
        blocks += [Heading(2, section.easy_heading), *map(Paragraph, section.easy)]
    blocks += [Heading(2, words["closing_heading"]), *map(Paragraph, words["closing"])]
    if hard := _hard_words(sentence for section in told for sentence in (section.easy_heading, *section.easy)):
        blocks += [Heading(2, words["words_heading"]), Terms(hard)]
    return Document(words["title"], tuple(blocks))


def checklist(answers: Answers, edition: Edition) -> Document:
    """Return what to go through with a client, with boxes to fill in; it is for the practitioner.

    Topics that were not answered are named, because the policy says nothing of them yet.
    """
    words = frame()["checklist"]
    silent = tuple(topic.title for topic in missing(answers))
    agreed = tuple((each, "") for each in words["agreement"])
    return Document(
        words["title"],
        (
            *map(Paragraph, words["lead"]),
            Table(words["about"], tuple(words["heads"]), _boxes(edition)),
            Heading(2, words["topics_heading"]),
            *(block for section in sections(answers) for block in _to_talk_through(section)),
            *((Note(words["silent"]), Listing(silent)) if silent else ()),
            Heading(2, words["agreement_heading"]),
            Table(words["about_agreement"], tuple(words["heads"]), agreed),
        ),
    )


def website(answers: Answers, edition: Edition) -> Document:
    """Return a paragraph for a website of at most 130 words: the weightiest brief sentences that fit."""
    words = frame()["website"]
    kept: list[str] = []
    for sentence in briefly(answers, words["sentences"]):
        if _length([*words["lead"], *kept, sentence, *words["closing"]]) <= MOST:
            kept.append(sentence)
    return Document(words["title"], (Paragraph(" ".join((*words["lead"], *kept, *words["closing"]))),))


def reply(answers: Answers, platform: str = SHORTEST) -> str:
    """Return an automatic reply as long as a message on the platform may be, the weightiest sentences first.

    Raises UnknownNameError for a platform whose limits are not known; one that takes no message gets the shortest.
    """
    words = frame()["reply"]
    most = limit(platform, "message") or limit(SHORTEST, "message")
    return fitted((*words["lead"], *briefly(answers, words["texts" if platform == SHORTEST else "sentences"])), most)


def replies(answers: Answers, edition: Edition) -> Document:
    """Return the automatic reply in each of its lengths, with the platforms that it fits."""
    titles: dict[str, list[str]] = {}
    for each in platforms().values():
        if each.message:
            titles.setdefault(reply(answers, each.id), []).append(each.title)
    blocks: list[Block] = []
    for words in sorted(titles, key=len):
        blocks += [Heading(2, f"{', '.join(titles[words])} ({len(words)} characters)"), Paragraph(words)]
    return Document(frame()["reply"]["title"], tuple(blocks))


def _help(answers: Answers, part: Literal["brief", "easy"] = "brief") -> tuple[Block, ...]:
    """Return the help lines that were chosen, each on a line of its own; nothing where none was."""
    words = frame()["help"]
    lines = briefly(answers, [words["lines"]], part)
    return (Note(words["easy_lead" if part == "easy" else "lead"]), Listing(lines)) if lines else ()


def _head(answers: Answers, edition: Edition) -> Terms:
    name = tuple(("From", each) for each in answers.get(NAME, ()))
    return Terms((*name, ("Version", str(edition.version)), ("Date", edition.day)))


def _boxes(edition: Edition) -> tuple[tuple[str, str], ...]:
    words = frame()["checklist"]
    version = (words["version_box"], f"{edition.version}, of {edition.day}")
    return (version, *((box, "") for box in words["boxes"]))


def _to_talk_through(section: Section) -> Iterator[Block]:
    """Yield a topic of the checklist: what the policy says, and each thing to say or ask with a box for its date."""
    words = frame()["checklist"]
    to_say = next(topic.checklist for topic in topics() if topic.id == section.topic)
    yield Heading(3, section.title)
    yield Paragraph(f"{words['says']} {' '.join(section.brief)}")
    yield Table(words["topics"], tuple(words["topic_heads"]), tuple((each, "") for each in to_say))


def _paged(told: Iterable[Section], first: Iterable[str], shown: Collection[str]) -> Mapping[Section, tuple[str, ...]]:
    """Return the sections with the brief sentences that one page holds: one each, then more of those named `first`.

    What the page has `shown` before, a line each, is not said again.
    """
    new = {section: tuple(each for each in section.brief if each not in shown) for section in told}
    kept, room = {section: brief[:1] for section, brief in new.items()}, LINES - len(shown) - bool(shown)
    weighty = [*first, *(section.topic for section in kept)]
    for section in sorted(kept, key=lambda each: weighty.index(each.topic)):
        for sentence in new[section][1:]:
            longer = {**kept, section: (*kept[section], sentence)}
            if sum(map(_lines, longer.items())) <= room:
                kept = longer
    return kept


def _lines(row: tuple[Section, tuple[str, ...]]) -> int:
    """Return how many lines of the page a section takes up."""
    section, brief = row
    return -(-len(" ".join((section.easy_heading, *brief))) // ACROSS)


def _length(sentences: Iterable[str]) -> int:
    return len(" ".join(sentences).split())


def _hard_words(sentences: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Return the hard words that sentences have, each with what it means."""
    text = " ".join(sentences)
    known = ((each["word"], each["means"], (each["word"], *each.get("also", ()))) for each in frame()["word"])
    return tuple((word, means) for word, means, forms in known if any(_stands(form, text) for form in forms))


def _stands(form: str, text: str) -> bool:
    return bool(re.search(rf"\b{re.escape(form)}\b", text, re.IGNORECASE))
