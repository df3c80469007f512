"""EPUB: what is not read is told and taken out, and every page stays."""

import pytest
from archives import changed_anywhere, check_gone, check_told, inside, told
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import epub
from makers.epub import FILES, page
from makers.packages import zipped

from forethought.media.buffer import CannotCleanError
from forethought.media.formats.epub import FORMAT
from forethought.media.office.package import written

MAKERS = pytest.mark.parametrize("name", FILES)


def with_page(body: str) -> bytes:
    """Return a book with this page."""
    return zipped(inside(epub.pages()) | {"OEBPS/a.xhtml": page(body).encode()}, stored="mimetype")


class TestEveryFile:
    @MAKERS
    def test_every_canary_is_told(self, name: str) -> None:
        """Every hidden word in a book is among what is told of it."""
        check_told(FORMAT, FILES[name]())

    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden word is left in the copy, and neither reader finds anything in it."""
        check_gone(FORMAT, FILES[name]())

    @MAKERS
    def test_what_is_read_stays(self, name: str) -> None:
        """The text of the pages, the title and the language are in the copy."""
        shown = list(FORMAT.shown(copy_of(FORMAT, FILES[name]())))
        assert {"A quiet\xa0morning,", "A quiet morning, and rain.", "A Morning", "en", "A garden"} & {*shown} >= {
            "A Morning", "en", "A garden", "A quiet morning, and rain.",
        }  # fmt: skip

    @MAKERS
    def test_built_as_the_standard_says(self, name: str) -> None:
        """The kind comes first and is not packed, and the title, the language and a number are in the list."""
        copy = copy_of(FORMAT, FILES[name]())
        assert b"mimetypeapplication/epub+zip" in copy[:60]
        opf = inside(copy)["OEBPS/content.opf"].decode()
        assert all(each in opf for each in ("<dc:title>", "<dc:language>", 'identifier id="uid"', "<itemref"))
        assert ("dcterms:modified" in opf) == (name == "pages")

    @MAKERS
    def test_cleaning_twice_changes_nothing_more(self, name: str) -> None:
        """The copy of a copy is the same."""
        copy = copy_of(FORMAT, FILES[name]())
        assert copy == copy_of(FORMAT, copy)

    @MAKERS
    def test_an_uncleaned_book_is_doubted(self, name: str) -> None:
        """The second reader finds what the first one should have taken out."""
        found = " ".join(FORMAT.doubts(FILES[name]()))
        assert all(each in found for each in ("creator", "identifier", "p.jpg", "document type", "s.css"))


class TestPages:
    def test_layout_stays(self) -> None:
        """How a book is laid out and which picture is its cover stay."""
        assert b"rendition:layout" in inside(copy_of(FORMAT, epub.pages()))["OEBPS/content.opf"]
        assert b'name="cover"' in inside(copy_of(FORMAT, epub.calibre()))["OEBPS/content.opf"]

    def test_letters_by_name(self) -> None:
        """Letters that a page writes by their names stay what they are, in text and in attributes."""
        copy = copy_of(FORMAT, with_page('<p title="caf&eacute;">caf&eacute; &amp; more&hellip;</p>'))
        held = inside(copy)["OEBPS/a.xhtml"].decode()
        assert 'title="café"' in held
        assert "café &amp; more…" in held

    def test_a_picture_in_the_text(self) -> None:
        """A picture that is written into a page is refused, with the reason."""
        with pytest.raises(CannotCleanError, match="its own text"):
            copy_of(FORMAT, with_page('<img src="data:image/png;base64,AAAA"/>'))

    def test_entities_of_its_own(self) -> None:
        """A page with entities of its own is refused."""
        bomb = '<!DOCTYPE html [<!ENTITY a "b">]><html xmlns="http://www.w3.org/1999/xhtml"><body>&a;</body></html>'
        parts = inside(epub.pages()) | {"OEBPS/a.xhtml": bomb.encode()}
        with pytest.raises(CannotCleanError, match="document type"):
            copy_of(FORMAT, zipped(parts, stored="mimetype"))

    def test_a_locked_book(self) -> None:
        """A book that is locked is refused, with the reason."""
        parts = inside(epub.pages()) | {"META-INF/encryption.xml": b"<a/>"}
        with pytest.raises(CannotCleanError, match="locked"):
            copy_of(FORMAT, zipped(parts, stored="mimetype"))

    def test_parts_that_are_not_there(self) -> None:
        """A part that is listed and not there is taken from the list."""
        parts = inside(epub.pages())
        del parts["OEBPS/s.css"]
        assert b"s.css" not in inside(copy_of(FORMAT, zipped(parts, stored="mimetype")))["OEBPS/content.opf"]

    def test_a_drawing(self) -> None:
        """A drawing stays, without what its program noted."""
        parts = inside(epub.pages())
        opf = parts["OEBPS/content.opf"]
        parts["OEBPS/content.opf"] = opf.replace(
            b'"p.jpg" media-type="image/jpeg"', b'"p.svg" media-type="image/svg+xml"'
        )
        parts["OEBPS/p.svg"] = (
            b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/" i:path="kestrel-path">'
            b'<metadata>kestrel-meta</metadata><i:view a="kestrel-view"/><path d="M0 0L1 1"/></svg>'
        )
        data = zipped(parts, stored="mimetype")
        copy = copy_of(FORMAT, data)
        assert b'd="M0 0L1 1"' in inside(copy)["OEBPS/p.svg"]
        assert all(f"kestrel-{each}" in told(FORMAT, data) for each in ("path", "meta", "view"))
        assert not sings(copy)


class TestDoubts:
    @pytest.mark.parametrize(
        "planted",
        ["<p data-x='1'>x</p>", "<!-- x -->", "<script>x</script>", '<p hidden="">x</p>', '<a href="file:///x">x</a>',
         '<p style="display: none">x</p>'],
    )  # fmt: skip
    def test_each_thing_is_doubted(self, planted: str) -> None:
        """Each thing that cleaning should have taken out is found by the second reader."""
        parts = inside(copy_of(FORMAT, epub.pages()))
        parts["OEBPS/a.xhtml"] = page(planted).replace("<!DOCTYPE html>", "").encode()
        assert list(FORMAT.doubts(written(parts, stored="mimetype")))


class TestDamaged:
    @pytest.mark.parametrize("missing", ["META-INF/container.xml", "OEBPS/content.opf"])
    def test_a_part_is_missing(self, missing: str) -> None:
        """A book without one of the parts that it needs is refused."""
        parts = inside(epub.pages())
        del parts[missing]
        with pytest.raises(CannotCleanError):
            copy_of(FORMAT, zipped(parts, stored="mimetype"))

    def test_cut_off_anywhere(self) -> None:
        """A book that is cut off anywhere is refused."""
        data = epub.pages()
        for end in range(0, len(data) - 1, 97):
            with pytest.raises(CannotCleanError):
                copy_of(FORMAT, data[:end])

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """Parts with bytes changed are cleaned or refused, and never anything else."""
        parts = inside(ORIGINALS[data.draw(st.sampled_from(sorted(ORIGINALS)))])
        name = data.draw(st.sampled_from([each for each in sorted(parts) if not each.endswith(".jpg")]))
        part = bytearray(parts[name])
        for _ in range(data.draw(st.integers(1, 3))):
            part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
        assert [] == list(changed_anywhere(FORMAT, zipped(parts | {name: bytes(part)}, stored="mimetype")))


ORIGINALS = {name: make() for name, make in FILES.items()}
