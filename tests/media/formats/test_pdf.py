"""PDFs: what they give away, copies in which nothing is hidden and nothing seen is lost, and files built to do harm."""

import io
import re
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pypdfium2
import pytest
from canaries import copy_of, sings, stretches
from hypothesis import given, settings
from hypothesis import strategies as st
from makers import jpeg
from makers.pdf import FILES, LINE, REFUSED, TEXT, document, form, informed, marked, note, picture_in, word, written
from pikepdf import Array, Dictionary, Name
from PIL import Image
from pypdf import PdfReader

from forethought.documents import Document, Heading, Paragraph
from forethought.documents.pdf import pdf as set_page
from forethought.media.buffer import Buffer, CannotCleanError, DamagedError, TooLargeError
from forethought.media.format import Wishes
from forethought.media.formats.pdf import FORMAT
from forethought.media.pdf import pages as pdf_pages
from forethought.media.pdf.pictures import without_notes
from forethought.media.trace import KINDS

MAKERS = pytest.mark.parametrize("name", sorted(FILES))
HIDERS = pytest.mark.parametrize("name", sorted(REFUSED))
PAINTED = Wishes(repaint=True)
# What notes about pictures are known by elsewhere than in their value: it is the picture's own reader that is tried.
NOT_SAID = {"kestrel-film", "kestrel-makernote", "kestrel-thumbnail"}


def told(data: Buffer) -> str:
    """Return all that a file gives away, as one text."""
    return "\n".join(f"{trace.kind} {trace.where}: {trace.value}" for trace in FORMAT.traces(data))


def text(data: bytes) -> list[str]:
    """Return the words of each page, as a parser other than the cleaner's finds them."""
    return [page.extract_text() for page in PdfReader(io.BytesIO(data)).pages]


def drawn(data: bytes) -> list[bytes]:
    """Return the pixels of each page, as they look without comments."""
    with pypdfium2.PdfDocument(data) as pages:
        return [page.render(scale=1, draw_annots=False).to_pil().tobytes() for page in pages]


def root(data: bytes) -> Any:
    """Return what a PDF begins with."""
    return PdfReader(io.BytesIO(data)).trailer["/Root"]


class TestTraces:
    @MAKERS
    def test_every_canary_is_told(self, name: str) -> None:
        """All that is hidden is told, whatever program hid it."""
        data = FILES[name]()
        planted = {word.decode() for each in stretches(data) for word in re.findall(rb"kestrel-[a-z-]+", each)}
        every = told(data)
        assert planted or name == "protected"
        assert set() == {word for word in planted - NOT_SAID if word not in every}

    @MAKERS
    def test_each_kind_is_a_kind(self, name: str) -> None:
        """Every trace is of a known kind, and says where it is and what it holds."""
        for trace in FORMAT.traces(FILES[name]()):
            assert trace.kind in KINDS
            assert trace.where.strip()
            assert trace.value.strip()

    @pytest.mark.parametrize(
        ("name", "wanted"),
        [
            ("word", "person Info / Author: kestrel-author"),
            ("word", "time Info / CreationDate: 2026-05-03 14:10:00"),
            ("word", "contact page 1 URI / URI: file:///C:/People/kestrel-user/a.docx"),
            ("word", "contact page 1 URI / URI: mailto:kestrel-mail@example.org"),
            ("word", "words names of places: kestrel-bookmark"),
            ("page setter", "place catalog Metadata XMP GPS: 51"),
            ("page setter", "device ICC profile: kestrel-scree"),
            ("page setter", "picture page Thumb"),
            ("commented", "person page 1 Highlight / T: kestrel-highlight-t"),
            ("commented", "words page 1 Text / Contents: kestrel-text-contents"),
            ("commented", "file page 1 FileAttachment / F: "),
            ("form", "words form / V: Typed by hand"),
            ("form", "person form / Name: kestrel-signature-name"),
            ("form", "place form / Location: kestrel-signature-location"),
            ("portfolio", "file catalog AF / "),
            ("revised", "edit earlier versions: 2, which can be brought back"),
            ("revised", "edit earlier version 1: words: kestrel-earlier-words"),
            ("photo", "place picture EXIF GPS: 51"),
            ("photo", "picture not used any more"),
            ("converted", "other remark: %%Invocation: gs -sOutputFile=/srv-x/kestrel-home/a.pdf"),
            ("converted", "other remark in a page: "),
            ("protected", "other Encrypt: what its owner allows"),
        ],
    )
    def test_what_is_told(self, name: str, wanted: str) -> None:
        """What is hidden is told under the name of its field, as what it is."""
        assert wanted in told(FILES[name]())

    def test_nothing_in_a_clean_file(self) -> None:
        """A file of pages and no more gives nothing away."""
        data = written(document())
        assert "" == told(data)
        assert [] == list(FORMAT.doubts(data))

    def test_a_link_to_an_address_that_is_seen(self) -> None:
        """An address that stands on the page may be linked, and one that does not may not."""
        pdf = document(TEXT + b"BT /F1 12 Tf 20 300 Td (Write to me@example.org or 0117 496 0000) Tj ET")
        targets = ["mailto:me@example.org", "tel:01174960000", "mailto:me@example.org?subject=x", "tel:1", "ftp://a/b"]
        targets += ["https://me:word@example.org/", "//host/share", "javascript:x", "http://example.org"]
        links = [note(pdf, "Link", A=Dictionary(S=Name.URI, URI=target)) for target in targets]
        pdf.pages[0].obj.Annots = Array(links)
        copy = PdfReader(io.BytesIO(copy_of(FORMAT, written(pdf))))
        left = [link.get_object()["/A"]["/URI"] for link in copy.pages[0]["/Annots"]]
        assert ["mailto:me@example.org", "tel:01174960000", "http://example.org"] == left

    def test_what_is_not_known(self) -> None:
        """A key that no standard names is told and goes, wherever it stands."""
        pdf = document()
        pdf.Root.Odd = Dictionary(Deep=Array([Dictionary(Er="kestrel-deep"), 1]))
        pdf.pages[0].obj.Resources.Font.F1.Odd = 5
        data = written(pdf)
        assert "kestrel-deep" in told(data)
        assert "font Odd: 5" in told(data)
        assert "" == told(copy_of(FORMAT, data))

    def test_a_page_that_was_taken_out(self) -> None:
        """A page that only a place still leads to is told as what nothing uses, and goes."""
        pdf = document(pages=2)
        gone = pdf.pages[1].obj
        gone.Contents = pdf.make_stream(b"BT /F1 12 Tf (kestrel-page) Tj ET")
        del pdf.pages[1]
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Title="Where", Dest=Array([gone, Name.Fit])))
        data = written(pdf)
        assert sings(data)
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert [] == list(FORMAT.doubts(copy))


class TestClean:
    @MAKERS
    def test_no_canary_is_left(self, name: str) -> None:
        """No hidden value is left in the copy, and neither reader finds anything in it."""
        data = FILES[name]()
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert "" == told(copy)
        assert [] == list(FORMAT.doubts(copy))

    @pytest.mark.parametrize("name", sorted({*FILES} - {"form"}))
    def test_the_words_stay(self, name: str) -> None:
        """The words of every page are the same, in the same order."""
        data = FILES[name]()
        assert text(data) == text(copy_of(FORMAT, data))
        assert any(text(data))

    @pytest.mark.parametrize("name", sorted({*FILES} - {"form"}))
    def test_the_pages_look_the_same(self, name: str) -> None:
        """Every page is drawn the same, pictures and all."""
        data = FILES[name]()
        assert drawn(data) == drawn(copy_of(FORMAT, data))

    def test_the_same_each_time(self) -> None:
        """The same file has the same copy, which names no program."""
        copy = copy_of(FORMAT, word())
        assert copy == copy_of(FORMAT, word())
        assert not re.search(rb"pikepdf|qpdf|Producer", copy, re.IGNORECASE)

    def test_a_form_looks_as_it_was_filled_in(self) -> None:
        """What a person typed into a form stays on the page; what no one saw does not."""
        copy = copy_of(FORMAT, form())
        assert "Typed by hand" in text(copy)[0]
        assert LINE in text(copy)[0]
        assert "/AcroForm" not in root(copy)
        assert "/Annots" not in PdfReader(io.BytesIO(copy)).pages[0]

    def test_what_was_typed_over_a_page(self) -> None:
        """Words that were typed over a page are part of it, and who typed them is not."""
        pdf = document()
        fonts = Dictionary(Font=pdf.pages[0].obj.Resources.Font)
        look = pdf.make_stream(b"BT /F1 9 Tf 2 5 Td (Typed over) Tj ET", Type=Name.XObject, Subtype=Name.Form)
        look.BBox, look.Resources = [0, 0, 50, 20], fonts
        typed = note(pdf, "FreeText", IT=Name.FreeTextTypewriter, AP=Dictionary(N=look), T="kestrel-typist", F=4)
        pdf.pages[0].obj.Annots = Array([typed])
        copy = copy_of(FORMAT, written(pdf))
        assert "Typed over" in text(copy)[0]
        assert not sings(copy)

    def test_the_way_in_stays(self) -> None:
        """Outline, links, language and what is read aloud stay; names of places become the places themselves."""
        copy = PdfReader(io.BytesIO(copy_of(FORMAT, word())))
        catalog = copy.trailer["/Root"]
        assert ["Part one"] == [entry.title for entry in copy.outline]
        assert 1 == copy.get_destination_page_number(copy.outline[0])
        assert "en-GB" == catalog["/Lang"]
        assert catalog["/MarkInfo"]["/Marked"]
        assert "What it shows" == catalog["/StructTreeRoot"]["/K"][0]["/Alt"]
        links = [link.get_object() for link in copy.pages[0]["/Annots"]]
        assert [{"/S", "/D"}, {"/S", "/URI"}] == [{*link["/A"]} for link in links]
        assert "A site" == links[1]["/Contents"]
        assert not any({"/NM", "/T", "/M"} & {*link} for link in links)

    def test_a_file_that_everyone_can_read(self) -> None:
        """A tagged file of the project's own stays tagged, in its language; its title is told, and goes."""
        given = Document("kestrel-title", (Heading(2, "Part one"), Paragraph("Some words to be read.")))
        data = set_page(given)
        copy = copy_of(FORMAT, data)
        catalog = PdfReader(io.BytesIO(copy)).trailer["/Root"]
        assert {"/StructTreeRoot", "/MarkInfo", "/Lang", "/Outlines"} <= {*catalog}
        assert "words Info / Title: kestrel-title" in told(data)
        assert text(data) == text(copy)
        assert drawn(data) == drawn(copy)
        assert ["", []] == [told(copy), list(FORMAT.doubts(copy))]

    def test_what_a_scanner_read_stays(self) -> None:
        """Words laid over a picture of themselves stay, for screen readers."""
        assert ["Words in the scan"] == text(copy_of(FORMAT, FILES["scanned"]()))

    def test_a_profile_of_the_usual_colours(self) -> None:
        """A profile of the usual colours that names a person is put in place by one that names nobody."""
        from PIL import ImageCms

        made = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
        named = made.replace("sRGB built-in".encode("utf-16-be"), "kestrel-inside".encode("utf-16-be")[:26])
        pdf = document(b"/C0 cs 0.1 0.2 0.3 sc 0 0 9 9 re f")
        space = Array([Name.ICCBased, pdf.make_stream(named, N=3)])
        pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C0=space)
        copy = copy_of(FORMAT, written(pdf))
        assert not sings(copy)
        assert "" == told(copy)

    def test_operators_that_draw_stay(self) -> None:
        """Remarks and marks go; a percent sign in words, a picture among the operators and their order stay."""
        inline = b"q 9 0 0 9 100 100 cm BI /W 2 /H 2 /BPC 8 /CS /G ID %)(\xff EI Q\n"
        data = written(document(b"/kestrel-point MP %kestrel-remark\n" + inline + TEXT.replace(b"page", b"p%\\)ge")))
        copy = copy_of(FORMAT, data)
        assert not sings(copy)
        assert "A p%)ge that everyone may read" in text(copy)[0]
        assert drawn(data) == drawn(copy)


class TestHidden:
    """Words that are there and not seen: a copy is refused, and pages painted anew hold no words at all."""

    @HIDERS
    def test_a_copy_is_refused(self, name: str) -> None:
        """Where words are hidden on a page that is said, and there is no copy."""
        data = REFUSED[name]()
        assert {"words", "edit"} & {trace.kind for trace in FORMAT.traces(data)}
        with pytest.raises(CannotCleanError, match="painted anew"):
            copy_of(FORMAT, data)

    @pytest.mark.parametrize("name", sorted({**FILES, **REFUSED}))
    def test_painted_anew(self, name: str) -> None:
        """Pages as pictures hold neither words nor anything hidden, and are as large as they were."""
        data = {**FILES, **REFUSED}[name]()
        copy = copy_of(FORMAT, data, PAINTED)
        assert not sings(copy)
        assert ["", []] == [told(copy), list(FORMAT.doubts(copy))]
        assert {""} == set(text(copy))
        sizes = [[page.mediabox[2:] for page in PdfReader(io.BytesIO(each)).pages] for each in (data, copy)]
        assert name == "outside" or sizes[0] == sizes[1]

    @pytest.mark.parametrize("wishes", [Wishes(), PAINTED])
    def test_what_was_never_blacked_out(self, wishes: Wishes) -> None:
        """Words that were marked to be blacked out, and are still seen, are not to be posted in any way."""
        with pytest.raises(CannotCleanError, match="never done"):
            copy_of(FORMAT, marked(), wishes)

    def test_a_box_that_hides_nothing(self) -> None:
        """A dark bar with words on it, a box beside a picture, and a note on empty paper hide nothing."""
        bar = b"0 g 30 210 80 20 re f BT 1 g /F1 9 Tf 32 214 Td (By the sea) Tj ET 0 g 230 210 20 20 re f "
        pdf = document(b"q 200 0 0 100 20 200 cm /Im0 Do Q " + bar)
        page = pdf.pages[0].obj
        page.Resources.XObject = Dictionary(Im0=picture_in(pdf, jpeg.plain()))
        look = pdf.make_stream(b"0 g 0 0 50 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 50, 20])
        page.Annots = Array([note(pdf, "Square", AP=Dictionary(N=look))])
        assert "" == told(copy_of(FORMAT, written(pdf)))

    def test_painted_pages_look_the_same(self) -> None:
        """A page painted anew looks as it did."""
        one, other = (drawn(each)[0] for each in (word(), copy_of(FORMAT, word(), PAINTED)))
        apart = [abs(here - there) for here, there in zip(one, other, strict=True)]
        assert sum(apart) / len(apart) < 3

    @pytest.mark.parametrize("turned", [0, 90, 180, 270])
    def test_a_turned_page(self, turned: int) -> None:
        """Hidden words are found however a page is turned and cut, and words that are seen never are."""
        pdf = document(TEXT + b"BT /F1 12 Tf 20 300 Td (kestrel-under) Tj ET 0 g 15 295 200 20 re f")
        pdf.pages[0].obj.Rotate, pdf.pages[0].obj.CropBox = turned, [10, 20, 290, 390]
        assert ((1, "kestrel-under"),) == pdf_pages.unseen(written(pdf))

    def test_part_of_a_line(self) -> None:
        """A box over one name in a line is found."""
        pdf = document(b"BT /F1 12 Tf 20 300 Td (My client Jo Kestrel said so) Tj ET 0 g 71 296 66 14 re f")
        hidden = pdf_pages.unseen(written(pdf))
        assert any("Kestr" in run for _, run in hidden)
        assert not any("said" in run or "client" in run for _, run in hidden)

    @pytest.mark.parametrize(
        "operators",
        [
            b"BT /F1 12 Tf 20 300 Td (Seen ) Tj 1 g (kestrel-white) Tj 0 g ( and seen) Tj ET",
            b"BT /F1 12 Tf 20 300 Td (A line that runs on and off the edge of its page, with kestrel-white) Tj ET",
            b"q BT /F1 12 Tf 20 300 Td (Seen) Tj 3 Tr ( kestrel-white) Tj ET Q",
        ],
    )
    def test_words_within_a_line(self, operators: bytes) -> None:
        """Words that are not seen are found between words that are, and where a line runs off its page."""
        hidden = pdf_pages.unseen(written(document(operators)))
        assert "trel-white" in "".join(run for _, run in hidden)
        assert not any("Seen" in run or "A line" in run for _, run in hidden)

    def test_lines_and_dots_are_seen(self) -> None:
        """Signs that fill their whole place, such as strokes, are not taken for hidden words."""
        pdf = document(b"BT /F1 12 Tf 20 300 Td (Il I l . ... ___ --- |) Tj 0 -20 Td (W i l l) Tj ET")
        assert () == pdf_pages.unseen(written(pdf))

    def test_white_on_dark_is_seen(self) -> None:
        """White words on a dark ground are seen."""
        pdf = document(b"0 0 0.4 rg 0 280 300 60 re f BT 1 g /F1 12 Tf 20 300 Td (A heading) Tj ET")
        assert "" == told(written(pdf))


class TestDoubts:
    @MAKERS
    def test_an_uncleaned_file_is_doubted(self, name: str) -> None:
        """The second reader finds something in every file that was not cleaned."""
        assert list(FORMAT.doubts(FILES[name]()))

    @pytest.mark.parametrize(
        ("plant", "wanted"),
        [
            (lambda pdf: informed(pdf), "Author in a Info"),
            (lambda pdf: informed(pdf), "<?xpacket in a stream"),
            (lambda pdf: setattr(pdf.pages[0].obj, "PieceInfo", Dictionary()), "PieceInfo in a"),
            (lambda pdf: setattr(pdf.pages[0].obj, "Annots", Array([note(pdf, "Text")])), "note of the kind Text"),
            (lambda pdf: setattr(pdf.Root, "OpenAction", Dictionary(S=Name.JavaScript, JS="x")), "JS in a"),
            (lambda pdf: setattr(pdf.Root, "Names", Dictionary(EmbeddedFiles=Dictionary())), "EmbeddedFiles in a"),
            (lambda pdf: setattr(pdf.Root, "Photo", picture_in(pdf, jpeg.phone())), "EXIF in a stream"),
        ],
    )
    def test_what_is_planted(self, plant: Callable[[pikepdf.Pdf], object], wanted: str) -> None:
        """Each thing that a cleaner could miss is found."""
        pdf = document()
        plant(pdf)
        assert wanted in "; ".join(FORMAT.doubts(written(pdf)))

    def test_links_that_tell(self) -> None:
        """A link to a file, and one that starts a program, are found."""
        pdf = document()
        here, there = Dictionary(S=Name.URI, URI="file:///C:/a"), Dictionary(S=Name.Launch, F="a")
        pdf.pages[0].obj.Annots = Array([note(pdf, "Link", A=here), note(pdf, "Link", A=there)])
        found = list(FORMAT.doubts(written(pdf)))
        assert "a link to file:///C:/a" in found
        assert "an action of the kind Launch" in found

    def test_bytes_after_the_end(self) -> None:
        """A tail, and a second version, are found."""
        data = written(document())
        assert ["something after the end"] == list(FORMAT.doubts(data + b"tail"))
        assert "3 versions, by %%EOF" in list(FORMAT.doubts(FILES["revised"]()))

    def test_a_file_that_it_cannot_read(self) -> None:
        """What the second reader cannot read is not clean."""
        with pytest.raises(DamagedError):
            list(FORMAT.doubts(b"%PDF-1.7\nnothing"))


class TestShown:
    def test_what_is_shown(self) -> None:
        """Words of pages, of the outline, and of what is read aloud are shown."""
        every = "\n".join(FORMAT.shown(word()))
        for wanted in (LINE, "Part one", "What it shows", "https://example.org/a", "A site"):
            assert wanted in every
        assert "kestrel" not in every


class TestOdd:
    @pytest.mark.parametrize(
        "how",
        [
            {"linearize": True},
            {"object_stream_mode": pikepdf.ObjectStreamMode.generate},
            {"object_stream_mode": pikepdf.ObjectStreamMode.disable},
            {"qdf": True},
            {"force_version": "1.3", "object_stream_mode": pikepdf.ObjectStreamMode.disable},
        ],
    )
    def test_other_ways_of_writing(self, how: dict[str, object]) -> None:
        """However the objects are packed, the copy is clean and holds the same words."""
        data = written(informed(document(pages=3)), **how)
        copy = copy_of(FORMAT, data)
        assert ["", []] == [told(copy), list(FORMAT.doubts(copy))]
        assert text(data) == text(copy)

    def test_a_table_that_points_wrong(self) -> None:
        """A file whose table of objects is wrong is mended, which is told."""
        data = written(informed(document()), object_stream_mode=pikepdf.ObjectStreamMode.disable)
        broken = re.sub(rb"startxref\n\d+", b"startxref\n7", data)
        assert "structure: damaged, and mended" in told(broken)
        copy = copy_of(FORMAT, broken)
        assert not sings(copy)
        assert "" == told(copy)

    def test_a_password(self) -> None:
        """A file that opens only with a password is refused, which is said."""
        rights = pikepdf.Encryption(owner="a", user="b", R=6)
        data = written(document(), encryption=rights, static_id=False)
        with pytest.raises(CannotCleanError, match="password"):
            list(FORMAT.traces(data))

    def test_a_form_of_one_program(self) -> None:
        """A form that only the program that made it can draw is refused."""
        pdf = document()
        pdf.Root.NeedsRendering = True
        with pytest.raises(CannotCleanError, match="only by the program"):
            copy_of(FORMAT, written(pdf))

    def test_no_pages(self) -> None:
        """A file without pages is cleaned or refused."""
        with pytest.raises(CannotCleanError):
            copy_of(FORMAT, written(pikepdf.new()))

    def test_a_turned_photo_stays(self) -> None:
        """Every pixel of a photo stays as it was coded."""
        copy = PdfReader(io.BytesIO(copy_of(FORMAT, FILES["photo"]())))
        image = copy.pages[0]["/Resources"]["/XObject"]["/Im0"]
        with Image.open(io.BytesIO(image._data)) as kept, Image.open(io.BytesIO(jpeg.phone())) as before:
            assert kept.tobytes() == before.tobytes()

    @pytest.mark.parametrize("missing", ["pikepdf", "pypdfium2"])
    def test_a_part_that_is_not_installed(self, missing: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a part is missing, that is said with how to get it."""
        data = written(document())
        monkeypatch.setitem(sys.modules, missing, None)
        with pytest.raises(CannotCleanError, match=r"forethought\[pdf\]"):
            list(FORMAT.traces(data))


class TestFinePictures:
    def test_a_coded_picture_alone(self) -> None:
        """A remark in a coded picture without boxes goes, and its pixels stay."""
        with Image.open(io.BytesIO(jpeg.plain())) as image:
            held = io.BytesIO()
            image.save(held, "JPEG2000", no_jp2=True, comment="kestrel-remark")
        found, new = without_notes(held.getvalue())
        assert "kestrel-remark" in [trace.value for trace in found]
        assert not sings(new)
        with Image.open(io.BytesIO(held.getvalue())) as one, Image.open(io.BytesIO(new)) as other:
            assert one.tobytes() == other.tobytes()

    @pytest.mark.parametrize("data", [b"", b"\0\0\0\x0cjP  \r\n\x87\n\xff\xff\xff\xffjp2h", b"GIF89a"])
    def test_damaged(self, data: bytes) -> None:
        """A picture that is none, or breaks off, is refused."""
        with pytest.raises(DamagedError):
            without_notes(data)


class TestDamaged:
    @pytest.mark.parametrize(
        "data", [b"", b"%PDF-", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\ntrailer<</Root 1 0 R>>startxref\n0\n%%EOF"]
    )
    def test_no_pdf(self, data: bytes) -> None:
        """What only begins as a PDF does is refused."""
        for work in (FORMAT.traces, lambda data: FORMAT.clean(data, Wishes()), FORMAT.doubts):
            with pytest.raises(CannotCleanError):
                list(work(data))

    def test_cut_off(self) -> None:
        """A file that is cut off anywhere is mended and clean, or refused."""
        data = written(informed(document()), object_stream_mode=pikepdf.ObjectStreamMode.disable)
        for found in re.finditer(rb"endobj|stream|xref|trailer", data):
            for cut in (data[: found.start()], data[: found.end()]):
                try:
                    copy = copy_of(FORMAT, cut)
                except CannotCleanError:
                    continue
                assert "" == told(copy)
                assert not sings(copy)

    def test_a_stream_that_unpacks_without_end(self) -> None:
        """A page that unpacks to more than a file may have is refused, and fast."""
        packer = zlib.compressobj(1)
        packed = b"".join(packer.compress(bytes(16 << 20)) for _ in range(17)) + packer.flush()
        pdf = document()
        pdf.pages[0].obj.Contents.write(packed, filter=Name.FlateDecode)
        with pytest.raises(CannotCleanError, match=r"unpacks to more|damaged"):
            copy_of(FORMAT, written(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none))

    def test_circles(self) -> None:
        """Objects that lead to one another in a circle are walked once."""
        pdf = document()
        one = pdf.make_indirect(Dictionary(Title="One"))
        two = pdf.make_indirect(Dictionary(Title="Two", Prev=one, First=one))
        one.Next, one.Parent, one.First = two, two, one
        pdf.Root.Outlines, pdf.Root.Odd = one, two
        pdf.Root.Names = Dictionary(Dests=two)
        two.Kids = Array([two, one])
        copy = copy_of(FORMAT, written(pdf))
        assert "" == told(copy)

    def test_many_pages(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file with more pages than can be looked at is refused."""
        monkeypatch.setattr(pdf_pages, "MOST_PAGES", 2)
        with pytest.raises(TooLargeError, match="more than 2 pages"):
            list(FORMAT.traces(written(document(pages=3))))

    def test_a_huge_page(self) -> None:
        """A page as large as a field is refused, since words on it could not be seen; it is painted small enough."""
        pdf = document()
        pdf.pages[0].obj.MediaBox = [0, 0, 100_000, 100_000]
        data = written(pdf)
        with pytest.raises(TooLargeError, match="too large to be looked at"):
            copy_of(FORMAT, data)
        image = PdfReader(io.BytesIO(copy_of(FORMAT, data, PAINTED))).pages[0]["/Resources"]["/XObject"]["/Page"]
        assert image["/Width"] * image["/Height"] <= pdf_pages.MOST_PIXELS * 1.01

    def test_a_damaged_photo(self) -> None:
        """A photo that breaks off is no picture that could be cleaned."""
        pdf = document(b"q 9 0 0 9 0 0 cm /Im0 Do Q")
        pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=picture_in(pdf, jpeg.phone()[:400]))
        with pytest.raises(CannotCleanError, match="picture in it"):
            copy_of(FORMAT, written(pdf))

    @given(st.data())
    @settings(max_examples=150, deadline=None)
    def test_changed_anywhere(self, data: st.DataObject) -> None:
        """A file with bytes changed or cut off is cleaned or refused, and never anything else."""
        whole = bytearray(MADE[data.draw(st.sampled_from(sorted(MADE)))])
        for _ in range(data.draw(st.integers(1, 4))):
            whole[data.draw(st.integers(5, len(whole) - 1))] = data.draw(st.integers(0, 255))
        cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])
        try:
            list(FORMAT.traces(cut))
            left = told(copy_of(FORMAT, cut))
        except CannotCleanError:
            return
        assert "" == left


MADE = {name: FILES[name]() for name in ("word", "form", "revised", "portfolio")}


class TestRealFiles:
    """What files of everyday programs hold that is neither hidden nor a fault of theirs."""

    @pytest.mark.parametrize("colours", [1, 4])
    @pytest.mark.parametrize("damaged", [b"kestrel-profile", bytes(200)])
    def test_a_damaged_profile(self, colours: int, damaged: bytes) -> None:
        """A profile that is none is emptied, and the page looks as before."""
        pdf = document(b"/C0 cs %s sc 0 0 99 99 re f" % b" ".join([b"0.4"] * colours))
        space = Array([Name.ICCBased, pdf.make_stream(damaged, N=colours)])
        pdf.pages[0].obj.Resources.ColorSpace = Dictionary(C0=space)
        data = written(pdf)
        copy = copy_of(FORMAT, data)
        assert "colour profile" in told(data)
        assert not sings(copy)
        assert drawn(data) == drawn(copy)
        assert "" == told(copy)

    @pytest.mark.parametrize("kind", ["Launch", "GoToR", "JavaScript"])
    def test_a_bookmark_that_does_something_else(self, kind: str) -> None:
        """A bookmark that would start a program or open a file stays without that."""
        pdf = document()
        action = Dictionary(S=Name(f"/{kind}"), F="kestrel.exe", JS="kestrel", D="kestrel-place")
        item = pdf.make_indirect(Dictionary(Title="Chapter", A=action))
        pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, First=item, Last=item, Count=1))
        copy = copy_of(FORMAT, written(pdf))
        assert not sings(copy)
        assert "Chapter" in [each.title for each in PdfReader(io.BytesIO(copy)).outline]
        assert [] == list(FORMAT.doubts(copy))

    @pytest.mark.parametrize("rule", [{"P": Name.AllOff}, {"P": Name.AnyOff}, {"VE": Array([Name.Not])}])
    def test_what_is_shown_where_a_layer_is_not(self, rule: dict[str, Any]) -> None:
        """A file in which something is shown only while a layer is not is not cleaned, since it would be seen then."""
        pdf = document()
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="Background"))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(ON=Array([layer])))
        when = pdf.make_indirect(Dictionary(Type=Name.OCMD, OCGs=Array([layer]), **rule))
        pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=when)
        with pytest.raises(CannotCleanError, match="layers that are not shown"):
            copy_of(FORMAT, written(pdf))

    def test_the_name_of_a_picture(self) -> None:
        """The name by which a page calls a picture is no person's, and is not looked for in the copy."""
        pdf = document(TEXT + b"/Picture1 Do")
        image = picture_in(pdf, jpeg.plain())
        image.Name = Name.Picture1
        pdf.pages[0].obj.Resources.XObject = Dictionary(Picture1=image)
        assert ["other"] == [each.kind for each in FORMAT.traces(written(pdf)) if each.where == "object Name"]

    def test_a_page_that_breaks_off(self) -> None:
        """A page whose operators break off is no trace, since its copy breaks off as well."""
        pdf = document(TEXT + b"<</A (kestrel)>> /B DP (no end")
        copy = copy_of(FORMAT, written(pdf))
        assert "" == told(copy)
