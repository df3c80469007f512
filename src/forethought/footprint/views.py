"""This room's pages: bringing exports in, what was found in the years, what to do about it, and who could be told."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.db import connections
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.documents import Mark, Quote
from forethought.documents.html import fragment, html
from forethought.footprint import figures, keeping, plots, weaving
from forethought.footprint.actions import as_csv, as_document
from forethought.footprint.forms import BringForm, DecideForm
from forethought.footprint.models import DECISIONS, Archive, Entry, Thread
from forethought.footprint.search import exports
from forethought.footprint.work import WORK, Task
from forethought.rules import rules

A_PAGE = 25  # posts on one page
FILTERS = {
    "verdict": "verdict",
    "year": "created__year",
    "decision": "decision",
    "archive": "archive",
}  # what a list can be narrowed by, and the field that it looks at


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the archives, what goes on, and the years at a glance."""
    reviewed = Entry.objects.exclude(verdict="")
    months, rules_found = figures.by_month(reviewed), figures.by_rule(reviewed)
    shown = {
        "archives": Archive.objects.annotate(troubled=Count("troubles")),
        "waiting": keeping.to_review("learned").count(),
        "reviewed": reviewed.count(),
        "verdicts": figures.by_verdict(reviewed),
        "calendar": plots.calendar(months),
        "months": [(year, month, sum(counts.values()), counts) for (year, month), counts in sorted(months.items())],
        "rules": rules_found,
        "bars": plots.bars([(each.title, each.posts, each.worst) for each in rules_found], "Posts by what was found"),
        "threads": Thread.objects.count(),
        "changed": reviewed.exclude(before=None).count(),
        "undecided": Entry.objects.filter(verdict__in=("stop", "pause"), decision="").count(),
    }
    return render(request, "footprint/overview.html", shown | _progress())


def _progress() -> dict[str, Any]:
    return {"work": WORK}


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far the work has come, alone; once it has ended, the whole page anew."""
    if not WORK.goes_on:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "footprint/_progress.html", _progress())


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose exports, and begin to read them."""
    form = BringForm(request.POST or None, found=exports(Path.home()))
    if request.method == "POST" and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("role", "kind", "audience", "qualified")}
        _begin("Reading your export", _reading(form.cleaned_data["paths"], keeping.Usual(**chosen)))
        return redirect("footprint:overview")
    return render(request, "footprint/bring.html", {"form": form}, status=400 if form.errors else 200)


def _reading(paths: list[Path], usual: keeping.Usual) -> Task:
    """Return the work of reading exports, then reviewing what is new, then looking for threads."""
    key, review = settings.DOOR.vault.keys.fingerprints, _reviewing()

    def run(tell: Callable[[int], None]) -> None:
        keeping.bring_in(paths, usual, key, tell)
        WORK.what, WORK.total = "Reviewing your posts", keeping.to_review("learned").count()
        review(tell)

    return run


def _reviewing() -> Task:
    guidance = keeping.own_guidance()

    def run(tell: Callable[[int], None]) -> None:
        keeping.audit(guidance, "learned", tell)
        WORK.what, WORK.total = "Looking for details that combine", None
        weaving.weave(tell)

    return run


def _begin(what: str, task: Task, total: int | None = None) -> None:
    WORK.start(what, task, total, connections.close_all)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Review what has not been reviewed yet, and look for threads."""
    _begin("Reviewing your posts", _reviewing(), keeping.to_review("learned").count())
    return redirect("footprint:overview")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Ask the work to stop; what was done stays done."""
    WORK.stop()
    WORK.wait(20)
    return redirect("footprint:overview")


@require_GET
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of each part of an export: what was read, empty, absent, and could not be read."""
    found = get_object_or_404(Archive, pk=pk)
    kinds = found.entries.order_by().values_list("kind").annotate(Count("pk"))
    return render(request, "footprint/archive.html", {"archive": found, "kinds": sorted(kinds)})


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an export and all that was found in it; the file itself and the account stay as they are."""
    get_object_or_404(Archive, pk=pk).delete()
    return redirect("footprint:overview")


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """List the posts that something was found in, the gravest first, narrowed by what is asked."""
    asked = {name: request.GET.get(name, "").strip() for name in (*FILTERS, "rule", "words", "changed")}
    page = Paginator(picked(asked), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "asked": asked,
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
        "decisions": DECISIONS,
        "titles": {rule.id: rule.title for rule in rules()},
        "rows": [(entry, marked(entry)) for entry in page],
    }
    return render(request, "footprint/posts.html", shown)


def picked(asked: dict[str, str]) -> QuerySet[Entry]:
    """Return the posts that something was found in and that fit what is asked; what makes no sense is left out."""
    found: QuerySet[Entry] = keeping.worst_first().select_related("archive")
    for name, field in FILTERS.items():
        value = asked.get(name, "")
        if value and (value.isdecimal() or name in ("verdict", "decision")):
            found = found.filter(**{field: "" if value == "none" else value})
    if asked.get("rule"):
        found = found.filter(findings__icontains=f'"{asked["rule"]}"')
    if asked.get("words"):
        found = found.filter(text__icontains=asked["words"])
    return found.exclude(before=None) if asked.get("changed") else found


def marked(entry: Entry) -> str:
    """Return a post's words as HTML, with those marked that carried a finding."""
    marks = [Mark(span[0], span[1], str(n)) for n, found in enumerate(entry.findings, 1) for span in found["spans"]]
    return fragment([Quote(entry.text, tuple(marks))])


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one post with what was found in it, and take down what is to become of it."""
    entry = get_object_or_404(Entry.objects.select_related("archive"), pk=pk)
    form = DecideForm(request.POST or None, instance=entry)
    if request.method == "POST" and form.is_valid():
        form.instance.decided, form.instance.done = datetime.now(UTC), None
        form.save()
        return redirect("footprint:post", pk)
    by_id = {rule.id: rule for rule in rules()}
    found = [(n, each, by_id.get(each["rule"])) for n, each in enumerate(entry.findings, 1)]
    shown = {"entry": entry, "form": form, "marked": marked(entry), "found": found, "threads": entry.threads.all()}
    return render(request, "footprint/post.html", shown, status=400 if form.errors else 200)


@require_POST
def done(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that what was decided has been done on the platform."""
    entry = get_object_or_404(Entry, pk=pk)
    entry.done = datetime.now(UTC)
    entry.save(update_fields=["done"])
    return redirect("footprint:to-do")


@require_GET
def to_do(request: HttpRequest) -> HttpResponse:
    """List what was decided and is still to be done, with the copy to be kept first where a client is concerned."""
    waiting = Entry.objects.exclude(decision__in=("", "keep")).filter(done=None).select_related("archive")
    return render(request, "footprint/to_do.html", {"entries": waiting, "decisions": DECISIONS})


@require_GET
def report(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list to act on as a table or as a page to print."""
    entries = keeping.worst_first().select_related("archive")
    if form == "csv":
        return _file("forethought-footprint.csv", "text/csv; charset=utf-8", as_csv(entries))
    return _file("forethought-footprint.html", "text/html; charset=utf-8", html(as_document(entries, datetime.now())))


def _file(name: str, kind: str, content: str) -> HttpResponse:
    return HttpResponse(content, kind, headers={"Content-Disposition": f'attachment; filename="{name}"'})


@require_GET
def threads(request: HttpRequest) -> HttpResponse:
    """List the threads, those that could tell who is meant first."""
    return render(request, "footprint/threads.html", {"threads": Thread.objects.prefetch_related("entries")})


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a thread's posts side by side, their details marked, with how many people could be meant."""
    found = get_object_or_404(Thread, pk=pk)
    rows = [(entry, weaving.marked(entry, found)) for entry in found.entries.all()]
    return render(request, "footprint/thread.html", {"thread": found, "rows": rows})


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profiles as a client sees them, and what a stranger could learn from the posts."""
    profiles = Entry.objects.filter(kind__in=("profile", "bio")).select_related("archive")
    return render(request, "footprint/profile.html", {"profiles": profiles, "guesses": weaving.guesses()})
