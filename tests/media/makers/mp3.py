"""Makes MP3 sound as phones, podcast programs and old players write it, with a canary in every hidden field."""

from collections.abc import Callable

from makers import id3
from makers.sounds import FFMPEG, made

HEAD = b"\xff\xfb\x50\xc4"  # MPEG 1, layer 3, 64 kbit/s, 44.1 kHz, one channel


def frames(count: int = 6) -> bytes:
    """Return frames of sound, or of silence where ffmpeg is not installed."""
    if FFMPEG:
        return made("mp3", "-write_xing", "0", "-id3v2_version", "0", "-map_metadata", "-1", "-t", f"{count / 20}")
    return (HEAD + bytes(204)) * count


def counted() -> bytes:
    """Return frames whose first one counts them, with a canary behind the count."""
    first = HEAD + bytes(17) + b"Info\0\0\0\3\0\0\0\6\0\0\4\xe0" + b"LAME3.100".ljust(36, b"\0") + b"kestrel-count"
    return first.ljust(208, b"\0") + frames()


def plain() -> bytes:
    """Return sound that gives nothing away."""
    return made("mp3", "-write_xing", "1", "-id3v2_version", "0", "-map_metadata", "-1") if FFMPEG else frames()


def podcast() -> bytes:
    """Return sound with two tags before it, and old ones, APE and words behind it."""
    return id3.tag(4) + id3.tag(3) + bytes(100) + frames() + id3.ape() + id3.lyrics() + id3.first()


def old() -> bytes:
    """Return sound with a tag of version 2.2, bytes between its frames, and an APE tag of which only the end tells."""
    held = frames(4) + b"kestrel between frames" + frames(4) + b"\xff\xfb"
    return id3.tag(2) + held + id3.ape(with_header=False) + id3.first()[227:]


def behind() -> bytes:
    """Return sound with a tag of version 2.4 behind it, and bytes that are nothing."""
    return counted() + id3.tag(4, flags=0x10) + b"kestrel-rest"


def program() -> bytes:
    """Return sound as ffmpeg writes it, with its tags."""
    return made("mp3", "-write_id3v1", "1") if FFMPEG else id3.tag(3) + frames()


FILES: dict[str, Callable[[], bytes]] = {"podcast": podcast, "old": old, "behind": behind, "program": program}
