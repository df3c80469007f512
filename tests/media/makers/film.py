"""Makes films as phones, cameras, players and programs write them, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.boxes import Part, audible, box, canary, film, frame, full, handler, sound, video, visual
from makers.pictures import xmp_packet

XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
APPLE = {
    "location.ISO6709": b"+51.4500-002.5800+012.300/", "make": canary("make"), "model": canary("model"),
    "software": canary("software"), "creationdate": b"2026-05-03T14:10:00+0100", "author": canary("author"),
    "location.name": canary("town"), "content.identifier": canary("id"),
}  # fmt: skip
PLAIN = box(b"gmhd", full(b"gmin", 0, 0, bytes(12)))


def note(kind: bytes, text: bytes) -> bytes:
    """Return a note as QuickTime writes it, with its length and language."""
    return box(kind, struct.pack(">HH", len(text), 0x15C7), text)


def data(form: int, raw: bytes) -> bytes:
    """Return a value as iTunes writes it."""
    return box(b"data", struct.pack(">LL", form, 0), raw)


def apple_notes() -> bytes:
    """Return metadata in the form of QuickTime: names, then values by number."""
    names = [f"com.apple.quicktime.{name}".encode() for name in APPLE]
    keys = full(b"keys", 0, 0, struct.pack(">L", len(names)), *(box(b"mdta", name) for name in names))
    values = (box(struct.pack(">L", n), data(1, value)) for n, value in enumerate(APPLE.values(), 1))
    return box(b"meta", handler(b"mdta", b"", bytes(4), bytes(4)), keys, box(b"ilst", *values))


def location() -> bytes:
    """Return the place as 3GPP writes it."""
    spot = struct.pack(">B3l", 1, round(-2.58 * 65_536), round(51.45 * 65_536), 12 << 16)
    return full(b"loci", 0, 0, b"\x15\xc7", canary("place") + b"\0", spot, b"earth\0", canary("about") + b"\0")


def timed(
    number: int, kind: bytes, form: bytes, samples: list[bytes], described: bytes = b"", more: bytes = b""
) -> Part:
    """Return a track of something that is neither picture nor sound."""
    entry = box(form, struct.pack(">6xH", 1), described)
    return Part(number, kind, entry, samples, head=PLAIN, name=canary("timed"), more=more)


def iphone() -> bytes:
    """Return an iPhone's film: its index last, notes along it, and what was not needed of it still in it."""
    spot = struct.pack(">LL", 34, 1) + b"+51.4500-002.5800+012.300/" + canary("mebx")
    keys = box(b"keys", box(b"\0\0\0\1", box(b"keyd", b"mdta", canary("key"))))
    notes = timed(3, b"meta", b"mebx", [spot, spot], keys, box(b"tref", box(b"cdsc", struct.pack(">L", 1))))
    tapt = box(b"tapt", *(full(kind, 0, 0, struct.pack(">LL", 48 << 16, 32 << 16)) for kind in (b"clef", b"prof")))
    more = apple_notes() + box(b"udta", note(b"\xa9xyz", b"+51.4500-002.5800/"), bytes(4))
    parts = [video(more=tapt + box(b"udta", box(b"name", canary("track")))), sound(), notes]
    return film(parts, more, before=box(b"wide"), lost=canary("lost"))


def android() -> bytes:
    """Return an Android's film: its index first, with times in 64 bits, the place twice, and words after its end."""
    notes = [note(b"\xa9xyz", b"+51.4500-002.5800/"), note(b"\xa9day", b"2026-05-03T14:10"), location()]
    meta = full(b"meta", 0, 0, handler(b"mdta", b"", bytes(4), bytes(4)))
    plain = full(b"meta", 0, 0, handler(b"mdir", canary("meta-handler"), bytes(4)))
    more = box(b"udta", *notes, plain) + box(b"iods", canary("iods"))
    return film([video(), sound()], more + meta, b"mp42", index_first=True, version=1, behind=canary("behind"))


def samsung() -> bytes:
    """Return a Samsung's film, with its own boxes and its own end."""
    own = box(b"smta", box(b"mdln", canary("mdln")), box(b"saut", canary("saut")))
    end = box(b"sefd", b"SEFH" + canary("sefd") + b"SEFT")
    notes = box(b"udta", box(b"SDLN", canary("sdln")), own, full(b"auth", 0, 0, b"\x15\xc7", canary("auth") + b"\0"))
    return film([video(), sound()], notes, b"mp42", behind=end + box(b"uuid", bytes(16), canary("uuid")))


def gopro() -> bytes:
    """Return an action camera's film, with where it moved, a clock, and its serial number."""
    spot = b"GPS5l\x14\0\1" + struct.pack(">5l", 514_500_000, -25_800_000, 12_300, 1, 1) + canary("gpmd")
    clock = timed(4, b"tmcd", b"tmcd", [struct.pack(">L", 1_234)], bytes(8) + box(b"name", canary("reel")))
    own = (box(kind, canary(kind.decode().lower())) for kind in (b"FIRM", b"LENS", b"CAME", b"MUID", b"GPMF"))
    head = box(b"tref", box(b"tmcd", struct.pack(">L", 4)))
    parts = [video(more=head), sound(), timed(3, b"meta", b"gpmd", [spot, spot]), clock]
    return film(parts, box(b"udta", *own), b"mp41")


def lecture() -> bytes:
    """Return a film with chapters, their pictures, subtitles, sound that is switched off, and tags as a player has."""
    chapter = [struct.pack(">H", len(text)) + text for text in (canary("chapter-1"), canary("chapter-2"))]
    thumbs = Part(4, b"vide", visual(), [frame(1)], name=canary("thumbs"))
    off = Part(6, b"soun", audible(), [canary("off-") * 100], each=1, name=b"off", flags=2)
    parts = [
        video(more=box(b"tref", box(b"chap", struct.pack(">LL", 3, 4)))), sound(),
        timed(3, b"text", b"text", chapter, bytes(43)), thumbs, timed(5, b"sbtl", b"tx3g", chapter[:1], bytes(30)), off,
    ]  # fmt: skip
    names = box(b"chpl", bytes(8), b"\1", bytes(8), bytes([len(canary("chpl"))]), canary("chpl"))
    own = box(
        b"----", full(b"mean", 0, 0, b"com.apple.iTunes"), full(b"name", 0, 0, canary("key")), data(1, canary("own"))
    )
    tags = (box(b"\xa9" + kind, data(1, canary(kind.decode()))) for kind in (b"nam", b"ART", b"cmt", b"too", b"day"))
    cover = box(b"covr", data(13, frame(0)))
    held = box(b"ilst", *tags, own, cover, box(b"tmpo", data(21, b"\0\x78")))
    meta = full(b"meta", 0, 0, handler(b"mdir", b"\0", bytes(4), b"appl"), held)
    return film(parts, box(b"udta", meta, names), b"M4V ", behind=box(b"uuid", XMP_ID, xmp_packet()))


def recording() -> bytes:
    """Return a recording of a voice, with nothing but sound and tags."""
    tags = (box(b"\xa9" + kind, data(1, canary(kind.decode()))) for kind in (b"nam", b"alb", b"wrt"))
    meta = full(b"meta", 0, 0, handler(b"mdir", b"\0", bytes(4)), box(b"ilst", *tags))
    name = box(b"XMP_", xmp_packet())
    return film([sound(1)], box(b"udta", meta, name), b"M4A ", before=box(b"free", canary("free")))


def fragments() -> bytes:
    """Return a film in fragments, as browsers record it, with events and the time of recording between them."""
    parts = [video(), sound(), timed(3, b"meta", b"camm", [canary("camm")] * 2)]
    rows = [full(b"trex", 0, 0, struct.pack(">5L", part.number, 1, part.lasts, part.size * 800, 0)) for part in parts]
    empty = [Part(p.number, p.handler, p.entry, [], p.lasts, p.each, p.name, head=p.head, size=p.size) for p in parts]
    whole = film([*empty[:2], empty[2]], box(b"mvex", *rows), b"iso5", index_first=True)
    out = whole[: whole.index(b"mdat") - 4]
    events = full(b"emsg", 0, 0, canary("scheme") + b"\0", canary("event") + b"\0", bytes(16))
    clock = full(b"prft", 1, 0, struct.pack(">LQQ", 1, 0xEDA0_0000_0000_0001, 0), canary("prft"))
    for number in range(2):
        held = [part.samples[number] for part in parts]
        size = len(_fragment(number, parts, held, 0))
        out += events + clock + _fragment(number, parts, held, size + 8) + box(b"mdat", *held)
    return out


def _fragment(number: int, parts: list[Part], held: list[bytes], at: int) -> bytes:
    runs = []
    for part, sample in zip(parts, held, strict=True):
        count, sizes = (800, b"") if part.size else (1, struct.pack(">L", len(sample)))
        head = full(b"tfhd", 0, 0x20010 if part.size else 0x20000, struct.pack(">L", part.number), *(
            [struct.pack(">L", part.size)] if part.size else []))  # fmt: skip
        flags = 0x1 if part.size else 0x201
        runs.append(box(b"traf", head, full(b"trun", 0, flags, struct.pack(">Ll", count, at), sizes)))
        at += len(sample)
    return box(b"moof", full(b"mfhd", 0, 0, struct.pack(">L", number + 1)), *runs)


def plain() -> bytes:
    """Return a film that is told only by the names of what made it."""
    return film([video(), sound()])


FILES: dict[str, Callable[[], bytes]] = {
    "iphone": iphone, "android": android, "samsung": samsung, "gopro": gopro, "lecture": lecture,
    "recording": recording, "fragments": fragments,
}  # fmt: skip
