"""Reading: text in, Reading out, with every offset in code points of the text as given."""

from forethought.reading.draft import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES, Context, Draft, Image
from forethought.reading.language import in_english
from forethought.reading.model import Concern, Frame, Learned, Mention, Named, Reading, Register, Sentence, Span, Token
from forethought.reading.read import Encoder, read

__all__ = [
    "ACCOUNTS", "AUDIENCES", "PLATFORMS", "ROLES", "Concern", "Context", "Draft", "Encoder", "Frame", "Image",
    "Learned", "Mention", "Named", "Reading", "Register", "Sentence", "Span", "Token", "in_english", "read",
]  # fmt: skip
