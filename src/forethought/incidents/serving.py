"""Which provisions this room puts into practice, worked out from what the plan's steps cite."""

from forethought.guidance.coverage import Served, together
from forethought.incidents.triage.load import steps

LEDGER, PACKS = "incidents/ledger", "incidents/packs"
EVIDENCE = frozenset({"evidence-log", "bullying-response", "reasonable-care", "police-law-complaint"})


def served() -> Served:
    """Return, for each provision that a step cites, the step that guides by it, and the ledger and packs it fills."""
    return together(
        *(
            {provision: {"guide": (f"incidents/{step.id}",), **_kept(step.duties)}}
            for step in steps().values()
            for provision in (*step.cites, *(cited for case in step.cases for cited in case.cites))
        )
    )


def _kept(duties: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {"log": (LEDGER,), "docgen": (PACKS,)} if EVIDENCE & {*duties} else {}
