"""Which reviews fall due and when, gently: what falls within a fortnight is gathered on one day, and can be put off."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from forethought.accounts.calendar.news import News, news
from forethought.accounts.calendar.rhythm import Pace, Rhythm, Stand, later, pace, rhythms, stands
from forethought.accounts.checkups.load import checkups
from forethought.guidance import Guidance
from forethought.pages.wording import joined

TOGETHER = timedelta(days=14)  # what falls due within it is gathered on its first day: our own suggestion
AGAIN = 3  # months until data that is past its day of review is mentioned anew: our own suggestion
AHEAD = timedelta(days=1)  # by which a day may lie ahead, as after a flight to the west
STALE = "out-of-date"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """An account as the calendar has to know it.

    `id` is the register's own number or random word, never a handle. `platform` is an id of a check-up, or another
    word; `kind` a key of vocabulary.KINDS, and `level` one of vocabulary.LEVELS.
    """

    id: str
    title: str
    platform: str
    kind: str
    last_used: date | None = None
    last_reviewed: date | None = None
    level: str = "closed"


@dataclass(frozen=True, slots=True)
class Diary:
    """What the calendar remembers: the day on which it began, what was put off until when, and the person's nation.

    Nothing falls due before the first day; without one, what was never reviewed falls due today. Without a nation,
    news of all nations count.
    """

    began: date | None = None
    put_off: Mapping[str, date] = field(default_factory=dict)
    nation: str = ""


@dataclass(frozen=True, slots=True)
class Due:
    """A review that falls due: why in sentences, the day of the one before, its own day, who asks, where it is done.

    `id` is `kind`, or `kind:account` for a review of an account; `where` is a key of rhythm.WHERE.
    """

    id: str
    title: str
    why: str
    since: date | None
    on: date
    stands: tuple[Stand, ...]
    where: str


def due(
    known: Iterable[Known], done: Mapping[str, date], today: date, guidance: Guidance, diary: Diary | None = None
) -> tuple[Due, ...]:
    """Return every review with the day on which it falls due, past or to come, the earliest first.

    `done` maps ids of reviews (`passwords`, `settings:7`) to the day on which each was last made; for the settings of
    an account its own `last_reviewed` counts as well. What falls due within a fortnight is gathered on its first day,
    so that no two days of reviews lie nearer to each other; what was put off, and what hangs on a date, keep their own.
    A day further ahead, noted while the clock was wrong, counts for nothing.
    """
    diary, accounts = diary or Diary(), tuple(_until(today, each) for each in known)
    done = {id: day for id, day in done.items() if day <= today + AHEAD}
    began = min(diary.began or today, today)
    asked = (each for kind in rhythms().values() for each in _of(kind, accounts, done, began, guidance))
    regular = [replace(each, on=max(each.on, began) if diary.began else each.on) for each in asked]
    dated = [*_news(done, guidance, diary.nation), *_stale(accounts, done, guidance)]
    put_off = [_put_off(each, diary) for each in (*regular, *dated) if _waits(each, diary)]
    gathered = _gathered(each for each in regular if not _waits(each, diary))
    own_day = (each for each in dated if not _waits(each, diary))
    return tuple(sorted((*gathered, *own_day, *put_off), key=lambda each: (each.on, each.title, each.id)))


def nags(dues: Iterable[Due], shown: Mapping[str, date], today: date) -> tuple[Due, ...]:
    """Return what to remind of now: what is due by today and was not yet shown today; `shown` maps ids to days."""
    return tuple(each for each in dues if each.on <= today and shown.get(each.id) != today)


def _until(today: date, account: Known) -> Known:
    """Return an account without a review that is still to come."""
    last = account.last_reviewed
    return replace(account, last_reviewed=None) if last and last > today + AHEAD else account


def _of(
    rhythm: Rhythm, accounts: tuple[Known, ...], done: Mapping[str, date], began: date, guidance: Guidance
) -> Iterator[Due]:
    """Yield the reviews of one kind: one of the person, or one of each account that it is for."""
    told = pace(rhythm, guidance)
    if rhythm.of == "person":
        yield _due(rhythm, told, None, done.get(rhythm.id), began)
    for account in accounts:
        id = f"{rhythm.id}:{account.id}"
        if rhythm.of == "account" and account.kind != "dormant":
            yield _due(rhythm, told, account, _latest(done.get(id), account.last_reviewed), began)
        elif rhythm.of == "unused" and (account.kind == "dormant" or account.last_used):
            yield _due(rhythm, told, account, _last_alive(account, done.get(id)), began)


def _last_alive(account: Known, done: date | None) -> date | None:
    """Return the day from which an account counts as idle; that of its review counts only once it is given up."""
    return _latest(account.last_used, done, account.last_reviewed if account.kind == "dormant" else None)


def _due(rhythm: Rhythm, told: Pace, account: Known | None, since: date | None, began: date) -> Due:
    id, title = (
        (f"{rhythm.id}:{account.id}", f"{rhythm.title}{'' if rhythm.title.endswith('?') else ':'} {account.title}")
        if account
        else (rhythm.id, rhythm.title)
    )
    first = "" if since else "It has not been done yet."
    why = " ".join(words for words in (first, rhythm.why, told.says, rhythm.beside) if words)
    return Due(id, title, why, since, later(since, told.months) if since else began, told.stands, rhythm.where)


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _waits(each: Due, diary: Diary) -> bool:
    return diary.put_off.get(each.id, date.min) > each.on


def _put_off(each: Due, diary: Diary) -> Due:
    until = diary.put_off[each.id]
    return replace(each, on=until, why=f"{each.why} You put it off until {until.day} {until:%B %Y}.")


def _gathered(dues: Iterable[Due]) -> Iterator[Due]:
    """Yield the reviews, each moved forward to the first day of the fortnight in which it falls."""
    first: date | None = None
    for each in sorted(dues, key=lambda one: one.on):
        if first is None or each.on - first >= TOGETHER:
            first = each.on
        yield replace(each, on=first)


def _news(done: Mapping[str, date], guidance: Guidance, nation: str) -> Iterator[Due]:
    """Yield one review for each day on which changes came, or are to come, after the person last read them."""
    read = done.get("law")
    here = [each for each in news() if not nation or nation in each.nations]
    for day in sorted({_came(each) for each in here}):
        id = f"news:{day}"
        seen = _latest(read, done.get(id))
        if read and seen and day > seen:
            items = [each for each in here if _came(each) == day]
            cites = [id for each in items for id in each.cites]
            yield Due(id, "Changes of law and platforms", _changed(items), seen, day, stands(cites, guidance), "law")


def _came(item: News) -> date:
    """Return the day from which a change could be known here: its own, or that on which it was read about."""
    return max(item.on, item.read_on)


def _changed(items: Iterable[News]) -> str:
    named = ". ".join(f"{each.title}{' (planned)' if each.state == 'planned' else ''}" for each in items)
    return f"New since you last read the changes: {named}."


def _stale(accounts: tuple[Known, ...], done: Mapping[str, date], guidance: Guidance) -> Iterator[Due]:
    """Yield one review of the data that Forethought itself goes by, where a day of review is past or to come."""
    used = {each.platform for each in accounts}
    days = {each.title: each.review_on for id, each in checkups().items() if id in used}
    days |= {pack.title: pack.review for pack in guidance.packs}
    days["the changes to follow"] = min(each.review_on for each in news())
    first = min(days.values()) + timedelta(days=1)
    last = done.get(STALE)
    on = max(first, later(last, AGAIN)) if last else first
    named = joined(sorted(name for name, day in days.items() if day < on))
    why = (
        f"These are past the day on which they were to be read again: {named}. "
        "Look for a newer Forethought, and check the words yourself until then."
    )
    yield Due(STALE, "Data that may be out of date", why, last, on, stands(rhythms()["law"].cites, guidance), "law")
