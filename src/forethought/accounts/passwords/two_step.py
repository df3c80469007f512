"""Which sites offer two-step sign-in, as the platforms' check-ups know it."""

from forethought.accounts.checkups.load import checkups

TWO_STEP = "two-step"  # the id that settings for two-step sign-in share


def offering() -> frozenset[str]:
    """Return the sites that are known to offer two-step sign-in."""
    platforms = (each for each in checkups().values() if TWO_STEP in each.settings)
    return frozenset(site for each in platforms for site in each.sites)
