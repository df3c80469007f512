"""Reading many hostile posts out of what people paste and export: right in the usual shapes, whole in any."""

import csv
import io
import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.pileon.model import (
    MOST_BYTES,
    MOST_POSTS,
    Found,
    NothingFoundError,
    NotTextError,
    TooLargeError,
    TooManyPostsError,
)
from forethought.incidents.pileon.pasted import read_paste
from forethought.incidents.pileon.reading import read_posts
from forethought.incidents.pileon.records import read_json
from forethought.incidents.pileon.tables import read_table

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)
BOB, ANN = ("bob", "You are a fraud"), ("ann", "Go away")


def told(found: Found) -> list[tuple[str, str]]:
    """Return who said what."""
    return [(post.handle, post.words) for post in found.posts]


@pytest.mark.parametrize(
    "source",
    [
        "@bob: You are a fraud\n@ann: Go away\n",
        "@bob (2h): You are a fraud\n@ann (3h): Go away",
        "bob · 2h\nYou are a fraud\n\nann · 3h\nGo away\n",
        "Bob B. @bob · 2h\nYou are a fraud\n12\n3\nAnn @ann · 3h\nGo away\n1.2K\n",
        "Bob B\n@bob\n·\n2m\nYou are a fraud\n12\n3\nAnn O\n@ann\n·\n3m\nGo away\n12\n3\n",
        "bob · 2h\nFollow\nYou are a fraud\n\nann · 3h\nFollow\nGo away\n",
        "Bob B\n@bob\n·\n2h\nYou are a fraud\n12\nAnn O\n@ann\n·\n3h\nGo away\n",
        "@bob\n2 hours ago\nYou are a fraud\n12\nReply\n@ann\n3 hours ago (edited)\nGo away\nReply\n",
        "bob\n2h\nYou are a fraud\nann\n3h\nGo away\n",
        "bob\nYou are a fraud\n2h\nLike\nReply\n\nann\nGo away\n3h\nLike\nReply\n",
        "bob\r\n21:04 · 29 Nov 2026\r\nYou are a fraud\r\n\r\nann\r\n29/11/2026 21:09\r\nGo away\r\n",
        "bob: You are a fraud\nann: Go away\n",
        "@bob - You are a fraud\n@ann - Go away\n",
        "@bob\tYou are a fraud\n@ann\tGo away\n",
        "[29/11/2026, 21:04:05] bob: You are a fraud\n[29/11/2026, 21:05:05] ann: Go away\n",
        "handle,date,text\nbob,2026-11-29T10:00:00Z,You are a fraud\n@ann,2026-11-29,Go away\n",
        '\ufeffAuthor;Created;Message;Likes\nbob;29/11/2026 10:00;"You are a fraud";3\nann;;Go away;1\n',
        "Comment\tUser\nYou are a fraud\tbob\nGo away\tann\n",
        '[{"author": "bob", "text": "You are a fraud"}, {"user": {"username": "ann"}, "message": "Go away"}]',
        '{"count": 2, "data": {"posts": [{"handle": "bob", "body": "You are a fraud"}, {"handle": "@ann", '
        '"comment": "Go away"}]}}',
        '{"handle": "bob", "text": "You are a fraud"}\n{"handle": "ann", "text": "Go away"}\n',
    ],
)
def test_the_usual_shapes(source: str) -> None:
    """Each usual shape gives the same two posts, nothing left, in one encoding as in another."""
    for given_as in (source, source.encode(), source.encode("utf-16")):
        found = read_posts(given_as, NOW)
        assert ([BOB, ANN], ()) == (told(found), found.left)


def test_names_in_two_words() -> None:
    """A list of names of people, each with their words in the same line, is read as that."""
    found = read_posts("Bob Hill: You are a fraud\nAnn O'Field: Go away\n", NOW)
    assert [("Bob Hill", "You are a fraud"), ("Ann O'Field", "Go away")] == told(found)


@pytest.mark.parametrize("source", ["@bob\n@ann\n@sam\n", "Bob Hill\nA fraud\n· Reply · 2d\nAnn\nGo\n· Reply · 1d\n"])
def test_no_words_are_put_under_another_name(source: str) -> None:
    """A list of names alone, and one whose buttons stand with the time, give no post rather than a wrong one."""
    found = read_paste(source, NOW)
    assert () == found.posts
    assert len(source.split("\n")) - 1 == len(found.left)


@pytest.mark.parametrize(
    ("said", "ago"),
    [
        ("just now", timedelta(0)), ("5 min ago", timedelta(minutes=5)), ("2h", timedelta(hours=2)),
        ("an hour ago", timedelta(hours=1)), ("3d", timedelta(days=3)), ("1 week ago", timedelta(weeks=1)),
        ("yesterday at 21:04", timedelta(hours=14, minutes=56)), ("Nov 29", timedelta(hours=36)),
        ("30 November at 9:30 am", timedelta(hours=2, minutes=30)),
        ("Sunday, 29 November 2026 at 12:00", timedelta(days=1)), ("2026-11-30T12:30:00+01:00", timedelta(minutes=30)),
        ("9:00 PM · Nov 29, 2026", timedelta(hours=15)), ("29/11/2026, 12:00", timedelta(days=1)),
        ("11/29/26, 12:00 PM", timedelta(days=1)),
    ],
)  # fmt: skip
def test_times(said: str, ago: timedelta) -> None:
    """Times in words and numbers are placed, relative ones back from the moment of reading."""
    (post,) = read_posts(f"@bob\n{said}\nYou are a fraud\n", NOW).posts
    assert (NOW - ago, said) == (post.at, post.said)


@pytest.mark.parametrize(("day_first", "day"), [(None, None), (True, 4), (False, 3)])
def test_a_date_that_could_be_two(day_first: bool | None, day: int | None) -> None:
    """No time is set for 4/3/2026 until the person says which comes first, and the list says that it is open."""
    found = read_posts("@bob\n4/3/2026 10:00\nYou are a fraud", NOW, day_first)
    assert day == (found.posts[0].at and found.posts[0].at.day)
    assert (day is None) == any("could not be placed" in note for note in found.notes)


def test_a_time_without_a_zone_is_the_reader_s_own() -> None:
    """A clock without a zone is taken as that of the given now, and this is told."""
    here = NOW.astimezone(timezone(timedelta(hours=2)))
    found = read_posts("@bob\n29 Nov 2026 10:00\nYou are a fraud", here)
    assert datetime(2026, 11, 29, 8, 0, tzinfo=UTC) == found.posts[0].at
    assert any("no time zone" in note for note in found.notes)


def test_words_are_put_under_nobody_else_s_name() -> None:
    """A paragraph after an empty line, with no account, is told as left and joined to no post."""
    found = read_posts("@bob: You are a fraud\n\nWho knows who wrote this.\n", NOW)
    assert [BOB] == told(found)
    assert ["line 3: no account is named with “Who knows who wrote this.”"] == list(found.left)


def test_what_a_record_tells_of_an_account() -> None:
    """The number of an account, the address and the exact source of a record are kept."""
    record = '{"author": {"handle": "bob", "id": 77}, "time": 1795946400, "text": "Hm", "url": "https://example.org/1"}'
    (post,) = read_posts(f'{{"posts": [ {record} ]}}', NOW).posts
    assert ("77", "https://example.org/1", record) == (post.account_id, post.address, post.raw)
    assert datetime(2026, 11, 29, 10, 0, tzinfo=UTC) == post.at


def test_broken_json_gives_what_is_whole() -> None:
    """What stands before and after a break is read, and the line of the break is told."""
    found = read_posts('{"handle": "bob", "text": "One"}\n{"handle": "an\n{"handle": "cy", "text": "Two"}\n', NOW)
    assert [("bob", "One"), ("cy", "Two")] == told(found)
    assert ["line 2"] == [each[:6] for each in found.left]


def test_an_open_quotation_mark_swallows_nothing() -> None:
    """A row with a quotation mark left open is told, and the rows below it are read."""
    rows = "".join(f"name{n},text {n}\n" for n in range(5))
    found = read_posts(f'handle,text\nbob,"You are\n{rows}', NOW)
    assert (5, ["line 2: a quotation mark is not closed here"]) == (len(found.posts), list(found.left))


@pytest.mark.parametrize(
    ("source", "error"),
    [
        ("", NothingFoundError), ("\n \n", NothingFoundError), ("Just a sentence of nobody.", NothingFoundError),
        ("[]", NothingFoundError), (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", NotTextError),
        ("a" * MOST_BYTES, NothingFoundError),
        (b"a" * (MOST_BYTES + 1), TooLargeError), ("@a: b\n" * (MOST_POSTS + 1), TooManyPostsError),
    ],
    ids="empty|blank|no account|no record|a picture|one long line|too large|too many".split("|"),
)  # fmt: skip
def test_what_cannot_be_read(source: bytes | str, error: type[Exception]) -> None:
    """Each mistake has its own error, with what to do about it."""
    with pytest.raises(error, match=r"\. Keep|Paste each"):
        read_posts(source, NOW)


PIECES = st.sampled_from(
    ["@bob", "Bob B", "@ann: hello", "2h", "·", "12", "Reply", "", " ", "You fraud", "bob · 3d", "12:30", "4/5/2026",
     "a: b", "3m", "https://example.org/bob/1", "Who? @cy", "[29/11/2026, 21:04] Al: hm", "30 Feb 2026",
     "99/99/9999 99:99"]
)  # fmt: skip
LISTS = st.lists(st.one_of(PIECES, st.text(max_size=30)), max_size=25)


def filled(source: str) -> list[str]:
    """Return the lines that say something."""
    return [line for line in source.splitlines() if line.strip()]


@given(LISTS, st.sampled_from(["\n", "\r\n"]))
def test_no_line_of_a_paste_is_lost(lines: list[str], end: str) -> None:
    """Each line lies in one post's source or is told as left, and every post's words lie in the list."""
    source = end.join(lines)
    found = read_paste(source, NOW)
    assert len(filled(source)) == sum(len(filled(post.raw)) for post in found.posts) + len(found.left)
    assert all(post.words.strip() and post.words in post.raw and post.raw in source for post in found.posts)


@given(st.lists(st.tuples(st.text(max_size=8), st.text(max_size=12)), min_size=1, max_size=12), st.sampled_from(",;\t"))
def test_no_row_of_a_table_is_lost(rows: list[tuple[str, str]], delimiter: str) -> None:
    """Each row of a well-formed table is a post, or is told as left."""
    stream = io.StringIO(newline="")
    csv.writer(stream, delimiter=delimiter, quoting=csv.QUOTE_ALL).writerows([("handle", "text"), *rows])
    found = read_table(stream.getvalue(), NOW)
    assert found is not None
    assert len(rows) == len(found.posts) + len(found.left)
    assert [words.strip() for _, words in rows if words.strip()] == [post.words for post in found.posts]


VALUES = st.recursive(st.none() | st.booleans() | st.integers() | st.text(max_size=8), st.lists, max_leaves=3)
RECORDS = st.dictionaries(st.sampled_from(["handle", "text", "time", "url", "replies", "other"]), VALUES)


@given(st.lists(RECORDS, max_size=8))
def test_no_record_is_lost(records: list[dict[str, object]]) -> None:
    """Each record of a list is a post whose source gives it again, or is told as left."""
    found = read_json(json.dumps(records, indent=1), NOW)
    assert len(records) == len(found.posts) + sum("inside" not in each for each in found.left)
    assert all(json.loads(post.raw) in records for post in found.posts)


@given(st.text(max_size=200) | st.binary(max_size=200) | st.text('[]{}",:@a1\n ', max_size=60))
def test_nothing_breaks_the_reading(source: bytes | str) -> None:
    """Whatever is given, there are posts or one of the plain errors."""
    with suppress(NothingFoundError, NotTextError):
        assert read_posts(source, NOW).posts
