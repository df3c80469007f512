"""A person's names in parts, and the forms that are kept of them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import NAMES

from forethought.clients.names import (
    KINDS,
    MOST_FORMS,
    MOST_LETTERS,
    WEAK,
    Form,
    Person,
    exact,
    forms,
    is_lone,
    pairs,
    parted,
    slips,
)


def kept(person: Person, kind: str) -> set[str]:
    """Return the letters of the forms of one kind."""
    return {form.letters for form in forms(person) if form.kind == kind}


class TestParted:
    @pytest.mark.parametrize(
        ("name", "given", "middle", "surname", "known_as"),
        [
            ("Siobhan Kelly", "Siobhan", (), "Kelly", ()),
            ("Kelly, Siobhan Mary", "Siobhan", ("Mary",), "Kelly", ()),
            ("Dr Siobhan Mary Kelly PhD", "Siobhan", ("Mary",), "Kelly", ()),
            ("Siobhan (Shiv) Kelly", "Siobhan", (), "Kelly", ("Shiv",)),
            ("William “Bill” Ashworth", "William", (), "Ashworth", ("Bill",)),
            ("Jan van der Berg", "Jan", (), "van der Berg", ()),
            ("Dr Prof. Jo Bloggs", "Jo", (), "Bloggs", ()),
            ("Siobhan", "Siobhan", (), "", ()),
            ("Doctor", "Doctor", (), "", ()),
            ("", "", (), "", ()),
            (" , ", "", (), "", ()),
        ],
        ids=[
            "plain", "comma", "title", "brackets", "quotation-marks", "particles", "two-titles", "one-word",
            "title-alone", "nothing", "comma-alone",
        ],
    )  # fmt: skip
    def test_each_way_to_write_a_name(
        self, name: str, given: str, middle: tuple[str, ...], surname: str, known_as: tuple[str, ...]
    ) -> None:
        """A name falls into its parts however it is written."""
        found = parted(name)
        assert (given, middle, surname, known_as) == (found.given, found.middle, found.surname, found.known_as)

    @given(st.text(max_size=60))
    def test_nothing_that_is_typed_fails(self, name: str) -> None:
        """Whatever is typed falls into parts, and forms can be made and asked of it."""
        person = parted(name)
        assert all(form.kind in KINDS and form.letters.strip() for form in forms(person))
        assert all(len(pair) == 2 and all(pair) for pair in pairs(name))


class TestForms:
    def test_a_person_never_shows_their_name(self) -> None:
        """A person in a log or a traceback does not tell who it is."""
        assert "Siobhan" not in repr(parted("Siobhan Kelly"))

    def test_a_double_barrelled_name_is_kept_whole_and_in_parts(self) -> None:
        """Each part of a double-barrelled surname may stand for the whole."""
        assert {"ashworth siobhan", "kelly siobhan", "kellyashworth siobhan"} <= kept(
            parted("Siobhan Kelly-Ashworth"), "full"
        )

    def test_a_middle_name_may_come_first(self) -> None:
        """Somebody may go by a middle name, or by both."""
        assert {"kelly orla", "kelly siobhan", "kelly siobhanorla"} <= kept(parted("Siobhan Orla Kelly"), "full")

    def test_what_they_go_by_stands_like_the_given_name(self) -> None:
        """A name that a person goes by is kept with the surname, alone, and run together."""
        person = replace(parted("Siobhan Kelly"), known_as=("Zippy",))
        assert "kelly zippy" in kept(person, "full")
        assert "zippy" in kept(person, "first")
        assert "zippykelly" in kept(person, "handle")

    def test_a_middle_name_alone_is_not_kept(self) -> None:
        """Only what a person is called by is kept as a first name."""
        assert {"siobhan"} == kept(parted("Siobhan Orla Kelly"), "first")

    def test_initials_stand_for_either_part(self) -> None:
        """The surname with an initial, and the given name with one, are kept."""
        assert {"s kelly", "siobhan k"} == kept(parted("Siobhan Kelly"), "initial")

    def test_a_short_name_has_no_slips(self) -> None:
        """A full name of fewer than six letters would meet too many others by a slip or a sound."""
        assert set() == kept(parted("Jo Lee"), "typo") | kept(parted("Jo Lee"), "sound")
        assert kept(parted("Ann Lee"), "typo")

    def test_where_they_are_reached(self) -> None:
        """Handles, addresses and numbers are kept in one form each; what is none is left out."""
        person = Person(
            handles=("@sk_paints",), emails=("siobhan.k@x.example", "nothing"), phones=("07700 900123", "1")
        )
        assert [
            ("handle", "skpaints"),
            ("email", "siobhank@x.example"),
            ("handle", "siobhank"),
            ("phone", "7700900123"),
        ] == [*forms(person)]

    @pytest.mark.parametrize("name", NAMES)
    def test_each_form_is_there_once(self, name: str) -> None:
        """No form is kept twice, the order is fixed, and a usual name has a modest number."""
        found = forms(parted(name))
        assert len(found) == len(set(found))
        assert found == forms(parted(name))
        assert len(found) < 60

    def test_no_person_has_more_forms_than_are_kept(self) -> None:
        """However many names a person has, the forms are bounded, and where they are reached is among them."""
        person = Person("Jo", "Bloggs", known_as=tuple(f"N{'x' * n}" for n in range(1, 90)), emails=("jo@x.example",))
        assert MOST_FORMS == len(forms(person))
        assert {"jo@x.example"} == kept(person, "email")

    @pytest.mark.parametrize(
        ("name", "lone"),
        [("Kelly", True), ("Nobody", True), ("Mr Kelly", True), ("Siobhan Kelly", False), ("", False)],
    )
    def test_one_word_is_a_lone_name(self, name: str, lone: bool) -> None:
        """A name of one word is known for one, since it is met weakly alone."""
        assert lone is is_lone(parted(name))

    def test_kinds_never_share_a_fingerprint(self) -> None:
        """The same letters of two kinds are told apart, so that one cannot pass for the other."""
        assert Form("first", "kelly").whole != Form("handle", "kelly").whole

    def test_weak_kinds_are_kinds(self) -> None:
        """What many people share is marked as such."""
        assert frozenset({"initial", "first"}) == WEAK <= set(KINDS)


class TestAsked:
    def test_the_order_of_a_full_name_does_not_matter(self) -> None:
        """A surname that is written first gives the same form."""
        assert set(exact("siobhan", "kelly")) == set(exact("kelly", "siobhan"))

    def test_slips_in_both_parts_do_not_meet(self) -> None:
        """One letter in each part is two slips, which is another name."""
        assert set(slips("siobhan", "kelly")) & set(slips("sioban", "kelly"))
        assert not set(slips("siobhan", "kelly")) & set(slips("sioban", "kelley"))

    @pytest.mark.parametrize(
        ("name", "first"),
        [
            ("Siobhan Kelly", ("siobhan", "kelly")),
            ("S. Kelly", ("s", "kelly")),
            ("Jan de la Cruz", ("jan", "delacruz")),
        ],
    )
    def test_a_name_is_read_as_given_and_surname(self, name: str, first: tuple[str, str]) -> None:
        """The likeliest reading of a name that was met comes first."""
        assert first == pairs(name)[0]

    def test_what_no_name_could_be_has_no_reading(self) -> None:
        """A part of more than 40 letters is in no reading."""
        assert () == pairs(f"Jan {'k' * (MOST_LETTERS + 1)}")
        assert pairs(f"Jan {'k' * MOST_LETTERS}")

    def test_a_name_of_three_words_has_several_readings(self) -> None:
        """The middle word may be left out, or belong to either side."""
        assert {("mei", "zheng"), ("meilin", "zheng"), ("mei", "linzheng")} == set(pairs("Mei Lin Zheng"))
