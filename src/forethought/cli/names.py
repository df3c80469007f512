"""Options that take a name from a list: checked with the nearest ones named, and completed in the shell.

Each list is fetched when it is needed, so that help for other commands does not load it.
"""

from collections.abc import Callable, Iterable

import click
from click.shell_completion import CompletionItem

from forethought.errors import UnknownNameError
from forethought.pages.names import as_listed

LONGEST_METAVAR = 40


class Known(click.ParamType):  # type: ignore[type-arg]
    """A name out of a list; an unknown one raises UnknownNameError. A list that is not `listed` stays out of help."""

    def __init__(self, kind: str, names: Callable[[], Iterable[str]], listed: bool = True) -> None:
        self.name, self.names, self.listed = kind, names, listed

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as the list has it, or raise UnknownNameError."""
        if (name := as_listed(value, known := tuple(self.names()))) not in known:
            where = f"{ctx.command_path} --help" if ctx and self.listed else "forethought guidance list"
            raise UnknownNameError(self.name, value, known, f"`{where}`")
        return name

    def get_metavar(self, param: click.Parameter, ctx: click.Context) -> str:
        """Return the names for the help, or the kind of name where they are many."""
        choices = f"[{'|'.join(self.names())}]" if self.listed else ""
        return choices if 0 < len(choices) <= LONGEST_METAVAR else self.name.upper()

    def shell_complete(self, ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:
        """Return the names that begin like what is typed."""
        return [CompletionItem(name) for name in self.names() if name.startswith(incomplete)]


class NamesInHelp(click.Command):
    """A command whose help lists, below its options, the names that are too many to stand beside one."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options, then each long list of names."""
        super().format_options(ctx, formatter)
        kinds = [(each.type, each.type.get_metavar(each, ctx)) for each in self.params if isinstance(each.type, Known)]
        with formatter.section("Names"):
            formatter.write_dl(
                [(metavar, ", ".join(kind.names())) for kind, metavar in kinds if _is_apart(kind, metavar)]
            )


def _is_apart(kind: Known, metavar: str) -> bool:
    return kind.listed and not metavar.startswith("[")


class Suggested(Known):
    """A name that the shell completes but that is checked later, since it may come from the person's own packs."""

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name as it is."""
        return value


def roles() -> tuple[str, ...]:
    """Return who may write a draft."""
    from forethought.reading import ROLES

    return ROLES


def accounts() -> tuple[str, ...]:
    """Return the kinds of account."""
    from forethought.reading import ACCOUNTS

    return ACCOUNTS


def audiences() -> tuple[str, ...]:
    """Return who may see a post."""
    from forethought.reading import AUDIENCES

    return AUDIENCES


def platforms() -> tuple[str, ...]:
    """Return where a post may appear."""
    from forethought.reading import PLATFORMS

    return PLATFORMS


def readers() -> tuple[str, ...]:
    """Return the ways to read a draft."""
    from typing import get_args

    from forethought.review import ReaderName

    return get_args(ReaderName)


def rule_ids() -> tuple[str, ...]:
    """Return the ids of the rules."""
    from forethought.rules import rules

    return tuple(rule.id for rule in rules())


def bodies() -> tuple[str, ...]:
    """Return the ids of the shipped bodies and packs."""
    from forethought.guidance import load

    packs = load().packs
    return tuple(dict.fromkeys([*(pack.body for pack in packs), *(pack.id for pack in packs)]))


def guidance_ids() -> tuple[str, ...]:
    """Return every id that `guidance show` knows."""
    from forethought.guidance import load

    shipped = load()
    duties = (duty.id for duty in shipped.duties)
    return (*bodies(), *duties, *rule_ids(), *(each.id for each in shipped.provisions()))
