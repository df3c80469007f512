"""A server on this device that answers ranges of hashes as the public one does, or as a hostile one might."""

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler, str], None]


@dataclass
class Served:
    """Where the server listens, and every request as it came: the line, the headers and the body's bytes."""

    address: str = ""
    requests: list[tuple[str, dict[str, str]]] = field(default_factory=list)


def hashed(password: str) -> str:
    """Return a password's SHA-1 as the protocol writes it."""
    return hashlib.sha1(password.encode()).hexdigest().upper()


def body(prefix: str, known: Iterable[str], lines: int = 800, padding: Iterable[str] = ()) -> bytes:
    """Return a padded answer: known passwords of the range counted 7, padding counted 0, and made-up ones."""
    real = [f"{hashed(each)[5:]}:7" for each in known if hashed(each).startswith(prefix)]
    zero = [f"{hashed(each)[5:]}:0" for each in padding if hashed(each).startswith(prefix)]
    made = [f"{hashed(f'{prefix} {at}')[5:]}:{at % 2}" for at in range(lines - len(real) - len(zero))]
    return "\r\n".join([*real, *zero, *made]).encode()


def sending(content: bytes, status: int = 200, **headers: str) -> Answer:
    """Return an answer that is always the same."""

    def answer(handler: BaseHTTPRequestHandler, _: str) -> None:
        handler.send_response(status)
        for name, value in ({"Content_Length": str(len(content))} | headers).items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(content)

    return answer


def knowing(*known: str, lines: int = 800, padding: Iterable[str] = ()) -> Answer:
    """Return the answer of the true service, which knows these passwords."""
    return lambda handler, prefix: sending(body(prefix, known, lines, padding))(handler, prefix)


@contextmanager
def serving(answer: Answer) -> Iterator[Served]:
    """Answer requests on this device until the end of the block."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.requests.append((self.requestline, {name.lower(): value for name, value in self.headers.items()}))
            try:
                answer(self, self.path.rpartition("/")[2])
            except ConnectionError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}/range/"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
