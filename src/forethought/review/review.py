"""The main job: Draft in, Report out. Every face of the product comes through here."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from forethought.guidance import Guidance, Provision
from forethought.reading import Draft, Encoder, Reading, in_english, read
from forethought.review.clients import Naming, nobody, with_named
from forethought.review.model import Explained, Grounds, NextStep, Noticed, ReaderName, Report, Stance
from forethought.rules import VERDICTS, Finding, Rule, Verdict, find, rules

THOUGHTS = {
    "confidentiality": "Is this about me? Who else could tell?",
    "boundaries": "Now I know this about my therapist. What am I to do with it?",
    "respect": "Is that how I am spoken of when I am not in the room?",
    "standing": "Can I rely on what this says?",
}
# Where the topic's thought would not fit; an empty one is no thought at all.
THOUGHTS_BY_RULE = {
    "confidentiality/consent-claimed": "Would I have felt free to say no?",
    "confidentiality/workplace-confidence": "If they tell this, what do they tell about me?",
    "boundaries/client-contact": "Does everyone now know that I see them?",
    "boundaries/dual-relationship": "Are they my therapist, or something else to me?",
    "boundaries/power-imbalance": "",
    "boundaries/therapy-online": "Is this meant for me? Can I ask for help here too?",
    "boundaries/viewing-client-content": "Do they read what I post as well?",
    "respect/doxxing": "What might they do with what I have told them?",
    "respect/feeding-trolls": "Is that how I would be answered?",
    "respect/heat-of-moment": "Is that how I would be answered?",
    "respect/incitement": "Could I trust somebody who says this?",
    "standing/colleague-undermined": "",
    "standing/defamation": "",
    "standing/disrepute": "Can I still trust them?",
    "standing/employer-harm": "",
    "standing/testimonial": "Shall I be asked for one too?",
}
STEPS = {
    "hold": ("Leave it for a day and read it again before you decide.", ("hold-if-unsure", "not-in-anger")),
    "supervision": ("Take it to supervision, or to a senior colleague, before you post.", ("supervision",)),
    "record": ("If it has gone out already, note it in the client record.", ("no-specific-client-material",)),
}

HEATED = 0.6  # of 1: from here on a draft is worth a night's sleep, whatever it says


def review(draft: Draft, guidance: Guidance, reader: ReaderName = "learned", naming: Naming = nobody) -> Report:
    """Return the report on `draft`, its pictures' descriptions and words included, under the packs of `guidance`.

    `naming` says where a text names one of the person's own clients. A rule that no active body supports is not raised.
    Any text gives a report; none raises. Where the learned reader is not installed the lexical one works alone, and
    the report says so. What is not in English is never `clear`.
    """
    encoder = _encoder() if reader == "learned" else None
    reading = read(draft, encoder)
    told = dict.fromkeys(words for image in draft.images for words in (image.alt_text, image.words) if words.strip())
    described = {words: read(Draft(words, draft.context), encoder) for words in told}
    written = [described[image.alt_text] for image in draft.images if image.alt_text in described]
    among = in_force(guidance)
    found = with_named(find(reading, among), among, naming(draft.text))
    in_words = {words: with_named(find(each, among), among, naming(words)) for words, each in described.items()}
    findings = _with_descriptions(draft, found, in_words)
    readable = all(in_english(each.sentences) for each in (reading, *written))
    return Report(
        draft,
        verdict(findings) if findings or readable else "consider",
        tuple(Explained(finding, _grounds(finding.rule.duties, guidance)) for finding in findings),
        tuple(_noticed(reading, found)),
        tuple(_next(reading, findings, guidance)),
        "learned" if encoder else "lexical",
        readable,
        reading,
    )


def _with_descriptions(
    draft: Draft, found: Sequence[Finding], in_words: Mapping[str, Sequence[Finding]]
) -> tuple[Finding, ...]:
    """Return the findings joined by those of the pictures' descriptions, and of the words to be seen in them.

    `in_words` holds the findings in each. There is still one finding a rule: a picture that breaks it worse makes the
    draft's own finding worse.
    """
    by_rule = {finding.rule.id: finding for finding in found}
    for number, seen, words in _told(draft):
        for other in in_words.get(words, ()):
            own = by_rule.get(other.rule.id)
            if own is None or VERDICTS.index(own.severity) < VERDICTS.index(other.severity):
                by_rule[other.rule.id] = replace(other, spans=own.spans if own else (), image=number, seen=seen)
    return tuple(by_rule.values())


def _told(draft: Draft) -> Iterator[tuple[int, bool, str]]:
    """Yield each picture's number, from 1, with its description, then with the words to be seen in it."""
    for number, image in enumerate(draft.images, 1):
        yield number, False, image.alt_text
        yield number, True, image.words


def _encoder() -> Encoder | None:
    """Return the learned reader, where it can be loaded; words alone never wait for it."""
    from forethought.reading.learned import reader

    return reader()


def verdict(findings: Iterable[Finding]) -> Verdict:
    """Return the verdict that the most severe finding gives; `clear` where there is none."""
    return max((finding.severity for finding in findings), key=VERDICTS.index, default="clear")


def in_force(guidance: Guidance, on: date | None = None) -> tuple[Rule, ...]:
    """Return the rules in force on a day (today, if not given) that some active body supports."""
    return _in_force(guidance, on or date.today())


@lru_cache(maxsize=16)
def _in_force(guidance: Guidance, on: date) -> tuple[Rule, ...]:
    current = (rule for rule in rules() if rule.since <= on and (rule.until is None or on < rule.until))
    return tuple(rule for rule in current if guidance.supports(rule.duties))


@lru_cache(maxsize=1_000)
def _grounds(duties: tuple[str, ...], guidance: Guidance) -> Grounds:
    by_duty = [guidance.strength_by_body(duty) for duty in duties]
    bodies = dict.fromkeys(pack.body for pack in guidance.packs)
    stances = tuple(Stance(body, _strongest(held[body] for held in by_duty)) for body in bodies)
    return Grounds(guidance.behind(duties), stances, guidance.differences_on(duties))


def _strongest(standings: Iterable[str]) -> str:
    return min(standings, key=("binds", "advises", "silent").index)


def _noticed(reading: Reading, findings: Sequence[Finding]) -> Iterator[Noticed]:
    """Yield each sentence that a client would notice, with the thought of its most severe finding."""
    thoughts: dict[int, str] = {}
    for finding in sorted(findings, key=lambda finding: VERDICTS.index(finding.severity)):
        if thought := thought_on(finding.rule):
            thoughts |= dict.fromkeys((n for span in finding.spans for n in reading.sentences_at(span)), thought)
    for number in sorted(thoughts):
        yield Noticed(reading.sentences[number].span, thoughts[number])


def thought_on(rule: Rule) -> str:
    """Return what a client might think of a breach of this rule; empty where they would think nothing of it."""
    return THOUGHTS_BY_RULE.get(rule.id, THOUGHTS.get(rule.topic, ""))


def _next(reading: Reading, findings: Sequence[Finding], guidance: Guidance) -> Iterator[NextStep]:
    """Yield the steps that the findings' rules name, and a pause for what is heated, where an active body asks it."""
    named = {step for finding in findings for step in finding.rule.steps}
    if reading.register.anger >= HEATED:
        named.add("hold")
    for step, (says, duties) in STEPS.items():
        asking = _asking(guidance, duties)
        if step in named and asking:
            yield NextStep(step, says, asking)


def _asking(guidance: Guidance, duties: Sequence[str]) -> tuple[Provision, ...]:
    return tuple(p for p in guidance.behind(duties) if p.standing != "silent")
