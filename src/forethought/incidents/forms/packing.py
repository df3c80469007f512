"""The pack's form: which items go, which go although they could show a client, why, and a passphrase to seal it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.html import format_html

from forethought.incidents.fields import ITEM_KINDS
from forethought.incidents.noting import day
from forethought.incidents.packs.model import Held, Kept

LONGEST = 1_000


class ClearForm(forms.Form):
    """The items in which no client can be made out."""

    clear = forms.MultipleChoiceField(
        label="Tick those in which no client can be made out",
        help_text="Think of names, faces, voices, and details that only fit one person.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Tick an item, or leave them as they are."},
    )

    def __init__(self, items: Sequence[Kept], data: Any = None) -> None:
        """Take the items of which nobody has said yet."""
        super().__init__(data)
        choices = [(each.record, named(each)) for each in items]
        self.fields["clear"].choices = choices  # type: ignore[attr-defined]
        self.fields["clear"].widget.choices = choices


class PackForm(forms.Form):
    """What is to go to a recipient; the labels of items hold no words of the abuse."""

    items = forms.MultipleChoiceField(
        label="Items to hand over",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these items is not there any more. Look at the list again."},
    )
    besides = forms.MultipleChoiceField(
        label="Held back: let this recipient have them all the same",
        help_text="Only where they have to see it, and after advice. This holds for this pack alone.",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "One of these items is not held back any more. Look at the list again."},
    )
    reason = forms.CharField(
        label="Why you hand it over",
        help_text="Kept in your ledger. Needed where something goes that could show a client.",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    passphrase = forms.CharField(
        label="A passphrase to seal it with, if you like",
        help_text="The recipient opens it with an age program. Tell them the words by telephone.",
        required=False,
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, offered: Sequence[Kept], held: Sequence[Held], data: Any = None) -> None:
        """Take the items that may go, and those that are held back for a client's sake."""
        super().__init__(data, initial={"items": [each.record for each in offered]})
        self._offer("items", [(each.record, named(each)) for each in offered])
        self._offer("besides", [(each.kept.record, _held(each)) for each in held])

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        if choices:
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].widget.choices = choices
        else:
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """Ask why, where something goes that could show a client."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("besides") and not told.get("reason"):
            self.add_error("reason", "Say why this recipient has to have what could show a client.")
        return told

    def chosen(self) -> frozenset[str]:
        """Return the records of all items that are to go."""
        return frozenset(self.cleaned_data.get("items", ())) | self.confirmed()

    def confirmed(self) -> frozenset[str]:
        """Return the records of items that go although they could show a client."""
        return frozenset(self.cleaned_data.get("besides", ()))


def named(item: Kept) -> str:
    """Return what a list calls an item: its number, kind and day, and no words of it."""
    kind = ITEM_KINDS.get(item.value("kind"), ITEM_KINDS["other"])
    posted = f", posted {day(item.value('posted'))}" if item.value("posted") else ""
    title = f": {item.value('title')}" if item.value("title") else ""
    return f"Item {item.number}{title} ({kind[:1].lower()}{kind[1:]}{posted})"


def _held(held: Held) -> str:
    return format_html('<span>{}<br><span class="hint">Held back: {}</span></span>', named(held.kept), held.why)
