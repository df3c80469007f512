"""This room's pages: what to do about a contact, and the log of what was decided."""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from forethought.contacts import log as logs
from forethought.contacts import meeting, telling
from forethought.contacts.advise import advise
from forethought.contacts.forms import AskForm, DecisionForm
from forethought.contacts.model import COURSE_WORDS, TONES, Advice
from forethought.contacts.models import Decision
from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.guidance import Guidance
from forethought.web import document_file, table_response, tell

A_ROW = 35  # characters that fit beside each other on a narrow screen


@require_http_methods(["GET", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask what happened; then say what to do, and take down what was decided."""
    if request.method == "GET":
        return render(request, "contacts/ask.html", {"form": AskForm()})
    asked = AskForm(request.POST)
    if not asked.is_valid():
        return render(request, "contacts/ask.html", {"form": asked}, status=400)
    given, met = asked.cleaned_data, meeting.met(asked.cleaned_data.pop("known_by"))
    client = meeting.surest(met)
    who = meeting.answered_as(given["requester"], client, request.POST.get("met", ""))
    changed, given["requester"] = who != given["requester"], who
    do = "ask" if changed else request.POST.get("do", "ask")
    guidance: Guidance = settings.GUIDANCE()
    advice = advise(given["situation"], who, guidance)
    if do in FORMS:
        return document_file(telling.document(advice, guidance, given["platform"]), "contact", do)
    written = _written(request.POST, client)
    decided = DecisionForm(written) if do == "keep" else DecisionForm(initial=written)
    if do == "keep" and decided.is_valid():
        kept = decided.kept(**given, course=advice.course, made=datetime.now(UTC))
        tell(request, "Kept in your log.")
        return redirect("contacts:decision", kept.pk)
    shown = {
        "form": AskForm({**request.POST.dict(), "requester": who}),
        "decided": decided,
        "client": client,
        "met": meeting.notices(met, who, changed),
        **_shown(advice, guidance, given["platform"]),
    }
    return render(request, "contacts/ask.html", shown, status=400 if do == "keep" else 200)


def _written(posted: QueryDict, client: str) -> dict[str, Any]:
    """Return what was written of the decision, with the reference of the client who is met unless one was typed."""
    written = {name: posted[name] for name in DecisionForm.Meta.fields if name in posted}
    if written.get("reference", "") == posted.get("prefilled", ""):
        written["reference"] = client
    return {"happened": date.today().isoformat()} | written


def _shown(advice: Advice, guidance: Guidance, platform: str) -> dict[str, Any]:
    """Return the answer as the template shows it."""
    words = [(tone, telling.wording(advice, tone, platform)) for tone in TONES]
    return {
        "advice": advice,
        "course": COURSE_WORDS[advice.course],
        "limits": telling.limits(advice),
        "wording": [(tone, text, len(text) // A_ROW + 2) for tone, text in words if text],
        "grounds": fragment(telling.grounds(advice, guidance)),
        "forms": FORMS.values(),
    }


@require_GET
def decisions(request: HttpRequest) -> HttpResponse:
    """List what was decided."""
    return render(request, "contacts/decisions.html", {"decisions": Decision.objects.all(), "forms": FORMS.values()})


@require_http_methods(["GET", "POST"])
def decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a decision, and take down a change to it."""
    found = get_object_or_404(Decision, pk=pk)
    changed = DecisionForm(request.POST or None, instance=found)
    if request.method == "POST" and changed.is_valid():
        changed.save()
        return redirect("contacts:decisions")
    status = 400 if changed.errors else 200
    return render(request, "contacts/decision.html", {"decision": found, "form": changed}, status=status)


@require_GET
def log(request: HttpRequest, form: str) -> HttpResponse:
    """Give the whole log as a file; `csv` opens in a spreadsheet."""
    every = list(Decision.objects.all())
    if form != "csv":
        return document_file(logs.document(every, date.today()), "contact-decisions", form)
    return table_response(logs.table(every), "contact-decisions")


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether to remove a decision; then remove it for good."""
    found = get_object_or_404(Decision, pk=pk)
    if request.method == "GET":
        return render(request, "contacts/remove.html", {"decision": found})
    found.delete()
    return redirect("contacts:decisions")
