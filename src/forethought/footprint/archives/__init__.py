"""Archives that platforms give their users: one module a platform, recognised by content and shape."""

from collections.abc import Iterator
from importlib import import_module

from forethought.errors import ForethoughtError
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Options, Platform, Recognition, careful
from forethought.footprint.item import Record

# The module of each platform and the name of its `Platform` there; the plain timeline is last, as it claims least.
NAMES = (
    "x", "facebook", "instagram", "threads", "linkedin", "mastodon", "bluesky", "reddit", "youtube", "tiktok",
    "whatsapp", "wordpress", "medium", "substack", "feeds", "discord", "snapchat", "tumblr", "pinterest", "plain",
)  # fmt: skip
MODULES: tuple[tuple[str, str], ...] = tuple((name, name.upper()) for name in NAMES)
SURE = 0.5  # below this the person is asked


class UnknownArchiveError(ForethoughtError):
    """The files that were given are no export that is known."""

    def __init__(self, names: str) -> None:
        """Take the names of the files."""
        super().__init__(
            f"{names} is not an export that Forethought knows. Give the zip that the platform sent, as it came, or a "
            "table with a column named text."
        )


def platforms() -> Iterator[Platform]:
    """Yield every platform, none of which raises anything whatever files it is given."""
    for module, name in MODULES:
        yield careful(getattr(import_module(f"{__name__}.{module}"), name))


def recognise(files: Files) -> list[tuple[Platform, Recognition]]:
    """Return what the files are taken for, surest first; two platforms in one zip are both there."""
    found = [(platform, platform.recognise(files)) for platform in platforms()]
    known = [(platform, each) for platform, each in found if each is not None]
    if any(platform.name != "plain" for platform, _ in known):
        known = [(platform, each) for platform, each in known if platform.name != "plain"]
    return sorted(known, key=lambda pair: -pair[1].confidence)


def read(files: Files, options: Options | None = None) -> Iterator[Record]:
    """Yield everything that the files hold, platform by platform. Raises UnknownArchiveError."""
    found = recognise(files)
    if not found:
        raise UnknownArchiveError(", ".join(sorted({member.name for member in files})[:3]) or "An empty archive")
    yield from files.problems
    for platform, recognition in found:
        yield from platform.read(files, recognition, options or Options())
