"""The way in: what was pasted or chosen as a file, found out to be JSON, a chat, a table or a pasted list, and read."""

import re
from collections.abc import Iterator
from datetime import datetime

from forethought.footprint.archives.decode import encoding_of
from forethought.incidents.pileon.chats import is_chat, read_chat
from forethought.incidents.pileon.model import (
    MOST_BYTES,
    MOST_POSTS,
    Found,
    NothingFoundError,
    NotTextError,
    TooLargeError,
    TooManyPostsError,
)
from forethought.incidents.pileon.pasted import read_paste
from forethought.incidents.pileon.records import read_json
from forethought.incidents.pileon.tables import read_table

_JSON = re.compile(r"\s*(?:\[\s*)?\{")


def read_posts(given: bytes | str, now: datetime, day_first: bool | None = None) -> Found:
    """Return the posts in a pasted list, a table, JSON or a WhatsApp chat, and all that was not understood.

    `now` has a time zone: times such as `2h` are counted back from it, and times without a zone are taken as its own.
    `day_first` says how dates in numbers are written where the list does not tell by itself. Raises NothingFoundError,
    NotTextError, TooLargeError and TooManyPostsError.
    """
    source = _text(given)
    found = _read(source, now, day_first)
    if not found.posts:
        raise NothingFoundError
    if len(found.posts) > MOST_POSTS:
        raise TooManyPostsError
    return found.noting(*_about_times(found))


def _read(source: str, now: datetime, day_first: bool | None) -> Found:
    if _JSON.match(source):
        return read_json(source, now, day_first)
    if is_chat(source):
        return read_chat(source, now, day_first)
    return read_table(source, now, day_first) or read_paste(source, now, day_first)


def _text(given: bytes | str) -> str:
    """Return what was given as characters: UTF-8 or UTF-16 by its first bytes, else as Windows writes it."""
    if len(given) > MOST_BYTES:
        raise TooLargeError
    source = given if isinstance(given, str) else _decoded(given)
    if (
        "\0" in source
        or sum(each < " " and each not in "\t\n\r\f\v" for each in source[:4096]) > len(source[:4096]) // 50
    ):
        raise NotTextError
    return source.removeprefix("\ufeff")


def _decoded(given: bytes) -> str:
    try:
        return given.decode(encoding_of(given[:400]))
    except UnicodeDecodeError:
        return given.decode("cp1252", errors="replace")


def _about_times(found: Found) -> Iterator[str]:
    """Yield what is to be known of how the times came about."""
    hows = [post.time.how for post in found.posts]
    unplaced = sum(post.at is None and bool(post.said) for post in found.posts)
    if taken := hows.count("clock"):
        yield f"times that name no time zone: {taken:,}; that of this computer was taken"
    if worked_out := hows.count("worked out"):
        yield f"times worked out from when the list was read: {worked_out:,}"
    if unplaced:
        yield f"times that could not be placed, and stand only as they were written: {unplaced:,}"
    if untimed := sum(not post.said for post in found.posts):
        yield f"posts that show no time: {untimed:,}"
