"""The triage's questions, asked one at a time: which comes next, and what the answers come to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from forethought.incidents.triage.asking import leaning
from forethought.incidents.triage.load import natures, questions
from forethought.incidents.triage.model import Answers, Choice, Question

Given = Mapping[str, Sequence[str]]  # the ids of what was chosen, by the id of the question
YES_NO = (Choice("yes", "Yes", "", (), ""), Choice("no", "No", "", (), ""))
UNKNOWN = Choice("", "I do not know, or to none of these", "", (), "")
TELL_APART = "troll-or-critic"
TOLD_APART = ("trolling", "criticism")  # natures between which the signs decide


@dataclass(frozen=True, slots=True)
class Told:
    """What the answers come to, and a word on it where it is not simply what was chosen."""

    answers: Answers
    remark: str = ""


def complete(question: Question) -> Question:
    """Return a question with all its choices; what happened is chosen from the natures that there are."""
    if question.id == "nature":
        return replace(question, choices=tuple(Choice(n.id, n.title, n.meaning, (), "") for n in natures().values()))
    if question.kind == "yes-no":
        return replace(question, choices=YES_NO)
    return replace(question, choices=(*question.choices, UNKNOWN)) if question.about == "their_body" else question


def sound(given: Given) -> dict[str, list[str]]:
    """Return the answers to questions that there are, without choices that there are not: what is kept may be old.

    An answer of which nothing is left counts as not given, unless the question takes no choice for an answer.
    """
    found = {}
    for question in map(complete, questions()):
        if question.id in given:
            kept = [each.id for each in question.choices if each.id in given[question.id]]
            if kept or question.kind == "several":
                found[question.id] = kept
    return found


def asked(given: Given) -> tuple[Question, ...]:
    """Return the questions that are asked after these answers, in order, those that were answered as well."""
    known = _known(given)
    return tuple(complete(each) for each in questions() if each.when.holds(known))


def coming(given: Given) -> Question | None:
    """Return the question to ask now; None once all are answered."""
    return next((each for each in asked(given) if each.id not in given), None)


def _known(given: Given) -> dict[str, set[str]]:
    """Return what the answers so far say, kind by kind as conditions name them."""
    known: dict[str, set[str]] = {kind: set() for kind in ("nature", "place", "who", "their_body", "nation", "sign")}
    known |= {"ground": set(), "active": set()}
    for question in questions():
        kind = question.about.removesuffix("s") if question.about in ("signs", "grounds") else question.about
        if kind in known:
            known[kind] |= set(given.get(question.id, ()))
    return known


def told(given: Given) -> Told:
    """Return what the answers come to; all questions have to be answered.

    Between a troll and a critic the signs decide, and in doubt it is a critic.
    """
    here = {question.id for question in asked(given)}
    said = {id: chosen for id, chosen in given.items() if id in here}
    known = _known(said)
    nature, remark = _nature(_one(said, "nature"), said)
    return Told(
        Answers(
            nature=nature, nation=_one(said, "nation"), danger=_one(said, "danger") == "yes",
            place=_one(said, "place"), who=_one(said, "who"), their_body=_one(said, "their-body"),
            signs=frozenset(known["sign"]), grounds=frozenset(known["ground"]),
        ),
        remark,
    )  # fmt: skip


def _one(given: Given, id: str) -> str:
    return next(iter(given.get(id, ())), "")


def _nature(chosen: str, given: Given) -> tuple[str, str]:
    """Return what it is, and a word on it where the signs say something else than what was chosen."""
    if TELL_APART not in given:
        return chosen, ""
    signs = given[TELL_APART]
    leans = leaning(signs)
    if chosen not in TOLD_APART:
        concern = signs and leans == "criticism"
        return chosen, "Some of what you ticked speaks for a real concern. It can be heard without the abuse." * bool(
            concern
        )
    if leans == chosen:
        return chosen, ""
    return leans, f"You chose “{natures()[chosen].title}”. What you ticked speaks more for: {natures()[leans].title}."
