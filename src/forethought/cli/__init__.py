"""The command line: `forethought`, one module a command, each loaded only when it is used."""

from forethought.cli.program import main

__all__ = ["main"]
