"""This room's pages: handing files in, what each gives away, and its clean copy."""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.documents.html import fragment
from forethought.media import keeping, telling
from forethought.media.format import Wishes
from forethought.media.forms import CoverForm, TakeForm, WishesForm
from forethought.media.models import File


@require_http_methods(["GET", "POST"])
def overview(request: HttpRequest) -> HttpResponse:
    """Take files, and list those of the last day."""
    keeping.sweep(settings.DOOR.vault, datetime.now(UTC))
    form = TakeForm(request.POST, request.FILES) if request.method == "POST" else TakeForm()
    if form.is_valid():
        taken = [_taken(each, form.wishes()) for each in form.cleaned_data["chosen"]]
        return redirect("media:file", taken[0].pk) if len(taken) == 1 else redirect("media:overview")
    rows = [(each, telling.summary(each.seen().traces)) for each in File.objects.all()]
    return render(request, "media/overview.html", {"form": form, "rows": rows}, status=400 if form.errors else 200)


def _kept(pk: int) -> File:
    """Return a file that is still kept. Raises Http404."""
    keeping.sweep(settings.DOOR.vault, datetime.now(UTC))
    return get_object_or_404(File, pk=pk)


def _taken(upload: Any, wishes: Wishes) -> File:
    return keeping.take(settings.DOOR.vault, upload.name, upload.chunks(), wishes, datetime.now(UTC))


@require_POST
def glance(request: HttpRequest) -> HttpResponse:
    """Take one picture of a draft, and answer with the part of the check page that tells of it."""
    form = TakeForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse("Choose a picture.", status=400)
    file = _taken(form.cleaned_data["chosen"][0], form.wishes())
    return render(request, "media/_glance.html", {"file": file, "summary": telling.summary(file.seen().traces)})


@require_http_methods(["GET", "POST"])
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what a file gives away and its clean copy, and make that copy in another way."""
    found = _kept(pk)
    form = WishesForm(request.POST if request.method == "POST" else None, file=found)
    if form.is_valid():
        keeping.again(settings.DOOR.vault, found, form.wishes())
        return redirect("media:file", pk)
    return _page(request, found, form=form)


def _page(request: HttpRequest, found: File, status: int = 200, **forms: Any) -> HttpResponse:
    shown = {
        "form": forms.get("form") or WishesForm(file=found),
        "gives": fragment(list(telling.given_away(found.seen()))),
        "not_removed": telling.NOT_REMOVED,
        **_sight_of(found, forms.get("cover")),
    }
    return render(request, "media/file.html", shown, status=status)


@require_POST
def sight(request: HttpRequest, pk: int) -> HttpResponse:
    """Look for words and faces in a picture, and show them: with the part of the page that asked, or the whole."""
    found = keeping.see(settings.DOOR.vault, _kept(pk))
    if not request.headers.get("HX-Request"):
        return redirect("media:file", pk)
    part = "media/_words.html" if request.POST.get("for") == "draft" else "media/_sight.html"
    return render(request, part, _sight_of(found))


def _sight_of(found: File, form: CoverForm | None = None) -> dict[str, Any]:
    form = form or CoverForm(file=found)
    boxes = [(n, *edges) for n, (_, edges) in enumerate(form.stretches.values(), 1)]
    drawn = [(n, left, top, right - left, bottom - top) for n, left, top, right, bottom in boxes]
    size = found.sight.get("size")
    return {"file": found, "cover": form, "boxes": drawn, "size": size, "letter": max(size) // 30 if size else 0}


@require_POST
def cover(request: HttpRequest, pk: int) -> HttpResponse:
    """Make the copy of a picture anew with what was chosen covered in it."""
    found = _kept(pk)
    form = CoverForm(request.POST, file=found)
    if not form.is_valid():
        return _page(request, found, 400, cover=form)
    found.covered = form.covered()
    keeping.again(settings.DOOR.vault, found, Wishes(blur=form.cleaned_data["blur"]))
    return redirect("media:file", pk)


@require_GET
def copy(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the clean copy as a file."""
    found = _kept(pk)
    if not found.copy:
        raise Http404
    content = settings.DOOR.vault.unseal(keeping.COPY, found.key)
    named = {"Content-Disposition": f'attachment; filename="{found.copy}"', "Content-Length": str(found.size)}
    return StreamingHttpResponse(content, content_type="application/octet-stream", headers=named)


@require_GET
def picture(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Show the clean copy of a picture that browsers can show."""
    found = _kept(pk)
    if not found.shown_as:
        raise Http404
    return StreamingHttpResponse(settings.DOOR.vault.unseal(keeping.COPY, found.key), content_type=found.shown_as)


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a file and its copy from the vault for good."""
    keeping.discard(settings.DOOR.vault, _kept(pk))
    return redirect("media:overview")
