"""The calendar's forms: putting a review off, noting one, how the calendar is to be, and for which nation."""

from datetime import date, timedelta
from typing import Any

from django import forms

from forethought.accounts.calendar.news import NATIONS
from forethought.accounts.models import Calendar

LONGEST = 500  # characters of a note
DELAYS = {"7": "A week", "14": "Two weeks", "30": "A month", "90": "Three months"}


class PutOffForm(forms.Form):
    """For how long a review is put off."""

    days = forms.ChoiceField(label="Put it off for", choices=list(DELAYS.items()))

    def until(self, today: date) -> date:
        """Return until when."""
        return today + timedelta(days=int(self.cleaned_data["days"]))


class DoneForm(forms.Form):
    """What came of a review, and who made it."""

    note = forms.CharField(
        label="What you mended, if anything",
        required=False,
        max_length=LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    by = forms.CharField(
        label="Who looked, if it was not you",
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class CalendarForm(forms.ModelForm):  # type: ignore[type-arg]  # Django knows its model while running
    """How the person wants their calendar."""

    nation = forms.ChoiceField(
        label="Where you work",
        choices=[("", "All of the United Kingdom"), *((each, each) for each in NATIONS)],
        required=False,
        help_text="Changes of law are shown for it.",
    )

    class Meta:
        """What of the calendar can be chosen."""

        model = Calendar
        fields = ("nation", "named", "at", "alarm")
        help_texts = {  # noqa: RUF012 - Django's own way
            "named": "Otherwise an event says only that a review is due. Whoever sees your calendar can read it.",
            "at": "Left empty, an event takes the whole day. United Kingdom time.",
        }
        widgets = {"at": forms.TimeInput(attrs={"type": "time"}, format="%H:%M")}  # noqa: RUF012 - Django's own way

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Django's own form takes."""
        super().__init__(*given, **named)
        self.fields["nation"].initial = self.instance.nation
