"""What is recommended for a setting at a level, raised where a body asks for more, and which answers fall short."""

from collections.abc import Iterable, Mapping

from forethought.accounts.checkups.model import Advice, Level, Platform, Setting, Stand
from forethought.guidance import Guidance, Pack
from forethought.guidance.model import standing_of
from forethought.pages.wording import body_name, joined


def recommended(setting: Setting, level: Level, guidance: Guidance) -> Advice:
    """Return the option for a setting at a level; the floor of any active pack raises one that is more open.

    A setting that a page for work may keep open on purpose is not raised at the level `open`; the advice then names
    the packs that are set aside. BABCP asks for the highest privacy available (BABCP-58) and for two-step sign-in
    wherever it is offered (BABCP-57).
    """
    chosen = setting.levels[level]
    apart = setting.on_purpose and level == "open"
    floors = {pack.id: _floor(setting, pack) for pack in guidance.packs}
    more = {id: floor for id, floor in floors.items() if _is_wider(setting, chosen, floor)}
    option = chosen if apart else max((chosen, *more.values()), key=lambda each: setting.rank(each) or 0)
    raised_by, set_aside = ((), tuple(more)) if apart else (tuple(more), ())
    met_by = () if apart else tuple(id for id, floor in floors.items() if floor)
    why = _why(setting, chosen, *(_names(guidance, packs) for packs in (raised_by, set_aside, met_by)))
    stands = tuple(_stand(pack, setting, "" if apart else floors[pack.id]) for pack in guidance.packs)
    return Advice(setting, level, option, why, raised_by, set_aside, stands)


def falls_short(platform: Platform, answers: Mapping[str, str], level: Level, guidance: Guidance) -> tuple[Advice, ...]:
    """Return the advice on each setting whose answer is more open than what is recommended, or is not known."""
    asked = (recommended(each, level, guidance) for each in platform.settings.values() if each.id in answers)
    return tuple(each for each in asked if _is_wider(each.setting, answers[each.setting.id], each.option))


def _is_wider(setting: Setting, option: str, other: str) -> bool:
    """Return whether an option is more open than another; one that is not known counts as the most open."""
    return _rank(setting, option) < _rank(setting, other)


def _rank(setting: Setting, option: str) -> int:
    rank = setting.rank(option)
    return -1 if rank is None else rank


def _floor(setting: Setting, pack: Pack) -> str:
    """Return the most open option that a pack leaves; a body's floor is that of its packs that are cited."""
    own = any(each.id in setting.provisions for each in pack.provisions)
    return setting.floors.get(pack.id) or (setting.floors.get(pack.body, "") if own else "")


def _stand(pack: Pack, setting: Setting, floor: str) -> Stand:
    own = tuple(each for each in pack.provisions if each.id in setting.provisions)
    return Stand(pack.id, pack.body, standing_of(own), floor, own)


def _names(guidance: Guidance, packs: Iterable[str]) -> str:
    return joined(dict.fromkeys(body_name(guidance.pack(each)) for each in packs))


def _why(setting: Setting, chosen: str, raised_by: str, set_aside: str, met_by: str) -> str:
    if raised_by:
        return f"The level alone would be “{setting.options[chosen]}”. More is asked for by {raised_by}."
    if set_aside:
        return f"Open on purpose, so that you can be found. More is asked for by {set_aside}: note your reason."
    if met_by:
        return f"This is what the level comes to, and it is enough for {met_by}."
    return "This is what the level comes to. None of your documents says how far to go here."
