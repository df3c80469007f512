"""The pages about contacts and clients in a real browser: a request answered, a client known again, for everyone."""

import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
NAME, HANDLE = "Siobhan Featherstonehaugh", "@zebra_sketches"
PAGES = (
    "contacts/", "contacts/decisions/", "contacts/decisions/1/", "contacts/decisions/1/remove/", "clients/",
    "clients/add/", "clients/list/", "clients/try/", "clients/about/",
)  # fmt: skip


def add(page: Page) -> None:
    """Add a client by hand."""
    page.get_by_role("link", name="Clients", exact=True).click()
    page.get_by_role("link", name="Add a client").click()
    page.get_by_label("Full name").fill(NAME)
    page.get_by_label("Handles").fill(HANDLE)
    page.get_by_role("button", name="Add this client").click()
    expect(page.get_by_role("main")).to_contain_text("C-01")


def ask(page: Page, known_by: str = "") -> None:
    """Ask what to do about a request to connect."""
    page.get_by_role("link", name="Contacts").click()
    page.get_by_label("What happened", exact=True).select_option("connection-request")
    page.get_by_label("Who is behind it").select_option("current-client")
    page.get_by_label("Their name, handle").fill(known_by)
    page.get_by_role("button", name="What shall I do?").click()
    expect(page.get_by_role("heading", name="Turn it down, kindly and formally.")).to_be_focused()


def decide(page: Page) -> None:
    """Keep what was decided."""
    page.get_by_label("What you answered").fill("The formal one.")
    page.get_by_role("button", name="Keep it in the log").click()


def faults(page: Page, address: str) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is wider than the screen."""
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    return told + ([f"{address}: wider than the screen"] if wide else [])


@pytest.mark.parametrize("known_by", [NAME, "shiv featherstonehaugh", HANDLE])
def test_a_request_from_a_client(watched: Any, known_by: str) -> None:
    """A client who was added is recognised, and what was decided is in the log by reference, without the name."""
    page = watched.begin()
    add(page)
    ask(page, known_by)
    expect(page.get_by_role("main")).to_contain_text("C-01, whom you added")
    expect(page.get_by_label("Your reference for the person")).to_have_value("C-01")
    decide(page)
    expect(page.get_by_role("status")).to_contain_text("Kept in your log.")
    page.get_by_role("link", name="All decisions").click()
    expect(page.get_by_role("main")).to_contain_text("C-01")
    expect(page.locator("body")).not_to_contain_text(re.compile("featherstonehaugh|zebra", re.IGNORECASE))


def test_a_client_whom_somebody_took_for_a_stranger(watched: Any) -> None:
    """A stranger who is met as a client is answered as a client, until the person says that it is somebody else."""
    page = watched.begin()
    add(page)
    page.get_by_role("link", name="Contacts").click()
    page.get_by_label("What happened", exact=True).select_option("connection-request")
    page.get_by_label("Who is behind it").select_option("stranger")
    page.get_by_label("Their name, handle").fill(NAME)
    page.get_by_role("button", name="What shall I do?").click()
    expect(page.get_by_role("status")).to_contain_text("What follows is for a client.")
    expect(page.get_by_label("Who is behind it")).to_have_value("current-client")
    page.get_by_label("Who is behind it").select_option("stranger")
    page.get_by_role("button", name="What shall I do?").click()
    expect(page.get_by_role("status")).to_contain_text("You chose somebody else.")
    expect(page.get_by_label("Who is behind it")).to_have_value("stranger")


def test_nothing_typed_is_lost(watched: Any) -> None:
    """Whoever asks again, as for another platform, still has what was written about the decision."""
    page = watched.begin()
    ask(page)
    page.get_by_label("What you answered").fill("The formal one.")
    page.get_by_label("Your reference for the person").fill("K7")
    page.get_by_label("Where you would answer").select_option("linkedin")
    page.get_by_role("button", name="What shall I do?").click()
    expect(page.get_by_label("What you answered")).to_have_value("The formal one.")
    expect(page.get_by_label("Your reference for the person")).to_have_value("K7")


@pytest.mark.parametrize(("link_name", "ending"), [("a PDF", "pdf"), ("a spreadsheet", "csv")])
def test_the_log_is_handed_over(watched: Any, tmp_path: Path, link_name: str, ending: str) -> None:
    """The log is saved as a file."""
    page = watched.begin()
    ask(page)
    decide(page)
    page.get_by_role("link", name="All decisions").click()
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"Save (as|for) {link_name}")).click()
    download.value.save_as(tmp_path / "log")
    assert f"contact-decisions.{ending}" == download.value.suggested_filename
    assert (tmp_path / "log").stat().st_size > 100


def test_a_list_is_looked_at_first(watched: Any, tmp_path: Path) -> None:
    """A list is looked at without leaving the page or keeping anything, then added."""
    path = tmp_path / "clients.csv"
    path.write_text(f"Name,Ref\n{NAME},K1\nBea Quill,K2\n", encoding="utf-8")
    page = watched.begin()
    page.get_by_role("link", name="Clients", exact=True).click()
    page.get_by_role("link", name="Add from a list").click()
    page.get_by_label("Your list, saved as CSV").set_input_files(path)
    page.get_by_role("button", name="Look first").click()
    expect(page.locator("#preview")).to_contain_text(
        "2 people can be added, but for those who are known already. Nothing has been kept yet."
    )
    page.get_by_role("button", name="Add them").click()
    expect(page.get_by_role("main")).to_contain_text("2 clients from the list can be known again")
    expect(page.get_by_role("main")).to_contain_text("K2")
    expect(page.get_by_role("main")).not_to_contain_text("Quill")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    add(page)
    ask(page, NAME)
    page.locator("main details").evaluate("each => each.open = true")
    found = faults(page, "an answer")
    decide(page)
    own = re.sub("/contacts/.*", "", page.url)
    for address in PAGES:
        page.goto(f"{own}/{address}")
        found += faults(page, address)
    for address, button in (
        ("contacts/", "What shall I do?"),
        ("clients/add/", "Add this client"),
        ("clients/list/", "Add them"),
    ):
        page.goto(f"{own}/{address}")
        page.get_by_role("button", name=button).click()
        expect(page.locator(".wrong, .error").first).to_be_visible()
        found += faults(page, f"{address} refused")
    page.goto(f"{own}/clients/try/")
    page.get_by_label("Name", exact=True).fill(NAME)
    page.get_by_role("button", name="Try it").click()
    expect(page.get_by_role("status")).to_contain_text("C-01")
    found += faults(page, "clients/try/ tried")
    context.close()
    assert [] == found


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off a request is answered and a decision kept all the same."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    add(page)
    ask(page, HANDLE)
    expect(page.get_by_role("main")).to_contain_text("C-01, whom you added")
    decide(page)
    page.get_by_role("link", name="All decisions").click()
    expect(page.get_by_role("main")).to_contain_text("Turn it down")
    context.close()


def test_with_the_keyboard_alone(watched: Any) -> None:
    """A question is put and answered with the keyboard alone."""
    page = watched.begin()
    page.get_by_role("link", name="Contacts").click()
    page.get_by_label("What happened", exact=True).focus()
    page.keyboard.type("Review")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="What to say")).to_be_visible()
