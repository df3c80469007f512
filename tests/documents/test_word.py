"""The Word writer, and that the page, the PDF and the Word file say the same words in the same order."""

import io
import re
import sys
import zipfile
from datetime import UTC, datetime
from html import unescape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.documents import Document, Heading, Listing, Mark, Note, Paragraph, Quote, Table, Terms
from forethought.documents.html import html
from forethought.documents.pdf import pdf
from forethought.documents.word import word
from forethought.errors import MissingExtraError

docx = pytest.importorskip("docx")
DOCUMENT = Document(
    "Title words",
    (
        Heading(2, "Heading words"),
        Paragraph("Paragraph words"),
        Note("Note words"),
        Listing(("Item one", "Item two"), numbered=True),
        Listing(("Point one", "Point two")),
        Terms((("Term", "Meaning words"),)),
        Quote("Quoted client words", (Mark(7, 13, "1"),)),
        Table("Caption words", ("Head", "Other"), (("Row", "Cell"),)),
    ),
)
WORDS = re.findall(r"[A-Za-z]{3,}", " ".join(
    "Title words Heading words Paragraph words Note words Item one Item two Point one Point two Term Meaning words "
    "Quoted client words Caption words Head Other Row Cell".split()
))  # fmt: skip


def in_word(content: bytes) -> list[str]:
    """Return the words of a Word file, in order."""
    body = docx.Document(io.BytesIO(content)).element.body
    return re.findall(r"[A-Za-z]{3,}", " ".join(node.text for node in body.iter() if node.tag.endswith("}t")))


def on_page(content: str) -> list[str]:
    """Return the words of a page, in order, but for those that only screen readers hear."""
    shown = re.sub(r'<span class="away">.*?</span>|<[^>]+>', " ", content[content.index("<main>") :])
    return re.findall(r"[A-Za-z]{3,}", unescape(shown))


def in_pdf(content: bytes) -> list[str]:
    """Return the words of a PDF, in order, as its reading order has them."""
    pdfium = pytest.importorskip("pypdfium2")
    pages = pdfium.PdfDocument(content)
    return re.findall(r"[A-Za-z]{3,}", " ".join(page.get_textpage().get_text_range() for page in pages))


def test_each_writer_says_the_same() -> None:
    """All of a document's words stand in each file, in the document's order."""
    assert WORDS == in_word(word(DOCUMENT))
    assert WORDS == on_page(html(DOCUMENT))
    pytest.importorskip("typst")
    assert WORDS == in_pdf(pdf(DOCUMENT))


def test_its_parts_are_real() -> None:
    """Headings, lists and the table's head are what a screen reader takes them for, and nobody is named as author."""
    made = docx.Document(io.BytesIO(word(DOCUMENT)))
    styles = [paragraph.style.name for paragraph in made.paragraphs]
    assert ["Heading 1", "Heading 2"] == styles[:2]
    assert {"List Number", "List Bullet", "Caption", "Quote"} <= set(styles)
    assert made.tables[0].rows[0]._tr.trPr.xpath("w:tblHeader")
    assert ("Title words", "en-GB", "") == (
        made.core_properties.title, made.core_properties.language, made.core_properties.author,
    )  # fmt: skip


@settings(max_examples=40)
@given(st.text(max_size=80))
def test_any_text_can_be_written(words: str) -> None:
    """Any text at all gives a file that opens."""
    made = word(Document("T", (Paragraph(words), Quote(words), Terms(((words, words),)))))
    assert docx.Document(io.BytesIO(made)).paragraphs


def test_it_says_nothing_of_another_program() -> None:
    """What the file says of itself is our title and today, and not the name and year of a template."""
    with zipfile.ZipFile(io.BytesIO(word(Document("Chronology", ())))) as parts:
        told = "".join(parts.read(name).decode() for name in parts.namelist() if name.startswith("docProps"))
    assert "Chronology" in told
    assert f"{datetime.now(UTC):%Y-%m}" in told
    assert not re.search("python-docx|Microsoft|2013", told)


def test_without_the_extra_it_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where python-docx is not installed the error names the extra and what works without it."""
    monkeypatch.setitem(sys.modules, "docx", None)
    with pytest.raises(MissingExtraError, match=r"forethought\[word\]"):
        word(DOCUMENT)
