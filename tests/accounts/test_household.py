"""What is looked at around a person and on their pages, the changes to follow, and the check-ups beside them."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

import pytest

from forethought.accounts.calendar import news as changes
from forethought.accounts.calendar.news import NATIONS, news
from forethought.accounts.checkups.load import checkups
from forethought.accounts.searching import household as data
from forethought.accounts.searching.household import AROUND, EVERY, PUBLISHED, Check, checks, household, upkeep
from forethought.guidance import load
from forethought.guidance.schema import PackError

HERE = Path(__file__).parents[2] / "src/forethought/accounts"
PROVISIONS = {each.id for each in load().provisions()}
LISTS = (household, upkeep)
BANNED = re.compile(r"(?i)\b(please|sorry|invalid|oops|compliant|is a crime|is an offence|guilty|is safe)\b")
MINE = (
    "bluesky", "reddit", "pinterest", "tumblr", "discord", "nextdoor", "wordpress", "website", "directory", "phone-ios",
    "phone-android", "browser", "telegram", "signal", "strava",
)  # fmt: skip
CHECK = """
[[check]]
id = "router"
places = ["home"]
title = "The router"
why = "Everything goes through it."
steps = ["Change its password."]
every = "yearly"
cites = ["GPIA-119"]
"""
NEWS = """
[[news]]
id = "a-law"
kind = "law"
state = "happened"
title = "A law"
on = 2026-06-19
nations = ["England"]
says = "It began."
steps = ["Read it."]
cites = ["GPIA-143"]
source = "from memory, unchecked"
read_on = 2026-11-29
review_on = 2027-05-28
"""


@pytest.mark.parametrize("listed", LISTS)
def test_every_check_has_its_parts(listed: Callable[[], Mapping[str, Check]]) -> None:
    """Each check says why in a sentence or more, what to do and how often, and rests on provisions that exist."""
    for id, check in listed().items():
        assert check.id == id
        assert check.why.endswith(".")
        assert all(step.endswith((".", "?")) for step in check.steps), id
        assert len({*check.cites}) == len(check.cites), id
        assert {*check.cites} <= PROVISIONS, id
        assert check.months == EVERY[check.every]


def test_what_guidance_asks_of_a_household_is_there() -> None:
    """Each provision on devices, apps, smart things, histories, software and networks is met by a check."""
    met = {each for check in household().values() for each in check.cites}
    assert {*(f"GPIA-{number}" for number in range(116, 121)), "BABCP-47", "BABCP-53", "BABCP-60", "DCP-76"} <= met


@pytest.mark.parametrize(("listed", "places"), [(household, AROUND), (upkeep, PUBLISHED)])
def test_every_place_has_something_to_look_at(
    listed: Callable[[], Mapping[str, Check]], places: Mapping[str, str]
) -> None:
    """No heading of a page stands empty."""
    assert {place for check in listed().values() for place in check.places} == {*places}


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('every = "yearly"', 'every = "daily"', "every 'daily' is not known"),
        ('"home"', '"garage"', "places 'garage' is not known"),
        ('"GPIA-119"', '"GPIA-999"', "cites 'GPIA-999' is not known"),
        ('["GPIA-119"]', "[]", "cites is empty"),
        ('why = "Everything goes through it."\n', "", "'why' is missing"),
    ],
)
def test_a_faulty_check_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """A word that is not known, an empty list and a missing part are each named, with the file and the line."""
    path = tmp_path / "checks.toml"
    path.write_text(CHECK.replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackError, match=told) as caught:
        checks(path, AROUND)
    assert caught.value.line


def test_two_checks_of_one_id_are_told(tmp_path: Path) -> None:
    """The second check of the same id is named, rather than taking the first one's place."""
    path = tmp_path / "checks.toml"
    path.write_text(CHECK + CHECK, encoding="utf-8")
    with pytest.raises(PackError, match="'router' is the id of two checks") as caught:
        checks(path, AROUND)
    assert caught.value.line == CHECK.count("\n") + 3


def test_changes_come_latest_first_with_sane_days() -> None:
    """What happened did so before it was read, and each entry is read again within half a year."""
    days = [each.on for each in news()]
    assert days == sorted(days, reverse=True)
    for each in news():
        assert each.nations
        assert {*each.nations} <= {*NATIONS}
        assert each.steps
        assert each.says.endswith(".")
        assert date(2018, 1, 1) < each.on < date(2028, 1, 1)
        assert 0 < (each.review_on - each.read_on).days <= changes.MOST_DAYS


def test_nothing_unread_is_given_as_checked() -> None:
    """Every change says how it was seen, and none claims that somebody compared it with the official page."""
    for each in news():
        assert re.search("memory|excerpt", each.source), each.id
        assert not each.checked_by


@pytest.mark.parametrize(
    ("id", "day", "state"),
    [
        ("osa-passed", date(2023, 10, 26), "happened"),
        ("duaa-complaints", date(2026, 6, 19), "happened"),
        ("report-fraud", date(2025, 12, 4), "happened"),
        ("worker-protection", date(2024, 10, 26), "happened"),
        ("third-party-harassment", date(2026, 10, 1), "planned"),
    ],
)
def test_the_changes_that_matter_stand_on_their_days(id: str, day: date, state: str) -> None:
    """The Acts and the services that other parts speak of are dated as those parts date them."""
    found = {each.id: each for each in news()}[id]
    assert (found.on, found.state) == (day, state)


def test_report_fraud_is_not_for_scotland() -> None:
    """A person in Scotland is not sent to a service that does not serve them."""
    found = {each.id: each for each in news()}["report-fraud"]
    assert "Scotland" not in found.nations


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("on = 2026-06-19", "on = 2027-01-01", "happened after it was read"),
        ("2027-05-28", "2028-05-28", "within 183 days"),
        ("2027-05-28", "2026-11-29", "within 183 days"),
        ('"England"', '"Cornwall"', "nations 'Cornwall' is not known"),
        ('kind = "law"', 'kind = "lore"', "kind 'lore' is not known"),
        ('state = "happened"', 'state = "rumoured"', "state 'rumoured' is not known"),
    ],
)
def test_a_faulty_change_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """A day that cannot be, and a word that is not known, are each named, with the file and the line."""
    path = tmp_path / "news.toml"
    path.write_text(NEWS.replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackError, match=told) as caught:
        news(path)
    assert caught.value.line


def test_two_changes_of_one_id_are_told(tmp_path: Path) -> None:
    """The second entry of the same id is named, rather than taking the first one's place."""
    path = tmp_path / "news.toml"
    path.write_text(NEWS + NEWS, encoding="utf-8")
    with pytest.raises(PackError, match="'a-law' is the id of two entries"):
        news(path)


@pytest.mark.parametrize("id", MINE)
def test_a_platform_owns_to_what_is_unchecked(id: str) -> None:
    """A check-up written from general knowledge says so, and leaves each privacy setting a way further in."""
    platform = checkups()[id]
    assert not platform.checked_by
    for setting in platform.settings.values():
        assert "not checked at the platform" in setting.source, setting.id
        assert len(setting.options) > 1, setting.id
        assert setting.undo.endswith("."), setting.id
        assert setting.exposes.endswith("."), setting.id


@pytest.mark.parametrize(
    "path",
    [data.HERE / "household.toml", data.HERE / "upkeep.toml", changes.HERE / "news.toml"]
    + [HERE / f"platforms/{id}.toml" for id in MINE],
    ids=lambda path: path.stem,
)
def test_the_words_are_plain_and_claim_nothing(path: Path) -> None:
    """No word of the data begs, apologises, finds a crime or calls anything safe from rules."""
    assert not BANNED.search(path.read_text(encoding="utf-8"))
