"""What this room keeps, for a day: files that were looked at, and their clean copies, both sealed in the vault."""

from pathlib import PurePath
from typing import TYPE_CHECKING

from django.db import models

from forethought.media.cleaning import Seen
from forethought.media.trace import KINDS, Trace

if TYPE_CHECKING:
    from forethought.media.seeing.sight import Sight

SHOWN = {"JPEG": "image/jpeg", "PNG": "image/png", "GIF": "image/gif", "WebP": "image/webp"}  # what browsers show
COVERED = frozenset({*SHOWN, "BMP"})  # in which something can be painted over


class File(models.Model):
    """A file that was looked at: what it gave away, and the clean copy, where one was made.

    `key` names its sealed files. `copy` is the name that the copy goes out under; `left` is what a second look still
    found where there is none, and `why` the reason. `sight` is what is to be seen in a picture, once it was looked for;
    `covered` the stretches that are covered in its copy.
    """

    name = models.CharField(max_length=255)
    key = models.CharField(max_length=32, unique=True)
    format = models.CharField(max_length=60, blank=True)
    kind = models.CharField(max_length=20, blank=True)
    traces = models.JSONField(default=list)
    misnamed = models.BooleanField(default=False)
    copy = models.CharField(max_length=60, blank=True)
    size = models.BigIntegerField(default=0)
    left = models.JSONField(default=list)
    why = models.TextField(blank=True)
    sight = models.JSONField(default=dict)
    covered = models.JSONField(default=list)
    made = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-made", "-pk")

    def seen(self) -> Seen:
        """Return what it gave away, as a look found it."""
        traces = tuple(Trace(*each) for each in self.traces)
        return Seen(self.name, self.format, self.kind, traces, self.why, self.misnamed)

    def take(self, seen: Seen) -> None:
        """Take over what a look found; the worst first, and no kind of trace that is unknown."""
        self.format, self.kind, self.why, self.misnamed = seen.format, seen.kind, seen.why, seen.misnamed
        self.traces = [[each.kind, each.where, each.value] for each in seen.traces if each.kind in KINDS]

    def look_at(self, sight: "Sight") -> None:
        """Take over what is to be seen in it."""
        self.sight = {
            "size": sight.size,
            "said": sight.sentences,
            "faces": [each.head(sight.size).edges for each in sight.faces],
            "lines": [[each.text, each.box.edges] for each in sight.words.lines],
        }

    @property
    def words(self) -> str:
        """The words that were read in it, a line each."""
        return "\n".join(line for line, _ in self.sight.get("lines", []))

    @property
    def can_be_covered(self) -> bool:
        """Whether stretches of it can be painted over."""
        return bool(self.sight.get("size")) and self.format in COVERED

    @property
    def is_picture(self) -> bool:
        """Whether faces and words can be looked for in it."""
        return bool(self.kind == "picture")

    @property
    def suffix(self) -> str:
        """How its name ends, in plain letters, as the copy of the file on disk is called."""
        end = PurePath(self.name).suffix.lower()
        return end if end[1:].isalnum() and end.isascii() and len(end) < 9 else ""

    @property
    def shown_as(self) -> str:
        """The media type by which a browser shows its clean copy; empty where it shows none."""
        return SHOWN.get(self.format, "") if self.copy else ""
