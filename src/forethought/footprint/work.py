"""Long work that goes on while pages are shown: one thing at a time, which can be watched and stopped."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from forethought.errors import ForethoughtError, sentence

Task = Callable[[Callable[[int], None]], object]


class StoppedError(Exception):
    """The person asked for it to stop; what was done stays done."""


@dataclass(slots=True)
class Work:
    """What is going on: a name for it, how many are done, of how many where that is known, and how it went wrong."""

    what: str = ""
    done: int = 0
    total: int | None = None
    trouble: str = ""
    _asked_to_stop: threading.Event = field(default_factory=threading.Event)
    _thread: threading.Thread | None = None
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def goes_on(self) -> bool:
        """Whether something is going on now."""
        return self._thread is not None and self._thread.is_alive()

    def start(self, what: str, task: Task, total: int | None = None, at_end: Callable[[], None] = lambda: None) -> bool:
        """Begin `task` in a thread of its own and return True, or False where something else goes on.

        The task is given what to call with the number done. `at_end` is called in that thread, however it ends.
        """
        with self._starting:
            if self.goes_on:
                return False
            self.what, self.done, self.total, self.trouble = what, 0, total, ""
            self._asked_to_stop.clear()
            self._thread = threading.Thread(target=self._run, args=(task, at_end), daemon=True)
            self._thread.start()
            return True

    def stop(self) -> None:
        """Ask it to stop; what was done stays done."""
        self._asked_to_stop.set()

    def wait(self, seconds: float) -> None:
        """Wait for the end, for so long at most."""
        if self._thread is not None:
            self._thread.join(seconds)

    def _tell(self, done: int) -> None:
        self.done = done
        if self._asked_to_stop.is_set():
            raise StoppedError

    def _run(self, task: Task, at_end: Callable[[], None]) -> None:
        try:
            task(self._tell)
        except StoppedError:
            self.trouble = "It was stopped. What was done is kept; go on whenever you like."
        except ForethoughtError as error:
            self.trouble = sentence(error)
        except OSError as error:
            said = error.strerror or error
            self.trouble = f"The computer said: {said}. What was done is kept; mend that, then go on."
        except Exception as error:  # the thread has no page to show it on, and must not end in a traceback
            self.trouble = f"This is a fault in Forethought ({type(error).__name__}). What was done is kept."
        finally:
            at_end()


WORK = Work()
