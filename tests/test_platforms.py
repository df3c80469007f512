"""What fits on each platform: the figures are whole and sourced, and words are cut between sentences alone."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import UnknownNameError
from forethought.platforms import Place, Platform, fitted, limit, platforms
from forethought.reading.draft import PLATFORMS

PLACES: tuple[Place, ...] = ("message", "comment", "note", "profile")
BEYOND = {"sms"}  # somewhere to write to clients that no draft is posted on
SENTENCES = st.lists(st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=30), max_size=6)


@pytest.mark.parametrize("platform", platforms().values(), ids=lambda each: each.id)
class TestFigures:
    def test_it_is_one_that_drafts_know(self, platform: Platform) -> None:
        """A platform here goes by the name that drafts use for it."""
        assert platform.id in {*PLATFORMS, *BEYOND}

    def test_it_limits_something(self, platform: Platform) -> None:
        """A platform is listed for a limit, and no limit is less than nothing."""
        limits = [platform.limit(place) for place in PLACES]
        assert any(limits)
        assert min(limits) >= 0

    def test_it_says_where_the_figures_are_from(self, platform: Platform) -> None:
        """Each platform's figures have a source and the day on which it was read, which is not to come."""
        assert platform.source
        assert platform.read <= date.today()


class TestLimit:
    @pytest.mark.parametrize(
        ("platform", "place", "most"),
        [("sms", "message", 160), ("linkedin", "note", 200), ("tiktok", "comment", 150), ("facebook", "note", 0)],
    )
    def test_of_a_place(self, platform: str, place: Place, most: int) -> None:
        """The limit of a place is given, and 0 where the platform has no such place."""
        assert most == limit(platform, place)

    def test_of_an_unknown_platform(self) -> None:
        """A platform that nobody wrote down is named, with the nearest that is."""
        with pytest.raises(UnknownNameError, match="linkedin"):
            limit("linkdin", "note")

    def test_every_platform_is_found_under_its_own_id(self) -> None:
        """No id is there twice, and the key is the platform's own."""
        assert list(platforms()) == [each.id for each in platforms().values()]


class TestFitted:
    @given(SENTENCES, st.integers(min_value=1, max_value=80))
    def test_it_fits_and_is_the_beginning(self, sentences: list[str], most: int) -> None:
        """What is kept fits, and is the first sentences whole."""
        kept = fitted(sentences, most)
        assert len(kept) <= most
        assert kept == " ".join(sentences[: len(kept.split())])

    @given(SENTENCES)
    def test_without_a_limit_all_is_kept(self, sentences: list[str]) -> None:
        """Where no limit is known nothing is cut."""
        assert " ".join(sentences) == fitted(sentences, 0)

    def test_a_sentence_that_does_not_fit_ends_it(self) -> None:
        """A later sentence never stands without the one before it."""
        assert "One." == fitted(("One.", "A second that is long.", "Two."), 10)
