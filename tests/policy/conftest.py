"""What the tests of the policy share: the desk, a practice's answers, an edition, and small topics for edge cases."""

import sys
from datetime import date
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "desk"))

import pytest
from open_desk import client, door, made, visitor

from forethought.guidance import Guidance, load
from forethought.policy import interview, sections
from forethought.policy.interview import checked, defaults
from forethought.policy.load import topics
from forethought.policy.model import Answers, Topic
from forethought.policy.writing import Edition

__all__ = ["answers", "client", "door", "edge", "edition", "guidance", "made", "visitor"]
WORDS = {
    "practice-name": ["Amal Hart, counsellor"],
    "practice-bodies": ["the BACP"],
    "practice-contact": ["on my website and in our agreement"],
    "page-platforms": ["Instagram and LinkedIn"],
    "reply-time": ["two working days"],
    "complaint-body": ["the BACP"],
}


@pytest.fixture
def answers() -> Answers:
    """The strictest answers, with every question that takes words answered too."""
    return checked({**defaults(), **WORDS})


@pytest.fixture
def edition() -> Edition:
    """The second version of a policy."""
    return Edition(2, date(2026, 11, 9))


@pytest.fixture(scope="session")
def guidance() -> Guidance:
    """Every shipped pack."""
    return load()


@pytest.fixture
def edge(monkeypatch: pytest.MonkeyPatch) -> tuple[Topic, ...]:
    """A handful of topics in place of the shipped ones: chains of questions, sentences said twice, words in gaps."""
    small = topics(Path(__file__).parent / "edge")
    questions = {question.id: question for topic in small for question in topic.questions}
    for module in (interview, sections):
        monkeypatch.setattr(module, "topics", lambda: small)
    monkeypatch.setattr(interview, "questions", lambda: questions)
    return small
