"""Makes texts as word processors write them, with a canary in every hidden field."""

from collections.abc import Callable

from makers.packages import HEAD, MC, STAMP, A, R, photo, plain_photo, properties, rels, root_rels, types, zipped
from makers.pictures import CANARY

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:wp="{WP}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:w14="{W14}" xmlns:w15="{W15}" '
    f'xmlns:mc="{MC}" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'mc:Ignorable="w14 w15"'
)
BY = f'w:id="9" w:author="{CANARY}-reviser" w:date="{STAMP}"'
SHOWN = ["A quiet morning.", "Then the rain came, and went.", "See the notes here.", "1 of 2"]


def run(text: str, properties: str = "", tag: str = "t") -> str:
    """Return a run of text."""
    held = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r w:rsidR="00AB12CD">{held}<w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def field(code: str, result: str) -> str:
    """Return a field with its code and what it shows."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    code_run = run(code, tag="instrText")
    return mark.format("begin") + code_run + mark.format("separate") + run(result) + mark.format("end")


def paragraph(*held: str, properties: str = "") -> str:
    """Return a paragraph with the numbers that Word gives it."""
    inside = f"<w:pPr>{properties}</w:pPr>" if properties else ""
    ids = 'w14:paraId="1A2B3C4D" w14:textId="77777777" w:rsidR="00AB12CD" w:rsidRDefault="00EF56AB"'
    return f"<w:p {ids}>{inside}{''.join(held)}</w:p>"


def drawing(id: str, frame: str = "<a:srcRect/>", name: str = f"{CANARY}.jpg") -> str:
    """Return a picture in a line of text."""
    return (
        f'<w:r><w:drawing><wp:inline><wp:extent cx="914400" cy="609600"/><wp:docPr id="1" name="{name}" '
        f'descr="C:\\Users\\{CANARY}\\garden.jpg"/><a:graphic><a:graphicData uri="{PIC}"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="2" name="{name}" descr="A garden in the rain"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
        f'<a:blip r:embed="{id}"><a:extLst><a:ext uri="{{FF}}"><a16:creationId xmlns:a16="http://schemas.microsoft.com/'
        f'office/drawing/2014/main" id="{{{CANARY}}}"/></a:ext></a:extLst></a:blip>{frame}<a:stretch/></pic:blipFill>'
        "<pic:spPr/></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
    )


def body() -> str:
    """Return a text with everything that is not seen."""
    return "".join((
        paragraph(run("A quiet "), '<w:proofErr w:type="spellStart"/>', run("morning.")),
        paragraph(
            run("Then "), f"<w:del {BY}>{run(f'{CANARY}-deleted', tag='delText')}</w:del>",
            f"<w:ins {BY}>{run('the rain came')}</w:ins>",
            run(", and went.", f'<w:b/><w:rPrChange {BY}><w:rPr><w:i/></w:rPr></w:rPrChange>'),
            run(f"{CANARY}-hidden", "<w:vanish/>"), run(f"{CANARY}-styled", '<w:rStyle w:val="Secret"/>'),
        ),
        paragraph(run(f"{CANARY}-paragraph"), properties='<w:pStyle w:val="Below"/>'),
        paragraph(
            f'<w:bookmarkStart w:id="1" w:name="{CANARY}_mark"/>', '<w:commentRangeStart w:id="0"/>',
            f'<w:hyperlink r:id="rId7">{run("See the notes ")}</w:hyperlink>',
            '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r><w:bookmarkEnd w:id="1"/>',
            f'<w:sdt><w:sdtPr><w:alias w:val="{CANARY}-alias"/><w:tag w:val="{CANARY}-tag"/></w:sdtPr>'
            f"<w:sdtContent>{run('here.')}</w:sdtContent></w:sdt>",
            f'<w:smartTag w:uri="urn:x" w:element="{CANARY}Person"></w:smartTag>',
            '<w:r><w:footnoteReference w:id="2"/></w:r>',
        ),
        paragraph(field(" PAGE ", "1"), run(" of "), field(f' FILENAME \\p "C:\\{CANARY}" ', "2")),
        paragraph(drawing("rId8"), drawing("rId9", '<a:srcRect l="25000" r="25000"/>')),
        f"<w:permStart w:id='3' w:ed='{CANARY}@example.org'/><w:permEnd w:id='3'/>",
        '<w:sectPr w:rsidR="00AB12CD"><w:headerReference w:type="default" r:id="rId10"/>'
        '<w:headerReference w:type="first" r:id="rId11"/><w:pgSz w:w="11906" w:h="16838"/>'
        f'<w:sectPrChange {BY}><w:sectPr/></w:sectPrChange></w:sectPr>',
    ))  # fmt: skip


def document(body: str) -> str:
    """Return the main part."""
    return f"{HEAD}<w:document {NAMES}><w:body>{body}</w:body></w:document>"


def story(tag: str, inside: str) -> str:
    """Return a part of the text beside the main one."""
    return f"{HEAD}<w:{tag} {NAMES}>{inside}</w:{tag}>"


def styles() -> str:
    """Return styles, two of them hidden."""
    return story("styles", (
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>'
        '<w:style w:type="character" w:styleId="Secret"><w:name w:val="Secret"/><w:rsid w:val="00AB12CD"/>'
        "<w:rPr><w:vanish/></w:rPr></w:style>"
        '<w:style w:type="paragraph" w:styleId="Above"><w:name w:val="Above"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Below"><w:name w:val="Below"/><w:basedOn w:val="Above"/></w:style>'
    ))  # fmt: skip


def settings() -> str:
    """Return settings with everything that tells of the program and its user."""
    return story("settings", (
        '<w:zoom w:percent="120"/><w:attachedTemplate r:id="rId1"/><w:mailMerge><w:query w:val="SELECT * FROM '
        f'{CANARY}-merge"/></w:mailMerge><w:defaultTabStop w:val="720"/><w:rsids><w:rsidRoot w:val="00AB12CD"/>'
        f'<w:rsid w:val="00EF56AB"/></w:rsids><w:docVars><w:docVar w:name="x" w:val="{CANARY}-var"/></w:docVars>'
        '<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" '
        f'w:val="15"/></w:compat><w14:docId w14:val="5E1F0A2B"/><w15:docId w15:val="{{{CANARY}-doc-id}}"/>'
    ))  # fmt: skip


def parts() -> dict[str, bytes | str]:
    """Return the parts of a document as Word 365 writes them."""
    note = f'<w:footnote w:id="2">{paragraph(run("A note."))}</w:footnote>'
    lost = f'<w:footnote w:id="3">{paragraph(run(f"{CANARY}-lost-note"))}</w:footnote>'
    comment = f'<w:comment w:id="0" w:author="{CANARY}-commenter" w:initials="KC" w:date="{STAMP}">'
    return {
        "[Content_Types].xml": types(
            {
                "word/document.xml": f"{WORD}.document.main+xml", "word/styles.xml": f"{WORD}.styles+xml",
                "word/settings.xml": f"{WORD}.settings+xml", "word/footnotes.xml": f"{WORD}.footnotes+xml",
                "word/header1.xml": f"{WORD}.header+xml", "word/header2.xml": f"{WORD}.header+xml",
                "word/comments.xml": f"{WORD}.comments+xml",
            },
            jpg="image/jpeg", jpeg="image/jpeg", png="image/png", bin="application/octet-stream",
        ),
        "_rels/.rels": root_rels("word/document.xml"),
        "word/document.xml": document(body()),
        "word/_rels/document.xml.rels": rels(
            ("rId1", "styles", "styles.xml"), ("rId2", "settings", "settings.xml"),
            ("rId3", "comments", "comments.xml"),
            ("rId4", "http://schemas.microsoft.com/office/2011/relationships/people", "people.xml"),
            ("rId5", "footnotes", "footnotes.xml"), ("rId6", "customXml", "../customXml/item1.xml"),
            ("rId7", "hyperlink", f"file:///C:/People/{CANARY}/notes.docx"), ("rId8", "image", "media/image1.jpg"),
            ("rId9", "image", f"media/{CANARY}2.png"), ("rId10", "header", "header1.xml"),
            ("rId11", "header", "header2.xml"), ("rId12", "oleObject", "embeddings/oleObject1.bin"),
            ("rId13", "http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "word/styles.xml": styles(),
        "word/settings.xml": settings(),
        "word/_rels/settings.xml.rels": rels(("rId1", "attachedTemplate", f"file:///C:\\{CANARY}\\letter.dotx")),
        "word/comments.xml": story("comments", f'{comment}{paragraph(run(f"{CANARY}-comment"))}</w:comment>'),
        "word/people.xml": f'{HEAD}<w15:people {NAMES}><w15:person w15:author="{CANARY}-person"><w15:presenceInfo '
        f'w15:providerId="AD" w15:userId="{CANARY}@example.org"/></w15:person></w15:people>',
        "word/footnotes.xml": story("footnotes", note + lost),
        "word/header1.xml": story("hdr", paragraph(run("The top"))),
        "word/header2.xml": story("hdr", paragraph(run(f"{CANARY}-first-page"))),
        "word/media/image1.jpg": photo(),
        f"word/media/{CANARY}2.png": plain_photo(),
        "word/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + f"{CANARY}-object".encode("utf-16-le"),
        "word/vbaProject.bin": f"\1\2Attribute VB_Name = {CANARY}-macro".encode(),
        "customXml/item1.xml": f"{HEAD}<b:Sources xmlns:b='urn:b'><b:Tag>{CANARY}-source</b:Tag></b:Sources>",
        **properties("Microsoft Office Word"),
    }  # fmt: skip


def word() -> bytes:
    """Return a document as Word 365 saves it."""
    return zipped(parts())


def plain() -> bytes:
    """Return a document that says nothing but its text, as this project's own zip writes it."""
    return zipped(bare(paragraph(run("Nothing more."))))


def bare(body: str) -> dict[str, bytes | str]:
    """Return the fewest parts that make a document."""
    return {
        "[Content_Types].xml": types({"word/document.xml": f"{WORD}.document.main+xml"}),
        "_rels/.rels": rels(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document(body),
    }


def google() -> bytes:
    """Return a document as Google Docs exports it: its own data in the theme, and a photo under its own name."""
    held = bare(
        paragraph(run("Seen"), drawing("rId1", name=f"{CANARY}-picture.png"))
        + '<w:extLst><a:ext uri="http://customooxmlschemas.google.com/"><go:docsCustomData '
        'xmlns:go="http://customooxmlschemas.google.com/" '
        f'roundtripDataSignature="{CANARY}-signature"/></a:ext></w:extLst>'
    )
    held["word/_rels/document.xml.rels"] = rels(("rId1", "image", f"media/{CANARY}.jpg"))
    held[f"word/media/{CANARY}.jpg"] = photo()
    return zipped(held, note=f"{CANARY}-zip-note.".encode())


def office() -> bytes:
    """Return a document as LibreOffice exports it, with moved and merged text, rows and cells in review."""
    mark = f"<w:rPr><w:del {BY}/></w:rPr>"
    cell = "<w:tc><w:tcPr>{}</w:tcPr>{}</w:tc>"
    held = bare(
        paragraph(run("One "), properties=mark)
        + paragraph(run("line."))
        + f"<w:tbl><w:tr><w:trPr><w:del {BY}/></w:trPr>{cell.format('', paragraph(run(f'{CANARY}-row')))}</w:tr><w:tr>"
        + cell.format("", paragraph(run("Kept")))
        + cell.format(f"<w:cellDel {BY}/>", paragraph(run(f"{CANARY}-cell")))
        + "</w:tr></w:tbl>"
        + paragraph(
            f"<w:moveFrom {BY}>{run(f'{CANARY}-moved')}</w:moveFrom>", f"<w:moveTo {BY}>{run('Moved')}</w:moveTo>"
        )
        + paragraph(f'<w:fldSimple w:instr=" AUTHOR {CANARY} ">{run("Ann")}</w:fldSimple>')
    )
    return zipped(held | properties(f"{CANARY}/7.6"))


def embedded() -> bytes:
    """Return a document with a chart and the workbook that it was drawn from."""
    from makers import sheets

    held = bare(
        paragraph(run("Seen"), '<w:r><w:object><o:OLEObject r:id="rId1" ProgID="Excel.Sheet.12"/></w:object></w:r>')
    )
    held["word/_rels/document.xml.rels"] = rels(("rId1", "package", "embeddings/Workbook1.xlsx"))
    held["word/embeddings/Workbook1.xlsx"] = sheets.excel()
    return zipped(held)


FILES: dict[str, Callable[[], bytes]] = {"word": word, "google": google, "office": office, "embedded": embedded}
