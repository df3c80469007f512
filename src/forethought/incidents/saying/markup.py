"""Saved HTML pages: their title, their address and time as they give them, and the words that a reader sees."""

import re
from html.parser import HTMLParser

from forethought.incidents.saying.model import Told, Value, line, shown
from forethought.incidents.saying.text import MOST_TOLD, head
from forethought.incidents.saying.times import zoned
from forethought.media.buffer import Buffer

HIDDEN = frozenset("script style template noscript".split())
BLOCKS = frozenset(
    "address article aside blockquote br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr li "
    "main nav ol p pre section table td th title tr ul".split()
)
METAS = {
    "og:url": "og:url", "og:title": "og:title", "og:site_name": "og:site_name", "author": "author",
    "article:published_time": "article:published_time", "article:modified_time": "article:modified_time",
    "date": "date", "generator": "generator",
}  # fmt: skip
_SAVED = re.compile(r"saved from url=\(\d+\)\s*(\S+)", re.I)
_SINGLE = re.compile(r"Page saved with (SingleFile).*?url:\s*(\S+)(?:\s+saved date:\s*([^\n]+))?", re.S)
_SPACE = re.compile(r"\s+")
MOST_NOTES = 20  # comments that are looked at


class Page(HTMLParser):
    """A page as it is read: `values` by their names there, and its words."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, Value | None] = {}
        self._words: list[str] = []
        self._title: list[str] | None = None
        self._hidden = self._notes = 0

    @property
    def words(self) -> str:
        """The words that a reader sees, with a new line where a block begins or ends."""
        lines = (" ".join(each.split()) for each in "".join(self._words).split("\n"))
        return "\n".join(filter(None, lines))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what a tag says."""
        held = {name: value or "" for name, value in attrs}
        self._hidden += tag in HIDDEN
        self._words.append("\n" if tag in BLOCKS else "")
        if tag == "title" and "title" not in self.values:
            self._title = []
        elif tag == "meta":
            self._meta((held.get("property") or held.get("name") or "").lower(), held.get("content", ""))
        elif tag == "link" and "canonical" in held.get("rel", "").lower().split():
            self.values.setdefault("canonical", held.get("href", ""))
        elif held.get("alt") and tag == "img":
            self._words.append(f"\n{held['alt']}\n")

    def handle_endtag(self, tag: str) -> None:
        """End what a tag began."""
        self._hidden = max(0, self._hidden - (tag in HIDDEN))
        if tag == "title" and self._title is not None:
            self.values["title"], self._title = line("".join(self._title)), None
        self._words.append("\n" if tag in BLOCKS else "")

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._title is not None:
            self._title.append(data)
        if not self._hidden:
            self._words.append(_SPACE.sub(" ", data))

    def handle_comment(self, data: str) -> None:
        """Look for where browsers and SingleFile note the address that they saved."""
        self._notes += 1
        if self._notes > MOST_NOTES:
            return
        if found := _SAVED.search(data[:4_000]):
            self.values["saved from url"] = found[1]
        elif found := _SINGLE.search(data[:4_000]):
            self.values |= {"saved with": found[1], "saved from url": found[2], "saved date": found[3]}

    def _meta(self, name: str, content: str) -> None:
        if name in METAS:
            is_time = name.endswith("_time") or name == "date"
            self.values.setdefault(METAS[name], zoned(content) if is_time else content)


def read(text: str) -> Page:
    """Return a page that was read, whatever its text is."""
    page = Page()
    page.feed(text)
    page.close()
    return page


def told(data: Buffer) -> Told:
    """Return what a saved page says of itself."""
    text, remarks = head(data, MOST_TOLD)
    page = read(text)
    return Told(page.values, remarks, shown(page.words))
