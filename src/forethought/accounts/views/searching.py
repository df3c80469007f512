"""Looking oneself up: searches that the person opens, what was found, sheets for those who help, and checklists."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.accounts.forms.searching import ChecksForm, FoundForm, MeForm, SearchForm
from forethought.accounts.keeping import diary
from forethought.accounts.models import Account, SelfSearch
from forethought.accounts.searching import household as around
from forethought.accounts.searching import telling
from forethought.accounts.searching.queries import WHAT, Search, engines, looks, searches
from forethought.accounts.searching.sheets import family, sheet, sheets
from forethought.accounts.stale import WORK
from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.policy.citing import cited, lines
from forethought.web import document_file, tell

FAMILY = "family"
GIVEN = {"checker": "checker", "friend": "checker", FAMILY: "family"}  # which review a sheet that was given answers
CHECKS: Mapping[str, Any] = {
    "household": (around.household, around.AROUND, "Devices, apps and the house"),
    "upkeep": (around.upkeep, around.PUBLISHED, "Your website and directory entries"),
}


@require_http_methods(["GET", "POST"])
def search(request: HttpRequest) -> HttpResponse:
    """Take what to search for, and show the searches for the person to open; nothing of it is kept."""
    form = SearchForm(engines(), request.POST or None, initial=_register())
    found: tuple[Search, ...] = ()
    if request.method == "POST" and form.is_valid():
        found = searches(form.me(), form.cleaned_data["engines"])
    shown = {
        "form": form,
        "groups": _groups(found),
        "sorts": list(dict.fromkeys(each.what for each in found)),
        "looks": looks(form.cleaned_data["engines"]) if found else (),
        "learns": _learns(found),
        "before": telling.BEFORE,
        "opened": telling.OPENED,
        "told_engine": telling.TELLING,
        "limits": telling.LIMITS,
        "grounds": lines(cited(telling.CITES, settings.GUIDANCE()), settings.GUIDANCE()),
        "past": SelfSearch.objects.all(),
        "none": request.method == "POST" and form.is_valid() and not found,
    }
    return render(request, "accounts/search.html", shown, status=400 if form.errors else 200)


def _register() -> dict[str, str]:
    """Return the handles in the register, those for work and the others, as the form takes them."""
    handles: dict[str, list[str]] = {"handles": [], "private_handles": []}
    for each in Account.objects.filter(closed=None).exclude(handle=""):
        handles["handles" if each.kind in WORK else "private_handles"].append(each.handle)
    return {name: "\n".join(given) for name, given in handles.items()}


def _groups(found: Sequence[Search]) -> list[tuple[str, bool, list[tuple[str, list[Search]]]]]:
    """Return the searches by what they are for and by their words, with whether the words are private."""
    groups = []
    for what, group in groupby(found, lambda each: each.what):
        members = list(group)
        words = [(said, list(same)) for said, same in groupby(members, lambda each: each.words)]
        groups.append((WHAT[what], members[0].telling, words))
    return groups


def _learns(found: Sequence[Search]) -> list[tuple[str, str]]:
    return list(dict.fromkeys((each.engine.title, each.engine.learns) for each in found))


@require_POST
def searched(request: HttpRequest) -> HttpResponse:
    """Note that the person searched today, for which sorts of things, and go where finds are noted."""
    sorts = [each for each in request.POST.getlist("sort") if each in WHAT]
    kept = SelfSearch.objects.create(made=datetime.now(UTC), searched=sorts)
    return redirect("accounts:found", kept.pk)


@require_http_methods(["GET", "POST"])
def found(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a search found and what was done, and take one more."""
    kept = get_object_or_404(SelfSearch, pk=pk)
    form = FoundForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        kept.found = [*kept.found, {name: form.cleaned_data[name] for name in ("where", "what", "done")}]
        kept.save(update_fields=["found"])
        tell(request, "Noted.")
        return redirect("accounts:found", pk)
    shown = {
        "search": kept,
        "sorts": [WHAT[each] for each in kept.searched if each in WHAT],
        "form": form,
        "left": sum(not each["done"] for each in kept.found),
        "forms": FORMS.values(),
    }
    return render(request, "accounts/found.html", shown, status=400 if form.errors else 200)


@require_POST
def found_done(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """Note what was done about a find, or take it out of the list where nothing is said and `remove` is."""
    kept = get_object_or_404(SelfSearch, pk=pk)
    if not 0 <= number < len(kept.found):
        raise Http404
    if "remove" in request.POST:
        kept.found = [each for at, each in enumerate(kept.found) if at != number]
    elif words := request.POST.get("done", "").strip()[:300]:
        kept.found[number]["done"] = words
    kept.save(update_fields=["found"])
    return redirect("accounts:found", pk)


@require_POST
def found_remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a search and what it found."""
    get_object_or_404(SelfSearch, pk=pk).delete()
    tell(request, "The search was removed.")
    return redirect("accounts:search")


@require_GET
def found_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give what a search found as a file."""
    kept = get_object_or_404(SelfSearch, pk=pk)
    finds = [telling.Found(each["where"], each["what"], each["done"]) for each in kept.found]
    made = telling.findings(finds, kept.made.astimezone().date(), settings.GUIDANCE())
    return document_file(made, "what-a-search-found", form)


@require_GET
def every_sheet(request: HttpRequest) -> HttpResponse:
    """List the sheets for those who help."""
    return render(request, "accounts/sheets.html", {"sheets": sheets().values()})


@require_GET
def one_sheet(request: HttpRequest, id: str) -> HttpResponse:
    """Ask what a sheet is to tell of the person, which is no more than its reader needs."""
    _known(id)
    shows = sheets()[id].shows if id in sheets() else ()
    form = MeForm(shows=shows, initial=_register())
    made = family(settings.GUIDANCE()) if id == FAMILY else None
    shown = {
        "id": id,
        "title": made.title if made else sheets()[id].title,
        "form": form if shows else None,
        "sheet": sheets().get(id),
        "text": fragment(made.blocks) if made else "",
        "forms": FORMS.values(),
        "answers": GIVEN.get(id, ""),
    }
    return render(request, "accounts/sheet.html", shown)


def _known(id: str) -> None:
    """Raise Http404 for a sheet that there is not."""
    if id not in (*sheets(), FAMILY):
        raise Http404


@require_http_methods(["GET", "POST"])
def sheet_file(request: HttpRequest, id: str, form: str) -> HttpResponse:
    """Give a sheet as a file, with what was sent of the person; it is kept nowhere, and stands in no address."""
    _known(id)
    if id == FAMILY:
        return document_file(family(settings.GUIDANCE()), "for-family-and-friends", form)
    given = MeForm(request.POST, shows=sheets()[id].shows)
    if not given.is_valid():
        shown = {
            "id": id, "title": sheets()[id].title, "form": given, "sheet": sheets()[id], "forms": FORMS.values(),
            "answers": GIVEN.get(id, ""),
        }  # fmt: skip
        return render(request, "accounts/sheet.html", shown, status=400)
    return document_file(sheet(id, given.me(), settings.GUIDANCE()), f"sheet-{id}", form)


@require_POST
def sheet_given(request: HttpRequest, id: str) -> HttpResponse:
    """Note that a sheet was given to somebody and gone through."""
    _known(id)
    if id not in GIVEN:
        raise Http404
    diary.note_done(GIVEN[id], "", date.today(), by="somebody else" if id != FAMILY else "you")
    tell(request, "Noted as done.")
    return redirect("accounts:calendar")


@require_http_methods(["GET", "POST"])
def checklist(request: HttpRequest, what: str) -> HttpResponse:
    """Go through single checks at the person's own pace, and note which were made."""
    checks, places, title = CHECKS[what]
    today = date.today()
    form = ChecksForm(checks().values(), request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = form.cleaned_data["made"]
        diary.looked(made, today)
        diary.note_done(what, "", today, _mended(len(made), len(checks()), form.cleaned_data["note"]))
        tell(request, f"Noted: {len(made)} looked at.")
        return redirect(f"accounts:{what}")
    looked = diary.calendar(today).looked
    shown = {
        "what": what, "title": title, "form": form, "groups": _by_place(checks(), places, looked),
        "chosen": request.POST.getlist("made"),
    }  # fmt: skip
    return render(request, "accounts/checklist.html", shown, status=400 if form.errors else 200)


def _mended(count: int, of: int, note: str) -> str:
    looked = f"{count} of {of} looked at"
    return f"{looked}: {note}" if note else looked


def _by_place(
    checks: Mapping[str, around.Check], places: Mapping[str, str], looked: Mapping[str, str]
) -> list[tuple[str, list[tuple[around.Check, date | None]]]]:
    """Return the checks by the first place where each is made, with the day of the last look."""
    groups = []
    for place, title in places.items():
        own = [each for each in checks.values() if each.places[0] == place]
        groups.append((title, [(each, _day(looked.get(each.id, ""))) for each in own]))
    return [(title, own) for title, own in groups if own]


def _day(kept: str) -> date | None:
    return date.fromisoformat(kept) if kept else None
