"""Handing over: who can be given a pack, what of it goes and what stays at home, and the pack itself as a file."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from forethought.errors import ForethoughtError, sentence
from forethought.incidents import keeping
from forethought.incidents.fields import said, title_of, value_of
from forethought.incidents.forms.packing import ClearForm, PackForm, named
from forethought.incidents.keeping.packs import case_of, hand_over
from forethought.incidents.models import Event, Incident
from forethought.incidents.noting import entered
from forethought.incidents.packs import Case, Held, Kept, Selection, build, choose, recipients
from forethought.incidents.packs.choosing import CLIENT, COVERED, UNKNOWN
from forethought.incidents.packs.model import Told

FOR_A_CLIENT = (CLIENT, COVERED, UNKNOWN)  # why an item stays at home for a client's sake
TOLD = {
    "incident": "What happened", "account": "Accounts", "witness": "Witnesses", "effect": "The effect on you",
    "action": "What was done", "note": "Notes", "stamp": "Timestamps", "head": "Heads that were handed out",
    "pack": "Packs that were made",
}  # fmt: skip
WRITTEN = ("incident", "account", "witness", "effect", "action", "note")  # records in the person's own words


@require_GET
def packs(request: HttpRequest, pk: int) -> HttpResponse:
    """List who can be given a pack, and the packs that were made."""
    incident = get_object_or_404(Incident, pk=pk)
    made = [(_title(event), entered(event), event) for event in keeping.records(incident, "pack")]
    shown = {"incident": incident, "recipients": recipients().values(), "made": made}
    return render(request, "incidents/packs.html", shown)


def _title(event: Event) -> str:
    known = recipients().get(str(event.value("recipient")))
    return known.title if known else str(event.value("recipient"))


@require_http_methods(["GET", "POST"])
def pack(request: HttpRequest, pk: int, id: str) -> HttpResponseBase:
    """Choose what goes to a recipient, show it, and give it as a file."""
    incident = get_object_or_404(Incident, pk=pk)
    if id not in recipients():
        raise Http404
    recipient, case = recipients()[id], case_of(settings.DOOR.vault, incident)
    first = choose(case, recipient)
    if request.POST.get("do") == "clear":
        return _clear(request, incident, first)
    form = _form(first, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not form.is_valid():
        return _choosing(request, incident, first, form)
    selection = choose(case, recipient, form.chosen(), form.confirmed())
    if request.POST.get("do") == "make":
        try:
            return _given(incident, case, selection, form)
        except ForethoughtError as error:
            form.add_error(None, sentence(error))
    return _look(request, incident, selection, form)


def _form(first: Selection, data: Any) -> PackForm:
    offered = [] if first.recipient.whole else [each.kept for each in first.going]
    return PackForm(offered, [each for each in first.held if each.why in (CLIENT, COVERED)], data)


def _clear(request: HttpRequest, incident: Incident, first: Selection) -> HttpResponse:
    """Note of which items it was said that no client can be made out in them."""
    form = ClearForm(_unknown(first), request.POST)
    if not form.is_valid():
        return _choosing(request, incident, first, _form(first, None), form)
    chosen = form.cleaned_data["clear"]
    for event in list(keeping.records(incident, "item").filter(record__in=chosen)):
        keeping.correct(incident, event.record, (event.fields or {}) | said(client="no"), datetime.now(UTC))
    return redirect("incidents:pack", incident.pk, first.recipient.id)


def _unknown(selection: Selection) -> list[Kept]:
    return [each.kept for each in selection.held if each.why == UNKNOWN]


def _choosing(
    request: HttpRequest, incident: Incident, first: Selection, form: PackForm, clearing: ClearForm | None = None
) -> HttpResponse:
    """Show what can go, and what is held back with why."""
    shown = {
        "incident": incident,
        "recipient": first.recipient,
        "form": form,
        "clearing": clearing or (ClearForm(unknown) if (unknown := _unknown(first)) else None),
        "others": _others(first.held),
    }
    refused = form.errors or (clearing and clearing.errors)
    return render(request, "incidents/pack.html", shown, status=400 if refused else 200)


def _others(held: Iterable[Held]) -> list[tuple[str, int]]:
    """Return the reasons that have nothing to do with a client, with how many items stay at home for each."""
    return sorted(Counter(each.why for each in held if each.why not in FOR_A_CLIENT).items())


def _look(request: HttpRequest, incident: Incident, selection: Selection, form: PackForm) -> HttpResponse:
    """Show exactly what would go, before it is made."""
    kinds = Counter(each.kept.what for each in selection.told)
    beside = [each for each in selection.told if each.kept.what in WRITTEN and each.kept.kind != "removal"]
    shown = {
        "incident": incident,
        "recipient": selection.recipient,
        "form": form,
        "going": [(named(each.kept), each.covered) for each in selection.going],
        "held": [(named(each.kept), each.why) for each in selection.held],
        "kinds": [(words, kinds[what]) for what, words in TOLD.items() if kinds[what]],
        "beside": [(TOLD[each.kept.what], each.kept.record, list(_written(each))) for each in beside],
        "size": sum(int(each.kept.value("length") or 0) for each in selection.going),
    }
    return render(request, "incidents/pack_look.html", shown, status=400 if form.errors else 200)


def _written(told: Told) -> Iterator[tuple[str, str]]:
    """Yield what the person wrote in a record, as far as this recipient gets it; no client was looked for."""
    for name, each in told.fields.items():
        if each["from"] == "said" and each["value"]:
            yield title_of(told.kept.kind, name), str(value_of(told.fields, name))


def _given(incident: Incident, case: Case, selection: Selection, form: PackForm) -> StreamingHttpResponse:
    """Give the pack as a file; what stops it at the start is raised before anything is given."""
    now, phrase = datetime.now(UTC), form.cleaned_data["passphrase"]
    stream = hand_over(incident, build(case, selection, now), now, form.cleaned_data["reason"], phrase)
    name = f"evidence-for-{selection.recipient.id}-{date.today().isoformat()}.zip{'.age' if phrase else ''}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_begun(stream), content_type="application/octet-stream", headers=headers)


def _begun(stream: Iterator[bytes]) -> Iterator[bytes]:
    return chain([next(stream)], stream)
