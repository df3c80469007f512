"""Long work: one thing at a time, watched, stopped, and ended in plain words however it ends."""

import threading
from collections.abc import Callable, Iterator

import pytest

from forethought.footprint.archives.files import NotAnArchiveError
from forethought.footprint.work import StoppedError, Work
from forethought.vault import LockedVaultError

Tell = Callable[[int], None]


class Slow:
    """A task that does one thing each time that it is let."""

    def __init__(self) -> None:
        """Wait at the start."""
        self.let, self.did, self.ended = threading.Semaphore(0), threading.Semaphore(0), threading.Event()

    def __call__(self, tell: Tell) -> None:
        """Do three things, each when it is let."""
        for done in range(1, 4):
            assert self.let.acquire(timeout=30)
            tell(done)
            self.did.release()

    def go(self, count: int = 1) -> None:
        """Let it do so many things, and wait until they are done."""
        for _ in range(count):
            self.let.release()
            assert self.did.acquire(timeout=30)


@pytest.fixture
def slow() -> Iterator[Slow]:
    """A task that is let go on at the end of the test, whatever becomes of it."""
    task = Slow()
    yield task
    for _ in range(3):
        task.let.release()


def test_it_is_watched(slow: Slow) -> None:
    """How far it has come is there to be read, of how many, and that it is finished."""
    work = Work()
    assert not work.goes_on
    assert work.start("Counting herons", slow, 3, slow.ended.set)
    slow.go(2)
    assert ("Counting herons", 2, 3, True) == (work.what, work.done, work.total, work.goes_on)
    slow.go()
    work.wait(30)
    assert (3, False, "", "Counting herons") == (work.done, work.goes_on, work.trouble, work.what)
    assert slow.ended.is_set()


def test_one_thing_at_a_time(slow: Slow) -> None:
    """While something goes on nothing else is begun, and afterwards something is."""
    work = Work()
    work.start("One", slow)
    assert not work.start("Two", lambda tell: None)
    assert "One" == work.what
    slow.go(3)
    work.wait(30)
    assert work.start("Two", lambda tell: None)
    work.wait(30)
    assert ("Two", "") == (work.what, work.trouble)


def test_it_is_stopped(slow: Slow) -> None:
    """Asked to stop, it ends where it tells of what it has done, says so, and can be begun again."""
    work = Work()
    work.start("One", slow, at_end=slow.ended.set)
    slow.go()
    work.stop()
    slow.let.release()
    work.wait(30)
    assert not work.goes_on
    assert "It was stopped" in work.trouble
    assert slow.ended.is_set()
    again = Slow()
    assert work.start("Two", again)
    again.go(3)
    work.wait(30)
    assert ("", "Two") == (work.trouble, work.what)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (StoppedError(), "It was stopped. What was done is kept; go on whenever you like."),
        (LockedVaultError(), "The vault is locked. Unlock it with your passphrase first."),
        (OSError(28, "No space left on device"), "The computer said: No space left on device."),
        (NotAnArchiveError("a.zip", "it is cut off."), "a.zip cannot be read: it is cut off."),
        (OSError("a member is not a file"), "The computer said: a member is not a file."),
        (ValueError("canary"), "This is a fault in Forethought (ValueError). What was done is kept."),
    ],
    ids=["stopped", "locked", "full", "archive", "odd", "fault"],
)
def test_what_goes_wrong_is_said_in_words(error: Exception, words: str) -> None:
    """Whatever ends it, the page has a sentence to show, which quotes nothing where the fault is ours."""

    def fail(tell: Tell) -> None:
        raise error

    work, ended = Work(), threading.Event()
    work.start("One", fail, at_end=ended.set)
    work.wait(30)
    assert work.trouble.startswith(words)
    assert "canary" not in work.trouble
    assert "None" not in work.trouble
    assert (True, True) == (bool(work.trouble), ended.is_set())


def test_waiting_for_nothing_ends_at_once() -> None:
    """Where nothing was begun there is nothing to wait for, nor to stop."""
    work = Work()
    work.stop()
    work.wait(30)
    assert not work.goes_on
