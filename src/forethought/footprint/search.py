"""Finding exports on this computer: files in the usual folders whose names or kinds are those of exports."""

import re
from collections.abc import Iterator
from pathlib import Path

FOLDERS = ("Downloads", "Desktop", "Documents")
MOST = 40
_NAMES = re.compile(
    r"(twitter|facebook|instagram|threads|linkedin|takeout|tiktok|whatsapp|mastodon|archive|export|medium|substack"
    r"|reddit|discord|package|mydata|posts|outbox|user_data|timeline)",
    re.IGNORECASE,
)
_KINDS = frozenset({".zip", ".gz", ".tgz", ".tar", ".car", ".json", ".jsonl", ".csv", ".xml", ".txt", ".rss", ".atom"})
_ALWAYS = frozenset({".car"})


def exports(home: Path) -> list[Path]:
    """Return the files that look like exports in the usual folders of `home`, the newest first."""
    found = (path for folder in FOLDERS for path in _files(home / folder) if _looks_like_one(path))
    return sorted(found, key=lambda path: -path.stat().st_mtime)[:MOST]


def _files(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if path.is_file() and not path.name.startswith("."))
    except OSError:  # there is no such folder, or it may not be looked into
        return


def _looks_like_one(path: Path) -> bool:
    kind = path.suffix.casefold()
    return kind in _ALWAYS or (kind in _KINDS and (kind == ".zip" or bool(_NAMES.search(path.name))))
