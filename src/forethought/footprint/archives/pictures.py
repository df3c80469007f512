"""Pictures and films: which of those that records name an export holds, and which it holds that no record names."""

from collections.abc import Callable, Iterable, Iterator

from forethought.footprint.archives.files import Member, fold
from forethought.footprint.item import Pointer, Problem, Record, State, Table


class Pictures:
    """The media files of an export, found by the part of their name that records use too."""

    def __init__(self, members: Iterable[Member], key: Callable[[str], str]) -> None:
        """Take the media files, and what gives that part of a folded name, or nothing where it has none."""
        self.key = key
        self.held = {part: member for member in members if (part := key(member.folded))}
        self.used: set[str] = set()
        self.lacking = 0

    def find(self, name: str) -> str:
        """Return the name as stored of the file that a record names, or the record's own name for it."""
        part = self.key(fold(name))
        if part not in self.held:
            self.lacking += 1
            return name
        self.used.add(part)
        return self.held[part].name

    def table(self) -> Iterator[Record]:
        """Yield what became of them, once every record has been read."""
        spare = [member for part, member in self.held.items() if part not in self.used]
        if spare:
            where = Pointer(spare[0].source, spare[0].name.rpartition("/")[0])
            yield Problem(where, f"pictures or films that no record names: {len(spare)}")
        said = len(self.used) + self.lacking
        state: State = "absent" if not self.held else "partial" if self.lacking else "present"
        yield Table("media", state, len(self.used), said)
