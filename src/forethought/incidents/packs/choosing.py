"""Choosing what goes to a recipient: only what they need, and nothing that could identify a client unless confirmed."""

import re
from collections.abc import Iterable, Iterator, Set

from forethought.incidents.fields import ITEM_KINDS
from forethought.incidents.packs.model import Case, Going, Held, Kept, Recipient, Selection, Told

NOT_CHOSEN = "not chosen"
COVERED = "a copy with parts covered goes in its place"
CLIENT = "could identify a client, and has no copy with that covered"
UNKNOWN = "nobody has said yet whether it could identify a client"
NOT_NEEDED = "not needed by this recipient"
ENDINGS = frozenset(
    "3gp aac amr avi bmp csv docx eml flac gif heic htm html jpeg jpg json m4a m4v mbox md mht mhtml mkv mov mp3 mp4 "
    "msg odt ogg opus pdf png pptx rtf svg tif tiff txt wacz warc wav webm webp xlsx xml zip".split()
)  # of files that are opened to be read, watched or heard
_PLAIN = re.compile(r"\.([A-Za-z0-9]{1,8})\Z")


def choose(
    case: Case, recipient: Recipient, chosen: Set[str] | None = None, confirmed: Set[str] = frozenset()
) -> Selection:
    """Return what goes to a recipient.

    `chosen` has the record ids of the items wanted, None for all. An item goes as its copies with parts covered, where
    it has any; as it is where it was said that it shows no client, or where its id is in `confirmed`, which is for this
    recipient alone. All others are held back, each with why. To a recipient of the `whole` everything goes.
    """
    current = newest(case.kept)
    items = [each for each in current if each.kind == "item"]
    origins = _origins(items)
    covered = {origins[each.record] for each in items if each.record in origins and each.value("client") == "no"}
    why = {each.record: _why_not(each, recipient, confirmed, each.record in covered) for each in items}
    if chosen is not None:
        wanted = {each.record for each in items if {each.record, origins.get(each.record)} & chosen}
        why = {record: reason or NOT_CHOSEN * (record not in wanted) for record, reason in why.items()}
    if recipient.whole:
        why = dict.fromkeys(why, "")
    going = tuple(_going(each) for each in items if not why[each.record])
    held = tuple(Held(each, why[each.record]) for each in items if why[each.record])
    told = _told(case, case.kept if recipient.whole else current, recipient, going, {each.kept.record for each in held})
    return Selection(recipient, going, held, tuple(told))


def newest(kept: Iterable[Kept]) -> tuple[Kept, ...]:
    """Return the newest content of each record, a removal too, in the order in which the records began."""
    found: dict[str, Kept] = {}
    for each in kept:
        found[each.record] = each
    return tuple(found.values())


def _origins(items: list[Kept]) -> dict[str, str]:
    """Return, by the record of each copy with parts covered, the record of the item that it was made from."""
    by_hash = {each.value("sha256"): each.record for each in items}
    return {
        each.record: by_hash[each.value("derived")]
        for each in items
        if _is_copy(each) and each.value("derived") in by_hash
    }


def _is_copy(item: Kept) -> bool:
    return bool(item.value("derived") and item.value("covered"))


def _could_be_guessed(copy: Kept) -> bool:
    """Say whether what is covered could be found by trying names until the hash of the original comes out."""
    return _is_copy(copy) and copy.value("kind") != "screenshot"


def _why_not(item: Kept, recipient: Recipient, confirmed: Set[str], covered: bool) -> str:
    """Return why an item stays at home, empty where it goes; `covered` says that a copy can go in its place."""
    if "item" not in recipient.needs:
        return NOT_NEEDED
    if item.record in confirmed:
        return ""
    return COVERED if covered else {"no": "", "": UNKNOWN}.get(item.value("client"), CLIENT)


def _going(item: Kept) -> Going:
    covered = _is_copy(item)
    return Going(item, f"{'redacted' if covered else 'originals'}/{file_name(item)}", covered)


def file_name(item: Kept) -> str:
    """Return the name of an item's file in a pack: its number, kind, and its own ending where that is known.

    Its own name stands in the index alone: a stranger chose it, and what it ends with could make a computer run it.
    """
    kind = item.value("kind")
    found = _PLAIN.search(str(item.value("name")))
    ending = found[1].lower() if found and found[1].lower() in ENDINGS else "bin"
    return f"{item.number:04}-{kind if kind in ITEM_KINDS else 'other'}.{ending}"


def _told(
    case: Case, kept: Iterable[Kept], recipient: Recipient, going: tuple[Going, ...], held: set[str]
) -> Iterator[Told]:
    """Yield the records that are told of, without those of items that are held back."""
    began = {link.record: link.at for link, _ in reversed(case.links)}
    files = {each.kept.record: each.file for each in going}
    for each in kept:
        fields = recipient.may_have(each)
        if not recipient.whole and _could_be_guessed(each):
            fields.pop("derived", None)
        if fields and each.record not in held:
            whole = fields.keys() == each.fields.keys()
            yield Told(each, fields, whole, began[each.record], files.get(each.record, ""))
