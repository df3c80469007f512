"""The audit without a vault: posts as they are read, what combines at the end, and all of it as data and as a page."""

import json
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from exports import zipped
from timelines import BREACH, QUIET, TOLD, numbered, timeline, tweets

from forethought.documents import Document
from forethought.documents.html import html
from forethought.footprint.archives import Options, UnknownArchiveError
from forethought.footprint.archives.platform import Recognition
from forethought.footprint.guess import Given, Guess
from forethought.footprint.item import Item, Pointer, Problem, Removed, Table
from forethought.footprint.reporting import (
    WORST,
    Audit,
    Found,
    contents,
    document,
    guess_record,
    look,
    records,
    thread_record,
)
from forethought.guidance import load

WEAVER = (
    "My Tuesday client, a weaver from Hawick, brought her loom shuttle in and wept about her son.",
    QUIET,
    "Still thinking of the weaver. She told me that the loom has stood empty since her husband's funeral.",
)
PROFILE = {"name": "Asha Venn", "role": "trainee", "account": "personal", "location": "Hawick"}


def audit(**usual: str) -> Audit:
    """Return an audit that nothing was read in."""
    return Audit(load(), "learned", usual)


def audited(path: Path, **usual: str) -> tuple[Audit, list[dict[str, Any]]]:
    """Return an audit that is done, and the records of its posts."""
    made = audit(**usual)
    return made, list(made.posts([path], Options()))


def shown(made: Document) -> str:
    """Return a document as the page that a person reads."""
    return unescape(html(made))


@pytest.fixture
def weaver(tmp_path: Path) -> Path:
    """A timeline of three posts, two of them about a weaver."""
    return timeline(tmp_path / "posts.json", WEAVER, PROFILE)


class TestPosts:
    def test_a_record(self, tmp_path: Path) -> None:
        """A post's record says what it is, when it was made, and what was found, as data that can be written."""
        _, (record,) = audited(timeline(tmp_path / "posts.json", [BREACH]))
        fields = {"id", "text", "created", "platform", "verdict", "findings", "reader"}
        assert fields == record.keys()
        assert ("0", BREACH, "2024-01-01T08:00:00+00:00", "plain", "stop") == tuple(
            record[name] for name in ("id", "text", "created", "platform", "verdict")
        )
        assert record == json.loads(json.dumps(record))

    def test_they_stream(self, tmp_path: Path) -> None:
        """Each post comes as soon as it was read: after the first, the others have not been looked at."""
        made = audit()
        posts = made.posts([timeline(tmp_path / "posts.json", [BREACH, QUIET, BREACH])], Options())
        assert isinstance(posts, Iterator)
        assert "0" == next(posts)["id"]
        assert ["0"] == [each.id for each in made.told]
        assert ["1", "2"] == [each["id"] for each in posts]

    def test_it_tells_how_far_it_is(self, weaver: Path) -> None:
        """What was read is told item by item, the profile among them."""
        told: list[int] = []
        assert 3 == len(list(audit().posts([weaver], Options(), told.append)))
        assert [1, 2, 3, 4] == told

    def test_what_is_not_reviewed(self, tmp_path: Path) -> None:
        """A post without words is not reviewed."""
        _, found = audited(timeline(tmp_path / "posts.json", ["", QUIET, " \n"]))
        assert [QUIET] == [each["text"] for each in found]

    def test_an_export_that_is_not_known(self, tmp_path: Path) -> None:
        """A file that is no export is refused by its name, with what to give instead."""
        path = tmp_path / "song.bin"
        path.write_bytes(b"la la la")
        with pytest.raises(UnknownArchiveError, match=r"song\.bin is not an export.*Give the zip"):
            list(audit().posts([path], Options()))


class TestThreads:
    def test_a_thread_as_data(self, weaver: Path) -> None:
        """A thread's record names its posts, details, pair, estimate and the smallest change, as data."""
        made, _ = audited(weaver)
        (record,) = map(thread_record, made.threads())
        assert ["0", "2"] == record["posts"]
        assert (True, True) == (record["identifying"], record["recognise_themselves"])
        assert {"low", "high", "basis"} == record["estimate"].keys()
        assert "people in Hawick" in record["estimate"]["basis"][0]
        assert {"post": "0", "words": "weaver", "kind": "job"} in record["details"]
        assert {"words": "weaver", "kind": "job"} in record["pair"]
        assert "“weaver”" in record["loosen"]
        assert "weaver" in record["about"]
        assert record == json.loads(json.dumps(record))

    def test_exact_words(self, weaver: Path) -> None:
        """Every detail stands in the post that it is said to stand in."""
        made, rows = audited(weaver)
        texts = {row["id"]: row["text"] for row in rows}
        (record,) = map(thread_record, made.threads())
        assert all(each["words"] in texts[each["post"]] for each in record["details"])

    @pytest.mark.parametrize("texts", [(), (BREACH,), (QUIET, QUIET), (BREACH, BREACH)])
    def test_none(self, tmp_path: Path, texts: tuple[str, ...]) -> None:
        """No posts, one post, and the same post twice hold no thread."""
        made, _ = audited(timeline(tmp_path / "posts.json", texts))
        assert [] == made.threads()


class TestGuesses:
    def test_a_guess_as_data(self) -> None:
        """What can be learned is a topic and words, each with its post."""
        guess = Guess("Your health", (Given("asthma", "3"),))
        assert {"topic": "Your health", "given": [{"post": "3", "words": "asthma"}]} == guess_record(guess)

    def test_own_details(self, tmp_path: Path) -> None:
        """What the author tells of themselves and their family is found with its words and its post."""
        made, _ = audited(timeline(tmp_path / "posts.json", ["My mum taught at the school in Hawick.", QUIET]))
        given = {(each.words, each.post) for guess in made.guesses() for each in guess.given}
        assert ("My mum", "0") in given
        assert all(guess.given for guess in made.guesses())

    def test_nothing(self, tmp_path: Path) -> None:
        """Posts that tell nothing of their author give nothing away."""
        made, _ = audited(timeline(tmp_path / "posts.json", ["Herons."]))
        assert [] == made.guesses()


class TestContents:
    def test_what_is_there(self, weaver: Path) -> None:
        """What an export holds is counted by kind without a review, and is data that can be written."""
        (found,) = look([weaver], Options())
        record = found.record()
        assert {"profile": 1, "post": 3} == record["items"]
        assert ("plain", "json", 0.6) == (record["platform"], record["form"], record["confidence"])
        assert [] == record["problems"]
        assert record == json.loads(json.dumps(record))

    def test_what_was_not_read(self) -> None:
        """What is not in an export, left out or broken is told, and never with its values."""
        found = Found(Recognition("x", "2024", "js", 0.9, ()), "X")
        for each in (
            Table("likes", "absent"), Table("ads", "empty"), Table("drafts", "unreadable"),
            Removed(Pointer("", "a.js"), "phone", 2), Removed(Pointer("", "b.js"), "phone", 1_200),
            Problem(Pointer("", "a.js", "/3"), "no text"),
        ):  # fmt: skip
            found.take(each)
        record, text = found.record(), shown(contents([found]))
        assert {"phone": 1_202} == record["removed"]
        assert [{"member": "a.js", "locator": "/3", "what": "no text"}] == record["problems"]
        assert [("likes", "absent"), ("ads", "empty"), ("drafts", "unreadable")] == [
            (table["name"], table["state"]) for table in record["tables"]
        ]
        for words in (
            "Not in it: likes.", "There, and empty: ads.", "Could not be read: drafts.", "phone (1,202)",
            "1 record could not be read.",
        ):  # fmt: skip
            assert words in text

    def test_a_page(self, tmp_path: Path) -> None:
        """The page of contents names the platform, how sure that is, and how many items of each kind there are."""
        text = shown(contents(look([tweets(tmp_path / "x.zip", range(3))], Options())))
        assert "3 of kind post" in text
        assert "% sure" in text

    def test_an_unknown_file(self, tmp_path: Path) -> None:
        """A zip of something else is refused."""
        with pytest.raises(UnknownArchiveError):
            look([zipped(tmp_path / "songs.zip", {"song.bin": b"la"})], Options())

    def test_items_come_one_by_one(self, weaver: Path) -> None:
        """Reading stops where the person stops, and what was met so far was counted."""
        found: list[Found] = []
        items = records([weaver], Options(), found)
        assert isinstance(next(items), Item)
        assert {"profile": 1} == found[0].kinds


class TestPage:
    def test_the_whole(self, weaver: Path) -> None:
        """The page counts verdicts, names the thread with its smallest change, and quotes the gravest posts."""
        made, rows = audited(weaver)
        text = shown(document(made, rows))
        for words in (
            "What is already out there",
            "Posts that tell of one person together",
            "Posts 0, 2.",
            "The smallest change: take out",
            "could tell who is meant",
            "Still thinking of the weaver.",
        ):
            assert words in text

    def test_the_gravest_first(self, tmp_path: Path) -> None:
        """Posts to be stopped come before others, clear ones are not shown, and no more than a page holds."""
        path = timeline(tmp_path / "posts.json", [*numbered(3), *(f"{BREACH} [{n}]" for n in range(WORST + 4))])
        made, rows = audited(path)
        text = shown(document(made, rows))
        assert WORST == text.count("Stop: ")
        assert f"{sum(row['verdict'] != 'clear' for row in rows) - WORST} more posts" in text
        assert QUIET not in text

    def test_no_posts(self, tmp_path: Path) -> None:
        """An audit of nothing is a page that says so in figures."""
        made, rows = audited(timeline(tmp_path / "posts.json", []))
        text = shown(document(made, rows))
        assert "What is already out there" in text
        assert "together" not in text

    def test_a_stranger(self, tmp_path: Path) -> None:
        """What a stranger learns stands there in the author's own words."""
        made, rows = audited(timeline(tmp_path / "posts.json", ["My mum taught at the school in Hawick.", *TOLD[1:2]]))
        text = shown(document(made, rows))
        assert "A stranger learns: your family and the people close to you" in text
        assert "My mum" in text
