"""Coming in and going out: the link, the first run, unlocking, recovery, locking and stopping."""

import os
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connections
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forethought.desk.forms import NewPassphraseForm, ProfileForm, RecoverForm, UnlockForm
from forethought.desk.models import Profile
from forethought.desk.rooms import rooms
from forethought.desk.views import errors
from forethought.errors import ForethoughtError, sentence
from forethought.vault import BusyVaultError, DamagedVaultError, NoVaultError
from forethought.vault.strength import strength


@require_GET
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Let in the browser that shows the link, and take the token out of its address."""
    cookie = settings.DOOR.admit(token)
    if cookie is None:
        return errors.page(request, 403, "This link has been used", errors.SHUT)
    response = redirect("home")
    response.set_cookie(settings.DOOR.cookie, cookie, httponly=True, samesite="Strict")
    return response


@require_http_methods(["GET", "POST"])
def begin(request: HttpRequest) -> HttpResponse:
    """Make the vault on the first run, and show its recovery key once."""
    if settings.DOOR.vault.exists:
        return redirect("home")
    profile = ProfileForm(request.POST or None, instance=Profile())
    chosen = NewPassphraseForm(request.POST or None)
    if request.method == "POST" and profile.is_valid() and chosen.is_valid():
        try:
            recovery_key = settings.DOOR.vault.create(chosen.cleaned_data["new"])
        except ForethoughtError as error:
            chosen.add_error("new", sentence(error))
        else:
            trouble = _made_ready(profile.save)
            shown = {"recovery_key": recovery_key, "first": True, "trouble": trouble}
            return render(request, "desk/recovery_key.html", shown)
    return render(request, "desk/begin.html", {"profile": profile, "chosen": chosen}, status=_status(profile, chosen))


@require_GET
def awake(request: HttpRequest) -> HttpResponse:
    """Note that somebody is at the desk who has sent nothing for a while, as while writing."""
    return HttpResponse(status=204)


@require_POST
def weigh(request: HttpRequest) -> HttpResponse:
    """Say how well a new passphrase would stand up to guessing, as it is typed."""
    found = strength(request.POST.get("new", ""))
    return render(request, "desk/_strength.html", {"strength": found})


@require_http_methods(["GET", "POST"])
def unlock(request: HttpRequest) -> HttpResponse:
    """Open the vault."""
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            settings.DOOR.vault.unlock(form.cleaned_data["passphrase"])
        except (BusyVaultError, DamagedVaultError, NoVaultError) as error:
            return errors.explained(request, error) or errors.unforeseen(request)
        except ForethoughtError as error:
            form.add_error("passphrase", sentence(error))
        else:
            opened()
            return redirect(_onward(request))
    return render(request, "desk/unlock.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "POST"])
def recover(request: HttpRequest) -> HttpResponse:
    """Open the vault with its recovery key, under a new passphrase."""
    form = RecoverForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            renewed = settings.DOOR.vault.recover(form.cleaned_data["recovery_key"], form.cleaned_data["new"])
        except ForethoughtError as error:
            form.add_error(None, sentence(error))
        else:
            trouble = _made_ready()
            return render(request, "desk/recovery_key.html", {"recovery_key": renewed, "trouble": trouble})
    return render(request, "desk/recover.html", {"form": form}, status=_status(form))


@require_POST
def lock(request: HttpRequest) -> HttpResponse:
    """Lock the vault."""
    connections.close_all()
    settings.DOOR.vault.lock()
    return redirect("unlock")


@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Lock the vault and stop the desk, once this page is on its way."""
    settings.DOOR.vault.lock()
    threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT)).start()
    return render(request, "desk/plain.html", {"title": "Forethought has stopped", "words": "You can close this page."})


def opened() -> None:
    """Bring what is kept up to this version of Forethought, and take up the person's choice of when to lock."""
    call_command("migrate", verbosity=0, interactive=False)
    settings.DOOR.idle = Profile.current().idle_minutes * 60
    for room in rooms():
        room.opened()


def _made_ready(then: Callable[[], object] = lambda: None) -> str:
    """Make an open vault ready and do one thing more; return what went wrong, for a page that must be shown.

    That page shows a recovery key, which is shown but once.
    """
    try:
        opened()
        then()
        opened()
    except (OSError, DatabaseError):
        return "Your choices could not be saved: the disk may be full. Unlock again once there is room."
    return ""


def _onward(request: HttpRequest) -> str:
    then = request.GET.get("then", "")
    return then if url_has_allowed_host_and_scheme(then, allowed_hosts=None) else "home"


def _status(*forms: object) -> int:
    return 400 if any(getattr(form, "errors", None) for form in forms) else 200
