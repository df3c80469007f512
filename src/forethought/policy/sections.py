"""Answers in, sections out: what each topic says to clients, in the words of the choices that were made."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from forethought.policy.interview import asked, chosen
from forethought.policy.load import topics
from forethought.policy.model import Answers, Choice, Topic
from forethought.tables import table

FRAME = Path(__file__).parent / "frame.toml"
GAP = "{words}"  # where the words that were given go

Made = tuple[Choice, str]  # a choice, with the words that were given where it takes some


@dataclass(frozen=True, slots=True)
class Section:
    """What one topic says to clients: paragraphs of sentences for the whole policy, brief ones, and easy ones.

    It holds nothing but text, so that a version can be kept as it was although the topics change later.
    """

    topic: str
    title: str
    heading: str
    easy_heading: str
    paragraphs: tuple[tuple[str, ...], ...]
    brief: tuple[str, ...]
    easy: tuple[str, ...]

    @property
    def says(self) -> tuple[str, ...]:
        """The sentences of the whole policy, in order."""
        return tuple(chain.from_iterable(self.paragraphs))


def section(kept: Mapping[str, Any]) -> Section:
    """Return a section that was kept as data."""
    paragraphs = tuple(tuple(each) for each in kept["paragraphs"])
    return Section(**{**kept, "paragraphs": paragraphs, "brief": tuple(kept["brief"]), "easy": tuple(kept["easy"])})


@cache
def frame() -> Mapping[str, Any]:
    """Return the sentences about the choices, by the document that they stand in."""
    return table(FRAME)


def sections(answers: Answers) -> tuple[Section, ...]:
    """Return what each topic that was answered says, in order; no sentence stands twice in a topic."""
    made = _made(answers)
    return tuple(
        _section(topic, [made[question.id] for question in topic.questions if question.id in made])
        for topic in topics()
        if any(question.id in made for question in topic.questions)
    )


def missing(answers: Answers) -> tuple[Topic, ...]:
    """Return the topics on which something is asked and nothing was answered: the policy is silent there."""
    made, open_questions = _made(answers), {question.id for question in asked(answers)}
    silent = (topic for topic in topics() if not any(question.id in made for question in topic.questions))
    return tuple(topic for topic in silent if any(question.id in open_questions for question in topic.questions))


def briefly(answers: Answers, wanted: Iterable[str], part: str = "brief") -> tuple[str, ...]:
    """Return the brief sentences of these questions' answers, each once; `crisis-lines/999` names a single choice.

    `part` may be `easy` for those in easy words.
    """
    made = _made(answers)
    picked = (_picked(made, each) for each in wanted)
    return tuple(dict.fromkeys(chain.from_iterable(_filled(each, part) for each in picked)))


def _made(answers: Answers) -> Mapping[str, list[Made]]:
    """Return the choices that were made, by question."""
    found: dict[str, list[Made]] = {}
    for _, question, choice in chosen(answers):
        found.setdefault(question.id, []).append((choice, answers[question.id][0] if question.kind == "words" else ""))
    return found


def _picked(made: Mapping[str, list[Made]], wanted: str) -> list[Made]:
    question, _, only = wanted.partition("/")
    return [(choice, words) for choice, words in made.get(question, ()) if only in ("", choice.id)]


def _section(topic: Topic, made: list[list[Made]]) -> Section:
    every = [each for one in made for each in one]
    brief, easy = _filled(every, "brief"), _filled(every, "easy")
    paragraphs = tuple(_once(_filled(one, "says") for one in made))
    spoken = tuple(each for each in easy if each != topic.easy_heading)
    return Section(topic.id, topic.title, topic.heading, topic.easy_heading, paragraphs, brief, spoken)


def _once(paragraphs: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the paragraphs without any sentence that stands in one before."""
    said: set[str] = set()
    for paragraph in paragraphs:
        if kept := tuple(each for each in paragraph if each not in said):
            yield kept
        said.update(paragraph)


def _filled(made: Iterable[Made], part: str) -> tuple[str, ...]:
    """Return one part of choices, such as `easy`, with the words in their place and no sentence twice."""
    sentences = ((each, words) for choice, words in made for each in _sentences(choice, part))
    return tuple(dict.fromkeys(each.replace(GAP, words) for each, words in sentences))


def _sentences(choice: Choice, part: str) -> tuple[str, ...]:
    given = getattr(choice, part)
    return (given,) if isinstance(given, str) else given
