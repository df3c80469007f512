"""What is to be checked and searched in a pack, written line by line: the chain, the records, and the index."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

from forethought import __version__
from forethought.documents import visible
from forethought.documents.table_file import MARK, harmless
from forethought.incidents.fields import TITLES, WHATS, title_of, value_of
from forethought.incidents.ledger import canonical
from forethought.incidents.packs.model import Case, Selection, Told
from forethought.incidents.packs.papers import UNSHOWN, shown

COLUMNS = tuple(name for name in TITLES["item"] if name not in ("number", "remark"))
HEADS = ("Number", "Event", "What", "File in this pack", "Kept at", *map(TITLES["item"].__getitem__, COLUMNS), "Else")


def chain(case: Case) -> Iterator[bytes]:
    """Yield every event of the chain as canonical JSON with the hash that was kept for it, one a line."""
    for link, kept in case.links:
        yield canonical(asdict(link) | {"hash": kept}) + b"\n"


def records(selection: Selection) -> Iterator[bytes]:
    """Yield each record that is given whole, with its salt, so that it can be checked against the chain."""
    for each in selection.told:
        if each.whole:
            kept = each.kept
            yield canonical({"event": kept.event, "fields": kept.fields, "file": each.file, "salt": kept.salt}) + b"\n"


def index_csv(selection: Selection) -> Iterator[bytes]:
    """Yield the index as a table for a spreadsheet: a line for each record, with the columns that items have."""
    yield MARK.encode() + _line(HEADS)
    for each in selection.told:
        yield _line(_cells(each))


def _cells(told: Told) -> Iterator[str]:
    """Yield a record's cells: those that items have, then all its other fields with their names in one."""
    kept, fields = told.kept, told.fields
    others = [name for name in fields if name not in (*COLUMNS, "number", *UNSHOWN)]
    yield from (str(kept.number or ""), str(kept.event), WHATS[kept.what], told.file, kept.at)
    yield from (visible(shown(name, value_of(fields, name))) for name in COLUMNS)
    yield visible("; ".join(f"{title_of(kept.kind, name)}: {shown(name, value_of(fields, name))}" for name in others))


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerow(harmless(cell) for cell in cells)
    return out.getvalue().encode()


def index_json(case: Case, selection: Selection, made: datetime) -> Iterator[bytes]:
    """Yield the index as data, with the origin of each value; entries are in the order of the chain."""
    reasons = [each.why for each in selection.held]
    head = {
        "incident": case.incident,
        "recipient": selection.recipient.id,
        "made": made.astimezone(UTC).isoformat(timespec="seconds"),
        "software": f"Forethought {__version__}",
        "events": len(case.links),
        "head": case.head.hash,
        "held_back": {why: reasons.count(why) for why in reasons},
    }
    yield _json(head)[:-1] + b',"entries":['
    for at, each in enumerate(selection.told):
        yield (b",\n" if at else b"\n") + _json(_entry(each))
    yield b"\n]}\n"


def _entry(told: Told) -> dict[str, Any]:
    kept = told.kept
    return {
        "event": kept.event, "did": kept.did, "what": kept.what, "record": kept.record, "at": kept.at,
        "file": told.file, "whole": told.whole, "fields": told.fields,
    }  # fmt: skip


def _json(value: Any) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()
