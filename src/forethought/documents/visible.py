"""Characters that act on a screen rather than appear on it, shown instead as symbols.

A draft may hold terminal escape codes or turn the reading direction round, so that what a person sees is not
what would be posted. Writers pass every string through here before it is shown.
"""

_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SURROGATES = range(0xD800, 0xE000)
_SHOWN: dict[int, str] = {
    **{code: chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\n\t"},
    0x7F: "\u2421",
    **{code: f"<U+{code:04X}>" for code in (*range(0x80, 0xA0), *_DIRECTION)},
    **dict.fromkeys(_SURROGATES, "\ufffd"),
}


def visible(text: str) -> str:
    r"""Return `text` with controls, direction overrides and lone surrogates made visible; line ends and tabs stay.

    >>> visible("a\x1b[31mb")
    'a␛[31mb'
    """
    return text.replace("\r\n", "\n").translate(_SHOWN)
