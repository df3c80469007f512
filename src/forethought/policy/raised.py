"""What a check raises on words that are no post: the readers learned from posts, so rules' own phrases weigh more."""

from forethought.guidance import Guidance
from forethought.reading import Context, Draft
from forethought.review import Explained, ReaderName, review
from forethought.rules import evidence


def raised(text: str, context: Context, guidance: Guidance, reader: ReaderName) -> tuple[Explained, ...]:
    """Return the findings on a text under the active guidance, in reading order.

    Where the encoder did not read it, by choice or because it is not installed, only what the rules' own phrases and
    detectors show is kept: the weights of single words mean nothing on a policy or a profile.
    """
    report = review(Draft(text, context), guidance, reader)
    if report.reader == "learned" or report.reading is None:
        return report.findings
    known = dict(evidence(report.reading))
    return tuple(each for each in report.findings if known[each.finding.rule.id].shown)
