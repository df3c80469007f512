"""This room in a real browser: the preview keeps the chosen file, and no page has a fault that axe finds."""

import runpy
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("playwright")
pytest.importorskip("axe_playwright_python")

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

BROWSER = runpy.run_path(str(Path(__file__).parents[1] / "browser" / "conftest.py"))
chromium, link, watched = (BROWSER[name] for name in ("chromium", "link", "watched"))

LIST = b"Name,Mobile,Ref\nSiobhan Featherstonehaugh,07700900123,K1\nBea Quill,12,\n"


@pytest.fixture
def page(watched: Any) -> Page:
    """A page that has set up a vault."""
    opened: Page = watched.begin()
    return opened


def faults(page: Page) -> list[object]:
    """Return what axe finds wrong with a page, and whether it is wider than the screen."""
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    return [*[each["id"] for each in Axe().run(page).response["violations"]], *(["wide"] if wide else [])]


def test_a_list_is_looked_at_and_added(page: Page) -> None:
    """Looking first shows what the list holds and leaves the file chosen, so that one more press adds everybody."""
    own = page.url.partition("/check")[0]
    page.goto(f"{own}/clients/list/")
    page.get_by_label("Your list, saved as CSV").set_input_files(
        {"name": "a.csv", "mimeType": "text/csv", "buffer": LIST}
    )
    page.get_by_role("button", name="Look first").click()
    page.get_by_text("2 people can be added").wait_for()
    assert [] == faults(page)
    page.get_by_role("button", name="Add them").click()
    page.get_by_text("2 clients from the list can be known again").wait_for()
    page.goto(f"{own}/clients/try/")
    page.get_by_label("Name", exact=True).fill("siobhan featherstonehaugh")
    page.get_by_role("button", name="Try it").click()
    page.get_by_text("K1").wait_for()
    assert [] == faults(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_pages_are_for_everybody(page: Page, scheme: str, width: int) -> None:
    """No page of this room has a fault that axe finds, nor scrolls sideways, in light and dark, narrow and wide."""
    own = page.url.partition("/check")[0]
    page.goto(f"{own}/clients/add/")
    page.get_by_label("Full name").fill("Siobhan Featherstonehaugh")
    page.get_by_role("button", name="Add this client").click()
    page.get_by_text("C-01 can be known again").wait_for()
    page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    page.set_viewport_size({"width": width, "height": 800})
    for address in ("", "add/", "list/", "try/", "about/"):
        page.goto(f"{own}/clients/{address}")
        assert (address, []) == (address, faults(page))
