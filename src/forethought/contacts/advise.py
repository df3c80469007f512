"""The front door of the guide: a situation and who is behind it in, the strictest active body's course out."""

from collections.abc import Iterable, Mapping
from typing import TypeVar

from forethought.contacts.load import requesters, situations
from forethought.contacts.model import COURSES, Advice, Answer, Course, Requester, Situation, Stand
from forethought.errors import UnknownNameError
from forethought.guidance import Difference, Guidance, Pack, Provision
from forethought.guidance.model import standing_of

T = TypeVar("T")


def advise(situation: str, requester: str, guidance: Guidance) -> Advice:
    """Return what to do where `requester` (an id) is behind `situation` (an id), under the active packs.

    The strictest course of any active document decides, and a bar holds under every body. Where no document says
    anything of what to do, the guide's own suggestion stands and `covered` is false. Raises UnknownNameError for an id
    that is not in its list.
    """
    happened = _known("situation", situation, situations())
    who = _known("requester", requester, requesters())
    answer = happened.answer(requester)
    stands = tuple(_stand(pack, answer) for pack in guidance.packs)
    courses = [stand.course for stand in stands if stand.course]
    return Advice(
        happened,
        who,
        answer,
        "bar" if answer.course == "bar" else strictest(courses) or answer.course,
        bool(courses),
        stands,
        tuple(p for pack in guidance.packs for p in pack.provisions if p.id in answer.related),
        _differences(happened, who, guidance),
    )


def strictest(courses: Iterable[Course]) -> Course | None:
    """Return the strictest of these courses; None where there is none."""
    return min(courses, key=COURSES.index, default=None)


def _stand(pack: Pack, answer: Answer) -> Stand:
    """Return where a pack stands: it speaks where one of the provisions that carry the answer is its own."""
    own = tuple(each for each in pack.provisions if each.id in answer.cites)
    course = answer.by.get(pack.id) or answer.by.get(pack.body) or answer.course
    return Stand(pack.id, pack.body, standing_of(own), course if _asks(own) else None, own)


def _differences(happened: Situation, who: Requester, guidance: Guidance) -> tuple[Difference, ...]:
    """Return the points of this situation on which active documents differ, without those of other requesters."""
    others = {id for each in requesters().values() for id in each.differences} - {*who.differences}
    every = guidance.differences_on([duty.id for duty in guidance.duties])
    return tuple(each for each in every if each.id in happened.differences and each.id not in others)


def _asks(provisions: Iterable[Provision]) -> bool:
    return any(each.strength != "fact" for each in provisions)


def _known(kind: str, id: str, known: Mapping[str, T]) -> T:
    if id not in known:
        raise UnknownNameError(kind, id, known)
    return known[id]
