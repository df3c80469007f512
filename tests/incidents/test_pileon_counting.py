"""Counting a pile-on: true to the posts, careful with what times can tell, and the same in plot, table and words."""

from datetime import UTC, datetime, timedelta

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import Document, Table
from forethought.incidents.pileon.counting import count
from forethought.incidents.pileon.kinds import kinds, kinds_of
from forethought.incidents.pileon.model import Found, HostilePost, Time
from forethought.incidents.pileon.plots import histogram, table
from forethought.incidents.pileon.telling import document, record

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


def post(
    handle: str, minutes: float | None = 0, words: str = "Go away", id: str = "", within: timedelta = timedelta(0)
) -> HostilePost:
    """Return a post so many minutes before now; None for one without a time."""
    time = Time() if minutes is None else Time(NOW - timedelta(minutes=minutes), "zone", within)
    return HostilePost(handle, id, words, "", words, time)


POSTS = st.lists(
    st.builds(post, st.sampled_from(["", "a", "A", "b", "c"]), st.none() | st.integers(0, 10**6), st.text(max_size=9))
)


@given(POSTS)
def test_counts_add_up(posts: list[HostilePost]) -> None:
    """Every timed post is in one step, every named one under one account, and new accounts are counted once."""
    counts = count(posts, UTC)
    assert counts.timed == sum(step.posts for step in counts.steps) == sum(each.at is not None for each in posts)
    assert len(posts) == sum(each.posts for each in counts.accounts) + counts.unnamed
    assert len({each.account for each in posts if each.at}) == sum(step.new_accounts for step in counts.steps)
    assert len(counts.steps) <= 73


@pytest.mark.parametrize(
    ("span", "step"), [(30, "minute"), (600, "ten minutes"), (60 * 24 * 2, "hour"), (60 * 24 * 40, "day")]
)
def test_the_step_follows_from_the_span(span: int, step: str) -> None:
    """Minutes for an hour, hours for days, days for weeks; and never finer than the times are known."""
    assert step == count([post("a", span), post("b", 0)], UTC).step
    assert "day" == count([post("a", 30, within=timedelta(days=1)), post("b", 0)], UTC).step


def test_accounts_by_number_and_case() -> None:
    """One account is one by its number or by its handle without case, with its share and first time."""
    counts = count([post("Bob", 5), post("bob", 9), post("x", 1, id="7"), post("renamed", 2, id="7")], UTC)
    assert [("Bob", 2), ("x", 2)] == [(each.handle, each.posts) for each in counts.accounts]
    assert (0.5, NOW - timedelta(minutes=9)) == (counts.share(counts.accounts[0]), counts.accounts[0].first)


def test_the_earliest_only_as_far_as_times_tell() -> None:
    """One earliest post where times are exact, several where they are not, none where there are no times."""
    hour = timedelta(hours=1)
    exact, rough = [post("a", 90), post("b", 80)], [post("a", 90, within=hour), post("b", 80, within=hour)]
    assert ["a"] == [each.handle for each in count(exact, UTC).earliest]
    assert ["a", "b"] == [each.handle for each in count(rough, UTC).earliest]
    assert () == count([post("a", None)], UTC).earliest


def test_a_burst() -> None:
    """Many posts within a few minutes are one burst; an even trickle is none."""
    trickle = [post(f"t{n}", n) for n in range(60)]
    (burst,) = count([*trickle, *(post(f"b{n}", 30) for n in range(20))], UTC).bursts
    assert (NOW - timedelta(minutes=30), 21) == (burst.start, burst.posts)
    assert () == count(trickle, UTC).bursts


def test_the_same_words_from_several_accounts() -> None:
    """Words alike but for case, marks, names and links count together, unless they are few or one account's own."""
    alike = [
        post("a", words="Report this fraud to everyone!"),
        post("b", words="report this fraud, to EVERYONE @them https://example.org"),
        post("a", words="Mine alone, said twice over."),
        post("a", words="Mine alone, said twice over."),
        post("a", words="Shame"),
        post("b", words="Shame"),
    ]
    (repeat,) = count(alike, UTC).repeats
    assert ("Report this fraud to everyone!", 2, 2) == (repeat.words, repeat.posts, repeat.accounts)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("You are a disgrace and a fraud", "respect/abusive"),
        ("Go back to your own country", "respect/discriminatory"),
        ("Quack. Get a real job", "bait"),
        ("I will kill you", "threat"),
        ("I\u2019m going to find you", "threat"),
        ("you are dead", "threat"),
        ("her address is 4 Elm Road", "threat"),
        ("See you outside your practice on Monday", "threat"),
        ("We know where you live.", "threat"),
        ("The bus was late again.", "none"),
    ],
)
def test_kinds(words: str, kind: str) -> None:
    """Content is sorted by the rules that drafts are checked by, and what they do not know is not sorted."""
    assert kind in kinds_of(words)
    assert (kind, 3) in [(each.id, each.posts) for each in kinds([post("a", words=words)] * 3)]


@pytest.mark.parametrize(
    "words", ["I will never book with you", "You are going to lose clients", "We know better", "Going to bed now, bye"]
)
def test_what_threatens_nobody(words: str) -> None:
    """Anger about the work is not shown as a threat."""
    assert "threat" not in kinds_of(words)


@given(POSTS)
def test_plot_and_table_show_the_same(posts: list[HostilePost]) -> None:
    """The plot has a bar for each row of the table, a name, and nothing that a page would run or style."""
    counts = count(posts, UTC)
    drawn = histogram(counts)
    root = fromstring(drawn)
    assert "img" == root.attrib["role"]
    assert root.attrib["aria-label"]
    assert len(table(counts).rows) == len(list(root.iter("rect")))
    assert not any(each in drawn for each in ("style=", "<script", "onload"))


def words_of(told: Document) -> str:
    """Return the whole document as one text."""
    return repr(told.blocks)


def test_the_document_claims_no_more_than_was_counted() -> None:
    """The earliest is that of those kept, nobody is said to have begun it, and the table and what is left are there."""
    found = Found((post("bob", 90), post("ann", 10)), ("line 9: no account is named with “hm”",))
    told = document(found, NOW)
    assert "earliest of those kept" in words_of(told)
    assert "started" not in words_of(told)
    assert "line 9" in words_of(told)
    assert table(count(found.posts, UTC)) in [each for each in told.blocks if isinstance(each, Table)]


def test_without_times_nobody_is_earliest() -> None:
    """Where no time is known the document says so and names no earliest post."""
    told = words_of(document(Found((post("bob", None),)), NOW))
    assert "No post has a known time" in told
    assert "earliest of those" not in told


def test_ten_thousand_posts_as_data() -> None:
    """Ten thousand posts are counted whole."""
    posts = tuple(post(f"u{n % 700}", n / 10, f"You are a disgrace, number {n % 50}") for n in range(10_000))
    told = record(Found(posts), NOW)
    assert (10_000, 700, 10_000) == (told["posts"], len(told["accounts"]), sum(each["posts"] for each in told["steps"]))
    assert 50 == len(told["repeats"])
