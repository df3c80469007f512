"""Images that carry no description for people who cannot see them."""

from forethought.reading import Reading
from forethought.rules.engine import Hit

CERTAIN = 1.0


def detect(reading: Reading) -> list[Hit]:
    """Return one hit, about no words, where any image of the draft has no alternative text.

    Source: BACP Good Practice in Action 040, on inclusion and lowering barriers to access.
    """
    bare = any(not image.alt_text.strip() for image in reading.draft.images)
    return [Hit((), CERTAIN)] if bare else []
