"""Timestamps by an outside authority (RFC 3161): shown before they are asked for, asked for once, and checked.

Only the hash of a chain's head leaves, and only when `ask` is called. A failure costs nothing but the stamp.
"""

import ssl
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from http.client import HTTPException
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, build_opener
from urllib.request import Request as WebRequest

from forethought.errors import ForethoughtError, MissingExtraError
from forethought.incidents.authorities import Authority
from forethought.incidents.ledger.head import Head

Opener = Callable[..., IO[bytes]]
TIMEOUT = 20.0  # seconds for everything, from looking up the name to the last byte
LARGEST = 64 * 1024  # bytes of an answer; one with a whole chain of certificates has about 8,000
QUERY = "application/timestamp-query"
KEPT = "The evidence is kept as before. You can try another authority."


class StampError(ForethoughtError):
    """A timestamp that was not got, or does not hold; nothing else is touched by it."""

    def __init__(self, problem: str) -> None:
        """Take what is wrong, as a sentence."""
        super().__init__(f"{problem} {KEPT}")


@dataclass(frozen=True, slots=True)
class Request:
    """What would be sent for a text: `body` holds the bytes, `nonce` the random number in them."""

    text: bytes
    body: bytes
    nonce: int

    @property
    def shown(self) -> str:
        """What leaves, in words and as bytes, to be read before anything is sent."""
        return (
            "This is all that would be sent, as one web request:\n"
            f"- a SHA-256 hash, from which nothing can be read back: {sha256(self.text).hexdigest()}\n"
            f"- a random number, so that an older answer cannot be passed off as this one: {self.nonce:x}\n"
            "- the wish to have the authority's certificates with the answer\n"
            f"All of it as it leaves, {len(self.body)} bytes: {self.body.hex()}\n"
            "Like every website, the authority also sees the network address that you connect from. Where its address "
            "begins with http: and not https:, whoever carries the request can see all of this, too."
        )


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp that was checked: who gave it, and the time (UTC) before which the text was there.

    `token` is the authority's whole answer (a .tsr file), `roots` the certificates, as PEM, that prove it:
    `openssl ts -verify -data head.txt -in stamp.tsr -CAfile roots.pem`.
    """

    authority: Authority
    at: datetime
    token: bytes
    roots: str


def stamped_text(incident_key: str, length: int, head: str) -> bytes:
    """Return the file of three lines whose hash is stamped: the incident, the number of its events, and the head."""
    return Head(incident_key, length, head).text.encode("ascii")


def prepared(text: bytes) -> Request:
    """Return what would be sent to have `text` stamped. Sends nothing. Raises MissingExtraError."""
    client = _client()
    query = client.TimestampRequestBuilder(data=text, hash_algorithm=client.HashAlgorithm.SHA256).build()
    return Request(text, query.as_bytes(), query.nonce)


def ask(request: Request, authority: Authority, opener: Opener | None = None, timeout: float = TIMEOUT) -> Stamp:
    """Send the request to the authority, once, and return its stamp after checking it.

    `opener` sends in place of the usual one; `timeout`, in seconds, is for everything. Raises StampError whatever goes
    wrong, and MissingExtraError.
    """
    token = _sent(request.body, authority.address, opener or build_opener(_Staying).open, timeout)
    roots = authority.root or _trusted_roots(token)
    return Stamp(authority, verified(token, request.text, roots, request.nonce), token, roots)


def verified(token: bytes, text: bytes, roots: str, nonce: int | None = None) -> datetime:
    """Return the time (UTC) before which `text` was there, as the token says and the roots (PEM) confirm.

    Certificates count as they stood at that time. Raises StampError for a token that is damaged, refused, for another
    text or request, or from somebody whom the roots do not vouch for; and MissingExtraError.
    """
    client = _client()
    answer = _read(token)
    with _whatever("The timestamp could not be read: it is damaged."):
        at: datetime = answer.tst_info.gen_time
        for_text = answer.tst_info.message_imprint.message == sha256(text).digest()
        for_request = nonce in (None, answer.tst_info.nonce)
    if not for_text:
        raise StampError("The timestamp is for another text: one of the two is not what it was.")
    if not for_request:
        raise StampError("The answer belongs to another request, so it may be an old one.")
    with _whatever("The timestamp does not hold: no trusted authority vouches for it, or it was changed."):
        client.VerifierBuilder(roots=_certificates(roots)).build().verify_message(answer, text)
    return at


def _client() -> Any:
    try:
        import rfc3161_client
    except ImportError as error:
        instead = "The evidence is kept, checked and handed over without them."
        raise MissingExtraError("timestamps", "evidence", instead) from error
    return rfc3161_client


@contextmanager
def _whatever(problem: str) -> Iterator[None]:
    """Say `problem` whatever is raised: the bytes are a stranger's, and may trip the readers up in any way."""
    try:
        yield
    except Exception as error:
        raise StampError(problem) from error


def _read(token: bytes) -> Any:
    """Return the answer that a token holds, where it grants what was asked."""
    with _whatever("What came back is not a timestamp. A network that wants you to sign in first can cause that."):
        answer = _client().decode_timestamp_response(token)
        status = answer.status
    if status:
        raise StampError("The authority did not grant the request as it was made.")
    return answer


def _certificates(pem: str) -> list[Any]:
    from cryptography import x509  # slow to import

    return list(x509.load_pem_x509_certificates(pem.encode()))


def _trusted_roots(token: bytes) -> str:
    """Return, as PEM, the roots of this computer's own list that issued a certificate of the token."""
    from cryptography import x509

    answer = _read(token)
    with _whatever("The timestamp could not be read: its certificates are damaged."):
        names = {x509.load_der_x509_certificate(der).issuer.public_bytes() for der in answer.signed_data.certificates}
    held = ssl.create_default_context().get_ca_certs(binary_form=True)
    # Found by its bytes: the list holds old certificates that a strict reader stumbles over.
    roots = [der for der in held if any(name in der for name in names)]
    if not roots:
        raise StampError(
            "This computer's list of trusted certificates does not know the authority, which may still be a good one. "
            "Add it as your own, with its root certificate."
        )
    return "".join(map(ssl.DER_cert_to_PEM_cert, roots))


class _Staying(HTTPRedirectHandler):
    """Goes nowhere else: what was shown and agreed to was one request to one address."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        """Follow nothing."""


def _sent(body: bytes, address: str, opener: Opener, timeout: float) -> bytes:
    """Return the answer's bytes, waiting from outside: looking up a name, or a trickle of bytes, has no limit."""
    told: SimpleQueue[bytes | StampError] = SimpleQueue()
    Thread(target=lambda: told.put(_answer(body, address, opener, timeout)), daemon=True).start()
    try:
        answer = told.get(timeout=timeout)
    except Empty:
        raise _slow(address) from None
    if isinstance(answer, StampError):
        raise answer
    return answer


def _answer(body: bytes, address: str, opener: Opener, timeout: float) -> bytes | StampError:
    """Return the answer's bytes, or what went wrong."""
    # No header names this program or its version: they are nobody's business.
    question = WebRequest(address, data=body, headers={"Content-Type": QUERY, "User-Agent": ""}, method="POST")
    try:
        with closing(opener(question, timeout=timeout)) as stream:
            answer = stream.read(LARGEST + 1)
    except TimeoutError:
        return _slow(address)
    except (OSError, HTTPException, ValueError) as error:
        return _unanswered(error, address)
    return answer if len(answer) <= LARGEST else StampError("The answer was far too long to be a timestamp.")


def _slow(address: str) -> StampError:
    return StampError(f"{urlsplit(address).hostname} took too long to answer.")


def _unanswered(error: Exception, address: str) -> StampError:
    """Return the error for a request that got no answer."""
    host = urlsplit(address).hostname
    if isinstance(error, HTTPError):
        error.close()
        moved = 300 <= error.code < 400
        where = "sent us on to another address, which was not asked" if moved else f"said no (HTTP {error.code})"
        return StampError(f"{host} {where}.")
    return StampError(f"{host} could not be reached. Check whether this computer is online.")
