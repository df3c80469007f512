"""The incidents' ledger in a real browser: evidence kept by choosing, pasting and dropping, and pages all can read."""

import io
import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser, FilePayload, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
WORDS = "You will regret this.\nEverybody in town will hear of it."
GIVE = """([kind, name, type, content]) => {
  const given = new DataTransfer();
  given.items.add(new File([Uint8Array.from(content)], name, { type, lastModified: 1767225600000 }));
  const form = document.getElementById("add");
  const made = kind === "paste"
    ? new ClipboardEvent("paste", { clipboardData: given, bubbles: true, cancelable: true })
    : new DragEvent("drop", { dataTransfer: given, bubbles: true, cancelable: true });
  form.querySelector("textarea").dispatchEvent(made);
}"""


def png() -> bytes:
    """Return a picture."""
    made = io.BytesIO()
    Image.new("RGB", (300, 200), "white").save(made, "PNG")
    return made.getvalue()


def file(name: str, kind: str, content: bytes) -> FilePayload:
    """Return a file as a person chooses it."""
    return {"name": name, "mimeType": kind, "buffer": content}


def begin(page: Page) -> str:
    """Begin an incident and return its address."""
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_role("link", name="Start keeping evidence").click()
    page.get_by_label("Title").fill("Posts after the workshop")
    page.get_by_role("button", name="Go on to add what you have").click()
    expect(page.get_by_role("heading", name="Posts after the workshop")).to_be_visible()
    return page.url


def keep(page: Page) -> None:
    """Keep what was given."""
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept as item")


def faults(page: Page, address: str) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is wider than the screen."""
    for details in page.locator("main details").all():
        details.evaluate("each => each.open = true")
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    return told + ([f"{address}: wider than the screen"] if wide else [])


@pytest.mark.parametrize("way", ["paste", "drop"])
def test_a_picture_is_pasted_or_dropped(watched: Any, way: str) -> None:
    """A picture that is pasted or dropped is listed, and kept; one that was dropped has its own time with it."""
    page = watched.begin()
    begin(page)
    page.evaluate(GIVE, [way, "image.png", "image/png", [*png()]])
    expect(page.locator("#to-keep li")).to_have_count(1)
    keep(page)
    page.get_by_role("link", name="Item 1", exact=True).click()
    expect(page.get_by_text("as the file has it")).to_have_count(0 if way == "paste" else 1)


def test_files_are_left_out_again(watched: Any) -> None:
    """Of several files one can be left out, and the rest are kept with the text in one go."""
    page = watched.begin()
    begin(page)
    page.get_by_label("Pictures, saved pages").set_input_files([file("a.txt", "text/plain", b"one")])
    page.get_by_label("Pictures, saved pages").set_input_files([file("b.txt", "text/plain", b"two")])
    page.get_by_role("button", name="Leave out a.txt").click()
    page.get_by_label("Or the words of a message").fill(WORDS)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept as items 1 and 2")
    expect(page.get_by_role("main")).to_contain_text("b.txt")
    expect(page.get_by_role("main")).not_to_contain_text("a.txt")


def test_what_is_too_large_is_not_sent(watched: Any) -> None:
    """Files beyond what the desk takes are stopped before they are sent, with what to do, and nothing typed is lost."""
    page = watched.begin()
    begin(page)
    page.locator("#add").evaluate("form => { form.dataset.most = '1000'; }")
    page.get_by_label("Pictures, saved pages").set_input_files([file("film.mp4", "video/mp4", bytes(5_000))])
    page.get_by_label("Or the words of a message").fill(WORDS)
    expect(page.get_by_role("alert")).to_contain_text("Leave out film.mp4")
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_label("Or the words of a message")).to_have_value(WORDS)
    page.get_by_role("button", name="Leave out film.mp4").click()
    keep(page)


def test_a_part_is_drawn_and_covered(watched: Any) -> None:
    """A part that is drawn on a picture with the mouse is covered in a copy."""
    page = watched.begin()
    begin(page)
    page.get_by_label("Pictures, saved pages").set_input_files([file("a.png", "image/png", png())])
    keep(page)
    page.get_by_role("link", name="Item 1", exact=True).click()
    page.get_by_role("link", name="Make a copy with parts covered").click()
    box = page.locator("svg.preview").bounding_box()
    assert box
    page.mouse.move(box["x"] + 20, box["y"] + 20)
    page.mouse.down()
    page.mouse.move(box["x"] + 120, box["y"] + 80)
    page.mouse.up()
    expect(page.get_by_label("And these parts")).to_have_value(re.compile(r"^\d+ \d+ \d+ \d+$"))
    page.get_by_role("button", name="Make the copy").click()
    expect(page.get_by_role("heading", name="Item 2")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("1 part of the picture")


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off evidence is kept, checked, and its head saved all the same."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    address = begin(page)
    page.get_by_label("Pictures, saved pages").set_input_files([file("a.png", "image/png", png())])
    page.get_by_label("Or the words of a message").fill(WORDS)
    page.get_by_role("button", name="Keep it").click()
    expect(page.get_by_role("status").first).to_contain_text("Kept as items 1 and 2")
    page.goto(f"{address}check/")
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_role("main")).to_contain_text("Everything holds.")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as plain text").click()
    assert download.value.suggested_filename.startswith("head-")
    context.close()


def filled(page: Page) -> list[str]:
    """Begin an incident with some of everything, and return the addresses of its pages."""
    address = begin(page)
    page.get_by_label("Pictures, saved pages").set_input_files([file("a.png", "image/png", png())])
    page.get_by_label("Or the words of a message").fill(WORDS)
    page.get_by_role("button", name="Keep it").click()
    for what, name in (("account", "handle"), ("effect", "words"), ("action", "reference")):
        page.goto(f"{address}add/{what}/")
        page.locator(f"[name={name}]").fill("heron 42")
        page.get_by_role("button", name="Keep it").click()
    items = [page.get_by_role("link", name=f"Item {number}", exact=True).get_attribute("href") for number in (1, 2)]
    own = re.sub("/incidents/.*", "", address)
    shared = ["", *(f"add/{what}/" for what in ("account", "witness", "effect", "action", "note"))]
    shared += ["quiet/", "close/", "forget/", "check/"]
    listed = [f"{own}/incidents/", f"{own}/incidents/begin/", *(address + each for each in shared)]
    return listed + [f"{own}{item}{each}" for item in items for each in ("", "cover/", "remove/")]


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    found = []
    addresses = filled(page)
    for address in addresses:
        page.goto(address)
        found += faults(page, address)
    for address, button in ((addresses[2], "Keep it"), (addresses[1], "Go on"), (f"{addresses[2]}check/", "Check it")):
        page.goto(address)
        page.get_by_role("button", name=button).click()
        expect(
            page.get_by_role("alert").or_(page.get_by_text("Everything holds")).or_(page.locator(".bad")).first
        ).to_be_visible()
        found += faults(page, f"{address} once sent")
    page.goto(f"{addresses[2]}stamp/")
    found += faults(page, "stamp/")
    context.close()
    assert [] == found
