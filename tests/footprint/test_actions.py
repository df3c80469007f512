"""The list to act on: a table that no spreadsheet program runs, and a page to print."""

import csv
import io
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents.html import html
from forethought.documents.table_file import DANGEROUS
from forethought.footprint import actions
from forethought.footprint.actions import HEADER, as_csv, as_document

NOW = datetime(2030, 1, 2, 3, 4)
FOUND = [{"rule": "confidentiality/client-case", "severity": "stop"}, {"rule": "respect/tone", "severity": "consider"}]


@dataclass
class Account:
    """An archive, as far as a list shows it."""

    account: str = "wren"


@dataclass
class Post:
    """A post as a list shows it."""

    text: str = "Herons."
    address: str = "https://herons.example/1"
    platform: str = "x"
    raw: str = ""
    verdict: str = "stop"
    findings: list[dict[str, Any]] = field(default_factory=lambda: list(FOUND))
    decision: str = "delete"
    reason: str = "Too near."
    created: datetime | None = datetime(2024, 5, 6, tzinfo=UTC)
    done: datetime | None = None
    touches_client: bool = False
    before_qualifying: bool = False
    archive: Account = field(default_factory=Account)


def rows(made: str) -> list[dict[str, str]]:
    """Return a table's rows by its header."""
    return list(csv.DictReader(io.StringIO(made, newline="")))


def test_a_post_is_a_row() -> None:
    """A post's row has when, where, what was found, its words, and what was decided and done."""
    expected = {
        "when": "2024-05-06", "platform": "x", "account": "wren", "verdict": "stop",
        "found": "stop confidentiality/client-case; consider respect/tone", "text": "Herons.",
        "address": "https://herons.example/1", "decision": "delete", "reason": "Too near.", "done": "2024-07-08",
    }  # fmt: skip
    assert [expected] == rows(as_csv([Post(done=datetime(2024, 7, 8, tzinfo=UTC))]))


def test_an_empty_list_has_its_header() -> None:
    """With nothing to act on there is the header alone."""
    assert ",".join(HEADER) == as_csv([]).strip()


@pytest.mark.parametrize("sign", DANGEROUS)
@pytest.mark.parametrize("name", ["text", "address", "reason", "account"])
def test_a_formula_is_made_plain(sign: str, name: str) -> None:
    """A cell that begins as a formula does, in whichever column, begins with an apostrophe instead."""
    formula = f"{sign}HYPERLINK(1)"
    post = Post(archive=Account(formula)) if name == "account" else Post(**{name: formula})
    assert f"'{formula}" == rows(as_csv([post]))[0][name]


@given(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=60))
def test_no_words_are_lost_and_none_begin_a_formula(text: str) -> None:
    """Whatever a post holds, commas, quotes and line breaks too, it comes back whole, and harmless."""
    (row,) = rows(as_csv([Post(text=text)]))
    assert text == row["text"].removeprefix("'") or text == row["text"]
    assert not row["text"].startswith(DANGEROUS)
    assert "Too near." == row["reason"]


@pytest.mark.parametrize(
    ("post", "words"),
    [
        (Post(), "1. Stop: x, 2024-05-06"),
        (Post(created=None, raw="some spring"), "1. Stop: x, some spring"),
        (Post(created=None), "1. Stop: x, without a date"),
        (Post(text=""), "(a picture without words)"),
        (Post(touches_client=True), "Keep a copy for the client record first"),
        (Post(), "It stands at https://herons.example/1"),
        (Post(), "A particular client or session is talked about"),
        (Post(), "respect/tone"),
        (Post(before_qualifying=True), "Written before you qualified"),
        (Post(), "Made on 02 January 2030"),
    ],
)
def test_what_the_page_says(post: Post, words: str) -> None:
    """The page to print says of each post when and where, its words, what was found, and what to do first."""
    assert words in html(as_document([post], NOW))


def test_what_the_page_leaves_out() -> None:
    """A post that touches no client asks for no copy, and one without an address names none."""
    shown = html(as_document([Post(address="")], NOW))
    assert "client record first" not in shown
    assert "It stands at" not in shown


def test_words_are_never_the_page_s_own() -> None:
    """A post with a script in it is shown as words."""
    assert "<script>" not in html(as_document([Post(text="<script>alert(1)</script>")], NOW))


def test_a_long_list_is_cut_short_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """The page shows the first posts and says that the table has them all."""
    monkeypatch.setattr(actions, "MOST", 2)
    shown = html(as_document([Post(text=f"Heron {n}.") for n in range(3)], NOW))
    assert ["Heron 0.", "Heron 1."] == [f"Heron {n}." for n in range(3) if f"Heron {n}." in shown]
    assert "The table has them all" in shown
