"""Dates, searches, passwords and an account taken over, in a real browser, with scripts and without."""

import re
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "accounts"))
from password_exports import SHAPES, Entry

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SECRET = "kwyjibo2011"
ENTRIES = (
    Entry("Booking", url="https://booking.example", user="wren", password=SECRET),
    Entry("Bank", url="https://bank.example", user="wren", password=SECRET),
    Entry("Forum", url="http://forum.example", user="kwyjibo", password=SECRET + "!"),
)
PLACES = (
    "calendar/", "calendar/changes/", "search/", "search/sheets/", "search/sheets/friend/", "search/sheets/family/",
    "search/household/", "search/upkeep/", "passwords/", "passwords/breach/", "passwords/phrase/", "hacked/", "links/",
    "record/",
)  # fmt: skip


def room(page: Page) -> str:
    """Return where the room is."""
    found = re.match(r"https?://[^/]+", page.url)
    assert found
    return f"{found[0]}/accounts/"


def faults(page: Page, name: str) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is wider than the screen."""
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{name}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    return told + ([f"{name}: wider than the screen"] if wide else [])


def unfolded(page: Page) -> None:
    """Open whatever is folded away."""
    for details in page.locator("main details").all():
        details.evaluate("each => each.open = true")


def exported(folder: Path) -> Path:
    """Return an export of a password manager, as a file."""
    path = folder / "passwords.csv"
    path.write_bytes(SHAPES["chrome csv"][0](ENTRIES))
    return path


def hacked(page: Page) -> str:
    """Begin the plan for an account whose clients' details were within reach, and return where it is."""
    page.goto(f"{room(page)}hacked/")
    page.get_by_label("Or what kind it is").select_option("mail")
    page.get_by_label("Where you work").select_option("Wales")
    hour = datetime.now() - timedelta(hours=3)
    page.get_by_label("When you became aware").fill(hour.strftime("%Y-%m-%dT%H:%M"))
    page.get_by_label("Clients' details were within reach").check()
    page.get_by_role("button", name="Show me what to do").click()
    expect(page.get_by_text("hours and")).to_be_visible()
    return page.url


def noted(page: Page, stage: str, words: str) -> None:
    """Note something at the stage that is open."""
    card = page.locator(f"#{stage}")
    card.locator("textarea").fill(words)
    card.get_by_role("button", name=re.compile("^Note")).click()
    expect(page.get_by_role("status")).to_contain_text("Noted in the log")


def test_passwords_are_told_and_gone(watched: Any, tmp_path: Path) -> None:
    """An export is told about with reasons, and neither the list nor a password is on the page that comes next."""
    page = watched.begin()
    page.goto(f"{room(page)}passwords/")
    page.get_by_label("The export").set_input_files(exported(tmp_path))
    page.get_by_role("button", name="Check them").click()
    expect(page.get_by_role("table")).to_contain_text("The same password is used elsewhere")
    assert SECRET not in page.content()
    page.goto(f"{room(page)}passwords/")
    assert "Booking" not in page.content()
    expect(page.get_by_role("main")).to_contain_text("used more than once: 2")


def test_what_would_be_sent_is_shown_first(watched: Any, tmp_path: Path) -> None:
    """A look-up shows exactly what would leave and goes no further without the tick; no other host is asked."""
    page = watched.begin()
    page.goto(f"{room(page)}passwords/breach/")
    for button in ("Show what would be sent", "Look them up"):
        page.get_by_label("The export").set_input_files(exported(tmp_path))
        page.get_by_role("button", name=button).click()
        expect(page.get_by_role("blockquote")).to_contain_text("2 web requests would be sent")
    expect(page.get_by_role("main")).to_contain_text("Nothing was sent.")


def test_a_passphrase_is_copied(watched: Any) -> None:
    """A new passphrase is shown, and its button copies it."""
    page = watched.begin()
    page.goto(f"{room(page)}passwords/phrase/")
    page.get_by_role("button", name="Make one").click()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy it").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.get_by_label("Your passphrase").input_value() == page.evaluate("navigator.clipboard.readText()")


def test_an_account_taken_over(watched: Any) -> None:
    """Evidence comes first and opens the next stage, a notice is filled, and the risk is weighed."""
    page = watched.begin()
    address = hacked(page)
    expect(page.locator("#regain")).to_contain_text("waits")
    noted(page, "evidence", "Pictures of the sessions are kept.")
    expect(page.locator("#regain textarea")).to_be_visible()
    page.get_by_role("link", name="Notices", exact=True).click()
    page.get_by_text("Fill in what is missing").click()
    page.get_by_label("How else they can reach you").fill("07700 900123")
    page.get_by_role("button", name="Put it into the drafts").click()
    expect(page.locator("#short-contacts, #short-supervisor").first).to_have_attribute("readonly", "")
    page.goto(f"{address}risk/")
    page.get_by_role("group", name="Could somebody have seen").get_by_label("No", exact=True).check()
    page.get_by_role("button", name="Weigh it").click()
    expect(page.get_by_role("main")).to_contain_text("a risk to people seems unlikely")


def test_the_feed_for_another_program(watched: Any) -> None:
    """A program that holds no cookie reads the feed at the address shown, and no more once the vault is locked."""
    page = watched.begin()
    page.goto(f"{room(page)}calendar/")
    page.get_by_text("A feed for a calendar program on this computer").click()
    address = page.get_by_label("The feed’s address").input_value()
    with urlopen(address) as answer:
        assert answer.read().startswith(b"BEGIN:VCALENDAR\r\n")
    page.get_by_role("button", name="Lock").click()
    assert 503 == page.request.get(address).status


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off a review is put off, a search prepared, a find noted, and a link looked at."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    page.goto(f"{room(page)}calendar/")
    page.locator("summary", has_text=re.compile("Put it off")).first.click()
    page.get_by_role("button", name=re.compile("^Put it off")).first.click()
    expect(page.get_by_role("heading", name="Put off")).to_be_visible()
    page.goto(f"{room(page)}search/")
    page.get_by_label("Your name, as clients know it").fill("Wren Example")
    page.get_by_role("button", name="Prepare the searches").click()
    opened = page.get_by_role("link", name=re.compile("^Google for"))
    expect(opened.first).to_have_attribute("rel", "noopener noreferrer")
    page.get_by_role("button", name="Note what I found").click()
    page.get_by_label("Where it is").fill("a directory")
    page.get_by_label("What it is").fill("an old fee")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("main")).to_contain_text("1 noted, 1 still to deal with")
    page.goto(f"{room(page)}links/")
    page.get_by_label("The message or the link").fill("Verify now: http://paypal.com@evil.example/x")
    page.get_by_role("button", name="Look at it").click()
    expect(page.get_by_role("heading", name="Be careful with this")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(
    chromium: Browser, link: str, come_in: Any, tmp_path: Path, width: int, scheme: Any
) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    address = hacked(page)
    noted(page, "evidence", "Pictures of the sessions are kept.")
    found: list[str] = []
    for place in [room(page) + each for each in PLACES] + [
        address + each for each in ("", "facts/", "risk/", "notices/", "posts/")
    ]:
        page.goto(place)
        unfolded(page)
        found += faults(page, place)
    page.goto(f"{room(page)}hacked/")
    unfolded(page)
    page.get_by_role("button", name="Show me what to do").click()
    expect(page.locator(".error").first).to_be_visible()
    found += faults(page, "a form that was refused")
    page.goto(f"{room(page)}search/")
    page.get_by_label("Your name, as clients know it").fill("Wren Example")
    page.get_by_label("TinEye").check()
    page.get_by_role("button", name="Prepare the searches").click()
    unfolded(page)
    found += faults(page, "searches")
    page.get_by_role("button", name="Note what I found").click()
    found += faults(page, "what was found")
    for place, button in (("passwords/", "Check them"), ("passwords/breach/", "Show what would be sent")):
        page.goto(f"{room(page)}{place}")
        page.get_by_label("The export").set_input_files(exported(tmp_path))
        page.get_by_role("button", name=button).click()
        unfolded(page)
        found += faults(page, f"{place} once sent")
    page.goto(f"{room(page)}passwords/phrase/")
    page.get_by_role("button", name="Make one").click()
    found += faults(page, "a passphrase")
    context.close()
    assert [] == found
