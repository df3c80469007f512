"""The interview: what is asked given the answers so far, the strictest answers to begin with, and answers checked."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import NamedTuple

from forethought.errors import ForethoughtError, UnknownNameError
from forethought.guidance import Difference, Guidance, Provision
from forethought.policy.load import questions, topics
from forethought.policy.model import Answers, Choice, Question, Topic

ENDS = " .;,"  # what a sentence has of its own after words that were given


class UnknownQuestionError(UnknownNameError):
    """An answer to something that the interview does not ask."""

    def __init__(self, given: str, known: Iterable[str]) -> None:
        super().__init__("question", given, known, "The interview")


class UnknownChoiceError(UnknownNameError):
    """An answer that its question does not offer."""

    def __init__(self, question: Question, given: str) -> None:
        super().__init__(f"for '{question.id}' the choice", given, [each.id for each in question.choices])


class OneChoiceError(ForethoughtError):
    """Several answers to a question that takes one."""

    def __init__(self, question: Question, given: int) -> None:
        """Take the question, and how many answers it was given."""
        kind = "text" if question.kind == "words" else "choice"
        super().__init__(f"'{question.id}' takes one {kind}, and {given} were given. Keep the one that is meant.")


class LongWordsError(ForethoughtError):
    """Words that are too long to stand in a sentence of the policy."""

    def __init__(self, question: Question, given: int) -> None:
        """Take the question, and how many characters it was given."""
        super().__init__(
            f"the words for '{question.id}' have {given} characters, and {question.longest} fit. "
            f"Shorten them by {given - question.longest}."
        )


@dataclass(frozen=True, slots=True)
class Doubt:
    """A choice that was made and what stands against it: provisions of active documents, and where those differ."""

    topic: Topic
    question: Question
    choice: Choice
    provisions: tuple[Provision, ...]
    differences: tuple[Difference, ...]


class Chosen(NamedTuple):
    """A choice that was made, with its question and topic."""

    topic: Topic
    question: Question
    choice: Choice


@dataclass(frozen=True, slots=True)
class Clash:
    """Two choices that cannot both be true, in the order of the interview."""

    first: Chosen
    second: Chosen


def asked(answers: Answers) -> tuple[Question, ...]:
    """Return the questions to ask given the answers so far, in order; one that hangs on another waits for it."""
    found: dict[str, Question] = {}
    for id, question in questions().items():
        holds = all(before in found and _picked(answers, before, by) for before, by in question.only_if.items())
        if holds and not any(_picked(answers, before, by) for before, by in question.unless.items()):
            found[id] = question
    return tuple(found.values())


def defaults() -> Answers:
    """Return the answers of the strictest guidance, to begin with; what takes words is left open.

    No provision of any document speaks against one of them, so they hold whichever documents are active.
    """
    answers: dict[str, tuple[str, ...]] = {id: each.default for id, each in questions().items() if each.default}
    return {question.id: answers[question.id] for question in asked(answers) if question.id in answers}


def checked(answers: Mapping[str, Iterable[str]]) -> Answers:
    """Return answers as they can be kept: in order, each choice once, words on one line, nothing that is not asked.

    Raises UnknownQuestionError, UnknownChoiceError, OneChoiceError or LongWordsError for an answer that does not fit.
    """
    for id in answers:
        if id not in questions():
            raise UnknownQuestionError(id, questions())
    given = {id: _fitting(questions()[id], tuple(answer)) for id, answer in answers.items()}
    return {question.id: given[question.id] for question in asked(given) if given.get(question.id)}


def unanswered(answers: Answers) -> tuple[Question, ...]:
    """Return what is asked and still open."""
    return tuple(question for question in asked(answers) if not answers.get(question.id))


def chosen(answers: Answers) -> Iterator[Chosen]:
    """Yield every choice that was made, in the policy's order; a question that took words has its single one."""
    now_asked = {question.id for question in asked(answers)}
    for topic in topics():
        for question in topic.questions:
            for id in answers.get(question.id, ()) if question.id in now_asked else ():
                yield Chosen(topic, question, question.choice(id))


def clashes(answers: Answers) -> tuple[Clash, ...]:
    """Return each two of the choices made that cannot both be true; nothing is dropped because of it."""
    return tuple(Clash(*two) for two in combinations(chosen(answers), 2) if _clash(*two) or _clash(*reversed(two)))


def doubts(answers: Answers, guidance: Guidance) -> tuple[Doubt, ...]:
    """Return each choice made against which a provision of the active documents speaks."""
    told = (doubt(topic, question, choice, guidance) for topic, question, choice in chosen(answers))
    return tuple(each for each in told if each)


def doubt(topic: Topic, question: Question, choice: Choice, guidance: Guidance) -> Doubt | None:
    """Return what to tell the practitioner of one choice; None where nothing active stands against it."""
    provisions = tuple(each for each in guidance.provisions() if each.id in choice.against)
    every = guidance.differences_on([duty.id for duty in guidance.duties]) if provisions else ()
    differences = tuple(each for each in every if each.id in topic.differences)
    return Doubt(topic, question, choice, provisions, differences) if provisions else None


def _picked(answers: Answers, id: str, choices: Iterable[str]) -> bool:
    """Whether one of these choices was made."""
    return bool(set(answers.get(id, ())) & set(choices))


def _clash(one: Chosen, other: Chosen) -> bool:
    return other.choice.id in one.choice.not_with.get(other.question.id, ())


def _fitting(question: Question, answer: tuple[str, ...]) -> tuple[str, ...]:
    """Return an answer as it can be kept, or raise the error that says what does not fit."""
    given = tuple(dict.fromkeys(each for each in map(_evened, answer) if each))
    if question.kind != "many" and len(given) > 1:
        raise OneChoiceError(question, len(given))
    return _words(question, given) if question.kind == "words" else _choices(question, given)


def _words(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    kept = tuple(words for words in (each.rstrip(ENDS) for each in given) if words)
    for words in kept:
        if len(words) > question.longest:
            raise LongWordsError(question, len(words))
    return kept


def _choices(question: Question, given: tuple[str, ...]) -> tuple[str, ...]:
    """Return the choices in the question's order."""
    known = [each.id for each in question.choices]
    for id in given:
        if id not in known:
            raise UnknownChoiceError(question, id)
    return tuple(id for id in known if id in given)


def _evened(words: str) -> str:
    return " ".join(words.split())
