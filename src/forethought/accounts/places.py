"""Where an account can be: every platform that a draft can go to or that has a check-up, under one list of ids."""

from forethought.accounts.checkups.load import checkups
from forethought.pages.wording import choices
from forethought.reading import PLATFORMS

OTHER = "other"
SORTS = {
    "blog": "site", "email": "mail", "eventbrite": "site", "forum": "forum", "messenger": "messaging",
    "mumsnet": "forum", "newsletter": "mail", "slack": "messaging", "substack": "site", "teams": "messaging",
    "zoom": "messaging",
}  # what sort of place it is that has no check-up of its own  # fmt: skip
POSTED_AS = {"wordpress": "blog"}  # what a draft calls a platform that it knows by another name
MANY = (
    "blog", "directory", "email", "forum", "newsletter", OTHER, "podcast", "website",
)  # ids that stand for many places, so that one handle may be there twice  # fmt: skip


def places() -> list[tuple[str, str]]:
    """Return each platform's id with what a page calls it, in the order of their names and `other` last."""
    titles = dict(choices(PLATFORMS)) | {each.id: each.title for each in checkups().values()}
    return sorted(titles.items(), key=lambda each: (each[0] == OTHER, each[1].casefold()))


def sort_of(platform: str) -> str:
    """Return what sort of place a platform is, by `vocabulary.SORTS`; a social network where that is not known."""
    checkup = checkups().get(platform)
    return checkup.sort if checkup else SORTS.get(platform, "social")


def posted_as(platform: str) -> str:
    """Return what a draft for this platform calls it, empty where nothing is posted from there, as from a browser."""
    return platform if platform in PLATFORMS else POSTED_AS.get(platform, "")
