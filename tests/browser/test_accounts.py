"""The register, reviews and leads of accounts in a real browser: done from end to end, and pages all can read."""

import io
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PRACTICE = {"What you call it": "Practice page", "Its handle": "reedcounselling"}
HOLIDAYS = {"What you call it": "Holidays", "Its handle": "anna.reed"}


def png() -> FilePayload:
    """Return a picture as a person chooses it."""
    made = io.BytesIO()
    Image.linear_gradient("L").save(made, "PNG")
    return {"name": "screen.png", "mimeType": "image/png", "buffer": made.getvalue()}


def own(page: Page) -> str:
    """Return where the desk is."""
    return re.sub("(?<=[0-9])/.*", "", page.url)


def add(page: Page, platform: str, kind: str, words: dict[str, str]) -> str:
    """Add an account with everything that leads to another, and return its address."""
    page.goto(f"{own(page)}/accounts/add/")
    for details in page.locator("main summary").all():
        details.click()
    for label, said in words.items():
        page.get_by_label(label).fill(said)
    page.get_by_label("Where it is").select_option(platform)
    page.get_by_label("What it is for").select_option(label=kind)
    page.get_by_label("The e-mail address it was opened with").fill("anna@herons.example")
    page.get_by_label("Its picture").set_input_files([png()])
    page.get_by_role("button", name="Add it").click()
    expect(page.get_by_role("heading", level=1, name=words["What you call it"])).to_be_visible()
    return page.url


def review(page: Page, account: str, choices: dict[str, str]) -> str:
    """Go through a review, each part with what is chosen in it, and return the result's address."""
    page.goto(f"{account}review/")
    page.get_by_label("Closed: as little").check()
    page.get_by_role("button", name="Begin", exact=True).click()
    progress = page.get_by_role("progressbar")
    for part in range(1, int(progress.get_attribute("max") or 0)):
        expect(progress).to_have_attribute("value", str(part))
        for name, option in choices.items():
            if (radio := page.locator(f"[name='seen-{name}'][value='{option}']")).count():
                radio.check()
        page.get_by_role("button", name="Save and go on").click()
    page.get_by_label("Pictures of the screen").set_input_files([png()])
    page.get_by_role("button", name="Finish and see").click()
    expect(page.get_by_role("heading", level=1, name="Review of")).to_be_visible()
    return page.url


def filled(page: Page) -> list[str]:
    """Fill the register, review an account twice, begin once more, and return the addresses of the pages."""
    practice = add(page, "facebook", "For work", PRACTICE)
    private = add(page, "instagram", "Private", HOLIDAYS)
    add(page, "forum", "No longer used", {"What you call it": "Old forum"})
    first = review(page, practice, {"posts": "friends", "friends": "me", "two-step": "on"})
    second = review(page, practice, {"posts": "public", "friends": "public", "two-step": "on"})
    page.goto(f"{private}review/")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("button", name="Save and stop for now").click()
    parts = ["", "review/", "review/see/", "review/security/", "review/finish/", "close/", "remove/"]
    shared = [f"{own(page)}/accounts/{each}" for each in ("", "add/", "from-archives/", "leads/")]
    return [*shared, practice, *(private + each for each in parts), f"{practice}review/", first, second]


def faults(page: Page, address: str) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is wider than the screen."""
    for details in page.locator("main details").all():
        details.evaluate("each => each.open = true")
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    return told + ([f"{address}: wider than the screen"] if wide else [])


def test_a_reset_is_found_and_put_right(watched: Any) -> None:
    """Of two reviews the second names what the platform changed, and notes that it was set right again."""
    page = watched.begin()
    account = add(page, "facebook", "For work", PRACTICE)
    review(page, account, {"posts": "me"})
    review(page, account, {"posts": "public"})
    expect(page.get_by_role("region", name="Changed, and not by you")).to_contain_text("“Only me” before, “Anyone” now")
    page.get_by_label("I have set it to “Only me” now").check()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("main")).to_contain_text("nothing is more open than recommended")
    page.get_by_text("Pictures in your vault").click()
    expect(page.get_by_role("img", name="Picture 1")).to_have_js_property("naturalWidth", 256)


def test_a_lead_is_found_and_loosened(watched: Any) -> None:
    """Two accounts with one picture and address lead to each other until they no longer do."""
    page = watched.begin()
    add(page, "facebook", "For work", PRACTICE)
    private = add(page, "instagram", "Private", HOLIDAYS)
    page.goto(f"{own(page)}/accounts/leads/")
    expect(page.get_by_role("main")).to_contain_text("1 way leads from work")
    page.goto(private)
    page.get_by_text("Change it, or say more").click()
    page.get_by_text("What it shows of you").click()
    for words in ("the e-mail address", "the picture"):
        page.get_by_role("checkbox", name=words).check()
    page.get_by_role("button", name="Save").click()
    page.goto(f"{own(page)}/accounts/leads/")
    expect(page.get_by_role("main")).to_contain_text("Nothing that you entered leads")


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off an account is added, reviewed halfway, and gone on with."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    account = add(page, "x", "Private", HOLIDAYS)
    page.goto(f"{account}review/")
    page.get_by_role("button", name="Begin", exact=True).click()
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Save and stop for now").click()
    page.get_by_role("link", name="Go on with the review").click()
    expect(page.get_by_role("main")).to_contain_text("1 of 13 settings are answered")
    page.get_by_role("link", name="Go on where you stopped").click()
    expect(page.get_by_role("radio").first).to_be_checked()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    found = []
    for address in filled(page):
        page.goto(address)
        found += faults(page, address)
    page.goto(f"{own(page)}/accounts/add/")
    page.get_by_role("button", name="Add it").click()
    expect(page.locator(".bad").first).to_be_visible()
    found += faults(page, "add/ once sent")
    context.close()
    assert [] == found
