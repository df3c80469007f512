"""The kinds of paper that answers can be turned into: the one list that pages and the command line share."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from forethought.documents import Document
from forethought.policy import writing
from forethought.policy.model import Answers
from forethought.policy.writing import Edition

Reader = Literal["clients", "practitioner", "public"]


@dataclass(frozen=True, slots=True)
class Paper:
    """One kind of paper: what a page calls it, what it is good for, who reads it, and how it is made."""

    id: str
    title: str
    use: str
    readers: Reader
    write: Callable[[Answers, Edition], Document]


PAPERS: Mapping[str, Paper] = MappingProxyType(
    {
        each.id: each
        for each in (
            Paper("policy", "The whole policy", "To hand over at the start of the work.", "clients", writing.policy),
            Paper("page", "The policy on one page", "For the wall, or as a reminder.", "clients", writing.page),
            Paper(
                "easy",
                "In easy words",
                "For anyone who reads with effort. No pictures are in it.",
                "clients",
                writing.easy,
            ),
            Paper(
                "checklist",
                "The checklist for contracting",
                "To go through the policy with a client, and note what was agreed.",
                "practitioner",
                writing.checklist,
            ),
            Paper(
                "website", "A paragraph for your website", "To stand beside your details.", "public", writing.website
            ),
            Paper("reply", "An automatic reply", "For messages on social media.", "public", writing.replies),
        )
    }
)
