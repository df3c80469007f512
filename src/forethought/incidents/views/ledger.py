"""The pages of an incident as a whole: all of them, a new one, what it holds, adding to it, and its end."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.incidents import keeping
from forethought.incidents.fields import title_of
from forethought.incidents.forms.item import SAID, TIMES, RecordForm, moment_words
from forethought.incidents.forms.ledger import AGAIN, AddForm, CloseForm, ForgetForm, QuietForm
from forethought.incidents.models import Event, Incident
from forethought.incidents.views.adding import Outcome, keep_all, told_of
from forethought.incidents.views.chronology import dated, figures, row
from forethought.web import tell


class Kind(NamedTuple):
    """What a page calls the records of a kind: all of them, adding one, and what they are for."""

    title: str
    add: str
    purpose: str


A_WEEK = timedelta(days=7)  # for which what was said is hidden, unless another day is given
A_PAGE = 50  # items of a chronology that a page shows
FIRST = 20  # records of each other kind that it shows before it is asked for all
KINDS: Mapping[str, Kind] = {
    "account": Kind("People and accounts", "Add a person or account", "Who is behind it, as far as you know."),
    "witness": Kind("Witnesses", "Add a witness", "Who else saw it, and could say so."),
    "effect": Kind(
        "What it did to me",
        "Add what it did to you",
        "How you slept, worked and felt, and what it cost you. It counts.",
    ),
    "action": Kind("What I did", "Add what you did", "Whom you told, and the number that they gave you for it."),
    "note": Kind("Notes", "Add a note", "Anything else that you want to remember."),
}  # what is added by a form of its own
SPARE = 2 * 1024 * 1024  # bytes of a request that are not its files


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the incidents."""
    every = Incident.objects.all()
    shown = {"ongoing": every.filter(closed=None), "over": every.exclude(closed=None), "today": date.today()}
    return render(request, "incidents/overview.html", shown)


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Begin an incident; a name is enough."""
    form = RecordForm("incident", request.POST if request.method == "POST" else None)
    if form.is_valid():
        told, now = form.said(), datetime.now(UTC)
        made = keeping.open_incident(form.cleaned_data["title"], told, now)
        made.look_again = date.today() + AGAIN
        made.save(update_fields=["look_again"])
        return redirect("incidents:incident", made.pk)
    return render(request, "incidents/begin.html", {"form": form}, status=400 if form.errors else 200)


@require_GET
def incident(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what an incident holds, and take more."""
    return page(request, get_object_or_404(Incident, pk=pk), AddForm())


def page(
    request: HttpRequest, found: Incident, form: AddForm, outcome: Outcome | None = None, status: int = 200
) -> HttpResponse:
    """Return an incident's page: a form to add, what became of what was added, and the ledger."""
    items = Paginator(dated(found), A_PAGE).get_page(request.GET.get("page"))
    every = "all" in request.GET
    shown = {
        "incident": found,
        "form": form,
        "outcome": outcome,
        "kept": told_of(outcome) if outcome else "",
        "most": settings.FILE_UPLOAD_MAX_MEMORY_SIZE - SPARE,
        "page": items,
        "rows": [row(each) for each in items],
        "others": [_others(found, what, every) for what in KINDS],
        "every": every,
        "about": keeping.records(found, "incident").values_list("record", flat=True).first(),
        "hidden": is_quiet(found),
        "due": is_due(found),
        **figures(found),
    }
    return render(request, "incidents/incident.html", shown, status=status)


def _others(found: Incident, what: str, every: bool) -> dict[str, Any]:
    """Return what a page shows of the records of one kind that is no item: each with the words of its fields."""
    kept = keeping.records(found, what)
    count = kept.count()
    shown = kept if every else kept[:FIRST]
    rows = [(each, _said_in(each)) for each in shown]
    return {"what": what, "kind": KINDS[what], "count": count, "rows": rows, "more": count - FIRST}


def _said_in(event: Event) -> list[tuple[str, str]]:
    """Return what was said in a record: each field's title and words, in their order."""
    names = [name for name in SAID[event.what] if event.value(name)]
    return [
        (title_of(event.what, name), moment_words(event.value(name)) if name in TIMES else str(event.value(name)))
        for name in names
    ]


def is_quiet(found: Incident) -> bool:
    """Say whether the contents of an incident are hidden today."""
    return found.quiet_until is not None and date.today() < found.quiet_until


def is_due(found: Incident) -> bool:
    """Say whether the day has come to ask whether to keep an incident."""
    return found.look_again is not None and found.look_again <= date.today()


@require_POST
def add_items(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep what was dropped, chosen or pasted; show what was not kept, and why, with what was typed still there."""
    found = get_object_or_404(Incident, pk=pk)
    form = AddForm(request.POST, request.FILES)
    if not form.is_valid():
        return page(request, found, form, status=400)
    outcome = keep_all(found, form)
    if outcome.troubles:
        return page(request, found, _to_send_again(request, outcome), outcome, 400)
    for words in (told_of(outcome), *outcome.remarks):
        tell(request, words)
    return redirect("incidents:incident", pk)


def _to_send_again(request: HttpRequest, outcome: Outcome) -> AddForm:
    """Return the form as it was typed, without a text that is kept already."""
    typed = request.POST.copy()
    typed["modified"] = ""
    if not outcome.text_lost:
        typed["text"] = ""
    return AddForm(initial=typed.dict())


@require_http_methods(["GET", "POST"])
def add_record(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """Add a person or account, a witness, an effect, an action or a note."""
    found = get_object_or_404(Incident, pk=pk)
    if what not in KINDS:
        raise Http404
    form = RecordForm(what, request.POST if request.method == "POST" else None)
    if form.is_valid():
        keeping.add(found, what, form.said(), datetime.now(UTC))
        tell(request, "Kept.")
        return redirect("incidents:incident", pk)
    shown = {"incident": found, "form": form, "kind": KINDS[what]}
    return render(request, "incidents/add.html", shown, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def quiet(request: HttpRequest, pk: int) -> HttpResponse:
    """Hide the contents of an incident until a day, or show them again."""
    found = get_object_or_404(Incident, pk=pk)
    until = found.quiet_until if is_quiet(found) else date.today() + A_WEEK
    form = QuietForm(request.POST if request.method == "POST" else None, initial={"until": until})
    if form.is_valid():
        found.quiet_until = form.cleaned_data["until"]
        found.save(update_fields=["quiet_until"])
        tell(request, "What was said is hidden now." if is_quiet(found) else "What was said is shown.")
        return redirect("incidents:incident", pk)
    return render(
        request, "incidents/quiet.html", {"incident": found, "form": form}, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an incident is over, or is not, and when to ask whether to keep it."""
    found, latest = get_object_or_404(Incident, pk=pk), date.today() + AGAIN
    again = latest if is_due(found) or not found.look_again else found.look_again
    before = {"closed": found.closed is not None, "again": again}
    form = CloseForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        found.closed = (found.closed or datetime.now(UTC)) if form.cleaned_data["closed"] else None
        found.look_again = form.cleaned_data["again"]
        found.save(update_fields=["closed", "look_again"])
        return redirect("incidents:incident", pk)
    return render(
        request, "incidents/close.html", {"incident": found, "form": form}, status=400 if form.errors else 200
    )


@require_http_methods(["GET", "POST"])
def forget(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an incident and all it holds for good, once that was understood."""
    found = get_object_or_404(Incident, pk=pk)
    form = ForgetForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keeping.forget(settings.DOOR.vault, found)
        tell(request, "The incident and all that it held were removed.")
        return redirect("incidents:overview")
    shown = {"incident": found, "form": form, "items": keeping.records(found, "item").count()}
    return render(request, "incidents/forget.html", shown, status=400 if form.errors else 200)
