"""The fields of a record: each value says where it is from, since one wrong field can discredit the rest."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Literal

Origin = Literal["observed", "said", "file"]
ORIGINS: Mapping[str, str] = MappingProxyType(
    {
        "observed": "observed by Forethought",
        "said": "said by the person who keeps this",
        "file": "read from the file",
    }
)
Fields = dict[str, dict[str, Any]]
_NO_LETTER = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

WHATS: Mapping[str, str] = MappingProxyType(
    {
        "incident": "the incident",
        "item": "an item of evidence",
        "account": "a person or account",
        "witness": "a witness",
        "effect": "the effect on me",
        "action": "what was done",
        "note": "a note",
        "pack": "a pack that was made",
        "stamp": "a timestamp",
        "head": "a head that was handed out",
    }
)  # what a record can be

# The fields that a record of each kind may have, in the order in which they are shown; a file's own follow after them.
TITLES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "incident": {"title": "Title", "about": "What happened", "began": "When it began"},
        "item": {
            "number": "Number",
            "kind": "Kind",
            "title": "Title",
            "name": "Name of the file",
            "length": "Length in bytes",
            "sha256": "SHA-256",
            "derived": "Made from",
            "covered": "What was covered",
            "file_time": "The file's own time",
            "platform": "Platform",
            "handle": "Handle",
            "account_id": "Number of the account",
            "profile": "Address of the profile",
            "address": "Address of the post",
            "posted": "When it was posted",
            "captured": "When it was captured",
            "captured_by": "Who captured it, and how",
            "words": "The words complained of",
            "read": "Whether it could be read",
            "remark": "Remark",
            "client": "Could identify a client",
            "software": "Kept by",
        },
        "account": {
            "handle": "Handle",
            "account_id": "Number of the account",
            "name": "Name, where it is known",
            "platform": "Platform",
            "profile": "Address of the profile",
            "who": "Who they are to me",
            "body": "Their professional body",
            "remark": "Remark",
        },
        "witness": {"name": "Name", "reach": "How to reach them", "saw": "What they saw", "when": "When"},
        "effect": {"when": "When", "words": "What it did to me", "who_saw": "Who noticed"},
        "action": {
            "when": "When",
            "step": "What I did",
            "to": "To whom",
            "reference": "Reference number",
            "answer": "What came of it",
            "remark": "Remark",
        },
        "note": {"words": "Note"},
        "pack": {"recipient": "For", "items": "Items in it", "sha256": "SHA-256 of the pack", "reason": "Why"},
        "stamp": {"authority": "Authority", "time": "Time that it confirms", "length": "Events", "head": "Head"},
        "head": {"length": "Events", "head": "Head", "way": "How it was handed out"},
        "removal": {"number": "Number", "reason": "Why it was removed", "sha256": "SHA-256 of what it was"},
    }
)
ITEM_KINDS: Mapping[str, str] = MappingProxyType(
    {
        "screenshot": "A screenshot or picture",
        "message": "The text of a message or post",
        "page": "A saved page",
        "e-mail": "An e-mail",
        "sound": "A recording",
        "film": "A film",
        "document": "A document",
        "other": "Something else",
    }
)


def field(value: Any, origin: Origin = "said") -> dict[str, Any]:
    """Return a value with where it is from."""
    return {"from": origin, "value": value}


def said(**values: Any) -> Fields:
    """Return what the person said, without what was left empty."""
    return {name: field(value) for name, value in values.items() if value not in ("", None)}


def observed(**values: Any) -> Fields:
    """Return what the program saw itself."""
    return {name: field(value, "observed") for name, value in values.items()}


def value_of(fields: Mapping[str, Any], name: str) -> Any:
    """Return a field's value, empty where it has none."""
    found = fields.get(name)
    return found.get("value", "") if isinstance(found, dict) else ""


def clean(value: Any) -> Any:
    """Return a value with U+FFFD for what is no letter: halves of letters, and control characters such as NUL.

    No document and no other database could hold those. Line ends, tabs and marks of direction stay as they are.
    """
    if isinstance(value, str):
        return _NO_LETTER.sub("\ufffd", value)
    if isinstance(value, list):
        return [clean(each) for each in value]
    if isinstance(value, dict):
        return {clean(name): clean(each) for name, each in value.items()}
    return value


def title_of(what: str, name: str) -> str:
    """Return what a page calls a field; what was read from a file goes by the name that it has there."""
    return TITLES[what].get(name) or name.removeprefix("file: ")
