"""What the desk keeps: who the person is, drafts held back, and findings set aside with a reason."""

from datetime import datetime

from django.db import models

from forethought.desk.door import IDLE
from forethought.pages.wording import choices
from forethought.reading import ROLES

NATIONS = ("England", "Northern Ireland", "Scotland", "Wales", "elsewhere")


class Profile(models.Model):
    """Who the person is; there is one. With no `bodies` named, every document counts."""

    role = models.CharField(max_length=40, choices=choices(ROLES), default="counsellor")
    nation = models.CharField(max_length=40, choices=choices(NATIONS), default="England")
    bodies = models.JSONField(default=list, blank=True)
    idle_minutes = models.PositiveSmallIntegerField(default=IDLE // 60)

    @classmethod
    def current(cls) -> "Profile":
        """Return the profile, with safe defaults where none was given yet."""
        return cls.objects.first() or cls()


class HeldDraft(models.Model):
    """A draft that waits; it may be looked at again from `until` on."""

    text = models.TextField()
    context = models.JSONField(default=dict)
    made = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        """The one that has waited longest first."""

        ordering = ("until", "pk")

    def is_ripe(self, now: datetime) -> bool:
        """Whether the time has come to look at it again; a clock that was moved back does not let it go early."""
        return bool(now >= self.until)


class SetAside(models.Model):
    """A finding that does not hold here, and why; it is not raised again over the same words."""

    rule = models.CharField(max_length=80)
    words = models.TextField()
    reason = models.TextField(blank=True)
    severity = models.CharField(max_length=20)
    made = models.DateTimeField()

    class Meta:
        """The newest first."""

        ordering = ("-made", "-pk")
