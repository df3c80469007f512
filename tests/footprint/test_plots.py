"""Plots as SVG: whole, readable without colour, and with nothing in them that a page would run."""

from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.plots import bars, calendar
from forethought.rules import VERDICTS

COUNTS = st.dictionaries(st.sampled_from(VERDICTS), st.integers(0, 10**6))
MONTHS = st.dictionaries(st.tuples(st.integers(1, 9999), st.integers(1, 12)), COUNTS, max_size=20)
XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40)
BARS = st.lists(st.tuples(XML_TEXT, st.integers(0, 10**9), st.sampled_from(VERDICTS)), max_size=10)


def words(drawn: Element) -> list[str]:
    """Return the words of a drawing."""
    return [each.text or "" for each in drawn.iter("text")]


def boxes(drawn: Element) -> list[str]:
    """Return what kind each box of a drawing is."""
    return [each.attrib["class"] for each in drawn.iter("rect")]


def test_a_year_is_a_row_of_months() -> None:
    """Each month shows the gravest verdict by colour and letter, with how many posts had something found."""
    months = {(2023, 2): {"clear": 9, "pause": 2, "consider": 3}, (2024, 12): {"stop": 1}, (2024, 5): {"clear": 4}}
    drawn = fromstring(calendar(months))
    assert 24 == len(boxes(drawn))
    assert ["cell pause", "cell stop", "cell clear"] == [boxes(drawn)[at] for at in (1, 23, 16)]
    assert ["Jan", "Dec", "2023", "5P", "2024", "1S"] == [
        each for each in words(drawn) if each in ("Jan", "Dec", "2023", "5P", "2024", "1S")
    ]
    assert 12 + 2 + 2 == len(words(drawn))


def test_a_verdict_that_no_post_got_does_not_count() -> None:
    """A count of nought gives a month neither its colour nor a letter."""
    assert "cell clear" == boxes(fromstring(calendar({(2024, 1): {"stop": 0, "clear": 1}})))[0]


def test_bars_are_as_long_as_their_counts() -> None:
    """The longest bar has the highest count, half as many make half the length, and each has its number in words."""
    drawn = fromstring(bars([("One", 2_000, "stop"), ("Two", 1_000, "pause"), ("None", 0, "consider")], "Posts"))
    long = [float(each.attrib["width"]) for each in drawn.iter("rect")]
    assert long[0] == 2 * long[1]
    assert 0 < long[2] < long[1]
    assert ["One", "2,000", "Two", "1,000", "None", "0"] == words(drawn)
    assert ["bar stop", "bar pause", "bar consider"] == boxes(drawn)


def test_nothing_to_draw() -> None:
    """Without posts the drawings are empty and whole."""
    assert [] == boxes(fromstring(bars([], "Posts"))) == boxes(fromstring(calendar({})))


def test_words_are_never_the_page_s_own() -> None:
    """A title or name with signs of HTML is shown as written, and opens nothing."""
    hostile = "\"><script>alert(1)</script>&'"
    made = bars([(hostile, 1, hostile)], hostile)
    drawn = fromstring(made)
    assert "<script" not in made
    assert (hostile, hostile) == (words(drawn)[0], drawn.attrib["aria-label"])


@given(MONTHS, BARS, XML_TEXT)
def test_whatever_is_counted_the_drawing_is_whole(
    months: dict[tuple[int, int], dict[str, int]], counts: list[tuple[str, int, str]], title: str
) -> None:
    """Whatever the counts and words, each drawing is well-formed, named, and without a style attribute or a script."""
    for made in (calendar(months), bars(counts, title)):
        drawn = fromstring(made)
        assert "img" == drawn.attrib["role"]
        assert {"svg", "rect", "text"} >= {each.tag for each in drawn.iter()}
        assert all("style" not in each.attrib for each in drawn.iter())
    assert [name for name, _, _ in counts] == words(drawn)[::2]
