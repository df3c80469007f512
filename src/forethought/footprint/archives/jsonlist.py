"""Long lists of JSON, one element at a time and fast: for posts, of which an export may hold hundreds of thousands."""

import codecs
import json
import re
from collections.abc import Iterator
from typing import IO, Any

from forethought.footprint.archives.decode import Assigned, Located, UnreadableError
from forethought.footprint.archives.files import Member

MOST_ELEMENT = 128 * 2**20  # characters; one long private conversation is one element
_CHUNK = 2**18
_HALF = re.compile(r"\\u[dD][89a-fA-F]")
_SPACE = re.compile(r"\s*")
_DECODER = json.JSONDecoder()


def json_list(member: Member, key: str = "") -> Iterator[Located]:
    """Yield each element of the list at the top, or under the first `key` of the object there, with its JSON Pointer.

    One object in place of a list is yielded itself. A JavaScript assignment before it is stepped over. Where the file
    breaks off, what came before is yielded and UnreadableError raised.
    """
    with member.open() as stream:
        held = _Held(stream)
        try:
            yield from _elements(held, key)
        except (ValueError, RecursionError):
            raise UnreadableError(member.name, "it breaks off, or is not JSON") from None


def _elements(held: "_Held", key: str) -> Iterator[Located]:
    if held.next() and key and not held.find(key):
        if not held.text.rstrip().endswith("}"):
            raise ValueError("the end")
        return
    prefix = f"/{key}" if key else ""
    if held.next() != "[":
        value = held.element()
        if value is not None:
            yield prefix, value
        return
    held.at += 1
    number = 0
    while (following := held.next()) != "]":
        if following == ",":
            held.at += 1
            continue
        yield f"{prefix}/{number}", held.element()
        number += 1


class _Held:
    """The characters of a stream that have been read and not yet used."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.source = Assigned(stream)
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")
        self.text, self.at = "", 0

    def more(self) -> bool:
        """Read at least as much again as is held, and tell whether there was anything."""
        parts = [self.text[self.at :]]
        wanted, got = max(len(parts[0]), _CHUNK), 0
        while got < wanted and (content := self.source.read(1)):
            parts.append(self.decoder.decode(content))
            got += len(content)
        self.text, self.at = "".join(parts), 0
        return got > 0

    def next(self) -> str:
        """Step to the next character that is not a space, and return it. Raises ValueError at the end."""
        while True:
            space = _SPACE.match(self.text, self.at)
            self.at = space.end() if space else self.at
            if self.at < len(self.text):
                return self.text[self.at]
            if not self.more():
                raise ValueError("the end")

    def find(self, key: str) -> bool:
        """Step behind the first `"key":`, and tell whether there is one."""
        wanted = re.compile(rf'"{key}"\s*:')
        while not (found := wanted.search(self.text, self.at)):
            self.at = max(self.at, len(self.text) - 256)
            if not self.more():
                return False
        self.at = found.end()
        return True

    def element(self) -> Any:
        """Return the value here and step behind it. Raises ValueError and RecursionError."""
        while True:
            try:
                value, end = _DECODER.raw_decode(self.text, self.at)
            except ValueError:
                if len(self.text) - self.at > MOST_ELEMENT or not self.more():
                    raise
            else:
                if end < len(self.text) or not self.more():
                    start, self.at = self.at, min(end, len(self.text))
                    return _whole(value) if _HALF.search(self.text, start, self.at) else value


def _whole(value: Any) -> Any:
    """Return a value with every half of a pair of surrogates that stands alone replaced, since it cannot be stored."""
    halves = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass")
    return json.loads(halves.decode("utf-16", "replace"))
