"""What is odd about the name of the place that a link leads to: numbers, borrowed names, look-alike letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from forethought.accounts.hacked.addresses import Address, site
from forethought.guidance.schema import Schema, read, tables

FILE = Path(__file__).with_name("links.toml")
NAME = Schema({"title": str, "domains": list}, {"alone": bool})
_NUMBERS = re.compile(r"(?:\d{1,3}(?:\.\d{1,3}){3}|\d{8,10}|0x[0-9a-f]{6,8}|\[[0-9a-f:.]*:[0-9a-f:.]*\]?)$")
_OWN = re.compile(r"(?:localhost|127\.|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[::1)")
# Letters of other alphabets, and digits, that are drawn like letters of ours.
_LOOKS_LIKE = str.maketrans("асԁеһіјӏоԛрѕԝхуүνοαιρτκυ01358", "acdehijloqpswxyyvoaiptku" + "olesb")
_PAIRS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
LEAST = 6  # letters of a name from which one letter's difference tells; of shorter ones too many are real names


@dataclass(frozen=True, slots=True)
class Name:
    """A name that scams borrow, with the domains that are its own; `alone` where longer names round it are odd."""

    title: str
    domains: tuple[str, ...]
    alone: bool = False


@cache
def names() -> tuple[Name, ...]:
    """Return the names that scams borrow. Raises PackError, naming file and line."""
    entries = tables(FILE, read(FILE), "name")
    for each in entries:
        each.check(NAME)
    return tuple(Name(**{**each.values, "domains": tuple(each.values["domains"])}) for each in entries)


@cache
def _bait() -> frozenset[str]:
    return next(frozenset(each["words"]) for each in read(FILE)["words"] if each["id"] == "bait")


def known_site(host: str) -> str:
    """Return whose own domain a host lies in, by the name's title; empty where it is none of the known ones."""
    return next((each.title for each in names() if any(_within(host, domain) for domain in each.domains)), "")


def is_own_network(host: str) -> bool:
    """Return whether a host is this computer or lies in the network at home."""
    return bool(_OWN.match(host))


def host_reasons(address: Address) -> Iterator[str]:
    """Yield what is odd about the host of an address, in words."""
    host = address.host
    if _NUMBERS.match(host):
        if not is_own_network(host):
            yield "it leads to a number instead of a name"
        return
    if known_site(host):
        return
    if "xn--" in host:
        yield f"its name stands for letters of other alphabets ({_decoded(host)})"
    elif _mixed(host):
        yield "its name mixes letters of other alphabets with ours"
    if whose := _looks_like(_decoded(host)):
        yield f"its name is drawn to look like {whose}"
    elif whose := _borrowed(host):
        yield f"it puts {whose} into a longer name that is not {whose}'s own"


def _within(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")


def _decoded(host: str) -> str:
    """Return a host's name with each encoded part as it is drawn; a part that cannot be decoded stays."""
    return ".".join(_label(each) for each in host.split("."))


def _label(label: str) -> str:
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except (UnicodeError, OverflowError):
        return label


def _mixed(host: str) -> bool:
    """Return whether one part of a name mixes our letters with Greek or Cyrillic ones."""
    return any(re.search("[a-z]", each) and re.search("[\u0370-\u052f]", each) for each in host.split("."))


def _looks_like(host: str) -> str:
    """Return which name one part of a host is drawn like without being it: swapped, doubled or missing letters."""
    for token in re.split(r"[.-]", host):
        drawn = {token.translate(_LOOKS_LIKE)}
        drawn |= {each.replace(two, one) for each in tuple(drawn) for two, one in _PAIRS}
        for name in names():
            if token != name.title and (name.title in drawn or _one_off(token, name.title)):
                return name.title
    return ""


def _one_off(token: str, title: str) -> bool:
    """Return whether a long name differs from a known one by a letter more, less, doubled or changed."""
    if len(title) < LEAST or abs(len(token) - len(title)) > 1 or not token or token[0] != title[0]:
        return False
    short, long = sorted((token, title), key=len)
    start = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return short[start + (len(short) == len(long)) :] == long[start + 1 :]


def _borrowed(host: str) -> str:
    """Return whose name stands in a host that is not theirs: their whole domain, or the name with bait round it."""
    tokens = re.split(r"[.-]", host)
    bare = f".{host.removesuffix(site(host))}."
    for name in names():
        if any(f".{domain}." in bare.replace("-", ".").replace("..", ".") for domain in name.domains):
            return name.title
        longer = name.title in tokens and site(host).split(".")[0] != name.title
        if longer and (name.alone or not _bait().isdisjoint(tokens)):
            return name.title
    return ""
