"""The forms of the register: an account, its end, and what archives add."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms

from forethought.accounts.from_archives import Proposal
from forethought.accounts.models import Account

FUTURE = "This lies in the future. Look at the date again."
MARKS = {"email": "the e-mail address", "phone": "the phone number", "photo": "the picture"}
ONE_A_LINE = "One a line."
PARTS = {
    "": ("name", "platform", "handle", "kind", "audience"),
    "How it is guarded": ("two_step", "recovery", "who_can_post", "linked_apps"),
    "What it shows of you": ("public_name", "names", "bio", "links", "email", "phone", "photo", "forget"),
    "When you used it, and a note": ("last_used", "note"),
}  # what is asked together


class DayInput(forms.DateInput):
    """A field for a day, as a browser has it."""

    def __init__(self) -> None:
        """Make it one that a browser shows a calendar for."""
        super().__init__(attrs={"type": "date"}, format="%Y-%m-%d")


class LinesField(forms.CharField):
    """Several short texts, one a line."""

    widget = forms.Textarea(attrs={"rows": 3})

    def prepare_value(self, value: Any) -> Any:
        """Return a list as the text that is shown."""
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]
        """Return the lines that hold something."""
        return [line.strip() for line in str(value or "").splitlines() if line.strip()]


class AccountForm(forms.ModelForm):  # type: ignore[type-arg]  # it takes none while running
    """An account. An address, a number and a picture are taken in plain, and only their marks are kept."""

    names = LinesField(
        label="Other names that it shows or showed", required=False, help_text=f"Former names too. {ONE_A_LINE}"
    )
    links = LinesField(label="Links in its profile", required=False, help_text=ONE_A_LINE)
    linked_apps = LinesField(
        label="Apps and sites that may use it", required=False,
        help_text=f"Those that you signed in to with it, or that post from it. {ONE_A_LINE}",
    )  # fmt: skip
    email = forms.CharField(
        label="The e-mail address it was opened with", required=False, max_length=320,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = forms.CharField(
        label="The phone number it was opened with", required=False, max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    photo = forms.FileField(
        label="Its picture", required=False, widget=forms.FileInput(attrs={"accept": "image/*"}),
    )  # fmt: skip
    forget = forms.MultipleChoiceField(
        label="Forget what is kept of", required=False, widget=forms.CheckboxSelectMultiple
    )
    last_used = forms.DateField(label="Last used", required=False, widget=DayInput)

    class Meta:
        """What is kept as it is given."""

        model = Account
        fields = (
            "name", "platform", "handle", "kind", "audience", "two_step", "recovery", "who_can_post", "linked_apps",
            "public_name", "names", "bio", "links", "last_used", "note",
        )  # fmt: skip
        widgets = {  # noqa: RUF012
            "recovery": forms.Textarea(attrs={"rows": 2}),
            "bio": forms.Textarea(attrs={"rows": 3}),
            "note": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts = {  # noqa: RUF012
            "name": "A few words by which you will know it.",
            "platform": "A phone and a browser count too: they have settings of their own.",
            "recovery": "Such as: codes on paper, in the drawer. Write no code or password here.",
            "who_can_post": "Leave it empty if it is you alone.",
        }

    def __init__(self, *given: Any, **named: Any) -> None:
        """Say of each mark whether there is one already, and offer to forget it."""
        super().__init__(*given, **named)
        held = [(name, words) for name, words in MARKS.items() if getattr(self.instance, name)]
        self.fields["forget"].choices = held  # type: ignore[attr-defined]
        if not held:
            del self.fields["forget"]
        for name, words in MARKS.items():
            known = f"A mark of {words} is kept. Leave this empty to leave it so." if (name, words) in held else ""
            self.fields[name].help_text = known or "Kept as a mark that cannot be read back, to see what leads where."

    @property
    def parts(self) -> Iterator[tuple[str, list[Any], bool]]:
        """Yield what is asked together: a title, the fields, and whether one of them is to be mended."""
        for title, names in PARTS.items():
            fields = [self[name] for name in names if name in self.fields]
            yield title, fields, any(field.errors for field in fields)

    def clean_handle(self) -> str:
        """Take the sign before a handle away, so that one handle is written one way."""
        return str(self.cleaned_data["handle"]).strip().lstrip("@")

    def clean_last_used(self) -> date | None:
        """Refuse a day that is still to come."""
        return past(self.cleaned_data["last_used"])

    def said(self) -> dict[str, Any]:
        """Return what is to be kept, by the account's fields; a mark that nothing was said of is left out."""
        told = {name: self.cleaned_data[name] for name in self.Meta.fields}
        told |= dict.fromkeys(self.cleaned_data.get("forget", ()), "")
        photo = self.cleaned_data.get("photo")
        given = {name: self.cleaned_data.get(name, "").strip() for name in ("email", "phone")}
        return told | {name: each for name, each in given.items() if each} | ({"photo": photo.read()} if photo else {})


def past(day: date | None) -> date | None:
    """Return a day, or refuse it where it is still to come."""
    if day and day > date.today():
        raise forms.ValidationError(FUTURE)
    return day


class CloseForm(forms.Form):
    """On which day an account was closed; empty where it is open again."""

    closed = forms.DateField(
        label="Closed on", required=False, help_text="Leave it empty if the account is open.", widget=DayInput
    )

    def clean_closed(self) -> date | None:
        """Refuse a day that is still to come."""
        return past(self.cleaned_data["closed"])


class RemoveForm(forms.Form):
    """That an account may be taken out of the register."""

    sure = forms.BooleanField(
        label="I understand that its reviews and their pictures cannot be brought back",
        error_messages={"required": "Tick this first, so that nothing is lost by a slip."},
    )


class ProposalForm(forms.Form):
    """One thing that an archive adds: whether it is taken, and in which fields the archive is right."""

    add = forms.BooleanField(required=False)
    take = forms.MultipleChoiceField(
        label="Where the two differ, go by the archive for", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, proposal: Proposal, data: Any = None) -> None:
        """Take what is proposed."""
        self.proposal = proposal
        super().__init__(data, prefix="archive-" + "-".join(map(str, proposal.told.archives)))
        new = proposal.account is None
        self.fields["add"].label = "Add it to the register" if new else "Fill in what is empty"
        self.fields["add"].initial = True
        if not new and not proposal.fields:
            del self.fields["add"]
        differing = [(name, f"{title_of(name)}: {words_of(name, his)}, not {words_of(name, mine)}")
                     for name, (mine, his) in proposal.differs.items()]  # fmt: skip
        self.fields["take"].choices = differing  # type: ignore[attr-defined]
        if not differing:
            del self.fields["take"]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """What the archive would fill in: each field's title and the words."""
        return [(title_of(name), words_of(name, value)) for name, value in self.proposal.fields.items()]

    @property
    def is_wanted(self) -> bool:
        """Whether anything of it is taken."""
        return bool(self.cleaned_data.get("add") or self.cleaned_data.get("take"))


def title_of(name: str) -> str:
    """Return what a page calls a field of an account."""
    return str(Account._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def words_of(name: str, value: Any) -> str:
    """Return a field's value as a page tells it."""
    if isinstance(value, date):
        return f"{value.day} {value:%B %Y}"
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    chosen: Sequence[tuple[Any, Any]] = Account._meta.get_field(name).choices or ()  # type: ignore[union-attr]
    return str(dict(chosen).get(value, value) or "nothing")
