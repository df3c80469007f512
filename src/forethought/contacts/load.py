"""Loading the guide's data, once, with every name in it checked."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from forethought.contacts.model import COURSES, Answer, Requester, Situation
from forethought.guidance.schema import Entry, Schema, read, tables, tuples

HERE = Path(__file__).parent
PLACES = ("message", "comment", "note")
REQUESTER = Schema(
    required={"id": str, "title": str, "meaning": str, "clinical": bool, "differences": list}, optional={}
)
HEAD = Schema(
    required={"id": str, "title": str, "meaning": str, "place": str, "differences": list, "topics": list},
    optional={"gap": str},
)
ANSWER = Schema(
    required={"of": list, "course": str, "do": list, "questions": list},
    optional={
        "by": dict, "cites": list, "related": list, "formal": list, "warm": list, "no_reply": str, "next_session": str,
        "record": str, "supervision": str, **{f"do_{course}": list for course in COURSES},
    },
)  # fmt: skip
LISTS = ("of", "cites", "related", "do", "questions", "formal", "warm")
WORDS = ("no_reply", "next_session", "record", "supervision")


@cache
def requesters() -> Mapping[str, Requester]:
    """Return who may get in touch, by id, in the order in which a page lists them. Raises PackError."""
    path = HERE / "requesters.toml"
    found = {}
    for entry in tables(path, read(path), "requester"):
        entry.check(REQUESTER)
        found[entry.values["id"]] = Requester(**tuples(entry.values))
    return found


@cache
def situations(folder: Path = HERE / "situations") -> Mapping[str, Situation]:
    """Return what may happen, by id, in the order of its files' numbers. Raises PackError, naming file and line."""
    return {each.id: each for each in map(_situation, sorted(folder.glob("*.toml")))}


def _situation(path: Path) -> Situation:
    data = read(path)
    head = Entry(path, "", 0, {key: value for key, value in data.items() if key != "answer"})
    head.check(HEAD)
    head.one_of("place", PLACES)
    answers = tuple(_answer(entry) for entry in tables(path, data, "answer"))
    _check_whole(head, answers)
    return Situation(**{"gap": "", **tuples(head.values)}, answers=answers)


def _answer(entry: Entry) -> Answer:
    entry.check(ANSWER)
    entry.one_of("of", requesters())
    entry.one_of("course", COURSES)
    for course in entry.values.get("by", {}).values():
        if course not in COURSES:
            raise entry.fault(f"by '{course}' is not a course. Use one of {', '.join(COURSES)}.", "by")
    values = {**_nothing(), **tuples(entry.values)}
    do_for = {course: values.pop(f"do_{course}") for course in COURSES if f"do_{course}" in values}
    return Answer(**values, do_for=do_for)


def _nothing() -> dict[str, Any]:
    """Return every optional part of an answer, empty."""
    return {**dict.fromkeys(LISTS, ()), **dict.fromkeys(WORDS, ""), "by": {}}


def _check_whole(head: Entry, answers: tuple[Answer, ...]) -> None:
    """Raise PackError unless every requester has one answer here, and no more."""
    given = [each for answer in answers for each in answer.of]
    for each in requesters():
        if given.count(each) != 1:
            raise head.fault(f"'{each}' has {given.count(each)} answers here. Give it one.")
