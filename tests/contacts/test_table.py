"""Every situation by every requester under every set of documents: always an answer, never against the strictest."""

from itertools import combinations

import pytest

from forethought.contacts.advise import advise
from forethought.contacts.load import requesters, situations
from forethought.contacts.model import COURSES, TONES, Advice
from forethought.contacts.places import OTHER, places, space
from forethought.contacts.telling import document, record, wording
from forethought.documents.html import html
from forethought.guidance import Guidance, load

EVERY = load()
PACKS = [pack.id for pack in EVERY.packs]
SETS = [each for size in range(1, len(PACKS) + 1) for each in combinations(PACKS, size)]
OFFERED = (
    "connection-request", "already-connected", "group-invitation", "gift", "dating-app", "passed-on", "through-others",
)  # fmt: skip
CHILDREN = ("current-child-client", "former-child-client")
CLIENTS = ("current-client", *CHILDREN, "former-client", "former-vulnerable-client")
STRICTER = (
    ("current-child-client", "current-client"),
    ("former-child-client", "former-client"),
    ("former-vulnerable-client", "former-client"),
)
GUIDANCE = {names: EVERY.active(names) for names in SETS}
cells = pytest.mark.parametrize("situation", list(situations()))


def every(situation: str) -> list[tuple[str, Guidance, Advice]]:
    """Return the answers to a situation, for each requester and set of documents."""
    return [(who, kept, advise(situation, who, kept)) for who in requesters() for kept in GUIDANCE.values()]


def severity(advice: Advice) -> int:
    """Return how strict a course is, from 0 for the strictest."""
    return COURSES.index(advice.course)


@cells
def test_there_is_always_an_answer(situation: str) -> None:
    """There is something to do and to think through, and either words to send or the reason to send none."""
    for who, _, advice in every(situation):
        answer = advice.answer
        assert answer.do, who
        assert answer.questions, who
        assert bool(answer.no_reply) != bool(answer.formal and answer.warm), who


@cells
def test_the_strictest_document_decides(situation: str) -> None:
    """No active document's own course is stricter than the answer's."""
    for who, _, advice in every(situation):
        stricter = [s.pack for s in advice.stands if s.course and COURSES.index(s.course) < severity(advice)]
        assert [] == stricter, who


@cells
def test_somebody_says_so_or_nobody_does(situation: str) -> None:
    """An answer cites an active provision that asks something, or says that no document covers this."""
    for who, kept, advice in every(situation):
        asking = [p for stand in advice.stands for p in stand.provisions if p.strength != "fact"]
        assert bool(asking) == advice.covered, who
        said = html(document(advice, kept, "facebook"))
        assert ("says what to do here" in said) != advice.covered, who


@cells
def test_what_is_cited_exists(situation: str) -> None:
    """Every provision, difference and body that the data names is one that there is."""
    known = {each.id for each in EVERY.provisions()}
    names = {name for pack in EVERY.packs for name in (pack.id, pack.body)}
    points = {each.id for each in EVERY.differences}
    happened = situations()[situation]
    assert {*happened.differences} <= points
    for answer in happened.answers:
        assert {*answer.cites, *answer.related} <= known
        assert {*answer.by} <= names


@pytest.mark.parametrize("situation", OFFERED)
def test_a_child_is_a_bar(situation: str) -> None:
    """Where contact could be accepted, a child's is barred, now and after, whatever documents are active."""
    for who in CHILDREN:
        assert {"bar"} == {advise(situation, who, kept).course for kept in GUIDANCE.values()}


@pytest.mark.parametrize("situation", OFFERED)
def test_a_client_is_never_accepted(situation: str) -> None:
    """Where contact is offered, a current client's is never taken up online, and a former one's never plainly."""
    for kept in GUIDANCE.values():
        assert advise(situation, "current-client", kept).course in {"bar", "decline", "leave", "signpost", "talk"}
        assert advise(situation, "former-client", kept).course != "free"


@cells
@pytest.mark.parametrize(("who", "other"), STRICTER)
def test_whoever_is_more_at_risk_is_no_less_protected(situation: str, who: str, other: str) -> None:
    """Children and vulnerable clients are never answered less strictly than adults in the same place."""
    for kept in GUIDANCE.values():
        assert severity(advise(situation, who, kept)) <= severity(advise(situation, other, kept))


@cells
@pytest.mark.parametrize("platform", list(places()))
def test_words_fit_everywhere(situation: str, platform: str) -> None:
    """In each tone the words fit where they go, and hold at least the first sentence, with no gap to fill in."""
    place = situations()[situation].place
    most = space(platform, place) or space(platform, "message")
    for who in requesters():
        advice = advise(situation, who, EVERY)
        for tone in TONES:
            words, whole = wording(advice, tone, platform), getattr(advice.answer, tone)
            assert bool(words) == bool(whole), (who, tone)
            assert platform != OTHER or words == " ".join(whole), (who, tone)
            assert not most or len(words) <= most, (who, tone)
            assert not any(sign in words for sign in "[]{}<>"), (who, tone)


@cells
def test_words_tell_nobody_that_somebody_is_a_client(situation: str) -> None:
    """Words that others could see do not speak of therapy with the one they go to."""
    if situations()[situation].place != "comment":
        return
    for who in CLIENTS:
        answer = situations()[situation].answer(who)
        said = " ".join([*answer.formal, *answer.warm]).casefold()
        assert not any(word in said for word in ("our work", "our session", "your therapy", "as my client")), who


@cells
def test_it_comes_as_data(situation: str) -> None:
    """The same answer comes as data, with where each active document stands."""
    for who in requesters():
        data = record(advise(situation, who, EVERY), "facebook")
        assert (situation, who) == (data["situation"], data["requester"])
        assert PACKS == [each["pack"] for each in data["bodies"]]


@cells
def test_a_step_for_one_course_is_told_with_it_alone(situation: str) -> None:
    """Nobody is told what to weigh where the documents they follow have decided, and nothing speaks of "your body"."""
    for who, _, advice in every(situation):
        for course, steps in advice.answer.do_for.items():
            assert ({*steps} <= {*advice.steps}) == (course == advice.course), who
        assert not any(words in step for step in advice.steps for words in ("own body", "our body", "leaves it open"))


def test_the_steps_go_by_the_bodies() -> None:
    """A former client's request: with one body to weigh, by a talk with another, and a refusal where both count."""
    alone, talked, both = (
        " ".join(advise("connection-request", "former-client", EVERY.active(names)).steps)
        for names in (["bps-dcp"], ["bacp-social-media-2"], ["bps-dcp", "bacp"])
    )
    assert ["Write down what you decided" in told for told in (alone, talked, both)] == [True, False, False]
    assert ["Have a talk first" in told for told in (alone, talked, both)] == [False, True, False]
    assert ["Decline kindly, and say how" in told for told in (alone, talked, both)] == [False, False, True]


@pytest.mark.parametrize("who", list(requesters()))
class TestACrisis:
    def test_danger_comes_first(self, who: str) -> None:
        """The first step is what to do now for a life, and harm that is done is not left alone."""
        answer = situations()["crisis-message"].answer(who)
        assert answer.do[0].startswith("Danger first")
        assert "999" in answer.do[0]
        assert any("even when it seems over" in step for step in answer.do)
        assert any("next day" in step or "next morning" in step for step in answer.do)

    def test_the_first_words_fit_anywhere(self, who: str) -> None:
        """In each tone the first words hold 999 and a line to ring, and fit where there is least room."""
        answer = situations()["crisis-message"].answer(who)
        for first in (answer.formal[0], answer.warm[0]):
            assert len(first) <= 140
            assert "ring 999 now" in first
            assert "116 123" in first or "0800 1111" in first

    def test_nobody_is_dropped(self, who: str) -> None:
        """Urgent help is named by the option to choose, and nobody is only put off until the next meeting."""
        answer = situations()["crisis-message"].answer(who)
        for words in (answer.formal, answer.warm):
            said = " ".join(words)
            assert "choose the mental health option" in said
            assert "We can talk" not in said
            assert "I may need to tell" not in said


@pytest.mark.parametrize("who", CHILDREN)
def test_a_child_in_danger_is_kept_safe(who: str) -> None:
    """A child's safety is acted on: who goes to them, who if home is the danger, and that somebody will be told."""
    answer = situations()["crisis-message"].answer(who)
    steps, words = " ".join(answer.do), " ".join((*answer.formal, *answer.warm))
    for each in ("treat it as danger", "A&E", "0808 800 5000", "children's social care", "private practice"):
        assert each in steps
    assert "where that is safe for the child" in steps
    assert "I will have to tell somebody" in words
    assert "Childline" in words


@pytest.mark.parametrize("who", ["current-client", "current-child-client", "unknown"])
def test_nothing_is_said_on_a_dating_app(who: str) -> None:
    """A client, or whoever may be one, is sent nothing in the app: unmatched without a word."""
    answer = situations()["dating-app"].answer(who)
    assert answer.no_reply
    assert not answer.formal
    assert any("nmatch" in step and "without a word" in step for step in answer.do)
