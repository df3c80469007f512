"""Loading the recipients, once, with every field that they need checked against those that records have."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from forethought.errors import UnknownNameError
from forethought.guidance.schema import Entry, Schema, read, tables
from forethought.incidents.fields import TITLES
from forethought.incidents.packs.model import Recipient

PATH = Path(__file__).with_name("recipients.toml")
SCHEMA = Schema(
    required={"id": str, "title": str, "cover": list, "cautions": list},
    optional={"whole": bool, **dict.fromkeys(TITLES, list)},
)


@cache
def recipients(path: Path = PATH) -> Mapping[str, Recipient]:
    """Return the recipients by id, in the order in which a page lists them. Raises PackError."""
    return {each.id: each for each in map(_recipient, tables(path, read(path), "recipient"))}


def recipient(id: str) -> Recipient:
    """Return the recipient of this id. Raises UnknownNameError."""
    known = recipients()
    if id not in known:
        raise UnknownNameError("recipient", id, known)
    return known[id]


def _recipient(entry: Entry) -> Recipient:
    entry.check(SCHEMA)
    values = dict(entry.values)
    needs = {what: tuple(values.pop(what)) for what in TITLES if what in values}
    for what in needs:
        entry.one_of(what, {*TITLES[what], "*", "file"})
    return Recipient(
        id=values["id"],
        title=values["title"],
        cover=tuple(values["cover"]),
        cautions=tuple(values["cautions"]),
        needs=needs,
        whole=values.get("whole", False),
    )
