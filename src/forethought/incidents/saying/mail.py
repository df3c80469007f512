"""E-mails, mailboxes and pages saved as MHTML, which are built as e-mails are (RFC 5322, RFC 2045, RFC 2557)."""

from collections.abc import Iterator
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import getaddresses
from itertools import islice
from typing import TypeAlias

from forethought.incidents.saying import markup
from forethought.incidents.saying.model import CUT, Told, Value, listed, shown
from forethought.incidents.saying.text import decoded
from forethought.incidents.saying.times import zoned
from forethought.media.buffer import Buffer

Letter: TypeAlias = "Message[str, str]"
MOST_READ, MOST_PARTS = 64 << 20, 500
MORE = "It holds more than one message. Only the first was read, and the original keeps them all."
NOT_TAKEN_APART = "Its parts could not be taken apart, so only its headers were read."


def message_of(data: Buffer) -> Letter:
    """Return an e-mail; where its parts are nested too deeply, its headers alone. Of a mailbox, the first one."""
    raw, _ = _first(data)
    try:
        return BytesParser().parsebytes(raw)
    except RecursionError:
        return BytesHeaderParser().parsebytes(raw)


def told(data: Buffer) -> Told:
    """Return what an e-mail says of itself: of those it went to, only how many they are."""
    letter = message_of(data)
    values: dict[str, Value | None] = {
        "From": header(letter, "From"),
        "To": _count(letter, "To"),
        "Cc": _count(letter, "Cc"),
        "Date": zoned(header(letter, "Date")),
        "Subject": header(letter, "Subject"),
        "Message-ID": header(letter, "Message-ID"),
        **_received(letter),
        "Attachments": listed(each.get_filename() or "" for each in _parts(letter)),
    }
    return Told(values, _remarks(data, letter), shown(words(letter)))


def told_of_page(data: Buffer) -> Told:
    """Return what a page saved as MHTML says of itself."""
    letter = message_of(data)
    seen = page_of(letter)
    values: dict[str, Value | None] = {
        "Snapshot-Content-Location": header(letter, "Snapshot-Content-Location"),
        "Date": zoned(header(letter, "Date")),
        "Subject": header(letter, "Subject"),
        "From": header(letter, "From"),
    }
    return Told({**seen.values, **values}, _remarks(data, letter), shown(seen.words))


def page_of(letter: Letter) -> markup.Page:
    """Return the page that an MHTML file holds; an empty one where it holds none."""
    return markup.read(next(map(_text, _typed(letter, "text/html")), ""))


def whole(letter: Letter) -> str:
    """Return the words of an e-mail, with from whom it is, its date and its subject above them."""
    above = ((name, header(letter, name)) for name in ("From", "Date", "Subject"))
    return "\n".join([*(f"{name}: {said}" for name, said in above if said), "", words(letter)])


def words(letter: Letter) -> str:
    """Return the words of an e-mail: its text, or those of its page where it has no text."""
    texts = [_text(each) for each in _typed(letter, "text/plain") if not each.get_filename()]
    if any(map(str.strip, texts)):
        return "\n".join(texts)
    pages = (_text(each) for each in _typed(letter, "text/html") if not each.get_filename())
    return "\n".join(markup.read(each).words for each in pages)


def header(letter: Letter, name: str) -> str:
    """Return a header as a person reads it; as it stands where it is coded wrongly."""
    raw = str(letter.get(name, ""))[:4_000]
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, ValueError):
        return raw


def _first(data: Buffer) -> tuple[bytes, bool]:
    """Return the bytes of the first message, and whether others follow it."""
    raw = bytes(data[:MOST_READ]).lstrip(b"\r\n")
    if not raw.startswith(b"From "):
        return raw, False
    end = raw.find(b"\nFrom ", 5)
    return raw[raw.find(b"\n") + 1 : end if end > 0 else len(raw)], end > 0


def _remarks(data: Buffer, letter: Letter) -> tuple[str, ...]:
    said = {
        MORE: _first(data)[1],
        CUT: len(data) > MOST_READ,
        NOT_TAKEN_APART: letter.get_content_maintype() == "multipart" and not letter.is_multipart(),
    }
    return tuple(remark for remark, holds in said.items() if holds)


def _count(letter: Letter, name: str) -> int | None:
    """Return how many addresses a header has, or None where there is none."""
    given = [str(each)[:100_000] for each in letter.get_all(name, [])]
    return sum(bool(address) for _, address in getaddresses(given)) or None


def _received(letter: Letter) -> dict[str, Value | None]:
    """Return when the first and the last computer on the way took it; each notes itself above the one before."""
    times = [str(each).rpartition(";")[2] for each in letter.get_all("Received", []) if ";" in str(each)]
    if not times:
        return {}
    return {"Received, first": zoned(times[-1]), "Received, last": zoned(times[0])}


def _parts(letter: Letter) -> Iterator[Letter]:
    return islice(letter.walk(), MOST_PARTS)


def _typed(letter: Letter, kind: str) -> Iterator[Letter]:
    return (each for each in _parts(letter) if each.get_content_type() == kind and not each.is_multipart())


def _text(part: Letter) -> str:
    raw = part.get_payload(decode=True)
    held = raw if isinstance(raw, bytes) else b""
    try:
        return held.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):
        return decoded(held)
