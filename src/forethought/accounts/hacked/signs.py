"""The signs by which a post may not be its owner's: each from 0 upwards, with what it was seen by."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from datetime import timedelta
from math import log1p
from statistics import median
from typing import NamedTuple

from forethought.accounts.hacked.addresses import Address, addresses
from forethought.accounts.hacked.habits import MOST, Habit, Hours, Spread, weeks
from forethought.accounts.hacked.languages import WORD, language, titled
from forethought.accounts.hacked.links import link_reasons, lures
from forethought.accounts.hacked.posts import Post, Usual

SIGNS = ("language", "app", "hour", "place", "scam", "link", "style", "words", "pace", "company")
ALONE = ("language", "app", "hour", "place", "scam", "link", "style", "words")  # what a post shows by itself
# The measures of style, each with the smallest width that is believed.
STYLE: Mapping[str, float] = {
    "length": 0.45, "marks": 0.03, "emoji": 0.8, "capitals": 0.05, "links": 0.5, "tags": 0.8, "calls": 0.7,
    "digits": 0.03, "mentions": 0.6, "breaks": 0.7, "chat": 0.04, "starts": 0.5,
}  # fmt: skip
SITTING = timedelta(hours=2)  # the longest pause within one sitting
PACES = ((12, "many"), (7, "a dozen"), (4, "several"), (2, "a few"))
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_CHAT = re.compile(
    r"\b(?:lo+l+|lma+o+|rofl|(?:ha){2,}h?|u|ur|r|plz|pls|thx|omg|wtf|xd|bro|dude|gonna|wanna|ya|yall|guys)\b",
    re.IGNORECASE,
)
_SPACE = re.compile(r"\W+")


class Sign(NamedTuple):
    """How strong a sign is, and by what it was seen."""

    strength: float = 0.0
    seen: str = ""


Signs = dict[str, Sign]
Links = tuple[Address, ...]  # of one post


def signs(posts: Sequence[Post], usual: Usual) -> list[Signs]:
    """Return the signs of each post, compared with the others; what the person calls usual counts for nothing."""
    at_weeks = weeks(posts)
    links = [tuple(addresses(each.text)) for each in posts]  # once, since it takes longest
    found: list[Signs] = [{} for _ in posts]
    for name, column in (
        ("language", _languages(posts, at_weeks, usual)),
        ("app", _named([each.app for each in posts], at_weeks, usual.apps)),
        ("place", _named([each.place for each in posts], at_weeks, usual.places)),
        ("hour", _hours(posts, at_weeks, usual)),
        ("scam", _scams(posts, links, at_weeks)),
        ("link", _sites(links, at_weeks)),
        ("style", _styles(posts, links)),
        ("words", _novel(posts, at_weeks)),
        ("pace", _paces(posts, at_weeks)),
    ):
        for row, sign in zip(found, column, strict=True):
            row[name] = sign
    for row, sign in zip(found, [*_company(posts, found)], strict=True):
        row["company"] = sign
    return found


def _named(values: Sequence[str], at_weeks: Sequence[Hashable], usual: frozenset[str]) -> Iterator[Sign]:
    habit = Habit((week, [value] if value else []) for week, value in zip(at_weeks, values, strict=True))
    for value, week in zip(values, at_weeks, strict=True):
        yield Sign() if value in usual else Sign(habit.oddness(value, week), value)


def _languages(posts: Sequence[Post], at_weeks: Sequence[Hashable], usual: Usual) -> Iterator[Sign]:
    for sign in _named([language(each.text) for each in posts], at_weeks, usual.languages):
        yield Sign(sign.strength, titled(sign.seen)) if sign.seen else sign


def _hours(posts: Sequence[Post], at_weeks: Sequence[Hashable], usual: Usual) -> Iterator[Sign]:
    habit = Hours(posts, at_weeks)
    for post, week in zip(posts, at_weeks, strict=True):
        known = post.at is None or post.at.hour in usual.hours
        yield Sign() if known or not post.at else Sign(habit.oddness(post.at.hour, week), f"{post.at:%H:%M}")


def _scams(posts: Sequence[Post], links: Sequence[Links], at_weeks: Sequence[Hashable]) -> Iterator[Sign]:
    """Yield what lures and presses, and what is odd about links, as far as it is not this person's way."""
    rows = [_lured(post.text, own) for post, own in zip(posts, links, strict=True)]
    habit = Habit((week, [*(row or {"-": ""})]) for week, row in zip(at_weeks, rows, strict=True))
    for row, week in zip(rows, at_weeks, strict=True):
        odd = {words: min(1.0, habit.oddness(id, week) / 3) if habit.known else 1.0 for id, words in row.items()}
        yield Sign(min(MOST, sum(odd.values())), "; ".join(odd))


def _lured(text: str, links: Links) -> Mapping[str, str]:
    """Return the lures of a text by id, with the reason in words; none where it warns of scams."""
    found = {each.id: each.says for each, _ in lures(text)}
    if "warns" in found:
        return {}
    return found | {why.partition(" (")[0]: why for each in links for why in link_reasons(each)}


def _sites(links: Sequence[Links], at_weeks: Sequence[Hashable]) -> Iterator[Sign]:
    """Yield for a link to a new place how seldom this person links to new places, and to any."""
    rows = [{each.site for each in own} for own in links]
    sites = Habit(zip(at_weeks, rows, strict=True))
    linking = Habit((week, ["yes" if row else "no"]) for week, row in zip(at_weeks, rows, strict=True))
    for row, week in zip(rows, at_weeks, strict=True):
        new = [each for each in row if sites.is_new(each, week)]
        yield Sign(linking.oddness("yes", week), ", ".join(sorted(new))) if new else Sign()


def _styles(posts: Sequence[Post], links: Sequence[Links]) -> Iterator[Sign]:
    rows = [_measured(post.text, len(own)) for post, own in zip(posts, links, strict=True)]
    spread = Spread(rows)
    for row in rows:
        far = sorted((spread.distance(name, value, STYLE[name]) for name, value in row.items()), reverse=True)
        yield Sign(max(0.0, sum(far[:3]) / 3 - 1.5))


def _measured(text: str, links: int) -> dict[str, float]:
    letters = sum(map(str.isalpha, text)) or 1
    plain = len(text) or 1
    return {
        "length": log1p(len(text)),
        "marks": sum(text.count(each) for each in ",;:()-–—\"'’") / plain,
        "emoji": min(5, len(_EMOJI.findall(text))),
        "capitals": sum(map(str.isupper, text)) / letters,
        "links": min(3, links),
        "tags": min(6, text.count("#")),
        "calls": min(5, text.count("!")),
        "digits": sum(map(str.isdigit, text)) / plain,
        "mentions": min(4, text.count("@")),
        "breaks": min(5, text.count("\n")),
        "chat": len(_CHAT.findall(text)) / (len(text.split()) or 1),
        "starts": float(text.lstrip()[:1].islower()) + float(text.rstrip()[-1:].isalnum()),
    }


def _novel(posts: Sequence[Post], at_weeks: Sequence[Hashable]) -> Iterator[Sign]:
    """Yield how many of a post's words the person uses in no other week, against what is usual for them."""
    rows = [{each.lower() for each in WORD.findall(post.text) if len(each) > 2} for post in posts]
    used: dict[str, set[Hashable]] = defaultdict(set)
    for row, week in zip(rows, at_weeks, strict=True):
        for word in row:
            used[word].add(week)
    shares = [
        {"new": sum(len(used[word]) == 1 for word in row) / (len(row) + 2)} for row in rows
    ]  # words of one week alone can only be this week's
    spread = Spread(shares)
    for share in shares:
        above = share["new"] > spread.middle("new")
        yield Sign(min(MOST, spread.distance("new", share["new"], 0.06)) if above else 0.0)


def _paces(posts: Sequence[Post], at_weeks: Sequence[Hashable]) -> Iterator[Sign]:
    """Yield how many posts lie within half an hour either way, and how often the same words were sent."""
    times = sorted(each.at.timestamp() for each in posts if each.at)
    said = Counter(_plain(each.text) for each in posts)
    labels = [_pace(post, times, said) for post in posts]
    habit = Habit((week, [label]) for week, label in zip(at_weeks, labels, strict=True))
    for label, week in zip(labels, at_weeks, strict=True):
        yield Sign(habit.oddness(label, week), label) if label != "one" else Sign()


def _pace(post: Post, times: Sequence[float], said: Counter[str]) -> str:
    at = post.at.timestamp() if post.at else 0.0
    near = bisect_right(times, at + 1800) - bisect_left(times, at - 1800) if post.at else 1
    count = max(near, said[_plain(post.text)])
    return next((name for least, name in PACES if count >= least), "one")


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text.lower()).strip()


def _company(posts: Sequence[Post], rows: Sequence[Signs]) -> Iterator[Sign]:
    """Yield how odd the other posts of the same sitting are, taken together."""
    sums = [sum(row[name].strength for name in ALONE) for row in rows]
    middle = median(sums) if sums else 0.0
    sums = [max(0.0, min(2 * MOST, each - middle)) for each in sums]
    sittings = _sittings(posts)
    totals: dict[int, list[float]] = defaultdict(list)
    for sitting, total in zip(sittings, sums, strict=True):
        totals[sitting].append(total)
    for sitting, total in zip(sittings, sums, strict=True):
        others = totals[sitting]
        yield Sign(min(MOST, (sum(others) - total) / (len(others) + 0.5))) if len(others) > 1 else Sign()


def _sittings(posts: Sequence[Post]) -> list[int]:
    """Return a number for each post's sitting; a post without a time sits alone."""
    numbers, last, number = [0] * len(posts), 0.0, 0
    order = sorted(range(len(posts)), key=lambda n: at.timestamp() if (at := posts[n].at) else 0.0)
    for n in order:
        at = posts[n].at
        stamp = at.timestamp() if at else 0.0
        if at is None or stamp - last > SITTING.total_seconds():
            number += 1
        numbers[n], last = number, stamp
    return numbers
