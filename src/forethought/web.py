"""What the pages of all rooms share: a word for the next page, and a document or table as a file to save."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse

from forethought.documents import Document
from forethought.documents.forms import FORMS
from forethought.documents.table_file import MARK
from forethought.guidance import Guidance


def tell(request: HttpRequest, words: str) -> None:
    """Leave word for the next page that this browser is shown."""
    request.visitor.told.append(words)  # type: ignore[attr-defined]


def own_guidance() -> Guidance:
    """Return the guidance of the person's own bodies."""
    guidance: Guidance = settings.GUIDANCE()
    return guidance


def document_file(document: Document, name: str, form: str) -> HttpResponse:
    """Give a document as a file of this name, in one of `documents.forms.FORMS`; another form is not found.

    Raises MissingExtraError where what writes it is not installed.
    """
    if form not in FORMS:
        raise Http404
    kind = FORMS[form]
    return saved(kind.file(document), kind.content_type, f"{name}.{form}")


def table_response(table: str, name: str) -> HttpResponse:
    """Give a table that `documents.table_file` wrote as a file that a spreadsheet program opens."""
    return saved(MARK + table, "text/csv; charset=utf-8", f"{name}.csv")


def saved(content: bytes | str, kind: str, name: str) -> HttpResponse:
    """Give what is to be saved under a name; `kind` is its content type."""
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})
