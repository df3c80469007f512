"""The worked scenarios, written from the guidance before the guide's data: each gets the course that it should."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from forethought.contacts.advise import advise
from forethought.contacts.model import Advice
from forethought.guidance import load

SCENARIOS = tomllib.loads((Path(__file__).parent / "scenarios.toml").read_text(encoding="utf-8"))["scenario"]


def named(number: int, scenario: dict[str, Any]) -> str:
    """Return a name for a scenario that stays the same."""
    return f"{number}-{scenario['situation']}-{scenario['requester']}"


def answered(scenario: dict[str, Any], *bodies: str) -> Advice:
    """Return the guide's answer under some bodies, or under the scenario's own."""
    return advise(scenario["situation"], scenario["requester"], load().active(bodies or scenario["bodies"]))


def cited(advice: Advice) -> set[str]:
    """Return the ids of the provisions that carry an answer."""
    return {each.id for stand in advice.stands for each in stand.provisions}


@pytest.mark.parametrize("scenario", [pytest.param(s, id=named(n, s)) for n, s in enumerate(SCENARIOS, 1)])
class TestEach:
    def test_the_course(self, scenario: dict[str, Any]) -> None:
        """The course is one that a fair reader of the active documents would take, and of each body alone."""
        assert answered(scenario).course in scenario["courses"]
        alone = {body: answered(scenario, body).course for body in scenario.get("by_body", {})}
        assert scenario.get("by_body", {}) == alone

    def test_who_says_so(self, scenario: dict[str, Any]) -> None:
        """One of the provisions expected is cited; where none covers the point, the answer says so."""
        advice = answered(scenario)
        assert not scenario["cites"] or cited(advice) & {*scenario["cites"]}
        assert {*scenario.get("related", ())} <= {each.id for each in advice.related}
        assert advice.covered if scenario["covered"] else (not advice.covered or advice.situation.gap)

    def test_where_the_documents_differ(self, scenario: dict[str, Any]) -> None:
        """The points on which the active documents differ are shown."""
        assert {*scenario.get("differs", ())} <= {each.id for each in answered(scenario).differences}

    def test_what_is_left_to_do(self, scenario: dict[str, Any]) -> None:
        """Record, supervision and the next meeting are named where they should be, and not where they should not."""
        answer = answered(scenario).answer
        told = {
            "record": answer.record.startswith("Yes"),
            "supervision": bool(answer.supervision),
            "next_session": bool(answer.next_session),
        }
        expected = {name: scenario[name] for name in told if name in scenario}
        assert expected == {name: told[name] for name in expected}


def test_they_are_many_and_broad() -> None:
    """At least sixty, over every situation and requester, and over each body alone and all together."""
    assert len(SCENARIOS) >= 60
    assert {"D04", "D05", "D08", "D09", "D10", "D11", "D12", "D13", "D14"} <= {
        each for scenario in SCENARIOS for each in scenario.get("differs", ())
    }
    assert {(), ("bacp",), ("bps-dcp",), ("babcp",)} <= {tuple(scenario["bodies"]) for scenario in SCENARIOS}
