"""Every file of every maker: each kind of file, from several programs and phones, with every hidden field filled."""

from collections.abc import Callable

from makers import (
    avi,
    bmp,
    deck,
    epub,
    film,
    flac,
    gif,
    heif,
    jpeg,
    matroska,
    mp3,
    odf,
    ogg,
    pdf,
    png,
    sheets,
    svg,
    tiff,
    wav,
    webp,
    word,
)

MAKERS = {
    "jpeg": jpeg, "png": png, "gif": gif, "webp": webp, "heif": heif, "tiff": tiff, "bmp": bmp,
    "svg": svg, "film": film, "matroska": matroska, "avi": avi,
    "mp3": mp3, "wav": wav, "flac": flac, "ogg": ogg, "pdf": pdf, "word": word, "sheets": sheets, "deck": deck,
    "odf": odf, "epub": epub,
}  # fmt: skip
BY_FFMPEG = frozenset({"program", "obs", "flac", "web", "live web", "vorbis", "opus", "theora"})  # made where it is
EVERY: dict[str, Callable[[], bytes]] = {
    f"{name}: {file}": make for name, maker in MAKERS.items() for file, make in maker.FILES.items()
}
