"""The learned reader: a small encoder that ships with Forethought and runs on this device, on one core.

This is the one module of the core that imports numpy and onnxruntime, and it does so when a draft is first read.
The same draft gives the same answer, alone or among many: each is read by itself, in windows where it is long.
`training/train.py` makes it, and `training/kin.py` adds what tells of the same person; what it can and cannot do stands
in `training/MODEL_CARD.md`.
"""

import json
import os
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import groupby, islice
from pathlib import Path
from typing import Any, NamedTuple

from forethought.errors import DamagedReaderError
from forethought.reading.draft import Context, Draft
from forethought.reading.model import LEAST_LEARNED, Concern, Learned, Mention, Sentence, Span
from forethought.reading.pieces import END, START, Vocabulary
from forethought.reading.setting import setting

FOLDER = Path(__file__).with_name("encoder")
FILES = ("encoder.onnx", "vocabulary.txt")
NEEDED = ("numpy", "onnxruntime")
SHOWN = 0.02  # probabilities below this are not worth showing words for
LONGEST_SETTING = 96  # pieces: what is answered can hold any number
ENOUGH = 0.7  # of a rule's attention: sentences, and words within them, that together hold this much carried it


class Told(NamedTuple):
    """A stretch of a draft as the encoder is told it: the setting, the pieces from `start` on, and a last mark.

    `places` holds, for each of the pieces, where the word that it belongs to lies in the text.
    """

    ids: list[int]
    parts: list[int]
    start: int
    places: Sequence[Span]


class Window(NamedTuple):
    """What the encoder says of one stretch of a draft, whose pieces lie at `places` in the text."""

    places: Sequence[Span]
    rules: Any
    attention: Any
    kinds: Any
    subjects: Any
    verdict: Any
    kin: Any = None
    about: float = 0.0


@dataclass(frozen=True, slots=True, eq=False)
class Reader:
    """A loaded encoder; `rules`, `kinds` and `subjects` name the columns of its answers."""

    session: Any
    vocabulary: Vocabulary
    rules: tuple[str, ...]
    kinds: tuple[Any, ...]
    subjects: tuple[Any, ...]
    longest: int

    def read(self, draft: Draft, sentences: Sequence[Sentence]) -> Learned:
        """Return what the encoder makes of `draft`, whose sentences are given."""
        if not sentences:
            return Learned((), (0.0, 0.0, 0.0), ())
        stretches = told(draft.text, draft.context, self.vocabulary, self.longest)
        concerns: dict[str, Concern] = {}
        severity: tuple[float, ...] = (0.0, 0.0, 0.0)
        mentions: list[Mention] = []
        about, kin = 0.0, b""
        for window in map(self._window, stretches):
            if window.kin is not None and window.about >= about:
                about, kin = window.about, window.kin.astype("float16").tobytes()
            severity = tuple(max(so_far, float(window.verdict[n:].sum())) for n, so_far in enumerate(severity, 1))
            mentions += (found for found in self._mentions(window, sentences) if not _before_end(found, mentions))
            for found in self._concerns(window, concerns, sentences):
                concerns[found.rule] = found
        said = tuple(concerns[rule] for rule in self.rules if rule in concerns)
        return Learned(said, severity, tuple(mentions), about, kin)

    def _window(self, stretch: Told) -> Window:
        import numpy as np

        row, parts = (np.array([numbers], np.int64) for numbers in (stretch.ids, stretch.parts))
        answers = [answer[0] for answer in self.session.run(None, {"ids": row, "parts": parts})]
        post = slice(stretch.start, stretch.start + len(stretch.places))
        rules, attention, kinds, subjects, verdict, *kin = answers
        window = Window(stretch.places, rules, attention[:, post], kinds[post], subjects[post], verdict)
        return window._replace(kin=kin[0], about=float(kin[1][0])) if kin else window

    def _concerns(
        self, window: Window, so_far: Mapping[str, Concern], sentences: Sequence[Sentence]
    ) -> Iterator[Concern]:
        """Yield the concerns of one stretch that are stronger than those of the stretches before."""
        for number, rule in enumerate(self.rules):
            probability = float(window.rules[number])
            if probability >= LEAST_LEARNED and (rule not in so_far or probability > so_far[rule].probability):
                weights = window.attention[number].tolist() if probability >= SHOWN else ()
                yield Concern(rule, probability, carrying(window.places, weights, sentences) if weights else ())

    def _mentions(self, window: Window, sentences: Sequence[Sentence]) -> Iterator[Mention]:
        """Yield each run of words of one kind in a sentence, about the subject that they together speak for most."""
        for (kind, sentence), run in groupby(self._words(window, sentences), key=lambda word: word[:2]):
            words = list(run)
            if kind:
                about = sum(subjects for *_, subjects in words).argmax()
                yield Mention(
                    self.kinds[kind], Span(words[0][2].start, words[-1][2].end), self.subjects[about], sentence
                )

    def _words(self, window: Window, sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, Span, Any]]:
        """Yield each word's kind, sentence, place and say on subjects: what its pieces say, taken together."""
        for place, run in groupby(enumerate(window.places), key=lambda piece: piece[1]):
            at = [number for number, _ in run]
            kinds, subjects = (scores[at[0] : at[-1] + 1].sum(axis=0) for scores in (window.kinds, window.subjects))
            yield int(kinds.argmax()), _sentence_at(place.start, sentences), place, subjects


def told(text: str, context: Context, vocabulary: Vocabulary, longest: int) -> Iterator[Told]:
    """Yield `text` in stretches of at most `longest` pieces, setting included, each overlapping the last by half."""
    start, end = (vocabulary.ids[mark] for mark in (START, END))
    where = [start, *(number for number, _ in islice(vocabulary.numbers(setting(context)), LONGEST_SETTING)), end]
    pieces = list(vocabulary.numbers(text))
    room = longest - len(where) - 1
    for at in range(0, max(1, len(pieces) - room // 2), room // 2):
        here = pieces[at : at + room]
        ids = [*where, *(number for number, _ in here), end]
        yield Told(ids, [int(n >= len(where)) for n in range(len(ids))], len(where), [place for _, place in here])


def carrying(places: Sequence[Span], weights: Sequence[float], sentences: Sequence[Sentence]) -> tuple[Span, ...]:
    """Return the words that hold most of `weights`, one weight a place: a stretch in each sentence that counts."""
    by_sentence: dict[int, list[tuple[Span, float]]] = {}
    for place, weight in zip(places, weights, strict=True):
        by_sentence.setdefault(_sentence_at(place.start, sentences), []).append((place, weight))
    total, held, spans = sum(weights), 0.0, []
    for words in sorted(by_sentence.values(), key=lambda words: -sum(weight for _, weight in words)):
        spans.append(_tightest(words))
        held += sum(weight for _, weight in words)
        if held >= ENOUGH * total:
            break
    return tuple(sorted(spans))


def _tightest(words: Sequence[tuple[Span, float]]) -> Span:
    """Return the shortest run of a sentence's words that holds enough of the sentence's weight."""
    wanted = ENOUGH * sum(weight for _, weight in words)
    best, first, held = (0, len(words) - 1), 0, 0.0
    for last, (_, weight) in enumerate(words):
        held += weight
        while first < last and held - words[first][1] >= wanted:
            held -= words[first][1]
            first += 1
        if held >= wanted and last - first < best[1] - best[0]:
            best = first, last
    return Span(words[best[0]][0].start, words[best[1]][0].end)


def _before_end(mention: Mention, among: Sequence[Mention]) -> bool:
    """Say whether a mention begins before the last of those found so far has ended, as where stretches overlap."""
    return bool(among) and mention.span.start < among[-1].span.end


def _sentence_at(place: int, sentences: Sequence[Sentence]) -> int:
    return max(0, bisect_right(sentences, place, key=lambda sentence: sentence.span.start) - 1)


@cache
def reader() -> Reader | None:
    """Return the reader that ships with Forethought, or None where a library that it needs cannot be loaded.

    Raises DamagedReaderError where one of its files is not the one that was shipped.
    """
    os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # before it is loaded; the version that is pinned sends nothing anyway
    try:
        for library in NEEDED:
            import_module(library)
    except ImportError:  # not installed, or not working on this computer
        return None
    return load(FOLDER)


def load(folder: Path) -> Reader:
    """Return the reader whose files lie in `folder`. Raises DamagedReaderError."""
    import onnxruntime

    card = _card(folder / "reader.json")
    network, words = (_checked(folder / name, card["sha256"][name]) for name in FILES)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    onnxruntime.disable_telemetry_events()  # on Windows they would go to the system's own log
    try:
        session = onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
    except Exception as error:  # the library has no common class for what it raises
        raise DamagedReaderError(FILES[0]) from error
    rules, kinds, subjects = (tuple(card[key]) for key in ("rules", "kinds", "subjects"))
    return Reader(session, Vocabulary.of(words.decode("utf-8")), rules, kinds, subjects, card["longest"])


def _card(path: Path) -> dict[str, Any]:
    """Return what the card says of the answers and of the other files."""
    try:
        card: dict[str, Any] = json.loads(path.read_bytes())
        whole = {"rules", "kinds", "subjects", "longest"} <= card.keys() and set(FILES) <= card["sha256"].keys()
    except (OSError, ValueError, AttributeError, KeyError) as error:
        raise DamagedReaderError(path.name) from error
    if not whole:
        raise DamagedReaderError(path.name)
    return card


def _checked(path: Path, expected: str) -> bytes:
    """Return the content of a file whose checksum is `expected`."""
    from hashlib import sha256  # not before it is needed: it takes as long to load as all the rest of this file

    try:
        content = path.read_bytes()
    except OSError as error:
        raise DamagedReaderError(path.name) from error
    if sha256(content).hexdigest() != expected:
        raise DamagedReaderError(path.name)
    return content
