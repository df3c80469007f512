"""Threads: which posts are put together and which are not, whatever their order and however many there are."""

import json
import random
import tracemalloc
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from simple_links import joined, strengths
from told_posts import ORDINARY, PILOT, WEAVER, plain, told

from forethought.footprint.audit import usual_from
from forethought.footprint.jigsaw import links
from forethought.footprint.jigsaw.clues import Clue, clue, linking
from forethought.footprint.jigsaw.links import grouped, signs_of, strength
from forethought.footprint.jigsaw.threads import Thread, Told, threads, worth_keeping
from forethought.footprint.jigsaw.words import ranks
from forethought.guidance import load
from forethought.reading import Draft
from forethought.review import ReaderName, review

TIMELINES = sorted((Path(__file__).parents[3] / "training/timelines").glob("D?[35].json"))
NOTHING_TOGETHER = {
    "ordinary": ORDINARY,
    "two clients": (WEAVER[0], PILOT),
    "own family": (
        "My mum took her loom down from the loft. She has been weaving since dad died.",
        "Mum wove a shawl on the loom for my sister's wedding in Hawick, and cried all through it.",
    ),
    "fiction": (
        "The weaver in the novel I am reading keeps her husband's letters under the loom.",
        "Finished the novel. The weaver burns the loom in the last chapter, and I wept on the train.",
    ),
    "public figures": (
        "The prime minister cried in the interview about her loom business going under.",
        "The prime minister told the radio that her loom business had gone under and that she cried.",
    ),
    "invented": (
        "An invented example for teaching: Marta, a weaver, wept at her loom after the funeral. She is made up.",
        "Marta is made up, remember: our invented weaver has sold the loom and cannot sleep.",
    ),
}
WORDS = "loom kestrel otter marrow her she his he bagpipe trawler client pilot quilt".split()


def posts_of(found: list[Thread]) -> list[tuple[str, ...]]:
    """Return which posts the threads hold."""
    return [each.posts for each in found]


@cache
def timeline(path: Path) -> tuple[Told, ...]:
    """Return the posts of a timeline."""
    line = json.loads(path.read_text(encoding="utf-8"))
    usual = usual_from(line["profile"])
    drafts = [Draft(post["text"], replace(usual, reply_to=post["reply_to"])) for post in line["posts"]]
    return tuple(
        Told(post["id"], post["text"], clue(review(draft, load())), datetime.fromisoformat(post["created"]))
        for post, draft in zip(line["posts"], drafts, strict=True)
    )


def pointing(seed: int, count: int) -> list[bytes]:
    """Return so many directions, some nearer to each other than others."""
    draw = np.random.default_rng(seed)
    points = draw.normal(size=(count, 128)) + draw.normal(size=128) * draw.uniform(0, 2)
    points /= np.linalg.norm(points, axis=1, keepdims=True)
    return [row.astype(np.float16).tobytes() for row in points]


class TestWhatJoins:
    @pytest.mark.parametrize("reader", ["learned", "lexical"])
    def test_a_rare_word_and_a_person(self, reader: ReaderName) -> None:
        """Two posts about one person that share seldom words are one thread, with either reader."""
        assert [("1", "3")] == posts_of(threads(told([WEAVER[0], ORDINARY[0], WEAVER[1], ORDINARY[1]], reader)))

    @pytest.mark.parametrize("reader", ["learned", "lexical"])
    @pytest.mark.parametrize("texts", NOTHING_TOGETHER.values(), ids=NOTHING_TOGETHER)
    def test_what_does_not(self, texts: tuple[str, ...], reader: ReaderName) -> None:
        """Ordinary posts, two people, and people who were not met through work are no thread."""
        assert [] == threads(told(texts, reader))

    @pytest.mark.parametrize("texts", [(), WEAVER[:1], (WEAVER[0], WEAVER[0]), (WEAVER[0], f"{WEAVER[0].upper()} \n")])
    def test_nothing_to_put_together(self, texts: tuple[str, ...]) -> None:
        """No post, one post, and one post that went out twice are no thread."""
        assert [] == threads(told(texts))

    def test_a_copy_goes_with_its_post(self) -> None:
        """A post that went out twice is in the thread with both of its copies."""
        assert [("1", "2", "3")] == posts_of(threads(told([*WEAVER, WEAVER[0]])))

    def test_only_posts_that_may_tell_of_somebody(self) -> None:
        """A post that is not worth keeping is in no thread, whatever it shares."""
        kept, left = plain(["Heron kestrel otter."] * 2, 0.9)[0].clue, Clue(0.1, (), ())
        assert worth_keeping(kept)
        assert not worth_keeping(left)
        assert [] == threads([Told("1", WEAVER[0], kept), Told("2", WEAVER[1], left)])

    def test_without_a_direction_among_others(self) -> None:
        """A post without a direction, as one that was read by words alone, stands among others that have one."""
        posts = [*told(WEAVER), *(replace(post, id=f"w{post.id}") for post in told([PILOT], "lexical"))]
        assert [("1", "2")] == posts_of(threads(posts))


class TestOrder:
    def test_the_order_of_posts(self) -> None:
        """The same posts in any order are the same threads, in every detail."""
        posts = told([*WEAVER, ORDINARY[0], PILOT])
        assert 1 == len({repr(threads(order)) for order in permutations(posts)})

    @pytest.mark.parametrize("path", TIMELINES[:2], ids=lambda path: path.stem)
    def test_the_order_of_a_timeline(self, path: Path) -> None:
        """A timeline turned round or shuffled has the same threads."""
        posts = list(timeline(path))
        expected = threads(posts, "Leeds")
        assert expected
        for order in (posts[::-1], random.Random(5).sample(posts, len(posts))):
            assert expected == threads(order, "Leeds")

    def test_in_time(self) -> None:
        """The posts of a thread stand in order of time, dates with a zone and without among each other."""
        later, earlier = told(WEAVER)
        moments = (datetime(2024, 5, 2, tzinfo=UTC), datetime(2024, 5, 1))
        dated = [replace(post, created=at) for post, at in zip((later, earlier), moments, strict=True)]
        assert [("2", "1")] == posts_of(threads(dated))


class TestAsTheSimpleSearch:
    @pytest.mark.parametrize("path", TIMELINES, ids=lambda path: path.stem)
    def test_timelines(self, path: Path) -> None:
        """A timeline has the threads that a search pair by pair finds."""
        posts = [post for post in timeline(path) if worth_keeping(post.clue)]
        given = [p.text for p in posts], [p.clue.weight for p in posts], [p.clue.kin for p in posts]
        groups = joined(len(posts), strengths(*given, linking()["same"]), linking())
        assert {tuple(posts[number].id for number in group) for group in groups} == set(posts_of(threads(posts)))

    @settings(max_examples=60, deadline=None)
    @given(st.integers(0, 9_999), st.integers(2, 24), st.sampled_from((-2.5, -1.5, -0.5)), st.booleans())
    def test_any_posts(self, seed: int, count: int, enough: float, learned: bool) -> None:
        """Posts made of chance have the groups that a search pair by pair finds, with directions and without."""
        draw = random.Random(seed)
        texts = [f"{' '.join(draw.choices(WORDS, k=6))} {number}" for number in range(count)]
        given = texts, [draw.uniform(0.3, 0.99) for _ in texts], pointing(seed, count) if learned else [b""] * count
        simple = strengths(*given, linking()["same" if learned else "alone"])
        known = {**linking(), "enough": enough}
        assert joined(count, simple, known) == grouped(signs_of(*given), known)


class TestHowMany:
    TEXTS = tuple(f"Her {' '.join(WORDS[at : at + 3])} {at}." for at in range(6))

    def groups(self, **other: float) -> list[list[int]]:
        """Return how posts that all point the same way are grouped, by other numbers than those that ship."""
        kin = pointing(4, 1) * len(self.TEXTS)
        return grouped(signs_of(self.TEXTS, [0.9] * len(self.TEXTS), kin), {**linking(), **other})

    def test_many_posts_need_more(self) -> None:
        """Posts that would be one group are several where each beyond a few takes much off what links them."""
        assert [[0, 1, 2, 3, 4, 5]] == self.groups(crowding=0)
        crowded = self.groups(crowding=50, few=3)
        assert len(crowded) > 1
        assert 3 >= max(map(len, crowded))

    def test_a_mere_pair(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Two posts alone are a thread where they are linked well enough, and none where more is asked."""
        posts = told(WEAVER)
        signs = signs_of(WEAVER, [p.clue.weight for p in posts], [p.clue.kin for p in posts])
        link = float(strength(signs, [0], linking()["same"])[0, 1])
        for least, count in ((link - 0.01, 1), (link + 0.01, 0)):
            monkeypatch.setitem(linking(), "pair", least)
            assert count == len(threads(posts))


class TestMany:
    def test_many_posts(self) -> None:
        """Two thousand posts of words at random end in little memory, and what they are put in is no post twice."""
        draw, words = random.Random(3), sorted(ranks(), key=ranks().__getitem__)[:5_000]
        texts = [" ".join(draw.choices(words, k=25)) for _ in range(2_000)]
        posts = [replace(p, clue=Clue(0.7, (), (), k)) for p, k in zip(plain(texts), pointing(7, 2_000), strict=True)]
        tracemalloc.start()
        found = threads(posts)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        held = [post for each in found for post in each.posts]
        assert most < 150_000_000
        assert len(held) == len(set(held))

    def test_more_than_are_grouped_at_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where more posts hang together than are grouped at once, the groups stay within what is."""
        monkeypatch.setattr(links, "LARGEST", 8)
        shared = "loom kestrel marrow anvil shuttle fiddle barge turnip".split()
        texts = [f"Her {', her '.join(shared)} {number}." for number in range(12)]
        others = [f"Tea number {number} and a walk." for number in range(60)]
        found = threads(plain(texts + others))
        assert found
        assert all(2 <= len(each.posts) <= 8 for each in found)


class TestWhatAThreadSays:
    def test_exact_words(self) -> None:
        """Every detail is the exact words of its post, at their place there."""
        posts = {post.id: post.text for path in TIMELINES for post in timeline(path)}
        found = [each for path in TIMELINES for each in threads(timeline(path))]
        details = [detail for each in found for detail in each.details]
        assert details
        for each in details:
            assert each.words == posts[each.post][each.start : each.start + len(each.words)]
            assert each.words.strip()

    def test_the_pair(self) -> None:
        """The two details that narrow it most are details of the thread, and are named in the advice."""
        (found,) = threads(told(WEAVER), "Hawick")
        assert 2 == len(found.pair)
        assert set(found.pair) <= set(found.details)
        assert "take out “weaver”" in found.loosen
        assert "weaver" in found.about

    def test_identifying(self) -> None:
        """A weaver in a small town is red, and would know herself by what happened to her."""
        (found,) = threads(told(WEAVER), "Hawick")
        assert found.identifying
        assert found.recognise

    def test_nothing_known(self) -> None:
        """Posts that belong together and tell no detail are a thread that says so, and is not red."""
        (found,) = threads(plain(["Her loom and her kestrel.", "Her kestrel is at the loom."]))
        assert ("somebody met through work", (), (), False, "") == (
            found.about, found.details, found.pair, found.identifying, found.loosen,
        )  # fmt: skip

    def test_days_apart(self) -> None:
        """How long lies between two posts changes nothing."""
        one, other = told(WEAVER)
        start = datetime(2020, 1, 1, tzinfo=UTC)
        dated = [replace(one, created=start), replace(other, created=start + timedelta(days=1_500))]
        assert posts_of(threads([one, other])) == posts_of(threads(dated))
