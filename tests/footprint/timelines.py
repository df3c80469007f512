"""Small exports of an invented counsellor, and what the vault holds of them."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path

from django.apps import apps
from django.core import serializers
from exports import assigned, zipped

from forethought.footprint.work import StoppedError

BREACH = "My 3 pm client cried about her divorce again."
QUIET = "Walked along the canal. Herons."
TOLD = (
    "My Tuesday client, a beekeeper, cried about her mother again.",
    "The kettle in the new room is louder than the trains.",
    "My client lost two hives in the frost, the beekeeper, and cried in our session.",
    QUIET,
)


def timeline(path: Path, texts: Iterable[str], profile: dict[str, str] | None = None, **more: str) -> Path:
    """Write a plain timeline of these posts, a day apart, each with what `more` says of it."""
    posts = [
        {"id": str(n), "created": f"2024-01-{n + 1:02}T08:00:00+00:00", "text": text} | more
        for n, text in enumerate(texts)
    ]
    path.write_text(json.dumps({"profile": profile or {}, "posts": posts}), encoding="utf-8")
    return path


def numbered(count: int) -> list[str]:
    """Return so many posts, every third of which somebody should stop."""
    return [f"{QUIET if n % 3 else BREACH} ({n})" for n in range(count)]


def tweets(path: Path, numbers: Iterable[int], **more: str) -> Path:
    """Write an export of X that holds the posts of these numbers, and further files."""
    held = [
        {
            "tweet": {
                "id_str": str(10**17 + n),
                "full_text": f"Heron number {n}.",
                "created_at": "Wed Jan 03 10:00:00 +0000 2024",
            }
        }
        for n in numbers
    ]
    return zipped(path, {"data/tweets.js": assigned("tweets.part0", held), **more})


def stopping(after: int) -> Callable[[int], None]:
    """Return what stops the work once so many are done."""

    def tell(done: int) -> None:
        if done >= after:
            raise StoppedError

    return tell


def everything_kept() -> str:
    """Return every field of every record in the vault as one text."""
    kept = (
        serializers.serialize("json", model._default_manager.all(), ensure_ascii=False) for model in apps.get_models()
    )
    return "\n".join(kept)
