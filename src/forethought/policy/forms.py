"""This room's forms: a step of the interview, who was given a version, a policy from elsewhere, and a profile."""

from collections.abc import Sequence
from typing import Any

from django import forms

from forethought.clients.forms import without_a_name
from forethought.guidance import Guidance
from forethought.pages.wording import body_name, choices, joined
from forethought.platforms import platforms
from forethought.policy.interview import doubt
from forethought.policy.model import Answers, Choice, Question, Topic
from forethought.policy.models import WAYS, Given
from forethought.policy.profile import Facts
from forethought.policy.separation import facts
from forethought.reading import ACCOUNTS, ROLES

LARGEST = 10 * 2**20  # bytes of a policy from elsewhere
OPEN = ("", "Say nothing about it")  # since a browser lets nobody take back a single choice


class StepForm(forms.Form):
    """The questions of one topic, with what was answered so far."""

    def __init__(
        self, topic: Topic, asked: Sequence[Question], answers: Answers, guidance: Guidance, **more: Any
    ) -> None:
        """Take the topic, which of its questions are asked now, the answers so far and the active guidance."""
        super().__init__(**more)
        self.topic, self.questions = topic, [each for each in topic.questions if each in asked]
        for question in self.questions:
            self.fields[question.id] = _field(topic, question, answers.get(question.id, ()), guidance)

    def answers(self) -> dict[str, tuple[str, ...]]:
        """Return what was answered."""
        given = self.cleaned_data
        return {id: tuple(value) if isinstance(value, list) else (value,) for id, value in given.items() if value}


def _field(topic: Topic, question: Question, given: Sequence[str], guidance: Guidance) -> forms.Field:
    """Return the field for a question: words, one choice or several."""
    first = given[0] if given else ""
    if question.kind == "words":
        return forms.CharField(
            label=question.asks,
            help_text=question.help,
            initial=first,
            required=False,
            max_length=question.longest,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
    offered = [(each.id, _label(topic, question, each, guidance)) for each in question.choices]
    if question.kind == "one":
        return forms.ChoiceField(
            label=question.asks,
            help_text=question.help,
            choices=[*offered, OPEN],
            initial=first,
            required=False,
            widget=forms.RadioSelect,
        )
    return forms.MultipleChoiceField(
        label=question.asks,
        help_text=question.help,
        choices=offered,
        initial=list(given),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )


def _label(topic: Topic, question: Question, choice: Choice, guidance: Guidance) -> str:
    """Return what a choice is called, with the bodies whose guidance speaks against it."""
    found = doubt(topic, question, choice, guidance)
    if found is None:
        return choice.label
    packs = {each.pack for each in found.provisions}
    against = dict.fromkeys(body_name(pack) for pack in guidance.packs if pack.id in packs)
    return f"{choice.label} (against this: {joined(against)})"


class GivenForm(forms.ModelForm):
    """Who was given a version."""

    way = forms.ChoiceField(
        label="How", choices=[("", "Choose"), *WAYS], error_messages={"required": "Choose how they were given it."}
    )

    class Meta:
        """Everything but the version."""

        model = Given
        fields = ("reference", "on", "way", "agreed", "note")
        labels = {  # noqa: RUF012
            "reference": "Your reference for the client",
            "on": "When",
            "agreed": "They agreed to it",
            "note": "What was agreed otherwise",
        }
        help_texts = {"reference": "A case number or letters of your own. No name."}  # noqa: RUF012
        error_messages = {  # noqa: RUF012
            "reference": {"required": "Give your reference for the client."},
            "on": {"required": "Say when they were given it."},
        }
        widgets = {  # noqa: RUF012
            "reference": forms.TextInput(attrs={"autocomplete": "off"}),
            "on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "note": forms.Textarea(attrs={"rows": 3, "autocomplete": "off"}),
        }

    def clean_reference(self) -> str:
        """Return the reference, unless it tells who it stands for."""
        return without_a_name(self.cleaned_data["reference"])


class ElsewhereForm(forms.Form):
    """A policy that was written elsewhere: pasted, or a file."""

    text = forms.CharField(
        label="Paste your policy", required=False, widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off"})
    )
    file = forms.FileField(
        label="Or choose its file",
        help_text="Word, PDF, HTML, Markdown or plain text. Nothing of it is kept.",
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Refuse nothing at all, and a file beyond any policy."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        file = cleaned.get("file")
        if not file and not cleaned.get("text"):
            raise forms.ValidationError("Paste your policy, or choose its file.")
        if file and file.size > LARGEST:
            raise forms.ValidationError("The file is larger than any policy. Save the text alone, or paste it.")
        return cleaned


class ProfileForm(forms.Form):
    """A profile as others see it."""

    name = forms.CharField(label="What the account is called", required=False, max_length=200)
    bio = forms.CharField(
        label="What its profile says",
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off"}),
        error_messages={"required": "Write what the profile says."},
    )
    role = forms.ChoiceField(label="You are", choices=choices(ROLES))
    account = forms.ChoiceField(label="What the account is for", choices=choices(ACCOUNTS))
    platform = forms.ChoiceField(
        label="Where", choices=lambda: [(each.id, each.title) for each in platforms().values() if each.profile]
    )
    logo = forms.BooleanField(label="Its picture is the logo of a professional body", required=False)

    def facts(self) -> Facts:
        """Return what is to be known beside the words."""
        told = self.cleaned_data
        return Facts(told["role"], told["account"], told["platform"], told["logo"])


class ApartForm(forms.Form):
    """What holds of the person's accounts."""

    holds = forms.MultipleChoiceField(
        label="Tick what holds for you",
        choices=lambda: list(facts().items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
