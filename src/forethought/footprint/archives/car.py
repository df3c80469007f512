"""A repository of Bluesky as a CAR file: its blocks, and the Merkle search tree that says which records are in it.

The blocks are never listed as records: what was deleted or replaced may still lie among them. The file is read twice
from its beginning to its end, first for the tree and then for the records, and is never held whole.
"""

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from forethought.footprint.archives.decode import Located, UnreadableError
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.values import epoch
from forethought.footprint.item import Moment

MOST_BLOCK = 8 * 2**20  # bytes; a server accepts 2 MB
SHA256 = b"\x12\x20"
NODE = (b"\xa2ae", b"\xa2al")  # how a node of the tree begins: a map of two, `e` and `l`
RECORD = b"e$type"  # what every record holds somewhere: a text of five letters
_TID = {letter: number for number, letter in enumerate("234567abcdefghijklmnopqrstuvwxyz")}


def decoded(block: bytes) -> Any:
    """Return what a block of DAG-CBOR says, its links as bytes. Raises ValueError and RecursionError."""
    import libipld  # when an archive is read

    return libipld.decode_dag_cbor(block)


def roots(stream: IO[bytes]) -> list[bytes]:
    """Return the roots that the header names, and leave the stream at the first block. Raises ValueError."""
    size = _varint(stream)
    header = decoded(stream.read(size)) if size and size < MOST_BLOCK else None
    if not isinstance(header, dict) or header.get("version") != 1 or not isinstance(header.get("roots"), list):
        raise ValueError("no header")
    return list(header["roots"])


def blocks(stream: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
    """Yield each block behind the header with its identifier. Raises ValueError where the file breaks off."""
    while (size := _varint(stream)) is not None:
        section = stream.read(size) if 4 < size < MOST_BLOCK else b""
        if len(section) != size:
            raise ValueError("the end")
        length = 34 if section.startswith(SHA256) else 4 + section[3]
        yield section[:length], section[length:]


def _varint(stream: IO[bytes]) -> int | None:
    """Return the number here, or None at the end of the stream. Raises ValueError."""
    value = shift = 0
    while byte := stream.read(1):
        value |= (byte[0] & 0x7F) << shift
        if byte[0] < 0x80:
            return value
        shift += 7
        if shift > 63:
            raise ValueError("a number too large")
    if shift:
        raise ValueError("the end")
    return None


def as_said(identifier: bytes, block: bytes) -> bool:
    """Tell whether a block is the one that its identifier stands for."""
    return identifier[-34:-32] != SHA256 or hashlib.sha256(block).digest() == identifier[-32:]


def written(identifier: object) -> str:
    """Return an identifier as it is written, and as files of pictures are named: in base 32."""
    if not isinstance(identifier, bytes):
        return str(identifier or "")
    return "b" + base64.b32encode(identifier).decode().rstrip("=").casefold()


def tid(key: str) -> Moment:
    """Return the moment that a record's key carries, in microseconds, or none where it is a key of another kind."""
    if len(key) != 13 or not set(key) <= _TID.keys():
        return Moment()
    count = 0
    for letter in key[:11]:
        count = count * 32 + _TID[letter]
    return epoch(count, 10**6)


class Repository:
    """The records that a repository's tree names, and how the file falls short of it or goes beyond."""

    def __init__(self, member: Member) -> None:
        """Read the tree. Raises UnreadableError where there is none."""
        self.member = member
        self.wanted: dict[bytes, str] = {}  # the keys of each record, apart by spaces; none once it was read
        self.counts: Counter[str] = Counter()  # of the records that the tree names, by collection
        self.lacking_nodes = 0
        self.stale = 0
        try:
            commit, nodes = self._tree()
            self.did, self.version = str(commit["did"]), int(commit["version"])
            self._walk(nodes, commit["data"])
        except (ValueError, TypeError, KeyError, IndexError, RecursionError):
            raise UnreadableError(member.name, "it is no repository, or breaks off before its first entry") from None

    def _tree(self) -> tuple[dict[str, Any], dict[bytes, bytes]]:
        """Return the signed commit at the root, and every node; a file that breaks off gives what came before."""
        nodes: dict[bytes, bytes] = {}
        commit = b""
        with self.member.open() as stream:
            root = roots(stream)[0]
            try:
                for identifier, block in blocks(stream):
                    if identifier == root and as_said(identifier, block):
                        commit = block
                    elif block.startswith(NODE) and as_said(identifier, block):
                        nodes[identifier] = block
            except (ValueError, IndexError):
                pass  # told when the records are read
        return decoded(commit), nodes

    def _walk(self, nodes: dict[bytes, bytes], top: bytes) -> None:
        """Gather what every node below `top` names. A node is met once, so that no loop can hold."""
        ahead = [top]
        while ahead:
            block = nodes.pop(ahead.pop(), None)
            if block is None:
                self.lacking_nodes += 1
                continue
            try:
                ahead += self._gather(decoded(block))
            except (ValueError, TypeError, KeyError, AttributeError):
                self.lacking_nodes += 1

    def _gather(self, node: dict[str, Any]) -> list[bytes]:
        """Keep the records of one node, whose keys are each written as what differs from the one before."""
        below = [node["l"]]
        key = b""
        for entry in node["e"]:
            if not 0 <= entry["p"] <= len(key):
                raise ValueError("a prefix that is not there")
            key = key[: entry["p"]] + entry["k"]
            self._want(entry["v"], key.decode())
            below.append(entry.get("t"))
        return [each for each in below if each is not None]

    def _want(self, identifier: bytes, key: str) -> None:
        before = self.wanted.get(identifier)
        self.wanted[identifier] = f"{before} {key}" if before else key
        self.counts[key.partition("/")[0]] += 1

    @property
    def lacking(self) -> int:
        """Return how many records the tree names that were not met, once they have been read."""
        return sum(len(keys.split()) for keys in self.wanted.values())

    def records(self) -> Iterator[Located]:
        """Yield each record that the tree names, under its key; one that cannot be read as the error it gives."""
        with self.member.open() as stream:
            try:
                roots(stream)
                for identifier, block in blocks(stream):
                    keys = self.wanted.get(identifier)
                    if keys is None:
                        self.stale += RECORD in block
                        continue
                    self.wanted[identifier] = ""
                    yield from ((key, _record(identifier, block)) for key in keys.split())
            except (ValueError, IndexError):
                raise UnreadableError(self.member.name, "it breaks off") from None


def _record(identifier: bytes, block: bytes) -> Any:
    if not as_said(identifier, block):
        return ValueError("not what its identifier stands for")
    try:
        return decoded(block)
    except (ValueError, RecursionError) as error:
        return error
