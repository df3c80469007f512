"""What the tests of packs share: a case without a vault, packs of it, and ways to look into and tamper with one."""

import io
import secrets
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import docx
import pypdf

from forethought.incidents.fields import Fields, observed, said
from forethought.incidents.ledger import Link, committed, start
from forethought.incidents.packs import Case, Kept, StampFile, build, choose, recipient

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
AT = "2026-11-03T09:30:00.000+00:00"
KEY = "0123456789abcdef" * 2


class Ledger:
    """A chain in memory, with what it commits to."""

    def __init__(self) -> None:
        self.links: list[tuple[Link, str]] = []
        self.kept: list[Kept] = []
        self.files: dict[str, bytes] = {}

    def put(self, what: str, fields: Fields, did: str = "added", record: str = "", at: str = AT) -> str:
        """Add an event and return its record's id."""
        record, salt, number = record or secrets.token_hex(16), secrets.token_hex(32), len(self.links) + 1
        previous = self.links[-1][1] if self.links else start(KEY)
        link = Link(KEY, number, previous, at, did, what, record, committed(salt, fields))
        self.links.append((link, link.hash))
        self.kept.append(Kept(number, did, what, record, salt, fields, at))
        return record

    def item(self, content: bytes, name: str = "shot.png", client: str = "no", **more: Any) -> str:
        """Add an item and return its record's id."""
        number = len(self.files) + 1
        seen = observed(number=number, length=len(content), sha256=sha256(content).hexdigest())
        record = self.put("item", said(kind="screenshot", name=name, client=client, **more) | seen)
        self.files[record] = content
        return record

    def case(self, stamps: tuple[StampFile, ...] = ()) -> Case:
        """Return what is kept so far as a case."""
        return Case(
            KEY, "Messages", tuple(self.links), tuple(self.kept), lambda record: chunks(self.files[record]), stamps
        )


def chunks(content: bytes, size: int = 1000) -> Iterator[bytes]:
    """Yield content as a vault would."""
    for at in range(0, len(content), size):
        yield content[at : at + size]


def small() -> Ledger:
    """A ledger with a record of each kind."""
    ledger = Ledger()
    ledger.put("incident", said(title="Messages after the workshop", about="It went on for a week", began="2026-10-20"))
    ledger.item(b"first \x00 picture" * 40, posted="2026-10-21T08:00", words="you will regret this", handle="@moth")
    ledger.item(
        b"second picture" * 30, name="caf\u00e9 \U0001f98b.JPG", words="nobody believes you", remark="seen at lunch"
    )
    ledger.put("account", said(handle="@moth", platform="other", who="a stranger", remark="lives in the next street"))
    ledger.put("witness", said(name="Rowan Elm", reach="14 Heron Lane", saw="the first message"))
    ledger.put("effect", said(words="I could not sleep", when="2026-10-22"))
    ledger.put("action", said(step="reported", to="the platform", reference="REF-77"))
    ledger.put("note", said(words="think about the group"))
    return ledger


def packed(case: Case, to: str = "police", **more: Any) -> bytes:
    """Return a whole pack."""
    return b"".join(build(case, choose(case, recipient(to), **more), NOW))


def members(pack: bytes) -> dict[str, bytes]:
    """Return what is in a pack."""
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def unpacked(pack: bytes, folder: Path) -> Path:
    """Unpack a pack as a recipient would."""
    with zipfile.ZipFile(io.BytesIO(pack)) as opened:
        opened.extractall(folder)
    return folder


def hashed_anew(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return a pack's files with hashes.txt and seal.txt as a forger would write them."""
    others = {name: content for name, content in files.items() if name not in ("hashes.txt", "seal.txt")}
    lines = "".join(f"{sha256(content).hexdigest()}  {name}\n" for name, content in others.items()).encode()
    return others | {"hashes.txt": lines, "seal.txt": f"{sha256(lines).hexdigest()}\n".encode()}


def written(files: Mapping[str, bytes], folder: Path) -> Path:
    """Write a pack's files into a new folder."""
    shutil.rmtree(folder, ignore_errors=True)
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def run_verifier(folder: Path, *words: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run the verifier that lies in a pack's folder as a stranger would, with nothing but Python."""
    program = [str(Path(sys.base_prefix) / "bin" / "python3"), "-I", "-S", str(folder / "verify.py"), *words]
    return subprocess.run(program, cwd=folder, env=env or {}, capture_output=True, text=True, check=False)


def all_words(files: Iterable[tuple[str, bytes]]) -> str:
    """Return everything that can be read in a pack, PDF and Word files opened."""
    found = []
    for name, content in files:
        if name.endswith(".pdf"):
            found += [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages]
        elif name.endswith(".docx"):
            found += [part.text for part in docx.Document(io.BytesIO(content)).paragraphs]
            found += [text.decode("utf-8", "replace") for text in members(content).values()]
        found.append(content.decode("utf-8", "replace"))
    return " ".join("\n".join(found).split())
