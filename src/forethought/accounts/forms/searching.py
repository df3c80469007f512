"""The forms for looking oneself up: what to search for, what was found, who is told what, and single checks."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from typing import Any

from django import forms

from forethought.accounts.searching.household import Check
from forethought.accounts.searching.queries import Engine, Me
from forethought.accounts.searching.sheets import SHOWN

MOST = 12  # lines of one field
LONGEST = 200  # characters of a line
LABELS = {
    "names": "Your name, as clients know it",
    "old_names": "Names that you had before",
    "nicknames": "Nicknames",
    "handles": "What your accounts for work are called",
    "private_handles": "What your other accounts are called",
    "towns": "Towns that you are known in",
    "professions": "Your profession, as people would write it",
    "workplaces": "Where you work",
    "phones": "Telephone numbers",
    "mails": "E-mail addresses",
    "homes": "Home address",
}
TELLING = ("phones", "mails", "homes")


class LinesField(forms.CharField):
    """Several things, one a line."""

    def __init__(self, **named: Any) -> None:
        """Take a label and the rest."""
        widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"})
        super().__init__(required=False, widget=widget, **named)

    def to_python(self, value: Any) -> tuple[str, ...]:  # type: ignore[override]
        """Return the lines that hold something."""
        return tuple(line.strip() for line in str(value or "").splitlines() if line.strip())

    def validate(self, value: Any) -> None:
        """Refuse more than anybody has, or a line that is no name."""
        if len(value) > MOST or any(len(line) > LONGEST for line in value):
            raise forms.ValidationError(f"Give up to {MOST} lines of {LONGEST} characters each.")


class MeForm(forms.Form):
    """What to search for, or what a sheet tells; `me` is what was given."""

    def __init__(self, *given: Any, shows: Collection[str] = tuple(SHOWN), **named: Any) -> None:
        """Take the fields of Me that are asked for, all without any."""
        super().__init__(*given, **named)
        for name in (each.name for each in fields(Me)):
            if name in shows:
                self.fields[name] = LinesField(label=LABELS[name])

    def me(self) -> Me:
        """Return what was given."""
        return Me(**{name: self.cleaned_data[name] for name in LABELS if name in self.cleaned_data})


class SearchForm(MeForm):
    """What to search for, and where."""

    def __init__(self, engines: Mapping[str, Engine], *given: Any, **named: Any) -> None:
        """Take the engines."""
        super().__init__(*given, **named)
        self.fields["engines"] = forms.MultipleChoiceField(
            label="Where to search",
            choices=[(each.id, each.title) for each in engines.values()],
            widget=forms.CheckboxSelectMultiple,
            initial=[*engines][:2],
            error_messages={"required": "Choose one search engine or more."},
        )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(told.get(name) for name in LABELS):
            raise forms.ValidationError("Give a name, a handle or something else to search for.")
        return told

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields that say nothing private by themselves."""
        return [self[name] for name in LABELS if name not in TELLING]

    @property
    def telling(self) -> list[forms.BoundField]:
        """The fields whose words an engine may not know yet."""
        return [self[name] for name in TELLING]


class FoundForm(forms.Form):
    """One thing that a search found."""

    where = forms.CharField(label="Where it is", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    what = forms.CharField(label="What it is", max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    done = forms.CharField(
        label="What you did about it",
        help_text="Leave it empty while it is still to do.",
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChecksForm(forms.Form):
    """Which single checks were made, and what was mended."""

    note = forms.CharField(
        label="What you mended, if anything",
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, checks: Iterable[Check], *given: Any, **named: Any) -> None:
        """Take the checks."""
        super().__init__(*given, **named)
        self.fields["made"] = forms.MultipleChoiceField(
            choices=[(each.id, each.title) for each in checks],
            error_messages={"required": "Tick what you looked at."},
        )
