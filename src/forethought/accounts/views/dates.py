"""When reviews are due: the calendar, its file and its feed, changes to follow, and the yearly record."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hmac import compare_digest
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.accounts import taken_over
from forethought.accounts.calendar import record as care
from forethought.accounts.calendar.due import Due
from forethought.accounts.calendar.ics import CONTENT_TYPE, ics
from forethought.accounts.calendar.news import News, news
from forethought.accounts.calendar.rhythm import WHERE
from forethought.accounts.forms.dates import CalendarForm, DoneForm, PutOffForm
from forethought.accounts.keeping import diary
from forethought.accounts.models import Calendar
from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.guidance import Guidance
from forethought.web import document_file, saved, tell

PAGES = {
    "passwords": "accounts:passwords", "search": "accounts:search", "sheets": "accounts:sheets",
    "household": "accounts:household", "upkeep": "accounts:upkeep", "law": "accounts:changes",
    "archive": "footprint:overview", "policy": "policy:overview",
}  # fmt: skip
BY_ITSELF = frozenset({"settings", "passwords", "self-search", "household", "upkeep"})  # done by their own page
NAME = "reviews.ics"
FIRST_YEAR = 2000


def guidance() -> Guidance:
    """Return the guidance of the person's bodies."""
    found: Guidance = settings.GUIDANCE()
    return found


@require_http_methods(["GET", "POST"])
def calendar(request: HttpRequest) -> HttpResponse:
    """Show what is due, put off and done; take how the calendar is to be."""
    today = date.today()
    kept = diary.calendar(today)
    form = CalendarForm(request.POST or None, instance=kept)
    if request.method == "POST" and form.is_valid():
        form.save()
        tell(request, "Saved. Your calendar program shows it the next time it looks.")
        return redirect("accounts:calendar")
    return render(request, "accounts/calendar.html", _shown(request, kept, form, today), status=_status(form))


def _shown(request: HttpRequest, kept: Calendar, form: CalendarForm, today: date) -> dict[str, Any]:
    dues = diary.due(today, guidance())
    put_off = [each for each in dues if kept.put_off.get(each.id, "") == each.on.isoformat() and each.on > today]
    return {
        "now": [_row(each) for each in dues if each.on <= today],
        "put_off": [_row(each) for each in put_off],
        "coming": [_row(each) for each in dues if each.on > today and each not in put_off],
        "done": [(care.plain(_title(each)), each.on) for each in _newest(diary.entries())],
        "form": form,
        "put_off_form": PutOffForm(),
        "done_form": DoneForm(),
        "feed": request.build_absolute_uri(reverse("accounts:feed", args=[kept.token])),
        "today": today,
    }


def _status(form: Any) -> int:
    return 400 if form.errors else 200


def _row(each: Due) -> tuple[Due, str, str, bool]:
    """Return a review with the page where it is made, what that is called, and whether that page notes it."""
    return each, _page(each), WHERE[each.where], each.id.partition(":")[0] in BY_ITSELF


def _page(each: Due) -> str:
    """Return the address of the page on which a review is made."""
    _, _, account = each.id.partition(":")
    if each.where in ("checkups", "accounts"):
        return reverse("accounts:review" if each.where == "checkups" else "accounts:account", args=[account])
    return reverse(PAGES[each.where])


def _title(entry: care.Entry) -> str:
    known = diary.titles()
    title = known.get(entry.kind, "")
    return f"{title}: {entry.of}" if title and entry.of else title or entry.of


def _newest(entries: tuple[care.Entry, ...]) -> list[care.Entry]:
    return sorted(entries, key=lambda each: each.on, reverse=True)[:12]


def _due(id: str) -> Due:
    """Return a review of the calendar. Raises Http404."""
    found = next((each for each in diary.due(date.today(), guidance()) if each.id == id), None)
    if found is None:
        raise Http404
    return found


@require_POST
def put_off(request: HttpRequest, id: str) -> HttpResponse:
    """Put a review off."""
    found, form = _due(id), PutOffForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Choose for how long from the list.", status=400)
    until = form.until(date.today())
    diary.put_off(id, until, date.today())
    tell(request, f"Put off until {until.day} {until:%B %Y}: {found.title}.")
    return redirect("accounts:calendar")


@require_POST
def done(request: HttpRequest, id: str) -> HttpResponse:
    """Note that a review was made."""
    found, form = _due(id), DoneForm(request.POST)
    if not form.is_valid():
        return HttpResponse("Shorten what you wrote, and send it again.", status=400)
    kind = id.partition(":")[0]
    of = found.title.partition(": ")[2] if kind in diary.titles() else found.title
    diary.note_done(id, of, date.today(), form.cleaned_data["note"], form.cleaned_data["by"] or "you")
    tell(request, f"Noted as done: {found.title}.")
    return redirect("accounts:calendar")


@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """Give the calendar as a file."""
    return saved(_ics(diary.calendar(date.today())), CONTENT_TYPE, NAME)


@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """Give the calendar to a program that knows the secret address, while the vault is open; to nobody else.

    A calendar program holds no cookie, and its asking does not keep the vault open.
    """
    settings.DOOR.lock_if_idle()
    if not settings.DOOR.vault.is_open:
        return HttpResponse("The vault is locked.", "text/plain", 503, headers={"Retry-After": "3600"})
    kept = Calendar.objects.first()
    if kept is None or not kept.token or not compare_digest(kept.token.encode(), token.encode()):
        return HttpResponse("There is nothing here.", "text/plain", 404)
    return HttpResponse(_ics(kept), CONTENT_TYPE)


def _ics(kept: Calendar) -> bytes:
    wish = diary.wish(kept, settings.DOOR.vault.keys.fingerprints)
    return ics(diary.due(date.today(), guidance()), datetime.now(UTC), wish)


@require_POST
def renew(request: HttpRequest) -> HttpResponse:
    """Give the feed a new address."""
    diary.new_token(date.today())
    tell(request, "The feed has a new address. Put it into your calendar program; the old one leads nowhere now.")
    return redirect("accounts:calendar")


@require_http_methods(["GET", "POST"])
def changes(request: HttpRequest) -> HttpResponse:
    """Show changes of law and platforms, and note that they were read."""
    today = date.today()
    if request.method == "POST":
        diary.note_done("law", "", today)
        tell(request, "Noted that you read the changes.")
        return redirect("accounts:calendar")
    nation = diary.calendar(today).nation
    here = [each for each in news() if not nation or nation in each.nations]
    rows = [(each, _warned(each, today)) for each in here]
    return render(request, "accounts/changes.html", {"rows": rows, "nation": nation})


def _warned(item: News, today: date) -> list[str]:
    told = [] if item.checked_by else ["Nobody has checked this against the official page yet."]
    if today > item.review_on:
        day = item.review_on
        told.append(f"It was to be read again by {day.day} {day:%B %Y}, and may have changed.")
    return told


@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """Show the record of the twelve months until today, and offer each year as a file."""
    today = date.today()
    made = care.record((*diary.entries(), *taken_over.entries()), diary.due(today, guidance()), today, guidance())
    shown = {"record": fragment(made.blocks), "years": list(_years(today)), "forms": FORMS.values()}
    return render(request, "accounts/record.html", shown)


def _years(today: date) -> Iterator[int]:
    """Yield the years in which something was reviewed or taken over, and this one, the latest first."""
    every = (*diary.entries(), *taken_over.entries())
    yield from sorted({each.on.year for each in every} | {today.year}, reverse=True)


@require_GET
def record_file(request: HttpRequest, year: int, form: str) -> HttpResponse:
    """Give the record of a year as a file: this year's until today."""
    today = date.today()
    if not FIRST_YEAR <= year <= today.year:
        raise Http404
    until = min(date(year, 12, 31), today)
    made = care.record((*diary.entries(), *taken_over.entries()), diary.due(today, guidance()), until, guidance())
    return document_file(made, f"care-for-accounts-{year}", form)
