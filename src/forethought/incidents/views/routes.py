"""Where to turn: the routes of a nation, and one route with what it cannot do, what to have ready and a draft."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from forethought.incidents import drafts, keeping
from forethought.incidents.forms.plan import AskedForm, NationForm
from forethought.incidents.interview import coming, sound, told
from forethought.incidents.models import Incident
from forethought.incidents.triage.load import routes
from forethought.incidents.triage.model import NATIONS, Route
from forethought.incidents.triage.reporting import drafted
from forethought.incidents.triage.triage import route_in, triage
from forethought.incidents.views.plan import ROUTE, answers_of, cautions, guidance, noted_words, supports
from forethought.incidents.views.plan import noted as noted_of

A_ROW = 60  # characters that fit beside each other in a draft


@require_GET
def every(request: HttpRequest) -> HttpResponse:
    """List the routes of a nation; without one, ask which."""
    nation = request.GET.get("nation", "")
    if nation and nation not in NATIONS:
        raise Http404
    rows = [(each, cautions(each, date.today())) for each in routes() if nation in each.nations]
    shown = {"nation": nation, "rows": rows, "form": NationForm(initial={"nation": nation})}
    return render(request, "incidents/routes.html", shown)


@require_http_methods(["GET", "POST"])
def route(request: HttpRequest, pk: int, id: str) -> HttpResponse:
    """Show a route of the person's nation with a draft for it; the nation is asked where it was not said before."""
    incident = get_object_or_404(Incident, pk=pk)
    given = sound(answers_of(incident))
    if not given.get("nation"):
        return _ask_nation(request, incident, id)
    found = route_in(id, given["nation"][0])
    if found is None:
        raise Http404
    form = AskedForm(request.POST or None)
    asks = form.cleaned_data["asked"] if form.is_valid() else ""
    shown = {
        "incident": incident,
        "route": found,
        "step": ROUTE + found.id,
        "warnings": cautions(found, date.today()),
        "form": form,
        "noted": noted_words(noted_of(incident), ROUTE + found.id),
        "supports": _supports(given),
        **_draft(found, incident, asks),
    }
    return render(request, "incidents/route.html", shown, status=400 if form.errors else 200)


def _ask_nation(request: HttpRequest, incident: Incident, id: str) -> HttpResponse:
    form = NationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept = {**answers_of(incident), "nation": [form.cleaned_data["nation"]]}
        incident.answers = incident.answers | {"asked": kept}
        incident.save(update_fields=["answers"])
        return redirect("incidents:route", incident.pk, id)
    shown = {"incident": incident, "form": form}
    return render(request, "incidents/nation.html", shown, status=400 if form.errors else 200)


def _draft(found: Route, incident: Incident, asks: str) -> dict[str, Any]:
    """Return the draft of a report, empty where none is sensible, and how many items it tells of by number alone."""
    records = list(keeping.records(incident))
    words = drafted(found, drafts.filled(records, asks)).strip()
    return {
        "draft": words,
        "rows": sum(1 + len(line) // A_ROW for line in words.split("\n")),
        "held": drafts.held_back(records),
    }


def _supports(given: dict[str, list[str]]) -> Any:
    """Return whom to lean on, as far as the answers say enough for a plan."""
    if coming(given):
        return []
    return supports(triage(told(given).answers, guidance()).support, date.today())
