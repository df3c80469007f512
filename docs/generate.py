"""Write the pages of docs/reference that the program itself can tell: today, the command line."""

from collections.abc import Iterator
from pathlib import Path

import click

from forethought.cli import main

PAGE = Path(__file__).parent / "reference" / "command-line.md"
HEAD = "# Command line\n\nWritten by `make docs` from the program's own help.\n"


def commands(command: click.Command, context: click.Context) -> Iterator[tuple[click.Command, click.Context]]:
    """Yield a command and then every command inside it, each with the context that knows its full name."""
    yield command, context
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            inner = command.get_command(context, name)
            if inner and not inner.hidden:
                yield from commands(inner, context_of(inner, name, context))


def context_of(command: click.Command, name: str, parent: click.Context | None = None) -> click.Context:
    """Return a context in which help is laid out alike on every terminal."""
    return click.Context(command, info_name=name, parent=parent, terminal_width=100, max_content_width=100)


def section(command: click.Command, context: click.Context) -> str:
    """Return the part of the page for one command."""
    return f"## `{context.command_path}`\n\n```text\n{command.get_help(context)}\n```\n"


def page() -> str:
    """Return the whole page."""
    root = context_of(main, "forethought")
    return "\n".join([HEAD, *(section(*each) for each in commands(main, root))])


if __name__ == "__main__":
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(), encoding="utf-8")
