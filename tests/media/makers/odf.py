"""Makes OpenDocument files as LibreOffice writes them, with a canary in every hidden field."""

from collections.abc import Callable

from makers.packages import HEAD, STAMP, photo, zipped
from makers.pictures import CANARY

SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in {
        "office": "office", "text": "text", "table": "table", "draw": "drawing", "style": "style", "meta": "meta",
        "svg": "svg-compatible", "fo": "xsl-fo-compatible", "presentation": "presentation", "config": "config",
        "form": "form", "script": "script",
    }.items()
)  # fmt: skip
SPACES += (
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:officeooo="http://openoffice.org/2009/office" xmlns:ooo="http://openoffice.org/2004/office" '
    f'xmlns:{CANARY}="urn:{CANARY}-space"'
)
BY = f"<dc:creator>{CANARY}-author</dc:creator><dc:date>{STAMP}</dc:date>"
STYLES = (
    '<style:style style:name="H" style:family="text"><style:text-properties text:display="none" '
    'officeooo:rsid="001a2b3c"/></style:style>'
    '<style:style style:name="HP" style:family="paragraph" style:parent-style-name="H"/>'
    '<style:style style:name="ta2" style:family="table"><style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="dp2" style:family="drawing-page"><style:drawing-page-properties '
    'presentation:visibility="hidden"/></style:style>'
)


def root(tag: str, inside: str) -> str:
    """Return a document's part."""
    return f'{HEAD}<!-- {CANARY}-note --><office:{tag} {SPACES} office:version="1.3">{inside}</office:{tag}>'


def picture(name: str = "Pictures/holiday.jpg") -> str:
    """Return a picture in a frame."""
    return (
        f'<draw:frame draw:name="{CANARY}-frame"><draw:image xlink:href="{name}" xlink:type="simple"/>'
        f"<svg:desc>A garden</svg:desc><svg:title>C:\\{CANARY}\\garden.jpg</svg:title></draw:frame>"
    )


def package(kind: str, body: str) -> bytes:
    """Return a document of a kind, with all that LibreOffice puts beside its content."""
    media = f"application/vnd.oasis.opendocument.{kind}"
    entries = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="{type}"/>'
        for name, type in {
            "/": media, "content.xml": "text/xml", "styles.xml": "text/xml", "Pictures/holiday.jpg": "image/jpeg",
        }.items()
    )  # fmt: skip
    return zipped(
        {
            "mimetype": media,
            "content.xml": root(
                "document-content",
                f"<office:scripts><script:x>{CANARY}-script</script:x></office:scripts>"
                f"<office:automatic-styles>{STYLES}</office:automatic-styles><office:body>{body}</office:body>",
            ),
            "styles.xml": root("document-styles", f"<office:styles>{STYLES}</office:styles>"),
            "meta.xml": root(
                "document-meta",
                f"<office:meta><meta:generator>{CANARY}-generator</meta:generator><meta:initial-creator>{CANARY}-first"
                f"</meta:initial-creator>{BY}<meta:editing-cycles>7</meta:editing-cycles>"
                f'<meta:user-defined meta:name="{CANARY}-name">{CANARY}-defined</meta:user-defined></office:meta>',
            ),
            "settings.xml": root(
                "document-settings",
                '<office:settings><config:config-item-set config:name="ooo:configuration-settings">'
                f'<config:config-item config:name="PrinterName" config:type="string">'
                f"{CANARY}-printer</config:config-item>"
                '<config:config-item config:name="Rsid" config:type="int">1715004</config:config-item>'
                '<config:config-item config:name="AddFrameOffsets" config:type="boolean">true</config:config-item>'
                "</config:config-item-set></office:settings>",
            ),
            "manifest.rdf": f'{HEAD}<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
            f"<rdf:x>{CANARY}-rdf"
            "</rdf:x></rdf:RDF>",
            "Thumbnails/thumbnail.png": photo(),
            "Configurations2/accelerator/current.xml": f"{HEAD}<a><b>{CANARY}-key</b></a>",
            "Pictures/holiday.jpg": photo(),
            "META-INF/manifest.xml": f'{HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:'
            f'manifest:1.0">{entries}</manifest:manifest>',
        },
        stored="mimetype",
    )


def text() -> bytes:
    """Return a text."""
    note = f"<office:annotation>{BY}<text:p>{CANARY}-comment</text:p></office:annotation>"
    return package(
        "text",
        f'<office:text><text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info>{BY}'
        f"</office:change-info><text:p>{CANARY}-deleted</text:p></text:deletion></text:changed-region>"
        f'</text:tracked-changes><text:p>A quiet <text:change text:change-id="c1"/>morning.{note}</text:p>'
        f'<text:p>Seen<text:span text:style-name="H">{CANARY}-hidden</text:span> twice.</text:p>'
        f'<text:p text:style-name="HP">{CANARY}-paragraph</text:p>'
        f'<text:section text:name="{CANARY}" text:display="none"><text:p>{CANARY}-section</text:p></text:section>'
        f'<text:p><text:bookmark text:name="{CANARY}-mark"/>By <text:author-name>Ann</text:author-name>, '
        f'<text:a xlink:href="file:///home/{CANARY}/notes.odt">see</text:a> '
        f'<text:a xlink:href="https://example.org/">this</text:a>.</text:p>'
        f'<text:p><text:hidden-text text:string-value="{CANARY}-conditional"/>{picture()}</text:p>'
        f'<{CANARY}:own a="1">{CANARY}-own</{CANARY}:own></office:text>',
    )


def sheet() -> bytes:
    """Return a workbook with a hidden sheet, column and row."""
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    total = '<table:table-cell table:formula="of:=[$Secret.A1]" office:value-type="float" office:value="3">'
    return package(
        "spreadsheet",
        '<office:spreadsheet><table:table table:name="Shown"><table:table-column/><table:table-column '
        'table:visibility="collapse" table:number-columns-repeated="2"/>'
        f"<table:table-row>{cell.format('Seen')}{cell.format(f'{CANARY}-column')}"
        f"<table:table-cell/>{total}<text:p>3</text:p></table:table-cell></table:table-row><table:table-row "
        f'table:visibility="collapse">'
        f"{cell.format(f'{CANARY}-row')}</table:table-row></table:table>"
        f'<table:table table:name="Secret" table:style-name="ta2"><table:table-row>{cell.format(f"{CANARY}-sheet")}'
        f'</table:table-row></table:table><table:database-ranges><table:database-range table:name="{CANARY}-range"/>'
        "</table:database-ranges></office:spreadsheet>",
    )


def slides() -> bytes:
    """Return slides, one hidden, with notes."""
    page = '<draw:page draw:name="{}" draw:style-name="{}"><draw:frame draw:name="x"><draw:text-box><text:p>{}</text:p>'
    end = "</draw:text-box></draw:frame>"
    end += f"<presentation:notes><text:p>{CANARY}-notes</text:p></presentation:notes></draw:page>"
    return package(
        "presentation",
        f"<office:presentation>{page.format(f'{CANARY}-slide', 'dp1', 'Seen')}{end}"
        f"{page.format('page2', 'dp2', f'{CANARY}-hidden-slide')}{end}</office:presentation>",
    )


FILES: dict[str, Callable[[], bytes]] = {"text": text, "sheet": sheet, "slides": slides}
