"""DOCX, XLSX and PPTX: what is not seen is told and taken out, what is seen stays, and nothing dangles."""

import io
import posixpath
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree.ElementTree import fromstring

import docx
import pytest
from archives import changed_anywhere, check_gone, check_told, inside, printed, told
from canaries import copy_of, sings
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import deck, sheets, word
from makers.packages import photo, rels, types, zipped
from makers.word import BY, bare, drawing, field, paragraph, run
from PIL import Image

from forethought.media.buffer import CannotCleanError, DamagedError
from forethought.media.format import Wishes
from forethought.media.formats.ooxml import FORMAT

FILES: dict[str, Callable[[], bytes]] = {**word.FILES, **sheets.FILES, **deck.FILES}
DRAWN = "http://schemas.microsoft.com/office/2007/relationships/diagramDrawing"
MAKERS = pytest.mark.parametrize("name", FILES)


def text(data: bytes) -> list[str]:
    """Return the paragraphs of a text as python-docx reads them."""
    return [each.text for each in docx.Document(io.BytesIO(data)).paragraphs]


def cleaned(body: str, **more: bytes | str) -> bytes:
    """Return the clean copy of a text with this body."""
    return copy_of(FORMAT, zipped(bare(body) | {name.replace("__", "/"): held for name, held in more.items()}))


def main(data: bytes) -> str:
    """Return the main part of a text."""
    return inside(data)["word/document.xml"].decode()


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
        assert list(FORMAT.shown(data)) == list(FORMAT.shown(copy_of(FORMAT, data)))
        assert any(each in " ".join(FORMAT.shown(data)) for each in ("Seen", "quiet morning", "line"))

    @MAKERS
    def test_nothing_dangles(self, name: str) -> None:
        """Every part has a content type, every relationship leads somewhere, and every reference has one."""
        parts = inside(copy_of(FORMAT, FILES[name]()))
        listed = {each.get("PartName", "").lstrip("/") for each in fromstring(parts["[Content_Types].xml"])}
        assert {each for each in parts if not each.endswith(".rels")} - {"[Content_Types].xml"} == listed - {""}
        for part, held in parts.items():
            if part.endswith(".rels"):
                source = posixpath.join(posixpath.dirname(posixpath.dirname(part)), posixpath.basename(part)[:-5])
                known = {each.get("Id") for each in fromstring(held)}
                used = set(re.findall(r'r:(?:id|embed|link)="([^"]*)"', parts.get(source, b"").decode()))
                assert used <= known
                for each in fromstring(held):
                    target = posixpath.normpath(posixpath.join(posixpath.dirname(source), each.get("Target", "")))
                    assert each.get("TargetMode") == "External" or target in parts

    @MAKERS
    def test_cleaning_twice_changes_nothing_more(self, name: str) -> None:
        """The copy of a copy is the same."""
        copy = copy_of(FORMAT, FILES[name]())
        assert copy == copy_of(FORMAT, copy)

    @MAKERS
    def test_an_uncleaned_file_is_doubted(self, name: str) -> None:
        """The second reader finds something in every file that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))

    @MAKERS
    def test_libreoffice_opens_the_copy(self, name: str, tmp_path: Path) -> None:
        """Where LibreOffice is installed, it opens the copy and makes a PDF of it."""
        suffix = {"excel": "xlsx", "prefixed": "xlsx", "powerpoint": "pptx"}.get(name, "docx")
        assert printed(copy_of(FORMAT, FILES[name]()), suffix, tmp_path).startswith(b"%PDF")


class TestTold:
    def test_each_thing_is_told_as_what_it_is(self) -> None:
        """Authors are persons, deleted words edits, hidden words words, cut-off edges pictures, links files."""
        found = {(trace.kind, trace.value) for trace in FORMAT.traces(word.word())}
        assert {
            ("person", "kestrel-creator"), ("person", "kestrel-reviser"), ("edit", "kestrel-deleted"),
            ("words", "kestrel-hidden"), ("words", "kestrel-comment"), ("time", "2026-05-03T14:10:00Z"),
            ("file", "file:///C:/People/kestrel/notes.docx"), ("words", "kestrel-first-page"),
            ("picture", "what was cut off word/media/kestrel2.png is still there"),
        } <= found  # fmt: skip

    def test_what_a_photo_in_it_gives_away(self) -> None:
        """The place in a photo's camera notes is told under the photo's name."""
        assert any(trace.kind == "place" and "image1.jpg" in trace.where for trace in FORMAT.traces(word.word()))


class TestWord:
    def test_python_docx_reads_the_same(self) -> None:
        """Another library opens the copy and finds what was seen, changes accepted."""
        assert word.SHOWN == text(copy_of(FORMAT, word.word()))[:4]
        assert ["One line.", "Moved", "Ann"] == text(copy_of(FORMAT, word.office()))

    def test_changes_refused(self) -> None:
        """Where changes are refused, deleted words come back and inserted ones go."""
        copy = copy_of(FORMAT, word.word(), Wishes(refuse=True))
        assert "Then kestrel-deleted, and went." in text(copy)
        assert "<w:i" in main(copy)
        assert "rPrChange" not in main(copy)
        back = copy_of(FORMAT, word.office(), Wishes(refuse=True))
        assert ["One ", "line.", "kestrel-moved", "Ann"] == text(back)
        assert ["kestrel-row", "Kept", "kestrel-cell"] == [
            cell.text for row in docx.Document(io.BytesIO(back)).tables[0].rows for cell in row.cells
        ]

    def test_inserted_paragraph_refused(self) -> None:
        """Refusing a paragraph mark that was inserted puts the two halves together again."""
        halves = paragraph(run("One "), properties=f"<w:rPr><w:ins {BY}/></w:rPr>") + paragraph(run("line."))
        data = zipped(bare(halves))
        assert ["One ", "line."] == text(copy_of(FORMAT, data))
        assert ["One line."] == text(copy_of(FORMAT, data, Wishes(refuse=True)))

    def test_properties_refused(self) -> None:
        """Refusing a change of a paragraph's properties brings the earlier ones back."""
        change = f'<w:jc w:val="right"/><w:pPrChange {BY}><w:pPr><w:jc w:val="center"/></w:pPr></w:pPrChange>'
        data = zipped(bare(paragraph(run("Seen"), properties=change)))
        assert 'w:val="right"' in main(copy_of(FORMAT, data))
        assert 'w:val="center"' in main(copy_of(FORMAT, data, Wishes(refuse=True)))

    def test_merged_cells(self) -> None:
        """Cells that were merged in review are merged in the copy, and not where that is refused."""
        mark = f'<w:cellMerge {BY} w:vMerge="rest"/>'
        row = f"<w:tbl><w:tr><w:tc><w:tcPr>{mark}</w:tcPr>{paragraph(run('Seen'))}</w:tc></w:tr></w:tbl>"
        data = zipped(bare(row))
        assert '<w:vMerge w:val="restart"' in main(copy_of(FORMAT, data))
        assert "vMerge" not in main(copy_of(FORMAT, data, Wishes(refuse=True)))

    def test_a_table_that_was_deleted(self) -> None:
        """A table whose every row was deleted is gone whole."""
        row = f"<w:tr><w:trPr><w:del {BY}/></w:trPr><w:tc>{paragraph(run('kestrel'))}</w:tc></w:tr>"
        assert "tbl" not in main(cleaned(f"<w:tbl>{row}{row}</w:tbl>{paragraph(run('Seen'))}"))

    def test_deleted_at_the_end(self) -> None:
        """A deleted paragraph with nothing behind it leaves only what was not deleted."""
        mark = f"<w:rPr><w:del {BY}/></w:rPr>"
        held = paragraph(run("Left"), properties=mark)
        assert ["Seen", "Left"] == text(cleaned(paragraph(run("Seen")) + held + "<w:sectPr/>"))

    @pytest.mark.parametrize("code", ["PAGE", r"REF x \h", 'HYPERLINK "https://example.org/"', r'TOC \o "1-3"'])
    def test_plain_fields_stay(self, code: str) -> None:
        """Fields that say no more than they show stay as they are."""
        assert code.split()[0] in main(cleaned(paragraph(field(f" {code} ", "shown"))))

    @pytest.mark.parametrize(
        "code",
        [r'INCLUDEPICTURE "C:\\k.png"', "USERNAME", 'LINK Excel "C:\\k"', "ADDIN ZOTERO {}", r'HYPERLINK "C:\k"', ""],
    )
    def test_other_fields_leave_what_they_show(self, code: str) -> None:
        """Of every other field only what it shows is left."""
        copy = cleaned(paragraph(field(f" {code} ", "shown")))
        assert ["shown"] == text(copy)
        assert "fldChar" not in main(copy)

    def test_fields_inside_fields(self) -> None:
        """A field in the code of another goes with it, and one in its result stays."""
        inner = field(" PAGE ", "7")
        mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
        outer = mark.format("begin") + run(" IF ", tag="instrText") + field(" MERGEFIELD k ", "kestrel")
        outer += mark.format("separate") + run("page ") + inner + mark.format("end")
        copy = cleaned(paragraph(outer))
        assert ["page 7"] == text(copy)
        assert "PAGE" in main(copy)

    def test_a_field_without_an_end(self) -> None:
        """A field that never ends leaves its text and not its code."""
        copy = cleaned(paragraph('<w:r><w:fldChar w:fldCharType="begin"/></w:r>', run("kestrel", tag="instrText")))
        assert not sings(copy)

    @pytest.mark.parametrize("value", ["0", "false", "off"])
    def test_text_that_is_not_hidden_after_all(self, value: str) -> None:
        """A switch that is off hides nothing."""
        assert ["Seen"] == text(cleaned(paragraph(run("Seen", f'<w:vanish w:val="{value}"/>'))))

    def test_a_hidden_paragraph_goes_whole(self) -> None:
        """A paragraph whose text and mark are hidden leaves no empty line."""
        hidden = paragraph(run("kestrel", "<w:vanish/>"), properties="<w:rPr><w:vanish/></w:rPr>")
        assert ["Seen"] == text(cleaned(hidden + paragraph(run("Seen"))))

    def test_a_hidden_shape(self) -> None:
        """A shape that is not shown is told and gone."""
        frame = '<wp:inline><wp:docPr id="1" name="Picture 1" descr="kestrel" hidden="1"/></wp:inline>'
        shape = f"<w:r><w:drawing>{frame}</w:drawing></w:r>"
        assert not sings(cleaned(paragraph(run("Seen"), shape)))

    def test_the_hidden_part_of_a_picture_is_cut_off(self) -> None:
        """A cropped picture has only the pixels that are seen, and its frame is no longer set in."""
        parts = inside(copy_of(FORMAT, word.word()))
        with Image.open(io.BytesIO(parts["word/media/picture1.png"])) as picture:
            assert (24, 32) == picture.size
        assert 'l="25000"' not in parts["word/document.xml"].decode()

    def test_an_element_of_its_own(self) -> None:
        """Elements and attributes in a namespace that Word does not have are told and gone."""
        own = '<k:own xmlns:k="urn:kestrel" k:a="kestrel-a">kestrel-own</k:own>'
        data = zipped(bare(paragraph(run("Seen")) + own))
        assert "kestrel-own" in told(FORMAT, data)
        assert not sings(copy_of(FORMAT, data))

    def test_a_part_in_a_part(self) -> None:
        """A whole other document inside is refused, with the reason."""
        data = bare('<w:altChunk r:id="rId1"/>')
        data["word/_rels/document.xml.rels"] = rels(("rId1", "aFChunk", "a.html"))
        with pytest.raises(CannotCleanError, match="whole other document"):
            copy_of(FORMAT, zipped(data | {"word/a.html": "<p>x</p>"}))

    def test_a_picture_that_cannot_be_cleaned(self) -> None:
        """A picture of an unknown kind is told, and there is no copy."""
        data = bare(paragraph(drawing("rId1")))
        data["word/_rels/document.xml.rels"] = rels(("rId1", "image", "media/image1.wdp"))
        whole = zipped(data | {"word/media/image1.wdp": b"kestrel"})
        assert "cannot be cleaned" in told(FORMAT, whole)
        with pytest.raises(CannotCleanError, match=r"image1\.wdp"):
            copy_of(FORMAT, whole)

    def test_links_stay(self) -> None:
        """A link to a page on the web stays, and is among what is seen."""
        data = bare(paragraph(f'<w:hyperlink r:id="rId1">{run("here")}</w:hyperlink>'))
        data["word/_rels/document.xml.rels"] = rels(("rId1", "hyperlink", "https://example.org/"))
        assert "https://example.org/" in list(FORMAT.shown(copy_of(FORMAT, zipped(data))))


class TestSheets:
    def test_what_is_hidden_goes_and_values_stay(self) -> None:
        """Hidden sheets, rows and columns are emptied, and formulas become their values."""
        parts = inside(copy_of(FORMAT, sheets.excel()))
        sheet = parts["xl/worksheets/sheet1.xml"].decode()
        assert "<f>" not in sheet
        assert "<v>6</v>" in sheet
        assert "xl/worksheets/sheet2.xml" not in parts
        assert "Print_Area" in parts["xl/workbook.xml"].decode()

    def test_formulas_stay_where_nothing_is_hidden(self) -> None:
        """A workbook without hidden cells keeps its formulas."""
        parts = inside(sheets.prefixed())
        held = parts["xl/worksheets/sheet1.xml"].decode()
        extra = '<x:row r="2"><x:c r="A2"><x:f>1+1</x:f><x:v>2</x:v></x:c></x:row></x:sheetData>'
        parts["xl/worksheets/sheet1.xml"] = held.replace("</x:sheetData>", extra).encode()
        assert b"1+1" in inside(copy_of(FORMAT, zipped(parts)))["xl/worksheets/sheet1.xml"]

    def test_no_value_to_become(self) -> None:
        """A formula without its result cannot become one, and there is no copy."""
        parts = inside(sheets.excel())
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"<v>6</v>", b"")
        with pytest.raises(CannotCleanError, match="results"):
            copy_of(FORMAT, zipped(parts))

    def test_every_sheet_hidden(self) -> None:
        """A workbook that shows no sheet is refused."""
        parts = inside(sheets.prefixed())
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(b'sheetId="1"', b'sheetId="1" state="hidden"')
        with pytest.raises(CannotCleanError, match="no sheet"):
            copy_of(FORMAT, zipped(parts))


class TestDeck:
    def test_hidden_slides_go(self) -> None:
        """A hidden slide, the notes and what only its author sees are gone, and the others stay."""
        parts = inside(copy_of(FORMAT, deck.powerpoint()))
        assert ["ppt/slides/slide1.xml"] == [each for each in parts if each.startswith("ppt/slides/slide")]
        assert not [each for each in parts if "notes" in each or "tags" in each or "omment" in each]

    def test_an_object_of_another_program(self) -> None:
        """Of an object of another program its picture stays on the slide; without one there is no copy."""
        parts = inside(deck.powerpoint())
        slide = parts["ppt/slides/slide1.xml"].decode()
        picture = slide[slide.index("<p:pic>") : slide.index("</p:pic>") + 8]
        frame = '<p:graphicFrame><p:oleObj name="kestrel-object" r:id="rId9">{}</p:oleObj></p:graphicFrame>'
        data = zipped(parts | {"ppt/slides/slide1.xml": slide.replace(picture, frame.format(picture)).encode()})
        held = inside(copy_of(FORMAT, data))["ppt/slides/slide1.xml"].decode()
        assert "kestrel-object" in told(FORMAT, data)
        assert "p:pic" in held
        assert "oleObj" not in held
        parts["ppt/slides/slide1.xml"] = slide.replace(picture, frame.format("")).encode()
        with pytest.raises(CannotCleanError, match="without a picture"):
            copy_of(FORMAT, zipped(parts))

    def test_every_slide_hidden(self) -> None:
        """A presentation that shows no slide is refused."""
        parts = inside(deck.powerpoint())
        parts["ppt/slides/slide1.xml"] = parts["ppt/slides/slide2.xml"]
        with pytest.raises(CannotCleanError, match="no slide"):
            copy_of(FORMAT, zipped(parts))


class TestDoubts:
    @pytest.mark.parametrize(
        ("part", "planted"),
        [
            ("word/document.xml", paragraph(f"<w:ins {BY}>{run('x')}</w:ins>")),
            ("word/document.xml", "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>x</w:t></w:r></w:p>"),
            ("word/document.xml", '<w:p w:rsidR="00AB12CD"/>'),
            ("word/document.xml", '<w:p><w:fldSimple w:instr="AUTHOR"/></w:p>'),
            ("word/document.xml", drawing("rId1", '<a:srcRect l="2000"/>', "Object 1")),
            ("word/document.xml", '<k:own xmlns:k="urn:k"/>'),
            ("word/comments.xml", ""),
            ("docProps/core.xml", ""),
            ("customXml/item1.xml", ""),
        ],
    )
    def test_each_thing_is_doubted(self, part: str, planted: str) -> None:
        """Each thing that cleaning should have taken out is found by the second reader."""
        parts = inside(cleaned(paragraph(run("Seen"))))
        parts[part] = word.document(planted).encode()
        clean_zip = copy_of(FORMAT, zipped(bare(paragraph(run("Seen")))))
        assert [] == list(FORMAT.doubts(clean_zip))
        from forethought.media.office.package import written

        assert list(FORMAT.doubts(written(parts)))

    def test_a_photo_with_notes(self) -> None:
        """A photo whose camera notes were left is found."""
        from forethought.media.office.package import written

        parts = inside(copy_of(FORMAT, word.word()))
        parts["word/media/image1.jpg"] = photo()
        assert any("image1.jpg" in each for each in FORMAT.doubts(written(parts)))


class TestDamaged:
    @pytest.mark.parametrize("missing", ["[Content_Types].xml", "_rels/.rels", "word/document.xml"])
    def test_a_part_is_missing(self, missing: str) -> None:
        """A file without one of the parts that it needs is refused."""
        parts = bare(paragraph())
        del parts[missing]
        with pytest.raises(CannotCleanError):
            copy_of(FORMAT, zipped(parts))

    def test_a_main_part_of_another_kind(self) -> None:
        """A package that is no text, workbook or presentation is refused."""
        parts = bare(paragraph()) | {"[Content_Types].xml": types({"word/document.xml": "application/xml"})}
        with pytest.raises(DamagedError):
            copy_of(FORMAT, zipped(parts))

    def test_a_binary_workbook(self) -> None:
        """A binary workbook is refused, with what to do."""
        kind = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
        parts = bare(paragraph()) | {"[Content_Types].xml": types({"word/document.xml": kind})}
        with pytest.raises(CannotCleanError, match="XLSX"):
            copy_of(FORMAT, zipped(parts))

    def test_files_inside_files_without_end(self) -> None:
        """Documents in documents are followed only so far."""
        data = word.plain()
        for _ in range(6):
            parts = bare(paragraph(drawing("rId1")))
            parts["word/_rels/document.xml.rels"] = rels(("rId1", "image", "media/image1.png"))
            data = zipped(parts | {"word/media/image1.png": data})
        with pytest.raises(CannotCleanError):
            copy_of(FORMAT, data)

    def test_relationships_in_a_circle(self) -> None:
        """Parts that lead to each other are each gone through once."""
        data = bare(paragraph(drawing("rId1")))
        data["word/_rels/document.xml.rels"] = rels(("rId1", "chart", "document.xml"))
        assert copy_of(FORMAT, zipped(data))

    def test_cut_off_anywhere(self) -> None:
        """A file that is cut off anywhere is refused."""
        data = word.plain()
        for end in range(0, len(data) - 1, 37):
            with pytest.raises(CannotCleanError):
                copy_of(FORMAT, data[:end])

    @given(st.data())
    @settings(max_examples=60, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """Parts with bytes changed are cleaned or refused, and never anything else."""
        parts = inside(ORIGINALS[data.draw(st.sampled_from(sorted(ORIGINALS)))])
        name = data.draw(st.sampled_from([each for each in sorted(parts) if each.endswith((".xml", ".rels"))]))
        part = bytearray(parts[name])
        for _ in range(data.draw(st.integers(1, 3))):
            part[data.draw(st.integers(0, len(part) - 1))] = data.draw(st.integers(0, 255))
        assert [] == list(changed_anywhere(FORMAT, zipped(parts | {name: bytes(part)})))


ORIGINALS = {"word": word.google(), "sheets": sheets.excel(), "deck": deck.powerpoint()}


class TestDrawn:
    def test_a_free_shape(self) -> None:
        """The path of a shape that was drawn by hand is not taken for moved text."""
        path = (
            '<a:custGeom><a:pathLst><a:path><a:moveTo><a:pt x="0" y="0"/></a:moveTo></a:path></a:pathLst></a:custGeom>'
        )
        parts = inside(deck.powerpoint())
        parts["ppt/slides/slide1.xml"] = parts["ppt/slides/slide1.xml"].replace(
            b"<p:spPr/>", f"<p:spPr>{path}</p:spPr>".encode(), 1
        )
        copy = copy_of(FORMAT, zipped(parts))
        assert b"<a:moveTo>" in inside(copy)["ppt/slides/slide1.xml"]
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_diagram_keeps_its_drawing(self) -> None:
        """A diagram still says which drawing of its slide shows it, and its copy gives nothing away."""
        diagram = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
        shows = (
            f'<a:ext xmlns:a="{deck.A}" uri="{{1}}"><dsp:dataModelExt xmlns:dsp="http://schemas.microsoft.com/office/'
        )
        shows += 'drawing/2008/diagram" relId="rId8"/></a:ext>'
        parts = inside(deck.powerpoint())
        frame = f'<p:graphicFrame><d:relIds xmlns:d="{diagram}" r:dm="rId7"/></p:graphicFrame></p:spTree>'
        slide, links = "ppt/slides/slide1.xml", "ppt/slides/_rels/slide1.xml.rels"
        parts[slide] = parts[slide].replace(b"</p:spTree>", frame.encode())
        more = rels(("rId7", "diagramData", "../diagrams/data1.xml"), ("rId8", DRAWN, "../diagrams/drawing1.xml"))
        parts[links] = parts[links].replace(b"</Relationships>", more.partition('relationships">')[2].encode())
        parts["ppt/diagrams/data1.xml"] = (
            f'<d:dataModel xmlns:d="{diagram}"><d:extLst>{shows}</d:extLst></d:dataModel>'.encode()
        )
        parts["ppt/diagrams/drawing1.xml"] = (
            b'<dsp:drawing xmlns:dsp="http://schemas.microsoft.com/office/drawing/2008/diagram"/>'
        )
        copy = copy_of(FORMAT, zipped(parts))
        assert b'relId="rId8"' in inside(copy)["ppt/diagrams/data1.xml"]
        assert b'Id="rId8"' in inside(copy)[links]
        assert [] == [*FORMAT.traces(copy), *FORMAT.doubts(copy)]

    def test_a_picture_at_the_head_of_a_sheet(self) -> None:
        """The old kind of drawing that Excel puts a picture at the head of a sheet with stays, and is no doubt."""
        parts = inside(sheets.excel())
        sheet = parts["xl/worksheets/sheet1.xml"]
        parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"legacyDrawing ", b"legacyDrawingHF ")
        copy = copy_of(FORMAT, zipped(parts))
        assert "xl/drawings/vmlDrawing1.vml" in inside(copy)
        assert [] == list(FORMAT.doubts(copy))


class TestTables:
    def table(self, *, hides: bool) -> bytes:
        """Return the table of the copy of a workbook that has one."""
        parts = inside(sheets.excel() if hides else sheets.prefixed())
        sheet, x = "xl/worksheets/sheet1.xml", "" if hides else "x:"
        links = "xl/worksheets/_rels/sheet1.xml.rels"
        end = f"</{x}worksheet>".encode()
        parts[sheet] = parts[sheet].replace(
            end, f'<{x}tableParts><{x}tablePart r:id="rId9"/></{x}tableParts>'.encode() + end
        )
        more = rels(("rId9", "table", "../tables/table1.xml")).partition('relationships">')[2]
        parts[links] = parts[links].replace(b"</Relationships>", more.encode())
        parts["xl/tables/table1.xml"] = (
            f'<table xmlns="{sheets.S}" id="1" displayName="Table1" ref="A1:A3" dataCellStyle="kestrel-cells">'
            '<tableColumns count="1"><tableColumn id="1" name="Seen"><calculatedColumnFormula>B1*2'
            "</calculatedColumnFormula></tableColumn></tableColumns></table>"
        ).encode()
        copy = copy_of(FORMAT, zipped(parts))
        assert not sings(copy)
        return inside(copy)["xl/tables/table1.xml"]

    def test_names_of_styles(self) -> None:
        """A table does not name the styles of its cells, which have other names in the copy; its formulas stay."""
        held = self.table(hides=False)
        assert b"dataCellStyle" not in held
        assert b"B1*2" in held

    def test_formulas_of_hidden_cells(self) -> None:
        """A table has no formula where those of its cells became values."""
        assert b"B1*2" not in self.table(hides=True)


class TestNamesThatAreSeen:
    def test_fonts_and_styles(self) -> None:
        """Names of fonts and styles are among what is seen, so that another mention of them was nothing hidden."""
        styles = f'<w:styles xmlns:w="{word.W}"><w:style w:styleId="A"><w:name w:val="Body Text"/></w:style></w:styles>'
        body = paragraph(run("Seen", '<w:rFonts w:ascii="Gill Sans"/>'))
        links = rels(("rId1", "styles", "styles.xml"))
        parts = {**bare(body), "word/styles.xml": styles, "word/_rels/document.xml.rels": links}
        shown = list(FORMAT.shown(copy_of(FORMAT, zipped(parts))))
        assert {"Body Text", "Gill Sans", "Seen"} <= {*shown}

    def test_a_field_that_stays(self) -> None:
        """The code of a field that stays is seen with the words around it, as it is told when it was inserted."""
        inserted = f"<w:ins {BY}>{field('PAGE', '3')}{run(' of many')}</w:ins>"
        shown = list(FORMAT.shown(cleaned(paragraph(inserted))))
        assert "3 of many" in shown
        assert any(each.startswith("PAGE") and each.endswith("of many") for each in shown)
