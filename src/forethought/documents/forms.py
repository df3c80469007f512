"""The kinds of file in which a document can be saved: each with its ending, content type and writer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from forethought.documents.model import Document


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of file. `title` is what a page calls it, such as `a PDF`."""

    id: str
    title: str
    content_type: str
    write: Callable[[Document], str | bytes]

    def file(self, document: Document) -> bytes:
        """Return the whole file. Raises MissingExtraError where its writer is not installed."""
        made = self.write(document)
        return made.encode() if isinstance(made, str) else made


def _html(document: Document) -> str:
    from forethought.documents.html import html

    return html(document)


def _pdf(document: Document) -> bytes:
    from forethought.documents.pdf import pdf

    return pdf(document)


def _word(document: Document) -> bytes:
    from forethought.documents.word import word

    return word(document)


def _markdown(document: Document) -> str:
    from forethought.documents.markdown import markdown

    return markdown(document)


def _text(document: Document) -> str:
    from forethought.documents.text import text

    return text(document)


FORMS: Mapping[str, Form] = MappingProxyType(
    {
        each.id: each
        for each in (
            Form("html", "a page to print", "text/html; charset=utf-8", _html),
            Form("pdf", "a PDF", "application/pdf", _pdf),
            Form("docx", "Word", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _word),
            Form("md", "Markdown", "text/markdown; charset=utf-8", _markdown),
            Form("txt", "plain text", "text/plain; charset=utf-8", _text),
        )
    }
)
