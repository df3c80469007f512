"""Feeds of blogs (RSS, Atom, JSON Feed): the last few entries, read from bytes and never from an address."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from forethought.footprint.archives.decode import (
    Located,
    UnreadableError,
    encoding_of,
    json_items,
)
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import Whose, facts_of, joined, shown, shown_escaped, without_secret
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import many, moment, text, within
from forethought.footprint.item import Audience, Item, Media, Pointer, Problem, Record

MOST_FEED = 64 * 2**20
WINDOW = "A feed holds only the last few entries. The blog's own export holds all of them, and who could see each."
RESTRICTED = Audience("named people", "channel", "an address with a token")
HEAD = ("title", "description", "home_page_url", "feed_url", "author", "authors")
BLOGGER = {"post", "page", "comment"}  # kinds of entry that are writing, among a whole blog in Atom
_ROOT = re.compile(r"<(rss|rdf:RDF|RDF|feed|(?:atom|a):feed)[\s>]")
_XML = (".xml", ".rss", ".atom", ".rdf")
_OTHERS = ("wordpress.org/export/", "wxr_version")


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    found = _feeds(files)
    if not found:
        return None
    form = "json" if found[0].base.endswith(".json") else "xml"
    start = _start(found[0])
    language = re.search(r"<language>\s*(\w\w)|xml:lang=[\"'](\w\w)|\"language\":\s*\"(\w\w)", start)
    return Recognition(
        "feeds", _generation(start, form), form, 0.85, (found[0].base,),
        (language[1] or language[2] or language[3]).lower() if language else "unknown",
        missing=("older entries",), advice=WINDOW,
    )  # fmt: skip


def _generation(start: str, form: str) -> str:
    if form == "json":
        version = re.search(r"jsonfeed\.org/version/([\d.]+)", start)
        return f"JSON Feed {version[1]}" if version else "JSON Feed"
    root = _ROOT.search(start)
    version = re.search(r"<rss[^>]*\bversion=[\"']([\d.]+)", start)
    if root and root[1].endswith("feed"):
        return "Atom 0.3" if "purl.org/atom/ns" in start else "Atom 1.0"
    return f"RSS {version[1]}" if version else "RSS 1.0"


def _feeds(files: Files) -> list[Member]:
    """Return the files that are feeds; of many files in JSON only those that are named so are looked at."""
    xml = [member for member in files if member.base.endswith(_XML)][:200]
    json = [member for member in files if member.base.endswith(".json")]
    json = json if len(json) <= 20 else [member for member in json if "feed" in member.base][:20]
    feeds = [member for member in xml if _is_xml(_start(member))]
    return feeds + [member for member in json if "jsonfeed.org/version/" in member.start().decode(errors="replace")]


def _start(member: Member) -> str:
    start = member.start()
    return start.decode(encoding_of(start), errors="replace")


def _is_xml(start: str) -> bool:
    root = re.search(r"<\w[^<>]*", start)
    return bool(root and _ROOT.match(f"{root[0]}>")) and not any(mark in start for mark in _OTHERS)


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield each feed's own words about itself, and its entries."""
    members = _feeds(files)
    feeds = {member: Feed(member, options.owner) for member in members}
    yield from table("profile", members, lambda member: feeds[member].about(), _profile)
    for member, feed in feeds.items():
        yield from feed.whose.asked(member.at())
    yield from table("posts", members, lambda member: feeds[member].entries(), _entry)
    for feed in feeds.values():
        yield from feed.dropped.told()


def _profile(record: Any, pointer: Pointer) -> Iterator[Item]:
    feed, head = record
    return feed.profile(head, pointer)  # type: ignore[no-any-return]


def _entry(record: Any, pointer: Pointer) -> Iterator[Item]:
    feed, entry = record
    return feed.entry(entry, pointer)  # type: ignore[no-any-return]


class Feed:
    """One feed: what it says of itself, its entries, and which of its authors is the person."""

    def __init__(self, member: Member, owner: str) -> None:
        """Take the file and the person's name, if they gave one."""
        self.member, self.whose, self.dropped = member, Whose(owner), Dropped()
        self.parsed: Any = None
        self.json = member.base.endswith(".json")
        self.authors: list[str] = []
        self.audience = Audience()

    def about(self) -> Iterator[Located]:
        """Yield what the feed says of itself, after its authors and its own address were looked at."""
        head, names = self._json_head() if self.json else self._xml_head()
        self.authors = _authors(head)
        self.whose.names = Whose("", names | (set(self.authors) if "" in names else set())).names
        if any(address != without_secret(address) for address in _addresses(head)):
            self.audience = RESTRICTED
        yield "" if self.json else "feed", (self, head)

    def _xml_head(self) -> tuple[dict[str, Any], set[str]]:
        parsed = self._parse()
        return dict(parsed.feed), {name for entry in parsed.entries for name in _authors(dict(entry)) or [""]}

    def _json_head(self) -> tuple[dict[str, Any], set[str]]:
        """Return the feed's own facts and the names of its entries' authors, of which only these are kept."""
        head: dict[str, Any] = {}
        names: set[str] = set()
        for locator, value in json_items(self.member, *HEAD, "items"):
            name = locator.split("/")[1]
            if name == "items":
                names |= set(_authors(value) or [""]) if isinstance(value, dict) else set()
            else:
                head[name] = [*many(head.get(name)), value] if name == "authors" else value
        return head, names

    def _parse(self) -> Any:
        """Return the feed as feedparser reads it. Raises UnreadableError."""
        import feedparser  # when an archive is read

        member = self.member
        with member.open() as stream:
            content = stream.read(MOST_FEED + 1)
        head = content[: 2**14].decode(encoding_of(content[:400]), errors="replace")
        if len(content) > MOST_FEED:
            raise UnreadableError(member.name, "it is larger than a feed should be")
        if "<!ENTITY" in head.partition("<rss")[0].partition("<feed")[0]:
            raise UnreadableError(member.name, "it declares entities, which are refused")
        self.parsed = feedparser.parse(io.BytesIO(content), sanitize_html=False, resolve_relative_uris=False)
        return self.parsed

    def profile(self, head: Any, pointer: Pointer) -> Iterator[Item]:
        """Yield the feed's title and its line about itself."""
        address = next(iter(_addresses({"link": head.get("home_page_url") or head.get("link")})), "")
        title, about = (shown_escaped(text(head.get(name))) for name in ("title", "subtitle"))
        about = about or shown_escaped(text(head.get("description")))
        facts = facts_of(site=title, address=self._plain(address, pointer))
        if facts or about:
            yield Item("profile", "feeds", pointer, about, "feed", audience=self.audience, details=facts)

    def entries(self) -> Iterator[Located]:
        """Yield each entry. Raises UnreadableError, after those that could be read, where the feed is not whole."""
        if self.json:
            yield from ((locator, (self, entry)) for locator, entry in json_items(self.member, "items"))
            return
        parsed = self.parsed or self._parse()
        for number, entry in enumerate(parsed.entries):
            yield f"entry {number}", (self, dict(entry))
        if parsed.bozo and not _harmless(parsed.bozo_exception):
            raise UnreadableError(
                self.member.name, "it breaks off, or is not well formed; what could be read of it was"
            )

    def entry(self, record: Any, pointer: Pointer) -> Iterator[Item | Problem]:
        """Yield an entry."""
        kind = _blogger_kind(record)
        own = self.whose.owns(*(_authors(record) or self.authors or [""]))
        if kind not in BLOGGER:
            return
        if kind == "comment" and not own:
            self.dropped.add(pointer, "other people's comments")
            return
        words = joined(shown_escaped(text(record.get("title"))), _body(record))
        address = self._plain(next(iter(_addresses(record)), ""), pointer)
        draft = text(within(record, "app_draft") or within(record, "draft")).casefold() == "yes"
        if words:
            yield Item(
                "draft" if draft else "comment" if kind == "comment" else "post", "feeds", pointer, words,
                self._plain(text(record.get("id")), pointer) or address,
                moment(record.get("date_published") or record.get("published") or record.get("updated")), own,
                self.audience, address=address, media=tuple(self._media(record, pointer)),
                details=facts_of(updated=text(record.get("date_modified") or record.get("updated"))),
            )  # fmt: skip

    def _plain(self, address: str, pointer: Pointer) -> str:
        plain = without_secret(address)
        if plain != address:
            self.dropped.add(pointer, "addresses with a token")
        return plain

    def _media(self, record: Any, pointer: Pointer) -> Iterator[Media]:
        linked = [
            each for each in many(record.get("links")) if isinstance(each, dict) and each.get("rel") == "enclosure"
        ]
        for each in linked + many(record.get("attachments")):
            address = text(each.get("href") or each.get("url"))
            self._plain(address, pointer)
            yield Media(address.partition("?")[0].rpartition("/")[2])


def _authors(record: Any) -> list[str]:
    """Return the names of who wrote: an e-mail address beside a name is left out."""
    given = many(record.get("authors")) + many(record.get("author_detail") or record.get("author"))
    names = [text(each.get("name")) if isinstance(each, dict) else text(each) for each in given]
    return sorted({re.sub(r"\S+@\S+\s*\((.*)\)", r"\1", name).strip() for name in names} - {""})


def _addresses(record: Any) -> list[str]:
    """Return a record's addresses: the page's own first."""
    links = [text(each.get("href")) for each in many(record.get("links")) if isinstance(each, dict)]
    named = [text(record.get(name)) for name in ("url", "link", "home_page_url", "feed_url", "external_url")]
    return [address for address in named + links if address]


def _body(record: Any) -> str:
    """Return an entry's words: its content, or where it has none its summary."""
    if "content_html" in record or "content_text" in record:
        return shown(text(record.get("content_html"))) or text(record.get("content_text")).strip()
    contents = [text(each.get("value")) for each in many(record.get("content")) if isinstance(each, dict)]
    return shown_escaped(max(contents, key=len, default="") or text(record.get("summary")))


def _blogger_kind(record: Any) -> str:
    """Return which kind of entry this is where a whole blog is in one file, and else `post`."""
    terms: Iterable[Any] = (each.get("term") for each in many(record.get("tags")) if isinstance(each, dict))
    kinds = [text(term).rpartition("#")[2] for term in terms if "blogger/2008/kind#" in text(term)]
    return kinds[0] if kinds else "post"


def _harmless(error: object) -> bool:
    return type(error).__name__ in ("CharacterEncodingOverride", "NonXMLContentType")


FEEDS = Platform("feeds", "Feeds of blogs", recognise, read)
