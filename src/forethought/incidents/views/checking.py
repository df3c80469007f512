"""The pages that show whether evidence is still what it was: checking it, handing out the head, and a timestamp."""

from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from forethought.documents.forms import FORMS
from forethought.errors import ForethoughtError, sentence
from forethought.incidents import keeping, stamping
from forethought.incidents.authorities import Authority
from forethought.incidents.forms.ledger import CheckForm, StampForm
from forethought.incidents.keeping.packs import keep_stamp
from forethought.incidents.models import Event, Incident
from forethought.incidents.packs.model import StampFile
from forethought.incidents.paper import head_paper
from forethought.incidents.views.chronology import clock_words
from forethought.web import document_file, saved, tell

_shown: dict[int, stamping.Request] = {}  # what each incident's page showed last of what would be sent


@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponse:
    """Check an incident, and it against heads that were kept elsewhere; say what that proves and what not."""
    found = get_object_or_404(Incident, pk=pk)
    form = CheckForm(request.POST, request.FILES) if request.method == "POST" else CheckForm()
    shown = {
        "incident": found,
        "form": form,
        "forms": [each for each in FORMS.values() if each.id in ("html", "pdf", "txt")],
        "stamps": [_stamp_words(each) for each in keeping.records(found, "stamp")],
        "heads": [(clock_words(each.at), each.value("length")) for each in keeping.records(found, "head")],
    }
    if form.is_valid():
        heads = form.found()
        shown |= {
            "checked": True,
            "faults": keeping.verify(settings.DOOR.vault, found, heads),
            "strays": len(keeping.strays(settings.DOOR.vault)),
            "remarks": keeping.clock_remarks(found),
            "items": keeping.records(found, "item").count(),
            "against": len(heads),
            "now": clock_words(datetime.now(UTC).isoformat()),
        }
    return render(request, "incidents/check.html", shown, status=400 if form.errors else 200)


def _stamp_words(event: Event) -> tuple[str, str, int]:
    return clock_words(event.value("time")), event.value("authority"), event.value("length")


@require_POST
def sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove the files that no item owns."""
    count = keeping.sweep(settings.DOOR.vault)
    tell(request, f"{count} file{'' if count == 1 else 's'} that no item owned {'is' if count == 1 else 'are'} gone.")
    return redirect("incidents:check", pk)


@require_POST
def head(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the head of an incident's chain to be kept elsewhere, and note in the ledger that it was."""
    found = get_object_or_404(Incident, pk=pk)
    if form not in FORMS:
        raise Http404
    now = datetime.now(UTC)
    given = keeping.exported(found, f"saved as {FORMS[form].title}", now)
    name = f"head-{given.incident[:8]}-{given.length}"
    if form == "txt":  # exactly the lines that a timestamp is made over
        return saved(given.text, "text/plain; charset=utf-8", f"{name}.txt")
    return document_file(
        head_paper(given, clock_words(found.opened.isoformat()), clock_words(now.isoformat())), name, form
    )


@require_http_methods(["GET", "POST"])
def stamp(request: HttpRequest, pk: int) -> HttpResponse:
    """Show all that would be sent for a timestamp; once that was agreed to, send it, once, and keep the stamp."""
    found = get_object_or_404(Incident, pk=pk)
    try:
        before = _shown.get(pk)
        asked = _prepared(found)
    except ForethoughtError as error:
        return render(request, "incidents/stamp.html", {"incident": found, "wrong": sentence(error)}, status=400)
    form = StampForm(request.POST if request.method == "POST" else None)
    wrong = ""
    if form.is_valid():
        if asked is before:
            wrong = _stamped(request, found, asked, form.asked())
        else:
            wrong = "What is shown below is new: the incident has grown since. Read it, then send it."
        if not wrong:
            return redirect("incidents:check", pk)
    shown = {"incident": found, "form": form, "request_shown": asked.shown, "wrong": wrong}
    return render(request, "incidents/stamp.html", shown, status=400 if wrong or form.errors else 200)


def _prepared(found: Incident) -> stamping.Request:
    """Return what would be sent, the same as before while the chain is the same. Raises MissingExtraError."""
    head = keeping.head_of(found)
    text = stamping.stamped_text(head.incident, head.length, head.hash)
    if found.pk not in _shown or _shown[found.pk].text != text:
        _shown[found.pk] = stamping.prepared(text)
    return _shown[found.pk]


def _stamped(request: HttpRequest, found: Incident, asked: stamping.Request, authority: Authority) -> str:
    """Ask for the stamp and keep it; return what went wrong, empty where nothing did."""
    length = keeping.head_of(found).length
    try:
        made = stamping.ask(asked, authority)
        _shown.pop(found.pk, None)
        kept = StampFile(made.at, authority.title, length, made.token, made.roots.encode())
        keep_stamp(found, kept, datetime.now(UTC))
    except ForethoughtError as error:
        return sentence(error)
    tell(request, f"The timestamp is kept. {authority.title} says {clock_words(made.at.isoformat())}.")
    return ""
