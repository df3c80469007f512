"""Reports in SARIF, held to the parts of version 2.1.0 that they use.

No package on hand carries the official schema, so those parts are set out here in our own words, closed to any
other property.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate

from forethought.cli.sarif import LEVELS, sarif
from forethought.guidance import load
from forethought.reading import Draft, Span
from forethought.review import Explained, Grounds, Report, in_force
from forethought.rules import Finding, rules

Run = Callable[..., Result]


def closed(needed: str, **properties: Any) -> dict[str, Any]:
    """Return the schema of an object with these properties, of which the ones in `needed` must be there."""
    return {"type": "object", "required": needed.split(), "properties": properties, "additionalProperties": False}


def many(items: dict[str, Any], least: int = 0) -> dict[str, Any]:
    """Return the schema of a list."""
    return {"type": "array", "items": items, "minItems": least}


TEXT = {"type": "string"}
ONE_UP, NOUGHT_UP = {"type": "integer", "minimum": 1}, {"type": "integer", "minimum": 0}
BAG = {"type": "object"}
MESSAGE = closed("text", text=TEXT)
LEVEL = {"enum": ["none", "note", "warning", "error"]}
LANGUAGE = {"type": "string", "pattern": "^[a-zA-Z]{2}(-[a-zA-Z]{2})?$"}
PLACE = closed("uri", uri={"type": "string", "pattern": r"^[^ ]*$"}, index=NOUGHT_UP)
REGION = closed(
    "startLine startColumn endLine endColumn charOffset charLength",
    startLine=ONE_UP,
    startColumn=ONE_UP,
    endLine=ONE_UP,
    endColumn=ONE_UP,
    charOffset=NOUGHT_UP,
    charLength=NOUGHT_UP,
)
RULE = closed(
    "id",
    id=TEXT,
    shortDescription=MESSAGE,
    fullDescription=MESSAGE,
    help=MESSAGE,
    defaultConfiguration=closed("", level=LEVEL),
    properties=BAG,
)
RESULT = closed(
    "message",
    ruleId=TEXT,
    ruleIndex=NOUGHT_UP,
    level=LEVEL,
    message=MESSAGE,
    locations=many(closed("", physicalLocation=closed("artifactLocation", artifactLocation=PLACE, region=REGION)), 1),
    rank={"type": "number", "minimum": 0, "maximum": 100},
    properties=BAG,
)
DRIVER = closed("name", name=TEXT, version=TEXT, language=LANGUAGE, rules=many(RULE))
NOTE = closed("message", level={"enum": ["none", "note", "warning", "error"]}, message=closed("text", text=TEXT))
RUN = closed(
    "tool results",
    tool=closed("driver", driver=DRIVER),
    language=LANGUAGE,
    columnKind={"enum": ["utf16CodeUnits", "unicodeCodePoints"]},
    artifacts=many(closed("", location=PLACE, contents=closed("", text=TEXT))),
    results=many(RESULT),
    invocations=many(
        closed("executionSuccessful", executionSuccessful={"type": "boolean"}, toolExecutionNotifications=many(NOTE))
    ),
    properties=BAG,
)
LOG = closed("version runs", **{"$schema": TEXT, "version": {"const": "2.1.0"}, "runs": many(RUN, 1)})


def report_on(text: str, *spans: Span) -> Report:
    """Return a report in which one rule is raised on these words."""
    finding = Finding(rules()[0], "pause", 0.9, spans)
    return Report(Draft(text), "pause", (Explained(finding, Grounds((), (), ())),), (), ())


def first_region(text: str, *spans: Span) -> dict[str, int]:
    """Return the region of the first place that a result names."""
    result = sarif(report_on(text, *spans), rules(), "draft")["runs"][0]["results"][0]
    region: dict[str, int] = result["locations"][0]["physicalLocation"]["region"]
    return region


class TestSarif:
    def test_a_report_follows_the_standard(self, run: Run, breach: str) -> None:
        """A report holds only what SARIF 2.1.0 knows, in the form that it asks."""
        validate(json.loads(run("check", "--format", "sarif", breach).stdout), LOG)

    @given(st.text())
    def test_any_text_follows_it(self, text: str) -> None:
        """So does a report on any words at all."""
        validate(sarif(report_on(text, Span(0, len(text))), rules(), "draft"), LOG)

    def test_it_counts_as_it_says(self, run: Run, quiet: str) -> None:
        """Columns are declared as code points, because that is how they are counted."""
        assert (
            "unicodeCodePoints" == json.loads(run("check", "--format", "sarif", quiet).stdout)["runs"][0]["columnKind"]
        )

    @pytest.mark.parametrize(
        ("text", "span", "expected"),
        [
            ("one two", Span(4, 7), (1, 5, 1, 8, 4, 3)),
            ("one\ntwo", Span(4, 7), (2, 1, 2, 4, 4, 3)),
            ("one\r\ntwo", Span(5, 8), (2, 1, 2, 4, 5, 3)),
            ("one\ntwo", Span(2, 5), (1, 3, 2, 2, 2, 3)),
            ("👩🏽‍⚕️ one", Span(6, 9), (1, 7, 1, 10, 6, 3)),
        ],
        ids=["first line", "second line", "windows", "across", "emoji"],
    )
    def test_places(self, text: str, span: Span, expected: tuple[int, ...]) -> None:
        """Lines and columns count from 1, offsets from 0, all in code points."""
        assert expected == tuple(first_region(text, span).values())

    def test_a_finding_about_no_words_names_the_draft(self) -> None:
        """A finding without words points at the draft as a whole."""
        location = sarif(report_on("a"), rules(), "draft")["runs"][0]["results"][0]["locations"]
        assert [{"physicalLocation": {"artifactLocation": {"uri": "draft", "index": 0}}}] == location

    def test_a_finding_about_a_picture_says_so(self, run: Run, tmp_path: Path, breach: str) -> None:
        """A finding raised by a picture's description says which picture, in words and as data."""
        pictures = [tmp_path / "boat.png", tmp_path / "page.png"]
        for picture in pictures:
            picture.write_bytes(b"\x89PNG")
        options = [part for picture in pictures for part in ("--image", str(picture))]
        words = ("--alt-text", "A boat.", "--alt-text", breach, "Mondays are for paperwork.")
        log = json.loads(run("check", "--format", "sarif", *options, *words).stdout)
        validate(log, LOG)
        results = log["runs"][0]["results"]
        assert results
        assert {2} == {result["properties"]["image"] for result in results}
        assert [] == [
            each for each in results if not each["message"]["text"].startswith("In the description of picture 2")
        ]

    def test_levels(self) -> None:
        """A stop is an error, a pause a warning and a consider a note."""
        assert {"stop": "error", "pause": "warning", "consider": "note"} == LEVELS

    def test_every_rule_in_force_is_described(self, run: Run, quiet: str) -> None:
        """The run tells what was checked, also where nothing was found."""
        driver = json.loads(run("check", "--format", "sarif", quiet).stdout)["runs"][0]["tool"]["driver"]
        assert [rule.id for rule in in_force(load())] == [rule["id"] for rule in driver["rules"]]

    def test_a_file_is_named(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, quiet: str) -> None:
        """The place is the file that was checked, its name made fit for an address."""
        monkeypatch.chdir(tmp_path)
        Path("my draft.txt").write_text(quiet, encoding="utf-8")
        artifact = json.loads(run("check", "--format", "sarif", "my draft.txt").stdout)["runs"][0]["artifacts"][0]
        assert ({"uri": "my%20draft.txt"}, quiet) == (artifact["location"], artifact["contents"]["text"])
