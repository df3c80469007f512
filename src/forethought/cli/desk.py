"""`forethought desk`: the application in a browser, on this device alone."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from forethought.errors import ForethoughtError


class CannotStartError(ForethoughtError):
    """The desk cannot listen, or its folder cannot be made."""

    def __init__(self, port: int, why: str) -> None:
        """Take the port that was asked for and what the system said."""
        asked = f" on port {port}" if port else ""
        super().__init__(f"the desk cannot start{asked} ({why}). Leave out --port, or choose another --folder.")


@click.command(epilog="Example: forethought desk --no-open")
@click.option("--port", type=click.IntRange(0, 65_535), default=0, help="The port to listen on. [default: a free one]")
@click.option("--no-open", is_flag=True, help="Print the link without opening a browser.")
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="FORETHOUGHT_HOME",
    help="Where your vault is kept.  [default: your own data folder]",
)
def desk(port: int, no_open: bool, folder: Path | None) -> None:
    """Open Forethought in your browser.

    The pages come from this device and can be reached from it alone. The first line printed is a link that works once.
    """
    from forethought.desk.server import desk as made_for

    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell may have told what it runs aside to ignore it
    with _explained(port), made_for(folder or own_folder(), port) as made:
        click.echo(made.link)
        click.echo("Forethought is running. To stop it, press Ctrl and C here, or use Stop on any of its pages.")
        sys.stdout.flush()
        if not no_open:
            _open(made.link)
        made.serve()
    click.echo("Forethought has stopped, and the vault is locked.")


@contextmanager
def _explained(port: int) -> Iterator[None]:
    """Say in one line why the desk cannot start."""
    try:
        yield
    except OSError as error:
        raise CannotStartError(port, error.strerror or str(error)) from error


def own_folder() -> Path:
    """Return where the person's own vault lies where nothing else is said."""
    from platformdirs import user_data_path

    return user_data_path("Forethought", appauthor=False)


def _open(link: str) -> None:
    import webbrowser

    webbrowser.open(link)
