"""The forms for a hack: what happened, what was done, what the notices say, the risk to people, and a link."""

from datetime import UTC, datetime
from typing import Any

from django import forms

from forethought.accounts.calendar.news import NATIONS
from forethought.accounts.checkups.load import checkups
from forethought.accounts.hacked.load import FACTS, kinds, questions
from forethought.accounts.hacked.notices import places
from forethought.accounts.keeping.hacks import ASKED
from forethought.accounts.models import Account

LONGEST = 2_000  # characters of a note
MOST_TEXT = 100_000  # characters of a message
WHEN = "%Y-%m-%dT%H:%M"
LABELS = {"regained": "when it was yours again, if it is"}
PERSONAL, CLIENTS = "personal", frozenset({"clients", "practice"})  # facts that cannot both be so
YES_NO = [("", "I do not know yet"), ("yes", "Yes"), ("no", "No")]


def _when(label: str, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """Return a field for a moment in the time of this device."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=WHEN)
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=widget,
        error_messages={"required": "Give the day and the hour.", "invalid": "Give a day and an hour."},
    )


class FactsForm(forms.Form):
    """What is known: where the person works, when they became aware, and what else is so."""

    nation = forms.ChoiceField(
        label="Where you work", choices=[("", "Choose one"), *((each, each) for each in NATIONS)],
        help_text="It decides to whom this is reported.", error_messages={"required": "Choose where you work."},
    )  # fmt: skip
    aware = _when("When you became aware of it", help_text="The hours to report in are counted from here.")
    facts = forms.MultipleChoiceField(
        label="What is so, as far as you know",
        choices=list(FACTS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="You can change this later.",
    )

    def clean_aware(self) -> datetime:
        """Refuse an hour that has not come yet."""
        found: datetime = self.cleaned_data["aware"]
        if found > datetime.now(UTC):
            raise forms.ValidationError("This hour has not come yet. Check the day and the hour.")
        return found

    def clean_facts(self) -> list[str]:
        """Refuse that no client is touched together with one that is."""
        found: list[str] = self.cleaned_data["facts"]
        if PERSONAL in found and CLIENTS & {*found}:
            raise forms.ValidationError("“It is personal only” and what touches clients cannot both be so: untick one.")
        return found


def _kinds() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the kinds of account, and the platforms by their names, whose own way back the plan then has."""
    known = [(each.id, each.title) for each in checkups().values() if each.id not in kinds()]
    named = sorted(known, key=lambda each: each[1].casefold())
    return [("A kind of account", [(each.id, each.title) for each in kinds().values()]), ("By its name", named)]


class BeginForm(FactsForm):
    """What was taken over: an account of the register, or a kind of account."""

    field_order = ("account", "kind", "nation", "aware", "facts")
    account = forms.ModelChoiceField(
        Account.objects.none(), label="Which account", required=False, empty_label="One that is not in my list"
    )
    kind = forms.ChoiceField(
        label="Or what kind it is", choices=lambda: [("", "Choose one"), *_kinds()], required=False
    )  # fmt: skip

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Django's own form takes."""
        super().__init__(*given, **named)
        self.fields["account"].queryset = Account.objects.filter(closed=None)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse neither an account nor a kind."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not told.get("account") and not told.get("kind"):
            self.add_error("kind", "Choose an account above, or a kind here.")
        return told


class NoteForm(forms.Form):
    """What was done at a stage, or why it does not apply."""

    words = forms.CharField(
        label="What you did, or why it does not apply",
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        error_messages={"required": "Write a few words: it goes into your log with the hour."},
    )


class ToldForm(forms.Form):
    """What goes into the notices."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Django's own form takes."""
        super().__init__(*given, **named)
        for name in ("happened", "regained"):
            self.fields[name] = _when(_label(name), required=False)
        for name in ASKED:
            self.fields[name] = forms.CharField(
                label=_label(name), required=False, max_length=LONGEST, widget=_widget(name)
            )

    def told(self) -> dict[str, str]:
        """Return what was given, moments in ISO 8601."""
        given = {name: value for name, value in self.cleaned_data.items() if value}
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in given.items()}


def _label(name: str) -> str:
    asks = LABELS.get(name) or places()[name]
    return f"{asks[:1].upper()}{asks[1:]}"


def _widget(name: str) -> forms.Widget:
    if name in ("what", "posted", "effect", "measures"):
        return forms.Textarea(attrs={"rows": 2, "autocomplete": "off"})
    return forms.TextInput(attrs={"autocomplete": "off"})


class RiskForm(forms.Form):
    """The questions by which the risk to people is weighed."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """Take what Django's own form takes."""
        super().__init__(*given, **named)
        for each in questions():
            self.fields[each.id] = forms.ChoiceField(
                label=each.words, choices=YES_NO, required=False, widget=forms.RadioSelect
            )

    def answers(self) -> dict[str, bool]:
        """Return yes or no to each question that was answered."""
        return {id: said == "yes" for id, said in self.cleaned_data.items() if said}


class LinkForm(forms.Form):
    """A message or a link to be looked at."""

    text = forms.CharField(
        label="The message or the link",
        help_text="Copy it without opening it. It is read here, and not kept.",
        max_length=MOST_TEXT,
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": "Paste a message or a link."},
    )
