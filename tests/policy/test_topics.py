"""The topics: all that guidance asks a policy to settle, each resting on provisions that there are."""

from forethought.guidance import load
from forethought.policy.interview import defaults
from forethought.policy.load import questions, topics
from forethought.policy.sections import sections

EVERY = load()
# What a policy for clients has to settle, each with a provision under which it falls.
ASKED = {
    "practice": "GPIA-60",
    "uses": "GPIA-59",
    "friend-requests": "GPIA-66",
    "following": "BABCP-74",
    "messages": "GPIA-57",
    "email-and-text": "GPIA-57",
    "searching": "GPIA-62",
    "reviews": "GPIA-62",
    "location": "GPIA-62",
    "tagging": "GPIA-62",
    "groups": "GPIA-68",
    "client-content": "GPIA-70",
    "my-posts": "GPIA-59",
    "emergencies": "GPIA-46",
    "records": "GPIA-56",
    "access": "GPIA-61",
    "former-clients": "DCP-103",
    "children": "DCP-98",
    "complaints": "GPIA-32",
    "changes": "GPIA-59",
}
SETTLED_AT_CONTRACTING = ("digital-policy", "current-client-requests", "children", "viewing-client-content")


def test_every_topic_is_there_and_in_the_usual_policy() -> None:
    """The topics are those that are asked for, in this order, and the strictest answers say something of each."""
    assert list(ASKED) == [topic.id for topic in topics()]
    assert list(ASKED) == [section.topic for section in sections(defaults())]


def test_each_rests_on_guidance() -> None:
    """Every provision that a topic or a choice cites exists, and each topic cites one that asks something."""
    asking = {each.id for each in EVERY.provisions() if each.strength != "fact"}
    known = {each.id for each in EVERY.provisions()}
    for topic in topics():
        assert {*topic.cites} <= known, topic.id
        assert ASKED[topic.id] in topic.cites, topic.id
        assert ASKED[topic.id] in asking, topic.id
        for question in topic.questions:
            assert all({*choice.against} <= known for choice in question.choices), question.id


def test_what_guidance_wants_settled_is_cited() -> None:
    """Every provision that asks for something to be settled with clients beforehand stands under some topic."""
    cited = {id for topic in topics() for id in topic.cites}
    wanted = {each.id for duty in SETTLED_AT_CONTRACTING for each in EVERY.provisions(duty=duty)}
    asked = {id for id in wanted if next(p for p in EVERY.provisions() if p.id == id).strength != "fact"}
    assert set() == asked - cited


def test_no_default_goes_against_guidance() -> None:
    """The answers that are filled in are such that no document speaks against them."""
    for question in questions().values():
        assert () == tuple(id for each in question.default for id in question.choice(each).against), question.id


def test_no_choice_takes_a_client_up() -> None:
    """No choice on current clients or children speaks of accepting, and none on former ones is a plain yes."""
    for name in ("client-requests", "young-clients", "former-requests"):
        for choice in questions()[name].choices:
            assert not any("I accept" in sentence for sentence in choice.says), choice.id
