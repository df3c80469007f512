"""The files of an export, wherever they lie: zips, tar files, folders and single files, read safely and never unpacked.

An archive is hostile input. Names that lead elsewhere, links and devices are refused; what is inflated is counted, not
what a header declares; nothing is ever written to disk by the name of a member.
"""

import hashlib
import io
import lzma
import re
import stat
import struct
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Self

from forethought.errors import ForethoughtError
from forethought.footprint.item import Pointer, Problem

MOST_MEMBERS = 400_000
MOST_BYTES = 64 * 2**30  # inflated, all members together; pictures are not opened
MOST_MEMBER = 4 * 2**30  # inflated, one member
WORST_RATIO = 400  # inflated to stored, past the first few MB; JSON reaches 40, a bomb 1,000
RATIO_FROM = 16 * 2**20
MOST_HEADER = 2**20  # bytes of a tar header that holds nothing but a name or remarks
_CHUNK = 2**16
_LITTER = re.compile(r"(^|/)(__MACOSX/|\._|\.DS_Store$|Thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_DRIVE = re.compile(r"^[A-Za-z]:")
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA})
_NO_FILES = frozenset({stat.S_IFLNK, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFIFO, stat.S_IFSOCK})
_TARRED = (".tar", ".tgz", ".tar.gz", ".tar.bz2", ".tar.xz")
_HEADERS = frozenset({b"x", b"g", b"X", b"L", b"K"})  # of a tar: what only tells about the member after it
_LINK = "a link or a device, which is not followed"
_CUT = "it is cut off or damaged. Download it from the platform once more."
# What the standard library raises at a zip, a tar or a member that is broken, whichever way it was packed.
BROKEN_OFF = (
    OSError, EOFError, RuntimeError, UnicodeError, struct.error, zipfile.BadZipFile, zlib.error, lzma.LZMAError,
    tarfile.TarError,
)  # fmt: skip
_UNOPENED = (*BROKEN_OFF, ValueError, OverflowError)  # places in a zip's list that cannot be


class NotAnArchiveError(ForethoughtError):
    """A file that was given cannot be opened as an export."""

    def __init__(self, name: str, why: str) -> None:
        """Take the file's name and what is wrong with it, which ends with how to mend it."""
        super().__init__(f"{name} cannot be read: {why}")


class TooMuchError(ForethoughtError):
    """A member holds more than is read, as a bomb does."""

    def __init__(self, name: str) -> None:
        """Take the member's name."""
        super().__init__(f"{name} unpacks to more than an export holds, so the rest of it was not read.")


def fold(name: str) -> str:
    """Return a name as it is compared: composed, without case, every apostrophe an underscore."""
    return re.sub(r"['’]", "_", unicodedata.normalize("NFC", name)).casefold()


@dataclass(slots=True)
class Budget:
    """How much may still be inflated, over all members."""

    left: int = field(default_factory=lambda: MOST_BYTES)


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an export: the SHA-256 of the input that it came in, its name as stored, its size, how to open it."""

    source: str
    name: str
    size: int
    opened: Callable[[], IO[bytes]] = field(repr=False, compare=False)
    folded: str = ""

    @property
    def base(self) -> str:
        """The last part of the name, folded."""
        return self.folded.rpartition("/")[2]

    def open(self) -> IO[bytes]:
        """Return a stream of the content, which raises TooMuchError where it inflates beyond measure, and OSError."""
        return self.opened()

    def start(self, size: int = 4096) -> bytes:
        """Return the first bytes, or none where the member cannot be opened."""
        try:
            with self.open() as stream:
                return stream.read(size)
        except (ForethoughtError, *_UNOPENED):
            return b""

    def at(self, locator: object = "") -> Pointer:
        """Return a pointer to a place within."""
        return Pointer(self.source, self.name, str(locator))


class Counted(io.RawIOBase):
    """A stream that counts what it gives, and stops at a bomb."""

    def __init__(self, inner: IO[bytes], name: str, stored: int, budget: Budget) -> None:
        """Take the stream, the member's name, its stored size, and what may be inflated over all."""
        self.inner, self.name, self.stored, self.budget, self.given = inner, name, stored, budget, 0

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fill `buffer` and return how many bytes there were."""
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self.inner.read(len(view))
        self.given += len(content)
        self.budget.left -= len(content)
        over = self.given > RATIO_FROM and self.given > WORST_RATIO * max(self.stored, 1)
        if over or self.given > MOST_MEMBER or self.budget.left < 0:
            raise TooMuchError(self.name)
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        """Close the stream within."""
        self.inner.close()
        super().close()


class Files:
    """Every file of the inputs together, in order, and the problems met while listing them."""

    def __init__(self, inputs: Iterable[Path]) -> None:
        """Take the inputs: zips, tar files, folders and single files. Raises NotAnArchiveError and TooMuchError."""
        self.members: list[Member] = []
        self.problems: list[Problem] = []
        self._budget = Budget()
        self._open: list[zipfile.ZipFile] = []
        try:
            for path in inputs:
                self._add(path)
        except ForethoughtError:
            self.__exit__()
            raise

    def __enter__(self) -> "Files":
        """Return itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close what is open."""
        for archive in self._open:
            archive.close()

    def __iter__(self) -> Iterator[Member]:
        """Yield every file."""
        return iter(self.members)

    def matching(self, pattern: str) -> list[Member]:
        """Return the files whose folded name matches the pattern from the start of some part of its path to its end."""
        wanted = re.compile(rf"(?:^|/)(?:{pattern})$")
        return [member for member in self.members if wanted.search(member.folded)]

    def named(self, *names: str) -> list[Member]:
        """Return the files of these base names, folded."""
        wanted = {fold(name) for name in names}
        return [member for member in self.members if member.base in wanted]

    def _add(self, path: Path) -> None:
        """List one input, by what it is; a tar that ends with a zip is a tar."""
        try:
            if path.is_dir():
                self._add_folder(path)
                return
            start = _first(path)
            if start.startswith(b"PK") and zipfile.is_zipfile(path):
                self._add_zip(path)
            elif start.startswith(b"\x1f\x8b") or path.name.casefold().endswith(_TARRED):
                self._add_tar(path)
            elif path.suffix.casefold() == ".zip":
                raise NotAnArchiveError(
                    path.name, "the file ends too early or is not a zip. Download it from the platform once more."
                )
            else:
                self._add_file(path, path.name)
        except OSError:
            raise NotAnArchiveError(path.name, "it is not there, or may not be opened. Check its name.") from None

    def _add_file(self, path: Path, name: str) -> None:
        size = path.stat().st_size
        self._keep(digest(path) if size < MOST_MEMBER else "", name, size, size, partial(_plain, path))

    def _add_folder(self, folder: Path) -> None:
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(folder).as_posix()
            if path.is_symlink():
                self._refuse("", name, _LINK)
            elif path.is_file():
                try:
                    self._add_file(path, name)
                except OSError:
                    self._refuse("", name, "a file that may not be opened")

    def _add_zip(self, path: Path) -> None:
        source = digest(path)
        try:
            archive = zipfile.ZipFile(path)
        except _UNOPENED:
            raise NotAnArchiveError(path.name, _CUT) from None
        self._open.append(archive)
        for entry in archive.infolist():
            name = _zip_name(entry)
            if entry.is_dir():
                continue
            if entry.flag_bits & 1:
                raise NotAnArchiveError(path.name, "it is locked with a password. Unpack it, and give the folder.")
            if stat.S_IFMT(entry.external_attr >> 16) in _NO_FILES:
                self._refuse(source, name, _LINK)
            elif entry.compress_type not in _PACKED:
                self._refuse(source, name, "packed in a way that is not known: unpack the zip, and give the folder")
            else:
                self._keep(source, name, entry.file_size, entry.compress_size, partial(archive.open, entry))

    def _add_tar(self, path: Path) -> None:
        """List a tar file; each member is found again by its place, since a compressed tar has no index."""
        source = digest(path)
        try:
            entries = list(_tar_entries(path))
        except _UNOPENED:
            raise NotAnArchiveError(path.name, _CUT) from None
        for entry in entries:
            if entry.isreg():
                self._keep(source, entry.name, entry.size, entry.size, partial(_from_tar, path, entry))
            elif not entry.isdir():
                self._refuse(source, entry.name, _LINK)

    def _refuse(self, source: str, name: str, what: str) -> None:
        self.problems.append(Problem(Pointer(source, storable(name)), what))

    def _keep(self, source: str, name: str, size: int, stored: int, opened: Callable[[], IO[bytes]]) -> None:
        name = storable(name)
        if _LITTER.search(name):
            return
        if not _safe(name):
            self._refuse(source, name, "a name that leads out of the archive: not read")
        elif len(self.members) >= MOST_MEMBERS:
            raise TooMuchError(name)
        else:
            counted = partial(_counted, opened, name, stored, self._budget)
            self.members.append(Member(source, name, size, counted, fold(name)))


def storable(text: str) -> str:
    """Return text that can be stored: half a pair of surrogates, as an odd name or a cut post has it, is replaced."""
    return text if text.isascii() else text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _first(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(4)


def _plain(path: Path) -> IO[bytes]:
    return path.open("rb")


def _counted(opened: Callable[[], IO[bytes]], name: str, stored: int, budget: Budget) -> IO[bytes]:
    return io.BufferedReader(Counted(opened(), name, stored, budget), _CHUNK)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file, as 64 hexadecimal digits."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _safe(name: str) -> bool:
    parts = PurePosixPath(name).parts
    leads_out = name.startswith("/") or ".." in parts or _DRIVE.match(name) or set(name) & {"\0", "\\"}
    return bool(parts) and not leads_out


def _zip_name(entry: zipfile.ZipInfo) -> str:
    """Return a member's name as stored; without the flag for UTF-8 it was read as cp437, and is tried as UTF-8."""
    name = entry.orig_filename  # `filename` is cut at a NUL
    if entry.flag_bits & 0x800:
        return name
    try:
        return name.encode("cp437").decode("utf-8")
    except UnicodeError:
        return name


class _Entry(tarfile.TarInfo):
    """A tar's entry, of which a header that only tells about the next one is not held if it is huge."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        entry = super().frombuf(buf, encoding, errors)
        if entry.type in _HEADERS and entry.size > MOST_HEADER:
            raise TooMuchError("A name in the tar file")
        return entry


def _tar_entries(path: Path) -> Iterator[tarfile.TarInfo]:
    """Yield the entries of a tar, which is inflated to find them. Raises TooMuchError at more than an export holds."""
    most, total = min(MOST_BYTES, max(RATIO_FROM, WORST_RATIO * path.stat().st_size)), 0
    with tarfile.open(path, tarinfo=_Entry) as archive:
        for number, entry in enumerate(archive):
            total += entry.size
            if total > most or number >= MOST_MEMBERS:
                raise TooMuchError(path.name)
            yield entry


def _from_tar(path: Path, entry: tarfile.TarInfo) -> IO[bytes]:
    archive = tarfile.open(path)  # noqa: SIM115 - closed with the stream that is returned
    stream = archive.extractfile(entry)
    assert stream is not None, "only files are listed"
    return _Both(stream, archive)  # type: ignore[return-value]


class _Both(io.BufferedIOBase):
    """A member's stream that closes its archive with it."""

    def __init__(self, stream: IO[bytes], archive: tarfile.TarFile) -> None:
        self.stream, self.archive = stream, archive

    def read(self, size: int | None = -1) -> bytes:
        return self.stream.read(-1 if size is None else size)

    def close(self) -> None:
        self.stream.close()
        self.archive.close()
        super().close()
