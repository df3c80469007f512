"""What the tests of office files and books share: what lies in a package, and what is told of it."""

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from canaries import CANARY, copy_of, sings, stretches

from forethought.media.buffer import CannotCleanError
from forethought.media.format import Format

AS_NUMBERS = {"kestrel-makernote"}  # told as the numbers of its bytes
WIDE = re.compile(rb"(?:[\w-]\0){6,}")
WORD = re.compile(rf"{CANARY}[\w-]*".encode())


def inside(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def canaries(data: bytes) -> set[str]:
    """Return every canary word that a package holds, in its parts and their names, wide letters too."""
    found = set()
    for stretch in stretches(data):
        wide = [run.replace(b"\0", b"") for run in WIDE.findall(stretch)]
        for text in (stretch, *wide):
            found |= {word.decode() for word in WORD.findall(text)}
    return found


def told(form: Format, data: bytes) -> str:
    """Return all that is told of a file, in one text."""
    return "\n".join(f"{trace.kind} {trace.where}: {trace.value}" for trace in form.traces(data))


def check_told(form: Format, data: bytes) -> None:
    """Check that every canary that a package holds is among what is told of it."""
    said = told(form, data)
    assert set() == {each for each in canaries(data) if each not in said} - AS_NUMBERS


def check_gone(form: Format, data: bytes) -> None:
    """Check that no canary is left in the copy, and that neither reader finds anything in it."""
    copy = copy_of(form, data)
    assert not sings(copy)
    assert [] == [*form.traces(copy), *form.doubts(copy)]


def printed(data: bytes, suffix: str, folder: Path) -> bytes:
    """Return the PDF that LibreOffice makes of a file, under a profile of its own; skip where it is not installed."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("LibreOffice is not installed")
    (folder / f"a.{suffix}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", "pdf", "--outdir", folder, folder / f"a.{suffix}"]
    subprocess.run(command, check=True, timeout=120, capture_output=True)
    return (folder / "a.pdf").read_bytes()


def changed_anywhere(form: Format, data: bytes) -> Iterator[str]:
    """Clean what may be damaged; yield what is found in the copy, where there is one."""
    try:
        copy = copy_of(form, data)
        list(form.traces(data))
        list(form.shown(data))
    except CannotCleanError:
        return
    try:
        list(form.doubts(copy))
    except CannotCleanError:
        return
    yield from (trace.where for trace in form.traces(copy))
