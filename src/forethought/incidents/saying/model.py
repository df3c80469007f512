"""What a file says of itself, in the form in which the ledger keeps it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from forethought.incidents.fields import Fields, field
from forethought.incidents.saying.times import sent

Value = str | int | list[str]
MOST_LETTERS, MOST_SHOWN, MOST_NAMED = 500, 20_000, 50  # of one value, of a preview, and values of one list
FURTHER = "It could not be read further. The original is kept all the same."
UNREAD = "It could not be read to its end. It may be damaged, as it was when it was kept."
CUT = "It is long, so only its beginning was read. The original is kept whole."
PLACES = (
    "The file also tells of a place or of the device that made it. This is not written down here, but the original, "
    "which is kept as it came, still holds it. Think of that before you hand the original to somebody."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What one reader found in a file: values by the names that they have there, remarks, and its words."""

    values: Mapping[str, Value | None]
    remarks: tuple[str, ...] = ()
    preview: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What a file is, and what it says of itself.

    `kind` is one of `fields.ITEM_KINDS`, `media_type` and `suffix` (without its dot) are those of its content,
    `fields` hold each thing that it says as `file: <name there>`, `remarks` are sentences for the person, and
    `preview` is the beginning of its words, for those who look whether a client is in it.
    """

    kind: str
    media_type: str
    suffix: str
    fields: Fields
    remarks: tuple[str, ...] = ()
    preview: str = ""


def fields_of(values: Mapping[str, Value | None]) -> Fields:
    """Return values as fields that were read from a file, without those that are empty."""
    kept = {name: _bounded(value) for name, value in values.items() if value not in (None, "", [])}
    return {f"file: {line(name)}": field(value, "file") for name, value in kept.items() if value not in ("", [])}


def posted(values: Mapping[str, Value | None]) -> Fields:
    """Return when an e-mail says that it was sent, as the time that it was posted; nothing where it does not say."""
    at = sent(str(values.get("Date") or ""))
    return {"posted": field(at, "file")} if at else {}


def unread(remarks: Iterable[str]) -> Fields:
    """Return that a file could not be read, where that is so, for whoever is handed it and cannot open it either."""
    return {"read": field(UNREAD, "observed")} if FURTHER in remarks else {}


def _bounded(value: Value | None) -> Value | None:
    if isinstance(value, list):
        return [line(each) for each in value[:MOST_NAMED]]
    return line(value) if isinstance(value, str) else value


def line(text: str, most: int = MOST_LETTERS) -> str:
    """Return a text as one line that every store can keep, cut where it is long."""
    return " ".join(storable(text[: 4 * most]).split())[:most]


def storable(text: str) -> str:
    """Return a text without what no store can keep: halves of signs, and zeros."""
    return text.encode("utf-8", "replace").decode().replace("\0", "")


def shown(text: str) -> str:
    """Return the beginning of a text as a preview."""
    return storable(text[:MOST_SHOWN]).strip()


def listed(names: Iterable[str]) -> list[str]:
    """Return names that are there, each once."""
    return list(dict.fromkeys(filter(None, map(line, names))))
