"""Clients who are recognised: a draft that names one is raised, by a first name alone gently, and nobody else is."""

from collections.abc import Iterable

import pytest

from forethought.guidance import load
from forethought.reading import Draft, Image, Named, Span
from forethought.review import Report, review

RULE = "confidentiality/client-named"
FULL, FIRST = "Margaret Threlfall", "Margaret"


def naming(text: str) -> Iterable[Named]:
    """Say where a text names Margaret, who was added as C-1."""
    if FULL in text:
        yield Named(Span(text.index(FULL), text.index(FULL) + len(FULL)), "You added this person as C-1.", False)
    elif FIRST in text:
        yield Named(Span(text.index(FIRST), text.index(FIRST) + len(FIRST)), "C-1 has this first name.", True)


def reviewed(text: str, *images: Image, bodies: Iterable[str] = ()) -> Report:
    """Return the report on a text by a person whose client Margaret is."""
    return review(Draft(text, images=images), load().active(bodies), "lexical", naming)


def named_by(*names: Named) -> Report:
    """Return the report on a harmless text in which these names are met."""
    return review(Draft("Lovely cake at the fair, thank you all!"), load(), "lexical", lambda text: names)


def finding(report: Report) -> object:
    """Return the finding on a client's name, or None."""
    return next((each.finding for each in report.findings if each.finding.rule.id == RULE), None)


def test_a_client_who_is_named_is_raised() -> None:
    """A full name that nothing in the words gives away is a stop, at its place, with the reason."""
    text = f"Lovely cake at the fair, thank you {FULL}!"
    report = reviewed(text)
    raised = finding(report)
    assert raised is not None
    assert ("stop", "stop") == (report.verdict, raised.severity)
    assert FULL == "".join(text[start:end] for start, end in raised.spans)
    assert "C-1" in raised.shift.why


def test_a_first_name_alone_is_raised_gently() -> None:
    """A first name, which others have too, comes to `consider`, and no more."""
    assert "consider" == reviewed(f"Lovely cake at the fair, thank you {FIRST}!").verdict


def test_a_slip_is_raised_less() -> None:
    """A name that sounds alike or has a slip may be somebody else's: it comes to `pause`, and less surely."""
    raised = finding(named_by(Named(Span(0, 6), "by a slip", False, slip=True)))
    assert raised is not None
    assert ("pause", 0.7) == (raised.severity, raised.confidence)


def test_a_slip_beside_a_sure_name() -> None:
    """Beside a name that is met as it stands, one with a slip is marked too, and lowers nothing."""
    raised = finding(named_by(Named(Span(0, 6), "by a slip", False, slip=True), Named(Span(7, 11), "in full", False)))
    assert raised is not None
    assert ("stop", 0.95) == (raised.severity, raised.confidence)
    assert (Span(0, 6), Span(7, 11)) == raised.spans


def test_weak_names_are_not_marked_beside_a_sure_one() -> None:
    """Inside a sure finding a first name, which may be somebody else's, is not marked as the client's."""
    raised = finding(named_by(Named(Span(0, 6), "by a first name", True), Named(Span(7, 11), "in full", False)))
    assert raised is not None
    assert (Span(7, 11),) == raised.spans
    assert "first name" not in raised.shift.why


def test_nobody_else_is_raised() -> None:
    """A name of somebody who was not added changes nothing."""
    assert finding(reviewed("Lovely cake at the fair, thank you Briony Askew!")) is None


def test_what_the_words_say_is_kept() -> None:
    """Where the words alone break the rule, a first name lowers nothing, and its place is marked too."""
    text = f"My client {FIRST} came to her sixth session."
    alone = finding(review(Draft(text), load(), "lexical"))
    both = finding(reviewed(text))
    assert alone is not None
    assert both is not None
    assert both.severity == alone.severity
    assert {*alone.spans} <= {*both.spans}
    assert any(text[start:end] == FIRST for start, end in both.spans)


@pytest.mark.parametrize("image", [Image("a.png", f"{FULL} with her cake"), Image("a.png", "", f"First: {FULL}")])
def test_a_client_named_with_a_picture(image: Image) -> None:
    """A client whom a picture's description names, or the words to be seen in it, is raised for that picture."""
    raised = finding(reviewed("The fair", image))
    assert raised is not None
    assert (1, bool(image.words)) == (raised.image, raised.seen)


def test_the_same_rule_stays_one_finding() -> None:
    """However often the name stands there, there is one finding, and findings stay in the order of the text."""
    report = reviewed(f"You are an idiot, Sam. Thank you {FULL}.")
    rules = [each.finding.rule.id for each in report.findings]
    assert len(rules) == len(set(rules))
    assert [each.finding.spans[:1] for each in report.findings] == sorted(e.finding.spans[:1] for e in report.findings)
