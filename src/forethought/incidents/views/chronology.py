"""What an incident's page shows of its ledger: the items in order of time, and what they count up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Count, Func, Max, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce
from django.utils import timezone

from forethought.incidents.fields import ITEM_KINDS
from forethought.incidents.forms.item import moment_words
from forethought.incidents.keeping import records
from forethought.incidents.models import Event, Incident

OPENING = 160  # characters of an item's words that a list shows
MOST_NAMES = 20  # handles that are counted on the page


@dataclass(frozen=True, slots=True)
class Row:
    """An item as the chronology shows it: `when` in words, and `by` which of its times that is."""

    event: Event
    kind: str
    words: str
    who: str
    when: str
    by: str


def dated(incident: Incident) -> QuerySet[Event]:
    """Return the items in order of when they were posted, or else captured, or else kept; what is known decides."""
    first = Event.objects.filter(record=OuterRef("record"), did="added")  # by its index; by incident it reads all
    items: QuerySet[Event] = records(incident, "item").annotate(
        kept=Subquery(first.values("at")[:1]),
        own=Coalesce(_moment("fields__posted__value"), _moment("fields__captured__value")),
        when=Coalesce("own", _moment("kept")),
    )
    return items.order_by("when", "number")


def _moment(name: str) -> Any:
    """Return what SQLite makes of a time: one form, in UTC, nothing where it is no time."""
    value = KT(name) if "__" in name else name
    return Func(value, function="datetime", output_field=CharField(null=True))


def _words(name: str) -> Any:
    """Return a field's value as text, empty where it has none."""
    return Coalesce(KT(f"fields__{name}__value"), Value(""), output_field=CharField())


def row(event: Any) -> Row:
    """Return how a dated item is shown."""
    by = next((name for name in ("posted", "captured") if _is_moment(event.value(name))), "kept")
    when = clock_words(event.kept) if by == "kept" else moment_words(event.value(by))
    said = next(filter(None, (str(event.value(name)) for name in ("title", "words", "name"))), "")
    who = event.value("handle") or event.value("profile") or event.value("account_id")
    return Row(event, kind_of(event), _opening(said), who, when, by)


def kind_of(event: Event) -> str:
    """Return in words what an item is."""
    return ITEM_KINDS.get(event.value("kind"), ITEM_KINDS["other"])


def clock_words(at: str) -> str:
    """Return a time by this computer's clock in words, in the zone that it is in."""
    return moment_words(timezone.localtime(datetime.fromisoformat(at)).isoformat(timespec="seconds"))


def _is_moment(value: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(value))
    except (TypeError, ValueError):
        return False


def _opening(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= OPENING else f"{words[:OPENING].rsplit(' ', 1)[0]} …"


def figures(incident: Incident) -> Mapping[str, Any]:
    """Return how many items there are of each kind and handle, the days that they span, and how many want a look."""
    items = records(incident, "item")
    kinds = items.order_by().values_list(KT("fields__kind__value")).annotate(Count("pk"))
    handles = items.order_by().annotate(handle=_words("handle")).exclude(handle="").values_list("handle")
    ends = dated(incident).aggregate(first=Min("when"), last=Max("when"), undated=Count("pk", filter=Q(own=None)))
    first, last = (date.fromisoformat(each[:10]) if each else None for each in (ends["first"], ends["last"]))
    return {
        "kinds": sorted((ITEM_KINDS.get(kind, ITEM_KINDS["other"]), count) for kind, count in kinds),
        "handles": list(handles.annotate(count=Count("pk")).order_by("-count", "handle")[:MOST_NAMES]),
        "first": first,
        "last": last,
        "days": (last - first).days + 1 if first and last else 0,
        "undated": ends["undated"],
        "unflagged": items.annotate(client=_words("client")).exclude(client__in=("yes", "no")).count(),
    }
