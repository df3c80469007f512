"""Which provisions the contact guide and its decision log put into practice, worked out from what the answers cite."""

from forethought.contacts.load import situations
from forethought.guidance.coverage import Served, together

LOG = "contacts/decisions"


def served() -> Served:
    """Return, for each provision that an answer cites, the situations that guide by it and the log."""
    return together(
        *(
            {provision: {"guide": (f"contacts/{situation.id}",), "log": (LOG,)}}
            for situation in situations().values()
            for answer in situation.answers
            for provision in (*answer.cites, *answer.related)
        )
    )
