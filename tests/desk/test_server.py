"""The desk as a process: a link on its first line, its own address alone, and nothing in its log."""

import http.client
import os
import random
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import pytest

from forethought.vault import Vault, database

COMMAND = (sys.executable, "-m", "forethought", "desk", "--no-open", "--folder")
PASSPHRASE = "teapot lantern gravel moth"


class Running:
    """A desk in a process of its own."""

    def __init__(self, folder: Path) -> None:
        """Start it."""
        self.process = subprocess.Popen(
            [*COMMAND, str(folder)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        self.link = self.process.stdout.readline().strip()
        self.port = urlsplit(self.link).port
        self.cookies: dict[str, str] = {}

    def ask(self, method: str, path: str, body: bytes = b"", **headers: str) -> tuple[int, str]:
        """Return the status and the page that a request gets; cookies are kept."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        kept = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        connection.request(method, path, body, kept | headers)
        answer = connection.getresponse()
        for cookie in answer.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.strip().partition(";")[0].partition("=")
            self.cookies[name] = value
        page = answer.read().decode()
        connection.close()
        return answer.status, page

    def send(self, path: str, **fields: str) -> tuple[int, str]:
        """Send a form with the token of the page that it stands on."""
        _, page = self.ask("GET", path)
        found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
        assert found, page
        body = urlencode(fields | {"csrfmiddlewaretoken": found[1]}).encode()
        kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{self.port}"}
        return self.ask("POST", path, body, **kind)

    def begin(self) -> None:
        """Come in and go through the first run."""
        assert 302 == self.ask("GET", urlsplit(self.link).path)[0]
        fields = {"new": PASSPHRASE, "again": PASSPHRASE, "role": "tutor", "nation": "Wales", "idle_minutes": "9"}
        assert 200 == self.send("/begin/", **fields)[0]

    def ended(self) -> tuple[str, str]:
        """Return what the process still said, once it has ended."""
        return self.process.communicate(timeout=20)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Running]:
    """A desk that runs."""
    running = Running(tmp_path / "vault")
    yield running
    if running.process.poll() is None:
        running.process.kill()
        running.process.communicate()


def test_the_first_line_is_a_link(desk: Running) -> None:
    """The first line is a link to this device's own address, on a port that the system picked."""
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/enter/[\w-]{40,}/", desk.link)


def test_it_listens_on_its_own_address_alone(desk: Running) -> None:
    """Nothing answers on any other address of this computer."""
    listening = Path("/proc/net/tcp")
    if not listening.exists():
        pytest.skip("the system does not list what listens")
    assert desk.port
    rows = [line.split()[1] for line in listening.read_text(encoding="ascii").splitlines()[1:]]
    assert {"0100007F"} == {row[:8] for row in rows if row.endswith(f":{desk.port:04X}") and row[:8] != "00000000"}
    assert not [row for row in rows if row == f"00000000:{desk.port:04X}"]


def test_an_upload_of_two_hundred_megabytes_is_refused(desk: Running) -> None:
    """A file far beyond what the desk takes is refused before it is stored anywhere."""
    desk.begin()
    with socket.create_connection(("127.0.0.1", desk.port or 0), timeout=30) as line:
        head = (
            f"POST /settings/restore/ HTTP/1.1\r\nHost: 127.0.0.1:{desk.port}\r\nContent-Length: {200 * 2**20}\r\n\r\n"
        )
        line.sendall(head.encode())
        assert b"413" in line.recv(100)
    assert desk.process.poll() is None


def test_nothing_typed_is_in_its_log(desk: Running) -> None:
    """What was typed, kept or refused is nowhere in what the process prints."""
    desk.begin()
    assert 302 == desk.send("/supervision/", title="canary one", question="canary two")[0]
    assert 404 == desk.ask("GET", "/canary-three/")[0]
    assert 403 == desk.ask("POST", "/check/", b"text=canary-four")[0]
    assert 403 == desk.ask("GET", "/enter/canary-five/")[0]
    desk.process.send_signal(signal.SIGINT)
    out, err = desk.ended()
    assert "canary" not in out + err
    assert "" == err
    assert "the vault is locked" in out


def test_stop_ends_it(desk: Running, tmp_path: Path) -> None:
    """The button on every page ends the process, and the vault can be opened by another."""
    desk.begin()
    _, page = desk.ask("GET", "/settings/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    body = urlencode({"csrfmiddlewaretoken": token[1]}).encode()
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{desk.port}"}
    status, page = desk.ask("POST", "/stop/", body, **kind)
    assert 200 == status
    assert "Forethought has stopped" in page
    desk.ended()
    again = Running(tmp_path / "vault")
    again.ask("GET", urlsplit(again.link).path)
    assert 302 == again.send("/unlock/", passphrase=PASSPHRASE)[0]
    again.process.send_signal(signal.SIGINT)
    again.ended()


def hold_until_killed(desk: Running, words: str) -> list[str]:
    """Hold drafts one after the other until the desk is gone; return those that it said were held."""
    page = desk.ask("GET", "/check/")[1]
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    assert token
    kind = {"Content-Type": "application/x-www-form-urlencoded", "Origin": f"http://127.0.0.1:{desk.port}"}
    where = {"account": "personal", "audience": "public", "platform": "x", "role": "counsellor", "pictures": "0"}
    held: list[str] = []
    with suppress(OSError, http.client.HTTPException):
        while desk.process.poll() is None:
            text = f"{words} {len(held)}"
            fields = where | {"text": text, "do": "hold", "csrfmiddlewaretoken": token[1]}
            if desk.ask("POST", "/check/", urlencode(fields).encode(), **kind)[0] == 302:
                held.append(text)
    return held


def test_a_desk_that_is_killed_loses_nothing(tmp_path: Path) -> None:
    """Killed in the middle of its work, it has kept each draft that it said was held, and none in plain form."""
    folder, held, choice = tmp_path / "vault", [], random.Random(5)
    for life in range(6):
        desk = Running(folder)
        if life:
            desk.ask("GET", urlsplit(desk.link).path)
            assert 302 == desk.send("/unlock/", passphrase=PASSPHRASE)[0]
        else:
            desk.begin()
        threading.Timer(choice.uniform(0.3, 0.9), desk.process.kill).start()
        held += hold_until_killed(desk, f"Canary of life {life}, draft")
        assert "Canary" not in "".join(desk.ended())
    vault = Vault(folder)
    vault.unlock(PASSPHRASE)
    connection = database.connect(vault.database, vault.database_key())
    kept = {row[0] for row in connection.execute("SELECT text FROM desk_helddraft")}
    connection.close()
    assert [] == vault.check()
    vault.lock()
    assert len(held) > 20
    assert set() == set(held) - kept
    assert not [path for path in folder.rglob("*") if path.is_file() and b"Canary" in path.read_bytes()]


def test_a_port_that_is_taken(tmp_path: Path) -> None:
    """A port that something else has is explained in one line, with what to do."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run([*COMMAND, str(tmp_path), "--port", port], capture_output=True, text=True, check=False)
    assert 2 == done.returncode
    assert 1 == len(done.stderr.splitlines())
    assert "Leave out --port" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="folders have no such rights here")
def test_its_folder_is_for_its_owner_alone(desk: Running, tmp_path: Path) -> None:
    """The folder and everything in it can be read by nobody else."""
    desk.begin()
    folder = tmp_path / "vault"
    assert [] == [path for path in (folder, *folder.rglob("*")) if path.stat().st_mode & 0o077]
