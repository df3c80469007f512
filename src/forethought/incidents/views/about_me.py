"""A complaint or a regretted post: the stages one after the other, the log of what was done, and a summary to take."""

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET, require_POST

from forethought.documents.forms import FORMS
from forethought.incidents import about_me, keeping
from forethought.incidents.forms.plan import QuestionForm
from forethought.incidents.interview import coming, sound, told
from forethought.incidents.models import Incident
from forethought.incidents.noting import entered
from forethought.incidents.triage.model import Plan
from forethought.incidents.triage.triage import triage
from forethought.incidents.views.plan import answers_of, guidance, noted_in_words, shown_step, supports
from forethought.incidents.views.plan import noted as noted_of
from forethought.web import document_file


@require_GET
def stages(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stages, the next one first, and what was noted of each; the plan's questions come before."""
    incident = get_object_or_404(Incident, pk=pk)
    plan = _plan(incident)
    if plan is None:
        return render(request, "incidents/about_me.html", {"incident": incident})
    gone = about_me.way(keeping.records(incident, "action"))
    following = about_me.coming(gone)
    noted = noted_of(incident)
    shown = {
        "incident": incident,
        "plan": plan,
        "following": following,
        "steps": [shown_step(each, plan, noted) for each in plan.steps if following and following.holds(each.id)],
        "gone": [(each.stage, [(noted_in_words(record), entered(record)) for record in each.noted]) for each in gone],
        "may_remove": bool(gone[0].noted),
        "first": about_me.FIRST,
        "not_before": about_me.NOT_BEFORE,
        "proves": about_me.PROVES,
        "supports": supports(plan.support, date.today()),
        "form": QuestionForm(),
        "forms": FORMS.values(),
    }
    return render(request, "incidents/about_me.html", shown)


def _plan(incident: Incident) -> Plan | None:
    """Return the plan, where every question is answered and the matter is about the person."""
    given = sound(answers_of(incident))
    if coming(given) or told(given).answers.nature not in about_me.NATURES:
        return None
    return triage(told(given).answers, guidance())


@require_POST
def care(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the summary for supervision as a file, with what the person wants to ask."""
    incident = get_object_or_404(Incident, pk=pk)
    form = QuestionForm(request.POST)
    if request.POST.get("do") not in FORMS or not form.is_valid():
        raise Http404
    made = about_me.summary(list(keeping.records(incident)), form.cleaned_data["question"], date.today())
    return document_file(made, "to-supervision", request.POST["do"])
