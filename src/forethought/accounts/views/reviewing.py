"""The pages of a review: where it begins, one step an area, its end, and what it found."""

from collections.abc import Sequence
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from forethought.accounts.checkups.compare import compare
from forethought.accounts.checkups.load import areas, checkups
from forethought.accounts.checkups.model import Advice, Area, Platform, Setting
from forethought.accounts.checkups.recommend import falls_short, recommended
from forethought.accounts.checkups.telling import left, warnings
from forethought.accounts.checkups.telling import review as document
from forethought.accounts.forms.reviewing import AreaForm, FinishForm, MendForm, StartForm, kind_of
from forethought.accounts.keeping import SCREENSHOT, changes_of, halfway
from forethought.accounts.models import Account, Review
from forethought.accounts.vocabulary import LEVELS
from forethought.documents.forms import FORMS
from forethought.policy.citing import lines
from forethought.web import document_file, own_guidance, tell

NEAREST = {"blog": "wordpress", "messenger": "facebook", "email": "google"}
USUAL = {"professional": "open", "organisation": "open"}  # what is meant to be found and read is proposed to be so
OWN_SITE = "website"  # whose check-up comes nearest where a place has none


@require_http_methods(["GET", "POST"])
def start(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose how private an account is to be and begin; go on with what was begun, or drop it."""
    account = get_object_or_404(Account, pk=pk)
    if request.POST.get("do") == "drop":
        halfway.drop(account)
        return redirect("accounts:review", pk)
    begun = halfway.under_way(account)
    form = StartForm(request.POST if request.method == "POST" else None, initial=_first(account, begun))
    if form.is_valid():
        platform = checkups()[form.cleaned_data["platform"]]
        halfway.begin(account, platform, form.cleaned_data["level"])
        return redirect("accounts:review-area", pk, _areas(platform)[0].id)
    platform = begun or checkups()[_nearest(account)]
    shown = {
        "account": account,
        "form": form,
        "begun": begun,
        "next": _next_open(account, begun) if begun else "",
        "seen": len(halfway.answers(account, begun)) if begun else 0,
        "platform": platform,
        "warnings": warnings(platform, date.today()),
        "has_own": account.platform in checkups(),
    }
    return render(request, "accounts/review_start.html", shown, status=400 if form.errors else 200)


def _nearest(account: Account) -> str:
    return account.platform if account.platform in checkups() else NEAREST.get(account.platform, OWN_SITE)


def _first(account: Account, begun: Platform | None) -> dict[str, str]:
    if begun:
        return {"platform": begun.id, "level": account.halfway["level"]}
    level = account.level if account.last_reviewed else USUAL.get(account.kind, account.level)
    return {"platform": _nearest(account), "level": level}


def _areas(platform: Platform) -> list[Area]:
    """Return the areas that a platform has settings of, in the order of a check-up."""
    own = {each.area.id for each in platform.settings.values()}
    return [area for id, area in areas().items() if id in own]


def _in(area: Area, platform: Platform) -> list[Setting]:
    return [each for each in platform.settings.values() if each.area == area]


def _next_open(account: Account, platform: Platform) -> str:
    """Return the first area with a setting that has no answer yet; empty where every setting has one."""
    seen = halfway.answers(account, platform)
    waiting = (area.id for area in _areas(platform) if any(each.id not in seen for each in _in(area, platform)))
    return next(waiting, "")


@require_http_methods(["GET", "POST"])
def area(request: HttpRequest, pk: int, area: str) -> HttpResponse:
    """Show the settings of one area, with where each is and what is recommended, and keep what is seen."""
    account = get_object_or_404(Account, pk=pk)
    platform = halfway.under_way(account)
    if platform is None:
        return redirect("accounts:review", pk)
    steps = _areas(platform)
    number = next((number for number, each in enumerate(steps) if each.id == area), None)
    if number is None:
        raise Http404
    asked = _in(steps[number], platform)
    form = AreaForm(asked, request.POST if request.method == "POST" else None, _beginning(account, platform))
    if form.is_valid():
        halfway.save(account, form.seen(), [each.id for each in asked])
        return _onward(request, account, steps, number)
    shown = {
        "account": account, "platform": platform, "area": steps[number], "level": LEVELS[account.halfway["level"]],
        "steps": steps, "number": number + 1, "of": len(steps) + 1,
        "back": steps[number - 1].id if number else "",
        "rows": _rows(asked, form, account, platform),
        "form": form,
    }  # fmt: skip
    return render(request, "accounts/review.html", shown, status=400 if form.errors else 200)


def _beginning(account: Account, platform: Platform) -> dict[str, str]:
    """Return what is chosen at first: what was seen already, or what an archive tells."""
    return {**halfway.told_by_archives(account, platform), **halfway.answers(account, platform)}


def _onward(request: HttpRequest, account: Account, steps: Sequence[Area], number: int) -> HttpResponse:
    if request.POST.get("do") == "later":
        tell(request, "Saved. Go on with the review whenever it suits you.")
        return redirect("accounts:account", account.pk)
    if number + 1 < len(steps):
        return redirect("accounts:review-area", account.pk, steps[number + 1].id)
    return redirect("accounts:review-finish", account.pk)


def _rows(asked: Sequence[Setting], form: AreaForm, account: Account, platform: Platform) -> list[dict[str, Any]]:
    """Return what the page tells of each setting, beside its field."""
    guidance, level = own_guidance(), account.halfway["level"]
    before, archive = halfway.last_time(account, platform), halfway.told_by_archives(account, platform)
    advice = [recommended(each, level, guidance) for each in asked]
    return [
        {
            "advice": each,
            "field": form[each.setting.id],
            "recommended": each.setting.options[each.option],
            "before": each.setting.options.get(before.get(each.setting.id, ""), ""),
            "archive": each.setting.options.get(archive.get(each.setting.id, ""), ""),
            "reason": account.reasons.get(each.setting.id, ""),
            "who": lines([p for stand in each.stands for p in stand.provisions], guidance),
            "strict": bool(each.raised_by or each.set_aside),
            "warnings": warnings(each.setting, date.today()) if each.setting.review_on != platform.review_on else (),
        }
        for each in advice
    ]


@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask which differences are the person's own, and who looked; then keep the review."""
    account = get_object_or_404(Account, pk=pk)
    platform = halfway.under_way(account)
    if platform is None:
        return redirect("accounts:review", pk)
    seen = halfway.seen(account, platform)
    differing = compare(halfway.last_time(account, platform), seen, platform).reset
    given = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    form = FinishForm(differing, *given)
    if form.is_valid() and seen:
        said = form.cleaned_data
        made = halfway.finish(
            account, settings.DOOR.vault, said["by"], datetime.now(UTC), said.get("mine", ()), said["pictures"]
        )
        return redirect("accounts:review-result", pk, made.pk)
    shown = {
        "account": account, "platform": platform, "form": form, "steps": _areas(platform),
        "seen": len(seen), "left": left(platform, seen), "number": len(_areas(platform)) + 1,
    }  # fmt: skip
    return render(request, "accounts/review_finish.html", shown, status=200 if request.method == "GET" else 400)


def _of(pk: int, review: int) -> tuple[Review, Platform]:
    """Return a review of an account with its check-up. Raises Http404."""
    found = get_object_or_404(Review.objects.select_related("account"), pk=review, account=pk)
    if found.platform not in checkups():
        raise Http404
    return found, checkups()[found.platform]


@require_http_methods(["GET", "POST"])
def result(request: HttpRequest, pk: int, review: int) -> HttpResponse:
    """Tell what changed since the review before, what is new and what falls short; note what became of it."""
    found, platform = _of(pk, review)
    short = falls_short(platform, found.answers, found.level, own_guidance())
    forms = [_mending(each, found, request.POST if request.method == "POST" else None) for each in short]
    valid = [each.is_valid() for each in forms]  # every one, so that each tells what is wrong with it
    if request.method == "POST" and all(valid):
        done = {each.advice.setting.id: each.advice.option for each in forms if each.cleaned_data["done"]}
        halfway.mend(found, done, {each.advice.setting.id: each.cleaned_data["reason"].strip() for each in forms})
        tell(request, "Noted.")
        return redirect("accounts:review-result", pk, review)
    shown = {
        "account": found.account,
        "review": found,
        "platform": platform,
        "level": LEVELS[found.level],
        "is_newest": found == found.account.reviews.filter(platform=found.platform).first(),
        "earlier": found.account.reviews.filter(platform=found.platform, made__lt=found.made).first(),
        "forms": forms,
        "left": left(platform, found.answers),
        "settings": platform.settings.values(),
        "warnings": warnings(platform, date.today()),
        "files": FORMS.values(),
        **_changed(found, platform),
    }
    return render(request, "accounts/review_result.html", shown, status=400 if request.method == "POST" else 200)


def _mending(advice: Advice, found: Review, data: Any) -> MendForm:
    reason = found.account.reasons.get(advice.setting.id, "")
    return MendForm(advice, found.answers[advice.setting.id], data, reason)


def _changed(found: Review, platform: Platform) -> dict[str, Any]:
    """Return what changed before a review; each reset with its setting, where there still is one."""
    changes = changes_of(found)
    names = {id: each.title for id, each in platform.settings.items()}
    resets = [(each, platform.settings.get(platform.names.get(each.id, each.id))) for each in changes.reset]
    return {
        "changes": changes,
        "resets": resets,
        "added": [names.get(id, id) for id in changes.added],
        "removed": [names.get(id, id) for id in changes.removed],
        "renamed": [(old, names.get(new, new)) for old, new in changes.renamed],
    }


@require_GET
def file(request: HttpRequest, pk: int, review: int, form: str) -> HttpResponse:
    """Give what a review found as a document."""
    found, platform = _of(pk, review)
    made = found.made.astimezone().date()
    told = document(platform, found.level, own_guidance(), found.answers, changes_of(found), made)
    return document_file(told, f"review-{platform.id}-{made:%Y-%m-%d}", form)


@require_GET
def picture(request: HttpRequest, pk: int, review: int, number: int) -> HttpResponseBase:
    """Show a picture that was sealed with a review; counted from 1."""
    found, _ = _of(pk, review)
    if not 1 <= number <= len(found.screenshots):
        raise Http404
    content = settings.DOOR.vault.unseal(SCREENSHOT, found.screenshots[number - 1])
    first = next(content, b"")
    kind = kind_of(first) or "application/octet-stream"
    return StreamingHttpResponse(chain((first,), content), content_type=kind)
