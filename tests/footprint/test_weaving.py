"""Threads in the vault: woven from what was reviewed, replaced whole, and marked in the posts that they are made of."""

from pathlib import Path

import pytest
from timelines import QUIET, TOLD, stopping, timeline

from forethought.footprint import keeping, weaving
from forethought.footprint.jigsaw.clues import Clue, Detail
from forethought.footprint.models import Entry, Thread
from forethought.footprint.work import StoppedError
from forethought.reading import Span


def bring(path: Path, key: bytes, *texts: str, location: str = "") -> None:
    """Read a timeline into the vault and review it."""
    keeping.bring_in([timeline(path, texts, {"name": "Wren Ash", "location": location})], keeping.Usual(), key)
    keeping.audit(keeping.own_guidance(), "lexical")


def as_told(*, about: tuple[int, ...]) -> None:
    """Say of the posts at these places that they tell of the beekeeper, as a review by the learned reader does."""
    for number, entry in enumerate(Entry.objects.filter(kind="post").order_by("pk")):
        start = entry.text.find("beekeeper")
        details = (Detail("job", Span(start, start + 9)),) if number in about else ()
        clue = Clue(0.9 if number in about else 0.01, details, ())
        Entry.objects.filter(pk=entry.pk).update(clue=weaving.noted(clue))


@pytest.fixture
def told(key: bytes, tmp_path: Path) -> None:
    """Four posts in the vault, two of which tell of one beekeeper."""
    bring(tmp_path / "a.json", key, *TOLD)
    as_told(about=(0, 2))


class TestWeaving:
    def test_what_combines_is_found(self, told: None) -> None:
        """The two posts that tell of one person are a thread with its details, estimate and what would loosen it."""
        assert 1 == weaving.weave()
        thread = Thread.objects.get()
        assert {TOLD[0], TOLD[2]} == {entry.text for entry in thread.entries.all()}
        assert "beekeeper" in thread.about
        assert {"beekeeper"} == {words for _, _, _, words in thread.details}
        assert thread.low is not None
        assert thread.high is not None
        assert thread.low <= thread.high
        assert thread.basis

    def test_weaving_again_replaces_what_was_there(self, told: None) -> None:
        """Threads found anew take the place of those before."""
        weaving.weave()
        assert 1 == weaving.weave() == Thread.objects.count()
        as_told(about=())
        assert 0 == weaving.weave() == Thread.objects.count()

    def test_stopped_it_leaves_what_was_there(self, told: None) -> None:
        """Stopped while it looks, the threads of before stay."""
        weaving.weave()
        before = Thread.objects.get().pk
        with pytest.raises(StoppedError):
            weaving.weave(stopping(0))
        assert before == Thread.objects.get().pk

    def test_an_empty_vault_has_no_threads(self, key: bytes) -> None:
        """Where nothing was read, nothing is found and nothing fails."""
        assert 0 == weaving.weave()
        assert [] == weaving.guesses()

    def test_what_was_never_reviewed_is_passed_over(self, key: bytes, tmp_path: Path) -> None:
        """A profile and posts that wait for review are no part of a thread and stop none."""
        keeping.bring_in([timeline(tmp_path / "a.json", TOLD, {"name": "Wren Ash"})], keeping.Usual(), key)
        assert 0 == weaving.weave()
        assert [] == weaving.guesses()

    def test_the_newest_profile_says_where(self, told: None, key: bytes, tmp_path: Path) -> None:
        """The place that the person's profile names counts towards how many could be meant."""
        weaving.weave()
        anywhere = Thread.objects.get()
        bring(tmp_path / "b.json", key, QUIET, location="Ludlow")
        as_told(about=(0, 2))
        weaving.weave()
        here = Thread.objects.get()
        assert anywhere.high is not None
        assert here.high is not None
        assert here.high < anywhere.high

    def test_the_answer_names_each_detail_s_post(self, told: None) -> None:
        """As data a thread has its posts, the details with post, words and kind, and an estimate with its basis."""
        weaving.weave()
        (thread,) = keeping.audited()[1]["threads"]
        keys = set(Entry.objects.filter(text__in=(TOLD[0], TOLD[2])).values_list("key", flat=True))
        assert keys == set(thread["posts"])
        assert keys == {detail["post"] for detail in thread["details"]}
        assert {("beekeeper", "job")} == {(detail["words"], detail["kind"]) for detail in thread["details"]}
        assert {"low", "high", "basis"} == set(thread["estimate"])
        assert {"about", "identifying"} <= set(thread)


class TestShowing:
    def test_a_thread_s_words_are_marked(self, told: None) -> None:
        """Each post of a thread shows the words that tell, and those alone, marked."""
        weaving.weave()
        thread = Thread.objects.get()
        shown = [weaving.marked(entry, thread) for entry in thread.entries.all()]
        assert all("<mark>beekeeper" in each for each in shown)
        assert "<mark>" not in weaving.marked(Entry.objects.get(text=QUIET), thread)

    def test_a_script_in_a_post_is_shown_as_words(self, told: None) -> None:
        """What a post holds is never a page's own."""
        weaving.weave()
        thread, entry = Thread.objects.get(), Entry.objects.filter(text=TOLD[0]).get()
        entry.text = f"<script>alert(1)</script>{entry.text}"
        assert "<script>" not in weaving.marked(entry, thread)

    def test_a_stranger_learns_where_somebody_lives(self, key: bytes, tmp_path: Path) -> None:
        """What posts tell of their author is listed by topic, each with the post that it stands in."""
        bring(tmp_path / "a.json", key, "I live in Ludlow with my two daughters.", QUIET)
        entry = Entry.objects.get(text__contains="Ludlow")
        start = entry.text.index("Ludlow")
        clue = Clue(0.01, (), (Detail("place", Span(start, start + 6)),))
        Entry.objects.filter(pk=entry.pk).update(clue=weaving.noted(clue))
        given = {guess.topic: guess.given for guess in weaving.guesses()}
        assert [("Ludlow", str(entry.pk))] == [tuple(each) for each in given["Where you live or go"]]


@pytest.mark.parametrize(
    ("clue", "kept"),
    [
        (Clue(0.0, (), ()), set()),
        (Clue(0.0, (), (Detail("place", Span(0, 3)),)), {"own"}),
        (Clue(0.9, (Detail("job", Span(0, 3)),), (), b"\x00\x3c"), {"own", "weight", "details", "kin"}),
    ],
    ids=["nothing", "of-the-author", "of-somebody"],
)
def test_only_what_is_needed_is_noted(clue: Clue, kept: set[str]) -> None:
    """Of a post that tells of nobody nothing is noted, and no more than is needed of the others."""
    assert kept == set(weaving.noted(clue))
