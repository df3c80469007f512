"""Reviewing what is out there: each item as the draft that it once was, with its own account, audience and date."""

from dataclasses import replace
from typing import Any, cast

from forethought.footprint.item import WRITING, Item
from forethought.reading import ACCOUNTS, PLATFORMS, ROLES, Context, Draft, Image

# What the platforms' words for an audience are to the rules; a closed circle is treated as public there anyway.
AUDIENCES = {
    "public": "public", "unlisted": "public", "unknown": "public", "followers": "followers", "friends": "followers",
    "connections": "followers", "paid": "followers", "group": "closed-group", "named people": "direct-message",
}  # fmt: skip
NO_ALT = "not known"  # stands for a description that exports leave out, since it may have been there
PRIVATE = frozenset({"only me"})  # nobody else sees it, so there is nothing to review


def reviewable(item: Item) -> bool:
    """Say whether an item is the person's own writing, has words or pictures, and is seen by somebody else."""
    has_words = bool(item.text.strip() or item.media)
    return item.kind in WRITING and item.own_words and has_words and item.audience.who not in PRIVATE


def context_of(item: Item, usual: Context) -> Context:
    """Return the setting that an item went out in; what the item does not say is as usual for its account."""
    audience = AUDIENCES.get(item.audience.who, "public") if item.audience.who != "unknown" else usual.audience
    platform = item.platform if item.platform in PLATFORMS else usual.platform
    return replace(usual, audience=cast(Any, audience), platform=platform, reply_to=dict(item.details).get("answers"))


def draft_of(item: Item, usual: Context) -> Draft:
    """Return the draft that an item once was, with the pictures of which a description or words are known."""
    shown = (Image(each.name, each.alt or NO_ALT, each.words) for each in item.media if each.alt or each.words)
    return Draft(item.text, context_of(item, usual), tuple(shown))


def usual_from(profile: dict[str, str]) -> Context:
    """Return the setting that a timeline's profile speaks of; what it does not say, or says otherwise, is the usual."""
    known = {"role": ROLES, "account": ACCOUNTS, "platform": PLATFORMS}
    return Context(**{name: cast(Any, profile[name]) for name, names in known.items() if profile.get(name) in names})
