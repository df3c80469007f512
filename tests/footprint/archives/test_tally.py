"""What is only counted: conversations keep no word, and what is dropped keeps no value."""

import pytest

from forethought.footprint.archives.tally import Dropped, Talks, untabled
from forethought.footprint.archives.values import moment
from forethought.footprint.item import Item, Pointer, Problem, State, Table

HERE = Pointer("hash", "messages.csv", "row 1")
EARLY, LATE = moment("2025-02-03 08:30:00"), moment("2025-02-04 08:30:00 UTC")


def test_dropped_values_are_counted_by_file_and_field() -> None:
    """One record a file and field, which points to the file and holds no value."""
    dropped = Dropped()
    for row in ({"ip": "192.0.2.7", "mail": ""}, {"ip": "192.0.2.8", "mail": "a@b.example"}, {"ip": "N/A"}):
        dropped.cells(HERE, row, {"ip": "addresses", "mail": "mail", "other": "other"})
    dropped.add(Pointer("hash", "b.csv", "row 1"), "addresses", count=5)
    dropped.add(HERE, "mail", "")
    assert [("messages.csv", "", "addresses", 2), ("messages.csv", "", "mail", 1), ("b.csv", "", "addresses", 5)] == [
        (each.pointer.member, each.pointer.locator, each.field, each.count) for each in dropped.told()
    ]


def heard() -> Talks:
    """Return two conversations, of which the first has two messages, the later one first."""
    talks = Talks("reddit")
    talks.hear("one", HERE, LATE, mine=False).names.add("Ida")
    talks.hear("one", HERE, EARLY, mine=True).handles.add("ida.moss")
    talks.hear("two", HERE, LATE, mine=False)
    return talks


def test_a_conversation_is_one_item_with_counts_and_span() -> None:
    """Whatever the order of its messages, and whether or not a moment has a zone."""
    first, second, _ = heard().told([Table("messages", "empty")])
    assert isinstance(first, Item)
    assert (
        ("name", "Ida"), ("handle", "ida.moss"), ("messages", "2"), ("sent", "1"),
        ("first", EARLY.raw), ("last", LATE.raw),
    ) == first.details  # fmt: skip
    assert ("one", "", False, EARLY) == (first.key, first.text, first.own_words, first.created)
    assert isinstance(second, Item)
    assert "two" == second.key


def test_a_moment_that_cannot_be_told_does_not_hide_one_that_can() -> None:
    """The span runs over the messages that have one."""
    talks = Talks("reddit")
    for written in ("once", EARLY.raw, "later"):
        talks.hear("one", HERE, moment(written), mine=False)
    item = next(iter(talks.told([Table("messages", "empty")])))
    assert isinstance(item, Item)
    assert (EARLY.raw, EARLY.raw) == (dict(item.details)["first"], dict(item.details)["last"])


def test_a_key_that_names_a_person_is_not_kept() -> None:
    """The first moment and a number stand for it, so that no two conversations are one."""
    talks = heard()
    talks.hear("three", HERE, LATE, mine=False)
    keys = [item.key for item in talks.told([Table("messages", "empty")], keyed=False) if isinstance(item, Item)]
    assert [f"{EARLY.raw} 1", f"{LATE.raw} 1", f"{LATE.raw} 2"] == keys


@pytest.mark.parametrize(
    ("before", "after"),
    [("empty", "present"), ("unreadable", "partial"), ("partial", "partial"), ("present", "present")],
)
def test_the_table_counts_the_conversations(before: State, after: State) -> None:
    """And its state says that there was something; other records pass by."""
    problem = Problem(HERE, "a record that cannot be read")
    *_, last = told = list(heard().told([problem, Table("messages", before, read=1)]))
    assert (problem, Table("messages", after, read=3)) == (told[0], last)


def test_nothing_heard_changes_nothing() -> None:
    """A table without conversations stays as it is."""
    table = Table("messages", "absent")
    assert [table] == list(Talks("reddit").told([table]))
    assert [] == list(untabled([table]))
