"""Loading: what joins, and what is refused with the file and the line."""

from dataclasses import FrozenInstanceError
from pathlib import Path
from typing import Any

import pytest

from forethought.errors import ForethoughtError
from forethought.guidance import PackError, load

PACK, DUTIES, DIFFERENCES = "packs/north-1.toml", "duties.toml", "differences.toml"

# What is spoilt: the file, the words taken out, the words put in, the line of the fault, and what the message says.
FAULTS: dict[str, tuple[str, str, str, int, str]] = {
    "unknown key in a provision": (
        PACK,
        "strength =",
        "strenth =",
        19,
        "'strenth' is not a key used here. Use strength",
    ),
    "unknown key in the head": (PACK, "weight =", "wait =", 10, "'wait' is not a key used here"),
    "missing key in a provision": (PACK, 'says = "Be kind."\n', "", 15, "'says' is missing. Add it, such as says ="),
    "missing key in the second provision": (PACK, 'says = "People talk online."', "", 25, "'says' is missing"),
    "missing key in the head": (
        PACK,
        "review = 2027-11-20\n",
        "",
        1,
        "'review' is missing. Add it, such as review = 2026",
    ),
    "words in place of a list": (PACK, '["post"]', '"post"', 20, "'triggers' takes a list of words"),
    "a number within a list": (PACK, '["post"]', '["post", 3]', 20, "'triggers' takes a list of words"),
    "a number in place of words": (PACK, '"Be kind."', "7", 23, "'says' takes words in quotation marks"),
    "words in place of true": (PACK, "background = true", 'background = "yes"', 31, "'background' takes true or false"),
    "words in place of a day": (PACK, "read = 2026-11-20", 'read = "soon"', 7, "'read' takes a day"),
    "a moment in place of a day": (PACK, "read = 2026-11-20", "read = 2026-11-20T09:00:00", 7, "'read' takes a day"),
    "nothing said": (PACK, '"Be kind."', '""', 23, "'says' takes words"),
    "no such day": (PACK, "read = 2026-11-20", "read = 2026-13-40", 7, "this is not TOML"),
    "broken TOML": (PACK, '["kindness"]', '["kindness"', 22, "this is not TOML. Check the quotation marks"),
    "broken TOML at the end": (PACK, '"People talk online."', '"""People', 33, "this is not TOML"),
    "unknown kind": (PACK, '"duty"', '"dutty"', 18, "kind 'dutty' is not known. Use duty"),
    "unknown strength": (PACK, '"must"', '"shall"', 19, "strength 'shall' is not known. Use"),
    "unknown trigger": (PACK, '["post"]', '["posting"]', 20, "triggers 'posting' is not known. Use post"),
    "unknown duty": (PACK, '["kindness"]', '["kindnes"]', 21, "duties 'kindnes' is not known. Use kindness"),
    "unknown function": (PACK, '["text"]', '["test"]', 22, "serves 'test' is not known. Use text"),
    "unknown status": (PACK, '"current"', '"curent"', 9, "status 'curent' is not known. Use current"),
    "unknown weight": (PACK, '"advises"', '"advice"', 10, "weight 'advice' is not known. Use advises"),
    "unknown successor": (
        PACK,
        "weight =",
        'superseded_by = "north-2"\nweight =',
        10,
        "superseded_by 'north-2' is not known",
    ),
    "its own successor": (PACK, "weight =", 'superseded_by = "north-1"\nweight =', 10, "is not known. Take it out."),
    "duplicate provision": (PACK, '"N-02"', '"N-01"', 26, "id 'N-01' is already used in north-1.toml"),
    "no duty and no background": (PACK, 'duties = ["kindness"]\n', "", 15, "Add duties, or background = true"),
    "both duty and background": (PACK, "background = true", 'background = true\nduties = ["patience"]', 25, "not both"),
    "background that asks": (PACK, '"fact"', '"should"', 29, "Make its strength fact, or give it duties"),
    "review before reading": (PACK, "review = 2027", "review = 2025", 8, "'review' is not after 'read'"),
    "published after reading": (PACK, '"2024-05"', '"2026-12"', 6, "'published' is later than 'read'"),
    "published in words": (PACK, '"2024-05"', '"May 2024"', 6, "'published' takes a year, month or day"),
    "no provision": (PACK, "[[provision]]", "[[provisions]]", 15, "'provisions' is not a key used here"),
    "duty without a meaning": (DUTIES, 'meaning = "Wait."\n', "", 7, "'meaning' is missing"),
    "duplicate duty": (DUTIES, '"patience"', '"kindness"', 8, "id 'kindness' is already used in duties.toml"),
    "difference over an unknown duty": (DIFFERENCES, '["patience"]', '["haste"]', 4, "duties 'haste' is not known"),
    "unknown strictest": (
        DIFFERENCES,
        '["north-1"]',
        '["south-1"]',
        5,
        "strictest 'south-1' is not known. Use north-1",
    ),
    "unknown position": (DIFFERENCES, "north-1 =", "south-1 =", 6, "positions 'south-1' is not known. Use north-1"),
    "position that is not words": (DIFFERENCES, '"Wait a day."', "1", 6, "'positions' takes a table of words"),
}
UNWELCOME = ("please", "sorry", "invalid", "forbidden", "oops")


class TestFaults:
    @pytest.mark.parametrize(("name", "old", "new", "line", "words"), FAULTS.values(), ids=FAULTS)
    def test_named(self, folder: Any, name: str, old: str, new: str, line: int, words: str) -> None:
        """A fault is told with its file, its line and what to do."""
        folder.spoil(name, old, new)
        with pytest.raises(PackError) as caught:
            load(folder.path)
        told = str(caught.value)
        assert (folder.path / name, line) == (caught.value.path, caught.value.line)
        assert told.startswith(f"{folder.path / name}, line {line}: ")
        assert words in told
        assert not [word for word in UNWELCOME if word in told.casefold()]

    def test_not_utf8(self, folder: Any) -> None:
        """A file in another encoding is refused at the line of the first foreign character."""
        place = folder.path / PACK
        place.write_bytes(place.read_bytes().replace(b"Invented", b"\xe9crit"))
        with pytest.raises(PackError, match=r"line 11: a character is not UTF-8. Save the file as UTF-8."):
            load(folder.path)

    def test_absent_file(self, folder: Any) -> None:
        """A file that is not there is named."""
        (folder.path / DUTIES).unlink()
        with pytest.raises(PackError, match=r"duties\.toml: the file could not be opened"):
            load(folder.path)

    def test_no_packs(self, tmp_path: Path) -> None:
        """A folder without packs is refused rather than taken as empty."""
        with pytest.raises(PackError, match=r"no pack was found. Name the folder"):
            load(extra=[tmp_path])

    def test_one_family(self) -> None:
        """A face that catches the project's errors catches this one."""
        assert issubclass(PackError, ForethoughtError)


class TestWhole:
    def test_small_folder(self, folder: Any) -> None:
        """A folder that keeps the schema loads, with what it leaves out filled in."""
        (pack,) = load(folder.path).packs
        first, second = pack.provisions
        assert ("2024-05", None) == (pack.published, pack.superseded_by)
        assert (("practitioner",), False, ("kindness",), False) == (
            first.addressees,
            first.on_duty,
            first.duties,
            first.background,
        )
        assert ((), True) == (second.duties, second.background)

    def test_own_addressees(self, folder: Any) -> None:
        """A provision may speak to others than its pack does."""
        folder.spoil(PACK, 'says = "Be kind."', 'says = "Be kind."\naddressees = ["trainee"]')
        assert ("trainee",) == load(folder.path).packs[0].provisions[0].addressees

    def test_undated(self, folder: Any) -> None:
        """A document without a date has none."""
        folder.spoil(PACK, 'published = "2024-05"\n', "")
        assert load(folder.path).packs[0].published is None

    @pytest.mark.parametrize("published", ["2026", "2026-11", "2026-11-20"])
    def test_published_when_read(self, folder: Any, published: str) -> None:
        """A document may have come out in the very year, month or day in which it was read."""
        folder.spoil(PACK, "2024-05", published)
        assert published == load(folder.path).packs[0].published

    def test_frozen(self, folder: Any) -> None:
        """Nothing that has loaded can be changed."""
        with pytest.raises(FrozenInstanceError):
            load(folder.path).packs[0].provisions[0].says = "Anything goes."  # type: ignore[misc]

    def test_once(self) -> None:
        """What is shipped is read once."""
        assert load() is load()


class TestOwnPacks:
    def test_joins(self, own: Path) -> None:
        """A service's own pack joins the shipped ones under a body of its own."""
        joined = load(extra=[own])
        assert 549 == len(joined.provisions())
        assert "binds" == joined.strength("respectful-tone")["harbour-1"]
        assert ("harbour-1",) == tuple(pack.id for pack in joined.active(["harbour"]).packs)

    def test_shipped_is_untouched(self, own: Path) -> None:
        """Joining a pack leaves what is shipped as it was."""
        load(extra=[own])
        assert 547 == len(load().provisions())

    def test_twice(self, own: Path) -> None:
        """The same pack cannot join twice."""
        with pytest.raises(PackError, match=r"line 1: id 'harbour-1' is already used in harbour\.toml"):
            load(extra=[own, own])

    def test_takes_a_shipped_id(self, own: Path) -> None:
        """A provision of one's own may not take the id of a shipped one."""
        place = own / "harbour.toml"
        place.write_text(place.read_text(encoding="utf-8").replace("H-02", "DCP-02"), encoding="utf-8")
        with pytest.raises(PackError, match=r"line 26: id 'DCP-02' is already used in bps-dcp-e-professionalism\.toml"):
            load(extra=[own])

    def test_cites_an_unknown_duty(self, own: Path) -> None:
        """A pack of one's own cites the shared duties and no others."""
        place = own / "harbour.toml"
        place.write_text(place.read_text(encoding="utf-8").replace("respectful-tone", "respectful"), encoding="utf-8")
        with pytest.raises(PackError, match=r"line 21: duties 'respectful' is not known. Use respectful-tone"):
            load(extra=[own])

    def test_follows_on(self, own: Path) -> None:
        """A pack may be superseded by one that is shipped."""
        place = own / "harbour.toml"
        text = place.read_text(encoding="utf-8").replace('"current"', '"superseded"\nsuperseded_by = "bacp-gpia-040"')
        place.write_text(text, encoding="utf-8")
        assert "bacp-gpia-040" == load(extra=[own]).pack("harbour-1").superseded_by
