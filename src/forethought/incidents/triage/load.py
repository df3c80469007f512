"""Loading the triage's data, once, with every name in it checked."""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from forethought.guidance.schema import Entry, Schema, read, tables, tuples
from forethought.incidents.triage.model import (
    BLOCKS,
    BODIES,
    GROUNDS,
    NATIONS,
    PEOPLE,
    PLACES,
    SIGNS,
    Case,
    Choice,
    Nature,
    Offence,
    Question,
    Route,
    Rule,
    Seen,
    StepData,
    Support,
    Trail,
    When,
)  # fmt: skip

HERE = Path(__file__).parent
SOURCE = {"read_on": date, "seen_as": str, "review_on": date}
NAMED = {"now": "step", "next": "step", "avoid": "step", "drop": "step", "routes": "route", "first": "route"}
RULE = {**dict.fromkeys((*NAMED, "support", "differences"), list), "block": str, "why": str}
STEP = Schema(required={"id": str, "words": str, "duties": list, "cites": list}, optional={"why": str})
CASE = Schema(required={"cites": list}, optional={"words": str})
NATURE = Schema(
    required={"id": str, "title": str, "meaning": str, "capture": list, "asks": list},
    optional={"kinds": dict, **RULE},
)
ROUTE = Schema(
    required={
        "id": str, "name": str, "when": str, "asks_for": list, "have_ready": list, "cannot_do": list, "can_do": str,
        "nations": list, "source_title": str, "path": str, **SOURCE,
    },
    optional={"phone": str, "address": str, "source_url": str, "checked_by": str, "draft": str, "instead": str},
)  # fmt: skip
SUPPORT = Schema(
    required={"id": str, "title": str, "words": str, "nations": list, **SOURCE},
    optional={"cites": list, "lines": list, "address": str, "checked_by": str},
)
OFFENCE = Schema(
    required={
        "id": str, "subject": str, "provision": str, "note": str, "nations": list, "natures": list, "source_title": str,
        **SOURCE,
    },
    optional={"checked_by": str},
)  # fmt: skip
QUESTION = Schema(required={"id": str, "kind": str, "title": str}, optional={"about": str, "help": str})
CHOICE = Schema(required={"id": str, "title": str}, optional={"help": str, "cites": list, "points": str})
KINDS = ("yes-no", "one", "several")


@cache
def steps() -> Mapping[str, StepData]:
    """Return the steps by id, in the order in which a plan lists them. Raises PackError, naming file and line."""
    return {each.id: each for each in map(_step, _entries("steps", "step"))}


@cache
def routes() -> tuple[Route, ...]:
    """Return the routes in the order in which they are tried; one id may have a row for each nation."""
    return tuple(map(_route, _entries("routes", "route")))


@cache
def supports() -> tuple[Support, ...]:
    """Return the supports in the order in which a plan lists them; one id may have a row for each nation."""
    return tuple(map(_support, _entries("supports", "support")))


@cache
def offences() -> tuple[Offence, ...]:
    """Return the law that a person may name when asking the police."""
    return tuple(map(_offence, _entries("offences", "offence")))


@cache
def natures() -> Mapping[str, Nature]:
    """Return what may have happened, by id, in the order in which a page lists it."""
    return {each.id: each for each in map(_nature, _entries("natures", "nature"))}


@cache
def rules() -> tuple[Rule, ...]:
    """Return what follows from the other answers, whatever happened."""
    return tuple(map(_rule, _entries("rules", "rule")))


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions in the order in which they are asked."""
    return tuple(map(_question, _entries("questions", "question")))


@cache
def kinds_known() -> Mapping[str, tuple[str, ...]]:
    """Return what a condition may speak of, kind by kind; `any` and `none` are for what may be left empty."""
    nature_ids = tuple(each["id"] for each in read(HERE / "natures.toml")["nature"])
    return {
        "nature": nature_ids,
        "place": PLACES,
        "who": PEOPLE,
        "their_body": (*BODIES, "any", "none"),
        "nation": NATIONS,
        "sign": (*SIGNS, "danger"),
        "ground": (*GROUNDS, "any", "none"),
        "active": ("bacp", "babcp", "bps-dcp"),
    }


def _entries(name: str, table: str) -> tuple[Entry, ...]:
    path = HERE / f"{name}.toml"
    return tables(path, read(path), table)


def _plain(entry: Entry, *nested: str) -> Entry:
    """Return the table without the nested parts that its schema does not speak of."""
    kept = {key: value for key, value in entry.values.items() if key not in nested}
    return Entry(entry.path, entry.table, entry.index, kept)


def _when(entry: Entry) -> When:
    known = kinds_known()
    found = []
    for key in ("when", "unless"):
        given: Mapping[str, list[str]] = entry.values.get(key, {})
        for kind, words in given.items():
            if kind not in known or not set(words) <= set(known[kind]):
                raise entry.fault(f"{key} speaks of {kind} {', '.join(words)}, which no answer gives.", key)
        found.append({kind: tuple(words) for kind, words in given.items()})
    return When(*found)


def _step(entry: Entry) -> StepData:
    plain = _plain(entry, "case")
    plain.check(STEP)
    cases = tuple(_case(entry, each) for each in entry.values.get("case", ()))
    return StepData(**{"why": "", **tuples(plain.values)}, cases=cases)


def _case(step: Entry, values: Mapping[str, Any]) -> Case:
    entry = Entry(step.path, step.table, step.index, values)
    plain = _plain(entry, "when", "unless")
    plain.check(CASE)
    return Case(_when(entry), plain.values.get("words", step.values["words"]), tuple(plain.values["cites"]))


def _rule(entry: Entry) -> Rule:
    plain = _plain(entry, "when", "unless")
    plain.check(Schema(required={}, optional=RULE))
    return _does(plain, _when(entry), plain.values)


def _does(entry: Entry, when: When, values: Mapping[str, Any]) -> Rule:
    """Return the rule in these values, with the steps, routes and supports in it checked."""
    known = {"step": steps(), "route": {"their-body", *(each.id for each in routes())}}
    for key, kind in NAMED.items():
        if key in values:
            entry.one_of(key, known[kind])
    if "support" in values:
        entry.one_of("support", {each.id for each in supports()})
    if "block" in values:
        entry.one_of("block", BLOCKS)
    return Rule(when, **tuples(values))


def _nature(entry: Entry) -> Nature:
    entry.check(NATURE)
    values = tuples(entry.values)
    does = _does(entry, When(), {key: values.pop(key) for key in RULE if key in values})
    return Nature(**{"kinds": {}, **values}, does=does)


def _route(entry: Entry) -> Route:
    _check_source(entry, ROUTE)
    entry.one_of("path", get_args(Trail))
    return Route(**{"phone": "", "address": "", "source_url": "", "checked_by": "", **tuples(entry.values)})


def _support(entry: Entry) -> Support:
    _check_source(entry, SUPPORT)
    return Support(**{"cites": (), "lines": (), "address": "", "checked_by": "", **tuples(entry.values)})


def _offence(entry: Entry) -> Offence:
    _check_source(entry, OFFENCE)
    entry.one_of("natures", kinds_known()["nature"])
    return Offence(**{"checked_by": "", **tuples(entry.values)})


def _check_source(entry: Entry, schema: Schema) -> None:
    """Raise PackError where a row does not say where it holds and how it was seen."""
    entry.check(schema)
    entry.one_of("nations", NATIONS)
    entry.one_of("seen_as", get_args(Seen))


def _question(entry: Entry) -> Question:
    plain = _plain(entry, "when", "unless", "choice")
    plain.check(QUESTION)
    plain.one_of("kind", KINDS)
    choices = tuple(_choices(entry, entry.values.get("choice", ())))
    return Question(**{"about": "", "help": "", **plain.values}, choices=choices, when=_when(entry))


def _choices(question: Entry, given: Iterable[Mapping[str, Any]]) -> Iterable[Choice]:
    for values in given:
        Entry(question.path, question.table, question.index, values).check(CHOICE)
        yield Choice(**{"help": "", "cites": (), "points": "", **tuples(values)})
