"""This room's pages: who can be known again, adding them by hand or from a list, trying a name, and what it can do."""

from collections.abc import Iterable, Iterator

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.clients import keeping
from forethought.clients.forms import PersonForm, SheetForm, TryForm
from forethought.clients.models import Client
from forethought.clients.names import is_lone
from forethought.clients.recognise import Match
from forethought.clients.sheet import Fault
from forethought.clients.telling import how
from forethought.web import tell

ONE_WORD = "One word was given as the name, so it is met only weakly, as a first name. Add the full name to meet that."
MOST_SHOWN = 100  # rows at fault that are named for one reason


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the clients by reference, with how many forms are kept of each."""
    clients = Client.objects.annotate(count=Count("forms"))
    return render(request, "clients/overview.html", {"clients": clients})


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Take a client's names by hand; what was typed is not shown again once it is kept."""
    form = PersonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        person, given = form.person(), form.cleaned_data
        client = keeping.add(person, given["reference"], given["same"])
        tell(request, f"{client.reference} can be known again. Nothing readable was kept.")
        if is_lone(person):
            tell(request, ONE_WORD)
        return redirect("clients:overview")
    return render(request, "clients/add.html", {"form": form}, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Read a list: first to see how many people it holds and which rows are at fault, then to add them."""
    if request.method != "POST":
        return render(request, "clients/bring.html", {"form": SheetForm()})
    form = SheetForm(request.POST, request.FILES)
    part = "clients/_preview.html" if request.headers.get("HX-Request") else "clients/bring.html"
    if not form.is_valid():  # htmx shows no answer but a good one
        return render(request, part, {"form": form}, status=200 if request.headers.get("HX-Request") else 400)
    sheet = form.cleaned_data["file"]
    if "add" not in request.POST:
        return render(request, part, {"form": SheetForm(), "sheet": sheet})
    added, faults = keeping.add_all(sheet)
    for words in _brought(len(added), [*sheet.faults, *faults]):
        tell(request, words)
    return redirect("clients:overview")


def _brought(count: int, faults: Iterable[Fault]) -> Iterator[str]:
    """Yield what came of a list: how many were added, and the rows at fault by what is wrong with them."""
    yield f"{count:,} {'client' if count == 1 else 'clients'} from the list can be known again. The list was not kept."
    rows: dict[str, list[int]] = {}
    for fault in faults:
        rows.setdefault(f"{fault.why}.{' Left out.' if fault.out else ''}", []).append(fault.row)
    for why, numbers in rows.items():
        shown = ", ".join(map(str, numbers[:MOST_SHOWN])) + (" and more" if len(numbers) > MOST_SHOWN else "")
        yield f"{'Row' if len(numbers) == 1 else 'Rows'} {shown}: {why}"
    yield "Delete the file that you exported, and empty the bin, unless you need it for something else."


@require_http_methods(["GET", "POST"])
def attempt(request: HttpRequest) -> HttpResponse:
    """Say whether somebody is a client who can be known again."""
    form = TryForm(request.POST if request.method == "POST" else None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "clients/try.html", {"form": form}, status=400 if form.errors else 200)
    given = form.cleaned_data
    knows = keeping.recogniser()
    person = knows.of_person(given["name"], given["handle"], given["email"], given["phone"])
    found = [(each.reference, how(each), each.weak) for each in _once([*person, *knows.in_text(given["text"])])]
    return render(request, "clients/try.html", {"form": form, "found": found, "tried": True})


def _once(matches: Iterable[Match]) -> list[Match]:
    """Return one match for each person and kind, the telling ones first."""
    by_person = {(match.reference, match.kind): match for match in matches}
    return sorted(by_person.values(), key=lambda match: (match.weak, match.reference))


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a client and every fingerprint of theirs."""
    client = get_object_or_404(Client, pk=pk)
    client.delete()
    tell(request, f"{client.reference} was removed, with every fingerprint.")
    return redirect("clients:overview")


@require_GET
def about(request: HttpRequest) -> HttpResponse:
    """Say in plain words what this can do and what it cannot."""
    return render(request, "clients/about.html")
