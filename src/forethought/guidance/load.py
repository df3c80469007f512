"""Loading guidance: the shipped packs, once, and a person's own packs beside them.

Everything is checked as it loads, so that no look-up can meet a duty, trigger or pack that does not exist.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from forethought.guidance.model import Difference, Duty, Guidance, Pack, Position, Provision
from forethought.guidance.schema import Entry, PackError, Schema, read, tables
from forethought.guidance.vocabulary import FUNCTIONS, KINDS, STATUSES, STRENGTHS, TRIGGERS, WEIGHTS

SHIPPED = Path(__file__).parent
PUBLISHED = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")

HEAD = Schema(
    required={
        "id": str, "body": str, "publisher": str, "title": str, "edition": str, "read": date, "review": date,
        "status": str, "weight": str, "note": str, "url": str, "addressees": list,
    },
    optional={"published": str, "superseded_by": str},
)  # fmt: skip
PROVISION = Schema(
    required={"id": str, "section": str, "kind": str, "strength": str, "triggers": list, "serves": list, "says": str},
    optional={"on_duty": bool, "addressees": list, "duties": list, "background": bool},
)
DUTY = Schema(required={"id": str, "code": str, "name": str, "meaning": str}, optional={})
DIFFERENCE = Schema(
    required={"id": str, "topic": str, "duties": list, "strictest": list, "positions": dict}, optional={}
)


def load(folder: Path | None = None, extra: Sequence[Path] = ()) -> Guidance:
    """Return the guidance in `folder` (left out: what is shipped), joined by the packs in the `extra` folders.

    `folder` holds `duties.toml`, `differences.toml` and `packs/*.toml`. An extra folder holds packs alone
    (`*.toml`), which may name new bodies and cite the shared duties.
    Raises PackError, naming file and line, for a file that cannot be used.
    """
    return _load(folder or SHIPPED, tuple(extra)) if folder or extra else _shipped()


@cache
def _shipped() -> Guidance:
    return _load(SHIPPED, ())


def _load(folder: Path, extra: tuple[Path, ...]) -> Guidance:
    duties = _duties(folder / "duties.toml")
    known = {duty.id for duty in duties}
    packs: dict[str, Pack] = {}
    used: dict[str, Path] = {}
    heads: list[Entry] = []
    for path in (path for place in (folder / "packs", *extra) for path in _pack_files(place)):
        head, pack = _pack(path, known, used)
        heads.append(head)
        packs[pack.id] = pack
    for head in heads:
        if "superseded_by" in head.values:
            head.one_of("superseded_by", packs.keys() - {head.values["id"]})
    ordered = sorted(packs.values(), key=lambda pack: STATUSES.index(pack.status))
    names = packs.keys() | {pack.body for pack in ordered}
    return Guidance(tuple(ordered), duties, _differences(folder / "differences.toml", known, names))


def _pack_files(folder: Path) -> list[Path]:
    found = sorted(folder.glob("*.toml"))
    if not found:
        raise PackError(folder, None, "no pack was found. Name the folder that holds the .toml files.")
    return found


def _pack(path: Path, duties: Collection[str], used: dict[str, Path]) -> tuple[Entry, Pack]:
    data = read(path)
    head = Entry(path, "", 0, {key: value for key, value in data.items() if key != "provision"})
    _check_head(head)
    _claim(head, used)
    entries = tables(path, data, "provision")
    values = dict(head.values)
    addressees = tuple(values.pop("addressees"))
    provisions = tuple(_provision(entry, values, addressees, duties, used) for entry in entries)
    return head, Pack(**{"published": None, "superseded_by": None, **values}, provisions=provisions)


def _check_head(head: Entry) -> None:
    head.check(HEAD)
    head.one_of("status", STATUSES)
    head.one_of("weight", WEIGHTS)
    read_on, published = head.values["read"], head.values.get("published")
    if head.values["review"] <= read_on:
        raise head.fault("'review' is not after 'read'. Give the day on which to read the document again.", "review")
    if published is not None and not PUBLISHED.fullmatch(published):
        raise head.fault(
            '\'published\' takes a year, month or day. Write "2012", "2023-03" or "2023-03-31".', "published"
        )
    if published is not None and published > read_on.isoformat():
        raise head.fault("'published' is later than 'read'. Correct whichever is wrong.", "published")


def _claim(entry: Entry, used: dict[str, Path]) -> None:
    id = entry.values["id"]
    if id in used:
        raise entry.fault(f"id '{id}' is already used in {used[id].name}. Give this one an id of its own.", "id")
    used[id] = entry.path


def _provision(
    entry: Entry, pack: dict[str, Any], addressees: tuple[str, ...], duties: Collection[str], used: dict[str, Path]
) -> Provision:
    entry.check(PROVISION)
    _claim(entry, used)
    for key, known in (("kind", KINDS), ("strength", STRENGTHS), ("triggers", TRIGGERS), ("serves", FUNCTIONS)):
        entry.one_of(key, known)
    _check_duties(entry, duties)
    values = entry.values
    return Provision(
        id=values["id"],
        body=pack["body"],
        pack=pack["id"],
        document=pack["title"],
        section=values["section"],
        kind=values["kind"],
        strength=values["strength"],
        on_duty=values.get("on_duty", False),
        addressees=tuple(values.get("addressees", addressees)),
        triggers=tuple(values["triggers"]),
        duties=tuple(values.get("duties", ())),
        background=values.get("background", False),
        serves=tuple(values["serves"]),
        says=values["says"],
    )


def _check_duties(entry: Entry, duties: Collection[str]) -> None:
    cited, background = entry.values.get("duties", []), entry.values.get("background", False)
    if bool(cited) == background:
        raise entry.fault("a provision has duties or is background. Add duties, or background = true, and not both.")
    if background and entry.values["strength"] != "fact":
        raise entry.fault("background asks nothing of anyone. Make its strength fact, or give it duties.", "strength")
    if cited:
        entry.one_of("duties", duties)


def _duties(path: Path) -> tuple[Duty, ...]:
    used: dict[str, Path] = {}
    entries = tables(path, read(path), "duty")
    for entry in entries:
        entry.check(DUTY)
        _claim(entry, used)
    return tuple(Duty(**entry.values) for entry in entries)


def _differences(path: Path, duties: Collection[str], names: Collection[str]) -> tuple[Difference, ...]:
    used: dict[str, Path] = {}
    entries = tables(path, read(path), "difference")
    for entry in entries:
        entry.check(DIFFERENCE)
        _claim(entry, used)
        entry.one_of("duties", duties)
        entry.one_of("strictest", names)
        entry.one_of("positions", names)
    return tuple(_difference(entry.values) for entry in entries)


def _difference(values: Mapping[str, Any]) -> Difference:
    return Difference(
        id=values["id"],
        topic=values["topic"],
        duties=tuple(values["duties"]),
        strictest=tuple(values["strictest"]),
        positions=tuple(Position(of, says) for of, says in values["positions"].items()),
    )
