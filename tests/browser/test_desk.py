"""The desk in a real browser: the main jobs, by keyboard, on a phone, without scripts, and open to everyone."""

import re
import sys
from base64 import b64decode
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Response, expect

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))

from canaries import sings
from makers import jpeg

from forethought.vault import Vault

PASSPHRASE = "teapot lantern gravel moth"
BREACH = "My 3 pm client who runs the bakery in Frome cried about her mother again."
SETTLED = "() => !document.querySelector('.htmx-request, .htmx-swapping, .htmx-settling')"  # nothing is on its way
LOOKING = 60_000  # milliseconds: what looks into pictures is loaded first, and may take as long as it is given
PICTURE = b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAoAAAAKCAYAAACNMs+9AAAAFUlEQVR42mNk+M9Qz0AEYBxVSF+FABJADveWkH6oAAAAAElFTkSuQmCC"
)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PAGES = (
    "/", "/check/", "/media/", "/held/", "/supervision/", "/guidance/", "/guidance/?words=friend", "/settings/",
    "/settings/restore/", "/guidance/confidentiality/client-case/", "/guidance/compare/?first=bacp&second=babcp",
    "/nowhere/",
)  # fmt: skip


def found(page: Page) -> Any:
    """Return where the findings stand."""
    return page.locator("#findings")


def answers(words: str) -> Callable[[Response], bool]:
    """Return what tells the answer to a whole draft from those to its beginnings."""
    ending = words.rpartition(" ")[2]
    return lambda response: "/check/" in response.url and ending in (response.request.post_data or "")


def test_a_day_at_the_desk(watched: Any, tmp_path: Path) -> None:
    """From the first run through checking, setting aside, supervision and holding to locking and unlocking."""
    page = watched.begin()
    with page.expect_response(answers(BREACH)):  # however long the reader takes to be loaded
        page.get_by_label("What you want to post").press_sequentially(BREACH, delay=5)
    expect(found(page)).to_contain_text("Stop: do not post this")
    expect(page.locator(".under mark").first).to_be_visible()
    found(page).get_by_text("Details could let somebody recognise").click()
    page.get_by_role("button", name="Take to supervision").click()
    page.get_by_label("What you want to ask").fill("Where does my frustration come from?")
    page.get_by_role("button", name="Keep the question").click()
    expect(page.get_by_role("main")).to_contain_text("The summary to hand over")
    with page.expect_download() as given:
        page.get_by_role("link", name="Save it to print").click()
    assert "bakery" not in Path(given.value.path()).read_text(encoding="utf-8")
    page.get_by_role("link", name="Check a draft").click()
    page.get_by_label("What you want to post").fill(BREACH)
    page.get_by_role("button", name="Hold until tomorrow").click()
    expect(page.get_by_role("status")).to_contain_text("Held until tomorrow")
    page.get_by_role("button", name="Lock").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The vault is locked")
    page.goto(re.sub("/unlock/.*", "/held/", page.url))
    page.get_by_label("Your passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("main")).to_contain_text("My 3 pm client")
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"bakery" not in left


def test_findings_follow_the_words(watched: Any) -> None:
    """As the words change so do the findings, and an empty page says nothing."""
    page = watched.begin()
    words = page.get_by_label("What you want to post")
    words.fill(BREACH)
    expect(found(page)).to_contain_text("Stop: do not post this")
    words.fill("Mondays are for paperwork.")
    expect(found(page)).to_contain_text("Clear: nothing was found")
    words.fill("")
    expect(found(page)).to_contain_text("as you pause")


def test_words_are_marked_where_they_were_written(watched: Any) -> None:
    """The copy under the box lies letter on letter, scrolls with it, and goes as soon as one types on."""
    page = watched.begin()
    words = page.get_by_label("What you want to post")
    words.fill("A long day.\n\n" * 30 + BREACH)
    expect(page.locator(".under mark")).not_to_have_count(0)
    assert words.input_value() + "\n" == page.locator(".under").evaluate(
        "each => { const copy = each.cloneNode(true); copy.querySelectorAll('sup').forEach((sup) => sup.remove()); "
        "return copy.textContent; }"
    )
    words.evaluate("each => { each.scrollTop = each.scrollHeight; }")
    page.wait_for_function(
        "document.querySelector('.under').scrollTop === document.getElementById('id_text').scrollTop"
    )
    box, under = (page.locator(each).bounding_box() for each in ("#id_text", ".under"))
    assert box == under
    page.get_by_label("What you want to post").press_sequentially("x")
    expect(page.locator(".under mark")).to_have_count(0)


def test_pictures_are_counted_and_described(watched: Any) -> None:
    """A picture that is chosen or dropped asks for words, which are checked."""
    page = watched.begin()
    page.get_by_label("What you want to post").fill("The new room.")
    page.get_by_text("Is it an answer").click()
    page.get_by_label("Pictures that go with it").set_input_files(
        [{"name": f"{name}.png", "mimeType": "image/png", "buffer": PICTURE} for name in ("desk", "window")]
    )
    expect(page.get_by_label("What picture 1 shows")).to_be_focused()
    expect(found(page)).to_contain_text("An image without a description")
    page.get_by_label("What picture 1 shows").fill("A lamp on a desk")
    page.get_by_label("What picture 2 shows").fill(BREACH)
    expect(found(page)).to_contain_text("in the description of picture 2")
    page.get_by_role("button", name="Take picture 2 out").click()
    expect(found(page)).to_contain_text("Clear")
    file = "new File(['x'], 'a.png', { type: 'image/png' })"
    drop = page.evaluate_handle(f"() => {{ const all = new DataTransfer(); all.items.add({file}); return all; }}")
    page.dispatch_event("#draft", "drop", {"dataTransfer": drop})
    expect(page.get_by_label("What picture 2 shows")).to_be_focused()
    page.get_by_role("button", name="Hold until tomorrow").click()
    expect(page.get_by_role("status")).to_contain_text("Held until tomorrow")


def test_a_picture_is_looked_at(watched: Any) -> None:
    """What a picture gives away is told where it was dropped, and its clean copy can be taken there."""
    page = watched.begin()
    page.get_by_text("Is it an answer").click()
    photo = {"name": "kestrel.jpg", "mimeType": "image/jpeg", "buffer": jpeg.phone()}
    page.get_by_label("Pictures that go with it").set_input_files([photo])
    expect(page.locator(".given")).to_contain_text("in or beside Bristol")
    expect(page.locator(".given")).to_contain_text("No face was found", timeout=LOOKING)
    with page.expect_download() as given:
        page.get_by_role("link", name="Take the clean copy").click()
    assert "picture.jpg" == given.value.suggested_filename
    assert not sings(Path(given.value.path()).read_bytes())


def test_files(watched: Any, tmp_path: Path) -> None:
    """A file is handed in, told of, cleaned in another way and removed, on pages that are open to everyone."""
    page = watched.begin()
    page.get_by_role("link", name="Files").click()
    (tmp_path / "holiday.jpg").write_bytes(jpeg.phone())
    page.get_by_label("Pictures, films, recordings and documents").set_input_files(tmp_path / "holiday.jpg")
    page.get_by_role("button", name="Look and clean").click()
    expect(page.get_by_role("main")).to_contain_text("A clean copy is ready: picture.jpg")
    expect(page.get_by_role("main")).to_contain_text("No face was found", timeout=LOOKING)
    picture = page.get_by_role("img", name="The clean copy").bounding_box()
    assert picture
    page.mouse.move(picture["x"] + 2, picture["y"] + 2)
    page.mouse.down()
    page.mouse.move(picture["x"] + picture["width"] / 2, picture["y"] + picture["height"] / 2)
    page.mouse.up()
    page.get_by_role("button", name="Cover in the copy").click()
    expect(page.get_by_label("a stretch of your own")).to_be_checked()
    assert [] == Axe().run(page, options=AXE).response["violations"]
    page.get_by_label("Paint pictures").check()
    page.get_by_role("button", name="Make it anew").click()
    with page.expect_download() as given:
        page.get_by_role("link", name="Take the clean copy").click()
    assert not sings(Path(given.value.path()).read_bytes())
    page.get_by_role("link", name="All files").click()
    assert [] == Axe().run(page, options=AXE).response["violations"]
    page.get_by_role("link", name="holiday.jpg", exact=True).click()
    page.get_by_role("button", name="Remove it from the vault").click()
    expect(page.get_by_role("main")).not_to_contain_text("holiday.jpg")


def test_not_here_because(watched: Any) -> None:
    """A stop is set aside with a reason, and the page says so."""
    page = watched.begin()
    page.get_by_label("What you want to post").fill("My client cried today.")
    expect(found(page)).to_contain_text("Stop:")
    reason = found(page).get_by_label("Not here, because").first
    reason.fill("It is a line of a play.")
    found(page).get_by_role("button", name="Set it aside").first.click()
    expect(found(page)).to_contain_text("Set aside by you")


def test_keeping_and_bringing_back(watched: Any, tmp_path: Path) -> None:
    """A backup is saved and brought back, an export is given, and everything is erased."""
    page = watched.begin()
    page.get_by_role("link", name="Settings").click()
    with page.expect_download() as backup:
        page.get_by_role("button", name="Save a backup").click()
    backup.value.save_as(tmp_path / "mine.backup")
    with page.expect_download() as export:
        page.get_by_role("button", name="Export everything").click()
    assert export.value.suggested_filename.endswith(".zip")
    page.get_by_role("link", name="Bring back a backup").click()
    page.get_by_label("The backup file").set_input_files(tmp_path / "mine.backup")
    page.get_by_label("The passphrase of the day it was made").fill(PASSPHRASE)
    page.get_by_role("button", name="Bring it back").click()
    expect(page.get_by_role("status")).to_contain_text("The backup is in place")
    page.get_by_text("Erase everything").first.click()
    page.locator("#erase-passphrase").fill(PASSPHRASE)
    page.get_by_label("Type ERASE in capitals").fill("ERASE")
    page.get_by_role("button", name="Erase everything").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Welcome to Forethought")
    assert not Vault(tmp_path / "vault").exists


def test_by_keyboard_alone(watched: Any) -> None:
    """The main job is done without a mouse: skip to the page, write, open a finding, hold."""
    page = watched.begin()
    page.bring_to_front()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the page")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("What you want to post")).to_be_focused()
    with page.expect_response(answers(BREACH)):
        page.keyboard.type(BREACH)
    page.wait_for_function(SETTLED)
    expect(found(page)).to_contain_text("Stop: do not post this")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    second = found(page).locator("summary").nth(1)
    for _ in range(30):
        page.keyboard.press("Tab")
        if second.evaluate("each => each === document.activeElement"):
            break
    expect(second).to_be_focused()
    page.keyboard.press("Enter")
    expect(found(page).locator("details").nth(1)).to_have_attribute("open", "")
    assert [] == asked, "leaving a field that did not change asked again, and took the focus away"


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_every_page(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    watched = come_in(context, link)
    faults = [_faults(watched.page)]
    watched.page.get_by_role("link", name="Try it first").click()
    watched.page.get_by_label("What you want to post").fill(BREACH)
    expect(found(watched.page)).to_contain_text("Stop: do not post this")
    faults.append(_faults(watched.page))
    watched.page.get_by_role("link", name="Set up", exact=True).click()
    page = watched.begin()
    own = re.sub("/check/.*", "", page.url)
    page.get_by_label("What you want to post").fill(BREACH)
    expect(found(page)).to_contain_text("Stop: do not post this")
    page.get_by_text("Is it an answer").click()
    page.locator("#choose").set_input_files([{"name": "desk.png", "mimeType": "image/png", "buffer": PICTURE}])
    faults.append(_faults(page))
    page.get_by_role("button", name="Take to supervision").click()
    faults.append(_faults(page))
    for address in PAGES:
        page.goto(own + address)
        faults.append(_faults(page))
    page.get_by_role("button", name="Lock").click()
    faults.append(_faults(page))
    context.close()
    assert [] == [fault for page_faults in faults for fault in page_faults]


def _faults(page: Page) -> list[str]:
    """Return what axe finds wrong with a page, and whether it is wider than the screen."""
    page.wait_for_load_state()  # a page that has only just been asked for has no style yet
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    report = Axe().run(page, options=AXE).response["violations"]
    where = [f"{page.url}: {each['id']}: {each['nodes'][0]['html']}" for each in report]
    return [*where, *([f"{page.url}: wider than the screen"] if wide else [])]


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off the main job is done by plain forms."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    page.get_by_label("What you want to post").fill(BREACH)
    page.get_by_role("button", name="Check").click()
    expect(found(page)).to_contain_text("Stop: do not post this")
    expect(page.get_by_label("What you want to post")).to_have_value(BREACH)
    page.get_by_role("button", name="Hold until tomorrow").click()
    expect(page.get_by_role("main")).to_contain_text("can be looked at again from")
    context.close()
