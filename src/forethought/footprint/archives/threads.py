"""Threads, whose files lie within Instagram's export: posts and replies, profile, contacts and requests, likes."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any

from forethought.footprint.archives import instagram, meta, meta_items, meta_open
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta import Source
from forethought.footprint.archives.meta_items import Made
from forethought.footprint.archives.platform import Options, Platform, Recognition
from forethought.footprint.archives.values import many, text, within
from forethought.footprint.item import Item, Kind, Pointer, Record

ROOT = "your_instagram_activity/threads"
_KEY = "text_post_app_"


def _post(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield a post; a reply only where the export says so. Who may reply is not who may read."""
    media = many(record.get("media"))
    app: dict[str, Any] = next(
        (each["text_app_post"] for each in media if isinstance(each.get("text_app_post"), dict)), {}
    )
    kind: Kind = "reply" if app.get("is_reply") is True else "post"
    control = text(within(app, "reply_control"))
    for made in instagram.post(platform, record, pointer, kind):
        yield _told(made, (("who may reply", control),)) if isinstance(made, Item) and control else made


def _told(item: Item, more: tuple[tuple[str, str], ...]) -> Item:
    return replace(item, details=item.details + more)


_DIRECTED: meta.Directed = (
    ("followers", "followers", rf"{_KEY}text_post_app_followers", "contact", "received", "accepted"),
    ("following", "following", rf"{_KEY}text_post_app_following", "contact", "sent", "accepted"),
    ("blocked", "blocked_profiles", rf"{_KEY}text_post_app_blocked_users", "contact", "sent", "blocked"),
    ("restricted", "restricted_profiles", rf"{_KEY}text_post_app_restricted_users", "contact", "sent", "restricted"),
    ("recent requests", "recent_follow_requests", rf"{_KEY}text_post_app_(permanent|recent)_follow_requests",
     "request", "sent", "pending"),
    ("sent requests", "pending_follow_requests",
     rf"{_KEY}text_post_app_(follow_requests_sent|pending_follow_requests)",
     "request", "sent", "pending"),
    ("unfollowed", r"recently_unfollowed_\w+", rf"{_KEY}text_post_app_unfollowed_users", "contact", "sent", "removed"),
)  # fmt: skip

SOURCES = (
    Source("profile", "personal_information", rf"{_KEY}text_post_app_profile", instagram.profile),
    Source("posts", r"threads_and_replies(_\d+)?", rf"{_KEY}text_posts", _post, "threads", page="post"),
    *meta.directed(_DIRECTED),
    Source("likes", r"liked_threads", rf"{_KEY}media_likes", instagram.like),
    Source("saved", r"saved_threads", rf"{_KEY}text_post_app_saved_posts", partial(instagram.like, state="saved")),
    Source("apps", r"apps_and_websites", rf"{_KEY}text_app_apps_and_websites", meta_items.app),
)


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None where nothing in them is Threads'."""
    return meta.recognition("threads", files, SOURCES, ROOT, _generation)


def _generation(members: list[Member]) -> str:
    return "within Instagram's"


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything in Threads' share of the files; messages, logins and apps are Instagram's."""
    yield from meta.read_all("threads", meta_open.share(files)["threads"], SOURCES, options, talks=False)


THREADS = Platform("threads", "Threads", recognise, read, experimental=True)
