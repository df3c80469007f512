"""A profile looked at as clients meet it: the rules' findings on its words, and checks that no post could show.

Lawful private life is never scored: what is raised is which account it stands on.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from forethought.guidance import Guidance, Provision
from forethought.policy.raised import raised
from forethought.reading import Context
from forethought.reading.draft import Account, Role
from forethought.review import Explained
from forethought.rules import VERDICTS, Severity
from forethought.tables import table

FILE = Path(__file__).parent / "profile.toml"
PATTERNS = ("shows", "also", "unless", "lacks")  # of a check, what holds patterns
ABOUT_OTHERS = frozenset({"confidentiality/identifying-details"})  # a profile's details are its owner's
_CURLY = str.maketrans("’‘–—", "''--")


@dataclass(frozen=True, slots=True)
class Facts:
    """Whose account it is and where; `logo` says whether a professional body's logo is its picture."""

    role: Role = "counsellor"
    account: Account = "professional"
    platform: str = "other"
    logo: bool = False


@dataclass(frozen=True, slots=True)
class ProfileFinding:
    """Something about a profile worth a thought, with the words that show it, if any, and who asks for what.

    `id` is a rule's (`standing/misleading-claim`) or a check's of its own (`profile/no-purpose`).
    """

    id: str
    title: str
    severity: Severity
    words: tuple[str, ...]
    what: str
    why: str
    instead: str
    provisions: tuple[Provision, ...]


def profile_findings(bio: str, name: str, facts: Facts, guidance: Guidance) -> tuple[ProfileFinding, ...]:
    """Return what a profile raises under the active guidance, the most severe first.

    `bio` is what it says, and `name` what the account is called. Raises UnknownNameError for a role, account or
    platform that is not in its list. Nothing found is no promise.
    """
    context = Context(role=facts.role, account=facts.account, platform=facts.platform)
    text = "\n".join(part for part in (name, bio) if part.strip())
    told = raised(text, context, guidance, "lexical")
    found = [_of_rule(each, text) for each in told if each.finding.rule.id not in ABOUT_OTHERS]
    found += _of_checks({"bio": bio, "name": name}, facts, guidance)
    return tuple(sorted(found, key=lambda each: -VERDICTS.index(each.severity)))


def _of_rule(explained: Explained, text: str) -> ProfileFinding:
    finding, rule = explained.finding, explained.finding.rule
    words = tuple(text[start:end] for start, end in finding.spans)
    asking = _asking(explained.grounds.provisions)
    return ProfileFinding(rule.id, rule.title, finding.severity, words, rule.what, rule.why, rule.instead, asking)


def _of_checks(parts: Mapping[str, str], facts: Facts, guidance: Guidance) -> Iterator[ProfileFinding]:
    for check in _checks():
        words = _shown(check, parts, facts)
        if words is not None and guidance.supports(check["duties"]):
            yield _finding(check, words, _asking(guidance.behind(check["duties"])))


def _finding(check: Mapping[str, Any], words: tuple[str, ...], asking: tuple[Provision, ...]) -> ProfileFinding:
    told = {key: check[key] for key in ("title", "severity", "what", "why", "instead")}
    return ProfileFinding(id=f"profile/{check['id']}", words=words, provisions=asking, **told)


def _shown(check: Mapping[str, Any], parts: Mapping[str, str], facts: Facts) -> tuple[str, ...] | None:
    """Return the words that raise a check, none where it is something missing; None where it is not raised."""
    if facts.account not in check.get("accounts", (facts.account,)) or facts.role in check.get("not_roles", ()):
        return None
    if "fact" in check:
        return () if getattr(facts, check["fact"]) else None
    text = "\n".join(parts[each] for each in check["where"]).translate(_CURLY)
    every = [_first(check[key], text) for key in ("shows", "also") if key in check]
    if not text.strip() or not all(every) or any(_first(check.get(key, ()), text) for key in ("unless", "lacks")):
        return None
    return tuple(dict.fromkeys(word for word in every if word))


def _first(patterns: list[str], text: str) -> str:
    """Return the first words that one of the patterns finds, or nothing."""
    return next((found[0] for each in patterns if (found := re.search(each, text, re.IGNORECASE | re.DOTALL))), "")


def _asking(provisions: tuple[Provision, ...]) -> tuple[Provision, ...]:
    return tuple(each for each in provisions if each.standing != "silent")


@cache
def _checks() -> tuple[Mapping[str, Any], ...]:
    """Return the checks with the terms in their patterns spelled out."""
    data = table(FILE)
    return tuple(
        {**check, **{key: [_spelled(each, data["terms"]) for each in check[key]] for key in PATTERNS if key in check}}
        for check in data["check"]
    )


def _spelled(pattern: str, terms: Mapping[str, str]) -> str:
    return terms[pattern[1:-1]] if pattern[:1] == "{" else pattern
