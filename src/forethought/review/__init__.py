"""Review: the front door of the main job, Draft in, Report out."""

from forethought.review.clients import Naming
from forethought.review.model import Explained, Grounds, NextStep, Noticed, ReaderName, Report, Stance
from forethought.review.review import in_force, review, verdict

__all__ = [
    "Explained",
    "Grounds",
    "Naming",
    "NextStep",
    "Noticed",
    "ReaderName",
    "Report",
    "Stance",
    "in_force",
    "review",
    "verdict",
]
