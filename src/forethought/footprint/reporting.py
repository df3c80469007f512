"""The audit of exports or a timeline without a vault: each post reviewed as it is read, then what combines."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Quote, Terms
from forethought.documents import Table as Grid
from forethought.footprint.archives import UnknownArchiveError, recognise
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Options, Recognition
from forethought.footprint.audit import draft_of, reviewable, usual_from
from forethought.footprint.guess import Guess, Guesses, OwnPost
from forethought.footprint.item import Item, Problem, Removed, Table
from forethought.footprint.jigsaw.clues import clue
from forethought.footprint.jigsaw.telling import people
from forethought.footprint.jigsaw.threads import Thread, Told, threads, worth_keeping
from forethought.footprint.looking import looked
from forethought.guidance import Guidance
from forethought.pages.records import post_record
from forethought.pages.wording import rule_title
from forethought.reading import Context
from forethought.review import ReaderName, review

Tell = Callable[[int], None]
WORST = 20  # posts that a page shows
GRAVE = ("stop", "pause", "consider")  # verdicts of posts that something was found in, the gravest first


@dataclass(slots=True)
class Found:
    """What was met in one export: what it was taken for, how many items of each kind, and what could not be read."""

    recognition: Recognition
    title: str
    kinds: dict[str, int] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    removed: dict[str, int] = field(default_factory=dict)

    def take(self, record: object) -> None:
        """Count one record."""
        if isinstance(record, Item):
            self.kinds[record.kind] = self.kinds.get(record.kind, 0) + 1
        elif isinstance(record, Table):
            self.tables.append(record)
        elif isinstance(record, Removed):
            self.removed[record.field] = self.removed.get(record.field, 0) + record.count
        elif isinstance(record, Problem):
            self.problems.append(record)

    def record(self) -> dict[str, Any]:
        """Return it as data."""
        known = self.recognition
        return {
            "platform": known.platform,
            "generation": known.generation,
            "form": known.form,
            "language": known.language,
            "account": known.account,
            "confidence": known.confidence,
            "evidence": list(known.evidence),
            "missing": list(known.missing),
            "advice": known.advice,
            "items": self.kinds,
            "tables": [{"name": t.name, "state": t.state, "read": t.read, "said": t.said} for t in self.tables],
            "removed": self.removed,
            "problems": [
                {"member": each.pointer.member, "locator": each.pointer.locator, "what": each.what}
                for each in self.problems
            ],
        }


def records(paths: Sequence[Path], options: Options, found: list[Found]) -> Iterator[Item]:
    """Yield every item of the exports at `paths`, and note in `found` what was met, export by export."""
    with Files(paths) as files:
        known = recognise(files)
        if not known:
            raise UnknownArchiveError(", ".join(path.name for path in paths))
        for platform, recognition in known:
            here = Found(recognition, platform.title, problems=list(files.problems))
            found.append(here)
            for record in looked(files, platform.read(files, recognition, options), options):
                here.take(record)
                if isinstance(record, Item):
                    yield record


def look(paths: Sequence[Path], options: Options) -> list[Found]:
    """Return what is in the exports at `paths`; nothing is kept."""
    found: list[Found] = []
    for _ in records(paths, options, found):
        pass
    return found


@dataclass(slots=True)
class Audit:
    """An audit as it goes: `posts` yields the record of each post; what is known only at the end comes after that."""

    guidance: Guidance
    reader: ReaderName
    usual: Mapping[str, str]
    found: list[Found] = field(default_factory=list)
    profile: dict[str, str] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    learned: Guesses = field(default_factory=Guesses)

    def posts(
        self, paths: Sequence[Path], options: Options, tell: Tell = lambda done: None
    ) -> Iterator[dict[str, Any]]:
        """Yield a record of each post that can be reviewed, in order, as `check --posts` writes it."""
        context: Context | None = None
        for done, item in enumerate(records(paths, options, self.found), 1):
            if item.kind == "profile" and not self.profile:
                self.profile = dict(item.details)
            if reviewable(item):
                context = context or usual_from({**self.profile, **self.usual})
                yield self._reviewed(item, context)
            tell(done)

    def _reviewed(self, item: Item, context: Context) -> dict[str, Any]:
        draft = draft_of(item, context)
        report = review(draft, self.guidance, self.reader)
        id, known = item.key or item.id, clue(report)
        if worth_keeping(known):
            self.told.append(Told(id, item.text, known, item.created.at))
        rules = [each.finding.rule.id for each in report.findings]
        self.learned.take(OwnPost(id, item.text, [(d.kind, *d.span) for d in known.own], rules))
        about = {"created": item.created.raw, "platform": item.platform, "text": item.text}
        gives = [{"file": each.name, "gives": each.gives} for each in item.media if each.gives]
        return about | ({"pictures": gives} if gives else {}) | post_record(id, report)

    def threads(self) -> list[Thread]:
        """Return the posts that are about one person together, once every post was yielded."""
        return threads(self.told, self.profile.get("location", ""))

    def guesses(self) -> list[Guess]:
        """Return what could be guessed about the author, once every post was yielded."""
        return self.learned.told()


def thread_record(thread: Thread) -> dict[str, Any]:
    """Return a thread as data."""
    return {
        "posts": list(thread.posts),
        "about": thread.about,
        "identifying": thread.identifying,
        "recognise_themselves": thread.recognise,
        "estimate": {
            "low": thread.estimate.low,
            "high": thread.estimate.high,
            "basis": list(thread.estimate.basis),
        },
        "details": [{"post": each.post, "words": each.words, "kind": each.kind} for each in thread.details],
        "pair": [{"words": each.words, "kind": each.kind} for each in thread.pair],
        "loosen": thread.loosen,
    }


def guess_record(guess: Guess) -> dict[str, Any]:
    """Return what could be guessed as data."""
    return {"topic": guess.topic, "given": [{"post": each.post, "words": each.words} for each in guess.given]}


def contents(found: Sequence[Found]) -> Document:
    """Return what is in some exports as a document."""
    blocks: list[Block] = []
    for each in found:
        known = each.recognition
        about = f"{known.generation or 'an export'}, {known.form}, {known.confidence:.0%} sure"
        blocks += [Heading(2, f"{each.title}{f': {known.account}' if known.account else ''}"), Paragraph(about)]
        blocks.append(Listing(tuple(f"{count:,} of kind {kind}" for kind, count in sorted(each.kinds.items()))))
        blocks += _not_read(each)
        blocks += [Note(known.advice)] if known.advice else []
    return Document("What these exports hold", tuple(blocks))


def _not_read(found: Found) -> Iterator[Block]:
    for state, words in (("absent", "Not in it"), ("empty", "There, and empty"), ("unreadable", "Could not be read")):
        names = [each.name for each in found.tables if each.state == state]
        if names:
            yield Paragraph(f"{words}: {', '.join(names)}.")
    if found.removed:
        dropped = ", ".join(f"{field} ({count:,})" for field, count in sorted(found.removed.items()))
        yield Paragraph(f"Left out on purpose, since they are secret or other people's: {dropped}.")
    if found.problems:
        count = len(found.problems)
        yield Paragraph(f"{count:,} record{'s' if count > 1 else ''} could not be read.")


def document(audit: Audit, rows: Iterable[Mapping[str, Any]]) -> Document:
    """Return an audit as a document: the counts, the gravest posts, what combines, and what could be guessed.

    The rows are read one by one, and only those that are shown are held.
    """
    counts: Counter[str] = Counter()
    grave: dict[str, list[Mapping[str, Any]]] = {verdict: [] for verdict in GRAVE}
    for row in rows:
        counts[row["verdict"]] += 1
        if len(grave.get(row["verdict"], ())) < WORST:
            grave.get(row["verdict"], []).append(row)
    shown = [row for verdict in GRAVE for row in grave[verdict]][:WORST]
    more = sum(counts[verdict] for verdict in GRAVE) - len(shown)
    every = tuple((verdict.capitalize(), f"{counts[verdict]:,}") for verdict in (*GRAVE, "clear"))
    blocks: list[Block] = [
        Grid("What was found", ("Verdict", "Posts"), every),
        *_combined(audit.threads()),
        *(block for row in shown for block in _grave(row)),
    ]
    if more:
        blocks.append(Paragraph(f"{more:,} more posts had something found in them: use --format json."))
    for guess in audit.guesses():
        words = "; ".join(each.words for each in guess.given[:8])
        blocks.append(Terms(((f"A stranger learns: {guess.topic.lower()}", words),)))
    return Document("What is already out there", tuple(blocks))


def _combined(found: Sequence[Thread]) -> Iterator[Block]:
    if found:
        yield Heading(2, "Posts that tell of one person together")
    for each in found:
        danger = "could tell who is meant" if each.identifying else "not narrow by itself"
        yield Heading(3, f"{each.about.capitalize()}: {danger}")
        yield Paragraph(
            f"Posts {', '.join(each.posts)}. "
            f"By published figures {people(each.estimate.low, each.estimate.high)} could match."
        )
        yield (
            Paragraph(f"The smallest change: {each.loosen}")
            if each.loosen
            else Paragraph("; ".join(each.estimate.basis))
        )


def _grave(row: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading(3, f"{row['verdict'].capitalize()}: {row['id']}{_when(row)}")
    yield Quote(row["text"])
    yield Listing(tuple(f"{rule_title(each['rule'])}: {each['instead']}" for each in row["findings"]))


def _when(row: Mapping[str, Any]) -> str:
    return f", {row['created']}" if row["created"] else ""
