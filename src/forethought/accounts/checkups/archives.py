"""What an imported archive already tells of a platform's settings, so that the person need only confirm it."""

from collections.abc import Iterable, Iterator, Mapping

from forethought.accounts.checkups.model import Platform

Details = Iterable[tuple[str, str]]  # as an archive's item keeps them: pairs of name and value


def from_archive(platform: Platform, details: Iterable[Details]) -> Mapping[str, str]:
    """Return the option of each setting that an archive tells, by the setting's id.

    `details` are those of the archive's items on settings and the profile, the oldest first: the last word on a setting
    stands. A name or value that the platform's file does not speak of tells nothing, and is never guessed at.
    """
    known = {
        told.casefold(): (setting.id, option)
        for setting in platform.settings.values()
        for told, option in setting.archive.items()
    }
    said = (f"{name}: {value}".casefold() for each in details for name, value in _pairs(each))
    return dict(known[words] for words in said if words in known)


def _pairs(details: Details) -> Iterator[tuple[str, str]]:
    """Yield each name with its value, where they may be kept as the two details `setting` and `value`."""
    facts = tuple(details)
    named = dict(facts)
    if "setting" in named and "value" in named:
        yield named["setting"], named["value"]
    yield from facts
