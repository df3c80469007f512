"""What the makers of pictures share: a picture, and camera notes in which every field holds a canary."""

import io
import struct
from typing import Any

from PIL import Image, ImageCms

CANARY = "kestrel"
PLACE = {1: "N", 2: (51.0, 27.0, 0.0), 3: "W", 4: (2.0, 35.0, 0.0), 29: "2026:05:03"}


def picture(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """Return a picture that looks different whichever way it is turned."""
    ramp = Image.linear_gradient("L").resize(size)
    across = Image.linear_gradient("L").rotate(90).resize(size)
    flat = Image.new("L", size, 40)
    flat.paste(250, (0, 0, size[0] // 4, size[1] // 4))
    return Image.merge("RGB", (ramp, across, flat)).convert(mode)


def camera_notes(orientation: int = 1) -> Image.Exif:
    """Return EXIF as a phone writes it, with canaries in every field of text."""
    notes = Image.Exif()
    notes[0x0112] = orientation
    for number, name in {0x010E: "description", 0x010F: "make", 0x0110: "model", 0x0131: "software",
                         0x013B: "artist", 0x013C: "host", 0x8298: "copyright"}.items():  # fmt: skip
        notes[number] = f"{CANARY}-{name}"
    notes[0x9C9D] = f"{CANARY}-xpauthor".encode("utf-16-le")
    notes[0xC000] = f"{CANARY}-unknown"
    inner = notes.get_ifd(0x8769)
    inner[0x9003] = "2026:05:03 14:10:00"
    inner[0x9286] = b"ASCII\0\0\0" + f"{CANARY}-usercomment".encode()
    inner[0x927C] = b"Phone\0\x01\x02" + f"{CANARY}-makernote".encode()
    for number, name in {0xA430: "owner", 0xA431: "serial", 0xA434: "lens", 0xA435: "lens-serial"}.items():
        inner[number] = f"{CANARY}-{name}"
    notes.get_ifd(0x8825).update(PLACE)
    return notes


def with_thumbnail(notes: Image.Exif) -> bytes:
    """Return EXIF as bytes whose second directory holds a small picture."""
    block = notes.tobytes().removeprefix(b"Exif\0\0")
    order = "<" if block[:2] == b"II" else ">"
    (first,) = struct.unpack_from(f"{order}L", block, 4)
    (count,) = struct.unpack_from(f"{order}H", block, first)
    small = saved(picture(size=(16, 12)), "JPEG", comment=f"{CANARY}-thumbnail".encode())
    second = len(block) + len(block) % 2
    entries = [(0x0201, 4, 1, second + 2 + 24 + 4), (0x0202, 4, 1, len(small))]
    table = struct.pack(f"{order}H", 2) + b"".join(struct.pack(f"{order}HHLL", *entry) for entry in entries)
    linked = bytearray(block + bytes(len(block) % 2))
    struct.pack_into(f"{order}L", linked, first + 2 + 12 * count, second)
    return bytes(linked) + table + bytes(4) + small


def xmp_packet() -> bytes:
    """Return XMP as an editor writes it."""
    return (
        '<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" '
        'xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:exif="http://ns.adobe.com/exif/1.0/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
        f'xmp:CreatorTool="{CANARY}-tool" exif:GPSLatitude="51,27.0N" exif:GPSLongitude="2,35.0W" '
        f'photoshop:City="{CANARY}-city"><dc:creator><rdf:Seq><rdf:li>{CANARY}-creator</rdf:li></rdf:Seq></dc:creator>'
        f'<dc:description><rdf:Alt><rdf:li xml:lang="x-default">{CANARY}-words</rdf:li></rdf:Alt></dc:description>'
        '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
    ).encode()


def photoshop_block() -> bytes:
    """Return Photoshop's resources with IPTC's captions in them."""
    fields = {5: "title", 25: "keyword", 80: "byline", 90: "iptc-city", 116: "notice", 120: "caption"}
    captions = b"".join(
        b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(CANARY) + 1 + len(name)) + f"{CANARY}-{name}".encode()
        for number, name in fields.items()
    )
    captions += bytes(len(captions) % 2)
    return b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">L", len(captions)) + captions


def profile(name: str) -> bytes:
    """Return the profile of a screen of this name, with colours that are not those of sRGB."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack_from(">L", made, 128)
    for number in range(count):
        tag, at, size = struct.unpack_from(">4sLL", made, 132 + 12 * number)
        if tag == b"desc":
            said = name.encode("utf-16-be")[: size - 28]
            made[at + 28 : at + size] = said + bytes(size - 28 - len(said))
            struct.pack_into(">L", made, at + 20, len(said))
        if tag == b"rXYZ":
            struct.pack_into(">l", made, at + 8, int(0.515 * 65_536))
    made[48:56] = b"KESTdev1"
    return bytes(made)


def saved(image: Image.Image, form: str, **how: Any) -> bytes:
    """Return a picture in this format."""
    held = io.BytesIO()
    image.save(held, form, **how)
    return held.getvalue()
