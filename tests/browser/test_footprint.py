"""The footprint's pages in a real browser: an export is brought in and acted on, and everyone can read it."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
POSTS = (
    "My Tuesday beekeeper cried about her mother again today.",
    "The kettle in the new room is louder than the trains.",
    "She lost two hives in the frost, my beekeeper, and still she came on Tuesday.",
    "Walked along the canal. Herons.",
)
PAGES = ("", "bring/", "posts/", "threads/", "profile/", "to-do/", "archives/1/", "posts/1/", "threads/1/")


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A timeline in the Downloads of somebody invented."""
    posts = [
        {"id": str(n), "created": f"2024-0{n + 1}-05T08:00:00+00:00", "text": text} for n, text in enumerate(POSTS)
    ]
    profile = {"name": "Wren Ash", "bio": "Counsellor in Ludlow", "location": "Ludlow", "role": "counsellor"}
    path = tmp_path / "Downloads" / "timeline-export.json"
    path.parent.mkdir()
    path.write_text(json.dumps({"profile": profile, "posts": posts}), encoding="utf-8")
    return path


def bring_in(page: Page) -> None:
    """Bring the export in, and wait until it was reviewed."""
    page.get_by_role("link", name="Footprint").click()
    page.get_by_role("link", name="Bring in an export").click()
    page.get_by_label("timeline-export.json").check()
    page.get_by_role("button", name="Read it").click()
    expect(page.get_by_role("heading", name="The years")).to_be_visible(timeout=30_000)
    expect(page.locator("#work")).to_have_count(0, timeout=30_000)


def test_an_export_is_read_and_acted_on(watched: Any, export: Path) -> None:
    """From the file in Downloads to a decision that waits in the list of what to do, and is done."""
    page = watched.begin()
    bring_in(page)
    page.get_by_role("link", name="Look at them, worst first").click()
    expect(page.locator("main mark").first).to_be_visible()
    page.get_by_role("link", name="Why, and what to do").first.click()
    expect(page.get_by_role("main")).to_contain_text("Keep a copy first")
    page.get_by_label("Delete it there").check()
    page.get_by_role("button", name="Keep the decision").click()
    page.get_by_role("link", name="To do").click()
    expect(page.get_by_role("main")).to_contain_text("First keep a copy for the client record")
    page.get_by_role("button", name="I have done it").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing waits")
    page.get_by_role("link", name="What a stranger learns").click()
    expect(page.get_by_role("main")).to_contain_text("Counsellor in Ludlow")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(
    chromium: Browser, link: str, come_in: Any, export: Path, width: int, scheme: Any
) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    bring_in(page)
    own, faults = re.sub("/footprint/.*", "", page.url), []
    for address in PAGES:
        page.goto(f"{own}/footprint/{address}")
        wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        found = Axe().run(page, options=AXE).response["violations"]
        faults += [f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
        faults += [f"{address}: wider than the screen"] if wide else []
    context.close()
    assert [] == faults


def test_without_scripts(chromium: Browser, link: str, come_in: Any, export: Path) -> None:
    """With scripts switched off an export is read all the same; the page is loaded again to see how far it is."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    page.get_by_role("link", name="Footprint").click()
    page.get_by_role("link", name="Bring in an export").click()
    page.get_by_label("timeline-export.json").check()
    with page.expect_navigation():
        page.get_by_role("button", name="Read it").click()
    for _ in range(40):
        page.reload()
        if page.get_by_role("heading", name="The years").count():
            break
        page.wait_for_timeout(500)
    expect(page.get_by_role("heading", name="The years")).to_be_visible()
    context.close()
