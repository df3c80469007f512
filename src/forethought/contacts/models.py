"""What this room keeps: what was decided about a contact, when and why, by a reference and never by a name."""

from django.db import models

from forethought.contacts.load import requesters, situations
from forethought.contacts.model import COURSE_WORDS
from forethought.contacts.places import places


class Decision(models.Model):
    """One decision; `reference` is the practitioner's own, such as a case number, and `course` what was advised."""

    happened = models.DateField()
    made = models.DateTimeField()
    situation = models.CharField(max_length=40)
    requester = models.CharField(max_length=40)
    platform = models.CharField(max_length=40)
    reference = models.CharField(max_length=40, blank=True)
    course = models.CharField(max_length=20)
    answered = models.TextField(blank=True)
    reasons = models.TextField(blank=True)

    class Meta:
        """The newest first."""

        ordering = ("-happened", "-pk")

    @property
    def title(self) -> str:
        """What happened and who was behind it; a situation that is no more goes by its id."""
        happened, who = situations().get(self.situation), requesters().get(self.requester)
        return f"{happened.title if happened else self.situation}: {who.title if who else self.requester}"

    @property
    def where(self) -> str:
        """The title of where an answer would have gone; a platform that is no more goes by its id."""
        return places().get(self.platform, self.platform)

    @property
    def advised(self) -> str:
        """The course in words."""
        return next((words for course, words in COURSE_WORDS.items() if course == self.course), self.course)
