"""What every request passes: its own address alone, the door, an open vault, and headers that keep others out."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from forethought.desk.rooms import rooms
from forethought.desk.settings import POLICY
from forethought.desk.views import errors

Answer = Callable[[HttpRequest], HttpResponseBase]
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "same-origin",  # with none at all, browsers hide from our own forms where they came from
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
FREE = frozenset(("enter",))  # pages that are there before anyone has come in
TRIED = frozenset(("check", "library", "entry", "compare"))  # pages that can be tried before there is a vault
UNLOCKED = frozenset(
    ("begin", "weigh", "unlock", "recover", "restore", "awake", "stop")
)  # pages that need no open vault


def headers(answer: Answer) -> Answer:
    """Send the headers that keep other sites, caches and frames out."""

    def with_headers(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return with_headers


def own_address(answer: Answer) -> Answer:
    """Answer under the desk's own address alone, port included, so that no other site can pass for it."""

    def addressed(request: HttpRequest) -> HttpResponseBase:
        try:
            host = request.get_host()
        except DisallowedHost:
            host = ""
        if not host.endswith(f":{settings.DOOR.port}"):
            return errors.page(request, 400, "This is not the desk's address", errors.ADDRESS)
        return answer(request)

    return addressed


def plain_errors(answer: Answer) -> Answer:
    """Turn whatever goes wrong in a page into a plain page that says what to do."""

    def plain(request: HttpRequest) -> HttpResponseBase:
        return answer(request)

    plain.process_exception = errors.explained  # type: ignore[attr-defined]
    return plain


def door(answer: Answer) -> Answer:
    """Let in who holds the cookie, and to what is kept only while the vault is open."""

    def guarded(request: HttpRequest) -> HttpResponseBase:
        timezone.activate(datetime.now().astimezone().tzinfo or UTC)
        request.visitor = settings.DOOR.visitor(request.COOKIES.get(settings.DOOR.cookie, ""))  # type: ignore[attr-defined]
        return answer(request)

    def before(request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponseBase | None:
        name = request.resolver_match.view_name if request.resolver_match else ""
        if name in FREE or name in _always():
            return None
        if request.visitor is None:  # type: ignore[attr-defined]
            return errors.page(request, 403, "The desk is shut to this browser", errors.SHUT)
        settings.DOOR.lock_if_idle()
        settings.DOOR.touch()
        return None if name in UNLOCKED else _to_open(request, name)

    guarded.process_view = before  # type: ignore[attr-defined]
    return guarded


@cache
def _always() -> frozenset[str]:
    """Return the pages of all rooms that are there for everybody."""
    return frozenset(f"{room.name}:{name}" for room in rooms() for name in room.always)


def _to_open(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """Return the way to an open vault, or None where it is open, or where the page can be tried without one."""
    if settings.DOOR.vault.is_open:
        return None
    if not settings.DOOR.vault.exists:
        return None if name in TRIED else _go(request, reverse("begin"))
    then = f"?{urlencode({'then': request.path})}" if request.method == "GET" and not _from_script(request) else ""
    return _go(request, reverse("unlock") + then)


def _go(request: HttpRequest, address: str) -> HttpResponseBase:
    """Send the whole page on, also where a part of it was asked for."""
    if _from_script(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _from_script(request: HttpRequest) -> bool:
    return bool(request.headers.get("HX-Request"))
