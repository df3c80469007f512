"""A second look at a Matroska copy, by a walk that knows nothing but what a copy may hold."""

import re
from collections.abc import Iterator

from forethought.media.buffer import Buffer

MOST_ELEMENTS, DEEPEST = 8_000_000, 8
# What may stand in each element of a copy, by the bytes of its number; numbers that end in `+` hold more below.
MAY_HOLD = {
    name: frozenset(parts.split())
    for name, parts in {
        "": "1A45DFA3 18538067",
        "1A45DFA3": "4286 42F7 42F2 42F3 4282 4287 4285",
        "18538067": "114D9B74 1549A966 1654AE6B 1F43B675 1C53BB6B",
        "114D9B74": "4DBB", "4DBB": "53AB 53AC",
        "1549A966": "2AD7B1 4489 4D80 5741",
        "1654AE6B": "AE",
        "AE": "D7 73C5 83 B9 88 55AA 55AB 55AC 55AD 55AE 55AF 9C 6DE7 6DF8 23E383 234E7A 23314F 537F 55EE 22B59C 86 "
        "63A2 AA 56AA 56BB E0 E1 6D80",
        "E0": "9A 9D 53B8 53C0 B0 BA 54AA 54BB 54CC 54DD 54B0 54BA 54B2 54B3 2EB524 2FB523 2383E3 55B0 7670",
        "55B0": "55B1 55B2 55B3 55B4 55B5 55B6 55B7 55B8 55B9 55BA 55BB 55BC 55BD 55D0",
        "55D0": "55D1 55D2 55D3 55D4 55D5 55D6 55D7 55D8 55D9 55DA",
        "7670": "7671 7672 7673 7674 7675", "E1": "B5 78B5 9F 6264 52F1",
        "6D80": "6240", "6240": "5031 5032 5033 5034", "5034": "4254 4255",
        "1F43B675": "E7 A7 AB A3 A0", "A0": "A1 9B FA FB 75A2 75A1 A4", "75A1": "A6", "A6": "EE A5",
        "1C53BB6B": "BB", "BB": "B3 B7", "B7": "F7 F1 F0 B2 5378",
    }.items()
}  # fmt: skip
RAW = frozenset("63A2 A3 A1 A5 A4 4255 7672".split())
BLANK = frozenset("4D80 5741 EC".split())
COMMENTED = re.compile(  # comments with a vendor or a number of comments, or blocks of FLAC that no copy has
    rb"\x03vorbis....(?! *\x00{4}\x01)|\x81theora....(?! *\x00{4})|fLaC.{38}[\x02\x04-\x06\x82\x84-\x86]", re.DOTALL
)
WORDS = {"4282": rb"(webm|matroska)\0*", "86": rb"[AV]_[A-Z0-9_/.]*\0*", "22B59C": rb"[a-z]{3}\0*"}


def doubts(data: Buffer) -> Iterator[str]:
    """Yield whatever stands in a copy that no copy has."""
    ends = [(len(data), "")]
    at = films = 0
    for _ in range(MOST_ELEMENTS):
        while at >= ends[-1][0] and len(ends) > 1:
            ends.pop()
        if at >= len(data):
            return
        name, body, size = _head(data, at)
        while len(ends) > 1 and _is_above(name, ends[-1][1]) and ends[-1][0] == len(data):
            ends.pop()  # what was of unknown size ends here
        if not name or len(ends) > DEEPEST or (size is not None and body + size > ends[-1][0]):
            yield f"something at {at} that is no element"
            return
        end = len(data) if size is None else body + size
        films += name == "18538067"
        if films > 1:
            yield f"another film at {at}"
            return
        if problem := _problem(data, name, ends[-1][1], body, end):
            yield f"{problem} ({name}) at {at}"
        is_parent = name in MAY_HOLD and name in MAY_HOLD[ends[-1][1]]
        if is_parent:
            ends.append((end, name))
        at = body if is_parent else end
    yield "more elements than can be read"


def _head(data: Buffer, at: int) -> tuple[str, int, int | None]:
    """Return the number of an element, where its bytes begin and their size, which may not be known."""
    length = 9 - data[at].bit_length()
    body = at + length
    wide = 9 - data[body].bit_length() if body < len(data) else 9
    if length > 4 or wide > 8 or body + wide > len(data):
        return "", at, 0
    bits = int.from_bytes(data[body : body + wide]) - (1 << 7 * wide)
    name = bytes(data[at:body]).hex().upper()
    return name, body + wide, None if bits == (1 << 7 * wide) - 1 and name in ("18538067", "1F43B675") else bits


def _is_above(name: str, parent: str) -> bool:
    """Tell whether an element cannot stand in this one of unknown size, as it stands above it."""
    return parent == "1F43B675" and name in MAY_HOLD["18538067"]


def _problem(data: Buffer, name: str, parent: str, body: int, end: int) -> str:
    if name not in BLANK and name not in MAY_HOLD[parent]:
        return "an element that no copy has"
    if name in BLANK:
        return "" if not _holds(data, body, end) else "words where a copy has none"
    if name in WORDS:
        return "" if re.fullmatch(WORDS[name], data[body:end][:100]) else "a word that no copy has"
    if name == "73C5":
        return "" if int.from_bytes(data[body:end][:8]) <= 1_000 else "a number by which a track is known"
    if name == "63A2" and COMMENTED.search(data[body:end][:4096]):
        return "comments"
    return "" if name in RAW or name in MAY_HOLD or end - body <= 8 else "more than a number"


def _holds(data: Buffer, start: int, end: int) -> bool:
    return any(data[at : min(at + 65_536, end)].strip(b"\0") for at in range(start, end, 65_536))
