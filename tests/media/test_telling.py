"""What is said of a file: a sentence first, then one thing after another, in words that people use."""

from pathlib import Path

import pytest

from forethought.documents import Listing, Note, Paragraph, Table
from forethought.media.cleaning import Cleaned, Seen
from forethought.media.telling import document, given_away, record, said, summary
from forethought.media.trace import KINDS, Trace

PLACE = Trace("place", "EXIF GPS", "51.45000 N, 2.58333 W, in or beside Bristol (GB)")
ARTIST = Trace("person", "EXIF Artist", "Sam Fell")
TIME = Trace("time", "EXIF DateTimeOriginal", "2026:05:03 14:10:00")


def seen(*traces: Trace, **more: object) -> Seen:
    """Return a photo that gives these away."""
    return Seen("a.jpg", "JPEG", "picture", traces, **more)  # type: ignore[arg-type]


class TestSummary:
    def test_a_photo(self) -> None:
        """A photo's place, person and hour are told in one sentence, without coordinates."""
        assert (
            "The file gives away where it was made (to within a few metres, in or beside Bristol (GB)); who made it or "
            "is in it (Sam Fell); when it was made (3 May 2026 at 14:10)."
        ) == summary((PLACE, ARTIST, TIME))

    def test_many_of_a_kind(self) -> None:
        """Of many names two are given and the others counted, each once; hidden words are counted alone."""
        people = [Trace("person", f"field {n}", f"Person {n % 4}") for n in range(9)]
        words = [Trace("words", "comment", f"word {n}") for n in range(12)]
        found = summary([*people, *words])
        assert "(Person 0, Person 1 and 2 more)" in found
        assert "words that are not seen (12)" in found
        assert "word 3" not in found

    def test_the_most_exact_first(self) -> None:
        """A spot comes before a name of a place, and an hour stands for its day."""
        day = Trace("time", "EXIF GPSDateStamp", "2026:05:03")
        found = summary([Trace("place", "IPTC City", "Somewhere"), PLACE, day, TIME])
        assert "(to within a few metres, in or beside Bristol (GB), Somewhere)" in found
        assert "(3 May 2026 at 14:10)" in found

    def test_a_spot_far_from_any_town(self) -> None:
        """A spot without a town is still told to be exact."""
        assert "(to within a few metres)" in summary([Trace("place", "GPS", "0.00000 N, 0.00000 E")])

    @pytest.mark.parametrize("kind", KINDS)
    def test_every_kind(self, kind: str) -> None:
        """Every kind of trace has words of its own."""
        assert "The file gives away " in summary([Trace(kind, "x", "y")])


class TestSaid:
    @pytest.mark.parametrize(
        ("value", "wanted"),
        [
            ("2026:05:03 14:10:00", "3 May 2026 at 14:10"), ("2026-05-03T14:10:00Z", "3 May 2026 at 14:10"),
            ("2026:05:03", "3 May 2026"), ("2026:13:41 10:00:00", "2026:13:41 10:00:00"), ("yesterday", "yesterday"),
        ],
    )  # fmt: skip
    def test_dates(self, value: str, wanted: str) -> None:
        """Dates are written out, and what is no date stays as it is."""
        assert wanted == said(Trace("time", "x", value))

    def test_a_makers_notes(self) -> None:
        """A row of bare numbers is told as what it is; a number or two stay."""
        assert "which people cannot read" in said(Trace("device", "MakerNote", "80 104 111 110 101 0 1 2 107"))
        assert "12 345" == said(Trace("device", "Model", "12 345"))


class TestGivenAway:
    def test_rows(self) -> None:
        """The same thing in two places is one row with both."""
        table = list(given_away(seen(ARTIST, Trace("person", "XMP creator", "Sam Fell"))))[-1]
        assert isinstance(table, Table)
        assert (("Who made it or is in it", "Sam Fell", "EXIF Artist; XMP creator"),) == table.rows

    def test_nothing(self) -> None:
        """A file that gives nothing away says so, and never that it is safe."""
        assert [Paragraph("Nothing hidden was found in it.")] == list(given_away(seen()))

    def test_a_wrong_name(self) -> None:
        """A name that says otherwise is told."""
        assert any("says otherwise" in str(each) for each in given_away(seen(misnamed=True)))

    def test_one_that_cannot_be_cleaned(self) -> None:
        """What cannot be cleaned is not to be posted, with the reason."""
        (note,) = given_away(Seen("a.xyz", "", "", (), "it is of no known kind"))
        assert Note("It cannot be cleaned, so do not post it: it is of no known kind.") == note


class TestDocument:
    def test_the_copy(self) -> None:
        """Where the clean copy lies is said, and what no program takes out."""
        page = document([Cleaned(seen(ARTIST), Path("out/picture.jpg"))])
        assert any("A clean copy is at" in str(block) for block in page.blocks)
        assert "faces" in str(page.blocks[-1])

    def test_no_copy(self) -> None:
        """Where the copy was not clean, what was left is listed."""
        page = document([Cleaned(seen(ARTIST), left=("EXIF Artist: Sam Fell",), why="something was left")])
        assert Listing(("EXIF Artist: Sam Fell",)) in page.blocks


class TestRecord:
    def test_removed_only_where_clean(self) -> None:
        """Nothing counts as removed where there is no clean copy."""
        assert [] == record(Cleaned(seen(ARTIST), why="x"))["removed"]
        assert 1 == len(record(Cleaned(seen(ARTIST), Path("a")))["removed"])
