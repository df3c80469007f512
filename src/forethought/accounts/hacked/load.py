"""Loading the plan's data, once, with every name in it checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, get_args

from forethought.accounts.vocabulary import SORTS
from forethought.guidance.schema import Entry, Schema, read, tables, tuples
from forethought.incidents.triage.load import routes
from forethought.incidents.triage.model import NATIONS, Case, Seen, When

HERE = Path(__file__).parent
LISTS = ("evidence", "regain", "sign_out", "check", "secure", "remove", "end")
FACTS: Mapping[str, str] = {
    "money": "Money was lost, or card or bank details were used",
    "clients": "Messages or posts may have reached clients",
    "practice": "Clients' details were within reach",
    "personal": "It is personal only: no client, and nothing of the practice, is touched",
    "locked-out": "I still cannot get in",
    "device": "A device is lost or stolen",
    "employed": "It belongs to my employer, or touches my work for one",
    "complaint": "What was posted or sent could lead to a complaint",
}  # what may be so, and how a page asks for it
CONDITIONS: Mapping[str, tuple[str, ...]] = {
    "fact": tuple(FACTS),
    "nation": NATIONS,
    "active": ("bacp", "babcp", "bps-dcp"),
}
SOURCE = Schema(
    {"id": str, "title": str, "seen_as": str, "read_on": date, "review_on": date}, {"url": str, "checked_by": str}
)
STAGE = Schema({"id": str, "title": str, "needs": list}, {"refusal": str})
STEP = Schema(
    {"id": str, "stage": str, "words": str, "why": str, "duties": list, "cites": list},
    {"list": str, "source": str, "route": str, "notice": str},
)
CASE = Schema({"words": str, "cites": list}, {})
KIND = Schema({"id": str, "title": str, "sorts": list, **dict.fromkeys(LISTS, list)}, {})
QUESTION = Schema({"id": str, "words": str, "says": str}, {})


@dataclass(frozen=True, slots=True)
class Source:
    """Where something was read, how, when, and when to look again; nobody checked it where `checked_by` is empty."""

    id: str
    title: str
    seen_as: Seen
    read_on: date
    review_on: date
    url: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; `needs` are those for which something has to be noted first, and `refusal` says so."""

    id: str
    title: str
    needs: tuple[str, ...]
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class StepData:
    """A step as it is loaded: the first of its cases that holds takes the place of its words and provisions."""

    id: str
    stage: str
    words: str
    why: str
    duties: tuple[str, ...]
    cites: tuple[str, ...]
    when: When
    cases: tuple[Case, ...]
    list: str = ""
    source: str = ""
    route: str = ""
    notice: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of account: the sorts of platform that it stands for, and what to keep, look at and do, list by list."""

    id: str
    title: str
    sorts: tuple[str, ...]
    lists: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Question:
    """A question about the risk to people; `says` is what a yes does: `open`, `shut` or `worse`."""

    id: str
    words: str
    says: str


@cache
def sources() -> Mapping[str, Source]:
    """Return where the steps were read, by id. Raises PackError, naming file and line."""
    return {each.id: each for each in map(_source, _entries("plan", "source"))}


@cache
def stages() -> tuple[Stage, ...]:
    """Return the stages in order. Raises PackError."""
    return tuple(map(_stage, _entries("plan", "stage")))


@cache
def steps() -> tuple[StepData, ...]:
    """Return the steps in the order in which a plan lists them. Raises PackError."""
    return tuple(map(_step, _entries("plan", "step")))


@cache
def kinds() -> Mapping[str, Kind]:
    """Return the kinds of account by id. Raises PackError."""
    return {each.id: each for each in map(_kind, _entries("kinds", "kind"))}


@cache
def questions() -> tuple[Question, ...]:
    """Return the questions by which the risk to people is weighed. Raises PackError."""
    return tuple(map(_question, _entries("clock", "question")))


def kind_of(sort: str) -> str:
    """Return the kind of account that a sort of platform belongs to; a social network for one that is not known."""
    return next((each.id for each in kinds().values() if sort in each.sorts), "social")


def _entries(name: str, table: str) -> tuple[Entry, ...]:
    path = HERE / f"{name}.toml"
    return tables(path, read(path), table)


def _source(entry: Entry) -> Source:
    entry.check(SOURCE)
    entry.one_of("seen_as", get_args(Seen))
    return Source(**entry.values)


def _stage(entry: Entry) -> Stage:
    entry.check(STAGE)
    return Stage(**tuples(entry.values))


def _step(entry: Entry) -> StepData:
    plain = Entry(entry.path, entry.table, entry.index, _less(entry.values, "when", "unless", "case"))
    plain.check(STEP)
    known = {"stage": {each.id for each in stages()}, "source": sources(), "list": LISTS}
    for key, names in (known | {"route": {each.id for each in routes()}}).items():
        if key in plain.values:
            plain.one_of(key, [*names])
    cases = tuple(_case(entry, each) for each in entry.values.get("case", ()))
    return StepData(**tuples(plain.values), when=_when(entry, entry.values), cases=cases)


def _case(step: Entry, values: Mapping[str, Any]) -> Case:
    plain = Entry(step.path, step.table, step.index, _less(values, "when", "unless"))
    plain.check(CASE)
    return Case(_when(step, values), **tuples(plain.values))


def _when(entry: Entry, values: Mapping[str, Any]) -> When:
    known = {**CONDITIONS, "kind": tuple(kinds())}
    for key in ("when", "unless"):
        for kind, words in values.get(key, {}).items():
            if not {*words} <= {*known.get(kind, ())}:
                raise entry.fault(f"{key} speaks of {kind} {', '.join(words)}, which no answer gives.", key)
    return When(tuples(values.get("when", {})), tuples(values.get("unless", {})))


def _kind(entry: Entry) -> Kind:
    entry.check(KIND)
    entry.one_of("sorts", SORTS)
    values = tuples(entry.values)
    return Kind(values["id"], values["title"], values["sorts"], {name: values[name] for name in LISTS})


def _question(entry: Entry) -> Question:
    entry.check(QUESTION)
    entry.one_of("says", ("open", "shut", "worse"))
    return Question(**entry.values)


def _less(values: Mapping[str, Any], *names: str) -> dict[str, Any]:
    return {key: value for key, value in values.items() if key not in names}
