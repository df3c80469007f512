"""The Markdown writer: read back by a CommonMark parser, every word is there and none was taken for markup."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from forethought.documents import Document, Heading, Listing, Mark, Note, Paragraph, Quote, Table, Terms, visible
from forethought.documents.markdown import markdown

parser = pytest.importorskip("markdown_it")
DOCUMENT = Document(
    "My *policy*",
    (
        Heading(2, "What if?"),
        Paragraph("One line.\nAnother line."),
        Note("A remark."),
        Listing(("first", "second"), numbered=True),
        Listing(("loose",)),
        Terms((("Why", "It matters."),)),
        Table("Bodies", ("Body", "Holds"), (("North", "binds"), ("South", ""))),
        Quote("You clot.", (Mark(4, 8, "1"),)),
    ),
)
TRICKY = [
    "# no", "- no", "+ no", "1. no", "12) no", "===", "---", "a\n---", "a\n===", "*x*", "_x_", "`x`", "<b>x</b>",
    "&amp;", "[x](y)", "![x](y)", "    code", "\tcode", "```\nx", "~~~\nx", "> no", "a\\", "a  \nb", "<!-- x -->",
    "http://x.org",
]  # fmt: skip
WORDS = st.one_of(st.sampled_from(TRICKY), st.text(max_size=60), st.text("#-+=*_`~<>&[]()!\\. 1a\n\t", max_size=40))


def read(page: str) -> tuple[str, list[str]]:
    """Return what a reader of the page sees, and the kinds of element in it."""
    words: list[str] = []
    kinds: list[str] = []
    for token in parser.MarkdownIt("commonmark").parse(page):
        kinds.append(token.type)
        for child in token.children or ():
            kinds.append(child.type)
            words.append(child.content if child.type == "text" else "\n" if child.type == "hardbreak" else "")
        words.append("\n" if token.type == "inline" else token.content)
    return "".join(words), kinds


def plain(words: str) -> list[str]:
    """Return the words as they are to be read, without their white space."""
    return visible(words).split()


class TestWords:
    @given(WORDS)
    @example("&#42; 1.\n2.")
    def test_a_paragraph_survives(self, words: str) -> None:
        """Any words at all come back from a parser as they were, and as words of a paragraph."""
        seen, kinds = read(markdown(Document("T", (Paragraph(words),))))
        assert ["T", *plain(words)] == seen.split()
        assert set(kinds) <= {
            "heading_open", "heading_close", "inline", "text", "paragraph_open", "paragraph_close", "hardbreak",
            "text_special",
        }  # fmt: skip

    @given(WORDS, WORDS)
    def test_every_block_survives(self, one: str, other: str) -> None:
        """Words in any kind of block come back, in order."""
        blocks = (Heading(2, one), Note(other), Listing((one, other)), Quote(one), Listing((other,), numbered=True))
        seen, _ = read(markdown(Document("T", blocks)))
        assert ["T", *plain(one), *plain(other), *plain(one), *plain(other), *plain(one), *plain(other)] == seen.split()

    @given(WORDS, WORDS)
    def test_terms_and_tables_survive(self, one: str, other: str) -> None:
        """Names, cells and captions come back too; a colon joins a name to its words."""
        blocks = (Terms(((one, other),)), Table(other, ("Head", one), ((other, one),)))
        seen, _ = read(markdown(Document("T", blocks)))
        wanted = [*plain(one), *plain(other), *plain(other), "Head", *plain(other), *plain(one), *plain(one)]
        assert "".join(wanted).replace(":", "") == "".join(seen.split()[1:]).replace(":", "")


class TestShape:
    @pytest.mark.parametrize(
        "line",
        [
            r"# My \*policy\*", "## What if?", "One line.\\\nAnother line.", "> A remark.", "1. first\n2. second",
            "- loose", "**Why:** It matters.", "Bodies\n\n- **Body:** North\n  - **Holds:** binds\n- **Body:** South\n"
            "  - **Holds:**", r"> You \[clot\] (1).",
        ],
        ids=["title", "heading", "line-ends", "note", "numbered", "bullets", "terms", "table", "quote"],
    )  # fmt: skip
    def test_each_block_is_what_a_person_would_write(self, line: str) -> None:
        """Each kind of block is set in the plainest Markdown for it."""
        assert line in markdown(DOCUMENT)

    def test_a_table_is_a_list_of_lists(self) -> None:
        """A row's cells are a list within the row's item."""
        _, kinds = read(markdown(Document("T", (Table("C", ("A", "B"), (("1", "2"), ("3", "4"))),))))
        assert 3 == kinds.count("bullet_list_open")

    def test_nothing_is_left_of_an_empty_block(self) -> None:
        """A block without words leaves no trace but for the list that it was."""
        assert "# T\n" == markdown(Document("T", (Paragraph(" "), Note(""), Quote(""), Heading(2, ""))))

    def test_controls_are_shown(self) -> None:
        """A character that acts on a screen is shown as a sign."""
        assert re.search("a␛b", markdown(Document("T", (Paragraph("a\x1bb"),))))
