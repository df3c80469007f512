"""A plan to keep private life and work apart online, from a few facts, and a note to family and friends."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

from forethought.documents import Block, Document, Heading, Listing, Paragraph, Quote
from forethought.errors import UnknownNameError
from forethought.guidance import Difference, Guidance, Provision
from forethought.pages.explain import differing
from forethought.policy.citing import cited, lines
from forethought.tables import table

FILE = Path(__file__).parent / "separation.toml"
Tone = Literal["formal", "warm"]
TONES: tuple[Tone, ...] = get_args(Tone)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do, why, and who says so; the order of steps is the order in which they are taken."""

    id: str
    title: str
    do: tuple[str, ...]
    why: str
    provisions: tuple[Provision, ...]
    differences: tuple[Difference, ...]


def facts() -> Mapping[str, str]:
    """Return what is asked before a plan is made: each fact's id, and the question of which yes makes it hold."""
    return {each["id"]: each["asks"] for each in _data()["fact"]}


def plan(holding: Collection[str], guidance: Guidance) -> tuple[Step, ...]:
    """Return the steps for the facts that hold, by id, and the last step, which is for everyone.

    Raises UnknownNameError for a fact that is not in its list.
    """
    for fact in holding:
        if fact not in facts():
            raise UnknownNameError("fact", fact, facts())
    return tuple(_step(each, guidance) for each in _data()["step"] if not each["when"] or each["when"] in holding)


def note(tone: Tone) -> str:
    """Return a note to send to family and friends. Raises UnknownNameError for a tone that is not formal or warm."""
    if tone not in TONES:
        raise UnknownNameError("tone", tone, TONES)
    return " ".join(_data()["note"][tone])


def note_provisions(guidance: Guidance) -> tuple[Provision, ...]:
    """Return the active provisions that speak of family and friends."""
    return cited(_data()["note"]["cites"], guidance)


def document(holding: Collection[str], guidance: Guidance) -> Document:
    """Return the plan with the note in both tones."""
    blocks: list[Block] = [Paragraph("Take the steps in this order. None of them makes an account impossible to find.")]
    steps = plan(holding, guidance)
    for number, step in enumerate(steps, 1):
        blocks += [Heading(2, f"{number}. {step.title}"), Listing(step.do), Paragraph(f"Why: {step.why}")]
        blocks += [Heading(3, "Who says so"), Listing(told)] if (told := lines(step.provisions, guidance)) else []
    blocks.append(Heading(2, _data()["note"]["title"]))
    for tone in TONES:
        blocks += [Heading(3, f"In a {tone} tone"), Quote(note(tone))]
    if asking := lines(note_provisions(guidance), guidance):
        blocks += [Heading(3, "Who asks for such a note"), Listing(asking)]
    blocks += differing([each for step in steps for each in step.differences])
    return Document("Keeping private life and work apart", tuple(blocks))


@cache
def _data() -> Mapping[str, Any]:
    return table(FILE)


def _step(values: Mapping[str, Any], guidance: Guidance) -> Step:
    every = guidance.differences_on([duty.id for duty in guidance.duties])
    differ = tuple(each for each in every if each.id in values.get("differences", ()))
    provisions = cited(values["cites"], guidance)
    return Step(values["id"], values["title"], tuple(values["do"]), values["why"], provisions, differ)
