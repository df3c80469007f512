"""What to do: the questions one at a time, the plan that they lead to, and what was done about each step."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.errors import sentence
from forethought.guidance import Guidance, Pack, Position
from forethought.incidents import about_me, keeping
from forethought.incidents.forms.plan import AnswerForm, DoneForm
from forethought.incidents.interview import Told, asked, coming, sound, told
from forethought.incidents.models import Event, Incident
from forethought.incidents.noting import Record, day, deeds, doings
from forethought.incidents.triage import telling
from forethought.incidents.triage.load import questions
from forethought.incidents.triage.model import Plan, Question, Route, Step, Support
from forethought.incidents.triage.reporting import warnings
from forethought.incidents.triage.triage import route_in, triage
from forethought.pages.wording import body_name
from forethought.web import document_file, tell

ROUTE = "route-"  # what the id of a step begins with that is a report to a route
SURE = "Call 999 at once: it is the number everywhere in the United Kingdom. Only the rest here was not checked yet."
Given = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Shown:
    """A step or route as a page shows it: who says so, and what was noted of it."""

    id: str
    what: Any
    says: str
    noted: Sequence[str]
    warnings: Sequence[str] = ()
    waits: bool = False


def guidance() -> Guidance:
    """Return the guidance of the person's bodies."""
    found: Guidance = settings.GUIDANCE()
    return found


@require_http_methods(["GET", "POST"])
def what_to_do(request: HttpRequest) -> HttpResponse:
    """Ask what happened, and say what to do; nothing of it is kept."""
    return _talk(request, None)


@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask what happened, and say what to do; the answers are kept with the incident."""
    return _talk(request, get_object_or_404(Incident, pk=pk))


def _talk(request: HttpRequest, incident: Incident | None) -> HttpResponse:
    """Take an answer where one was given; then ask the next question, or show the plan."""
    given = _given(request, incident)
    known = {each.id: each for each in asked(given)}
    answered, again = (known.get(request.POST.get(name, "")) for name in ("question", "ask"))
    if answered:
        form = AnswerForm(answered, guidance(), request.POST)
        if not form.is_valid():
            return _ask(request, incident, given, answered, form, 400)
        given[answered.id] = form.chosen()
        _keep(incident, given)
    if again or (again := coming(given)):
        return _ask(request, incident, given, again)
    if incident and request.method == "POST":
        return redirect("incidents:plan", incident.pk)
    made, found = told(given), guidance()
    if (do := request.POST.get("do", "")) in FORMS:
        return _file(triage(made.answers, found), do)
    return _show(request, incident, given, made)


def _given(request: HttpRequest, incident: Incident | None) -> Given:
    """Return the answers so far: those that are kept, else those that the page carries with it."""
    carried = {each.id: request.POST.getlist(f"a-{each.id}") for each in questions() if f"a-{each.id}" in request.POST}
    given = sound(answers_of(incident) if incident else carried)
    return given | {"danger": ["yes"]} if request.GET.get("danger") == "yes" else given


def answers_of(incident: Incident) -> Given:
    """Return the answers that are kept with an incident."""
    kept: Given = incident.answers.get("asked", {})
    return kept


def _keep(incident: Incident | None, given: Given) -> None:
    if incident:
        incident.answers = incident.answers | {"asked": given}
        incident.save(update_fields=["answers"])


def _ask(
    request: HttpRequest, incident: Incident | None, given: Given, question: Question,
    form: AnswerForm | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """Show a question, with what was answered to it before."""
    before = given.get(question.id)
    first = {"answer": (before if question.kind == "several" else before[0]) if before else None}
    every = asked(given)
    place = [each.id for each in every].index(question.id)
    shown = {
        "incident": incident,
        "carried": [] if incident else carried(given),
        "question": question,
        "form": form or AnswerForm(question, guidance(), initial=first),
        "number": place + 1,
        "of": len(every),
        "before": every[place - 1] if place else None,
        "in_danger": in_danger(given),
        "pressed": question.kind == "yes-no",
    }
    return render(request, "incidents/question.html", shown, status=status)


def carried(given: Given) -> list[tuple[str, str]]:
    """Return the answers as hidden fields; one in which nothing was ticked is carried empty."""
    return [(f"a-{id}", each) for id, chosen in given.items() for each in chosen or [""]]


def in_danger(given: Given) -> bool:
    """Return whether somebody was said to be in danger, or a life threatened."""
    return "yes" in given.get("danger", ()) or "threat-to-life" in given.get("urgent-signs", ())


def _show(request: HttpRequest, incident: Incident | None, given: Given, made: Told) -> HttpResponse:
    """Show the plan."""
    found, today = guidance(), date.today()
    made_plan = triage(made.answers, found)
    shown = {
        "incident": incident,
        "carried": [] if incident else carried(given),
        "remark": made.remark,
        "answered": [(each, _said(each, given)) for each in asked(given)],
        "in_danger": in_danger(given),
        "forms": FORMS.values(),
        "about_me": made_plan.nature.id in about_me.NATURES,
        **plan_shown(made_plan, found, today, noted(incident)),
    }
    return render(request, "incidents/plan.html", shown)


def _said(question: Question, given: Given) -> list[str]:
    return [each.title for each in question.choices if each.id in given.get(question.id, ())] or ["Nothing of it"]


def noted(incident: Incident | None) -> Mapping[str, tuple[Record, ...]]:
    """Return what was noted of each step, by its id; nothing where there is no incident."""
    return deeds(actions(incident)) if incident else {}


def actions(incident: Incident) -> list[Event]:
    """Return what was done, as the ledger has it now."""
    return list(keeping.records(incident, "action"))


def plan_shown(plan: Plan, found: Guidance, today: date, noted: Mapping[str, tuple[Record, ...]]) -> dict[str, Any]:
    """Return a plan as the template shows it."""
    return {
        "plan": plan,
        "now": [shown_step(each, plan, noted) for each in plan.now],
        "next": [shown_step(each, plan, noted) for each in plan.next],
        "avoid": [shown_step(each, plan, noted) for each in plan.avoid],
        "blocking": telling.BLOCK_WORDS[plan.block],
        "ways": [
            Shown(each.route.id, each, "", noted_words(noted, ROUTE + each.route.id), cautions(each.route, today))
            for each in plan.routes
        ],
        "decides": telling.DECIDES,
        "offences": [(each, warnings(each, today)) for each in plan.offences],
        "supports": supports(plan.support, today),
        "differences": [(point.topic, _positions(point.positions, found)) for point in plan.differences],
        "grounds": fragment(telling.grounds(replace(plan, differences=()), found)),
        "away": telling.AWAY,
    }


def shown_step(step: Step, plan: Plan, noted: Mapping[str, tuple[Record, ...]]) -> Shown:
    """Return a step with who says so, and what was noted of it."""
    return Shown(
        step.id, step, telling.says(step, plan), noted_words(noted, step.id), waits=about_me.waits(step.id, noted)
    )


def cautions(route: Route, today: date) -> tuple[str, ...]:
    """Return what to know before relying on a route; nothing may keep anybody from calling 999."""
    found = warnings(route, today)
    return (SURE,) if found and route.id == "emergency" else found


def supports(found: Sequence[Support], today: date) -> list[Shown]:
    """Return whom to lean on; one with a number or an address has its warnings beside it."""
    return [Shown(each.id, each, "", (), warnings(each, today) if each.lines or each.address else ()) for each in found]


def noted_words(noted: Mapping[str, tuple[Record, ...]], step: str) -> list[str]:
    """Return in words what was noted of a step."""
    return [noted_in_words(each) for each in noted.get(step, ())]


def noted_in_words(record: Record) -> str:
    """Return in words what was noted, with its day, and with whom or under which number."""
    said = [str(record.value("to")), str(record.value("reference")), str(record.value("answer"))]
    beside = ", ".join(each for each in said if each)
    return f"{record.value('step')}, {day(record.value('when'))}{f': {beside}' if beside else ''}"


def _positions(positions: Sequence[Position], found: Guidance) -> list[tuple[str, str]]:
    """Return who says what; a body is told by its edition as well where two of its documents differ."""
    packs = {name: pack for pack in found.packs for name in (pack.body, pack.id)}
    bodies = Counter(packs[each.of].body for each in positions)
    return [(_speaker(packs[each.of], bodies[packs[each.of].body] > 1), each.says) for each in positions]


def _speaker(pack: Pack, several: bool) -> str:
    edition = pack.title.partition("(")[2].rstrip(")") or pack.edition
    return f"{body_name(pack)} ({edition})" if several else body_name(pack)


def _file(made: Plan, form: str) -> HttpResponse:
    return document_file(telling.document(made, guidance(), date.today()), "what-to-do", form)


@require_GET
def file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give an incident's plan as a file; there is none until every question is answered."""
    given = sound(answers_of(get_object_or_404(Incident, pk=pk)))
    if coming(given):
        raise Http404
    return _file(triage(told(given).answers, guidance()), form)


@require_http_methods(["GET", "POST"])
def did(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """Take down what was done about a step, as an action in the ledger."""
    incident = get_object_or_404(Incident, pk=pk)
    name, back = _route_name(step, incident), _back(request, incident)
    words, form = _words_of(step, name), DoneForm(request.POST or None, initial={"to": name})
    if request.method == "POST" and form.is_valid():
        try:
            about_me.check_order(step, actions(incident))
        except about_me.CaptureFirstError as error:
            form.add_error(None, sentence(error))
        else:
            keeping.add(incident, "action", form.said(step, words), datetime.now(UTC))
            tell(request, "Noted in the ledger.")
            return redirect(back)
    shown = {"incident": incident, "words": words, "form": form, "back": back, "step": step}
    return render(request, "incidents/did.html", shown, status=400 if form.errors else 200)


def _words_of(step: str, name: str) -> str:
    """Return what the ledger says of a step once it is done. Raises Http404 for one that there is not."""
    if name:
        return f"Reported to or asked: {name}"
    if step not in doings():
        raise Http404
    return doings()[step]


def _route_name(step: str, incident: Incident) -> str:
    """Return the name of the route that a step is a report to, empty for any other. Raises Http404."""
    if not step.startswith(ROUTE):
        return ""
    nation = next(iter(answers_of(incident).get("nation", ())), "England")
    route = route_in(step.removeprefix(ROUTE), nation)
    if route is None:
        raise Http404
    return route.name


def _back(request: HttpRequest, incident: Incident) -> str:
    """Return the page to go back to: the plan, or the stages of a matter about oneself."""
    stages = request.GET.get("from") == "about-me"
    return reverse("incidents:about-me" if stages else "incidents:plan", args=[incident.pk])
