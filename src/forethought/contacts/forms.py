"""This room's forms: what happened, and what was decided."""

from datetime import date
from typing import Any

from django import forms

from forethought.clients.forms import without_a_name
from forethought.contacts.load import requesters, situations
from forethought.contacts.models import Decision
from forethought.contacts.places import OTHER, places


def _happened() -> list[tuple[str, str]]:
    return [("", "Choose"), *((each.id, each.title) for each in situations().values())]


def _who() -> list[tuple[str, str]]:
    return [("", "Choose"), *((each.id, each.title) for each in requesters().values())]


def _where() -> list[tuple[str, str]]:
    return [*places().items()]


class AskForm(forms.Form):
    """What happened, who is behind it, and where an answer would go."""

    situation = forms.ChoiceField(
        label="What happened", choices=_happened, error_messages={"required": "Choose what happened."}
    )
    requester = forms.ChoiceField(
        label="Who is behind it", choices=_who, error_messages={"required": "Choose who is behind it."}
    )
    platform = forms.ChoiceField(label="Where you would answer", choices=_where, initial=OTHER)
    known_by = forms.CharField(
        label="Their name, handle, e-mail address or number",
        help_text="Leave it empty if you like. It is compared with the clients you added, and kept nowhere.",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecisionForm(forms.ModelForm):
    """What was decided about a contact."""

    class Meta:
        """Everything but what the guide fills in itself."""

        model = Decision
        fields = ("happened", "reference", "answered", "reasons")
        labels = {  # noqa: RUF012
            "happened": "When it happened",
            "reference": "Your reference for the person",
            "answered": "What you answered",
            "reasons": "Why you decided so",
        }
        help_texts = {  # noqa: RUF012
            "reference": "A case number or letters of your own. No name.",
            "answered": "The words that you sent, or that you sent none.",
        }
        widgets = {  # noqa: RUF012
            "happened": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "reference": forms.TextInput(attrs={"autocomplete": "off"}),
            "answered": forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
            "reasons": forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        }

    def clean_happened(self) -> date:
        """Return the day, unless it is still to come."""
        happened: date = self.cleaned_data["happened"]
        if happened > date.today():
            raise forms.ValidationError("That day is still to come. Give the day on which it happened.")
        return happened

    def clean_reference(self) -> str:
        """Return the reference, unless it tells who it stands for."""
        return without_a_name(self.cleaned_data["reference"])

    def kept(self, **told: Any) -> Decision:
        """Keep the decision together with what the guide was told and advised."""
        for name, value in told.items():
            setattr(self.instance, name, value)
        decision: Decision = self.save()
        return decision
