"""The shipped packs, duties and differences hold what they promise."""

from collections import Counter
from datetime import date, timedelta

import pytest

from forethought.guidance import Guidance

COUNTS = {
    "bacp-social-media-1": 64,
    "bacp-social-media-2": 101,
    "bps-dcp-e-professionalism": 125,
    "bacp-gpia-040": 148,
    "babcp-social-media": 109,
}


class TestProvisions:
    @pytest.mark.parametrize(("pack", "count"), COUNTS.items(), ids=COUNTS)
    def test_count(self, shipped: Guidance, pack: str, count: int) -> None:
        """Each document is carried whole."""
        assert count == len(shipped.pack(pack).provisions)

    def test_all(self, shipped: Guidance) -> None:
        """The five packs hold 547 provisions, each with an id of its own."""
        assert 547 == len({p.id for p in shipped.provisions()}) == len(shipped.provisions())

    def test_placed(self, shipped: Guidance) -> None:
        """Every provision stands under a duty or is background, and never both."""
        assert () == tuple(p.id for p in shipped.provisions() if bool(p.duties) == p.background)

    def test_background_is_fact(self, shipped: Guidance) -> None:
        """Nothing that asks something of anybody is set aside as background."""
        assert {"fact"} == {p.strength for p in shipped.provisions() if p.background}

    def test_strengths(self, shipped: Guidance) -> None:
        """Strengths are counted as they were read from the documents."""
        expected = {"must": 65, "should": 191, "consider": 34, "may": 71, "fact": 186}
        assert expected == Counter(p.strength for p in shipped.provisions())

    def test_soft_verbs_on_binding_duties(self, shipped: Guidance) -> None:
        """Twenty-six provisions use a soft verb for a binding duty, and bind."""
        soft = tuple(p for p in shipped.provisions() if p.on_duty)
        assert (26, {"should"}, {True}) == (len(soft), {p.strength for p in soft}, {p.binds for p in soft})

    def test_addressees(self, shipped: Guidance) -> None:
        """Each provision says to whom it speaks; most speak to practitioners."""
        told = Counter(who for p in shipped.provisions() for who in p.addressees)
        assert {"practitioner": 337, "psychologist": 88, "all": 53} == dict(told.most_common(3))

    def test_own_voice(self, shipped: Guidance) -> None:
        """A provision is a finished sentence."""
        assert () == tuple(p.id for p in shipped.provisions() if not p.says.endswith(".") or p.says[0].islower())


class TestCitation:
    def test_provision(self, shipped: Guidance) -> None:
        """A provision carries what a report has to cite."""
        (provision,) = (p for p in shipped.provisions() if p.id == "GPIA-54")
        expected = (
            "bacp",
            "Social media, digital technology and the counselling professions",
            "3.2 Confidentiality and privacy",
            True,
        )
        assert expected == (provision.body, provision.document, provision.section, provision.binds)

    def test_agrees_with_pack(self, shipped: Guidance) -> None:
        """Body, pack and document of a provision are those of the pack that holds it."""
        for pack in shipped.packs:
            assert {(pack.body, pack.id, pack.title)} == {(p.body, p.pack, p.document) for p in pack.provisions}


class TestPacks:
    def test_bodies(self, shipped: Guidance) -> None:
        """Three bodies stand behind the five packs."""
        assert {"bacp": 3, "bps-dcp": 1, "babcp": 1} == Counter(pack.body for pack in shipped.packs)

    def test_superseded(self, shipped: Guidance) -> None:
        """BACP's first version is kept, points to its successor and comes last."""
        last = shipped.packs[-1]
        assert ("bacp-social-media-1", "superseded", "bacp-social-media-2") == (
            last.id,
            last.status,
            last.superseded_by,
        )

    def test_weight(self, shipped: Guidance) -> None:
        """Only BABCP's guidance is tied to membership by its own words."""
        assert ("babcp-social-media",) == tuple(pack.id for pack in shipped.packs if pack.weight == "binds")

    def test_review(self, shipped: Guidance) -> None:
        """No pack is due on its review date, and every pack is due the day after."""
        day = date(2027, 11, 20)
        assert ((), shipped.packs) == (shipped.due(day), shipped.due(day + timedelta(days=1)))


class TestDuties:
    def test_served_by_a_provision(self, shipped: Guidance) -> None:
        """There are seventy duties, and each has at least one provision."""
        assert 70 == len(shipped.duties)
        assert () == tuple(duty.id for duty in shipped.duties if not shipped.provisions(duty=duty.id))

    def test_asked_for(self, shipped: Guidance) -> None:
        """Two duties rest on facts alone: they cap what may be raised, and ask nothing of the reader."""
        silent = tuple(duty.id for duty in shipped.duties if not shipped.supports([duty.id]))
        assert ("lawful-private-life", "study-figures") == silent

    def test_codes(self, shipped: Guidance) -> None:
        """Codes run from C01 to C70 in order."""
        assert tuple(f"C{n:02}" for n in range(1, 71)) == tuple(duty.code for duty in shipped.duties)

    def test_meaning(self, shipped: Guidance) -> None:
        """Each duty is explained in one short sentence."""
        assert () == tuple(d.id for d in shipped.duties if len(d.meaning) > 110 or not d.meaning.endswith("."))


class TestDifferences:
    def test_points(self, shipped: Guidance) -> None:
        """The forty-two known points run from D01 to D42."""
        assert tuple(f"D{n:02}" for n in range(1, 43)) == tuple(point.id for point in shipped.differences)

    def test_strictest_has_a_position(self, shipped: Guidance) -> None:
        """Whoever is called strictest has a position that shows it."""
        for point in shipped.differences:
            assert set(point.strictest) <= {position.of for position in point.positions}, point.id

    def test_positions_rest_on_provisions(self, shipped: Guidance) -> None:
        """A body with a position on a point has a provision under one of its duties."""
        for point in shipped.differences:
            for position in point.positions:
                told = [duty for duty in point.duties if shipped.provisions(position.of, duty)]
                assert told, (point.id, position.of)
