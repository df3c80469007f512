"""Documents and bodies side by side, and rules by the duties that they serve."""

import doctest

import pytest

from forethought.errors import UnknownNameError
from forethought.guidance import Guidance, lookup
from forethought.guidance.lookup import Comparison, compare, rules_by_duty


@pytest.fixture(scope="module")
def versions(shipped: Guidance) -> Comparison:
    """BACP's two versions side by side."""
    return compare(shipped, "bacp-social-media-1", "bacp-social-media-2")


def duties(rows: tuple[object, ...]) -> set[str]:
    """Return the ids of the duties that rows are about."""
    return {row.duty.id for row in rows}  # type: ignore[attr-defined]


class TestCompare:
    def test_every_provision(self, shipped: Guidance, versions: Comparison) -> None:
        """Each side shows every provision that it has under a duty, and none is lost."""
        first = {p.id for row in versions.rows for p in row.first.provisions}
        second = {p.id for row in versions.rows for p in row.second.provisions}
        assert {p.id for p in shipped.provisions(versions.first) if p.duties} == first
        assert {p.id for p in shipped.provisions(versions.second) if p.duties} == second

    def test_only_first(self, versions: Comparison) -> None:
        """The refreshed version no longer asks members to decline requests from clients."""
        assert "current-client-requests" in duties(versions.only_first)

    def test_only_second(self, versions: Comparison) -> None:
        """The refreshed version brought in wellbeing, supervision and motives."""
        assert {"wellbeing", "supervision", "motivation"} <= duties(versions.only_second)

    def test_shared(self, versions: Comparison) -> None:
        """A duty that both ask for is in neither list."""
        both = duties(tuple(row for row in versions.rows if row.first.asks and row.second.asks))
        assert "privacy-settings" in both
        assert set() == both & (duties(versions.only_first) | duties(versions.only_second))

    def test_alike(self, versions: Comparison) -> None:
        """A row says whether both hold the duty equally strongly."""
        alike = {row.duty.id: row.alike for row in versions.rows}
        assert (True, False) == (alike["client-identifiability"], alike["current-client-requests"])

    def test_unmentioned(self, versions: Comparison) -> None:
        """A duty that neither mentions has no row."""
        assert "research" not in duties(versions.rows)

    def test_mirrored(self, shipped: Guidance) -> None:
        """Turned round, the two sides and their lists change places."""
        one, other = compare(shipped, "bacp", "babcp"), compare(shipped, "babcp", "bacp")
        assert duties(one.only_first) == duties(other.only_second)
        assert one.differences == other.differences

    def test_with_itself(self, shipped: Guidance) -> None:
        """Nothing differs from itself."""
        same = compare(shipped, "babcp", "babcp")
        assert ((), (), ()) == (same.only_first, same.only_second, same.differences)

    def test_differences(self, versions: Comparison) -> None:
        """Points come along where the two say different things, and stay away where they say the same."""
        found = {point.id for point in versions.differences}
        assert {"D04", "D16", "D35"} <= found
        assert set() == found & {"D01", "D02", "D39"}

    def test_positions_of_a_body(self, shipped: Guidance) -> None:
        """A position that a body holds in all its documents counts for each of them."""
        assert "D05" not in {point.id for point in compare(shipped, "bacp-gpia-040", "babcp").differences}

    def test_unknown(self, shipped: Guidance) -> None:
        """A name that is neither a pack nor a body is refused."""
        with pytest.raises(UnknownNameError, match=r"body 'bacb' is not known"):
            compare(shipped, "babcp", "bacb")


class TestRulesByDuty:
    def test_turned_round(self) -> None:
        """Rules are found by duty, in their own order."""
        rules = {"confidentiality/client-case": ["jigsaw", "client-reader"], "respect/abusive": ["client-reader"]}
        expected = {
            "jigsaw": ("confidentiality/client-case",),
            "client-reader": ("confidentiality/client-case", "respect/abusive"),
        }
        assert expected == rules_by_duty(rules)

    def test_example(self) -> None:
        """The example in its description is true."""
        assert 0 == doctest.testmod(lookup).failed
