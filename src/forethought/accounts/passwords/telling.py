"""A report on passwords as a document and as data: names of accounts and what to mend, and never a password."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from forethought.accounts.passwords.assess import Others, Report, Row
from forethought.accounts.passwords.breach import Look
from forethought.accounts.passwords.kept import Changes
from forethought.accounts.passwords.login import Export
from forethought.accounts.passwords.weighing import WHOLE
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table, Terms
from forethought.guidance import Guidance

WORDS: Mapping[str, str] = MappingProxyType(
    {
        "reused": "The same password is used elsewhere. Give each account its own.",
        "weak": "It could be guessed. Take a longer one, made by chance.",
        "http": "It is used at an address that begins with http://, where it may be read on its way.",
        "similar": "It is almost the same as another. Whoever learns one tries the others like it.",
        "site-in-password": "It holds the name of the site.",
        "user-in-password": "It holds the user name.",
        "no-two-step": "The site offers two-step sign-in, and this export shows no code. It may be set up elsewhere.",
        "not-weighed": "It could not be weighed in the time allowed, so nothing is known about its strength.",
        "old": "It has not been changed for as long as you asked about.",
    }
)
REGULAR = ("BABCP-62", "GPIA-115")  # provisions that ask for regular changes
NCSC = (
    "The National Cyber Security Centre advises against changing passwords by the calendar alone, since people then "
    "take weaker ones; change one when others may know it. You decide, and can have old ones listed."
)
LONG = (
    f"Passwords of more than {WHOLE} characters are judged by their first {WHOLE}, which is what the estimate can take."
)
NOTHING = "Nothing to mend was found. That does not show that no password is known to others."
NOT_KEPT = "No password is kept, shown or sent. Keyed fingerprints let the next check tell what was changed."
NOTHING_KEPT = "No password is kept, shown or sent, and nothing else of this check is kept."
UNDATED = "Where the export gives no date for a password, its age is not known, and it is never listed as old."
BREACH_WORDS = {
    "found": "Known from breaches",
    "could not check": "Could not check",
    "not found": "Not in the list: this does not show that it is strong",
}


def document(
    report: Report,
    today: date,
    guidance: Guidance,
    export: Export | None = None,
    changes: Changes | None = None,
    looks: Sequence[Look] = (),
    marked: bool = True,
) -> Document:
    """Return the report as a document, for the bodies of `guidance`; `marked` where fingerprints are kept."""
    blocks = [
        Paragraph(f"{report.logins:,} logins of {report.accounts:,} accounts, checked on {today.day} {today:%B %Y}."),
        *_read(export),
        *_rows(report),
        *_since(report, changes),
        *_breaches(looks),
        *regular_changes(guidance),
        Heading(2, "What this check cannot know"),
        Listing((LONG, UNDATED, NOT_KEPT if marked else NOTHING_KEPT)),
    ]
    return Document("Passwords", tuple(blocks))


def _read(export: Export | None) -> Iterator[Block]:
    """Yield what was left out of an export."""
    if export is None:
        return
    yield Paragraph(f"Read from an export of {export.manager}.")
    left_out = [(why.capitalize(), f"{count:,}") for why, count in sorted(export.skipped.items())]
    if export.unread:
        left_out.append(("Rows that could not be read", f"{export.unread:,}"))
    if left_out:
        yield Table("Entries that were not checked", ("Why", "How many"), tuple(left_out))


def _rows(report: Report) -> Iterator[Block]:
    yield Heading(2, "What to mend, the worst first")
    if not report.rows:
        yield Paragraph(NOTHING)
        return
    rows = tuple((_name(row), " ".join(_said(row))) for row in report.rows)
    yield Table("One row an account", ("Account", "Why"), rows)


def _name(row: Row) -> str:
    return f"{row.title} ({row.user})" if row.user else row.title


def _said(row: Row) -> Iterator[str]:
    for reason in row.reasons:
        others = {"reused": row.same_as, "similar": row.similar_to}.get(reason, Others())
        listed = [*others.titles, "and others"] if others.more else others.titles
        yield f"{WORDS[reason]} See: {', '.join(listed)}." if listed else WORDS[reason]


def _since(report: Report, changes: Changes | None) -> Iterator[Block]:
    if changes is None:
        return
    yield Heading(2, "Since the last check")
    names = [", ".join(sorted(report.titles[mark] for mark in marks)) for marks in (changes.changed, changes.unchanged)]
    rows = (
        ("Changed", names[0] or "none"),
        ("Not changed", names[1] or "none"),
        ("No longer in the export", f"{len(changes.missing):,}"),
    )
    yield Terms(rows)


def _breaches(looks: Sequence[Look]) -> Iterator[Block]:
    if not looks:
        return
    yield Heading(2, "Known from breaches")
    counts = Counter(look.state for look in looks)
    yield Terms(tuple((words, f"{counts[state]:,}") for state, words in BREACH_WORDS.items()))  # type: ignore[index]
    if found := sorted({look.title for look in looks if look.state == "found"}, key=str.casefold):
        yield Paragraph("Change these passwords, everywhere they are used:")
        yield Listing(tuple(found))
    if counts["could not check"]:
        whys = sorted({look.why for look in looks if look.state == "could not check"})
        yield Note(f"Some could not be checked, so nothing is known about them: {'; '.join(whys)}.")


def regular_changes(guidance: Guidance) -> Iterator[Block]:
    """Yield what the person's bodies say about changing passwords regularly, and what speaks against it."""
    asked = [each for each in guidance.provisions(duty="account-security") if each.id in REGULAR]
    if asked:
        yield Heading(2, "Changing passwords regularly")
        yield Listing(tuple(f"{each.says} ({each.document}, {each.section}; {each.id})" for each in asked))
        yield Note(NCSC)


def record(report: Report, today: date, export: Export | None = None, looks: Iterable[Look] = ()) -> dict[str, Any]:
    """Return the report as data, for `--format json`."""
    return {
        "checked": today.isoformat(),
        "manager": export.manager if export else "",
        "accounts": report.accounts,
        "logins": report.logins,
        "dated": report.dated,
        "left_out": dict(export.skipped) if export else {},
        "unread": export.unread if export else 0,
        "rows": [
            {
                "title": row.title,
                "site": row.site,
                "user": row.user,
                "reasons": list(row.reasons),
                "same_as": list(row.same_as.titles),
                "similar_to": list(row.similar_to.titles),
            }
            for row in report.rows
        ],
        "breaches": [
            {"title": look.title, "state": look.state, "times": look.times, "why": look.why} for look in looks
        ],
    }
