"""Takes out of an opened PDF all that it does not need, and tells what that was; the same work tells and cleans."""

from collections import deque
from collections.abc import Iterator
from typing import Any, Final

from forethought.media.buffer import TooLargeError
from forethought.media.pdf.grammar import ACTIONS, KEPT, PAGE, PLACE, WORDED
from forethought.media.pdf.telling import MOST_SHOWN, Teller
from forethought.media.trace import Trace

MOST_OBJECTS: Final = 500_000
ROOT: Final = "/Root"


class Pruner:
    """Walks a PDF from its root; `streams` are those that stayed, by kind, and `kept` the words that stayed."""

    def __init__(self, pdf: Any, teller: Teller) -> None:
        self.teller = teller
        self.streams: list[tuple[str, Any]] = []
        self.kept: list[str] = []
        self.root = pdf.Root
        self.pages = [page.obj for page in pdf.pages]
        self.real = {page.objgen for page in self.pages}
        self.met = set(self.real)
        self.places = Places(pdf.Root, self.real)
        self._waiting: deque[tuple[str, Any]] = deque()

    def prune(self) -> Iterator[Trace]:
        """Take out what is not in the grammar, and yield what it gives away. Raises TooLargeError."""
        yield from self.places.prune(self.root)
        self._waiting += [("catalog", self.root), *((PAGE, page) for page in self.pages)]
        self.met.add(self.root.objgen)
        while self._waiting:
            kind, held = self._waiting.popleft()
            if len(self.met) > MOST_OBJECTS:
                raise TooLargeError("it is made of too many parts")
            yield from self._cut(kind, held)

    def _cut(self, kind: str, held: Any) -> Iterator[Trace]:
        """Take out of a dictionary what its kind does not keep."""
        import pikepdf

        if isinstance(held, pikepdf.Stream):
            self.streams.append((kind, held))
        for key in list(held.keys()):
            wanted = kind[1:] if kind.startswith("@") else KEPT.get(kind, {}).get(key)
            value = held[key]
            if wanted == PLACE:
                self._set_place(held, key, value)
            elif wanted is None or not self._is_kept(wanted, value):
                yield from self.teller.traces(kind.lstrip("@"), key, value)
                if key != "/Length":
                    del held[key]

    def _is_kept(self, kind: str, value: Any) -> bool:
        """Tell whether a value is of its kind; what lies below it is walked later."""
        import pikepdf

        if isinstance(value, pikepdf.String):
            if kind in WORDED:
                self.kept.append(str(value))
            return kind in WORDED
        if isinstance(value, pikepdf.Array):
            return self._is_array_kept(kind, value)
        if not isinstance(value, pikepdf.Dictionary | pikepdf.Stream):
            return True
        if kind == PAGE:
            return value.objgen in self.real
        return self._is_walked(kind, value)

    def _is_walked(self, kind: str, value: Any) -> bool:
        if kind not in KEPT and not kind.startswith("@"):
            return False
        if kind == "action" and value.get("/S") not in ACTIONS:
            return False
        if not value.is_indirect or value.objgen not in self.met:
            self._waiting.append((kind, value))
            self.met.add(value.objgen)
        return True

    def _is_array_kept(self, kind: str, value: Any) -> bool:
        """Tell whether an array is of its kind; an element that is not is put in place by null."""
        if value.is_indirect and value.objgen in self.met:
            return True
        if value.is_indirect:
            self.met.add(value.objgen)
        kept = [self._is_kept(kind, each) for each in value]  # each of them is walked, whatever the first one is
        return all(kept)

    def _set_place(self, held: Any, key: str, value: Any) -> None:
        """Put a place in a page where the name of one stood."""
        if (place := self.places.of(value)) is None:
            del held[key]
        else:
            held[key] = place


class Places:
    """The places in a PDF that have names, which programs take from headings and bookmarks."""

    def __init__(self, root: Any, pages: set[tuple[int, int]]) -> None:
        self.pages = pages
        self.named: dict[str, Any] = {}
        old = root.get("/Dests")
        self.named |= dict(old.items()) if hasattr(old, "keys") else {}
        names = root.get("/Names")
        self._read(names.get("/Dests") if hasattr(names, "keys") else None)

    def prune(self, root: Any) -> Iterator[Trace]:
        """Take the names away, and yield them: where they were used, the place itself is put in."""
        names = root.get("/Names")
        if hasattr(names, "keys") and "/Dests" in names:
            del names["/Dests"]
            if not names.keys():
                del root["/Names"]
        if "/Dests" in root:
            del root["/Dests"]
        if self.named:
            yield Trace("words", "names of places", "; ".join(self.named)[:MOST_SHOWN])

    def _read(self, tree: Any) -> None:
        import pikepdf

        waiting, met = [tree], set[tuple[int, int]]()
        while waiting:
            node = waiting.pop()
            if not isinstance(node, pikepdf.Dictionary) or (node.is_indirect and node.objgen in met):
                continue
            met.add(node.objgen)
            pairs = node.get("/Names")
            every = list(pairs) if isinstance(pairs, pikepdf.Array) else []
            self.named |= {str(name): place for name, place in zip(every[::2], every[1::2], strict=False)}
            kids = node.get("/Kids")
            waiting += list(kids) if isinstance(kids, pikepdf.Array) else []

    def of(self, value: Any) -> Any:
        """Return a place as an array of its page and how it is shown; None where it is on no page of the file."""
        import pikepdf

        if isinstance(value, pikepdf.String | pikepdf.Name):
            value = self.named.get(str(value))
        if isinstance(value, pikepdf.Dictionary):
            value = value.get("/D")
        if not isinstance(value, pikepdf.Array) or not len(value):
            return None
        page, *how = value
        if not isinstance(page, pikepdf.Dictionary) or page.objgen not in self.pages:
            return None
        if any(isinstance(each, pikepdf.String | pikepdf.Array | pikepdf.Dictionary) for each in how):
            return None
        return pikepdf.Array([page, *how])


def unreachable(pdf: Any) -> set[tuple[int, int]]:
    """Return the numbers of the objects that nothing leads to, and that hold something."""
    import pikepdf

    met, waiting = set[tuple[int, int]](), deque([pdf.trailer])
    while waiting:
        held = waiting.popleft()
        if isinstance(held, pikepdf.Object) and held.is_indirect:
            if held.objgen in met:
                continue
            met.add(held.objgen)
        if isinstance(held, pikepdf.Array):
            waiting.extend(list(held))
        elif isinstance(held, pikepdf.Dictionary | pikepdf.Stream):
            waiting.extend(list(held.values()))
    return {each.objgen for each in pdf.objects if _holds(each)} - met


def _holds(held: Any) -> bool:
    """Tell whether an object could tell something; those that list the others do not."""
    import pikepdf

    if not isinstance(held, pikepdf.Object):
        return False
    return not (isinstance(held, pikepdf.Stream) and held.get("/Type") in ("/XRef", "/ObjStm"))


def resources(pdf: Any) -> set[tuple[int, int]]:
    """Return the numbers of the pictures and forms that pages could draw."""
    import pikepdf

    every = [page.obj.get("/Resources", {}).get("/XObject", {}) for page in pdf.pages]
    named = [each for held in every if isinstance(held, pikepdf.Dictionary) for each in held.values()]
    return {each.objgen for each in named if isinstance(each, pikepdf.Stream)}
