"""This room's forms."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from forethought.media.format import Wishes
from forethought.media.models import File

MOST = 20  # files that are taken at once


class FilesInput(forms.ClearableFileInput):
    """A field that takes several files at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files."""

    widget = FilesInput

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        """Return the files, each checked as Django checks one; refuse none at all, and too many."""
        given = [each for each in (data if isinstance(data, list | tuple) else [data]) if each]
        if len(given) > MOST:
            raise forms.ValidationError(f"These are {len(given)} files. Take {MOST} at a time.")
        return [super(FilesField, self).clean(each, initial) for each in given or [None]]


class WishesForm(forms.Form):
    """How the clean copy is to be made; for a file that is there, only what makes a difference to it."""

    repaint = forms.BooleanField(
        label="Paint pictures, and the pages of PDFs, anew",
        required=False,
        help_text="Upright and in plain colours; text in a PDF becomes a picture that can no longer be read aloud.",
    )
    refuse = forms.BooleanField(
        label="Refuse a document's tracked changes",
        required=False,
        help_text="Left out, they are accepted. Either way nothing tells what was changed.",
    )

    def __init__(self, *given: Any, file: File | None = None, **named: Any) -> None:
        """Take the file, where there is one."""
        super().__init__(*given, **named)
        if file:
            self.fields = {name: field for name, field in self.fields.items() if name in _choices(file)}

    def wishes(self) -> Wishes:
        """Return what was wished for."""
        return Wishes(self.cleaned_data.get("repaint", False), self.cleaned_data.get("refuse", False))


def _choices(file: File) -> tuple[str, ...]:
    """Return which wishes make a difference to a file."""
    if file.kind == "picture" or file.format == "PDF":
        return ("repaint",)
    return ("refuse",) if file.format == "Office document" else ()


class CoverForm(forms.Form):
    """Which faces, words and other stretches of a picture are to be covered in its copy."""

    chosen = forms.MultipleChoiceField(
        label="Cover these", required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": "That is not in this picture. Choose from the list."},
    )  # fmt: skip
    left = forms.IntegerField(label="From the left", required=False, min_value=0)
    top = forms.IntegerField(label="From the top", required=False, min_value=0)
    width = forms.IntegerField(label="Width", required=False, min_value=1)
    height = forms.IntegerField(label="Height", required=False, min_value=1)
    blur = forms.BooleanField(
        label="Blur in place of black",
        required=False,
        help_text="Black is safer: a blur can leave a guess at short words.",
    )

    def __init__(self, *given: Any, file: File, **named: Any) -> None:
        """Take the picture, as it was looked into."""
        self.stretches = stretches(file)
        self.size = file.sight.get("size", [0, 0])
        covered = [key for key, (_, edges) in self.stretches.items() if edges in file.covered]
        super().__init__(*given, **named)
        self.initial = {"chosen": covered}
        choices = [(key, f"{number}. {said}") for number, (key, (said, _)) in enumerate(self.stretches.items(), 1)]
        self.fields["chosen"].choices = choices  # type: ignore[attr-defined]
        self.fields["chosen"].widget.choices = choices

    def clean(self) -> dict[str, Any]:
        """Refuse a stretch of which a side is missing."""
        found: dict[str, Any] = super().clean() or self.cleaned_data
        sides = [found.get(name) for name in ("left", "top", "width", "height")]
        if any(side is not None for side in sides) and None in sides:
            raise forms.ValidationError("Give all four numbers of the stretch, or leave all of them empty.")
        left, top, width, height = (side or 0 for side in sides)
        if left + width > self.size[0] or top + height > self.size[1]:
            raise forms.ValidationError(
                f"The stretch reaches beyond the picture, which is {self.size[0]} by {self.size[1]} pixels."
            )
        return found

    def covered(self) -> list[list[int]]:
        """Return the edges of every stretch that was chosen or given."""
        edges = [self.stretches[key][1] for key in self.cleaned_data["chosen"]]
        left, top, width, height = (self.cleaned_data[name] for name in ("left", "top", "width", "height"))
        return edges if left is None else [*edges, [left, top, left + width, top + height]]


def stretches(file: File) -> dict[str, tuple[str, list[int]]]:
    """Return what can be covered in a picture, each with what it is and its edges: faces, lines, what is covered."""
    faces = file.sight.get("faces", [])
    lines = file.sight.get("lines", [])
    found = {f"face{n}": ("a face", edges) for n, edges in enumerate(faces)}
    found |= {f"line{n}": (f"the words “{words}”", edges) for n, (words, edges) in enumerate(lines)}
    known = [edges for _, edges in found.values()]
    others = [edges for edges in file.covered if edges not in known]
    return found | {f"other{n}": ("a stretch of your own", edges) for n, edges in enumerate(others)}


class TakeForm(WishesForm):
    """Which files to look at."""

    field_order = ("chosen", "repaint", "refuse")
    chosen = FilesField(
        label="Pictures, films, recordings and documents",
        allow_empty_file=True,
        error_messages={"required": "Choose a file, or several."},
    )
