"""The chain by itself: any change to any link, and to their order, is named; and a clock that went back is remarked."""

import random
from dataclasses import fields, replace
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.ledger import Link, check, committed, start
from forethought.incidents.ledger.chain import turned_back

KEY = "a" * 32
Chain = list[tuple[Link, str]]


def chain(length: int = 8, times: tuple[str, ...] = ()) -> Chain:
    """Return a whole chain."""
    made: Chain = []
    for number in range(1, length + 1):
        at = times[number - 1] if times else f"2026-11-03T09:3{number % 10}:00.000+00:00"
        previous = made[-1][1] if made else start(KEY)
        link = Link(KEY, number, previous, at, "added", "note", f"{number:032x}", committed("salt", {}))
        made.append((link, link.hash))
    return made


def named(links: Chain) -> list[str]:
    """Return where a chain does not hold."""
    return [fault.where for fault in check(links, KEY)]


def test_a_whole_chain() -> None:
    """A chain that nobody touched has no fault, from the first event on."""
    for length in range(9):
        assert [] == named(chain(length))


def test_a_known_hash() -> None:
    """The hash of an event is that of these bytes, which any other program can write."""
    link = Link(KEY, 1, start(KEY), "2026-11-03T09:30:00.000+00:00", "added", "note", "b" * 32, "c" * 64)
    first = sha256(f"forethought incident {KEY}".encode()).hexdigest()
    spelt = (
        f'{{"at":"2026-11-03T09:30:00.000+00:00","content":"{"c" * 64}","did":"added","incident":"{KEY}","number":1,'
        f'"previous":"{first}","record":"{"b" * 32}","what":"note"}}'
    )
    assert sha256(spelt.encode()).hexdigest() == link.hash


@pytest.mark.parametrize("name", [field.name for field in fields(Link)])
def test_a_changed_link(name: str) -> None:
    """A change to any part of any event is named at that event."""
    for at in range(8):
        links = chain()
        link, kept = links[at]
        value = getattr(link, name)
        changed = value + 1 if isinstance(value, int) else value[:-1] + chr(ord(value[-1]) ^ 1)
        links[at] = (replace(link, **{name: changed}), kept)
        assert f"event {links[at][0].number}" in named(links)


def test_a_changed_hash() -> None:
    """A change to the hash that was kept for an event is named there, and at the one that follows."""
    for at in range(7):
        links = chain()
        links[at] = (links[at][0], "0" * 64)
        assert [f"event {at + 1}", f"event {at + 2}"] == named(links)


@given(st.randoms(use_true_random=False))
def test_another_order(choice: random.Random) -> None:
    """Any other order, a link left out of the middle, and one that is there twice are found."""
    links = chain()
    mixed = choice.sample(links, len(links))
    assert (mixed == links) is (named(mixed) == [])
    at = choice.randrange(7)
    assert f"event {at + 2}" in named(links[:at] + links[at + 1 :])
    assert f"event {at + 1}" in named([*links[: at + 1], *links[at:]])


def test_how_many_went_missing() -> None:
    """What is gone is said by its numbers."""
    links = chain()
    assert "event 2 before it went missing" in {fault.what for fault in check([links[0], *links[2:]], KEY)}
    assert "events 2 to 5 before it went missing" in {fault.what for fault in check([links[0], *links[5:]], KEY)}


def test_another_incidents_chain() -> None:
    """A chain that is whole does not hold for any other incident."""
    assert [] != list(check(chain(), "b" * 32))


def test_a_clock_set_back() -> None:
    """A clock that went back is remarked once, and the chain holds."""
    links = chain(
        3, ("2026-11-03T10:00:00.000+00:00", "2026-11-03T09:00:00.000+00:00", "2026-11-03T09:30:00.000+00:00")
    )
    assert [] == named(links)
    assert ["event 2"] == [fault.where for fault in turned_back(link for link, _ in links)]


def test_a_clock_far_ahead() -> None:
    """A clock that ran years ahead is remarked where it was put right, with both times, and nowhere else."""
    times = tuple(f"{year}-11-03T09:30:00.000+00:00" for year in (2026, 2061, 2061, 2026, 2026))
    remark, *others = turned_back(link for link, _ in chain(5, times))
    assert "event 4" == remark.where
    assert times[1] in remark.what
    assert times[3] in remark.what
    assert [] == others


@given(st.text(), st.dictionaries(st.sampled_from("abc"), st.integers()), st.integers(), st.text())
def test_a_commitment(salt: str, content: dict[str, int], value: int, other: str) -> None:
    """Other content or another salt gives another commitment."""
    salt, other = (text.encode(errors="ignore").decode() for text in (salt, other))
    changed = content | {"a": value}
    assert (changed == content) is (committed(salt, changed) == committed(salt, content))
    assert (salt == other) is (committed(salt, content) == committed(other, content))
