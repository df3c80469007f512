"""Items of a still in HEIF (ISO 23008-12): what each is, where it lies, what it leads to, and which are shown."""

from collections.abc import Iterator
from dataclasses import dataclass

from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.isobmff.boxes import BROKEN, FREE, Box, boxes, first, needed, unpacked
from forethought.media.isobmff.samples import Range

PICTURES = frozenset(
    {b"hvc1", b"hev1", b"av01", b"avc1", b"vvc1", b"lhv1", b"jpeg", b"j2k1", b"unci", b"grid", b"iden"}
)
ALPHA = (
    b"urn:mpeg:mpegB:cicp:systems:auxiliary:alpha\0",
    b"urn:mpeg:hevc:2015:auxid:1\0",
    b"urn:mpeg:avc:2015:auxid:1\0",
)
MOST_ITEMS, MOST_REFERENCES = 20_000, 200_000
WIDTHS = {0: "", 4: "L", 8: "Q"}
IN_FILE, IN_DATA = 0, 1


@dataclass(frozen=True, slots=True)
class Item:
    """An item: its number and type, the box that tells of it and where its type stands there, and where it lies."""

    number: int
    kind: bytes
    box: Box
    kind_at: int
    extents: tuple[Range, ...]
    locked: bool


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference: its box, and the numbers of the item it starts from and of those it leads to."""

    box: Box
    source: int
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Still:
    """The items of a still, their references and properties, and the numbers of those that are shown."""

    items: tuple[Item, ...]
    references: tuple[Reference, ...]
    properties: dict[int, tuple[Box, ...]]
    primary: int
    shown: frozenset[int]


def still(data: Buffer, meta: Box) -> Still:
    """Return what the box of a still (meta, from behind its version) tells of. Raises CannotCleanError."""
    numbered, extents = needed(data, meta, b"pitm"), _extents(data, meta)
    wide = _version(data, numbered) == 1
    (primary,) = unpacked(">L" if wide else ">H", data, numbered.body + 4, numbered.end)
    items = tuple(_items(data, needed(data, meta, b"iinf"), extents))
    references = tuple(_references(data, first(data, meta, b"iref")))
    properties = _properties(data, needed(data, meta, b"iprp"))
    shown = _shown(data, items, references, properties, primary)
    return Still(items, references, properties, primary, shown)


def _version(data: Buffer, box: Box) -> int:
    return int(unpacked(">B", data, box.body, box.end)[0])


def infos(data: Buffer, box: Box) -> Iterator[Box]:
    """Yield the boxes in the list of items (iinf). Raises DamagedError."""
    wide = _version(data, box) > 0
    (count,) = unpacked(">L" if wide else ">H", data, box.body + 4, box.end)
    found = list(boxes(data, box.body + (8 if wide else 6), box.end))
    if count > MOST_ITEMS or count != len(found) or any(info.kind != b"infe" for info in found):
        raise DamagedError(BROKEN)
    yield from found


def _items(data: Buffer, box: Box, extents: dict[int, tuple[Range, ...]]) -> Iterator[Item]:
    for info in infos(data, box):
        version = _version(data, info)
        wide = version == 3
        number, locked = unpacked(">LH" if wide else ">HH", data, info.body + 4, info.end)
        at = info.body + (10 if wide else 8)
        (kind,) = unpacked(">4s", data, at, info.end) if version >= 2 else (b"",)
        yield Item(number, bytes(kind), info, at, extents.get(number, ()), bool(locked))


def _extents(data: Buffer, meta: Box) -> dict[int, tuple[Range, ...]]:
    """Return where each item lies. Raises CannotCleanError."""
    box, held = needed(data, meta, b"iloc"), first(data, meta, b"idat")
    version, sizes = unpacked(">B3xH", data, box.body, box.end)
    offset, length, base, index = (sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15 if version else 0)
    if version > 2 or {offset, length, base, index} - WIDTHS.keys():
        raise DamagedError(BROKEN)
    count = "L" if version == 2 else "H"
    at = box.body + 6
    (many,) = unpacked(f">{count}", data, at, box.end)
    at += 4 if version == 2 else 2
    found: dict[int, tuple[Range, ...]] = {}
    extent = f">{WIDTHS[index]}{WIDTHS[offset]}{WIDTHS[length]}"
    for _ in range(_few(many)):
        number, way, source, start, rows, at = _located(data, box, at, count, version, WIDTHS[base])
        if source or way not in (IN_FILE, IN_DATA) or (way == IN_DATA and held is None):
            raise CannotCleanError("a part of it lies in another file or in an odd place")
        start += held.body if way == IN_DATA and held else 0
        found[number], at = _rows(data, box, at, extent, start, rows, bool(offset), bool(length))
    return found


def _few(many: int) -> int:
    if many > MOST_ITEMS:
        raise TooLargeError("it holds more parts than are counted here")
    return many


def _located(
    data: Buffer, box: Box, at: int, count: str, version: int, base: str
) -> tuple[int, int, int, int, int, int]:
    """Return an item's number, how and in which file it is located, its base, how many extents, and what follows."""
    form = f">{count}{'H' if version else ''}H{base}H"
    row = list(unpacked(form, data, at, box.end))
    number, way = row.pop(0), row.pop(0) & 15 if version else 0
    source, start, rows = row[0], row[1] if base else 0, row[-1]
    size = {"L": 4, "H": 2}[count] + (2 if version else 0) + 2 + {"": 0, "L": 4, "Q": 8}[base] + 2
    return number, way, source, start, rows, at + size


def _rows(
    data: Buffer, box: Box, at: int, form: str, start: int, rows: int, placed: bool, sized: bool
) -> tuple[tuple[Range, ...], int]:
    """Return the extents of an item and the place behind them."""
    if not sized and rows:
        raise CannotCleanError("it does not say where its parts end")
    found: list[Range] = []
    size = sum({"L": 4, "Q": 8}[letter] for letter in form[1:])
    for _ in range(rows):
        row = unpacked(form, data, at, box.end)
        begin = start + (row[-2] if placed else 0)
        found += [(begin, begin + row[-1])] if row[-1] else []
        at += size
    return tuple(found), at


def _references(data: Buffer, box: Box | None) -> Iterator[Reference]:
    if box is None:
        return
    letter, left = ("L", 4) if _version(data, box) == 1 else ("H", 2), MOST_REFERENCES
    for part in boxes(data, box.body + 4, box.end):
        source, count = unpacked(f">{letter[0]}H", data, part.body, part.end)
        left -= count
        if left < 0:
            raise TooLargeError("it holds more parts than are counted here")
        targets = unpacked(f">{count}{letter[0]}", data, part.body + letter[1] + 2, part.end)
        if part.body + letter[1] + 2 + count * letter[1] != part.end:
            raise DamagedError(BROKEN)
        yield Reference(part, source, targets)


def _properties(data: Buffer, box: Box) -> dict[int, tuple[Box, ...]]:
    """Return the properties that each item has."""
    held = needed(data, box, b"ipco")
    every = list(boxes(data, held.body, held.end))
    found: dict[int, tuple[Box, ...]] = {}
    for part in boxes(data, box.body, box.end):
        if part.kind == b"ipma":
            for number, places in _associations(data, part):
                if any(place > len(every) for place in places):
                    raise DamagedError(BROKEN)
                found[number] = found.get(number, ()) + tuple(every[place - 1] for place in places if place)
    return found


def _associations(data: Buffer, box: Box) -> Iterator[tuple[int, tuple[int, ...]]]:
    head, count = unpacked(">LL", data, box.body, box.end)
    at, wide, long = box.body + 8, head & 1, head >> 24 > 0
    for _ in range(_few(count)):
        number, many = unpacked(">LB" if long else ">HB", data, at, box.end)
        at += 5 if long else 3
        places = unpacked(f">{many}{'H' if wide else 'B'}", data, at, box.end)
        at += many * (2 if wide else 1)
        yield number, tuple(place & (0x7FFF if wide else 0x7F) for place in places)


def is_alpha(data: Buffer, box: Box) -> bool:
    """Tell whether a property says that its item is how transparent another one is."""
    return box.kind == b"auxC" and box.held(data)[4:].startswith(ALPHA)


def _shown(
    data: Buffer,
    items: tuple[Item, ...],
    references: tuple[Reference, ...],
    properties: dict[int, tuple[Box, ...]],
    primary: int,
) -> frozenset[int]:
    """Return the numbers of the items that are shown: the first picture, what it is put together from, its alpha."""
    kinds = {item.number: item for item in items}
    alpha = {number for number, held in properties.items() if any(is_alpha(data, box) for box in held)}
    shown, waiting = set[int](), [primary]
    while waiting:
        number = waiting.pop()
        if number in shown:
            continue
        shown.add(number)
        for each in references:
            if each.source == number and each.box.kind in (b"dimg", b"base", b"exbl"):
                waiting += each.targets
            elif each.box.kind == b"auxl" and number in each.targets and each.source in alpha:
                waiting.append(each.source)
    if any(number not in kinds or kinds[number].kind not in PICTURES for number in shown):
        raise CannotCleanError("its picture is put together in a way that is not known here")
    if len(kinds) < len(items) or any(kinds[number].locked for number in shown):
        raise CannotCleanError("it is locked against copying, or its parts have the same number")
    return frozenset(shown)


def is_gone(item: Item) -> bool:
    """Tell whether an item was made unknown to every reader."""
    return item.kind in (FREE, b"")
