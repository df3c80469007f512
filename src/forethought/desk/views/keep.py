"""Settings: who the person is, their accounts, and the vault's lock, passphrase, backup, export and end."""

import tempfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.accounts.keeping import register
from forethought.accounts.models import Account
from forethought.desk import export
from forethought.desk.forms import AccountForm, ChangeForm, EraseForm, ProfileForm, RestoreForm
from forethought.desk.models import Profile, SetAside
from forethought.desk.views.front import opened
from forethought.errors import ForethoughtError, sentence
from forethought.vault import backup, keys
from forethought.vault.files import SENDING
from forethought.web import tell

PIECE = 64 * 1024  # bytes of a file that is given
CHANGE, ERASE, ACCOUNT = "change-%s", "erase-%s", "account-%s"  # so that no two ids are alike


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """Show everything that can be set."""
    return _overview(request)


def _overview(request: HttpRequest, status: int = 200, **forms: object) -> HttpResponse:
    shown = {
        "profile": ProfileForm(instance=Profile.current()),
        "account": AccountForm(auto_id=ACCOUNT),
        "change": ChangeForm(auto_id=CHANGE),
        "erase": EraseForm(auto_id=ERASE),
        "accounts": Account.objects.all(),
        "aside": SetAside.objects.all(),
        "folder": settings.DOOR.vault.folder,
    }
    return render(request, "desk/settings.html", shown | forms, status=status)


@require_POST
def profile(request: HttpRequest) -> HttpResponse:
    """Save who the person is."""
    form = ProfileForm(request.POST, instance=Profile.current())
    if not form.is_valid():
        return _overview(request, 400, profile=form)
    settings.DOOR.idle = form.save().idle_minutes * 60
    return _told(request, "Saved.")


@require_POST
def add_account(request: HttpRequest) -> HttpResponse:
    """Add an account."""
    form = AccountForm(request.POST, auto_id=ACCOUNT)
    if not form.is_valid():
        return _overview(request, 400, account=form)
    form.save()
    return _told(request, "The account was added.")


@require_POST
def remove_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an account from the list, with its reviews."""
    register.remove(get_object_or_404(Account, pk=pk), settings.DOOR.vault)
    return _told(request, "The account was removed from this list. The account itself was not touched.")


@require_POST
def raise_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Raise a finding again that was set aside."""
    get_object_or_404(SetAside, pk=pk).delete()
    return _told(request, "It will be raised again.")


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Move the vault to another passphrase."""
    form = ChangeForm(request.POST, auto_id=CHANGE)
    if form.is_valid():
        connections.close_all()
        try:
            renewed = settings.DOOR.vault.change(form.cleaned_data["old"], form.cleaned_data["new"])
        except ForethoughtError as error:
            form.add_error(None, sentence(error))
        else:
            return render(request, "desk/recovery_key.html", {"recovery_key": renewed})
    return _overview(request, 400, change=form)


@require_POST
def integrity(request: HttpRequest) -> HttpResponse:
    """Check that nothing in the vault was changed or broken."""
    found = settings.DOOR.vault.check()
    words = f"Something is wrong: {'; '.join(found)}. Restore your last backup." if found else "Everything is whole."
    return _told(request, words)


@require_POST
def back_up(request: HttpRequest) -> HttpResponseBase:
    """Give a backup as a file, encrypted as the vault is."""
    folder = tempfile.TemporaryDirectory(dir=settings.DOOR.vault.folder, prefix=SENDING)
    made = Path(folder.name) / "backup"
    try:
        backup.back_up(settings.DOOR.vault, made)
    except BaseException:
        folder.cleanup()
        raise
    return _download(f"forethought-{datetime.now():%Y-%m-%d}.backup", _read_and_removed(made, folder))


def _read_and_removed(path: Path, folder: tempfile.TemporaryDirectory[str]) -> Iterator[bytes]:
    """Yield a file piece by piece, and remove the folder that it lies in once it was given, or nobody takes it."""
    with folder, path.open("rb") as file:
        while piece := file.read(PIECE):
            yield piece


@require_POST
def give_all(request: HttpRequest) -> HttpResponseBase:
    """Give everything in plain form as a file, which is made as it is given and stored nowhere by the desk."""
    made = export.everything(settings.DOOR.vault, datetime.now().astimezone())
    return _download(f"forethought-export-{datetime.now():%Y-%m-%d}.zip", made)


def _download(name: str, content: Iterator[bytes]) -> HttpResponseBase:
    named = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(content, content_type="application/octet-stream", headers=named)


@require_http_methods(["GET", "POST"])
def restore(request: HttpRequest) -> HttpResponse:
    """Put a backup in place of the vault, whatever has become of that."""
    form = RestoreForm(request.POST or None, request.FILES or None)
    if request.method == "GET" or not form.is_valid():
        return render(request, "desk/restore.html", {"form": form}, status=400 if form.errors else 200)
    vault, passphrase = settings.DOOR.vault, form.cleaned_data["passphrase"]
    connections.close_all()
    with vault.alone, tempfile.TemporaryDirectory(dir=vault.folder.parent, prefix="brought-") as folder:
        brought = Path(folder) / form.cleaned_data["backup"].name
        brought.write_bytes(b"".join(form.cleaned_data["backup"].chunks()))
        vault.lock()
        moved = backup.restore(brought, vault.folder, passphrase, datetime.now())
        vault.unlock(passphrase)
    opened()
    return _told(request, f"The backup is in place. What was there before is in the folder {moved}.")


@require_POST
def erase(request: HttpRequest) -> HttpResponse:
    """Erase everything that is kept, the keys first."""
    form = EraseForm(request.POST, auto_id=ERASE)
    vault = settings.DOOR.vault
    if form.is_valid():
        try:
            keys.opened(vault.key_file.read_bytes(), form.cleaned_data["passphrase"])
        except ForethoughtError as error:
            form.add_error("passphrase", sentence(error))
        else:
            connections.close_all()
            vault.erase()
            return redirect("begin")
    return _overview(request, 400, erase=form)


def _told(request: HttpRequest, words: str) -> HttpResponse:
    tell(request, words)
    return redirect("settings")
