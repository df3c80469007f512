"""This room's pages: the list, one note, and its summary to hand over."""

from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.documents import Document
from forethought.documents.html import fragment
from forethought.supervision.forms import DilemmaForm, NoteForm
from forethought.supervision.models import Note
from forethought.supervision.summary import summary
from forethought.web import document_file


@require_http_methods(["GET", "POST"])
def notes(request: HttpRequest) -> HttpResponse:
    """List the notes, and take down a dilemma."""
    form = DilemmaForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.instance.made = datetime.now(UTC)
        form.save()
        return redirect("supervision:notes")
    status = 400 if form.errors else 200
    return render(request, "supervision/notes.html", {"notes": Note.objects.all(), "form": form}, status=status)


@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a note with its summary, and take down what to ask."""
    found = get_object_or_404(Note, pk=pk)
    form = NoteForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        form.save()
        return redirect("supervision:note", pk)
    shown = {"note": found, "form": form, "summary": fragment(_summary(found).blocks)}
    return render(request, "supervision/note.html", shown)


@require_GET
def pack(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Give the summary as a file; PDF and Word each need an extra."""
    return document_file(_summary(get_object_or_404(Note, pk=pk)), "for-supervision", form)


@require_POST
def taken(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark a note as taken to supervision."""
    Note.objects.filter(pk=pk).update(taken=datetime.now(UTC))
    return redirect("supervision:notes")


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a note for good."""
    get_object_or_404(Note, pk=pk).delete()
    return redirect("supervision:notes")


def _summary(found: Note) -> Document:
    return summary(found.title, found.shown, found.noticed, found.question, found.made.astimezone())
