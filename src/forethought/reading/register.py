"""How a draft speaks: heat, irony, and to whom; counted from marks and capitals, never from opinions."""

import re
from collections.abc import Sequence

from forethought.reading.model import Register, Sentence

SHOUT = re.compile(r"\b[A-Z]{3,}\b")
_SHORT_FORMS = frozenset(
    "BACP BABCP UKCP BPS HCPC NHS CBT EMDR DBT ACT CAMHS IAPT PTSD OCD ADHD BPD CPD GDPR LGBT LGBTQ BSL DCP GMC "
    "NICE RCT SEND EHCP ICU BBC USA FAQ PDF SAD BSC MSC MBACP NCPS BPC CPCAB MBCT IPT CAT OPEN NEW FREE".split()
)
_HEAT = re.compile(r"!{2,}|\?!|!\?|\bffs\b|\bwtf\b|[😡🤬😤🖕]", re.IGNORECASE)
_IRONY = re.compile(
    r"🙄|🙃|/s\b|\b(?:oh (?:great|good|lovely|joy)|well done|nice one|thanks a lot|slow clap|bless)\b", re.IGNORECASE
)
_YOU = frozenset("you your yours yourself u ur".split())


def register(text: str, sentences: Sequence[Sentence]) -> Register:
    """Return the register of `text`: anger and irony from 0 to 1, and whether somebody is spoken to."""
    shouts = sum(word not in _SHORT_FORMS for word in SHOUT.findall(text))
    anger = min(1.0, (shouts >= 2) * 0.4 + min(shouts, 5) * 0.08 + 0.25 * len(_HEAT.findall(text)))
    irony = min(1.0, 0.4 * len(_IRONY.findall(text)))
    return Register(anger, irony, any(t.folded in _YOU for s in sentences for t in s.tokens))
