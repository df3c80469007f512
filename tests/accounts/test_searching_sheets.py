"""Sheets for those who help: each shows what its reader needs, and nothing else of the person."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from forethought.accounts.searching.queries import FILE as ENGINES
from forethought.accounts.searching.queries import Me
from forethought.accounts.searching.sheets import FILE, ROWS, SHOWN, family, sheet, sheets
from forethought.documents import Document, Table
from forethought.documents.forms import FORMS
from forethought.documents.markdown import markdown
from forethought.errors import UnknownNameError
from forethought.guidance import load
from forethought.guidance.schema import PackError
from forethought.policy.separation import TONES, note

CANARIES = Me(**{each.name: (f"canary-{each.name}",) for each in fields(Me)})  # type: ignore[arg-type]
PRIVATE = {"phones", "mails", "homes"}
BANNED = re.compile(r"(?i)\b(please|sorry|invalid|oops|compliant|is a crime|is an offence|guilty|is safe)\b")


def words(document: Document) -> str:
    """Return everything that a document says, with the words' own signs."""
    return markdown(document).replace("\\", "")


@pytest.mark.parametrize("id", sheets())
def test_a_sheet_shows_what_its_reader_needs_and_nothing_else(id: str) -> None:
    """Of everything known of a person, exactly what the sheet is to show stands on it."""
    text = words(sheet(id, CANARIES, load()))
    assert {each.name for each in fields(Me) if f"canary-{each.name};" in f"{text};".replace("\n", ";")} == {
        *sheets()[id].shows
    }


@pytest.mark.parametrize(
    ("id", "kept"),
    [
        ("friend", PRIVATE | {"workplaces", "professions"}),
        ("supervisor", PRIVATE | {"private_handles", "old_names", "nicknames", "towns"}),
        ("checker", PRIVATE),
    ],
)
def test_others_are_not_told_what_they_do_not_need(id: str, kept: set[str]) -> None:
    """No helper gets a home, number or e-mail address, and a supervisor gets nothing of private life."""
    text = words(sheet(id, CANARIES, load()))
    assert not [each for each in kept if f"canary-{each}" in text]


def test_only_the_persons_own_sheet_shows_everything() -> None:
    """The sheet for oneself holds all that is known, since it goes to nobody else."""
    assert {*sheets()["self"].shows} == {each.name for each in fields(Me)} == {*SHOWN}


@pytest.mark.parametrize("id", sheets())
def test_a_sheet_has_room_to_write_and_says_what_becomes_of_it(id: str) -> None:
    """There are empty rows, questions, and a word on what to do with the sheet afterwards."""
    document = sheet(id, Me(names=("Mira Example",)), load())
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert len(table.rows) == ROWS
    assert not any(cell for row in table.rows for cell in row[1:])
    text = words(document)
    assert all(each in text for each in (*sheets()[id].asks, *sheets()[id].steps, sheets()[id].after))


def test_the_independent_check_rests_on_the_body_that_asks_for_it() -> None:
    """Under that body its provision is cited, and under another nothing is put into anybody's mouth."""
    assert "BABCP-79" in words(sheet("checker", Me(), load().active(["babcp"])))
    other = words(sheet("checker", Me(), load().active(["bps-dcp"])))
    assert "BABCP" not in other
    assert "Why this is asked" not in other


def test_the_independent_checker_is_asked_to_look_at_everything() -> None:
    """Every post, photo and the text about the person are named, as that body asks."""
    text = words(sheet("checker", Me(), load()))
    assert all(each in text for each in ("every post and photo", "text about the person"))


def test_the_family_sheet_holds_the_notes_and_who_asks() -> None:
    """Both notes, the children's accounts, the provisions and the difference between documents are there."""
    text = words(family(load()))
    assert all(note(tone) in text for tone in TONES)
    assert all(
        each in text for each in ("DCP-08", "DCP-75", "DCP-76", "children's accounts", "Where the documents differ")
    )
    alone = words(family(load().active(["babcp"])))
    assert "DCP" not in alone
    assert note("warm") in alone


@pytest.mark.parametrize("form", ["html", "txt", "md"])
def test_sheets_can_be_written_in_the_plain_forms(form: str) -> None:
    """Each sheet becomes a file in each form that needs nothing more."""
    for each in (*(sheet(id, CANARIES, load()) for id in sheets()), family(load())):
        assert FORMS[form].file(each)


def test_a_sheet_that_is_not_known_is_told() -> None:
    """A slip in a sheet's name is met with the nearest name."""
    with pytest.raises(UnknownNameError, match="Use friend"):
        sheet("freind", Me(), load())


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ('"private_handles"', '"bank_details"', "shows 'bank_details' is not known"),
        ('"BACP1-24"', '"BACP1-999"', "cites 'BACP1-999' is not known"),
    ],
)
def test_a_faulty_sheet_is_told_with_its_line(tmp_path: Path, was: str, becomes: str, told: str) -> None:
    """A detail or a provision that there is not is named with file and line."""
    path = tmp_path / "sheets.toml"
    path.write_text(FILE.read_text(encoding="utf-8").replace(was, becomes), encoding="utf-8")
    with pytest.raises(PackError, match=told) as caught:
        sheets(path)
    assert caught.value.line


@pytest.mark.parametrize("path", [FILE, ENGINES], ids=lambda path: path.stem)
def test_the_words_are_plain_and_claim_nothing(path: Path) -> None:
    """No word of the data begs, apologises, finds a crime or calls anything safe from rules."""
    assert not BANNED.search(path.read_text(encoding="utf-8"))
