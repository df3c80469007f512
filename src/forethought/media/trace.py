"""What a file gives away: one trace for each thing in it that its picture, sound or text does not need."""

from dataclasses import dataclass

# What a trace tells, worst first.
KINDS = (
    "place",  # where it was made
    "person",  # who made, changed or appears in it
    "contact",  # an address, number or account
    "words",  # words that are not seen: comments, hidden or deleted text, captions, form entries
    "edit",  # what it was before: tracked changes, earlier versions, what a crop took away
    "picture",  # a smaller or other picture inside
    "file",  # another file inside
    "time",  # when it was made, changed or printed
    "device",  # the phone, camera or printer, and its number
    "software",  # what it was made with
    "other",  # anything else that is not needed
)


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that a file gives away.

    `kind` is one of `KINDS`; `where` names the field as its format does, such as `EXIF Artist`; `value` is what it
    holds, as a person reads it. `needles` are the bytes by which the value would be known again in a copy, where these
    are not those of the value itself.
    """

    kind: str
    where: str
    value: str
    needles: tuple[bytes, ...] = ()

    @property
    def rank(self) -> int:
        """How bad it is: 0 for the worst kind."""
        return KINDS.index(self.kind)
