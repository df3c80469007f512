"""Loading the policy's topics, once, with every name in them checked."""

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, get_args

from forethought.guidance.schema import Entry, PackError, Schema, read, tables, tuples
from forethought.policy.model import Choice, Kind, Question, Topic

HERE = Path(__file__).parent
HEAD = Schema(
    required={
        "id": str, "title": str, "heading": str, "easy_heading": str, "why": str, "cites": list, "signs": list,
        "checklist": list,
    },
    optional={"differences": list},
)  # fmt: skip
QUESTION = Schema(required={"id": str, "asks": str, "kind": str, "default": list}, optional={"help": str})
CHOICE = Schema(
    required={"id": str, "label": str, "says": list, "brief": str, "easy": list},
    optional={"against": list},
)


@cache
def topics(folder: Path = HERE / "topics") -> tuple[Topic, ...]:
    """Return the topics in the order of their files' numbers. Raises PackError, naming file and line."""
    found = tuple(_topic(path) for path in sorted(folder.glob("*.toml")))
    known: dict[str, Question] = {}
    for topic in found:
        for question in topic.questions:
            _check_after(folder, question, known)
            known[question.id] = question
    for question in known.values():
        _check_beside(folder, question, known)
    return found


def questions() -> Mapping[str, Question]:
    """Return every question by its id, in the order in which they are asked."""
    return {question.id: question for topic in topics() for question in topic.questions}


def _topic(path: Path) -> Topic:
    data = read(path)
    head = Entry(path, "", 0, {key: value for key, value in data.items() if key != "question"})
    head.check(HEAD)
    return Topic(
        **{"differences": (), **tuples(head.values)},
        questions=tuple(map(_question, tables(path, data, "question"))),
    )


def _question(entry: Entry) -> Question:
    values = dict(entry.values)
    choices, longest = values.pop("choice", ()), values.pop("longest", 200)
    only_if, unless = _named(values.pop("only_if", {})), _named(values.pop("unless", {}))
    Entry(entry.path, entry.table, entry.index, values).check(QUESTION)
    entry.one_of("kind", get_args(Kind))
    if not choices:
        raise entry.fault("a question has no [[question.choice]]. Give it one; of kind words it takes one.")
    made = tuple(_choice(entry, each) for each in choices)
    if values["kind"] != "words":
        entry.one_of("default", [each.id for each in made])
    return Question(**{"help": "", **tuples(values)}, choices=made, only_if=only_if, unless=unless, longest=longest)


def _choice(question: Entry, values: Mapping[str, Any]) -> Choice:
    values = dict(values)
    not_with = _named(values.pop("not_with", {}))
    Entry(question.path, question.table, question.index, values).check(CHOICE)
    return Choice(**tuples(values), not_with=not_with)


def _check_after(folder: Path, question: Question, known: Mapping[str, Question]) -> None:
    """Raise PackError where a question takes an id twice, or hangs on one that is not asked before it."""
    if question.id in known:
        raise PackError(folder, None, f"question '{question.id}' is there twice. Give each an id of its own.")
    for before, picks in (*question.only_if.items(), *question.unless.items()):
        if not _offers(known, before, picks):
            raise PackError(folder, None, f"question '{question.id}' hangs on '{before}', which does not offer that.")


def _check_beside(folder: Path, question: Question, known: Mapping[str, Question]) -> None:
    """Raise PackError where a choice cannot stand with one that no question offers."""
    for choice in question.choices:
        for other, picks in choice.not_with.items():
            if not _offers(known, other, picks):
                words = (
                    f"choice '{choice.id}' of '{question.id}' is not with one of '{other}', which does not offer that."
                )
                raise PackError(folder, None, words)


def _offers(known: Mapping[str, Question], id: str, picks: Iterable[str]) -> bool:
    return id in known and {each.id for each in known[id].choices}.issuperset(picks)


def _named(given: Mapping[str, Iterable[str]]) -> Mapping[str, tuple[str, ...]]:
    """Return choices by their question, as tuples."""
    return {id: tuple(picks) for id, picks in given.items()}
