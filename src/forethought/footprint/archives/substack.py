"""Substack exports: a table of posts, a page of HTML for each body, and lists of readers that are only counted."""

from collections.abc import Iterator
from typing import Any

from forethought.footprint.archives.decode import Located, csv_rows, fold_header
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.parts import facts_of, in_utc, joined, page_of, shown
from forethought.footprint.archives.platform import BROKEN, Options, Platform, Recognition, table
from forethought.footprint.archives.tally import Dropped
from forethought.footprint.archives.values import text
from forethought.footprint.item import Audience, Item, Pointer, Problem, Record, Who

AUDIENCES: dict[str, Who] = {"everyone": "public", "only_free": "followers", "only_paid": "paid", "founding": "paid"}
TRUE = frozenset("true t yes 1".split())


def recognise(files: Files) -> Recognition | None:
    """Return what some files are taken for, or None."""
    tables = [member for member in files if _is_posts(member)]
    if not tables:
        return None
    bodies = _bodies(files)
    return Recognition(
        "substack", "posts.csv", "csv", 0.95, (tables[0].base, "a table with post_id and is_published"), "unknown",
        missing=(() if bodies else ("the posts' bodies",)) + ("own comments", "Notes", "the profile", "logins"),
        advice="" if bodies else "Give the whole zip: the words of the posts are in its folder posts.",
    )  # fmt: skip


def _is_posts(member: Member) -> bool:
    return member.base.endswith(".csv") and b"post_id" in (start := member.start()) and b"is_published" in start


def _bodies(files: Files) -> dict[str, list[Member]]:
    """Return the pages of posts by the id that their names begin with."""
    found: dict[str, list[Member]] = {}
    for member in files:
        if member.base.endswith(".html") and member.base.partition(".")[0].isdecimal():
            found.setdefault(member.base.partition(".")[0], []).append(member)
    return found


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield the posts with their bodies, bodies that no row tells of, and how many readers there are."""
    posts = Posts(_bodies(files))
    yield from table("posts", [member for member in files if _is_posts(member)], _rows, posts.row)
    left = [member for key, members in posts.bodies.items() if key not in posts.met for member in members]
    yield from table("bodies without a row", left, lambda member: [("", page_of(member))], posts.alone)
    readers = [
        member for member in files if member.base.endswith(".csv") and not _is_posts(member) and _is_readers(member)
    ]
    yield from table("subscribers", readers, csv_rows, posts.reader)
    yield from posts.dropped.told()


def _rows(member: Member) -> Iterator[Located]:
    return csv_rows(member, lambda header: "postid" in header)


def _is_readers(member: Member) -> bool:
    header = fold_header(member.start().partition(b"\n")[0].decode(errors="replace"))
    return member.base.startswith(("email_list", "subscriber")) or "email" in header.replace('"', "").split(",")


class Posts:
    """Joins the rows of the table with the pages that hold their bodies."""

    def __init__(self, bodies: dict[str, list[Member]]) -> None:
        """Take the pages by post."""
        self.bodies, self.met, self.dropped = bodies, set[str](), Dropped()

    def row(self, record: Any, pointer: Pointer) -> Iterator[Item | Problem]:
        """Yield a post; one without its body keeps its title."""
        key = text(record["postid"])
        number = key.partition(".")[0]
        self.met.add(number)
        body, problem = self._body(number, pointer.source)
        if problem:
            yield Problem(pointer, problem)
        published = text(record.get("ispublished")).casefold() in TRUE
        titles = (shown(text(record.get(name))) for name in ("title", "subtitle"))
        kind = text(record.get("type"))
        yield Item(
            "post" if published else "draft", "substack", pointer, joined(*titles, body), number or key,
            in_utc(record.get("postdate")), audience=_audience(record, published),
            details=facts_of(type="" if kind == "newsletter" else kind, emailed=text(record.get("emailsentat"))),
        )  # fmt: skip

    def _body(self, number: str, source: str) -> tuple[str, str]:
        """Return a post's words, and what is amiss; a page of the same input comes first."""
        pages = sorted(self.bodies.get(number, ()), key=lambda member: member.source != source)
        if not pages:
            return "", "the post's body is not among the files"
        try:
            return shown(page_of(pages[0])), ""
        except BROKEN:
            return "", "the post's body cannot be read"

    def alone(self, html: Any, pointer: Pointer) -> Iterator[Item | Problem]:
        """Yield a body that no row tells of."""
        yield Problem(
            pointer, "no row of posts.csv tells of this body, so when and for whom it was written is not known"
        )
        words = shown(html)
        if words:
            yield Item("post", "substack", pointer, words, pointer.member.rpartition("/")[2].partition(".")[0])

    def reader(self, record: Any, pointer: Pointer) -> Iterator[Item]:
        """Yield a reader for the keyed fingerprint of their address, and nothing else of what the list tells."""
        self.dropped.add(pointer, "a subscriber's data")
        email = text(record.get("email") or record.get("emailaddress"))
        if email:
            facts = facts_of(handle=email, direction="received", state="subscriber")
            yield Item("contact", "substack", pointer, own_words=False, details=facts)


def _audience(record: dict[str, Any], published: bool) -> Audience:
    if not published:
        return Audience("only me", "post", "is_published")
    said = text(record.get("audience")).casefold()
    return Audience(AUDIENCES[said], "post", f"audience {said}") if said in AUDIENCES else Audience()


SUBSTACK = Platform("substack", "Substack", recognise, read)
