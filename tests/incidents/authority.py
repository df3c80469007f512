"""A timestamp authority of the tests' own: certificates and stamps by openssl, answered on this device."""

import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ROOT_LIFE = ("20200101000000Z", "20491231235959Z")
SIGNER_LIFE = ("20250101000000Z", "20451231235959Z")
PAST_LIFE = ("20210101000000Z", "20220101000000Z")  # a signer whose certificate ran out
CONFIG = """
[ca]
default_ca = here
[here]
database = index.txt
new_certs_dir = .
rand_serial = yes
default_md = sha256
policy = names
unique_subject = no
[names]
commonName = supplied
[root]
basicConstraints = critical,CA:true
keyUsage = critical,keyCertSign
[signer]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,timeStamping
[soft]
keyUsage = critical,digitalSignature
extendedKeyUsage = timeStamping
[web]
keyUsage = critical,digitalSignature
extendedKeyUsage = critical,serverAuth
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
accuracy = secs:1
clock_precision_digits = 3
ess_cert_id_alg = sha256
"""


class LocalAuthority:
    """A root and its signer in a folder; `root` is the root certificate as PEM."""

    def __init__(self, folder: Path, name: str = "Root") -> None:
        folder.mkdir(exist_ok=True)
        self.folder = folder
        (folder / "openssl.cnf").write_text(CONFIG, encoding="ascii")
        (folder / "index.txt").touch()
        self.issue("root", name, "root", ROOT_LIFE, "-selfsign")
        self.root = (folder / "root.pem").read_text(encoding="ascii")
        self.issue("tsa", "Signer")

    def openssl(self, *words: str | Path) -> bytes:
        """Run openssl in the folder and return what it printed; a failure raises."""
        return subprocess.run(["openssl", *words], cwd=self.folder, capture_output=True, check=True).stdout

    def issue(
        self, file: str, name: str, kind: str = "signer", life: tuple[str, str] = SIGNER_LIFE, *more: str, by: str = ""
    ) -> None:
        """Make a key and a certificate for it, as FILE.key and FILE.pem, by the root unless another is named."""
        by = by or ("root" if kind != "root" or not more else file)
        curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
        self.openssl("req", *curve, "-keyout", f"{file}.key", "-out", f"{file}.csr", "-subj", f"/CN={name}")
        own = more or ("-cert", f"{by}.pem")
        span = ("-startdate", life[0], "-enddate", life[1])
        end = ("-keyfile", f"{by}.key", "-in", f"{file}.csr", "-out", f"{file}.pem", "-notext", "-batch")
        self.openssl("ca", "-config", "openssl.cnf", "-extensions", kind, *span, *own, *end)

    def reply(self, query: bytes, signer: str = "tsa", digests: str = "sha256", with_certificates: str = "") -> bytes:
        """Return the answer to a query by the signer, with the certificates of a further file where one is named."""
        (self.folder / "query.tsq").write_bytes(query)
        lines = [CONFIG, f"digests = {digests}"] + [f"certs = {with_certificates}.pem"] * bool(with_certificates)
        (self.folder / "reply.cnf").write_text("\n".join(lines), encoding="ascii")
        signed = ("-signer", f"{signer}.pem", "-inkey", f"{signer}.key")
        files = ("-queryfile", "query.tsq", "-out", "reply.tsr")
        self.openssl("ts", "-reply", "-config", "reply.cnf", "-section", "tsa", *signed, *files)
        return (self.folder / "reply.tsr").read_bytes()

    def signed_by(self, query: bytes, *signers: str, year: bytes = b"") -> bytes:
        """Return an answer that openssl would not give itself: by any signers, and as if in another year."""
        (self.folder / "true.tsr").write_bytes(self.reply(query))
        self.openssl("ts", "-reply", "-in", "true.tsr", "-out", "true.tst", "-token_out")
        self.openssl("cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-in", "true.tst", "-out", "info.der")
        info = (self.folder / "info.der").read_bytes()
        if year:
            info = re.sub(rb"(\x18[\x0f-\x13])20\d\d", rb"\g<1>" + year, info, count=1)
            (self.folder / "info.der").write_bytes(info)
        who = [word for name in signers for word in ("-signer", f"{name}.pem", "-inkey", f"{name}.key")]
        shape = ("-binary", "-nodetach", "-cades", "-outform", "DER", "-econtent_type", "id-smime-ct-TSTInfo")
        token = self.openssl("cms", "-sign", *shape, "-in", "info.der", *who)
        return sequence(sequence(b"\x02\x01\x00") + token)

    def confirms(self, token: bytes, text: bytes, roots: str, *more: str) -> bool:
        """Say whether `openssl ts -verify` takes the token for the text."""
        for name, content in {"head.txt": text, "stamp.tsr": token, "roots.pem": roots.encode()}.items():
            (self.folder / name).write_bytes(content)
        words = ("-data", "head.txt", "-in", "stamp.tsr", "-CAfile", "roots.pem", *more)
        return not subprocess.run(
            ["openssl", "ts", "-verify", *words], cwd=self.folder, capture_output=True, check=False
        ).returncode


def sequence(content: bytes) -> bytes:
    """Return a SEQUENCE as DER writes it."""
    size = len(content).to_bytes(3, "big").lstrip(b"\x00")
    return b"\x30" + (size if len(content) < 128 else bytes([128 + len(size)]) + size) + content


@dataclass
class Served:
    """Where the authority is to be found, and each request that it got: its first line, headers and body."""

    address: str = ""
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


Answer = Callable[[BaseHTTPRequestHandler, bytes], None]


def saying(content: bytes | Callable[[bytes], bytes], kind: str = "application/timestamp-reply") -> Answer:
    """Return an answer of the usual form."""

    def answer(handler: BaseHTTPRequestHandler, query: bytes) -> None:
        told = content if isinstance(content, bytes) else content(query)
        handler.send_response(200)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(told)))
        handler.end_headers()
        handler.wfile.write(told)

    return answer


@contextmanager
def serving(answer: Answer) -> Iterator[Served]:
    """Answer requests on this device as `answer` does, until the end of the block."""
    served = Served()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            served.requests.append((self.requestline, dict(self.headers), body))
            try:
                answer(self, body)
            except ConnectionError:
                self.close_connection = True

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.address = f"http://127.0.0.1:{server.server_port}/tsr"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
