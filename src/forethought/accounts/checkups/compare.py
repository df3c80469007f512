"""What changed between two reviews of a platform: by the platform, by the person, and in what can be set at all."""

from collections.abc import Collection, Iterator, Mapping

from forethought.accounts.checkups.model import Change, Changes, Platform

Answers = Mapping[str, str]  # a setting's id to the option that the person saw


def compare(before: Answers, after: Answers, platform: Platform, by_person: Collection[str] = ()) -> Changes:
    """Return what differs between the answers of two reviews of one platform.

    `by_person` are the settings (today's ids) that the person says they changed; any other that has another option now
    was reset by the platform, or by somebody else. Settings that were renamed are followed under today's id.
    """
    then, now = (_today(answers, platform) for answers in (before, after))
    differing = [_change(id, then[id], now[id], platform) for id in now if id in then and then[id] != now[id]]
    return Changes(
        reset=tuple(each for each in differing if each.id not in by_person),
        changed=tuple(each for each in differing if each.id in by_person),
        added=tuple(id for id in now if id not in then),
        removed=tuple(id for id in then if id not in now),
        renamed=tuple(_renamed(before, after, platform)),
    )


def title(id: str, platform: Platform) -> str:
    """Return what a setting is called; one that is no longer known goes by its id."""
    setting = platform.settings.get(platform.names.get(id, id))
    return setting.title if setting else id


def _today(answers: Answers, platform: Platform) -> dict[str, str]:
    """Return the answers under today's ids; where both ids have one, today's stands."""
    names = platform.names
    return {names.get(id, id): option for id, option in answers.items()} | {
        id: option for id, option in answers.items() if id not in names
    }


def _renamed(before: Answers, after: Answers, platform: Platform) -> Iterator[tuple[str, str]]:
    for old, new in platform.names.items():
        if old in before and old not in after and new in after:
            yield old, new


def _change(id: str, before: str, after: str, platform: Platform) -> Change:
    setting = platform.settings.get(id)
    options = setting.options if setting else {}
    ranks = (setting.rank(before), setting.rank(after)) if setting else (None, None)
    wider = None if None in ranks else ranks[1] < ranks[0]  # type: ignore[operator]
    return Change(id, title(id, platform), options.get(before, before), options.get(after, after), wider)
