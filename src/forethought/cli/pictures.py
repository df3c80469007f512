"""Pictures that go out with a draft: what each gives away and shows, as `check` tells of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from shlex import quote
from typing import Any

from forethought.documents import Block, Document, Heading, Note, Paragraph, Table
from forethought.media import telling
from forethought.media.apart import Apart
from forethought.media.cleaning import Seen
from forethought.media.format import Wishes
from forethought.media.wished import Wished
from forethought.pages.wording import joined


def looked_at(names: Sequence[str]) -> list[Seen]:
    """Return what each picture gives away, and what is to be seen in it. Raises NotReadError."""
    wished = Wished.of(Wishes(), see=True, cover=())
    with Apart() as apart:
        return [wished.seen(apart, Path(name)) for name in names]


def with_pictures(page: Document, names: Sequence[str], seen: Sequence[Seen]) -> Document:
    """Return the page of a report with a word on its pictures before it, and after it what they give away."""
    return replace(page, blocks=(*_warned(seen), *page.blocks, *_told(names, seen)))


def _warned(seen: Sequence[Seen]) -> Iterator[Block]:
    numbers = [str(number) for number, each in enumerate(seen, 1) if _is_telling(each)]
    if numbers:
        which = f"picture{'s' if len(numbers) > 1 else ''} {joined(numbers)}"
        yield Note(f"Before you post, read what is said below of {which}.")


def _is_telling(seen: Seen) -> bool:
    """Tell whether a picture gives something away, shows faces or what may be private, or could not be read."""
    shows = seen.sight and (seen.sight.faces or seen.sight.signs)
    return bool(seen.traces or shows or not seen.format)


def _told(names: Sequence[str], seen: Sequence[Seen]) -> Iterator[Block]:
    for number, (name, each) in enumerate(zip(names, seen, strict=True), 1):
        yield Heading(2, f"Picture {number}: {each.name}")
        yield from (block for block in telling.given_away(each) if not isinstance(block, Table))
        yield from telling.to_be_seen(each)
        if each.traces:
            yield Paragraph(f"Post a clean copy in its place: forethought clean {quote(name)} --out clean")
    yield Paragraph(telling.NOT_REMOVED)


def records(seen: Sequence[Seen]) -> dict[str, Any]:
    """Return the same as data, for the record of a draft."""
    return {"pictures": [telling.record(each) for each in seen]}
