"""The interview's answers and the policy's versions, in and out of the open vault."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime

from forethought.documents.stored import stored
from forethought.errors import ForethoughtError
from forethought.policy.interview import asked, checked, defaults
from forethought.policy.load import questions
from forethought.policy.model import Answers
from forethought.policy.models import Interview, Version
from forethought.policy.papers import PAPERS
from forethought.policy.sections import sections
from forethought.policy.writing import Edition


class NothingNewError(ForethoughtError):
    """A version that would say the same as the last."""

    def __init__(self, number: int) -> None:
        """Take the last version's number."""
        super().__init__(
            f"nothing has changed since version {number}, so there is no new version. Change an answer first."
        )


def answers() -> Answers:
    """Return the answers so far, or those of the strictest guidance where none were given yet.

    What a newer Forethought asks no more, or offers no more, is left out.
    """
    begun = Interview.current()
    return checked(_offered(begun.answers)) if begun else defaults()


def keep(given: Answers) -> None:
    """Keep answers as they are so far; a question that is now asked for the first time has its strictest answer.

    Raises what `interview.checked` raises.
    """
    before = {question.id for question in asked(answers())}
    strictest = {each.id: each.default for each in asked(checked(given)) if each.id not in before}
    begun = Interview.current() or Interview()
    begun.answers = {id: list(each) for id, each in checked({**strictest, **given}).items()}
    begun.changed = datetime.now(UTC)
    begun.save()


def new_version(today: date) -> Version:
    """Make what the answers say now a version of the policy and return it. Raises NothingNewError."""
    newest, now = Version.objects.first(), answers()
    said = sections(now)
    if newest and newest.sections == said:
        raise NothingNewError(newest.number)
    edition = Edition(newest.number + 1 if newest else 1, today)
    return Version.objects.create(
        number=edition.version,
        made=today,
        answers={id: list(each) for id, each in now.items()},
        said=[asdict(each) for each in said],
        papers={id: stored(paper.write(now, edition)) for id, paper in PAPERS.items()},
    )


def _offered(kept: Mapping[str, Iterable[str]]) -> Mapping[str, list[str]]:
    """Return what was kept without the questions and choices that there are no more."""
    known = {id: (each.kind, {choice.id for choice in each.choices}) for id, each in questions().items()}
    return {
        id: [each for each in given if known[id][0] == "words" or each in known[id][1]]
        for id, given in kept.items()
        if id in known
    }
