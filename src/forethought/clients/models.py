"""What this room keeps: a reference for each client, and fingerprints. There is no field for a name."""

from typing import TYPE_CHECKING

from django.db import models

from forethought.clients.names import KINDS, LONGEST

if TYPE_CHECKING:
    from django_stubs_ext.db.models.manager import RelatedManager


class Client(models.Model):
    """Somebody who can be known again, by a reference alone."""

    reference = models.CharField(max_length=LONGEST, unique=True)
    added = models.DateField()
    forms: "RelatedManager[Form]"

    class Meta:
        """In the order in which they were added."""

        ordering = ("pk",)


class Counter(models.Model):
    """The highest number of a reference of our own that was ever given, in one row, so that none is given twice."""

    highest = models.PositiveBigIntegerField(default=0)


class Form(models.Model):
    """The fingerprint of one form of a client's name, handle, address or number, and of what kind the form is."""

    client = models.ForeignKey(Client, on_delete=models.CASCADE, related_name="forms")
    kind = models.CharField(max_length=10, choices=[(kind, kind) for kind in KINDS])
    fingerprint = models.BinaryField(max_length=16)

    class Meta:
        """A form of a client is there once; they are looked up by fingerprint."""

        ordering = ("pk",)
        constraints = (models.UniqueConstraint(fields=("client", "fingerprint"), name="one_form_a_client"),)
        indexes = (models.Index(fields=("fingerprint",)),)
