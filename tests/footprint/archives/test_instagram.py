"""Instagram's exports of every era and of other languages are read, and nobody else's name leaves its place."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import Content, Imported, broken, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options
from forethought.footprint.item import Audience, Item, Media

AT = 1738657800  # 2025-02-04 08:30 UTC
ACTIVITY = "your_instagram_activity/"
AGENT = "Instagram 300.0.0 (iPhone14,5; iOS 17_0; en_GB; scale=3.00)"


@pytest.fixture(autouse=True)
def _all_of_meta(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = (("facebook", "FACEBOOK"), ("instagram", "INSTAGRAM"), ("threads", "THREADS"), ("plain", "PLAIN"))
    monkeypatch.setattr("forethought.footprint.archives.MODULES", modules)


def picture(title: str = "", number: int = 1, at: int = AT, **more: object) -> dict[str, object]:
    """Return a picture as Instagram writes it."""
    return {"uri": f"media/posts/202502/{number}.jpg", "creation_timestamp": at, "title": title, **more}


def field(value: str = "", at: int = 0, href: str = "") -> dict[str, object]:
    """Return one field of a map of labels."""
    return {"href": href, "value": value, "timestamp": at}


def commented(
    words: str, owner: str = "maya.lind", labels: tuple[str, str, str] = ("Comment", "Media Owner", "Time")
) -> object:
    """Return a comment as Instagram writes it, in any language."""
    text, whose, when = labels
    said = {text: field(words)} if words else {}
    return {"media_list_data": [], "string_map_data": {**said, whose: field(owner), when: {"timestamp": AT}}}


def followed(handle: str, at: int = AT, titled: bool = False) -> dict[str, object]:
    """Return a contact, with the handle where older or newer exports have it."""
    entry = {"href": f"https://www.instagram.com/{handle}", "timestamp": at}
    return {
        "title": handle if titled else "",
        "media_list_data": [],
        "string_list_data": [entry | ({} if titled else {"value": handle})],
    }


def labelled(*fields: dict[str, object], at: int = AT) -> dict[str, object]:
    """Return a record of the form of late 2025."""
    return {"timestamp": at, "media": [], "label_values": list(fields), "fbid": "17"}


PROFILE = {
    "profile_user": [
        {
            "title": "",
            "media_map_data": {"Profile Photo": {"uri": "media/profile/1.jpg", "creation_timestamp": AT}},
            "string_map_data": {
                "Email": field("wren@post.example"),
                "Phone Number": field("+447700900123"),
                "Username": field("wren.okoro"),
                "Name": field("Wren Okoro"),
                "Bio": field("Counsellor. Café and herons."),
                "Website": field("https://wren.example"),
                "Date of birth": field("1984-05-06"),
                "Private Account": field("False"),
            },
        }
    ]
}
POSTS = [
    {"media": [picture("Fog over the allotment")]},
    {"media": [picture("", 2), picture("", 3)], "title": "Two herons", "creation_timestamp": AT + 60},
]
NEW: dict[str, Content] = {
    "personal_information/personal_information/personal_information.json": PROFILE,
    f"{ACTIVITY}media/posts_1.json": POSTS,
    f"{ACTIVITY}comments/post_comments_1.json": [commented("Well said")],
    "connections/followers_and_following/followers_1.json": [followed("maya.lind")],
    "connections/followers_and_following/following.json": {
        "relationships_following": [followed("otto.berg", titled=True)]
    },
}
SPRING: dict[str, Content] = {name.replace("media/posts", "content/posts"): content for name, content in NEW.items()}
EARLY: dict[str, Content] = {
    "account_information/personal_information.json": PROFILE,
    "content/posts_1.json": POSTS,
    "comments/post_comments.json": {"comments_media_comments": [commented("Well said")]},
    "followers_and_following/followers.json": {"relationships_followers": [followed("maya.lind")]},
    "followers_and_following/following.json": {"relationships_following": [followed("otto.berg")]},
}
MIDDLE: dict[str, Content] = {
    "personal_information/personal_information.json": PROFILE,
    **{name: content for name, content in EARLY.items() if not name.startswith("account_information")},
}
FLAT: dict[str, Content] = {
    "profile.json": {
        "biography": "Counsellor. Café and herons.", "date_joined": "2015-03-04T10:00:00+00:00",
        "email": "wren@post.example",
        "username": "wren.okoro", "name": "Wren Okoro", "phone_number": "+447700900123", "private_account": False,
    },
    "media.json": {
        "stories": [{"caption": "A quick story", "taken_at": "2019-03-04T10:00:00+00:00", "path": "stories/1.jpg"}],
        "photos": [
            {"caption": "Fog over the allotment", "taken_at": "2019-02-04T10:00:00+02:00", "path": "photos/1.jpg",
            "location": "Elmgate"},
            {"caption": "Two herons", "taken_at": "2019-02-05T10:00:00+00:00", "path": "photos/2.jpg"},
        ],
    },
    "comments.json": {"media_comments": [["2019-05-06T07:08:09+00:00", "Well said", "maya.lind"]]},
    "connections.json": {
        "followers": {"maya.lind": "2018-01-02T03:04:05+00:00"},
        "following": {"otto.berg": "2018-01-02T03:04:05+00:00"},
        "follow_requests_sent": {"ada.finch": "2018-01-02T03:04:05+00:00"},
    },
    "likes.json": {"media_likes": [["2019-05-06T07:08:09+00:00", "maya.lind"]]},
    "messages.json": [
        {
            "participants": ["maya.lind", "wren.okoro"],
            "conversation": [
                {"sender": "wren.okoro", "created_at": "2019-05-06T07:08:09+00:00", "text": "See you at nine"},
                {"sender": "maya.lind", "created_at": "2019-05-06T07:07:09+00:00", "text": "My secret sorrow"},
            ],
        }
    ],
}  # fmt: skip


def details(item: Item) -> dict[str, str]:
    """Return an item's details."""
    return dict(item.details)


@pytest.mark.parametrize(
    ("members", "generation"),
    [(FLAT, "to 2020"), (EARLY, "2021-22"), (MIDDLE, "2022-23"), (SPRING, "2024"), (NEW, "2025")],
    ids=["2020", "2021", "2022", "2024", "2025"],
)
def test_every_era_is_read_alike(tmp_path: Path, members: dict[str, Content], generation: str) -> None:
    """Folders, keys and shapes change, and the posts, comments, profile and contacts stay the same."""
    got = Imported(zipped(tmp_path / "instagram.zip", broken(members)))
    (found,) = got.recognised
    assert ("instagram", generation, "json", "wren.okoro") == (
        found.platform,
        found.generation,
        found.form,
        found.account,
    )
    assert () == found.missing
    assert ["Fog over the allotment", "Two herons"] == got.texts("post")
    assert ["Well said"] == got.texts("comment")
    assert ["Counsellor. Café and herons."] == got.texts("bio")
    assert [("maya.lind", "received"), ("otto.berg", "sent")] == [
        (details(item)["handle"], details(item)["direction"]) for item in got.of("contact")
    ]
    assert [] == got.problems


def test_the_flat_files_of_2020_keep_their_offsets(tmp_path: Path) -> None:
    """Their times say how far from UTC they are; places, stories, requests and likes are there."""
    got = Imported(zipped(tmp_path / "f.zip", FLAT))
    item = got.of("post")[0]
    assert ("offset", "2019-02-04T10:00:00+02:00", "Elmgate") == (
        item.created.zone,
        item.created.raw,
        details(item)["place"],
    )
    assert ((Media("photos/1.jpg"),), "/photos/0") == (item.media, item.pointer.locator)
    assert ["A quick story"] == got.texts("story")
    assert [("ada.finch", "sent", "pending")] == [
        tuple(details(item)[name] for name in ("handle", "direction", "state")) for item in got.of("request")
    ]
    assert 1 == len(got.of("like"))
    (talk,) = got.of("message")
    assert {"messages": "2", "sent": "1", "name": "maya.lind"}.items() <= details(talk).items()


def test_the_caption_is_the_posts_or_its_only_pictures(tmp_path: Path) -> None:
    """The post's where there are several pictures; a picture's other title describes it."""
    posts = [
        {"media": [picture("First of two"), picture("", 2)], "title": "The post's own"},
        {"media": [picture("The picture's own")], "title": ""},
        {"media": [picture("", 4)], "title": "Only above"},
        {"media": [picture("Only within", 5), picture("", 6)]},
    ]
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_1.json": posts}))
    assert ["The post's own", "The picture's own", "Only above", "Only within"] == got.texts("post")
    assert Media("media/posts/202502/1.jpg", "First of two") == got.of("post")[0].media[0]


def test_times_come_from_the_post_or_its_first_picture(tmp_path: Path) -> None:
    """Both are seconds of UTC; who could see a post is not told."""
    first, second = Imported(zipped(tmp_path / "f.zip", NEW)).of("post")
    assert (datetime(2025, 2, 4, 8, 30, tzinfo=UTC), "utc") == (first.created.at, first.created.zone)
    assert AT + 60 == second.created.at.timestamp() if second.created.at else False
    assert Audience() == first.audience


def test_the_pointer_leads_back_to_the_record(tmp_path: Path) -> None:
    """In a bare list, under a key, and within a wrapper folder."""
    got = Imported(zipped(tmp_path / "f.zip", NEW, "instagram-wren.okoro-2025-03-04-AbC/"))
    assert [f"instagram-wren.okoro-2025-03-04-AbC/{ACTIVITY}media/posts_1.json#/{n}" for n in (0, 1)] == [
        f"{item.pointer.member}#{item.pointer.locator}" for item in got.of("post")
    ]
    assert "/relationships_following/0" == got.of("contact")[1].pointer.locator


def test_stories_reels_and_the_rest_are_read(tmp_path: Path) -> None:
    """Each under its own kind; what was reposted is not the person's own words."""
    folder = f"{ACTIVITY}media/"
    files = {
        **NEW,
        f"{folder}stories.json": {"ig_stories": [picture("A story")]},
        f"{folder}reels.json": {"ig_reels_media": [{"media": [picture("A reel")]}]},
        f"{folder}profile_photos.json": {"ig_profile_picture": [picture("Me")]},
        f"{folder}archived_posts.json": {"ig_archived_post_media": [{"media": [picture("Put away")]}]},
        f"{folder}recently_deleted_content.json": {"ig_recently_deleted_media": [{"media": [picture("Gone")]}]},
        f"{folder}reposts.json": [{"media": [picture("Another's words")]}],
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert {"A story": "story", "A reel": "post", "Me": "photo", "Put away": "post", "Gone": "deleted"}.items() <= {
        item.text: item.kind for item in got.items
    }.items()
    assert [False] == [item.own_words for item in got.of("repost")]


def test_where_a_picture_was_taken_is_coarse(tmp_path: Path) -> None:
    """To about ten kilometres; what identifies a device is dropped and counted."""
    exif = {"latitude": 51.50735, "longitude": -0.12776, "device_id": "android-9f3e1c77"}
    media = picture(
        "Here", media_metadata={"photo_metadata": {"exif_data": [exif]}}, cross_post_source={"source_app": "FB"}
    )
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_1.json": {"media": [media]}}))
    assert {"latitude": "51.5", "longitude": "-0.1", "posted from": "FB"} == details(got.of("post")[0])
    assert 1 == next(each.count for each in got.removed if each.field == "device_id")
    assert "android-9f3e1c77" not in got.everything()


def test_one_element_lists_that_became_objects_are_read(tmp_path: Path) -> None:
    """The file, a post's pictures, a map's entry, and the list under a key."""
    one = followed("maya.lind")
    one["string_list_data"] = one["string_list_data"][0]  # type: ignore[index]
    files = {
        **NEW,
        "personal_information/personal_information/personal_information.json": {
            "profile_user": PROFILE["profile_user"][0]
        },
        f"{ACTIVITY}media/posts_1.json": {"media": picture("Alone")},
        f"{ACTIVITY}comments/post_comments_1.json": commented("Only one"),
        "connections/followers_and_following/followers_1.json": one,
        "connections/followers_and_following/following.json": {"relationships_following": followed("otto.berg")},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert (["Alone"], ["Only one"], 2, 1) == (
        got.texts("post"),
        got.texts("comment"),
        len(got.of("contact")),
        len(got.of("bio")),
    )
    assert "" == got.of("post")[0].pointer.locator


def test_broken_letters_are_mended_in_words_and_keys(tmp_path: Path) -> None:
    """A label that is itself broken is still known."""
    labels = ("Commentaire", "Propriétaire du média", "Heure")
    files = {
        **NEW,
        f"{ACTIVITY}media/posts_1.json": [{"media": [picture("Été à la mer 🌊")]}],
        f"{ACTIVITY}comments/post_comments_1.json": [commented("Très bien", labels=labels)],
    }
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    assert (["Été à la mer 🌊"], ["Très bien"]) == (got.texts("post"), got.texts("comment"))


@pytest.mark.parametrize(
    ("labels", "language"),
    [
        (("Comment", "Media Owner", "Time"), "en"),
        (("Kommentar", "Medieninhaber", "Zeit"), "de"),
        (("Comentario", "Propietario del contenido multimedia", "Hora"), "es"),
        (("Opmerking", "Media-eigenaar", "Tijd"), "nl"),
        (("Yorum", "Medya sahibi", "Saat"), "tr"),
    ],
    ids=["en", "de", "es", "nl", "tr"],
)
def test_comments_are_read_in_known_languages(tmp_path: Path, labels: tuple[str, str, str], language: str) -> None:
    """Words and time come out, the owner's name does not, and the language is told."""
    files = {f"{ACTIVITY}comments/post_comments_1.json": [commented("nice", labels=labels)]}
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    assert [("nice", AT)] == [
        (item.text, item.created.at.timestamp() if item.created.at else 0) for item in got.of("comment")
    ]
    assert language == got.recognised[0].language
    assert "maya.lind" not in got.everything()


@pytest.mark.parametrize(
    ("words", "found"),
    [("Πολύ ωραίο κείμενο", "Πολύ ωραίο κείμενο"), ("bravo", "bravo"), ("", "")],
    ids=["words", "word", "none"],
)
def test_a_language_without_names_still_gives_comments_and_times(tmp_path: Path, words: str, found: str) -> None:
    """The words are told from the owner by their look and order; a comment that is a picture has none."""
    files = {f"{ACTIVITY}comments/post_comments_1.json": [commented(words, labels=("Σχόλιο", "Κάτοχος", "Ώρα"))]}
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    (item,) = got.of("comment")
    assert (found, bool(found), AT) == (
        item.text,
        item.own_words,
        item.created.at.timestamp() if item.created.at else 0,
    )
    assert "maya.lind" not in got.everything()


def test_an_archive_in_a_language_without_names_is_read(tmp_path: Path) -> None:
    """Posts, times, contacts and the text about the person; what looks like a number or a date is dropped."""
    profile = {
        "profile_user": [
            {
                "string_map_data": {
                    "Ηλεκτρονικό": field("wren@post.example"), "Τηλέφωνο": field("+447700900123"),
                    "Χρήστης": field("wren.okoro"),
                    "Βιογραφικό": field("Σύμβουλος στην πόλη, τα βράδια"), "Γέννηση": field("1984-05-06"),
                }
            }
        ]
    }  # fmt: skip
    files = {
        **NEW,
        "personal_information/personal_information/personal_information.json": profile,
        f"{ACTIVITY}comments/post_comments_1.json": [],
    }
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    assert ["Fog over the allotment", "Two herons"] == got.texts("post")
    assert all(item.created.at for item in got.of("post"))
    assert ["Σύμβουλος στην πόλη, τα βράδια"] == got.texts("bio")
    assert {"Χρήστης": "wren.okoro"} == details(got.of("profile")[0])
    assert {"Ηλεκτρονικό", "Τηλέφωνο", "Γέννηση"} == {each.field for each in got.removed}
    assert 2 == len(got.of("contact"))


def test_the_profile_says_who_sees_the_account_today(tmp_path: Path) -> None:
    """At the level of the account and from a named record; posts stay unknown, and secrets are counted only."""
    got = Imported(zipped(tmp_path / "f.zip", NEW))
    (item,) = got.of("profile")
    assert Audience("public", "account", "Private Account") == item.audience
    assert {
        "username": "wren.okoro",
        "name": "Wren Okoro",
        "website": "https://wren.example",
        "private": "False",
    } == details(item)
    assert (Media("media/profile/1.jpg"),) == item.media
    assert {"unknown"} == {each.audience.who for each in got.of("post")}
    assert {"Email": 1, "Phone Number": 1, "Date of birth": 1} == {each.field: each.count for each in got.removed}


def test_letter_case_and_a_new_name_of_the_photo_change_nothing(tmp_path: Path) -> None:
    """Labels drift in case from export to export."""
    record = {
        "media_map_data": {"Profile photo": {"uri": "media/profile/2.jpg"}},
        "string_map_data": {"USERNAME": field("wren.okoro"), "bio": field("Here"), "private account": field("True")},
    }
    files = {**NEW, "personal_information/personal_information/personal_information.json": {"profile_user": [record]}}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert (["Here"], "followers") == (got.texts("bio"), got.of("profile")[0].audience.who)
    assert (Media("media/profile/2.jpg"),) == got.of("profile")[0].media


def test_contacts_and_requests_have_direction_and_state(tmp_path: Path) -> None:
    """The handle is found in the value, in the title, in a labelled field, or at the end of the address."""
    folder = "connections/followers_and_following/"
    nested = labelled({"title": "Profile", "dict": [{"label": "Username", "value": "ada.finch"}]})
    only_link = {"string_list_data": [{"href": "https://www.instagram.com/_u/ben.rook?x=1", "timestamp": AT}]}
    files = {
        **NEW,
        f"{folder}followers_1.json": [],
        f"{folder}following.json": {"relationships_following": [only_link]},
        f"{folder}close_friends.json": {"relationships_close_friends": [followed("maya.lind")]},
        f"{folder}blocked_profiles.json": {"relationships_blocked_users": [followed("maya.lind", titled=True)]},
        f"{folder}pending_follow_requests.json": {"relationships_follow_requests_sent": [followed("maya.lind")]},
        f"{folder}follow_requests_you've_received.json": {
            "relationships_follow_requests_received": [followed("maya.lind")]
        },
        f"{folder}recently_unfollowed_profiles.json": [nested],
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    facts = [
        tuple(details(item).get(name) for name in ("handle", "direction", "state"))
        for item in got.of("contact", "request")
    ]
    assert {
        ("ben.rook", "sent", "accepted"), ("maya.lind", "sent", "close friend"), ("maya.lind", "sent", "blocked"),
        ("maya.lind", "sent", "pending"), ("maya.lind", "received", "pending"), ("ada.finch", "sent", "removed"),
    } == set(facts)  # fmt: skip
    assert "empty" == got.tables["followers"].state
    assert all(item.created.at for item in got.of("contact", "request"))


def test_likes_of_both_forms_keep_their_address_and_no_name(tmp_path: Path) -> None:
    """The older list of strings and the newer list of labels, beside what was saved."""
    old = {
        "title": "maya.lind",
        "string_list_data": [{"href": "https://www.instagram.com/p/1", "value": "👍", "timestamp": AT}],
    }
    new = labelled(
        {"label": "URL", "value": "https://www.instagram.com/p/2", "href": "https://www.instagram.com/p/2"},
        {"title": "Owner", "dict": [{"dict": [{"label": "Username", "value": "maya.lind"}]}]},
    )
    saved = {"title": "maya.lind", "string_map_data": {"Saved on": field(at=AT, href="https://www.instagram.com/p/3")}}
    files = {
        f"{ACTIVITY}likes/liked_posts.json": {"likes_media_likes": [old]},
        f"{ACTIVITY}likes/liked_comments.json": [new],
        f"{ACTIVITY}saved/saved_posts.json": {"saved_saved_media": [saved]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ["https://www.instagram.com/p/1", "https://www.instagram.com/p/2", "https://www.instagram.com/p/3"] == [
        item.address for item in got.of("like")
    ]
    assert {False} == {item.own_words for item in got.of("like")}
    assert "maya.lind" not in got.everything()
    assert "late 2025 on" == got.recognised[0].generation


LOGINS = "security_and_login_information/login_and_profile_creation/"


@pytest.mark.parametrize(
    "labels",
    [
        ("Cookie Name", "IP Address", "Language Code", "Port", "Time", "User Agent"),
        ("Όνομα", "Διεύθυνση", "Γλώσσα", "Θύρα", "Ώρα", "Πελάτης"),
    ],
    ids=["en", "unknown"],
)
def test_logins_keep_time_and_device_only(tmp_path: Path, labels: tuple[str, ...]) -> None:
    """In any language; cookie, address and port are dropped and counted by their field."""
    cookie, ip, language, port, when, agent = labels
    fields = {
        cookie: field("*************Gq7"), ip: field("203.0.113.77"), language: field("en"), port: field("44321"),
        when: {"timestamp": AT}, agent: field(AGENT),
    }  # fmt: skip
    record = {"title": "2025-02-04T08:30:00+00:00", "string_map_data": fields}
    files = {**NEW, f"{LOGINS}login_activity.json": {"account_history_login_history": [record]}}
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    (item,) = got.of("session")
    assert {"event": "login", "device": "iPhone"} == details(item)
    assert datetime(2025, 2, 4, 8, 30, tzinfo=UTC) == item.created.at
    assert {cookie, ip, language, port} <= {each.field for each in got.removed}
    assert not any(secret in got.everything() for secret in ("Gq7", "203.0.113.77", "44321"))


def test_settings_and_apps_are_read(tmp_path: Path) -> None:
    """A change of privacy with its time, and an app with when it was used."""
    files = {
        **NEW,
        f"{LOGINS}profile_privacy_changes.json": {
            "account_history_account_privacy_history": [
                {"title": "Switched to public", "string_map_data": {"Time": field(at=AT), "Value": field("Public")}}
            ]
        },
        "apps_and_websites_off_of_instagram/apps_and_websites.json": {
            "apps_and_websites_installed_apps": [{"title": "Puzzle", "string_map_data": {"Last used": field(at=AT)}}]
        },
        "apps_and_websites_off_of_instagram/your_activity_off_meta_technologies.json": {
            "apps_and_websites_off_meta_activity": [{"name": "shop.example", "events": [{"id": 1, "timestamp": AT}]}]
        },
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert [{"setting": "account privacy", "Value": "Public"}] == [details(item) for item in got.of("setting")]
    assert ["Puzzle", "shop.example"] == [details(item)["app"] for item in got.of("app")]
    assert all(item.created.at for item in got.of("setting"))


def test_address_book_and_last_place_are_dropped_and_counted(tmp_path: Path) -> None:
    """Others' numbers, and where the person was, are never read into an item."""
    person = {"string_map_data": {"First Name": field("Maya"), "Contact Information": field("+447700900456")}}
    place = {"string_map_data": {"Imprecise Latitude": field("51.50735"), "Imprecise Longitude": field("-0.12776")}}
    files = {
        **NEW,
        "connections/contacts/synced_contacts.json": {"contacts_contact_info": [person, person]},
        f"{LOGINS}last_known_location.json": {"account_history_imprecise_last_known_location": [place]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert {"contacts of others": 2, "last known place": 1}.items() <= {
        each.field: each.count for each in got.removed
    }.items()
    assert not any(secret in got.everything() for secret in ("Maya", "900456", "51.50735"))


def test_conversations_are_counted_and_own_words_read_only_when_asked(tmp_path: Path) -> None:
    """The other side's words never."""
    talk = {
        "participants": [{"name": "Maya Lind"}, {"name": "Wren Okoro"}],
        "messages": [
            {"sender_name": "Wren Okoro", "timestamp_ms": AT * 1000, "content": "Bis später, ü"},
            {"sender_name": "Maya Lind", "timestamp_ms": AT * 1000 + 1, "content": "My secret sorrow"},
        ],
    }
    files = broken({**NEW, f"{ACTIVITY}messages/inbox/mayalind_98765432/message_1.json": talk})
    silent = Imported(zipped(tmp_path / "f.zip", files))
    assert {"messages": "2", "sent": "1", "name": "Maya Lind"}.items() <= details(silent.of("message")[0]).items()
    assert "Bis" not in silent.everything()
    asked = Imported(tmp_path / "f.zip", options=Options(own_messages=True))
    assert ["Bis später, ü", ""] == asked.texts("message")
    assert "sorrow" not in asked.everything()


def test_posts_of_the_newest_form_are_read(tmp_path: Path) -> None:
    """Labelled fields with pictures beside them."""
    record = {
        **labelled({"label": "Caption", "value": "New form"}),
        "media": [{"uri": "media/9.jpg", "creation_timestamp": AT}],
    }
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_2.json": [record]}))
    item = next(each for each in got.of("post") if each.text == "New form")
    assert ((Media("media/9.jpg"),), "17") == (item.media, item.key)


def test_renamed_and_loose_files_are_known_by_what_they_hold(tmp_path: Path) -> None:
    """Posts, comments, profile and the lists under a key; a bare list of contacts without saying in which direction."""
    folder = unpacked(tmp_path / "f", {f"file {number}.json": content for number, content in enumerate(NEW.values())})
    got = Imported(*sorted(folder.iterdir()))
    assert ["Fog over the allotment", "Two herons"] == got.texts("post")
    assert (["Well said"], 1) == (got.texts("comment"), len(got.of("bio")))
    assert {("otto.berg", "sent"), ("maya.lind", None)} == {
        (details(item)["handle"], details(item).get("direction")) for item in got.of("contact")
    }


def test_several_zips_are_one_export(tmp_path: Path) -> None:
    """In any order, even where a part has no name that tells."""
    first = zipped(tmp_path / "a.zip", {name: NEW[name] for name in list(NEW)[:3]})
    second = zipped(tmp_path / "b.zip", {"connections/followers_and_following/following.json": list(NEW.values())[4]})
    got, turned = Imported(first, second), Imported(second, first)
    assert {item.id for item in got.items} == {item.id for item in turned.items}
    assert (2, 1, 1) == (len(got.of("post")), len(got.of("comment")), len(got.of("contact")))


def test_facebook_and_instagram_given_together_are_kept_apart(tmp_path: Path) -> None:
    """Each file goes to its own platform, though names collide."""
    message = {"participants": [{"name": "A"}], "messages": [{"sender_name": "A", "timestamp_ms": AT * 1000}]}
    facebook = zipped(
        tmp_path / "facebook.zip",
        {
            "your_facebook_activity/posts/your_posts_1.json": [{"timestamp": AT, "data": [{"post": "On Facebook"}]}],
            "your_facebook_activity/messages/inbox/a_1111111/message_1.json": message,
            "connections/followers/following.json": {"following_v3": [{"name": "Otto Berg", "timestamp": AT}]},
        },
    )
    instagram = zipped(
        tmp_path / "instagram.zip", {**NEW, f"{ACTIVITY}messages/inbox/b_2222222/message_1.json": message}
    )
    got = Imported(facebook, instagram)
    assert {"facebook", "instagram"} == {found.platform for found in got.recognised}
    assert ["On Facebook"] == [item.text for item in got.of("post") if item.platform == "facebook"]
    assert {("facebook", "1111111"), ("instagram", "2222222")} == {
        (item.platform, item.key) for item in got.of("message")
    }
    assert ["facebook"] == [item.platform for item in got.of("contact") if "name" in details(item)]


def test_a_file_that_could_be_either_platforms_is_told(tmp_path: Path) -> None:
    """Where both lie mixed in one folder and a file says nothing of its own, it is left, and that is said."""
    files = {
        "your_facebook_activity/posts/your_posts_1.json": [{"timestamp": AT, "data": [{"post": "On Facebook"}]}],
        f"{ACTIVITY}media/posts_1.json": POSTS,
        "preferences/language.json": {"x": [1]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ["Fog over the allotment", "On Facebook", "Two herons"] == sorted(got.texts("post"))
    (problem,) = got.problems
    assert ("preferences/language.json", True) == (problem.pointer.member, "each export by itself" in problem.what)


@pytest.mark.parametrize("content", [b"", b"{\x00\xff", '[{"media": [{"uri": "x"'])
def test_a_file_that_cannot_be_read_costs_itself_only(tmp_path: Path, content: Content) -> None:
    """Its table says so, with one problem, and the others are read."""
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_1.json": content}))
    assert ("unreadable", 1) == (got.tables["posts"].state, len(got.problems))
    assert ["Well said"] == got.texts("comment")


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And its table is partial."""
    whole = json.dumps(POSTS)
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_1.json": whole[: whole.index("Two")]}))
    assert (["Fog over the allotment"], "partial") == (got.texts("post"), got.tables["posts"].state)


@pytest.mark.parametrize("bad", [7, ["x"], {"strange": 1}, {"media": ["x"]}, {"media": 5}])
def test_a_bad_record_costs_itself_only(tmp_path: Path, bad: object) -> None:
    """Its neighbours are read, and one problem says where it stands."""
    posts = [POSTS[0], bad, POSTS[1]]
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}media/posts_1.json": posts}))
    assert ["Fog over the allotment", "Two herons"] == got.texts("post")
    assert ["/1"] == [problem.pointer.locator for problem in got.problems if problem.pointer.locator]


def test_empty_and_absent_and_missing_are_told_apart(tmp_path: Path) -> None:
    """A note that there is nothing is empty; what is nowhere is absent, and missed by name."""
    files = {name: content for name, content in NEW.items() if "posts_1" not in name and "comments" not in name}
    got = Imported(zipped(tmp_path / "f.zip", {**files, f"{ACTIVITY}comments/no-data.txt": "nothing"}))
    assert ("absent", "empty", "present") == tuple(
        got.tables[name].state for name in ("posts", "comments", "followers")
    )
    assert ("posts",) == got.recognised[0].missing
    assert "all available information" in got.recognised[0].advice


CELLS = (
    '<html><body><div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><div class="_a6-p"><table>'
    '<tr><td colspan="2" class="_2pin _a6_q">{0}<div><div>Well said</div></div></td></tr>'
    '<tr><td colspan="2" class="_2pin _a6_q">{1}<div><div>maya.lind</div></div></td></tr>'
    '<tr><td class="_a6_q">{2}</td><td class="_a6_r">Feb 04, 2025 8:30 am</td></tr></table></div></div></body></html>'
)
CAPTION = (
    '<div class="_a6-g uiBoxWhite"><h2 class="_a6-h _a6-i">Fog over the allotment</h2><div class="_a6-p">'
    '<img src="media/1.jpg"/></div><div class="_a6-o">Feb 04, 2025 8:30 am</div></div>'
)


@pytest.mark.parametrize(
    ("labels", "words"),
    [(("Kommentar", "Medieninhaber", "Zeit"), "Well said"), (("Σχόλιο", "Κάτοχος", "Ώρα"), "")],
    ids=["de", "unknown"],
)
def test_an_html_copy_is_read_with_low_confidence(tmp_path: Path, labels: tuple[str, ...], words: str) -> None:
    """Captions and comments with their local times; in an unknown language no words, lest they be another's name."""
    files = {
        f"{ACTIVITY}media/posts_1.html": CAPTION,
        f"{ACTIVITY}comments/post_comments_1.html": CELLS.format(*labels),
        "connections/followers_and_following/followers_1.html": CELLS.format(*labels),
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ("html", True) == (got.recognised[0].form, got.recognised[0].confidence < 0.7)
    assert ([words], ["Fog over the allotment"]) == (got.texts("comment"), got.texts("post"))
    assert {datetime(2025, 2, 4, 8, 30)} == {item.created.at for item in got.of("post", "comment")}
    assert {(("from", "html"),)} == {item.details for item in got.of("post", "comment")}
    assert ("partial", "unreadable") == (got.tables["posts"].state, got.tables["followers"].state)
    assert "maya.lind" not in got.everything()


def test_planted_secrets_appear_nowhere(tmp_path: Path) -> None:
    """Whatever the field is called, by its name or by its shape."""
    secrets = (
        "wren@post.example",
        "447700900123",
        "203.0.113.77",
        "2001:db8::7:1",
        "c00kie9f8e7d6c5b4a39281706",
        "51.50735",
    )
    settings = {"string_map_data": {f"Setting {number}": field(secret) for number, secret in enumerate(secrets)}}
    files = {
        **NEW,
        "preferences/settings/comments_allowed_from.json": {"settings_allow_comments_from": [settings]},
        f"{LOGINS}signup_details.json": {"account_history_registration_info": [settings]},
        "personal_information/device_information/devices.json": {"devices_devices": [settings]},
        "link_history/link_history.json": [labelled({"label": "Website", "value": "https://private.example"})],
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert [] == [secret for secret in (*secrets, "private.example") if secret in got.everything()]
    assert any("not used" in problem.what for problem in got.problems)


def test_another_platforms_files_are_refused(tmp_path: Path) -> None:
    """Names in common are not enough."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "f", {"media.json": {"files": [1]}, "likes.json": {"orderedItems": []}}))


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """Each with its own pointer and id."""
    posts = [{"media": [picture(f"Thought {number}", number, AT + number)]} for number in range(10_000)]
    got = Imported(zipped(tmp_path / "f.zip", {f"{ACTIVITY}media/posts_1.json": posts}))
    assert 10_000 == len({item.id for item in got.of("post")}) == got.tables["posts"].read
    assert "/9999" == got.of("post")[-1].pointer.locator
