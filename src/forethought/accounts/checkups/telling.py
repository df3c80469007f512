"""A check-up, and what a review of it found, as documents and as data."""

from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from forethought.accounts.checkups.compare import title
from forethought.accounts.checkups.load import areas
from forethought.accounts.checkups.model import Advice, Change, Changes, Level, Platform, Setting
from forethought.accounts.checkups.recommend import falls_short, recommended
from forethought.accounts.vocabulary import LEVELS
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Terms
from forethought.guidance import Guidance
from forethought.guidance.vocabulary import Standing
from forethought.pages.wording import body_name, day_words

LIMITS = (
    "No setting makes a post or an account secret. Others can copy what they see, and an account that never names "
    "your work may still be traced to you."
)
WEIGHTS: Mapping[Standing, str] = {"binds": "binds", "advises": "advises", "silent": "states a fact"}
DIFFER = ("privacy-settings", "account-security")


def warnings(row: Platform | Setting, today: date) -> tuple[str, ...]:
    """Return what to know before relying on a check-up: that nobody checked it, or that its day of review is past."""
    found = []
    if not row.checked_by:
        found.append(f"Nobody has checked this against the platform yet. See {row.help} where the words differ.")
    if today > row.review_on:
        found.append(f"This was to be looked at again by {day_words(row.review_on)}. It may have changed since.")
    return tuple(found)


def document(platform: Platform, level: Level, guidance: Guidance, today: date) -> Document:
    """Return a platform's check-up at a level as a document, with who says so under these packs."""
    advice = advised(platform, level, guidance)
    blocks: list[Block] = [Paragraph(f"{LEVELS[level]}. Read on {day_words(platform.read_on)}.")]
    blocks += [Note(each) for each in (*warnings(platform, today), platform.reset_note) if each]
    for area, members in groupby(advice, lambda each: each.setting.area):
        blocks += [Heading(2, area.title), *(block for each in members for block in _setting(each))]
    blocks += [*_grounds(advice, guidance), Note(LIMITS)]
    return Document(f"{platform.title}: privacy and security", tuple(blocks))


def advised(platform: Platform, level: Level, guidance: Guidance) -> tuple[Advice, ...]:
    """Return the advice on every setting, area by area, in the order of a check-up."""
    order = list(areas())
    settings = sorted(platform.settings.values(), key=lambda each: order.index(each.area.id))
    return tuple(recommended(each, level, guidance) for each in settings)


def _setting(advice: Advice) -> tuple[Block, ...]:
    setting = advice.setting
    rows = (
        ("What it can expose", setting.exposes),
        ("Choices, the most open first", "; ".join(setting.options.values())),
        ("Recommended", setting.options[advice.option]),
        ("Why", advice.why),
        ("To put it back", setting.undo),
    )
    return Heading(3, setting.title), Listing(setting.where, numbered=True), Terms(rows)


def _grounds(advice: tuple[Advice, ...], guidance: Guidance) -> Iterator[Block]:
    """Yield who says so, document by document, and where the documents differ."""
    yield Heading(2, "Who says so")
    said = {p.id: p for each in advice for stand in each.stands for p in stand.provisions}
    names = {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
    for pack in guidance.packs:
        own = tuple(
            f"{p.says} ({WEIGHTS[p.standing]}; {p.section}; {p.id})" for p in said.values() if p.pack == pack.id
        )
        if own:
            yield from (Heading(3, names[pack.id]), Listing(own))
    names |= {pack.body: body_name(pack) for pack in guidance.packs}
    for point in guidance.differences_on(DIFFER):
        yield Heading(3, f"Where they differ: {point.topic}")
        yield Terms(tuple((names[each.of], each.says) for each in point.positions))


def review(
    platform: Platform, level: Level, guidance: Guidance, answers: Mapping[str, str], changes: Changes, made: date
) -> Document:
    """Return what a review on a day found: resets, changes, what is new or gone, what falls short and is left."""
    blocks = [
        Paragraph(
            f"{LEVELS[level]}." if changes else f"{LEVELS[level]}. Nothing changed, as far as an earlier review shows."
        ),
        *_changed("Changed, and not by you", changes.reset),
        *_changed("Changed by you", changes.changed),
        *_named("New since the review before", (title(each, platform) for each in changes.added)),
        *_named("Gone, or not seen this time", (title(each, platform) for each in changes.removed)),
        *_named("Called otherwise now", (f"{old}: now “{title(new, platform)}”" for old, new in changes.renamed)),
        *_short(falls_short(platform, answers, level, guidance), answers),
        *_named("Not looked at this time", (each.title for each in left(platform, answers))),
    ]
    return Document(f"{platform.title}: review of {day_words(made)}", tuple(blocks))


def left(platform: Platform, answers: Mapping[str, str]) -> tuple[Setting, ...]:
    """Return the settings that have no answer yet, under any of their ids."""
    answered = {platform.names.get(each, each) for each in answers}
    return tuple(each for each in platform.settings.values() if each.id not in answered)


def _changed(heading: str, changes: tuple[Change, ...]) -> Iterator[Block]:
    words = {True: " (more open)", False: " (less open)", None: ""}
    yield from _named(heading, (f"{c.title}: “{c.before}”, now “{c.after}”{words[c.wider]}" for c in changes))


def _named(heading: str, names: Iterator[str]) -> Iterator[Block]:
    if items := tuple(names):
        yield from (Heading(2, heading), Listing(items))


def _short(advice: tuple[Advice, ...], answers: Mapping[str, str]) -> Iterator[Block]:
    if advice:
        yield Heading(2, "More open than recommended")
        yield Paragraph("You may have a reason. Note it, or change the setting.")
    for each in advice:
        options, seen = each.setting.options, answers[each.setting.id]
        yield Heading(3, each.setting.title)
        rows = (
            ("You saw", options.get(seen, seen)),
            ("Recommended", options[each.option]),
            ("Why", each.why),
            ("What it can expose", each.setting.exposes),
        )
        yield from (Terms(rows), Listing(each.setting.where, numbered=True))


def record(platform: Platform, level: Level, guidance: Guidance, today: date) -> dict[str, Any]:
    """Return a check-up as data, for `--format json`."""
    return {
        "platform": platform.id,
        "title": platform.title,
        "level": level,
        "source": platform.source,
        "help": platform.help,
        "read_on": platform.read_on.isoformat(),
        "review_on": platform.review_on.isoformat(),
        "warnings": list(warnings(platform, today)),
        "settings": [_setting_record(each) for each in advised(platform, level, guidance)],
    }


def _setting_record(advice: Advice) -> dict[str, Any]:
    setting = advice.setting
    return {
        "id": setting.id,
        "title": setting.title,
        "area": setting.area.id,
        "where": list(setting.where),
        "exposes": setting.exposes,
        "options": dict(setting.options),
        "recommended": advice.option,
        "why": advice.why,
        "raised_by": list(advice.raised_by),
        "set_aside": list(advice.set_aside),
        "undo": setting.undo,
        "provisions": [p.id for stand in advice.stands for p in stand.provisions],
    }


def review_record(
    platform: Platform, level: Level, guidance: Guidance, answers: Mapping[str, str], changes: Changes, made: date
) -> dict[str, Any]:
    """Return what a review found as data, for `--format json`."""
    return {
        "platform": platform.id,
        "level": level,
        "made": made.isoformat(),
        "answers": dict(answers),
        "reset": [_change_record(each) for each in changes.reset],
        "changed": [_change_record(each) for each in changes.changed],
        "added": list(changes.added),
        "removed": list(changes.removed),
        "renamed": dict(changes.renamed),
        "short": {each.setting.id: each.option for each in falls_short(platform, answers, level, guidance)},
        "left": [each.id for each in left(platform, answers)],
    }


def _change_record(change: Change) -> dict[str, Any]:
    return {"setting": change.id, "before": change.before, "after": change.after, "wider": change.wider}
