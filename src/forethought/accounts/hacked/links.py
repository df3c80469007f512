"""Links and messages that look like a scam, each with reasons in words. Nothing is opened or looked up."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import NamedTuple

from forethought.accounts.hacked.addresses import Address, addresses
from forethought.accounts.hacked.hosts import host_reasons, is_own_network, known_site
from forethought.guidance.schema import Schema, read, tables
from forethought.reading import Draft
from forethought.reading import read as reading_of
from forethought.rules import Rule, find, rules

FILE = Path(__file__).with_name("links.toml")
WORDS = Schema({"id": str, "words": list}, {})
LURE = Schema({"id": str, "says": str, "patterns": list}, {})
RULE = "safety/suspicious-link"
_DOMAIN = re.compile(r"(?:https?://)?((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})", re.IGNORECASE)
_ONWARD = re.compile(r"(?:https?:)?//((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})", re.IGNORECASE)
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_WARNS, _PRESSES, _ASKS = "warns", "urgent", "code"
ENOUGH = 2  # different lures from which a message without an odd link is worth a look


@dataclass(frozen=True, slots=True)
class Suspect:
    """An odd link, or, where `url` is empty, a message that reads like a scam: where it stands, and why."""

    url: str
    start: int
    end: int
    reasons: tuple[str, ...]


class Lure(NamedTuple):
    """What presses or lures: an id, the reason in words, and how it is written."""

    id: str
    says: str
    pattern: re.Pattern[str]


def look(text: str) -> tuple[Suspect, ...]:
    """Return what in a text looks like a scam, in the order in which it stands; any text gives an answer."""
    found = [Suspect(each.url, each.start, each.end, why) for each in addresses(text) if (why := link_reasons(each))]
    lured = lures(text)
    warns = any(each.id == _WARNS for each, _ in lured)
    pressing = tuple(each.says for each, _ in lured if each.id == _PRESSES and not warns)
    found = [replace(each, reasons=each.reasons + pressing) for each in found]
    found += [each for each in _by_rule(text) if not any(_overlaps(each, other) for other in found)]
    kinds = {each.id for each, _ in lured}
    if not found and not warns and (_ASKS in kinds or len(kinds) >= ENOUGH):
        spans = [span for _, span in lured]
        why = tuple(dict.fromkeys(each.says for each, _ in lured))
        found = [Suspect("", min(start for start, _ in spans), max(end for _, end in spans), why)]
    return tuple(sorted(found, key=lambda each: each.start))


def link_reasons(address: Address) -> tuple[str, ...]:
    """Return why an address may not be what it seems, in words; none where nothing about it is odd."""
    return tuple(said for check in _CHECKS for said in check(address))


def lures(text: str) -> tuple[tuple[Lure, tuple[int, int]], ...]:
    """Return what presses or lures in a text, with where; what warns of scams is among them."""
    folded = text.replace("’", "'").lower()
    if len(folded) != len(text):  # a letter that grows in lower case would move every place after it
        folded = text.replace("’", "'")
    return tuple((each, match.span()) for each in _lures() for match in each.pattern.finditer(folded))


def _by_rule(text: str) -> Iterator[Suspect]:
    """Yield what the rule on suspicious links finds, words as well as links."""
    for finding in find(reading_of(Draft(text), None), (_rule(),)):
        for span in finding.spans:
            link = next((each.url for each in addresses(text[span.start : span.end])), "")
            yield Suspect(link, span.start, span.end, (f"{finding.rule.title[0].lower()}{finding.rule.title[1:]}",))


def _overlaps(one: Suspect, other: Suspect) -> bool:
    return one.start < other.end and other.start < one.end


def _scheme(address: Address) -> Iterator[str]:
    if address.scheme in ("javascript", "vbscript"):
        yield "it runs a program instead of opening a page"
    if address.scheme == "data":
        yield "it carries a page inside itself, so that no address shows where it comes from"


def _user(address: Address) -> Iterator[str]:
    if address.user:
        yield f"what stands before the @ is not where it leads: it leads to {address.host or 'nowhere'}"


def _port(address: Address) -> Iterator[str]:
    if address.port and address.port not in ("80", "443") and not is_own_network(address.host):
        yield "it asks for an unusual port"


def _hidden(address: Address) -> Iterator[str]:
    if _HIDDEN.search(address.url) or re.search("%(?:00|0a|0d|e2%80%ae)", address.url.lower()):
        yield "characters are hidden in it"


def _extension(address: Address) -> Iterator[str]:
    *_, before, last = ["", "", *address.path.lower().rsplit("/", 1)[-1].split(".")]
    if before in _words()["documents"] and last in _words()["programs"]:
        yield f"it looks like a document ({before}) and is a program ({last})"


def _shortened(address: Address) -> Iterator[str]:
    if address.site in _words()["shorteners"]:
        yield "a short link hides where it leads"


def _mismatched(address: Address) -> Iterator[str]:
    named = _DOMAIN.match(address.shown)
    if named and not _same_site(named[1].lower(), address.host):
        yield f"the words name {named[1]}, and it leads to {address.host or address.scheme or 'nowhere'}"


def _redirected(address: Address) -> Iterator[str]:
    shares = re.search("share|intent", address.path.lower())
    for name, value in () if shares else _pairs(address.query):
        onward = _ONWARD.match(value) if name in _words()["redirects"] else None
        if onward and not _same_site(onward[1], address.host):
            yield f"it sends you on to {onward[1].lower()}"


def _pairs(query: str) -> Iterator[tuple[str, str]]:
    from urllib.parse import unquote  # slow to import, and few addresses carry a query

    for part in query.split("&") if query else ():
        name, _, value = part.partition("=")
        yield name.lower(), unquote(unquote(value))


def _same_site(one: str, other: str) -> bool:
    one, other = (each.removeprefix("www.") for each in (one.lower(), other.lower()))
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}") or (
        bool(known_site(one)) and known_site(one) == known_site(other)
    )  # fmt: skip


_CHECKS: tuple[Callable[[Address], Iterator[str]], ...] = (
    _scheme, _user, host_reasons, _port, _hidden, _extension, _shortened, _mismatched, _redirected,
)  # fmt: skip


@cache
def _rule() -> Rule:
    return next(each for each in rules() if each.id == RULE)


@cache
def _words() -> Mapping[str, frozenset[str]]:
    entries = tables(FILE, read(FILE), "words")
    for each in entries:
        each.check(WORDS)
    return {each.values["id"]: frozenset(each.values["words"]) for each in entries}


@cache
def _lures() -> tuple[Lure, ...]:
    entries = tables(FILE, read(FILE), "lure")
    for each in entries:
        each.check(LURE)
    return tuple(
        Lure(
            each.values["id"], each.values["says"], re.compile(rf"(?<!\w)(?:{'|'.join(each.values['patterns'])})(?!\w)")
        )
        for each in entries
    )
