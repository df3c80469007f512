"""The pages of the register: all accounts, one of them, its end, and what archives add."""

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from forethought.accounts import keeping
from forethought.accounts.calendar.due import Due
from forethought.accounts.forms.register import (
    AccountForm,
    CloseForm,
    ProposalForm,
    RemoveForm,
    title_of,
    words_of,
)
from forethought.accounts.keeping import diary, halfway
from forethought.accounts.leads import leads
from forethought.accounts.leads_plot import drawing
from forethought.accounts.models import Account
from forethought.accounts.stale import why_stale
from forethought.accounts.vocabulary import KINDS
from forethought.errors import ForethoughtError, sentence
from forethought.web import tell

FACTS = (
    "handle", "kind", "audience", "who_can_post", "two_step", "recovery", "linked_apps", "public_name", "names", "bio",
    "links", "last_used", "note",
)  # what a page tells of an account  # fmt: skip
SETTINGS = "settings"  # the kind of review that is made on an account's own page
MARKED = {"email": "an e-mail address", "phone": "a phone number", "photo": "a picture"}


@require_GET
def overview(request: HttpRequest) -> HttpResponse:
    """List the accounts by what they are for, with what waits for a decision, what is due, and what leads where."""
    today, accounts = date.today(), Account.objects.filter(closed=None)
    found = keeping.known()
    led = leads(found)
    shown = {
        "kinds": [(title, [each for each in accounts if each.kind == id]) for id, title in KINDS.items()],
        "any": Account.objects.exists(),
        "closed": Account.objects.exclude(closed=None),
        "stale": keeping.stale(today),
        "dues": _dues(today),
        "picture": drawing(found, led) if led else "",
        "leads": led,
        "leaks": sum(each.leak for each in led),
        "proposed": len(keeping.proposed()),
    }
    return render(request, "accounts/overview.html", shown)


def _dues(today: date) -> list[tuple[Due, str]]:
    """Return the reviews that are due, those of accounts first, each with the address at which it is made."""
    found = [(each, *each.id.partition(":")) for each in diary.due(today, settings.GUIDANCE()) if each.on <= today]
    of_accounts = [(each, reverse("accounts:review", args=[key])) for each, kind, _, key in found if kind == SETTINGS]
    others = [(each, reverse("accounts:calendar")) for each, kind, _, _ in found if kind != SETTINGS]
    return [*of_accounts, *others]


@require_http_methods(["GET", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """Add an account; what it is called is enough."""
    form = _form(request, Account())
    if form.is_valid() and (made := _kept(form)):
        tell(request, "The account was added.")
        return redirect("accounts:account", made.pk)
    return render(request, "accounts/add.html", {"form": form}, status=400 if form.errors else 200)


def _form(request: HttpRequest, account: Account) -> AccountForm:
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    return AccountForm(*given, instance=account)


def _kept(form: AccountForm) -> Account | None:
    """Return the account as it was kept; None, with what is wrong in the form, where it was not."""
    account = Account.objects.get(pk=form.instance.pk) if form.instance.pk else Account()
    try:
        return keeping.change(account, form.said(), settings.DOOR.vault.keys.fingerprints)
    except ForethoughtError as error:
        form.add_error("photo" if form.cleaned_data.get("photo") else None, sentence(error))
        return None


@require_http_methods(["GET", "POST"])
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an account, and change it."""
    found = get_object_or_404(Account, pk=pk)
    form = _form(request, get_object_or_404(Account, pk=pk))
    if form.is_valid() and _kept(form):
        tell(request, "Saved.")
        return redirect("accounts:account", pk)
    shown = {
        "account": found,
        "form": form,
        "facts": [(title_of(name), words_of(name, value)) for name, value in _facts(found)],
        "marks": [words for name, words in MARKED.items() if getattr(found, name)],
        "why_stale": why_stale(found.kind, found.last_used, found.closed, date.today()),
        "under_way": halfway.under_way(found),
        "reviews": found.reviews.all(),
        "leads": [each for each in leads(keeping.known()) if str(pk) in (each.a.key, each.b.key)],
    }
    return render(request, "accounts/account.html", shown, status=400 if form.errors else 200)


def _facts(found: Account) -> list[tuple[str, Any]]:
    told = ((name, getattr(found, name)) for name in FACTS)
    return [(name, value) for name, value in told if value]


@require_http_methods(["GET", "POST"])
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Note that an account was closed at its place, or is open after all."""
    found = get_object_or_404(Account, pk=pk)
    before = {"closed": found.closed or date.today()}
    form = CloseForm(request.POST if request.method == "POST" else None, initial=before)
    if form.is_valid():
        keeping.change(found, {"closed": form.cleaned_data["closed"]}, settings.DOOR.vault.keys.fingerprints)
        tell(request, "Noted as closed. Its reviews stay." if found.closed else "Noted as open.")
        return redirect("accounts:account", pk)
    shown = {"account": found, "form": form}
    return render(request, "accounts/close.html", shown, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove an account from the register for good, once that was understood."""
    found = get_object_or_404(Account, pk=pk)
    form = RemoveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        keeping.remove(found, settings.DOOR.vault)
        tell(request, "It was removed from the register. The account itself was not touched.")
        return redirect("accounts:overview")
    shown = {"account": found, "form": form, "reviews": found.reviews.count()}
    return render(request, "accounts/remove.html", shown, status=400 if form.errors else 200)


@require_http_methods(["GET", "POST"])
def from_archives(request: HttpRequest) -> HttpResponse:
    """Show what the imported archives would add to the register, and take what is ticked."""
    forms = [ProposalForm(each, request.POST if request.method == "POST" else None) for each in keeping.proposed()]
    wrong: list[str] = []
    valid = [each.is_valid() for each in forms]  # every one, so that each tells what is wrong with it
    if request.method == "POST" and all(valid):
        wanted = [each for each in forms if each.is_wanted]
        wrong = list(filter(None, map(_taken, wanted)))
        if not wrong:
            tell(request, f"Taken over: {len(wanted)}." if wanted else "Nothing was ticked, so nothing was taken.")
            return redirect("accounts:overview" if wanted else "accounts:from-archives")
        forms = [ProposalForm(each) for each in keeping.proposed()]  # without those that were taken
    shown = {"forms": forms, "wrong": wrong, "names": _names()}
    return render(request, "accounts/import.html", shown, status=200 if request.method == "GET" else 400)


def _taken(form: ProposalForm) -> str:
    """Take what was ticked of a proposal; return why it was not taken, empty where it was."""
    proposal, key = form.proposal, settings.DOOR.vault.keys.fingerprints
    fields = proposal.fields if form.cleaned_data.get("add") else {}
    only = type(proposal)(proposal.told, proposal.account, fields, proposal.differs)
    try:
        keeping.accept(only, key, form.cleaned_data.get("take", ()))
    except ForethoughtError as error:
        return f"{proposal.told.title}: {sentence(error)}"
    return ""


def _names() -> "QuerySet[Account, tuple[int, str]]":
    return Account.objects.values_list("pk", "name")
