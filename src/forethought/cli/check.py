"""`forethought check`: one draft in, one report out; or many posts, one a line.

The options say where the draft is going, since the same words can be fine in one place and not in another.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.errors import ForethoughtError
from forethought.pages.names import as_listed

if TYPE_CHECKING:
    from forethought.guidance import Guidance
    from forethought.media.cleaning import Seen
    from forethought.reading import Context, Draft
    from forethought.review import Naming

FORMATS = ("text", "json", "sarif", "html", "jsonl")


class OptionError(ForethoughtError):
    """Options that do not go together."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person asked of `check`, as given."""

    draft: tuple[str, ...]
    role: str
    account: str
    audience: str
    platform: str
    reply_to: str | None
    image: tuple[str, ...]
    alt_text: tuple[str, ...]
    body: tuple[str, ...]
    pack: tuple[str, ...]
    form: str | None
    out: str | None
    posts: str | None
    explain: str | None
    reader: Any
    all: bool
    clients: bool
    folder: Path | None


@click.command(
    cls=names.NamesInHelp,
    epilog='Example: forethought check --role trainee --audience followers "Off to my first placement on Monday!"',
)
@click.argument("draft", nargs=-1, metavar="[TEXT | FILE | -]")
@click.option(
    "--role", type=names.Known("role", names.roles), default="counsellor", show_default=True, help="Who you are."
)
@click.option(
    "--account",
    type=names.Known("account", names.accounts),
    default="professional",
    show_default=True,
    help="Which account it goes from.",
)
@click.option(
    "--audience",
    type=names.Known("audience", names.audiences),
    default="public",
    show_default=True,
    help="Who will see it.",
)
@click.option(
    "--platform",
    type=names.Known("platform", names.platforms),
    default="other",
    show_default=True,
    help="Where it will appear, such as instagram or linkedin.",
)
@click.option("--reply-to", metavar="TEXT", help="The post that this one answers.")
@click.option("--image", multiple=True, metavar="FILE", help="A picture that goes with it. Repeat for more.")
@click.option("--alt-text", multiple=True, metavar="TEXT", help="What an --image shows, in the same order.")
@click.option(
    "--body",
    multiple=True,
    type=names.Suggested("id", names.bodies, listed=False),
    help="Check against this body or pack alone. Repeat for more. Left out: all.",
)
@click.option("--pack", multiple=True, metavar="FOLDER", help="A folder with guidance packs of your own.")
@click.option(
    "--format", "form", type=names.Known("format", lambda: FORMATS), help="How to answer. [text; jsonl with --posts]"
)
@click.option("--out", metavar="FILE", help="Write the answer to a new file.")
@click.option("--posts", metavar="FILE", help="Check many posts, one JSON record a line; - reads a pipe.")
@click.option(
    "--explain",
    metavar="RULE",
    type=names.Known("rule", names.rule_ids, listed=False),
    help="Explain a rule instead of checking.",
)
@click.option(
    "--reader",
    type=names.Known("reader", names.readers),
    default="learned",
    show_default=True,
    help="How to read: lexical goes by words and phrases alone, which is faster and sees less.",
)
@click.option("--all", is_flag=True, help="Show every finding, not the five most important alone.")
@click.option("--clients", is_flag=True, help="Look for clients you added, too; asks for your vault's passphrase.")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), envvar="FORETHOUGHT_HOME", help="Where your vault is."
)
@click.pass_context
def check(ctx: click.Context, /, **given: Any) -> None:
    """Check a draft before you post it.

    Give the draft in quotation marks, name a file, or use - to type or paste it. The exit status is 0 for clear or
    consider, 1 for pause or stop, and 2 where the check could not be made.
    """
    asked = Asked(**given)
    _agree(asked)
    guidance = _guidance(asked)
    if asked.explain:
        _explain(asked, guidance)
        return
    with _naming(asked) as naming:
        status = _check_many(asked, guidance, naming) if asked.posts else _check_one(asked, guidance, naming)
    ctx.exit(status)


@contextmanager
def _naming(asked: Asked) -> "Iterator[Naming]":
    """Give what knows the clients in the vault, where they are asked for, and the vault open as long as it lasts."""
    from forethought.review.clients import nobody

    if not asked.clients:
        yield nobody
        return
    from forethought.cli.vault import opened

    with opened(asked.folder):
        from forethought.clients import keeping, telling

        yield telling.naming(keeping.recogniser())


def _agree(asked: Asked) -> None:
    """Raise OptionError where options do not go together."""
    if asked.posts and asked.draft:
        raise OptionError("--posts names the file to check, so there is no room for a draft. Leave one of them out.")
    if asked.posts and asked.form not in {None, "jsonl"}:
        raise OptionError("--posts answers with one JSON record a line. Use --format jsonl, or leave --format out.")
    if asked.posts and (asked.image or asked.reply_to or asked.all or asked.explain):
        raise OptionError(
            "--posts takes images and replies from its records. Leave out --image, --reply-to, --all and --explain."
        )
    if asked.explain and asked.draft:
        raise OptionError("--explain tells about a rule and checks nothing. Leave out the draft, or --explain.")
    if not asked.posts and asked.form == "jsonl":
        raise OptionError("--format jsonl is for --posts. Use --format json for one draft.")
    if asked.explain and asked.form == "sarif":
        raise OptionError("--explain answers in text, json or html. Use one of those with --format.")
    if len(asked.alt_text) > len(asked.image):
        count = len(asked.image) or "no"
        raise OptionError(
            f"there are {len(asked.alt_text)} --alt-text for {count} --image. Name each image they describe."
        )


def _guidance(asked: Asked) -> "Guidance":
    from forethought.guidance import load

    every = load(extra=[Path(folder) for folder in asked.pack])
    known = [name for pack in every.packs for name in (pack.body, pack.id)]
    return every.active([as_listed(body, known) for body in asked.body])


def _explain(asked: Asked, guidance: "Guidance") -> None:
    from forethought.cli.output import present
    from forethought.pages.explain import rule_data, rule_named, rule_page

    rule = rule_named(str(asked.explain))
    present(rule_page(rule, guidance), rule_data(rule, guidance), asked.form or "text", asked.out)


def _check_many(asked: Asked, guidance: "Guidance", naming: "Naming") -> int:
    from forethought.cli.inputs import open_file, standard_input
    from forethought.cli.output import writing
    from forethought.cli.posts import check_posts

    name = str(asked.posts)
    usual = _context(asked)
    if name == "-":
        with writing(asked.out) as out:
            return check_posts(standard_input(), "standard input", guidance, out, usual, asked.reader, naming)
    with open_file(name) as source, writing(asked.out) as out:
        return check_posts(source, name, guidance, out, usual, asked.reader, naming)


def _check_one(asked: Asked, guidance: "Guidance", naming: "Naming") -> int:
    from forethought.cli.inputs import draft_from
    from forethought.cli.program import complain
    from forethought.pages.records import exit_status
    from forethought.review import review

    given = draft_from(asked.draft)
    if given.remark:
        complain(given.remark)
    seen = _seen(asked)
    report = review(_draft(asked, given.text, seen), guidance, asked.reader, naming)
    if report.reader != asked.reader:
        complain("the learned reader needs numpy and onnxruntime, and one of them cannot be loaded: pip install both.")
    _answer(asked, report, guidance, given.name, seen)
    if report.unchecked:
        return complain("the draft was not checked, since most of it is not in English.")
    return exit_status(report.verdict)


def _seen(asked: Asked) -> "list[Seen]":
    """Return what each picture gives away and shows; none where there is none, and nothing is loaded for it."""
    if not asked.image:
        return []
    from forethought.cli.inputs import open_file
    from forethought.cli.pictures import looked_at

    for name in asked.image:
        open_file(name).close()
    return looked_at(asked.image)


def _draft(asked: Asked, text: str, seen: "list[Seen]") -> "Draft":
    from forethought.reading import Draft, Image

    words = [each.sight.words.text if each.sight else "" for each in seen]
    images = zip_longest(asked.image, asked.alt_text, words, fillvalue="")
    return Draft(text, _context(asked), tuple(Image(*each) for each in images))


def _context(asked: Asked) -> "Context":
    from forethought.reading import Context

    given: Any = {key: getattr(asked, key) for key in ("role", "account", "audience", "platform", "reply_to")}
    return Context(**given)


def _answer(asked: Asked, report: Any, guidance: "Guidance", name: str, seen: "list[Seen]") -> None:
    """Write the report in the form that was asked for."""
    from forethought.cli.output import as_json, present, writing
    from forethought.pages.records import draft_record
    from forethought.pages.report import FIRST, page

    if asked.form == "sarif":
        from forethought.cli.sarif import sarif
        from forethought.review import in_force

        with writing(asked.out) as place:
            print(as_json(sarif(report, in_force(guidance), name), indent=2), file=place)
    else:
        form = asked.form or "text"
        most = FIRST if form == "text" and not asked.all else None
        shown, record = page(report, guidance, most), draft_record(name, report)
        if seen:
            from forethought.cli.pictures import records, with_pictures

            shown, record = with_pictures(shown, asked.image, seen), record | records(seen)
        present(shown, record, form, asked.out)
