"""Makes workbooks as Excel writes them, with a canary in every hidden field."""

from collections.abc import Callable

from makers.packages import HEAD, MC, STAMP, R, photo, properties, rels, root_rels, types, zipped
from makers.pictures import CANARY

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml"
X15AC = "http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"
NAMES = f'xmlns="{S}" xmlns:r="{R}" xmlns:mc="{MC}"'
TEXTS = ("Seen", f"{CANARY}-hidden-row", f"{CANARY}-unused", f"{CANARY}-hidden-sheet", f"{CANARY}-hidden-column")


def cell(place: str, number: int) -> str:
    """Return a cell that shows one of the texts."""
    return f'<c r="{place}" t="s"><v>{number}</v></c>'


def workbook() -> str:
    """Return the main part."""
    return (
        f'{HEAD}<workbook {NAMES}><fileVersion appName="xl" lastEdited="7" codeName="{{{CANARY}-code}}"/>'
        f'<fileSharing userName="{CANARY}-locker"/><workbookPr codeName="ThisWorkbook"/><mc:AlternateContent>'
        f'<mc:Choice Requires="x15"><x15ac:absPath xmlns:x15ac="{X15AC}" url="C:\\{CANARY}\\money\\"/></mc:Choice>'
        f'</mc:AlternateContent><bookViews><workbookView activeTab="0"/></bookViews><sheets><sheet '
        f'name="Sheet1" sheetId="1" '
        f'r:id="rId1"/><sheet name="{CANARY}-secret" sheetId="2" state="veryHidden" r:id="rId2"/></sheets>'
        f"<definedNames><definedName name=\"{CANARY}_name\">'{CANARY}-secret'!$A$1</definedName>"
        f'<definedName name="_xlnm.Print_Area" localSheetId="0">Sheet1!$A$1:$C$3</definedName></definedNames>'
        '<calcPr calcId="191029"/><pivotCaches><pivotCache cacheId="1" r:id="rId5"/></pivotCaches></workbook>'
    )


def sheet() -> str:
    """Return the sheet that is shown, with a hidden row and a hidden column."""
    return (
        f'{HEAD}<worksheet {NAMES}><sheetPr codeName="{CANARY}Sheet"/><cols><col min="2" max="2" hidden="1"/>'
        f"</cols><sheetData>"
        f'<row r="1">{cell("A1", 0)}{cell("B1", 4)}<c r="C1"><f>\'{CANARY}-secret\'!A1*2</f><v>6</v></c></row>'
        f'<row r="2" hidden="1">{cell("A2", 1)}</row>'
        '<row r="3"><c r="A3"><f>\'[1]Out\'!A1</f><v>9</v></c></row></sheetData>'
        f'<scenarios><scenario name="{CANARY}-scenario" user="{CANARY}-user"/></scenarios>'
        f'<autoFilter ref="A1:C3"><filterColumn colId="0"><filters><filter val="{CANARY}-filter"/></filters>'
        f"</filterColumn>"
        '</autoFilter><pageSetup orientation="portrait" r:id="rId3"/><legacyDrawing r:id="rId2"/></worksheet>'
    )


def excel() -> bytes:
    """Return a workbook as Excel saves it."""
    main = f'<comments {NAMES}><authors><author>{CANARY}-commenter</author></authors><commentList><comment ref="A1">'
    secret = f'<sheetData><row r="1">{cell("A1", 3)}</row></sheetData>'
    named = {
        "xl/workbook.xml": "sheet.main", "xl/worksheets/sheet1.xml": "worksheet",
        "xl/worksheets/sheet2.xml": "worksheet",
        "xl/sharedStrings.xml": "sharedStrings", "xl/styles.xml": "styles", "xl/comments1.xml": "comments",
    }  # fmt: skip
    return zipped({
        "[Content_Types].xml": types(
            {name: f"{EXCEL}.{kind}+xml" for name, kind in named.items()},
            vml="application/vnd.openxmlformats-officedocument.vmlDrawing", bin="application/octet-stream",
        ),
        "_rels/.rels": root_rels("xl/workbook.xml"),
        "xl/workbook.xml": workbook(),
        "xl/_rels/workbook.xml.rels": rels(
            ("rId1", "worksheet", "worksheets/sheet1.xml"), ("rId2", "worksheet", "worksheets/sheet2.xml"),
            ("rId3", "sharedStrings", "sharedStrings.xml"), ("rId4", "styles", "styles.xml"),
            ("rId5", "pivotCacheDefinition", "pivotCache/pivotCacheDefinition1.xml"),
            ("rId6", "externalLink", "externalLinks/externalLink1.xml"), ("rId7", "connections", "connections.xml"),
        ),
        "xl/worksheets/sheet1.xml": sheet(),
        "xl/worksheets/sheet2.xml": f"{HEAD}<worksheet {NAMES}>{secret}</worksheet>",
        "xl/worksheets/_rels/sheet1.xml.rels": rels(
            ("rId1", "comments", "../comments1.xml"), ("rId2", "vmlDrawing", "../drawings/vmlDrawing1.vml"),
            ("rId3", "printerSettings", "../printerSettings/printerSettings1.bin"),
        ),
        "xl/sharedStrings.xml": f"{HEAD}<sst {NAMES}>{''.join(f'<si><t>{text}</t></si>' for text in TEXTS)}</sst>",
        "xl/styles.xml": f'{HEAD}<styleSheet {NAMES}><cellStyles><cellStyle name="{CANARY}-style" xfId="1"/>'
        f'</cellStyles>'
        "</styleSheet>",
        "xl/comments1.xml": f"{HEAD}{main}<text><t>{CANARY}-comment</t></text></comment></commentList></comments>",
        "xl/drawings/vmlDrawing1.vml": f'<xml xmlns:v="urn:schemas-microsoft-com:vml"><v:shape '
        f'alt="{CANARY}-box"/></xml>',
        "xl/printerSettings/printerSettings1.bin": f"{CANARY}-printer".encode("utf-16-le"),
        "xl/pivotCache/pivotCacheDefinition1.xml": f'{HEAD}<pivotCacheDefinition {NAMES} '
        f'refreshedBy="{CANARY}-refresher">'
        f'<cacheFields><cacheField name="x"><sharedItems><s v="{CANARY}-pivot"/></sharedItems></cacheField>'
        f'</cacheFields>'
        "</pivotCacheDefinition>",
        "xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink {NAMES}><v>{CANARY}-cached</v></externalLink>',
        "xl/externalLinks/_rels/externalLink1.xml.rels": rels(("rId1", "externalLinkPath",
        f"file:///C:/{CANARY}.xlsx")),
        "xl/connections.xml": f'{HEAD}<connections {NAMES}><connection name="{CANARY}-connection"/></connections>',
        "xl/threadedComments/threadedComment1.xml": f'{HEAD}<ThreadedComments><threadedComment dT="{STAMP}"><text>'
        f"{CANARY}-thread</text></threadedComment></ThreadedComments>",
        "xl/persons/person.xml": f'{HEAD}<personList><person displayName="{CANARY}-person"/></personList>',
        **properties("Microsoft Excel"),
    })  # fmt: skip


def prefixed() -> bytes:
    """Return a workbook whose elements have a prefix, as some programs write them, with a photo on the sheet."""
    x, xdr = f'xmlns:x="{S}" xmlns:r="{R}"', "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
    return zipped({
        "[Content_Types].xml": types(
            {"xl/workbook.xml": f"{EXCEL}.sheet.main+xml", "xl/worksheets/sheet1.xml": f"{EXCEL}.worksheet+xml"},
            jpeg="image/jpeg",
        ),
        "_rels/.rels": rels(("rId1", "officeDocument", "/xl/workbook.xml")),
        "xl/workbook.xml": f'<x:workbook {x}><x:sheets><x:sheet name="One" sheetId="1" r:id="R1"/></x:sheets>'
        f'</x:workbook>',
        "xl/_rels/workbook.xml.rels": rels(("R1", "worksheet", "/xl/worksheets/sheet1.xml")),
        "xl/worksheets/sheet1.xml": f'<x:worksheet {x}><x:sheetData><x:row r="1"><x:c r="A1" t="inlineStr">'
        f'<x:is><x:t>Seen'
        '</x:t></x:is></x:c></x:row></x:sheetData><x:drawing r:id="R1"/></x:worksheet>',
        "xl/worksheets/_rels/sheet1.xml.rels": rels(("R1", "drawing", "../drawings/drawing1.xml")),
        "xl/drawings/drawing1.xml": f'<d:wsDr xmlns:d="{xdr}" xmlns:r="{R}" xmlns:a="http://schemas.openxmlformats.org/'
        f'drawingml/2006/main"><d:twoCellAnchor><d:pic><d:nvPicPr><d:cNvPr id="2" name="{CANARY}-name"/></d:nvPicPr>'
        '<d:blipFill><a:blip r:embed="R1"/></d:blipFill></d:pic></d:twoCellAnchor></d:wsDr>',
        "xl/drawings/_rels/drawing1.xml.rels": rels(("R1", "image", "../media/image1.jpeg")),
        "xl/media/image1.jpeg": photo(),
    })  # fmt: skip


FILES: dict[str, Callable[[], bytes]] = {"excel": excel, "prefixed": prefixed}
