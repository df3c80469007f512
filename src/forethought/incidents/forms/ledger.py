"""The forms of an incident as a whole: adding evidence, quiet, closing, forgetting, checking and stamping."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from forethought.incidents.authorities import Authority, AuthorityError, authorities, own
from forethought.incidents.forms.item import RecordForm
from forethought.incidents.ledger import Head, heads_in
from forethought.media.forms import FilesInput

AGAIN = timedelta(days=365)  # until it is asked whether to keep an incident: a choice of this project's own
OWN = ("own", "Another one, which I write below")
LONGEST_HEADS = 200_000  # characters of heads kept elsewhere


class EvidenceField(forms.FileField):
    """Any files at all, empty ones too: each is judged by itself when it is kept."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list["UploadedFile[Any]"]:
        """Return the files."""
        return [each for each in (data if isinstance(data, list | tuple) else [data]) if each]


class AddForm(RecordForm):
    """Files and pasted text to keep, with what is known of them. `modified` has each file's own time, in order."""

    chosen = EvidenceField(label="Files", required=False)
    text = forms.CharField(
        label="Or the words of a message or post", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )  # fmt: skip
    modified = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what a form takes."""
        super().__init__("item", *given, **named)
        for name in ("kind", "title"):  # told from the file at first
            del self.fields[name]
        self.fields["words"].label = "The words that matter in it"

    @property
    def details(self) -> list[Any]:
        """The fields that can wait."""
        return [self[name] for name in self.fields if name not in {"chosen", "text", "modified"}]

    def _is_said(self) -> bool:
        return bool(self.cleaned_data.get("chosen") or self.cleaned_data.get("text", "").strip())

    @property
    def pasted(self) -> str:
        """The text that was pasted, its line ends as they were before a form had them."""
        text: str = self.cleaned_data["text"]
        return text.replace("\r\n", "\n") if text.strip() else ""

    def times(self) -> list[str]:
        """Return each file's own time, empty where the browser did not tell it."""
        try:
            told = json.loads(self.cleaned_data["modified"] or "[]")
            return [_moment(each) for each in told]
        except (ValueError, TypeError, OverflowError, OSError):
            return []


def _moment(milliseconds: int) -> str:
    """Return a browser's time in ISO 8601, empty for none."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).isoformat(timespec="seconds") if milliseconds > 0 else ""


class QuietForm(forms.Form):
    """Until when the contents are not shown."""

    until = forms.DateField(
        label="Hide what was said until", required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="You still see how many items there are, and can add more. Leave it empty to show all again.",
    )  # fmt: skip


class CloseForm(forms.Form):
    """The end of an incident, and when to ask whether to keep it."""

    closed = forms.BooleanField(label="It is over", required=False)
    again = forms.DateField(
        label="Ask me on this day whether to keep it",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="It holds facts about other people, so it should not be kept longer than it is needed.",
        error_messages={"required": "Give a day on which to look at it again."},
    )

    def clean_again(self) -> date:
        """Refuse a day that has passed."""
        again: date = self.cleaned_data["again"]
        if again <= date.today():
            raise forms.ValidationError("This day has passed. Give one that is still to come.")
        return again


class ForgetForm(forms.Form):
    """That an incident may be forgotten."""

    sure = forms.BooleanField(
        label="I understand that none of it can be brought back",
        error_messages={"required": "Tick this first, so that nothing is lost by a slip."},
    )


class CheckForm(forms.Form):
    """Heads that were kept elsewhere."""

    heads = forms.CharField(
        label="Copy it here", required=False, max_length=LONGEST_HEADS,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
        help_text="Its three lines: incident, events and head. Spaces do not matter.",
    )  # fmt: skip
    file = forms.FileField(label="Or choose its file", required=False, allow_empty_file=True)

    def clean(self) -> dict[str, Any]:
        """Refuse text in which there is no head: it would look as if one had been checked."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        file = told.get("file")
        text = told.get("heads", "")
        text += file.read(LONGEST_HEADS).decode("utf-8", "replace") if file else ""
        told["found"] = list(heads_in(text))
        if not told["found"] and (text.strip() or file):
            raise forms.ValidationError("No head was found in that. Copy all three lines: incident, events and head.")
        return told

    def found(self) -> Sequence[Head]:
        """Return the heads."""
        found: list[Head] = self.cleaned_data["found"]
        return found


class StampForm(forms.Form):
    """Who is to be asked for a timestamp, and that they may be."""

    authority = forms.ChoiceField(
        label="Who is to be asked", choices=lambda: [*((id, each.title) for id, each in authorities().items()), OWN]
    )
    address = forms.CharField(
        label="The address of another authority", required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    roots = forms.CharField(
        label="Its root certificate, as PEM", required=False, strip=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off"}),
    )  # fmt: skip
    agreed = forms.BooleanField(
        label="Send this, once",
        error_messages={"required": "Tick this first. Nothing is sent without it."},
    )

    def clean(self) -> dict[str, Any]:
        """Find the authority; say what is wrong with one of the person's own."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("authority") == OWN[0]:
            try:
                told["asked"] = own(told.get("address", ""), told.get("roots", ""))
            except AuthorityError as error:
                self.add_error("address", str(error))
        elif "authority" in told:
            told["asked"] = authorities()[told["authority"]]
        return told

    def asked(self) -> Authority:
        """Return the authority."""
        found: Authority = self.cleaned_data["asked"]
        return found
