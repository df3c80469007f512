"""What this room keeps: incidents, and the events of each one's ledger with the content that they commit to."""

from typing import TYPE_CHECKING, Any

from django.db import models

from forethought.incidents.fields import value_of
from forethought.incidents.ledger import Canonical, Link

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Incident(models.Model):
    """Something that happened to the person online, or that is about them.

    `head` and `length` are those of its chain. `answers` are what was answered to the triage, `quiet_until` the end of
    a time in which its items are not shown, and `look_again` the day on which to ask whether to keep it.
    """

    key = models.CharField(max_length=32, unique=True)
    title = models.CharField(max_length=200)
    opened = models.DateTimeField()
    closed = models.DateTimeField(null=True, blank=True)
    head = models.CharField(max_length=64)
    length = models.PositiveIntegerField(default=0)
    answers = models.JSONField(default=dict)
    quiet_until = models.DateField(null=True, blank=True)
    look_again = models.DateField(null=True, blank=True)
    events: "RelatedManager[Event]"

    class Meta:
        """The newest first."""

        ordering = ("-opened", "-pk")

    def save(self, *args: Any, **named: Any) -> None:
        """Store what was changed; the title and the chain's head and length are the ledger's alone to move."""
        if self.pk and named.get("update_fields") is None:
            named["update_fields"] = ("closed", "answers", "quiet_until", "look_again")
        super().save(*args, **named)


class Event(models.Model):
    """One link of an incident's chain, and the content that it commits to: `salt` and `fields`.

    Both are emptied when its record is removed; the link stays. `current` marks the newest content of a record.
    """

    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="events")
    number = models.PositiveIntegerField()
    previous = models.CharField(max_length=64)
    at = models.CharField(max_length=32)
    did = models.CharField(max_length=12)
    what = models.CharField(max_length=12)
    record = models.CharField(max_length=32)
    content = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    salt = models.CharField(max_length=64, blank=True)
    fields = models.JSONField(null=True, encoder=Canonical)
    digest = models.CharField(max_length=64, blank=True)
    current = models.BooleanField(default=False)

    class Meta:
        """In the order of the chain, in which each number is there once."""

        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("incident", "number"), name="one_event_a_number"),)
        indexes = (
            models.Index(fields=("incident", "what", "number", "did", "current")),
            models.Index(fields=("record", "incident", "number")),
            models.Index(fields=("digest", "incident", "number")),
        )  # with the number, since SQLite reads a whole incident in its order where an index does not give that

    @property
    def link(self) -> Link:
        """The link as the chain has it."""
        return Link(
            self.incident.key, self.number, self.previous, self.at, self.did, self.what, self.record, self.content
        )

    def value(self, name: str) -> Any:
        """Return a field's value, empty where it has none."""
        return value_of(self.fields or {}, name)
