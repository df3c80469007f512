"""Pictures of an export looked into: what they give away is told with their post, and nothing else changes."""

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.test import Client
from exports import zipped
from PIL import Image, ImageDraw, ImageFont

from forethought.cli.program import main
from forethought.footprint import keeping
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Options
from forethought.footprint.item import Item, Media, Pointer
from forethought.footprint.looking import Looking
from forethought.footprint.models import Entry

ASKED = Options(pictures=True)


def photo(artist: str = "Sam Fell") -> bytes:
    """Return a photo with a name in it, where one is given."""
    notes = Image.Exif()
    if artist:
        notes[0x013B] = artist
    made = io.BytesIO()
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=notes)
    return made.getvalue()


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """An export of Instagram with two posts, of which one has a photo with a name in it."""
    posts = [
        {"media": [{"uri": f"media/posts/{name}.jpg", "creation_timestamp": 1_700_000_000 + n, "title": words}]}
        for n, (name, words) in enumerate([("walk", "Walked by the canal."), ("tea", "Tea at four.")])
    ]
    members = {
        "your_instagram_activity/media/posts_1.json": json.dumps(posts),
        "media/posts/walk.jpg": photo(), "media/posts/tea.jpg": photo(""),
    }  # fmt: skip
    return zipped(tmp_path / "instagram-wren-2026-01-02.zip", members)


def item(*names: str) -> Item:
    """Return a post with these pictures."""
    return Item("post", "instagram", Pointer("x", "y", "z"), "Words", media=tuple(Media(name) for name in names))


class TestLooking:
    def test_by_the_whole_name_or_its_end(self, export: Path) -> None:
        """A file is found by its path in the export or by its name alone, and told once."""
        with Files([export]) as files, Looking(files) as looking:
            told = [
                looking.at(Media(name)).gives for name in ("media/posts/walk.jpg", "walk.jpg", "tea.jpg", "no.jpg", "")
            ]
        assert "Sam Fell" in told[0]
        assert [told[0], told[0], "", "", ""] == told

    def test_two_of_one_name(self, tmp_path: Path) -> None:
        """A name that two files have tells of neither, unless the path says which."""
        path = zipped(tmp_path / "a.zip", {"one/a.jpg": photo("One"), "two/a.jpg": photo("Two")})
        with Files([path]) as files, Looking(files) as looking:
            assert Media("a.jpg") == looking.at(Media("a.jpg"))
            assert "Two" in looking.at(Media("two/a.jpg")).gives

    def test_a_damaged_file(self, tmp_path: Path) -> None:
        """A picture that cannot be read says nothing and stops nothing."""
        path = zipped(tmp_path / "a.zip", {"a.jpg": b"\xff\xd8\xff broken", "b.jpg": photo()})
        content = path.read_bytes()
        with zipfile.ZipFile(path) as archive:
            start = archive.getinfo("b.jpg").header_offset
        path.write_bytes(content[: start + 45] + b"\0\0\0\0\0" + content[start + 50 :])
        with Files([path]) as files, Looking(files) as looking:
            assert ["", ""] == [looking.at(Media(name)).gives for name in ("a.jpg", "b.jpg")]

    def test_only_ones_own(self, export: Path) -> None:
        """What somebody else wrote is not looked into."""
        with Files([export]) as files, Looking(files) as looking:
            mine, theirs = looking.into(
                [
                    item("walk.jpg"),
                    Item("message", "x", Pointer("", "", ""), own_words=False, media=(Media("walk.jpg"),)),
                ]
            )
        assert isinstance(mine, Item)
        assert isinstance(theirs, Item)
        assert (True, "") == (bool(mine.media[0].gives), theirs.media[0].gives)


class TestCommand:
    def test_an_audit(self, export: Path) -> None:
        """An audit tells of a picture with its post where that is asked for, and not where it is not."""
        given = ["footprint", "audit", str(export), "--format", "json"]
        plain, asked = (json.loads(CliRunner().invoke(main, [*given, *more]).stdout) for more in ([], ["--pictures"]))
        assert not any("pictures" in post for post in plain["posts"])
        (told,) = [post["pictures"] for post in asked["posts"] if "pictures" in post]
        assert "media/posts/walk.jpg" == told[0]["file"]
        assert "Sam Fell" in told[0]["gives"]
        assert [post["verdict"] for post in plain["posts"]] == [post["verdict"] for post in asked["posts"]]

    def test_words_in_pictures(self, tmp_path: Path) -> None:
        """The words in a picture are reviewed with its post where that is asked for."""
        pytest.importorskip("rapidocr")
        page, made = Image.new("RGB", (1_400, 300), "white"), io.BytesIO()
        ImageDraw.Draw(page).text(
            (40, 120), "A client of mine wept all through today's hour.", "black", ImageFont.load_default(36)
        )
        page.save(made, "PNG")
        posts = [{"media": [{"uri": "media/a.png", "creation_timestamp": 1_700_000_000, "title": "Thursdays."}]}]
        members = {"your_instagram_activity/media/posts_1.json": json.dumps(posts), "media/a.png": made.getvalue()}
        path = zipped(tmp_path / "instagram-wren-2026-01-02.zip", members)
        given = ["footprint", "audit", str(path), "--format", "json"]
        plain, asked = (
            json.loads(CliRunner().invoke(main, [*given, *more]).stdout)["posts"][0]
            for more in (["--pictures"], ["--words-in-pictures"])
        )
        assert ("clear", "stop") == (plain["verdict"], asked["verdict"])
        assert all((each["image"], each["seen"]) == (1, True) for each in asked["findings"])


class TestDesk:
    def test_kept_and_shown(self, client: Client, key: bytes, export: Path) -> None:
        """What was found is kept with the post, counted, listed and shown, also for an export that was there before."""
        keeping.bring_in([export], keeping.Usual(), key)
        assert not Entry.objects.filter(gives=True).exists()
        assert "Nothing was found" in client.get("/footprint/pictures/").content.decode()
        keeping.bring_in([export], keeping.Usual(options=ASKED), key)
        entry = Entry.objects.get(gives=True)
        assert 2 == Entry.objects.filter(kind="post").count()
        for address in ("/footprint/pictures/", f"/footprint/posts/{entry.pk}/"):
            assert "Sam Fell" in client.get(address).content.decode()
