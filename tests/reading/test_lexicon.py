"""What reading knows of words: every phrase can be read, every word can be met, nothing stands twice or unused."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any, get_args

import pytest

from forethought.reading import Frame
from forethought.reading.lexicon import HERE, book, classes, names, whole_draft_frames
from forethought.reading.model import MentionKind, Subject
from forethought.reading.phrases import Line, compile_phrase
from forethought.reading.tokens import tokens
from forethought.rules.load import rules

LEXICON: dict[str, Any] = tomllib.loads((HERE / "lexicon.toml").read_text(encoding="utf-8"))
CLASSES: dict[str, list[str]] = tomllib.loads((HERE / "classes.toml").read_text(encoding="utf-8"))
PHRASES = [
    (f"{kind} {name}", phrase)
    for kind, table in LEXICON.items()
    if isinstance(table, dict)
    for name, phrases in table.items()
    for phrase in phrases
]
NAMES = {"frame": get_args(Frame), "subject": get_args(Subject), "mention": get_args(MentionKind)}
GAZETTEERS = {"first_names": 5_000, "places": 1_500}
CUE_CLASSES = {
    "client", "clients", "worker", "workers", "session", "kin", "person", "day", "month", "when", "said", "number",
    "condition", "therapy", "platform", "workplace",
}  # fmt: skip
ENDING = "'s"  # the one token that no word of its own gives: the end of an opened contraction


def words(phrase: str) -> Iterator[str]:
    """Yield the plain words and beginnings that a phrase names."""
    for part in phrase.split():
        if part[0] not in "~^$":
            yield from (choice.removesuffix("*") for choice in part.rstrip("?").split("|") if choice[0] not in "@<")


def met(word: str) -> bool:
    """Say whether some text gives `word` as one token."""
    return word == ENDING or [word] == [token.folded for token in tokens(word)]


class TestPhrases:
    @pytest.mark.parametrize("owner", sorted({owner for owner, _ in PHRASES}))
    def test_compile(self, owner: str) -> None:
        """Every phrase of the lexicon can be read."""
        sources = [phrase for who, phrase in PHRASES if who == owner]
        assert sources == [compile_phrase(phrase, classes()).source for phrase in sources]

    def test_no_phrase_twice(self) -> None:
        """No frame, subject or kind of detail names a phrase twice."""
        assert len(PHRASES) == len(set(PHRASES))

    @pytest.mark.parametrize("kind", NAMES)
    def test_known_names(self, kind: str) -> None:
        """What phrases are filed under is a frame, subject or kind that readings know."""
        assert set() == set(LEXICON[kind]) - set(NAMES[kind])

    def test_every_frame(self) -> None:
        """Every frame has phrases that show it."""
        assert set(get_args(Frame)) == set(LEXICON["frame"])

    def test_every_person(self) -> None:
        """Everybody but the author, who says I, and nobody at all has phrases that show them."""
        assert {"author", "nobody"} == set(get_args(Subject)) - set(LEXICON["subject"])

    def test_whole_draft(self) -> None:
        """The frames that hold for a whole draft are frames."""
        assert {"invented"} == whole_draft_frames() <= set(get_args(Frame))

    def test_no_mention_kinds(self) -> None:
        """No phrase of the lexicon waits for a mention, since mentions are found by these phrases."""
        assert [] == [phrase for _, phrase in PHRASES if "<" in phrase]

    def test_book(self) -> None:
        """The book of the lexicon tells what it met by kind and name."""
        line = list(tokens("my privacy notice"))
        assert {"frame policy"} == {owner for owner, _, _ in book().matches(Line.of(line, [frozenset()] * len(line)))}

    def test_every_word_can_be_met(self) -> None:
        """Every word that a phrase names is one that a text can give."""
        assert [] == [(owner, word) for owner, phrase in PHRASES for word in words(phrase) if not met(word)]


class TestClasses:
    def test_loaded(self) -> None:
        """Every class is loaded, its entries as words apart."""
        assert {name: {tuple(entry.split()) for entry in entries} for name, entries in CLASSES.items()} == classes()

    @pytest.mark.parametrize("name", CLASSES)
    def test_entries(self, name: str) -> None:
        """A class has entries, in small letters, and none twice."""
        entries = CLASSES[name]
        assert entries
        assert len(entries) == len(set(entries))
        assert [] == [entry for entry in entries if entry != entry.casefold() or entry != " ".join(entry.split())]

    def test_every_word_can_be_met(self) -> None:
        """Every word of a class is one that a text can give."""
        assert [] == [
            (name, word) for name, entries in classes().items() for entry in entries for word in entry if not met(word)
        ]

    def test_none_unused(self) -> None:
        """Every class is named by a phrase of the lexicon or of a rule, or is weighed as a cue."""
        looks = [rule.looks for rule in rules()]
        shifts = [phrase for rule in rules() for shift in rule.shifts for phrase in shift.phrases]
        sources = (
            [phrase for _, phrase in PHRASES] + [p for look in looks for p in (*look.phrases, *look.unless)] + shifts
        )
        used = {name for phrase in sources for name in re.findall(r"@([\w-]+)", phrase)}
        assert set() == set(classes()) - used - CUE_CLASSES


class TestGazetteers:
    @pytest.mark.parametrize(("which", "least"), GAZETTEERS.items())
    def test_size(self, which: str, least: int) -> None:
        """The list is whole."""
        assert len(names(which)) >= least

    @pytest.mark.parametrize("which", GAZETTEERS)
    def test_source(self, which: str) -> None:
        """The first line of the list names its source and licence."""
        first = (HERE / "gazetteers" / f"{which}.txt").read_text(encoding="utf-8").splitlines()[0]
        assert re.match(r"# .*Source: .*(?:Licence|CC)", first)

    @pytest.mark.parametrize("which", GAZETTEERS)
    def test_once(self, which: str) -> None:
        """No entry stands twice, with or without its mark."""
        lines = (HERE / "gazetteers" / f"{which}.txt").read_text(encoding="utf-8").splitlines()[1:]
        assert len(lines) == len(names(which))

    @pytest.mark.parametrize(
        "which",
        ["first_names", "places"],
    )
    def test_every_entry_can_be_met(self, which: str) -> None:
        """Every entry is one to four words that a text can give."""
        assert [] == [entry for entry in names(which) if not 1 <= len(entry) <= 4 or not all(map(met, entry))]

    @pytest.mark.parametrize("word", ["may", "mark", "will", "grace", "bill", "rose", "hope", "joy"])
    def test_words_need_a_capital(self, word: str) -> None:
        """A first name that is an everyday word needs its capital."""
        assert names("first_names")[(word,)]

    @pytest.mark.parametrize("name", ["asha", "priya", "john", "fatima", "siobhan"])
    def test_names_need_none(self, name: str) -> None:
        """A first name that is nothing else is known however it is typed."""
        assert not names("first_names")[(name,)]
