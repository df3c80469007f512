"""The forms for what is covered in a copy of an item: phrases of a text, or parts of a picture."""

import re
from typing import Any

from django import forms

from forethought.media.seeing.regions import Box
from forethought.media.seeing.sight import Sight

_EDGES = re.compile(r"(\d{1,5}),(\d{1,5}),(\d{1,5}),(\d{1,5})")
_LINE = re.compile(r"\s*(\d{1,5})[\s,]+(\d{1,5})[\s,]+([1-9]\d{0,4})[\s,]+([1-9]\d{0,4})\s*")
QUIET = {"autocomplete": "off", "rows": 4}


class PhrasesForm(forms.Form):
    """Phrases to be covered."""

    words = forms.CharField(
        label="Words to cover, each on a line of its own", max_length=5_000, widget=forms.Textarea(attrs=QUIET),
        help_text="A name, a place, anything that could tell who a client is. Each is covered wherever it stands.",
        error_messages={"required": "Write at least one word to cover."},
    )  # fmt: skip

    def phrases(self) -> list[str]:
        """Return the phrases."""
        return [line.strip() for line in self.cleaned_data["words"].splitlines() if line.strip()]


class FoundField(forms.MultipleChoiceField):
    """Parts that were found in a picture, each by its edges."""

    widget = forms.CheckboxSelectMultiple

    def valid_value(self, value: str) -> bool:
        """Say whether these are edges: a part need not be found again to be covered."""
        return bool(_EDGES.fullmatch(value))


class PartsForm(forms.Form):
    """Parts of a picture to be covered: those that were found in it, and others in pixels."""

    chosen = FoundField(
        label="Cover these", required=False,
        error_messages={"invalid_choice": "That is not in this picture. Choose from the list."},
    )  # fmt: skip
    drawn = forms.CharField(
        label="And these parts", required=False, max_length=5_000, widget=forms.Textarea(attrs=QUIET),
        help_text="Draw them on the picture, or write each on a line of its own as four numbers in pixels: from the "
        "left, from the top, width, height.",
    )  # fmt: skip
    found: tuple[tuple[int, int, int, int], ...] = ()

    def offer(self, sight: Sight) -> None:
        """Offer what was found in the picture."""
        faces = [("a face", face.head(sight.size).edges) for face in sight.faces]
        parts = faces + [(f"the words “{line.text}”", line.box.edges) for line in sight.words.lines]
        self.found = tuple(edges for _, edges in parts)
        choices = [(",".join(map(str, edges)), f"{n}. {said}") for n, (said, edges) in enumerate(parts, 1)]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]

    def clean_drawn(self) -> list[Box]:
        """Return what was drawn or written, or say which line is not four numbers."""
        lines = [line for line in self.cleaned_data["drawn"].splitlines() if line.strip()]
        read = [(line, _LINE.fullmatch(line)) for line in lines]
        if wrong := [line for line, match in read if not match]:
            raise forms.ValidationError(f"“{wrong[0]}” is not four numbers: left, top, width, height.")
        sides = [tuple(map(int, match.groups())) for _, match in read if match]
        return [Box(left, top, left + width, top + height) for left, top, width, height in sides]

    def clean(self) -> dict[str, Any]:
        """Refuse nothing to cover."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not (told.get("chosen") or told.get("drawn")):
            raise forms.ValidationError("Choose or draw what is to be covered.")
        return told

    def boxes(self) -> list[Box]:
        """Return every part to be covered."""
        found = [Box(*map(int, each.split(","))) for each in self.cleaned_data["chosen"]]
        return [*found, *self.cleaned_data["drawn"]]
