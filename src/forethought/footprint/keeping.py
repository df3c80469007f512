"""Archives into the vault, and what is there reviewed: in whole batches, so that both can be stopped at will."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar, cast

from django.conf import settings
from django.db import connections, transaction
from django.db.models import F

from forethought import __version__
from forethought.clients import keeping as clients
from forethought.clients.telling import naming
from forethought.documents import Block, Document, Heading, Note, Paragraph
from forethought.footprint.actions import as_document
from forethought.footprint.archives import UnknownArchiveError, recognise
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Options, Platform, Recognition
from forethought.footprint.audit import PRIVATE, draft_of
from forethought.footprint.item import WRITING, Audience, Item, Media, Pointer, Problem, Record, Removed, Table
from forethought.footprint.jigsaw.clues import clue
from forethought.footprint.looking import looked
from forethought.footprint.models import Archive, Entry, Thread, Trouble
from forethought.footprint.models import worst_first as by_verdict
from forethought.footprint.veiled import fields_of, name_of, trouble_of
from forethought.footprint.weaving import noted
from forethought.guidance import Guidance
from forethought.pages.records import post_record
from forethought.reading import Context
from forethought.review import ReaderName, Report, review

T = TypeVar("T")
DEFAULT = Options()
SETTING = ("role", "kind", "audience")  # what a review takes from the archive
KEPT = ("rule", "severity", "confidence", "spans", "image", "seen")  # of each finding
BATCH = 500  # records or reviews that are stored together
MOST_TROUBLES = 1_000  # problems of one archive that are listed

Tell = Callable[[int], None]  # told how many are done; it raises StoppedError to stop


@dataclass(frozen=True, slots=True)
class Usual:
    """What an account is for, who sees it, since when the person is qualified, and how the export is to be read."""

    role: str = "counsellor"
    kind: str = "professional"
    audience: str = "public"
    qualified: date | None = None
    options: Options = DEFAULT


def bring_in(paths: Sequence[Path], usual: Usual, key: bytes, tell: Tell = lambda done: None) -> list[Archive]:
    """Read exports into the vault and return them; what is there already stays once.

    `key` makes the fingerprints of other people's names. Raises UnknownArchiveError, NotAnArchiveError and OSError.
    """
    with Files(paths) as files:
        found = recognise(files)
        if not found:
            raise UnknownArchiveError(", ".join(path.name for path in paths))
        archives = []
        for platform, recognition in found:
            archive = _archive(files, paths, platform, recognition, usual, key)
            found_in = looked(files, platform.read(files, recognition, usual.options), usual.options)
            _read(archive, found_in, key, tell)
            archives.append(archive)
        return archives


def _archive(
    files: Files, paths: Sequence[Path], platform: Platform, recognition: Recognition, usual: Usual, key: bytes
) -> Archive:
    """Return the archive that these files are, anew or as it was begun, with nothing counted yet."""
    sources = sorted({member.source for member in files})
    source = sources[0] if len(sources) == 1 else sha256("".join(sources).encode()).hexdigest()
    fields = {
        "name": name_of((path.name for path in paths), platform.name),
        "title": platform.title,
        "generation": recognition.generation[:80],
        "form": recognition.form,
        "language": recognition.language,
        "account": recognition.account[:200],
        "confidence": recognition.confidence,
        "advice": recognition.advice,
        "missing": list(recognition.missing),
        "role": usual.role,
        "kind": usual.kind,
        "audience": usual.audience,
        "qualified": usual.qualified,
        "finished": None,
        "read": 0,
        "tables": [],
        "removed": {},
    }
    with transaction.atomic():
        setting = {name: fields[name] for name in SETTING}
        before = Archive.objects.filter(source=source, platform=platform.name).exclude(**setting)
        Entry.objects.filter(archive__in=before).update(checked="")  # what was found there is to be weighed anew
        archive, _ = Archive.objects.update_or_create(
            source=source,
            platform=platform.name,
            defaults=fields,
            create_defaults=fields | {"begun": datetime.now(UTC)},
        )
        archive.troubles.all().delete()
        _note(archive, files.problems, key)
    return archive


def _read(archive: Archive, records: Iterable[Record], key: bytes, tell: Tell) -> None:
    for batch in batches(records, BATCH):
        with transaction.atomic():
            entries = [Entry(archive=archive, **fields_of(each, key)) for each in batch if isinstance(each, Item)]
            Entry.objects.bulk_create(entries, ignore_conflicts=True)
            _look_again(entries)
            _note(archive, [each for each in batch if isinstance(each, Problem)], key)
            for each in batch:
                if isinstance(each, Table):
                    archive.tables.append(
                        {"name": each.name, "state": each.state, "read": each.read, "said": each.said}
                    )
                elif isinstance(each, Removed):
                    archive.removed[each.field] = archive.removed.get(each.field, 0) + each.count
            archive.read += len(entries)
            archive.save()
        connections.close_all()
        tell(archive.read)
    archive.finished = datetime.now(UTC)
    archive.save()


def _look_again(entries: Sequence[Entry]) -> None:
    """Take what was seen in pictures into entries that are there from a time without a look; they are reviewed anew."""
    for entry in entries:
        if entry.gives or any(words for *_, words in entry.media):
            there = Entry.objects.filter(platform=entry.platform, key=entry.key).exclude(media=entry.media)
            there.update(media=entry.media, gives=entry.gives, checked="")


def _note(archive: Archive, problems: Sequence[Problem], key: bytes) -> None:
    room = max(0, MOST_TROUBLES - archive.troubles.count())
    Trouble.objects.bulk_create(Trouble(archive=archive, **trouble_of(each, key)) for each in problems[:room])


def version(reader: ReaderName) -> str:
    """Return the name under which what a version of the rules and a reader found is kept, with the clients known."""
    return " ".join(filter(None, (__version__, reader, clients.edition())))


def to_review(reader: ReaderName) -> Any:
    """Return the entries that this version has not reviewed yet."""
    written = Entry.objects.filter(kind__in=sorted(WRITING), own_words=True).exclude(who__in=sorted(PRIVATE))
    return written.exclude(text="", media=[]).exclude(checked=version(reader))


def own_guidance() -> Guidance:
    """Return the guidance of the person's own bodies."""
    guidance: Guidance = settings.GUIDANCE()
    return guidance


def audit(guidance: Guidance, reader: ReaderName = "learned", tell: Tell = lambda done: None) -> int:
    """Review every entry that this version has not reviewed, and return how many that were.

    Clients who were added are looked for, too. Between whiles no connection is held, so that a vault which is locked
    is not written to with its old key.
    """
    done, last, by, known = 0, 0, version(reader), naming(clients.recogniser_at_hand())
    while batch := list(to_review(reader).filter(pk__gt=last).select_related("archive").order_by("pk")[:BATCH]):
        connections.close_all()
        for entry in batch:
            report = review(draft_of(item_of(entry), usual_of(entry)), guidance, reader, known)
            _take(entry, report, by)
            entry.clue = noted(clue(report))
        with transaction.atomic():
            Entry.objects.bulk_update(batch, ("checked", "verdict", "findings", "before", "clue"))
        connections.close_all()
        done, last = done + len(batch), batch[-1].pk
        tell(done)
    return done


def _take(entry: Entry, report: Report, by: str) -> None:
    """Take a report into an entry; where another version saw something else, that is kept beside it."""
    found = post_record(entry.key, report)
    slim = [{name: each[name] for name in KEPT if name in each} for each in found["findings"]]
    now, then = sorted(each["rule"] for each in slim), sorted(each["rule"] for each in entry.findings)
    another = entry.checked and entry.checked.split()[:2] != by.split()[:2]  # and not just other clients known
    if another and (now, report.verdict) != (then, entry.verdict):
        entry.before = {"verdict": entry.verdict, "rules": then, "by": entry.checked}
    elif another:
        entry.before = {}
    entry.checked, entry.verdict, entry.findings = by, report.verdict, slim


def item_of(entry: Entry) -> Item:
    """Return the item that an entry was made of, as far as a review needs it."""
    answers = (("answers", entry.answers),) if entry.answers else ()
    return Item(
        cast(Any, entry.kind),
        entry.platform,
        Pointer(entry.source, entry.member, entry.locator),
        text=entry.text,
        audience=Audience(cast(Any, entry.who)),
        media=tuple(Media(*each) for each in entry.media),
        details=answers,
    )


def usual_of(entry: Entry) -> Context:
    """Return the usual setting of the account that an entry comes from."""
    archive = entry.archive
    return Context(role=cast(Any, archive.role), account=cast(Any, archive.kind), audience=cast(Any, archive.audience))


def batches(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """Yield the values in lists of `size`, the last one shorter."""
    every = iter(values)
    while batch := list(islice(every, size)):
        yield batch


def brought(archives: Sequence[Archive]) -> tuple[Document, list[dict[str, Any]]]:
    """Return what was read into the vault, as a document and as data."""
    blocks: list[Block] = []
    for each in archives:
        blocks += [Heading(2, each.title), Paragraph(f"{each.read:,} items from {each.name} are in your vault.")]
        blocks += [Note(each.advice)] if each.advice else []
    data = [{"platform": a.platform, "account": a.account, "read": a.read, "tables": a.tables} for a in archives]
    return Document("Read into your vault", tuple(blocks)), data


def audited() -> tuple[Document, dict[str, Any]]:
    """Return what the audit of the vault found, as a document and as data."""
    entries = list(worst_first().select_related("archive"))
    threads = list(Thread.objects.prefetch_related("entries"))
    data = {
        "posts": [{"id": e.key, "verdict": e.verdict, "findings": e.findings} for e in entries],
        "threads": [_thread_record(thread) for thread in threads],
    }
    return as_document(entries, datetime.now()), data


def _thread_record(thread: Thread) -> dict[str, Any]:
    keys = {str(entry.pk): entry.key for entry in thread.entries.all()}
    details = [{"post": keys.get(post, ""), "words": words, "kind": kind} for post, kind, _, words in thread.details]
    estimate = {"low": thread.low, "high": thread.high, "basis": thread.basis}
    about = {"about": thread.about, "identifying": thread.identifying, "loosen": thread.loosen}
    return {"posts": list(keys.values()), "details": details, "estimate": estimate, **about}


def worst_first() -> Any:
    """Return every reviewed entry that something was found in, the gravest and newest first."""
    found = Entry.objects.exclude(verdict__in=("", "clear")).annotate(rank=by_verdict())
    return found.order_by("rank", F("created").desc(nulls_last=True), "pk")
