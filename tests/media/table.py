"""The table of what every kind of file was filled with, and what of it was left in the clean copies."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

from canaries import WRITTEN, stretches
from makers.every import BY_FFMPEG, MAKERS

from forethought.media.cleaning import clean

CALLED = {"word": "DOCX", "sheets": "XLSX", "deck": "PPTX"}  # of one format, and different all the same
HEADS = ("kind of file", "as made by", "hidden fields filled", "fields left in the clean copies")
ABOUT = """# What is left in clean copies

Each kind of file was made as several programs and phones make it, with a known word in every field that is not seen: in
names, places, hours, comments, thumbnails, deleted and hidden text, attachments, and behind the end. Each was cleaned
as you would clean it, and its copy was searched for that word: in its bytes, in what is packed in it, and in the
members of archives, in plain and in wide letters.

It finds only what was planted. A field that nobody thought of is caught, if at all, because only what is known and
needed stays in a copy.

Written by `make docs` from a run of the tests' files; change those and not this page.
"""


def page() -> str:
    """Return the whole page of the reference."""
    lines = [" | ".join(row) for row in (HEADS, ["---"] * len(HEADS), *rows())]
    return "\n".join([ABOUT, *(f"| {line} |" for line in lines), ""])


def rows() -> Iterator[tuple[str, ...]]:
    """Yield a row for each maker, for the files that it makes on every computer."""
    for name, maker in MAKERS.items():
        yield _row(CALLED.get(name, ""), {each: make() for each, make in maker.FILES.items() if each not in BY_FFMPEG})


def _row(called: str, files: dict[str, bytes]) -> tuple[str, ...]:
    left, title = 0, ""
    with tempfile.TemporaryDirectory() as folder:
        for data in files.values():
            (Path(folder) / "file").write_bytes(data)
            cleaned = clean(Path(folder) / "file", Path(folder) / "out")
            title = cleaned.seen.format
            left += fields(cleaned.copy.read_bytes() if cleaned.copy else data)
    return called or title, ", ".join(files), f"{sum(map(fields, files.values())):,}", f"{left:,}"


def fields(data: bytes) -> int:
    """Return how often a file, its packed streams and its members hold a canary, however it is written."""
    return sum(stretch.lower().count(word.lower()) for stretch in stretches(data) for word in WRITTEN)
