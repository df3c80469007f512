"""What goes to whom: only what a recipient needs, and nothing that could identify a client unless it was confirmed."""

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from packs_made import Ledger, all_words, members, packed, small

from forethought.errors import UnknownNameError
from forethought.guidance.schema import PackError
from forethought.incidents.fields import TITLES, observed, said
from forethought.incidents.packs import NothingToPackError, choose, file_name, recipient, recipients
from forethought.incidents.packs.choosing import CLIENT, COVERED, NOT_CHOSEN, UNKNOWN
from forethought.incidents.packs.recipients import recipients as loaded

OTHERS = [each for each in recipients() if each != "myself"]
PRIVATE = "Rowan told me in our session about Larkspur Close"


def copied(ledger: Ledger, original: str, client: str = "no") -> str:
    """Add a copy with parts covered of an item and return its record's id."""
    whole = sha256(ledger.files[original]).hexdigest()
    return ledger.item(b"covered " + original.encode(), "covered.png", client, derived=whole, covered="a name")


class TestClients:
    @pytest.mark.parametrize("to", OTHERS)
    @pytest.mark.parametrize("client", ["yes", "perhaps"])
    def test_a_flagged_item_is_held_back(self, to: str, client: str) -> None:
        """An item that could identify a client stays at home, whoever it is for, and says why."""
        ledger = small()
        record = ledger.item(PRIVATE.encode(), client=client, words=PRIVATE)
        selection = choose(ledger.case(), recipient(to))
        assert [(record, CLIENT)] == [(each.kept.record, each.why) for each in selection.held]
        assert record not in {each.kept.record for each in selection.told}

    def test_an_item_that_nobody_looked_at_is_held_back(self) -> None:
        """Where nobody said whether an item could identify a client, it stays at home until they do."""
        ledger = small()
        ledger.item(b"unseen", client="")
        assert [UNKNOWN] == [each.why for each in choose(ledger.case(), recipient("police")).held]

    def test_a_copy_goes_in_its_place(self) -> None:
        """Where a copy with parts covered is there, it goes, as a copy, and the original stays."""
        ledger = small()
        original = ledger.item(PRIVATE.encode(), client="yes", words=PRIVATE)
        copy = copied(ledger, original)
        selection = choose(ledger.case(), recipient("lawyer"))
        assert [(original, COVERED)] == [(each.kept.record, each.why) for each in selection.held]
        assert [(copy, "redacted/0004-screenshot.png")] == [
            (each.kept.record, each.file) for each in selection.going if each.covered
        ]

    @pytest.mark.parametrize(("kind", "to", "told"), [
        ("message", "police", False), ("e-mail", "lawyer", False), ("screenshot", "police", True),
        ("message", "myself", True),
    ])  # fmt: skip
    def test_a_covered_name_cannot_be_found_by_trying(self, kind: str, to: str, told: bool) -> None:
        """The hash of a text of which all but a name can be read stays at home; that of a picture goes."""
        ledger = Ledger()
        whole = sha256(b"Rowan told me in our session").hexdigest()
        words = observed(derived=whole, covered="1 stretch of words", kind=kind)
        record = ledger.item(b"[covered] told me in our session")
        ledger.put("item", ledger.kept[0].fields | words, "corrected", record)
        assert told == (whole in all_words(members(packed(ledger.case(), to)).items()))

    def test_a_copy_that_still_shows_a_client_is_no_way_out(self) -> None:
        """A copy that could identify a client itself is held back with its original."""
        ledger = small()
        copied(ledger, ledger.item(b"x" * 9, client="yes"), client="perhaps")
        assert [CLIENT, CLIENT] == [each.why for each in choose(ledger.case(), recipient("police")).held]

    def test_a_confirmed_item_goes(self) -> None:
        """An item that was confirmed for this recipient goes as it is."""
        ledger = small()
        record = ledger.item(b"needed by the court", client="yes")
        selection = choose(ledger.case(), recipient("police"), None, frozenset({record}))
        assert [] == list(selection.held)
        assert "originals/0003-screenshot.png" in {each.file for each in selection.going}

    @pytest.mark.parametrize("to", OTHERS)
    def test_no_word_of_a_held_back_item_is_in_the_pack(self, to: str) -> None:
        """Neither the words, title, file, name nor salt of a held-back item is anywhere in the pack, files opened."""
        ledger = small()
        ledger.item(
            PRIVATE.encode(), name="Larkspur.png", client="yes", words=PRIVATE, title="From Rowan Q.", remark="Rowan"
        )
        changed = {"words": {"from": "said", "value": "about Larkspur Close still"}}
        ledger.put("item", {**ledger.kept[-1].fields, **changed}, "corrected", ledger.kept[-1].record)
        files = members(packed(ledger.case(), to))
        words = all_words(files.items())
        assert "you will regret this" in words  # what goes is found by this search
        secret = ["Larkspur", "in our session", "From Rowan Q", *(each.salt for each in ledger.kept[-2:])]
        assert [] == [each for each in secret if each in words]

    def test_earlier_versions_stay_at_home(self) -> None:
        """What was corrected out of a record is given to nobody but the sender."""
        ledger = small()
        old = ledger.kept[-1]
        ledger.put("note", said(words="think about it"), "corrected", old.record)
        words = {to: all_words(members(packed(ledger.case(), to)).items()) for to in ("lawyer", "myself")}
        assert ("think about it" in words["lawyer"], "about the group" in words["lawyer"]) == (True, False)
        assert "about the group" in words["myself"]

    def test_myself_is_given_everything(self) -> None:
        """The pack for the sender holds back nothing, flagged originals and their copies alike."""
        ledger = small()
        copied(ledger, ledger.item(b"x" * 9, client="yes"))
        selection = choose(ledger.case(), recipient("myself"), frozenset())
        assert (4, 0, len(ledger.kept)) == (len(selection.going), len(selection.held), len(selection.told))


class TestNeeds:
    @pytest.mark.parametrize(
        ("to", "left_out"),
        [
            (
                "platform",
                ["not sleep", "Heron Lane", "Rowan Elm", "about the group", "next street", "a week", "REF-77"],
            ),
            ("group-admin", ["not sleep", "Heron Lane", "Rowan Elm", "about the group", "next street", "REF-77"]),
            ("police", ["about the group"]),
            ("professional-body", ["Heron Lane", "about the group", "next street"]),
            ("employer", ["not sleep", "Heron Lane", "Rowan Elm", "about the group", "next street", "REF-77"]),
            ("insurer", ["not sleep", "Heron Lane", "about the group", "next street"]),
            ("supervisor", ["Heron Lane", "Rowan Elm", "next street"]),
        ],
    )
    def test_what_is_not_needed_stays_at_home(self, to: str, left_out: list[str]) -> None:
        """Nothing that a recipient does not need is in any file of their pack."""
        words = all_words(members(packed(small().case(), to)).items())
        assert [] == [each for each in left_out if each in words]

    def test_the_police_are_given_what_they_need(self) -> None:
        """Effect, witnesses with how to reach them, and actions go to the police."""
        words = all_words(members(packed(small().case(), "police")).items())
        assert [] == [each for each in ("not sleep", "Heron Lane", "REF-77", "next street") if each not in words]

    def test_a_record_is_given_whole_or_told_in_part(self) -> None:
        """A record of which some fields stay at home is told, without the salt that would let the rest be guessed."""
        ledger = small()
        told = {each.kept.event: each for each in choose(ledger.case(), recipient("platform")).told}
        assert (False, True) == (told[4].whole, told[2].whole)  # the account's remark stays at home
        words = all_words(members(packed(ledger.case(), "platform")).items())
        assert (False, True) == (ledger.kept[3].salt in words, ledger.kept[1].salt in words)

    def test_that_an_item_shows_a_client_is_not_told_to_a_platform(self) -> None:
        """Where an item was confirmed, a platform does not learn from its record that a client is in it."""
        ledger = small()
        record = ledger.item(b"shown", client="yes")
        told = choose(ledger.case(), recipient("platform"), frozenset({record}), frozenset({record})).told
        assert [False] == ["client" in each.fields for each in told if each.kept.record == record]

    def test_only_chosen_items_go(self) -> None:
        """Of the items only those chosen go; the others are held back as not chosen, and other records go as before."""
        ledger = small()
        chosen = next(iter(ledger.files))
        selection = choose(ledger.case(), recipient("police"), frozenset({chosen}))
        assert ([chosen], [NOT_CHOSEN]) == (
            [each.kept.record for each in selection.going],
            [each.why for each in selection.held],
        )
        assert "effect" in {each.kept.what for each in selection.told}

    def test_what_is_held_for_a_client_is_not_called_left_out(self) -> None:
        """An item that a client could be known by says so, though it was not among those chosen either."""
        ledger = small()
        chosen = next(iter(ledger.files))
        shown = ledger.item(b"shown", client="yes")
        held = choose(ledger.case(), recipient("police"), frozenset({chosen})).held
        assert [CLIENT] == [each.why for each in held if each.kept.record == shown]

    def test_what_was_removed_is_not_there(self) -> None:
        """A removed item does not go, though its events stand in the chain."""
        ledger = small()
        record = next(iter(ledger.files))
        ledger.kept = [each for each in ledger.kept if each.record != record]
        ledger.put("item", observed(sha256="0" * 64) | said(reason="it was another's"), "removed", record)
        selection = choose(ledger.case(), recipient("police"))
        assert record not in {each.kept.record for each in (*selection.going, *selection.told)}

    def test_an_empty_pack_is_refused(self) -> None:
        """Where nothing would go, that is said before anything is made."""
        ledger = Ledger()
        ledger.put("incident", said(title="Messages"))
        ledger.item(b"x", client="yes")
        with pytest.raises(NothingToPackError):
            packed(ledger.case())


class TestData:
    def test_every_recipient_is_whole(self) -> None:
        """Each recipient has words for the cover and cautions, and all but the sender have needs."""
        assert OTHERS == [each.id for each in recipients().values() if each.cover and each.cautions and each.needs]

    @pytest.mark.parametrize("to", [each for each in OTHERS if each != "lawyer"])
    def test_what_the_chain_gives_away_is_said(self, to: str) -> None:
        """Who makes a pack in which kinds of record are left out is told that their being there can be seen."""
        assert any("chain shows that other records are there" in each for each in recipient(to).cautions)

    def test_an_unknown_recipient_is_told(self) -> None:
        """A recipient that is not there is met with those that are."""
        with pytest.raises(UnknownNameError, match="police"):
            recipient("polize")

    @pytest.mark.parametrize(
        "change",
        [lambda text: text.replace('"began"', '"begun"', 1), lambda text: text.replace("witness =", "witnes =", 1)],
    )
    def test_a_field_that_is_none_is_refused(self, tmp_path: Path, change: Callable[[str], str]) -> None:
        """A slip in the name of a field or kind is told, with the line that it is on."""
        source = Path(loaded.__wrapped__.__code__.co_filename).with_name("recipients.toml").read_text(encoding="utf-8")
        (tmp_path / "recipients.toml").write_text(change(source), encoding="utf-8")
        with pytest.raises(PackError, match="line"):
            loaded(tmp_path / "recipients.toml")

    @pytest.mark.parametrize("to", ["platform", "group-admin", "employer", "police"])
    def test_an_item_that_goes_can_be_checked(self, to: str) -> None:
        """The record of an item that goes is whole, so that its file can be checked against the chain."""
        ledger = Ledger()
        ledger.item(b"with a size", words="you will", handle="@moth", **{"file: width": "640"})
        assert [True] == [each.whole for each in choose(ledger.case(), recipient(to)).told]

    def test_titles_are_known(self) -> None:
        """Every kind of record that a recipient can need is one that there is."""
        assert set() == {what for each in recipients().values() for what in each.needs} - TITLES.keys()


@pytest.mark.parametrize(
    ("name", "ending"),
    [("a.PNG", "png"), ("", "bin"), (".", "bin"), ("x.", "bin"), (".hidden", "bin"), ("CON", "bin"),
     ("a.b/c", "bin"), ("a.p\u00f6g", "bin"), ("a.verylongending", "bin"), ("a.png\n", "bin"), ("../../x.sh", "bin"),
     ("photo.png.exe", "bin"), ("note.HTA", "bin"), ("page.mhtml", "mhtml")],
)  # fmt: skip
def test_names_are_our_own(name: str, ending: str) -> None:
    """A file in a pack is named by number and kind; of its own name only an ending stays that no computer runs."""
    ledger = Ledger()
    ledger.item(b"x", name)
    assert f"0001-screenshot.{ending}" == file_name(ledger.kept[0])
