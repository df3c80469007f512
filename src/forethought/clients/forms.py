"""This room's forms. What is typed into them goes into fingerprints, and nowhere else."""

import re
from dataclasses import replace
from typing import Any

from django import forms

from forethought.clients import keeping
from forethought.clients.addresses import email, phone
from forethought.clients.keeping import NobodyError, TakenReferenceError, TellingReferenceError
from forethought.clients.models import Client
from forethought.clients.names import LONGEST, Person, parted
from forethought.clients.names import forms as forms_of
from forethought.clients.sheet import MOST_BYTES, Sheet, SheetError, read
from forethought.errors import sentence

_WORD = re.compile(r"[^\W\d_]{2,}")
_OFF = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false"}


def _line(label: str, help_text: str = "", most: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs=_OFF)
    return forms.CharField(label=label, help_text=help_text, max_length=most, required=False, widget=widget)


def _several(value: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in value.split(",") if part.strip())


class PersonForm(forms.Form):
    """A client: the names that others may meet them by, where they are reached, and a reference that tells nothing."""

    name = _line("Full name", "As it would be written, such as Siobhan Mary Kelly")
    known_as = _line("What else they go by", "Nicknames and other names, with commas between")
    handles = _line("Handles", "As on the platform, with commas between", 500)
    emails = _line("E-mail addresses", "With commas between", 500)
    phones = _line("Telephone numbers", "With commas between", 500)
    reference = _line(
        "Your reference for them", "Stored as it is, so no name. Leave it empty and one is made.", LONGEST
    )
    same = forms.BooleanField(
        label="This is the same person as the one who has that reference: add these names to theirs", required=False
    )

    def clean_emails(self) -> str:
        """Refuse what is no address."""
        return self._all_are("emails", email, "One of these is not an e-mail address. Write it like sam@home.example.")

    def clean_phones(self) -> str:
        """Refuse what is no number."""
        return self._all_are(
            "phones", phone, "One of these is not a telephone number. Write at least ten digits of it."
        )

    def _all_are(self, field: str, read: Any, wrong: str) -> str:
        given: str = self.cleaned_data[field]
        if not all(read(each) for each in _several(given)):
            raise forms.ValidationError(wrong)
        return given

    def clean(self) -> dict[str, Any]:
        """Refuse a person of whom nothing is known, and a reference that tells the name or is somebody's already."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not forms_of(self.person()):
            raise forms.ValidationError(sentence(NobodyError()))
        if not self.errors and keeping.tells(self.person(), cleaned["reference"]):
            self.add_error("reference", sentence(TellingReferenceError()))
        elif not self.errors and keeping.is_taken(cleaned["reference"]) and not cleaned["same"]:
            self.add_error("reference", sentence(TakenReferenceError()))
        return cleaned

    def person(self) -> Person:
        """Return the person that was typed."""
        given = self.cleaned_data
        known_as, handles, emails, phones = (
            _several(given[field]) for field in ("known_as", "handles", "emails", "phones")
        )
        whole = parted(given["name"])
        return replace(whole, known_as=(*whole.known_as, *known_as), handles=handles, emails=emails, phones=phones)


class SheetForm(forms.Form):
    """A list of clients as a file."""

    file = forms.FileField(
        label="Your list, saved as CSV",
        help_text="It is read in memory and not kept. Delete the file itself when you are done.",
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.tsv,.txt,text/csv"}),
        error_messages={"required": "Choose the file.", "empty": "That file is empty. Choose another."},
    )

    def clean_file(self) -> Sheet:
        """Return what the file holds. Refuse what is no list of people."""
        try:
            return read(self.cleaned_data["file"].read(MOST_BYTES + 1))
        except SheetError as error:
            raise forms.ValidationError(sentence(error)) from None


class TryForm(forms.Form):
    """Somebody who may be a client, as they appear."""

    name = _line("Name", "As the request or the profile shows it")
    handle = _line("Handle")
    email = _line("E-mail address")
    phone = _line("Telephone number")
    text = forms.CharField(
        label="Or a text that may name somebody",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4, **_OFF}),
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(cleaned.values()):
            raise forms.ValidationError("Type a name, a handle, an e-mail address, a number or a text.")
        return cleaned


def without_a_name(reference: str) -> str:
    """Return a reference to somebody, as another room's form was given it.

    Raises ValidationError where it looks like a full name, or a client who was added is met by it without much doubt;
    a client's own reference is fine.
    """
    if Client.objects.filter(reference=reference).exists():
        return reference
    capitalised = [word for word in _WORD.findall(reference) if word[0].isupper() and not word.isupper()]
    met = keeping.recogniser().of_person(name=reference, phone=reference)
    if len(capitalised) > 1 or not all(match.weak for match in met):
        raise forms.ValidationError("This looks like a name. Use letters or a number of your own, such as C-07.")
    return reference
