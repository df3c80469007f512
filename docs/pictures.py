#!/usr/bin/env python3
"""Take the pictures of the desk's pages that the documentation shows, from a desk with invented drafts.

make pictures    (needs Chromium)
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

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
    """Go through the first run, a check, supervision and the library, with a picture of each."""
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


def picture(page: Page, name: str) -> None:
    """Take a picture of the whole page."""
    page.screenshot(path=TARGET / f"{name}.png", full_page=True, animations="disabled")


if __name__ == "__main__":
    main()
