"""Accounts that were taken over: what is known, what was noted of each stage in its order, and posts to judge."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, QuerySet

from forethought.accounts.calendar.news import NATIONS
from forethought.accounts.checkups.load import checkups
from forethought.accounts.hacked import clock
from forethought.accounts.hacked.load import FACTS, kind_of, stages
from forethought.accounts.hacked.notices import Logged, Told
from forethought.accounts.hacked.plan import HackedPlan, Refusal, coming, plan, ready
from forethought.accounts.hacked.posts import Post, post
from forethought.accounts.models import Account, Hack
from forethought.accounts.places import places, sort_of
from forethought.errors import ForethoughtError, UnknownNameError
from forethought.footprint.item import WRITING
from forethought.footprint.models import Entry
from forethought.guidance import Guidance

MINE, THEIRS = "mine", "not-mine"  # what a person says of a post that looks odd
ASKED = ("name", "practice", "other_way", "what", "posted", "how_many", "effect", "measures", "references")
LATEST = F("created").desc(nulls_last=True)  # databases differ in where they put what has no day
MOST_POSTS = 50_000  # the latest of an archive that are compared


class StageWaitsError(ForethoughtError):
    """A stage of the plan has to wait for another."""

    def __init__(self, refusal: Refusal) -> None:
        """Take why."""
        super().__init__(refusal.words)


class NothingNotedError(ForethoughtError):
    """A stage was to be noted without a word, which would open what has to wait for it."""

    def __init__(self) -> None:
        super().__init__("write a few words on what you did, or why it does not apply: they go into your log.")


class NotOverError(ForethoughtError):
    """A hack was to be closed before every stage has something noted."""

    def __init__(self, stage: str) -> None:
        """Take the title of the first stage that is still open."""
        super().__init__(f"“{stage}” is still open. Do it, or note there why it does not apply.")


def begin(account: Account | None, kind: str, nation: str, facts: Collection[str], became_aware: datetime) -> Hack:
    """Note that an account was taken over, and return that. Raises UnknownNameError, and clock's NoZoneError."""
    told = {"kind": kind, "nation": nation, "facts": list(facts)}
    if account:
        platform = checkups().get(account.platform)
        told |= {
            "platform": platform.title if platform else dict(places()).get(account.platform, ""),
            "handle": account.handle,
        }
    _check(nation, facts)
    if became_aware.utcoffset() is None:
        raise clock.NoZoneError
    return Hack.objects.create(account=account, became_aware=became_aware, facts=told)


def change(hack: Hack, nation: str, facts: Collection[str], became_aware: datetime) -> None:
    """Change what is known of a hack. Raises as `begin` does."""
    _check(nation, facts)
    hack.facts, hack.became_aware = hack.facts | {"nation": nation, "facts": list(facts)}, became_aware
    hack.save(update_fields=("facts", "became_aware"))


def _check(nation: str, facts: Collection[str]) -> None:
    for kind, given, known in (("nation", (nation,), NATIONS), ("fact", facts, FACTS)):
        for each in given:
            if each not in known:
                raise UnknownNameError(kind, each, known)


def know(hack: Hack, name: str, value: Any) -> None:
    """Keep one more thing that is known of a hack, under a name such as `told` or `risk`."""
    hack.facts = hack.facts | {name: value}
    hack.save(update_fields=("facts",))


def kind_for(account: Account) -> str:
    """Return the kind of the plan for an account in the register."""
    return kind_of(sort_of(account.platform))


def plan_of(hack: Hack, guidance: Guidance) -> HackedPlan:
    """Return the plan for what is known of a hack."""
    return plan(hack.facts["kind"], hack.facts["nation"], guidance, hack.facts.get("facts", ()))


def noted(hack: Hack, stage: str) -> list[dict[str, str]]:
    """Return what was noted of a stage, each with `at` and `words`."""
    kept: list[dict[str, str]] = hack.done.get(stage, [])
    return kept


def note(hack: Hack, stage: str, words: str, now: datetime) -> None:
    """Note what was done at a stage, or why it does not apply.

    Raises StageWaitsError, NothingNotedError and UnknownNameError.
    """
    if not words.strip():
        raise NothingNotedError
    if refusal := ready(stage, hack.done):
        raise StageWaitsError(refusal)
    hack.done = hack.done | {stage: [*noted(hack, stage), {"at": now.isoformat(), "words": words}]}
    hack.save(update_fields=("done",))


def close(hack: Hack, now: datetime) -> None:
    """Close a hack. Raises NotOverError where nothing is noted yet of some stage."""
    if stage := coming(hack.done):
        raise NotOverError(stage.title)
    hack.closed = now
    hack.save(update_fields=("closed",))


def log(hack: Hack) -> tuple[Logged, ...]:
    """Return the log of a hack: when the person became aware, and what they noted since, in order of time."""
    titles = {each.id: each.title for each in stages()}
    first = Logged(hack.became_aware.astimezone(), "Learned that the account was taken over.")
    lines = (
        Logged(datetime.fromisoformat(each["at"]).astimezone(), f"{titles[stage]}: {each['words']}")
        for stage, kept in hack.done.items()
        for each in kept
    )
    return (first, *sorted(lines, key=lambda each: each.at))


def told(hack: Hack) -> Told:
    """Return what is known of a hack, for its notices."""
    given = hack.facts.get("told", {})
    words: dict[str, Any] = {name: str(given.get(name, "")) for name in ASKED}
    words |= {name: _moment(given.get(name, "")) for name in ("happened", "regained")}
    return Told(
        platform=hack.facts.get("platform", ""),
        handle=hack.facts.get("handle", ""),
        aware=hack.became_aware.astimezone(),
        log=log(hack),
        **words,
    )


def _moment(kept: str) -> datetime | None:
    return datetime.fromisoformat(kept).astimezone() if kept else None


def posts(archive: int) -> Iterator[Post]:
    """Yield what was written or sent in an archive, the latest first, each by the key of its entry."""
    for entry in _own(archive).order_by(LATEST)[:MOST_POSTS]:
        yield post(str(entry.pk), entry.text, entry.created, entry.details)


def is_own(archive: int, key: str) -> bool:
    """Say whether something that was written or sent in an archive has this key."""
    return key.isdecimal() and len(key) < 19 and _own(archive).filter(pk=int(key)).exists()


def _own(archive: int) -> QuerySet[Entry]:
    written = Entry.objects.filter(archive=archive, own_words=True, kind__in=[*WRITING, "message"])
    return written.exclude(text="")


def judge(hack: Hack, key: str, said: str) -> None:
    """Keep what the person says of a post that looks odd: `mine` or `not-mine`."""
    if said not in (MINE, THEIRS):
        raise UnknownNameError("judgement", said, (MINE, THEIRS))
    know(hack, "judged", hack.facts.get("judged", {}) | {key: said})


def disowned(hack: Hack) -> Sequence[Entry]:
    """Return the posts that the person said are not theirs, the latest first."""
    keys = [int(key) for key, said in hack.facts.get("judged", {}).items() if said == THEIRS and key.isdigit()]
    return list(Entry.objects.filter(pk__in=keys).order_by(LATEST))
