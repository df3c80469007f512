"""Notices after a hack: drafts complete with what is known, prompts for the rest, and nothing that gives work away."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.accounts.hacked.load import steps
from forethought.accounts.hacked.notices import Logged, Notice, Told, notices, places, templates
from forethought.errors import UnknownNameError
from forethought.guidance import load
from forethought.reading import Context, Draft
from forethought.review import review

AT = datetime(2026, 7, 3, 9, 30, tzinfo=ZoneInfo("Europe/London"))
FULL = Told(
    platform="Facebook", handle="https://facebook.example/rowan", name="Rowan Lees", practice="Hazel Practice, 12345",
    happened=AT, aware=AT.replace(day=4), regained=AT.replace(day=5), what="Somebody signed in.",
    posted="Two posts about money.", how_many="Eleven people, names alone", effect="They may get messages",
    measures="Signed out everywhere", references="RF-100, 5 July", other_way="telephone",
    log=(Logged(AT.replace(day=5), "Got it back"), Logged(AT, "Kept copies")),
)  # fmt: skip
PLAIN = ("platform", "handle", "name", "practice", "what", "posted", "how_many", "effect", "measures", "references")
NEUTRAL = ("contacts", "clients")
WORK = ("therap", "counsel", "client", "session", "appointment", "supervis", "practice", "psych")


def one(id: str, told: Told = FULL) -> Notice:
    """The notice with this id."""
    (found,) = notices(told, [id])
    return found


@pytest.mark.parametrize("id", [each.id for each in templates()])
def test_complete(id: str) -> None:
    """With everything known no prompt is left in either length; with nothing known every place asks."""
    full, empty = one(id), one(id, Told())
    assert not full.missing
    assert "[" not in full.formal + full.short
    assert all(f"[{places()[name]}]" in empty.formal + empty.short for name in empty.missing)
    assert len(full.short) < len(full.formal)


def test_dates_from_the_log() -> None:
    """The body's notice holds the log's lines in order of time, as the zone tells it."""
    words = one("body").formal
    assert "- 3 July 2026, 09:30 BST: Kept copies\n- 5 July 2026, 09:30 BST: Got it back" in words
    assert "4 July 2026" in words


def test_what_the_regulator_asks_for() -> None:
    """The regulator's notice says what, when, how many, effect and measures."""
    words = one("ico").formal
    for name in ("what", "how_many", "effect", "measures"):
        assert getattr(FULL, name) in words
    assert "3 July 2026" in words
    assert "4 July 2026" in words


@pytest.mark.parametrize("id", NEUTRAL)
@pytest.mark.parametrize("told", [FULL, Told(), Told(platform="WhatsApp", name="Dr A Lees, Hazel Counselling")])
class TestNeutral:
    def test_shows_no_work(self, id: str, told: Told) -> None:
        """Whoever opens a shared inbox learns nothing of the sender's work, even where the name would tell."""
        found = one(id, told)
        assert not [word for word in WORK if word in (found.formal + found.short).lower()]

    def test_reviewed_clear(self, id: str, told: Told) -> None:
        """The check finds nothing in it on a counsellor's professional account, in public or in a message."""
        for words in (one(id, told).formal, one(id, told).short):
            for audience in ("public", "direct-message"):
                context = Context(role="counsellor", account="professional", audience=audience)
                assert review(Draft(words, context), load()).verdict == "clear"


@given(st.text(max_size=60))
def test_any_words(words: str) -> None:
    """Whatever is filled in, braces too, stands as it was written, and nothing breaks."""
    values: dict[str, Any] = dict.fromkeys(PLAIN, words)
    told = Told(happened=AT, **values)
    for each in notices(told):
        assert each.neutral or not words.strip() or words.strip() in each.formal


def test_every_step_has_its_notice() -> None:
    """Each notice that a step of the plan names is there, and each notice is named by a step."""
    assert {each.notice for each in steps() if each.notice} == {each.id for each in templates()}


def test_unknown() -> None:
    """A notice that is not there is refused by name."""
    with pytest.raises(UnknownNameError, match="clint"):
        notices(FULL, ["clint"])
