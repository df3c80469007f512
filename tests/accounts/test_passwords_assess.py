"""What is found in passwords: weak, reused, alike and the rest, one row an account, and no password told."""

import json
import random
import string
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from zxcvbn import zxcvbn

from forethought.accounts.passwords import weighing
from forethought.accounts.passwords.assess import MOST_NAMED, REASONS, Report, assess
from forethought.accounts.passwords.kept import Kept, fingerprints
from forethought.accounts.passwords.likeness import alike, holds, names_in
from forethought.accounts.passwords.login import Login
from forethought.accounts.passwords.telling import NCSC, NOTHING, WORDS, document, record
from forethought.accounts.passwords.weighing import Scales, guesses
from forethought.documents.markdown import markdown
from forethought.guidance import load

TODAY, KEY = date(2026, 11, 29), bytes(range(32))
STRONG = ("Vq7#mWz2!rTk9pLx", "gH3$yBn8&cJd5sQf", "zP6*kXt4^vRw1nMb", "aL9%eUj7@oYi2hGc")


def report_of(*logins: Login, offers: frozenset[str] = frozenset(), old: timedelta | None = None) -> Report:
    """Return the report on some logins."""
    return assess(logins, offers, TODAY, KEY, old)


def reasons(*logins: Login, offers: frozenset[str] = frozenset(), old: timedelta | None = None) -> dict[str, set[str]]:
    """Return the reasons found for each title."""
    return {row.title: set(row.reasons) for row in report_of(*logins, offers=offers, old=old).rows}


def login(title: str, password: str = STRONG[0], site: str = "", user: str = "jo", **more: object) -> Login:
    """Return a login whose site goes by its title."""
    return Login(title, site or f"{title.lower()}.example", user, password, **more)  # type: ignore[arg-type]


class TestReasons:
    def test_good_ones_have_no_row(self) -> None:
        """Strong passwords of their own give no row, and the report says what that does not show."""
        found = report_of(*(login(name, each) for name, each in zip("ABCD", STRONG, strict=True)))
        assert () == found.rows
        assert NOTHING in markdown(document(found, TODAY, load()))

    @pytest.mark.parametrize("password", ["password1", "Summer2024", "qwertyuiop", "a" * 70, "1990-05-17", "пароль"])
    def test_weak(self, password: str) -> None:
        """Common, patterned, repeated and short passwords are weak."""
        assert "weak" in reasons(login("A", password))["A"]

    def test_a_name_makes_it_weak(self) -> None:
        """A password made of the site's own name and user name is weak, though it would not be elsewhere."""
        password = "QuorblefordZanthropy"
        assert {} == reasons(login("A", password))
        found = reasons(Login("Quorbleford", "quorbleford.example", "zanthropy@example.net", password))
        assert {"Quorbleford": {"weak", "site-in-password", "user-in-password"}} == found

    def test_reused(self) -> None:
        """Accounts with the same password name each other."""
        found = report_of(login("A"), login("B"), login("C", STRONG[1]))
        assert {"A": ("B",), "B": ("A",)} == {row.title: row.same_as.titles for row in found.rows}

    def test_one_account_kept_twice_is_not_reuse(self) -> None:
        """The same site and user kept under two addresses is one account, with one row for all reasons."""
        twice = (login("Mail", "summer99", site="a.example"), login("Mail again", "summer99", site="a.example"))
        found = report_of(*twice)
        assert (1, 2, [("weak",)]) == (found.accounts, found.logins, [row.reasons for row in found.rows])

    def test_one_site_with_two_users_is_reuse(self) -> None:
        """Two accounts of one site with the same password are two accounts."""
        assert 2 == len(report_of(login("A", user="jo"), login("A", user="al")).rows)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("Vq7mWzXrTkpLx1", "Vq7mWzXrTkpLx2!"),
            ("Barnacle-Tuppence", "b4rn4cle-tuppence99"),
            ("zP6*kXt4^vRw1nMb", "zP6*kXt4^vRw1nM"),
            ("zP6*kXt4^vRw1nMb", "zP6*kXt4^vRw1nMc"),
            ("zP6*kXt4^vRw1nMb", "zP6*kXt4^vR1wnMb"),
            ("Zürichorbit", "zurichorbit7"),
        ],
    )
    def test_similar(self, one: str, other: str) -> None:
        """Another figure, sign, capital or accent, or a slip of a letter, leaves two passwords alike."""
        found = report_of(login("A", one), login("B", other))
        assert {"A": ("B",), "B": ("A",)} == {row.title: row.similar_to.titles for row in found.rows}
        assert not any("reused" in row.reasons for row in found.rows)

    def test_codes_of_a_few_figures_are_not_called_alike(self) -> None:
        """Short codes and unlike passwords are not similar by chance."""
        assert {} == alike(["482913", "482914", "4829", *STRONG])

    def test_old_only_where_wanted_and_dated(self) -> None:
        """Age counts only when asked for, by the export's dates; a login without one is never old."""
        logins = (
            login("Old", STRONG[0], changed=TODAY - timedelta(400)),
            login("New", STRONG[1], changed=TODAY - timedelta(300)),
            login("Unknown", STRONG[2]),
        )
        assert ({}, {"Old": {"old"}}) == (reasons(*logins), reasons(*logins, old=timedelta(365)))
        assert 2 == report_of(*logins).dated

    def test_no_two_step(self) -> None:
        """A site that offers it counts where the export shows no code of any kind."""
        logins = (
            login("A", STRONG[0]),
            login("B", STRONG[1], totp=True),
            login("C", STRONG[2], notes_has_code=True),
            login("D", STRONG[3]),
        )
        offers = frozenset({"a.example", "b.example", "c.example"})
        assert {"A": {"no-two-step"}} == reasons(*logins, offers=offers)

    def test_shared_with_an_http_site(self) -> None:
        """A password that an http address has too is named at both."""
        found = reasons(login("A", plain=True), login("B"), login("C", STRONG[1]))
        assert {"A": {"reused", "http"}, "B": {"reused", "http"}} == found

    @pytest.mark.parametrize("password", ["xK9!moorhen#2vQ", "xK9!M00rH3n#2vQ", "xK9!nehroom#2vQ"])
    def test_the_site_inside(self, password: str) -> None:
        """A site's name is seen in capitals, in signs for letters, and backwards."""
        assert "site-in-password" in reasons(login("Moorhen", password))["Moorhen"]

    def test_the_worst_first(self) -> None:
        """Rows are in order of all their reasons together, and each row's reasons too."""
        found = report_of(login("Fair", STRONG[1], plain=True), login("B", "summer99"), login("C", "summer99"))
        assert ["B", "C", "Fair"] == [row.title for row in found.rows]
        assert ("reused", "weak") == found.rows[0].reasons

    def test_every_reason_has_words(self) -> None:
        """Each reason can be told."""
        assert set(REASONS) == set(WORDS)

    def test_thousands_that_share_one(self) -> None:
        """Of thousands with the same password each names a few, and says that there are more."""
        found = report_of(*(login(f"S{number}") for number in range(3_000)))
        assert {(MOST_NAMED, True)} == {(len(row.same_as.titles), row.same_as.more) for row in found.rows}
        assert "and others" in markdown(document(found, TODAY, load()))


class TestWeighing:
    @given(st.text(st.sampled_from(string.ascii_letters + string.digits + "@4$!e3 é密"), min_size=1, max_size=16))
    def test_the_same_as_zxcvbn_says(self, password: str) -> None:
        """Guesses are those of zxcvbn's own front door, names included."""
        names = ["moorhen", password[:5].lower()]
        assert float(zxcvbn(password, user_inputs=names)["guesses"]) == guesses(password, names)

    @pytest.mark.parametrize("seed", range(40))
    def test_the_short_way_gives_the_same_answer(self, seed: int) -> None:
        """Weighing only the start of a long password never calls one strong that the whole estimate calls weak."""
        rng = random.Random(seed)
        words = "telecommunications password qwertyuiop 12345678 internationalization dragon aaaa Xk7!".split()
        for _ in range(6):
            password = "".join(rng.choices(words, k=rng.choice((1, 2, 3))))[:72]
            assert (zxcvbn(password)["score"] < 3) == Scales().weak(password, frozenset())

    def test_words_longer_than_the_start(self) -> None:
        """Every known word that is longer than the start, which looks strong when cut, is weighed whole."""
        long = [word for word in weighing._known() if len(word) > 12]
        strong = [word for word in random.Random(3).sample(long, 300) if guesses(word) < weighing.WEAK]
        assert strong
        assert all(Scales().weak(word.upper(), frozenset()) for word in strong if guesses(word.upper()) < weighing.WEAK)

    def test_more_than_it_can_take(self) -> None:
        """Passwords over 72 characters are judged by their first 72: a weak start is not made good by its end."""
        weak, strong = "a" * 72 + STRONG[0] * 4, STRONG[0] * 6
        assert {"A": {"weak"}} == reasons(login("A", weak), login("B", STRONG[1] + strong))
        assert "first 72" in markdown(document(report_of(login("A", weak)), TODAY, load()))

    def test_time_is_up(self) -> None:
        """What cannot be weighed in time is said to be unknown, never taken for strong."""
        found = assess([login("A"), login("B", STRONG[1])], set(), TODAY, KEY, scales=Scales(seconds=-1))
        assert [("not-weighed",)] * 2 == [row.reasons for row in found.rows]

    @given(st.lists(st.text(max_size=90), max_size=6))
    def test_any_passwords(self, passwords: list[str]) -> None:
        """Passwords of any letters are weighed, and every row is of an account that was given."""
        found = report_of(*(login(f"T{at}", each or "x") for at, each in enumerate(passwords)))
        assert len(passwords) == found.accounts >= len(found.rows)


class TestLikeness:
    @given(st.text(min_size=8, max_size=40), st.data())
    def test_a_sign_apart_is_alike(self, password: str, data: st.DataObject) -> None:
        """A password with any one sign left out is alike, however it reads."""
        at = data.draw(st.integers(0, len(password) - 1))
        other = password[:at] + password[at + 1 :]
        if len(other) >= 8:
            assert {password, other} == set(alike([password, other]))

    def test_short_names_do_not_count(self) -> None:
        """Names of three letters stand in many passwords by chance."""
        assert not holds("xjoez", names_in(["joe"]))
        assert holds("xjoeyz", names_in(["joey@example.net"]))


class TestKept:
    def test_only_marks_under_the_key(self) -> None:
        """What is kept holds no password, site or user, and is another under another key."""
        logins = [login("A", "summer99")]
        kept = report_of(*logins).kept
        assert not any(word in repr(dict(kept)) for word in ("summer99", "a.example", "jo"))
        assert not set(fingerprints(logins, KEY)) & set(fingerprints(logins, bytes(32)))

    def test_what_was_changed(self) -> None:
        """Of last time's weak and reused ones, those changed, those not, and those that are gone are told."""
        before: Kept = report_of(
            login("A", "summer99"), login("B", "summer99"), login("C", "monday1"), login("D", STRONG[3])
        ).kept
        after = report_of(login("A", STRONG[0]), login("B", "summer99"), login("D", STRONG[2]))
        changes = after.since(before)
        names = [[after.titles[mark] for mark in marks] for marks in (changes.changed, changes.unchanged)]
        assert ([["A"], ["B"]], 1) == (names, len(changes.missing))
        told = markdown(document(after, TODAY, load(), changes=changes))
        assert "Since the last check" in told

    def test_another_title_or_case_is_the_same_account(self) -> None:
        """An account is known again by its site and user, whatever it is called."""
        before = report_of(login("A", "summer99", site="a.example")).kept
        assert 1 == len(report_of(login("New", STRONG[0], site="a.example", user="JO")).since(before).changed)


class TestTold:
    def test_the_bodies_that_ask_for_regular_changes(self) -> None:
        """Each body's line is shown to its members alone, with what speaks against it beside it."""
        found = report_of(login("A"))
        every = markdown(document(found, TODAY, load()))
        assert all(each in every for each in ("BABCP-62", "GPIA-115", NCSC[:40]))
        babcp = markdown(document(found, TODAY, load().active(["babcp"])))
        assert ("BABCP-62" in babcp, "GPIA-115" in babcp) == (True, False)
        assert "regularly" not in markdown(document(found, TODAY, load().active(["bps-dcp"])))

    def test_no_password_and_no_length(self) -> None:
        """Neither the document nor the data differs between a short and a long password of the same faults."""
        told = [
            (markdown(document(found, TODAY, load())), json.dumps(record(found, TODAY)).replace(found.rows[0].mark, ""))
            for found in (report_of(login("A", "aaaa")), report_of(login("A", "a" * 70)))
        ]
        assert told[0] == told[1]

    def test_a_password_written_into_a_name(self) -> None:
        """Where a title or user name holds the password, it is left out."""
        found = report_of(Login("Mail summer99", "a.example", "summer99", "summer99"))
        assert "summer99" not in markdown(document(found, TODAY, load())) + json.dumps(record(found, TODAY))
        assert 1 == len(found.rows)
