"""Checks an evidence pack with Python's standard library alone: python3 verify.py [FOLDER or PACK.zip].

It looks at every byte of the zip file, every file against hashes.txt, the chain, the records and items against the
chain, and the timestamps where OpenSSL is installed. It writes nothing into the pack and unpacks nothing from it.
"""

# It lies in packs under the name verify.py and runs on Python 3.8 and later, so it uses nothing newer.
from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import IO, Any, NamedTuple

CHUNK = SMALL = 1 << 20  # bytes read at once, and the most that a head, a stamp or its certificates may have
LONGEST_LINE = 1 << 26  # bytes; no event or record comes near it
COMMENT = re.compile(rb"forethought pack sha256 ([0-9a-f]{64})\Z")
# A zip file's end record before its comment, and what stands before and after each member.
END, LOCAL, AFTER = map(struct.Struct, ("<4s4H2LH", "<4s5H3L2H", "<4s3L"))
TAIL = END.size + 88  # bytes
LIMIT = (1 << 31) - 1  # members over about this size have longer forms of both, which the hash of the whole covers
NAME = re.compile(r"(?:[A-Za-z0-9][A-Za-z0-9._-]*/)?[A-Za-z0-9][A-Za-z0-9._-]*")
HASHED = re.compile(rb"([0-9a-f]{64})  ([!-~]+)\n")
HEAD = re.compile(r"incident ([0-9a-f]{32})\nevents (\d{1,12})\nhead ([0-9a-f]{64})\n")
STAMP = re.compile(r"(stamps/\d+)(\.tsr|-roots\.pem|-head\.txt)")
EVENT = {"number": int, **dict.fromkeys("incident previous at did what record content hash".split(), str)}
RECORD = {"event": int, "fields": dict, "file": str, "salt": str}
ALWAYS = {"hashes.txt", "seal.txt", "chain.jsonl", "records.jsonl", "head.txt", "index.json"}
CHANGED = "it was changed"


class Fault(NamedTuple):
    """Something that does not hold: in which file or event, and what."""

    where: str
    what: str


class Report(NamedTuple):
    """What was found: faults, and remarks that are none; the pack's number, and how many events its chain has."""

    faults: list[Fault]
    notes: list[str]
    number: str
    events: int


class NoPackError(Exception):
    """There is no pack where one was to be checked."""


class Folder:
    """A pack that was unpacked into a folder."""

    def __init__(self, path: str, faults: list[Fault], notes: list[str]) -> None:
        self._path = path
        self.sizes: dict[str, int] = {}
        for folder, folders, files in os.walk(path):
            for name in [*files, *folders]:
                whole = os.path.join(folder, name)
                told = os.path.relpath(whole, path).replace(os.sep, "/")
                if os.path.islink(whole) or not (os.path.isfile(whole) or os.path.isdir(whole)):
                    faults.append(Fault(told, "it is a link or a device, which no pack has"))
                elif name in (".DS_Store", "Thumbs.db", "desktop.ini"):
                    notes.append(told + " is not part of the pack. Systems leave such files behind.")
                elif os.path.isfile(whole):
                    self.sizes[told] = os.path.getsize(whole)
        notes.append("A folder was checked. The zip file as it came can be checked as well, each byte of it.")

    def open(self, name: str) -> IO[bytes]:
        """Open a file of the pack."""
        return open(os.path.join(self._path, *name.split("/")), "rb")


class Zipped:
    """A pack as one zip file. Nothing in it is unpacked, and members that are compressed are not opened."""

    def __init__(self, path: str, faults: list[Fault], notes: list[str]) -> None:
        self.sizes: dict[str, int] = {}
        with open(path, "rb") as file:
            whole, members = _whole(file), []
            try:
                self._zip = zipfile.ZipFile(path)
                members = self._zip.infolist()
                whole = _end(file, len(members), self._zip.start_dir) and whole
            except Exception:  # a damaged list of members trips the reader up in many ways
                whole = False
            if not whole:
                faults.append(Fault("the zip file", "a byte of it was changed, or it is not the file that was made"))
            faults += _members(file, members)
        names = set()
        for each in members:
            alike = each.filename.lower().rstrip(".")  # what some systems take for the same name
            if alike in names or not NAME.fullmatch(each.filename):
                faults.append(Fault(each.filename, "its name is there twice, or is none that a pack has"))
            elif each.compress_type or each.flag_bits & 1 or each.compress_size != each.file_size:
                faults.append(Fault(each.filename, "it is compressed or encrypted, so it was not opened"))
            else:
                self.sizes[each.filename] = each.file_size
            names.add(alike)

    def open(self, name: str) -> IO[bytes]:
        """Open a member of the pack."""
        return self._zip.open(name)


def _whole(file: IO[bytes]) -> bool:
    """Say whether the comment of a zip file holds the hash of all that comes before its end record."""
    end, digest = max(file.seek(0, os.SEEK_END) - TAIL, 0), sha256()
    file.seek(0)
    for chunk in iter(lambda: file.read(min(CHUNK, end - file.tell())), b""):
        digest.update(chunk)
    found = COMMENT.search(file.read(TAIL))
    return bool(found and found[1] == digest.hexdigest().encode())


def _end(file: IO[bytes], count: int, start: int) -> bool:
    """Say whether the end record is as it has to be for so many members whose list starts there."""
    if file.seek(0, os.SEEK_END) < TAIL:
        return False
    size = file.seek(-TAIL, os.SEEK_END) - start
    if count > 0xFFFF or start > LIMIT or size > LIMIT:
        size -= 56 + 20  # the longer form of the record and what points to it
    few, long = min(count, 0xFFFF), (min(size, 0xFFFFFFFF), min(start, 0xFFFFFFFF))
    return file.read(END.size) == END.pack(b"PK\5\6", 0, 0, few, few, *long, TAIL - END.size)


def _members(file: IO[bytes], members: list[zipfile.ZipInfo]) -> Iterator[Fault]:
    """Yield the members around which something is not as it was made, or which do not follow on one another."""
    expected = 0
    for each in members:
        name, size = each.filename.encode("utf-8", "replace"), each.file_size
        if size * 1.05 > LIMIT:
            expected = each.header_offset + LOCAL.size + len(name) + 20 + size + AFTER.size + 8
            continue
        before = LOCAL.pack(b"PK\3\4", 20, 8, 0, 0, 33, 0, 0, 0, len(name), 0) + name
        after = AFTER.pack(b"PK\7\x08", each.CRC, size, size)
        if each.header_offset != expected or _at(file, expected, len(before)) != before:
            yield Fault(each.filename, "what stands before it in the zip file was changed")
        expected += len(before) + size + len(after)
        if _at(file, expected - len(after), len(after)) != after:
            yield Fault(each.filename, "what stands after it in the zip file, or its length, was changed")


def _at(file: IO[bytes], place: int, count: int) -> bytes:
    file.seek(min(place, 1 << 62))
    return file.read(count)


def canonical(value: Any) -> bytes:
    """Return a value as the chain writes it: JSON in UTF-8, keys sorted, no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8", "replace")


class Check:
    """One check of one pack: each step adds to the faults, and later steps use what earlier ones read."""

    def __init__(self, pack: Any, faults: list[Fault], notes: list[str]) -> None:
        self.pack, self.faults, self.notes = pack, faults, notes
        self._noted = set(faults)
        self.digests: dict[str, str] = {}
        self.contents: dict[int, str] = {}
        self.hashes: list[str] = []
        self.number, self.incident = "", ""

    def fault(self, where: str, what: str) -> None:
        """Note a fault, once."""
        if (where, what) not in self._noted:
            self._noted.add(Fault(where, what))
            self.faults.append(Fault(where, what))

    def files(self) -> None:
        """Check the seal, and every file against hashes.txt: none missing, none more, none twice."""
        self.digests = {name: self._digest(name) for name in sorted(self.pack.sizes)}
        self.number = self.digests.get("hashes.txt", "")
        if self.small("seal.txt") != self.number + "\n":
            for name in ("hashes.txt", "seal.txt"):
                self.fault(name, "seal.txt is not the SHA-256 of hashes.txt: one of the two was changed")
        told: dict[str, str] = {}
        for line, raw in self.lines("hashes.txt"):
            found = HASHED.fullmatch(raw)
            name = found[2].decode() if found else ""
            if not found or not NAME.fullmatch(name) or name in told:
                self.fault("hashes.txt", f"line {line} is not one that a pack has, or names a file again")
            else:
                told[name] = found[1].decode()
        for name in sorted(told.keys() | self.digests.keys() | ALWAYS):
            if name not in self.digests:
                self.fault(name, "it is missing")
            elif self.number and name not in told and name not in ("hashes.txt", "seal.txt"):
                self.fault(name, "it is not one of the files that hashes.txt names")
            elif self.digests[name] and told.get(name, self.digests[name]) != self.digests[name]:
                self.fault(name, CHANGED)

    def _digest(self, name: str) -> str:
        digest = sha256()
        try:
            with self.pack.open(name) as file:
                for chunk in iter(lambda: file.read(CHUNK), b""):
                    digest.update(chunk)
        except Exception:  # a damaged member trips the reader up in many ways
            self.fault(name, CHANGED + ", or cannot be read")
            return ""
        return digest.hexdigest()

    def lines(self, name: str) -> Iterator[tuple[int, bytes]]:
        """Yield the lines of a file with their numbers."""
        if self.digests.get(name):
            with self.pack.open(name) as file:
                yield from enumerate(iter(lambda: file.readline(LONGEST_LINE), b""), 1)

    def small(self, name: str) -> str:
        """Return the text of a small file, empty where there is none or it is large."""
        lines = self.lines(name) if self.pack.sizes.get(name, 0) <= SMALL else ()
        return b"".join(raw for _, raw in lines).decode("utf-8", "replace")

    def objects(self, name: str, keys: dict[str, type]) -> Iterator[dict[str, Any]]:
        """Yield what each line of a file holds, where it has these keys and is written in the one way there is."""
        for number, raw in self.lines(name):
            try:
                value = json.loads(raw.decode())
                fits = isinstance(value, dict) and {key: type(each) for key, each in value.items()} == keys
                if not fits or canonical(value) + b"\n" != raw:
                    raise ValueError
            except (ValueError, RecursionError):
                self.fault(name, f"line {number} was changed: it is not written as one of this file is")
            else:
                yield value

    def chain(self) -> None:
        """Check the chain: its numbers, what each event follows, and each event's own hash."""
        for event in self.objects("chain.jsonl", EVENT):
            kept, self.incident = event.pop("hash"), self.incident or event["incident"]
            where, number = f"event {event['number']}", len(self.hashes) + 1
            start = sha256(("forethought incident " + self.incident).encode("utf-8", "replace")).hexdigest()
            for fails, what in (
                (event["number"] != number, f"it stands where event {number} should: one was removed, moved or put in"),
                (event["previous"] != (self.hashes[-1] if self.hashes else start), "it does not follow the one before"),
                (event["incident"] != self.incident, "it belongs to another incident"),
                (sha256(canonical(event)).hexdigest() != kept, "it was changed after it was written"),
            ):
                if fails:
                    self.fault(where, what)
            self.contents.setdefault(event["number"], event["content"])
            self.hashes.append(kept)
        if (
            self.small("head.txt")
            != f"incident {self.incident}\nevents {len(self.hashes)}\nhead {''.join(self.hashes[-1:])}\n"
        ):
            self.fault("head.txt", "it is not the head of this chain: one of the two was changed or cut")

    def head(self, where: str, text: str) -> None:
        """Check that the chain leads through a head: its three lines, or its hash alone."""
        found = HEAD.fullmatch(text)
        packed = found[3] if found else "".join(text.split()).lower()
        kept = self.hashes[int(found[2]) - 1 : int(found[2])] if found else [packed]
        right = kept == [packed] and (not found or found[1] == self.incident)
        if not right or packed not in self.hashes:
            self.fault(where, "the chain does not lead through this head: it was written anew or cut since")

    def records(self) -> None:
        """Check that each record is what the chain commits to, and each item the file that its record tells of."""
        told = set()
        for record in self.objects("records.jsonl", RECORD):
            number, name, fields = record["event"], record["file"], record["fields"]
            committed = sha256(canonical({"fields": fields, "salt": record["salt"]})).hexdigest()
            if committed != self.contents.get(number):
                self.fault(f"event {number}", "its content in records.jsonl is not what the chain commits to")
            if name:
                told.add(name)
                seen = {"sha256": self.digests.get(name), "length": self.pack.sizes.get(name)}
                if any(fields.get(key) != {"from": "observed", "value": each} for key, each in seen.items()):
                    self.fault(name, f"it is not the item that event {number} tells of")
        for name in sorted(self.digests):
            if name.startswith(("originals/", "redacted/")) and name not in told:
                self.notes.append(name + " cannot be checked against the chain: its record is not given whole.")

    def stamps(self) -> None:
        """Check that each timestamp is over a head that the chain leads through, and is what OpenSSL takes for good."""
        for stamp in sorted({found[1] for found in map(STAMP.fullmatch, self.digests) if found}):
            names = [stamp + "-head.txt", stamp + ".tsr", stamp + "-roots.pem"]
            missing = [name for name in names if not self.digests.get(name) or not 0 < self.pack.sizes[name] <= SMALL]
            for name in missing:
                self.fault(name, "it is missing, cannot be read, is empty, or too large for its kind")
            if not missing:
                self.head(names[0], self.small(names[0]))
                self._ask_openssl(names)

    def _ask_openssl(self, names: list[str]) -> None:
        head, token, roots = names
        command = f"openssl ts -verify -data {head} -in {token} -CAfile {roots}"
        if not (program := shutil.which("openssl")):
            self.notes.append("OpenSSL is not installed, so a timestamp was not checked. Elsewhere: " + command)
            return
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                with self.pack.open(name) as file, open(os.path.join(folder, os.path.basename(name)), "wb") as copy:
                    shutil.copyfileobj(file, copy)
            said, when = _verified(program, folder, [os.path.basename(name) for name in names])
        if said:
            roots = " Its root certificates came with the pack: README.txt says what to compare them with."
            self.notes.append(token + ": OpenSSL finds the timestamp good. Its time (UTC): " + when + said + roots)
        else:
            self.fault(token, "OpenSSL does not find the timestamp good. Ask it yourself: " + command)


def _verified(program: str, folder: str, names: list[str]) -> tuple[str, str]:
    """Return what is to be said of a good timestamp, empty for one that is not good, and its time."""
    head, token, roots = names
    told = _run(program, folder, "-reply", "-text", "-in", token)
    # The last, since what an answer says of itself stands before it, and nobody signs that.
    times = re.findall(r"^Time stamp: (\w{3} +\d+ [\d:]{8})(?:\.\d+)? (\d{4}) GMT", told, re.M)
    when = " ".join(times[-1]) if times else ""
    verify = ("-verify", "-data", head, "-in", token, "-CAfile", roots)
    if "Verification: OK" in _run(program, folder, *verify):
        return ".", when
    then = datetime.strptime((when or "Jan 1 00:00:00 1970") + " +0000", "%b %d %H:%M:%S %Y %z")
    good = "Verification: OK" in _run(program, folder, *verify, "-attime", str(int(then.timestamp())))
    return ". A certificate has expired since; it was good then." if good else "", when


def _run(program: str, folder: str, *words: str) -> str:
    """Return what OpenSSL says, empty where it fails."""
    try:
        done = subprocess.run([program, "ts", *words], cwd=folder, timeout=60, check=True, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT)  # fmt: skip
        return done.stdout.decode("utf-8", "replace")
    except (OSError, subprocess.SubprocessError):
        return ""


def check(path: str, heads: Iterable[str] = (), number: str = "") -> Report:
    """Return what is found in the pack at `path`, a folder or a zip file.

    `heads` were told or printed earlier (a hash, or the three lines of a head), and `number` is the pack's number as
    the sender told it. Raises NoPackError and OSError.
    """
    faults: list[Fault] = []
    notes: list[str] = []
    pack = Folder(path, faults, notes) if os.path.isdir(path) else Zipped(path, faults, notes)
    if not faults and not {"hashes.txt", "chain.jsonl"} & pack.sizes.keys():
        raise NoPackError("there is no pack in " + path)
    found = Check(pack, faults, notes)
    for step in (found.files, found.chain, found.records, found.stamps):
        step()
    for head in heads:
        found.head("the head that was given", head)
    if number and "".join(number.split()).lower() != found.number:
        found.fault("the pack number", "it is not the one that was given: this is another pack, or was made anew")
    return Report(faults, notes, found.number, len(found.hashes))


def plain(text: str) -> str:
    """Return a text in which no sign acts on a screen."""
    return "".join(sign if sign.isprintable() else "?" for sign in text).encode("ascii", "backslashreplace").decode()


def _given(head: str) -> str:
    """Return a head as it was given: itself, or what is in a file of that name."""
    if os.path.isfile(head):
        with open(head, "rb") as file:
            return file.read(SMALL).decode("utf-8", "replace").replace("\r\n", "\n")
    return head


def main() -> int:
    """Check what the command line names, print what is found, and return 0, 1 or 2."""
    asked = argparse.ArgumentParser(description="Check an evidence pack.")
    asked.add_argument("pack", nargs="?", default=os.path.dirname(os.path.abspath(__file__)), help="folder or zip file")
    asked.add_argument("--head", action="append", default=[], help="a head that was told earlier, or a file with one")
    asked.add_argument("--number", default="", help="the pack number that the sender told")
    given = asked.parse_args()
    try:
        report = check(given.pack, map(_given, given.head), given.number)
    except (NoPackError, OSError) as error:
        print("Could not look: " + plain(str(error)))
        return 2
    told = [f"Note: {note}" for note in report.notes] + [f"FAULT: {each.where}: {each.what}" for each in report.faults]
    found = f"{len(report.faults)} faults." if report.faults else "No fault found."
    print(*map(plain, told), f"Pack number: {report.number}\n{found} {report.events} events in the chain.", sep="\n")
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(main())
