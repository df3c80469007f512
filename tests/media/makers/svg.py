"""SVG drawings, built by code: as drawing programs write them, with a canary in all that is not drawn."""

import base64
import struct
import zlib
from collections.abc import Callable

from makers.jpeg import FILES as PHOTOS
from makers.pictures import CANARY

SPACES = (
    'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
    ' xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape"'
    ' xmlns:sodipodi="http://sodipodi.sourceforge.net/DTD/sodipodi-0.dtd"'
)
SIZE = 'width="200" height="120" viewBox="0 0 200 120"'


def drawing(body: str, attributes: str = SIZE) -> bytes:
    """Return a drawing with this in it."""
    return f"<svg {SPACES} {attributes}>{body}</svg>".encode()


def plain() -> bytes:
    """Return a drawing that gives nothing away."""
    return f'<svg xmlns="http://www.w3.org/2000/svg" {SIZE}><rect width="20" height="20" fill="orange"/></svg>'.encode()


def inkscape() -> bytes:
    """Return what Inkscape writes: metadata, a window, layers, hidden layers, and effects with names of their own."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><!-- {CANARY} comment --><?{CANARY}-program {CANARY}-said?>'
        + drawing(
            f"<title>{CANARY}_map.svg</title><desc>Made with {CANARY}</desc>"
            f'<sodipodi:namedview id="{CANARY}-view" inkscape:window-width="1920" inkscape:x="{CANARY}-window"/>'
            '<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
            f' xmlns:dc="http://purl.org/dc/elements/1.1/"'
            f' xmlns:k="urn:{CANARY}"><dc:creator>{CANARY}-author</dc:creator>'
            f"<dc:date>2026-05-03 {CANARY}</dc:date><k:own k:a='{CANARY}'/></rdf:RDF></metadata>"
            f'<defs><linearGradient id="{CANARY}-paint"><stop offset="0" stop-color="red"/><stop'
            f' offset="1"/></linearGradient>'
            f'<linearGradient id="{CANARY}-spare"/><g id="{CANARY}-kept"><circle r="9" cx="150" cy="20"/></g>'
            f'<text id="{CANARY}-unused">{CANARY} unused</text><filter id="{CANARY}-blur">'
            f'<feGaussianBlur stdDeviation="2" result="{CANARY}-step"/><feOffset in="{CANARY}-step"'
            f' dx="3"/></filter></defs>'
            f'<g inkscape:label="{CANARY} layer" inkscape:groupmode="layer" id="{CANARY}-layer"'
            f' data-note="{CANARY}-data">'
            f'<rect id="{CANARY}-house" width="60" height="40" style="fill:url(#{CANARY}-paint);-x-{CANARY}:{CANARY}"/>'
            f'<use xlink:href="#{CANARY}-kept"/><rect x="70" width="40" height="30" filter="url(#{CANARY}-blur)"/></g>'
            f'<g display="none"><text x="9" y="9">{CANARY} hidden</text></g>'
            f'<text style="display:none">{CANARY}</text><text visibility="hidden">{CANARY}</text>'
            f'<text opacity="0" y="50">{CANARY}</text><text fill="none" y="50">{CANARY}</text>'
            f'<path d="M10 100L190 90 {CANARY}" stroke="black"/><rect><text>{CANARY}</text></rect>{CANARY} loose'
            f'<text x="20" y="70" font-family="serif">Our  <tspan fill="blue">garden</tspan> walk</text>',
            f'{SIZE} sodipodi:docname="{CANARY}.svg" inkscape:export-filename="/home/{CANARY}/map.png"'
            f' onload="{CANARY}()" aria-label="{CANARY}" id="{CANARY}-root"',
        ).decode()
        + f"<!-- {CANARY} after -->"
    ).encode()


def illustrator() -> bytes:
    """Return what Illustrator writes: entities, a switch with its own file in it, styles, and a photo."""
    photo = base64.b64encode(next(iter(PHOTOS.values()))()).decode()
    body = (
        f'<switch><foreignObject requiredExtensions="&ns_ai;" width="1" height="1"><i:pgfRef xlink:href="#{CANARY}"/>'
        f'</foreignObject><g i:extraneous="self"><style type="text/css">/* {CANARY} */ @import'
        f' url("http://{CANARY}.example/a.css");'
        f".{CANARY}-fill{{fill:#0a0;-{CANARY}:{CANARY}}} .{CANARY}-gone{{fill:red}}"
        f"#{CANARY}-shape{{stroke:orange;stroke-width:4}} g .{CANARY}-fill{{opacity:.8}}"
        f"@keyframes {CANARY}-turn{{from{{opacity:.9}}to{{opacity:.9}}}}"
        f" .{CANARY}-move{{animation:{CANARY}-turn 1s linear}}"
        f"@font-face{{font-family:{CANARY};src:url(http://{CANARY}.example/f.woff)}}</style>"
        f'<rect class="{CANARY}-fill {CANARY}-alone" id="{CANARY}-shape" x="9" y="9" width="50" height="50"/>'
        f'<circle class="{CANARY}-move" cx="90" cy="90" r="9"><animate id="{CANARY}-tick"'
        f' attributeName="r" values="9;9"'
        f' begin="{CANARY}-shape.click+1s;0s" dur="1s"/></circle>'
        f'<image x="100" y="10" width="80" height="60" xlink:href="data:image/jpeg;base64,{photo}"/>'
        f'<image width="0" height="9" xlink:href="file:///home/{CANARY}/photo.jpg"/>'
        f'<a xlink:href="http://{CANARY}.example/"><path d="M70'
        f' 70h20v20z"/></a><script>{CANARY}()</script></g></switch>'
        f"<i:pgf>{CANARY}-blob</i:pgf>"
    )
    head = (
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" ['
        f'<!ENTITY ns_ai "http://ns.adobe.com/AdobeIllustrator/10.0/"><!ENTITY by "{CANARY}-entity"><!-- {CANARY} -->]>'
    )
    return head.encode() + drawing(body, f'{SIZE} xmlns:i="&ns_ai;" i:viewOrigin="{CANARY}"')


def packed(text: bytes, name: bytes = f"{CANARY}.svg".encode(), comment: bytes = CANARY.encode()) -> bytes:
    """Return a drawing packed, with a time, a name and a comment."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = packer.compress(text) + packer.flush()
    head = b"\x1f\x8b\x08\x1c" + struct.pack("<L", 1_700_000_000) + b"\0\3" + b"\4\0K\0\0\0"
    return head + name + b"\0" + comment + b"\0" + body + struct.pack("<LL", zlib.crc32(text), len(text))


FILES: dict[str, Callable[[], bytes]] = {
    "inkscape": inkscape,
    "illustrator": illustrator,
    "wide": lambda: inkscape().replace(b'encoding="UTF-8"', b"").decode().encode("utf-16"),
    "packed": lambda: packed(inkscape()),
}
