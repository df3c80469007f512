"""The kinds of file: each is made by its own writer and says what it is."""

import pytest

from forethought.documents import Document, Paragraph
from forethought.documents.forms import FORMS, Form

DOCUMENT = Document("A title", (Paragraph("Some words."),))
STARTS = {"html": b"<!DOCTYPE html>", "pdf": b"%PDF-", "docx": b"PK", "md": b"# A title", "txt": b"A title\n======="}


@pytest.mark.parametrize("kind", FORMS.values(), ids=lambda each: each.id)
class TestForms:
    def test_it_writes_a_whole_file(self, kind: Form) -> None:
        """A file begins as files of its kind do."""
        pytest.importorskip({"pdf": "typst", "docx": "docx"}.get(kind.id, "json"))
        assert kind.file(DOCUMENT).startswith(STARTS[kind.id])

    def test_it_says_what_it_is(self, kind: Form) -> None:
        """Each has a content type of the usual shape, a title, and its ending as its id."""
        assert 1 == kind.content_type.partition(";")[0].count("/")
        assert kind.title
        assert kind is FORMS[kind.id]


def test_text_is_utf_8() -> None:
    """Letters beyond English are written as UTF-8, as the content type says."""
    assert "Siân".encode() in FORMS["txt"].file(Document("Siân", ()))
