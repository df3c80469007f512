"""What each platform's module brings, and the one loop that reads its tables; a bad record costs only itself."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from forethought.errors import ForethoughtError
from forethought.footprint.archives.decode import Located
from forethought.footprint.archives.files import BROKEN_OFF, Files, Member
from forethought.footprint.item import Item, Pointer, Problem, Record, Removed, State, Table

BROKEN = (*BROKEN_OFF, ForethoughtError)
BREAKS_OFF = "it cannot be opened or breaks off"
ODD_FILE = "a file of a shape that is not known"
ODD = (AttributeError, IndexError, KeyError, LookupError, OverflowError, RecursionError, TypeError, ValueError)


@dataclass(frozen=True, slots=True)
class Recognition:
    """What some files were taken for: platform, generation, language and format, how surely, and on what evidence.

    `confidence` is 0 to 1. `missing` names what such an export should hold and these files do not. `advice` is a
    sentence for the person, such as which choice on the platform gives a fuller export.
    """

    platform: str
    generation: str
    form: str
    confidence: float
    evidence: tuple[str, ...]
    language: str = "en"
    account: str = ""
    missing: tuple[str, ...] = ()
    advice: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """What the person asked for beyond the default: their own private messages, and a chat's order of dates.

    `pictures` asks to look into the pictures too, and takes longer; `words` to read what is written in them, which
    takes seconds for each.
    """

    own_messages: bool = False
    day_first: bool | None = None
    owner: str = ""  # the person's own name in a chat or a feed of several
    pictures: bool = False
    words: bool = False


@dataclass(frozen=True, slots=True)
class Platform:
    """A platform: its name in addresses, its title, how its exports are recognised, and how they are read."""

    name: str
    title: str
    recognise: Callable[[Files], Recognition | None]
    read: Callable[[Files, Recognition, Options], Iterator[Record]]
    experimental: bool = False


def careful(platform: Platform) -> Platform:
    """Return a platform that raises nothing, whatever the files are like, so that the others are read all the same."""

    def recognise(files: Files) -> Recognition | None:
        try:
            return platform.recognise(files)
        except Exception:  # no file has to be what its name says
            return None

    def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
        try:
            yield from platform.read(files, found, options)
        except Exception:  # what came before stands
            yield Problem(Pointer("", ""), f"the rest of the export from {platform.title}: {ODD_FILE}")

    return replace(platform, recognise=recognise, read=read)


def table(
    name: str,
    members: Iterable[Member],
    records: Callable[[Member], Iterable[Located]],
    items: Callable[[object, Pointer], Iterable[Item | Problem | Removed]],
    said: int | None = None,
) -> Iterator[Record]:
    """Read one kind of record from every member that holds it, and end with the Table that says what became of it.

    `records` yields each record with its locator; `items` makes items of one record, none where it holds none. A record
    of an unknown shape gives one Problem, a file that breaks off gives one, and everything else is read all the same.
    """
    read, broken, looked = 0, False, False
    for member in members:
        looked = True
        try:
            for locator, record in records(member):
                made = _made(record, member.at(locator), items)
                read += sum(isinstance(each, Item) for each in made)
                yield from made
        except BROKEN as error:
            broken = True
            yield Problem(member.at(), str(error) if isinstance(error, ForethoughtError) else BREAKS_OFF)
        except ODD:
            broken = True
            yield Problem(member.at(), ODD_FILE)
    yield Table(name, _state(looked, broken, read, said), read, said)


def _made(
    record: object, pointer: Pointer, items: Callable[[object, Pointer], Iterable[Item | Problem | Removed]]
) -> list[Item | Problem | Removed]:
    if isinstance(record, Exception):
        return [Problem(pointer, "a record that cannot be read")]
    try:
        return list(items(record, pointer))
    except ODD:
        return [Problem(pointer, "a record of a shape that is not known")]


def _state(looked: bool, broken: bool, read: int, said: int | None) -> State:
    if not looked:
        return "absent"
    if broken and not read:
        return "unreadable"
    if broken or (said is not None and read < said):
        return "partial"
    return "present" if read else "empty"
