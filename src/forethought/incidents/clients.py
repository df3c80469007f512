"""Whether an item could tell somebody who a client is, so that it is not handed over as it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from forethought.clients.recognise import Match, Recogniser
from forethought.clients.telling import named
from forethought.guidance import Guidance
from forethought.incidents.fields import value_of
from forethought.reading import Draft
from forethought.review import review

Answer = Literal["no", "perhaps", "yes"]
MOST_LETTERS = 20_000
WORDED = ("title", "words", "name", "address", "remark")  # fields in which somebody can be named
UNSEEN: Mapping[str, str] = {
    "screenshot": "Nobody has looked at this picture for clients.",
    "film": "Nobody has looked at this film for clients.",
    "sound": "Nobody has listened to this recording for clients.",
}
UNREAD = "Nobody has read this for clients, and it holds no words that Forethought can read."
FOREIGN = "Its words could not be read, since most of them are not in English."
READS_SO = "Read as a post, its words raise this: {}. Look at them before it goes to anybody."
SAID: Mapping[str, str] = {
    "yes": "You said that it could identify a client.",
    "perhaps": "You said that it could perhaps identify a client.",
    "no": "You said that it cannot identify a client.",
}


@dataclass(frozen=True, slots=True)
class Flag:
    """Whether an item could identify a client, and why, in sentences for the person."""

    value: Answer
    why: tuple[str, ...] = ()

    @property
    def pointed(self) -> bool:
        """Whether something in the item points to a client; that nobody has looked at it yet does not."""
        return not {*self.why} <= {UNREAD, *UNSEEN.values(), *SAID.values()}


def flag(fields: Mapping[str, Any], preview: str, recogniser: Recogniser, guidance: Guidance) -> Flag:
    """Return whether an item could identify a client, by its fields and the beginning of its words.

    It is `yes` where a client who was added is met, or the person said so. Then what the person said of it counts. Else
    it is `perhaps` where a first name is met, or a name that is made of ordinary words, where the review finds
    that a client may be told of, or where nobody has looked. Only the first 20,000 letters are read.
    """
    words = _words(fields, preview)
    met = _met(fields, words, recogniser)
    sure = tuple(dict.fromkeys(named(each).why for each in met if not each.weak))
    said = _said(fields)
    if sure or said == "yes":
        return Flag("yes", sure or (SAID["yes"],))
    if said:
        return Flag("no" if said == "no" else "perhaps", (SAID[said],))
    weak = dict.fromkeys(named(each).why for each in met)
    why = (*weak, *_by_review(words, guidance), *_unseen(fields, preview))
    return Flag("perhaps", why) if why else Flag("no")


def _words(fields: Mapping[str, Any], preview: str) -> str:
    """Return the words in which a client could be named, the person's own first."""
    texts = [str(value_of(fields, name)) for name in WORDED]
    texts += [str(each.get("value", "")) for name, each in fields.items() if name.startswith("file: ")]
    return "\n\n".join(filter(None, [*texts[:2], preview, *texts[2:]]))[:MOST_LETTERS]


def _met(fields: Mapping[str, Any], words: str, recogniser: Recogniser) -> tuple[Match, ...]:
    """Return the clients who are met in the words, or by the account that the item is from."""
    last = str(value_of(fields, "profile")).rstrip("/").rpartition("/")[2]
    accounts = dict.fromkeys(filter(None, (str(value_of(fields, "handle")), last)))
    by_account = (match for each in accounts for match in recogniser.of_person(name=each[:200], handle=each[:200]))
    return (*recogniser.in_text(words), *by_account)


def _said(fields: Mapping[str, Any]) -> str:
    """Return what the person said of it; empty where they did not."""
    answer = fields.get("client", {})
    return str(answer.get("value")) if answer.get("from") == "said" and answer.get("value") in SAID else ""


def _by_review(words: str, guidance: Guidance) -> Iterator[str]:
    """Yield what the review of the words, read as a post, says of a client in them."""
    if not words.strip():
        return
    report = review(Draft(words), guidance)
    rules = [each.finding.rule for each in report.findings if each.finding.rule.id.startswith("confidentiality/")]
    yield from (READS_SO.format(rule.title[:1].lower() + rule.title[1:]) for rule in rules)
    if report.unchecked:
        yield FOREIGN


def _unseen(fields: Mapping[str, Any], preview: str) -> Iterator[str]:
    """Yield that nobody has looked at an item without words."""
    if not (str(value_of(fields, "words")) + preview).strip():
        yield UNSEEN.get(str(value_of(fields, "kind")), UNREAD)
