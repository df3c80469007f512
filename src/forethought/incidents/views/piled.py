"""Many hostile posts at once: the list kept and counted, the account made quiet, and one statement if it is wanted."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods

from forethought.documents import Document, Table
from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.errors import ForethoughtError, sentence
from forethought.incidents import keeping
from forethought.incidents.errors import AlreadyKeptError
from forethought.incidents.fields import field, observed, said
from forethought.incidents.forms.piled import PileForm, SettingsForm, StatementForm
from forethought.incidents.models import Event, Incident
from forethought.incidents.noting import entered
from forethought.incidents.pileon import plots, quiet, telling
from forethought.incidents.pileon.counting import count
from forethought.incidents.pileon.model import Found, NothingFoundError, TooManyPostsError
from forethought.incidents.pileon.reading import read_posts
from forethought.incidents.pileon.statement import statements
from forethought.web import document_file, tell

DAY_FIRST = {"day": True, "month": False}
TITLE = "Many posts at once, as they were copied"
MOST_ANSWERED = 10  # posts that a reply is set beside


@require_http_methods(["GET", "POST"])
def pile_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep a list of posts and count it; show how to make things quiet, and drafts of one statement."""
    incident = get_object_or_404(Incident, pk=pk)
    form = PileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            record, why = _kept(incident, form)
        except ForethoughtError as error:
            form.add_error(None, sentence(error))
        else:
            if why:
                tell(request, f"The list is kept as an item, byte for byte. It could not be counted: {why}")
                return redirect("incidents:record", pk, record)
            tell(request, "The list is kept as an item, byte for byte, and counted.")
            asked = urlencode({"list": record, "dates": form.cleaned_data["dates"]})
            return redirect(f"{reverse('incidents:pile-on', args=[pk])}?{asked}")
    item = _item(incident, request)
    shown = {
        "incident": incident,
        "form": form,
        "item": item,
        "lists": [(each, entered(each)) for each in _lists(incident)],
        "dates": request.GET.get("dates", ""),
        "forms": FORMS.values(),
        **_counted(item, request),
        **_calm(request),
    }
    return render(request, "incidents/pile_on.html", shown, status=400 if form.errors else 200)


def _kept(incident: Incident, form: PileForm) -> tuple[str, str]:
    """Keep a list as an item; return its record and why it cannot be counted, empty where it can.

    One that is kept already stays as it is. Raises ForethoughtError where it is no list that can be kept here.
    """
    content, now = form.given(), datetime.now().astimezone()
    why = _uncounted(content, now, form)
    told = observed(kind="document") | {"name": field(form.name(), "file")} | said(title=TITLE)
    try:
        record = keeping.add_item(settings.DOOR.vault, incident, [content], told, now).record
    except AlreadyKeptError:
        digest = sha256(content).hexdigest()
        record = keeping.records(incident, "item").get(digest=digest).record
    if not why:
        incident.answers = incident.answers | {"lists": [*_known(incident), record]}
        incident.save(update_fields=["answers"])
    return str(record), why


def _uncounted(content: bytes, now: datetime, form: PileForm) -> str:
    """Return why a list cannot be counted; it is evidence all the same. Raises ForethoughtError for what is no list."""
    try:
        read_posts(content, now, DAY_FIRST.get(form.cleaned_data["dates"]))
    except (NothingFoundError, TooManyPostsError) as error:
        return sentence(error)
    return ""


def _known(incident: Incident) -> list[str]:
    known: list[str] = incident.answers.get("lists", [])
    return known


def _lists(incident: Incident) -> list[Event]:
    """Return the lists that were kept and are still there."""
    return list(keeping.records(incident, "item").filter(record__in=_known(incident)))


def _item(incident: Incident, request: HttpRequest) -> Event | None:
    """Return the list that is asked for. Raises Http404 for one that is not there."""
    record = request.GET.get("list")
    if not record:
        return None
    found = next((each for each in _lists(incident) if each.record == record), None)
    if found is None:
        raise Http404
    return found


def _read(item: Event, request: HttpRequest) -> tuple[Found, datetime]:
    """Return the posts of a list that is kept, and when it was kept: times such as `2h` count back from there."""
    first = keeping.history(item.incident, item.record).earliest("number")
    kept_at = datetime.fromisoformat(first.at).astimezone(timezone.get_current_timezone())
    content = b"".join(keeping.original(settings.DOOR.vault, item))
    return read_posts(content, kept_at, DAY_FIRST.get(request.GET.get("dates", ""))), kept_at


def _counted(item: Event | None, request: HttpRequest) -> dict[str, Any]:
    """Return the counts of a list as the template shows them: the numbers open, the words of others folded away."""
    if item is None:
        return {}
    found, kept_at = _read(item, request)
    counts = count(found.posts, kept_at.tzinfo)
    totals, *rest = telling.document(found, kept_at).blocks
    over_time = plots.table(counts)
    words = "\n\n".join(post.words for post in found.posts[:MOST_ANSWERED])
    return {
        "totals": fragment([totals]),
        "plot": plots.histogram(counts) if counts.steps else "",
        "plot_title": plots.title(counts),
        "over_time": fragment([over_time]),
        "rest": fragment(block for block in rest if not (isinstance(block, Table) and block == over_time)),
        "grave": telling.LOOK_FIRST in rest,
        "keep": telling.KEEP,
        "answered": words,
    }


def _calm(request: HttpRequest) -> dict[str, Any]:
    """Return how to make things quiet on the platform that is asked for, and the drafts of a statement."""
    platform = request.GET.get("quiet", "")
    if platform and platform not in quiet.checklists():
        raise Http404
    wanted = StatementForm(request.GET if "statement" in request.GET else None)
    told = wanted.cleaned_data if wanted.is_valid() else {}
    return {
        "settings_form": SettingsForm(initial={"quiet": platform}),
        "checklist": quiet.checklist(platform) if platform else None,
        "sheet": quiet.sheet(),
        "statement_form": wanted,
        "statements": statements(told.get("paused", False), told.get("reported", False)),
        "wanted": "statement" in request.GET,
    }


@require_GET
def counted(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the counts of a list as a file."""
    item = _item(get_object_or_404(Incident, pk=pk), request)
    if item is None:
        raise Http404
    found, kept_at = _read(item, request)
    made: Document = telling.document(found, kept_at)
    return document_file(made, "many-posts-at-once", form)


@require_GET
def quiet_file(request: HttpRequest, platform: str, form: str) -> HttpResponse:
    """Give what can be turned down on a platform as a file, for whoever keeps watch."""
    if platform not in quiet.checklists():
        raise Http404
    return document_file(quiet.document(platform), f"quiet-{platform}", form)
