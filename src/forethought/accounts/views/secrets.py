"""Passwords: an export read in memory and told about at once, a look-up that is agreed to each time, and passphrases.

No password, and nothing of an export, is kept, carried to another page or logged.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from forethought.accounts.forms.secrets import BreachForm, ExportForm, PhraseForm
from forethought.accounts.keeping.looks import COUNTED, keep_look, last_look
from forethought.accounts.models import PasswordLook
from forethought.accounts.passwords.assess import Report, assess
from forethought.accounts.passwords.breach import ADDRESS, Consent, Look, check, ranges, shown
from forethought.accounts.passwords.guard import guarded
from forethought.accounts.passwords.login import Export, forget
from forethought.accounts.passwords.phrase import passphrase
from forethought.accounts.passwords.reading import read_content
from forethought.accounts.passwords.removal import CANNOT
from forethought.accounts.passwords.telling import (
    BREACH_WORDS,
    LONG,
    NOT_KEPT,
    NOTHING,
    UNDATED,
    WORDS,
    regular_changes,
)
from forethought.accounts.passwords.two_step import offering
from forethought.documents.html import fragment
from forethought.errors import ForethoughtError, sentence

LOOK_UP = ADDRESS  # where breaches are looked up
MOST_SHOWN = 1_000  # rows of one page


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def passwords(request: HttpRequest) -> HttpResponse:
    """Read an export and say what to mend; marks and counts are kept, and nothing else."""
    form, told = ExportForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        told = _guarded(form, lambda export: _reported(export, form))
    page = {
        "form": form,
        "looks": [_counted(each) for each in PasswordLook.objects.all()[:6]],
        "cannot": CANNOT[2:],
        "limits": (LONG, UNDATED, NOT_KEPT),
        "regular": fragment(list(regular_changes(settings.GUIDANCE()))),
        **(told or {}),
    }
    return render(request, "accounts/passwords.html", page, status=400 if form.errors else 200)


def _guarded(form: ExportForm, use: Any) -> Any:
    """Return what `use` makes of the export, whose passwords are dropped after; a mistake goes to the form."""
    upload = form.cleaned_data["export"]
    try:
        export = read_content(bytearray(upload.read()), upload.name)
    except ForethoughtError as error:
        form.add_error("export", sentence(error))
        return None
    finally:
        upload.close()
    try:
        return guarded(use)(export)
    except ForethoughtError as error:
        form.add_error(None, sentence(error))
        return None
    finally:
        forget(export.logins)


def _reported(export: Export, form: ExportForm) -> dict[str, Any]:
    """Return what the page shows of an export, and keep its marks and counts."""
    key = settings.DOOR.vault.keys.fingerprints
    report = assess(export.logins, offering(), date.today(), key, form.old_after())
    before = last_look()
    count = len(ranges(export.logins))
    keep_look(report, datetime.now(UTC))
    return {
        "report": report,
        "manager": export.manager,
        "left_out": [(why.capitalize(), number) for why, number in sorted(export.skipped.items())],
        "unread": export.unread,
        "rows": [_row(each) for each in report.rows[:MOST_SHOWN]],
        "more": max(0, len(report.rows) - MOST_SHOWN),
        "nothing": NOTHING,
        "since": _since(report, before),
        "breach": BreachForm(initial={"count": count}),
        "sent": shown(count, LOOK_UP),
    }


def _row(row: Any) -> tuple[Any, list[str]]:
    """Return an account with every reason in words."""
    others = {"reused": row.same_as, "similar": row.similar_to}
    said = []
    for reason in row.reasons:
        named = others.get(reason)
        listed = [*named.titles, *(["and others"] if named.more else [])] if named else []
        said.append(f"{WORDS[reason]} See: {', '.join(listed)}." if listed else WORDS[reason])
    return row, said


def _since(report: Report, before: Any) -> dict[str, Any] | None:
    """Return what became of the accounts that were to be mended last time; None the first time."""
    if before is None:
        return None
    changes = report.since(before)
    names = {
        name: sorted((report.titles[mark] for mark in marks), key=str.casefold)
        for name, marks in (("changed", changes.changed), ("unchanged", changes.unchanged))
    }
    return {**names, "missing": len(changes.missing)}


def _counted(look: PasswordLook) -> tuple[PasswordLook, list[tuple[str, int]]]:
    return look, [(words, look.counts[reason]) for reason, words in COUNTED.items() if look.counts.get(reason)]


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "POST"])
def breach(request: HttpRequest) -> HttpResponse:
    """Show exactly what a look-up would send, and look up once the person has said yes to that."""
    form, told = BreachForm(request.POST or None, request.FILES or None), None
    if request.method == "POST" and form.is_valid():
        told = _guarded(form, lambda export: _looked(export, form))
    page = {"form": form, "host": "api.pwnedpasswords.com", **(told or {})}
    return render(request, "accounts/breach.html", page, status=400 if form.errors else 200)


def _looked(export: Export, form: BreachForm) -> dict[str, Any]:
    """Look up where the yes is to what would leave; show that otherwise, and send nothing."""
    count = len(ranges(export.logins))
    agreed = form.cleaned_data["yes"] and form.cleaned_data["count"] == count
    if not agreed:
        again = BreachForm(initial={"count": count})
        return {"form": again, "sent": shown(count, LOOK_UP), "asked": form.cleaned_data["count"] is not None}
    looks = check(export.logins, Consent(shown(count, LOOK_UP)), address=LOOK_UP)
    return {"found": _found(looks), "form": BreachForm()}


def _found(looks: tuple[Look, ...]) -> dict[str, Any]:
    by_state = {state: [each for each in looks if each.state == state] for state in BREACH_WORDS}
    return {
        "counts": [(words, len(by_state[state])) for state, words in BREACH_WORDS.items()],
        "names": sorted({each.title for each in by_state["found"]}, key=str.casefold),
        "whys": sorted({each.why for each in by_state["could not check"]}),
    }


@never_cache
@require_http_methods(["GET", "POST"])
def phrase(request: HttpRequest) -> HttpResponse:
    """Make a passphrase, which is shown once and kept nowhere."""
    form = PhraseForm(request.POST or None)
    made = passphrase(form.cleaned_data["words"]) if request.method == "POST" and form.is_valid() else None
    page = {"form": form, "made": made}
    return render(request, "accounts/phrase.html", page, status=400 if form.errors else 200)
