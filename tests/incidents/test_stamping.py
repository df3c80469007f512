"""Timestamps: one request that carries what was shown, and no stamp believed that an authority did not give."""

import hashlib
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from http.server import BaseHTTPRequestHandler
from threading import Event
from typing import IO, Any

import pytest
from authority import PAST_LIFE, Answer, LocalAuthority, Served, saying, sequence, serving
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import MissingExtraError
from forethought.incidents.authorities import Authority, own
from forethought.incidents.stamping import Request, StampError, ask, prepared, stamped_text, verified

pytest.importorskip("rfc3161_client")
pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="the authority of these tests is openssl's")

KEPT = "The evidence is kept as before. You can try another authority."
TEXT = stamped_text("0f" * 16, 12, "ab" * 32)


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    """Return an authority with all kinds of signers."""
    made = LocalAuthority(tmp_path_factory.mktemp("authority"))
    made.issue("other", "Second signer")
    made.issue("past", "Signer of long ago", "signer", PAST_LIFE)
    made.issue("soft", "Signer by the way", "soft")
    made.issue("web", "Website", "web")
    made.issue("middle", "Between", "root")
    made.issue("far", "Signer of the one between", by="middle")
    return made


@pytest.fixture(scope="module")
def stranger(tmp_path_factory: pytest.TempPathFactory) -> LocalAuthority:
    """Return another authority, which calls itself the same."""
    return LocalAuthority(tmp_path_factory.mktemp("stranger"))


@pytest.fixture(scope="module")
def request_(local: LocalAuthority) -> Request:
    """Return a request that was prepared."""
    return prepared(TEXT)


@pytest.fixture(scope="module")
def token(local: LocalAuthority, request_: Request) -> bytes:
    """Return a true answer to it."""
    return local.reply(request_.body)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.fixture
def served(local: LocalAuthority) -> Iterator[Served]:
    """Serve the authority as it should be."""
    with serving(saying(local.reply)) as found:
        yield found


@pytest.fixture
def over() -> Iterator[Event]:
    """Return what tells a server that would go on for ever that the test is over."""
    event = Event()
    yield event
    event.set()


def refusal(answer: Answer, root: str, timeout: float = 10) -> tuple[str, Served]:
    """Return what a person is told when the authority answers so, and what it was asked."""
    with serving(answer) as found, pytest.raises(StampError) as told:
        ask(prepared(TEXT), own(found.address, root), timeout=timeout)
    return str(told.value), found


class TestWhatLeaves:
    def test_preparing_and_checking_open_no_socket(self, local: LocalAuthority, token: bytes) -> None:
        """Nothing is sent, nor any name looked up, by preparing and showing a request or by checking a stamp."""
        program = (
            "import sys, base64\n"
            "from forethought.incidents.stamping import prepared, stamped_text, verified\n"
            "from forethought.incidents.authorities import authorities\n"
            "def watch(event, details):\n"
            "    if event.startswith('socket.'): raise RuntimeError(event)\n"
            "sys.addaudithook(watch)\n"
            "authorities(), prepared(b'text').shown\n"
            f"print(verified({token!r}, {TEXT!r}, {local.root!r}))\n"
        )
        told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
        assert ("", True) == (told.stderr, bool(told.stdout))

    def test_one_request_leaves_and_it_is_the_one_shown(self, local: LocalAuthority, served: Served) -> None:
        """Asking sends one request, whose body is byte for byte what was shown."""
        wish = prepared(TEXT)
        ask(wish, own(served.address, local.root))
        [(line, _, body)] = served.requests
        assert ("POST /tsr HTTP/1.1", wish.body) == (line, body)
        assert body.hex() in wish.shown

    def test_the_headers_tell_nothing_more(self, local: LocalAuthority, served: Served) -> None:
        """The request's headers are those that the web needs, and name neither program nor system."""
        ask(prepared(TEXT), own(served.address, local.root))
        headers = {name.lower(): value for name, value in served.requests[0][1].items()}
        assert {
            "host": served.address.split("/")[2],
            "content-type": "application/timestamp-query",
            "content-length": "70",
            "user-agent": "",
            "accept-encoding": "identity",
            "connection": "close",
        } == headers | {"content-length": "70"}

    def test_the_body_is_a_hash_a_number_and_a_flag(self, local: LocalAuthority, request_: Request) -> None:
        """The body, put together anew from the hash, the number and the flag, is the same: nothing else is in it."""
        number = request_.nonce.to_bytes(request_.nonce.bit_length() // 8 + 1, "big")
        kind = bytes.fromhex("300d06096086480165030402010500")
        imprint = sequence(kind + b"\x04\x20" + hashlib.sha256(TEXT).digest())
        whole = sequence(b"\x02\x01\x01" + imprint + b"\x02" + bytes([len(number)]) + number + b"\x01\x01\xff")
        assert whole == request_.body

    def test_what_is_shown_names_the_hash_and_the_number(self, request_: Request) -> None:
        """A person can compare the hash shown with that of the three lines, by any tool."""
        assert hashlib.sha256(TEXT).hexdigest() in request_.shown
        assert f"{request_.nonce:x}" in request_.shown

    def test_each_request_has_its_own_number(self) -> None:
        """Two requests for the same text differ, so that an old answer cannot do for a new request."""
        assert 20 == len({prepared(TEXT).nonce for _ in range(20)})

    def test_the_text_is_three_plain_lines(self) -> None:
        """What is stamped is the file that is handed out with a head."""
        assert f"incident {'0f' * 16}\nevents 12\nhead {'ab' * 32}\n".encode() == TEXT


class TestTrueStamp:
    def test_it_is_confirmed_by_us_and_by_openssl(self, local: LocalAuthority, served: Served) -> None:
        """A true stamp holds by this program and by `openssl ts -verify` alike, from the files of a pack."""
        before = datetime.now(UTC).replace(microsecond=0)
        stamp = ask(prepared(TEXT), own(served.address, local.root))
        assert before <= stamp.at <= datetime.now(UTC)
        assert stamp.at == verified(stamp.token, TEXT, stamp.roots)
        assert local.confirms(stamp.token, TEXT, stamp.roots)

    def test_openssl_confirms_it_by_the_hash_alone(self, local: LocalAuthority, token: bytes) -> None:
        """The hash of the three lines is enough for openssl."""
        (local.folder / "s.tsr").write_bytes(token)
        words = ("-digest", hashlib.sha256(TEXT).hexdigest(), "-in", "s.tsr", "-CAfile", "root.pem")
        assert b"Verification: OK" in local.openssl("ts", "-verify", *words)

    def test_a_root_that_the_computer_trusts_will_do(
        self, local: LocalAuthority, served: Served, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """An authority without a root of its own is judged by the computer's list, and its root goes with the stamp."""
        monkeypatch.setenv("SSL_CERT_FILE", str(local.folder / "root.pem"))
        stamp = ask(prepared(TEXT), Authority("a", "A", served.address, "a test", date(2026, 11, 29)))
        assert local.root == stamp.roots

    def test_a_root_that_the_computer_does_not_know_will_not(self, served: Served) -> None:
        """An authority that the computer's list does not know is refused, with a way out."""
        with pytest.raises(StampError, match="Add it as your own, with its root certificate"):
            ask(prepared(TEXT), Authority("a", "A", served.address, "a test", date(2026, 11, 29)))

    def test_a_signer_below_another_certificate(self, local: LocalAuthority, request_: Request) -> None:
        """A signer that the root vouches for through another certificate is confirmed by us and by openssl."""
        token = local.reply(request_.body, "far")
        roots = own("https://example.org", (local.folder / "middle.pem").read_text() + local.root).root
        assert verified(token, TEXT, roots, request_.nonce)
        assert local.confirms(token, TEXT, roots)

    def test_a_stamp_outlives_its_signer(self, local: LocalAuthority, request_: Request) -> None:
        """A stamp from a time when the signer's certificate held is good still, as openssl says for that time too."""
        token = local.signed_by(request_.body, "past", year=b"2021")
        at = verified(token, TEXT, local.root)
        assert 2021 == at.year
        assert local.confirms(token, TEXT, local.root, "-attime", str(int(at.timestamp())))


class TestRefused:
    @pytest.mark.parametrize(
        ("signers", "why"),
        [
            (("past",), "no trusted authority"),
            (("soft",), "no trusted authority"),
            (("web",), "no trusted authority"),
            (("tsa", "other"), ""),
        ],
        ids=["expired when it signed", "timestamps not its sole purpose", "a website's certificate", "two signers"],
    )
    def test_by_a_signer_who_may_not(
        self, local: LocalAuthority, request_: Request, signers: tuple[str, ...], why: str
    ) -> None:
        """A token by a signer who may not stamp, or could not any more, or by two at once, is refused."""
        token = local.signed_by(request_.body, *signers)
        with pytest.raises(StampError, match=f"{why}.*{re.escape(KEPT)}"):
            verified(token, TEXT, local.root, request_.nonce)

    def test_the_same_way_of_making_it_is_accepted_from_the_signer(
        self, local: LocalAuthority, request_: Request
    ) -> None:
        """What is refused above is refused for its signers: made by the right one, it is accepted."""
        assert verified(local.signed_by(request_.body, "tsa"), TEXT, local.root, request_.nonce)

    def test_from_another_authority(self, local: LocalAuthority, stranger: LocalAuthority, request_: Request) -> None:
        """A token whose root has the right name but is another is refused."""
        with pytest.raises(StampError, match="no trusted authority"):
            verified(stranger.reply(request_.body), TEXT, local.root, request_.nonce)

    def test_for_another_text(self, local: LocalAuthority, token: bytes) -> None:
        """A token for one head does not do for another."""
        with pytest.raises(StampError, match="another text"):
            verified(token, stamped_text("0f" * 16, 13, "ab" * 32), local.root)

    def test_for_another_request(self, local: LocalAuthority) -> None:
        """A true token for the same text, but by an older request, is refused."""
        old = local.reply(prepared(TEXT).body)
        assert "another request" in refusal(saying(old), local.root)[0]

    def test_without_a_number(self, local: LocalAuthority, request_: Request) -> None:
        """A true token that does not repeat the request's number is refused."""
        (local.folder / "text").write_bytes(TEXT)
        local.openssl("ts", "-query", "-data", "text", "-sha256", "-no_nonce", "-cert", "-out", "plain.tsq")
        old = local.reply((local.folder / "plain.tsq").read_bytes())
        assert "another request" in refusal(saying(old), local.root)[0]

    def test_turned_down(self, local: LocalAuthority) -> None:
        """An authority that turns the request down leaves no stamp."""
        told, _ = refusal(saying(lambda query: local.reply(query, digests="sha512")), local.root)
        assert f"The authority did not grant the request as it was made. {KEPT}" == told

    def test_granted_with_changes(self, local: LocalAuthority, token: bytes) -> None:
        """A token that was granted otherwise than asked is refused."""
        with pytest.raises(StampError, match="did not grant"):
            verified(token[:8] + b"\x01" + token[9:], TEXT, local.root)

    def test_certificates_out_of_order(self, local: LocalAuthority, request_: Request) -> None:
        """An answer whose certificates are not in the order of the standard is refused in words, not by a crash."""
        token = local.reply(request_.body, "far", with_certificates="middle")
        first, second = sorted([der(local, "far"), der(local, "middle")])
        ordered = first + second
        assert verified(token.replace(second + first, ordered), TEXT, local.root, request_.nonce)
        with pytest.raises(StampError, match="not a timestamp"):
            verified(token.replace(ordered, second + first), TEXT, local.root, request_.nonce)

    def test_without_any_root(self, token: bytes) -> None:
        """With no root to lead to, no token holds."""
        with pytest.raises(StampError, match="no trusted authority"):
            verified(token, TEXT, "")

    def test_every_flipped_byte(self, local: LocalAuthority, token: bytes) -> None:
        """A token with any one byte changed is refused, or openssl takes it too and it says the very same time."""
        at = verified(token, TEXT, local.root)
        taken = []
        for place in range(len(token)):
            for bit in (0, 5):
                changed = token[:place] + bytes([token[place] ^ 1 << bit]) + token[place + 1 :]
                try:
                    assert at == verified(changed, TEXT, local.root)
                except StampError:
                    continue
                taken.append(place)
                assert local.confirms(changed, TEXT, local.root)
        assert len(set(taken)) < 20 < len(token)

    @given(st.data())
    def test_cut_short_or_made_longer(self, local: LocalAuthority, token: bytes, data: st.DataObject) -> None:
        """A token with its end missing, or with anything after it, is refused."""
        place = data.draw(st.integers(0, len(token) - 1))
        more = data.draw(st.binary(min_size=1, max_size=8))
        for changed in (token[:place], token + more):
            with pytest.raises(StampError):
                verified(changed, TEXT, local.root)

    @given(st.binary(max_size=300))
    def test_anything_at_all(self, local: LocalAuthority, content: bytes) -> None:
        """Bytes of any kind are refused in words."""
        with pytest.raises(StampError, match=re.escape(KEPT)):
            verified(content, TEXT, local.root)


def der(local: LocalAuthority, file: str) -> bytes:
    """Return a certificate as it stands in an answer."""
    return local.openssl("x509", "-in", f"{file}.pem", "-outform", "DER")


def elsewhere(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    """Send the asker to another address of the same server."""
    handler.send_response(302)
    handler.send_header("Location", "/elsewhere")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def broken(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    """Promise more than comes."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b"0\x82")


def endless(handler: BaseHTTPRequestHandler, _: bytes) -> None:
    """Answer without an end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        handler.wfile.write(bytes(100_000))


class TestTroubleOnTheWay:
    @pytest.mark.parametrize(
        ("answer", "why"),
        [
            (saying(b"<!doctype html><title>Sign in</title>", "text/html"), "not a timestamp"),
            (saying(b""), "not a timestamp"),
            (saying(bytes(10_000_000)), "far too long"),
            (endless, "far too long"),
            (elsewhere, "another address, which was not asked"),
            (lambda handler, _: handler.send_error(503), r"said no \(HTTP 503\)"),
            (lambda handler, _: handler.wfile.write(b"nonsense\r\n\r\n"), "could not be reached"),
            (lambda handler, _: None, "could not be reached"),
            (broken, "not a timestamp"),
        ],
        ids=[
            "a web page",
            "nothing",
            "10 MB",
            "without end",
            "sent on",
            "an error",
            "no web server",
            "hung up",
            "cut short",
        ],
    )
    def test_it_is_told_in_words(self, local: LocalAuthority, answer: Answer, why: str) -> None:
        """Whatever comes back instead of a stamp is told in words, after one request and no more."""
        told, found = refusal(answer, local.root)
        assert re.search(f"{why}.*{re.escape(KEPT)}$", told)
        assert 1 == len(found.requests)

    def test_a_true_answer_cut_short(self, local: LocalAuthority) -> None:
        """Half of a true answer is no stamp."""
        assert "not a timestamp" in refusal(saying(lambda query: local.reply(query)[:-40]), local.root)[0]

    @pytest.mark.parametrize("opening", [b"", b"HTTP/1.1 200 OK\r\nX: ", b"HTTP/1.1 200 OK\r\n\r\n0"])
    def test_a_server_that_hangs_or_trickles(self, local: LocalAuthority, over: Event, opening: bytes) -> None:
        """A server that says nothing, or a byte now and then for ever, is given up after the time allowed."""

        def answer(handler: BaseHTTPRequestHandler, _: bytes) -> None:
            handler.wfile.write(opening)
            while not over.wait(0.02):
                handler.wfile.write(b"0" * bool(opening))

        with serving(answer) as server, pytest.raises(StampError, match="took too long"):
            ask(prepared(TEXT), own(server.address, local.root), timeout=0.3)

    @pytest.mark.parametrize("place", ["127.0.0.1:{closed}", "127.0.0.1:99999", "tsa..example"])
    def test_nobody_there(self, local: LocalAuthority, place: str) -> None:
        """A closed door, or an address that cannot be, is told in words."""
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"http://{place.format(closed=free.getsockname()[1])}/"
        with pytest.raises(StampError, match="could not be reached"):
            ask(prepared(TEXT), own(address, local.root))

    @pytest.mark.parametrize(
        ("error", "why"), [(OSError("no network"), "could not be reached"), (TimeoutError(), "took too long")]
    )
    def test_another_sender(self, local: LocalAuthority, error: OSError, why: str) -> None:
        """What sends can be exchanged; it is called once, with the address and the bytes, and its errors are told."""
        sent = []

        def offline(question: Any, timeout: float) -> IO[bytes]:
            sent.append((question.full_url, question.data))
            raise error

        wish = prepared(TEXT)
        with pytest.raises(StampError, match=f"tsa.example {why}"):
            ask(wish, own("https://tsa.example/tsr", local.root), opener=offline)
        assert [("https://tsa.example/tsr", wish.body)] == sent


class TestWithoutTheExtra:
    def test_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the extra is missing, it is named, and what goes on without it."""
        monkeypatch.setitem(sys.modules, "rfc3161_client", None)
        with pytest.raises(MissingExtraError, match=r"forethought\[evidence\].*kept"):
            prepared(TEXT)
