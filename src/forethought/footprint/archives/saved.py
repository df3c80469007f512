"""Saved pages and data of no known shape: words, headings, times and pictures of HTML, and writing within JSON."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from forethought.footprint.archives.decode import MOST_DEEP, Located, json_whole
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.parts import facts_of, joined, page_of, shown, without_secret
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import moment, text
from forethought.footprint.item import Item, Kind, Media, Moment, Pointer

TITLES = ("title", "headline", "name")
BODIES = ("body", "text", "content", "caption", "description", "articleBody", "comment", "summary", "details", "note")
TIMES = ("date", "created_at", "createdAt", "created", "timestamp", "datePublished", "time")
LINKS = ("url", "link", "post_url", "canonical")
WITHHELD = re.compile(
    r"(?i)conversation|message|chat|e.?mail|phone|device|log.?in|session|\bip\b|ip_|location|birth|search|"
    r"\bads?\b|advert|token|secret|passw|payment|contact|follow"
)
_TIME = re.compile(r"\b\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d| UTC)?)?")
_MARK = re.compile(r"<(meta|time|link|img|title|h1|script)\b([^<>]*+)>([^<]*+)", re.IGNORECASE)
_QUALITY = re.compile(r"""([\w:-]++)\s*+=\s*+(?:"([^"]*+)"|'([^']*+)')""")
UNSURE = ("unsure", "own words")


@dataclass(slots=True)
class Page:
    """What a saved page shows and says of itself."""

    title: str = ""
    words: str = ""
    when: Moment = field(default_factory=Moment)
    address: str = ""
    media: tuple[Media, ...] = ()


def _marks(text: str) -> tuple[dict[str, str], tuple[Media, ...]]:
    """Return what a page says of itself in its tags, the first of each kind, and its pictures."""
    facts: dict[str, str] = {}
    media: list[Media] = []
    for found in _MARK.finditer(text):
        tag = found[1].lower()
        said = {name.lower(): html.unescape(one or other) for name, one, other in _QUALITY.findall(found[2])}
        name, value = _mark(tag, said, found[3].strip())
        if tag == "img":
            media.append(Media(said.get("src", "").partition("?")[0].rpartition("/")[2], said.get("alt", "")))
        elif name and value:
            facts.setdefault(name, value)
    return facts, tuple(media)


def _mark(tag: str, said: dict[str, str], content: str) -> tuple[str, str]:
    """Return what one tag tells, and under which name."""
    if tag == "meta":
        return (said.get("property") or said.get("name") or "").casefold(), said.get("content", "")
    if tag == "time":
        return tag, said.get("datetime", "")
    if tag == "link":
        return (said.get("rel", ""), said.get("href", "")) if said.get("rel") == "canonical" else ("", "")
    if tag == "script":
        return ("ld", content) if said.get("type") == "application/ld+json" else ("", "")
    return tag, html.unescape(content)


def page(text: str) -> Page:
    """Return what a page shows, and its title, time and address by whatever it names them with."""
    facts, media = _marks(text)
    linked, words = _linked(facts.get("ld", "")), shown(text)
    visible = _TIME.search(words)
    told = facts.get("time") or facts.get("article:published_time") or _first(linked, TIMES)
    title = facts.get("h1") or facts.get("og:title") or _first(linked, TITLES) or facts.get("title", "")
    address = facts.get("canonical") or facts.get("og:url") or _first(linked, LINKS)
    when = moment(told or (visible[0] if visible else ""))
    return Page(title, words or _first(linked, BODIES), when, without_secret(address), media)


def _linked(script: str) -> dict[str, Any]:
    try:
        found = json.loads(script) if script else {}
    except (ValueError, RecursionError):
        return {}
    found = found[0] if isinstance(found, list) and found else found
    return found if isinstance(found, dict) else {}


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    return next((text(record[name]) for name in names if text(record.get(name)).strip()), "")


def pages(member: Member) -> Iterator[Located]:
    """Yield a file of HTML as one record."""
    yield "", page_of(member)


def page_item(platform: str, text: Any, pointer: Pointer, key: str = "") -> Iterator[Item]:
    """Yield what a page shows, if anything; whose words they are is not known."""
    found = page(text)
    words = found.words if found.title in found.words else joined(found.title, found.words)
    if words or found.media:
        yield Item(
            "post", platform, pointer, words, key, found.when, own_words=False,
            address=found.address, media=found.media, details=(("from", "html"), UNSURE),
        )  # fmt: skip


def writings(dropped: Dropped, member: Member) -> Iterator[Located]:
    """Yield each object within a file of JSON that holds writing; what is private or other people's is dropped."""
    yield from _walked(dropped, member.at(), "", json_whole(member), 0)


def _walked(dropped: Dropped, at: Pointer, place: str, value: Any, depth: int) -> Iterator[Located]:
    if depth > MOST_DEEP or not isinstance(value, dict | list):
        return
    if isinstance(value, dict) and (_first(value, BODIES) or (_first(value, TITLES) and _first(value, LINKS))):
        yield place, value
    for name, each in value.items() if isinstance(value, dict) else enumerate(value):
        if isinstance(name, str) and WITHHELD.search(name):
            dropped.add(at, "private or other people's data", each, len(each) if isinstance(each, list) else 1)
        else:
            yield from _walked(dropped, at, f"{place}/{name}", each, depth + 1)


def writing_item(platform: str, record: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield the writing that an object holds; whose words they are is not known."""
    kind: Kind = "comment" if "comment" in pointer.locator.casefold() else "post"
    words = joined(shown(_first(record, TITLES)), shown(_first(record, BODIES)))
    address = without_secret(_first(record, LINKS))
    if words:
        yield Item(
            kind, platform, pointer, words, text(record.get("id")), moment(_first(record, TIMES)), own_words=False,
            address=address, details=facts_of(**{UNSURE[0]: UNSURE[1]}),
        )  # fmt: skip
