"""The policy's pages in a real browser: from nothing to a saved PDF, and everyone can read every page."""

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
STEPS = 5
ELSEWHERE = "I do not accept friend requests. I am the best therapist in Ludlow and I cure anxiety in six sessions."
PAGES = (
    "",
    *(f"interview/{step}/" for step in range(1, STEPS + 1)),
    "read/",
    "1/",
    "2/",
    "elsewhere/",
    "profile/",
    "apart/",
)


def begin(page: Page) -> None:
    """Go to the first step of the interview."""
    page.get_by_role("link", name="Policy", exact=True).click()
    page.get_by_role("link", name=re.compile("Begin|Go through the questions")).click()


def keep(page: Page, name: str) -> None:
    """Go through the interview under a name, leaving the rest as it is, and keep the version."""
    page.get_by_label("What name do clients know you").fill(name)
    for _ in range(STEPS - 1):
        page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Read your policy").click()
    page.get_by_role("button", name="Keep it as a version").click()


def saved(page: Page, form: str, paper: str, folder: Path) -> Path:
    """Save a paper as a kind of file, and return the file."""
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile(f"^Save as {form} ?: {paper}$")).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def faults(page: Page, address: str) -> list[str]:
    """Return what axe finds on the page that is open, and whether it is wider than the screen."""
    found = Axe().run(page, options=AXE).response["violations"]
    wide = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
    told = [f"{address}: {each['id']}: {each['nodes'][0]['html']}" for each in found]
    return told + ([f"{address}: wider than the screen"] if wide else [])


def test_from_nothing_to_a_saved_pdf(watched: Any, tmp_path: Path) -> None:
    """A first policy is answered, read, kept and saved: a PDF that is tagged, with a title and a language."""
    pikepdf = pytest.importorskip("pikepdf")
    page = watched.begin()
    begin(page)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "1")
    keep(page, "Amal Hart, counsellor")
    expect(page.get_by_role("heading", name="Your digital policy, version 1")).to_be_visible()
    path = saved(page, "a PDF", "The whole policy", tmp_path)
    assert "digital-policy-policy-1.pdf" == path.name
    with pikepdf.open(io.BytesIO(path.read_bytes())) as made:
        assert made.Root.MarkInfo.Marked
        assert "1" == str(made.open_metadata()["pdfuaid:part"])
        assert made.open_metadata()["dc:title"]
        assert "en-GB" == str(made.Root.Lang)
        assert made.Root.ViewerPreferences.DisplayDocTitle


def test_a_question_follows_at_once(watched: Any) -> None:
    """A choice that brings a question has it asked on the same page, with what was typed still there."""
    page = watched.begin()
    begin(page)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_label("How soon do you answer messages")).to_have_count(0)
    page.locator("input[name=app-messages][value=app-bookings]").check()
    page.locator("input[name=reply-time]").fill("three working days")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("status")).to_contain_text("questions follow from what you chose")
    expect(page.locator("input[name=reply-time]")).to_have_value("three working days")
    page.locator("input[name=message-time]").fill("two working days")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "3")


def test_it_is_given_to_a_client_and_changed(watched: Any) -> None:
    """A version is noted as given, and the next says in plain words what changed."""
    page = watched.begin()
    begin(page)
    keep(page, "Amal Hart")
    page.get_by_label("Your reference for the client").fill("K7")
    page.get_by_label("How").select_option("talked")
    page.get_by_label("They agreed to it").check()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("main")).to_contain_text("Handed over and talked through. Agreed.")
    begin(page)
    keep(page, "Bede Hart")
    expect(page.get_by_role("main")).to_contain_text("It now says: This policy is from Bede Hart.")
    expect(page.get_by_role("main")).not_to_contain_text("K7")


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    begin(page)
    page.locator("input[name=follow-me][value=open]").check()
    keep(page, "Amal Hart")
    begin(page)
    keep(page, "Bede Hart")
    page.get_by_label("Your reference for the client").fill("K7")
    page.get_by_label("How").select_option("easy")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("button", name="Remove K7")).to_be_visible()
    own = re.sub("/policy/.*", "", page.url)
    found = []
    for address in PAGES:
        page.goto(f"{own}/policy/{address}")
        for details in page.locator("main details").all():
            details.evaluate("each => each.open = true")
        found += faults(page, address)
    for address, send in (("read/", wrongly), ("elsewhere/", look_elsewhere), ("profile/", look), ("apart/", plan)):
        page.goto(f"{own}/policy/{address}")
        send(page)
        found += faults(page, f"{address} once sent")
    context.close()
    assert [] == found


def wrongly(page: Page) -> None:
    """Ask for a version that would say nothing new."""
    page.get_by_role("button", name="Keep it as a version").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing has changed since version 2")


def look_elsewhere(page: Page) -> None:
    """Have a policy looked at."""
    page.get_by_label("Paste your policy").fill(ELSEWHERE)
    page.get_by_role("button", name="See what it covers").click()
    expect(page.get_by_role("main")).to_contain_text("What it does not seem to cover")


def look(page: Page) -> None:
    """Have a profile looked at."""
    page.get_by_label("What its profile says").fill(ELSEWHERE)
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("article.finding").first).to_be_visible()


def plan(page: Page) -> None:
    """Have a plan made."""
    for tick in page.get_by_role("checkbox").all():
        tick.check()
    page.get_by_role("button", name="Make the plan").click()
    expect(page.get_by_role("main")).to_contain_text("In a warm tone")


def test_without_scripts(chromium: Browser, link: str, come_in: Any, tmp_path: Path) -> None:
    """With scripts switched off a policy is answered, kept and saved all the same."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    begin(page)
    keep(page, "Amal Hart")
    path = saved(page, "plain text", "The policy on one page", tmp_path)
    assert "Amal Hart" in path.read_text(encoding="utf-8")
    context.close()


def test_with_the_keyboard_alone(watched: Any) -> None:
    """An answer is changed, and the step is left, with the keyboard alone."""
    page = watched.begin()
    begin(page)
    page.get_by_label("What name do clients know you").focus()
    page.keyboard.type("Amal Hart")
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "accounts":
            break
    page.keyboard.press("ArrowDown")
    expect(page.locator("input[name=accounts][value=page]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "2")
    page.go_back()
    page.reload()
    expect(page.locator("input[name=accounts][value=page]")).to_be_checked()
    expect(page.get_by_label("What name do clients know you")).to_have_value("Amal Hart")


def test_word_opens_elsewhere(watched: Any, tmp_path: Path) -> None:
    """The Word file opens in LibreOffice with every heading, in order, still a heading."""
    program, pypdf = shutil.which("soffice"), pytest.importorskip("pypdf")
    docx = pytest.importorskip("docx")
    if not program:
        pytest.skip("LibreOffice is not installed")
    page = watched.begin()
    begin(page)
    keep(page, "Amal Hart")
    path = saved(page, "Word", "The whole policy", tmp_path)
    headings = [each.text for each in docx.Document(str(path)).paragraphs if each.style.name.startswith("Heading")]
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    export = 'pdf:writer_pdf_Export:{"ExportBookmarks":{"type":"boolean","value":"true"}}'
    command = [program, profile, "--headless", "--convert-to", export, "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    printed = pypdf.PdfReader(path.with_suffix(".pdf"))
    assert len(headings) > 20
    assert headings == [title for title in titles(printed.outline) if title in headings]


def titles(outline: list[Any]) -> list[str]:
    """Return the titles of a PDF's bookmarks, in order."""
    return [title for each in outline for title in (titles(each) if isinstance(each, list) else [each.title])]
