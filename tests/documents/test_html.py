"""A document as HTML that stands alone, and that a browser, a printer and a screen reader can all use."""

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents import (
    Block,
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
from forethought.documents.html import html

EVERY_BLOCK: tuple[Block, ...] = (
    Heading(2, "Findings"),
    Paragraph("One was found."),
    Note("Two more are held back."),
    Listing(("first", "second"), numbered=True),
    Listing(("loose",)),
    Terms((("Why", "It matters."),)),
    Table("Bodies", ("Body", "Standing"), (("North", "binds"),)),
    Quote("You clot.\nTruly.", (Mark(0, 8, "1"),)),
)
VOID = {"meta", "br"}
CONTRAST = 4.5


class Outline(HTMLParser):
    """Keeps what a page holds, and fails where its tags do not close in turn."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(page)
        self.close()
        assert [] == self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a tag."""
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        """Close the tag that is open."""
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        """Keep the words that a person reads."""
        if "style" not in self.open:
            self.words += data

    def named(self, tag: str) -> list[dict[str, str | None]]:
        """Return the attributes of each tag of this name."""
        return [attributes for name, attributes in self.tags if name == tag]


@pytest.fixture(scope="module")
def page() -> str:
    """A page with every kind of block."""
    return html(Document("Report", EVERY_BLOCK))


@pytest.fixture(scope="module")
def outline(page: str) -> Outline:
    """The same page, read."""
    return Outline(page)


class TestPage:
    def test_it_is_in_british_english(self, outline: Outline) -> None:
        """A screen reader is told the language."""
        assert ["en-GB"] == [each["lang"] for each in outline.named("html")]

    def test_it_has_one_title(self, outline: Outline) -> None:
        """The title names the page and stands as its only first-level heading."""
        assert (1, 1) == (len(outline.named("title")), len(outline.named("h1")))

    @pytest.mark.parametrize("tag", ["script", "link", "img", "iframe", "object", "form", "base"])
    def test_it_fetches_and_runs_nothing(self, outline: Outline, tag: str) -> None:
        """No element of the page can run a script or fetch a file."""
        assert [] == outline.named(tag)

    @pytest.mark.parametrize("remote", ["http:", "https:", "url(", "@import", "src=", "javascript:"])
    def test_it_names_no_other_place(self, page: str, remote: str) -> None:
        """Neither markup nor style names anything outside the file."""
        assert remote not in page

    @pytest.mark.parametrize("query", ["@media print", "prefers-color-scheme: dark"])
    def test_it_suits_paper_and_the_dark(self, page: str, query: str) -> None:
        """The style has a part for print and one for dark screens."""
        assert query in page

    @pytest.mark.parametrize(
        "words",
        ["One was found.", "Two more are held back.", "second", "loose", "Why", "It matters.", "Bodies", "North"],
    )
    def test_it_holds_every_word(self, outline: Outline, words: str) -> None:
        """What the document says, the page says."""
        assert words in outline.words

    def test_table_headings_say_what_they_head(self, outline: Outline) -> None:
        """Each heading of a table is tied to its column or row."""
        assert ["col", "col", "row"] == [each["scope"] for each in outline.named("th")]

    def test_marks_have_their_label_in_words(self, outline: Outline) -> None:
        """Marked words carry a label that does without colour."""
        assert "You clot marked 1.\nTruly." in outline.words

    def test_marks_within_marks_are_labelled_once(self) -> None:
        """A label stands where its mark ends, and nowhere else."""
        said = Outline(html(Document("", (Quote("one two three", (Mark(0, 13, "1"), Mark(4, 7, "2"))),)))).words
        assert "one two marked 2 three marked 1" in said

    @pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
    @pytest.mark.parametrize("ground", ["paper", "soft", "mark"])
    def test_colours_have_contrast(self, page: str, scheme: int, ground: str) -> None:
        """Words stand out from every ground behind them as WCAG AA asks."""
        colours = dict(re.findall(r"--(\w+): (#\w{6})", re.findall(r":root \{(.*?)\}", page, re.DOTALL)[scheme]))
        assert CONTRAST <= contrast(colours["ink"], colours[ground])


class TestEscaping:
    @pytest.mark.parametrize(
        "block",
        [
            Heading(2, "<b>&"),
            Paragraph("<b>&"),
            Note("<b>&"),
            Listing(("<b>&",)),
            Terms((("<b>&", "<b>&"),)),
            Table("<b>&", ("<b>&",), (("<b>&",),)),
            Quote("<b>&", (Mark(0, 2, "<b>&"),)),
        ],
        ids=lambda block: type(block).__name__,
    )
    def test_every_block_is_escaped(self, block: Block) -> None:
        """No string of any block is taken for markup."""
        assert [] == Outline(html(Document("<b>&", (block,)))).named("b")

    def test_an_attribute_cannot_be_left(self) -> None:
        """A quotation mark in a caption stays in its attribute."""
        region = Outline(html(Document("", (Table('" onclick="x', ("a",), ()),)))).named("div")[0]
        assert '" onclick="x' == region["aria-label"]

    @given(st.text())
    def test_any_words_come_through(self, words: str) -> None:
        """Any words at all make a page that parses and can be saved."""
        page = html(Document(words, (Quote(words, (Mark(0, len(words), "1"),)),)))
        assert Outline(page.encode("utf-8").decode("utf-8")).named("main")


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by the formula of WCAG 2.2."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    """Return the relative luminance of `#rrggbb`."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
