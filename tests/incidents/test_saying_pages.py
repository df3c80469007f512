"""What saved pages and web archives say of themselves."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from forethought.incidents.saying.archives import NO_DIGEST, SIGNED, TOO_MUCH, WRONG
from forethought.incidents.saying.model import FURTHER, Said
from forethought.incidents.saying.reading import said

PAGE = b"""<!DOCTYPE html>
<!-- saved from url=(0030)https://forum.example/thread/7 -->
<html><head><meta charset="utf-8"><title>Thread &amp; more</title>
<link rel="canonical" href="https://forum.example/t/7"><meta property="og:url" content="https://forum.example/o/7">
<meta property="article:published_time" content="2026-03-04T05:06:07+01:00"><meta name="author" content="quill">
<script>var hidden = "not words";</script></head>
<body><h1>Thread</h1><p>She is
a <b>fraud</b>.</p><img alt="A drawing"></body></html>"""


def values(found: Said) -> dict[str, object]:
    """Return the values of what was read, each by its name in the file."""
    return {name.removeprefix("file: "): each["value"] for name, each in found.fields.items()}


def archive(*, signed: bool = False, digest: bool = True, flip: bool = False, **package: object) -> bytes:
    """Return a web archive with one recording in it, which may be other than its hash says."""
    warc = b"WARC/1.1\r\nWARC-Type: warcinfo\r\n"
    listed = {"path": "archive/data.warc.gz", "hash": f"sha256:{hashlib.sha256(warc).hexdigest()}", "bytes": len(warc)}
    whole = json.dumps({"profile": "data-package", "wacz_version": "1.1.1", "resources": [listed], **package}).encode()
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as file:
        file.writestr("archive/data.warc.gz", warc[::-1] if flip else warc)
        file.writestr("datapackage.json", whole)
        if digest:
            told = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(whole).hexdigest()}"}
            file.writestr("datapackage-digest.json", json.dumps(told | ({"signedData": {}} if signed else {})))
    return held.getvalue()


class TestPage:
    def test_what_it_tells(self) -> None:
        """A saved page tells its title, the addresses and the time that it gives, and who wrote it."""
        assert values(said(PAGE, "thread.html")) == {
            "title": "Thread & more",
            "saved from url": "https://forum.example/thread/7",
            "canonical": "https://forum.example/t/7",
            "og:url": "https://forum.example/o/7",
            "article:published_time": "2026-03-04T05:06:07+01:00",
            "author": "quill",
        }

    def test_its_words(self) -> None:
        """The preview is what a reader sees, pictures' descriptions included, without scripts."""
        assert said(PAGE, "thread.html").preview == "Thread & more\nThread\nShe is a fraud.\nA drawing"

    def test_saved_by_an_extension(self) -> None:
        """The note of a common extension that saves pages is read: address and time."""
        url, day = "https://forum.example/7", "Wed Mar 04 2026 05:06:07 GMT+0100"
        note = (
            f"<!DOCTYPE html><html><!--\n Page saved with SingleFile \n url: {url} \n saved date: {day}\n-->".encode()
        )
        found = values(said(note, "x.html"))
        assert (url, day) == (found["saved from url"], found["saved date"])

    def test_a_time_without_a_zone(self) -> None:
        """A time that a page gives without its zone says so."""
        page = PAGE.replace(b"07+01:00", b"07")
        assert values(said(page, ""))["article:published_time"] == "2026-03-04T05:06:07, no time zone given"

    @pytest.mark.parametrize(
        "broken", [b"<html", b"<html><title>x", b"<html><!-- ", b"<html><p a='", b"<html>&#x110000;"]
    )
    def test_broken_pages(self, broken: bytes) -> None:
        """A page that breaks off is a page all the same, or text; nothing is raised."""
        assert said(broken, "x.html").kind in {"page", "message"}


class TestWebArchive:
    def test_what_it_tells(self) -> None:
        """A web archive tells its title, page, times and program, and that its own hashes fit."""
        package = {
            "title": "Thread",
            "created": "2026-03-04T05:06:07Z",
            "software": "recorder 1",
            "mainPageUrl": "https://forum.example/7",
            "mainPageDate": "2026-03-04T05:06:00Z",
        }
        found = said(archive(**package), "thread.wacz")
        assert ("page", "application/wacz", "wacz", ()) == (found.kind, found.media_type, found.suffix, found.remarks)
        assert values(found) == {**package, "own hashes": "2 of 2 fit", "signed": "no"}

    def test_a_changed_recording_is_named(self) -> None:
        """A file in it that does not fit its hash is counted and named."""
        found = said(archive(flip=True), "thread.wacz")
        assert values(found)["own hashes"] == "1 of 2 fit"
        assert (f"{WRONG}archive/data.warc.gz.",) == found.remarks

    def test_a_signature_is_told_and_not_judged(self) -> None:
        """A signed archive says that it is signed, and that the signature was not checked."""
        found = said(archive(signed=True), "thread.wacz")
        assert ("yes, not checked here", (SIGNED,)) == (values(found)["signed"], found.remarks)

    def test_without_a_digest(self) -> None:
        """An archive without a hash of its list says what that means."""
        found = said(archive(digest=False), "thread.wacz")
        assert ("1 of 1 fit", (NO_DIGEST,)) == (values(found)["own hashes"], found.remarks)

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """An archive that unpacks to more than is read is not checked, and says so."""
        monkeypatch.setattr("forethought.incidents.saying.archives.MOST_HASHED", 10)
        found = said(archive(), "thread.wacz")
        assert ("not checked", (TOO_MUCH,)) == (values(found)["own hashes"], found.remarks)

    @pytest.mark.parametrize("package", [{"resources": 7}, {"resources": [7, {"path": 1}]}, {"title": ["x"]}])
    def test_odd_lists(self, package: dict[str, object]) -> None:
        """A list of contents of another shape is read as far as it goes."""
        assert "page" == said(archive(**package), "x.wacz").kind

    @pytest.mark.parametrize("listed", [b"", b"{", b"[" * 100_000, b"[]", b"\xff"])
    def test_a_list_that_is_none(self, listed: bytes) -> None:
        """A list of contents that cannot be read gives a remark, and the rest is told."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as file:
            file.writestr("datapackage.json", listed)
        found = said(held.getvalue(), "x.wacz")
        assert (FURTHER in found.remarks, "none that can be read") == (True, values(found)["own hashes"])

    def test_larger_than_what_is_read_whole(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An archive that is mapped rather than read whole is checked the same way."""
        monkeypatch.setattr("forethought.media.buffer.HELD", 10)
        path = tmp_path / "thread.wacz"
        path.write_bytes(archive())
        assert values(said(path, "thread.wacz"))["own hashes"] == "2 of 2 fit"

    def test_half_a_sign(self) -> None:
        """A title with half a sign in it can be stored all the same."""
        found = said(archive(title="a\ud800b\0c"), "x.wacz")
        assert "a?bc" == values(found)["title"]


class TestZip:
    def test_names_alone(self) -> None:
        """A zip archive tells what is in it, unpacking nothing."""
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("chat.txt", bytes(1 << 20))
            file.writestr("photos/one.jpg", b"x")
        found = said(held.getvalue(), "chat.zip")
        assert ("other", "application/zip") == (found.kind, found.media_type)
        assert values(found) == {"Files in it": 2, "Names": ["chat.txt", "photos/one.jpg"]}
