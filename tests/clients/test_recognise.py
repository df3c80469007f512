"""Somebody known again, in a text and from what a request tells; and others who are not taken for them."""

import random
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented import GIVEN, NAMES, SURNAMES, identity, kept, knows

from forethought.clients.letters import families, letters
from forethought.clients.names import KINDS, parted
from forethought.clients.recognise import MOST_HASHES, Known, Match, Recogniser
from forethought.clients.slow import Memory, key_of, slow
from forethought.reading import Span

SIOBHAN = replace(
    parted("Siobhan Kelly"), handles=("@sk_paints",), emails=("siobhan@home.example",), phones=("07700 900123",)
)
PEOPLE = {"C-01": SIOBHAN, "C-02": parted("William Ashworth-Byrne"), "C-03": parted("Mei Lin Zheng")}
KNOWS = Recogniser(kept(PEOPLE), b"", hashing=identity)

HOSTILE = {
    "one-word": "Abcdefghij", "pairs": "Zebedee Quillfeather ", "particles": "Van de la ", "handles": "@ab.cd ",
    "one-handle": "@siobhan.kelly", "tags": "#SiobhanKelly", "addresses": "ab@cd.ef ", "dots": "@a....",
    "numbers": "07700 900123, ", "links": "https://x.com/siobhan/ ", "one-link": "https://x.com/a/", "signs": "A'b-",
    "initials": "A. B. ", "small": "siobhan ",
}  # fmt: skip


def made_up(count: int) -> list[str]:
    """Return words that are like names and are none, each another."""
    rng = random.Random(1)
    return sorted({"".join(rng.choices("bcdfglmnprst", k=8)).title() for _ in range(count)})


def met(text: str) -> list[tuple[str, str, str]]:
    """Return the words, the reference and the kind of each match in a text."""
    return [(text[each.span.start : each.span.end], each.reference, each.kind) for each in KNOWS.in_text(text)]


class TestInText:
    @pytest.mark.parametrize(
        ("text", "words", "who", "kind"),
        [
            ("Ran into Siobhan Kelly.", "Siobhan Kelly", "C-01", "full"),
            ("Ran into Shiv Kelly.", "Shiv Kelly", "C-01", "full"),
            ("ran into siobhan kelly", "siobhan kelly", "C-01", "full"),
            ("Ran into Siobhán KELLY.", "Siobhán KELLY", "C-01", "full"),
            ("Ran into Kelly Siobhan.", "Kelly Siobhan", "C-01", "full"),
            ("Ran into Siobhan Kely.", "Siobhan Kely", "C-01", "sound"),
            ("Ran into Sioban Kelly.", "Sioban Kelly", "C-01", "typo"),
            ("Ran into Siohban Kelly.", "Siohban Kelly", "C-01", "typo"),
            ("Ran into Siobhan Kellly.", "Siobhan Kellly", "C-01", "sound"),
            ("Ran into Siobham Kelly.", "Siobham Kelly", "C-01", "typo"),
            ("Ran into S. Kelly.", "S. Kelly", "C-01", "initial"),
            ("Ran into Shiv K today.", "Shiv K", "C-01", "initial"),
            ("Siobhan cried again.", "Siobhan", "C-01", "first"),
            ("Ask @siobhan.kelly92 then.", "@siobhan.kelly92", "C-01", "handle"),
            ("Ask @kellyshiv then.", "@kellyshiv", "C-01", "full"),
            ("Ask @sk_paints_7 then.", "@sk_paints_7", "C-01", "handle"),
            ("Ask @skelly then.", "@skelly", "C-01", "initial"),
            ("Write to Siobhan+a@Home.example", "Siobhan+a@Home.example", "C-01", "email"),
            ("Ring +44 7700 900123", "+44 7700 900123", "C-01", "phone"),
            ("Ran into Bill Byrne.", "Bill Byrne", "C-02", "full"),
            ("Ran into Will Ashworth.", "Will Ashworth", "C-02", "full"),
            ("Ran into Zheng Mei Lin.", "Zheng Mei Lin", "C-03", "full"),
            ("#SiobhanKelly is great", "#SiobhanKelly", "C-01", "full"),
        ],
        ids=[
            "plain", "nickname", "small", "accent-and-capitals", "surname-first", "sound", "left-out", "swapped",
            "put-in", "mistaken", "initial", "given-and-initial", "first", "handle-in-parts", "handle-run-together",
            "own-handle",
            "handle-with-initial", "email", "phone", "double-barrelled", "other-half", "family-name-first",
            "hashtag",
        ],
    )  # fmt: skip
    def test_a_client_is_met(self, text: str, words: str, who: str, kind: str) -> None:
        """A client is met however they are written, by the surest kind, where the words stand."""
        assert (words, who, kind) in met(text)

    @pytest.mark.parametrize(
        "text",
        [
            "Ran into Siobhan Delaney.", "Ran into Orla Kelly.", "Siobhan McKenna said so.", "Kelly Clarkson sings.",
            "Ran into Sioban Kelley-Orme.", "Mondays are for paperwork.", "Ask @siobhandelaney then.",
            "Ring 07700 900124",
        ],
        ids=[
            "other-surname", "other-given", "at-the-start", "surname-as-given", "two-slips", "nobody", "handle",
            "phone",
        ],
    )  # fmt: skip
    def test_somebody_else_is_not(self, text: str) -> None:
        """Somebody with another full name is not met, not even by the first name that is in it."""
        assert [] == met(text)

    def test_two_clients_of_one_name_are_both_met(self) -> None:
        """Where a name is that of two clients, both are named."""
        known = kept({"C-01": parted("Jo Bloggs"), "C-02": parted("Joanna Bloggs")})
        found = Recogniser(known, b"", hashing=identity).in_text("Ran into Jo Bloggs.")
        assert ["C-01", "C-02"] == [each.reference for each in found]

    def test_each_place_is_named_once(self) -> None:
        """A client who is written in full is named once there, and again where the name comes back."""
        assert [("Siobhan Kelly", "C-01", "full"), ("Siobhan", "C-01", "first")] == met("Siobhan Kelly. Siobhan left.")

    def test_a_longer_reading_stands_for_its_parts(self) -> None:
        """A client whose name is met whole and in a pair of its words is named once there, by the longest."""
        assert [("Mei Lin Zheng", "C-03", "full")] == met("Ran into Mei Lin Zheng.")

    @pytest.mark.parametrize(
        ("text", "weak"),
        [("Rose Field came.", True), ("Then Hope Green came.", True), ("Then Rose Threlfall came.", False)],
    )
    def test_ordinary_words_are_weak(self, text: str, weak: bool) -> None:
        """A name of which both parts are ordinary words is weak, though it is met in full."""
        found = knows("Rose Field", "Hope Green", "Rose Threlfall").in_text(f"I saw that {text}")
        assert [("full", weak)] == [(each.kind, each.weak) for each in found]

    def test_ordinary_words_in_a_request_are_a_name(self) -> None:
        """Where a name is what was asked for, it is one, whatever its words."""
        assert [False] == [each.weak for each in knows("Rose Field").of_person("Rose Field")]

    @pytest.mark.parametrize(
        ("kept", "written"),
        [
            ("Mohammed Hussain", "Muhammad Hussein"), ("Mohammed Hussain", "Mo Husayn"),
            ("Ali Mohammed", "Ali Muhammad"), ("Saira Begum", "Saira Begam"), ("Fatima Rahman", "Fatima Rehman"),
            ("Imran Chaudhry", "Imran Chowdhury"),
            ("Nadia Ahmed", "Nadia Ahmad"), ("Fiona MacDonald", "Fiona McDonald"),
            ("Ewan McAllister", "Ewan MacAllister"),
            ("Pat O'Brien", "Pat OBrien"), ("Pat O'Brien", "Pat O Brien"), ("Jane Stephens", "Jane Stevens"),
            ("Jane Clarke", "Jane Clark"), ("Tom Browne", "Tom Brown"), ("Tom Smyth", "Tom Smith"),
        ],
    )  # fmt: skip
    def test_spellings_of_surnames_meet(self, kept: str, written: str) -> None:
        """A surname that is written in several ways is met in each, either way round, as a full name."""
        for one, other in ((kept, written), (written, kept)):
            assert ["full"] == [each.kind for each in knows(one).in_text(f"Then I ran into {other} outside.")]
            assert ["full"] == [each.kind for each in knows(one).of_person(other)]

    @pytest.mark.parametrize(
        ("link", "words"),
        [
            ("https://www.instagram.com/siobhan.kelly92/?hl=en", "siobhan.kelly92"), ("x.com/sk_paints", "sk_paints"),
            ("https://www.linkedin.com/in/siobhan-kelly-1a2b3c4", "siobhan-kelly"),
            ("https://tiktok.com/@siobhankelly).", "siobhankelly"),
            ("https://facebook.com/kelly.siobhan", "kelly.siobhan"),
        ],
        ids=["query", "bare", "numbered", "at", "surname-first"],
    )  # fmt: skip
    def test_a_link_to_a_profile(self, link: str, words: str) -> None:
        """The end of a link to a profile on a known platform is tried as a handle, at its place."""
        assert [(words, "C-01", "handle")] == met(f"See {link} there")

    def test_other_links_are_left_alone(self) -> None:
        """A link to anywhere else meets nobody."""
        assert [] == met("See https://example.org/siobhan.kelly92 and https://instagram.com/ there")

    def test_a_match_says_whether_it_is_weak(self) -> None:
        """A first name or an initial is weak; a full name is not."""
        assert [False, True] == [Match(Span(0, 1), "C-01", kind).weak for kind in ("full", "first")]

    @given(st.text(max_size=120))
    def test_any_text_is_read(self, text: str) -> None:
        """Whatever the text, matches lie in it, in order, and are the same again."""
        found = KNOWS.in_text(text)
        assert found == KNOWS.in_text(text)
        assert list(found) == sorted(found, key=lambda each: each.span)


class TestWork:
    def counted(self, text: str, known: dict[bytes, list[Known]] | None = None) -> int:
        """Return how many forms are hashed for a text."""
        asked: list[str] = []
        hashing = lambda key, form: asked.append(form) or form.encode()  # noqa: E731
        Recogniser(kept(PEOPLE) if known is None else known, b"", hashing=hashing).in_text(text)
        return len(asked)

    def test_no_candidate_no_work(self) -> None:
        """A draft that names nobody costs not one hash."""
        assert 0 == self.counted("Mondays are for paperwork, and so is the Spring.")

    def test_nobody_known_no_work(self) -> None:
        """Without a client nothing is hashed, whatever the draft says."""
        assert 0 == self.counted("Ran into Siobhan Kelly.", {})

    def test_a_name_that_is_met_costs_little(self) -> None:
        """A full name that is met as it stands needs a few hashes, and one that is not some tens."""
        assert self.counted("Ran into Siobhan Kelly.") <= 3
        assert 3 < self.counted("Ran into Tristan Bancroft.") < 40

    @pytest.mark.parametrize("hostile", HOSTILE.values(), ids=HOSTILE)
    def test_work_is_bounded(self, hostile: str) -> None:
        """However a text of 200,000 characters is made, no more forms are tried than the budget has."""
        text = (hostile * (200_000 // len(hostile) + 1))[:200_000]
        assert self.counted(text) <= MOST_HASHES

    def test_very_many_names_spend_the_budget_and_no_more(self) -> None:
        """A text of thousands of different names is tried up to the budget."""
        assert MOST_HASHES == self.counted(". ".join(f"{each} Quillfeather" for each in made_up(4_000)))

    @pytest.mark.parametrize(
        ("words", "kind"),
        [("@sk_paints", "handle"), ("siobhan@home.example", "email"), ("07700 900123", "phone")],
    )
    def test_the_surest_comes_first(self, words: str, kind: str) -> None:
        """An address, a number or a handle is met behind however many names."""
        crowd = ". ".join(f"{each} Quillfeather" for each in made_up(4_000))
        assert (words, "C-01", kind) in met(f"{crowd}. Ask {words} then.")

    def test_full_names_come_before_slips(self) -> None:
        """A full name as it stands is met behind hundreds of others, each of which needs many hashes by its slips."""
        crowd = ". ".join(f"{each} Quillfeather" for each in made_up(400))
        assert ("Shiv Kelly", "C-01", "full") in met(f"{crowd}. Then Shiv Kelly rang.")

    def test_the_real_hash_knows_too(self) -> None:
        """With the slow hash and a key the same people are met, and under another key nobody is."""
        key = key_of(b"k" * 32)
        known = {slow(key, form.decode()): who for form, who in kept({"C-01": parted("Siobhan Kelly")}).items()}
        memory = Memory()
        assert ["C-01"] == [each.reference for each in Recogniser(known, key, memory).in_text("Ran into Shiv Kelly.")]
        assert len(memory)
        assert () == Recogniser(known, key_of(b"j" * 32)).in_text("Ran into Shiv Kelly.")


class TestOfPerson:
    @pytest.mark.parametrize(
        ("asked", "kinds"),
        [
            ({"name": "Shiv Kelly"}, ["full"]), ({"name": "Siobhan"}, ["first"]), ({"name": "Shiv K"}, ["initial"]),
            ({"name": "siobhankelly_x"}, []), ({"name": "siobhan_kelly"}, ["full"]),
            ({"handle": "kelly.siobhan"}, ["handle"]),
            ({"email": "siobhankelly@x.example"}, ["handle"]), ({"phone": "00447700900123"}, ["phone"]),
            ({"name": "Siobhan", "phone": "07700900123"}, ["phone"]), ({"name": "", "handle": "@"}, []), ({}, []),
            ({"name": "Siobhan Kelly 07700 900123"}, ["full"]), ({"name": "Siobhan (Shiv)"}, ["first"]),
        ],
        ids=[
            "nickname", "first", "initial", "handle-as-name", "underscore", "handle", "local-part", "phone", "surest",
            "empty", "nothing", "phone-in-name", "aside",
        ],
    )  # fmt: skip
    def test_what_a_request_tells(self, asked: dict[str, str], kinds: list[str]) -> None:
        """Each thing that a request tells is tried, and a client is named once, by the surest."""
        assert kinds == [each.kind for each in KNOWS.of_person(**asked)]

    def test_the_span_is_the_whole_of_what_was_met(self) -> None:
        """A match spans the field that it was met in."""
        assert [Span(0, 13)] == [each.span for each in KNOWS.of_person(name="Siobhan Kelly")]

    def test_nobody_known(self) -> None:
        """Without a client nobody is met."""
        assert () == Recogniser({}, b"").of_person(name="Siobhan Kelly")

    @given(st.text(max_size=60), st.text(max_size=30))
    def test_anything_may_be_typed(self, name: str, other: str) -> None:
        """Whatever a profile shows is tried without fail."""
        found = KNOWS.of_person(name, other, other, other)
        assert all(each.kind in KINDS for each in found)


class TestFigures:
    """Small samples of what `benchmarks/clients.py` measures in full."""

    @pytest.mark.parametrize("name", NAMES)
    def test_nicknames_and_slips_are_met(self, name: str) -> None:
        """Every name of a family is met, and so is every way to leave out, put in, mistake or swap one letter."""
        given, surname = name.split()
        knower = knows(name)
        others = [each for each, heads in families().items() if heads & families().get(letters(given), frozenset())]
        written = [f"{other.title()} {surname}" for other in others]
        for at in range(1, len(surname) - 1):
            before, letter, after = surname[:at], surname[at], surname[at + 1 :]
            slipped = (before + after, before + "x" + letter + after, before + "x" + after)
            swapped = before + after[0] + letter + after[1:]
            written += [f"{given} {each}" for each in (*slipped, swapped)]
        assert [] == [each for each in written if not knower.in_text(f"Then I ran into {each} outside.")]

    def test_others_are_rarely_taken_for_clients(self) -> None:
        """Of all other pairs of these given names and surnames, none is met."""
        mine = [f"{given} {surname}" for given, surname in zip(GIVEN, SURNAMES, strict=False)]
        others = [f"{given} {surname}" for given in GIVEN for surname in SURNAMES]
        knower = knows(*mine, *NAMES)
        assert [] == [name for name in others if name not in mine and knower.in_text(f"I ran into {name} outside.")]
