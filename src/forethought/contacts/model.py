"""What may happen, who may be behind it, and the answers: the data of the contact guide as it is loaded."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal, get_args

from forethought.guidance import Difference, Provision
from forethought.guidance.vocabulary import Standing

Course = Literal["bar", "decline", "leave", "signpost", "talk", "care", "purpose", "free"]
COURSES: tuple[Course, ...] = get_args(Course)  # the strictest first
COURSE_WORDS: Mapping[Course, str] = MappingProxyType(
    {
        "bar": "Never, whatever the circumstances.",
        "decline": "Turn it down, kindly and formally.",
        "leave": "Do nothing online, and answer nothing in public.",
        "signpost": "Answer briefly with where help is, and with nothing clinical.",
        "talk": "Talk about it in person first, and do nothing online until then.",
        "care": "Not barred, and no plain yes: only after careful thought, and with supervision.",
        "purpose": "As a professional, with the purpose said.",
        "free": "Nothing in the guidance stands against it.",
    }
)
TONES = ("formal", "warm")


@dataclass(frozen=True, slots=True)
class Requester:
    """Who gets in touch, from the practitioner's side; `clinical` says whether there was ever a client relationship.

    `differences` are points on which the documents differ that concern this one and not every other.
    """

    id: str
    title: str
    meaning: str
    clinical: bool
    differences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """What to do in one situation where one of these requesters is behind it.

    `course` holds unless `by` names another for a body or pack. `do` holds always, and `do_for` beside it where the
    course comes out as that one. `cites` are the provisions that carry the course, and `related` those that are worth
    reading beside it. `formal` and `warm` are sentences in order of weight; where no reply is right both are empty and
    `no_reply` says why. `record`, `next_session` and `supervision` are empty where there is nothing to do.
    """

    of: tuple[str, ...]
    course: Course
    by: Mapping[str, Course]
    cites: tuple[str, ...]
    related: tuple[str, ...]
    do: tuple[str, ...]
    do_for: Mapping[Course, tuple[str, ...]]
    questions: tuple[str, ...]
    formal: tuple[str, ...]
    warm: tuple[str, ...]
    no_reply: str
    next_session: str
    record: str
    supervision: str


@dataclass(frozen=True, slots=True)
class Situation:
    """Something that happened or is about to; `place` says what a reply would be: message, comment or note."""

    id: str
    title: str
    meaning: str
    place: str
    differences: tuple[str, ...]
    topics: tuple[str, ...]
    gap: str
    answers: tuple[Answer, ...]

    def answer(self, requester: str) -> Answer:
        """Return the answer for a requester's id; every situation has one for each."""
        return next(each for each in self.answers if requester in each.of)


@dataclass(frozen=True, slots=True)
class Stand:
    """Where one active pack stands: how strongly, the course that follows from it alone, and what it says.

    `course` is None where its provisions say nothing of what to do.
    """

    pack: str
    body: str
    standing: Standing
    course: Course | None
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """The guide's answer: the strictest course of the active bodies, who says so, and everything to do about it.

    `covered` is false where no active document says anything of what to do; the course is then our own suggestion.
    """

    situation: Situation
    requester: Requester
    answer: Answer
    course: Course
    covered: bool
    stands: tuple[Stand, ...]
    related: tuple[Provision, ...]
    differences: tuple[Difference, ...]

    @property
    def steps(self) -> tuple[str, ...]:
        """What to do, first things first; what holds for another course than this is left out."""
        return (*self.answer.do, *self.answer.do_for.get(self.course, ()))

    @property
    def differ(self) -> bool:
        """Whether the courses of the active documents are not all the same."""
        return len({stand.course for stand in self.stands if stand.course}) > 1
