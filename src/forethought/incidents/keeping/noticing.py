"""Whether what is about to be kept could identify a client, looked at as it comes in; the person has the last word."""

from django.conf import settings

from forethought.clients.keeping import recogniser
from forethought.incidents.clients import flag
from forethought.incidents.fields import Fields, observed

READ = 2_000  # letters that are read as something is added: enough for a message, and done before it is noticed


def noticed(fields: Fields, preview: str) -> tuple[Fields, tuple[str, ...]]:
    """Return the field `client` where something in an item points to one, and why; neither where nothing does.

    Nothing is not a promise: an item of which nobody has said anything is treated as one that could.
    """
    if "client" in fields:
        return {}, ()
    found = flag(fields, preview[:READ], recogniser(), settings.GUIDANCE())
    return (observed(client=found.value), found.why) if found.pointed else ({}, ())
