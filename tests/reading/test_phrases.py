"""The small language of phrases: each construct, its errors, its cost, and many phrases at once."""

import re
from collections import Counter
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.errors import ForethoughtError
from forethought.reading import Span, Token
from forethought.reading.phrases import Line, PhraseBook, PhraseError, compile_phrase
from forethought.reading.tokens import tokens

CLASSES = {"kin": frozenset({("mum",), ("dad",), ("step", "mum")}), "they": frozenset({("he",), ("she",)})}

# construct: phrase, a text that it matches with the words taken, and a near miss
GRAMMAR: dict[str, tuple[str, str, str, str]] = {
    "words in a row": ("my client", "so my client left", "my client", "my own client"),
    "capitals and marks do not matter": ("my client", "MY, *client*!", "MY, *client", "my clients"),
    "either of two": ("client|patient", "a patient left", "patient", "a person left"),
    "either, in the midst": ("my client|patient said", "my patient said", "my patient said", "my said"),
    "a beginning": ("cry*", "she was crying", "crying", "she was dry"),
    "a beginning is a whole word too": ("cry*", "a cry", "cry", "a cr"),
    "a beginning among others": ("wept|sob*", "he sobbed", "sobbed", "he so"),
    "a class": ("@kin", "her mum left", "mum", "her aunt left"),
    "a class, several words": ("my @kin left", "my step mum left", "my step mum left", "my step left"),
    "a class among others": ("aunt|@kin", "her dad left", "dad", "her uncle left"),
    "a class that may be missing": ("my @kin? left", "my left hand", "my left", "my aunt left"),
    "may be left out, and is": ("my own? client", "my client", "my client", "my old client"),
    "may be left out, and is not": ("my own? client", "my own client", "my own client", "own client"),
    "may be left out at the end": ("client left?", "client left", "client left", "left"),
    "a gap, empty": ("my ~ client", "my client", "my client", "client my"),
    "a gap, full": (
        "my ~ client",
        "my very dear old client",
        "my very dear old client",
        "my very very dear old client",
    ),
    "a gap of six": ("my ~6 end", "my a b c d e f end", "my a b c d e f end", "my a b c d e f g end"),
    "a gap of one": ("my ~1 end", "my a end", "my a end", "my a b end"),
    "a gap at the end takes what it can": ("my ~2", "my a b c", "my a b", "your a b c"),
    "two gaps": ("a ~1 b ~1 c", "a x b y c", "a x b y c", "a x y b c"),
    "where the sentence begins": ("^ client", "client left", "client", "a client left"),
    "where the sentence ends": ("client $", "my client!", "client", "my client left"),
    "the whole sentence": ("^ my client $", "My client.", "My client", "my client left"),
    "an opened contraction": ("do not", "I don't know", "don't", "I do know"),
    "a possessive": ("client 's @kin", "a client’s mum", "client’s mum", "a client mum"),
    "a hashtag": ("#sad", "so #Sad", "#Sad", "so sad"),
    "a gap of its own beside an edge": ("^ so ~2 client", "so my old client", "so my old client", "and so my client"),
}

# phrase, words in the message
REFUSED = {
    "a gap first": ("~ client", "The phrase '~ client' must begin with a word that is always there."),
    "an optional word first": ("my? client", "The phrase 'my? client' must begin with a word"),
    "an edge and a gap": ("^ ~ client", "must begin with a word"),
    "edges alone": ("^ $", "must begin with a word"),
    "nothing": ("", "must begin with a word"),
    "an unknown class": (
        "my @kith said",
        "The phrase 'my @kith said' uses @kith, which is not a word class. Use @kin, @they.",
    ),
    "an empty choice": (
        "my client||patient",
        "The phrase 'my client||patient' has a choice with nothing in it at 'client||patient'.",
    ),
    "a bar alone": ("my |", "has a choice with nothing in it"),
    "a question mark alone": ("my ?", "has a choice with nothing in it"),
    "an unknown class among others": ("mum|@kith", "uses @kith"),
}

WORDS = ("a", "b", "c", "ab", "abc", "x", "y")
SURE = ("a", "b|c", "ab*", "x*|a", "@pair", "@pair|b", "<person>", "<person>|c")
ANY = (*SURE, "a?", "@pair?", "b|c?", "~", "~1", "~5")
PAIR = {"pair": frozenset({("x",), ("x", "y"), ("a", "b", "c")})}


def line(text: str) -> Line:
    """Return `text` as one sentence without mentions."""
    words = list(tokens(text))
    return Line.of(words, [frozenset()] * len(words))


def book(*phrases: str) -> PhraseBook:
    """Return a book of phrases, each owned by its number."""
    return PhraseBook(((str(n), phrase) for n, phrase in enumerate(phrases)), {**CLASSES, **PAIR})


def found(phrase: str, text: str) -> list[str]:
    """Return the words that `phrase` takes in `text`."""
    return [text[span.start : span.end] for _, _, span in book(phrase).matches(line(text))]


class TestGrammar:
    @pytest.mark.parametrize(("phrase", "text", "taken", "_miss"), GRAMMAR.values(), ids=GRAMMAR)
    def test_takes(self, phrase: str, text: str, taken: str, _miss: str) -> None:
        """Each construct takes the words that it stands for, and no more."""
        assert [taken] == found(phrase, text)

    @pytest.mark.parametrize(("phrase", "_text", "_taken", "miss"), GRAMMAR.values(), ids=GRAMMAR)
    def test_leaves(self, phrase: str, _text: str, _taken: str, miss: str) -> None:
        """Each construct leaves a near miss alone."""
        assert [] == found(phrase, miss)

    def test_furthest(self) -> None:
        """A match that begins at a word is taken as far as it reaches."""
        assert ["a x b y b"] == found("a ~3 b", "a x b y b")

    def test_every_start(self) -> None:
        """A phrase is found wherever it begins, overlapping or not."""
        assert ["my my client", "my client"] == found("my ~1 client", "my my client")

    def test_mention_kind(self) -> None:
        """A part in pointed brackets takes a word inside a mention of that kind, whatever the word."""
        words = list(tokens("my client Zorba came"))
        kinds = [frozenset(), frozenset(), frozenset({"person"}), frozenset()]
        phrases = book("client <person>")
        assert [Span(3, 15)] == [span for _, _, span in phrases.matches(Line.of(words, kinds))]
        assert [] == list(phrases.matches(line("my client Zorba came")))

    def test_owner(self) -> None:
        """A match names its owner and the phrase as it was written."""
        told = {(owner, phrase.source) for owner, phrase, _ in book("my client", "client").matches(line("my client"))}
        assert {("0", "my client"), ("1", "client")} == told

    def test_the_same_phrase_for_two(self) -> None:
        """Two owners of the same phrase are both told."""
        assert ["0", "1"] == sorted(owner for owner, _, _ in book("client", "client").matches(line("client")))

    def test_nothing_to_match(self) -> None:
        """A sentence without words matches nothing, and an empty book finds nothing."""
        assert [] == found("my client", "!")
        assert [] == list(book().matches(line("my client")))


class TestRefused:
    @pytest.mark.parametrize(("phrase", "message"), REFUSED.values(), ids=REFUSED)
    def test_named(self, phrase: str, message: str) -> None:
        """A phrase that cannot be read is refused with the phrase, the fault and what to use."""
        with pytest.raises(PhraseError) as caught:
            compile_phrase(phrase, CLASSES)
        assert message in str(caught.value)

    def test_in_a_book(self) -> None:
        """A book refuses a phrase of an unknown class, which it names."""
        with pytest.raises(PhraseError, match=r"'my @kith' uses @kith"):
            list(book("my @kith").matches(line("my aunt")))

    def test_gap_without_a_number(self) -> None:
        """A gap whose size is no number is refused as any other slip is."""
        with pytest.raises(PhraseError):
            compile_phrase("my ~x client", CLASSES)

    def test_unknown_kind(self) -> None:
        """A kind of mention that there is not is refused, since it would match nothing."""
        with pytest.raises(PhraseError):
            compile_phrase("my <persn>", CLASSES)

    def test_one_family(self) -> None:
        """A face that catches the project's errors catches this one."""
        assert issubclass(PhraseError, ForethoughtError)


class TestCost:
    @pytest.mark.parametrize(
        ("phrase", "text"),
        [
            ("a ~9 a ~9 a ~9 a ~9 b", "a "),
            ("a ~ a? ~ a? ~ a? ~ b", "a "),
            ("my ~6 client ~6 said ~6 @kin", "my client said "),
            ("@kin ~9 @kin ~9 <person>", "step mum "),
            ("a* ~9 a* ~9 b $", "ab "),
        ],
        ids=["gaps", "optional parts", "openings", "classes", "beginnings"],
    )
    def test_in_proportion(self, calls: Callable[[Callable[[], object]], int], phrase: str, text: str) -> None:
        """Twice as long a text, however hostile, is twice the work and no more."""
        phrases = book(phrase)
        once, twice = line(text * 200), line(text * 400)
        list(phrases.matches(once))  # makes the phrase ready
        work = {size: calls(lambda size=size: list(phrases.matches(size))) for size in (twice, once)}
        assert work[twice] <= 2.1 * work[once]

    def test_longer_phrase(self, calls: Callable[[Callable[[], object]], int]) -> None:
        """A phrase with more gaps costs more by its length squared at most, never by a power of its length."""
        short, long = (compile_phrase("a ~3 " * n + "b", CLASSES) for n in (4, 8))
        text = line("a " * 60)
        assert calls(lambda: [long.match(text, n) for n in range(60)]) <= 4.4 * calls(
            lambda: [short.match(text, n) for n in range(60)]
        )


def phrases() -> st.SearchStrategy[str]:
    """Phrases of every construct over a very small vocabulary, so that they often match."""
    parts = st.tuples(st.sampled_from(SURE), st.lists(st.sampled_from(ANY), max_size=4)).map(
        lambda p: " ".join((p[0], *p[1]))
    )
    return st.tuples(st.sampled_from(("", "^ ")), parts, st.sampled_from(("", " $"))).map("".join)


def lines() -> st.SearchStrategy[Line]:
    """Sentences over the same vocabulary, some of their words in a mention."""
    word = st.tuples(st.sampled_from(WORDS), st.sampled_from((frozenset[str](), frozenset({"person"}))))
    return st.lists(word, max_size=9).map(as_line)


def as_line(marked: Sequence[tuple[str, frozenset[str]]]) -> Line:
    """Return words and their kinds as a line, each word ten characters from the next."""
    made = [Token(word, Span(10 * n, 10 * n + len(word)), "word") for n, (word, _) in enumerate(marked)]
    return Line.of(made, [kinds for _, kinds in marked])


def by_regex(source: str, sentence: Line) -> list[Span]:
    """Return the matches of a phrase by a regular expression, which turns back and so may be slow but is plain."""
    parts = [part for part in source.split() if part not in "^$"]
    pattern = re.compile("".join(map(as_regex, parts)))
    written = [f"{word}{'!' * bool(kinds)} " for word, kinds in zip(sentence.words, sentence.kinds, strict=True)]
    size = len(written)
    matches = []
    for start in range(1 if "^" in source else size):
        ends = [end for end in range(start + 1, size + 1) if pattern.fullmatch("".join(written[start:end]))]
        furthest = max((end for end in ends if end == size or "$" not in source), default=None)
        if start < size and furthest:
            matches.append(Span(sentence.spans[start].start, sentence.spans[furthest - 1].end))
    return matches


def as_regex(part: str) -> str:
    """Return one part of a phrase as a regular expression over words that each end in a space."""
    if part[0] == "~":
        return rf"(?:\S+ ){{0,{part[1:] or 3}}}"
    choices = {"@pair": "x!? |x!? y!? |a!? b!? c!? ", "<person>": r"\w+! "}
    either = (choices.get(c) or c.replace("*", r"\w*") + "!? " for c in part.rstrip("?").split("|"))
    return f"(?:{'|'.join(either)}){'?' * part.endswith('?')}"


class TestMany:
    @given(phrases(), lines())
    def test_language(self, source: str, sentence: Line) -> None:
        """A phrase matches what the same thing said as a regular expression matches, as far as it can reach."""
        assert by_regex(source, sentence) == sorted(span for _, _, span in book(source).matches(sentence))

    @given(st.lists(phrases(), max_size=8), lines())
    def test_book(self, sources: list[str], sentence: Line) -> None:
        """A book of phrases finds exactly what each phrase finds when it is tried alone at every word."""
        entries = [(str(n), compile_phrase(source, PAIR)) for n, source in enumerate(sources)]
        alone = [
            (owner, Span(sentence.spans[start].start, sentence.spans[end - 1].end))
            for owner, phrase in entries
            for start in range(len(sentence.words))
            if (end := phrase.match(sentence, start)) is not None
        ]
        assert Counter(alone) == Counter((owner, span) for owner, _, span in book(*sources).matches(sentence))
