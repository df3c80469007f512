"""Zip archives, and web archives (WACZ 1.1.1, https://specs.webrecorder.net/wacz/1.1.1/) with their own hashes."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from typing import Any

from forethought.incidents.saying.model import FURTHER, Told, Value, listed
from forethought.incidents.saying.times import zoned
from forethought.media.buffer import Buffer
from forethought.media.held import Opened

MOST_JSON, MOST_HASHED, PIECE, MOST_FILES = 4 << 20, 1 << 30, 1 << 20, 10_000
LISTED, DIGEST = "datapackage.json", "datapackage-digest.json"
TOO_MUCH = "Its own hashes were not all checked, since it unpacks to more than is read here."
WRONG = "Its own hashes do not fit what is in it, so it was changed or damaged after it was made: "
SIGNED = "It carries a signature of whoever made it, which is not checked here."
NO_DIGEST = "It holds no hash of its own list of contents, so that list could have been changed."


def told(data: Buffer) -> Told:
    """Return what a zip archive holds, unpacking nothing."""
    with _opened(data) as archive:
        found = [each for each in archive.infolist() if not each.is_dir()]
        names = listed(each.filename for each in found[:50])
        return Told({"Files in it": len(found), "Names": names}, (), "\n".join(names))


def told_of_pages(data: Buffer) -> Told:
    """Return what a web archive says of itself, and whether its own hashes fit what is in it."""
    with _opened(data) as archive:
        package = _json(archive, LISTED)
        digest = _json(archive, DIGEST)
        state, remarks = _checked(archive, package, digest)
    values: dict[str, Value | None] = {
        "created": zoned(_word(package, "created")),
        "title": _word(package, "title"),
        "mainPageUrl": _word(package, "mainPageUrl") or _word(package, "mainPageURL"),
        "mainPageDate": zoned(_word(package, "mainPageDate")),
        "software": _word(package, "software"),
        "own hashes": state,
        "signed": "yes, not checked here" if "signedData" in digest else "no",
    }
    return Told(values, (*remarks, *((SIGNED,) if "signedData" in digest else ())))


def _opened(data: Buffer) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BufferedReader(Opened(data)))


def _json(archive: zipfile.ZipFile, name: str) -> dict[str, Any]:
    """Return an object in an archive; an empty one where there is none that can be read."""
    try:
        with archive.open(name) as file:
            found = json.loads(file.read(MOST_JSON))
    except (KeyError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _word(package: dict[str, Any], name: str) -> str:
    found = package.get(name)
    return found if isinstance(found, str) else ""


def _checked(archive: zipfile.ZipFile, package: dict[str, Any], digest: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    """Return in words how the hashes in an archive stand, and the remarks on that."""
    expected = dict(_expected(package, digest))
    sizes = {each.filename: each.file_size for each in archive.infolist()}
    if len(expected) > MOST_FILES or sum(sizes.get(name, 0) for name in expected) > MOST_HASHED:
        return "not checked", (TOO_MUCH,)
    wrong = [name for name, held in expected.items() if name not in sizes or _hash(archive, name) != held]
    state = f"{len(expected) - len(wrong)} of {len(expected)} fit" if expected else "none that can be read"
    remarks = [f"{WRONG}{', '.join(listed(wrong)[:5])}."] if wrong else []
    return state, tuple(remarks + ([] if digest else [NO_DIGEST]) + ([] if package else [FURTHER]))


def _expected(package: dict[str, Any], digest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the hash that each file should have, as the archive says itself."""
    resources = package.get("resources")
    for each in resources if isinstance(resources, list) else ():
        if isinstance(each, dict) and isinstance(each.get("path"), str) and isinstance(each.get("hash"), str):
            yield each["path"], each["hash"].removeprefix("sha256:").lower()
    if isinstance(digest.get("hash"), str):
        yield LISTED, digest["hash"].removeprefix("sha256:").lower()


def _hash(archive: zipfile.ZipFile, name: str) -> str:
    """Return the SHA-256 of a file in an archive; empty where it cannot be unpacked, or not to the size it tells."""
    found = hashlib.sha256()
    try:
        with archive.open(name) as file:
            while piece := file.read(PIECE):
                found.update(piece)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, OSError):
        return ""
    return found.hexdigest()
