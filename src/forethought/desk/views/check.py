"""The check page: a draft, what there is to say of it as it is typed, and what can be done with it.

Nothing typed is stored unless the person says so.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.clients.keeping import recogniser
from forethought.clients.telling import naming
from forethought.desk import drafts
from forethought.desk.forms import DraftForm, first_account
from forethought.desk.models import HeldDraft, Profile, SetAside
from forethought.desk.views.home import opening
from forethought.documents import Mark, Quote
from forethought.documents.html import fragment
from forethought.footprint.beside import beside
from forethought.guidance import Guidance
from forethought.media.models import File
from forethought.pages import report as pages
from forethought.pages.records import message
from forethought.pages.wording import confidence, place_in
from forethought.review import Naming
from forethought.review.clients import nobody
from forethought.supervision.models import Note
from forethought.vault.fingerprints import fingerprint
from forethought.web import document_file, tell

VEILED = 16  # hexadecimal digits by which a whole draft is known again


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Show the page; with a draft, what there is to say of it, alone where the page asks for it as one types."""
    if request.method == "GET":
        return _page(request, DraftForm(initial=first_account()))
    form = DraftForm(request.POST)
    do = request.POST.get("do", "check") if settings.DOOR.vault.is_open else "check"
    if not form.is_valid():
        return _part(request) if _live(request) else _page(request, form, status=400)
    if do.startswith("aside:"):
        return _set_aside(request, form, do.removeprefix("aside:"))
    return _ACTS.get(do, _show)(request, form)


def _show(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Show what there is to say of the draft."""
    shown = said(form)
    return _part(request, **shown) if _live(request) else _page(request, form, **shown)


def said(form: DraftForm) -> dict[str, Any]:
    """Return what there is to say of the draft in a valid form, as the templates show it; nothing of an empty one."""
    if not form.cleaned_data["text"].strip() and not form.cleaned_data["pictures"]:
        return {}
    found, guidance = _checked(form)
    ordered = sorted(found.report.findings, key=pages.importance)
    marks = [Mark(*span, str(n)) for n, each in enumerate(ordered, 1) for span in each.finding.spans]
    return {
        "report": found.report,
        "verdict": pages.verdict_words(found.report),
        "limits": pages.limits(found.report),
        "marked": fragment([Quote(found.report.draft.text, tuple(marks))]),
        "findings": [_finding(n, each, guidance) for n, each in enumerate(ordered, 1)],
        "aside": found.aside,
        "thoughts": pages.thoughts(found.report),
        "beside": beside(found.report) if settings.DOOR.vault.is_open else None,
    }


def _finding(number: int, each: Any, guidance: Guidance) -> dict[str, Any]:
    finding = each.finding
    return {
        "number": number,
        "rule": finding.rule,
        "severity": finding.severity,
        "sure": confidence(finding.confidence),
        "place": place_in(finding),
        "message": message(each),
        "who": pages.who(each, guidance),
        "instead": finding.rule.instead,
        "reason_needed": finding.severity == "stop",
    }


def _checked(form: DraftForm) -> tuple[drafts.Checked, Guidance]:
    bodies, aside = _chosen()
    guidance = drafts.guidance_for(bodies)
    draft = drafts.draft(form.cleaned_data["text"], form.context(), form.all_descriptions(), _words(form))
    return drafts.check(draft, guidance, aside, _naming(), _veil), guidance


def _veil(text: str) -> str:
    """Return a text's fingerprint under the vault's key; before there is a vault nothing is kept."""
    vault = settings.DOOR.vault
    return fingerprint(vault.keys.fingerprints, text)[:VEILED] if vault.is_open else ""


def _naming() -> Naming:
    """Return what knows the person's clients; nobody is known before there is a vault."""
    return naming(recogniser()) if settings.DOOR.vault.is_open else nobody


def _words(form: DraftForm) -> list[str]:
    """Return for each picture the words to be seen in it, as far as it was looked at."""
    if not settings.DOOR.vault.is_open:
        return []
    numbers = form.looked_at()
    known = File.objects.in_bulk(filter(None, numbers))
    return [known[number].words if number in known else "" for number in numbers]


def _chosen() -> tuple[list[str], frozenset[tuple[str, str]]]:
    """Return the person's bodies, and the findings that they set aside; neither before there is a vault."""
    if not settings.DOOR.vault.is_open:
        return [], frozenset()
    return Profile.current().bodies, frozenset(SetAside.objects.values_list("rule", "words"))


def _hold(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Keep the draft until tomorrow."""
    now = datetime.now().astimezone()
    HeldDraft.objects.create(text=form.cleaned_data["text"], context=form.kept(), made=now, until=drafts.tomorrow(now))
    tell(request, "Held until tomorrow morning. You will find it on the first page then.")
    return redirect("held-drafts")


def _to_supervision(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Take the draft and what was found to supervision."""
    found, _ = _checked(form)
    note = Note.from_report(found.report, datetime.now(UTC))
    tell(request, "Kept for supervision. Write down what you want to ask.")
    return redirect("supervision:note", note.pk)


def _save(request: HttpRequest, form: DraftForm) -> HttpResponse:
    """Give the report as a file that can be printed."""
    found, guidance = _checked(form)
    name = f"forethought-report-{datetime.now():%Y-%m-%d}"
    return document_file(pages.page(found.report, guidance), name, "html")


def _set_aside(request: HttpRequest, form: DraftForm, rule: str) -> HttpResponse:
    """Set a finding aside over these words, with the reason given; a stop needs one."""
    found, _ = _checked(form)
    each = next((each for each in found.report.findings if each.finding.rule.id == rule), None)
    reason = request.POST.get(f"reason:{rule}", "").strip()
    if each is None:
        return _show(request, form)
    if each.finding.severity == "stop" and not reason:
        return _page(request, form, **said(form), reason_missing=rule, status=400)
    SetAside.objects.create(
        rule=rule,
        words=drafts.words(each, found.report.draft, _veil),
        reason=reason,
        severity=each.finding.severity,
        made=datetime.now(UTC),
    )
    return _page(request, form, **said(form))


_ACTS: dict[str, Callable[[HttpRequest, DraftForm], HttpResponse]] = {
    "hold": _hold,
    "supervision": _to_supervision,
    "save": _save,
}


@require_GET
def held_drafts(request: HttpRequest) -> HttpResponse:
    """List the drafts that wait."""
    now = datetime.now(UTC)
    rows = [(held, opening(held.text), held.is_ripe(now)) for held in HeldDraft.objects.all()]
    return render(request, "desk/held_drafts.html", {"rows": rows})


@require_GET
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a held draft in the check page, once its time has come."""
    draft = get_object_or_404(HeldDraft, pk=pk)
    if not draft.is_ripe(datetime.now(UTC)):
        return redirect("held-drafts")
    given = {key: value or "" for key, value in draft.context.items()}
    form = DraftForm({"pictures": 0, **given, "text": draft.text})
    form.is_valid()
    return _page(request, form, **said(form), held=draft)


@require_POST
def let_go(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a held draft for good."""
    get_object_or_404(HeldDraft, pk=pk).delete()
    tell(request, "The draft is gone.")
    return redirect("held-drafts")


def _live(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))


def _part(request: HttpRequest, **shown: Any) -> HttpResponse:
    return render(request, "desk/_findings.html", shown)


def _page(request: HttpRequest, form: DraftForm, status: int = 200, **shown: Any) -> HttpResponse:
    return render(request, "desk/check.html", {"form": form, **shown}, status=status)
