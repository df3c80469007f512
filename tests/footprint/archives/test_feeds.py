"""Feeds of blogs: every format and encoding, read from bytes, with tokens in addresses dropped."""

import socket
from pathlib import Path
from typing import NoReturn

import pytest
from exports import Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options

ENTRY = (
    "<item><title>On rest</title><link>https://wren.example/rest</link><guid>https://wren.example/?p=1</guid>"
    "<pubDate>Tue, 04 Feb 2025 08:30:00 +0000</pubDate><dc:creator>Wren</dc:creator>"
    "<description>A line</description><content:encoded><![CDATA[<p>Slow down.</p>]]></content:encoded></item>"
)


def rss(*items: str, version: str = "2.0", link: str = "https://wren.example", head: str = "") -> str:
    """Return a feed in RSS."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>{head}<rss version="{version}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Slow pages</title><link>{link}</link><description>Notes of a counsellor</description>"
        f"<language>en-gb</language>{''.join(items)}</channel></rss>"
    )


ATOM = (
    '<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Langsame Seiten</title>'
    '<link rel="self" href="https://wren.example/feed"/><author><name>Wren</name><email>wren@private.example</email></author>'
    '<entry><id>tag:wren.example,2025:1</id><title>Ruhe</title><link href="https://wren.example/ruhe"/>'
    "<updated>2025-02-05T08:30:00Z</updated><published>2025-02-04T08:30:00+01:00</published>"
    '<content type="html">&lt;p&gt;Über die Ruhe &amp;amp; mehr&lt;/p&gt;</content></entry></feed>'
)
RDF = (
    '<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://wren.example">'
    '<title>Slow</title></channel><item rdf:about="https://wren.example/1"><title>On rest</title>'
    "<link>https://wren.example/1</link><description>Slow down.</description><dc:date>2025-02-04T08:30:00Z</dc:date>"
    "</item></rdf:RDF>"
)
JSON = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Wren's page",
    "items": [
        {"id": "1", "content_text": "Slow down.\nNow.", "date_published": "2025-02-04T08:30:00Z"},
        {"id": "2", "title": "Tea", "content_html": "<p>Tea &amp; rain</p>", "url": "https://wren.example/2"},
    ],
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("feeds", "FEEDS"), ("plain", "PLAIN")))


def feed(tmp_path: Path, content: object, name: str = "feed.xml", options: Options | None = None) -> Imported:
    """Return what is read from one feed."""
    return Imported(unpacked(tmp_path / "feed", {name: content}), options=options)


def test_rss_is_read(tmp_path: Path) -> None:
    """The whole entry and not its summary, its moment and address, and the blog's own line about itself."""
    got = feed(tmp_path, rss(ENTRY))
    post = got.of("post")[0]
    assert ("On rest\n\nSlow down.", "https://wren.example/?p=1", True) == (post.text, post.key, post.own_words)
    assert ("https://wren.example/rest", "entry 0") == (post.address, post.pointer.locator)
    assert ("2025-02-04T08:30:00+00:00", "utc") == (post.created.at.isoformat(), post.created.zone)  # type: ignore[union-attr]
    assert ["Notes of a counsellor"] == got.texts("profile")
    assert ("unknown", "RSS 2.0", "en") == (post.audience.who, got.recognised[0].generation, got.recognised[0].language)


def test_a_feed_is_said_to_be_a_window(tmp_path: Path) -> None:
    """It holds the last few entries only, whatever it holds."""
    found = feed(tmp_path, rss(ENTRY)).recognised[0]
    assert "last few entries" in found.advice
    assert ("older entries",) == found.missing


def test_atom_in_another_language_is_read(tmp_path: Path) -> None:
    """With its offset, the time of its last change, and no e-mail address."""
    got = feed(tmp_path, ATOM, "renamed.atom")
    post = got.of("post")[0]
    assert ("Ruhe\n\nÜber die Ruhe & mehr", "tag:wren.example,2025:1") == (post.text, post.key)
    assert ("offset", {"updated": "2025-02-05T08:30:00Z"}) == (post.created.zone, dict(post.details))
    assert ("Atom 1.0", "de") == (got.recognised[0].generation, got.recognised[0].language)
    assert "private.example" not in got.everything()


def test_the_oldest_forms_are_read(tmp_path: Path) -> None:
    """RSS 1.0, which is RDF, and RSS 0.91."""
    assert ["On rest\n\nSlow down."] == feed(tmp_path, RDF, "index.rdf").texts("post")
    assert ["On rest\n\nSlow down."] == feed(tmp_path / "old", rss(ENTRY, version="0.91")).texts("post")


def test_json_feed_is_read(tmp_path: Path) -> None:
    """Text as it is, HTML as words, and pointers into the file."""
    got = feed(tmp_path, JSON, "anything.json")
    assert ["Slow down.\nNow.", "Tea\n\nTea & rain"] == got.texts("post")
    assert ["/items/0", "/items/1"] == [post.pointer.locator for post in got.of("post")]
    assert "JSON Feed 1.1" == got.recognised[0].generation


def test_words_escaped_twice_are_unescaped(tmp_path: Path) -> None:
    """And a text that shows a tag on purpose is left alone."""
    twice = ENTRY.replace(
        "<![CDATA[<p>Slow down.</p>]]>", "&amp;lt;p&amp;gt;Slow &amp;amp;amp; down.&amp;lt;/p&amp;gt;"
    )
    once = ENTRY.replace("<p>Slow down.</p>", "<p>Write &lt;p&gt; first</p>").replace("?p=1", "?p=2")
    assert ["On rest\n\nSlow & down.", "On rest\n\nWrite <p> first"] == feed(tmp_path, rss(twice, once)).texts("post")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "iso-8859-1"])
def test_any_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    """Whether or not the declaration agrees with what is there."""
    text = rss(ENTRY.replace("Slow down", "Café"))
    text = text.replace("UTF-8", encoding) if encoding == "iso-8859-1" else text
    assert ["On rest\n\nCafé."] == feed(tmp_path, text.encode(encoding)).texts("post")


def test_an_odd_time_is_kept_as_written(tmp_path: Path) -> None:
    """A zone that is not known is not made up."""
    post = feed(tmp_path, rss(ENTRY.replace("Tue, 04 Feb 2025 08:30:00 +0000", "last Tuesday"))).of("post")[0]
    assert ("last Tuesday", None) == (post.created.raw, post.created.at)


def test_tokens_in_addresses_are_dropped_and_restrict(tmp_path: Path) -> None:
    """A feed that is opened by its address is for those who have it, and the token is nowhere."""
    token = "k7Jd93kfLs02mNbVcX81qPzT"
    private = ENTRY.replace(
        "</item>", f'<enclosure url="https://wren.example/a.mp3?auth={token}" type="audio/mpeg"/></item>'
    )
    got = feed(tmp_path, rss(private, link=f"https://wren.example/private/{token}/rss"))
    assert ("named people", "channel") == (got.of("post")[0].audience.who, got.of("post")[0].audience.level)
    assert "a.mp3" == got.of("post")[0].media[0].name
    assert token not in got.everything()
    assert [("addresses with a token", 2)] == [(removed.field, removed.count) for removed in got.removed]


def test_of_several_authors_the_person_is_asked_for(tmp_path: Path) -> None:
    """Without a name nothing is theirs and a problem asks; with one, only their entries are."""
    text = rss(ENTRY, ENTRY.replace("Wren", "Ash").replace("?p=1", "?p=2"))
    asked, told = feed(tmp_path, text), feed(tmp_path, text, options=Options(owner="wren"))
    assert ([False, False], 1) == ([post.own_words for post in asked.of("post")], len(asked.problems))
    assert ([True, False], 0) == ([post.own_words for post in told.of("post")], len(told.problems))
    assert "Ash" not in asked.everything() + told.everything()


def test_a_feed_s_own_author_counts_for_entries_without_one(tmp_path: Path) -> None:
    """And not where each entry names its own."""
    own = {"id": "1", "content_text": "Tea", "authors": [{"name": "Wren"}]}
    head = {**JSON, "authors": [{"name": "The practice"}]}
    assert [True] == [post.own_words for post in feed(tmp_path / "a", {**head, "items": [own]}, "f.json").of("post")]
    both = feed(
        tmp_path / "b", {**head, "items": [own, {"content_text": "Rain"}]}, "f.json", Options(owner="the practice")
    )
    assert [False, True] == [post.own_words for post in both.of("post")]


def test_a_whole_blog_in_atom_keeps_no_comments_of_others(tmp_path: Path) -> None:
    """Templates and settings are no writing either."""
    kind = "<category scheme='x#kind' term='http://schemas.google.com/blogger/2008/kind#{}'/>"
    by = "<author><name>{1}</name></author>"
    entry = f"<entry><id>{{0}}</id><title>{{0}}</title>{by}{{2}}<content>words of {{0}}</content></entry>"
    entries = "".join(
        entry.format(name, author, kind.format(what))
        for name, author, what in (("a", "Wren", "post"), ("b", "Ash", "comment"), ("c", "Wren", "template"))
    )
    text = ATOM.partition("<entry>")[0] + entries + "</feed>"
    got = feed(tmp_path, text, options=Options(owner="Wren"))
    assert ["a\n\nwords of a"] == got.texts("post", "comment")
    assert "words of b" not in got.everything()


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>'


def test_entities_are_refused(tmp_path: Path) -> None:
    """A feed that declares any is not read."""
    got = feed(tmp_path, rss(ENTRY.replace("On rest", "&b;"), head=BOMB))
    assert [] == got.of("post")
    assert {"unreadable"} == {table.state for table in got.tables.values()}


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that holds nothing but an address, or whose content is a path, opens nothing else."""

    def refuse(*_: object, **__: object) -> NoReturn:
        raise AssertionError("something was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    got = feed(tmp_path, rss(ENTRY, head='<?xml-stylesheet href="https://elsewhere.example/x.xsl"?>'))
    assert 1 == len(got.of("post"))


@pytest.mark.parametrize("cut", [30, 150])
def test_a_feed_cut_off_is_partial(tmp_path: Path, cut: int) -> None:
    """What came before is read, and a problem says that it is not whole."""
    got = feed(tmp_path, rss(ENTRY, ENTRY)[:-cut])
    assert "On rest\n\nSlow down." == got.texts("post")[0]
    assert "partial" == got.tables["posts"].state
    json = feed(
        tmp_path / "json",
        '{"version": "https://jsonfeed.org/version/1", "items": [{"content_text": "Tea"}, {"co',
        "f.json",
    )
    assert (["Tea"], "partial") == (json.texts("post"), json.tables["posts"].state)


def test_an_entry_of_another_shape_costs_itself(tmp_path: Path) -> None:
    """What stands around it is read, and an author may be text, one object or several."""
    items = [
        1,
        {"id": "2", "content_text": "Tea", "author": {"name": "Wren"}},
        {"content_text": "Rain", "authors": "Wren"},
    ]
    got = feed(tmp_path, {**JSON, "items": items}, "feed.json")
    assert (["Tea", "Rain"], ["/items/0"]) == (got.texts("post"), [problem.pointer.locator for problem in got.problems])
    one = feed(tmp_path / "one", {**JSON, "items": items[1]}, "feed.json")
    assert ["Tea"] == one.texts("post")


def test_several_feeds_in_a_zip_are_read(tmp_path: Path) -> None:
    """Within a wrapper, each with its own pointers."""
    got = Imported(zipped(tmp_path / "f.zip", {"a.xml": rss(ENTRY), "b.atom": ATOM, "c.json": JSON}, "feeds/"))
    assert 4 == len(got.of("post")) == got.tables["posts"].read
    assert 3 == len({post.pointer.member for post in got.of("post")})


@pytest.mark.parametrize("content", ["", "<html><body>feed</body></html>", '<opml version="2.0"></opml>'])
def test_what_is_no_feed_is_refused(tmp_path: Path, content: str) -> None:
    """Empty files, pages and lists of feeds are none."""
    with pytest.raises(UnknownArchiveError):
        feed(tmp_path, content)


def test_an_empty_feed_is_empty(tmp_path: Path) -> None:
    """And not absent."""
    assert "empty" == feed(tmp_path, rss()).tables["posts"].state


def test_ten_thousand_entries_are_read(tmp_path: Path) -> None:
    """In JSON; a feed in XML holds a few hundred at most."""
    entries = [
        {"id": str(n), "content_html": f"<p>line {n}</p>", "date_published": "2025-02-04T08:30:00Z"}
        for n in range(10_000)
    ]
    assert 10_000 == len(feed(tmp_path, {**JSON, "items": entries}, "feed.json").of("post"))
