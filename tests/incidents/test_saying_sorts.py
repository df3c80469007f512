"""Which kind of item a file is, by its content, whatever its name; and files that are made to do harm."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.fields import ITEM_KINDS
from forethought.incidents.saying import FURTHER, Reader
from forethought.incidents.saying import reading as module
from forethought.incidents.saying.model import CUT, Said
from forethought.incidents.saying.reading import EMPTY, said

STARTS = [
    b"From: a@mail.example\nMessage-ID: <1>\n", b"<html>", b"PK\x03\x04", b"%PDF-1.4\n", b"\xff\xd8\xff\xe0",
    b"\x89PNG\r\n\x1a\n", b"RIFF\0\0\0\0WAVE", b"\0\0\0\x18ftypisom", b"From x\nFrom: a\nReceived: b\n", b"GIF89a",
    b"ID3\x04", b"\x1aE\xdf\xa3", b"OggS", b"II*\0", b"MIME-Version: 1\nSnapshot-Content-Location: x\n", b"\xff\xfe",
    b"From: a\nMIME-Version: 1\nContent-Type: multipart/mixed; boundary=\"b\"\n\n--b\n",
]  # fmt: skip


def check(found: Said) -> None:
    """Hold what must be true of whatever is read: a known kind, and values that any store can keep."""
    assert found.kind in ITEM_KINDS
    assert all(isinstance(each["value"], str | int | list) for each in found.fields.values())
    assert {"file"} >= {each["from"] for name, each in found.fields.items() if name != "read"}
    str((found.fields, found.preview, found.remarks)).encode("utf-8")
    assert len(found.preview) <= 20_000
    assert max((len(str(each["value"])) for each in found.fields.values()), default=0) <= 50 * 520


class TestKinds:
    @pytest.mark.parametrize(
        ("content", "kind", "media_type"),
        [
            (b"You are a fraud.", "message", "text/plain"),
            ("Sie wissen, wo du wohnst – Grüße".encode(), "message", "text/plain"),
            ("Grüße an alle im Büro".encode("cp1252"), "message", "text/plain"),
            ("\ufeffYou are a fraud".encode("utf-16-le"), "message", "text/plain"),
            (b"# Notes\n\n- one", "message", "text/plain"),
            (b"From: nobody\nhello", "message", "text/plain"),
            (b"<!-- a --> <!-- b --><html><p>x", "page", "text/html"),
            (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "document", "application/x-ole-storage"),
            (bytes(range(256)) * 4, "other", "application/octet-stream"),
        ],
    )
    def test_by_content(self, content: bytes, kind: str, media_type: str) -> None:
        """A file's kind is that of its content."""
        found = said(content, "")
        assert (kind, media_type) == (found.kind, found.media_type)

    def test_a_wrong_name_is_remarked_upon(self) -> None:
        """A text that calls itself a picture is a text, gets its own suffix, and the person is told."""
        found = said(b"You are a fraud.", "proof.png")
        assert ("message", "txt") == (found.kind, found.suffix)
        assert any("ends in .png" in each for each in found.remarks)

    @pytest.mark.parametrize("name", ["words.txt", "words.md", "words", "words.2026", "WORDS.TXT"])
    def test_a_fitting_name_is_not(self, name: str) -> None:
        """A name that fits, or says nothing, needs no remark."""
        assert () == said(b"You are a fraud.", name).remarks

    def test_an_office_document(self) -> None:
        """A document in a zip is a document, not an archive."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as file:
            file.writestr("[Content_Types].xml", "<Types/>")
            file.writestr("word/document.xml", "<w/>")
        assert "document" == said(held.getvalue(), "x.docx").kind

    def test_empty(self) -> None:
        """An empty file says so."""
        assert ((EMPTY,), {}) == (said(b"", "x").remarks, said(b"", "x").fields)

    def test_a_long_text_is_cut_and_says_so(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Of a very long text the beginning is read."""
        monkeypatch.setattr("forethought.incidents.saying.text.MOST_TOLD", 100)
        assert (CUT,) == said(b"word " * 50, "x.txt").remarks


class TestHostile:
    @given(st.sampled_from(STARTS), st.binary(max_size=400), st.text(max_size=20))
    def test_any_bytes(self, start: bytes, rest: bytes, name: str) -> None:
        """Whatever follows the sign of a format, something is said and nothing is raised."""
        check(said(start + rest, name))

    @given(st.text(max_size=400))
    def test_any_page(self, text: str) -> None:
        """Whatever stands in a page, its words are text that can be stored."""
        check(said(b"<html><title>" + text.encode("utf-8", "surrogatepass") + b"</title>" + text.encode("utf-16"), "x"))

    @given(st.lists(st.sampled_from(["From", "To", "Date", "Received", "Subject", "Content-Type"])), st.text())
    def test_any_headers(self, names: list[str], value: str) -> None:
        """Whatever stands in the headers of an e-mail, nothing is raised."""
        head = "".join(f"{name}: {' '.join(value.split())}\n" for name in names)
        check(said(f"Message-ID: <1>\nFrom: a\n{head}\nwords".encode(), "x.eml"))

    def test_many_comments_before_a_page(self) -> None:
        """Thousands of comments do not make the look at a page's beginning slow without end."""
        assert said(b"<!---->" * 5_000 + b"<p>", "x").kind == "message"

    def test_a_reader_that_fails(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A mistake in reading gives a remark and the kind all the same."""
        monkeypatch.setitem(module._READERS, module.HTML, lambda data: 1 / 0)
        found = said(b"<html><p>x", "x.html")
        assert ("page", (FURTHER,)) == (found.kind, found.remarks)

    def test_a_file_that_takes_too_long(self, tmp_path: Path) -> None:
        """A file that is given up on is kept with the kind that its first bytes show."""
        path = tmp_path / "x.html"
        path.write_bytes(b"<html><p>x")
        with Reader(seconds=-1) as reader:
            found = reader.of("x.html", path)
        assert ("page", "text/html", (FURTHER,)) == (found.kind, found.media_type, found.remarks)
