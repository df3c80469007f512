#!/usr/bin/env python3
"""Take the pictures of the desk's pages that the documentation shows, from a desk with invented drafts.

make pictures    (needs Chromium)
"""

import io
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import FilePayload, Page, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "media"))

from makers import scenes

TARGET = Path(__file__).parent / "pictures"
PASSPHRASE = "teapot lantern gravel moth"
DRAFT = "My 3 pm client from the bakery cried about her mother again. Some people never change!"


def main() -> None:
    """Start a desk in a folder that is thrown away, and walk through it."""
    TARGET.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        command = [sys.executable, "-m", "forethought", "desk", "--no-open", "--folder", f"{home}/vault"]
        desk = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        assert desk.stdout is not None
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        try:
            walk(browser.new_page(viewport={"width": 1280, "height": 900}), desk.stdout.readline().strip())
        finally:
            browser.close()
            desk.terminate()


def walk(page: Page, link: str) -> None:
    """Go through the first run, a check, supervision, the library and the rooms, with a picture of each."""
    page.goto(link)
    picture(page, "first-run")
    page.get_by_label("A new passphrase").fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    page.get_by_role("button", name="Start").click()
    page.get_by_role("link", name="I have it. Go on.").click()
    page.get_by_label("What you want to post").fill(DRAFT)
    page.locator("#findings .verdict").wait_for()
    picture(page, "check")
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 360, "height": 780})
    picture(page, "check-on-a-phone-in-the-dark")
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 1280, "height": 900})
    page.get_by_role("button", name="Take to supervision").click()
    picture(page, "supervision")
    page.get_by_role("link", name="Guidance").click()
    picture(page, "guidance")
    page.get_by_role("link", name="Contacts", exact=True).click()
    page.get_by_label("What happened").select_option("connection-request")
    page.get_by_label("Who is behind it").select_option("former-client")
    page.get_by_role("button", name="What shall I do?").click()
    page.get_by_label("In a warm tone").wait_for()
    picture(page, "contacts")
    page.get_by_role("link", name="Policy", exact=True).click()
    page.get_by_role("link", name="Begin").click()
    page.get_by_label("What name do clients know you").fill("Amal Hart, counsellor")
    picture(page, "policy-interview")
    while page.url.rstrip("/").split("/")[-2] == "interview":
        page.locator("main form button").first.click()
    picture(page, "policy")
    incidents(page)
    accounts(page)
    page.get_by_role("link", name="Files").click()
    page.get_by_label("Pictures, films").set_input_files([photo()])
    page.get_by_role("button", name="Look and clean").click()
    page.get_by_text("2 faces were found").wait_for()
    page.get_by_label("1. a face").check()
    page.get_by_role("button", name="Cover in the copy").click()
    page.get_by_text("2 faces were found").wait_for()
    picture(page, "files")


def incidents(page: Page) -> None:
    """Keep a message as evidence, and ask what to do about a threat."""
    page.get_by_role("link", name="Incidents", exact=True).click()
    page.get_by_role("link", name="Start keeping evidence").click()
    page.locator("#id_title").fill("Messages after the workshop")
    page.get_by_role("button", name="Go on").click()
    page.get_by_label("Or the words of a message or post").fill("You will regret what you said. I know where you park.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("link", name="Item 1").wait_for()
    picture(page, "incident")


def accounts(page: Page) -> None:
    """Add two accounts that lead to each other, and look at how."""
    for name, kind, handle in (("Work page", "professional", "amal.hart"), ("Private page", "personal", "amalhart")):
        page.get_by_role("link", name="Accounts", exact=True).first.click()
        page.get_by_role("link", name="Add an account").click()
        page.locator("#id_name").fill(name)
        page.locator("#id_platform").select_option("instagram")
        page.locator("#id_handle").fill(handle)
        page.locator("#id_kind").select_option(kind)
        page.locator("main form button").last.click()
    page.get_by_role("link", name="Accounts", exact=True).first.click()
    picture(page, "accounts")


def photo() -> FilePayload:
    """Return an invented photo with two drawn heads, a place and a name."""
    made, notes = io.BytesIO(), Image.Exif()
    notes[0x013B], notes[0x0110] = "Sam Fell", "Pear 12"
    notes.get_ifd(0x8769)[0x9003] = "2026:05:03 14:10:00"
    notes.get_ifd(0x8825).update({1: "N", 2: (51.0, 27.0, 0.0), 3: "W", 4: (2.0, 35.0, 0.0)})
    scenes.portraits((120, 180), (480, 200)).save(made, "JPEG", quality=90, exif=notes)
    return {"name": "team at the canal.jpg", "mimeType": "image/jpeg", "buffer": made.getvalue()}


def picture(page: Page, name: str) -> None:
    """Take a picture of the whole page."""
    page.screenshot(path=TARGET / f"{name}.png", full_page=True, animations="disabled")


if __name__ == "__main__":
    main()
