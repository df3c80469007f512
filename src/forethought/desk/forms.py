"""The desk's forms: what may be typed, and what is said where it does not do."""

from typing import Any

from django import forms
from django.conf import settings

from forethought.accounts.models import Account
from forethought.desk.drafts import every_document
from forethought.desk.models import Profile
from forethought.pages.wording import body_name, choices, joined
from forethought.reading import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES

LONGEST = 200_000  # characters of a draft; no platform takes as many
MOST_PICTURES = 20
LONGEST_LIST = 400  # of the numbers of pictures that were looked at


class DraftForm(forms.Form):
    """A draft and where it is going."""

    text = forms.CharField(
        label="What you want to post",
        required=False,
        strip=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 9, "autocomplete": "off", "spellcheck": "true"}),
        error_messages={"max_length": f"This is longer than {LONGEST:,} characters. Check it in parts."},
    )
    account = forms.ChoiceField(label="From which account", choices=choices(ACCOUNTS), initial="professional")
    audience = forms.ChoiceField(label="Who will see it", choices=choices(AUDIENCES), initial="public")
    platform = forms.ChoiceField(label="Where", choices=choices(PLATFORMS), initial="other")
    role = forms.ChoiceField(label="You are writing as", choices=choices(ROLES), initial="counsellor")
    reply_to = forms.CharField(
        label="The message you are answering, if you are",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    pictures = forms.IntegerField(
        label="How many pictures go with it", min_value=0, max_value=MOST_PICTURES, initial=0, required=False
    )
    descriptions = forms.CharField(
        label="What each picture shows (its alt text), one a line",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )

    looked = forms.CharField(required=False, max_length=LONGEST_LIST, widget=forms.HiddenInput)

    def looked_at(self) -> list[int]:
        """Return for each picture the number under which it was looked at, or 0."""
        parts = self.cleaned_data["looked"].split(",")[:MOST_PICTURES]
        return [int(part) if part.isdecimal() and len(part) < 10 else 0 for part in parts]

    def context(self) -> dict[str, Any]:
        """Return where the draft is going, as a review takes it."""
        found = {name: self.cleaned_data[name] for name in ("account", "audience", "platform", "role")}
        return found | {"reply_to": self.cleaned_data["reply_to"] or None}

    def kept(self) -> dict[str, Any]:
        """Return where the draft is going and its pictures' descriptions, as a held draft keeps them."""
        return self.context() | {name: self.cleaned_data[name] for name in ("pictures", "descriptions")}

    def all_descriptions(self) -> list[str]:
        """Return a description for each picture, empty where one is missing."""
        given: list[str] = self.cleaned_data["descriptions"].splitlines()[:MOST_PICTURES]
        return given + [""] * ((self.cleaned_data["pictures"] or 0) - len(given))


class BodiesField(forms.MultipleChoiceField):
    """The professional bodies that a person belongs to."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, **options: Any) -> None:
        """Offer every body of the guidance, with what its current documents say of their own weight."""
        super().__init__(choices=list(_bodies().items()), required=False, **options)


def _bodies() -> dict[str, str]:
    """Return each body's name, and whether it binds its members or advises them."""
    weights: dict[str, set[str]] = {}
    names = {pack.body: f"{body_name(pack)}, {pack.publisher}" for pack in every_document().packs}
    for pack in every_document().packs:
        weights.setdefault(pack.body, set()).add(pack.weight)
    return {body: f"{name} ({joined(sorted(weights[body]))} its members)" for body, name in names.items()}


class ProfileForm(forms.ModelForm):
    """Who the person is."""

    bodies = BodiesField(label="Your professional bodies", help_text="Tick none and all of the guidance counts.")
    idle_minutes = forms.IntegerField(label="Lock after so many minutes without use", min_value=1, max_value=240)

    class Meta:
        """All of the profile."""

        model = Profile
        fields = ("role", "nation", "bodies", "idle_minutes")
        labels = {"role": "Your role", "nation": "Where you practise"}  # noqa: RUF012


class AccountForm(forms.ModelForm):
    """An account that the person posts from."""

    class Meta:
        """What the check page needs of an account; the rest is in its own room."""

        model = Account
        fields = ("name", "kind", "platform", "audience")
        labels = {  # noqa: RUF012
            "name": "What you call it",
            "kind": "What it is for",
            "platform": "Where it is",
            "audience": "Who sees it",
        }


def secret(label: str, **options: Any) -> forms.CharField:
    """Return a field for a passphrase, which is taken as typed and never shown again."""
    attributes = {"autocomplete": options.pop("autocomplete", "current-password")}
    if options.pop("weighed", False):
        attributes |= {"hx-post": "/strength/", "hx-target": "#strength", "hx-trigger": "input delay:300ms"}
    widget = forms.PasswordInput(attrs=attributes)
    missing = {"required": f"Type {label[0].lower()}{label[1:]}."}
    return forms.CharField(label=label, strip=False, max_length=1_000, widget=widget, error_messages=missing, **options)


class UnlockForm(forms.Form):
    """The passphrase."""

    passphrase = secret("Your passphrase")


class NewPassphraseForm(forms.Form):
    """A new passphrase, twice."""

    new = secret("A new passphrase", autocomplete="new-password", weighed=True)
    again = secret("The same again", autocomplete="new-password")

    def clean(self) -> dict[str, Any]:
        """Refuse two that differ."""
        found: dict[str, Any] = self.cleaned_data
        if "new" in found and "again" in found and found["new"] != found["again"]:
            self.add_error("again", "The two are not the same. Type both again.")
        return found


class RecoverForm(NewPassphraseForm):
    """The recovery key and a new passphrase."""

    field_order = ("recovery_key", "new", "again")
    recovery_key = forms.CharField(
        label="The recovery key on your printed sheet",
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class ChangeForm(NewPassphraseForm):
    """The old passphrase and a new one."""

    field_order = ("old", "new", "again")
    old = secret("Your passphrase as it is")


class EraseForm(forms.Form):
    """The passphrase and a word that nobody types by accident."""

    passphrase = secret("Your passphrase")
    word = forms.CharField(label="Type ERASE in capitals", widget=forms.TextInput(attrs={"autocomplete": "off"}))

    def clean_word(self) -> str:
        """Refuse any other word."""
        if self.cleaned_data["word"] != "ERASE":
            raise forms.ValidationError("Type ERASE in capitals to erase everything, or leave this page.")
        return "ERASE"


class RestoreForm(forms.Form):
    """A backup and the passphrase that it was made under."""

    backup = forms.FileField(label="The backup file", error_messages={"required": "Choose the backup file."})
    passphrase = secret("The passphrase of the day it was made")


def first_account() -> dict[str, str]:
    """Return what the check page begins with: the role and the first account in use; nothing before a vault."""
    if not settings.DOOR.vault.is_open:
        return {}
    begun = {"role": Profile.current().role}
    account = next((each for each in Account.objects.all() if each.posted_as), None)
    if account is not None:
        begun |= {"account": account.kind, "platform": account.posted_as, "audience": account.audience}
    return begun
