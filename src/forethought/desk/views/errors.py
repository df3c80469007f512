"""Plain pages for what goes wrong: what happened and what to do, with no trace of what was typed."""

import errno

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from sqlcipher3 import dbapi2

from forethought.errors import ForethoughtError, sentence
from forethought.vault import BusyVaultError, LockedVaultError

ADDRESS = "Open the desk by the link that Forethought printed when it started."
SHUT = (
    "Only the browser that opened the link from Forethought may use this desk, and each link works once. "
    "Stop Forethought and start it again for a new link."
)
FORGED = (
    "This form did not come from a page of the desk that is open now, so nothing was done. Go back, load the page "
    "again, and send it from there."
)
MOVED = "What you did here was not done. Go back and do it again."
_DISK = {
    errno.ENOSPC: "The disk is full. What you had saved before is safe. Free some space, then do this again.",
    errno.EDQUOT: "Your share of the disk is full. What you had saved is safe. Free some space, then do this again.",
    errno.EROFS: "The folder cannot be written to. Move it where you may write, or give yourself the right to.",
    errno.EACCES: "Forethought may not write to its folder. Give yourself the right to, then do this again.",
    errno.EPERM: "Forethought may not write to its folder. Give yourself the right to, then do this again.",
}


def page(request: HttpRequest, status: int, title: str, words: str) -> HttpResponse:
    """Return a plain page with a title and a few words, and the way to a backup where they speak of one."""
    shown = {"title": title, "words": words, "mend": "backup" in words}
    return render(request, "desk/plain.html", shown, status=status)


def not_from_here(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Refuse a form that did not come from the desk."""
    return page(request, 403, "That was not sent from this desk", FORGED)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    return page(request, 404, "There is no such page", "Go to the first page, and find your way from there.")


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Refuse what is too large, or not as a form sends it."""
    return page(request, 400, "That was refused", "It is larger than the desk takes, or not as a form sends it.")


def unforeseen(request: HttpRequest) -> HttpResponse:
    """Say that the fault is ours."""
    words = "This is a fault in Forethought, not in what you did. What you had saved is safe. Go back and try again."
    return page(request, 500, "Something went wrong in Forethought", words)


def explained(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Return the page for an error that a person can mend; None for those that Django has a page for."""
    if isinstance(error, LockedVaultError | BusyVaultError):
        return page(request, 409, "The vault is not open here", sentence(error))
    if isinstance(error, ForethoughtError):
        return page(request, 400, "That could not be done", sentence(error))
    if isinstance(error, OSError):
        words = _DISK.get(error.errno or 0, f"The computer said: {error.strerror}. What you had saved before is safe.")
        return page(request, 507, "The disk did not take it", words)
    if isinstance(cause := error.__cause__ or error, dbapi2.Error):
        if "not a database" in str(cause) and settings.DOOR.vault.reads():
            return page(request, 409, "The vault was moved to another passphrase just then", MOVED)
        return page(request, 507, "The vault's database did not take it", _database(str(cause)))
    if isinstance(error, SuspiciousOperation):
        return refused(request)
    return None


def _database(said: str) -> str:
    if "full" in said:
        return _DISK[errno.ENOSPC]
    if "readonly" in said:
        return _DISK[errno.EACCES]
    if "locked" in said:
        return "Another part of Forethought is writing. Wait a moment, then do this again."
    return (
        "Its file is damaged, or was changed by something else. Copy the whole folder somewhere safe, "
        "then restore your last backup."
    )
