"""What readers share: words of HTML, addresses without secrets, whose name is whose, and what is counted as dropped."""

from datetime import UTC, datetime

import pytest

from forethought.footprint.archives.decode import words_of
from forethought.footprint.archives.parts import Logins, Whose, joined, shown, shown_escaped, without_secret
from forethought.footprint.archives.tally import Dropped, Span
from forethought.footprint.item import Moment, Pointer

HTML = (
    "Tea &amp; rain",
    "a  b\n c&nbsp;d",
    "<p>One</p><p>Two <b>three</b></p>\n\n<ul><li>a</li><li>b</li></ul>",
    "<!-- wp:paragraph --><p class='x' title=\"it's\">One<br>two</p><!-- /wp:paragraph -->",
    '<p title="a > b">odd</p>',
    "a < b and c > d",
    "<p>1 &lt; 2</p> x <3",
    "<script>var a = '<p>no</p>'</script><p>yes</p>",
    "<style>p {}</style>text<div>more</div>",
    "<head><title>no</title></head><body>yes</body>",
    "<!-- unclosed <p>x</p>",
    "<p>cut off <a href='x",
    "<BR>one<Br>two<hr>",
    "<my-tag>x</my-tag> <p-x>y</p-x>",
    "<p>&#10;a&#8232;b\u2028c</p>",
    "<?php x ?><p>a</p><![CDATA[b]]>",
    "nul \0 <p>x</p>",
    "</p>a</div>",
    "<textarea><p>x</p></textarea>",
)


@pytest.mark.parametrize("text", HTML)
def test_words_are_those_of_the_parser(text: str) -> None:
    """The quick way of tidy HTML gives what the slow one gives, and leaves odd HTML to it."""
    assert words_of(text) == shown(text)


def test_a_tag_that_closes_itself_ends_one_line() -> None:
    """Just as one that does not."""
    assert "one\ntwo" == shown("one<br/>two") == shown("one<br>two")


@pytest.mark.parametrize("piece", ["<", "<a ", '<a "', "<a '", "<!--", "<!-- <", "-->", "<p"])
def test_hostile_html_takes_no_longer(piece: str) -> None:
    """Looking for tags does not look again and again at what was seen."""
    from forethought.footprint.archives.parts import _TAG

    _TAG.sub("", piece * 100_000)


def test_html_in_html_is_unescaped_only_where_it_was_escaped_twice() -> None:
    """A text that speaks of a tag keeps it."""
    assert "One" == shown_escaped("&lt;p&gt;One&lt;/p&gt;")
    assert "Write <p> first" == shown_escaped("<p>Write &lt;p&gt; first</p>")


ADDRESSES = {
    "https://wren.example/on-rest?p=12&page=2": True,
    "tag:wren.example,2025:1": True,
    "https://wren.example/an-internationalisation-of-everything-2025": True,
    "https://wren.example/feed?token=abc": False,
    "https://wren.example/feed?user=1&sig=abc": False,
    "https://wren.example/private/k7Jd93kfLs02mNbVcX81qPzT/rss": False,
    "https://wren:pass@wren.example/feed": False,
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_an_address_that_lets_its_holder_in_is_dropped(address: str) -> None:
    """By the name of what it carries, or by its look; others are kept whole."""
    assert (address if ADDRESSES[address] else "") == without_secret(address)


def test_titles_that_begin_the_body_are_not_repeated() -> None:
    """Neither whole nor cut short; others stand above."""
    assert "Tea\nRain" == joined("Tea", "", "Tea\nRain")
    assert "Tea and rain" == joined("Tea and…", "Tea and rain")
    assert "Tea\n\nTea and rain" == joined(" Tea ", "Tea and rain")


def test_one_name_is_the_person_s_and_of_several_they_say_which() -> None:
    """Case and spaces make no difference."""
    assert Whose("", ["Wren"]).owns("Wren")
    assert not Whose("", ["Wren", "Ash"]).owns("Wren")
    told = Whose(" wren  HALE ", ["Wren Hale", "Ash"])
    assert (True, False) == (told.owns("wh", "Wren Hale"), told.owns("Ash"))


def test_what_is_dropped_is_counted_by_file_and_field() -> None:
    """And what is empty is not counted."""
    dropped = Dropped()
    for value in ("x", "", None, "y", [], 0):
        dropped.add(Pointer("s", "m", f"row {value}"), "token", value)
    assert [(Pointer("s", "m"), "token", 3)] == [(each.pointer, each.field, each.count) for each in dropped.told()]


def test_moments_of_several_zones_make_a_span() -> None:
    """Those that are not set are left out."""
    span = Span()
    for moment in (
        Moment("b", datetime(2025, 2, 2)),
        Moment("?"),
        Moment("a", datetime(2025, 2, 1, tzinfo=UTC), "utc"),
    ):
        span.take(moment)
    assert {"first": "a", "last": "b"} == span.facts()


def test_visits_keep_no_address() -> None:
    """Networks are counted, countries named."""
    logins = Logins()
    for network in ("203.0.113.9", "203.0.113.9", "203.0.113.8", ""):
        logins.add(network, "GB", Moment())
    item = logins.item("x", Pointer("s", "m"))
    assert (("count", "4"), ("networks", "2"), ("countries", "GB")) == item.details
    assert "203" not in repr(item)
