"""What this room keeps: accounts, their reviews, searches for oneself, looks at passwords, a calendar, and hacks."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from forethought.accounts.places import MANY, OTHER, places, posted_as
from forethought.accounts.vocabulary import KINDS, LEVELS
from forethought.pages.wording import choices
from forethought.reading import ACCOUNTS, AUDIENCES

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager

TWO_STEP = {
    "unknown": "I do not know yet",
    "yes": "Switched on",
    "no": "Not switched on",
    "not-offered": "Not offered there",
}


class Account(models.Model):
    """An account of the person's: what it is for, who sees it, how it is guarded, and what it shows of them.

    `email`, `phone` and `photo` hold marks under the vault's key, never an address, a number or a picture. `names` are
    other and former names that it shows, `links` those in its bio, `reasons` why a setting stays below what a body
    asks for, by the setting's id, and `halfway` a review that was begun and is not finished.
    """

    name = models.CharField("What you call it", max_length=120)
    platform = models.CharField("Where it is", max_length=40, choices=places, default=OTHER)
    handle = models.CharField("Its handle or address there", max_length=200, blank=True)
    kind = models.CharField("What it is for", max_length=40, choices=list(KINDS.items()), default="professional")
    audience = models.CharField("Who sees it", max_length=40, choices=choices(AUDIENCES), default="public")
    who_can_post = models.CharField("Who can post from it", max_length=200, blank=True)
    recovery = models.TextField("How you get it back if you are locked out", blank=True)
    two_step = models.CharField("Two-step sign-in", max_length=12, choices=list(TWO_STEP.items()), default="unknown")
    linked_apps = models.JSONField("Apps that may use it", default=list, blank=True)
    public_name = models.CharField("The name that it shows", max_length=200, blank=True)
    names = models.JSONField("Other names that it shows or showed", default=list, blank=True)
    bio = models.TextField("What it says of you", blank=True)
    links = models.JSONField("Links in its bio", default=list, blank=True)
    email = models.CharField(max_length=32, blank=True)
    phone = models.CharField(max_length=32, blank=True)
    photo = models.CharField(max_length=100, blank=True)
    level = models.CharField("How private it is to be", max_length=12, choices=list(LEVELS.items()), default="careful")
    reasons = models.JSONField(default=dict, blank=True)
    halfway = models.JSONField(default=dict, blank=True)
    last_used = models.DateField("Last used", null=True, blank=True)
    last_reviewed = models.DateField(null=True, blank=True)
    closed = models.DateField("Closed on", null=True, blank=True)
    note = models.TextField("Note", blank=True)
    reviews: "RelatedManager[Review]"
    hacks: "RelatedManager[Hack]"

    class Meta:
        """In order of name; a handle is there once on a platform that is one place."""

        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("handle"),
                "platform",
                condition=~Q(handle="") & ~Q(platform__in=MANY),
                name="one_account_a_handle",
                violation_error_message="you have an account with this handle there already. Change that one instead.",
            ),
            models.CheckConstraint(condition=Q(kind__in=list(KINDS)), name="account_kind_known"),
            models.CheckConstraint(condition=Q(level__in=list(LEVELS)), name="account_level_known"),
            models.CheckConstraint(condition=Q(two_step__in=list(TWO_STEP)), name="account_two_step_known"),
        )

    def __str__(self) -> str:
        return str(self.name)

    @property
    def posted_as(self) -> str:
        """What a draft calls its platform; empty where nothing is posted from it: closed, no longer used, a device."""
        in_use = self.closed is None and self.kind in ACCOUNTS
        return posted_as(self.platform) if in_use else ""


class Review(models.Model):
    """A look through a platform's settings: what was seen, by whom, and what had changed since the one before.

    `platform` is the check-up's, which may be another than the account's. `answers` maps a setting to the option seen,
    `changes` is as `checkups.compare` found them, and `screenshots` are records sealed in the vault.
    """

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="reviews")
    platform = models.CharField(max_length=40)
    made = models.DateTimeField()
    level = models.CharField(max_length=12, choices=list(LEVELS.items()))
    answers = models.JSONField(default=dict)
    by = models.CharField(max_length=80, default="me")
    screenshots = models.JSONField(default=list, blank=True)
    changes = models.JSONField(default=dict)

    class Meta:
        """The newest first."""

        ordering = ("-made", "-pk")


class SelfSearch(models.Model):
    """A search for oneself: what was looked for, by sort, and each find with where, what, and what was done."""

    made = models.DateTimeField()
    searched = models.JSONField(default=list)
    found = models.JSONField(default=list, blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-made", "-pk")


class PasswordLook(models.Model):
    """A look at a password manager's export: marks by which a change is known next time, and how many had which fault.

    No password, site or user name is kept.
    """

    made = models.DateTimeField()
    fingerprints = models.JSONField(default=dict)
    counts = models.JSONField(default=dict)

    class Meta:
        """The newest first."""

        ordering = ("-made", "-pk")


class Calendar(models.Model):
    """What the calendar of reviews remembers; there is one.

    `done` lists reviews that leave no other trace, each with its id, day, by whom and a note. `put_off` and `shown` map
    ids of reviews to days, `looked` ids of single checks. `token` is the secret part of the feed's address.
    """

    began = models.DateField()
    nation = models.CharField("Where you work", max_length=40, blank=True)
    done = models.JSONField(default=list, blank=True)
    put_off = models.JSONField(default=dict, blank=True)
    shown = models.JSONField(default=dict, blank=True)
    looked = models.JSONField(default=dict, blank=True)
    named = models.BooleanField("Say in the calendar what is due", default=False)
    at = models.TimeField("At a time of day", null=True, blank=True)
    alarm = models.BooleanField("Remind me in the calendar", default=False)
    token = models.CharField(max_length=64, blank=True)


class Hack(models.Model):
    """An account that was taken over: when the person became aware, what is known, and when each stage was done.

    It stays though the account is removed from the register.
    """

    account = models.ForeignKey(Account, on_delete=models.SET_NULL, null=True, blank=True, related_name="hacks")
    became_aware = models.DateTimeField()
    facts = models.JSONField(default=dict, blank=True)
    done = models.JSONField(default=dict, blank=True)
    closed = models.DateTimeField(null=True, blank=True)

    class Meta:
        """Those that are open first, the newest before the rest."""

        ordering = (models.F("closed").desc(nulls_first=True), "-became_aware", "-pk")
