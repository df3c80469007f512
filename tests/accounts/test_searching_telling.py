"""The searches and what they found, as documents and as data."""

import json
from datetime import date

from forethought.accounts.searching.queries import Me, engines, looks, searches
from forethought.accounts.searching.telling import (
    OPENED,
    TELLING,
    Found,
    document,
    findings,
    record,
)
from forethought.documents import Note, Table
from forethought.documents.markdown import markdown
from forethought.guidance import load

TODAY = date(2026, 12, 1)
ME = Me(names=("Mira Example",), phones=("07700 900123",))
FOUND = (Found("a directory", "an old fee", "asked for the new one"), Found("a photo page", "a photo of the house"))


def test_the_plan_says_first_that_nothing_is_opened() -> None:
    """Before any address stands who opens it, and what goes out then."""
    told = document(searches(ME), looks(), load(), TODAY)
    assert told.blocks[0] == Note(OPENED)


def test_every_address_and_what_each_engine_learns_is_there() -> None:
    """Each search's address, each image search by hand with its steps, and each engine's own part of the truth."""
    text = markdown(document(searches(ME), looks(), load(), TODAY)).replace("\\", "")
    assert all(each.address in text for each in searches(ME))
    assert all(each.learns in text for each in engines().values())
    assert all(step in text for each in looks() for step in each.steps)


def test_private_words_carry_a_warning() -> None:
    """Before a number is searched for it says that the engine may not know it yet; a name needs no such word."""
    assert TELLING in markdown(document(searches(ME), (), load(), TODAY))
    assert TELLING not in markdown(document(searches(Me(names=("Mira Example",))), (), load(), TODAY))


def test_an_engine_past_its_day_of_review_says_so() -> None:
    """What an engine learns is marked once it was to be looked at again."""
    late = document(searches(ME, ["google"]), (), load(), date(2030, 1, 1))
    assert "was to be looked at again" in markdown(late)
    assert "was to be looked at again" not in markdown(document(searches(ME, ["google"]), (), load(), TODAY))


def test_what_was_found_is_listed_with_what_is_left_first() -> None:
    """What is still to do heads the list, and is counted."""
    told = findings(FOUND, TODAY, load())
    (table,) = [block for block in told.blocks if isinstance(block, Table)]
    assert [row[2] for row in table.rows] == ["Still to do", "asked for the new one"]
    assert "2 noted, 1 of them still to deal with." in markdown(told)


def test_finding_nothing_is_no_promise() -> None:
    """An empty list says that nothing was noted and that others may find more."""
    text = markdown(findings((), TODAY, load()))
    assert "Nothing was noted." in text
    assert "may be found by others" in text


def test_grounds_are_those_of_the_active_documents() -> None:
    """Only the person's own documents are named as asking."""
    text = markdown(findings((), TODAY, load().active(["bacp-gpia-040"])))
    assert "GPIA-113" in text
    assert "BACP1-24" not in text


def test_the_data_holds_the_same_and_is_json() -> None:
    """Every search comes back out of JSON as it was."""
    rows = json.loads(json.dumps(record(searches(ME, ["qwant"]))))
    assert [(row["what"], row["telling"]) for row in rows][:2] == [("name", False), ("phone", True)]
    assert rows[0]["address"] == "https://www.qwant.com/?q=%22Mira%20Example%22"
