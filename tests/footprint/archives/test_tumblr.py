"""Tumblr and Pinterest exports, of which little is known: pages and data are read with reserve, and nothing private."""

from pathlib import Path

import pytest
from exports import Content, Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError

PAGE = (
    "<html><head><title>wren</title><script>var a = 1</script></head><body><h1>On rest</h1>"
    '<p>Slow down &amp; breathe.</p><img src="../media/1.jpg?x=1" alt="A red door"><div id="footer">'
    'February 4th <time datetime="2025-02-04T08:30:00Z"></time></div></body></html>'
)
LINKED = (
    '<html><head><link rel="canonical" href="https://wren.example/1"><script type="application/ld+json">'
    '{"@type": "Article", "headline": "On rest", "datePublished": "2025-02-04", "articleBody": "Slow down."}</script>'
    '<meta property="og:title" content="Rest"></head><body></body></html>'
)
PAYLOAD = [
    {
        "data": {
            "email": "wren@private.example",
            "login_history": [{"ip": "203.0.113.9"}],
            "blogs": [{"name": "slow", "url": "https://slow.example", "description": "Notes of a counsellor"}],
            "conversations": [{"body": "from Ash"}],
        }
    }
]
WHOLE: dict[str, Content] = {
    "posts/html/101.html": PAGE,
    "posts/html/102.html": LINKED,
    "media/1.jpg": b"\xff\xd8",
    "payload-0.json": PAYLOAD,
    "conversations/ash.html": "<p>from Ash</p>",
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = (("tumblr", "TUMBLR"), ("pinterest", "PINTEREST"), ("plain", "PLAIN"))
    monkeypatch.setattr("forethought.footprint.archives.MODULES", modules)


def test_pages_are_read_with_reserve(tmp_path: Path) -> None:
    """Their words, times and pictures are there, and are taken for nobody's own."""
    got = Imported(zipped(tmp_path / "t.zip", WHOLE))
    post = got.of("post")[0]
    assert ("On rest\nSlow down & breathe.\nFebruary 4th", "101", False) == (
        post.text.replace("\n\n", "\n"),
        post.key,
        post.own_words,
    )
    assert "2025-02-04T08:30:00Z" == post.created.raw
    assert [("1.jpg", "A red door")] == [(media.name, media.alt) for media in post.media]
    assert {"from": "html", "unsure": "own words"} == dict(post.details)
    assert ("unknown", 0.7) == (post.audience.who, got.recognised[0].confidence)


def test_a_page_is_read_by_what_it_says_of_itself(tmp_path: Path) -> None:
    """Where nothing is visible, linked data tells its title, words and time."""
    post = Imported(zipped(tmp_path / "t.zip", WHOLE)).of("post")[1]
    assert ("Rest\n\nSlow down.", "https://wren.example/1", "2025-02-04") == (post.text, post.address, post.created.raw)


def test_data_keeps_writing_and_nothing_private(tmp_path: Path) -> None:
    """Conversations, addresses and visits are counted, and the blog's own line is read."""
    got = Imported(zipped(tmp_path / "t.zip", WHOLE))
    blog = got.of("post")[2]
    assert ("slow\n\nNotes of a counsellor", "/0/data/blogs/0") == (blog.text, blog.pointer.locator)
    for secret in ("private.example", "203.0.113.9", "from Ash"):
        assert secret not in got.everything()
    assert {("conversations", 1), ("private or other people's data", 3)} == {
        (removed.field, removed.count) for removed in got.removed
    }


def test_a_wrapper_or_a_folder_changes_nothing(tmp_path: Path) -> None:
    """And what is missing is named."""
    plain = {each.id for each in Imported(zipped(tmp_path / "t.zip", WHOLE)).items}
    assert plain == {
        each.id for each in Imported(unpacked(tmp_path / "f" / "t", {f"tumblr/{k}": v for k, v in WHOLE.items()})).items
    }
    posts = {name: content for name, content in WHOLE.items() if "payload" not in name}
    found = Imported(zipped(tmp_path / "p.zip", posts)).recognised[0]
    assert (("payload-0.json",), 0.5) == (found.missing, found.confidence)


def test_broken_files_cost_themselves(tmp_path: Path) -> None:
    """An empty page is none, a broken payload is unreadable, and a page cut off is read as far as it goes."""
    got = Imported(
        unpacked(
            tmp_path / "t",
            {**WHOLE, "payload-0.json": "[{", "posts/html/103.html": "", "posts/html/104.html": "<p>Tea &am"},
        )
    )
    assert ("unreadable", 3) == (got.tables["payload"].state, len(got.of("post")))


def test_pinterest_is_known_by_its_name_only(tmp_path: Path) -> None:
    """In a title or a file's name, in pages or in data, and with low confidence."""
    pages = {"boards.html": "<title>Your Pinterest data</title><h1>Boards</h1><p>Quiet rooms</p>"}
    got = Imported(zipped(tmp_path / "a.zip", pages, "wren/"))
    assert (["pinterest"], 0.5) == ([found.platform for found in got.recognised], got.recognised[0].confidence)
    assert "Quiet rooms" in got.texts("post")[0]
    data = {
        "pinterest_data/all.json": {
            "pins": [{"title": "A chair", "description": "For the room", "id": 7}],
            "search": ["a"],
        }
    }
    pins = Imported(zipped(tmp_path / "b.zip", data))
    assert ["A chair\n\nFor the room"] == pins.texts("post")
    assert [("private or other people's data", 1)] == [(removed.field, removed.count) for removed in pins.removed]


def test_pinterest_s_comments_are_told(tmp_path: Path) -> None:
    """As comments, and still as nobody's own words."""
    got = Imported(
        unpacked(tmp_path / "p", {"pinterest.json": {"comments": [{"text": "Lovely", "created_at": "2025-02-04"}]}})
    )
    assert [("comment", "Lovely", False)] == [(each.kind, each.text, each.own_words) for each in got.items]


def test_other_pages_are_refused(tmp_path: Path) -> None:
    """What names neither is neither."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "p", {"index.html": "<title>Home</title>", "posts/1.html": "<p>x</p>"}))


def test_data_nested_without_end_is_not_followed(tmp_path: Path) -> None:
    """And what stands before it is read."""
    deep = "[" * 300 + "]" * 300
    got = Imported(
        unpacked(tmp_path / "p", {"pinterest.json": f'{{"pins": [{{"title": "Tea", "text": "Rain"}}], "x": {deep}}}'})
    )
    assert ["Tea\n\nRain"] == got.texts("post")


def test_ten_thousand_pages_are_read(tmp_path: Path) -> None:
    """However many there are."""
    made = zipped(tmp_path / "t.zip", {f"posts/html/{number}.html": PAGE for number in range(10_000)})
    assert 10_000 == len(Imported(made).of("post"))
