"""Writing a pack's documents: where there are many, in a process that is renewed, so that memory stays flat.

Typst remembers the last ten documents that it set, which no call makes it forget.
"""

import signal
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from forethought.documents import Document
from forethought.documents.forms import FORMS

FEW = 8  # documents that are written in this process: for those another one would take longer to begin
RENEWED = 8  # documents that one process writes


class Writer:
    """Writes `count` documents, one after the other. Use it in a `with` statement."""

    def __init__(self, count: int) -> None:
        """Take how many there will be."""
        self._apart, self._done = count > FEW, 0
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._end()

    def file(self, document: Document, kind: str) -> bytes:
        """Return a document as a file of this kind; a process that ends before it is done leaves it to this one."""
        if not self._apart:
            return written(document, kind)
        if self._pool is None or self._done % RENEWED == 0:
            self._end()
            self._pool = ProcessPoolExecutor(1, get_context("spawn"), _undisturbed)
        self._done += 1
        try:
            return self._pool.submit(written, document, kind).result()
        except BrokenProcessPool:
            self._apart = False
            return written(document, kind)

    def _end(self) -> None:
        if self._pool:
            self._pool.shutdown()
            self._pool = None


def written(document: Document, kind: str) -> bytes:
    """Return a document as a file of this kind, written in this process."""
    return FORMS[kind].file(document)


def _undisturbed() -> None:
    """Leave it to the process that asked to answer Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
