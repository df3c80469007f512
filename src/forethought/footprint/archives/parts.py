"""What the readers of blogs, chats and saved pages share: what is dropped, who wrote, and texts of several parts."""

import html
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from forethought.footprint.archives.decode import MOST_RECORD, UnreadableError, encoding_of, json_whole, words_of
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.tally import Span
from forethought.footprint.archives.values import moment
from forethought.footprint.item import Audience, Item, Moment, Pointer, Problem, Record, Table

SEVERAL = (
    "several people wrote here, so nothing is taken for your own words. Say which name is yours, and read it again"
)
WITHHELD = Audience("only me", "post")
_SECRET = re.compile(r"(?i)token|secret|passw|auth|signature|api.?key|(?:^|[_-])(?:key|sig|hash|hmac|hm|uid)(?:$|[_-])")
_PAIR = re.compile(r"([^=&?#;]+)=[^&#;]+")
_LONG = re.compile(r"(?=\w*\d)(?=\w*[A-Za-z])\w{24,}")
_BLOCKS = frozenset(
    "address article blockquote br div dd dt figcaption h1 h2 h3 h4 h5 h6 hr li p pre section td tr".split()
)
_UNSEEN = re.compile(r"<(?:script|style|template|noscript|head|title|textarea|xmp|iframe|plaintext)\b", re.IGNORECASE)
_TAG = re.compile(
    r"""</?+([a-zA-Z][a-zA-Z0-9]*+)(?=[\s/>])(?:[^<>"']++|"[^"<>]*+"|'[^'<>]*+')*+>|<!--[^<>]*+(?<=--)>"""
)
_TAGS = re.compile(r"</?(?:p|br|div|a|em|strong|ul|li|blockquote|h[1-6]|img|span)\b[^<>]*>", re.IGNORECASE)


@dataclass(slots=True)
class Logins:
    """Sums up visits to an account: how many, from which networks and countries, and when; no address is kept."""

    count: int = 0
    networks: set[int] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    span: Span = field(default_factory=Span)

    def add(self, network: str, country: str, when: Moment) -> None:
        """Count one visit."""
        self.count += 1
        if network:
            self.networks.add(hash(network))
        if country:
            self.countries.add(country)
        self.span.take(when)

    def item(self, platform: str, pointer: Pointer) -> Item:
        """Return the sum as one item."""
        networks, countries = str(len(self.networks)), ", ".join(sorted(self.countries))
        facts = facts_of(count=str(self.count), networks=networks, countries=countries, **self.span.facts())
        return Item("session", platform, pointer, created=self.span.last, own_words=False, details=facts)


class Whose:
    """Tells which of several names is the person's: the one that they gave, or else the only one there is."""

    def __init__(self, owner: str, names: Iterable[str] = ()) -> None:
        """Take the name that the person gave, if any, and the names that are there."""
        self.owner = _folded(owner)
        self.names = {_folded(name) for name in names if name}

    @property
    def unsure(self) -> bool:
        """Whether there are several names and the person has not said which is theirs."""
        return not self.owner and len(self.names) > 1

    def owns(self, *names: str) -> bool:
        """Return whether somebody of these names (a login, a name to show) is the person."""
        return self.owner in map(_folded, names) if self.owner else not self.unsure

    def asked(self, pointer: Pointer) -> Iterator[Problem]:
        """Yield the question where it must be asked."""
        if self.unsure:
            yield Problem(pointer, SEVERAL)


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()


def joined(*parts: str) -> str:
    """Return a title, a subtitle and a body as one text, what is empty or begins the part after it left out."""
    kept: list[str] = []
    for part in reversed([part.strip() for part in parts]):
        if part and not (kept and _begins(part, kept[0])):
            kept.insert(0, part)
    return "\n\n".join(kept)


def _begins(title: str, body: str) -> bool:
    cut = title.rstrip("….")
    return body.partition("\n")[0].strip() == title or (cut != title and body.startswith(cut))


def in_utc(value: Any) -> Moment:
    """Return the moment of a text that its platform writes in UTC without saying so."""
    found = moment(value)
    return Moment(found.raw, found.at.replace(tzinfo=UTC), "utc") if found.at and not found.at.tzinfo else found


def without_secret(address: str) -> str:
    """Return an address as it is, or nothing where it carries what lets its holder in: a token, a key, a signature."""
    path, _, query = address.partition("?")
    secret = any(_SECRET.search(name) for name in _PAIR.findall(query)) or _LONG.search(path) or _LONG.search(query)
    return "" if secret or "@" in path.partition("://")[2].partition("/")[0] else address


def page_of(member: Member) -> str:
    """Return a whole page of HTML. Raises UnreadableError where it is larger than a page should be."""
    if member.size > MOST_RECORD:
        raise UnreadableError(member.name, "it is larger than a page should be")
    with member.open() as stream:
        content = stream.read()
    return content.decode(encoding_of(content[:400]), errors="replace")


def object_of(member: Member) -> dict[str, Any]:
    """Return the one object that a small file of JSON holds. Raises UnreadableError."""
    found = json_whole(member)
    if found is None or isinstance(found, dict):
        return found or {}
    raise UnreadableError(member.name, "it is of a shape that is not known")


def facts_of(**facts: str) -> tuple[tuple[str, str], ...]:
    """Return details of an item, what is empty left out."""
    return tuple((name, value) for name, value in facts.items() if value)


def shown(text: str) -> str:
    """Return the words of a text that may be HTML, as `words_of` does; tidy HTML, which is most, needs no parser."""
    if "<" not in text:
        return " ".join(html.unescape(text).split())
    bare = _TAG.sub(_break, text)
    if "<" in bare or "\0" in text or _UNSEEN.search(text):
        return words_of(text)
    lines = (" ".join(html.unescape(line).split()) for line in bare.split("\0"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _break(tag: re.Match[str]) -> str:
    return "\0" if tag[1] and tag[1].lower() in _BLOCKS else ""


def shown_escaped(text: str) -> str:
    """Return the words of HTML that its feed may have escaped once too often."""
    words = shown(text)
    return shown(words) if unescaped_twice(words, text) else words


def unescaped_twice(words: str, source: str) -> bool:
    """Return whether words that were taken out of HTML are HTML themselves, since it was escaped once too often."""
    return bool(_TAGS.search(words)) and not _TAGS.search(source)


def tallied(records: Iterable[Record], kinds: dict[str, tuple[str, ...]]) -> Iterator[Record]:
    """Yield records of one table and, at its end, a Table for each further kind of record that was read with it."""
    counts: Counter[str] = Counter()
    for record in records:
        if isinstance(record, Item):
            counts[record.kind] += 1
        yield record
        if isinstance(record, Table) and record.state not in ("absent", "unreadable"):
            for name, within in kinds.items():
                read = sum(counts[kind] for kind in within)
                yield Table(name, "present" if read else "empty", read)
