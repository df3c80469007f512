"""A counted pile-on in words: as a document for pages and packs, and as data."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table, Terms
from forethought.incidents.pileon.counting import Counts, count
from forethought.incidents.pileon.kinds import CAUTION, Kind, kinds, sorted_out
from forethought.incidents.pileon.model import Found, HostilePost
from forethought.incidents.pileon.plots import table

MOST_ACCOUNTS, MOST_REPEATS, MOST_LEFT, MOST_EARLIEST, MOST_GRAVE = 20, 10, 20, 5, 30
EARLIEST = (
    "Earlier posts may have been deleted, hidden from you or not copied, so this does not show who began it or why."
)
LOOK_FIRST = Heading(2, "Posts to look at first")
KEEP = (
    "The whole list as you copied it, unchanged.",
    "The earliest posts, those with threats or private details, and those of the most active accounts: each as a "
    "picture of the whole screen with its address, the account's name and number, and the date and time.",
    "One example of each set of words that several accounts repeat.",
    "Your own post that they answer, as it stood.",
    "All of this before you block, report or delete anything, since posts may vanish when you do.",
)


def document(found: Found, now: datetime) -> Document:
    """Return the pile-on as a document: what was counted, the earliest, the most active, kinds, and what to keep."""
    counts = count(found.posts, now.tzinfo)
    held, grave = sorted_out(found.posts)
    blocks = [
        Terms(tuple(_totals(counts, now))),
        *_over_time(counts, now),
        *_grave(grave, now),
        *_earliest(counts, now),
        *_accounts(counts, now),
        *_kinds(held),
        *_repeats(counts),
        Heading(2, "What to keep of them"),
        Listing(KEEP),
        *_unread(found),
    ]
    return Document("Many hostile posts at once", tuple(blocks))


def clock(at: datetime | None, now: datetime) -> str:
    """Return a moment in words, in the time zone of `now`."""
    if at is None:
        return "not known"
    local = at.astimezone(now.tzinfo)
    return f"{local.day} {local:%B %Y, %H:%M}"


def _totals(counts: Counts, now: datetime) -> Iterator[tuple[str, str]]:
    yield "Posts kept", f"{counts.posts:,}"
    yield "Accounts", f"{len(counts.accounts):,}"
    if counts.unnamed:
        yield "Posts that name no account", f"{counts.unnamed:,}"
    yield "Posts with a known time", f"{counts.timed:,}"
    yield "Times are shown in", now.tzname() or "the time zone of this computer"


def _over_time(counts: Counts, now: datetime) -> Iterator[Block]:
    yield Heading(2, "Over time")
    if not counts.steps:
        yield Paragraph("No post has a known time, so nothing can be said about when they came.")
        return
    yield table(counts)
    for burst in counts.bursts:
        span = f"{clock(burst.start, now)} to {clock(burst.end, now)}"
        yield Paragraph(f"{burst.posts:,} posts came close together, from {span}.")


def _grave(grave: Sequence[HostilePost], now: datetime) -> Iterator[Block]:
    """Yield the posts that may hold a threat or private details, so that nobody has to read all to find them."""
    if not grave:
        return
    yield LOOK_FIRST
    yield Paragraph("By their words these may hold a threat, private details or plain insults. Others may be missed.")
    yield Table("What they say", ("Account", "Time", "Words"), _rows(grave[:MOST_GRAVE], now))
    if (more := len(grave) - MOST_GRAVE) > 0:
        yield Paragraph(f"Not shown here: {more:,} more.")


def _earliest(counts: Counts, now: datetime) -> Iterator[Block]:
    if not counts.earliest:
        return
    yield Heading(2, "The earliest of those kept")
    if len(counts.earliest) > 1:
        yield Paragraph(f"The times do not tell which of {len(counts.earliest):,} posts came first.")
    yield Table("Earliest posts", ("Account", "Time", "Words"), _rows(counts.earliest[:MOST_EARLIEST], now))
    yield Note(EARLIEST)


def _rows(posts: Sequence[HostilePost], now: datetime) -> tuple[tuple[str, ...], ...]:
    return tuple((post.handle or "not named", clock(post.at, now), short(post.words)) for post in posts)


def short(words: str, most: int = 200) -> str:
    """Return words on one line, cut where they are long."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1] + "…"


def _accounts(counts: Counts, now: datetime) -> Iterator[Block]:
    if not counts.accounts:
        return
    yield Heading(2, "The most active accounts")
    rows = (
        (each.handle or each.account_id, f"{each.posts:,}", f"{counts.share(each):.0%}", clock(each.first, now))
        for each in counts.accounts[:MOST_ACCOUNTS]
    )
    yield Table("Accounts by number of posts", ("Account", "Posts", "Share", "First post kept"), tuple(rows))
    if (more := len(counts.accounts) - MOST_ACCOUNTS) > 0:
        yield Paragraph(f"Accounts not shown here: {more:,}.")


def _kinds(found: Sequence[Kind]) -> Iterator[Block]:
    yield Heading(2, "Kinds of content")
    yield Table("Posts by kind", ("Kind", "Posts"), tuple((kind.title, f"{kind.posts:,}") for kind in found))
    yield Note(CAUTION)


def _repeats(counts: Counts) -> Iterator[Block]:
    if not counts.repeats:
        return
    yield Heading(2, "The same words from several accounts")
    rows = ((short(each.words), f"{each.accounts:,}", f"{each.posts:,}") for each in counts.repeats[:MOST_REPEATS])
    yield Table("Repeated words", ("Words", "Accounts", "Posts"), tuple(rows))
    yield Note("This may be copying by people who agree as well as a plan. The words alone do not show which.")


def _unread(found: Found) -> Iterator[Block]:
    if found.notes or found.left:
        yield Heading(2, "How the list was read")
    if found.notes:
        yield Listing(tuple(note[:1].upper() + note[1:] + "." for note in found.notes))
    if found.left:
        yield Paragraph(
            f"Not understood, and in no count: {len(found.left):,}. All of it is still in the list that you kept."
        )
        yield Listing(found.left[:MOST_LEFT])


def record(found: Found, now: datetime) -> dict[str, Any]:
    """Return the same as data."""
    counts = count(found.posts, now.tzinfo)
    return {
        "posts": counts.posts,
        "timed": counts.timed,
        "unnamed": counts.unnamed,
        "step": counts.step,
        "steps": [{"start": _iso(s.start), "posts": s.posts, "new_accounts": s.new_accounts} for s in counts.steps],
        "bursts": [{"start": _iso(b.start), "end": _iso(b.end), "posts": b.posts} for b in counts.bursts],
        "earliest": [{"handle": p.handle, "at": _iso(p.at), "said": p.said} for p in counts.earliest],
        "accounts": [
            {"handle": a.handle, "account_id": a.account_id, "posts": a.posts, "first": _iso(a.first)}
            for a in counts.accounts
        ],
        "kinds": [{"id": kind.id, "title": kind.title, "posts": kind.posts} for kind in kinds(found.posts)],
        "repeats": [{"words": r.words, "posts": r.posts, "accounts": r.accounts} for r in counts.repeats],
        "left": list(found.left),
        "notes": list(found.notes),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
