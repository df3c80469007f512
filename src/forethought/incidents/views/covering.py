"""The page on which a copy of an item is made with parts covered, so that a pack can leave a client out."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from forethought.errors import ForethoughtError, sentence
from forethought.incidents import covering, keeping
from forethought.incidents.fields import Fields, observed
from forethought.incidents.forms.cover import PartsForm, PhrasesForm
from forethought.incidents.models import Event, Incident
from forethought.incidents.views.item import item, shown_as
from forethought.media.apart import Apart
from forethought.vault.files import SENDING
from forethought.web import tell

CARRIED = ("posted", "captured", "platform")  # of the original, what the copy says as well: none can name a client


@require_http_methods(["GET", "POST"])
def cover(request: HttpRequest, pk: int, record: str) -> HttpResponse:
    """Show what can be covered in an item, and keep a copy in which it is, as an item of its own."""
    found, newest = item(pk, record)
    draw = _picture if newest.value("kind") == "screenshot" else _text
    try:
        return draw(request, found, newest)
    except ForethoughtError as error:
        shown = {"incident": found, "record": newest, "wrong": sentence(error)}
        return render(request, "incidents/cover.html", shown, status=400)


def _text(request: HttpRequest, found: Incident, newest: Event) -> HttpResponse:
    """Cover phrases in the words of an item."""
    content = b"".join(keeping.original(settings.DOOR.vault, newest))
    words = covering.page_as_text(content)
    form = PhrasesForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        made = covering.covered_text(words, form.phrases(), content)
        if not made.left:
            told = observed(derived=made.sha256, covered=_counted(made.count, "stretch of words", "stretches of words"))
            return _kept(request, found, newest, made.text.encode(), "txt", told)
        form.add_error("words", f"Not found in it: {'; '.join(made.left)}. Nothing was kept; mend or remove these.")
    shown = {"incident": found, "record": newest, "form": form, "words": words}
    return render(request, "incidents/cover.html", shown, status=400 if form.errors else 200)


def _picture(request: HttpRequest, found: Incident, newest: Event) -> HttpResponse:
    """Cover parts of a picture."""
    form = PartsForm(request.POST if request.method == "POST" else None)
    with _laid_out(newest) as path:
        if form.is_valid():
            made = covering.covered_picture(path, form.boxes(), path.parent / "copy")
            told = observed(
                derived=made.sha256, covered=_counted(made.count, "part of the picture", "parts of the picture")
            )
            return _kept(request, found, newest, made.path.read_bytes(), made.path.suffix[1:], told)
        with Apart() as apart:
            sight = apart.see(path)
    form.offer(sight)
    shown = {"incident": found, "record": newest, "form": form, **_drawn(form, sight.size), "picture": shown_as(newest)}
    return render(request, "incidents/cover.html", shown, status=400 if form.errors else 200)


def _counted(count: int, one: str, more: str) -> str:
    return f"{count} {one if count == 1 else more}"


def _drawn(form: PartsForm, size: tuple[int, int]) -> dict[str, Any]:
    """Return what is drawn over a picture: each part's number and edges, and how large a number is written."""
    boxes = [(n, left, top, right - left, bottom - top) for n, (left, top, right, bottom) in enumerate(form.found, 1)]
    return {"boxes": boxes, "size": size, "letter": max(size) // 30}


@contextmanager
def _laid_out(event: Event) -> Iterator[Path]:
    """Give an item's file for as long as it is worked on, where nobody else may read it; the vault sweeps up later."""
    with tempfile.TemporaryDirectory(prefix=SENDING, dir=settings.DOOR.vault.folder) as folder:
        ending = str(event.value("name")).rpartition(".")[2]
        path = Path(folder) / (f"item.{ending}" if ending.isalnum() else "item")
        with path.open("wb") as opened:
            opened.writelines(keeping.original(settings.DOOR.vault, event))
        (path.parent / "copy").mkdir()
        yield path


def _kept(
    request: HttpRequest, found: Incident, newest: Event, content: bytes, ending: str, told: Fields
) -> HttpResponse:
    """Keep a covered copy beside its original, and go to it, where it is asked whether it shows a client."""
    before, number = newest.fields or {}, newest.value("number")
    carried = {name: before[name] for name in CARRIED if name in before}
    named = observed(kind=newest.value("kind"), name=f"item-{number}-covered.{ending}")
    made = keeping.add_item(settings.DOOR.vault, found, [content], carried | named | told, datetime.now(UTC))
    tell(
        request,
        f"The copy is kept as item {made.value('number')}. Look at it, then say below whether it shows a client.",
    )
    return redirect("incidents:record", found.pk, made.record)
