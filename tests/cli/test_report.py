"""The report that a person reads in the terminal."""

import re
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from forethought.cli.terminal import WIDEST, show
from forethought.documents import Document, Heading, Mark, Paragraph, Quote, Table
from forethought.documents.html import html
from forethought.guidance import load
from forethought.pages.report import FIRST, page
from forethought.pages.wording import body_name, confidence, joined
from forethought.reading import Draft, Span
from forethought.review import Explained, Grounds, Report, review
from forethought.rules import Finding, Rule, Severity

Run = Callable[..., Result]
VERDICTS = {"stop": "Stop: ", "pause": "Pause: ", "consider": "Consider: ", "clear": "Clear: "}


def rule(number: int) -> Rule:
    """Return an invented rule."""
    from forethought.rules.model import Looks

    words = {"what": f"What {number}.", "why": f"Why {number}.", "instead": f"Instead {number}."}
    return Rule(
        f"topic/rule-{number}", f"Title {number}", date(2026, 11, 21), None, "pause", (), **words, steps=(), shifts=(),
        looks=Looks(), lists={},
    )  # fmt: skip


def report(*raised: tuple[Severity, float], text: str = "one two three") -> Report:
    """Return a report with a finding of each severity and confidence, all on the first word."""
    findings = (
        Explained(Finding(rule(number), severity, sure, (Span(0, 3),)), Grounds((), (), ()))
        for number, (severity, sure) in enumerate(raised, 1)
    )
    return Report(Draft(text), raised[0][0] if raised else "clear", tuple(findings), (), ())


def shown(document: Document) -> str:
    """Return a document as the terminal shows it, without colour."""
    place = StringIO()
    show(document, place)
    return place.getvalue()


class Counting(StringIO):
    """A place to write that counts how often it is written to."""

    writes = 0

    def write(self, words: str) -> int:
        """Count, and keep the words."""
        self.writes += 1
        return super().write(words)


def headings(report: Report, most: int | None = None) -> list[str]:
    """Return the headings of the findings."""
    return [block.words for block in page(report, load(), most).blocks if isinstance(block, Heading)]


class TestPage:
    def test_the_verdict_comes_first(self, run: Run, breach: str, quiet: str) -> None:
        """The first line is the verdict in words."""
        assert ["Stop", "Clear"] == [run("check", words).stdout.partition(":")[0] for words in (breach, quiet)]

    @pytest.mark.parametrize(("severity", "opening"), VERDICTS.items())
    def test_every_verdict_has_words(self, severity: Severity, opening: str) -> None:
        """Each verdict says what to do about it."""
        raised = [] if severity == "clear" else [(severity, 0.9)]
        assert page(report(*raised), load()).title.startswith(opening)

    def test_clear_makes_no_promise(self, run: Run, quiet: str) -> None:
        """Where nothing is found, the report says what was checked and that this is no promise."""
        said = " ".join(run("check", quiet).stdout.split())
        assert "which is not a promise that the post is safe" in said
        assert re.search(r"Checked against \d+ rules, which rest on: ", said)
        assert [] == [pack.title for pack in load().packs if pack.title not in said]

    def test_a_body_alone_is_said_alone(self, run: Run, quiet: str) -> None:
        """What was checked names the chosen body's documents and no other's."""
        said = run("check", "--body", "babcp", quiet).stdout
        assert ("BABCP" in said, "BPS" in said) == (True, False)

    def test_the_gravest_comes_first(self) -> None:
        """Findings are numbered from the most severe, and within a severity from the most sure."""
        found = headings(report(("consider", 0.9), ("stop", 0.7), ("stop", 0.9), ("pause", 0.9)))
        assert ["Title 3", "Title 2", "Title 4", "Title 1"] == [re.findall(r"Title \d", each)[0] for each in found]

    def test_severity_and_confidence_are_words(self) -> None:
        """A finding's heading says how severe and how sure in words."""
        assert ["1. Pause: Title 1 (likely)"] == headings(report(("pause", 0.7)))

    def test_a_finding_about_a_picture_says_so(self) -> None:
        """A finding raised by a picture's description says which picture, on screen and in a browser."""
        found = Finding(rule(1), "pause", 0.7, (), image=2)
        shows = Report(Draft("one"), "pause", (Explained(found, Grounds((), (), ())),), (), ())
        heading = "1. Pause: Title 1 (likely, in the description of picture 2)"
        assert [heading] == headings(shows)
        assert f"<h2>{heading}</h2>" in html(page(shows, load()))

    def test_numbers_match_the_marks(self, run: Run, breach: str) -> None:
        """Each number marked in the draft is the number of a finding below it."""
        said = run("check", breach).stdout
        marks = set(re.findall(r"\[(\d+): ", said))
        assert marks
        assert marks <= set(re.findall(r"^(\d+)\. (?:Stop|Pause|Consider): ", said, re.MULTILINE))

    def test_three_lines_to_a_finding(self, run: Run, breach: str) -> None:
        """Every finding says why, who says so and what to do instead."""
        said = run("check", breach).stdout
        counts = [said.count(f"\n   {name}: ") for name in ("Why", "Who says so", "Instead")]
        assert {len(re.findall(r"^\d+\. (?:Stop|Pause|Consider): ", said, re.MULTILINE))} == set(counts)

    def test_bodies_bind_or_advise(self, run: Run, breach: str) -> None:
        """Who says so gives each body with whether it binds, advises or is silent."""
        said = " ".join(run("check", breach).stdout.split())
        held = re.findall(r"(BABCP|BACP|BPS DCP) (?:binds|advises|is silent)", said)
        assert {"BABCP", "BACP", "BPS DCP"} == set(held)

    def test_references_come_last(self, run: Run, breach: str) -> None:
        """The documents stand last, and an old one says so."""
        last = " ".join(run("check", breach).stdout.rpartition("\nReferences\n")[2].split())
        assert "This document is historic." in last
        assert "This document is superseded, replaced by bacp-social-media-2." in last

    def test_five_at_first(self) -> None:
        """A first look shows the five most important findings and counts the rest."""
        seven = report(*[("pause", 0.9)] * 7)
        words = shown(page(seven, load(), FIRST))
        assert (5, 7) == (len(headings(seven, FIRST)), len(headings(seven)))
        assert "2 more findings of less weight. Add --all to see them." in words


class TestTerminal:
    @pytest.mark.parametrize("columns", ["20", "40", "60", "80", "100", "200"])
    def test_it_fits(self, run: Run, monkeypatch: pytest.MonkeyPatch, columns: str, breach: str) -> None:
        """No line is wider than the terminal, nor than is easy to read."""
        monkeypatch.setenv("COLUMNS", columns)
        said = run("check", "--all", f"{breach} https://example.org/{'long' * 40}").stdout
        assert min(int(columns), WIDEST) >= max(map(cell_len, said.splitlines()))

    @pytest.mark.parametrize("columns", ["0", "1", "19"])
    def test_a_width_that_is_none_is_ignored(self, run: Run, monkeypatch: pytest.MonkeyPatch, columns: str) -> None:
        """A terminal that says it has hardly any width is taken for an ordinary one."""
        monkeypatch.setenv("COLUMNS", "80")
        usual = run("guidance", "show", "supervision").stdout
        monkeypatch.setenv("COLUMNS", columns)
        assert usual == run("guidance", "show", "supervision").stdout

    def test_no_colour_where_none_is_wanted(self, run: Run, monkeypatch: pytest.MonkeyPatch, breach: str) -> None:
        """Without a terminal nothing but words is printed, and the marks still stand."""
        monkeypatch.setenv("NO_COLOR", "1")
        said = run("check", breach).stdout
        assert (False, True) == ("\x1b" in said, "[1: " in said)

    def test_marks_stand_out_in_a_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """On a terminal marked words are bold and underlined, with NO_COLOR too, and keep their numbers."""
        monkeypatch.setenv("FORCE_COLOR", "1")
        monkeypatch.setenv("NO_COLOR", "1")
        monkeypatch.setenv("TERM", "xterm")
        assert "\x1b[1m[1: \x1b[0m\x1b[1;4mone\x1b[0m\x1b[1m]\x1b[0m two" in shown(page(report(("stop", 0.9)), load()))

    def test_a_draft_cannot_act_on_the_terminal(self, run: Run) -> None:
        """Escape codes and direction overrides in a draft are shown, not sent."""
        said = run("check", "\x1b]0;title\x07 A client of mine \u202ewept\u202c today.\x9b2J").stdout
        assert [] == [code for code in "\x1b\x07\u202e\x9b" if code in said]
        assert ("␛]0;title␇" in said, "<U+202E>" in said) == (True, True)

    def test_markup_of_the_library_is_plain_text(self) -> None:
        """Square brackets and colons in a draft are words, not styles or emoji."""
        words = "[bold]not bold[/bold] :smile: [link=x]"
        assert words in shown(Document("", (Paragraph(words),)))

    def test_marks_within_marks_are_nested(self) -> None:
        """Words in two marks stand in both pairs of brackets."""
        words = Quote("one two three", (Mark(0, 13, "1"), Mark(4, 7, "2")))
        assert "  [1: one [2: two] three]\n" in shown(Document("", (words,)))

    def test_line_breaks_are_kept(self) -> None:
        """A draft is shown on the lines that it was written on."""
        assert "  one\n\n  two\n" in shown(Document("", (Quote("one\n\ntwo\n"),)))

    def test_blank_lines_are_printed_at_once(self) -> None:
        """A draft of very many lines is handed to the screen in one piece rather than line by line."""
        place = Counting()
        show(Document("", (Quote("one\n" * 1_000 + "end"),)), place)
        assert (1_001, True) == (
            place.getvalue().count("  one\n") + place.getvalue().count("  end\n"),
            place.writes < 20,
        )

    def test_a_table(self) -> None:
        """A table is set in columns without lines drawn round it."""
        said = shown(Document("", (Table("Bodies", ("Body", "Standing"), (("North", "binds"),)),)))
        assert ["Bodies", "Body   Standing", "North  binds"] == [line.rstrip() for line in said.splitlines()][2:]

    @given(st.text())
    def test_any_draft_can_be_shown(self, text: str) -> None:
        """Any words at all make a page that can be shown."""
        assert shown(page(review(Draft(text), load()), load())).splitlines()


class TestWording:
    @pytest.mark.parametrize(
        ("probability", "expected"),
        [(1.0, "quite sure"), (0.85, "quite sure"), (0.7, "likely"), (0.3, "may be so"), (0.0, "may be so")],
    )
    def test_confidence(self, probability: float, expected: str) -> None:
        """A probability is told in words."""
        assert expected == confidence(probability)

    @pytest.mark.parametrize(
        ("words", "expected"),
        [
            ([], ""),
            (["a"], "a"),
            (["a", "b"], "a and b"),
            (["a", "b", "c"], "a, b and c"),
            (["a, b", "c"], "a, b; and c"),
        ],
        ids=["none", "one", "two", "three", "with commas"],
    )
    def test_joined(self, words: list[str], expected: str) -> None:
        """Words are joined as in a sentence."""
        assert expected == joined(words)

    def test_body_names(self) -> None:
        """A body is named by the initials that it is known by."""
        assert {"BABCP", "BACP", "BPS DCP"} == {body_name(pack) for pack in load().packs}
