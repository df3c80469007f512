"""Reading: text in, Reading out, with every offset in code points of the text as given."""

from forethought.reading.draft import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES, Context, Draft, Image
from forethought.reading.model import Concern, Frame, Mention, Reading, Register, Sentence, Span, Token
from forethought.reading.read import read

__all__ = [
    "ACCOUNTS", "AUDIENCES", "PLATFORMS", "ROLES", "Concern", "Context", "Draft", "Frame", "Image", "Mention",
    "Reading", "Register", "Sentence", "Span", "Token", "read",
]  # fmt: skip
