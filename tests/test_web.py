"""What the rooms' pages share: a document or a table as a file to save, in every form and no other."""

import sys
from pathlib import Path

import pytest
from django.http import Http404

sys.path.insert(0, str(Path(__file__).parent / "desk"))

import at_the_desk  # noqa: F401  (Django is made ready by it)

from forethought.documents import Document, Paragraph
from forethought.documents.forms import FORMS
from forethought.web import document_file, table_response

DOCUMENT = Document("A title", (Paragraph("Some words."),))


@pytest.mark.parametrize("form", list(FORMS))
def test_every_form(form: str) -> None:
    """A document comes as a file with its ending and content type."""
    answer = document_file(DOCUMENT, "kept", form)
    assert f'attachment; filename="kept.{form}"' == answer.headers["Content-Disposition"]
    assert FORMS[form].content_type == answer.headers["Content-Type"]
    assert FORMS[form].file(DOCUMENT)[:4] == answer.content[:4]


def test_no_other_form() -> None:
    """A form that there is not is not found."""
    with pytest.raises(Http404):
        document_file(DOCUMENT, "kept", "exe")


def test_a_table() -> None:
    """A table begins with the mark by which a spreadsheet program knows its letters."""
    answer = table_response("a,b\r\nSiân,=1\r\n", "kept")
    assert "\ufeffa,b" == answer.content.decode()[:4]
    assert 'attachment; filename="kept.csv"' == answer.headers["Content-Disposition"]
