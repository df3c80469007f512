"""A report's blanks filled from the ledger, without a word that could show a client."""

from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.incidents.drafts import MOST_ITEMS, MOST_NAMED, filled, held_back
from forethought.incidents.triage.load import routes
from forethought.incidents.triage.reporting import PLACES, drafted


@dataclass(frozen=True)
class Made:
    """A record that was made up for a test."""

    what: str
    told: dict[str, Any]
    at: str = "2026-11-03T09:30:00.000+00:00"

    def value(self, name: str) -> Any:
        """Return a field's value, empty where it has none."""
        return self.told.get(name, "")


def item(number: int, **told: Any) -> Made:
    """Return an item in which no client can be made out, or with changes."""
    return Made("item", {"number": number, "client": "no"} | told)


WHOLE = [
    Made("incident", {"title": "Posts after the talk", "about": "Unkind posts began.", "began": "2026-10-30"}),
    item(1, title="Insult", posted="2026-11-02T08:00:00+00:00", platform="Instagram", address="https://example.org/1"),
    item(2, title="Again", posted="2026-11-01T23:30:00-02:00", platform="Instagram", handle="@wren", account_id="77"),
    Made("account", {"handle": "@finch", "account_id": "88", "platform": "X"}),
    Made("effect", {"words": "I could not sleep."}),
    Made("action", {"reference": "CR-12", "to": "The police", "when": "2026-11-02"}),
    Made("action", {"step": "Muted it"}),
]


def test_everything_that_a_report_needs() -> None:
    """What, when, where, who, the items, earlier numbers, the effect and what is asked come from their records."""
    assert {
        "what": "Posts after the talk. Unkind posts began.",
        "when": "2 items, it began on 30 October 2026, first posted 1 November 2026, 23:30, "
        "last posted 2 November 2026, 08:00.",
        "where": "Instagram. https://example.org/1",
        "who": "@finch (account number 88, on X), @wren (account number 77, on Instagram)",
        "items": "Item 1: Insult, posted 2 November 2026, 08:00, https://example.org/1\n"
        "Item 2: Again, posted 1 November 2026, 23:30",
        "references": "CR-12 (The police, 2 November 2026)",
        "effect": "I could not sleep.",
        "asked": "Record it.",
    } == filled(WHOLE, " Record it. ")


@pytest.mark.parametrize("client", ["yes", "perhaps", ""])
def test_an_item_that_may_show_a_client(client: str) -> None:
    """Of an item that shows a client, perhaps shows one, or of which nobody has said, only its number is told."""
    told = item(
        7, client=client, title="Kim", name="kim.png", handle="@kim", account_id="9", address="https://example.org/kim",
        platform="KimNet", posted="2026-11-02", words="Kim said it", remark="Kim", profile="https://example.org/@kim",
    )  # fmt: skip
    found = filled([told])
    assert {"items": "Item 7"} == found
    assert 1 == held_back([told, item(8)])


@given(st.lists(st.sampled_from(["yes", "perhaps", "", "no", "NO", "nein"]), max_size=40))
def test_never_a_word_of_a_client(flags: list[str]) -> None:
    """Whatever the flags, no field of an item but its number is told unless it was said that it shows no client."""
    records = [
        item(n, client=flag, title=f"title{n}!", handle=f"handle{n}!", address=f"address{n}!", platform=f"site{n}!")
        for n, flag in enumerate(flags)
    ]
    words = " ".join(filled(records).values())
    for n, flag in enumerate(flags):
        if flag != "no":
            assert not any(f"{part}{n}!" in words for part in ("title", "handle", "address", "site"))


@pytest.mark.parametrize(
    ("number", "last"),
    [(MOST_ITEMS, f"Item {MOST_ITEMS}"), (MOST_ITEMS + 1, "and 1 more item"), (MOST_ITEMS + 9, "and 9 more items")],
)
def test_many_items(number: int, last: str) -> None:
    """Some twenty items have a line each, and the rest are counted."""
    lines = filled([item(n) for n in range(1, number + 1)])["items"].split("\n")
    assert last == lines[-1]
    assert min(number, MOST_ITEMS + 1) == len(lines)


def test_many_accounts() -> None:
    """So many accounts are named, each once, and the rest are counted."""
    accounts = [Made("account", {"handle": f"@wren{n % 14}"}) for n in range(28)]
    who = filled(accounts)["who"]
    assert who.endswith(f"@wren{MOST_NAMED - 1}, and 4 more")


def test_an_account_by_its_number() -> None:
    """An account without a handle goes by its name, or else by its number."""
    assert "account number 5" == filled([Made("account", {"account_id": "5"})])["who"]
    assert "Wren (account number 5)" == filled([Made("account", {"account_id": "5", "name": "Wren"})])["who"]


def test_a_time_in_words() -> None:
    """A time that is no moment stays as it was written, after those that are."""
    found = filled([item(1, posted="that evening"), item(2, posted="2026-11-02")])["when"]
    assert "2 items, first posted 2 November 2026, last posted that evening." == found


def test_nothing_is_known() -> None:
    """Without a record nothing is filled, so that the draft asks for each blank in brackets."""
    assert {} == filled([])
    police = next(each for each in routes() if each.id == "police")
    assert f"[{PLACES['what']}]" in drafted(police, filled([]))


@pytest.mark.parametrize("route", routes(), ids=lambda each: f"{each.id}-{each.nations[0]}")
def test_every_route_takes_it(route: Any) -> None:
    """Every route's draft can be filled, and no bracket is left where the ledger knows the answer."""
    words = drafted(route, filled(WHOLE, "Record it."))
    assert "{" not in words
    assert not any(f"[{asked}]" in words for asked in PLACES.values())
