"""Made archives for takeover detection: invented voices, their habits, and posts that somebody else planted among them.

Voices come from the project's own timelines and examples. Every voice, language and planted text belongs to one half:
`tuned` may be looked at while weights are fitted, `held` never.
"""

import json
import random
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Literal

from forethought.accounts.hacked.posts import Post

TRAINING = Path(__file__).parents[2] / "training"
TEXTS: dict[str, dict[str, Any]] = tomllib.loads(
    Path(__file__).with_name("planted_texts.toml").read_text(encoding="utf-8")
)
Half = Literal["tuned", "held"]
KINDS = ("language", "link", "scam", "hours", "app", "spite")  # of takeover, each by the sign that it always carries
APPS = ("Twitter for iPhone", "Twitter for Android", "Twitter Web App", "Twitter for iPad", "TweetDeck", "Buffer")
STRANGE = ("Mobile Web (M2)", "dlvr.it", "Postcron", "Cheap Bots", "Round Team", "Twitter for Nokia S40", "IFTTT")


@dataclass(frozen=True, slots=True)
class Archive:
    """Posts in order of time, the keys of those that were planted, by which kind, and the traits of the voice."""

    seed: int
    posts: tuple[Post, ...]
    planted: frozenset[str]
    kind: str
    traits: frozenset[str]


def archive(seed: int, half: Half, attacked: bool = True) -> Archive:
    """Return the same archive for the same seed and half, always; one that was never attacked holds own posts alone."""
    dice = random.Random(f"{half} {seed}")
    traits = _traits(dice)
    words = _words(dice, half, traits)
    own = sorted(_own(dice, words, traits), key=lambda post: post.at or datetime.min)
    kind = KINDS[seed % len(KINDS)]
    if kind == "app" and not any(each.app for each in own):
        kind = "hours"
    planted = list(_planted(dice, half, kind, own)) if attacked else []
    rows = sorted([*((each, False) for each in own), *((each, True) for each in planted)], key=lambda row: _at(row[0]))
    posts = tuple(replace(each, key=str(n)) for n, (each, _) in enumerate(rows))
    return Archive(seed, posts, frozenset(str(n) for n, (_, bad) in enumerate(rows) if bad), kind, traits)


def _at(post: Post) -> datetime:
    assert post.at
    return post.at


def _traits(dice: random.Random) -> frozenset[str]:
    chances = {
        "night": 0.35, "bilingual": 0.25, "holiday": 0.4, "links": 0.25, "short-links": 0.12, "capitals": 0.1,
        "new-phone": 0.4, "scheduler": 0.2, "warner": 0.25, "bursts": 0.35, "no-app": 0.45, "greetings": 0.2,
        "places": 0.2, "seller": 0.2, "web-sometimes": 0.4,
    }  # fmt: skip
    return frozenset(name for name, chance in chances.items() if dice.random() < chance)


@cache
def _voices(half: Half) -> tuple[tuple[str, ...], ...]:
    """Return the posts of every timeline in this half: every third is held out."""
    files = sorted((TRAINING / "timelines").glob("*.json"))
    mine = [path for n, path in enumerate(files) if (n % 3 == 2) == (half == "held")]
    told = [json.loads(path.read_text(encoding="utf-8")).get("posts", ()) for path in mine]
    return tuple(tuple(each["text"] for each in posts) for posts in told if posts)


@cache
def _hands(half: Half) -> tuple[tuple[str, ...], ...]:
    """Return the examples of every hand in this half that nothing was found in."""
    files = sorted((TRAINING / "examples").glob("hand_*.jsonl"))
    mine = [path for n, path in enumerate(files) if (n % 3 == 2) == (half == "held")]
    rows = [[json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] for path in mine]
    return tuple(tuple(row["text"] for row in told if row["verdict"] == "clear") for told in rows)


def _words(dice: random.Random, half: Half, traits: frozenset[str]) -> list[str]:
    """Return what a voice says: a timeline and part of what one hand wrote, with the turns that its traits bring."""
    words = list(dice.choice(_voices(half)))
    hand = dice.choice(_hands(half))
    words += dice.sample(hand, min(len(hand), dice.randint(25, 200)))
    dice.shuffle(words)
    if "capitals" in traits:
        words = [each.upper() for each in words]
    if "bilingual" in traits:
        own = dice.choice(TEXTS[half]["own_languages"])
        words = [dice.choice(own) if dice.random() < 0.3 else each for each in words]
    if "greetings" in traits:
        words += dice.sample([line for language in TEXTS[half]["own_languages"] for line in language], 1)
    if "warner" in traits:
        words += dice.sample(TEXTS[half]["warnings"], 3)
    if "seller" in traits:
        words += [f"Last chance: early places on the {name} workshop are 20% off, book at hazel-{name}.example/book"
                  for name in ("grief", "sleep", "winter")]  # fmt: skip
    if "links" in traits or "short-links" in traits:
        words = [f"{each} {_link(dice, traits)}" if dice.random() < 0.4 else each for each in words]
    return words


def _link(dice: random.Random, traits: frozenset[str]) -> str:
    if "short-links" in traits:
        return f"https://bit.ly/{dice.randrange(16**6):06x}"
    site = dice.choice(("bbc.co.uk/news", "www.nhs.uk", "youtu.be", f"site{dice.randrange(90)}.example", "www.gov.uk"))
    return f"https://{site}/{dice.randrange(10**5)}"


def _own(dice: random.Random, words: list[str], traits: frozenset[str]) -> Iterator[Post]:
    """Yield a voice's own posts over a year or four, by its own hours, apps and places."""
    start = datetime(2021, 1, 4, tzinfo=UTC) + timedelta(days=dice.randrange(700))
    days = dice.randint(300, 1400)
    peaks = dice.sample((7, 8, 12, 13, 17, 18, 20, 21, 22), 3)
    phone = dice.choice(APPS[:2])
    away, shift = dice.randrange(days), dice.choice((-8, -6, -5, 5, 7, 8, 10))
    burst = dice.randrange(days)
    for text in words:
        day = burst if "bursts" in traits and dice.random() < 0.08 else dice.randrange(days)
        hour = min(23, max(6, round(dice.gauss(dice.choice(peaks), 1.5))))
        if day == burst and "bursts" in traits:
            hour = peaks[0] + 1
        if "night" in traits and dice.random() < 0.06:
            hour = dice.choice((23, 0, 1, 2, 3, 4, 5))
        holiday = "holiday" in traits and away <= day < away + 12
        hour = (hour + shift) % 24 if holiday else hour
        at = start + timedelta(days=day, hours=hour, minutes=dice.randrange(60), seconds=dice.randrange(60))
        yield Post("", text, at, _app(dice, traits, phone, day > days / 2), _place(dice, traits, holiday))


def _app(dice: random.Random, traits: frozenset[str], phone: str, later: bool) -> str:
    if "no-app" in traits:
        return ""
    if "scheduler" in traits and dice.random() < 0.15:
        return "Buffer"
    if "web-sometimes" in traits and dice.random() < 0.08:
        return "Twitter Web App"
    return next(each for each in APPS[:2] if each != phone) if later and "new-phone" in traits else phone


def _place(dice: random.Random, traits: frozenset[str], holiday: bool) -> str:
    if "places" not in traits or dice.random() > 0.3:
        return ""
    return "Lisbon" if holiday else dice.choice(("Forfar", "Dundee", "Forfar"))


def _planted(dice: random.Random, half: Half, kind: str, own: list[Post]) -> Iterator[Post]:
    """Yield what somebody else wrote within some hours: the kind's sign always, other signs as it comes."""
    day = _at(own[dice.randrange(len(own) // 5, len(own))]).date()
    hours = [_at(each).hour for each in own]
    rare = sorted(range(24), key=lambda hour: sum(min((hour - h) % 24, (h - hour) % 24) <= 1 for h in hours))[:5]
    odd_hours = kind == "hours" or dice.random() < 0.5
    hour = dice.choice(rare) if odd_hours else dice.choice(hours)
    tells_app = any(each.app for each in own)
    strange = tells_app and (kind == "app" or dice.random() < 0.6)
    app = dice.choice(STRANGE) if strange else dice.choice(own).app
    place = "Springfield" if any(each.place for each in own) and dice.random() < 0.5 else ""
    texts = _texts(dice, half, kind)
    at = datetime(day.year, day.month, day.day, hour, dice.randrange(60), tzinfo=UTC)
    for text in texts:
        yield Post("", text, at, app, place)
        at += timedelta(minutes=dice.choice((1, 3, 8, 15, 40)))


def _texts(dice: random.Random, half: Half, kind: str) -> list[str]:
    if kind == "language":
        pool = dice.choice(TEXTS[half]["languages"])
    elif kind in ("hours", "app"):
        pool = TEXTS[half]["bland"] + TEXTS[half]["scam"]
    else:
        pool = TEXTS[half][kind]
    return [dice.choice(pool) for _ in range(dice.choice((1, 2, 3, 5, 8, 12)))]
