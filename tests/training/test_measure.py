"""The measures behind the model card, on cases small enough to work out by hand."""

from importlib import import_module
from typing import Any

import pytest

from forethought.review import verdict
from forethought.rules import Finding, rules

MEASURE = import_module("measure")
BY_ID = {rule.id: rule for rule in rules()}
CASE, HEAT, ROLE = "confidentiality/client-case", "respect/heat-of-moment", "boundaries/role-blur"


def case(labelled: str, expect: tuple[str, ...], *raised: str, allow: tuple[str, ...] = (), sure: float = 0.9) -> Any:
    """Return a post with these labels on which these rules were raised."""
    findings = tuple(Finding(BY_ID[rule], BY_ID[rule].severity, sure, ()) for rule in raised)
    post = {"verdict": labelled, "expect": list(expect), "allow": list(allow)}
    return MEASURE.Judged(post, findings, verdict(findings))


CASES = (
    case("stop", (CASE,), CASE),
    case("stop", (CASE,), HEAT),
    case("stop", (CASE,)),
    case("clear", ()),
    case("clear", (), ROLE),
    case("clear", (), CASE, sure=0.6),
)


def test_shares() -> None:
    """Caught is given stop; held is given stop or pause; peace is given clear; unheld is given clear or consider."""
    found = {name: (share.hits, share.total) for name, share in MEASURE.verdicts(CASES).items()}
    expected = {
        "stop_caught": (1, 3),
        "stop_held": (2, 3),
        "pause_held": (0, 0),
        "clear_peace": (1, 3),
        "clear_unheld": (2, 3),
    }
    assert expected == found


def test_rules() -> None:
    """Precision counts what was raised, recall what was expected, and what is allowed counts for neither."""
    allowed = case("clear", (), CASE, allow=(CASE,))
    precision, recall, f1 = MEASURE.rules((*CASES, allowed))[CASE]
    assert (1, 2, 1, 3) == (precision.hits, precision.total, recall.hits, recall.total)
    assert 0.4 == pytest.approx(f1)


def test_confidence() -> None:
    """Findings are counted in the band of their confidence, the right ones against all."""
    bands = MEASURE.confidence(CASES)
    assert {"0.50 to 0.65": (0, 1), "0.80 to 1.00": (1, 3)} == {name: (s.hits, s.total) for name, s in bands.items()}


def test_calibration_error() -> None:
    """The error is the mean gap between confidence and being right, by bands."""
    assert (0.9 - 1 / 3) * 3 / 4 + 0.6 / 4 == pytest.approx(MEASURE.calibration_error(CASES))


def test_an_interval() -> None:
    """A share is shown with its 95 % Wilson interval, and none at all as no cases."""
    assert "0.500 (0.24 to 0.76)" == str(MEASURE.Share(5, 10))
    assert "no cases" == str(MEASURE.Share(0, 0))
