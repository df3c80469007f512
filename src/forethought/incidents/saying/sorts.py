"""Which sort of file this is, by its content and never by its name."""

import re
from contextlib import suppress
from typing import NamedTuple

from forethought.incidents.saying.text import decoded, is_text
from forethought.media.buffer import Buffer, CannotCleanError

LOOKED_AT = 64 << 10  # bytes in which a file shows what it is


class Sort(NamedTuple):
    """A sort of file: the kind of item that it is, its media type, its usual suffixes, and what it is called."""

    kind: str
    media_type: str
    suffixes: tuple[str, ...]
    title: str


UNKNOWN = Sort("other", "application/octet-stream", ("bin",), "file of an unknown kind")
ZIP = Sort("other", "application/zip", ("zip",), "zip archive")
WACZ = Sort("page", "application/wacz", ("wacz",), "web archive (WACZ)")
HTML = Sort("page", "text/html", ("html", "htm", "xhtml"), "saved page (HTML)")
MHTML = Sort("page", "multipart/related", ("mhtml", "mht"), "saved page (MHTML)")
MAIL = Sort("e-mail", "message/rfc822", ("eml",), "e-mail")
MAILBOX = Sort("e-mail", "application/mbox", ("mbox",), "mailbox")
TEXT = Sort("message", "text/plain", ("txt", "md", "markdown", "text", "log", "csv"), "text")
PDF = Sort("document", "application/pdf", ("pdf",), "PDF")
M4A = Sort("sound", "audio/mp4", ("m4a", "m4b", "mp4"), "recording (M4A)")
_TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp", "heic": "image/heic",
    "tif": "image/tiff", "bmp": "image/bmp", "svg": "image/svg+xml", "mp4": "video/mp4", "mkv": "video/x-matroska",
    "avi": "video/x-msvideo", "mp3": "audio/mpeg", "wav": "audio/wav", "flac": "audio/flac", "ogg": "audio/ogg",
    "epub": "application/epub+zip",
}  # fmt: skip
_KINDS = {"picture": "screenshot", "drawing": "screenshot", "film": "film", "sound": "sound"}  # of the media room's
_OTHERS = {
    b"\xd0\xcf\x11\xe0": Sort("document", "application/x-ole-storage", ("doc", "xls", "ppt", "msg"), "old Office file"),
    b"{\\rtf": Sort("document", "application/rtf", ("rtf",), "RTF document"),
    b"#!AMR": Sort("sound", "audio/amr", ("amr",), "recording (AMR)"),
    b"\xff\xf1": Sort("sound", "audio/aac", ("aac",), "recording (AAC)"),
    b"\xff\xf9": Sort("sound", "audio/aac", ("aac",), "recording (AAC)"),
    b"FORM": Sort("sound", "audio/aiff", ("aiff", "aif"), "recording (AIFF)"),
}  # what the media room knows by its first bytes but does not open
_MARKUP = re.compile(
    r"\s*+(?:<\?xml[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+)*+<(?:!doctype html|html|head|body)\b", re.I | re.S
)
_HEADER = re.compile(r"([!-9;-~]{1,60}):(?=\s|$)")
_STRONG = frozenset("message-id received mime-version return-path x-mailer delivered-to".split())
_MAIL = _STRONG | frozenset("from to cc date subject reply-to sender content-type".split())
KNOWN = frozenset(
    {*_TYPES, "jpeg", "tiff", "heif", "avif", "mov", "m4v", "webm", "opus", "docx", "xlsx", "pptx", "odt", "ods", "odp"}
    | {each for sort in (ZIP, WACZ, HTML, MHTML, MAIL, MAILBOX, TEXT, PDF, M4A) for each in sort.suffixes}
)  # suffixes that say what a file is


def sort_of(data: Buffer) -> Sort:
    """Return the sort of file that these bytes are; any bytes have one."""
    start = bytes(data[:LOOKED_AT])
    if start[:2] == b"PK":
        return _packed(data)
    if start[:3] not in (b"II*", b"MM\0") and is_text(start) and not start.startswith((b"%PDF-", b"{\\rtf")):
        return _written(decoded(start)) or _media(data) or TEXT
    return next((sort for sign, sort in _OTHERS.items() if start.startswith(sign)), None) or _media(data) or UNKNOWN


def misnamed(name: str, sort: Sort) -> str:
    """Return the remark that a file's name says that it is something else; empty where it does not."""
    suffix = suffix_in(name)
    if suffix in sort.suffixes or suffix not in KNOWN:
        return ""
    return f"Its name ends in .{suffix}, but its content is that of a {sort.title}. It is kept under the name it had."


def suffix_in(name: str) -> str:
    """Return the end of a file's name in small letters, without the dot."""
    return name.rpartition(".")[2].lower() if "." in name else ""


def _packed(data: Buffer) -> Sort:
    """Return the sort of a file in a zip archive."""
    from forethought.media.office.package import names

    with suppress(CannotCleanError):
        if "datapackage.json" in names(data):
            return WACZ
    return _media(data) or ZIP


def _written(text: str) -> Sort | None:
    """Return the sort of a text that is more than plain words."""
    if _MARKUP.match(text):
        return HTML
    is_box = text.startswith("From ")
    found = _headers(text.partition("\n")[2] if is_box else text.lstrip())
    if "snapshot-content-location" in found or ("multipart/related" in text[:4_000] and "Saved by" in text[:4_000]):
        return MHTML
    known = found & _MAIL
    is_mail = len(known) > 1 and (bool(known & _STRONG) or {"from", "date", "subject"} <= known)
    return (MAILBOX if is_box else MAIL) if is_mail else None


def _headers(text: str) -> set[str]:
    """Return the names of the headers with which a text begins, in small letters."""
    found: set[str] = set()
    for each in text.split("\n", 200)[:200]:
        if each[:1] in (" ", "\t") and found:
            continue
        if not (match := _HEADER.match(each)):
            break
        found.add(match[1].lower())
    return found


def _media(data: Buffer) -> Sort | None:
    """Return the sort that the media room makes a file out to be, or None where it knows none."""
    from forethought.media.recognise import recognise

    with suppress(CannotCleanError):
        form = recognise(data)
        if form.suffix == "pdf":
            return PDF
        if form.suffix == "mp4" and data[8:12] in (b"M4A ", b"M4B "):
            return M4A
        kind = _KINDS.get(form.kind, "document")
        return Sort(kind, _TYPES.get(form.suffix) or _office(form.suffix), form.suffixes, f"{form.title} file")
    return None


def _office(suffix: str) -> str:
    """Return the media type of an office document, as far as its family tells."""
    from mimetypes import guess_type

    return guess_type(f"x.{suffix}")[0] or UNKNOWN.media_type
