"""The answers that the triage takes, the data that decides, and the plan that comes out."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from forethought.guidance import Difference, Provision
from forethought.guidance.vocabulary import Standing

Block = Literal["no", "not-needed", "advised", "after-capture"]
BLOCKS: tuple[Block, ...] = get_args(Block)  # the one that decides first
Seen = Literal["excerpt", "older", "memory"]
Trail = Literal["danger", "stalking", "intimate", "hate", "other"]
GATED: tuple[Trail, ...] = ("danger", "stalking", "intimate", "hate")  # what has to be checked before a release

PLACES = ("public", "closed-group", "private")
PEOPLE = (
    "client", "former-client", "client-relation", "colleague", "member", "former-partner", "stranger", "unknown",
    "several",
)  # fmt: skip
BODIES = ("bacp", "babcp", "bps", "hcpc", "ukcp", "ncps", "social-work-england", "gmc", "nmc")
NATIONS = ("England", "Wales", "Scotland", "Northern Ireland")
SIGNS = (
    "threat-to-life", "address-known", "repeated", "fixated", "turned-up", "under-18", "client-shown", "work",
    "employed", "money", "platform-refused", "one-of-many", "regret-client", "press",
)  # fmt: skip
GROUNDS = (
    "class", "disability", "gender", "race", "religion", "sexual-orientation", "age", "gender-reassignment", "marriage",
    "pregnancy", "sex",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the person said; the nation is never taken for granted, and `danger` is asked before everything else."""

    nature: str
    nation: str
    danger: bool = False
    place: str = "public"
    who: str = "unknown"
    their_body: str = ""
    signs: frozenset[str] = frozenset()
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class When:
    """A condition: something of every kind in `every` is so, and nothing of any kind in `unless`."""

    every: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def holds(self, known: Mapping[str, Collection[str]]) -> bool:
        """Return whether it holds of what is known, by kind such as `sign`."""
        return all(not {*known[kind]}.isdisjoint(words) for kind, words in self.every.items()) and not any(
            not {*known[kind]}.isdisjoint(words) for kind, words in self.unless.items()
        )


@dataclass(frozen=True, slots=True)
class Case:
    """What a step says instead, and who says it, where a condition holds."""

    when: When
    words: str
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StepData:
    """A step as it is loaded: the first of its cases that holds takes the place of its words and provisions."""

    id: str
    words: str
    why: str
    duties: tuple[str, ...]
    cites: tuple[str, ...]
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something to do, or not to do; `cites` are active provisions, and none makes it our own suggestion."""

    id: str
    words: str
    cites: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What follows where a condition holds; `first` are routes that go before the others, `why` says why its routes."""

    when: When
    now: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    avoid: tuple[str, ...] = ()
    drop: tuple[str, ...] = ()
    routes: tuple[str, ...] = ()
    first: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    differences: tuple[str, ...] = ()
    block: Block | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Nature:
    """What kind of thing happened; `kinds` holds each document's own name for it, by pack.

    `capture` is what an entry of this kind should record, `asks` what to think through, and `does` what follows.
    """

    id: str
    title: str
    meaning: str
    kinds: Mapping[str, str]
    capture: tuple[str, ...]
    asks: tuple[str, ...]
    does: Rule


@dataclass(frozen=True, slots=True)
class Route:
    """Somewhere to report to, as read on a day; `draft` is empty where no written report is sensible.

    `instead` is the route that takes its place in a nation that it does not serve. `checked_by` is empty until
    somebody has compared the row with the official page, and `seen_as` says how it was seen.
    """

    id: str
    name: str
    when: str
    asks_for: tuple[str, ...]
    have_ready: tuple[str, ...]
    cannot_do: tuple[str, ...]
    can_do: str
    nations: tuple[str, ...]
    phone: str
    address: str
    source_title: str
    source_url: str
    read_on: date
    seen_as: Seen
    checked_by: str
    review_on: date
    path: Trail
    draft: str = ""
    instead: str = ""


@dataclass(frozen=True, slots=True)
class Support:
    """Somebody or something to lean on; `lines` are numbers, read on a day and checked like a route."""

    id: str
    title: str
    words: str
    cites: tuple[str, ...]
    lines: tuple[str, ...]
    nations: tuple[str, ...]
    address: str
    read_on: date
    seen_as: Seen
    checked_by: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Offence:
    """Words of the law worth naming when asking the police, in the nations that it reaches; never a finding."""

    id: str
    subject: str
    provision: str
    note: str
    nations: tuple[str, ...]
    natures: tuple[str, ...]
    source_title: str
    read_on: date
    seen_as: Seen
    checked_by: str
    review_on: date


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer to a question; `cites` are the provisions that name it, `points` the nature that it points to."""

    id: str
    title: str
    help: str
    cites: tuple[str, ...]
    points: str


@dataclass(frozen=True, slots=True)
class Question:
    """A question as a page asks it: about a field of `Answers`, or about none where it only helps to tell apart."""

    id: str
    about: str
    kind: str
    title: str
    help: str
    choices: tuple[Choice, ...]
    when: When


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one active pack stands on these steps: how strongly, and the provisions that say so."""

    pack: str
    body: str
    standing: Standing
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """A route in a plan, why it is there, and whether a report can be drafted for it."""

    route: Route
    why: str
    draft: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do now, next and not at all; whether to block; where to turn; and which active document says so."""

    answers: Answers
    nature: Nature
    now: tuple[Step, ...]
    next: tuple[Step, ...]
    avoid: tuple[Step, ...]
    block: Block
    routes: tuple[Way, ...]
    support: tuple[Support, ...]
    offences: tuple[Offence, ...]
    differences: tuple[Difference, ...]
    stands: tuple[Stand, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """Everything to do and not to do, in the order in which it is read."""
        return (*self.now, *self.next, *self.avoid)
