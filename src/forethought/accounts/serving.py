"""Which provisions this room puts into practice, worked out from what its check-ups, reviews, checks and plan cite."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from forethought.accounts import leads, stale
from forethought.accounts.calendar import record
from forethought.accounts.calendar.rhythm import Rhythm, rhythms
from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.model import Setting
from forethought.accounts.hacked.load import StepData, steps
from forethought.accounts.passwords.telling import REGULAR
from forethought.accounts.searching import telling
from forethought.accounts.searching.household import household, upkeep
from forethought.accounts.searching.sheets import sheets
from forethought.guidance.coverage import Served, together

REGISTER, LEADS, CHECKUPS, PASSWORDS = "accounts/register", "accounts/leads", "accounts/check-ups", "accounts/passwords"
CALENDAR, RECORD, SEARCH, LOG = "accounts/calendar", "accounts/record", "accounts/self-search", "accounts/hack-log"
SHEETS = "accounts/sheets"
APART = "personal-professional-separation"  # the duty that the register as such serves: it keeps each role apart
DONE_IN: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "accounts": {"register": (REGISTER,)},
        "checkups": {"register": (CHECKUPS,), "checklist": (CHECKUPS,)},
        "passwords": {"checklist": (PASSWORDS,)},
        "search": {"checklist": (SEARCH,), "log": (SEARCH,)},
        "sheets": {"docgen": (SHEETS,)},
    }
)  # by where a review is made, how it is served there; the rest is served by what cites it elsewhere


def served() -> Served:
    """Return, for each provision that a part of this room cites, how that part serves it, and the register's duty."""
    return together(
        {APART: {"register": (REGISTER, LEADS)}},
        *(_each(leads.CITES, register=LEADS), _each(stale.CITES, register=REGISTER)),
        *(_each(record.CARE, report=RECORD), _each(REGULAR, checklist=PASSWORDS)),
        _each(telling.CITES, checklist=SEARCH, log=SEARCH),
        *(_each(each.provisions, checklist=CHECKUPS, register=CHECKUPS) for each in _settings()),
        *(_reviewed(each) for each in rhythms().values()),
        *(_each(each.cites, checklist=f"accounts/household-{each.id}") for each in household().values()),
        *(_each(each.cites, checklist=f"accounts/upkeep-{each.id}") for each in upkeep().values()),
        *(_each(each.cites, docgen=SHEETS, checklist=f"accounts/sheet-{each.id}") for each in sheets().values()),
        *(part for step in steps() for part in _planned(step)),
    )


def _each(provisions: Iterable[str], **ways: str) -> Served:
    return {id: {function: (name,) for function, name in ways.items()} for id in provisions}


def _settings() -> Iterator[Setting]:
    return (setting for platform in checkups().values() for setting in platform.settings.values())


def _reviewed(rhythm: Rhythm) -> Served:
    """Return what a kind of review serves: the calendar reminds of it, the record reports it, and where it is made."""
    made = DONE_IN.get(rhythm.where, {})
    return {id: {"reminder": (CALENDAR,), "report": (RECORD,), **made} for id in rhythm.cites}


def _planned(step: StepData) -> Iterator[Served]:
    """Yield what a step of the plan after a hack serves, and its draft where it has one."""
    cites = {*step.cites, *(id for case in step.cases for id in case.cites)}
    yield _each(cites, guide=f"accounts/hacked-{step.id}", checklist=f"accounts/hacked-{step.id}", log=LOG)
    if step.notice:
        yield _each(cites, docgen=f"accounts/notice-{step.notice}")
