"""Coverage is worked out from what exists, and claims no more."""

from collections.abc import Mapping
from dataclasses import replace
from typing import get_args

import pytest

from forethought.errors import UnknownNameError
from forethought.guidance import FUNCTIONS, Guidance
from forethought.guidance.coverage import Status, coverage

EVERYTHING = dict.fromkeys(FUNCTIONS, ("something",))


def only(guidance: Guidance, **changes: object) -> Guidance:
    """Return guidance of one varied provision, under two duties, that calls for a text check and a log."""
    pack = guidance.pack("bps-dcp-e-professionalism")
    (provision,) = (p for p in pack.provisions if p.id == "DCP-03")
    return replace(guidance, packs=(replace(pack, provisions=(replace(provision, **changes),)),))


class TestStatus:
    @pytest.mark.parametrize(
        ("serves", "served", "status"),
        [
            (("text", "log"), {"text": ("rule",), "log": ("ledger",)}, "checked"),
            (("image",), {"image": ("cleaner",)}, "checked"),
            (("text", "log"), {"text": ("rule",)}, "partly checked"),
            (("guide", "log"), {"guide": ("guide",), "log": ("ledger",)}, "guided"),
            (("pack",), {}, "guided"),
            (("text", "log"), {"log": ("ledger",)}, "partly guided"),
            (("edu", "pack"), {}, "partly guided"),
            (("text", "log"), {}, "not yet"),
            (("text", "log"), {"text": ()}, "not yet"),
            (("text", "log"), {"guide": ("guide",)}, "not yet"),
            ((), {}, "human judgement"),
        ],
        ids=[
            "all, with a check", "an image check", "a check, not all", "all, no check", "the pack alone",
            "some, no check", "the pack and more", "none", "an empty list", "another function", "nothing to serve",
        ],
    )  # fmt: skip
    def test_status(
        self, shipped: Guidance, serves: tuple[str, ...], served: Mapping[str, tuple[str, ...]], status: Status
    ) -> None:
        """A provision is as far along as the functions that it calls for."""
        (row,) = coverage(only(shipped, serves=serves), {"consent-to-publish": served}).rows
        assert status == row.status

    def test_background(self, shipped: Guidance) -> None:
        """Background stays background, whatever is served."""
        (row,) = coverage(only(shipped, background=True, duties=()), {"jigsaw": EVERYTHING}).rows
        assert "background" == row.status

    def test_another_duty(self, shipped: Guidance) -> None:
        """A capability for another duty counts for nothing."""
        (row,) = coverage(only(shipped), {"research": EVERYTHING}).rows
        assert "not yet" == row.status

    def test_two_duties(self, shipped: Guidance) -> None:
        """Each of a provision's duties may bring its own part, named once."""
        served = {
            "client-identifiability": {"text": ("client-named", "client-case")},
            "consent-to-publish": {"text": ("client-named",), "log": ("consent log",)},
        }
        (row,) = coverage(only(shipped), served).rows
        assert ("checked", ()) == (row.status, row.missing)
        assert (("text", ("client-named", "client-case")), ("log", ("consent log",))) == row.served

    def test_missing(self, shipped: Guidance) -> None:
        """What is still missing is named."""
        (row,) = coverage(only(shipped), {"consent-to-publish": {"text": ("rule",)}}).rows
        assert ("log",) == row.missing


class TestTotals:
    @pytest.fixture(params=["nothing", "text", "everything"])
    def served(self, request: pytest.FixtureRequest, shipped: Guidance) -> Mapping[str, Mapping[str, tuple[str, ...]]]:
        """What is served: nothing, a text check for every duty, or every function for every duty."""
        functions = {"nothing": {}, "text": {"text": ("rule",)}, "everything": EVERYTHING}[request.param]
        return {duty.id: functions for duty in shipped.duties}

    def test_add_up(self, shipped: Guidance, served: Mapping[str, Mapping[str, tuple[str, ...]]]) -> None:
        """Every provision is counted once, over all and body by body."""
        found = coverage(shipped, served)
        bodies = found.by_body()
        assert 547 == sum(found.totals().values())
        assert {"bacp": 313, "bps-dcp": 125, "babcp": 109} == {body: sum(bodies[body].values()) for body in bodies}
        for status, total in found.totals().items():
            assert total == sum(bodies[body][status] for body in bodies)

    def test_nothing_built(self, shipped: Guidance) -> None:
        """With nothing built, nothing counts as checked."""
        totals = coverage(shipped, {}).totals()
        assert (0, 0, 58) == (totals["checked"], totals["partly checked"], totals["background"])

    def test_everything_built(self, shipped: Guidance) -> None:
        """With everything built, nothing is left over."""
        totals = coverage(shipped, {duty.id: EVERYTHING for duty in shipped.duties}).totals()
        assert {"checked", "guided", "background"} == {status for status, total in totals.items() if total}

    def test_every_status(self, shipped: Guidance) -> None:
        """A status that nothing has reached shows as nought."""
        assert get_args(Status) == tuple(coverage(shipped, {}).totals())

    def test_active_alone(self, shipped: Guidance) -> None:
        """Only the packs in force are counted."""
        assert {"babcp"} == set(coverage(shipped.active(["babcp"]), {}).by_body())


class TestRefusals:
    def test_unknown_duty(self, shipped: Guidance) -> None:
        """A capability under a duty that does not exist is refused rather than dropped."""
        with pytest.raises(UnknownNameError, match=r"duty 'jigsow' is not known. Use jigsaw"):
            coverage(shipped, {"jigsow": {"text": ("rule",)}})

    def test_unknown_function(self, shipped: Guidance) -> None:
        """So is one under a function that does not exist."""
        with pytest.raises(UnknownNameError, match=r"function 'texts' is not known. Use text"):
            coverage(shipped, {"jigsaw": {"texts": ("rule",)}})
