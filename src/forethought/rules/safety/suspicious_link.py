"""Finds links that are dressed up: raw IP addresses, look-alike and encoded names, text that names another address."""

import re
from collections.abc import Iterator

from forethought.reading import Reading, Span
from forethought.rules.engine import Hit

_FLAGS = re.IGNORECASE
_REST = r"[^\s<>()\[\]\"”]"
_LINK = re.compile(
    rf"(?<![\w@.])(?:https?://|www\.){_REST}+"
    rf"|(?<![\w@.-])(?:[a-z0-9-]{{1,63}}\.){{1,6}}[a-z]{{2,24}}(?![\w@])(?::\d+)?(?:/{_REST}*)?",
    _FLAGS,
)
_DRESSED = re.compile(
    r"\[\s*(?:https?://)?((?:[\w-]{1,63}\.){1,6}[a-z]{2,24})[^\[\]\n]{0,200}+\]\(\s*+(?:https?://)?([^\s/:)]{1,200}+)[^)\s]{0,500}+\)",
    _FLAGS,
)
_IP = re.compile(r"^\d{1,3}(?:\.\d{1,3}){3}$")
_OFFICIAL = (
    "bacp.co.uk", "babcp.com", "ukcp.org.uk", "psychotherapy.org.uk", "hcpc-uk.org", "bps.org.uk", "nhs.uk", "gov.uk",
    "ac.uk", "police.uk", "zoom.us", "zoom.com", "facebook.com", "instagram.com", "google.com", "google.co.uk",
    "paypal.com", "linkedin.com", "microsoft.com", "whatsapp.com", "counselling-directory.org.uk",
    "psychologytoday.com", "amazon.co.uk", "royalmail.com",
)  # fmt: skip
_NAMED = re.compile(
    r"(?:^|[.-])(?:bacp|babcp|ukcp|hcpc|bps|nhs|hmrc|gov|zoom|facebook|instagram|google|paypal|linkedin|microsoft"
    r"|whatsapp|counselling|members?|register|indemnity|insurance|royalmail|amazon)(?=[.-]|$)"
)
_BAIT = re.compile(
    r"log-?in|verif|renew|refund|claim|secure|account|update|confirm|re-?validate|meeting-join|refer-now|support-?desk"
    r"|unlock|wallet|pay(?:ment)?\b"
)
_EMBEDDED = re.compile(r"\.(?:co|org|ac|gov|nhs)[.-](?:uk\.)?[\w-]{1,63}\.[\w.-]{0,80}[a-z]{2,24}$")
_SHORT = re.compile(r"^(?:bit\.ly|tinyurl\.com|t\.ly|is\.gd|cutt\.ly|rb\.gy|ow\.ly|shorturl\.at|rebrand\.ly)$")
_LURE = re.compile(
    r"\b(?:urgent|verify|suspended|lapse[sd]?|expires?|midnight|winner|you['’]?ve won|refund|claim|free gift"
    r"|log in (?:here|now)|bank card|password)\b",
    _FLAGS,
)
_WARNING = re.compile(r"\b(?:fake|scam|hoax|bogus)\b", _FLAGS)
_SWAPS = str.maketrans("01", "ol")


def detect(reading: Reading) -> list[Hit]:
    """Return one hit for each link in `reading` that is not what it seems."""
    text = reading.draft.text
    return [Hit((span,)) for span in (*_dressed(text), *_lookalikes(text))]


def _dressed(text: str) -> Iterator[Span]:
    """Yield links whose words name one address and whose target is another."""
    for match in _DRESSED.finditer(text):
        shown, target = (name.lower().removeprefix("www.") for name in match.groups())
        if shown != target and not target.endswith(f".{shown}"):
            yield Span(*match.span())


def _lookalikes(text: str) -> Iterator[Span]:
    warns, lures = bool(_WARNING.search(text)), bool(_LURE.search(text))
    for match in _LINK.finditer(text):
        address = match[0].rstrip(".,;:!?'’")
        if _strange(address.lower(), warns, lures):
            yield Span(match.start(), match.start() + len(address))


def _strange(address: str, warns: bool, lures: bool) -> bool:
    """Say whether an address hides who runs it, given whether the draft warns of a scam or lures people on."""
    from urllib.parse import urlsplit  # slow to import, and few drafts hold a link

    try:
        host = urlsplit(address if "//" in address else f"//{address}").hostname or ""
    except ValueError:
        return True
    if "/" not in address and warns:
        return False
    if _IP.match(host):
        return not host.startswith(("127.", "192.168.", "10."))
    if any(host == name or host.endswith(f".{name}") for name in _OFFICIAL):
        return False
    plain = host.translate(_SWAPS)
    return (
        "xn--" in host
        or bool(_EMBEDDED.search(host))
        or bool(plain != host and _NAMED.search(plain))
        or bool(_NAMED.search(plain) and _BAIT.search(host))
        or bool(lures and _SHORT.match(host))
    )
