"""Makes books as Calibre, Pages and older programs write them, with a canary in every hidden field."""

from collections.abc import Callable

from makers.packages import HEAD, STAMP, photo, zipped
from makers.pictures import CANARY

XHTML = "http://www.w3.org/1999/xhtml"
CONTAINER = (
    f'{HEAD}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def page(body: str, head: str = "") -> str:
    """Return a page."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n<html xmlns="{XHTML}"><head><title>One</title>{head}'
        f"</head><body>{body}</body></html>"
    )


def dirty_page() -> str:
    """Return a page with everything that is not read."""
    return page(
        f'<!-- {CANARY}-comment --><p data-x="{CANARY}-data">A quiet&nbsp;morning, <b>and</b> rain.</p>'
        f'<p style="display: none">{CANARY}-hidden</p><p hidden="hidden">{CANARY}-also</p>'
        f'<p>See <a href="file:///Users/{CANARY}/x.html">this</a>.</p><img src="p.jpg" alt="A garden"/>'
        f"<script>var a = '{CANARY}-script';</script>",
        f'<meta name="generator" content="{CANARY}-generator"/><meta charset="utf-8"/>'
        '<link rel="stylesheet" href="s.css" type="text/css"/>',
    )


def items(version: str) -> str:
    """Return a book's list of its parts."""
    ncx = '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>' if version == "2.0" else ""
    return (
        f'<manifest>{ncx}<item id="a" href="a.xhtml" media-type="application/xhtml+xml"/><item id="s" href="s.css" '
        'media-type="text/css"/><item id="p" href="p.jpg" media-type="image/jpeg"/></manifest>'
        f'<spine{" toc=" + chr(34) + "ncx" + chr(34) if ncx else ""}><itemref idref="a"/></spine>'
    )


def book(version: str, more: str, beside: dict[str, str]) -> bytes:
    """Return a book of this version of the standard."""
    opf = (
        f'{HEAD}<package xmlns="http://www.idpf.org/2007/opf" version="{version}" unique-identifier="uid">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f'<dc:title>A Morning</dc:title><dc:language>en</dc:language><dc:identifier id="uid">urn:{CANARY}-id'
        f"</dc:identifier><dc:creator>{CANARY}-creator</dc:creator><dc:date>{STAMP}</dc:date>{more}"
        f"</metadata>{items(version)}</package>"
    )
    return zipped(
        {
            "mimetype": "application/epub+zip", "META-INF/container.xml": CONTAINER, "OEBPS/content.opf": opf,
            "OEBPS/a.xhtml": dirty_page(), "OEBPS/s.css": f"/* {CANARY}-css */ p {{ color: black }}",
            "OEBPS/p.jpg": photo(), **beside,
        },
        stored="mimetype",
    )  # fmt: skip


def calibre() -> bytes:
    """Return a book of the second edition as Calibre writes it."""
    return book(
        "2.0",
        f'<dc:contributor opf:role="bkp" opf:file-as="{CANARY}-file-as">calibre {CANARY}-contributor</dc:contributor>'
        f'<meta name="calibre:timestamp" content="{STAMP}"/><meta name="calibre:user_metadata:#shelf" '
        f'content="{{&quot;#value#&quot;: &quot;{CANARY}-shelf&quot;}}"/><meta name="cover" content="p"/>',
        {
            "META-INF/calibre_bookmarks.txt": f"encoding=json+base64: {CANARY}-bookmark",
            "OEBPS/toc.ncx": f'{HEAD}<!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" '
            '"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" '
            f'version="2005-1"><head><meta name="dtb:uid" content="{CANARY}-uid"/><meta name="dtb:generator" '
            f'content="{CANARY}-gen"/></head><docTitle><text>A Morning</text></docTitle><docAuthor><text>'
            f"{CANARY}-who</text>"
            '</docAuthor><navMap><navPoint id="n"><navLabel><text>One</text></navLabel>'
            '<content src="a.xhtml"/></navPoint>'
            "</navMap></ncx>",
        },
    )


def pages() -> bytes:
    """Return a book of the third edition as Pages writes it."""
    return book(
        "3.0",
        f'<meta property="dcterms:modified">2026-05-03T14:10:00Z</meta><meta property="ibooks:version">{CANARY}-version'
        f'</meta><meta refines="#uid" property="identifier-type">{CANARY}-type</meta>'
        '<meta property="rendition:layout">reflowable</meta>',
        {
            "META-INF/com.apple.ibooks.display-options.xml": f"{HEAD}<d><p>{CANARY}-option</p></d>",
            "iTunesMetadata.plist": f"{HEAD}<plist><string>{CANARY}@example.org</string></plist>",
        },
    )


FILES: dict[str, Callable[[], bytes]] = {"calibre": calibre, "pages": pages}
