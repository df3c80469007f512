"""What the professional bodies say about social media: provisions, the duties they share and where they differ.

Comparing (`guidance.lookup`) and coverage (`guidance.coverage`) are imported from their own modules, since
checking a draft needs neither and a cold start is short.
"""

from forethought.guidance.load import load
from forethought.guidance.model import Difference, Duty, Guidance, Pack, Position, Provision
from forethought.guidance.schema import PackError
from forethought.guidance.vocabulary import FUNCTIONS, TRIGGERS

__all__ = [
    "FUNCTIONS",
    "TRIGGERS",
    "Difference",
    "Duty",
    "Guidance",
    "Pack",
    "PackError",
    "Position",
    "Provision",
    "load",
]
