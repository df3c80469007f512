"""What this room keeps: the archives that were read, their items with what was found in each, and the threads."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Case, IntegerField, Value, When

from forethought.footprint.jigsaw.telling import people
from forethought.pages.wording import choices
from forethought.reading import ACCOUNTS, AUDIENCES, ROLES
from forethought.rules import VERDICTS

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

DECISIONS = {
    "delete": "Delete it there",
    "edit": "Change it there",
    "restrict": "Show it to fewer people",
    "keep": "Keep it as it is",
}


class Archive(models.Model):
    """An export of one account, and how far reading it has come; `finished` is empty while it goes on."""

    name = models.CharField(max_length=255)
    source = models.CharField(max_length=64)
    platform = models.CharField(max_length=40)
    title = models.CharField(max_length=80)
    generation = models.CharField(max_length=80, blank=True)
    form = models.CharField(max_length=20)
    language = models.CharField(max_length=20, blank=True)
    account = models.CharField(max_length=200, blank=True)
    confidence = models.FloatField()
    advice = models.TextField(blank=True)
    missing = models.JSONField(default=list)
    role = models.CharField("You write there as", max_length=40, choices=choices(ROLES), default="counsellor")
    kind = models.CharField("The account is", max_length=40, choices=choices(ACCOUNTS), default="professional")
    audience = models.CharField("Who sees it", max_length=40, choices=choices(AUDIENCES), default="public")
    qualified = models.DateField(null=True, blank=True)
    begun = models.DateTimeField()
    finished = models.DateTimeField(null=True)
    read = models.PositiveIntegerField(default=0)
    tables = models.JSONField(default=list)
    removed = models.JSONField(default=dict)
    entries: "RelatedManager[Entry]"
    troubles: "RelatedManager[Trouble]"

    class Meta:
        """The newest first; the same input of the same account is there once."""

        ordering = ("-begun", "-pk")
        constraints = (models.UniqueConstraint(fields=("source", "platform"), name="one_archive_an_input"),)


class Entry(models.Model):
    """An item of an archive, and what the audit made of it.

    `checked` names the version and reader that reviewed it last, `before` the verdict and rules of the version before
    where they differ. `gives` tells that one of its pictures gives something away. `clue` is what the search for
    threads needs to know of it.
    """

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="entries")
    key = models.CharField(max_length=24)
    kind = models.CharField(max_length=20)
    platform = models.CharField(max_length=40)
    text = models.TextField(blank=True)
    address = models.TextField(blank=True)
    created = models.DateTimeField(null=True)
    raw = models.CharField(max_length=120, blank=True)
    zone = models.CharField(max_length=10, default="unknown")
    own_words = models.BooleanField(default=True)
    who = models.CharField(max_length=20, default="unknown")
    who_from = models.CharField(max_length=120, blank=True)
    answers = models.TextField(blank=True)
    media = models.JSONField(default=list)
    gives = models.BooleanField(default=False)
    details = models.JSONField(default=dict)
    source = models.CharField(max_length=64)
    member = models.TextField()
    locator = models.TextField(blank=True)
    checked = models.CharField(max_length=40, blank=True)
    verdict = models.CharField(max_length=12, blank=True)
    findings = models.JSONField(default=list)
    before = models.JSONField(default=dict)
    clue = models.JSONField(default=dict)
    decision = models.CharField(max_length=12, blank=True, choices=list(DECISIONS.items()))
    reason = models.TextField(blank=True)
    decided = models.DateTimeField(null=True)
    done = models.DateTimeField(null=True)
    threads: "RelatedManager[Thread]"

    class Meta:
        """By time; an item that two exports hold is there once."""

        ordering = ("created", "pk")
        constraints = (models.UniqueConstraint(fields=("platform", "key"), name="one_entry_an_item"),)
        indexes = (models.Index(fields=("checked",)), models.Index(fields=("verdict",)), models.Index(fields=("kind",)))

    @property
    def before_qualifying(self) -> bool:
        """Whether it was written before the person qualified, as far as they said when that was."""
        return bool(self.archive.qualified and self.created and self.created.date() < self.archive.qualified)

    @property
    def touches_client(self) -> bool:
        """Whether it may belong to a client's record, so that it is to be kept a copy of before it goes."""
        return any(found["rule"].startswith("confidentiality/") for found in self.findings)


def worst_first() -> Case:
    """Return what sorts entries by verdict, the gravest first."""
    whens = [When(verdict=verdict, then=Value(-rank)) for rank, verdict in enumerate(VERDICTS)]
    return Case(*whens, default=Value(1), output_field=IntegerField())


class Trouble(models.Model):
    """Something in an archive that could not be read or was left out: where, and what."""

    archive = models.ForeignKey(Archive, on_delete=models.CASCADE, related_name="troubles")
    source = models.CharField(max_length=64)
    member = models.TextField()
    locator = models.TextField(blank=True)
    what = models.TextField()


class Thread(models.Model):
    """Posts that tell of one person together, how many people could be meant, and what would loosen it."""

    entries = models.ManyToManyField(Entry, related_name="threads")
    about = models.CharField(max_length=200)
    identifying = models.BooleanField()
    recognise = models.BooleanField(default=False)
    low = models.PositiveBigIntegerField(null=True)
    high = models.PositiveBigIntegerField(null=True)
    basis = models.JSONField(default=list)
    details = models.JSONField(default=list)
    pair = models.JSONField(default=list)
    loosen = models.TextField(blank=True)
    made = models.DateTimeField()

    @property
    def people(self) -> str:
        """How many people could match, in words."""
        return people(self.low or 0, self.high or 0)

    class Meta:
        """Those that could identify somebody first, then the narrowest."""

        ordering = ("-identifying", "high", "pk")
