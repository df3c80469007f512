"""Marks of addresses, numbers and pictures: known again in other shapes, and different under another key."""

import io

import pytest
from PIL import Image, ImageDraw

from forethought.accounts import marks
from forethought.accounts.marks import email_mark, phone_mark, photo_mark, same_photo
from forethought.media.buffer import CannotCleanError

KEY, OTHER = b"k" * 32, b"o" * 32


def face(shift: int = 0, size: int = 400) -> Image.Image:
    """Return a drawing with light and shade, other ones for other shifts."""
    picture = Image.linear_gradient("L").resize((size, size)).rotate(30 + shift, fillcolor=90).convert("RGB")
    draw = ImageDraw.Draw(picture)
    for n in range(6):
        at = (n * 97 + shift * 53) % size, (n * 61 + shift * 29) % size
        draw.ellipse((*at, at[0] + size // 4, at[1] + size // 5), fill=((n * 90 + shift * 70) % 256, 80, 40 * n))
    return picture


def saved(picture: Image.Image, form: str = "PNG", **options: int) -> bytes:
    """Return a picture as a file."""
    held = io.BytesIO()
    picture.save(held, form, **options)
    return held.getvalue()


@pytest.mark.parametrize(
    "other",
    [
        saved(face().resize((120, 120))),
        saved(face(), "JPEG", quality=40),
        saved(face().resize((200, 200)), "WEBP", quality=60),
        saved(face().convert("RGBA")),
    ],
    ids=["smaller", "jpeg", "webp", "see-through"],
)
def test_a_picture_is_known_again(other: bytes) -> None:
    """Another size, format or quality of the same picture has the same mark, or nearly."""
    assert same_photo(photo_mark(saved(face()), KEY), photo_mark(other, KEY))


@pytest.mark.parametrize("shift", [1, 2, 3, 4])
def test_another_picture_is_another(shift: int) -> None:
    """Pictures that look otherwise do not count as the same."""
    assert not same_photo(photo_mark(saved(face()), KEY), photo_mark(saved(face(shift)), KEY))


def test_marks_cannot_be_compared_without_the_key() -> None:
    """Under another key everything has another mark, and an empty mark is like nothing."""
    mine, theirs = photo_mark(saved(face()), KEY), photo_mark(saved(face()), OTHER)
    assert not {*mine.split()} & {*theirs.split()}
    assert email_mark("a@herons.example", KEY) != email_mark("a@herons.example", OTHER)
    assert not same_photo("", "")


def test_what_is_no_picture_is_refused() -> None:
    """A file that does not open as a picture is told."""
    with pytest.raises(CannotCleanError):
        photo_mark(b"not a picture", KEY)


def test_a_picture_for_which_pillow_starts_a_program_is_refused() -> None:
    """PostScript, which Pillow hands to another program, is refused before it is opened."""
    with pytest.raises(CannotCleanError, match="usual kind"):
        photo_mark(saved(Image.new("RGB", (9, 9)), "EPS"), KEY)


def test_a_picture_is_opened_in_a_process_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program that asks opens no picture by itself."""
    monkeypatch.setattr(marks, "picture_of", lambda _: pytest.fail("opened here"))
    assert photo_mark(saved(face()), KEY)


@pytest.mark.parametrize("number", ["+44 7700 900123", "0044 7700 900123", "07700 900 123", "+44 (0)7700-900123"])
def test_a_number_is_known_again(number: str) -> None:
    """However a phone number is written, it has one mark, and no address or other number has it."""
    assert phone_mark("07700900123", KEY) == phone_mark(number, KEY) != phone_mark("07700900124", KEY)


def test_addresses() -> None:
    """Capitals do not matter in an address; nothing has no mark."""
    assert email_mark("Anna@Herons.example", KEY) == email_mark("anna@herons.example ", KEY)
    assert ("", "") == (email_mark(" ", KEY), phone_mark("none", KEY))
