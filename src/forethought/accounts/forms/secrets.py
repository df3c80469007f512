"""The forms for passwords: an export, whether to look it up, and how long a passphrase is."""

from datetime import timedelta

from django import forms

from forethought.accounts.passwords.phrase import FEWEST, MOST

YEARS = {"": "Do not list old ones", "1": "A year", "2": "Two years", "3": "Three years", "5": "Five years"}


class ExportForm(forms.Form):
    """An export of a password manager."""

    export = forms.FileField(
        label="The export",
        help_text="As your password manager saved it, not encrypted. It is read in memory and never kept.",
        error_messages={"required": "Choose the file that your password manager saved."},
    )
    old = forms.ChoiceField(label="List passwords older than", choices=list(YEARS.items()), required=False)

    def old_after(self) -> timedelta | None:
        """Return the age from which a password is listed, or None."""
        years = self.cleaned_data.get("old")
        return timedelta(days=365 * int(years)) if years else None


class BreachForm(ExportForm):
    """An export to be looked up, with a yes to what was shown for so many requests; without a number that is asked."""

    field_order = ("export", "count", "yes")
    count = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    yes = forms.BooleanField(label="I have read this, and want it sent now, this once", required=False)

    def __init__(self, *given: object, **named: object) -> None:
        """Take what Django's own form takes; the age of passwords does not matter here."""
        super().__init__(*given, **named)  # type: ignore[arg-type]
        del self.fields["old"]


class PhraseForm(forms.Form):
    """How many words a passphrase has."""

    words = forms.TypedChoiceField(
        label="How many words", coerce=int, initial=5, choices=[(each, str(each)) for each in range(FEWEST, MOST + 1)]
    )
