"""An account that was taken over: stages in their order, a log, the clock, notices, posts to judge, and odd links."""

from datetime import UTC, date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Platform
from forethought.accounts.forms.hacked import BeginForm, FactsForm, LinkForm, NoteForm, RiskForm, ToldForm
from forethought.accounts.hacked import telling
from forethought.accounts.hacked.clock import RISK_WORDS, weigh
from forethought.accounts.hacked.links import look
from forethought.accounts.hacked.load import FACTS, kind_of, kinds, stages
from forethought.accounts.hacked.notices import notices
from forethought.accounts.hacked.plan import HackedPlan, Step, coming, ready
from forethought.accounts.hacked.takeover import JUDGE, suspicious
from forethought.accounts.keeping import hacks
from forethought.accounts.models import Calendar, Hack
from forethought.accounts.taken_over import called, hours, platform_of
from forethought.documents.forms import FORMS
from forethought.errors import ForethoughtError, sentence
from forethought.footprint.models import Archive
from forethought.incidents.triage.reporting import warnings
from forethought.incidents.triage.telling import AWAY
from forethought.pages.wording import body_name
from forethought.web import document_file, own_guidance, tell

MOST_ODD = 60  # posts that one page shows
NAMED = {
    "regain": ("regain",), "sign-out": ("sign_out",), "check": ("apps", "forwarding"),
}  # what of a platform's way back belongs to which stage  # fmt: skip
WIDTH = 70  # characters of a row in a draft


def _get(pk: int) -> Hack:
    return get_object_or_404(Hack, pk=pk)


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Begin the plan for an account that was taken over, and list those that were begun."""
    kept = Calendar.objects.first()
    first = {"account": request.GET.get("account", ""), "nation": kept.nation if kept else ""}
    form = BeginForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        return redirect("accounts:hack", _begin(form.cleaned_data).pk)
    rows = [(each, called(each), coming(each.done)) for each in Hack.objects.select_related("account")]
    return render(request, "accounts/hacked.html", {"form": form, "rows": rows}, status=_status(form))


def _status(form: Any) -> int:
    return 400 if form is not None and form.errors else 200


def _begin(given: dict[str, Any]) -> Hack:
    """Keep what was taken over: an account, a platform by its name, or a kind."""
    platform = checkups().get(given["kind"]) if given["kind"] not in kinds() and not given["account"] else None
    kind = hacks.kind_for(given["account"]) if given["account"] else given["kind"]
    kind = kind_of(platform.sort) if platform else kind
    made = hacks.begin(given["account"], kind, given["nation"], given["facts"], given["aware"])
    for name, value in (("at", platform.id), ("platform", platform.title)) if platform else ():
        hacks.know(made, name, value)
    return made


@require_GET
def hack(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the plan: the stage that is next, and the others folded."""
    return _plan(request, _get(pk))


@require_POST
def note(request: HttpRequest, pk: int, stage: str) -> HttpResponse:
    """Note what was done at a stage; one that has to wait is refused, and why is said."""
    kept, form = _get(pk), NoteForm(request.POST, prefix=stage)
    if stage not in {each.id for each in stages()}:
        raise Http404
    if form.is_valid():
        try:
            hacks.note(kept, stage, form.cleaned_data["words"], datetime.now(UTC))
        except ForethoughtError as error:
            form.add_error(None, sentence(error))
        else:
            tell(request, "Noted in the log, with the hour.")
            return redirect("accounts:hack", pk)
    return _plan(request, kept, stage, form)


def _plan(request: HttpRequest, kept: Hack, stage: str = "", form: NoteForm | None = None) -> HttpResponse:
    made, next_one = hacks.plan_of(kept, own_guidance()), coming(kept.done)
    here = stage or (next_one.id if next_one else "")
    shown = {
        **_frame(kept),
        "stages": [_stage(kept, made, part, here, form) for part in made.stages],
        "next": next_one,
        "platform": platform_of(kept),
        "warn_first": not kept.closed and "tell" not in kept.done,
        "differences": _differences(made),
        "away": AWAY,
        "facts": [FACTS[each] for each in kept.facts.get("facts", ()) if each in FACTS],
        "forms": FORMS.values(),
        "log": hacks.log(kept),
    }
    return render(request, "accounts/hack.html", shown, status=_status(form))


def _differences(made: HackedPlan) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return where the active documents differ: each topic, with what each document or body says of it."""
    packs = own_guidance().packs
    names = {each.body: body_name(each) for each in packs}
    names |= {each.id: f"{body_name(each)}, {each.title}" for each in packs}
    return [(point.topic, [(names[each.of], each.says) for each in point.positions]) for point in made.differences]


def _frame(kept: Hack) -> dict[str, Any]:
    """Return what every page of one hack shows: its name, and the clock where it counts."""
    return {"hack": kept, "name": called(kept), "clock": hours(kept, datetime.now(UTC))}


def _stage(kept: Hack, made: HackedPlan, part: Any, here: str, form: NoteForm | None) -> dict[str, Any]:
    """Return a stage as the page shows it: whether it waits and why, its steps, what was noted, and its form."""
    id, today = part.stage.id, date.today()
    refusal = ready(id, kept.done)
    own = form if form is not None and id == here else NoteForm(prefix=id)
    return {
        "stage": part.stage,
        "open": id == here,
        "waits": sentence(Exception(refusal.words)) if refusal else "",
        "steps": [_step(each, made, today) for each in part.steps],
        "there": _there(id, platform_of(kept)),
        "noted": [(datetime.fromisoformat(each["at"]), each["words"]) for each in hacks.noted(kept, id)],
        "form": own,
    }


def _there(stage: str, platform: Platform | None) -> list[str]:
    """Return what to do at a stage on this platform, in words."""
    return [words for name in NAMED.get(stage, ()) for words in getattr(platform.recovery, name)] if platform else []


def _step(step: Step, made: HackedPlan, today: date) -> dict[str, Any]:
    return {
        "step": step,
        "says": telling.says(step, made),
        "seen": telling.seen(step.source, today) if step.source else "",
        "warnings": warnings(step.route, today) if step.route else (),
    }


@require_http_methods(["GET", "POST"])
def facts(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is known, from which the plan follows."""
    kept = _get(pk)
    first = {"nation": kept.facts["nation"], "aware": kept.became_aware, "facts": kept.facts.get("facts", ())}
    form = FactsForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        hacks.change(kept, given["nation"], given["facts"], given["aware"])
        tell(request, "The plan goes by what you said now.")
        return redirect("accounts:hack", pk)
    return render(request, "accounts/hack_facts.html", {**_frame(kept), "form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
def risk(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask about the risk to people, and say what follows; the person decides."""
    kept = _get(pk)
    answers = kept.facts.get("risk", {})
    form = RiskForm(request.POST or None, initial={id: "yes" if so else "no" for id, so in answers.items()})
    if request.method == "POST" and form.is_valid():
        hacks.know(kept, "risk", form.answers())
        return redirect("accounts:hack-risk", pk)
    shown = {**_frame(kept), "form": form, "says": RISK_WORDS[weigh(answers)] if answers else ""}
    return render(request, "accounts/hack_risk.html", shown, status=_status(form))


@require_http_methods(["GET", "POST"])
def drafts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the notices, filled from the log and from what the person adds; nothing is sent."""
    kept = _get(pk)
    before = hacks.told(kept)
    form = ToldForm(request.POST or None, initial={name: getattr(before, name) for name in _names()})
    if request.method == "POST" and form.is_valid():
        hacks.know(kept, "told", form.told())
        tell(request, "Put into the drafts.")
        return redirect("accounts:hack-notices", pk)
    rows = [(each, _rows(each.formal), _rows(each.short)) for each in notices(before, _wanted(kept))]
    shown = {**_frame(kept), "form": form, "notices": rows}
    return render(request, "accounts/hack_notices.html", shown, status=_status(form))


def _names() -> tuple[str, ...]:
    return ("happened", "regained", *hacks.ASKED)


def _wanted(kept: Hack) -> list[str]:
    """Return the notices that the plan speaks of, or all where it speaks of none."""
    made = hacks.plan_of(kept, own_guidance())
    return [step.notice for part in made.stages for step in part.steps if step.notice]


def _rows(words: str) -> int:
    return sum(1 + len(line) // WIDTH for line in words.split("\n"))


@require_http_methods(["GET", "POST"])
def posts(request: HttpRequest, pk: int) -> HttpResponse:
    """Show posts of an archive that differ from the others, and take what the person says of each."""
    kept = _get(pk)
    archives = list(Archive.objects.exclude(finished=None))
    asked = request.GET.get("archive", "")
    chosen = next((each for each in archives if str(each.pk) == asked), None)
    if asked and chosen is None:
        raise Http404
    if request.method == "POST":
        return _judged(request, kept, chosen)
    odd = suspicious(hacks.posts(chosen.pk)) if chosen else ()
    judged = kept.facts.get("judged", {})
    shown = {
        **_frame(kept),
        "archives": archives,
        "chosen": chosen,
        "odd": [(each, judged.get(each.post.key, "")) for each in odd[:MOST_ODD]],
        "more": max(0, len(odd) - MOST_ODD),
        "judge": JUDGE,
        "nothing": telling.NOTHING,
        "disowned": hacks.disowned(kept),
    }
    return render(request, "accounts/hack_posts.html", shown)


def _judged(request: HttpRequest, kept: Hack, chosen: Archive | None) -> HttpResponse:
    """Keep what the person said of a post of the archive."""
    key, said = request.POST.get("post", ""), request.POST.get("said", "")
    if chosen is None or not hacks.is_own(chosen.pk, key) or said not in (hacks.MINE, hacks.THEIRS):
        raise Http404
    hacks.judge(kept, key, said)
    return redirect(f"{request.get_full_path()}#post-{key}")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close a hack once something is noted of every stage."""
    kept = _get(pk)
    try:
        hacks.close(kept, datetime.now(UTC))
    except ForethoughtError as error:
        tell(request, sentence(error))
        return redirect("accounts:hack", pk)
    tell(request, "Closed. The log stays, and can be saved.")
    return redirect("accounts:hacked")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a hack with its log."""
    _get(pk).delete()
    tell(request, "Removed, with its log.")
    return redirect("accounts:hacked")


@require_GET
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the plan as a file."""
    kept = _get(pk)
    made = telling.document(hacks.plan_of(kept, own_guidance()), own_guidance(), date.today(), _frame(kept)["clock"])
    return document_file(made, "after-a-hack", form)


@require_http_methods(["GET", "POST"])
def links(request: HttpRequest) -> HttpResponse:
    """Look at a message or a link for what looks like a scam; nothing of it is kept, opened or looked up."""
    form, found = LinkForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        found = look(form.cleaned_data["text"])
    shown = {"form": form, "found": found, "nothing": telling.NOTHING, "unopened": telling.UNOPENED}
    return render(request, "accounts/links.html", shown, status=_status(form))
