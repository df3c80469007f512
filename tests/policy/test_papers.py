"""The list of papers: each can be written, and saved as every kind of file."""

import pytest

from forethought.documents.forms import FORMS
from forethought.policy.model import Answers
from forethought.policy.papers import PAPERS, Paper
from forethought.policy.writing import Edition


@pytest.mark.parametrize("each", PAPERS.values(), ids=lambda each: each.id)
class TestPapers:
    def test_it_can_be_written(self, each: Paper, answers: Answers, edition: Edition) -> None:
        """Each paper has a title, a use, and a document with something in it."""
        document = each.write(answers, edition)
        assert each.title
        assert each.use
        assert document.title
        assert document.blocks

    @pytest.mark.parametrize("form", ["html", "docx", "md", "txt"])
    def test_it_can_be_saved(self, each: Paper, form: str, answers: Answers, edition: Edition) -> None:
        """Each can be saved as each kind of file, and is not empty."""
        pytest.importorskip("docx" if form == "docx" else "json")
        assert FORMS[form].file(each.write(answers, edition))

    def test_it_can_be_printed(self, each: Paper, answers: Answers, edition: Edition) -> None:
        """Each makes a PDF that a screen reader can read, empty boxes and all."""
        pytest.importorskip("typst")
        assert FORMS["pdf"].file(each.write(answers, edition)).startswith(b"%PDF")

    def test_it_stands_under_its_id(self, each: Paper) -> None:
        """The list and each paper agree on its id."""
        assert each is PAPERS[each.id]
