"""The pile-on's forms: the posts, pasted or as a file, and what is so before a statement is drafted."""

from typing import Any

from django import forms

from forethought.incidents.pileon.quiet import checklists


class PileForm(forms.Form):
    """The posts as they were copied or saved."""

    text = forms.CharField(
        label="Paste the posts",
        help_text="As you copied them, or one a line, such as: @name: the words. You need not read them.",
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off"}),
    )
    file = forms.FileField(
        label="Or choose a file",
        help_text="A table (CSV), JSON, a saved chat or plain text.",
        required=False,
    )
    dates = forms.ChoiceField(
        label="Dates such as 3/4/2026 mean",
        choices=[("", "I am not sure"), ("day", "3 April"), ("month", "4 March")],
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("file") and not str(told.get("text") or "").strip() and not self.errors:
            raise forms.ValidationError("Paste the posts, or choose a file.")
        return told

    def given(self) -> bytes:
        """Return a file byte for byte, or a pasted text as UTF-8, its line ends as they were before a form had them."""
        file = self.cleaned_data["file"]
        return bytes(file.read()) if file else str(self.cleaned_data["text"]).replace("\r\n", "\n").encode()

    def name(self) -> str:
        """Return the name of the file, one of our own for a pasted text."""
        file = self.cleaned_data["file"]
        return str(file.name) if file else "posts as pasted.txt"


class SettingsForm(forms.Form):
    """For which platform to show what can be turned down."""

    quiet = forms.ChoiceField(
        label="Where it happens", choices=lambda: [(each.id, each.title) for each in checklists().values()]
    )


class StatementForm(forms.Form):
    """What is so, which a statement may then say."""

    paused = forms.BooleanField(label="I have paused replies", required=False)
    reported = forms.BooleanField(label="I have reported some of the posts", required=False)
