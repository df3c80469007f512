"""The HTML copy of Meta's exports: its blocks as words, links and times, which is less than the JSON holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from html.parser import HTMLParser
from typing import Any

from forethought.footprint.archives.decode import Located, text_of
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.meta_labels import ROLES, folded
from forethought.footprint.archives.values import moment
from forethought.footprint.item import Item, Kind, Media, Moment, Pointer

_CHUNK = 2**16
_BLOCK, _TITLE, _FOOT = {"_a6-g", "uiBoxWhite", "uiBoxWhiteBorder"}, {"_a6-h", "_2lel"}, {"_a6-o", "_a72d", "_2lem"}
_LINES = frozenset("div br p li tr td h2 ul table".split())
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
_FORMS = (
    "%b %d, %Y %I:%M %p",
    "%b %d, %Y %I:%M:%S %p",
    "%b %d, %Y, %I:%M:%S %p",
    "%b %d, %Y, %I:%M %p",
    "%d %b %Y, %H:%M",
)
_WRITTEN = "text", "comment"


@dataclass(slots=True)
class Block:
    """One record: its heading, its lines, its foot (the time), where it leads, and its pictures."""

    parts: dict[str, list[str]] = field(default_factory=lambda: {"title": [], "foot": [], "": []})
    links: list[str] = field(default_factory=list)
    media: list[str] = field(default_factory=list)
    celled: bool = False

    def lines(self, part: str = "") -> list[str]:
        """Return the lines of a part that hold words."""
        lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(self.parts[part]).split("\n"))
        return [line for line in lines if line]


class _Reader(HTMLParser):
    """Gathers blocks from HTML that comes in pieces; words are a heading or a foot where their frame is one."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.done: list[Block] = []
        self.block: Block | None = None
        self.frames: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        names = set(known.get("class", "").split())
        if names & _BLOCK:
            self.flush()
            self.block, self.frames = Block(), []
        if self.block is None:
            return
        if tag not in _VOID:
            part = "title" if names & _TITLE else "foot" if names & _FOOT else self.frames[-1] if self.frames else ""
            self.frames.append(part)
        self._note(self.block, tag, known)

    def _note(self, block: Block, tag: str, known: dict[str, str]) -> None:
        if tag in _LINES and self.frames:
            block.parts[self.frames[-1]].append("\n")
        block.celled = block.celled or tag == "td"
        if tag == "a" and known.get("href", "").startswith("http"):
            block.links.append(known["href"])
        if tag in ("img", "video", "audio", "source") and known.get("src") and not known["src"].startswith("http"):
            block.media.append(known["src"])

    def handle_endtag(self, tag: str) -> None:
        if self.block is None or tag in _VOID or not self.frames:
            return
        if tag in _LINES:
            self.block.parts[self.frames[-1]].append("\n")
        self.frames.pop()
        if not self.frames:
            self.flush()

    def handle_data(self, data: str) -> None:
        if self.block is not None and self.frames:
            self.block.parts[self.frames[-1]].append(data.replace("\n", " "))

    def flush(self) -> None:
        """End the block that is open."""
        if self.block is not None:
            self.done.append(self.block)
        self.block = None


def blocks(member: Member) -> Iterator[Located]:
    """Yield each block of a page under its number."""
    reader, number = _Reader(), 0
    with text_of(member) as stream:
        while chunk := stream.read(_CHUNK):
            reader.feed(chunk)
            ready, reader.done = reader.done, []
            for block in ready:
                yield f"block {number}", block
                number += 1
    reader.close()
    reader.flush()
    yield from ((f"block {number + ahead}", block) for ahead, block in enumerate(reader.done))


def item_of(platform: str, kind: Kind, block: Any, pointer: Pointer) -> Iterator[Item]:
    """Yield the item that a block shows. Facebook's heading is a sentence of its own; Instagram's is the caption."""
    lines, when = _timed(block)
    if block.celled:
        words = _celled(lines)
    else:
        words = "\n".join([*(block.lines("title") if platform != "facebook" and kind != "comment" else []), *lines])
    media = tuple(Media(name) for name in dict.fromkeys(block.media))
    link = block.links[0] if block.links else ""
    if words or media or link or when.raw:
        yield Item(
            kind, platform, pointer, words, created=when, own_words=bool(words), address=link, media=media,
            details=(("from", "html"),),
        )  # fmt: skip


def _timed(block: Block) -> tuple[list[str], Moment]:
    """Return the lines without the time, and the time: at the foot, or else wherever a line is one."""
    lines, foot = block.lines(), block.lines("foot")
    if foot:
        return lines, time_of(foot[-1])
    at = next((number for number, line in reversed(list(enumerate(lines))) if time_of(line).at), None)
    if at is None:
        return lines, Moment()
    return lines[:at] + lines[at + 1 :], time_of(lines[at])


def _celled(lines: list[str]) -> str:
    """Return the words in a table of labels and values; none where no label is known, lest they be another's name."""
    held: dict[str, list[str]] = {}
    role = "?"
    for line in lines:
        if folded(line) in ROLES and ROLES[folded(line)] not in held:
            role = ROLES[folded(line)]
            held[role] = []
        elif role in held:
            held[role].append(line)
    return next(("\n".join(held[role]) for role in _WRITTEN if held.get(role)), "")


def time_of(raw: str) -> Moment:
    """Return the moment of a time as the pages write it, which names no zone; in other languages only the raw words."""
    plain = re.sub(r"[\u202f\xa0]", " ", raw)
    for form in _FORMS:
        try:
            return Moment(raw, datetime.strptime(plain, form))
        except ValueError:
            continue
    return moment(plain) if re.search(r"\d{4}", plain) and len(plain) < 40 else Moment(raw)
