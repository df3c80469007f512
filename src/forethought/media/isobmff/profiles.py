"""Colour profiles that must keep their size: their names, dates and makers are taken out where they stand."""

import struct
from collections.abc import Iterator

from forethought.media.buffer import Buffer, Change, DamagedError
from forethought.media.isobmff.boxes import Box, Find
from forethought.media.pictures import icc

LARGEST, HEADER, ENTRY, MOST_TAGS = icc.LARGEST, 128, 12, icc.MOST_TAGS
KEPT = (slice(0, 4), slice(8, 24), slice(36, 40), slice(64, 80))  # size, version, class, spaces, how colours are met
SAID = "kept".encode("utf-16-be")
WIDE_WORDS = b"mluc" + struct.pack(">LLL2s2sLL", 0, 1, 12, b"en", b"GB", len(SAID), 28) + SAID
OLD_WORDS = b"desc" + struct.pack(">LL", 0, 5) + b"kept\0" + bytes(78)
WORDS = {b"mluc": WIDE_WORDS, b"desc": OLD_WORDS, b"text": b"text\0\0\0\0kept\0"}
PROFILES, NUMBERED = frozenset({b"prof", b"rICC"}), frozenset({b"nclx", b"nclc"})
BROKEN = "its colour profile is not built as profiles are"


def nameless(profile: bytes) -> bytes:
    """Return a profile of the same size and with the same colours, in which nobody is named. Raises DamagedError."""
    made = _without_names(profile)
    if _without_names(made) != made:  # its parts lie in each other
        raise DamagedError(BROKEN)
    return made


def _without_names(profile: bytes) -> bytes:
    if not HEADER + 4 <= len(profile) <= LARGEST or profile[36:40] != icc.SIGNATURE:
        raise DamagedError(BROKEN)
    (count,) = struct.unpack_from(">L", profile, HEADER)
    if count > MOST_TAGS or HEADER + 4 + ENTRY * count > len(profile):
        raise DamagedError(BROKEN)
    made = bytearray(len(profile))
    for stretch in KEPT:
        made[stretch] = profile[stretch]
    table = slice(HEADER, HEADER + 4 + ENTRY * count)
    bodies = [struct.unpack_from(">LL", profile, HEADER + 8 + ENTRY * number) for number in range(count)]
    for at, size in sorted(bodies, key=lambda body: profile[body[0] : body[0] + 4] in icc.NUMBERS):
        if table.stop <= at < len(profile):
            _copy(profile, made, at, min(size, len(profile) - at))
    made[table] = profile[table]
    return bytes(made)


def _copy(profile: bytes, made: bytearray, at: int, size: int) -> None:
    """Copy a tag of numbers, and let one of words say no more than that it was kept."""
    kind = profile[at : at + 4]
    if kind in icc.NUMBERS:
        made[at : at + size] = profile[at : at + size]
        return
    fitting = (words for words in (WORDS.get(kind, WIDE_WORDS), WIDE_WORDS) if len(words) <= size)
    made[at : at + size] = next(fitting, b"").ljust(size, b"\0")


def colours(data: Buffer, box: Box) -> Iterator[Find]:
    """Yield the find of a box of colours (colr) whose profile names somebody. Raises DamagedError."""
    form = bytes(data[box.body : box.body + 4])
    if form in NUMBERED:
        return
    profile = bytes(data[box.body + 4 : min(box.end, box.body + 4 + LARGEST + 1)])
    if form not in PROFILES:
        raise DamagedError("its colours are described in a way that is not known")
    if not profile:
        return
    made = nameless(profile)
    if made != profile:
        yield Find(lambda: (Change(box.body + 4, box.end, made),), lambda: icc.traces(profile))
