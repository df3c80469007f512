"""The plan's forms: a question, a step that was done, what a report asks for, and what to ask in supervision."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.html import format_html

from forethought.guidance import Guidance
from forethought.incidents.fields import Fields
from forethought.incidents.noting import deed
from forethought.incidents.triage.model import NATIONS, Choice, Question
from forethought.pages.wording import body_name, joined

LONGEST = 2_000  # characters of an answer in words
CHOOSE = {"required": "Choose one to go on.", "invalid_choice": "Choose one of these."}


def _words(label: str, help_text: str = "", rows: int = 0, **more: Any) -> forms.CharField:
    """Return a field for words: one line, or an area of so many rows."""
    widget = (
        forms.Textarea(attrs={"rows": rows, "autocomplete": "off"})
        if rows
        else forms.TextInput(attrs={"autocomplete": "off"})
    )
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=LONGEST, widget=widget, **more)


class AnswerForm(forms.Form):
    """One question; `chosen` are the ids of what was chosen."""

    def __init__(self, question: Question, guidance: Guidance, *given: Any, **named: Any) -> None:
        """Take the question, and the active guidance, which names some of the choices."""
        super().__init__(*given, **named)
        offered = [(each.id, _label(each, guidance)) for each in question.choices]
        several = question.kind == "several"
        self.fields["answer"] = (forms.MultipleChoiceField if several else forms.ChoiceField)(
            label=question.title,
            help_text=question.help,
            choices=offered,
            required=not several and question.about != "their_body",
            widget=forms.CheckboxSelectMultiple if several else forms.RadioSelect,
            error_messages=CHOOSE,
        )

    def chosen(self) -> list[str]:
        """Return the ids of what was chosen."""
        given = self.cleaned_data["answer"]
        return given if isinstance(given, list) else [given]


def _label(choice: Choice, guidance: Guidance) -> str:
    """Return a choice with what explains it, and the bodies that name it."""
    cited = {each.pack for each in guidance.provisions() if each.id in choice.cites}
    named = dict.fromkeys(body_name(pack) for pack in guidance.packs if pack.id in cited)
    beside = " ".join(filter(None, (choice.help, f"Named by {joined(named)}." if named else "")))
    if not beside:
        return choice.title
    return format_html('<span>{}<br><span class="hint">{}</span></span>', choice.title, beside)


class DoneForm(forms.Form):
    """What was done about a step, or why it was not."""

    done = forms.ChoiceField(
        label="What became of it",
        choices=[("yes", "I did it"), ("no", "I did not, could not, or it does not apply")],
        initial="yes",
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )
    when = forms.DateField(
        label="When",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Give the day.", "invalid": "Give the day as year, month and day."},
    )
    to = _words("Whom you told or asked, if anybody")
    reference = _words("The number they gave you", "Such as a crime, incident or report number.")
    answer = _words("What came of it")
    remark = _words("Anything to add, or why it was not done", rows=3)

    def __init__(self, *given: Any, **named: Any) -> None:
        """Begin with today."""
        named["initial"] = {"when": date.today()} | (named.get("initial") or {})
        super().__init__(*given, **named)

    def clean_when(self) -> date:
        """Return the day, unless it is still to come."""
        when: date = self.cleaned_data["when"]
        if when > date.today():
            raise forms.ValidationError("That day is still to come. Give the day on which it was done.")
        return when

    def clean(self) -> dict[str, Any]:
        """Ask why, where it was not done."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("done") == "no" and not told.get("remark"):
            self.add_error("remark", "Say in a few words why it was not done.")
        return told

    def said(self, step: str, words: str) -> Fields:
        """Return the action's fields for a step, given what the ledger says of it once it is done."""
        told: Mapping[str, Any] = self.cleaned_data
        more = {name: told[name] for name in ("to", "reference", "answer", "remark")}
        return deed(step, words, told["done"] == "yes", when=told["when"].isoformat(), **more)


class AskedForm(forms.Form):
    """What a report asks for."""

    asked = _words(
        "What do you ask for?", "Such as: that the posts are taken down, or that what happened is recorded.", rows=2
    )


class NationForm(forms.Form):
    """Where the person is."""

    nation = forms.ChoiceField(
        label="Which nation are you in?",
        choices=[(each, each) for each in NATIONS],
        widget=forms.RadioSelect,
        error_messages=CHOOSE,
    )


class QuestionForm(forms.Form):
    """What to ask in supervision."""

    question = _words("What you want to ask in supervision", "It goes into the summary, and is kept nowhere.", rows=3)
