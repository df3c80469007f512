"""A zip file as a stream: only the part at hand is held, and its comment has the hash of all before its end."""

from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO, cast
from zipfile import ZIP_STORED, ZipFile, ZipInfo

COMMENT = "forethought pack sha256 {}"
TAIL = 22 + len(COMMENT.format("0" * 64))  # bytes of the end record, which no hash can be in and cover
DATE = (1980, 1, 1, 0, 0, 0)  # the same in every pack: when it was made stands on its cover


class Zip:
    """A zip file in the making: give it members, and pass on what each call yields. `hashes` has those so far."""

    def __init__(self) -> None:
        self.hashes: dict[str, str] = {}
        self._sink = _Sink()
        self._zip = ZipFile(cast(IO[bytes], self._sink), "w", ZIP_STORED)  # it asks for `write` and `flush` alone

    def add(self, name: str, content: Iterable[bytes], length: int = 0) -> Iterator[bytes]:
        """Add a member and yield what can be passed on. `length` is needed where it may be over 2 GB."""
        info = ZipInfo(name, DATE)
        info.create_system, info.external_attr, info.file_size = 3, 0o644 << 16, length
        digest = sha256()
        with self._zip.open(info, "w") as member:
            for chunk in content:
                digest.update(chunk)
                member.write(chunk)
                yield from self._sink.released()
        self.hashes[name] = digest.hexdigest()

    def end(self) -> Iterator[bytes]:
        """Write the list of members and the end record, and yield the rest."""
        self._zip.comment = COMMENT.format("0" * 64).encode()
        self._zip.close()
        yield from self._sink.released()
        yield self._sink.tail()


class _Sink:
    """What a zip file is written to; it keeps back as much as the end record takes."""

    def __init__(self) -> None:
        self._held, self._digest = bytearray(), sha256()

    def write(self, chunk: bytes) -> int:
        self._held += chunk
        return len(chunk)

    def flush(self) -> None:
        """Nothing waits to be written."""

    def released(self) -> Iterator[bytes]:
        """Yield what cannot be part of the end record, once there is enough to be worth it."""
        if len(self._held) > TAIL:
            ready = bytes(self._held[:-TAIL])
            del self._held[:-TAIL]
            self._digest.update(ready)
            yield ready

    def tail(self) -> bytes:
        """Return the end record with the hash of all that came before."""
        return bytes(self._held[:22]) + COMMENT.format(self._digest.hexdigest()).encode()
