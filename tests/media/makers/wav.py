"""Makes WAV sound as recorders, phones and editors write it, with a canary in every hidden field."""

import struct
from collections.abc import Callable

from makers.id3 import tag
from makers.sounds import CANARY, samples


def chunk(name: bytes, held: bytes) -> bytes:
    """Return a chunk, evened out."""
    return name + struct.pack("<L", len(held)) + held + bytes(len(held) % 2)


def listed(form: bytes, *chunks: bytes) -> bytes:
    """Return a list of chunks."""
    return chunk(b"LIST", form + b"".join(chunks))


def word(name: str) -> bytes:
    """Return a chunk of a list of texts, that holds a canary."""
    return chunk(name.encode(), f"{CANARY}-{name}\0".encode())


def form(more: bytes = b"") -> bytes:
    """Return the chunk that describes the samples."""
    return chunk(b"fmt ", struct.pack("<HHLLHH", 1, 1, 16_000, 32_000, 2, 16) + more)


def sound(*chunks: bytes, before: tuple[bytes, ...] = (), after: bytes = b"", head: bytes = b"") -> bytes:
    """Return a WAV with other chunks behind and before its sound."""
    body = b"WAVE" + b"".join([*before, head or form(), chunk(b"data", samples()), *chunks])
    return b"RIFF" + struct.pack("<L", len(body)) + body + after


def plain() -> bytes:
    """Return a WAV that gives nothing away."""
    return sound()


def bext() -> bytes:
    """Return what a recorder notes about its sound."""
    texts = (("description", 256), ("originator", 32), ("reference", 32))
    held = b"".join(f"{CANARY}-{name}".encode().ljust(size, b"\0") for name, size in texts)
    held += b"2026-05-0314:10:00" + struct.pack("<QH", 1_234, 2) + b"kestrel-umid".ljust(64, b"\1") + bytes(190)
    return chunk(b"bext", held + f"A=PCM,F=48000,T={CANARY}-history\r\n".encode())


def recorder() -> bytes:
    """Return a WAV as a field recorder writes it: bext, iXML, cues with labels, and filling."""
    xml = f"<?xml version='1.0'?><BWFXML><NOTE>{CANARY}-ixml</NOTE></BWFXML>".encode()
    cue = struct.pack("<LLL4sLLL", 1, 1, 0, b"data", 0, 0, 0)
    label = listed(b"adtl", chunk(b"labl", struct.pack("<L", 1) + f"{CANARY}-label\0".encode()))
    return sound(chunk(b"cue ", cue), label, before=(bext(), chunk(b"iXML", xml), chunk(b"JUNK", bytes(28))))


def phone() -> bytes:
    """Return a WAV as a phone's recorder writes it: texts, a place, its own chunk, and bytes behind its end."""
    place = chunk(b"guan", f"v1|{CANARY}-model|51.45,-2.58|2026-05-03".encode())
    return sound(listed(b"INFO", word("INAM"), word("ISFT"), word("ILOC")), place, after=f"{CANARY}-after".encode())


def editor() -> bytes:
    """Return a WAV as Audacity and others write it: texts, ID3, XMP, radio notes, filling that is not empty."""
    cart = b"0101" + f"{CANARY}-cart".encode().ljust(2_044, b"\0") + f"{CANARY}-tag".encode()
    return sound(
        listed(b"INFO", word("IART"), word("ICMT"), word("ICRD")), chunk(b"id3 ", tag()), chunk(b"cart", cart),
        chunk(b"_PMX", f"<x><creator>{CANARY}-xmp</creator></x>".encode()), chunk(b"LGWV", CANARY.encode()),
        chunk(b"axml", f"<a>{CANARY}-axml</a>".encode()), chunk(b"JUNK", f"{CANARY}-junk".encode()),
        chunk(b"PEAK", struct.pack("<LLfL", 1, 1_777_817_400, 0.5, 3)), chunk(b"smpl", CANARY.encode().ljust(36)),
        head=form(f"{CANARY}-behind".encode()),
    )  # fmt: skip


def large() -> bytes:
    """Return an RF64 file, whose sizes stand in a chunk of their own."""
    held = samples()
    body = form() + b"data" + b"\xff" * 4 + held + listed(b"INFO", word("INAM"))
    sizes = struct.pack("<QQQL", 4 + 36 + len(body), len(held), 800, 0)
    return b"RF64" + b"\xff" * 4 + b"WAVE" + chunk(b"ds64", sizes) + body


def unfinished() -> bytes:
    """Return a WAV that a program never finished, whose sizes are not known."""
    held = b"WAVE" + listed(b"INFO", word("ISFT")) + form() + b"data" + b"\xff" * 4 + samples()
    return b"RIFF" + b"\xff" * 4 + held


FILES: dict[str, Callable[[], bytes]] = {
    "recorder": recorder, "phone": phone, "editor": editor, "large": large, "unfinished": unfinished,
}  # fmt: skip
