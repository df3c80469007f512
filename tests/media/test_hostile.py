"""Files made to do harm: bombs, floods, pipes and odd names are cleaned or refused, in little time and memory."""

import json
import os
import signal
import struct
import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from canaries import copy_of, sings
from makers import epub, flac, gif, jpeg, matroska, mp3, ogg, pdf, png, wav, word
from makers.pictures import profile

from forethought.media import cleaning
from forethought.media.buffer import CannotCleanError, TooLargeError
from forethought.media.cleaning import NoRoomError, NotReadError, clean, look
from forethought.media.pictures import icc, xmp
from forethought.media.recognise import format_of, recognise

COMMAND = (str(Path(sys.executable).with_name("forethought")), "clean")
POSIX = pytest.mark.skipif(os.name != "posix", reason="the system has no such files or signals")


def refused(data: bytes) -> str:
    """Return why a file is refused."""
    with pytest.raises(CannotCleanError) as caught:
        gone_through(data)
    return caught.value.why


def gone_through(data: bytes) -> bytes:
    """Return the clean copy of a file that was looked at first."""
    form = recognise(data)
    list(form.traces(data))
    return copy_of(form, data)


def flood(size: int) -> bytes:
    """Return this many zeros, packed, without ever holding them."""
    packer, piece = zlib.compressobj(9), bytes(1 << 20)
    return b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()


def picture(*chunks: bytes) -> bytes:
    """Return a PNG with more chunks behind its header."""
    return png.plain()[:33] + b"".join(chunks) + png.plain()[33:]


def document(**parts: bytes) -> bytes:
    """Return a text with some parts put in place of its own, or beside them."""
    return archive(word.FILES["word"](), {name.replace("__", "/") + ".xml": text for name, text in parts.items()})


def archive(base: bytes, parts: dict[str, bytes]) -> bytes:
    """Return a package with some parts put in place of its own, or beside them."""
    with zipfile.ZipFile(BytesIO(base)) as held:
        every = {name: held.read(name) for name in held.namelist()} | parts
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, text in every.items():
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            made.writestr(zipfile.ZipInfo(name), text, kind)
    return out.getvalue()


def paper(*objects: bytes, keys: bytes = b"") -> bytes:
    """Return a PDF of one page, drawn by object 4; the objects are numbered from 4, and `keys` are more of the page."""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R%b>>" % keys
    every = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, *objects]
    body, places = b"%PDF-1.7\n", []
    for number, held in enumerate(every, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, held)
    table = b"".join(b"%010d 00000 n \n" % at for at in places)
    count, at = len(every) + 1, len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % count + table
    return body + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (count, at)


def stream(text: bytes, keys: bytes = b"") -> bytes:
    """Return a stream of a PDF."""
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (keys, len(text), text)


FLATE = b"/Filter/FlateDecode"
LAUGHS = b"<!DOCTYPE a [<!ENTITY a 'ha'>%b]><a>&j;</a>" % b"".join(
    b"<!ENTITY %c '%b'>" % (letter, b"&%c;" % (letter - 1) * 10) for letter in b"bcdefghij"
)
OUTSIDE = b"<!DOCTYPE a [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><a>&a;</a>"
DEEP = b"<a>" * 100_000 + b"</a>" * 100_000


class TestBombs:
    @pytest.mark.parametrize(
        ("kind", "head"), [(b"iTXt", b"a\0\1\0\0\0"), (b"zTXt", b"a\0\0"), (b"iCCP", b"a\0\0")], ids=str
    )
    def test_a_text_in_a_picture(self, kind: bytes, head: bytes) -> None:
        """A text or a profile in a PNG that unpacks to gigabytes is refused, and so are very many large ones."""
        assert "unpacks to more" in refused(picture(png.written(kind, head + flood(1 << 30))))
        many = [png.written(kind, head + flood(7 << 20))] * 101
        assert "more packed texts" in refused(picture(*many))

    @pytest.mark.parametrize(
        "content",
        [
            stream(flood(1 << 30), FLATE),
            stream(zlib.compress(flood(1 << 30)), b"/Filter[/FlateDecode/FlateDecode]"),
            stream(zlib.compress(b"0 0 m " * 4_000_000), FLATE),
        ],
        ids=["zeros", "packed twice", "operators"],
    )
    def test_a_stream_in_a_pdf(self, content: bytes) -> None:
        """A stream that unpacks to far more than it should is refused."""
        assert "unpacks to more" in refused(paper(content))

    def test_a_part_of_a_document(self) -> None:
        """A part of an office file that unpacks to far more than it should is refused."""
        assert "unpacks to far more" in refused(document(word__more=bytes(64 << 20)))

    @pytest.mark.parametrize("text", [LAUGHS, OUTSIDE, DEEP], ids=["laughs", "outside", "deep"])
    def test_xml(self, text: bytes) -> None:
        """XML that swells, fetches or nests without end is refused in an office file and in a book."""
        assert refused(document(word__document=text))
        assert refused(archive(epub.FILES["calibre"](), {"OEBPS/a.xhtml": text, "META-INF/container.xml": text}))

    def test_documents_in_documents(self) -> None:
        """Documents in documents in documents are not gone into without end."""
        data = word.FILES["word"]()
        for _ in range(12):
            data = archive(word.FILES["word"](), {"word/embeddings/a.docx": data})
        assert not sings(copy_of(recognise(data), data))

    def test_notes_that_do_not_end(self) -> None:
        """Very many beginnings of a note are gone through once, and what a style sheet ends with is taken out."""
        document_text = zipfile.ZipFile(BytesIO(word.FILES["word"]())).read("word/document.xml")
        assert refused(document(word__document=document_text + b"<?" * 500_000))
        from forethought.media.office.book import style
        from forethought.media.office.report import Report

        assert b"p{}" == style(b"p{}/* kestrel", "a.css", Report())

    def test_a_block_of_notes_again_and_again(self) -> None:
        """Attributes, notes and places by the thousand are refused, or read once."""
        many = b" ".join(b"a%d='1'" % number for number in range(20_000))
        assert "more elements" in refused(document(word__document=b"<a %b/>" % many))
        deep = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>%b</x:xmpmeta>" % DEEP
        assert len(list(xmp.traces(deep))) <= 501


class TestFloods:
    """Files of very many small things."""

    def flooded(self, data: bytes) -> None:
        """Check that a file is cleaned or refused in little time."""
        with suppress(CannotCleanError):
            gone_through(data)

    def test_of_filling(self) -> None:
        """A JPEG of nothing but the bytes that fill up markers is not read twice."""
        self.flooded(jpeg.plain()[:2] + b"\xff" * (20 << 20))

    def test_of_profiles(self) -> None:
        """Pieces of a profile are not joined beyond what a profile may have."""
        piece = b"\xff\xe2" + struct.pack(">H", 60_016) + b"ICC_PROFILE\0\1\1" + bytes(60_000)
        self.flooded(jpeg.plain()[:2] + piece * 1_000 + jpeg.plain()[2:])

    def test_of_blocks(self) -> None:
        """A GIF's comment of very many pieces is read as far as it is told."""
        self.flooded(gif.plain()[:-1] + b"!\xfe" + b"\1k" * 2_000_000 + b"\0;")

    def test_of_beginnings_of_sound(self) -> None:
        """Very many bytes that look like the beginning of sound are not each looked at for long."""
        self.flooded(mp3.plain() + b"\xff" * (10 << 20))
        self.flooded(mp3.plain() + b"\xff\xfb\x90\0" * (2 << 20))

    def test_of_chunks(self) -> None:
        """A WAV has no more chunks than a recording has."""
        chunks = b"junk\0\0\0\0" * 200_000
        assert "too many parts" in refused(b"RIFF" + struct.pack("<L", 4 + len(chunks)) + b"WAVE" + chunks)

    def test_of_elements(self) -> None:
        """A Matroska file has no more elements in one place than a film has."""
        head = matroska.FILES["editor"]()
        head = head[: head.index(b"\x18\x53\x80\x67") + 4]
        assert "too many parts" in refused(head + struct.pack(">Q", 1 << 56 | 5_000_000) + b"\xec\x80" * 2_500_000)

    def test_of_traces(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that gives away more things than can be told is refused."""
        monkeypatch.setattr(cleaning, "MOST_TRACES", 3)
        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        assert "more things than can be told" in look(tmp_path / "a.jpg").why


class TestHidden:
    """What damage uncovered that a copy still held."""

    def test_comments_that_go_on_in_the_sound(self) -> None:
        """Comments that are longer than their packet are refused, since the rest of them would pass for sound."""
        head, tags, *more = ogg.pages(7, [ogg.OPUS_HEAD], 0, 2) + ogg.pages(7, [b"OpusTags" + ogg.comments()])
        sizes = tags[27 : 27 + tags[26]]
        short = tags[:27] + bytes([sizes[0] - 5]) + sizes[1:] + tags[27 + tags[26] :]
        assert "comments" in refused(b"".join([head, short[:-5] if len(sizes) == 1 else short, *more]))

    def test_a_profile_that_does_not_say_its_colours(self) -> None:
        """A colour profile in a PDF is known by what it holds, also where its entry for its colours is missing."""
        profiled = stream(profile("kestrel screen"), b"/Alternate/DeviceRGB")
        data = paper(
            stream(b"/A cs 1 0 0 sc 0 0 9 9 re f"), profiled, keys=b"/Resources<</ColorSpace<</A[/ICCBased 5 0 R]>>>>"
        )
        assert sings(data)
        assert not sings(copy_of(format_of("pdf"), data))

    def test_words_that_draw_nothing(self) -> None:
        """A word among a page's operators that is none is told and taken out."""
        data = paper(stream(b"0 0 m kestrel-artwork 9 9 l S"))
        form = format_of("pdf")
        assert "kestrel-artwork" in [trace.value for trace in form.traces(data)]
        assert not sings(copy_of(form, data))

    def test_a_stream_packed_in_an_unknown_way(self) -> None:
        """A stream whose filter is not known is refused."""
        image = stream(b"ffd8ff", b"/Subtype/Image/Width 1/Height 1/Filter[(x)/DCTDecode]")
        data = paper(stream(b"/A Do"), image, keys=b"/Resources<</XObject<</A 5 0 R>>>>")
        assert "packed in a way" in refused(data)

    def test_numbers_that_run_into_words(self) -> None:
        """A tag of a profile is kept only as long as its numbers are, and not where it runs into words."""
        made = bytearray(profile("kestrel screen"))
        at = made.index(b"wtpt") + 8
        made[at : at + 4] = struct.pack(">L", 24)
        assert b"wtpt" in icc.plain(bytes(made))
        assert 20 == len(dict(icc._tags(icc.plain(bytes(made))))[b"wtpt"])

    def test_a_document_of_another_kind(self) -> None:
        """A main part that is neither text, workbook nor presentation is refused."""
        assert "main part" in refused(document(word__document=b"<Relationships/>"))


class TestPlaces:
    """Files that are none, and folders that cannot be written to."""

    @POSIX
    def test_a_pipe_and_a_device(self, tmp_path: Path) -> None:
        """A pipe or a device is not waited for."""
        os.mkfifo(tmp_path / "a.jpg")
        for path in (tmp_path / "a.jpg", Path("/dev/zero")):
            with pytest.raises(NotReadError, match="no plain file"):
                look(path)

    def test_a_folder(self, tmp_path: Path) -> None:
        """A folder in place of a file is named."""
        with pytest.raises(NotReadError):
            look(tmp_path)

    def test_a_file_that_vanishes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file that is gone after the look is told as one that cannot be read."""
        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        seen = look(tmp_path / "a.jpg")
        (tmp_path / "a.jpg").unlink()
        monkeypatch.setattr(cleaning, "look", lambda path: seen)
        with pytest.raises(NotReadError, match="cannot be read"):
            clean(tmp_path / "a.jpg", tmp_path / "out")

    def test_a_half_that_is_taken_away(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where a copy cannot be given its name, nothing of it is left."""

        def gone(source: object, target: object) -> None:
            raise FileNotFoundError(2, "No such file or directory")

        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        monkeypatch.setattr(cleaning.os, "replace", gone)
        with pytest.raises(NoRoomError):
            clean(tmp_path / "a.jpg", tmp_path / "out")
        assert [] == list((tmp_path / "out").iterdir())

    @POSIX
    def test_what_ended_processes_left(self, tmp_path: Path) -> None:
        """What an ended process had begun goes at the next run, and what a running one has begun stays."""
        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        running, ended = (tmp_path / f".forethought-{number}-a.part" for number in (os.getpid(), 1 << 30))
        running.touch()
        ended.touch()
        clean(tmp_path / "a.jpg", tmp_path)
        assert (True, False) == (running.exists(), ended.exists())


class TestCommand:
    """The command line, as a person runs it."""

    def test_several_at_once_into_one_folder(self, tmp_path: Path) -> None:
        """Several programs that write into one folder at once each give a copy of its own, and leave no half."""
        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        words = [*COMMAND, str(tmp_path / "a.jpg"), "--out", str(tmp_path / "out")]
        every = [subprocess.Popen(words, stdout=subprocess.DEVNULL) for _ in range(4)]
        assert [0] * 4 == [each.wait() for each in every]
        names = sorted(each.name for each in (tmp_path / "out").iterdir())
        assert ["picture-2.jpg", "picture-3.jpg", "picture-4.jpg", "picture.jpg"] == names

    @POSIX
    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["stop", "end"])
    def test_stopped_in_the_middle(self, tmp_path: Path, number: signal.Signals) -> None:
        """A program that is stopped while it writes leaves no half behind, at the latest after the next run."""
        sound, head = tmp_path / "a.wav", wav.plain()
        at, size = head.index(b"data"), 256 << 20
        with sound.open("wb") as file:
            file.write(head[:4] + struct.pack("<L", at + size) + head[8:at] + b"data" + struct.pack("<L", size))
            file.writelines([b"\1\2" * (1 << 19)] * 256)
        out = tmp_path / "out"
        words = [*COMMAND, str(sound), "--out", str(out)]
        program = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        while program.poll() is None and not list(out.glob(".forethought-*")):
            time.sleep(0.005)
        os.killpg(program.pid, number)
        _, complaint = program.communicate()
        (tmp_path / "a.jpg").write_bytes(jpeg.phone())
        for _ in range(40):  # until the system has noted that the process has ended
            clean(tmp_path / "a.jpg", out)
            if not (halves := list(out.glob(".forethought-*"))):
                break
            time.sleep(0.5)
        assert b"Traceback" not in complaint
        assert not halves

    @POSIX
    @pytest.mark.parametrize(
        "name", ["esc\x1b[31m\x1b]0;kestrel\x07.jpg", "line\nA clean copy is at x.jpg", "w\u202egpj.exe", "\udcff.jpg"]
    )
    def test_a_name_that_acts_on_the_terminal(self, tmp_path: Path, name: str) -> None:
        """A name with signs that act on a terminal, or that pretends to be a line of the answer, is shown harmless."""
        (tmp_path / name).write_bytes(jpeg.phone())
        for form in ("text", "json"):
            words = [*COMMAND, str(tmp_path / name), "--look", "--format", form]
            answer = subprocess.run(words, capture_output=True, check=True).stdout.decode()
            assert not {"\x1b", "\x07", "\u202e", "\udcff"} & set(answer)
            assert "A clean copy is at x.jpg" not in answer.splitlines()
            if form == "json":
                assert name == json.loads(answer)[0]["file"]

    @pytest.mark.parametrize(
        "make", [lambda: b"", lambda: pdf.FILES["word"]()[:900], lambda: b"PK\3\4", lambda: flac.FILES["tagged"]()[:99]]
    )
    def test_a_damaged_file(self, tmp_path: Path, make: Callable[[], bytes]) -> None:
        """A damaged file gives status 1, a reason, and nothing on the line for errors."""
        (tmp_path / "a.jpg").write_bytes(make())
        words = [*COMMAND, str(tmp_path / "a.jpg"), "--out", str(tmp_path / "out")]
        done = subprocess.run(words, capture_output=True, check=False)
        assert (1, b"") == (done.returncode, done.stderr)
        assert b"do not post it" in done.stdout
        assert not list(tmp_path.glob("out/*"))


def test_pictures_too_large() -> None:
    """A picture whose sides are the longest that its format can say is refused by its number of pixels."""
    side = struct.pack(">HH", 65_535, 65_535)
    at = jpeg.plain().index(b"\xff\xc0")
    moving = gif.plain()[:6] + struct.pack("<HH", 65_535, 65_535) + gif.plain()[10:]
    for data in (jpeg.plain()[: at + 5] + side + jpeg.plain()[at + 9 :], moving):
        with pytest.raises(TooLargeError, match="65,535 by 65,535 pixels"):
            list(recognise(data).doubts(data) if data[:3] != b"GIF" else recognise(data).traces(data))
