"""The look-up of breaches: five characters leave after a yes and nothing else, and no doubt ever reads as good."""

import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import IO, Any

import pytest
from ranges import Answer, Served, body, hashed, knowing, sending, serving

from forethought.accounts.passwords import breach
from forethought.accounts.passwords.assess import assess
from forethought.accounts.passwords.breach import HEADERS, LARGEST, Consent, Look, check, ranges, shown
from forethought.accounts.passwords.errors import NoConsentError
from forethought.accounts.passwords.login import Login
from forethought.accounts.passwords.telling import document, record
from forethought.documents.markdown import markdown
from forethought.guidance import load

GOOD, BAD = "Vq7#mWz2!rTk9pLx", "summer99"


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def over() -> Iterator[Event]:
    """Return what tells a server that would go on for ever that the test is over."""
    event = Event()
    yield event
    event.set()


def logins(*passwords: str) -> list[Login]:
    """Return a login for each password."""
    return [Login(f"Title {at}", "a.example", "jo", each) for at, each in enumerate(passwords)]


def looked(answer: Answer, *passwords: str, **more: Any) -> tuple[tuple[Look, ...], Served]:
    """Return what a server's answers come to, and what it was asked."""
    given = logins(*passwords)
    with serving(answer) as served:
        consent = Consent(shown(len(ranges(given)), served.address))
        return check(given, consent, address=served.address, **more), served


class TestWhatLeaves:
    def test_five_characters_and_the_padding_header(self) -> None:
        """The server's log holds, for each range, five hexadecimal characters, the padding header and no more."""
        passwords = (GOOD, BAD, "密碼 пароль", "x" * 300)
        _, served = looked(knowing(BAD), *passwords)
        lines = [line for line, _ in served.requests]
        assert all(re.fullmatch(r"GET /range/[0-9A-F]{5} HTTP/1\.1", line) for line in lines)
        assert {hashed(each)[:5] for each in passwords} == {line.split("/")[2][:5] for line in lines}
        host = served.address.split("/")[2]
        usual = {"host": host, "accept-encoding": "identity", "connection": "close"}
        ours = {name.lower(): value for name, value in HEADERS.items()}
        assert [usual | ours] * 4 == [headers for _, headers in served.requests]
        assert "true" == served.requests[0][1]["add-padding"]

    def test_nothing_of_a_password_site_or_user(self) -> None:
        """Neither a password, the rest of its hash, the site nor the user stands in anything that was sent."""
        _, served = looked(knowing(), BAD)
        sent = repr(served.requests)
        assert not any(word in sent for word in (BAD, hashed(BAD)[5:], hashed(BAD)[:6], "a.example", "Title"))

    def test_equal_ranges_are_asked_for_once(self) -> None:
        """Reused passwords send one request, in an order that is not the export's."""
        found, served = looked(knowing(BAD), BAD, GOOD, BAD, BAD)
        prefixes = [line.split("/")[2][:5] for line, _ in served.requests]
        assert (sorted({hashed(BAD)[:5], hashed(GOOD)[:5]}), 4) == (prefixes, len(found))

    def test_what_is_shown_says_all_of_it(self) -> None:
        """The words to read before a yes name how many requests, to whom, and each part of one."""
        told = shown(12)
        parts = ("12 web requests", "api.pwnedpasswords.com", "five hexadecimal", *HEADERS, "network address")
        assert all(part in told for part in parts)


class TestConsent:
    @pytest.mark.parametrize("consent", [None, Consent(""), Consent(shown(2)), Consent(shown(1), used=True)])
    def test_without_a_yes_no_socket_opens(self, consent: Consent | None) -> None:
        """No yes, a yes to other words or to another number, and a yes used before: nothing is opened at all."""

        def opened(*_: Any, **__: Any) -> IO[bytes]:
            raise AssertionError("opened")

        with pytest.raises(NoConsentError):
            check(logins(BAD), consent, opener=opened)

    def test_no_socket_in_a_whole_check(self) -> None:
        """Reading, weighing and preparing the look-up open no socket, nor does a look-up without a yes."""
        program = (
            "import sys\n"
            "from datetime import date\n"
            "from forethought.accounts.passwords import assess, breach, reading, telling\n"
            "from forethought.accounts.passwords.errors import NoConsentError\n"
            "def watch(event, details):\n"
            "    if event.startswith('socket.'): raise SystemExit(event)\n"
            "sys.addaudithook(watch)\n"
            "logins = reading.read_content(bytearray(b'name,url,username,password\\nA,a,jo,pw\\n'), 'x').logins\n"
            "assess.assess(logins, set(), date(2026, 1, 1), bytes(32))\n"
            "breach.shown(len(breach.ranges(logins)))\n"
            "try: breach.check(logins)\n"
            "except NoConsentError: print('refused')\n"
        )
        told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert ("refused\n", "") == (told.stdout, told.stderr)

    def test_a_yes_is_for_one_run(self) -> None:
        """The same consent does not do for a second run."""
        with serving(knowing()) as served:
            consent = Consent(shown(1, served.address))
            check(logins(GOOD), consent, address=served.address)
            with pytest.raises(NoConsentError):
                check(logins(GOOD), consent, address=served.address)
        assert 1 == len(served.requests)


class TestAnswers:
    def test_found_and_not_found(self) -> None:
        """A known password is found with its count; another is not in the list."""
        found, _ = looked(knowing(BAD), BAD, GOOD)
        assert [("found", 7), ("not found", 0)] == [(look.state, look.times) for look in found]

    def test_padding_is_not_a_breach(self) -> None:
        """A line counted 0 is padding, even where it is the very hash."""
        assert "not found" == looked(knowing(padding=[GOOD]), GOOD)[0][0].state

    def test_an_answer_with_too_few_lines(self) -> None:
        """An answer shorter than a padded one shows what it holds, but is no proof of what it lacks."""
        found, _ = looked(knowing(BAD, lines=300), BAD, GOOD)
        assert ["found", "could not check"] == [look.state for look in found]

    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (sending(b"<!doctype html><title>Sign in</title>"), "not a list"),
            (sending(b""), "not a list"),
            (sending(b"\xff" * 5_000), "not a list"),
            (lambda handler, prefix: sending(body(prefix, [])[:-3] + b"x:")(handler, prefix), "not a list"),
            (lambda handler, prefix: sending(body(prefix, []).replace(b":", b"0:"))(handler, prefix), "not a list"),
            (
                lambda handler, prefix: sending(body(prefix, []) + b"\r\n" + b"A" * 35 + b":-1")(handler, prefix),
                "not a list",
            ),
            (
                lambda handler, prefix: sending(body(prefix, []), Content_Length="99999")(handler, prefix),
                "cut off|broke off",
            ),
            (sending(b"0" * (LARGEST + 1)), "far too long"),
            (sending(b"", 302, Location="/elsewhere"), "another address"),
            (sending(b"", 403), "HTTP 403"),
            (sending(b"", 503), "HTTP 503"),
            (sending(b"", 429, Retry_After="3600"), "HTTP 429"),
            (sending(b"", 429, Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), "HTTP 429"),
            (lambda handler, _: handler.wfile.write(b"nonsense\r\n\r\n"), "could not be reached"),
            (lambda handler, _: None, "could not be reached"),
        ],
    )
    def test_wrong_and_hostile_answers(self, answer: Answer, why: str) -> None:
        """Whatever comes back instead of a whole list is told, once asked, and never reads as good."""
        [look], served = looked(answer, GOOD)
        assert "could not check" == look.state
        assert re.search(why, look.why)
        assert 1 == len(served.requests)

    def test_a_hundred_megabytes(self) -> None:
        """An answer without end is left after a quarter of a megabyte."""
        sent = []

        def endless(handler: BaseHTTPRequestHandler, _: str) -> None:
            handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
            for _ in range(1_000):
                handler.wfile.write(b"0" * 100_000)
                sent.append(100_000)

        [look], _ = looked(endless, GOOD)
        assert ("could not check", True) == (look.state, sum(sent) < 100_000_000)

    @pytest.mark.parametrize("opening", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n0"])
    def test_slow_and_trickling(self, over: Event, opening: bytes) -> None:
        """A server that says nothing, or a byte now and then for ever, is given up after the time allowed."""

        def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
            handler.wfile.write(opening)
            while not over.wait(0.02):
                handler.wfile.write(b"0" * bool(opening))

        given = logins(GOOD)
        with serving(answer) as served:
            [look] = check(given, Consent(shown(1, served.address)), address=served.address, timeout=0.3)
            over.set()
        assert ("could not check", "the service took too long to answer") == (look.state, look.why)

    @pytest.mark.parametrize("status", [429, 503])
    def test_asked_to_wait_a_little(self, status: int) -> None:
        """Asked to wait for a few seconds, we wait that long and ask once more."""
        waits: list[float] = []

        def busy_once(handler: BaseHTTPRequestHandler, prefix: str) -> None:
            (sending(b"", status, Retry_After="2") if not waits else knowing(BAD))(handler, prefix)

        [look], served = looked(busy_once, BAD, sleep=waits.append)
        assert ("found", [2.0], 2) == (look.state, waits, len(served.requests))

    def test_all_of_it_has_an_end(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Once the time for all answers is up, no more are asked for, and the rest is said to be unchecked."""
        monkeypatch.setattr(breach, "MOST_TIME", 0.0)
        [look], served = looked(knowing(BAD), BAD)
        assert ("could not check", []) == (look.state, served.requests)
        assert "so slowly" in look.why

    @pytest.mark.parametrize("password", ["Herons", "herons.example"])
    def test_no_name_that_holds_the_password(self, password: str) -> None:
        """An account is named by what does not hold its password, and else by neither name."""
        given = [Login("Herons, herons.example", "herons.example", "jo", password)]
        with serving(knowing(password)) as served:
            [look] = check(given, Consent(shown(1, served.address)), address=served.address)
        assert ("found", False) == (look.state, password in look.title)

    def test_it_gives_up_after_a_few(self) -> None:
        """Where the service is away, only the first few are asked for, and all are said to be unchecked."""
        passwords = [f"{GOOD}{at}" for at in range(40)]
        found, served = looked(sending(b"", 503), *passwords)
        assert ({"could not check"}, 3) == ({look.state for look in found}, len(served.requests))

    def test_offline(self) -> None:
        """Without a network every login is unchecked, and the document says so and calls none good."""

        def offline(*_: Any, **__: Any) -> IO[bytes]:
            raise OSError("no network")

        given = logins(GOOD, BAD)
        looks = check(given, Consent(shown(2)), opener=offline)
        report = assess(given, set(), date(2026, 11, 29), bytes(32))
        told = markdown(document(report, date(2026, 11, 29), load(), looks=looks))
        assert ["could not check"] * 2 == [
            each["state"] for each in record(report, date.today(), looks=looks)["breaches"]
        ]
        assert "nothing is known about them" in told

    def test_it_is_told_with_titles(self) -> None:
        """A document names the accounts whose password is known, and says what the rest does not show."""
        given = logins(GOOD, BAD)
        with serving(knowing(BAD)) as served:
            looks = check(given, Consent(shown(2, served.address)), address=served.address)
        report = assess(given, set(), date(2026, 11, 29), bytes(32))
        told = markdown(document(report, date(2026, 11, 29), load(), looks=looks))
        assert "Title 1" in told.partition("Change these passwords")[2]
        assert "does not show that it is strong" in told
