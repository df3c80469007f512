"""What a thread tells: how many people it could be, what narrows it most, and what would loosen it."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.footprint.jigsaw.population import estimate, level
from forethought.footprint.jigsaw.telling import COUNTED, FEWEST, MOST, Said, counted, narrowed, people, sex_of

WEAVER, SON, TOWN = Said("job", "weaver"), Said("family", "her son"), Said("place", "Hawick")
MANY = [
    Said("age", "in her fifties"), Said("job", "nurse"), Said("condition", "depression"),
    Said("family", "two children"), Said("faith", "Catholic"), Said("ethnicity", "Polish"),
    Said("hobby", "knitting"), Said("place", "Leeds"),
]  # fmt: skip


class TestSex:
    @pytest.mark.parametrize(
        ("texts", "expected"),
        [
            (["She told me that her mother wept."], "woman"),
            (["He lost his dad.", "Himself, he said."], "man"),
            (["She and he.", "His and hers."], ""),
            (["They cried."], ""),
            ([], ""),
            (["The chair theatre others sheep."], ""),
            (["HER eyes."], "woman"),
        ],
    )
    def test_sex(self, texts: list[str], expected: str) -> None:
        """He or she is told only where the posts speak clearly more of one."""
        assert expected == sex_of(texts)


class TestCounted:
    def test_the_first_of_each_kind(self) -> None:
        """Of two details of one kind the first counts."""
        assert [WEAVER] == counted([WEAVER, Said("job", "nurse")], "")

    def test_what_cannot_be_counted(self) -> None:
        """Names, dates and addresses have no table to count with."""
        assert [] == counted([Said("person", "Marta"), Said("date", "Tuesday"), Said("contact", "07700 900000")], "")

    def test_those_that_narrow_most(self) -> None:
        """No more than a few are counted, the narrowest first."""
        found = counted(MANY, "Leeds")
        alone = [narrowed([each], "", "Leeds").estimate.best for each in found]
        assert MOST == len(found)
        assert sorted(alone) == alone

    @given(st.lists(st.builds(Said, st.sampled_from((*COUNTED, "person", "?")), st.text(max_size=12)), max_size=6))
    @settings(max_examples=30, deadline=None)
    def test_any_details(self, details: list[Said]) -> None:
        """Any words give a range that is in order, and a pair that is among them."""
        found = narrowed(details, "", "")
        assert 0 <= found.estimate.low <= found.estimate.high
        assert set(found.pair) <= {each.words for each in details}


class TestNarrowed:
    def test_more_details_leave_fewer(self) -> None:
        """Each further detail leaves fewer people, or at most as many."""
        left = [narrowed(MANY[:size], "woman", "Leeds").estimate.best for size in range(5)]
        assert sorted(left, reverse=True) == left
        assert left[0] > left[-1]

    def test_sex_halves(self) -> None:
        """He or she leaves about half."""
        assert narrowed([], "", "").estimate.best / 2 == pytest.approx(narrowed([], "woman", "").estimate.best, rel=0.1)

    def test_a_place_that_is_told_counts(self) -> None:
        """A place among the details counts in place of where the author is."""
        assert narrowed([WEAVER, TOWN], "", "London").estimate == narrowed([WEAVER, TOWN], "", "").estimate
        assert narrowed([WEAVER], "", "London").estimate.best > narrowed([WEAVER], "", "Hawick").estimate.best

    def test_identifying_is_red(self) -> None:
        """What leaves a handful is identifying, and what leaves thousands is not."""
        few, many = narrowed([WEAVER, SON], "woman", "Hawick"), narrowed([Said("job", "nurse")], "", "")
        assert few.identifying
        assert "red" == level(few.estimate)
        assert not many.identifying
        assert "green" == level(many.estimate)

    def test_nothing(self) -> None:
        """Where nothing is told, everybody could match, and there is nothing to take out."""
        found = narrowed([], "", "")
        assert (False, (), "") == (found.identifying, found.pair, found.loosen)
        assert estimate({}) == found.estimate


class TestAdvice:
    @pytest.mark.parametrize("details", [MANY[:2], MANY[:4], [WEAVER, SON, TOWN]])
    def test_it_widens(self, details: list[Said]) -> None:
        """Without the words that the advice names, more people could match, and as many as it says."""
        found = narrowed(details, "woman", "Leeds")
        words = re.findall("“(.+)”", found.loosen)
        without = narrowed([each for each in counted(details, "Leeds") if each.words not in words], "woman", "Leeds")
        assert without.estimate.best > found.estimate.best
        assert people(without.estimate.low, without.estimate.high) in found.loosen

    def test_where_no_single_detail_would_do(self) -> None:
        """Where a handful is left whatever is taken out, that is said, and no detail is named in vain."""
        used = counted(MANY, "Leeds")
        left = [narrowed([other for other in used if other != each], "woman", "Leeds") for each in used]
        assert all(each.estimate.high < FEWEST for each in left)
        assert "no single detail would do" in narrowed(MANY, "woman", "Leeds").loosen

    def test_no_other_widens_more(self) -> None:
        """What the advice names loosens it most."""
        used = counted(MANY[:4], "Leeds")
        named = re.findall("“(.+)”", narrowed(MANY[:4], "woman", "Leeds").loosen)[0]
        left = {
            each.words: narrowed([other for other in used if other != each], "woman", "Leeds").estimate.best
            for each in used
        }
        assert max(left.values()) == left[named]

    @pytest.mark.parametrize(
        ("low", "high", "said"),
        [
            (0, FEWEST - 1, "fewer than 10 people"),
            (3, 541, "up to 541 people"),
            (FEWEST, 1_200, "about 10 to 1,200 people"),
        ],
    )
    def test_people(self, low: int, high: int, said: str) -> None:
        """A range is said in words, and a handful without a figure."""
        assert said == people(low, high)
