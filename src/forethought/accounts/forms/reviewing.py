"""The forms of a review: how private an account is to be, what its settings are, and what became of the rest."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Advice, Change, Setting
from forethought.accounts.keeping.halfway import NOT_FOUND
from forethought.accounts.vocabulary import LEVELS
from forethought.media.forms import FilesField

LONGEST_REASON = 500
PICTURES = {
    b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif", b"RIFF": "image/webp",
}  # how the pictures begin that every browser shows  # fmt: skip


class StartForm(forms.Form):
    """Which check-up an account is looked through by, and how private it is to be."""

    platform = forms.ChoiceField(
        label="Which check-up", choices=lambda: [(each.id, each.title) for each in checkups().values()],
        help_text="That of the place itself, or the one that comes nearest to it.",
    )  # fmt: skip
    level = forms.ChoiceField(
        label="How private is it to be?", choices=list(LEVELS.items()), widget=forms.RadioSelect,
        help_text="Where a document of your professional body asks for more, its word is shown with the setting.",
    )  # fmt: skip


class AreaForm(forms.Form):
    """The settings of one area: which option the person sees now, or that the setting was not to be found."""

    def __init__(self, settings: Sequence[Setting], data: Any = None, initial: Mapping[str, str] | None = None) -> None:
        """Take the settings, and what was seen before."""
        super().__init__(data, initial=dict(initial or {}), prefix="seen")
        for each in settings:
            self.fields[each.id] = forms.ChoiceField(
                label=each.title, required=False, widget=forms.RadioSelect,
                choices=[*each.options.items(), (NOT_FOUND, "I could not find it")],
                error_messages={"invalid_choice": "That is not among the choices. Choose from the list."},
            )  # fmt: skip

    def seen(self) -> dict[str, str]:
        """Return what was chosen, by the setting's id."""
        return {id: option for id, option in self.cleaned_data.items() if option}


class FinishForm(forms.Form):
    """What is said at the end of a review: which differences are the person's own, who looked, and pictures of it."""

    mine = forms.MultipleChoiceField(
        label="Which of these did you change yourself?", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Those that you leave open were changed by the platform, or by somebody else.",
    )  # fmt: skip
    by = forms.CharField(
        label="Who looked", max_length=80, initial="me", help_text="Such as: me, or a colleague with me.",
        error_messages={"required": "Say who looked, such as: me."},
    )  # fmt: skip
    pictures = FilesField(
        label="Pictures of the screen, if you like", required=False,
        help_text="They are sealed in your vault. Leave other people's names and pictures out of them.",
    )  # fmt: skip

    def __init__(self, changes: Sequence[Change], data: Any = None, files: Any = None) -> None:
        """Take the settings that have another option than the last time."""
        super().__init__(data, files)
        told = [(each.id, f"{each.title}: “{each.before}” before, “{each.after}” now") for each in changes]
        self.fields["mine"].choices = told  # type: ignore[attr-defined]
        if not told:
            del self.fields["mine"]

    def clean_pictures(self) -> list[bytes]:
        """Return the pictures' bytes, or refuse what a browser could not show."""
        given = [each.read() for each in self.cleaned_data["pictures"] if each]
        if not all(map(kind_of, given)):
            raise forms.ValidationError("One of these is no picture that can be shown. Use PNG, JPEG, GIF or WebP.")
        return given


def kind_of(content: bytes) -> str:
    """Return the content type of a picture, empty for anything else."""
    return next((kind for begin, kind in PICTURES.items() if content.startswith(begin)), "")


class MendForm(forms.Form):
    """What became of a setting that is more open than recommended: put right, or left with a reason."""

    done = forms.BooleanField(required=False)
    reason = forms.CharField(
        label="Or why you leave it", required=False, max_length=LONGEST_REASON,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip

    def __init__(self, advice: Advice, seen: str, data: Any = None, reason: str = "") -> None:
        """Take what is advised, what was seen, and the reason that was given before."""
        self.advice = advice
        self.seen = advice.setting.options.get(seen, seen)
        self.recommended = advice.setting.options[advice.option]
        super().__init__(data, initial={"reason": reason}, prefix=advice.setting.id)
        self.fields["done"].label = f"I have set it to “{self.recommended}” now"
