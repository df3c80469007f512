"""This room's forms."""

from pathlib import Path
from typing import Any

from django import forms
from django.template.defaultfilters import filesizeformat

from forethought.footprint.models import DECISIONS, Archive, Entry


class BringForm(forms.ModelForm):
    """Which export, and what the account that it comes from is for."""

    chosen = forms.MultipleChoiceField(
        label="Exports found in your folders",
        required=False,
        error_messages={"invalid_choice": "That file is not there any more. Choose another, or write where it lies."},
    )
    path = forms.CharField(
        label="Or where it lies",
        required=False,
        max_length=4_000,
        help_text="The whole path of the file or folder, such as C:\\Users\\Sam\\Downloads\\archive.zip",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    qualified = forms.DateField(
        label="When you qualified (leave it empty if it does not matter)",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"invalid": "Write the date as year, month and day, such as 2019-07-31."},
    )

    pictures = forms.BooleanField(
        label="Look into the pictures too",
        required=False,
        help_text="What each file still gives away, such as where it was taken. It takes longer.",
    )

    words = forms.BooleanField(
        label="Read the words in the pictures too",
        required=False,
        help_text="They are reviewed with their post. It takes some seconds for each picture.",
    )

    class Meta:
        """The account's purpose and audience."""

        model = Archive
        fields = ("role", "kind", "audience", "qualified")

    field_order = ("chosen", "path", "pictures", "words", "role", "kind", "audience", "qualified")

    def __init__(self, *args: Any, found: list[Path], **named: Any) -> None:
        """Take the files that look like exports."""
        super().__init__(*args, **named)
        sizes = {path: filesizeformat(path.stat().st_size) for path in found}
        choices = [(str(path), f"{path.name} ({sizes[path]}, in {path.parent.name})") for path in found]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        self.fields["chosen"].widget = forms.CheckboxSelectMultiple(choices=choices)
        self.order_fields(self.field_order)
        if not found and not self.is_bound:
            del self.fields["chosen"]
            self.fields["path"].label = "Where the export lies"

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and a path where there is nothing."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed = cleaned.get("path", "").strip().strip('"')
        paths = [Path(each) for each in cleaned.get("chosen", [])] + ([_typed(typed)] if typed else [])
        if not paths:
            self.add_error("path", "Choose an export, or write where it lies.")
        for path in paths:
            if not _is_there(path):
                self.add_error("path", f"There is nothing at {path}. Check the path, or move the file to Downloads.")
        cleaned["paths"] = paths
        return cleaned


def _typed(path: str) -> Path:
    try:
        return Path(path).expanduser()
    except RuntimeError:  # `~` and a name that nobody has here
        return Path(path)


def _is_there(path: Path) -> bool:
    try:
        return path.exists()
    except OSError:  # no path can be like that, or it may not be looked at
        return False


class DecideForm(forms.ModelForm):
    """What is to become of a post, and why."""

    decision = forms.ChoiceField(
        label="What is to become of it",
        choices=list(DECISIONS.items()),
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of these.", "invalid_choice": "Choose one of these."},
    )
    reason = forms.CharField(
        label="Why (needed where you keep it as it is)",
        required=False,
        max_length=1_000,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    class Meta:
        """The decision and its reason."""

        model = Entry
        fields = ("decision", "reason")

    def clean(self) -> dict[str, Any]:
        """Ask for a reason where a post stays that something was found in."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("decision") == "keep" and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say in a few words why it can stay. Your reason is kept with it.")
        return cleaned
