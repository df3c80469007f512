"""The forms for what a person says of a record: one for each kind, made from the titles of its fields."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone as django_time

from forethought.incidents.fields import ITEM_KINDS, TITLES, Fields, said, value_of

# What a person may say of a record of each kind, in the order in which it is asked; the rest is observed or read.
SAID: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "incident": ("title", "about", "began"),
        "item": (
            "kind", "title", "posted", "platform", "handle", "account_id", "profile", "address", "captured",
            "captured_by", "words", "remark",
        ),
        "account": ("handle", "account_id", "name", "platform", "profile", "who", "body", "remark"),
        "witness": ("name", "reach", "saw", "when"),
        "effect": ("when", "words", "who_saw"),
        "action": ("when", "step", "to", "reference", "answer", "remark"),
        "note": ("words",),
    }
)  # fmt: skip
HINTS: Mapping[str, str] = MappingProxyType(
    {
        "title": "A few words by which you will know it. It can go into a pack, so name no client.",
        "platform": "Such as Instagram, WhatsApp or a review site.",
        "handle": "The name that the account goes by, as it is written there.",
        "account_id": "Some platforms show one. It stays the same when the name is changed.",
        "profile": "The link to the account.",
        "address": "The link to the post itself, where it has one.",
        "captured": "By the clock of the phone or computer that you captured it with.",
        "captured_by": "Such as: I took it on my phone, the whole screen.",
        "words": "As they stand there, with every slip.",
        "who": "Such as: a stranger, a former client, a colleague. Name no client: this can go into a pack. "
        "Leave it open where you do not know.",
        "reach": "What you would tell the police if they asked for this person.",
        "who_saw": "Such as a doctor, a colleague or somebody at home.",
        "reference": "Whoever you told may have given you one. Write it down as it is.",
    }
)
LONG = frozenset(("about", "answer", "remark", "saw", "words"))
DATES = frozenset((("incident", "began"), ("effect", "when"), ("action", "when")))
OTHER_TITLES = {
    ("note", "words"): "What you want to remember",
    ("item", "captured_by"): "How it was captured, and by whom",
}
LONGEST = 20_000  # characters of a long field; a longer text is evidence, and is kept as an item
ZONES = (
    ("", "I do not know"), ("Europe/London", "United Kingdom"), ("UTC", "UTC"),
    ("Europe/Paris", "Paris, Berlin, Madrid"), ("America/New_York", "New York"),
    ("America/Los_Angeles", "Los Angeles"), ("Asia/Kolkata", "India"), ("Australia/Sydney", "Sydney"),
)  # fmt: skip
TIMES = frozenset(("posted", "captured", "file_time", "time", "when", "began"))  # fields that hold a moment
FUTURE = "This lies in the future. Look at the date again."


class RecordForm(forms.Form):
    """What the person says of a record; `before` are the fields that it had, where it is corrected."""

    def __init__(self, what: str, *given: Any, before: Fields | None = None, **named: Any) -> None:
        """Take the kind of record, and what a form takes."""
        super().__init__(*given, **named)
        for name in SAID[what]:
            self.fields.update(_fields(what, name))
        if what == "incident":
            self.fields["title"].required = True
            self.fields["title"].error_messages["required"] = "Give it a name, so that you find it again."
        for name, field in (before or {}).items():
            self._fill(name, field["value"])

    def _fill(self, name: str, value: Any) -> None:
        """Put a value that was said before into its field."""
        if name == "posted":
            moment, timed = _read(value)
            self.initial["posted_on"] = moment and moment.date()
            self.initial["posted_at"] = moment.strftime("%H:%M:%S") if moment and timed else None
            if moment and moment.tzinfo:
                self._keep_offset(moment)
        elif isinstance(self.fields.get(name), forms.DateTimeField):
            self.initial[name] = _read(value)[0]
        elif name in self.fields:
            self.initial[name] = value

    def _keep_offset(self, moment: datetime) -> None:
        """Offer the zone that was said before, which may be one that is not in the list."""
        offset = moment.strftime("%z")
        self.fields["zone"].choices = [(offset, f"As it was: UTC{offset}"), *ZONES]  # type: ignore[attr-defined]
        self.initial["zone"] = offset

    def clean(self) -> dict[str, Any]:
        """Refuse what lies in the future, a time without its day, and a form in which nothing was said."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        latest = date.today() + timedelta(days=1)  # it may be tomorrow already where it was posted
        for name, value in list(told.items()):
            day = django_time.localtime(value).date() if isinstance(value, datetime) else value
            if isinstance(day, date) and day > latest:
                self.add_error(name, FUTURE)
        if told.get("posted_at") and not told.get("posted_on"):
            self.add_error("posted_on", "Give the day as well as the time.")
        if not self.errors and not self._is_said():
            raise forms.ValidationError("Nothing is written here yet. Fill in what you know; one field is enough.")
        return told

    def _is_said(self) -> bool:
        return bool(self.said())

    def said(self) -> Fields:
        """Return what was said, each field marked as that."""
        told = {name: value for name, value in self.cleaned_data.items() if name in TITLES_OF_ALL}
        return said(**{name: _kept(value) for name, value in told.items()}, posted=_posted(self.cleaned_data))


TITLES_OF_ALL = frozenset(name for names in SAID.values() for name in names)


def _fields(what: str, name: str) -> Iterator[tuple[str, forms.Field]]:
    """Yield the form's fields for one field of a record."""
    label = OTHER_TITLES.get((what, name)) or TITLES[what][name]
    help = "" if (what, name) in {("note", "words"), ("effect", "words")} else HINTS.get(name, "")
    if name == "posted":
        yield from _posted_fields()
    elif name == "kind":
        yield name, forms.ChoiceField(label=label, choices=list(ITEM_KINDS.items()))
    elif name == "captured":
        widget = forms.DateTimeInput(attrs={"type": "datetime-local", "step": 1}, format="%Y-%m-%dT%H:%M:%S")
        yield name, forms.DateTimeField(label=label, help_text=help, required=False, widget=widget)
    elif (what, name) in DATES:
        yield name, forms.DateField(label=label, help_text=help, required=False, widget=_day())
    else:
        yield name, _words(label, help, name in LONG)


def _posted_fields() -> Iterator[tuple[str, forms.Field]]:
    """Yield the day, time and zone that a platform shows; often only the first is known."""
    time = forms.TimeInput(attrs={"type": "time", "step": 1}, format="%H:%M:%S")
    yield "posted_on", forms.DateField(label="The day it was posted", required=False, widget=_day())
    yield "posted_at", forms.TimeField(label="The time it shows", required=False, widget=time)
    yield "zone", forms.ChoiceField(
        label="Whose time that is",
        help_text="Most platforms show the time of the device that you look with.",
        choices=ZONES, required=False, initial="Europe/London",
    )  # fmt: skip


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def _words(label: str, help: str, long: bool) -> forms.CharField:
    quiet = {"autocomplete": "off"}
    widget = forms.Textarea(attrs={"rows": 3, **quiet}) if long else forms.TextInput(attrs=quiet)
    most = LONGEST if long else 500
    return forms.CharField(label=label, help_text=help, required=False, max_length=most, widget=widget)


def _kept(value: Any) -> Any:
    """Return a value as a record keeps it: text."""
    if isinstance(value, datetime):
        return django_time.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    return value.replace("\r\n", "\n") if isinstance(value, str) else value  # as it was before a form had it


def _posted(told: Mapping[str, Any]) -> str:
    """Return a day, or a day and a time with its zone where that is known, in ISO 8601."""
    day, time, zone = (told.get(name) for name in ("posted_on", "posted_at", "zone"))
    if not day:
        return ""
    if not time:
        return str(day.isoformat())
    return datetime.combine(day, time, _zone(zone) if zone else None).isoformat(timespec="seconds")


def _zone(name: str) -> Any:
    if name[0] in "+-":
        hours = timedelta(hours=int(name[1:3]), minutes=int(name[3:5]))
        return timezone(hours if name[0] == "+" else -hours)
    return UTC if name == "UTC" else ZoneInfo(name)


def _read(value: Any) -> tuple[datetime | None, bool]:
    """Return a moment that a record keeps, and whether it has a time of day; None for one in words of another kind."""
    try:
        return datetime.fromisoformat(value), "T" in value
    except (TypeError, ValueError):
        return None, False


def moment_words(value: Any) -> str:
    """Return a moment that a record keeps in words, with the zone that it is in; other words as they stand."""
    moment, timed = _read(value)
    if moment is None:
        return str(value)
    day = f"{moment.day} {moment:%B %Y}"
    if not timed:
        return day
    clock = f"{moment:%H:%M}" if not moment.second else f"{moment:%H:%M:%S}"
    offset = moment.strftime("%z")
    zone = "time zone not known" if not offset else "UTC" if offset == "+0000" else f"UTC{offset[:3]}:{offset[3:5]}"
    return f"{day}, {clock} ({zone})"


class RemoveForm(forms.Form):
    """Why a record is removed."""

    reason = forms.CharField(
        label="Why you remove it", max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text="This stays in the ledger. Do not repeat what was in it.",
        error_messages={"required": "Write why. Whoever looks at the ledger later will ask."},
    )  # fmt: skip


class ClientForm(forms.Form):
    """Whether an item could identify a client."""

    client = forms.ChoiceField(
        label="Could it identify a client?",
        help_text="Think of names, faces, voices, and details that only fit one person.",
        choices=[("no", "No"), ("yes", "Yes"), ("perhaps", "Perhaps, or I do not know yet")],
        widget=forms.RadioSelect,
        error_messages={"required": "Choose one of the three.", "invalid_choice": "Choose one of the three."},
    )

    def __init__(self, *given: Any, before: Fields | None = None, **named: Any) -> None:
        """Take the fields that the item has."""
        super().__init__(*given, **named)
        self.initial["client"] = value_of(before or {}, "client")
