"""What to do, in a real browser: from the first question to a report, a pile-on, a pack and a matter about oneself."""

import re
import zipfile
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
ANSWERS = {
    "fixation": ["repeated"], "nature": ["discrimination"], "grounds": ["race"], "place": ["closed-group"],
    "who": ["member"], "their-body": ["bacp"], "nation": ["England"],
}  # fmt: skip
REGRET = {"nature": ["own-post"], "place": ["public"], "who": ["client"], "nation": ["Wales"]}
LIST = "".join(f"@wren{n} · 3 Nov 2026 1{n % 9}:05\nYou should be ashamed of that talk\n\n" for n in range(9))


def own(page: Page) -> str:
    """Return where the desk is."""
    found = re.match(r"https?://[^/]+", page.url)
    assert found
    return found[0]


def opened(page: Page, title: str) -> str:
    """Open an incident and return its address."""
    page.goto(f"{own(page)}/incidents/begin/")
    page.get_by_label("Title").fill(title)
    page.locator("main form button").first.click()
    page.wait_for_url(re.compile(r"/incidents/\d+/"))
    found = re.match(r".*/incidents/\d+", page.url)
    assert found
    return found[0]


def answer(page: Page, answers: dict[str, list[str]], seen: list[str] | None = None) -> None:
    """Answer every question that is asked."""
    while question := page.locator("input[name=question]"):
        if not question.count():
            return
        id = question.get_attribute("value") or ""
        if seen is not None:
            seen += faults(page, f"question {id}")
        with page.expect_navigation():
            if id == "danger":
                page.get_by_role("button", name="No", exact=True).click()
                continue
            for each in answers.get(id, []):
                page.locator(f"input[name=answer][value='{each}']").check()
            page.get_by_role("button", name="Go on").click()


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


def evidence(page: Page, address: str, words: str) -> None:
    """Keep some words as an item."""
    page.goto(f"{address}/")
    page.locator("main textarea").first.fill(words)
    page.locator("main form button").first.click()
    expect(page.locator(".ledger")).to_contain_text(words)


def test_from_the_first_question_to_a_report(watched: Any) -> None:
    """Somebody answers, sees what to do, copies the draft of a report, and notes that it was made."""
    page = watched.begin()
    address = opened(page, "Posts after the talk")
    page.get_by_role("link", name="What to do", exact=True).click()
    answer(page, ANSWERS)
    expect(page.get_by_role("heading", name="Look after yourself")).to_be_visible()
    page.get_by_role("link", name=re.compile("^What to have ready, and a draft ?: Police")).click()
    page.get_by_label("What do you ask for?").fill("That it is recorded.")
    page.get_by_role("button", name="Put it into the draft").click()
    expect(page.get_by_label("The draft", exact=True)).to_have_value(re.compile("That it is recorded."))
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the draft").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.get_by_role("link", name="Note that I did this").click()
    page.get_by_label("The number they gave you").fill("CR-12")
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("main")).to_contain_text("CR-12")
    assert f"{address}/plan/" == page.url


def test_many_posts_at_once(watched: Any) -> None:
    """A pasted list is kept and drawn, and a statement is carried to the check page."""
    page = watched.begin()
    page.goto(f"{opened(page, 'Many at once')}/pile-on/")
    page.get_by_label("Paste the posts").fill(LIST)
    page.get_by_role("button", name="Keep it and count").click()
    expect(page.get_by_role("img", name=re.compile("Posts by"))).to_be_visible()
    page.get_by_text("Drafts of one statement").click()
    page.get_by_role("button", name=re.compile("^Check it ?: As short as it gets")).click()
    expect(page.get_by_label("What you want to post")).to_have_value(re.compile("I have seen the comments"))
    expect(page.locator("#findings .verdict")).to_be_visible()


def test_a_pack_is_saved(watched: Any, tmp_path: Path) -> None:
    """An item is cleared, seen to go, and saved in a pack that holds it as it was."""
    page = watched.begin()
    address = opened(page, "One message")
    evidence(page, address, "unkind words")
    page.get_by_role("link", name="Hand over").click()
    page.get_by_role("link", name="The police").click()
    page.get_by_label("Item 1").first.check()
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("button", name="See what would go").click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Make the pack and save it").click()
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    with zipfile.ZipFile(path) as pack:
        assert [b"unkind words"] == [pack.read(name) for name in pack.namelist() if name.startswith("originals/")]
    page.goto(f"{address}/packs/")
    expect(page.get_by_role("main")).to_contain_text("Packs that you made")


def test_without_scripts(chromium: Browser, link: str, come_in: Any) -> None:
    """With scripts switched off the questions lead to the stages of a matter about oneself, and a copy is noted."""
    context = chromium.new_context(java_script_enabled=False)
    page = come_in(context, link).begin()
    page.goto(f"{opened(page, 'A post that I regret')}/plan/")
    answer(page, REGRET)
    page.get_by_role("link", name="Take it step by step").click()
    expect(page.get_by_role("main")).to_contain_text("Take nothing down yet.")
    page.get_by_role("link", name=re.compile("^I have done this ?: ")).click()
    page.get_by_role("button", name="Note it").click()
    expect(page.get_by_role("heading", name="Do this now: limit it")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_everyone_can_read_it(chromium: Browser, link: str, come_in: Any, width: int, scheme: Any) -> None:
    """No page has a fault that axe finds, in light and dark, on a phone and a wide screen, nor scrolls sideways."""
    context = chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme, bypass_csp=True)
    page = come_in(context, link).begin()
    found: list[str] = []
    address = opened(page, "Posts after the talk")
    page.goto(f"{address}/plan/")
    answer(page, ANSWERS, found)
    evidence(page, address, "unkind words")
    page.goto(f"{address}/pile-on/")
    page.get_by_label("Paste the posts").fill(LIST)
    page.get_by_role("button", name="Keep it and count").click()
    counted = page.url
    regret = opened(page, "A post that I regret")
    page.goto(f"{regret}/about-me/")
    found += faults(page, "about me, before the questions")
    page.goto(f"{regret}/plan/")
    answer(page, REGRET)
    for place in (
        f"{address}/plan/", f"{address}/plan/?danger=yes", f"{address}/plan/block/", f"{address}/routes/police/",
        f"{address}/routes/ico/", f"{own(page)}/incidents/routes/", f"{own(page)}/incidents/routes/?nation=Scotland",
        f"{own(page)}/incidents/what-to-do/?danger=yes", f"{address}/pile-on/", f"{counted}&quiet=instagram",
        f"{address}/packs/", f"{address}/packs/police/", f"{address}/packs/myself/", f"{regret}/about-me/",
    ):  # fmt: skip
        page.goto(place)
        unfolded(page)
        found += faults(page, place)
    page.goto(f"{address}/packs/myself/")
    page.get_by_role("button", name="See what would go").click()
    found += faults(page, "what would go")
    page.goto(f"{address}/plan/block/")
    page.get_by_label("When").fill("")
    page.get_by_role("button", name="Note it").click()
    expect(page.locator(".error").first).to_be_visible()
    found += faults(page, "a note that was refused")
    context.close()
    assert [] == found
