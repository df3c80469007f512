"""The drafts of a public statement, and replies in a pile-on, under the real review."""

from itertools import product

import pytest

from forethought.guidance import load
from forethought.incidents.pileon.model import HostilePost
from forethought.incidents.pileon.statement import Statement, reply, statements
from forethought.reading import Context, Draft
from forethought.review import ReaderName, review

ALL = [each for paused, reported in product((False, True), repeat=2) for each in statements(paused, reported)]
HOSTILE = (
    HostilePost("one", "", "You are a quack and a fraud. Prove me wrong.", "", ""),
    HostilePost("two", "", "Get a real job.", "", ""),
)


@pytest.mark.parametrize("reader", ["lexical", "learned"])
@pytest.mark.parametrize("statement", ALL, ids=[f"{n}-{each.id}" for n, each in enumerate(ALL)])
def test_each_draft_is_clear(statement: Statement, reader: ReaderName) -> None:
    """A counsellor's professional public account may post any of the drafts without a finding by either reader."""
    report = review(Draft(statement.words, Context("counsellor", "professional", "public")), load(), reader)
    assert ("clear", []) == (report.verdict, [each.finding.rule.id for each in report.findings])


def test_drafts_say_only_what_is_so() -> None:
    """Pausing and reporting are spoken of only where they happened, and no draft names an account."""
    bare, full = statements(), statements(paused=True, reported=True)
    assert 2 <= len(bare) <= 3
    assert all("platform" not in each.words and "replies" not in each.words.casefold() for each in bare)
    assert all("platform" in each.words and "replies" in each.words.casefold() for each in full)
    assert not any("@" in each.words for each in full)


@pytest.mark.parametrize(
    ("words", "answered", "raised"),
    [
        ("Come back when you have some evidence, I will wait.", HOSTILE, True),
        ("What have you ever done? You must be fun at parties.", HOSTILE, True),
        ("Come back when you have some evidence, I will wait.", (), False),
        ("Thank you for letting me know. I will leave it there.", HOSTILE, False),
    ],
    ids=["a taunt", "answering back", "nothing answered", "one line that closes"],
)
def test_a_heated_reply_is_raised(words: str, answered: tuple[HostilePost, ...], raised: bool) -> None:
    """Answering hostile posts in a way that keeps them going is raised, since the draft says what it answers."""
    found = [each.finding.rule.id for each in review(reply(words, answered), load(), "lexical").findings]
    assert raised == ("respect/feeding-trolls" in found)


def test_a_reply_keeps_its_setting() -> None:
    """The setting that a reply goes out in stays, and what it answers is added."""
    draft = reply("No.", HOSTILE, Context("trainee", "personal", "followers", "x"))
    assert Context("trainee", "personal", "followers", "x", f"{HOSTILE[0].words}\n{HOSTILE[1].words}") == draft.context
