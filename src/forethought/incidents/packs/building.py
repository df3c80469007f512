"""Building a pack: its members in order, streamed as one zip file, with nothing held but the part at hand."""

from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from forethought.documents import Document
from forethought.incidents.packs import papers, tables
from forethought.incidents.packs.errors import ChangedItemError, NothingToPackError
from forethought.incidents.packs.model import Case, Going, Selection, Tell
from forethought.incidents.packs.writing import Writer
from forethought.incidents.packs.zipping import Zip

VERIFIER = Path(__file__).with_name("verify_pack.py")
BARE = {"incident", "stamp"}  # kinds of record that are no reason for a pack by themselves
Member = tuple[str, Callable[[], Iterable[bytes]], int]


class Pack:
    """A pack to be given: iterate over it once for its bytes. `number`, `sha256` and `length` are known after that.

    Raises ChangedItemError, DamagedVaultError and OSError on the way; what was given until then is no pack.
    """

    def __init__(self, case: Case, selection: Selection, made: datetime, tell: Tell) -> None:
        self.case, self.selection, self.made = case, selection, made
        self.number, self.sha256, self.length = "", "", 0
        self._tell, self._parts = tell, papers.parts(selection)

    @property
    def steps(self) -> int:
        """The number of steps that `tell` counts up to."""
        return len(self._parts) + len(self.selection.going)

    def __iter__(self) -> Iterator[bytes]:
        digest = sha256()
        for chunk in self._stream(Zip()):
            digest.update(chunk)
            self.length += len(chunk)
            yield chunk
        self.sha256 = digest.hexdigest()

    def _stream(self, zip: Zip) -> Iterator[bytes]:
        done = 0
        with closing(self._members()) as members:
            for name, content, length in members:
                yield from zip.add(name, content(), length)
                done += name.startswith(("chronology-", "originals/", "redacted/"))
                self._tell(min(done, self.steps))
        hashes = "".join(f"{digest}  {name}\n" for name, digest in zip.hashes.items()).encode()
        yield from zip.add("hashes.txt", [hashes])
        self.number = sha256(hashes).hexdigest()
        yield from zip.add("seal.txt", [f"{self.number}\n".encode()])
        yield from zip.end()

    def _members(self) -> Generator[Member, None, None]:
        """Yield the name of each member, what gives its bytes, and how many there are where there may be many."""
        yield from self._papers()
        for going in self.selection.going:
            yield going.file, partial(self._item, going), int(going.kept.value("length") or 0)
        yield "chain.jsonl", partial(tables.chain, self.case), 0
        yield "records.jsonl", partial(tables.records, self.selection), 0
        yield "head.txt", partial(_one, self.case.head.text.encode()), 0
        yield from self._stamps()
        yield "verify.py", partial(_one, VERIFIER.read_bytes()), 0

    def _papers(self) -> Iterator[Member]:
        kinds = papers.kinds()
        yield "README.txt", partial(_one, papers.readme(self.case, kinds).encode()), 0
        yield "statement.txt", partial(_one, papers.statement(self.case).encode()), 0
        with Writer(len(self._parts) * len(kinds.for_work)) as writer:
            for name, document, kind in self._documents(kinds):
                yield f"{name}.{kind}", partial(_file, writer, document, kind), 0
        yield "index.csv", partial(tables.index_csv, self.selection), 0
        yield "index.json", partial(tables.index_json, self.case, self.selection, self.made), 0

    def _documents(self, kinds: papers.Kinds) -> Iterator[tuple[str, Document, str]]:
        """Yield each document with the name and the kind of the file that it becomes."""
        cover = papers.cover(self.case, self.selection, self.made)
        for name, document in (("cover", cover), ("challenges", papers.challenges(self.case))):
            yield from ((name, document, kind) for kind in kinds.for_reading)
        for at, part in enumerate(self._parts, 1):
            document = papers.chronology(part, at, len(self._parts))
            yield from ((f"chronology-{at}", document, kind) for kind in kinds.for_work)

    def _stamps(self) -> Iterator[Member]:
        for at, stamp in enumerate(self.case.stamps, 1):
            head = self.case.head_at(stamp.head_length).text.encode()
            yield f"stamps/{at:02}.tsr", partial(_one, stamp.token), 0
            yield f"stamps/{at:02}-roots.pem", partial(_one, stamp.roots), 0
            yield f"stamps/{at:02}-head.txt", partial(_one, head), 0

    def _item(self, going: Going) -> Iterator[bytes]:
        """Yield an item's bytes, and make sure that they are those that were kept."""
        digest = sha256()
        for chunk in self.case.open(going.kept.record):
            digest.update(chunk)
            yield chunk
        if digest.hexdigest() != going.kept.value("sha256"):
            raise ChangedItemError(going.kept.number)


def build(case: Case, selection: Selection, made: datetime, tell: Tell = lambda done: None) -> Pack:
    """Return a pack whose bytes come when it is iterated over; `tell` is called with the steps done so far.

    Raises NothingToPackError where it would hold neither an item nor anything that was noted.
    """
    if not selection.going and all(each.kept.what in BARE for each in selection.told):
        raise NothingToPackError
    return Pack(case, selection, made, tell)


def _file(writer: Writer, document: Document, kind: str) -> Iterator[bytes]:
    yield writer.file(document, kind)


def _one(content: bytes) -> Iterator[bytes]:
    yield content
