"""The PDF writer: tagged for everyone, the same bytes each time, and any words at all set as words."""

import io
import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.documents import (
    Document,
    Heading,
    Listing,
    Mark,
    Note,
    Paragraph,
    Quote,
    Table,
    Terms,
)
from forethought.documents.pdf import pdf
from forethought.errors import MissingExtraError

pikepdf = pytest.importorskip("pikepdf")
pytest.importorskip("typst")
DOCUMENT = Document(
    "To take to supervision",
    (
        Heading(2, "What was noticed"),
        Paragraph("A plain paragraph."),
        Note("A note apart."),
        Listing(("first", "second"), numbered=True),
        Terms((("Why", "Because."), ("Instead", "Wait."))),
        Quote("My client cried.", (Mark(3, 9, "1"),)),
        Table("Bodies", ("Body", "Holds"), (("BACP", "binds"),)),
    ),
)


def test_it_is_tagged_for_everyone() -> None:
    """The file says that it is PDF/UA-1, its title and language, and marks headings, lists and the table's head."""
    with pikepdf.open(io.BytesIO(pdf(DOCUMENT))) as made:
        assert "1" == str(made.open_metadata()["pdfuaid:part"])
        assert "To take to supervision" == str(made.open_metadata()["dc:title"])
        assert "en-GB" == str(made.Root.Lang)
        tags = {str(each.get("/S")) for each in made.objects if isinstance(each, pikepdf.Dictionary)}
    assert {"/H1", "/H2", "/P", "/L", "/LI", "/Table", "/TH", "/TD"} <= tags


def test_a_table_longer_than_a_page_is_whole() -> None:
    """Every row of a long table is printed, its head on each page."""
    pypdf = pytest.importorskip("pypdf")
    rows = tuple((f"Row {number}.", "words") for number in range(1, 121))
    pages = pypdf.PdfReader(io.BytesIO(pdf(Document("T", (Table("Long", ("Which", "What"), rows),))))).pages
    shown = [page.extract_text() for page in pages]
    assert len(shown) > 1
    assert all("Which" in each for each in shown)
    assert [f"Row {number}." for number in range(1, 121)] == [
        line.partition(" words")[0].strip() for each in shown for line in each.splitlines() if line.startswith("Row ")
    ]


def test_the_same_document_gives_the_same_bytes() -> None:
    """Nothing of the day or the computer is in it."""
    assert pdf(DOCUMENT) == pdf(DOCUMENT)


@pytest.mark.parametrize(
    "words", ["#panic(1)", "$x$ *b* _i_ `c` <l> @r", "= no heading", '"quoted" \\ end', "日本 🫠 \x07"]
)
def test_words_stay_words(words: str) -> None:
    """Signs that mean something to Typst are printed as they are, and those without a shape by their name."""
    assert pdf(Document("T", (Paragraph(words), Quote(words), Terms(((words, words),)))))


@settings(max_examples=25)
@given(st.text(max_size=80))
def test_any_text_can_be_set(words: str) -> None:
    """Any text at all gives a file."""
    assert pdf(Document("T", (Paragraph(words),))).startswith(b"%PDF")


def test_without_the_extra_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Typst is not installed the error names the extra and what works without it."""
    monkeypatch.setitem(sys.modules, "typst", None)
    with pytest.raises(MissingExtraError, match=r"forethought\[pdf\].*HTML"):
        pdf(DOCUMENT)
