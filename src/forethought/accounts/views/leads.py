"""The page on how accounts lead to each other: the picture, the table, and how to loosen each."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from forethought.accounts import keeping, leads_telling
from forethought.accounts.leads import leads
from forethought.accounts.leads_plot import drawing
from forethought.documents.forms import FORMS
from forethought.documents.html import fragment
from forethought.web import document_file


@require_GET
def picture(request: HttpRequest) -> HttpResponse:
    """Show what leads where, the ways between work and private life first."""
    known = keeping.known()
    found = leads(known)
    document = leads_telling.document(found, settings.GUIDANCE())
    shown = {
        "accounts": len(known),
        "leads": [(number, each, leads_telling.WORDS[each.strength]) for number, each in enumerate(found, 1)],
        "leaks": sum(each.leak for each in found),
        "drawing": drawing(known, found) if len(known) > 1 else "",
        "table": fragment([leads_telling.table(found)]),
        "grounds": fragment(document.blocks[2:] if found else document.blocks[1:]),
        "forms": FORMS.values(),
    }
    return render(request, "accounts/leads.html", shown)


@require_GET
def file(request: HttpRequest, form: str) -> HttpResponse:
    """Give what leads where as a document."""
    document = leads_telling.document(leads(keeping.known()), settings.GUIDANCE())
    return document_file(document, "how-accounts-lead-to-each-other", form)
