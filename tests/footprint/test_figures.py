"""What is counted of the audit: by verdict, month and rule."""

from datetime import UTC, datetime

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from forethought.footprint import figures
from forethought.footprint.models import Archive, Entry
from forethought.rules import VERDICTS, rules

RULE, OTHER = "confidentiality/client-case", "boundaries/self-disclosure"


def found(*given: tuple[str, str]) -> list[dict[str, str]]:
    """Return findings as an entry keeps them."""
    return [{"rule": rule, "severity": severity} for rule, severity in given]


@pytest.fixture
def entries(key: bytes) -> QuerySet[Entry]:
    """Six reviewed posts of two months, one without a time."""
    archive = Archive.objects.create(
        name="a", source="a", platform="plain", form="json", confidence=1, begun=datetime.now(UTC)
    )
    january, march = datetime(2023, 1, 15, tzinfo=UTC), datetime(2024, 3, 15, tzinfo=UTC)
    given = (
        (january, "stop", found((RULE, "stop"), (RULE, "pause"))),
        (january, "clear", []),
        (january, "clear", []),
        (march, "stop", found((RULE, "pause"), (OTHER, "consider"))),
        (march, "consider", found((OTHER, "consider"))),
        (None, "consider", found((OTHER, "consider"))),
    )
    for number, (created, verdict, findings) in enumerate(given):
        Entry.objects.create(
            archive=archive,
            key=str(number),
            kind="post",
            platform="plain",
            created=created,
            verdict=verdict,
            findings=findings,
        )
    return Entry.objects.all()


def test_by_verdict(entries: QuerySet[Entry]) -> None:
    """Every verdict has its count, the gravest first, those that no post got included."""
    assert [("stop", 2), ("pause", 0), ("consider", 2), ("clear", 2)] == figures.by_verdict(entries)


def test_by_month(entries: QuerySet[Entry]) -> None:
    """Each month has its posts by verdict; a post without a time has no month."""
    assert {(2023, 1): {"stop": 1, "clear": 2}, (2024, 3): {"stop": 1, "consider": 1}} == figures.by_month(entries)


def test_a_month_is_that_of_this_device(entries: QuerySet[Entry]) -> None:
    """A post of the last minutes of a year belongs to the next where the person's clock says so."""
    Entry.objects.update(created=datetime(2023, 12, 31, 23, 30, tzinfo=UTC))
    with timezone.override("Europe/Berlin"):
        assert [(2024, 1)] == list(figures.by_month(entries))


def test_by_rule(entries: QuerySet[Entry]) -> None:
    """Each rule has the number of posts that it was found in, once a post, with the gravest severity and its title."""
    titles = {rule.id: rule.title for rule in rules()}
    expected = [(RULE, titles[RULE], 2, "stop"), (OTHER, titles[OTHER], 3, "consider")]
    assert expected == [tuple(row) for row in figures.by_rule(entries)]


def test_a_rule_that_is_gone_keeps_its_name(entries: QuerySet[Entry]) -> None:
    """A rule of an older version that is no more is shown by its id."""
    Entry.objects.filter(verdict="consider").update(findings=found(("old/rule", "pause")))
    assert ("old/rule", "old/rule", 2, "pause") in figures.by_rule(entries)


def test_an_empty_vault(key: bytes) -> None:
    """Where nothing was reviewed there is nothing to count, and nothing fails."""
    none = Entry.objects.all()
    assert dict.fromkeys(VERDICTS, 0) == dict(figures.by_verdict(none))
    assert ({}, []) == (figures.by_month(none), figures.by_rule(none))
