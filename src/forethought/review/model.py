"""The report on a draft: findings with their grounds, a verdict, what a client might notice, and what happens next.

A report explains and never judges the person; its best verdict is `clear`, which means that nothing was
found to raise, never that a post is safe.
"""

from dataclasses import dataclass, field
from typing import Literal

from forethought.guidance import Difference, Provision
from forethought.reading import Draft, Reading, Span
from forethought.rules import Finding, Verdict

ReaderName = Literal["learned", "lexical"]


@dataclass(frozen=True, slots=True)
class Stance:
    """How one body holds the duties behind a finding: `binds`, `advises` or `silent`."""

    body: str
    standing: str


@dataclass(frozen=True, slots=True, eq=False)
class Grounds:
    """Who says so: every active provision behind a rule, each body's stance, and where the documents differ.

    Made once for a set of duties and shared by every finding under them, so it is equal only to itself.
    """

    provisions: tuple[Provision, ...]
    stances: tuple[Stance, ...]
    differences: tuple[Difference, ...]

    @property
    def bodies_differ(self) -> bool:
        """Whether the active bodies do not all hold the duties equally strongly."""
        return len({stance.standing for stance in self.stances}) > 1


@dataclass(frozen=True, slots=True)
class Explained:
    """A finding together with its grounds."""

    finding: Finding
    grounds: Grounds


@dataclass(frozen=True, slots=True)
class Noticed:
    """A sentence that a client would notice, and the thought it might raise."""

    span: Span
    thought: str


@dataclass(frozen=True, slots=True)
class NextStep:
    """What to do next, in words, with the provisions that ask for it."""

    id: str
    says: str
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What review found in a draft, in reading order.

    `reader` says who read it, and `in_english` is false where most of it, or of a picture's description, could not be.
    `reading` is what the draft was read as, for those who go on from there.
    """

    draft: Draft
    verdict: Verdict
    findings: tuple[Explained, ...]
    client_view: tuple[Noticed, ...]
    next_steps: tuple[NextStep, ...]
    reader: ReaderName = "lexical"
    in_english: bool = True
    reading: Reading | None = field(default=None, repr=False, compare=False)

    @property
    def unchecked(self) -> bool:
        """Whether nothing can be said of the draft, since it could not be read and nothing was found all the same."""
        return not self.in_english and not self.findings
