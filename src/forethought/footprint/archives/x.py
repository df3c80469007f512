"""X, once Twitter: every generation of its archive, from the monthly files to today's manifest and parts."""

import codecs
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import PurePosixPath

from forethought.footprint.archives import x_posts, x_talks
from forethought.footprint.archives.counted import counted
from forethought.footprint.archives.decode import csv_rows, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.jsonlist import json_list
from forethought.footprint.archives.pictures import Pictures
from forethought.footprint.archives.platform import BROKEN, ODD, Options, Platform, Recognition
from forethought.footprint.archives.values import many, text, within
from forethought.footprint.archives.x_facts import FACTS, facts, old_profile, profile
from forethought.footprint.item import UNKNOWN, Audience, Kind, Problem, Record

MOST_SMALL = 4 * 2**20  # bytes of a file of settings
PAGE = "your archive.html"
POSTS, MONTHS, ROWS, DETAILS, INDEX, MANIFEST = "tweet", "months", "rows", "userdetail", "tweetindex", "manifest"
WRITINGS: tuple[tuple[str, str, Kind, Audience], ...] = (
    (POSTS, "posts", "post", UNKNOWN),
    ("communitytweet", "community posts", "post", UNKNOWN),
    ("twittercircletweet", "circle posts", "post", Audience("named people", "post", "twitter-circle-tweet.js")),
    ("deletedtweet", "deleted posts", "deleted", UNKNOWN),
)
LONG: tuple[tuple[str, str, Kind], ...] = (
    ("notetweet", "long posts", "post"),
    ("deletednotetweet", "deleted long posts", "deleted"),
)
MORE = (
    ("article", "articles", x_posts.article),
    ("communitynote", "community notes", x_posts.community_note),
    ("like", "likes", x_posts.like),
)
TALKS = (
    ("directmessage", "directmessageheader", "messages"),
    ("directmessagesgroup", "directmessagegroupheader", "group messages"),
)
ALIASES = {"directmessagegroup": "directmessagesgroup", "directmessagesheader": "directmessageheader"}
OTHERS = ("profile", "grokchatitem", "deletedtweetheader", MONTHS, ROWS, DETAILS, INDEX, MANIFEST)
KNOWN = {*FACTS, *OTHERS, *(row[0] for row in WRITINGS + LONG + MORE), *(kind for row in TALKS for kind in row[:2])}
# Kinds that say nothing for a check: advertising, shops, live audio, and lists of ids that other files hold in full.
LEFT = re.compile(
    r"ad(engagement|impression|mobile|online|free).*|periscope.*|space.*|moment|shop.*|commerce.*|product.*|catalog.*"
    r"|articlemetadata|branchlink.*|communitynote.+|directmessagemute|twitter(shop|article|circle).*|tweetheader"
    r"|tweetdeck.*|tweetmedia|userlinkclick.*|accountlabel|smartblock.*|audiovideocall.*|jobsapplicant.*"
)
_YTD = re.compile(rb"\s*(?:window\.)?YTD\.(\w+)\.part\d+\s*=")
_MONTH = re.compile(rb"\s*Grailbird\.data\.tweets_\d{4}_\d\d\s*=")
_CONFIG = re.compile(rb"\s*window\.__THAR_CONFIG\s*=")
_VAR = re.compile(rb"\s*var\s+(user_details|tweet_index)\s*=")
_WRAPPED = re.compile(rb"[^\[{]*\[\s*\{\s*\"tweet\"\s*:")
_IN_PARTS = re.compile(rb'"isPartialArchive"\s*:\s*true')
_HANDLE = re.compile(rb'"(?:userName|username|screen_name)"\s*:\s*"(\w+)"')
_NUMBER = re.compile(rb'"(?:accountId|id)"\s*:\s*"(\d+)"')
_PART = re.compile(r"([-_ ]part\d+|\s*\(\d+\))+$")
_MEDIUM = re.compile(r"(?:^|/)(\d+-[^/]+\.(?:jpe?g|png|gif|webp|mp4|mov))$")
_NOT_OF_POSTS = re.compile(r"direct_message|profile_media|moments_")

Held = dict[str, list[Member]]


def sorted_out(files: Files) -> Held:
    """Return the files of each kind of record."""
    held: Held = defaultdict(list)
    for member in files:
        if kind := kind_of(member):
            held[kind].append(member)
    return held


def kind_of(member: Member) -> str:
    """Return which kind of record a file holds, by the variable that it sets, or else by its name or shape, or none."""
    other = member.base.endswith((".json", ".txt", ".csv")) and "tweet" in member.base
    if not other and not member.base.endswith(".js"):
        return ""
    start = _start(member)
    if variable := _YTD.match(start) or _VAR.match(start):
        return canonical(variable[1].decode())
    if _MONTH.match(start):
        return MONTHS
    return MANIFEST if _CONFIG.match(start) else _by_shape(member, start.lstrip())


def _start(member: Member) -> bytes:
    return member.start().removeprefix(codecs.BOM_UTF8)


def _by_shape(member: Member, start: bytes) -> str:
    """Return the kind of a file that sets no variable, as programs leave that strip it."""
    if member.base.endswith(".csv"):
        return ROWS if b"tweet_id" in start[:40] and b"in_reply_to_status_id" in start else ""
    if not start.startswith((b"[", b"{")):
        return ""
    named = canonical(_PART.sub("", PurePosixPath(member.base).stem))
    if named in KNOWN:
        return named
    return POSTS if b'"id_str"' in start and (b'"full_text"' in start or b'"tweet"' in start[:200]) else ""


def canonical(name: str) -> str:
    """Return the name of a kind of record as it is compared: `tweets`, `tweet` and `Tweets` are one."""
    folded = re.sub(r"[^a-z0-9]", "", name.casefold()).removesuffix("s")
    return ALIASES.get(folded, folded)


def recognise(files: Files) -> Recognition | None:
    """Return which generation of an archive of X the files are, or None."""
    held = sorted_out(files)
    sure = [members[0] for members in held.values() if _sets_variable(members[0])]
    evidence = sure or [member for kind in (POSTS, ROWS) for member in held[kind]]
    if not evidence:
        return _page_only(files)
    lacking = _lacking(files, held)
    return Recognition(
        "x",
        _generation(held),
        "csv" if all(kind == ROWS for kind, members in held.items() if members) else "json",
        0.97 if sure else 0.6,
        tuple(member.name for member in evidence[:3]),
        account=_told(held, _HANDLE),
        missing=lacking,
        advice=_advice(held, lacking),
    )


def _sets_variable(member: Member) -> bool:
    start = _start(member)
    return any(form.match(start) for form in (_YTD, _MONTH, _CONFIG))


def _page_only(files: Files) -> Recognition | None:
    """Return what the page that shows an archive is taken for, where it came without the archive."""
    page = next((member.name for member in files if member.base == PAGE), "")
    advice = "This page only shows an archive. Give the whole zip that X sent, with its folder named data."
    return Recognition("x", "unknown", "html", 0.5, (page,), missing=("tweets.js",), advice=advice) if page else None


def _generation(held: Held) -> str:
    if not held[POSTS]:
        return "to 2018" if held[MONTHS] or held[ROWS] else "since 2020" if held[MANIFEST] else "unknown"
    start = _start(held[POSTS][0])
    variable = _YTD.match(start)
    if variable and variable[1] == b"tweets":
        return "since 2022"
    return "2020 to 2022" if _WRAPPED.match(start) else "2018 to 2020"


def _told(held: Held, wanted: re.Pattern[bytes]) -> str:
    """Return the person's handle or number, by the first file that tells it."""
    starts = (member.start() for kind in (MANIFEST, "account", DETAILS) for member in held[kind])
    return next((found[1].decode() for start in starts if (found := wanted.search(start))), "")


def _lacking(files: Files, held: Held) -> tuple[str, ...]:
    """Return the files that a manifest lists and that are not there under any name, or else the posts, if none are."""
    listed = [(name, kind) for name, kind, count in _listed(held[MANIFEST]) if count]
    if not listed:
        return () if held[POSTS] or held[MONTHS] or held[ROWS] else ("tweets.js",)
    there = {member.base for member in files}
    parts = Counter(kind for _, kind in listed)
    absent = (name for name, kind in listed if len(held[kind]) < parts[kind])
    return tuple(name for name in absent if PurePosixPath(name).name.casefold() not in there)


def _advice(held: Held, lacking: tuple[str, ...]) -> str:
    if any(_IN_PARTS.search(member.start()) for member in held[MANIFEST]):
        return "X sent this archive in several parts: give all of them together."
    if any("tweet" in name for name in lacking):
        return "Posts are missing: give the whole zip as X sent it, with all of its parts."
    return ""


def _listed(manifests: Iterable[Member]) -> list[tuple[str, str, int]]:
    """Return the name, kind and count of each file that the manifests list; one request's manifest counts once."""
    found: dict[tuple[str, str], tuple[str, str, int]] = {}
    for member in manifests:
        try:
            content = json_whole(member)
            asked = text(within(content, "archiveInfo", "generationDate"))
            for kind in (within(content, "dataTypes") or {}).values():
                for file in many(within(kind, "files")):
                    row = _listing(file)
                    found[asked, row[0]] = row
        except (*BROKEN, *ODD):
            continue
    return list(found.values())


def _listing(file: object) -> tuple[str, str, int]:
    name, variable = text(within(file, "fileName")), text(within(file, "globalName")).split(".")
    return name, canonical(variable[1] if len(variable) > 1 else variable[0]), int(text(within(file, "count")) or 0)


def _counts(held: Held) -> dict[str, int]:
    """Return how many records of each kind the manifests promise."""
    counts: Counter[str] = Counter()
    for _, kind, count in _listed(held[MANIFEST]):
        counts[kind] += count
    return dict(counts)


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything that an archive holds."""
    held = sorted_out(files)
    said = _counts(held)
    media = (member for member in files if not _NOT_OF_POSTS.search(member.folded))
    pictures = Pictures(media, lambda name: part[1] if (part := _MEDIUM.search(name)) else "")
    long = x_posts.LongPosts(held["notetweet"] + held["deletednotetweet"])
    yield from counted("profile", held["profile"], json_list, profile, said.get("profile"))
    if held[DETAILS]:
        yield from counted("profile, first generation", map(_without_var, held[DETAILS]), json_list, old_profile)
    yield from _writings(held, said, x_posts.Timeline(_told(held, _HANDLE), long, pictures))
    for kind, fact in FACTS.items():
        yield from counted(fact.name, held[kind], json_list, partial(facts, fact), said.get(kind))
    yield from counted("networks", held["ipaudit"], x_talks.networks, x_talks.network)
    yield from _talks(held, said, _told(held, _NUMBER), options.own_messages)
    yield from pictures.table()
    yield from _not_known(held)


def _without_var(member: Member) -> Member:
    """Return a small file of the first generation without the word `var` that it begins with."""

    def opened() -> io.BytesIO:
        with member.open() as stream:
            return io.BytesIO(re.sub(rb"\A\s*var\s+", b"", stream.read(MOST_SMALL)))

    return replace(member, opened=opened)


def _writings(held: Held, said: dict[str, int], timeline: x_posts.Timeline) -> Iterator[Record]:
    """Yield everything that the person wrote, and what they liked."""
    first = held[MONTHS] or held[ROWS]
    for kind, name, becomes, audience in WRITINGS:
        if held[kind] or kind != POSTS or not first:
            items = partial(x_posts.post, timeline, becomes, audience)
            yield from counted(name, held[kind], json_list, items, said.get(kind))
    if first:
        yield from _first_generation(held, timeline)
    for kind, name, becomes in LONG:
        items = partial(x_posts.long_post, timeline, becomes)
        yield from counted(name, held[kind], json_list, items, said.get(kind))
    if held["deletedtweetheader"] and not held["deletedtweet"]:
        yield from counted("deleted posts without words", held["deletedtweetheader"], json_list, x_posts.gone)
    for kind, name, maker in MORE:
        yield from counted(name, held[kind], json_list, maker, said.get(kind))


def _first_generation(held: Held, timeline: x_posts.Timeline) -> Iterator[Record]:
    """Yield the posts of the first generation: from its monthly files, or else from its table."""
    post = partial(x_posts.post, timeline, "post", UNKNOWN)
    name = "posts, first generation" if held[POSTS] else "posts"
    if held[MONTHS]:
        promised = sum(count for member in held[INDEX] for count in _month_counts(member))
        yield from counted(name, held[MONTHS], json_list, post, promised or None)
    else:
        yield from counted(name, held[ROWS], csv_rows, lambda row, pointer: post(x_posts.from_row(row), pointer))


def _month_counts(member: Member) -> list[int]:
    try:
        return [int(within(month, "tweet_count") or 0) for _, month in json_list(_without_var(member))]
    except (*BROKEN, *ODD):
        return []


def _talks(held: Held, said: dict[str, int], account: str, own_words: bool) -> Iterator[Record]:
    """Yield the private conversations; the files without words are enough unless own words were asked for."""
    for full, headers, name in TALKS:
        wanted, other = (full, headers) if own_words else (headers, full)
        kind = wanted if held[wanted] else other
        yield from counted(name, held[kind], json_list, partial(x_talks.talk, account, own_words), said.get(kind))
    asked = held["grokchatitem"]
    yield from counted("talks with the assistant", asked, x_talks.assistant_talks, x_talks.assistant_talk)
    if own_words:
        yield from counted("own words to the assistant", asked, json_list, x_talks.prompt, said.get("grokchatitem"))


def _not_known(held: Held) -> Iterator[Problem]:
    """Yield a problem for each file that is not empty and of a kind that is not known."""
    for kind, members in held.items():
        if kind not in KNOWN and not LEFT.fullmatch(kind):
            strange = (member for member in members if b"{" in member.start())
            yield from (Problem(member.at(), "a kind of record that is not known") for member in strange)


X = Platform("x", "X", recognise, read)
