"""Facebook's export, from 2018 to now: posts, comments, groups, photos, profile, contacts, apps and logins."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from forethought.footprint.archives import meta, meta_items, meta_open
from forethought.footprint.archives.decode import Located, json_whole
from forethought.footprint.archives.files import Files, Member
from forethought.footprint.archives.meta import Source
from forethought.footprint.archives.meta_items import Made
from forethought.footprint.archives.meta_labels import entries, said, time_of, words, words_among
from forethought.footprint.archives.platform import Options, Platform, Recognition
from forethought.footprint.archives.values import epoch, many, mended, text, within
from forethought.footprint.item import UNKNOWN, Audience, Item, Kind, Media, Pointer, Problem, Record, Removed

ROOT = "your_facebook_activity|your_activity_across_facebook"
IN_GROUP = Audience("group", "post", "the file of posts and comments in groups")


@dataclass(slots=True)
class Attached:
    """What hangs on a post: pictures, addresses, places and words, and what was dropped."""

    media: list[Media] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    facts: dict[str, str] = field(default_factory=dict)
    dropped: list[Removed] = field(default_factory=list)

    def add(self, entry: Any, pointer: Pointer) -> None:
        """Take one attachment."""
        for each in many(entry.get("media")):
            self.picture(each, pointer)
        for each in many(entry.get("external_context")):
            self.links.append((text(each.get("url")), text(each.get("name"))))
        for each in many(entry.get("place")):
            self.place(each)
        self.words += [text(each) for each in many(entry.get("text")) if text(each)]

    def picture(self, each: Any, pointer: Pointer) -> None:
        """Take a picture with its description, and what its metadata tells."""
        self.media.append(Media(text(each.get("uri")), text(each.get("description"))))
        if "media_metadata" in each:
            facts, dropped = meta_items.photo_facts(each["media_metadata"], pointer)
            self.facts |= dict(facts)
            self.dropped += dropped
        self.dropped += [Removed(pointer, "comments", len(many(each.get("comments"))))] if each.get("comments") else []

    def place(self, each: Any) -> None:
        """Take a place: its name, and where it is to about ten kilometres."""
        if text(each.get("name")):
            self.facts["place"] = text(each["name"])
        for name, value in (each.get("coordinate") or {}).items():
            self.facts[name] = meta_items.coarse(value)


def _attached(record: Any, pointer: Pointer) -> Attached:
    found = Attached()
    for attachment in many(record.get("attachments")):
        for entry in many(attachment.get("data")):
            found.add(entry, pointer)
    for each in many(record.get("media")):
        found.picture(each, pointer)
    return found


def _merged(record: Any) -> dict[str, Any]:
    """Return the one-key objects of a record's data as one."""
    return {key: value for each in many(record.get("data")) for key, value in each.items()}


def _post(
    platform: str, record: Any, pointer: Pointer, kind: Kind = "post", audience: Audience = UNKNOWN
) -> Iterator[Made]:
    """Yield a post. Its title is a sentence of Facebook's own that may name others, so it is left out."""
    data, found = _merged(record), _attached(record, pointer)
    fields = entries(record) if "label_values" in record else []
    written = words(data.get("post")) or words_among(fields, "text", "comment")
    described = "\n".join(dict.fromkeys(each.alt for each in found.media if each.alt))
    link, shared = found.links[0] if found.links else (meta_items.address_of(fields), "")
    own = written or described
    shown = own or "\n".join(found.words) or shared
    yield from meta_items.broken_letters(shown, pointer)
    yield Item(
        "repost" if link and not own and not found.media else kind,
        platform,
        pointer,
        shown,
        key=text(record.get("fbid")),
        created=time_of(record, fields),
        own_words=bool(own),
        audience=audience,
        address=link,
        media=tuple(each for each in found.media if each.name),
        details=_facts(record, data, found, fields),
    )
    yield from found.dropped


def _facts(record: Any, data: dict[str, Any], found: Attached, fields: Any) -> tuple[tuple[str, str], ...]:
    facts = dict(found.facts)
    place, group = said(fields, "place"), said(fields, "group")
    facts |= {name: value for name, value in (("place", place), ("group", group)) if value}
    for name, key in (("edited", "update_timestamp"), ("backdated", "backdated_timestamp")):
        at = epoch(data[key]).at if key in data else None
        facts |= {name: at.isoformat()} if at else {}
    tagged = len(many(record.get("tags")))
    return tuple(facts.items()) + ((("tagged", str(tagged)),) if tagged else ())


def _comment(platform: str, record: Any, pointer: Pointer, audience: Audience = UNKNOWN) -> Iterator[Made]:
    """Yield a comment. Whether it answers another comment is told in no field, so none is said to be a reply."""
    told = _merged(record).get("comment")
    told = told[0] if isinstance(told, list) and told else told if isinstance(told, dict) else {}
    fields = entries(record) if "label_values" in record else []
    written = words(told.get("comment")) or words_among(fields, "comment", "text")
    group = text(told.get("group")) or said(fields, "group")
    found = _attached(record, pointer)
    yield from meta_items.broken_letters(written, pointer)
    yield Item(
        "comment",
        platform,
        pointer,
        written,
        key=text(record.get("fbid")),
        created=time_of(record, fields) if record.get("timestamp") or fields else epoch(told.get("timestamp")),
        own_words=bool(written),
        audience=IN_GROUP if group else audience,
        address=found.links[0][0] if found.links else meta_items.address_of(fields),
        media=tuple(each for each in found.media if each.name),
        details=(*found.facts.items(), *((("group", group),) if group else ())),
    )
    yield from found.dropped


def _grouped(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield a post or a comment in a group: one file holds both."""
    if "comment" in _merged(record):
        yield from _comment(platform, record, pointer, IN_GROUP)
    else:
        yield from _post(platform, record, pointer, audience=IN_GROUP)


def _membership(platform: str, record: Any, pointer: Pointer) -> Iterator[Item]:
    fields = entries(record) if "label_values" in record else []
    name = text(_merged(record).get("name")) or text(record.get("name")) or said(fields, "group", "name")
    details = (("setting", "group"), ("group", name))
    yield Item("setting", platform, pointer, created=time_of(record, fields), own_words=False, details=details)


def _photo(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield a picture or a film with its description, which is the person's own."""
    found = Attached()
    found.picture(record, pointer)
    name, written = text(record.get("uri")), words(record.get("description"))
    album = ((("album", record["album"]),) if text(record.get("album")) else ()) + tuple(found.facts.items())
    yield from meta_items.broken_letters(written, pointer)
    yield Item(
        "photo", platform, pointer, written, name.rpartition("/")[2], time_of(record), bool(written),
        media=tuple(each for each in found.media if each.name), details=album,
    )  # fmt: skip
    yield from found.dropped


def _album(member: Member) -> Iterator[Located]:
    """Yield an album's description and each of its pictures."""
    for number, album in enumerate(many(mended(json_whole(member)))):
        at = f"/{number}" if number else ""
        name = text(album.get("name"))
        if text(album.get("description")):
            yield (
                at,
                {"description": album["description"], "album": name, "timestamp": album.get("last_modified_timestamp")},
            )
        for place, photo in enumerate(many(album.get("photos"))):
            yield f"{at}/photos/{place}", {**photo, "album": name} if isinstance(photo, dict) else photo


def _reaction(platform: str, record: Any, pointer: Pointer) -> Iterator[Item]:
    fields = entries(record) if "label_values" in record else []
    kind = text(within(_merged(record).get("reaction"), "reaction"))
    link = meta_items.address_of(fields)
    details = (("reaction", kind),) if kind else ()
    key = text(record.get("fbid")) or link
    yield Item("like", platform, pointer, "", key, time_of(record, fields), False, address=link, details=details)


# What a profile tells: the name of the fact, where it stands, and under which keys its words are.
_PROFILE = (
    ("username", ("username",)), ("address", ("profile_uri",)), ("city", ("current_city",)), ("home town",
     ("hometown",)),
    ("gender", ("gender",)), ("name", ("name",)), ("previous name", ("previous_names",)), ("other name",
     ("other_names",)),
    ("school", ("education_experiences",)), ("work", ("work_experiences",)), ("website", ("websites",)),
    ("language", ("languages",)),
)  # fmt: skip
_WORDED = ("full_name", "employer", "title", "name", "address", "gender_option", "url")
_BIO = ("intro_bio", "about_me", "favorite_quotes")
_WITHHELD = (
    "emails", "birthday", "relationship", "family_members", "phone_numbers", "address", "interested_in",
    "political_view",
    "religious_view", "blood_info", "previous_relationships",
)  # fmt: skip


def _profile(platform: str, record: Any, pointer: Pointer) -> Iterator[Made]:
    """Yield the profile's facts, its texts as the person wrote them, and how much was dropped."""
    facts = [(name, said) for name, path in _PROFILE for each in many(within(record, *path)) if (said := _worded(each))]
    joined = epoch(record.get("registration_timestamp"))
    yield Item("profile", platform, pointer, key="profile", created=joined, own_words=False, details=tuple(facts))
    for name in _BIO:
        told = _worded(record.get(name))
        if told:
            yield Item("bio", platform, pointer, told, key=name, details=(("field", name),))
    for work in many(record.get("work_experiences")):
        if text(within(work, "description")):
            yield Item("bio", platform, pointer, text(work["description"]), details=(("field", "work"),))
    for name in _WITHHELD:
        count = _filled(record.get(name))
        if count:
            yield Removed(pointer, name, count)


def _worded(value: Any) -> str:
    """Return what a value says: itself, or the first two of its fields that hold words."""
    if isinstance(value, dict):
        return ", ".join([said for key in _WORDED if (said := _worded(value.get(key)))][:2])
    return text(value)


def _filled(value: Any) -> int:
    """Return how many entries a field holds, at any depth of lists."""
    if isinstance(value, list):
        return sum(map(_filled, value))
    if isinstance(value, dict) and any(isinstance(each, list) for each in value.values()):
        return sum(_filled(each) for each in value.values())
    return bool(value)


_DIRECTED: meta.Directed = (
    ("friends", r"(your_)?friends", r"friends(_v\d)?", "contact", "", "accepted"),
    ("received requests", r"(received_friend_requests|friend_requests_received)", r"received_requests(_v\d)?",
     "request", "received", "pending"),
    ("sent requests", r"(sent_friend_requests|friend_requests_sent)", r"sent_requests(_v\d)?", "request", "sent",
     "pending"),
    ("rejected requests", r"rejected_friend_requests", r"rejected_requests(_v\d)?", "request", "received", "declined"),
    ("removed friends", r"removed_friends", r"deleted_friends(_v\d)?", "contact", "", "removed"),
    ("following", r"who_you_ve_followed|following", r"following(_v\d)?", "contact", "sent", "accepted"),
    ("followers", r"people_who_followed_you|followers", r"followers(_v\d)?", "contact", "received", "accepted"),
    ("blocked", r"blocked_(profiles|people|users)", r"blocked_\w+", "contact", "sent", "blocked"),
    ("suggested", r"people_you_may_know", r"people_you_may_know(_v\d)?", "contact", "", "suggested"),
)  # fmt: skip

SOURCES = (
    Source("profile", "profile_information", r"profile(_v\d)?", _profile, "profile_information"),
    Source("profile changes", "profile_update_history", r"profile_updates?(_v\d)?", partial(_post, kind="setting")),
    Source("group posts", r"group_posts_and_comments|your_posts_in_groups|group_posts", r"group_posts(_v\d)?",
           _grouped, "groups", page="post"),
    Source("group comments", r"(your_)?comments_in_groups", r"group_comments(_v\d)?",
           partial(_comment, audience=IN_GROUP), "groups", page="comment"),
    Source("memberships", r"your_group_membership_activity|your_groups", r"groups_(joined|admined)(_v\d)?",
           _membership, "groups"),
    Source("comments", r"comments(_\d+)?|your_comments(_\d+)?", r"comments(_v\d)?", _comment,
           r"comments(_and_reactions)?", rb'"comment"\s*:', "comment"),
    Source("stories", r"archived_stories|stories(_\d+)?", r"(archived_)?stories(_v\d)?", partial(_post, kind="story"),
           "stories", page="story"),
    Source("deleted posts", r"(your_)?(trash|recently_deleted)\w*", r"trash\w*", partial(_post, kind="deleted")),
    Source("albums", r"\d+", r"\?", _photo, "album", records=_album),
    Source("photos", r"your_(uncategorized_)?photos", r"other_photos(_v\d)?", _photo),
    Source("videos", r"your_videos", r"videos(_v\d)?", _photo),
    Source("posts", r"(your|profile)_posts(_.*)?|posts_on_other_\w+|archive|your_pinned_posts",
           r"posts(_v\d)?|status_updates", _post, "posts", rb'"(post|attachments|update_timestamp)"\s*:', "post"),
    Source("reactions", r"likes_and_reactions(_\d+)?|posts_and_comments", r"reactions(_v\d)?", _reaction),
    *meta.directed(_DIRECTED),
    Source("apps", r"(installed|connected)_apps\w*|apps_and_websites|your_apps", r"installed_apps(_v\d)?",
           meta_items.app),
    Source("app permissions", r"permissions_you_have_granted_to_apps", r"\?",
           partial(meta_items.setting, name="app permission")),
    Source("off-platform activity", r"your_off-facebook_activity|your_activity_off_meta_technologies",
           r"off_facebook_activity(_v\d)?", meta_items.app),
    Source("sessions",
           r"where_you_re_logged_in|account_activity|logins_and_logouts|authorized_logins|recognized_devices|"
           r"ip_address_activity|devices|your_devices|record_details|administrative_records|login_\w+",
           r"(active_sessions|account_activity|account_accesses|used_ip_address|devices|admin_records|"
           r"recognized_devices)(_v\d)?",
           meta_items.session),
    Source("cookies", r"browser_cookies|datr_cookie_info|mobile_devices",
           r"(browser_cookies|datr\w*|mobile_devices)(_v\d)?",
           partial(meta_items.withheld, name="cookies and device keys")),
    Source("address book", r"(your_)?(address_books|imported_contacts|contacts_uploaded\w*)", r"address_book(_v\d)?",
           partial(meta_items.withheld, name="contacts of others")),
    Source("audience hints", r"your_post_audiences|privacy_settings|your_content_visibility_notification_history",
           r"\?", partial(meta_items.setting, name="audience")),
    Source("settings", r"primary_(public_)?location|timezone|language_and_locale|your_topics|ads_interests|"
           r"advertisers_\w+|account_status_changes",
           r"(primary_location|timezone|topics|language_and_locale|inferred_topics|"
           r"custom_audiences\w*)(_v\d)?", meta_items.setting),
)  # fmt: skip


def recognise(files: Files) -> Recognition | None:
    """Return what the files are taken for, or None where nothing in them is Facebook's."""
    return meta.recognition("facebook", files, SOURCES, ROOT, _generation)


def _generation(members: list[Member]) -> str:
    data = meta_open.data_of(members)
    starts = (meta_open.start_of(member) for member in data if meta_open.MARKS["facebook"].search(member.folded))
    if any(b'"label_values"' in start for start in starts):
        return "2024 on"
    names = "\n".join(member.folded for member in members)
    if "your_facebook_activity/" in names or "your_activity_across_facebook/" in names:
        return "2023 on"
    keys = [meta_open.wrapper(meta_open.start_of(member))[0] for member in data[:20]]
    later = "comments_and_reactions/" in names or any(key.endswith(("_v2", "_v3")) for key in keys)
    return "2021-22" if later else "2018-20"


def read(files: Files, found: Recognition, options: Options) -> Iterator[Record]:
    """Yield everything in Facebook's share of the files."""
    shares = meta_open.share(files)
    yield from meta.read_all("facebook", shares["facebook"], SOURCES, options)
    unsure = shares[meta_open.UNSURE] if shares["instagram"] else []
    if unsure:
        what = f"{meta.count(len(unsure), 'file')} of Facebook or Instagram, left unread. Give each export by itself."
        yield Problem(unsure[0].at(), what)


FACEBOOK = Platform("facebook", "Facebook", recognise, read)
