"""This room's forms."""

from django import forms

from forethought.supervision.models import Note


class NoteForm(forms.ModelForm):
    """What to ask."""

    class Meta:
        """The question alone."""

        model = Note
        fields = ("question",)
        labels = {"question": "What you want to ask"}  # noqa: RUF012
        widgets = {"question": forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})}  # noqa: RUF012


class DilemmaForm(forms.ModelForm):
    """A dilemma with no draft behind it."""

    class Meta:
        """What it is about, and the question."""

        model = Note
        fields = ("title", "question")
        labels = {"title": "What it is about, without names", "question": "What you want to ask"}  # noqa: RUF012
        widgets = {"question": forms.Textarea(attrs={"rows": 4, "autocomplete": "off"})}  # noqa: RUF012
