"""An answer of the guide as a document, as data, and the words to send, cut to what the platform allows."""

from collections.abc import Iterator, Mapping
from typing import Any

from forethought.contacts.model import COURSE_WORDS, TONES, Advice, Stand
from forethought.contacts.places import space
from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph, Quote, Terms
from forethought.guidance import Guidance
from forethought.pages.wording import body_name
from forethought.platforms import Place, fitted

NOT_COVERED = "None of the documents of your bodies says what to do here. These steps are Forethought's own suggestion."
AWAY = "This is not a promise that nothing can go wrong. You decide, and your supervisor can help."


def wording(advice: Advice, tone: str, platform: str) -> str:
    """Return the reply in a tone (`formal` or `warm`), as long as the platform allows; empty where none is right.

    Raises UnknownNameError for a platform whose limits are not known.
    """
    sentences: tuple[str, ...] = getattr(advice.answer, tone)
    return fitted(sentences, space(platform, _place(advice, platform)))


def _place(advice: Advice, platform: str) -> Place:
    """Return where the reply goes: a note goes into a message on platforms that have no notes."""
    place: Place = advice.situation.place  # type: ignore[assignment]
    return place if space(platform, place) else "message"


def document(advice: Advice, guidance: Guidance, platform: str) -> Document:
    """Return the answer as a document."""
    who = advice.requester.title
    blocks = [
        Paragraph(f"{advice.situation.title}: {who[:1].lower()}{who[1:]}. {advice.situation.meaning}"),
        Heading(2, "What to do"),
        Listing(advice.steps, numbered=True),
        *map(Note, limits(advice)),
        *_words(advice, platform),
        *_afterwards(advice),
        Heading(2, "To think through"),
        Listing(advice.answer.questions),
        *grounds(advice, guidance),
        Note(AWAY),
    ]
    return Document(COURSE_WORDS[advice.course], tuple(blocks))


def limits(advice: Advice) -> tuple[str, ...]:
    """Return what the documents leave open here, in sentences."""
    return tuple(words for words in ("" if advice.covered else NOT_COVERED, advice.situation.gap) if words)


def _words(advice: Advice, platform: str) -> Iterator[Block]:
    yield Heading(2, "What to say")
    if advice.answer.no_reply:
        yield Paragraph(advice.answer.no_reply)
    for tone in TONES:
        if words := wording(advice, tone, platform):
            yield Heading(3, f"In a {tone} tone ({len(words)} characters)")
            yield Quote(words)


def _afterwards(advice: Advice) -> Iterator[Block]:
    """Yield what is left to do once it is answered."""
    answer = advice.answer
    rows = (
        ("At the next meeting", answer.next_session),
        ("In the client record", answer.record),
        ("To supervision", answer.supervision),
    )
    if told := tuple((name, words) for name, words in rows if words):
        yield Heading(2, "Afterwards")
        yield Terms(told)


def grounds(advice: Advice, guidance: Guidance) -> Iterator[Block]:
    """Yield who says so, document by document, and where they differ."""
    yield Heading(2, "Who says so")
    names = {pack.id: f"{body_name(pack)}, {pack.title}" for pack in guidance.packs}
    for stand in advice.stands:
        if stand.provisions:
            yield Heading(3, names[stand.pack])
            yield Paragraph(_weight(stand, advice))
            yield Listing(tuple(f"{each.says} ({each.section}; {each.id})" for each in stand.provisions))
    if silent := [names[stand.pack] for stand in advice.stands if not stand.provisions]:
        yield Paragraph(f"Nothing on this in: {'; '.join(silent)}.")
    yield from _differ(advice, names | {pack.body: body_name(pack) for pack in guidance.packs})
    if advice.related:
        yield Heading(2, "Worth reading beside it")
        yield Listing(tuple(f"{each.says} ({names[each.pack]}, {each.section}; {each.id})" for each in advice.related))


def _weight(stand: Stand, advice: Advice) -> str:
    """Return how strongly a document holds what it says, and its own course where the documents' courses differ."""
    if stand.course is None:
        return "States facts, and asks for nothing."
    apart = f" By itself it comes to this: {COURSE_WORDS[stand.course]}" if advice.differ else ""
    return f"{stand.standing.capitalize()}.{apart}"


def _differ(advice: Advice, names: Mapping[str, str]) -> Iterator[Block]:
    if advice.differences:
        yield Heading(2, "Where the documents differ")
    for point in advice.differences:
        yield Heading(3, point.topic)
        yield Terms(tuple((names[each.of], each.says) for each in point.positions))


def record(advice: Advice, platform: str) -> dict[str, Any]:
    """Return the answer as data, for `--format json`."""
    answer = advice.answer
    return {
        "situation": advice.situation.id,
        "requester": advice.requester.id,
        "platform": platform,
        "course": advice.course,
        "says": COURSE_WORDS[advice.course],
        "covered": advice.covered,
        "gap": advice.situation.gap,
        "do": list(advice.steps),
        "wording": {tone: wording(advice, tone, platform) for tone in TONES},
        "no_reply": answer.no_reply,
        "next_session": answer.next_session,
        "record": answer.record,
        "supervision": answer.supervision,
        "questions": list(answer.questions),
        "policy_topics": list(advice.situation.topics),
        "bodies": [
            {
                "body": stand.body,
                "pack": stand.pack,
                "standing": stand.standing,
                "course": stand.course,
                "provisions": [{"id": p.id, "section": p.section, "says": p.says} for p in stand.provisions],
            }
            for stand in advice.stands
        ],
        "differences": [
            {"id": each.id, "topic": each.topic, "positions": {p.of: p.says for p in each.positions}}
            for each in advice.differences
        ],
    }
