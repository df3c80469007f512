"""Which provisions the digital policy puts into practice, worked out from what its topics cite."""

from forethought.guidance.coverage import Served, together
from forethought.policy.load import topics

CHECKLIST, REVIEW = "policy/checklist", "policy/changes"


def served() -> Served:
    """Return, for each provision that a topic cites, the topic whose document, checklist and reminder serve it."""
    return together(
        *(
            {provision: {"docgen": (f"policy/{topic.id}",), "checklist": (CHECKLIST,), "reminder": (REVIEW,)}}
            for topic in topics()
            for provision in topic.cites
        )
    )
