"""Redacted copies: nothing is left of what was covered, and what cannot be covered is said."""

import hashlib
import re
import unicodedata
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from forethought.incidents.covering import (
    BLOCK,
    NotCoverableError,
    NotCoveredError,
    NoWordsError,
    covered_picture,
    covered_text,
    page_as_text,
)
from forethought.media.seeing.regions import Box

LETTERS = st.text(alphabet="abAB \n\t'’\"“-–ßéeİ\u0301\u200bﬁ￼[]", max_size=40)


def compared(text: str) -> str:
    """Return a text as the covering claims to compare it, written anew for the tests."""
    for signs, plain in (("‘’‚‛′‹›`´", "'"), ("“”„‟″«»", '"'), ("‐‑‒–—―−", "-")):
        text = re.sub(f"[{signs}]", plain, text)
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    seen = "".join(each for each in text if unicodedata.category(each) not in ("Mn", "Me", "Cf"))
    return " ".join(seen.split())


class TestText:
    @pytest.mark.parametrize(
        ("text", "phrase", "copy"),
        [
            ("Ask Zoë Quill about it.", "zoë quill", "Ask [covered] about it."),
            ("Ask ZOE\n   QUILL about it.", "Zoë Quill", "Ask [covered] about it."),
            ("Ask Zoe\u0308 Quill", "Zoe Quill", "Ask [covered]"),
            ("Zo\u200be", "Zoe", "[covered]"),
            ("She said “no” twice", 'said "no"', "She [covered] twice"),
            ("It's O’Neil's", "O'Neil", "It's [covered]'s"),
            ("Quill–Smith", "quill-smith", "[covered]"),
            ("STRASSE 5", "Straße", "[covered] 5"),
            ("Straße 5", "as", "Str[covered]e 5"),
            ("Annual Ann", "Ann", "[covered]ual [covered]"),
            ("aXaXa", "aXa", "[covered]"),
            ("Ｚｏｅ", "Zoe", "[covered]"),
            ("ZoeZoe", "Zoe", "[covered]"),
        ],
    )
    def test_however_it_is_written(self, text: str, phrase: str, copy: str) -> None:
        """A phrase is covered in every way of writing that is claimed, and nothing else is."""
        assert copy == covered_text(text, [phrase]).text

    def test_what_was_not_found_is_said(self) -> None:
        """Phrases that do not stand in the text are named; empty ones too."""
        found = covered_text("Zoe and Sam, Zoe again", ["Zoe", "Kim", " "])
        assert (2, ("Kim", " ")) == (found.count, found.left)

    def test_the_length_is_not_told(self) -> None:
        """A short phrase and a long one leave the same copy."""
        assert covered_text("Ask Al.", ["Al"]).text == covered_text("Ask Bartholomew.", ["Bartholomew"]).text

    def test_it_cites_the_original(self, tmp_path: Path) -> None:
        """The copy tells the SHA-256 of the text, or of the file that the text was taken from."""
        path = tmp_path / "words.html"
        path.write_bytes(b"<p>Zoe</p>")
        assert hashlib.sha256("Zoë".encode()).hexdigest() == covered_text("Zoë", ["Zoë"]).sha256
        assert hashlib.sha256(b"<p>Zoe</p>").hexdigest() == covered_text("Zoe", ["Zoe"], path).sha256

    @given(LETTERS | st.text(max_size=60), st.lists(LETTERS | st.text(max_size=4), max_size=3))
    def test_no_phrase_survives(self, text: str, phrases: list[str]) -> None:
        """No phrase is left in any stretch of the copy, under any of the ways of writing that are claimed."""
        copy = covered_text(text, phrases)
        left = [each for each in map(compared, phrases) if each]
        assert not [each for each in left for part in copy.text.split(BLOCK) if each in compared(part)]

    @given(LETTERS, st.integers(0, 40), st.integers(1, 10))
    def test_a_part_of_the_text_is_always_found(self, text: str, start: int, length: int) -> None:
        """Whatever is copied out of the text is found in it."""
        phrase = text[start : start + length]
        copy = covered_text(text, [phrase])
        assert copy.left == (() if compared(phrase) else (phrase,))

    @given(LETTERS, st.lists(LETTERS, max_size=3))
    def test_nothing_is_added(self, text: str, phrases: list[str]) -> None:
        """What is left around the blocks is the text's own, in its order."""
        at = 0
        for part in covered_text(text.replace("[", ""), phrases).text.split(BLOCK):
            at = text.replace("[", "").index(part, at) + len(part)


class TestPicture:
    @pytest.mark.parametrize("form", ["PNG", "JPEG"])
    def test_nothing_is_left(self, tmp_path: Path, form: str) -> None:
        """Under a part there is black alone, beside it the picture, and of what the file noted nothing."""
        noted = PngInfo()
        noted.add_text("Comment", "client-canary")
        path = tmp_path / f"shot.{form.lower()}"
        Image.new("RGB", (120, 80), (250, 10, 10)).save(path, form, **({"pnginfo": noted} if form == "PNG" else {}))
        before = path.read_bytes()
        copy = covered_picture(path, [Box(32, 32, 64, 64)], tmp_path / "out")
        with Image.open(copy.path) as seen:
            inside = seen.convert("RGB").crop((34, 34, 62, 62)).getextrema()
            outside = seen.convert("RGB").getpixel((110, 5))
        assert max(high for _, high in inside) < 12
        assert outside[0] > 230
        assert b"client-canary" not in copy.path.read_bytes()
        assert (1, hashlib.sha256(before).hexdigest()) == (copy.count, copy.sha256)
        assert path.read_bytes() == before

    @pytest.mark.parametrize(
        ("content", "kind"),
        [(b"You are a fraud", "text"), (b"<html><p>x", "saved page"), (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n\0", "PDF")],
    )
    def test_other_kinds(self, tmp_path: Path, content: bytes, kind: str) -> None:
        """What is no picture is named, with what to do instead."""
        path = tmp_path / "item.bin"
        path.write_bytes(content)
        with pytest.raises(NotCoverableError, match=f"{kind}.*screenshot"):
            covered_picture(path, [Box(0, 0, 5, 5)], tmp_path / "out")

    @pytest.mark.parametrize("boxes", [[], [Box(0, 0, 500, 5)], [Box(5, 5, 5, 9)]])
    def test_parts_that_are_none(self, tmp_path: Path, boxes: list[Box]) -> None:
        """Without a part, or with one that is not in the picture, there is no copy, and the reason is said."""
        path = tmp_path / "shot.png"
        Image.new("RGB", (20, 20)).save(path)
        with pytest.raises(NotCoveredError, match="no covered copy was made"):
            covered_picture(path, boxes, tmp_path / "out")
        assert not list((tmp_path / "out").glob("*"))


class TestPageAsText:
    def test_a_page(self) -> None:
        """A page's words become text that can be covered."""
        assert "Zoe is\na client" == page_as_text(b"<html><p>Zoe is</p><p>a client</p><script>no</script></html>")

    def test_an_email(self) -> None:
        """An e-mail's words come with from whom it is, its date and its subject."""
        made = EmailMessage()
        made["From"], made["To"], made["Subject"] = "q@mail.example", "me@mail.example", "Zoe"
        made["Message-ID"] = "<1>"
        made.set_content("Zoe is a client")
        assert "From: q@mail.example\nSubject: Zoe\n\nZoe is a client" == page_as_text(made.as_bytes()).strip()

    @pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n\0\0", b"<html><script>x</script></html>"])
    def test_no_words(self, content: bytes) -> None:
        """What has no words that can be read says so, and what to do."""
        with pytest.raises(NoWordsError, match="screenshot"):
            page_as_text(content)
