"""ODT, ODS and ODP: what is not seen is told and taken out, and what is seen stays."""

from pathlib import Path

import pytest
from archives import changed_anywhere, check_gone, check_told, inside, printed, told
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import odf
from makers.odf import FILES, package, picture
from makers.packages import zipped

from forethought.media.buffer import CannotCleanError
from forethought.media.format import Wishes
from forethought.media.formats.odf import FORMAT
from forethought.media.office.package import written

MAKERS = pytest.mark.parametrize("name", FILES)
SEEN = {"text": ["A quiet morning.", "Seen twice.", "By Ann, see this."], "sheet": ["Seen", "3"], "slides": ["Seen"]}


class TestEveryFile:
    @MAKERS
    def test_every_canary_is_told(self, name: str) -> None:
        """Every hidden word in a file is among what is told of it."""
        check_told(FORMAT, FILES[name]())

    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden word is left in the copy, and neither reader finds anything in it."""
        check_gone(FORMAT, FILES[name]())

    @MAKERS
    def test_what_is_seen_stays(self, name: str) -> None:
        """The text that a person sees is the same in the copy."""
        data = FILES[name]()
        shown = list(FORMAT.shown(copy_of(FORMAT, data)))
        assert list(FORMAT.shown(data)) == shown
        assert set(SEEN[name]) <= set(shown)

    @MAKERS
    def test_built_as_the_standard_says(self, name: str) -> None:
        """The kind comes first and is not packed, and the list of parts names just what is there."""
        copy = copy_of(FORMAT, FILES[name]())
        assert b"mimetypeapplication/vnd.oasis.opendocument." in copy[:90]
        parts = inside(copy)
        listed = parts["META-INF/manifest.xml"].decode()
        assert all(f'full-path="{each}"' in listed for each in {*parts} - {"mimetype", "META-INF/manifest.xml"})
        assert len(parts) == listed.count("<manifest:file-entry") + 1

    @MAKERS
    def test_cleaning_twice_changes_nothing_more(self, name: str) -> None:
        """The copy of a copy is the same."""
        copy = copy_of(FORMAT, FILES[name]())
        assert copy == copy_of(FORMAT, copy)

    @MAKERS
    def test_an_uncleaned_file_is_doubted(self, name: str) -> None:
        """The second reader finds what the first one should have taken out."""
        found = " ".join(FORMAT.doubts(FILES[name]()))
        wanted = {"text": "annotation", "sheet": "database-ranges", "slides": "notes"}
        assert all(each in found for each in (wanted[name], "Thumbnails", "meta.xml", "PrinterName", "rsid"))

    @MAKERS
    def test_libreoffice_opens_the_copy(self, name: str, tmp_path: Path) -> None:
        """Where LibreOffice is installed, it opens the copy and makes a PDF of it."""
        suffix = {"text": "odt", "sheet": "ods", "slides": "odp"}[name]
        assert printed(copy_of(FORMAT, FILES[name]()), suffix, tmp_path).startswith(b"%PDF")


class TestText:
    def test_changes_cannot_be_refused(self) -> None:
        """Where changes are to be refused there is no copy, with the reason."""
        with pytest.raises(CannotCleanError, match="not refused"):
            copy_of(FORMAT, odf.text(), Wishes(refuse=True))

    def test_a_cropped_picture(self) -> None:
        """A picture whose edges are cut off in its frame is told, and there is no copy."""
        clip = (
            '<style:style style:name="c"><style:graphic-properties fo:clip="rect(0cm, 1cm, 0cm, 0cm)"/></style:style>'
        )
        data = package("text", f"<office:text><text:p>{picture()}</text:p>{clip}</office:text>")
        assert "cropped picture" in told(FORMAT, data)
        with pytest.raises(CannotCleanError, match="cut off"):
            copy_of(FORMAT, data)

    def test_links_to_bookmarks_stay(self) -> None:
        """A bookmark that a link leads to stays, with its name."""
        link = '<text:bookmark text:name="top"/><text:a xlink:href="#top">up</text:a>'
        body = f"<office:text><text:p>{link}</text:p></office:text>"
        assert b'text:name="top"' in inside(copy_of(FORMAT, package("text", body)))["content.xml"]

    def test_scripts_anywhere(self) -> None:
        """What belongs to a script goes wherever it stands, whatever it is called."""
        space = 'xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
        body = f"<office:text><text:p>Seen<script:x {space}>kestrel-script</script:x></text:p></office:text>"
        data = package("text", body)
        assert "kestrel-script" in told(FORMAT, data)
        assert not sings(copy_of(FORMAT, data))

    def test_a_picture_elsewhere(self) -> None:
        """A picture that lies outside the file is told and gone."""
        data = package(
            "text", f"<office:text><text:p>Seen{picture('file:///home/kestrel/a.jpg')}</text:p></office:text>"
        )
        assert "file:///home/kestrel/a.jpg" in told(FORMAT, data)
        assert not sings(copy_of(FORMAT, data))

    def test_an_object_inside(self) -> None:
        """A formula or chart inside is gone through as the document itself is."""
        frame = '<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>'
        parts = inside(package("text", f"<office:text><text:p>Seen{frame}</text:p></office:text>"))
        inner = odf.root(
            "document-content", "<office:body><office:text><text:p>Inner</text:p></office:text></office:body>"
        )
        parts |= {"Object 1/content.xml": inner.encode(), "Object 1/meta.xml": b"<a><b>kestrel-inner</b></a>"}
        data = zipped(parts, stored="mimetype")
        copy = copy_of(FORMAT, data)
        assert "kestrel-inner" in told(FORMAT, data)
        assert "Inner" in list(FORMAT.shown(copy))
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]
        assert not sings(copy)


class TestSheets:
    def test_hidden_cells(self) -> None:
        """Hidden cells are emptied, the hidden sheet is gone, and the formula is now its value."""
        content = inside(copy_of(FORMAT, odf.sheet()))["content.xml"].decode()
        assert "formula" not in content
        assert 'office:value="3"' in content
        assert 'table:name="Secret"' not in content

    def test_formulas_stay(self) -> None:
        """Where nothing is hidden, formulas stay."""
        cell = '<table:table-cell table:formula="of:=1+1" office:value-type="float" office:value="2"/>'
        table = f'<table:table table:name="A"><table:table-row>{cell}</table:table-row></table:table>'
        body = f"<office:spreadsheet>{table}</office:spreadsheet>"
        assert b"of:=1+1" in inside(copy_of(FORMAT, package("spreadsheet", body)))["content.xml"]


class TestDoubts:
    @pytest.mark.parametrize(
        "planted",
        [
            "<text:p><office:annotation/></text:p>", '<text:p text:style-name="H">x</text:p>',
            "<text:tracked-changes/>",
            '<text:section text:display="none"/>', '<text:p officeooo:rsid="1"/>', '<text:a xlink:href="file:///x"/>',
            '<k:own xmlns:k="urn:k"/>',
        ],
    )  # fmt: skip
    def test_each_thing_is_doubted(self, planted: str) -> None:
        """Each thing that cleaning should have taken out is found by the second reader."""
        parts = inside(copy_of(FORMAT, odf.text()))
        hidden = '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
        content = odf.root("document-content", f"{hidden}{planted}").replace('xmlns:kestrel="urn:kestrel-space"', "")
        assert list(FORMAT.doubts(written(parts | {"content.xml": content.encode()}, stored="mimetype")))


class TestDamaged:
    @pytest.mark.parametrize("missing", ["mimetype", "content.xml"])
    def test_a_part_is_missing(self, missing: str) -> None:
        """A file without one of the parts that it needs is refused."""
        parts = inside(odf.text())
        del parts[missing]
        with pytest.raises(CannotCleanError):
            copy_of(FORMAT, zipped(parts))

    def test_locked(self) -> None:
        """A file that is locked with a password is refused, with the reason."""
        parts = inside(odf.text())
        lock = b"<manifest:encryption-data/></manifest:file-entry>"
        held = parts["META-INF/manifest.xml"].replace(b'"image/jpeg"/>', b'"image/jpeg">' + lock)
        with pytest.raises(CannotCleanError, match="password"):
            copy_of(FORMAT, zipped(parts | {"META-INF/manifest.xml": held}))

    def test_cut_off_anywhere(self) -> None:
        """A file that is cut off anywhere is refused."""
        data = odf.text()
        for end in range(0, len(data) - 1, 101):
            with pytest.raises(CannotCleanError):
                copy_of(FORMAT, data[:end])

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """Parts with bytes changed are cleaned or refused, and never anything else."""
        parts = inside(ORIGINALS[data.draw(st.sampled_from(sorted(ORIGINALS)))])
        name = data.draw(st.sampled_from([each for each in sorted(parts) if each.endswith(".xml")]))
        part = bytearray(parts[name])
        for _ in range(data.draw(st.integers(1, 3))):
            part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
        assert [] == list(changed_anywhere(FORMAT, zipped(parts | {name: bytes(part)}, stored="mimetype")))


ORIGINALS = {name: make() for name, make in FILES.items()}


class TestFieldsOfTime:
    def test_the_day_of_today(self) -> None:
        """A field that shows the day it is read on stays without the day on which it was last shown."""
        field = '<text:date text:date-value="2026-05-03T14:10:00">3 May</text:date>'
        data = package("text", f"<office:text><text:p>Printed on {field}</text:p></office:text>")
        copy = copy_of(FORMAT, data)
        assert "2026-05-03T14:10:00" in told(FORMAT, data)
        assert b"<text:date>3 May</text:date>" in inside(copy)["content.xml"]
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_fixed_day(self) -> None:
        """A day that was fixed stays as the text that it shows, without the time of day."""
        field = '<text:date text:date-value="2026-05-03T14:10:00" text:fixed="true">3 May</text:date>'
        copy = copy_of(FORMAT, package("text", f"<office:text><text:p>On {field}.</text:p></office:text>"))
        assert b"On 3 May." in inside(copy)["content.xml"]
        assert b"14:10" not in inside(copy)["content.xml"]

    def test_a_day_that_is_left_is_doubted(self) -> None:
        """The second look finds a field that holds a day."""
        data = package("text", '<office:text><text:date text:date-value="2026-05-03">3 May</text:date></office:text>')
        assert "content.xml: date" in list(FORMAT.doubts(data))


class TestPreviews:
    def test_a_table_s_picture(self) -> None:
        """The picture that slides keep of a table, of a kind that only LibreOffice has, goes; the table stays."""
        table = "<table:table><table:table-row><table:table-cell><text:p>Seen</text:p></table:table-cell>"
        frame = (
            f'<draw:frame>{table}</table:table-row></table:table><draw:image xlink:href="Pictures/TablePreview1.svm"/>'
        )
        data = package("presentation", f"<office:presentation>{frame}</draw:frame></office:presentation>")
        parts = inside(data) | {"Pictures/TablePreview1.svm": b"VCLMTF kestrel"}
        copy = copy_of(FORMAT, zipped(parts, stored="mimetype"))
        assert not sings(copy)
        assert "Seen" in [*FORMAT.shown(copy)]
        assert "Pictures/TablePreview1.svm" not in inside(copy)
