"""Pictures, films and documents of an export looked into: what each that went out with an item still gives away.

Platforms take most of it out of what they show, and often keep it in what they hold.
"""

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from forethought.errors import ForethoughtError
from forethought.footprint.archives.files import BROKEN_OFF, Files, Member, fold
from forethought.footprint.archives.platform import Options
from forethought.footprint.item import WRITING, Item, Media, Record
from forethought.media.apart import Apart
from forethought.media.buffer import PIECE
from forethought.media.format import Wishes
from forethought.media.telling import summary
from forethought.media.wished import Wished

TOLD = frozenset({"place", "person", "contact", "words", "edit", "file"})  # kinds that matter in what is out already
LARGEST = 256 << 20  # bytes of a file that is looked into


class Looking:
    """Looks into the files of an export, each once; use it in a `with` statement."""

    def __init__(self, files: Files, words: bool = False) -> None:
        """Take the export's files, and whether the words in pictures are to be read."""
        self._files = files
        self._wished = Wished.of(Wishes(), see=words, cover=())
        self._apart = Apart()
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def __enter__(self) -> "Looking":
        return self

    def __exit__(self, *_: object) -> None:
        self._apart.__exit__(None, None, None)

    def into(self, records: Iterable[Record]) -> Iterator[Record]:
        """Yield every record, the person's own items with what their pictures give away."""
        for record in records:
            is_own = isinstance(record, Item) and record.own_words and record.kind in WRITING
            yield self._looked(record) if is_own and isinstance(record, Item) else record

    def _looked(self, item: Item) -> Item:
        return replace(item, media=tuple(map(self.at, item.media)))

    def at(self, media: Media) -> Media:
        """Return a file with what it gives away, in a sentence, and the words to be seen in it.

        Both are empty where that is nothing, or where the export lacks it.
        """
        member = self._found(media.name)
        if member is None or member.size > LARGEST:
            return media
        place = (member.source, member.name)
        if place not in self._known:
            self._known[place] = self._look(member)
        gives, words = self._known[place]
        return replace(media, gives=gives, words=words)

    @cached_property
    def _by_base(self) -> dict[str, list[Member]]:
        found: dict[str, list[Member]] = {}
        for member in self._files:
            found.setdefault(member.base, []).append(member)
        return found

    def _found(self, name: str) -> Member | None:
        """Return the file that a record names by its path or by the end of it; none where two could be meant."""
        folded = fold(name)
        held = self._by_base.get(folded.rpartition("/")[2], []) if name else []
        exact = [member for member in held if member.folded.endswith(f"/{folded}") or member.folded == folded]
        meant = exact or held
        return meant[0] if len(meant) == 1 else None

    def _look(self, member: Member) -> tuple[str, str]:
        with tempfile.TemporaryDirectory(prefix="forethought-") as folder:
            path = Path(folder) / f"file{PurePosixPath(member.base).suffix[:9]}"
            try:
                _write(member, path)
                seen = self._wished.seen(self._apart, path)
            except (ForethoughtError, *BROKEN_OFF):
                return "", ""
        words = seen.sight.words.text if seen.sight else ""
        return summary([each for each in seen.traces if each.kind in TOLD]), words


def _write(member: Member, path: Path) -> None:
    with member.open() as source, path.open("wb") as target:
        while piece := source.read(PIECE):
            target.write(piece)


def looked(files: Files, records: Iterable[Record], options: Options) -> Iterator[Record]:
    """Yield the records of an export as they are, or with what their pictures give away, where that is asked for."""
    if not (options.pictures or options.words):
        yield from records
        return
    with Looking(files, options.words) as looking:
        yield from looking.into(records)
