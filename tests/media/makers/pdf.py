"""Makes PDFs as word processors, page setters, scanners and forms write them, a canary in every hidden field."""

import io
import struct
from collections.abc import Callable
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Pdf, Stream, String
from PIL import Image, ImageDraw

from makers import jpeg
from makers.pictures import CANARY, picture, profile, saved, xmp_packet

WHEN = "D:20260503141000+01'00'"
TEXT = b"BT /F1 12 Tf 20 350 Td (A page that everyone may read) Tj 0 -20 Td (and its second line) Tj ET\n"
LINE = "A page that everyone may read"


def document(text: bytes = TEXT, pages: int = 1) -> Pdf:
    """Return a PDF of pages with these operators, which gives nothing away."""
    pdf = pikepdf.new()
    font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(300, 400)).obj
        page.Resources = Dictionary(Font=Dictionary(F1=font))
        page.Contents = pdf.make_stream(text)
    return pdf


def written(pdf: Pdf, **how: Any) -> bytes:
    """Return a PDF as a file."""
    held = io.BytesIO()
    pdf.save(held, **{"static_id": True, "fix_metadata_version": False, **how})
    return held.getvalue()


def informed(pdf: Pdf, *more: str) -> Pdf:
    """Give a PDF its information, in a dictionary and in XML."""
    for key in ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", *more):
        pdf.docinfo[f"/{key}"] = f"{CANARY}-{key.lower()}"
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = WHEN
    pdf.Root.Metadata = pdf.make_stream(xmp_packet(), Type=Name.Metadata, Subtype=Name.XML)
    return pdf


def embedded(pdf: Pdf, name: str) -> Dictionary:
    """Return a file inside a PDF."""
    held = Dictionary(ModDate=String(WHEN), CreationDate=String(WHEN))
    file = pdf.make_stream(f"{CANARY}-{name}-content".encode(), Type=Name.EmbeddedFile, Params=held)
    said = Dictionary(Type=Name.Filespec, F=f"{CANARY}-{name}.txt", UF=f"{CANARY}-{name}.txt", EF=Dictionary(F=file))
    said.Desc = String(f"{CANARY}-{name}-description")
    return pdf.make_indirect(said)


def note(pdf: Pdf, subtype: str, **more: Any) -> Dictionary:
    """Return a note on a page."""
    return pdf.make_indirect(Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=[200, 20, 250, 40], **more))


def picture_in(pdf: Pdf, data: bytes, filters: Any = Name.DCTDecode, space: Any = Name.DeviceRGB) -> Stream:
    """Return a picture of 48 x 32 pixels to be drawn on a page."""
    return pdf.make_stream(
        data, Type=Name.XObject, Subtype=Name.Image, Width=48, Height=32, BitsPerComponent=8, ColorSpace=space,
        Filter=filters,
    )  # fmt: skip


def word() -> bytes:
    """Return what Word saves: tagged, with a title, bookmarks, a link to a heading and one to a file of its author."""
    tagged = (
        b"/P <</MCID 0/Lang (en-GB)>> BDC "
        + TEXT
        + b"EMC /Artifact <</Type/Pagination/Kestrel (kestrel-artifact)>> BDC EMC"
    )
    pdf = informed(document(tagged, pages=2), "Company", "SourceModified")
    page = pdf.pages[0].obj
    root, part = pdf.make_indirect(Dictionary(Type=Name.StructTreeRoot)), pdf.make_indirect(Dictionary(S=Name.P))
    part.P, part.Pg, part.K, part.Alt, part.T = root, page, 0, "What it shows", f"{CANARY}-element-title"
    root.K, root.ParentTree = Array([part]), pdf.make_indirect(Dictionary(Nums=[0, Array([part])]))
    page.StructParents = 0
    pdf.Root.StructTreeRoot, pdf.Root.MarkInfo, pdf.Root.Lang = root, Dictionary(Marked=True), "en-GB"
    pdf.Root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    names = Array([f"{CANARY}-bookmark", Array([pdf.pages[1].obj, Name.XYZ, 0, 400, 0])])
    pdf.Root.Names = Dictionary(Dests=pdf.make_indirect(Dictionary(Names=names)))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(Type=Name.Outlines, Count=1))
    item = pdf.make_indirect(Dictionary(Title="Part one", Parent=pdf.Root.Outlines, Dest=f"{CANARY}-bookmark"))
    pdf.Root.Outlines.First = pdf.Root.Outlines.Last = item
    page.Annots = Array([
        note(pdf, "Link", A=Dictionary(S=Name.GoTo, D=f"{CANARY}-bookmark"), NM=f"{CANARY}-nm", T=f"{CANARY}-t"),
        note(pdf, "Link", A=Dictionary(S=Name.URI, URI="https://example.org/a"), M=WHEN, Contents="A site"),
        note(pdf, "Link", A=Dictionary(S=Name.URI, URI=f"file:///C:/People/{CANARY}-user/a.docx")),
        note(pdf, "Link", A=Dictionary(S=Name.URI, URI=f"mailto:{CANARY}-mail@example.org")),
        note(pdf, "Link", A=Dictionary(S=Name.GoToR, F=f"{CANARY}-other.pdf", D=Array([0, Name.Fit]))),
        note(pdf, "Link", A=Dictionary(S=Name.Launch, F=f"{CANARY}-launch.exe")),
    ])  # fmt: skip
    return written(pdf)


def page_setter() -> bytes:
    """Return what a page setter saves: notes of its own, thumbnails, layers and colours of its screen."""
    text = b"/PlacedGraphic /MC0 BDC " + TEXT + b"EMC /OC /MC1 BDC EMC /kestrel MP /C0 cs 0.1 0.2 0.3 sc 0 0 9 9 re f"
    pdf = informed(document(text))
    page = pdf.pages[0].obj
    own = Dictionary(InDesign=Dictionary(LastModified=WHEN, Private=f"{CANARY}-private"))
    page.PieceInfo, page.LastModified = own, WHEN
    pdf.Root.PieceInfo = Dictionary(Illustrator=Dictionary(Private=pdf.make_stream(f"{CANARY}-artwork".encode())))
    page.Thumb = pdf.make_stream(bytes(12), Width=2, Height=2, BitsPerComponent=8, ColorSpace=Name.DeviceRGB)
    page.Metadata = pdf.make_stream(xmp_packet(), Type=Name.Metadata, Subtype=Name.XML)
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=f"{CANARY}-layer"))
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(Order=[layer], Name=f"{CANARY}-config"))
    placed = Dictionary(Metadata=pdf.make_stream(xmp_packet(), Type=Name.Metadata, Subtype=Name.XML))
    page.Resources.Properties = Dictionary(MC0=pdf.make_indirect(placed), MC1=layer)
    colours = pdf.make_stream(profile(f"{CANARY}-screen"), N=3, Alternate=Name.DeviceRGB)
    page.Resources.ColorSpace = Dictionary(C0=Array([Name.ICCBased, colours]))
    page.VP = Array([Dictionary(Type=Name.Viewport, Name=f"{CANARY}-map", BBox=[0, 0, 9, 9])])
    pdf.Root.OutputIntents = Array([Dictionary(S=Name.GTS_PDFX, Info=f"{CANARY}-press")])
    return written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def commented() -> bytes:
    """Return what a reviewer saves: comments of every kind with their authors, and files pinned to the page."""
    pdf = informed(document())
    page, every = pdf.pages[0].obj, []
    for subtype in ("Text", "FreeText", "Highlight", "Ink", "Stamp", "Underline", "Square", "Caret", "Line"):
        said = {key: f"{CANARY}-{subtype.lower()}-{key.lower()}" for key in ("Contents", "T", "Subj", "NM", "RC")}
        every.append(note(pdf, subtype, M=WHEN, CreationDate=WHEN, **said))
    every.append(note(pdf, "Popup", Parent=every[0], Contents=f"{CANARY}-popup"))
    every[0].Popup = every[-1]
    every.append(note(pdf, "FileAttachment", FS=embedded(pdf, "pinned"), T=f"{CANARY}-pinner"))
    sound = pdf.make_stream(f"{CANARY}-sound".encode(), Type=Name.Sound, R=8000)
    every.append(note(pdf, "Sound", Sound=sound))
    page.Annots = pdf.make_indirect(Array(every))
    return written(pdf)


def scanned() -> bytes:
    """Return what a scanner saves: a picture of a page, and the words in it, not drawn, for screen readers."""
    drawn = Image.new("L", (300, 400), 250)
    ImageDraw.Draw(drawn).text((20, 40), "Words in the scan")
    data = saved(drawn, "JPEG", quality=80, comment=f"{CANARY}-scanner".encode())
    pdf = informed(document(b"q 300 0 0 400 0 0 cm /Im0 Do Q BT 3 Tr /F1 12 Tf 20 350 Td (Words in the scan) Tj ET"))
    image = picture_in(pdf, data, space=Name.DeviceGray)
    image.Width, image.Height = 300, 400
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    return written(pdf)


def form() -> bytes:
    """Return a form that was filled in and signed: fields, scripts, and what another program draws it from."""
    pdf = informed(document())
    page = pdf.pages[0].obj
    fonts = Dictionary(Font=Dictionary(Helv=page.Resources.Font.F1))
    field = note(pdf, "Widget", FT=Name.Tx, T=f"{CANARY}-field", V="Typed by hand", DA="/Helv 12 Tf 0 g",
                 TU=f"{CANARY}-hint", DV=f"{CANARY}-default", P=page,
                 AA=Dictionary(K=Dictionary(S=Name.JavaScript, JS=f"{CANARY}-keystroke")))  # fmt: skip
    field.Rect = [20, 200, 250, 220]
    hidden = note(pdf, "Widget", FT=Name.Tx, T="b", V=f"{CANARY}-hidden-value", F=2, DA="/Helv 12 Tf 0 g")
    signed = Dictionary(Type=Name.Sig, Filter=Name("/Adobe.PPKLite"), M=WHEN, Contents=b"\x30\x80kestrel-certificate")
    for key in ("Name", "Location", "Reason", "ContactInfo"):
        signed[f"/{key}"] = f"{CANARY}-signature-{key.lower()}"
    signature = note(pdf, "Widget", FT=Name.Sig, T="s", V=pdf.make_indirect(signed))
    page.Annots = Array([field, hidden, signature])
    parts = Array(["template", pdf.make_stream(f"<xdp>{CANARY}-xfa</xdp>".encode())])
    pdf.Root.AcroForm = pdf.make_indirect(
        Dictionary(Fields=[field, hidden, signature], DR=fonts, SigFlags=3, XFA=parts)
    )
    pdf.Root.Perms = Dictionary(DocMDP=signed)
    script = Dictionary(S=Name.JavaScript, JS=f"{CANARY}-script")
    pdf.Root.OpenAction, pdf.Root.AA = script, Dictionary(WC=Dictionary(S=Name.JavaScript, JS=f"{CANARY}-close"))
    page.AA = Dictionary(O=Dictionary(S=Name.JavaScript, JS=f"{CANARY}-open"))
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=[f"{CANARY}-name", script]))
    return written(pdf)


def portfolio() -> bytes:
    """Return a portfolio: files in a file, with columns that tell of them."""
    pdf = informed(document())
    pdf.Root.Collection = Dictionary(
        Type=Name.Collection, D=f"{CANARY}-first", Schema=Dictionary(A=Dictionary(N=f"{CANARY}-column"))
    )
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=[f"{CANARY}-key", embedded(pdf, "attached")]))
    pdf.Root.AF = Array([embedded(pdf, "associated")])
    pdf.pages[0].obj.AF = Array([embedded(pdf, "of-page")])
    return written(pdf, linearize=True)


def revised() -> bytes:
    """Return a file that was changed twice, each time by adding to its end: a line and an author are from before."""
    pdf = document(b"BT /F1 12 Tf 20 350 Td (kestrel-earlier-words) Tj ET\n")
    pdf.docinfo["/Author"] = f"{CANARY}-earlier-author"
    first = written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    with pikepdf.open(io.BytesIO(first)) as old:
        number = old.pages[0].obj.Contents.objgen[0]
    second = appended(first, number, b"<</Length %d>>\nstream\n%s\nendstream" % (len(TEXT), TEXT))
    return appended(second, number, b"<</Length %d>>\nstream\n%s \nendstream" % (len(TEXT) + 1, TEXT))


def appended(data: bytes, number: int, body: bytes) -> bytes:
    """Return a file with an object put in place of another by adding to its end."""
    start = data.rfind(b"startxref")
    before = int(data[start + 9 :].split()[0])
    trailer = data[data.rfind(b"trailer") + 7 : start].strip()
    at = len(data)
    table = at + len(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    linked = trailer.replace(b"/Prev", b"/Old", 1)[:-2] + b" /Prev %d >>" % before
    return data + b"%d 0 obj\n%s\nendobj\nxref\n%d 1\n%010d 00000 n \ntrailer\n%s\nstartxref\n%d\n%%%%EOF\n" % (
        number, body, number, at, linked, table,
    )  # fmt: skip


def photo() -> bytes:
    """Return a page with a phone's photo, packed once more, and a picture that no page draws any more."""
    pdf = informed(document(b"q 96 0 0 64 50 50 cm /Im0 Do Q q 48 0 0 32 50 150 cm /Im1 Do Q\n" + TEXT))
    once, twice = picture_in(pdf, jpeg.phone()), picture_in(pdf, jpeg.camera(), Name.DCTDecode)
    once.Metadata = pdf.make_stream(xmp_packet(), Type=Name.Metadata, Subtype=Name.XML)
    twice.write(jpeg.camera().hex().encode() + b">", filter=Array([Name.ASCIIHexDecode, Name.DCTDecode]))
    unused = picture_in(pdf, jpeg.plain())
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=once, Im1=twice, Im2=unused)
    return written(pdf, stream_decode_level=pikepdf.StreamDecodeLevel.none)


def fine_photo() -> bytes:
    """Return a page with a JPEG 2000 picture, which has notes of its own."""
    pdf = informed(document(b"q 96 0 0 64 50 50 cm /Im0 Do Q\n" + TEXT))
    data = saved(picture(), "JPEG2000", comment=f"{CANARY}-remark")
    notes = xmp_packet()
    more = struct.pack(">L4s", 8 + len(notes), b"xml ") + notes
    more += struct.pack(">L4s", 24 + len(CANARY), b"uuid") + bytes(16) + CANARY.encode()
    image = picture_in(pdf, data + more, Name.JPXDecode)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=image)
    return written(pdf)


def converted() -> bytes:
    """Return what a converter leaves: remarks outside of its objects and in its pages, objects without use, a tail."""
    pdf = informed(document(b"% kestrel-in-page\n" + TEXT.replace(b"read", b"read 100% of")))
    spare = pdf.make_indirect(Dictionary(Kestrel=f"{CANARY}-spare"))
    pdf.Root.Kestrel = f"{CANARY}-unknown"
    pdf.Root.Spare = spare
    data = written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, compress_streams=False)
    head, _, rest = data.partition(b"\n")
    data = head + b"\n%%Invocation: gs -sOutputFile=/srv-x/kestrel-home/a.pdf\n" + rest
    return (
        data.replace(b"/Spare", b"/Spars", 1).replace(b"endobj\n", b"endobj\n%kestrel-between\n", 1) + b"kestrel-tail\n"
    )


def protected() -> bytes:
    """Return a file whose owner allows nothing, and that opens without a password."""
    rights = pikepdf.Encryption(owner=f"{CANARY}-owner", user="", R=6)
    return written(informed(document()), encryption=rights, static_id=False)


def box() -> bytes:
    """Return a page on which a black box hides words that are still there."""
    return written(document(TEXT + b"BT /F1 12 Tf 20 300 Td (kestrel-under-a-box) Tj ET 0 g 15 295 200 20 re f"))


def box_as_note() -> bytes:
    """Return a page on which a drawn note hides words."""
    pdf = document(TEXT + b"BT /F1 12 Tf 20 300 Td (kestrel-under-a-note) Tj ET")
    look = pdf.make_stream(b"0 g 0 0 200 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 200, 20])
    square = note(pdf, "Square", AP=Dictionary(N=look), IC=Array([0, 0, 0]))
    square.Rect = [15, 295, 215, 315]
    pdf.pages[0].obj.Annots = Array([square])
    return written(pdf)


def box_on_picture() -> bytes:
    """Return a page with a picture, a part of which is under a black box."""
    pdf = document(b"q 200 0 0 100 20 200 cm /Im0 Do Q 0 g 60 220 80 20 re f\n" + TEXT)
    pdf.pages[0].obj.Resources.XObject = Dictionary(Im0=picture_in(pdf, jpeg.plain()))
    return written(pdf)


def note_on_picture() -> bytes:
    """Return a page with a picture, a part of which is under a note."""
    pdf = document(b"q 200 0 0 100 20 200 cm /Im0 Do Q\n" + TEXT)
    page = pdf.pages[0].obj
    page.Resources.XObject = Dictionary(Im0=picture_in(pdf, jpeg.plain()))
    look = pdf.make_stream(b"0 g 0 0 80 20 re f", Type=Name.XObject, Subtype=Name.Form, BBox=[0, 0, 80, 20])
    square = note(pdf, "Square", AP=Dictionary(N=look), T="kestrel-t")
    square.Rect = [60, 220, 140, 240]
    page.Annots = Array([square])
    return written(pdf)


def outside() -> bytes:
    """Return a page with words outside of what is shown."""
    pdf = document(TEXT + b"BT /F1 12 Tf 20 10 Td (kestrel-outside) Tj ET")
    pdf.pages[0].obj.CropBox = [0, 100, 300, 400]
    return written(pdf)


def white() -> bytes:
    """Return a page with words in the colour of the paper."""
    return written(document(TEXT + b"BT 1 g /F1 12 Tf 20 300 Td (kestrel-white) Tj ET"))


def not_drawn() -> bytes:
    """Return a page with words that are not drawn, and no picture of them."""
    return written(document(TEXT + b"BT 3 Tr /F1 12 Tf 20 300 Td (kestrel-not-drawn) Tj ET"))


def layered() -> bytes:
    """Return a page with a layer that is not shown."""
    pdf = document(TEXT + b"/OC /MC0 BDC BT /F1 12 Tf 20 300 Td (kestrel-in-layer) Tj ET EMC")
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=f"{CANARY}-layer"))
    pdf.pages[0].obj.Resources.Properties = Dictionary(MC0=layer)
    pdf.Root.OCProperties = Dictionary(OCGs=[layer], D=Dictionary(OFF=[layer]))
    return written(pdf)


def marked() -> bytes:
    """Return a page on which words were marked to be blacked out, and never were."""
    pdf = document(TEXT)
    pdf.pages[0].obj.Annots = Array([note(pdf, "Redact", OverlayText=f"{CANARY}-overlay")])
    return written(pdf)


FILES: dict[str, Callable[[], bytes]] = {
    "word": word, "page setter": page_setter, "commented": commented, "scanned": scanned, "form": form,
    "portfolio": portfolio, "revised": revised, "photo": photo, "fine photo": fine_photo, "converted": converted,
    "protected": protected,
}  # fmt: skip
REFUSED: dict[str, Callable[[], bytes]] = {
    "box": box, "box as note": box_as_note, "outside": outside, "white": white, "not drawn": not_drawn,
    "layered": layered, "box on picture": box_on_picture, "note on picture": note_on_picture,
}  # fmt: skip
