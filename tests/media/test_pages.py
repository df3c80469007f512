"""The room's pages: handing files in, what is told of them, their clean copies, and what is refused."""

import io
import tempfile
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from at_the_desk import PASSPHRASE, draft
from canaries import sings, upright
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from makers import film, jpeg, scenes, word
from PIL import Image

from forethought.desk.door import Door
from forethought.media import keeping
from forethought.media.models import File


def said(answer: Any) -> str:
    """Return a page as text."""
    return str(answer.content.decode())


def scene() -> bytes:
    """Return a picture with a face in it."""
    made = io.BytesIO()
    scenes.portraits((300, 180)).save(made, "PNG")
    return made.getvalue()


def handed(client: Client, name: str, data: bytes, **wishes: str) -> Any:
    """Hand in one file, and return the page that comes of it."""
    chosen = [SimpleUploadedFile(name, data)]
    return client.post("/media/", {"chosen": chosen, **wishes}, follow=True)


def given(client: Client, file: File) -> bytes:
    """Return the clean copy of a file as it is taken."""
    answer = client.get(f"/media/{file.pk}/copy/")
    assert f'attachment; filename="{file.copy}"' == answer.headers["Content-Disposition"]
    return b"".join(answer.streaming_content)


class TestHandingIn:
    def test_a_photo(self, client: Client) -> None:
        """A photo is told of on a page of its own, and its clean copy can be taken under a name that tells nothing."""
        page = said(handed(client, "with Mrs Fell.jpg", jpeg.phone()))
        assert "in or beside Bristol" in page
        assert "A clean copy is ready: picture.jpg" in page
        assert 1 == page.count('class="told"')
        copy = given(client, File.objects.get())
        assert not sings(copy)
        assert upright(jpeg.phone()) == upright(copy)

    def test_several(self, client: Client) -> None:
        """Several files are listed, each with a sentence on what it gives away."""
        chosen = [
            SimpleUploadedFile(name, make()) for name, make in {"a.jpg": jpeg.phone, "b.mp4": film.iphone}.items()
        ]
        page = said(client.post("/media/", {"chosen": chosen}, follow=True))
        assert 2 == page.count("A clean copy is ready.")
        assert page.index("b.mp4") < page.index("a.jpg")

    def test_one_that_cannot_be_cleaned(self, client: Client) -> None:
        """A file of no known kind has no copy, and is not to be posted."""
        page = said(handed(client, "notes.xyz", b"whatever"))
        assert "so do not post it" in page
        file = File.objects.get()
        assert 404 == client.get(f"/media/{file.pk}/copy/").status_code
        assert 404 == client.get(f"/media/{file.pk}/picture/").status_code

    def test_an_empty_file(self, client: Client) -> None:
        """An empty file is told of as one that cannot be cleaned."""
        assert "so do not post it" in said(handed(client, "empty.jpg", b""))

    def test_nothing(self, client: Client) -> None:
        """Where nothing was chosen that is said."""
        answer = client.post("/media/", {})
        assert (400, True) == (answer.status_code, "Choose a file" in said(answer))

    def test_too_many(self, client: Client) -> None:
        """More than are taken at once are refused, and none is kept."""
        chosen = [SimpleUploadedFile(f"{n}.jpg", b"x") for n in range(21)]
        answer = client.post("/media/", {"chosen": chosen})
        assert (400, True) == (answer.status_code, "Take 20 at a time" in said(answer))
        assert not File.objects.exists()

    def test_a_name_that_is_no_name(self, client: Client) -> None:
        """Signs of HTML in a name are shown and never obeyed, and lead out of no folder."""
        page = said(handed(client, "<b>x</b>..jpg", jpeg.plain()))
        assert "<b>x" not in page
        assert given(client, File.objects.get())


class TestAFile:
    def test_the_picture(self, client: Client) -> None:
        """The page shows the clean copy, not the file itself."""
        handed(client, "a.jpg", jpeg.phone())
        file = File.objects.get()
        answer = client.get(f"/media/{file.pk}/picture/")
        assert "image/jpeg" == answer.headers["Content-Type"]
        assert not sings(b"".join(answer.streaming_content))

    def test_made_anew(self, client: Client) -> None:
        """The copy can be made in another way from what was kept."""
        import docx

        handed(client, "a.docx", word.word())
        file = File.objects.get()
        texts = []
        for wishes in ({"refuse": "on"}, {}):
            client.post(f"/media/{file.pk}/", wishes)
            paragraphs = docx.Document(io.BytesIO(given(client, file))).paragraphs
            texts.append(" ".join(each.text for each in paragraphs))
        assert ["kestrel-deleted" in text for text in texts] == [True, False]

    @pytest.mark.parametrize(
        ("make", "shown"), [(jpeg.phone, ("Paint pictures",)), (word.word, ("Refuse a document",)), (film.iphone, ())]
    )
    def test_what_can_be_chosen(self, client: Client, make: Callable[[], bytes], shown: tuple[str, ...]) -> None:
        """Only what makes a difference to this file is offered."""
        page = said(handed(client, "a.bin", make()))
        assert shown == tuple(each for each in ("Paint pictures", "Refuse a document") if each in page)

    def test_removed(self, client: Client, door: Door) -> None:
        """A removed file is gone from the list and from the vault."""
        handed(client, "a.jpg", jpeg.phone())
        client.post(f"/media/{File.objects.get().pk}/remove/")
        assert not File.objects.exists()
        assert [] == door.vault.sealed_records()

    @pytest.mark.parametrize("address", ["", "copy/", "picture/"])
    def test_one_that_is_not_there(self, client: Client, address: str) -> None:
        """A file that is gone is a page that is not there."""
        assert 404 == client.get(f"/media/99/{address}").status_code

    def test_a_locked_vault(self, visitor: Client) -> None:
        """Nothing is shown while the vault is locked."""
        assert visitor.get("/media/").headers["Location"].startswith("/unlock/")


class TestKept:
    def test_for_a_day(self, client: Client, door: Door) -> None:
        """What was kept for its day is removed when the page is next opened, and what is younger stays."""
        for name in ("old.jpg", "new.jpg"):
            handed(client, name, jpeg.plain())
        old = File.objects.get(name="old.jpg")
        File.objects.filter(pk=old.pk).update(made=old.made - timedelta(days=1, minutes=1))
        client.get("/media/")
        assert ["new.jpg"] == [each.name for each in File.objects.all()]
        assert 2 == len(door.vault.sealed_records())

    def test_no_page_after_that(self, client: Client, door: Door) -> None:
        """A file whose day is over has no page and no copy, whichever is asked for first."""
        handed(client, "old.jpg", jpeg.plain())
        file = File.objects.get()
        File.objects.update(made=file.made - timedelta(days=2))
        assert 404 == client.get(f"/media/{file.pk}/copy/").status_code
        assert [] == door.vault.sealed_records()

    def test_what_was_cut_short(self, client: Client, door: Door) -> None:
        """What is left of a file that was never wholly taken goes when the vault is opened next; others' files stay."""
        handed(client, "a.jpg", jpeg.plain())
        door.vault.seal(keeping.ORIGINAL, "ab12", [b"half"])
        door.vault.seal("picture", "cd34", [b"not ours"])
        client.post("/lock/")
        client.post("/unlock/", {"passphrase": PASSPHRASE})
        kinds = sorted(kind for kind, _ in door.vault.sealed_records())
        assert [keeping.COPY, keeping.ORIGINAL, "picture"] == kinds

    def test_nothing_in_plain_files(self, client: Client, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        """An upload of some size is written to no plain file but the one that is worked on, in the vault's folder."""
        made = []
        real = tempfile.mkstemp
        monkeypatch.setattr(tempfile, "mkstemp", lambda *a, **k: (made.append(k.get("dir")), real(*a, **k))[1])
        handed(client, "a.bin", b"\0" * (3 << 20))
        assert not [each for each in made if each is None or not str(each).startswith(str(door.vault.folder))]
        assert [] == list(door.vault.folder.glob("sending-*"))

    def test_encrypted(self, client: Client, door: Door) -> None:
        """Neither the file nor its copy lies in the vault's folder as it is."""
        handed(client, "a.jpg", jpeg.phone())
        kept = [path.read_bytes() for path in door.vault.folder.rglob("*") if path.is_file()]
        assert not any(b"\xff\xd8\xff" in each or b"kestrel" in each for each in kept)

    def test_a_failure_leaves_nothing(self, client: Client, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where it cannot be done, nothing of it is kept, and a page says why."""

        def full(*given: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(keeping, "again", full)
        answer = handed(client, "a.jpg", jpeg.phone())
        assert (507, True) == (answer.status_code, "The disk is full" in said(answer))
        assert [] == door.vault.sealed_records()


class TestSight:
    def test_faces_and_words(self, client: Client) -> None:
        """What is to be seen in a picture is told on its page, each thing with a box to cover it."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        part = said(client.post(f"/media/{file.pk}/sight/", headers={"HX-Request": "true"}))
        assert "<html" not in part
        assert "1 face was found" in part
        assert "1. a face" in part
        page = said(client.post(f"/media/{file.pk}/sight/", follow=True))
        assert "Looking for words and faces" not in page
        assert "1. a face" in page

    def test_covered(self, client: Client) -> None:
        """What was chosen, and a stretch of one's own, is black in the copy, and stays so when it is made anew."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        client.post(f"/media/{file.pk}/sight/")
        own = {"left": "10", "top": "20", "width": "30", "height": "40"}
        client.post(f"/media/{file.pk}/cover/", {"chosen": ["face0"], **own})
        client.post(f"/media/{file.pk}/", {"repaint": "on"})
        file.refresh_from_db()
        with Image.open(io.BytesIO(given(client, file))) as copy:
            shown = copy.convert("RGB")
        left, top, right, bottom = file.sight["faces"][0]
        assert ((0, 0),) * 3 == shown.crop((left, top, right, bottom)).getextrema()
        assert ((0, 0),) * 3 == shown.crop((10, 20, 40, 60)).getextrema()
        assert (90, 120, 140) == shown.getpixel((5, 5))
        page = said(client.get(f"/media/{file.pk}/"))
        assert 2 == page.count(" checked")
        assert "a stretch of your own" in page

    def test_uncovered(self, client: Client) -> None:
        """What is no longer chosen is seen again, since the file itself was kept."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        client.post(f"/media/{file.pk}/sight/")
        copies = []
        for chosen in (["face0"], []):
            client.post(f"/media/{file.pk}/cover/", {"chosen": chosen})
            file.refresh_from_db()
            copies.append(given(client, file))
        assert upright(copies[0]) != upright(copies[1]) == upright(scene())

    @pytest.mark.parametrize(
        ("sent", "words"),
        [
            ({"chosen": ["face7"]}, "not in this picture"), ({"left": "1"}, "all four numbers"),
            ({"left": "-1", "top": "1", "width": "1", "height": "1"}, "greater than or equal to 0"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_covered(self, client: Client, sent: dict[str, Any], words: str) -> None:
        """What is not in the list and a stretch without all its sides are refused in words, and the copy stays."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        client.post(f"/media/{file.pk}/sight/")
        answer = client.post(f"/media/{file.pk}/cover/", sent)
        assert (400, True) == (answer.status_code, words in said(answer))
        assert upright(scene()) == upright(given(client, file))

    def test_beyond_the_picture(self, client: Client) -> None:
        """A stretch beyond the picture is refused with its size, and the copy stays."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        client.post(f"/media/{file.pk}/sight/")
        sides = {"left": "1", "top": "1", "width": "9000", "height": "1"}
        answer = client.post(f"/media/{file.pk}/cover/", sides)
        assert (400, True) == (answer.status_code, "which is 800 by 600 pixels" in said(answer))
        assert upright(scene()) == upright(given(client, file))

    def test_what_cannot_be_painted_over(self, client: Client) -> None:
        """Covering is not offered for a kind of picture that cannot be painted over."""
        made = io.BytesIO()
        scenes.portraits().save(made, "TIFF")
        handed(client, "a.tif", made.getvalue())
        page = said(client.post(f"/media/{File.objects.get().pk}/sight/", follow=True))
        assert "No face was found" in page
        assert "Cover in the copy" not in page

    def test_one_that_cannot_be_looked_into(self, client: Client) -> None:
        """A file that is no picture says that it cannot be looked into."""
        handed(client, "a.docx", word.word())
        file = File.objects.get()
        page = said(client.post(f"/media/{file.pk}/sight/", follow=True))
        assert "<li>Cannot be looked into: it does not open as a picture.</li>" in page

    def test_words_are_reviewed_with_the_draft(self, client: Client) -> None:
        """The words that were read in a picture are reviewed with the draft that it goes out with."""
        handed(client, "chat.png", scene())
        file = File.objects.get()
        file.sight = {"lines": [["My client cried today.", [1, 1, 9, 9]]], "said": []}
        file.save()
        sent = draft("Tea.") | {"pictures": "2", "descriptions": "A lamp\nA screen", "looked": f",{file.pk}"}
        assert "in the words to be seen in picture 2" in said(client.post("/check/", sent))
        for looked in ("x,99", "9" * 40):
            assert "words to be seen" not in said(client.post("/check/", sent | {"looked": looked}))


class TestGlance:
    def test_a_picture_of_a_draft(self, client: Client) -> None:
        """The check page is told in a sentence what a picture gives away, with the way to its clean copy."""
        part = said(client.post("/media/glance/", {"chosen": SimpleUploadedFile("a.jpg", jpeg.phone())}))
        file = File.objects.get()
        assert "<html" not in part
        assert "in or beside Bristol" in part
        assert f"/media/{file.pk}/copy/" in part

    @pytest.mark.parametrize(("data", "words"), [(b"x", "do not post it"), (jpeg.plain(), "Nothing hidden")])
    def test_others(self, client: Client, data: bytes, words: str) -> None:
        """One that cannot be cleaned is not to be posted; of one with nothing in it that is said."""
        assert words in said(client.post("/media/glance/", {"chosen": SimpleUploadedFile("a.jpg", data)}))

    def test_none(self, client: Client) -> None:
        """Without a picture it is refused."""
        assert 400 == client.post("/media/glance/", {}).status_code
