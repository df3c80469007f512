"""WordPress exports (WXR): posts, pages, pictures and the person's own comments, each with who could see it."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from forethought.footprint.archives.decode import MOST_DEEP, MOST_RECORD, Located, UnreadableError
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import (
    WITHHELD,
    Whose,
    facts_of,
    in_utc,
    joined,
    shown,
    tallied,
    without_secret,
)
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import moment, text
from forethought.footprint.item import Audience, Item, Kind, Media, Moment, Pointer, Problem, Record, Removed, Who

Fields = dict[str, Any]  # an element's parts by local name, each a list of texts and of parts
STATUSES: dict[str, Who] = {
    "publish": "public", "private": "only me", "draft": "only me", "pending": "only me", "future": "only me",
    "trash": "only me", "auto-draft": "only me",
}  # fmt: skip
KINDS: dict[str, Kind] = {
    "draft": "draft", "pending": "draft", "future": "draft", "auto-draft": "draft", "trash": "deleted",
}  # fmt: skip
TECHNICAL = frozenset(
    "nav_menu_item revision custom_css customize_changeset oembed_cache wp_global_styles wp_template wp_template_part "
    "wp_navigation wp_font_family wp_font_face user_request acf-field acf-field-group".split()
)
PROTECTED = Audience("named people", "post", "wp:post_password")
UNSEEN = Audience("unknown", "post", "wp:status inherit")
ALT = "_wp_attachment_image_alt"
_MARKS = (b"wordpress.org/export/", b"wxr_version>")
_SECRET = re.compile(r"(?i)token|secret|passw|auth|_key|api|licen[cs]e|nonce")
_EDGE = re.compile(r"(<!\[CDATA\[|\]\]>)")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_STRAY = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos|#0*(?:9|10|13|3[2-9]|[4-9]\d|[1-9]\d{2,5})|#x0*(?:9|a|d|[2-9a-f][\da-f]{1,4}));)", re.I
)


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    found = _exports(files)
    if not found:
        return None
    start = found[0].start(2**15).decode(errors="replace")
    version = _between(start, "wxr_version>") or "unknown"
    language = _between(start, "<language>")[:2] or "unknown"
    site = _between(start, "base_site_url>") or _between(start, "<link>")
    return Recognition(
        "wordpress", f"WXR {version}", "xml", 0.97, (found[0].base,), language, without_secret(site),
        missing=("logins", "subscribers", "applications"),
        advice="A site's export holds what was chosen for it: choose all content, and give every file of it.",
    )  # fmt: skip


def _between(start: str, tag: str) -> str:
    found = re.search(rf"{tag}\s*(?:<!\[CDATA\[)?([^<\]]{{1,200}})", start)
    return found[1].strip() if found else ""


def _exports(files: Files) -> list[Member]:
    named = [member for member in files if member.base.endswith((".xml", ".wxr"))][:500]
    return [member for member in named if any(mark in member.start(2**14) for mark in _MARKS)]


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the site, its authors, and then everything published there or not."""
    site = Site(options.owner)
    exports = _exports(files)
    yield from table("profile", exports, site.heads, site.head)
    yield from site.whose.asked(exports[0].at())
    entries = table("posts", exports, site.entries, site.entry)
    yield from tallied(entries, {"pictures": ("photo",), "comments": ("comment", "reply"), "commenters": ("contact",)})
    yield from site.dropped.told()


class Gathered:
    """What a parser hands its elements to: gathers each child of the channel as parts by name."""

    def __init__(self) -> None:
        """Begin outside of everything."""
        self.ready: list[tuple[str, Any]] = []
        self.stack: list[Fields] = []
        self.words: list[str] = []
        self.names: dict[str, str] = {}
        self.size = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take the beginning of an element."""
        if len(self.stack) > MOST_DEEP:
            raise ValueError("nested too deep")
        self.stack.append({})
        self.words = []

    def data(self, words: str) -> None:
        """Take text."""
        self.words.append(words)
        self.size += len(words)
        if self.size > MOST_RECORD:
            raise ValueError("a record too large")

    def end(self, tag: str) -> None:
        """Take the end of an element; its name is local, since the namespace changes with the version."""
        value = self.stack.pop() or "".join(self.words)
        name = self.names.get(tag) or self.names.setdefault(tag, _local(tag))
        self.words = []
        if len(self.stack) == 2:
            self.ready.append((name, value))
            self.size = 0
        elif self.stack:
            self.stack[-1].setdefault(name, []).append(value)

    def close(self) -> None:
        """Do nothing more."""

    def taken(self) -> list[tuple[str, Any]]:
        """Return what is ready, and forget it."""
        ready, self.ready = self.ready, []
        return ready


def _local(tag: str) -> str:
    space, _, name = tag.rpartition("}")
    return "excerpt" if name == "encoded" and "excerpt" in space else name


def children(member: Member) -> Iterator[tuple[str, Any]]:
    """Yield each child of the channel. Raises UnreadableError where entities are declared or the file breaks off."""
    from defusedxml.ElementTree import ParseError, XMLParser  # when an archive is read

    gathered = Gathered()
    parser = XMLParser(target=gathered, forbid_dtd=True)
    try:
        for piece in _sound(member):
            parser.feed(piece)
            yield from gathered.taken()
        parser.close()
    except (ParseError, ValueError):
        raise UnreadableError(
            member.name, "it breaks off, is not WXR, or declares entities, which are refused"
        ) from None


def _sound(member: Member) -> Iterator[str]:
    """Yield the file with what stops a parser mended: control characters, and ampersands that begin no entity."""
    declared = re.search(rb"""^[^<]*<\?xml[^>]*encoding=["']([\w-]+)""", member.start(200))
    inside = False
    with io.TextIOWrapper(
        member.open(), declared[1].decode() if declared else "utf-8", "replace", newline=""
    ) as stream:
        while piece := stream.read(2**16) + stream.readline(2**16):
            parts = _EDGE.split(_ILLEGAL.sub("", piece).lstrip("\ufeff"))
            for place, part in enumerate(parts):
                if part in ("<![CDATA[", "]]>"):
                    inside = part != "]]>"
                elif not inside and "&" in part:
                    parts[place] = _STRAY.sub("&amp;", part)
            yield "".join(parts)


class Site:
    """Makes items of a site's records, and knows its authors and who can see which post."""

    def __init__(self, owner: str) -> None:
        """Take the person's name, if they gave one."""
        self.whose = Whose(owner)
        self.dropped = Dropped()
        self.names: dict[str, tuple[str, ...]] = {}
        self.ids: set[str] = set()
        self.emails: set[str] = set()
        self.seen: dict[str, Audience] = {}
        self.commenters: set[int] = set()

    def heads(self, member: Member) -> Iterator[Located]:
        """Yield what stands before the first item: the site, then its authors."""
        about: Fields = {}
        for name, value in children(member):
            if name == "item":
                break
            if name == "author":
                yield f"wp:author_id {_one(value, 'author_id')}", value
            elif isinstance(value, str):
                about.setdefault(name, value)
        yield "channel", {"channel": about}

    def head(self, record: Any, pointer: Pointer) -> Iterator[Item]:
        """Yield the site's own words about itself, or one of its authors."""
        if "channel" in record:
            about = record["channel"]
            facts = facts_of(site=shown(text(about.get("title"))), address=without_secret(text(about.get("link"))))
            yield Item("profile", "wordpress", pointer, shown(text(about.get("description"))), "site", details=facts)
        else:
            yield self._author(record, pointer)

    def _author(self, record: Fields, pointer: Pointer) -> Item:
        login, shown, email = (_one(record, f"author_{name}") for name in ("login", "display_name", "email"))
        self.dropped.add(pointer, "author_email", email)
        self.whose.names.add(login.casefold())
        self.names[login] = (login, shown, email)
        if self.whose.owner and not self.whose.owns(login, shown, email):
            return _contact(pointer, login, shown, "author")
        self.ids.add(_one(record, "author_id"))
        self.emails.add(email.casefold())
        facts = facts_of(login=login, name=shown)
        return Item("profile", "wordpress", pointer, key=f"author {login}", own_words=False, details=facts)

    def entries(self, member: Member) -> Iterator[Located]:
        """Yield each item."""
        for name, value in children(member):
            if name == "item":
                yield f"wp:post_id {_one(value, 'post_id')}", value

    def entry(self, record: Any, pointer: Pointer) -> Iterator[Item | Problem | Removed]:
        """Yield a post, a page or a picture, and the comments on it that are the person's own."""
        kind = _one(record, "post_type") or "post"
        if kind in TECHNICAL:
            return
        audience = self._audience(record)
        if kind != "attachment":
            self.seen[_one(record, "post_id")] = audience
        self.dropped.add(pointer, "post_password", _one(record, "post_password"))
        meta = {
            _one(each, "meta_key"): _one(each, "meta_value")
            for each in record.get("postmeta", ())
            if isinstance(each, dict)
        }
        for name in filter(_SECRET.search, meta):
            self.dropped.add(pointer, "secrets in postmeta", meta[name])
        made = self._made(record, pointer, kind, audience, meta.get(ALT, ""))
        if made.text or made.media:
            yield made
        for comment in record.get("comment", ()):
            yield from self._comment(comment, made)

    def _made(self, record: Fields, pointer: Pointer, kind: str, audience: Audience, alt: str) -> Item:
        status, address = _one(record, "status"), _one(record, "link")
        picture = kind == "attachment"
        words = joined(shown(_one(record, "title")), *_bodies(record, picture))
        name = _one(record, "attachment_url").partition("?")[0].rpartition("/")[2]
        facts = facts_of(
            type="" if kind in ("post", "attachment") else kind, categories="; ".join(_texts(record, "category"))
        )
        return Item(
            "photo" if picture else KINDS.get(status, "post"), "wordpress", pointer, words,
            _one(record, "guid") or _one(record, "post_id"), _made_at(record, "post_date"),
            self._own(_one(record, "creator")), audience, address=without_secret(address),
            media=(Media(name, alt),) if picture else (), details=facts,
        )  # fmt: skip

    def _own(self, login: str) -> bool:
        return self.whose.owns(*self.names.get(login, (login,)))

    def _audience(self, record: Fields) -> Audience:
        if _one(record, "post_password"):
            return PROTECTED
        status = _one(record, "status")
        return self.seen.get(_one(record, "post_parent"), UNSEEN) if status == "inherit" else _audience_of(status)

    def _comment(self, record: Fields, post: Item) -> Iterator[Item]:
        key, user = _one(record, "comment_id"), _one(record, "comment_user_id")
        pointer = replace(post.pointer, locator=f"wp:comment_id {key}")
        email = _one(record, "comment_author_email").casefold()
        self.dropped.add(pointer, "comment_author_IP", _one(record, "comment_author_IP"))
        self.dropped.add(pointer, "comment_author_email", email)
        if self.whose.unsure or not (user in self.ids - {"0", ""} or email in self.emails - {""}):
            yield from self._other(record, pointer)
            return
        answered = _one(record, "comment_parent").strip("0 ")
        approved = _one(record, "comment_approved") in ("", "1")
        yield Item(
            "reply" if answered else "comment", "wordpress", pointer, shown(_lined(_one(record, "comment_content"))),
            f"{post.key}#comment-{key}", _made_at(record, "comment_date"),
            audience=post.audience if approved else replace(WITHHELD, source="wp:comment_approved"),
            reply_to=f"{post.key}#comment-{answered}" if answered else post.key, address=post.address,
        )  # fmt: skip

    def _other(self, record: Fields, pointer: Pointer) -> Iterator[Item]:
        """Yield who commented, once each; what they wrote is dropped, and other sites' links back are nobody's."""
        self.dropped.add(pointer, "comment_content", _one(record, "comment_content"))
        name, link = _one(record, "comment_author"), _one(record, "comment_type") in ("pingback", "trackback")
        if name and not link and hash(name) not in self.commenters:
            self.commenters.add(hash(name))
            yield _contact(pointer, "", name, "commenter")


@lru_cache(maxsize=64)
def _audience_of(status: str) -> Audience:
    """Return who sees a post of this status; the statuses that add-ons make say nothing."""
    known = status in STATUSES
    return Audience(STATUSES.get(status, "unknown"), "post", f"wp:status {status}" if known else "wp:status")


def _contact(pointer: Pointer, handle: str, name: str, state: str) -> Item:
    return Item(
        "contact", "wordpress", pointer, own_words=False,
        details=facts_of(name=name, handle=handle, direction="received" if state == "commenter" else "", state=state),
    )  # fmt: skip


def _one(record: Any, name: str) -> str:
    """Return the first text of this name, or none."""
    found = record.get(name) if isinstance(record, dict) else None
    return text(found[0]).strip() if found else ""


def _texts(record: Fields, name: str) -> list[str]:
    return sorted({shown(text(each)) for each in record.get(name, ())} - {""})


def _bodies(record: Fields, picture: bool) -> tuple[str, str]:
    """Return the excerpt, which is a picture's caption, and the body."""
    excerpt, body = shown(_lined(_one(record, "excerpt"))), shown(_lined(_one(record, "encoded")))
    return (excerpt, body) if picture or excerpt not in body else ("", body)


def _lined(html: str) -> str:
    """Return HTML of the older editor with its line ends as tags, since WordPress makes paragraphs of them."""
    return html if "<!-- wp:" in html or "<p" in html else html.replace("\n", "<br>")


def _made_at(record: Fields, name: str) -> Moment:
    """Return when something was made: in UTC where that is said, and else in the site's own unknown zone."""
    universal = in_utc(_one(record, f"{name}_gmt"))
    return universal if universal.at else moment(_one(record, name))


WORDPRESS = Platform("wordpress", "WordPress", recognise, read)
