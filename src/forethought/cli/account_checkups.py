"""`forethought accounts review` and `settings`: what a platform lets you set, what is advised, and what you saw."""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.account_options import BODY, FORM, OUT, find, guidance_of, levels, platforms
from forethought.cli.incident_vault import FOLDER
from forethought.errors import ForethoughtError, UnknownNameError

if TYPE_CHECKING:
    from forethought.accounts.checkups.model import Advice, Level, Platform
    from forethought.accounts.models import Account
    from forethought.documents import Block, Document
    from forethought.guidance import Guidance

LEVEL = names.Known("level", levels)
PLATFORM = click.argument("platform", type=names.Known("platform", platforms))
USUAL: "Level" = "careful"


class NothingSeenError(ForethoughtError):
    """A review in which nothing was seen, where nobody can be asked."""

    def __init__(self) -> None:
        super().__init__(
            "say what you saw, such as with --seen two-step on, or run it in a terminal, where each setting is asked. "
            "`forethought accounts settings` lists the settings and their options."
        )


class NoReviewError(ForethoughtError):
    """Words on a review without an account to keep it for."""

    def __init__(self) -> None:
        super().__init__("--seen and --mine belong to a review that is kept. Name its account with --account.")


@click.command(cls=names.NamesInHelp, epilog="Example: forethought accounts review facebook --level closed")
@PLATFORM
@click.option("--level", type=LEVEL, help="How private it is to be; else the account's own, or careful.")
@click.option("--account", type=int, metavar="NUMBER", help="Keep what you see as a review of this account.")
@click.option(
    "--seen", nargs=2, multiple=True, metavar="SETTING OPTION", help="What you saw there. Repeat for more."
)  # fmt: skip
@click.option("--mine", multiple=True, metavar="SETTING", help="A setting that you changed yourself since last time.")
@BODY
@FOLDER
@FORM
@OUT
def review(
    platform: str, level: str | None, account: int | None, seen: tuple[tuple[str, str], ...], mine: tuple[str, ...],
    body: tuple[str, ...], folder: Path | None, form: str, out: str | None,
) -> None:  # fmt: skip
    """Go through a PLATFORM's settings, and keep what you see.

    It says where each is, what it exposes, and what is advised by whom. This needs no vault. With --account what
    you see is kept, and compared with the time before: what was reset, what
    is new, and what is more open than advised.
    """
    from forethought.accounts.checkups.load import checkup
    from forethought.cli.output import present

    found = checkup(platform)
    if account is not None:
        document, data = _kept(found, account, level, seen, mine, body, folder)
    elif seen or mine:
        raise NoReviewError
    else:
        document, data = _shown(found, level, body)
    present(document, data, form, out)


def _shown(platform: "Platform", level: str | None, body: tuple[str, ...]) -> "tuple[Document, Any]":
    """Return the check-up itself."""
    from datetime import date

    from forethought.accounts.checkups import telling

    asked = (platform, _level(level), guidance_of(body), date.today())
    return telling.document(*asked), telling.record(*asked)


def _level(given: str | None) -> "Level":
    found: Any = given or USUAL
    return found  # type: ignore[no-any-return]


def _kept(
    platform: "Platform",
    number: int,
    level: str | None,
    seen: tuple[tuple[str, str], ...],
    mine: tuple[str, ...],
    body: tuple[str, ...],
    folder: Path | None,
) -> "tuple[Document, Any]":
    """Keep a review of an account and return what it found. Raises NothingSeenError and NoAccountError."""
    from forethought.accounts.checkups import telling
    from forethought.cli.vault import opened

    if not seen and not _is_asked():
        raise NothingSeenError
    _check(platform, seen, mine)
    with opened(folder):
        from forethought.accounts import keeping

        account = find(number)
        guidance, chosen = guidance_of(body, own=True), _level(level or account.level)
        answers = dict(seen)
        if not answers:
            answers = _asked(platform, chosen, guidance)
            mine = (*mine, *_changed_by_person(account, platform, answers))
        now = datetime.now(UTC)
        made = keeping.review_done(account, platform, chosen, answers, "me", now, by_person=mine)
        told = (platform, chosen, guidance, answers, keeping.changes_of(made), now.astimezone().date())
    return telling.review(*told), telling.review_record(*told)


def _check(platform: "Platform", seen: tuple[tuple[str, str], ...], mine: tuple[str, ...]) -> None:
    """Raise UnknownNameError for a setting or option that the platform does not have."""
    for id in (*(each for each, _ in seen), *mine):
        if id not in platform.settings:
            raise UnknownNameError("setting", id, platform.settings)
    for id, option in seen:
        if option not in platform.settings[id].options:
            raise UnknownNameError(f"option of {id}", option, platform.settings[id].options)


def _is_asked() -> bool:
    """Return whether somebody sits at a terminal and can be asked."""
    return bool(sys.stdin and sys.stdin.isatty())


def _asked(platform: "Platform", level: "Level", guidance: "Guidance") -> dict[str, str]:
    """Ask what each setting stands at, and return the options by its id; one that is not found is left out."""
    from forethought.accounts.checkups.telling import advised

    found = {}
    advice = advised(platform, level, guidance)
    for count, each in enumerate(advice, 1):
        _show(each, f"{count} of {len(advice)}: {each.setting.title}")
        options = list(each.setting.options)
        click.echo(err=True)
        number = click.prompt(
            "A number, or Enter where you could not find it",
            default="", show_default=False, err=True, value_proc=partial(_number, len(options)),
        )  # fmt: skip
        if number:
            found[each.setting.id] = options[number - 1]
    click.echo(err=True)
    if not found:
        raise NothingSeenError
    return found


def _number(most: int, typed: str) -> int:
    """Return the number that was typed, 0 for none; raise what makes the question be asked again."""
    word = typed.strip() or "0"
    if not (word.isdecimal() and 0 <= int(word) <= most):
        raise click.BadParameter(f"choose a number from 1 to {most}, or Enter.")
    return int(word)


def _changed_by_person(account: "Account", platform: "Platform", answers: dict[str, str]) -> tuple[str, ...]:
    """Ask of each setting that is not as it was last time whether the person changed it, and return those."""
    from forethought.accounts.checkups.compare import compare
    from forethought.accounts.keeping import last_seen

    found = compare(last_seen(account, platform), answers, platform).reset
    asks = "“{0.title}” was “{0.before}” last time and is “{0.after}” now. Did you change it yourself?"
    return tuple(each.id for each in found if click.confirm(asks.format(each), err=True))


def _show(advice: "Advice", title: str) -> None:
    """Print a setting with where it is and its options, numbered, on standard error."""
    from forethought.cli.terminal import show
    from forethought.documents import Document, Listing, Paragraph, Terms

    setting = advice.setting
    rows = (("What it can expose", setting.exposes), ("Recommended", setting.options[advice.option]))
    asks = Paragraph("What do you see?")
    blocks = (Listing(setting.where), Terms(rows), asks, Listing(tuple(setting.options.values()), numbered=True))
    click.echo(err=True)
    show(Document(title, blocks), sys.stderr)


@click.command(cls=names.NamesInHelp, epilog="Example: forethought accounts settings linkedin --level open")
@PLATFORM
@click.option("--level", type=LEVEL, help="Only what is advised at this level, with why.")
@BODY
@FORM
@OUT
def settings(platform: str, level: str | None, body: tuple[str, ...], form: str, out: str | None) -> None:
    """List a PLATFORM's settings, and what is advised at each level.

    The names of settings and options are those that `review --seen` takes.
    """
    from datetime import date

    from forethought.accounts.checkups.load import checkup
    from forethought.accounts.checkups.telling import warnings
    from forethought.cli.output import present
    from forethought.documents import Document, Note

    found, guidance = checkup(platform), guidance_of(body)
    chosen = [level] if level else list(levels())
    remarks = warnings(found, date.today())
    blocks = (*map(Note, remarks), *_settings(found, chosen, guidance))
    data = {"platform": platform, "warnings": list(remarks), "settings": _data(found, chosen, guidance)}
    present(Document(f"{found.title}: settings", blocks), data, form, out)


def _settings(platform: "Platform", chosen: list[Any], guidance: "Guidance") -> "Iterator[Block]":
    """Yield each setting with its names, what is advised and, for one level, why."""
    from forethought.accounts.checkups.telling import advised
    from forethought.documents import Heading, Terms

    by_level = [advised(platform, level, guidance) for level in chosen]
    for row in zip(*by_level, strict=True):
        setting = row[0].setting
        rows = [(each.level.capitalize(), setting.options[each.option]) for each in row]
        rows += [("Why", row[0].why)] if len(row) == 1 else []
        options = "; ".join(f"{id} ({title})" for id, title in setting.options.items())
        yield Heading(2, setting.title)
        yield Terms((("Setting", setting.id), ("Options", options), *rows))


def _data(platform: "Platform", chosen: list[Any], guidance: "Guidance") -> list[dict[str, Any]]:
    from forethought.accounts.checkups.recommend import recommended

    return [
        {
            "id": each.id,
            "title": each.title,
            "options": dict(each.options),
            "levels": {level: recommended(each, level, guidance).option for level in chosen},
            "why": {level: recommended(each, level, guidance).why for level in chosen},
        }
        for each in platform.settings.values()
    ]
