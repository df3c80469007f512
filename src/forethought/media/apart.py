"""Work on a file in a process of its own, so that no file can crash, stall or fill up the program that asks.

A file is hostile input, and some of the libraries that open it are written in C.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from forethought.errors import ForethoughtError
from forethought.media.buffer import CannotCleanError
from forethought.media.cleaning import Cleaned, Seen, clean, clear_away, look
from forethought.media.format import Wishes

if TYPE_CHECKING:
    from forethought.media.seeing.sight import Sight

START = 60  # seconds that the process may take to begin, as on a computer that has just been started
SECONDS, PER_SECOND = 5, 4 << 20  # how long any file may take, and the bytes of it that one second more is for
SEEING = 90  # seconds to look for words and faces in a picture, the loading of what looks for them included
MEMORY = 1 << 30  # bytes that the process may hold, where the system can limit it
SLOW = "it takes longer than a file of its size should"
CRASHED = "it makes the programs that open it fail"
HUGE = "it needs more memory than one file may have"


class Apart:
    """A process that looks at files and cleans them, one after another; started when first used.

    Use it in a `with` statement. A file that takes too long or ends the process is not clean, and the next one gets a
    new process.
    """

    def __init__(self, seconds: float = SECONDS) -> None:
        """Take how long any file may take."""
        self.seconds = seconds
        self._process: Any = None
        self._line: Connection | None = None
        self._folder: Path | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def look(self, path: Path) -> Seen:
        """Return what a file gives away. Raises NotReadError."""
        answer: Seen | str = self._ask(look, path)
        return Seen(path.name, "", "", (), answer) if isinstance(answer, str) else answer

    def clean(self, path: Path, folder: Path, wishes: Wishes) -> Cleaned:
        """Write a clean copy of a file into a folder. Raises NotReadError or NoRoomError."""
        self._folder = folder
        answer: Cleaned | str = self._ask(clean, path, folder, wishes)
        if isinstance(answer, str):
            return Cleaned(Seen(path.name, "", "", (), answer), why=answer)
        return answer

    def see(self, path: Path) -> "Sight":
        """Return what is to be seen in a picture. Raises CannotSeeError."""
        answer: Sight | str = self._ask(_sight, path, seconds=SEEING)
        if isinstance(answer, str):
            from forethought.media.seeing.upright import CannotSeeError

            raise CannotSeeError(answer)
        return answer

    def ask(self, work: Callable[[bytes], Any], content: bytes) -> Any:
        """Return what a module's function makes of a file's bytes. Raises CannotCleanError where it does not."""
        answer = self._ask(work, content)
        if isinstance(answer, str):
            raise CannotCleanError(answer)
        return answer

    def _ask(self, work: Callable[..., Any], *given: Any, seconds: float | None = None) -> Any:
        """Return what the process answers, or why it did not, in words."""
        line = self._begin()
        path = given[0]
        size = path.stat().st_size if isinstance(path, Path) and path.is_file() else 0
        with suppress(OSError, EOFError):
            line.send((work, given))
            if not line.poll((seconds or self.seconds) + size / PER_SECOND):
                self._end()
                return SLOW
            answer = line.recv()
            if isinstance(answer, ForethoughtError):
                raise answer
            return answer
        self._end()
        return CRASHED

    def _begin(self) -> Connection:
        if self._line is None:
            context = get_context("spawn")
            self._line, other = context.Pipe()
            self._process = context.Process(target=_serve, args=(other,), daemon=True)
            self._process.start()
            other.close()
            with suppress(OSError, EOFError):
                if self._line.poll(START):
                    self._line.recv()
        return self._line

    def _end(self) -> None:
        if self._line is not None:
            self._process.kill()
            self._process.join()
            self._line.close()
            self._line = None
            if self._folder:
                clear_away(self._folder, self._process.pid)


def _sight(path: Path) -> "Sight":
    from forethought.media.seeing.sight import see

    return see(path)


def _serve(line: Connection) -> None:
    """Answer what is asked until nobody asks any more."""
    _limit()
    _hush()
    logging.disable()  # what libraries note about a file is for developers
    with suppress(EOFError, OSError, KeyboardInterrupt):
        line.send(None)  # that it has begun, so that only the work is timed
        while True:
            work, given = line.recv()
            line.send(_done(work, given))


def _done(work: Callable[..., Any], given: tuple[Any, ...]) -> Any:
    """Return an answer, the mistake that a person can mend, or in words why there is none."""
    try:
        return work(*given)
    except ForethoughtError as error:
        return error
    except MemoryError:
        return HUGE
    except Exception:
        return CRASHED


def _hush() -> None:
    """Let nothing be said that libraries in C say of a file, which goes around `logging`."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _limit() -> None:
    """Limit the memory of this process, where the system can."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
