"""Look-ups over the guidance that is in force."""

from dataclasses import replace
from itertools import pairwise

import pytest

from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, Provision


@pytest.fixture(scope="module")
def provision(shipped: Guidance) -> Provision:
    """A plain provision to vary."""
    return shipped.packs[0].provisions[0]


class TestStanding:
    @pytest.mark.parametrize(
        ("strength", "on_duty", "binds", "standing"),
        [
            ("must", False, True, "binds"),
            ("should", True, True, "binds"),
            ("should", False, False, "advises"),
            ("consider", False, False, "advises"),
            ("may", False, False, "advises"),
            ("fact", False, False, "silent"),
        ],
        ids=["must", "should on a duty", "should", "consider", "may", "fact"],
    )
    def test_provision(self, provision: Provision, strength: str, on_duty: bool, binds: bool, standing: str) -> None:
        """A must binds, and so does a soft verb on a duty; a fact asks nothing."""
        varied = replace(provision, strength=strength, on_duty=on_duty)
        assert (binds, standing) == (varied.binds, varied.standing)


class TestActive:
    def test_nothing_named(self, shipped: Guidance) -> None:
        """Every pack is in force until a body is named."""
        assert shipped is shipped.active([])

    def test_body(self, shipped: Guidance) -> None:
        """A body brings all its packs, the superseded one too."""
        packs = shipped.active(["bacp"]).packs
        assert ("bacp-gpia-040", "bacp-social-media-2", "bacp-social-media-1") == tuple(pack.id for pack in packs)

    def test_pack(self, shipped: Guidance) -> None:
        """One pack can be named alone."""
        assert 101 == len(shipped.active(["bacp-social-media-2"]).provisions())

    def test_several(self, shipped: Guidance) -> None:
        """Several names add up, and a name within another adds nothing."""
        chosen = shipped.active(["babcp", "bacp", "bacp-gpia-040"])
        assert 109 + 64 + 101 + 148 == len(chosen.provisions())

    def test_duties_stay(self, shipped: Guidance) -> None:
        """The shared duties and the differences stay whole."""
        chosen = shipped.active(["babcp"])
        assert (shipped.duties, shipped.differences) == (chosen.duties, chosen.differences)

    def test_unknown(self, shipped: Guidance) -> None:
        """An unknown body is refused with names that are like it."""
        with pytest.raises(UnknownNameError, match=r"body 'babpc' is not known. Use babcp"):
            shipped.active(["bacp", "babpc"])

    def test_put_aside(self, shipped: Guidance) -> None:
        """A body that has been put aside is no longer known."""
        with pytest.raises(UnknownNameError):
            shipped.active(["babcp"]).active(["bacp"])


class TestProvisions:
    def test_under_a_duty(self, shipped: Guidance) -> None:
        """A duty brings the provisions that cite it."""
        assert ("GPIA-54", "GPIA-56") == tuple(p.id for p in shipped.provisions(duty="no-specific-client-material"))

    def test_of_a_body(self, shipped: Guidance) -> None:
        """A body brings the provisions of all its packs, and a pack its own."""
        assert (313, 64) == (len(shipped.provisions("bacp")), len(shipped.provisions("bacp-social-media-1")))

    def test_for_a_moment(self, shipped: Guidance) -> None:
        """A trigger brings the provisions for that moment."""
        found = shipped.provisions(trigger="hack")
        assert found
        assert {True} == {"hack" in p.triggers for p in found}

    def test_together(self, shipped: Guidance) -> None:
        """Body, duty and trigger narrow together."""
        found = shipped.provisions(body="babcp", duty="hidden-data", trigger="image")
        assert ("BABCP-60",) == tuple(p.id for p in found)
        assert () == shipped.provisions(body="bacp", duty="hidden-data")

    @pytest.mark.parametrize("kind", ["body", "duty", "trigger"])
    def test_unknown(self, shipped: Guidance, kind: str) -> None:
        """A name that is not in its list is refused, so that a slip never reads as silence."""
        with pytest.raises(UnknownNameError, match=f"{kind} 'nonesuch' is not known"):
            shipped.provisions(**{kind: "nonesuch"})


class TestBehind:
    def test_strongest_first(self, shipped: Guidance) -> None:
        """What binds comes first, and plain facts come last."""
        order = {"binds": 0, "advises": 1, "silent": 2}
        found = [order[p.standing] for p in shipped.behind(["client-identifiability", "permanence"])]
        assert all(earlier <= later for earlier, later in pairwise(found))
        assert {0, 1, 2} == set(found)

    def test_once(self, shipped: Guidance) -> None:
        """A provision under two of the duties is shown once."""
        found = [p.id for p in shipped.behind(["client-identifiability", "jigsaw"])]
        assert 1 == found.count("GPIA-39")

    def test_current_before_superseded(self, shipped: Guidance) -> None:
        """Of two alike, the one from the current document comes first."""
        found = [p.id for p in shipped.behind(["jigsaw"])]
        assert found.index("BACP2-39") < found.index("BACP1-38")

    def test_nothing(self, shipped: Guidance) -> None:
        """No duties have nothing behind them."""
        assert () == shipped.behind([])

    def test_unknown(self, shipped: Guidance) -> None:
        """A duty that does not exist is refused with ones that are like it."""
        with pytest.raises(UnknownNameError, match=r"duty 'jigsow' is not known. Use jigsaw"):
            shipped.behind(["jigsow"])


class TestSupports:
    @pytest.mark.parametrize(
        ("body", "duty", "supported"),
        [("babcp", "hidden-data", True), ("bacp", "hidden-data", False), ("bps-dcp", "permanence", False)],
        ids=["asked for", "not mentioned", "a fact only"],
    )
    def test_duty(self, shipped: Guidance, body: str, duty: str, supported: bool) -> None:
        """A duty is supported where an active provision asks for it; a fact does not ask."""
        assert supported is shipped.active([body]).supports([duty])

    def test_any(self, shipped: Guidance) -> None:
        """One supported duty among several is enough, and none is not."""
        chosen = shipped.active(["bacp"])
        assert (True, False) == (chosen.supports(["hidden-data", "jigsaw"]), chosen.supports([]))


class TestStrength:
    def test_by_pack(self, shipped: Guidance) -> None:
        """How strongly each document holds a duty follows from its provisions."""
        expected = {
            "babcp-social-media": "binds",
            "bacp-gpia-040": "binds",
            "bacp-social-media-2": "silent",
            "bps-dcp-e-professionalism": "binds",
            "bacp-social-media-1": "advises",
        }
        assert expected == shipped.strength("current-client-requests")

    @pytest.mark.parametrize(
        ("duty", "expected"),
        [
            ("current-client-requests", {"babcp": "binds", "bacp": "binds", "bps-dcp": "binds"}),
            ("hidden-data", {"babcp": "advises", "bacp": "silent", "bps-dcp": "silent"}),
            ("permanence", {"babcp": "silent", "bacp": "advises", "bps-dcp": "silent"}),
        ],
        ids=["one pack binds", "one body alone", "facts are silent"],
    )
    def test_by_body(self, shipped: Guidance, duty: str, expected: dict[str, str]) -> None:
        """A body holds a duty as strongly as the strictest of its documents."""
        assert expected == shipped.strength_by_body(duty)

    def test_active_alone(self, shipped: Guidance) -> None:
        """Only what is in force is counted."""
        assert {"bacp": "advises"} == shipped.active(["bacp-social-media-1"]).strength_by_body(
            "current-client-requests"
        )

    def test_unknown(self, shipped: Guidance) -> None:
        """A duty that does not exist is refused."""
        with pytest.raises(UnknownNameError, match=r"duty 'jigsow' is not known"):
            shipped.strength("jigsow")


class TestNamed:
    def test_found(self, shipped: Guidance) -> None:
        """A pack and a duty are found by their ids."""
        assert ("bacp", "C04") == (shipped.pack("bacp-gpia-040").body, shipped.duty("jigsaw").code)

    def test_unknown_pack(self, shipped: Guidance) -> None:
        """A pack that does not exist is refused with ones that are like it."""
        with pytest.raises(UnknownNameError, match=r"pack 'bacp-gpia-41' is not known. Use bacp-gpia-040"):
            shipped.pack("bacp-gpia-41")


class TestDifferencesOn:
    def test_duties(self, shipped: Guidance) -> None:
        """A point is found by any duty that it concerns."""
        found = shipped.differences_on(["research", "teaching"])
        assert ("D38", "D39") == tuple(point.id for point in found)

    def test_nothing(self, shipped: Guidance) -> None:
        """A duty on which the documents agree has no point."""
        assert () == shipped.differences_on(["wellbeing"])

    def test_explained(self, shipped: Guidance) -> None:
        """A point shows each body's position and which is strictest."""
        (point,) = shipped.differences_on(["inclusion"])
        assert ("D42", ("bacp-gpia-040",)) == (point.id, point.strictest)
        assert ("bacp-gpia-040", "bps-dcp-e-professionalism") == tuple(position.of for position in point.positions)
