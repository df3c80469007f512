"""`forethought clean`: what pictures and other files give away, and clean copies of them."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.progress import bar
from forethought.errors import ForethoughtError

if TYPE_CHECKING:
    from forethought.media.wished import Wished

FORMATS = ("text", "json")


class NothingToCleanError(ForethoughtError):
    """No file was named."""


class NoFolderError(ForethoughtError):
    """Nothing says where the copies are to go."""


@click.command(epilog="Example: forethought clean holiday.jpg --out clean")
@click.argument("files", nargs=-1, metavar="FILE...", type=click.Path(exists=True, path_type=Path))
@click.option(
    "--out", metavar="DIR", type=click.Path(file_okay=False, path_type=Path), help="The folder for the copies."
)
@click.option("--look", is_flag=True, help="Only say what the files give away; nothing is written.")
@click.option("--repaint", is_flag=True, help="Paint pictures, and the pages of PDFs, anew: upright, in plain colours.")
@click.option("--refuse-changes", is_flag=True, help="Refuse a document's tracked changes; left out: accept them.")
@click.option("--see", is_flag=True, help="Say what is to be seen in pictures too: words, faces, papers and screens.")
@click.option(
    "--cover",
    multiple=True,
    metavar="WHAT",
    help="Paint over faces, words, or a stretch given as LEFT,TOP,WIDTH,HEIGHT in pixels. Repeat for more.",
)
@click.option("--blur", is_flag=True, help="Blur what is covered, in place of painting it black, which is safer.")
@click.option("--format", "form", type=names.Known("format", lambda: FORMATS), default="text", help="How to answer.")
@click.pass_context
def clean(
    ctx: click.Context,
    /,
    files: Sequence[Path],
    out: Path | None,
    look: bool,
    form: str,
    **wished: Any,
) -> None:
    """Write clean copies of files, or of all in a folder, and say what each gave away.

    Your files stay as they are. A copy is offered only once a second look finds nothing more in it. The exit status
    is 0 where every file has a clean copy (with --look: where every file can be cleaned), 1 where one has none, and 2
    where one could not be tried.
    """
    from forethought.cli.output import present
    from forethought.media import telling

    if not files:
        raise NothingToCleanError("name the files to clean, such as a photo.")
    if not (look or out):
        raise NoFolderError("name a folder for the copies with --out, or use --look to write nothing.")
    named = [each for given in files for each in _named(given, out)]
    if not named:
        raise NothingToCleanError("there is no file in that folder.")
    answers = list(_each(named, None if look else out, _wished(**wished)))
    found = [each for each in answers if not isinstance(each, int)]
    present(telling.document(found), [telling.record(each) for each in found], form)
    is_fine = all(bool(each.format) if look else each.is_clean for each in found)
    ctx.exit(2 if len(found) < len(answers) else 0 if is_fine else 1)


def _wished(repaint: bool, refuse_changes: bool, see: bool, cover: Sequence[str], blur: bool) -> "Wished":
    from forethought.media.format import Wishes
    from forethought.media.wished import Wished

    if blur and not cover:
        raise NothingToCleanError("--blur is how to cover: name what to cover with --cover.")
    return Wished.of(Wishes(repaint, refuse_changes, blur=blur), see, cover)


def _named(given: Path, out: Path | None) -> Iterator[tuple[Path, str]]:
    """Yield a file, or every file of a folder, and what each is called in the answer.

    Hidden files in a folder are left out, and those in the folder for the copies.
    """
    if not given.is_dir():
        yield given, given.name
        return
    top = given.resolve()
    skipped = out.resolve() if out and out.resolve() != top and out.resolve().is_relative_to(top) else None
    for path in sorted(given.rglob("*")):
        inside = path.relative_to(given)
        is_hidden = any(part.startswith(".") for part in inside.parts)
        if path.is_file() and not is_hidden and not (skipped and path.resolve().is_relative_to(skipped)):
            yield path, str(inside)


def _each(files: Sequence[tuple[Path, str]], out: Path | None, wished: "Wished") -> Iterator[Any]:
    """Yield what came of each file, or the status where it could not be read; with a bar where there are several."""
    from forethought.cli.program import complain
    from forethought.media.apart import Apart
    from forethought.media.cleaning import NotReadError

    with Apart() as apart, bar("Cleaning", len(files), wanted=len(files) > 1) as tell:
        for done, (file, name) in enumerate(files, 1):
            try:
                yield wished.done(apart, file, out).called(name)
            except NotReadError as error:
                yield complain(str(error))
            tell(done)
