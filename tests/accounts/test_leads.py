"""How accounts lead to each other: each way is found and told, what joins work and private life first."""

from dataclasses import replace

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.leads import CITES, Known, leads
from forethought.accounts.leads_plot import drawing
from forethought.accounts.leads_telling import document, record, table
from forethought.accounts.vocabulary import KINDS
from forethought.documents import Listing, Note, Table
from forethought.guidance import load

PAGE = Known(key="1", name="Practice page", kind="professional", platform="facebook", handle="reedcounselling")
WALKS = Known(key="2", name="Walks", kind="personal", platform="instagram", handle="heron.days")
PHOTO = "aa bb cc dd"
WORDS = st.text(max_size=20)
XML_TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40)
ACCOUNTS = st.lists(
    st.builds(
        Known,
        key=st.uuids().map(str),
        name=XML_TEXT,
        kind=st.sampled_from([*KINDS]),
        platform=st.sampled_from(["x", "instagram", "other"]),
        handle=st.one_of(WORDS, st.sampled_from(["anna_reed", "AnnaReed", "@anna.reed@herons.example"])),
        names=st.lists(st.sampled_from(["Anna Reed", "anna reed", "", "A"]), max_size=2).map(tuple),
        bio=st.one_of(WORDS, st.just("Therapist in Leeds, see www.photos.example/anna_reed and @annareed")),
        links=st.lists(WORDS, max_size=2).map(tuple),
        photo=st.sampled_from(["", PHOTO]),
    ),
    max_size=6,
    unique_by=lambda each: each.key,
)


def sorts(page: Known, walks: Known) -> list[str]:
    """Return the sorts of reasons for which two accounts lead to each other."""
    return [reason.sort for lead in leads([page, walks]) for reason in lead.reasons]


@pytest.mark.parametrize(
    ("on_page", "on_walks", "sort"),
    [
        ({"photo": PHOTO}, {"photo": "aa bb cc ee"}, "photo"),
        ({"email": "0a"}, {"email": "0a"}, "email"),
        ({"phone": "0b"}, {"phone": "0b"}, "phone"),
        ({"handle": "@Anna.Reed"}, {"handle": "anna_reed"}, "handle"),
        ({"handle": "annareed"}, {"handle": "@AnnaReed@herons.example"}, "handle"),
        ({"handle": "annareed.counselling"}, {"handle": "anna_reed84"}, "similar handle"),
        ({"handle": "heron_dayz"}, {}, "similar handle"),
        ({"names": ("Anna Reed",)}, {"names": ("Herons", "ANNA  REED")}, "name"),
        ({"names": ("Anna Reed",)}, {"handle": "the.anna.reed"}, "name"),
        ({"names": ("Anna",)}, {"names": ("Anna",)}, "name"),
        ({"links": ("https://www.instagram.example/heron.days/?hl=en",)}, {}, "link"),
        ({"bio": "Walks at instagram.example/nobody, or www.instagram.example/heron.days."}, {}, "link"),
        ({"platform": "instagram", "bio": "My walks: @heron.days"}, {}, "link"),
        ({}, {"links": ("https://social.example/@reedcounselling",)}, "link"),
        ({"handle": "reed-counselling.example"}, {"links": ("https://reed-counselling.example/",)}, "link"),
        ({"links": ("links.example/reed",)}, {"bio": "https://links.example/reed"}, "same link"),
        ({"contacts": frozenset("abc")}, {"contacts": frozenset("cde")}, "contacts"),
        ({"bio": "Counsellor in Leeds"}, {"bio": "Herons, walks, Leeds"}, "bio"),
        ({"bio": "counsellor, anywhere"}, {"bio": "off duty counsellor"}, "bio"),
    ],
)
def test_each_way_is_found(on_page: dict[str, object], on_walks: dict[str, object], sort: str) -> None:
    """What two accounts share or link to leads from one to the other, with what is seen and how to loosen it."""
    page, walks = replace(PAGE, **on_page), replace(WALKS, **on_walks)  # type: ignore[arg-type]
    (found,) = leads([walks, page])
    assert ([sort], page, walks, True) == ([each.sort for each in found.reasons], found.a, found.b, found.leak)
    assert all(each.seen and each.loosen for each in found.reasons)


@pytest.mark.parametrize(
    ("on_page", "on_walks"),
    [
        ({}, {}),
        ({"handle": ""}, {"handle": ""}),
        ({"handle": "jo"}, {"handle": "jo"}),
        ({"handle": "5550001"}, {"handle": "5550002"}),
        ({"photo": PHOTO}, {"photo": "aa bb ee ff"}),
        ({"names": ("Anna Reed",)}, {"names": ("Anna Weed",)}),
        ({"bio": "The views here are my own"}, {"bio": "The herons and my walks"}),
        ({"links": ("https://elsewhere.example/reedcounselling",)}, {}),
        ({"links": ("https://elsewhere.example/heron.days",)}, {"sites": ("instagram.example",)}),
        ({"bio": "My walks: @heron.days"}, {}),
    ],
)
def test_what_is_not_shared_leads_nowhere(on_page: dict[str, object], on_walks: dict[str, object]) -> None:
    """Empty fields, short or numbered handles, half a picture, common words and other sites are no lead."""
    page, walks = replace(PAGE, **on_page), replace(WALKS, **on_walks)  # type: ignore[arg-type]
    assert () == leads([page, walks])


@pytest.mark.parametrize(
    ("kind", "other", "leak"),
    [
        ("professional", "personal", True), ("organisation", "research", True), ("professional", "dormant", True),
        ("professional", "organisation", False), ("personal", "dormant", False), ("research", "personal", False),
    ],
)  # fmt: skip
def test_a_leak_joins_work_and_private_life(kind: str, other: str, leak: bool) -> None:
    """A lead is a leak where one account is for work and the other is not."""
    (found,) = leads([replace(PAGE, kind=kind, photo=PHOTO), replace(WALKS, kind=other, photo=PHOTO)])
    assert leak is found.leak


def test_the_gravest_comes_first() -> None:
    """Leaks come before other leads, the heavier before the lighter; more shared contacts weigh more."""
    old = replace(WALKS, key="3", name="Old", kind="dormant", handle="moth77", photo=PHOTO, names=("Anna",))
    page = replace(PAGE, names=("Anna",), contacts=frozenset("abcdefghijkl"))
    found = leads([old, replace(WALKS, photo=PHOTO, contacts=frozenset("abcdefghijkl")), page])
    assert [("Practice page", "Walks"), ("Practice page", "Old"), ("Old", "Walks")] == [
        (each.a.name, each.b.name) for each in found
    ]
    assert ["some", "weak", "strong"] == [each.strength for each in found]


def test_it_is_told_with_its_grounds() -> None:
    """The document has a row a lead under the drawing's numbers, what it cannot know, and each provision on tracing."""
    found = leads([replace(PAGE, photo=PHOTO), replace(WALKS, photo=PHOTO)])
    told = document(found, load())
    (rows,) = [each.rows for each in told.blocks if isinstance(each, Table)]
    assert [("1", "Practice page", "Walks", "Yes", "Strong")] == [row[:5] for row in rows]
    assert any("can still be traced" in each.words for each in told.blocks if isinstance(each, Note))
    (said,) = [each.items for each in told.blocks if isinstance(each, Listing)]
    assert all(any(f"; {cite}; " in words for words in said) for cite in CITES)
    assert [("photo", True)] == [(each["reasons"][0]["sort"], each["leak"]) for each in record(found)]


def test_nothing_found_is_no_promise() -> None:
    """Without leads the document has no table and still says what it cannot know."""
    told = document((), load().active([]))
    assert not [each for each in told.blocks if isinstance(each, Table)]
    assert [each for each in told.blocks if isinstance(each, Note)]


def test_the_drawing_parts_work_from_private_life() -> None:
    """Accounts for work stand left, the others right; a leak is a whole line, another lead a broken one."""
    old = replace(WALKS, key="3", name="Old", kind="dormant", handle="moth", photo=PHOTO)
    accounts = [replace(PAGE, photo=PHOTO), replace(WALKS, photo=PHOTO), old]
    drawn = fromstring(drawing(accounts, leads(accounts)))
    page, walks, last = (float(each.attrib["x"]) for each in drawn.iter("rect"))
    assert page < walks == last
    lines = [(each.attrib["class"], "stroke-dasharray" in each.attrib) for each in drawn.iter("path")]
    assert [("lead leak", False), ("lead leak", False), ("lead", True)] == lines
    assert {"1", "2", "3", "Practice page", "Walks", "Old"} <= {each.text for each in drawn.iter("text")}


@given(ACCOUNTS)
def test_whatever_the_accounts_it_is_whole(accounts: list[Known]) -> None:
    """Whatever is known, each pair is there once at most, the drawing is well-formed without style, the table full."""
    found = leads(accounts)
    assert len(found) == len({frozenset((each.a.key, each.b.key)) for each in found})
    drawn = fromstring(drawing(accounts, found))
    assert "img" == drawn.attrib["role"]
    assert {"svg", "rect", "text", "path"} >= {each.tag for each in drawn.iter()}
    assert all("style" not in each.attrib for each in drawn.iter())
    assert len(found) == len(table(found).rows) == len(list(drawn.iter("path")))


@given(ACCOUNTS)
def test_the_order_of_the_register_does_not_matter(accounts: list[Known]) -> None:
    """The same pairs are found for the same sorts of reasons whichever account comes first."""

    def found(given: list[Known]) -> set[tuple[frozenset[str], frozenset[str]]]:
        """Return the pairs with their sorts."""
        return {(frozenset((e.a.key, e.b.key)), frozenset(r.sort for r in e.reasons)) for e in leads(given)}

    assert found(accounts) == found(accounts[::-1])
