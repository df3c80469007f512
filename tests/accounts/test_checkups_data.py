"""Every platform's file: whole, dated, with its levels and floors in order; and what the loader turns down."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from forethought.accounts.checkups.load import MOST_DAYS, PLATFORMS, areas, checkup, checkups
from forethought.accounts.checkups.model import LEVEL_IDS, Platform, Setting
from forethought.accounts.checkups.telling import warnings
from forethought.accounts.vocabulary import LEVELS, SORTS
from forethought.errors import UnknownNameError
from forethought.footprint.archives.mastodon import SETTINGS as MASTODON
from forethought.guidance import PackError, load

FILES = sorted(PLATFORMS.glob("*.toml"))
LEAST, MOST = 6, 14
BUILT = (
    "x", "facebook", "instagram", "threads", "linkedin", "tiktok", "youtube", "google", "whatsapp", "snapchat",
    "mastodon",
)  # fmt: skip
PROVISIONS = {each.id: each for each in load().provisions()}
every = pytest.mark.parametrize("platform", checkups().values(), ids=lambda each: each.id)
TINY = """
id = "tiny"
title = "Tiny"
sort = "social"
source = "commonly reported, not checked at the platform"
help = "Tiny Help"
read_on = 2026-11-29
review_on = 2027-05-28

[recovery]
address = "tiny.example/hacked"
regain = ["Ask for a new password."]
sign_out = ["End every session."]
apps = ["Remove apps."]

[[setting]]
id = "posts"
title = "Who sees your posts"
area = "see"
where = ["Settings, then privacy"]
exposes = "A client reads your posts."
options = { public = "Anyone", friends = "Friends", me = "Only me" }
levels = { open = "public", careful = "friends", closed = "friends" }
floors = { babcp = "me" }
undo = "Choose another."
"""
SLIPS = (
    ('"tiny"', '"other"', "Call them alike"),
    ('sort = "social"', 'sort = "socal"', "socal"),
    ('area = "see"', 'area = "sea"', "sea"),
    ('careful = "friends", closed', 'careful = "pals", closed', "pals"),
    ('open = "public", careful = "friends"', 'open = "me", careful = "friends"', "more open"),
    (', closed = "friends" }', " }", "closed"),
    ('babcp = "me"', 'babcp = "mine"', "mine"),
    ('babcp = "me"', 'ukcp = "me"', "ukcp"),
    ("floors =", 'cites = ["BABCP-999"]\nfloors =', "BABCP-999"),
    ("floors =", 'archive = { "Private: Yes" = "shut" }\nfloors =', "shut"),
    ("floors =", 'renamed_from = ["posts"]\nfloors =', "two settings"),
    ("2027-05-28", "2027-07-28", "review_on"),
    ("2027-05-28", "2026-11-29", "review_on"),
    ("2027-05-28\n", "2027-05-28\nchecked_by = 3\n", "checked_by"),
    ('undo = "Choose another."', "", "undo"),
    ('exposes = "A client reads your posts."', 'exposes = ""', "exposes"),
    ('apps = ["Remove apps."]', "", "apps"),
    ("[recovery]", "[recovered]", "recovered"),
)


def written(folder: Path, text: str) -> Path:
    """Write a platform's file into a folder and return the folder."""
    (folder / "tiny.toml").write_text(text, encoding="utf-8")
    return folder


def test_every_platform_is_there() -> None:
    """The platforms that the check-ups have to cover load, and every file is one of them."""
    assert set(BUILT) <= set(checkups())
    assert {path.stem for path in FILES} == set(checkups())


@every
def test_a_file_is_whole(platform: Platform) -> None:
    """Each has a known sort, a source, few enough settings to step through, steps, an undo and the way back in."""
    assert platform.sort in SORTS
    assert platform.source
    assert platform.help
    assert platform.recovery.address
    assert platform.recovery.regain
    assert platform.recovery.sign_out
    assert LEAST <= len(platform.settings) <= MOST
    for each in platform.settings.values():
        assert each.where, each.id
        assert each.undo, each.id
        assert each.exposes.endswith("."), each.id
        assert len(each.options) > 1, each.id


@every
def test_each_has_a_setting_that_keeps_others_out(platform: Platform) -> None:
    """There is at least one on security, and it is the same for a page that is open on purpose."""
    security = [each for each in platform.settings.values() if each.area.id == "security"]
    assert security
    assert not any(each.on_purpose for each in security)


@pytest.mark.parametrize("id", BUILT)
def test_two_step_stays_on_at_every_level(id: str) -> None:
    """A page for work that anyone may read still has two-step sign-in on, and the shared ids are there."""
    settings = checkups()[id].settings
    assert {"two-step", "signed-in", "recovery"} <= set(settings)
    assert all((settings["two-step"].rank(settings["two-step"].levels[level]) or 0) > 0 for level in LEVEL_IDS)


@every
def test_levels_never_open_up(platform: Platform) -> None:
    """Every setting has the three levels, each an option, and none is more open than the one before it."""
    for each in platform.settings.values():
        ranks = [each.rank(each.levels[level]) for level in LEVEL_IDS]
        assert set(LEVELS) == set(each.levels), each.id
        assert None not in ranks, each.id
        assert ranks == sorted(ranks), each.id  # type: ignore[type-var]


@every
def test_a_floor_rests_on_a_provision(platform: Platform) -> None:
    """Every cite is a known provision, and each floor's body has one of its own behind it."""
    for each in platform.settings.values():
        assert set(each.provisions) <= set(PROVISIONS), each.id
        behind = {name for id in each.provisions for name in (PROVISIONS[id].body, PROVISIONS[id].pack)}
        assert set(each.floors) <= behind, each.id


@every
def test_babcp_asks_for_the_highest_privacy_where_it_names_a_floor(platform: Platform) -> None:
    """Outside security, its floor is nowhere the most open option."""
    for each in platform.settings.values():
        if "babcp" in each.floors:
            assert (each.rank(each.floors["babcp"]) or 0) > 0, each.id


@every
def test_dates_and_warnings(platform: Platform) -> None:
    """Each was read on a day and is due within half a year; a day later it warns, of the file and of each setting."""
    rows: list[Platform | Setting] = [platform, *platform.settings.values()]
    for row in rows:
        assert timedelta() < row.review_on - row.read_on <= timedelta(days=MOST_DAYS)
        before, after = (warnings(row, row.review_on + timedelta(days=days)) for days in (0, 1))
        assert len(after) == len(before) + 1
        assert "may have changed" in after[-1]
        assert bool(row.checked_by) != ("Nobody has checked" in before[0] if before else False)


def test_a_file_that_nobody_checked_says_so(tmp_path: Path) -> None:
    """The warning names the platform's own help, and goes once somebody has compared the file."""
    tiny = checkups(written(tmp_path, TINY))["tiny"]
    assert "Tiny Help" in warnings(tiny, date(2026, 12, 1))[0]
    (tmp_path / "more").mkdir()
    text = TINY.replace("2027-05-28\n", '2027-05-28\nchecked_by = "A. Reader"\n')
    assert warnings(checkups(written(tmp_path / "more", text))["tiny"], date(2026, 12, 1)) == ()


@pytest.mark.parametrize(("old", "new", "named"), SLIPS)
def test_a_slip_is_named_with_its_file(tmp_path: Path, old: str, new: str, named: str) -> None:
    """A name, level, floor, date or part that is wrong or missing stops the file, and the message tells which."""
    assert old in TINY
    with pytest.raises(PackError) as caught:
        checkups(written(tmp_path, TINY.replace(old, new, 1)))
    assert named in str(caught.value)
    assert "tiny.toml" in str(caught.value)


def test_the_small_file_itself_is_sound(tmp_path: Path) -> None:
    """Without a slip it loads, takes the platform's source for its setting, and leaves the rest empty."""
    setting = checkups(written(tmp_path, TINY))["tiny"].settings["posts"]
    assert (setting.source, setting.help) == ("commonly reported, not checked at the platform", "Tiny Help")
    assert (setting.on_purpose, setting.renamed_from, setting.since) == (False, (), None)


def test_an_unknown_platform_is_named() -> None:
    """A slip of the finger is met with the platform that was meant."""
    with pytest.raises(UnknownNameError, match="facebook"):
        checkup("facebok")
    assert checkup("facebook").title == "Facebook"


def test_every_area_is_used() -> None:
    """No area is left over, and each cites somebody."""
    used = {each.area.id for platform in checkups().values() for each in platform.settings.values()}
    assert used == set(areas())
    assert all(each.cites for each in areas().values())


def test_mastodon_settings_are_called_as_its_archive_reader_calls_them() -> None:
    """Every name that the check-up looks for is one that the reader of archives keeps."""
    told = {words.split(": ")[0] for each in checkups()["mastodon"].settings.values() for words in each.archive}
    assert told
    assert told <= {name for _, name in MASTODON}
