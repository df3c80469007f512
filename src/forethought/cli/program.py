"""The program itself: its commands by name, and how it ends, which is never with a traceback for bad input.

Commands are imported when they are named, so that `--help` and completion stay quick.
"""

import os
import sys
from importlib import import_module
from typing import Any, NoReturn

import click

from forethought import __version__
from forethought.errors import ForethoughtError, UnknownNameError

COMMANDS = {
    "check": "forethought.cli.check:check",
    "completion": "forethought.cli.completion:completion",
    "guidance": "forethought.cli.guidance:guidance",
}
COULD_NOT, STOPPED, NOBODY_READS = 2, 130, 141


class Named(click.Group):
    """A group that answers a command it does not have with the nearest ones."""

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
        try:
            status = super().main(*args, **{**extra, "standalone_mode": False, "windows_expand_args": False})
        except click.ClickException as error:
            status = complain(in_words(error))
        except ForethoughtError as error:
            status = complain(str(error))
        sys.exit(status or 0)

    def make_context(self, *args: Any, **extra: Any) -> click.Context:
        """Read the arguments; help is printed here, and its reader may have gone."""
        try:
            return super().make_context(*args, **extra)
        except BrokenPipeError as error:
            raise click.exceptions.Exit(_unread()) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; end in quiet where its reader has gone, and in one line where it is stopped."""
        try:
            super().invoke(ctx)
            sys.stdout.flush()
        except click.exceptions.Exit as ending:
            return _ended(ending.exit_code)
        except BrokenPipeError:
            return _unread()
        except (KeyboardInterrupt, click.Abort):
            complain("stopped before the end.")
            return STOPPED
        except OSError as error:
            _unread()
            return complain(
                f"the answer could not be written ({error.strerror}). Check the disk, or the other program."
            )


def complain(words: str) -> int:
    """Print one mistake or remark on standard error, and return the status of a program that met one."""
    from forethought.documents import visible

    _never_fails(sys.stderr)
    print(f"forethought: {visible(words)}", file=sys.stderr, flush=True)
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
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        return _unread()
    return status


def _unread() -> int:
    """Point standard output at nothing, so that Python's own last flush finds no closed pipe."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return NOBODY_READS


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
