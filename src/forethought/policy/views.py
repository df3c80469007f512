"""This room's pages: the interview, the policy and its papers, its versions and who was given them, and profiles."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.errors import ForethoughtError, sentence
from forethought.platforms import platforms
from forethought.policy import covered, keeping, separation, versions
from forethought.policy.citing import lines
from forethought.policy.elsewhere import text_of
from forethought.policy.forms import ApartForm, ElsewhereForm, GivenForm, ProfileForm, StepForm
from forethought.policy.interview import asked, clashes, doubts, unanswered
from forethought.policy.load import topics
from forethought.policy.model import Answers, Question, Topic
from forethought.policy.models import Given, Interview, Version
from forethought.policy.papers import PAPERS
from forethought.policy.profile import profile_findings
from forethought.policy.purpose import purposes
from forethought.policy.readability import of_document
from forethought.policy.sections import missing
from forethought.policy.writing import Edition, policy
from forethought.web import document_file, own_guidance

TOGETHER = 4  # topics on a page of the interview


def steps() -> int:
    """Return how many pages the interview has."""
    return -(-len(topics()) // TOGETHER)


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the versions and the ways on."""
    newest = Version.objects.first()
    shown = {
        "versions": Version.objects.all(),
        "newest": newest,
        "due": newest.is_due(date.today()) if newest else False,
        "begun": Interview.current(),
    }
    return render(request, "policy/overview.html", shown)


@require_http_methods(["GET", "POST"])
def interview(request: HttpRequest, step: int) -> HttpResponse:
    """Ask a few topics' questions; a question that follows from an answer on the same page is asked at once."""
    if not 1 <= step <= steps():
        raise Http404
    answers = keeping.answers()
    here = topics()[TOGETHER * (step - 1) : TOGETHER * step]
    forms = _forms(here, answers, request.POST if request.method == "POST" else None)
    if request.method == "GET" or not all(form.is_valid() for form in forms):
        return _step(request, step, forms, 400 if request.method == "POST" else 200)
    before = {question.id for form in forms for question in form.questions}
    kept = {id: given for id, given in answers.items() if id not in before}
    keeping.keep(kept | {id: given for form in forms for id, given in form.answers().items()})
    following = _forms(here, keeping.answers())
    if {question.id for form in following for question in form.questions} - before:
        return _step(request, step, following, follows=True)
    return redirect("policy:interview", step + 1) if step < steps() else redirect("policy:read")


def _forms(here: tuple[Topic, ...], answers: Answers, data: Any = None) -> list[StepForm]:
    guidance, now = own_guidance(), asked(answers)
    return [StepForm(topic, now, answers, guidance, data=data) for topic in here]


def _step(
    request: HttpRequest, step: int, forms: list[StepForm], status: int = 200, follows: bool = False
) -> HttpResponse:
    shown = {"forms": [form for form in forms if form.questions], "step": step, "steps": steps(), "follows": follows}
    return render(request, "policy/interview.html", shown, status=status)


@require_http_methods(["GET", "POST"])
def read(request: HttpRequest) -> HttpResponse:
    """Show the policy as the answers make it, and make it a version."""
    wrong = ""
    if request.method == "POST":
        try:
            return redirect("policy:version", keeping.new_version(date.today()).number)
        except keeping.NothingNewError as error:
            wrong = sentence(error)
    newest, answers, guidance = Version.objects.first(), keeping.answers(), own_guidance()
    made = policy(answers, Edition(newest.number + 1 if newest else 1, date.today()))
    shown = {
        "policy": fragment(made.blocks),
        "title": made.title,
        "ease": of_document(made).says,
        "doubts": [(each, lines(each.provisions, guidance)) for each in doubts(answers, guidance)],
        "clashes": [(each.first, each.second, _step_of(each.second.topic)) for each in clashes(answers)],
        "missing": [(topic, _step_of(topic)) for topic in missing(answers)],
        "open": [(question, _step_of(topic)) for question, topic in _open(answers)],
        "wrong": wrong,
    }
    return render(request, "policy/read.html", shown, status=400 if wrong else 200)


def _open(answers: Answers) -> list[tuple[Question, Topic]]:
    left = unanswered(answers)
    return [(question, topic) for topic in topics() for question in topic.questions if question in left]


def _step_of(topic: Topic) -> int:
    return topics().index(topic) // TOGETHER + 1


@require_http_methods(["GET", "POST"])
def version(request: HttpRequest, number: int) -> HttpResponse:
    """Show a version's papers, what changed, and who was given it; take down that somebody was."""
    found = get_object_or_404(Version, number=number)
    form = GivenForm(request.POST or None, initial={"on": date.today()}, instance=Given(version=found))
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("policy:version", number)
    shown = {
        "version": found,
        "papers": [PAPERS[id] for id in found.papers if id in PAPERS],
        "forms": FORMS.values(),
        "changed": _changes(found),
        "form": form,
        "given": found.given.all(),
        "policy": fragment(found.paper("policy").blocks),
    }
    return render(request, "policy/version.html", shown, status=400 if form.errors else 200)


@require_POST
def take_back(request: HttpRequest, number: int, pk: int) -> HttpResponse:
    """Remove what was noted of somebody who was given a version."""
    get_object_or_404(Given, pk=pk, version__number=number).delete()
    return redirect("policy:version", number)


def _before(found: Version) -> Version | None:
    return Version.objects.filter(number__lt=found.number).first()


def _changes(found: Version) -> tuple[versions.Change, ...]:
    before = _before(found)
    return versions.changes(before.sections, found.sections) if before else ()


@require_GET
def changes(request: HttpRequest, number: int, form: str) -> HttpResponse:
    """Give what changed since the version before, to hand to clients."""
    found = get_object_or_404(Version, number=number)
    before = _before(found)
    if before is None:
        raise Http404
    return document_file(versions.document(_changes(found), before.edition, found.edition), f"changes-{number}", form)


@require_GET
def paper(request: HttpRequest, number: int, paper: str, form: str) -> HttpResponse:
    """Give one of a version's papers as a file."""
    found = get_object_or_404(Version, number=number)
    if paper not in found.papers:
        raise Http404
    return document_file(found.paper(paper), f"digital-policy-{paper}-{number}", form)


@require_http_methods(["GET", "POST"])
def elsewhere(request: HttpRequest) -> HttpResponse:
    """Look at a policy that was written elsewhere, and say what it covers and misses; nothing of it is kept."""
    form = ElsewhereForm(request.POST or None, request.FILES or None)
    if request.method == "GET":
        return render(request, "policy/elsewhere.html", {"form": ElsewhereForm()})
    if form.is_valid():
        try:
            file = form.cleaned_data["file"]
            text = text_of(file.read()) if file else form.cleaned_data["text"]
            found = covered.document(covered.coverage(text, own_guidance()), own_guidance())
            return render(request, "policy/elsewhere.html", {"form": form, "found": fragment(found.blocks)})
        except ForethoughtError as error:
            form.add_error("file", sentence(error))
    return render(request, "policy/elsewhere.html", {"form": form}, status=400)


@require_http_methods(["GET", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Give statements of purpose for profiles, and say what a profile raises."""
    answers, where = keeping.answers(), request.GET.get("platform", "instagram")
    if where not in platforms() or not platforms()[where].profile:
        raise Http404
    form = ProfileForm(request.POST or None, initial={"platform": where})
    shown: dict[str, Any] = {"form": form, "purposes": purposes(answers, where), "where": platforms()[where]}
    shown["platforms"] = [each for each in platforms().values() if each.profile]
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        shown["found"] = profile_findings(told["bio"], told["name"], form.facts(), own_guidance())
        shown["looked"] = True
    return render(request, "policy/profile.html", shown, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def apart(request: HttpRequest) -> HttpResponse:
    """Give a plan to keep private life and work apart, with a note to family and friends."""
    form = ApartForm(request.POST or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "policy/apart.html", {"form": form}, status=400 if form.errors else 200)
    made, do = separation.document(form.cleaned_data["holds"], own_guidance()), request.POST.get("do", "")
    if do in FORMS:
        return document_file(made, "work-and-private-life-apart", do)
    return render(request, "policy/apart.html", {"form": form, "plan": fragment(made.blocks), "forms": FORMS.values()})
