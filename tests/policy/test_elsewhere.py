"""Policies written elsewhere: the words of every kind of file, and a plain answer for what cannot be read."""

import io
import sys
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.documents.forms import FORMS
from forethought.errors import ForethoughtError, MissingExtraError
from forethought.policy import elsewhere
from forethought.policy.elsewhere import LongPolicyError, UnreadablePolicyError, WordlessPolicyError, text_of
from forethought.policy.model import Answers
from forethought.policy.sections import sections
from forethought.policy.writing import Edition, policy


@pytest.mark.parametrize("form", FORMS)
def test_each_kind_of_file_gives_its_sentences(form: str, answers: Answers, edition: Edition) -> None:
    """A policy saved as any kind of file comes back with every sentence whole."""
    for library in {"pdf": ("typst", "pypdf"), "docx": ("docx",)}.get(form, ()):
        pytest.importorskip(library)
    found = " ".join(text_of(FORMS[form].file(policy(answers, edition))).split())
    assert [] == [each for section in sections(answers) for each in section.says if each not in found]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("Siân’s policy".encode(), "Siân’s policy"),
        ("\ufeffMy policy".encode(), "My policy"),
        ("Siân’s policy".encode("cp1252"), "Siân’s policy"),
        ("My policy".encode("utf-16"), "My policy"),
        (b"A sentence that\n  goes on.\nAnother.", "A sentence that goes on.\nAnother."),
        (rb"1\. A \*star\* \\ a", r"1. A *star* \ a"),
        (b"<!DOCTYPE html><p>One.<p>Two.<br>Lines", "\nOne.\nTwo.\nLines"),
        (b"<html><style>p {}</style><script>x</script>Seen", "Seen"),
        (b"<html>A <b>bold</b>\n word &amp; sign", "A bold word & sign"),
    ],
    ids=["utf-8", "mark", "windows", "utf-16", "folded", "markdown", "blocks", "unseen", "inline"],
)
def test_plain_text_and_pages(content: bytes, words: str) -> None:
    """Text is read in the usual encodings, folded lines are joined, and of a page what is seen is kept."""
    assert words == text_of(content)


def test_words_in_a_table_of_a_word_file_are_read() -> None:
    """Words in tables count as well as those in paragraphs."""
    docx = pytest.importorskip("docx")
    made, file = docx.Document(), io.BytesIO()
    made.add_table(rows=1, cols=1).cell(0, 0).text = "Friend requests"
    made.save(file)
    assert "Friend requests" in text_of(file.getvalue())


def test_text_boxes_and_gaps_of_a_word_file() -> None:
    """Words in a text box are read once, also where a copy for older programs stands beside, and breaks part words."""
    docx = pytest.importorskip("docx")
    from docx.oxml import parse_xml

    spaces = (
        'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    )
    box = "<w:txbxContent><w:p><w:r><w:t>In a box</w:t></w:r></w:p></w:txbxContent>"
    made, file = docx.Document(), io.BytesIO()
    made.element.body.insert(0, parse_xml(
        f"<w:p {spaces}><w:r><w:t>One</w:t><w:br/><w:t>two</w:t><w:tab/><w:t>three</w:t></w:r>"
        f"<mc:AlternateContent><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent>"
        "<mc:AlternateContent><mc:Choice><w:r><w:t> four</w:t></w:r></mc:Choice>"
        "<mc:Fallback><w:r><w:t> four</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>"
    ))  # fmt: skip
    made.save(file)
    found = text_of(file.getvalue())
    assert ["One two three four", "In a box"] == [line for line in found.split("\n") if line]


@pytest.mark.parametrize("begins", [b"", b"<html>"], ids=["text", "page"])
def test_longer_than_any_policy(begins: bytes) -> None:
    """A text beyond any policy is refused before it is read, with what to do."""
    with pytest.raises(LongPolicyError, match="more than 200,000 characters"):
        text_of(begins + b"We meet. " * 25_000)


@pytest.mark.parametrize("open_", ["<a ", "<!--", "<!-- >", "<![CDATA[>", "<?x", "</a", "<script>", "<a b='"])
def test_tags_without_an_end(open_: str) -> None:
    """A page of nothing but tags that never end is read, and the words before them are there."""
    page = "<html>Our policy" + open_ * (190_000 // len(open_))
    assert text_of(page.encode()).startswith("Our policy")


def package(content: bytes) -> bytes:
    """Return a package with one part."""
    file = io.BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", content)
    return file.getvalue()


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"%PDF-1.7 broken", "damaged, or locked"),
        (b"PK\x03\x04broken", "it is damaged"),
        (package(b"<x/>"), "not a Word file"),
        (b"\xd0\xcf\x11\xe0\0\0", "not a kind of file that holds plain words"),
    ],
    ids=["pdf", "package", "not-word", "old-word"],
)
def test_what_cannot_be_read(content: bytes, says: str) -> None:
    """A damaged file, or one of another kind, is told apart, with what to do instead."""
    pytest.importorskip("pypdf")
    pytest.importorskip("docx")
    with pytest.raises(UnreadablePolicyError, match=says):
        text_of(content)


def test_a_package_too_large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small file that unpacks to a huge one is not unpacked."""
    pytest.importorskip("docx")
    monkeypatch.setattr(elsewhere, "LARGEST", 1_000)
    with pytest.raises(UnreadablePolicyError, match="too large"):
        text_of(package(b" " * 2_000))


@pytest.mark.parametrize(
    "content", [b"", b" \n", b"<html><p></p></html>", b"..."], ids=["empty", "blank", "page", "signs"]
)
def test_no_words(content: bytes) -> None:
    """A file without words says so, and that its words can be pasted."""
    with pytest.raises(WordlessPolicyError, match="paste the words"):
        text_of(content)


@pytest.mark.parametrize(("library", "content", "extra"), [("pypdf", b"%PDF", "pdf"), ("docx", b"PK", "word")])
def test_without_its_extra(monkeypatch: pytest.MonkeyPatch, library: str, content: bytes, extra: str) -> None:
    """Where what reads a file is not installed the error names the extra."""
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(MissingExtraError, match=extra):
        text_of(content)


@given(st.one_of(st.binary(max_size=200), st.binary(max_size=60).map(lambda end: b"<html>" + end)))
def test_any_bytes(content: bytes) -> None:
    """Any bytes at all give words or a mistake that a person can mend."""
    try:
        assert text_of(content).strip()
    except ForethoughtError as error:
        assert str(error).endswith(".")  # noqa: PT017
