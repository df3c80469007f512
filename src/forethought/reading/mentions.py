"""Typed details and who each is about.

A detail belongs to the nearest person named before it in its sentence; a pronoun carries the person of
the sentences before. Nothing here decides whether a detail matters: rules do.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from forethought.reading.lexicon import classes, names
from forethought.reading.model import Mention, MentionKind, Span, Subject, Token

Found = Sequence[tuple[str, Span]]  # owner in the lexicon, such as `mention age`, and where

_PERSONS: frozenset[str] = frozenset(
    ("client", "client-relative", "colleague", "trainee", "own-family", "public-figure", "fictional")
)
_PRONOUNS = frozenset("he she they him her them his hers their theirs himself herself themselves".split())
_FIRST = frozenset("i me my mine myself we us our ours".split())
_AGE = re.compile(r"\d{1,2}(?:yo|f|m)|\d{1,2}-?year-?olds?")
_MONTH_AFTER = frozenset("in since last this next by until during from early late mid of".split())
_YEARS, _OLD = frozenset(("year", "years", "yr", "yrs")), frozenset(("old", "olds"))
_NEAR_PLACE = frozenset("in at near from around outside to".split())


def mentions(text: str, number: int, tokens: Sequence[Token], found: Found, person: Subject) -> Iterator[Mention]:
    """Yield the mentions of sentence `number` in order of place; `person` is whom pronouns carry over."""
    anchors = _anchors(tokens, found, person)
    details = {*_typed(found), *_ages(tokens), *_contacts(tokens), *_named(text, tokens)}
    for kind, span in sorted(details, key=lambda detail: (detail[1], detail[0])):
        yield Mention(kind, span, _about(span, anchors), number)


def met(found: Found, person: Subject) -> Subject:
    """Return whom a pronoun means here: a client, where nobody is carried over and the sentence speaks of the work."""
    at_work = person == "nobody" and any(owner == "setting clinical" for owner, _ in found)
    return "client" if at_work else person


def carried(found: Found, person: Subject) -> Subject:
    """Return whom a pronoun in the next sentence stands for: the last single person named, else `person`."""
    people = [(span, owner[8:]) for owner, span in found if owner[8:] in _PERSONS and owner.startswith("subject ")]
    return max(people)[1] if people else person  # type: ignore[return-value]


def _anchors(tokens: Sequence[Token], found: Found, person: Subject) -> list[tuple[int, int, Subject]]:
    """Return the start, end and subject of each word or phrase that says who a sentence is about."""
    named = [(span.start, span.end, owner[8:]) for owner, span in found if owner.startswith("subject ")]
    carried_over = [(t.span.start, t.span.end, person) for t in tokens if t.folded in _PRONOUNS]
    own = [(t.span.start, t.span.end, "author") for t in tokens if t.folded in _FIRST]
    return sorted((*named, *carried_over, *own))  # type: ignore[arg-type]


def _about(span: Span, anchors: list[tuple[int, int, Subject]]) -> Subject:
    """Return the person named inside or nearest before `span`; the author only where there is none."""
    before = [(subject in _PERSONS, min(end, span.end), subject) for start, end, subject in anchors if start < span.end]
    return max(before)[2] if before else "nobody"


def _typed(found: Found) -> Iterator[tuple[MentionKind, Span]]:
    for owner, span in found:
        if owner.startswith("mention "):
            yield owner[8:], span  # type: ignore[misc]


def _ages(tokens: Sequence[Token]) -> Iterator[tuple[MentionKind, Span]]:
    for at, token in enumerate(tokens):
        years, old = tokens[at + 1 : at + 2], tokens[at + 2 : at + 3]
        if _AGE.fullmatch(token.folded):
            yield "age", token.span
        elif token.folded.isdigit() and years and years[0].folded in _YEARS and old and old[0].folded in _OLD:
            yield "age", Span(token.span.start, old[0].span.end)


def _contacts(tokens: Sequence[Token]) -> Iterator[tuple[MentionKind, Span]]:
    for token in tokens:
        if token.kind == "email" or (token.kind == "number" and sum(c.isdigit() for c in token.folded) > 9):
            yield "contact", token.span
        elif token.kind == "handle":
            yield "person", token.span


def _named(text: str, tokens: Sequence[Token]) -> Iterator[tuple[MentionKind, Span]]:
    """Yield people and places of the gazetteers, and capitals that follow a preposition of place."""
    people, places = names("first_names"), names("places")
    for at, token in enumerate(tokens):
        if token.kind != "word" or (at and token.span == tokens[at - 1].span):
            continue
        size = next((len(run) for n in (4, 3, 2, 1) if _listed(text, run := tokens[at : at + n], places, at)), 0)
        if size:
            yield "place", Span(token.span.start, tokens[at + size - 1].span.end)
        elif _listed(text, tokens[at : at + 1], people, at) and not _is_month(tokens, at):
            yield "person", token.span
        elif at and tokens[at - 1].folded in _NEAR_PLACE and text[token.span.start].isupper() and _nameable(token):
            yield "place", token.span


def _listed(text: str, tokens: Sequence[Token], known: Mapping[tuple[str, ...], bool], at: int) -> bool:
    """Say whether `tokens` are in a gazetteer; what is also a word needs a capital inside its sentence."""
    run = tuple(token.folded for token in tokens)
    if run not in known:
        return False
    return not known[run] or (at > 0 and all(text[token.span.start].isupper() for token in tokens))


def _is_month(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a name that is also a month stands where a month does, as in `since May`."""
    return bool(at) and (tokens[at].folded,) in classes()["month"] and tokens[at - 1].folded in _MONTH_AFTER


def _nameable(token: Token) -> bool:
    """Say whether a capital can name a place: a day, a month or the author cannot."""
    return token.folded not in _FIRST and not any((token.folded,) in classes()[name] for name in ("day", "month"))
