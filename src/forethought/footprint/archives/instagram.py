"""Instagram's export, from the flat files of 2018 to the lists of labels of late 2025."""

import re
from collections.abc import Iterator
from functools import partial
from typing import Any

from forethought.footprint.archives import meta, meta_items, meta_open
from forethought.footprint.archives.decode import Located, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta import Source
from forethought.footprint.archives.meta_items import Made
from forethought.footprint.archives.meta_labels import entries, said, secret, time_of, words, words_among
from forethought.footprint.archives.platform import Options, Platform, Recognition
from forethought.footprint.archives.values import many, mended, moment, text, within
from forethought.footprint.item import UNKNOWN, Audience, Item, Kind, Media, Pointer, Record, Removed, Who

ROOT = "your_instagram_activity"


def post(platform: str, record: Any, pointer: Pointer, kind: Kind = "post") -> Iterator[Made]:
    """Yield a post, a story or a reel: its caption, its pictures, and roughly where they were taken."""
    media = many(record.get("media")) or ([record] if "uri" in record or "path" in record else [])
    fields = entries(record) if "label_values" in record else []
    caption = _caption(record, media) or words_among(fields, "text", "comment")
    facts, dropped = meta_items.photo_facts([each.get("media_metadata") for each in media], pointer)
    place = said(fields, "place") or text(record.get("location"))
    names = tuple(_media(each, caption) for each in media if text(each.get("uri")) or text(each.get("path")))
    yield from meta_items.broken_letters(caption, pointer)
    yield Item(
        kind,
        platform,
        pointer,
        caption,
        key=text(record.get("fbid")) or (names[0].name.rpartition("/")[2] if names else ""),
        created=_created(record, media, fields),
        own_words=bool(caption) and kind != "repost",
        address=meta_items.address_of(fields),
        media=names,
        details=((("place", place),) if place else ()) + facts + _shown(media),
    )
    yield from dropped


def _caption(record: Any, media: list[Any]) -> str:
    """Return the caption: the post's where there are several pictures, else the picture's."""
    own, first = words(record.get("title")) or words(record.get("caption")), words(within(media, "title"))
    return own or first if len(media) > 1 else first or own


def _media(each: Any, caption: str) -> Media:
    title = text(each.get("title"))
    return Media(text(each.get("uri")) or text(each.get("path")), title if title != caption else "")


def _created(record: Any, media: list[Any], fields: Any) -> Any:
    """Return the post's own time, else its first picture's."""
    own = time_of(record, fields)
    return own if own.raw or not media else time_of(media[0])


def _shown(media: list[Any]) -> tuple[tuple[str, str], ...]:
    """Return what the first picture says of where it was posted from."""
    app = text(within(media, "cross_post_source", "source_app")) if media else ""
    return (("posted from", app),) if app else ()


def comment(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield a comment. The owner of what was commented on is another's name, and left out."""
    if isinstance(record, list):
        yield Item("comment", platform, pointer, text(record[1]), created=moment(record[0]), own_words=bool(record[1]))
        return
    fields = entries(record)
    written = words_among(fields, "comment", "text")
    media = [each for each in many(record.get("media_list_data")) + many(record.get("media")) if isinstance(each, dict)]
    yield from meta_items.broken_letters(written, pointer)
    yield Item(
        "comment", platform, pointer, written, text(record.get("fbid")), time_of(record, fields), bool(written),
        address=meta_items.address_of(fields),
        media=tuple(Media(text(each.get("uri"))) for each in media if each.get("uri")),
    )  # fmt: skip


def like(platform: str, record: Any, pointer: Pointer, state: str = "liked") -> Iterator[Item]:
    """Yield what was liked or saved: where it lies and when, without its owner's name."""
    if isinstance(record, list):
        yield Item("like", platform, pointer, created=moment(record[0]), own_words=False, details=(("state", state),))
        return
    fields = entries(record)
    link = meta_items.address_of(fields)
    yield Item(
        "like", platform, pointer, key=link or text(record.get("fbid")), created=time_of(record, fields),
        own_words=False,
        address=link, details=(("state", state),),
    )  # fmt: skip


_PROFILE = ("username", "name", "website", "gender", "private")
_PUBLIC: dict[str, Who] = {"true": "followers", "false": "public"}  # who sees a private account, or another


def profile(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield the profile and the text about themselves. Phone, mail address and birthday are dropped."""
    fields = entries(record)
    known = [(role, said(fields, role)) for role in _PROFILE if said(fields, role)]
    open_ = [field for field in fields if field.value and not field.role]
    bio = said(fields, "bio") or next((field.value for field in open_ if len(field.value.split()) > 3), "")
    plain = [field for field in open_ if field.value != bio]
    kept = [(field.label, field.value) for field in plain if not _hidden(field.label, field.value)]
    private = said(fields, "private").casefold()
    seen = Audience(_PUBLIC[private], "account", "Private Account") if private in _PUBLIC else UNKNOWN
    pictures = (record.get("media_map_data") or {}).values()
    media = tuple(Media(text(within(each, "uri"))) for each in pictures if text(within(each, "uri")))
    yield Item("profile", platform, pointer, key="profile", own_words=False, audience=seen, media=media,
               details=(*known, *kept))  # fmt: skip
    if bio:
        yield Item("bio", platform, pointer, bio, key="bio", audience=seen)
    dropped = [field for field in fields if field.value and field.role in ("email", "phone", "birth")]
    dropped += [field for field in plain if _hidden(field.label, field.value)]
    yield from (Removed(pointer, field.label, 1) for field in dropped)


_DATE = re.compile(r"\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./]\d{4}\b")


def _hidden(label: str, value: str) -> bool:
    """Say whether a field of a profile is dropped; in an unknown language a date may be a birthday."""
    return secret(label, value) or bool(_DATE.search(value))


# The flat files, to 2020: maps of names to times, and rows of a time and a text.


def _flat_media(member: Member) -> Iterator[Located]:
    held = mended(json_whole(member))
    for kind in ("photos", "videos", "stories", "profile"):
        for number, each in enumerate(many(held.get(kind))):
            yield f"/{kind}/{number}", each


def _flat_post(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    kinds: dict[str, Kind] = {"stories": "story", "profile": "photo"}
    yield from post(platform, record, pointer, kinds.get(pointer.locator.split("/")[1], "post"))


def _flat_rows(member: Member) -> Iterator[Located]:
    held = mended(json_whole(member))
    for kind, rows in held.items():
        for number, row in enumerate(many(rows)):
            yield f"/{kind}/{number}", row


_FLAT: dict[str, tuple[Kind, str, str]] = {
    "followers": ("contact", "received", "accepted"), "following": ("contact", "sent", "accepted"),
    "blocked_users": ("contact", "sent", "blocked"), "restricted_users": ("contact", "sent", "restricted"),
    "close_friends": ("contact", "sent", "close friend"), "follow_requests_sent": ("request", "sent", "pending"),
    "permanent_follow_requests": ("request", "sent", "pending"), "follow_requests_received": ("request", "received",
    "pending"),
}  # fmt: skip


def _flat_names(member: Member) -> Iterator[Located]:
    """Yield each contact; the pointer leads to its map, since the key within is another's name."""
    for kind, names in mended(json_whole(member)).items():
        for name, at in (names if isinstance(names, dict) else {}).items():
            yield f"/{kind}", (kind, name, at)


def _flat_contact(platform: str, record: Any, pointer: Pointer) -> Iterator[Item]:
    which, name, at = record
    if which in _FLAT:
        kind, direction, state = _FLAT[which]
        details = (("handle", name), ("direction", direction), ("state", state))
        yield Item(kind, platform, pointer, created=moment(at), own_words=False, details=details)


# The table, the names of its files, the keys that wrap its records, and what each record is.
_DIRECTED: meta.Directed = (
    ("followers", r"followers(_\d+)?", r"relationships_followers", "contact", "received", "accepted"),
    ("following", r"following(_\d+)?", r"relationships_following", "contact", "sent", "accepted"),
    ("close friends", r"close_friends", r"relationships_close_friends", "contact", "sent", "close friend"),
    ("blocked", r"blocked_(profiles|accounts)", r"relationships_blocked_users", "contact", "sent", "blocked"),
    ("restricted", r"restricted_(profiles|accounts)", r"relationships_restricted_users", "contact", "sent",
     "restricted"),
    ("hidden stories", r"hide_story_from", r"relationships_hide_stories_from", "contact", "sent", "story hidden"),
    ("sent requests", r"pending_follow_requests", r"relationships_follow_requests_sent", "request", "sent", "pending"),
    ("received requests", r"follow_requests_you_ve_received", r"relationships_follow_requests_received",
     "request", "received", "pending"),
    ("recent requests", r"recent_follow_requests", r"relationships_permanent_follow_requests", "request", "sent",
     "pending"),
    ("unfollowed", r"recently_unfollowed_(profiles|accounts)", r"relationships_unfollowed_users",
     "contact", "sent", "removed"),
    ("removed suggestions", r"removed_suggestions", r"relationships_dismissed_suggested_users", "contact", "",
     "suggested"),
)  # fmt: skip


SOURCES = (
    Source("profile", "personal_information|profile", r"profile_user|profile_user_v\d", profile,
           "personal_information"),
    Source("profile changes", "profile_changes", r"profile_profile_change", partial(meta_items.setting,
           name="profile change")),
    Source("posts", r"posts(_\d+)?|photos_and_videos", r"ig_posts|ig_photos?", post, "media|content",
           rb'"media"\s*:\s*[\[{](?s:.{0,400})"creation_timestamp"', "post"),
    Source("flat posts", "media", "photos|videos|stories", _flat_post, records=_flat_media),
    Source("archived posts", r"archived_posts(_\d+)?", r"ig_archived_post_media", post, page="post"),
    Source("stories", r"stories(_\d+)?", r"ig_stories", partial(post, kind="story"), page="story"),
    Source("reels", r"(reels|igtv_videos)(_\d+)?", r"ig_reels_media|ig_igtv_media", post, page="post"),
    Source("other posts", r"other_content", r"ig_other_media", post, page="post"),
    Source("profile photos", r"profile_photos", r"ig_profile_picture", partial(post, kind="photo")),
    Source("deleted posts", r"recently_deleted_content", r"ig_recently_deleted_media", partial(post, kind="deleted"),
           page="deleted"),
    Source("reposts", r"reposts", r"ig_reposts?\w*", partial(post, kind="repost")),
    Source("comments", r"(post|reels)_comments(_\d+)?|hype", r"comments_(media|reels|story|live)_comments", comment,
           "comments",
           rb'"Comment"\s*:', "comment"),
    Source("flat comments", "comments", r"media_comments|live_comments|story_comments", comment, records=_flat_rows),
    Source("likes", r"liked_(posts|comments)|story_likes", r"likes_\w+", like, "likes"),
    Source("flat likes", "likes", r"media_likes|comment_likes", like, records=_flat_rows),
    Source("saved", r"saved_(posts|collections)", r"saved_\w+", partial(like, state="saved"), "saved"),
    *meta.directed(_DIRECTED),
    Source("flat contacts", "connections", "|".join(_FLAT), _flat_contact, records=_flat_names),
    Source("logins", r"login_activity", r"account_history_login_history|login_history", partial(meta_items.session,
           event="login")),
    Source("logouts", r"logout_activity", r"account_history_logout_history", partial(meta_items.session,
           event="logout")),
    Source("devices", r"devices|camera_information", r"devices_\w+", partial(meta_items.session, event="device")),
    Source("sign-up", r"(instagram_)?signup_(details|information)", r"account_history_registration_info",
           partial(meta_items.session, event="sign-up")),
    Source("password changes", r"password_change_activity", r"account_history_password_change_history",
           partial(meta_items.session, event="password change")),
    Source("last place", r"last_known_location", r"account_history_imprecise_last_known_location\w*",
           partial(meta_items.withheld, name="last known place")),
    Source("address book", r"synced_contacts|uploaded_contacts", r"contacts_contact_info",
           partial(meta_items.withheld, name="contacts of others")),
    Source("phone numbers", r"possible_phone_numbers", r"inferred_data_\w*phone\w*", partial(meta_items.withheld,
           name="phone numbers")),
    Source("privacy changes", r"profile_privacy_changes|account_privacy_changes",
           r"account_history_account_privacy_history",
           partial(meta_items.setting, name="account privacy")),
    Source("settings", r"comments_allowed_from|use_cross-app_messaging|professional_information|"
           r"linked_meta_accounts|consents|settings", r"settings_\w+|profile_business", meta_items.setting),
    Source("apps", r"apps_and_websites|active_apps|expired_apps|your_activity_off_meta_technologies(_\w+)?",
           r"apps_and_websites_\w+", meta_items.app),
    Source("contacts of unknown direction", r"\?", r"\?", partial(meta_items.contact, state="unknown"),
           shape=rb'"string_list_data"'),
)  # fmt: skip


_ERAS = (
    ("your_instagram_activity/media/", "2025"), ("story_interactions/", "2025"), ("your_instagram_activity/", "2024"),
    ("account_information/", "2021-22"), ("personal_information/", "2022-23"),
)  # fmt: skip


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None where nothing in them is Instagram's."""
    return meta.recognition("instagram", files, SOURCES, ROOT, _generation)


def _generation(members: list[Member]) -> str:
    if any(member.base in ("media.json", "connections.json") for member in members):
        return "to 2020"
    if any(b'"label_values"' in meta_open.start_of(member) for member in meta_open.data_of(members)):
        return "late 2025 on"
    names = "\n".join(member.folded for member in members)
    return next((era for mark, era in _ERAS if mark in names), "2021-23")


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything in Instagram's share of the files."""
    yield from meta.read_all("instagram", meta_open.share(files)["instagram"], SOURCES, options)


INSTAGRAM = Platform("instagram", "Instagram", recognise, read)
