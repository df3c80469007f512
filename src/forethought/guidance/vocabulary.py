"""The words that packs may use, each with the plain wording shown to a person."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal

Strength = Literal["must", "should", "consider", "may", "fact"]
Standing = Literal["binds", "advises", "silent"]

STRENGTHS: tuple[Strength, ...] = ("must", "should", "consider", "may", "fact")
STANDINGS: tuple[Standing, ...] = ("binds", "advises", "silent")
WEIGHTS = ("binds", "advises")
# In the order in which packs are shown: what applies today stands first.
STATUSES = ("current", "historic", "superseded")

KINDS = (
    "background", "caution", "duty", "example", "figure", "opportunity", "permission", "procedure", "prohibition",
    "recommendation",
)  # fmt: skip

TRIGGERS: Mapping[str, str] = MappingProxyType(
    {
        "post": "before posting text",
        "image": "before posting an image or file",
        "always": "standing duty",
        "contract": "at contracting",
        "contact": "contact request, message or invitation",
        "clientwork": "in work with clients",
        "footprint": "periodic profile and privacy review",
        "security": "account and device security",
        "hack": "after a hack",
        "debate": "in debate, when tagged or angry",
        "attacked": "when attacked",
        "wellbeing": "own wellbeing",
        "concern": "concern, complaint or conduct process",
        "group": "in a group, as member",
        "moderate": "running a group",
        "employer": "employer or official role",
        "supervision": "supervision",
        "training": "training",
        "research": "research",
        "promote": "promoting, setting up presence",
        "family": "family",
        "guidance": "upkeep of guidance and law",
        "context": "background",
    }
)

FUNCTIONS: Mapping[str, str] = MappingProxyType(
    {
        "text": "check on draft text",
        "image": "check on image or file",
        "checklist": "checklist",
        "reminder": "reminder",
        "docgen": "document generator",
        "guide": "decision guide",
        "log": "evidence or decision log",
        "audit": "archive audit",
        "report": "report",
        "edu": "education",
        "register": "account register or settings",
        "pack": "guidance-pack data",
        "moderate": "moderator tool",
    }
)
