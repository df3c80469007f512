"""What a professional profile says of its purpose, cut to each platform's limit, from the answers of the interview."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from forethought.platforms import limit, platforms
from forethought.policy.interview import checked
from forethought.policy.model import Answers
from forethought.policy.sections import GAP
from forethought.tables import table

FILE = Path(__file__).parent / "purpose.toml"
Length = Literal["whole", "brief", "shortest"]


@dataclass(frozen=True, slots=True)
class Purpose:
    """A statement of purpose in one length, and the titles of what there was no room to say."""

    length: Length
    words: str
    left_out: tuple[str, ...]


def purposes(answers: Answers, platform: str) -> tuple[Purpose, ...]:
    """Return statements of purpose for a profile on a platform, the longest first; none twice, none empty.

    Where the answers name no page for work there are none. `whole` and `brief` are as long as the platform allows, in
    long and in short sentences; `shortest` fits every platform. Raises UnknownNameError for a platform whose limits
    are not known.
    """
    least = min(each.profile for each in platforms().values() if each.profile)
    most = limit(platform, "profile")
    told = (
        _purpose("whole", "long", answers, most),
        _purpose("brief", "short", answers, most),
        _purpose("shortest", "short", answers, least),
    )
    first = {each.words: each for each in reversed(told) if each.words}
    return tuple(each for each in told if first.get(each.words) is each)


@cache
def _data() -> Mapping[str, Any]:
    return table(FILE)


def _purpose(length: Length, form: str, answers: Answers, most: int) -> Purpose:
    """Return the statement with every sentence that still fits in `most` characters, 0 for any number."""
    said = ""
    left_out: list[str] = []
    for title, sentence in _sentences(form, checked(answers)):
        longer = f"{said} {sentence}".strip()
        if most and len(longer) > most:
            left_out.append(title)
        else:
            said = longer
    return Purpose(length, said, tuple(left_out))


def _sentences(form: str, answers: Answers) -> Iterator[tuple[str, str]]:
    """Yield each statement that the answers give, with its title; none where there is no page for work."""
    told = _data()["statement"] if _chosen(_data()["only_if"], answers) else ()
    for each in told:
        if words := _chosen(each["when"], answers):
            yield each["title"], each[form].replace(GAP, words[0])


def _chosen(when: Mapping[str, Sequence[str]], answers: Answers) -> tuple[str, ...]:
    """Return what was answered to the question of `when`, if it is one of its choices; no choices mean any words."""
    ((question, choices),) = when.items()
    given = answers.get(question, ())
    return tuple(each for each in given if not choices or each in choices)
