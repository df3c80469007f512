"""This room's pages: bringing exports in, what was found in the years, what to do about it, and who could be told."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.paginator import Paginator
from django.db import DatabaseError, connections
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.documents import Mark, Quote
from forethought.documents.html import fragment
from forethought.errors import ForethoughtError
from forethought.footprint import figures, keeping, plots, weaving
from forethought.footprint.actions import as_csv, as_document
from forethought.footprint.archives.platform import Options
from forethought.footprint.forms import BringForm, DecideForm
from forethought.footprint.models import DECISIONS, Archive, Entry, Thread
from forethought.footprint.search import exports
from forethought.footprint.work import WORK, Task
from forethought.pages.wording import rule_title
from forethought.rules import VERDICTS, rules
from forethought.web import document_file, table_response

A_PAGE = 25  # posts on one page
# What a list can be narrowed by: names, and numbers with the field that each looks at and the highest that it may hold.
NAMES = {"verdict": VERDICTS, "decision": ("none", *DECISIONS)}
NUMBERS = {"year": ("created__year", 9998), "archive": ("archive", 2**63 - 1)}


class NotTakenError(ForethoughtError):
    """The vault's database did not take what the work had to keep."""

    def __init__(self, said: object) -> None:
        """Take what the database said."""
        super().__init__(
            f"the vault's database did not take it ({said}). What was done before is kept. See that there is room on "
            "the disk, then go on."
        )


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show the archives, what goes on, and the years at a glance."""
    reviewed = Entry.objects.exclude(verdict="")
    months, rules_found = figures.by_month(reviewed), figures.by_rule(reviewed)
    shown = {
        "work": WORK,
        "archives": Archive.objects.annotate(troubled=Count("troubles")),
        "waiting": keeping.to_review("learned").count(),
        "reviewed": reviewed.count(),
        "verdicts": figures.by_verdict(reviewed),
        "calendar": plots.calendar(months),
        "months": [(year, month, sum(counts.values()), counts) for (year, month), counts in sorted(months.items())],
        "rules": rules_found,
        "bars": plots.bars([(each.title, each.posts, each.worst) for each in rules_found], "Posts by what was found"),
        "threads": Thread.objects.count(),
        "changed": reviewed.exclude(before={}).count(),
        "giving": Entry.objects.filter(gives=True).count(),
        "undecided": Entry.objects.filter(verdict__in=("stop", "pause"), decision="").count(),
    }
    return render(request, "footprint/overview.html", shown)


@require_GET
def progress(request: HttpRequest) -> HttpResponse:
    """Show how far the work has come, alone; once it has ended, the whole page anew."""
    if not WORK.goes_on:
        return HttpResponse(headers={"HX-Refresh": "true"})
    return render(request, "footprint/_progress.html", {"work": WORK})


@require_http_methods(["GET", "POST"])
def bring(request: HttpRequest) -> HttpResponse:
    """Choose exports, and begin to read them."""
    form = BringForm(request.POST if request.method == "POST" else None, found=exports(Path.home()))
    if form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("role", "kind", "audience", "qualified")}
        usual = keeping.Usual(
            **chosen, options=Options(pictures=form.cleaned_data["pictures"], words=form.cleaned_data["words"])
        )
        if _begin("Reading your export", _reading(form.cleaned_data["paths"], usual)):
            return redirect("footprint:overview")
        form.add_error(None, f"{WORK.what} goes on. Wait until that has ended, or stop it, then send this once more.")
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


def _begin(what: str, task: Task, total: int | None = None) -> bool:
    """Begin some work where nothing else goes on, and say whether it was begun."""

    def run(tell: Callable[[int], None]) -> None:
        try:
            task(tell)
        except DatabaseError as error:
            raise NotTakenError(error) from error

    return WORK.start(what, run, total, connections.close_all)


@require_POST
def go_on(request: HttpRequest) -> HttpResponse:
    """Review what has not been reviewed yet, and look for threads."""
    _begin("Reviewing your posts", _reviewing(), keeping.to_review("learned").count())
    return redirect("footprint:overview")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Ask the work to stop; what was done stays done."""
    _end_work()
    return redirect("footprint:overview")


def _end_work() -> None:
    WORK.stop()
    WORK.wait(20)


@require_GET
def archive(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what became of each part of an export: what was read, empty, absent, and could not be read."""
    found = get_object_or_404(Archive, pk=pk)
    kinds = found.entries.order_by().values_list("kind").annotate(Count("pk"))
    shown = {"archive": found, "kinds": sorted(kinds), "removed": sorted(found.removed.items())}
    return render(request, "footprint/archive.html", shown)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Forget an export and all that was found in it; the file itself and the account stay as they are."""
    found = get_object_or_404(Archive, pk=pk)
    _end_work()
    Thread.objects.filter(entries__archive=found).delete()  # they quote it
    found.delete()
    _begin("Looking for details that combine", weaving.weave)
    return redirect("footprint:overview")


@require_GET
def posts(request: HttpRequest) -> HttpResponse:
    """List the posts that something was found in, the gravest first, narrowed by what is asked."""
    asked = {name: request.GET.get(name, "").strip() for name in (*NAMES, *NUMBERS, "rule", "words", "changed")}
    page = Paginator(picked(asked), A_PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "asked": asked,
        "query": urlencode({name: value for name, value in asked.items() if value}),
        "decisions": DECISIONS,
        "rows": [(entry, marked(entry), [rule_title(each["rule"]) for each in entry.findings]) for entry in page],
    }
    return render(request, "footprint/posts.html", shown)


def picked(asked: dict[str, str]) -> QuerySet[Entry]:
    """Return the posts that something was found in and that fit what is asked; what makes no sense is left out."""
    found: QuerySet[Entry] = keeping.worst_first().select_related("archive")
    for name, known in NAMES.items():
        if asked.get(name) in known:
            found = found.filter(**{name: asked[name].removeprefix("none")})
    for name, (field, most) in NUMBERS.items():
        number = asked.get(name, "")
        if number.isdecimal() and len(number) < 20 and 0 < int(number) <= most:
            found = found.filter(**{field: int(number)})
    if asked.get("rule"):
        found = found.filter(findings__icontains=f'"{asked["rule"]}"')
    if asked.get("words"):
        found = found.filter(text__icontains=asked["words"])
    return found.exclude(before={}) if asked.get("changed") else found


def marked(entry: Entry) -> str:
    """Return a post's words as HTML, with those marked that carried a finding."""
    in_words = ((n, found) for n, found in enumerate(entry.findings, 1) if "image" not in found)
    marks = [Mark(span[0], span[1], str(n)) for n, found in in_words for span in found["spans"]]
    return fragment([Quote(entry.text, tuple(marks))])


@require_http_methods(["GET", "POST"])
def post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one post with what was found in it, and take down what is to become of it."""
    entry = get_object_or_404(Entry.objects.select_related("archive"), pk=pk)
    form = DecideForm(request.POST if request.method == "POST" else None, instance=entry)
    if form.is_valid():
        entry.decided, entry.done = datetime.now(UTC), None
        entry.save(update_fields=["decision", "reason", "decided", "done"])  # an audit may be at work on the rest
        return redirect("footprint:post", pk)
    by_id = {rule.id: rule for rule in rules()}
    found = [(n, each, by_id.get(each["rule"])) for n, each in enumerate(entry.findings, 1)]
    shown = {"entry": entry, "form": form, "marked": marked(entry), "found": found, "threads": entry.threads.all()}
    shown["pictures"] = giving(entry)
    return render(request, "footprint/post.html", shown, status=400 if form.errors else 200)


def giving(entry: Entry) -> list[list[str]]:
    """Return each picture of a post that gives something away: its name, its description, and what that is."""
    return [each[:3] for each in entry.media if len(each) > 2 and each[2]]


@require_GET
def pictures(request: HttpRequest) -> HttpResponse:
    """List the posts whose pictures give more away than they show, the newest first."""
    every = Entry.objects.filter(gives=True).select_related("archive").order_by("-created", "-pk")
    page = Paginator(every, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "footprint/pictures.html", {"page": page, "rows": [(each, giving(each)) for each in page]})


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
    return render(request, "footprint/to_do.html", {"entries": waiting})


@require_GET
def report(request: HttpRequest, form: str) -> HttpResponse:
    """Give the list to act on as a table or as a page to print."""
    entries = keeping.worst_first().select_related("archive")
    if form == "csv":
        return table_response(as_csv(entries), "forethought-footprint")
    return document_file(as_document(entries, datetime.now()), "forethought-footprint", form)


@require_GET
def threads(request: HttpRequest) -> HttpResponse:
    """List the threads, those that could tell who is meant first."""
    return render(request, "footprint/threads.html", {"threads": Thread.objects.prefetch_related("entries")})


@require_GET
def thread(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a thread's posts side by side, their details marked, with how many people could be meant."""
    found = get_object_or_404(Thread, pk=pk)
    rows = [(entry, weaving.marked(entry, found)) for entry in found.entries.select_related("archive")]
    return render(request, "footprint/thread.html", {"thread": found, "rows": rows})


@require_GET
def profile(request: HttpRequest) -> HttpResponse:
    """Show the profiles as a client sees them, and what a stranger could learn from the posts."""
    entries = Entry.objects.filter(kind__in=("profile", "bio")).select_related("archive")
    profiles = [(entry, [fact for fact in entry.details.items() if fact[1] != entry.text]) for entry in entries]
    return render(request, "footprint/profile.html", {"profiles": profiles, "guesses": weaving.guesses()})
