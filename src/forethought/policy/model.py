"""What the interview asks and what each choice puts into the policy: the data of the topics as it is loaded.

Nothing is promised to clients but in the words of a choice that the practitioner made, so every client-facing
sentence hangs on a choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["one", "many", "words"]
Answers = Mapping[str, tuple[str, ...]]  # what was answered: a question's id to the ids chosen, or to the words given


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be picked, and what it says to clients in each kind of document.

    `says` are sentences for the whole policy, `brief` one for the page, `easy` short ones in easy words. `against`
    are provisions with which the choice sits uneasily: the practitioner is told, and decides. `not_with` names choices
    that cannot be true beside it, by question.
    """

    id: str
    label: str
    says: tuple[str, ...]
    brief: str
    easy: tuple[str, ...]
    against: tuple[str, ...] = ()
    not_with: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to decide. `default` are the choices that the strictest active guidance would make.

    A question of kind `words` has no choices to pick from but one, whose sentences hold `{words}` where the answer
    goes; left empty it says nothing. `only_if` names an earlier question and the choices after which it is asked at
    all: `uses = ["text", "messages"]`; `unless` names in the same way after which it is not.
    """

    id: str
    asks: str
    help: str
    kind: Kind
    default: tuple[str, ...]
    choices: tuple[Choice, ...]
    only_if: Mapping[str, tuple[str, ...]]
    longest: int = 200
    unless: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def choice(self, id: str) -> Choice:
        """Return the choice with this id; a `words` question has a single one."""
        return next(each for each in self.choices if each.id == id or self.kind == "words")


@dataclass(frozen=True, slots=True)
class Topic:
    """One section of the policy: its heading as a client would ask it, and the provisions that ask for it.

    `signs` are words by which a policy that was written elsewhere shows that it covers this. `checklist` are what to
    go through with a client at contracting, and `why` tells the practitioner what the section is for.
    """

    id: str
    title: str
    heading: str
    easy_heading: str
    why: str
    cites: tuple[str, ...]
    differences: tuple[str, ...]
    signs: tuple[str, ...]
    checklist: tuple[str, ...]
    questions: tuple[Question, ...]
