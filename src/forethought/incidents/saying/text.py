"""Bytes as text, and whether they are any."""

import codecs

from forethought.incidents.saying.model import CUT, Told, shown
from forethought.media.buffer import Buffer

MOST_TOLD, MOST_READ = 4 << 20, 16 << 20  # bytes of a text or a page that are read for what it says, and for all words
MOST_ODD = 0.02  # of 1: signs that no text has
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decoded(raw: bytes) -> str:
    """Return bytes as text: by their mark, else as UTF-8, else as Windows writes Western text."""
    for mark, name in _MARKS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(name, "replace")
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(raw)  # which lets the last sign be cut off
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def is_text(raw: bytes) -> bool:
    """Tell whether bytes are text: hardly any sign in them that a person does not read."""
    text = decoded(raw)
    odd = sum(not (each.isprintable() or each.isspace()) or each == "\ufffd" for each in text)
    return bool(text) and "\0" not in text and odd <= MOST_ODD * len(text)


def head(data: Buffer, most: int) -> tuple[str, tuple[str, ...]]:
    """Return the beginning of a text, up to so many bytes, and the remark that it is only that."""
    return decoded(bytes(data[:most])), (CUT,) if len(data) > most else ()


def told(data: Buffer) -> Told:
    """Return what a text says: its words."""
    text, remarks = head(data, MOST_TOLD)
    return Told({}, remarks, shown(text))
