"""Keeps what was being read out of every error, so that no report of a crash can hold a password."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from forethought.accounts.passwords.errors import StoppedError
from forethought.errors import ForethoughtError

P = ParamSpec("P")
R = TypeVar("R")


def guarded(work: Callable[P, R]) -> Callable[P, R]:
    """Return `work` whose errors carry neither the place that raised them nor the error behind them.

    An error that is not ours becomes StoppedError, which names its kind alone: its message may quote the export.
    """

    @wraps(work)
    def guard(*given: P.args, **named: P.kwargs) -> R:
        told: ForethoughtError
        try:
            return work(*given, **named)
        except ForethoughtError as error:
            told = error.with_traceback(None)
            told.__context__ = told.__cause__ = None
        except Exception as error:
            told = StoppedError(type(error).__name__)
        del given, named  # so that no report of this frame prints them
        raise told  # outside the `except`, so that nothing is chained to it

    return guard
