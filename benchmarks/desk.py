"""How quick the desk is: from the start of the process to its first page, and each page and live check after that."""

import http.cookiejar
import re
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

PASSPHRASE = "teapot lantern gravel moth"
PAGES = ("/", "/check/", "/held/", "/supervision/", "/guidance/", "/settings/")
COMMAND = (str(Path(sys.executable).with_name("forethought")), "desk", "--no-open", "--folder")


class Visitor:
    """A browser without a window, at one desk."""

    def __init__(self, link: str) -> None:
        """Come in by the link."""
        jar = http.cookiejar.CookieJar()
        # No proxy stands between this device and itself.
        self._opener = urllib.request.build_opener(
            urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(jar)
        )
        self._own = link.partition("/enter/")[0]
        self._token = ""
        self.read(link.removeprefix(self._own))

    def read(self, address: str, **fields: str) -> str:
        """Return a page, or what a form answers; the form's token is that of the last page that had one."""
        sent = urllib.parse.urlencode(fields | {"csrfmiddlewaretoken": self._token}).encode() if fields else None
        asked = urllib.request.Request(self._own + address, sent, {"Origin": self._own} if fields else {})
        page: str = self._opener.open(asked).read().decode()
        if found := re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page):
            self._token = found[1]
        return page

    def seconds(self, address: str, **fields: str) -> float:
        """Return how long a page takes."""
        start = time.perf_counter()
        self.read(address, **fields)
        return time.perf_counter() - start


@contextmanager
def visit() -> Iterator[tuple[Visitor, float]]:
    """Start a desk, come in, and hand over the visitor with the seconds from the start to the first page."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        desk = subprocess.Popen([*COMMAND, f"{folder}/vault"], stdout=subprocess.PIPE, text=True)
        assert desk.stdout is not None
        try:
            visitor = Visitor(desk.stdout.readline().strip())
            yield visitor, time.perf_counter() - start
        finally:
            desk.terminate()
            desk.wait()


def begin(visitor: Visitor) -> None:
    """Go through the first run."""
    visitor.read("/begin/", new=PASSPHRASE, again=PASSPHRASE, role="counsellor", nation="England", idle_minutes="10")
    visitor.read("/check/")


def draft(text: str) -> dict[str, str]:
    """Return a draft as the check page sends it."""
    where = {"account": "professional", "audience": "public", "platform": "other", "role": "counsellor"}
    return where | {"text": text, "reply_to": "", "pictures": "0", "descriptions": ""}
