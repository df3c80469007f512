"""Where an account can be: every platform that a draft can go to or that has a check-up, under one list of ids."""

from forethought.accounts.checkups.load import checkups
from forethought.pages.wording import choices
from forethought.reading import PLATFORMS

OTHER = "other"
POSTED_AS = {"wordpress": "blog"}  # what a draft calls a platform that it knows by another name
MANY = (
    "blog", "directory", "email", "forum", "newsletter", OTHER, "podcast", "website",
)  # ids that stand for many places, so that one handle may be there twice  # fmt: skip


def places() -> list[tuple[str, str]]:
    """Return each platform's id with what a page calls it, in the order of their names and `other` last."""
    titles = dict(choices(PLATFORMS)) | {each.id: each.title for each in checkups().values()}
    return sorted(titles.items(), key=lambda each: (each[0] == OTHER, each[1].casefold()))


def posted_as(platform: str) -> str:
    """Return what a draft for this platform calls it, empty where nothing is posted from there, as from a browser."""
    return platform if platform in PLATFORMS else POSTED_AS.get(platform, "")
