"""Colour profiles: kept as numbers, without the names, dates and makers that they hold (ICC.1:2022)."""

import struct
from collections.abc import Iterator

from forethought.media.buffer import DamagedError
from forethought.media.trace import Trace

HEADER, LARGEST, MOST_TAGS = 128, 4 << 20, 100
NUMBERS = frozenset(
    {b"XYZ ", b"curv", b"para", b"sf32", b"mft1", b"mft2", b"mAB ", b"mBA "}
)  # types of tags without words
WORDS = (b"mluc", b"desc\0\0\0\0", b"text\0\0\0\0")  # types of tags that a tag of numbers must not run into
PARAMETERS = {0: 1, 1: 3, 2: 4, 3: 5, 4: 7}  # how many numbers each kind of curve has
NEEDED = (b"desc", b"cprt")  # tags that a profile must have
NAME = "kept"  # what the tags of words say in a copy
KEPT = (slice(12, 24), slice(64, 80))  # of the header: class, spaces, and how colours are to be met
VERSION, SIGNATURE = slice(8, 12), b"acsp"
RED, SRGB_RED = b"rXYZ", (0.436, 0.222, 0.014)  # the red of sRGB, to the third place
GREEN, SRGB_GREEN = b"gXYZ", (0.385, 0.717, 0.097)
NEAR = 0.004


def plain(profile: bytes) -> bytes:
    """Return a profile with the same colours that names nobody; b"" where its colours are those of sRGB.

    Raises DamagedError where it is no profile.
    """
    every = dict(_tags(profile))
    if _near(every.get(RED), SRGB_RED) and _near(every.get(GREEN), SRGB_GREEN) and profile[16:20] == b"RGB ":
        return b""
    kept = [(name, held) for name, body in every.items() if (held := _numbers(body))]
    if not kept:
        return b""
    words = _words(profile[8] >= 4)
    return _written(profile, [*((name, words) for name in NEEDED), *kept])


def traces(profile: bytes, where: str = "ICC") -> Iterator[Trace]:
    """Yield what a profile gives away; one made by `plain` gives nothing away."""
    try:
        if profile and plain(profile) == profile:
            return
        names = [_read(body) for _, body in _tags(profile) if body[:4] in (b"desc", b"mluc", b"text")]
    except (DamagedError, struct.error):
        names = []
    yield Trace("device", f"{where} profile", "; ".join(name for name in names if name)[:300] or "a colour profile")


def _tags(profile: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield each tag's name and body."""
    if len(profile) < HEADER + 4 or len(profile) > LARGEST or profile[36:40] != SIGNATURE:
        raise DamagedError("its colour profile is not built as profiles are")
    (count,) = struct.unpack_from(">L", profile, HEADER)
    for number in range(min(count, MOST_TAGS)):
        entry = HEADER + 4 + 12 * number
        if entry + 12 > len(profile):
            return
        name, at, size = struct.unpack_from(">4sLL", profile, entry)
        if at + size <= len(profile):
            yield name, profile[at : at + size]


def _numbers(body: bytes) -> bytes:
    """Return the body of a tag without what lies behind its numbers; nothing for a tag of words."""
    kind, count = body[:4], int.from_bytes(body[8:12])
    if kind not in NUMBERS or len(body) < 12 or any(word in body for word in WORDS):
        return b""
    curve = 12 + 4 * PARAMETERS.get(count >> 16, 0)
    size = {b"XYZ ": 20, b"curv": 12 + 2 * count, b"para": curve, b"sf32": 44}.get(kind, len(body))
    return kind + bytes(4) + body[8:size]


def _near(body: bytes | None, wanted: tuple[float, ...]) -> bool:
    if body is None or len(body) < 20:
        return False
    found = [number / 65_536 for number in struct.unpack_from(">3l", body, 8)]
    return all(abs(one - other) < NEAR for one, other in zip(found, wanted, strict=True))


def _words(new: bool) -> bytes:
    """Return the body of a tag that says `NAME`, as this version of profiles has it."""
    if new:
        said = NAME.encode("utf-16-be")
        return b"mluc" + struct.pack(">LLL2s2sLL", 0, 1, 12, b"en", b"GB", len(said), 28) + said
    said = NAME.encode() + b"\0"
    return b"desc" + struct.pack(">LL", 0, len(said)) + said + bytes(4 + 4 + 2 + 1 + 67)


def _written(profile: bytes, tags: list[tuple[bytes, bytes]]) -> bytes:
    """Return a profile of these tags, with a header that holds no date, maker or model."""
    at = HEADER + 4 + 12 * len(tags)
    table, bodies = [struct.pack(">L", len(tags))], []
    for name, body in tags:
        padded = body + bytes(-len(body) % 4)
        table.append(struct.pack(">4sLL", name, at, len(body)))
        bodies.append(padded)
        at += len(padded)
    header = bytearray(HEADER)
    header[VERSION] = profile[VERSION]
    for stretch in KEPT:
        header[stretch] = profile[stretch]
    header[0:4], header[36:40] = struct.pack(">L", at), SIGNATURE
    return bytes(header) + b"".join(table) + b"".join(bodies)


def _read(body: bytes) -> str:
    if body[:4] == b"mluc":
        text = body[28:].decode("utf-16-be", "ignore")
    elif body[:4] == b"desc":
        text = body[12 : 12 + struct.unpack_from(">L", body, 8)[0]].decode("latin-1")
    else:
        text = body[8:].decode("latin-1")
    return "".join(sign for sign in text if sign.isprintable()).strip()
