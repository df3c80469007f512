"""The pages of one record: its fields and where each is from, its history, correcting, removing, and its file."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.incidents import keeping
from forethought.incidents.fields import ITEM_KINDS, ORIGINS, TITLES, WHATS, Fields, field, title_of, value_of
from forethought.incidents.forms.item import SAID, TIMES, ClientForm, RecordForm, RemoveForm, moment_words
from forethought.incidents.models import Event, Incident
from forethought.incidents.views.chronology import clock_words
from forethought.incidents.views.ledger import is_quiet
from forethought.web import tell

SHOWN: Mapping[str, str] = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif", "webp": "image/webp",
}  # fmt: skip
CLIENT: Mapping[str, str] = {"yes": "Yes", "no": "No", "perhaps": "Perhaps"}
INNER = frozenset(("token", "roots"))  # a timestamp as bytes, which a pack gives as a file


@require_http_methods(["GET", "POST"])
def record(request: HttpRequest, pk: int, record: str) -> HttpResponse:
    """Show a record, and take what is to be corrected in it."""
    found, newest = _newest(pk, record)
    form = None
    if newest.did != "removed" and newest.what in SAID:
        given = request.POST if request.method == "POST" else None
        form = RecordForm(newest.what, given, before=newest.fields or {})
        if form.is_valid():
            return _corrected(request, found, newest, form)
    elif request.method == "POST":
        raise Http404
    return page(request, found, newest, 400 if form and form.errors else 200, form=form)


def _corrected(request: HttpRequest, found: Incident, newest: Event, form: RecordForm) -> HttpResponse:
    """Enter what was said anew where it differs; what the form does not ask stays."""
    before: Fields = newest.fields or {}
    asked = SAID[newest.what]
    told = {
        name: before[name] if value_of(before, name) == each["value"] else each for name, each in form.said().items()
    }
    fields = {name: each for name, each in before.items() if name not in asked} | told
    if fields == before:
        tell(request, "Nothing was changed.")
    else:
        keeping.correct(found, newest.record, fields, datetime.now(UTC))
        tell(request, "Corrected. What it said before stays in its history.")
    return redirect("incidents:record", found.pk, newest.record)


def _newest(pk: int, record: str) -> tuple[Incident, Event]:
    """Return an incident and the last event of a record in it. Raises Http404."""
    found = get_object_or_404(Incident, pk=pk)
    newest = keeping.history(found, record).last()
    if newest is None:
        raise Http404
    return found, newest


def item(pk: int, record: str) -> tuple[Incident, Event]:
    """Return an incident and an item of it that is still kept. Raises Http404."""
    found, newest = _newest(pk, record)
    if newest.what != "item" or newest.did == "removed":
        raise Http404
    return found, newest


def page(request: HttpRequest, found: Incident, newest: Event, status: int = 200, **forms: Any) -> HttpResponse:
    """Return the page of a record, with the forms as they were sent."""
    events = list(keeping.history(found, newest.record))
    shown = {
        "incident": found,
        "record": newest,
        "title": _title(newest),
        "kind": WHATS[newest.what],
        "rows": list(_rows(newest)),
        "kept": clock_words(events[0].at),
        "history": list(_history(events)),
        "form": forms.get("form"),
        "client": forms.get("client") or ClientForm(before=newest.fields or {}),
        "picture": shown_as(newest),
        "hidden": is_quiet(found) and "show" not in request.GET,
        "origin": keeping.records(found, "item").filter(digest=newest.value("derived") or "-").first(),
        "copies": keeping.records(found, "item").filter(fields__derived__value=newest.value("sha256") or "-"),
        "times": {name: moment_words(newest.value(name)) for name in ("posted", "captured", "file_time")},
    }
    return render(request, "incidents/record.html", shown, status=status)


def _title(event: Event) -> str:
    """Return what a record's page is called."""
    if event.what == "item" and event.value("number"):
        return f"Item {event.value('number')}"
    return WHATS[event.what][:1].upper() + WHATS[event.what][1:]


def _rows(event: Event) -> Iterator[tuple[str, str, str, str]]:
    """Yield each field's name, title, value in words and origin, in the order of the kind's fields."""
    what = "removal" if event.did == "removed" else event.what
    fields = event.fields or {}
    order = [name for name in TITLES[what] if name in fields] + [name for name in fields if name not in TITLES[what]]
    for name in order:
        if name not in INNER:
            each = fields[name]
            yield name, title_of(what, name), words_of(name, each["value"]), ORIGINS[each["from"]]


def words_of(name: str, value: Any) -> str:
    """Return a field's value as a page says it."""
    if name == "kind":
        return ITEM_KINDS.get(value, str(value))
    if name == "client":
        return CLIENT.get(value, str(value))
    if name == "length" and isinstance(value, int):
        return f"{value} ({filesizeformat(value)})" if value >= 1024 else str(value)
    if name in TIMES:
        return moment_words(value)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _history(events: list[Event]) -> Iterator[dict[str, Any]]:
    """Yield each event of a record: when, what was done, and which fields it changed from what to what."""
    before: Fields = {}
    for event in events:
        now: Fields = event.fields or {}
        names = [name for name in dict.fromkeys((*before, *now)) if before.get(name) != now.get(name)]
        corrected = event.did == "corrected" and event.fields is not None
        yield {
            "event": event,
            "at": clock_words(event.at),
            "changes": [_change(event.what, name, before, now) for name in names] if corrected else [],
        }
        before = now


def _change(what: str, name: str, before: Fields, now: Fields) -> tuple[str, str, str]:
    return title_of(what, name), words_of(name, value_of(before, name)), words_of(name, value_of(now, name))


def shown_as(event: Event) -> str:
    """Return the content type of a picture that a browser can show by itself, empty for anything else."""
    return SHOWN.get(str(event.value("name")).rpartition(".")[2].casefold(), "") if event.what == "item" else ""


@require_GET
def file(request: HttpRequest, pk: int, record: str) -> HttpResponseBase:
    """Give an item's bytes as they were kept, as a file; or, where it is asked for, show a picture."""
    _, found = item(pk, record)
    content = keeping.original(settings.DOOR.vault, found)
    kind = shown_as(found) if "show" in request.GET else ""
    named = {"Content-Length": str(found.value("length"))}
    if not kind:
        name = str(found.value("name")) or f"item-{found.value('number')}.txt"
        named["Content-Disposition"] = content_disposition_header(True, name)
    return StreamingHttpResponse(content, content_type=kind or "application/octet-stream", headers=named)


@require_POST
def client(request: HttpRequest, pk: int, record: str) -> HttpResponse:
    """Note whether an item could identify a client."""
    found, newest = item(pk, record)
    form = ClientForm(request.POST)
    if not form.is_valid():
        before = RecordForm("item", before=newest.fields or {})
        return page(request, found, newest, 400, form=before, client=form)
    fields = dict(newest.fields or {}) | {"client": field(form.cleaned_data["client"])}
    keeping.correct(found, record, fields, datetime.now(UTC))
    tell(request, "Noted. It decides what goes into a pack.")
    return redirect("incidents:record", pk, record)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int, record: str) -> HttpResponse:
    """Remove a record's content for good, with the reason that stays in its place."""
    found, newest = _newest(pk, record)
    if newest.did == "removed" or newest.what not in SAID or newest.what == "incident":
        raise Http404
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keeping.remove(settings.DOOR.vault, found, record, form.cleaned_data["reason"], datetime.now(UTC))
        tell(request, "Removed. That it was there, and why it was removed, stays in the ledger.")
        return redirect("incidents:incident", pk)
    shown = {"incident": found, "record": newest, "title": _title(newest), "form": form}
    return render(request, "incidents/remove.html", shown, status=400 if form.errors else 200)
