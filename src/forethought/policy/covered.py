"""What a policy that was written elsewhere covers, what it misses, and what a check of its sentences would raise.

Words are looked for and not meaning, so every answer shows the sentences that led to it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from forethought.documents import Block, Document, Heading, Listing, Note, Paragraph
from forethought.guidance import Guidance, Provision
from forethought.policy.citing import cited, lines
from forethought.policy.elsewhere import within
from forethought.policy.load import topics
from forethought.policy.model import Topic
from forethought.policy.raised import raised
from forethought.policy.readability import LONGEST, Readability, readability
from forethought.policy.sayings import Said, evened, sayings, wrong_numbers
from forethought.reading import Context
from forethought.reading.sentences import sentence_spans
from forethought.review import Explained, ReaderName

Level = Literal["covered", "touched", "missing"]
SURE = 2  # signs of a topic from which on it counts as covered; with one the practitioner is to look
SHOWN = 3  # sentences, and provisions of a document, that are shown for a topic
HEADINGS: dict[Level, str] = {
    "covered": "What it covers",
    "touched": "What it touches: look whether that is enough",
    "missing": "What it does not seem to cover",
}


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a policy covers one topic: the signs found, the sentences that have them, and who asks for the topic."""

    topic: Topic
    level: Level
    signs: tuple[str, ...]
    sentences: tuple[str, ...]
    provisions: tuple[Provision, ...]


@dataclass(frozen=True, slots=True)
class Coverage:
    """A policy's text topic by topic, with what a check of its words raises and how easy it is to read.

    `numbers` are what it says of help lines that is not so, and `said` what no policy of theirs should hold out.
    """

    text: str
    topics: tuple[Covered, ...]
    numbers: tuple[str, ...]
    said: tuple[Said, ...]
    findings: tuple[Explained, ...]
    readability: Readability

    def at(self, level: Level) -> tuple[Covered, ...]:
        """Return the topics that are covered, touched or missing."""
        return tuple(each for each in self.topics if each.level == level)


def coverage(text: str, guidance: Guidance, reader: ReaderName = "learned") -> Coverage:
    """Return what a policy's text covers under the active guidance.

    Raises LongPolicyError for a text that is longer than any policy; any other gives an answer.
    """
    sentences = tuple(text[span.start : span.end] for span in sentence_spans(within(text)))
    plain = {sentence: evened(sentence) for sentence in sentences}
    return Coverage(
        text,
        tuple(_covered(topic, plain, guidance) for topic in topics()),
        wrong_numbers(text),
        sayings(plain, guidance),
        raised(text, Context(platform="website"), guidance, reader),
        readability(sentences),
    )


def document(found: Coverage, guidance: Guidance) -> Document:
    """Return the answer for the practitioner."""
    return Document(
        "What your policy covers",
        (
            Paragraph("Words were looked for and not meaning. Read the sentences, and decide for yourself."),
            *map(Note, found.numbers),
            Paragraph(found.readability.says),
            *_long(found),
            *_shown(found, "covered"),
            *_shown(found, "touched"),
            *_missed(found, guidance),
            *_raised(found, guidance),
        ),
    )


def _covered(topic: Topic, plain: Mapping[str, str], guidance: Guidance) -> Covered:
    showing = {sentence: tuple(_signs(topic, words)) for sentence, words in plain.items()}
    signs = tuple(dict.fromkeys(sign for found in showing.values() for sign in found))
    level: Level = "covered" if len(signs) >= SURE else "touched" if signs else "missing"
    kept = tuple(sentence for sentence, found in showing.items() if found)
    return Covered(topic, level, signs, kept, cited(topic.cites, guidance))


def _signs(topic: Topic, plain: str) -> Iterator[str]:
    for sign in topic.signs:
        if sign in plain and re.search(rf"(?<!\w){re.escape(sign)}(?!\w)", plain):
            yield sign


def _long(found: Coverage) -> Iterator[Block]:
    if long := found.readability.long_sentences:
        yield Paragraph(f"Sentences with more than {LONGEST} words, which are hard to follow:")
        yield Listing(long[:SHOWN])


def _shown(found: Coverage, level: Level) -> Iterator[Block]:
    """Yield the topics of a level, each with the sentences that show it."""
    if found.at(level):
        yield Heading(2, HEADINGS[level])
    for each in found.at(level):
        yield Heading(3, each.topic.title)
        yield Listing(each.sentences[:SHOWN])


def _missed(found: Coverage, guidance: Guidance) -> Iterator[Block]:
    """Yield what is missing, each topic with what it is for and the provisions that ask most for it."""
    if missing := found.at("missing"):
        yield Heading(2, HEADINGS["missing"])
    for each in missing:
        yield Heading(3, each.topic.title)
        yield Paragraph(each.topic.why)
        if asking := lines(_closest(each.provisions), guidance):
            yield Listing(asking)


def _closest(provisions: Iterable[Provision]) -> tuple[Provision, ...]:
    """Return a few of the provisions that ask for something: those that the fewest topics share, as closest to one."""
    shared = Counter(id for topic in topics() for id in topic.cites)
    asking = [each for each in provisions if each.standing != "silent"]
    return tuple(sorted(asking, key=lambda each: shared[each.id])[:SHOWN])


def _raised(found: Coverage, guidance: Guidance) -> Iterator[Block]:
    yield Heading(2, "What a check of its words raises")
    for said in found.said:
        yield Heading(3, said.title)
        yield Note(f"It says: {_quoted(said.sentences[:SHOWN])}")
        yield Paragraph(f"{said.why} Instead: {said.instead}")
        yield Listing(lines(said.provisions[:SHOWN], guidance))
    if not found.findings and not found.said:
        yield Paragraph("Nothing was found to raise. That is no promise that all is well.")
    for each in found.findings:
        rule, words = each.finding.rule, (found.text[start:end] for start, end in each.finding.spans)
        yield Heading(3, rule.title)
        yield Note(f"It says: {_quoted(words)}")
        yield Paragraph(f"{rule.why} Instead: {rule.instead}")


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f"“{each}”" for each in words)
