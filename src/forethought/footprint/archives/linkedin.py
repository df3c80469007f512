"""LinkedIn: a zip of tables, with its mended quotes, line breaks, encodings and many forms of date."""

import re
from collections.abc import Iterator
from functools import partial

from forethought.footprint.archives.decode import encoding_of, fold_header
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.linkedin_items import PRIVATE, Reader, article, articled, full_name
from forethought.footprint.archives.linkedin_rows import written
from forethought.footprint.archives.platform import Options, Platform, Recognition, table
from forethought.footprint.archives.sheets import Sheet, first_rows, rows, rows_before_a_break, sorted_out, unread
from forethought.footprint.archives.tally import untabled
from forethought.footprint.item import Record

_DATE_URL = (("date", re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?( UTC)?")),)
_LINK = re.compile(r"https?://\S*linkedin\.com/(feed|posts|pulse)/\S*")
SHEETS: tuple[Sheet, ...] = (
    Sheet(
        "posts",
        ("date", "sharelink", "sharecommentary"),
        "shares",
        shapes=(
            *_DATE_URL,
            ("sharelink", _LINK),
            ("visibility", re.compile(r"[A-Z]+(_[A-Z]+)*")),
            ("sharecommentary", re.compile(r"(?!https?://\S+$).*", re.DOTALL)),
        ),
        full=frozenset({"date", "sharelink", "visibility"}),
    ),
    Sheet(
        "comments",
        ("date", "link", "message"),
        "comments",
        shapes=(*_DATE_URL, ("link", _LINK), ("message", re.compile(r"(?![A-Z_]+$).*", re.DOTALL))),
        full=frozenset({"date", "link", "message"}),
    ),
    Sheet("reactions", ("date", "type", "link"), "reactions"),
    Sheet("votes", ("date", "link"), "votes", named=True),
    Sheet("profile", ("firstname", "lastname", "headline"), "profile"),
    Sheet("positions", ("companyname", "title", "startedon"), "positions"),
    Sheet("education", ("schoolname", "startdate"), "education"),
    Sheet("volunteering", ("companyname", "role"), "volunteering"),
    Sheet("projects", ("title", "description"), "projects|honors", named=True),
    Sheet("publications", ("name",), "publications|certifications|courses|organizations|patents", named=True),
    Sheet("skills", ("name",), "skills|languages|testscores", named=True),
    Sheet("recommendations received", ("firstname", "lastname", "text", "status"), "recommendationsreceived"),
    Sheet("recommendations given", ("firstname", "lastname", "text", "status"), "recommendationsgiven"),
    Sheet("media", ("date/time", "medialink"), "richmedia"),
    Sheet("connections", ("firstname", "lastname", "connectedon"), "connections"),
    Sheet("invitations", ("from", "to", "sentat", "direction"), "invitations"),
    Sheet("follows", ("date", "status", "fullname"), "memberfollows"),
    Sheet("companies", ("organization", "followedon"), "companyfollows"),
    Sheet("endorsements given", ("endorseefirstname", "skillname"), "endorsementgiven.*"),
    Sheet("endorsements received", ("endorserfirstname", "skillname"), "endorsementreceived.*"),
    Sheet("messages", ("conversationid", "from", "date"), "messages"),
    Sheet("logins", ("logindate", "ipaddress"), "logins"),
    Sheet("challenges", ("challengedate", "ipaddress"), "securitychallenges"),
    Sheet("registration", ("registeredat",), "registration"),
    Sheet("history", ("time", "event"), "accountstatushistory"),
    Sheet("inferences", ("category", "typeofinference", "inference"), "inferencesaboutyou"),
    Sheet("e-mail addresses", ("emailaddress", "confirmed"), "emailaddresses"),
    Sheet("telephone numbers", ("number", "type"), "phonenumbers|whatsappphonenumbers"),
    Sheet("searches", ("time", "searchquery"), "searchqueries"),
    Sheet("advertising profile", (), "adtargeting", named=True),
    Sheet("uploaded address book", ("firstname", "lastname"), "contacts|importedcontacts", named=True),
    Sheet("payments", (), "receiptsv?", named=True),
)  # fmt: skip
_BY_NAME = {sheet.name: sheet for sheet in SHEETS}
_COMPLETE = ("posts", "comments", "reactions", "logins", "challenges", "searches", "advertising profile", "inferences")
_TELLING = ("posts", "connections", "invitations", "profile", "messages", "logins", "positions")
_LINKED = ("comments", "reactions")  # told from other platforms' by what they link to
ADVICE = (
    "This is LinkedIn's quick export, which holds no posts and no comments. Ask LinkedIn for the larger data archive, "
    "which takes about a day."
)


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None."""
    held = sorted_out(files, SHEETS)
    found = [name for name in _TELLING if held[name]] + [name for name in _LINKED if any(map(_links, held[name]))]
    if not found:
        return None
    complete = any(held[name] for name in _COMPLETE)
    missing = tuple(name for name in ("posts", "comments", "profile", "connections") if not held[name])
    return Recognition(
        "linkedin",
        f"{_era(held['posts'] + held['logins'])}, {'complete' if complete else 'basic'}",
        "csv",
        min(0.98, 0.7 + 0.07 * len(found)),
        tuple(member.name for name in found for member in held[name]),
        language="en" if all(map(_english, held["posts"] + held["comments"])) else "unknown",
        account=_owner(held["profile"]),
        missing=missing,
        advice="" if complete else ADVICE,
    )


def _links(member: Member) -> bool:
    return any(_LINK.fullmatch(cell) for row in first_rows(member) for cell in row)


def _era(members: list[Member]) -> str:
    """Return the generation: to about 2019 some tables are UTF-16, and a post has its link's title and description."""
    old = any(encoding_of(member.start(400)) != "utf-8-sig" or "sharetitle" in _folded(member) for member in members)
    return "2018" if old else "since 2020"


def _folded(member: Member) -> set[str]:
    return {fold_header(cell) for row in first_rows(member)[:1] for cell in row}


def _english(member: Member) -> bool:
    return "date" in _folded(member)


def _owner(profiles: list[Member]) -> str:
    for member in profiles:
        for record in rows_before_a_break(member, _BY_NAME["profile"]):
            return full_name(record)
    return ""


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that the tables and articles hold."""
    held = sorted_out(files, SHEETS)
    reader = Reader(options, options.owner or found.account)
    for name, maker in reader.makers().items():
        records = written if name in ("posts", "comments") else rows
        told = table(name, held[name], partial(records, sheet=_BY_NAME[name]), maker)
        if name == "messages":
            told = reader.talks.told(told)
        yield from untabled(told) if name in PRIVATE else told
    yield from table("articles", files.matching(r"articles/.*\.html?"), article, articled)
    yield from reader.dropped.told()
    yield from unread(files, held)


LINKEDIN = Platform("linkedin", "LinkedIn", recognise, read)
