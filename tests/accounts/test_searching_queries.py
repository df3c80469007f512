"""What to search for about oneself, and the addresses that are prepared and not opened."""

from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.searching.queries import (
    PICTURED,
    TELLING,
    WHAT,
    Me,
    engines,
    looks,
    phone_forms,
    queries,
    searches,
)
from forethought.errors import UnknownNameError
from forethought.guidance.schema import PackError

MIRA = Me(
    names=("Mira Example",),
    old_names=("Mira O'Sample",),
    nicknames=("Mirabelle",),
    handles=("@mira_work",),
    private_handles=("mira.at.home",),
    towns=("Ambridge",),
    professions=("counsellor",),
    workplaces=("Elm & Oak Practice",),
    phones=("07700 900123",),
    mails=("mira@example.org",),
    homes=("1 Example Lane, Ambridge",),
)
ENGINE = """
[[engine]]
id = "one"
kind = "words"
title = "One"
address = "https://one.example/?q={words}"
learns = "It learns the words."
source = "made up"
read_on = 2026-11-29
review_on = 2027-05-28
"""


def asked(address: str) -> Mapping[str, str]:
    """Return what an engine would read out of an address."""
    return dict(parse_qsl(urlsplit(address).query, strict_parsing=True))


def test_everything_that_was_given_is_searched_for() -> None:
    """Each kind of search is there, in its order, and each word that was given is in one."""
    found = queries(MIRA)
    kinds = list(dict.fromkeys(each.what for each in found))
    assert kinds == [*WHAT]
    words = {each.words for each in found}
    assert {
        '"Mira Example"', '"Mira O\'Sample"', '"mira_work"', '"mira.at.home"', '"Mira O\'Sample" "Ambridge"',
        '"Mira Example" "Elm & Oak Practice"', '"07700900123"', '"+44 7700 900123"', '"mira@example.org"',
    } <= words  # fmt: skip


def test_private_words_are_never_put_beside_a_name() -> None:
    """An engine does not learn whose number, e-mail address or home it is from the search."""
    for each in queries(MIRA):
        if each.what in TELLING:
            assert "Mira" not in each.words
            assert each.words.count('"') == 2


def test_nothing_is_searched_twice_or_for_too_little() -> None:
    """A name given twice is one search, at its first place, and words of a letter or two are none."""
    found = queries(Me(names=("Mira  Example", "mira example", "Bo"), nicknames=("Mira Example",), towns=("", "A")))
    assert [(each.what, each.words) for each in found] == [("name", '"Mira Example"')]


def test_marks_and_line_ends_cannot_break_a_phrase() -> None:
    """Quotation marks in what was given are taken out, and line ends are spaces."""
    (found,) = queries(Me(names=('Mira "Mi"\nExample',)))
    assert found.words == '"Mira Mi Example"'


@pytest.mark.parametrize("id", [id for id, each in engines().items() if each.kind != "look"])
def test_each_engine_gets_exactly_the_words(id: str) -> None:
    """Read back as an engine would, an address holds the words unaltered, whatever signs and letters are in them."""
    for each in searches(MIRA, [id]):
        assert each.words in asked(each.address).values()
        assert each.address.startswith("https://")
        assert each.address.isascii()


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=3, max_size=40))
def test_no_words_get_out_of_their_place(words: str) -> None:
    """Any words stay one value of the address, and add no other and no place on the page."""
    for each in searches(Me(names=(words,)), ["google"]):
        assert asked(each.address) == {"q": each.words}
        assert not urlsplit(each.address).fragment


def test_pictures_are_searched_for_by_name_alone() -> None:
    """A search for pictures is made for names and accounts, and never for a number or a home."""
    assert {each.what for each in searches(MIRA, ["google-pictures"])} == set(PICTURED)


def test_all_engines_are_used_unless_some_are_chosen() -> None:
    """Eight engines for words and two for pictures by themselves, and only those chosen otherwise."""
    assert {each.engine.id for each in searches(MIRA)} == {
        "google", "bing", "duckduckgo", "ecosia", "startpage", "yahoo", "brave", "qwant", "google-pictures",
        "bing-pictures",
    }  # fmt: skip
    assert {each.engine.id for each in searches(MIRA, ["qwant"])} == {"qwant"}
    assert {each.id for each in looks()} == {"google-lens", "bing-visual", "tineye"}
    assert looks(["qwant"]) == ()


@pytest.mark.parametrize("ask", [lambda: searches(MIRA, ["gogle"]), lambda: looks(["gogle"])])
def test_an_engine_that_is_not_known_is_told(ask: object) -> None:
    """A slip in an engine's name is met with the nearest name."""
    with pytest.raises(UnknownNameError, match="Use google"):
        ask()  # type: ignore[operator]


def test_what_a_person_gave_is_not_in_an_errors_words() -> None:
    """Shown as a value, for example in a crash, a person's details stay out."""
    assert "Mira" not in repr(MIRA)


@pytest.mark.parametrize(
    ("given", "forms"),
    [
        ("07700900123", ("07700 900123", "07700900123", "07700 900 123", "+44 7700 900123", "+447700900123")),
        ("+44 (0)20 7946-0123", ("020 7946 0123", "02079460123", "+44 20 7946 0123", "+442079460123")),
        ("0044 121 496 0123", ("0121 496 0123", "01214960123", "+44 121 496 0123", "+441214960123")),
        ("01632 960123", ("01632 960123", "01632960123", "01632 960 123", "+44 1632 960123", "+441632960123")),
        ("0808 157 0123", ("0808 157 0123", "08081570123", "+44 808 157 0123", "+448081570123")),
        ("+33 1 99 00 12 34", ("+33 1 99 00 12 34", "+33199001234")),
    ],
)
def test_a_number_is_written_in_the_ways_people_write_it(given: str, forms: tuple[str, ...]) -> None:
    """Mobile, London, city, area and freephone numbers are grouped as usual; one from abroad stays as it was given."""
    assert phone_forms(given) == forms


@given(st.from_regex(r"(\+44|0044|0)[1-9][0-9]{8,9}", fullmatch=True))
def test_every_form_is_the_same_number(number: str) -> None:
    """Whatever the number, no form has lost or gained a digit."""
    bare = number.removeprefix("+44").removeprefix("0044").removeprefix("0")
    digits = {"".join(filter(str.isdigit, form)) for form in phone_forms(number)}
    assert digits == {f"0{bare}", f"44{bare}"}


def test_every_engine_says_what_it_learns_and_when_that_was_read() -> None:
    """Each tells what it gets, admits that nobody checked it there, and is read again within half a year."""
    for each in engines().values():
        assert each.learns.endswith(".")
        assert "not checked at the engine" in each.source
        assert 0 < (each.review_on - each.read_on).days <= 183


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("https:", "http:", "does not begin with https"),
        ("{words}", "", "takes {words} once"),
        ('kind = "words"', 'kind = "look"', "takes {words} once"),
        ('learns = "', 'steps = ["Open it."]\nlearns = "', "a search by hand has steps"),
        ('kind = "words"', 'kind = "sounds"', "kind 'sounds' is not known"),
    ],
)
def test_a_faulty_engine_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """An address that is not secured, or has no place for the words, is named with file and line."""
    path = tmp_path / "engines.toml"
    path.write_text(ENGINE.replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackError, match=told) as caught:
        engines(path)
    assert caught.value.line


def test_two_engines_of_one_id_are_told(tmp_path: Path) -> None:
    """The second engine of the same id is named, rather than taking the first one's place."""
    path = tmp_path / "engines.toml"
    path.write_text(ENGINE + ENGINE, encoding="utf-8")
    with pytest.raises(PackError, match="'one' is the id of two engines"):
        engines(path)
