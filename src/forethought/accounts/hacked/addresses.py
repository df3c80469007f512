"""Addresses in a text, taken apart as a browser would: shown words, scheme, user, host, port, path and query."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_REST = r"[^\s<>\"”\[\]{}|\\^`]"
_LINK = re.compile(
    rf"(?P<whole>\[(?P<words>[^\[\]\n]{{1,200}})\]\(\s{{0,5}}(?P<under>[^\s()<>]{{1,500}})\s{{0,5}}\))"
    rf"|(?P<anchor><a\s[^<>]{{0,200}}?href\s?=\s?[\"']?(?P<href>[^\"'\s<>]{{1,500}})[^<>]{{0,200}}>(?P<label>[^<]{{0,200}})</a>)"
    rf"|(?P<script>(?<!\w)(?:(?:javascript|vbscript):|data:(?=[;,]|[\w.+-]{{1,40}}/[\w.+-]{{1,40}}[;,]))(?=[^\s]){_REST}{{2,500}})"
    rf"|(?P<plain>(?<![\w@])(?:h(?:tt|xx)ps?|ftp):/{{1,2}}(?:\[[0-9a-f:.]{{2,45}}\]{_REST}{{0,2000}}|{_REST}{{1,2000}})|(?<![\w@.])www\.{_REST}{{1,2000}})"
    r"|(?P<bare>(?<![\w@.-])(?:[^\W_]{1,40}(?:-{1,2}[^\W_]{1,40}){0,6}\.){1,6}(?:[a-z]{2,24}|xn--[a-z0-9-]{2,40})(?![\w@-])"
    rf"(?::\d{{1,5}})?(?:[/?]{_REST}{{0,500}})?)"
    r"|(?P<number>(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?/[^\s<>\"]{0,500})",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:(?P<scheme>[a-z][a-z0-9+.-]*):/{1,2})?(?:(?P<user>[^/?#]*)@)?(?P<host>\[[^\]/?#]*\]?|[^/?#:]*)"
    r"(?::(?P<port>[^/?#]*))?(?P<path>[^?#]*)(?:\?(?P<query>[^#]*))?",
    re.IGNORECASE | re.DOTALL,
)
_SECOND = {"co", "org", "ac", "gov", "nhs", "ltd", "plc", "me", "net", "sch", "com", "edu", "police"}  # as in `co.uk`
_TRAILING = ".,;:!?'’)*_"


@dataclass(frozen=True, slots=True)
class Address:
    """An address where it stands in a text (`start`, `end`); `shown` are the words that hide it, where some do."""

    url: str
    start: int
    end: int
    shown: str = ""
    scheme: str = ""
    user: str = ""
    host: str = ""
    port: str = ""
    path: str = ""
    query: str = ""

    @property
    def site(self) -> str:
        """The name that somebody had to register: `example.co.uk` of `www.example.co.uk`."""
        return site(self.host)


def site(host: str) -> str:
    """Return the part of a host's name that somebody had to register."""
    labels = host.strip(".").split(".")
    deep = len(labels) > 2 and labels[-2] in _SECOND and len(labels[-1]) == 2
    return ".".join(labels[-3 if deep else -2 :])


def addresses(text: str) -> Iterator[Address]:
    """Yield every address in a text, in order."""
    for match in _LINK.finditer(text):
        url = match["under"] or match["href"] or match[0]
        shown = (match["words"] or match["label"] or "").strip()
        end = match.end()
        if not (match["whole"] or match["anchor"]):
            url = _trimmed(url)
            end = match.start() + len(url)
        if url:
            yield taken_apart(url, match.start(), end, shown)


def taken_apart(url: str, start: int = 0, end: int = 0, shown: str = "") -> Address:
    """Return an address in its parts; whatever it is, this gives some."""
    scheme = re.match(r"(?i)(javascript|vbscript|data):", url)
    if scheme:
        return Address(url, start, end, shown, scheme[1].lower())
    match = _PARTS.match(url)
    parts = {name: value or "" for name, value in match.groupdict().items()} if match else {}
    parts["host"] = parts.get("host", "").lower().strip(".")
    parts["scheme"] = parts.get("scheme", "").lower()
    return Address(url, start, end, shown, **parts)


def _trimmed(url: str) -> str:
    """Return an address without the marks that end a sentence; a closing bracket stays where it was opened."""
    while url and url[-1] in _TRAILING:
        if url[-1] == ")" and url.count("(") >= url.count(")"):
            break
        url = url[:-1]
    return url
