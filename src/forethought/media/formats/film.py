"""Films and sound in MP4, QuickTime and their kin: all that is not picture or sound is blanked where it stands.

Boxes: ISO/IEC 14496-12 and -14, QuickTime File Format, 3GPP TS 26.244. Nothing moves, so picture and sound stay exact.
"""

from collections.abc import Iterable, Iterator

from forethought.media.buffer import Buffer, Change
from forethought.media.format import Format, Wishes
from forethought.media.isobmff.boxes import Find
from forethought.media.isobmff.film_doubts import doubts
from forethought.media.isobmff.layout import MEDIA, after, film, outer, top, unused
from forethought.media.trace import Trace


def _finds(data: Buffer) -> Iterator[Find]:
    """Yield everything in a film that a copy must not hold. Raises CannotCleanError."""
    found, end = top(data)
    held = film(data, found)
    yield from outer(data, found)
    yield from held.finds()
    places = [(box.body, box.end) for box in found if box.kind == MEDIA]
    yield from unused(data, places, held.kept, held.removed)
    yield from held.in_pictures()
    yield from after(data, end)


def traces(data: Buffer) -> Iterator[Trace]:
    """Yield what a film gives away. Raises CannotCleanError."""
    for find in _finds(data):
        yield from find.traces()


def clean(data: Buffer, wishes: Wishes) -> Iterable[Change]:
    """Return the changes that leave a film's picture and sound and nothing else. Raises CannotCleanError."""
    return [change for find in list(_finds(data)) for change in find.changes()]


FORMAT = Format("MP4 or QuickTime", "film", ("mp4", "mov", "m4v", "m4a", "3gp", "qt"), traces, clean, doubts)
