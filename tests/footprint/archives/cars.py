"""Makes repositories as a server writes them: signed commit, Merkle search tree and records, in a CAR file."""

import hashlib
import struct
from collections.abc import Iterable, Mapping

DID = "did:plc:wrenexample"


class Link(bytes):
    """An identifier of a block, which DAG-CBOR writes under a tag of its own."""


def cbor(value: object) -> bytes:
    """Return a value as DAG-CBOR."""
    if isinstance(value, Link):
        return b"\xd8\x2a" + _head(2, len(value) + 1) + b"\0" + value
    if value is None or isinstance(value, bool):
        return {None: b"\xf6", False: b"\xf4", True: b"\xf5"}[value]
    if isinstance(value, int):
        return _head(0, value) if value >= 0 else _head(1, -1 - value)
    if isinstance(value, float):
        return b"\xfb" + struct.pack(">d", value)
    if isinstance(value, bytes):
        return _head(2, len(value)) + value
    if isinstance(value, str):
        return _head(3, len(value.encode())) + value.encode()
    if isinstance(value, list):
        return _head(4, len(value)) + b"".join(map(cbor, value))
    pairs = sorted(value.items(), key=lambda pair: (len(pair[0]), pair[0]))
    return _head(5, len(pairs)) + b"".join(cbor(key) + cbor(each) for key, each in pairs)


def _head(major: int, count: int) -> bytes:
    if count < 24:
        return bytes([major << 5 | count])
    for code, form in ((24, ">B"), (25, ">H"), (26, ">I")):
        if count < 2 ** (8 * struct.calcsize(form)):
            return bytes([major << 5 | code]) + struct.pack(form, count)
    return bytes([major << 5 | 27]) + struct.pack(">Q", count)


def named(block: bytes, codec: int = 0x71) -> Link:
    """Return the identifier of a block."""
    return Link(bytes([1, codec, 0x12, 0x20]) + hashlib.sha256(block).digest())


def varint(number: int) -> bytes:
    """Return a number as the sections of a CAR file begin with it."""
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*out, number])


def depth(key: str) -> int:
    """Return in which layer of the tree a key stands: half of the zero bits that its hash begins with."""
    bits = bin(int.from_bytes(hashlib.sha256(key.encode()).digest()) | 1 << 256)[3:]
    return (len(bits) - len(bits.lstrip("0"))) // 2


class Tree:
    """A Merkle search tree over records: the root and the blocks of its nodes."""

    def __init__(self, entries: Mapping[str, Link]) -> None:
        """Take the identifier of each key's record."""
        self.nodes: dict[Link, bytes] = {}
        ordered = sorted(entries.items(), key=lambda pair: pair[0].encode())
        self.levels = max((depth(key) for key, _ in ordered), default=0) + 1
        self.root = self._node(ordered, self.levels - 1)

    def _node(self, entries: list[tuple[str, Link]], layer: int) -> Link:
        left, rows, waiting, before = None, [], [], b""
        for key, record in [*entries, ("", Link())]:
            if key and depth(key) != layer:
                waiting.append((key, record))
                continue
            below = self._node(waiting, layer - 1) if waiting else None
            waiting = []
            if rows:
                rows[-1]["t"] = below
            else:
                left = below
            if key:
                shared = _shared(before, key.encode())
                rows.append({"p": shared, "k": key.encode()[shared:], "v": record, "t": None})
                before = key.encode()
        block = cbor({"l": left, "e": rows})
        self.nodes[named(block)] = block
        return named(block)


def _shared(one: bytes, other: bytes) -> int:
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def section(block: bytes, identifier: Link | None = None) -> bytes:
    """Return a block as a section of a CAR file."""
    content = (identifier or named(block)) + block
    return varint(len(content)) + content


def repository(
    records: Mapping[str, object],
    stale: Iterable[object] = (),
    without: Iterable[bytes] = (),
    version: int = 3,
    commit_last: bool = False,
) -> bytes:
    """Return a CAR file of records by key, with stale ones that no node names, and without some blocks."""
    written = {key: cbor(record) for key, record in records.items()}
    tree = Tree({key: named(block) for key, block in written.items()})
    signed = {"did": DID, "version": version, "data": tree.root, "prev": None, "sig": b"\1" * 64}
    commit = cbor(signed | ({"rev": "3laaaaaaaaa2a"} if version == 3 else {}))
    header = cbor({"roots": [named(commit)], "version": 1})
    left_out = set(without)
    blocks = [*tree.nodes.values(), *written.values(), *map(cbor, stale)]
    kept = [section(block) for block in blocks if block not in left_out]
    parts = [*kept, section(commit)] if commit_last else [section(commit), *kept]
    return varint(len(header)) + header + b"".join(parts)
