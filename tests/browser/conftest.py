"""A real browser at a real desk: Chromium, and `forethought desk` in a process of its own.

Where there is no Chromium these tests are skipped, and say so.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

PASSPHRASE = "teapot lantern gravel moth"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this computer")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def link(chromium: Browser, tmp_path: Path) -> Iterator[str]:
    """The link to a desk that was just started, with no vault yet, in a home of its own."""
    home = {"HOME": str(tmp_path), "USERPROFILE": str(tmp_path)}
    command = [sys.executable, "-m", "forethought", "desk", "--no-open", "--folder", str(tmp_path / "vault")]
    desk = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=os.environ | home)
    assert desk.stdout is not None
    yield desk.stdout.readline().strip()
    desk.terminate()
    _, said = desk.communicate()
    assert "Traceback" not in said, said


class Watched:
    """A page whose requests and complaints are noted."""

    def __init__(self, context: BrowserContext, link: str) -> None:
        """Open a page in `context` and come in by `link`."""
        self.elsewhere: list[str] = []
        self.complaints: list[str] = []
        own = link.partition("/enter/")[0]
        mine = (own, f"blob:{own}")
        context.on("request", lambda asked: None if asked.url.startswith(mine) else self.elsewhere.append(asked.url))
        self.page = context.new_page()
        self.page.set_default_timeout(15_000)
        self.page.on("console", lambda told: self.complaints.append(told.text) if told.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(link)

    def begin(self) -> Page:
        """Go through the first run to the check page."""
        self.page.get_by_label("A new passphrase").fill(PASSPHRASE)
        self.page.get_by_label("The same again").fill(PASSPHRASE)
        self.page.get_by_role("button", name="Start").click()
        self.page.get_by_role("link", name="I have it. Go on.").click()
        return self.page


@pytest.fixture
def watched(chromium: Browser, link: str) -> Iterator[Watched]:
    """A page that came in, on a wide screen; it must ask no other host for anything and complain of nothing."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    page = Watched(context, link)
    yield page
    context.close()
    assert [] == page.elsewhere
    assert [] == page.complaints


@pytest.fixture
def come_in() -> type[Watched]:
    """What opens a page in a context of the test's own."""
    return Watched
