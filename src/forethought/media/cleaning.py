"""A file in, a clean copy out: read, changed, written aside, and offered only once nothing is found in it any more."""

import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from forethought.errors import ForethoughtError
from forethought.media.buffer import CannotCleanError, Change, TooLargeError, changed, opened
from forethought.media.format import Format, Wishes
from forethought.media.recognise import recognise
from forethought.media.searching import remains
from forethought.media.trace import Trace

if TYPE_CHECKING:
    from forethought.media.seeing.sight import Sight

CODED = ("film", "sound")
MOST_TRACES = 50_000


class NotReadError(ForethoughtError):
    """A file that could not be opened."""


class NoRoomError(ForethoughtError):
    """A copy that could not be written."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a file gives away: its name and format, and the traces in it, worst first.

    Where it cannot be read, `format` is empty and `why` says why; nothing is then known of it. `sight` is what is to be
    seen in a picture, where that was asked for, and `why_unseen` why it could not be looked into.
    """

    name: str
    format: str
    kind: str
    traces: tuple[Trace, ...]
    why: str = ""
    misnamed: bool = False
    sight: "Sight | None" = None
    why_unseen: str = ""

    def called(self, name: str) -> "Seen":
        """Return the same under another name, such as the one in its folder."""
        return replace(self, name=name)

    def showing(self, sight: "Sight | None") -> "Seen":
        """Return the same with what is to be seen in it."""
        return replace(self, sight=sight)

    def unseen(self, why: str) -> "Seen":
        """Return the same with why it could not be looked into."""
        return replace(self, why_unseen=why)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What came of cleaning: `copy` is where the clean copy lies, or None where it did not come out clean.

    `left` says in words what a second look still found; `why` why there is no copy.
    """

    seen: Seen
    copy: Path | None = None
    left: tuple[str, ...] = ()
    why: str = ""
    sizes: tuple[int, int] = (0, 0)

    def called(self, name: str) -> "Cleaned":
        """Return the same under another name."""
        return replace(self, seen=self.seen.called(name))

    def showing(self, sight: "Sight | None") -> "Cleaned":
        """Return the same with what is to be seen in it."""
        return replace(self, seen=self.seen.showing(sight))

    @property
    def is_clean(self) -> bool:
        """Whether there is a copy in which nothing more was found."""
        return self.copy is not None


def look(path: Path) -> Seen:
    """Return what a file gives away. Raises NotReadError."""
    try:
        with opened(path) as data:
            return _seen(path, recognise(data), data)
    except CannotCleanError as error:
        return Seen(path.name, "", "", (), error.why)
    except OSError as error:
        raise _not_read(path, error) from error


def clean(path: Path, folder: Path, wishes: Wishes = Wishes()) -> Cleaned:  # noqa: B008 (it never changes)
    """Write a clean copy of a file into a folder, under a name that tells nothing.

    The file itself is never changed, and nothing in the folder is overwritten. Raises NotReadError or NoRoomError.
    """
    seen = look(path)
    if not seen.format:
        return Cleaned(seen, why=seen.why)
    try:
        with opened(path) as data:
            return _cleaned(seen, recognise(data), data, path, folder, wishes)
    except CannotCleanError as error:
        return Cleaned(seen, why=error.why)
    except (FileNotFoundError, PermissionError) as error:  # it was there for the look
        raise _not_read(path, error) from error


def _seen(path: Path, form: Format, data: Any) -> Seen:
    told = dict.fromkeys(islice(form.traces(data), MOST_TRACES + 1))
    if len(told) > MOST_TRACES:
        raise TooLargeError("it gives away more things than can be told here")
    found = sorted(told, key=lambda trace: trace.rank)
    suffix = path.suffix.lower().lstrip(".")
    return Seen(path.name, form.title, form.kind, tuple(found), misnamed=bool(suffix) and suffix not in form.suffixes)


def _cleaned(seen: Seen, form: Format, data: Any, path: Path, folder: Path, wishes: Wishes) -> Cleaned:
    if wishes.cover:
        data = _covered(form, data, wishes)
        form = recognise(data)
    changes = tuple(form.clean(data, wishes))
    with _aside(folder) as part:
        part.write(data, changes)
        left = tuple(_left(seen, form, data, part.path))
        if left:
            return Cleaned(seen, left=left, why="a second look still found something in the copy")
        copy = part.kept(form.kind, _suffix(path, form))
        return Cleaned(seen, copy, sizes=(len(data), copy.stat().st_size))


def _covered(form: Format, data: Any, wishes: Wishes) -> bytes:
    """Return a picture with stretches of it painted over. Raises CannotCleanError."""
    from forethought.media.seeing.covering import CannotCoverError, covered

    if form.kind != "picture":
        raise CannotCleanError("only pictures can be covered")
    try:
        return covered(bytes(data[:]), wishes.cover, "blur" if wishes.blur else "black")
    except CannotCoverError as error:
        raise CannotCleanError(error.why) from error


def _suffix(path: Path, form: Format) -> str:
    """Return the file's own suffix where its format has it, else the format's usual one."""
    own = path.suffix.lower().lstrip(".")
    return own if own in form.suffixes else form.suffix


def _left(seen: Seen, form: Format, data: Any, path: Path) -> Iterator[str]:
    """Yield what is still in a copy: for its own reader, for another one, and in its bytes."""
    with opened(path) as copy:
        if recognise(copy) is not form:
            yield "it is no longer of the same format"
            return
        yield from (f"{trace.where}: {trace.value}" for trace in form.traces(copy))
        yield from form.doubts(copy)
        yield from remains(_sought(seen, form), copy, " ".join(" ".join(form.shown(copy)).split()))


def _sought(seen: Seen, form: Format) -> Iterator[Trace]:
    """Yield the traces whose values may be nowhere; coded sound and film name their encoder in every other frame."""
    return (trace for trace in seen.traces if form.kind not in CODED or trace.kind != "software")


def _not_read(path: Path, error: OSError) -> NotReadError:
    why = error.strerror or "unknown reason"
    return NotReadError(f"{path} cannot be read ({why}). Check its name and whether you may open it.")


def _no_room(folder: Path, error: OSError) -> NoRoomError:
    why = error.strerror or "unknown reason"
    return NoRoomError(f"no copy can be written to {folder} ({why}). Check the disk, or name another folder.")


@dataclass(slots=True)
class _aside:
    """A file that is written beside where it is to lie, and is gone unless it is kept."""

    folder: Path
    path: Path = field(init=False)

    def __enter__(self) -> "_aside":
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            clear_away(self.folder)
            prefix = f".forethought-{os.getpid()}-"
            handle, name = tempfile.mkstemp(prefix=prefix, suffix=".part", dir=self.folder)
        except OSError as error:
            raise _no_room(self.folder, error) from error
        os.close(handle)
        self.path = Path(name)
        return self

    def __exit__(self, *_: object) -> None:
        self.path.unlink(missing_ok=True)

    def write(self, data: Any, changes: Sequence[Change]) -> None:
        """Write the copy. Raises NoRoomError."""
        try:
            with self.path.open("wb") as file:
                file.writelines(changed(data, changes))
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise _no_room(self.folder, error) from error

    def kept(self, name: str, suffix: str) -> Path:
        """Give the copy the first name that is free, and return it. Raises NoRoomError."""
        number = 1
        while True:
            target = self.folder / (f"{name}.{suffix}" if number == 1 else f"{name}-{number}.{suffix}")
            try:
                target.open("x").close()
            except FileExistsError:
                number += 1
                continue
            except OSError as error:
                raise _no_room(self.folder, error) from error
            try:
                os.replace(self.path, target)
            except OSError as error:
                target.unlink(missing_ok=True)
                raise _no_room(self.folder, error) from error
            return target


def clear_away(folder: Path, ended: int = 0) -> None:
    """Take away what processes that have ended had begun to write into a folder; `ended` is the number of one."""
    with suppress(OSError):
        for part in folder.glob(".forethought-*-*.part"):
            number = part.name.split("-")[1]
            if number == str(ended) or not _is_running(number, part):
                part.unlink(missing_ok=True)


def _is_running(number: str, part: Path) -> bool:
    """Tell whether a process may still write a part; where the system does not say, for an hour."""
    try:
        if os.name == "posix":
            os.kill(int(number), 0)
            return True
        return time.time() - part.stat().st_mtime < 3_600
    except (PermissionError, OverflowError):
        return True
    except (OSError, ValueError):
        return False
