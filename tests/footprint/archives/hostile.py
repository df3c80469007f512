"""Makes zips and tar files as somebody does who means harm, and as a broken download leaves them."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

CONTENT = b'{"posts": [{"text": "Tea first."}]}'


def linked(name: str, target: str = "/etc/hostname", mode: int = 0o120777) -> zipfile.ZipInfo:
    """Return a zip's entry that is a link, or by its mode a device."""
    entry = zipfile.ZipInfo(name)
    entry.create_system, entry.external_attr = 3, mode << 16
    entry.comment = target.encode()
    return entry


def zip_of(path: Path, *entries: tuple[str | zipfile.ZipInfo, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of these entries, whose names may occur twice."""
    with zipfile.ZipFile(path, "w", method) as archive:
        for entry, content in entries:
            archive.writestr(entry, content)
    return path


def tar_of(path: Path, *entries: tuple[str, bytes, bytes], mode: str = "w:gz") -> Path:
    """Write a tar file of entries: each its name, its type and its content, or where a link leads."""
    with tarfile.open(path, mode) as archive:  # type: ignore[call-overload]
        for name, kind, content in entries:
            entry = tarfile.TarInfo(name)
            entry.type = kind
            if kind == tarfile.REGTYPE:
                entry.size = len(content)
            else:
                entry.linkname = content.decode()
            archive.addfile(entry, io.BytesIO(content))
    return path


def changed(path: Path, *changes: tuple[bytes, int, bytes]) -> Path:
    """Write bytes over those at an offset from each place where a signature stands."""
    content = bytearray(path.read_bytes())
    for signature, offset, new in changes:
        at = content.find(signature)
        assert at >= 0
        while at >= 0:
            content[at + offset : at + offset + len(new)] = new
            at = content.find(signature, at + 4)
    path.write_bytes(content)
    return path


LOCAL, LISTED = b"PK\x03\x04", b"PK\x01\x02"


def locked(path: Path) -> Path:
    """Mark every entry of a zip as locked with a password."""
    return changed(path, (LOCAL, 6, b"\x01\x00"), (LISTED, 8, b"\x01\x00"))


def packed_as(path: Path, method: int) -> Path:
    """Mark every entry of a zip as packed in some way."""
    return changed(path, (LOCAL, 8, struct.pack("<H", method)), (LISTED, 10, struct.pack("<H", method)))


def lying(path: Path, size: int) -> Path:
    """Let a zip say that each entry is of this size."""
    said = struct.pack("<L", size)
    return changed(path, (LOCAL, 22, said), (LISTED, 24, said))


def renamed(path: Path, names: Mapping[bytes, bytes]) -> Path:
    """Write other names of the same length into a zip or a tar file."""
    content = path.read_bytes()
    for old, new in names.items():
        assert len(old) == len(new)
        assert old in content
        content = content.replace(old, new)
    path.write_bytes(content)
    return path
