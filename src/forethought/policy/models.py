"""What this room keeps: the answers as they are being given, each version of the policy, and who was given which."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models

from forethought.documents import Document
from forethought.documents.stored import restored
from forethought.policy.model import Answers
from forethought.policy.sections import Section, section
from forethought.policy.versions import due, next_review
from forethought.policy.writing import Edition

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

WAYS = (
    ("talked", "Handed over and talked through"),
    ("handed", "Handed over on paper"),
    ("sent", "Sent by e-mail or post"),
    ("read", "Read on my website"),
    ("easy", "In easy words, talked through"),
)


class Interview(models.Model):
    """The answers so far; there is one."""

    answers = models.JSONField(default=dict)
    changed = models.DateTimeField()

    @classmethod
    def current(cls) -> "Interview | None":
        """Return the interview that was begun, if one was."""
        return cls.objects.first()


class Version(models.Model):
    """A version of the policy, by its number: the answers that it was made of, and what it said then.

    `said` holds its sections and `papers` its documents, by id, as they were: what clients were given does not change
    when sentences do.
    """

    number = models.PositiveIntegerField(unique=True)
    made = models.DateField()
    answers = models.JSONField()
    said = models.JSONField()
    papers = models.JSONField()
    given: "RelatedManager[Given]"

    class Meta:
        """The newest first."""

        ordering = ("-number",)

    @property
    def edition(self) -> Edition:
        """What the documents call it."""
        return Edition(self.number, self.made)

    @property
    def told(self) -> Answers:
        """The answers, as they are read."""
        return {id: tuple(given) for id, given in self.answers.items()}

    @property
    def sections(self) -> tuple[Section, ...]:
        """What it said, topic by topic."""
        return tuple(section(each) for each in self.said)

    def paper(self, id: str) -> Document:
        """Return one of its papers, as it was. Raises KeyError for one that was not there then."""
        return restored(self.papers[id])

    @property
    def review_on(self) -> date:
        """The day on which it is to be looked at again."""
        return next_review(self.made, self.told)

    def is_due(self, today: date) -> bool:
        """Whether that day has come."""
        return due(self.made, today, self.told)


class Given(models.Model):
    """That somebody was given a version, by the practitioner's own reference, and whether they agreed."""

    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="given")
    reference = models.CharField(max_length=40)
    on = models.DateField()
    way = models.CharField(max_length=10, choices=WAYS)
    agreed = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-on", "-pk")
