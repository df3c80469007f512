"""What is about to be posted, by whom, where, to whom and in reply to what: the way in to the main road.

The names of roles, accounts and audiences are the public vocabulary that reports, packs and labelled
posts share, so they are checked here, once, for every face of the product.
"""

from dataclasses import dataclass, field
from typing import Literal, get_args

from forethought.errors import UnknownNameError

Role = Literal[
    "counsellor", "psychotherapist", "cbt-therapist", "clinical-psychologist", "trainee",
    "supervisor", "tutor", "researcher", "moderator", "organisation",
]  # fmt: skip
Account = Literal["professional", "personal", "organisation", "research"]
Audience = Literal["public", "followers", "closed-group", "direct-message"]

ROLES: tuple[str, ...] = get_args(Role)
ACCOUNTS: tuple[str, ...] = get_args(Account)
AUDIENCES: tuple[str, ...] = get_args(Audience)
PLATFORMS: tuple[str, ...] = (
    "bluesky", "blog", "directory", "discord", "email", "eventbrite", "facebook", "forum", "google", "instagram",
    "linkedin", "mastodon", "medium", "messenger", "mumsnet", "newsletter", "nextdoor", "other", "pinterest",
    "podcast", "reddit", "signal", "slack", "snapchat", "strava", "substack", "teams", "telegram", "threads",
    "tiktok", "tumblr", "website", "whatsapp", "x", "youtube", "zoom",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Image:
    """A picture that goes out with the post: its description, and the words to be seen in it; empty where unknown."""

    name: str = ""
    alt_text: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """By whom, from which account, to whom and where a draft goes out.

    Raises `UnknownNameError`, which names the nearest valid ones, for a name outside the vocabulary.
    """

    role: Role = "counsellor"
    account: Account = "professional"
    audience: Audience = "public"
    platform: str = "other"
    reply_to: str | None = None

    def __post_init__(self) -> None:
        for kind, given, known in (
            ("role", self.role, ROLES),
            ("account", self.account, ACCOUNTS),
            ("audience", self.audience, AUDIENCES),
            ("platform", self.platform, PLATFORMS),
        ):
            if given not in known:
                raise UnknownNameError(kind, given, known)


@dataclass(frozen=True, slots=True)
class Draft:
    """The words as the person gave them, with their context and images."""

    text: str
    context: Context = field(default_factory=Context)
    images: tuple[Image, ...] = ()
