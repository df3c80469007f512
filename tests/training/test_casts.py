"""The casts and timelines: every record whole, every detail in its post, and no text twice anywhere."""

import json
from collections import Counter
from datetime import datetime
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from forethought.reading import ACCOUNTS, PLATFORMS, ROLES

FOLDER = Path(__file__).parents[2] / "training"
CASTS, TIMELINES = sorted((FOLDER / "casts").glob("*.jsonl")), sorted((FOLDER / "timelines").glob("*.json"))
FIELDS = {"cast", "role", "account", "platform", "person", "kind", "about", "identifying", "text"}
KINDS = {"person", "once", "own-family", "friend", "invented", "public", "fiction", "ordinary"}
FIVE = tuple("abcde")


def lines(path: Path) -> list[dict[str, Any]]:
    """Return the records of a file."""
    return list(map(json.loads, path.read_text(encoding="utf-8").splitlines()))


@cache
def casts() -> dict[str, list[dict[str, Any]]]:
    """Return the posts of each cast, where they stand together."""
    every = [post for path in CASTS for post in lines(path)]
    runs = [(name, list(run)) for name, run in groupby(every, key=lambda post: post["cast"])]
    assert len(runs) == len(dict(runs))
    return dict(runs)


def folded(text: str) -> str:
    """Return a text as it is compared: without capitals and spaces."""
    return " ".join(text.casefold().split())


def timeline(path: Path) -> dict[str, Any]:
    """Return a timeline."""
    held: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return held


class TestCasts:
    def test_there_are_enough(self) -> None:
        """There are dozens of casts by several hands."""
        assert len(CASTS) >= 6
        assert len(casts()) >= 80

    def test_records(self) -> None:
        """Every record has every field, a setting that a draft may have, a kind and words."""
        for post in (post for cast in casts().values() for post in cast):
            assert FIELDS == post.keys()
            assert post["kind"] in KINDS
            assert post["role"] in ROLES
            assert post["account"] in ACCOUNTS
            assert post["platform"] in PLATFORMS
            assert post["text"].strip()

    def test_five_persons(self) -> None:
        """A cast has five persons with three to five posts each."""
        for name, cast in casts().items():
            posts = Counter(post["person"] for post in cast if post["person"])
            assert set(FIVE) == posts.keys(), name
            assert {3, 4, 5} >= set(posts.values()), name

    def test_whom_a_post_is_about(self) -> None:
        """A post about one of the five says whom, the same every time, and no other post is about one of them."""
        for name, cast in casts().items():
            for person in FIVE:
                mine = [post for post in cast if post["person"] == person]
                assert 1 == len({(post["about"], post["identifying"]) for post in mine}), name
                assert all(post["about"] for post in mine), name
            for post in cast:
                assert (post["kind"] == "person") == bool(post["person"]), name
                assert post["person"] or not post["identifying"], name

    def test_one_practitioner(self) -> None:
        """A cast is by one practitioner, and holds posts that are about nobody met through work."""
        for name, cast in casts().items():
            assert 1 == len({(post["role"], post["account"]) for post in cast}), name
            assert {"ordinary", "own-family"} <= {post["kind"] for post in cast}, name


@pytest.mark.parametrize("path", TIMELINES, ids=lambda path: path.stem)
class TestTimelines:
    def test_posts(self, path: Path) -> None:
        """Every post has an id of its own, words, and a date, in order of time."""
        line = timeline(path)
        ids = [post["id"] for post in line["posts"]]
        created = [datetime.fromisoformat(post["created"]) for post in line["posts"]]
        assert path.stem == line["id"]
        assert len(ids) == len(set(ids))
        assert all(each.startswith(f"{line['id']}-") for each in ids)
        assert all(each.tzinfo for each in created)
        assert sorted(created) == created
        assert all(
            {"id", "created", "text", "reply_to"} == post.keys() and post["text"].strip() for post in line["posts"]
        )

    def test_threads(self, path: Path) -> None:
        """A thread has at least three posts of the timeline, and no post is in two threads."""
        line = timeline(path)
        threads = [each["posts"] for each in line["threads"]]
        every = [post for posts in threads for post in posts]
        assert all(len(posts) >= 3 for posts in threads)
        assert len(every) == len(set(every))
        assert set(every) <= {post["id"] for post in line["posts"]}
        assert all(each["about"] and each["why"] for each in line["threads"])

    def test_details(self, path: Path) -> None:
        """Every detail's words stand in its post, which is one of its thread."""
        line = timeline(path)
        texts = {post["id"]: post["text"] for post in line["posts"]}
        for thread in line["threads"]:
            assert thread["details"]
            for detail in thread["details"]:
                assert detail["post"] in thread["posts"], detail
                assert detail["words"] in texts[detail["post"]], detail
                assert detail["kind"], detail

    def test_decoys(self, path: Path) -> None:
        """Decoys are posts of the timeline, with a reason, and no two posts of a decoy are of one thread."""
        line = timeline(path)
        ids = {post["id"] for post in line["posts"]}
        assert line["decoys"]
        for decoy in line["decoys"]:
            assert set(decoy["posts"]) <= ids
            assert decoy["why"]
            assert all(len({*decoy["posts"]} & {*thread["posts"]}) < 2 for thread in line["threads"]), decoy


class TestApart:
    def test_no_text_twice(self) -> None:
        """No text stands twice in casts, timelines and labelled posts together."""
        texts = [post["text"] for cast in casts().values() for post in cast]
        texts += [post["text"] for path in TIMELINES for post in timeline(path)["posts"]]
        texts += [post["text"] for path in sorted((FOLDER / "examples").glob("*.jsonl")) for post in lines(path)]
        assert [] == [text for text, count in Counter(map(folded, texts)).items() if count > 1]

    def test_the_pages_count_right(self) -> None:
        """What the pages say of how many there are is so."""
        posts, threads = sum(map(len, casts().values())), [t for path in TIMELINES for t in timeline(path)["threads"]]
        told = (FOLDER / "casts/README.md").read_text(encoding="utf-8")
        assert f"{posts:,} posts in {len(casts())} casts" in told
        kinds = Counter(post["kind"] for cast in casts().values() for post in cast)
        assert f"| {kinds['person']:,} |" in told
        lines_of = sum(len(timeline(path)["posts"]) for path in TIMELINES)
        red = sum(thread["identifying"] for thread in threads)
        page = (FOLDER / "timelines/README.md").read_text(encoding="utf-8")
        assert f"{lines_of} posts, {len(threads)} threads of three to five posts, {red} of them identifying" in page
