"""Whether a reply keeps a provocation going: a hostile message, answered with more than one line that closes."""

from collections.abc import Iterator
from functools import cache

from forethought.reading import Draft, Reading, Span, read
from forethought.reading.lexicon import classes
from forethought.reading.phrases import PhraseBook
from forethought.rules.engine import Hit, lines
from forethought.rules.load import rules

_LIKELY = 0.7  # answering back without a taunt: right less often than a phrase
_ONE_LINE = 2  # sentences; more than this, with nothing that closes, is another round


def detect(reading: Reading) -> list[Hit]:
    """Return where the draft keeps a hostile exchange going; nothing where no hostile message is answered."""
    if not _provoked(reading.draft.context.reply_to):
        return []
    if taunts := tuple(_said("taunts", reading)):
        return [Hit(taunts)]
    if any(_said("closes", reading)):
        return []
    back = tuple(_talking_back(reading))
    return [Hit(back, _LIKELY)] if back else []


def _provoked(answered: str | None) -> bool:
    """Say whether the message being answered is bait; someone who asks or suffers is no troll."""
    if not answered:
        return False
    message = read(Draft(answered))
    return any(_said("provokes", message)) and not any(_said("good-faith", message))


@cache
def _book() -> PhraseBook:
    """Return the phrase lists of the rule's file, each owned by its name."""
    lists = next(rule.lists for rule in rules() if rule.id == "respect/feeding-trolls")
    return PhraseBook(((name, phrase) for name, phrases in lists.items() for phrase in phrases), classes())


def _said(kind: str, reading: Reading) -> Iterator[Span]:
    """Yield the spans of the phrases of one kind."""
    for line in lines(reading):
        yield from (span for owner, _, span in _book().matches(line) if owner == kind)


def _talking_back(reading: Reading) -> Iterator[Span]:
    """Yield the sentences that ask or address the other person, or all of them where there are many."""
    many = len(reading.sentences) > _ONE_LINE
    for sentence in reading.sentences:
        speaks = any(token.folded in ("you", "your", "yours") for token in sentence.tokens)
        if many or speaks or reading.quote(sentence.span).endswith("?"):
            yield sentence.span
