"""The one way in which an event is written as bytes, so that anybody's program comes to the same hash.

The rule: JSON in UTF-8, keys sorted by code point, no space between tokens, letters outside ASCII as themselves, only
text, whole numbers, lists and objects. Nothing else has one spelling in every language.
"""

import json
from typing import Any


class NotCanonicalError(TypeError):
    """A value that has no canonical form; only a fault in the program leads here."""


def canonical(value: Any) -> bytes:
    r"""Return a value as canonical JSON.

    >>> canonical({"b": 1, "a": "é"})
    b'{"a":"\xc3\xa9","b":1}'
    """
    _refuse_others(value)
    try:
        return json.dumps(value, cls=Canonical).encode()
    except UnicodeEncodeError:
        raise NotCanonicalError("half a letter has no canonical form") from None


class Canonical(json.JSONEncoder):
    """Writes JSON by the rule; what is stored with it holds no byte that could change unseen."""

    def __init__(self, **options: Any) -> None:
        """Take what `json.dumps` gives to every encoder, and go by the rule all the same."""
        super().__init__(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _refuse_others(value: Any) -> None:
    """Raise NotCanonicalError for fractions, true, false, nothing, and keys that are not text."""
    if isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise NotCanonicalError("a key is not text")
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            _refuse_others(each)
    elif not isinstance(value, str | int) or isinstance(value, bool):
        raise NotCanonicalError(f"{type(value).__name__} has no canonical form")
