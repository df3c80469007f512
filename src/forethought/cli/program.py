"""The program itself: its commands by name, and how it ends, which is never with a traceback for bad input.

Commands are imported when they are named, so that `--help` and completion stay quick.
"""

import errno
import gc
import os
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any, NoReturn, TextIO

import click

from forethought import __version__
from forethought.errors import ForethoughtError, UnknownNameError

COMMANDS = {
    "accounts": "forethought.cli.accounts:accounts",
    "check": "forethought.cli.check:check",
    "clean": "forethought.cli.clean:clean",
    "clients": "forethought.cli.clients:clients",
    "completion": "forethought.cli.completion:completion",
    "contacts": "forethought.cli.contacts:contacts",
    "desk": "forethought.cli.desk:desk",
    "footprint": "forethought.cli.footprint:footprint",
    "guidance": "forethought.cli.guidance:guidance",
    "incidents": "forethought.cli.incidents:incidents",
    "policy": "forethought.cli.policy:policy",
}
COULD_NOT, STOPPED, NOBODY_READS = 2, 130, 141
gc.set_threshold(100_000)  # what a command loads lives as long as it does, so looking through it often is wasted


class Named(click.Group):
    """A group that answers a command it does not have with the nearest ones, and none at all with its help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the arguments; where there are none, as if help was asked for."""
        return super().parse_args(ctx, args or ["--help"])

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that is asked for, or raise UnknownNameError."""
        known = self.list_commands(ctx)
        if args[0] not in known and not args[0].startswith("-"):
            raise UnknownNameError("command", args[0], known)
        return super().resolve_command(ctx, args)


class Program(Named):
    """The group of `COMMANDS`, which reports each mistake in one line."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import the command of this name; None where there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def main(self, *args: Any, **extra: Any) -> NoReturn:
        """Run the program and end it: 0 or 1 as the command says, 2 for a mistake, 130 where it was stopped."""
        if sys.stdout is None:
            sys.stdout = _closed()
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False, "windows_expand_args": False})
        except click.ClickException as error:
            status = complain(in_words(error))
        except ForethoughtError as error:
            status = complain(str(error))
        except click.Abort:
            status = _stopped()
        except Exception as error:
            status = _unforeseen(error)
        sys.exit(_ended(status or 0))

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments; help is printed here, and may find no room or no reader."""
        with _written():
            return super().make_context(*args, **extra)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end in quiet where its reader has gone, and in one line where it is stopped."""
        try:
            with _written():
                return super().invoke(ctx)
        except KeyboardInterrupt:
            return _stopped()


@contextmanager
def _written() -> Iterator[None]:
    """End the program in its own way where standard output fails; Click would end it in another."""
    try:
        yield
    except OSError as error:
        raise click.exceptions.Exit(_unwritten(error)) from error


def complain(words: str) -> int:
    """Print one mistake or remark on standard error, and return the status of a program that met one."""
    from forethought.documents import visible

    if sys.stderr is not None:
        _never_fails(sys.stderr)
        try:
            print(f"forethought: {visible(words)}", file=sys.stderr, flush=True)
        except OSError:
            _drop(sys.stderr)
    return COULD_NOT


def in_words(error: click.ClickException) -> str:
    """Return what Click found wrong, in our own manner: the option, then what to do about it."""
    help_at = ""
    if isinstance(error, click.UsageError) and error.ctx:
        help_at = f" Run '{error.ctx.command_path} --help' to see how it is used."
    if type(error) is click.BadParameter and error.param:
        return f"{error.param.get_error_hint(error.ctx)}: {error.message}{help_at}"
    return f"{error.format_message()}{help_at}"


def _ended(status: int) -> int:
    """Send what is still held back, and return the status, or that of an answer that could not be written."""
    try:
        sys.stdout.flush()
    except OSError as error:
        return _unwritten(error)
    return status


def _unwritten(error: OSError) -> int:
    """Return the status where an answer could not be written: in quiet where its reader has gone, else in one line."""
    _drop(sys.stdout)
    if isinstance(error, BrokenPipeError):
        return NOBODY_READS
    why = "standard output is closed" if error.errno == errno.EBADF else error.strerror
    return complain(f"the answer could not be written ({why}). Check the disk, or the other program.")


def _stopped() -> int:
    complain("stopped before the end.")
    return STOPPED


def _unforeseen(error: Exception) -> int:
    """Say in one line that the fault is ours; a developer may ask for the traceback before it."""
    if os.environ.get("FORETHOUGHT_TRACEBACK") == "1":
        traceback.print_exception(error)
    return complain(
        f"this is a fault in Forethought itself ({type(error).__name__}), not in what you gave. To see where, set "
        "FORETHOUGHT_TRACEBACK=1 and run it again; the lines may quote your draft, so read them before you report it."
    )


def _closed() -> TextIO:
    """Return a standard output to which nothing can be written, in place of one that was closed."""
    return os.fdopen(os.open(os.devnull, os.O_RDONLY), "w", encoding="utf-8")


def _drop(stream: TextIO) -> None:
    """Point a stream at nothing, so that Python's own last flush meets no error."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _never_fails(stream: Any) -> None:
    if hasattr(stream, "reconfigure"):
        stream.reconfigure(errors="backslashreplace")


@click.group(
    cls=Program,
    context_settings={"max_content_width": 100},
    epilog='Example: forethought check "Lovely to see so many of you at the anxiety workshop."',
)
@click.version_option(__version__, prog_name="forethought", message="%(prog)s %(version)s")
def main() -> None:
    """Check a draft post against your professional body's guidance before it goes out.

    Nothing leaves this device.
    """
