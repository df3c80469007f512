"""Attacks on the desk: other sites, other programs of this computer, and things that are not what they seem."""

import pytest
from at_the_desk import DOOR, PASSPHRASE, browser, draft
from django.test import Client

from forethought.desk.door import Door

PAGES = (
    "/", "/check/", "/held/", "/guidance/", "/settings/", "/supervision/", "/contacts/", "/contacts/decisions/",
    "/clients/", "/clients/add/", "/clients/try/", "/policy/", "/policy/interview/1/", "/policy/elsewhere/",
    "/incidents/", "/incidents/begin/", "/incidents/what-to-do/", "/incidents/routes/",
    "/accounts/", "/accounts/add/", "/accounts/leads/", "/accounts/calendar/", "/accounts/search/",
    "/accounts/passwords/", "/accounts/passwords/breach/", "/accounts/hacked/",
)  # fmt: skip
WRITES = (
    "/check/", "/lock/", "/stop/", "/settings/profile/", "/settings/accounts/", "/settings/passphrase/",
    "/settings/backup/", "/settings/export/", "/settings/restore/", "/settings/erase/", "/supervision/",
    "/contacts/", "/clients/add/", "/clients/list/", "/clients/try/", "/policy/interview/1/", "/policy/read/",
    "/incidents/begin/", "/incidents/what-to-do/", "/accounts/add/", "/accounts/passwords/",
    "/accounts/passwords/breach/", "/accounts/links/",
)  # fmt: skip


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:4321", "127.0.0.1", "127.0.0.1:80", "127.0.0.1:4321.x", ""]
)
def test_another_name_for_this_address_is_refused(client: Client, host: str) -> None:
    """A page under another name that points at this computer gets nothing, cookie or not."""
    answer = client.get("/settings/", headers={"Host": host})
    assert 400 == answer.status_code
    assert b"passphrase" not in answer.content


@pytest.mark.parametrize("page", PAGES)
def test_without_the_cookie_there_is_nothing(stranger: Client, page: str) -> None:
    """Another program on this computer, with no cookie, is shown no page."""
    DOOR.vault.unlock(PASSPHRASE)
    answer = stranger.get(page)
    assert 403 == answer.status_code
    assert b"The desk is shut" in answer.content


def test_what_to_do_in_danger_is_there_for_everybody(stranger: Client) -> None:
    """The page for danger needs neither the way in nor an open vault, and holds nothing of the person's."""
    DOOR.vault.lock()
    answer = stranger.get("/incidents/danger/")
    assert 200 == answer.status_code
    assert b"call 999" in answer.content
    assert b"/incidents/begin/" not in answer.content


@pytest.mark.parametrize("page", WRITES)
def test_a_form_without_its_token_is_refused(client: Client, page: str) -> None:
    """A form that another site sends by this browser does nothing."""
    strict = browser(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    answer = strict.post(page, {"text": "x"})
    assert 403 == answer.status_code
    assert b"not sent from this desk" in answer.content
    assert DOOR.vault.is_open


def test_a_form_from_another_origin_is_refused(client: Client) -> None:
    """A form with a right token is refused where it comes from another site."""
    strict = browser(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    token = strict.get("/settings/").context["csrf_token"]
    fields = {"role": "tutor", "nation": "Wales", "idle_minutes": "5", "csrfmiddlewaretoken": str(token)}
    own = f"http://127.0.0.1:{DOOR.port}"
    assert 403 == strict.post("/settings/profile/", fields, headers={"Origin": "https://evil.example"}).status_code
    assert 403 == strict.post("/settings/profile/", fields, headers={"Origin": "null"}).status_code
    assert 302 == strict.post("/settings/profile/", fields, headers={"Origin": own}).status_code


@pytest.mark.parametrize("page", [*PAGES, "/nowhere/", "/static/desk/desk.css"])
def test_no_page_can_be_framed_cached_or_run_by_others(client: Client, page: str) -> None:
    """Every answer forbids frames, foreign content, script within the page, and keeping a copy."""
    answer = client.get(page)
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "DENY" == answer.headers["X-Frame-Options"]
    assert "no-store" in answer.headers["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in answer.headers
    answer.close()


def test_the_cookie_is_kept_from_scripts_and_other_sites(visitor: Client, door: Door) -> None:
    """The cookie is for this site's own requests and no script's."""
    cookie = visitor.cookies[door.cookie]
    assert cookie["httponly"]
    assert "Strict" == cookie["samesite"]


def test_a_link_that_was_used_is_refused(stranger: Client, door: Door) -> None:
    """A link found in a browser's history lets nobody in."""
    link = f"/enter/{door.new_link()}/"
    assert 302 == stranger.get(link).status_code
    again = browser().get(link)
    assert 403 == again.status_code
    assert b"This link has been used" in again.content


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "{{ settings.SECRET_KEY }}", '"><img src=x onerror=alert(1)>']
)
def test_script_in_a_draft_stays_text(client: Client, words: str) -> None:
    """A draft that holds markup or a template is shown as the letters it is, on every page that shows it."""
    text = f"My client cried today. {words}"
    for do in ("check", "hold", "supervision"):
        shown = client.post("/check/", draft(text) | {"do": do}, follow=True).content.decode()
        assert "<script>alert" not in shown
        assert "<img src=x" not in shown
        assert "SECRET_KEY" not in shown or "{{ settings.SECRET_KEY }}" in shown


@pytest.mark.parametrize(
    "path",
    [
        "/static/../settings.py",
        "/static/%2e%2e/settings.py",
        "/static/desk/../../../errors.py",
        "/guidance/../../etc/passwd/",
    ],
)
def test_no_path_leads_out(client: Client, path: str) -> None:
    """No address reaches a file that is not a page's."""
    assert client.get(path).status_code in (400, 404)


def test_where_to_go_on_to_cannot_be_another_site(visitor: Client) -> None:
    """After unlocking, a link that was tampered with leads to the first page and not away."""
    for then in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        DOOR.vault.lock()
        answer = visitor.post(f"/unlock/?then={then}", {"passphrase": PASSPHRASE})
        assert "/" == answer.headers["Location"]


def test_a_huge_form_is_refused(client: Client) -> None:
    """A form of more than the desk takes is refused with a page, and nothing is kept."""
    strict = browser(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    for each in (client, strict):
        answer = each.post("/check/", draft("x" * 3_000_000) | {"do": "hold"})
        assert 400 == answer.status_code
        assert b"was refused" in answer.content
    assert b"You hold no drafts" in client.get("/held/").content


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_other_methods_are_refused(client: Client, method: str) -> None:
    """Pages answer to reading and to sending forms, and to nothing else."""
    assert 405 == getattr(client, method)("/check/").status_code
