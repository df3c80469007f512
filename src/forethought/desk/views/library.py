"""The guidance library: what the bodies say, by topic, body and moment; two bodies side by side; each rule's page."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from forethought.desk.drafts import every_document
from forethought.documents import Document
from forethought.documents.html import fragment
from forethought.errors import ForethoughtError
from forethought.guidance import TRIGGERS, Provision
from forethought.pages import guidance as pages
from forethought.pages.wording import body_name
from forethought.rules import rules

MOST = 60  # provisions on one page


@require_GET
def library(request: HttpRequest) -> HttpResponse:
    """Search the provisions by words, body and moment, or show what there is to read."""
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "body", "moment")}
    guidance = every_document()
    found = _found(**asked) if any(asked.values()) else None
    shown = {
        "asked": asked,
        "found": found and found[:MOST],
        "more": len(found or ()) - MOST,
        "searched": found is not None,
        "bodies": {pack.body: body_name(pack) for pack in guidance.packs},
        "moments": sorted(TRIGGERS),
        "packs": guidance.packs,
        "duties": guidance.duties,
        "rules": rules(),
    }
    return render(request, "desk/library.html", shown)


@require_GET
def entry(request: HttpRequest, id: str) -> HttpResponse:
    """Show a pack, body, duty, provision or rule."""
    try:
        document = pages.show(every_document(), id).document
    except ForethoughtError as error:
        raise Http404 from error
    return _document(request, document)


@require_GET
def compare(request: HttpRequest) -> HttpResponse:
    """Set two bodies side by side."""
    first, second = request.GET.get("first", ""), request.GET.get("second", "")
    return _document(request, pages.side_by_side(every_document(), first, second).document)


def _found(words: str, body: str, moment: str) -> list[Provision]:
    """Return the provisions that hold every word, of a body and for a moment where these are named."""
    wanted = words.casefold().split()
    return [
        provision
        for pack in every_document().packs
        for provision in pack.provisions
        if (not body or provision.body == body)
        and (not moment or moment in provision.triggers)
        and all(word in f"{provision.says} {provision.section}".casefold() for word in wanted)
    ]


def _document(request: HttpRequest, document: Document) -> HttpResponse:
    shown = {"title": document.title, "body": fragment(document.blocks)}
    return render(request, "desk/document.html", shown)
