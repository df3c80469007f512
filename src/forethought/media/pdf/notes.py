"""What lies on the pages of a PDF: forms become part of the page, links stay, and comments go."""

import re
from collections.abc import Iterator
from typing import Any, Final

from forethought.media.pdf.pages import Box
from forethought.media.pdf.telling import Teller, words
from forethought.media.trace import Trace

WEB: Final = re.compile(r"https?://(?![^/]*@)", re.IGNORECASE)
ADDRESS: Final = re.compile(r"(?:mailto|tel|sms):(?://)?([^?]*)(.*)", re.IGNORECASE | re.DOTALL)
SHORTEST: Final = 5  # signs of an address, below which it may stand anywhere by chance
INSIDE: Final = frozenset({"/GoTo", "/Named"})
TYPED: Final = ("/FreeTextTypewriter", "/FreeTextTypeWriter")
OVER: Final = frozenset({"/Square", "/Circle", "/Polygon", "/Stamp", "/FreeText", "/Ink", "/Highlight", "/Line"})
FORM: Final = "/AcroForm"


def prune(pdf: Any, teller: Teller, seen: str) -> Iterator[Trace]:
    """Take forms and comments off the pages, and yield what they gave away; `seen` are the words of the pages."""
    typed, gone, close = list[Any](), list[Any](), _close(seen)
    for number, page in enumerate(pdf.pages, 1):
        for note in _notes(page.obj):
            if _is_typed(note):
                typed.append(note)
            elif not _is_link(note, close):
                yield from _told(teller, note, number)
                gone.append(note)
    _take_off(pdf, gone)
    yield from _form(pdf, teller, typed)
    _take_off(pdf, typed)


def _take_off(pdf: Any, gone: list[Any]) -> None:
    """Empty some notes, so that nothing is found where something still refers to them, and take them off the pages."""
    for note in gone:
        for key in list(note.keys()):
            del note[key]
    for page in pdf.pages if gone else ():
        if left := [note for note in _notes(page.obj) if note.keys()]:
            page.obj["/Annots"] = left
        elif "/Annots" in page.obj:
            del page.obj["/Annots"]


def _notes(page: Any) -> list[Any]:
    import pikepdf

    every = page.get("/Annots")
    return [note for note in every if isinstance(note, pikepdf.Dictionary)] if isinstance(every, pikepdf.Array) else []


def _is_typed(note: Any) -> bool:
    """Tell whether it is text that a person typed into the page: into a field, or over it."""
    subtype = note.get("/Subtype")
    return bool(subtype == "/Widget" or (subtype == "/FreeText" and note.get("/IT") in TYPED))


def _is_link(note: Any, close: str) -> bool:
    """Tell whether it is a link that leads nowhere but into the file, to the web or to an address that is seen."""
    import pikepdf

    if note.get("/Subtype") != "/Link":
        return False
    action = note.get("/A")
    if action is None:
        return "/Dest" in note
    if not isinstance(action, pikepdf.Dictionary):
        return False
    return bool(action.get("/S") in INSIDE or (action.get("/S") == "/URI" and is_open(action.get("/URI"), close)))


def is_open(target: Any, close: str) -> bool:
    """Tell whether a link's target is on the web, or an address that stands on the page (closed up) as well."""
    said = str(target) if target is not None else ""
    if WEB.match(said):
        return True
    found = ADDRESS.fullmatch(said)
    return bool(found and len(found[1]) >= SHORTEST and not found[2] and _close(found[1]) in close)


def _close(text: str) -> str:
    return re.sub(r"[\s()-]+", "", text).casefold()


def _told(teller: Teller, note: Any, number: int) -> Iterator[Trace]:
    name = str(note.get("/Subtype", "/note")).lstrip("/")
    if name == "Link":
        yield from teller.traces(f"page {number}", "URI", note)
        return
    yield from teller.traces(f"page {number} {name}", "", note)


def _form(pdf: Any, teller: Teller, typed: list[Any]) -> Iterator[Trace]:
    """Draw what was typed into the pages, so that it is seen as before, and take the fields away."""
    import pikepdf

    for note in typed:
        yield from teller.traces("form", "", note)
    form = pdf.Root.get(FORM)
    if isinstance(form, pikepdf.Dictionary):
        yield from teller.traces("form", "", form)
        if any(_is_blank(note) for note in typed):
            form["/NeedAppearances"] = True
            pdf.generate_appearance_streams()
    if typed:
        pdf.flatten_annotations("screen")
    if FORM in pdf.Root:
        del pdf.Root[FORM]


def _is_blank(note: Any) -> bool:
    """Tell whether a field with a value has no look of its own."""
    return "/AP" not in note and ("/V" in note or "/V" in note.get("/Parent", {}))


def needs_reader(pdf: Any) -> bool:
    """Tell whether a form is drawn only by the program that it was made with (XFA)."""
    return bool(pdf.Root.get("/NeedsRendering", False))


def blackings(pdf: Any) -> bool:
    """Tell whether something was marked to be blacked out, and never was."""
    return any(note.get("/Subtype") == "/Redact" for page in pdf.pages for note in _notes(page.obj))


def boxes(pdf: Any) -> list[tuple[int, Box]]:
    """Return where on which page notes lie that are to go."""
    import pikepdf

    found = list[tuple[int, Box]]()
    for number, page in enumerate(pdf.pages, 1):
        for note in _notes(page.obj):
            place = note.get("/Rect")
            if note.get("/Subtype") in OVER and isinstance(place, pikepdf.Array) and len(place) == 4:
                left, bottom, right, top = (float(each) for each in place)
                found.append((number, (left, bottom, right, top)))
    return found


def layers(pdf: Any) -> list[str]:
    """Return the names of layers that are not shown."""
    import pikepdf

    held = pdf.Root.get("/OCProperties")
    if not isinstance(held, pikepdf.Dictionary):
        return []
    usual = held.get("/D", pikepdf.Dictionary())
    off = list(usual.get("/OFF", []))
    if usual.get("/BaseState") == "/OFF":
        on = {each.objgen for each in usual.get("/ON", [])}
        off += [each for each in held.get("/OCGs", []) if each.objgen not in on]
    named = [words(each.get("/Name", "")) or "a layer" for each in off if isinstance(each, pikepdf.Dictionary)]
    return named + ["what is shown where a layer is not"] * any(map(_is_reversed, pdf.objects))


def _is_reversed(held: Any) -> bool:
    """Tell whether it is a rule by which something is shown only where layers are not."""
    import pikepdf

    if not isinstance(held, pikepdf.Dictionary) or held.get("/Type") != "/OCMD":
        return False
    return held.get("/P") in ("/AllOff", "/AnyOff") or "/VE" in held
