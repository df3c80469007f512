"""When it is about oneself, a complaint or a regretted post: the stages in order, and the log that shows care."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Table
from forethought.errors import ForethoughtError
from forethought.guidance.schema import Entry, Schema, read, tables
from forethought.incidents.noting import Record, day, deeds, entered

FILE = Path(__file__).with_name("about_me.toml")
SCHEMA = Schema(required={"id": str, "title": str, "words": str, "steps": list}, optional={})
NATURES = ("complaint", "own-post")  # what may have happened where this applies
FIRST, NOT_BEFORE = "capture", "remove"  # nothing is taken down before a copy is kept
PROVES = (
    "What was done is in the person's own words. The time of each entry is that of this computer's clock, and the "
    "order of the entries is fixed by the ledger's chain: a later change shows. It does not show more than that."
)


class CaptureFirstError(ForethoughtError):
    """Something is to be taken down of which no copy is noted."""

    def __init__(self) -> None:
        super().__init__(
            "keep a copy first: once it is taken down, nobody can see what it was. Note that you kept one, or why none "
            "could be kept, and then go on."
        )


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage; `steps` are those of the plan that belong to it, `words` stand where the plan has none."""

    id: str
    title: str
    words: str
    steps: tuple[str, ...]

    def holds(self, step: str) -> bool:
        """Return whether a step of the plan belongs to it."""
        return step == self.id or step in self.steps


@dataclass(frozen=True, slots=True)
class Gone:
    """A stage with what was noted for it, in the order in which it was entered."""

    stage: Stage
    noted: tuple[Record, ...]


@cache
def stages() -> tuple[Stage, ...]:
    """Return the stages in order. Raises PackError, naming file and line."""
    return tuple(map(_stage, tables(FILE, read(FILE), "stage")))


def _stage(entry: Entry) -> Stage:
    entry.check(SCHEMA)
    return Stage(**{**entry.values, "steps": tuple(entry.values["steps"])})


def way(records: Iterable[Record]) -> tuple[Gone, ...]:
    """Return every stage in order with the actions that the ledger has for it."""
    done = deeds(records)
    return tuple(
        Gone(stage, tuple(sorted((r for step, held in done.items() if stage.holds(step) for r in held), key=_at)))
        for stage in stages()
    )


def coming(gone: Sequence[Gone]) -> Stage | None:
    """Return the first stage for which nothing is noted: what to do next. None where every stage has something."""
    return next((each.stage for each in gone if not each.noted), None)


def waits(step: str, noted: Mapping[str, tuple[Record, ...]]) -> bool:
    """Return whether a step takes something down of which no copy is noted; `noted` is what `deeds` returns."""
    by_id = {each.id: each for each in stages()}
    return by_id[NOT_BEFORE].holds(step) and not any(by_id[FIRST].holds(each) for each in noted)


def check_order(step: str, records: Iterable[Record]) -> None:
    """Raise CaptureFirstError where a step takes something down while no copy is noted."""
    if waits(step, deeds(records)):
        raise CaptureFirstError


def summary(records: Sequence[Record], question: str, today: date) -> Document:
    """Return what to take to supervision: what it is about, what was done at each stage, what is open, what to ask."""
    gone = way(records)
    first = next(each for each in records if each.what == "incident")
    about = [str(first.value(name)) for name in ("title", "about") if first.value(name)]
    return Document("To take to supervision", (
        Paragraph(f"Put together on {day(today.isoformat())}."), *map(Paragraph, about),
        Heading(2, "What I want to ask"), Paragraph(question.strip() or "Nothing is written down yet."),
        *_log(gone), *_open(gone), Note(PROVES),
        Note("Read it once more before you hand it over, and take out whatever shows more of a client than is needed."),
    ))  # fmt: skip


def _log(gone: Iterable[Gone]) -> Iterator[Block]:
    """Yield what was noted, in the order of the stages."""
    yield Heading(2, "What was done, and when")
    rows = tuple(_row(each.stage, record) for each in gone for record in each.noted)
    if rows:
        yield Table("What was done", ("Stage", "Done", "Entered", "What", "With whom, and reference"), rows)
    else:
        yield Paragraph("Nothing is noted yet.")


def _row(stage: Stage, record: Record) -> tuple[str, ...]:
    told = (record.value("to"), record.value("reference"), record.value("answer"))
    words = (record.value("step"), record.value("remark"))
    return (
        stage.title, day(record.value("when")), entered(record), " ".join(str(each) for each in words if each),
        ", ".join(str(each) for each in told if each),
    )  # fmt: skip


def _open(gone: Iterable[Gone]) -> Iterator[Block]:
    if left := tuple(each.stage.title for each in gone if not each.noted):
        yield Heading(2, "Still open")
        yield Listing(left)


def _at(record: Record) -> str:
    return record.at
