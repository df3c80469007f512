"""Posts that may not be the person's own: how many planted ones are found, how few own ones, and what is said."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_takeovers import KINDS, Archive, Half, archive

from forethought.accounts.hacked.languages import language
from forethought.accounts.hacked.posts import Post, Usual, post
from forethought.accounts.hacked.takeover import JUDGE, Odd, suspicious
from forethought.footprint.item import Pointer

TUNED, HELD = range(300, 360), range(60)  # the tuned half's first 300 were fitted on
START = datetime(2025, 1, 6, 18, tzinfo=UTC)
HERE = Pointer("0", "x")


def tallied(archives: Iterable[Archive]) -> tuple[dict[str, list[int]], int, int]:
    """Planted posts found and all, by kind; own posts that were shown, and all."""
    kinds: dict[str, list[int]] = {}
    shown = own = 0
    for made in archives:
        keys = {each.post.key for each in suspicious(made.posts)}
        counts = kinds.setdefault(made.kind, [0, 0])
        counts[0] += len(keys & made.planted)
        counts[1] += len(made.planted)
        shown += len(keys - made.planted)
        own += len(made.posts) - len(made.planted)
    return kinds, shown, own


@pytest.mark.parametrize(("half", "seeds"), [("tuned", TUNED), ("held", HELD)])
def test_found_and_shown(half: Half, seeds: range) -> None:
    """Nine in ten planted posts are found and at most one own post in a hundred shown, on voices held out as well."""
    kinds, shown, own = tallied(archive(seed, half) for seed in seeds)
    assert sum(found for found, _ in kinds.values()) >= 0.9 * sum(every for _, every in kinds.values())
    assert shown <= 0.01 * own
    assert {*kinds} == {*KINDS}
    assert all(found >= 0.8 * every for found, every in kinds.values())


def test_never_attacked() -> None:
    """Where nothing was planted, at most one post in a hundred is shown, with odd hours, holidays and bursts."""
    _, shown, own = tallied(archive(seed, "held", attacked=False) for seed in range(60, 110))
    assert shown <= 0.01 * own


def usual_posts(count: int = 60) -> list[Post]:
    """A small archive: two English posts a week in the evening, from one telephone."""
    return [
        Post(str(n), f"A walk by the river and then the kettle on, the {n}th of its kind this year.",
             START + timedelta(days=3 * n, minutes=7 * n % 60), "Twitter for iPhone", "Forfar")
        for n in range(count)
    ]  # fmt: skip


def added(post: Post) -> dict[str, Odd]:
    """What is shown of the small archive with one more post, by key."""
    return {each.post.key: each for each in suspicious([*usual_posts(), replace(post, key="new")])}


LATE = START + timedelta(days=100)


@pytest.mark.parametrize(
    ("post", "reason"),
    [
        (Post("", "Зарабатывай дома без вложений, пиши прямо сейчас", LATE, "Mobile Web"), "Cyrillic letters"),
        (Post("", "I made £4,300 in just 3 days trading bitcoin, dm me now", LATE, "Mobile Web"), "promises money"),
        (Post("", "is this you in this video?? http://203.0.113.9/a", LATE), "number instead of a name"),
    ],
)
def test_reasons(post: Post, reason: str) -> None:
    """One odd post alone is found, its sign is given as a reason, and no own post is shown beside it."""
    found = added(post)
    assert {*found} == {"new"}
    assert any(reason in each for each in found["new"].reasons)


NIGHT = LATE + timedelta(hours=9)
BLAND = [
    Post(f"new{n}", f"A walk by the river, kettle {n}.", NIGHT + timedelta(minutes=n), "Mobile Web") for n in range(3)
]


@pytest.mark.parametrize("reason", ["03:0", "Mobile Web"])
def test_hour_and_app(reason: str) -> None:
    """A few posts in the person's own manner are found by their hour and their app, and both are given as reasons."""
    found = suspicious([*usual_posts(), *BLAND])
    assert {each.post.key for each in found} == {each.key for each in BLAND}
    assert all(any(reason in each for each in odd.reasons) for odd in found)


def test_usual_by_the_persons_word() -> None:
    """What the person calls usual counts for nothing."""
    usual = Usual(apps=frozenset({"Mobile Web"}), hours=frozenset({3}))
    assert suspicious([*usual_posts(), *BLAND], usual) == ()


def test_a_burst_cannot_make_itself_usual() -> None:
    """However many odd posts there are in one week, each of them is found."""
    planted = [
        Post(f"p{n}", "Ganhe dinheiro hoje, é só clicar aqui agora", LATE + timedelta(minutes=n), "Mobile Web")
        for n in range(80)
    ]
    found = {each.post.key for each in suspicious([*usual_posts(), *planted])}
    assert found == {each.key for each in planted}


def test_a_second_language_is_usual() -> None:
    """Somebody who writes in two languages all year is not shown for either."""
    welsh = "Bore da bawb, mae hi'n braf heddiw ac mae'r tegell ymlaen."
    posts = [replace(each, text=welsh) if n % 3 == 0 else each for n, each in enumerate(usual_posts())]
    assert suspicious(posts) == ()


@given(
    st.lists(
        st.builds(Post, st.just("k"), st.text(max_size=40), st.none() | st.datetimes(timezones=st.just(UTC)),
                  st.sampled_from(["", "A", "B"])),
        max_size=12,
    )
)  # fmt: skip
@settings(deadline=None)
def test_any_posts(posts: list[Post]) -> None:
    """Any posts, none at all and those without a time, give an answer: scores within bounds, the surest first."""
    found = suspicious(posts)
    assert all(0 <= each.score <= 1 and each.reasons for each in found)
    assert [each.score for each in found] == sorted((each.score for each in found), reverse=True)


def test_words_leave_it_to_the_person() -> None:
    """Nothing that is said decides who wrote a post, and the page says that only the person knows."""
    made = archive(2, "held")
    found = suspicious(made.posts)
    words = " ".join([JUDGE, *(reason for each in found for reason in each.reasons)]).lower()
    assert found
    assert not [each for each in ("not you", "not yours", "wasn't", "hacker", "stranger") if each in words]


def test_what_a_posts_details_tell() -> None:
    """The app and the place that an archive tells of a post are taken, whatever the case of their names."""
    made = post("1", "Hello", START, {"Source": "Web", "place": "Fife", "likes": 3})
    assert Post("1", "Hello", START, "Web", "Fife") == made
    assert Post("2", "Hi", None) == post("2", "Hi", None, {})


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("The kettle is on and we are all here.", "en"),
        ("Dydd da, mae'r tegell ymlaen ac mae pawb yma", "cy"),
        ("Dziś jest bardzo ładnie i mam wolny ranek", "pl"),
        ("Você foi escolhido para um prêmio, não perca", "pt"),
        ("Привет всем", "Cyrillic"),
        ("今天注册即可领取奖金", "Cjk"),
        ("صباح الخير", "Arabic"),
        ("zxq vrtk plommen drukstra velkin ostrap mirgel", "other"),
        ("Forfar!", ""),
        ("", ""),
        ("𝗕𝗼𝗹𝗱 𝗹𝗲𝘁𝘁𝗲𝗿𝘀", ""),
    ],
)
def test_language(text: str, id: str) -> None:
    """A language is told by letters and little words, and nothing is said of a text too short to tell."""
    assert language(text) == id
