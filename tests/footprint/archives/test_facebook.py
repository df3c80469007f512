"""Facebook's exports of every era are read: posts, comments, groups, photos, profile, contacts, apps and messages."""

import gc
import json
import re
import weakref
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import Content, Imported, broken, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError, read
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.platform import Options
from forethought.footprint.item import Audience, Item, Media

AT = 1738657800  # 2025-02-04 08:30 UTC
SECRETS = (
    "datr-7Kq9ZxW2",
    "203.0.113.77",
    "wren@post.example",
    "+44 7700 900123",
    "Maya Lind",
    "Otto Berg",
    "51.50735",
)


@pytest.fixture(autouse=True)
def _only_facebook(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = (("facebook", "FACEBOOK"), ("plain", "PLAIN"))
    monkeypatch.setattr("forethought.footprint.archives.MODULES", modules)


def post(words: str = "Fog over the allotment", at: int = AT, **more: object) -> dict[str, object]:
    """Return a post as Facebook writes it."""
    return {
        "timestamp": at,
        "title": "Wren Okoro wrote on Maya Lind's timeline.",
        "data": [{"post": words}, {"update_timestamp": at + 100}],
        **more,
    }


def attached(**entry: object) -> dict[str, object]:
    """Return a list of attachments that holds one."""
    return {"attachments": [{"data": [entry]}]}


def comment(words: str, at: int = AT, **more: object) -> dict[str, object]:
    """Return a comment as Facebook writes it."""
    told = {"timestamp": at, "comment": words, "author": "Wren Okoro", **more}
    return {"timestamp": at, "title": "Wren Okoro replied to Otto Berg's comment.", "data": [{"comment": told}]}


PROFILE = {
    "profile_v2": {
        "name": {"full_name": "Wren Okoro", "first_name": "Wren", "last_name": "Okoro"},
        "emails": {"emails": ["wren@post.example"], "previous_emails": ["old-wren@post.example"]},
        "birthday": {"year": 1984, "month": 5, "day": 6},
        "gender": {"gender_option": "FEMALE"},
        "username": "wren.okoro",
        "registration_timestamp": 1262304000,
        "intro_bio": "Counsellor. I like café mornings.",
        "current_city": {"name": "Elmgate", "timestamp": 0},
        "family_members": [{"name": "Maya Lind"}, {"name": "Otto Berg"}],
        "relationship": {"status": "Married", "partner": "Maya Lind"},
        "work_experiences": [{"employer": "Elm House", "title": "Counsellor", "description": "Evenings only."}],
        "education_experiences": [{"name": "Elmgate College"}],
        "websites": [{"address": "wren.example"}],
        "phone_numbers": [{"phone_number": "+44 7700 900123"}],
    }
}
OLD: dict[str, Content] = {
    "posts/your_posts_1.json": [post(), post("Rain, again", AT + 60)],
    "comments/comments.json": {"comments": [comment("Well said")]},
    "friends/friends.json": {"friends": [{"name": "Maya Lind", "timestamp": AT}]},
    "profile_information/profile_information.json": {"profile": PROFILE["profile_v2"]},
}
MIDDLE: dict[str, Content] = {
    "posts/your_posts_1.json": [post(), post("Rain, again", AT + 60)],
    "comments_and_reactions/comments.json": {"comments_v2": [comment("Well said")]},
    "friends_and_followers/friends.json": {"friends_v2": [{"name": "Maya Lind", "timestamp": AT}]},
    "profile_information/profile_information.json": PROFILE,
}
ACTIVITY = "your_facebook_activity/"
NEW: dict[str, Content] = {
    f"{ACTIVITY}posts/your_posts__check_ins__photos_and_videos_1.json": [post(), post("Rain, again", AT + 60)],
    f"{ACTIVITY}comments_and_reactions/comments.json": {"comments_v2": [comment("Well said")]},
    "connections/friends/your_friends.json": {"friends_v2": [{"name": "Maya Lind", "timestamp": AT}]},
    "personal_information/profile_information/profile_information.json": PROFILE,
}


def labelled(*fields: dict[str, object], at: int = AT, **more: object) -> dict[str, object]:
    """Return a record of the newest form."""
    return {"timestamp": at, "media": [], "label_values": list(fields), "fbid": str(at), **more}


def details(item: Item) -> dict[str, str]:
    """Return an item's details."""
    return dict(item.details)


@pytest.mark.parametrize(
    ("members", "generation", "confidence"),
    [(OLD, "2018-20", 0.85), (MIDDLE, "2021-22", 0.85), (NEW, "2023 on", 0.95)],
    ids=["2018", "2021", "2023"],
)
def test_every_era_is_read_alike(
    tmp_path: Path, members: dict[str, Content], generation: str, confidence: float
) -> None:
    """From one era to the next the folders and the keys change, and what is read stays the same."""
    got = Imported(zipped(tmp_path / "facebook.zip", broken(members)))
    (found,) = got.recognised
    assert (generation, "json", "wren.okoro") == (found.generation, found.form, found.account)
    assert confidence <= found.confidence
    assert () == found.missing
    assert ["Fog over the allotment", "Rain, again"] == got.texts("post")
    assert ["Well said"] == got.texts("comment")
    assert ["accepted"] == [details(item)["state"] for item in got.of("contact")]
    assert {"posts": 2, "comments": 1, "friends": 1, "profile": 3} == {
        name: table.read for name, table in got.tables.items() if table.state == "present"
    }
    assert [] == got.problems


def test_a_post_keeps_its_moment_its_edit_and_no_audience(tmp_path: Path) -> None:
    """The seconds are UTC, and who could see a post is not in the export, so it is unknown."""
    item = Imported(zipped(tmp_path / "f.zip", NEW)).of("post")[0]
    assert datetime(2025, 2, 4, 8, 30, tzinfo=UTC) == item.created.at
    assert "2025-02-04T08:31:40+00:00" == details(item)["edited"]
    assert Audience() == item.audience
    assert item.own_words


def test_the_pointer_leads_back_to_the_record(tmp_path: Path) -> None:
    """Its member and its locator are those of the file as it is, wrapped or not."""
    got = Imported(zipped(tmp_path / "f.zip", NEW, "facebook-wren-2025/"))
    where = got.of("post")[1].pointer
    assert (f"facebook-wren-2025/{ACTIVITY}posts/your_posts__check_ins__photos_and_videos_1.json", "/1") == (
        where.member,
        where.locator,
    )
    assert "/comments_v2/0" == got.of("comment")[0].pointer.locator
    assert re.fullmatch("[0-9a-f]{64}", where.source)


def test_broken_letters_are_mended_in_words_and_keys(tmp_path: Path) -> None:
    """Text and keys that were written as Latin-1 come out whole; what was right stays, even beside an emoji."""
    words = "New café — ☔ für alle 🌧"
    group = {"group_posts_v2": [post(words, **attached(place={"name": "Łódź café"}))]}
    got = Imported(zipped(tmp_path / "f.zip", broken({**NEW, "g/group_posts_and_comments.json": group})))
    assert words in got.texts("post")
    assert "Łódź café" == next(details(item)["place"] for item in got.of("post") if item.text == words)
    right = Imported(zipped(tmp_path / "r.zip", {**NEW, "posts/your_posts_2.json": [post("café Łódź")]}))
    assert "café Łódź" in right.texts("post")


def test_letters_beyond_mending_are_kept_and_told(tmp_path: Path) -> None:
    """Text that was cut in the middle of a letter is kept as it is, and leaves a problem without its words."""
    got = Imported(
        zipped(tmp_path / "f.zip", {**NEW, "posts/your_posts_2.json": [post("caf\u00c3\u00a9 \u00e2\u0080")]})
    )
    assert "caf\u00c3\u00a9 \u00e2\u0080" in got.texts("post")
    (problem,) = got.problems
    assert "letters are broken" in problem.what
    assert "caf" not in problem.what


def test_one_element_lists_that_became_objects_are_read(tmp_path: Path) -> None:
    """At every level: the file, its data, its attachments, and a list under a key."""
    single = {
        "timestamp": AT,
        "data": {"post": "Alone"},
        "attachments": {"data": {"media": {"uri": "photos/1.jpg", "description": "A heron"}}},
    }
    members = {
        **NEW,
        f"{ACTIVITY}posts/your_posts__check_ins__photos_and_videos_1.json": single,
        f"{ACTIVITY}comments_and_reactions/comments.json": {"comments_v2": comment("Only one")},
        "connections/friends/your_friends.json": {"friends_v2": {"name": "Maya Lind", "timestamp": AT}},
    }
    got = Imported(zipped(tmp_path / "f.zip", members))
    assert ["Alone"] == got.texts("post")
    assert (Media("photos/1.jpg", "A heron"),) == got.of("post")[0].media
    assert ["Only one"] == got.texts("comment")
    assert ["/comments_v2"] == [item.pointer.locator for item in got.of("comment")]
    assert 1 == len(got.of("contact"))


def test_what_hangs_on_a_post_is_read(tmp_path: Path) -> None:
    """Pictures with descriptions, a place to about ten kilometres, an address; companions are only counted."""
    entries = [
        {"media": {"uri": "p/1.jpg", "description": "A heron", "creation_timestamp": AT}},
        {"place": {"name": "Elmgate", "coordinate": {"latitude": 51.50735, "longitude": -0.12776}}},
        {"external_context": {"name": "Heron Trust", "url": "https://herons.example/"}},
    ]
    record = {
        **post("Look"),
        "attachments": [{"data": entries}],
        "tags": [{"name": "Maya Lind"}, {"name": "Otto Berg"}],
    }
    item = Imported(zipped(tmp_path / "f.zip", {"posts/your_posts_1.json": [record]})).of("post")[0]
    assert (Media("p/1.jpg", "A heron"),) == item.media
    assert "https://herons.example/" == item.address
    assert {"place": "Elmgate", "latitude": "51.5", "longitude": "-0.1", "tagged": "2"}.items() <= details(item).items()


def test_words_that_stand_only_with_a_picture_are_the_persons_own(tmp_path: Path) -> None:
    """A picture's description is the text of a post that has no other."""
    record = {"timestamp": AT, **attached(media={"uri": "p/1.jpg", "description": "My new consulting room"})}
    item = Imported(zipped(tmp_path / "f.zip", {"posts/your_posts_1.json": [record]})).of("post")[0]
    assert ("My new consulting room", True) == (item.text, item.own_words)


def test_a_link_that_was_passed_on_is_not_the_persons_own_words(tmp_path: Path) -> None:
    """It is a repost: its title was written by another."""
    record = {"timestamp": AT, **attached(external_context={"name": "Ten tips", "url": "https://tips.example/"})}
    item = Imported(zipped(tmp_path / "f.zip", {"posts/your_posts_1.json": [record]})).of("repost")[0]
    assert ("Ten tips", False, "https://tips.example/") == (item.text, item.own_words, item.address)


def test_a_comment_is_never_said_to_be_a_reply(tmp_path: Path) -> None:
    """Only a sentence in the account's language tells, and it names others, so it is not kept."""
    got = Imported(zipped(tmp_path / "f.zip", NEW))
    assert ["comment"] == [item.kind for item in got.of("comment", "reply")]
    assert "Otto Berg" not in got.everything()


def test_a_comment_without_words_is_kept_as_a_picture(tmp_path: Path) -> None:
    """A sticker is no word of the person's."""
    sticker = {"timestamp": AT, **attached(media={"uri": "stickers/1.png"})}
    files = {**NEW, f"{ACTIVITY}comments_and_reactions/comments.json": {"comments_v2": [sticker]}}
    item = Imported(zipped(tmp_path / "f.zip", files)).of("comment")[0]
    assert ("", False, (Media("stickers/1.png"),)) == (item.text, item.own_words, item.media)


def test_groups_are_read_with_their_audience(tmp_path: Path) -> None:
    """A post or a comment in a group was seen by the group, as its file says, and the group's name is kept."""
    folder = f"{ACTIVITY}groups/"
    files = {
        **NEW,
        f"{folder}group_posts_and_comments.json": {"group_posts_v2": [post("To the group"), comment("In reply")]},
        f"{folder}your_comments_in_groups.json": {"group_comments_v2": [comment("So true", group="Grief in Elmgate")]},
        f"{folder}your_group_membership_activity.json": {
            "groups_joined_v2": [{"timestamp": AT, "data": [{"name": "Grief in Elmgate"}], "title": "You joined"}]
        },
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    seen = {item.text: item.audience.who for item in got.of("post", "comment")}
    assert {"To the group": "group", "In reply": "group", "So true": "group"}.items() <= seen.items()
    assert "unknown" == seen["Fog over the allotment"]
    assert "Grief in Elmgate" == details(next(item for item in got.items if item.text == "So true"))["group"]
    assert [("group", "Grief in Elmgate")] == [(details(i)["setting"], details(i)["group"]) for i in got.of("setting")]


def test_a_comment_that_names_its_group_was_seen_there(tmp_path: Path) -> None:
    """Even in the file of all comments."""
    held = {"comments_v2": [comment("So true", group="Grief in Elmgate"), comment("Well said")]}
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}comments_and_reactions/comments.json": held}))
    assert ["group", "unknown"] == [item.audience.who for item in got.of("comment")]


def test_a_settings_title_is_not_kept(tmp_path: Path) -> None:
    """It is a sentence that may name others; what was set is kept."""
    hint = {"timestamp": AT, "title": "Wren limited Maya Lind", "name": "Friends"}
    files = {**NEW, "preferences/your_post_audiences.json": [hint]}
    del files["connections/friends/your_friends.json"]
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert [{"setting": "audience", "name": "Friends"}] == [details(item) for item in got.of("setting")]
    assert "Maya Lind" not in got.everything()


def test_groups_of_2018_lie_one_key_deeper(tmp_path: Path) -> None:
    """The pointer still leads to the record."""
    inner = {"group_posts": {"activity_log_data": [post("To the group"), post("Again")]}}
    got = Imported(zipped(tmp_path / "f.zip", {**OLD, "groups/group_posts_and_comments.json": inner}))
    item = next(each for each in got.items if each.text == "Again")
    assert "/group_posts/activity_log_data/1" == item.pointer.locator


def test_albums_photos_and_videos_are_read(tmp_path: Path) -> None:
    """With their descriptions and their album; others' comments and the uploading address are only counted."""
    exif = {
        "photo_metadata": {"exif_data": [{"upload_ip": "203.0.113.77", "latitude": 51.50735, "longitude": -0.12776}]}
    }
    picture = {
        "uri": "album/1.jpg",
        "creation_timestamp": AT,
        "description": "Our waiting room",
        "media_metadata": exif,
        "comments": [{"timestamp": AT, "comment": "Lovely", "author": "Maya Lind"}],
    }
    files = {
        **NEW,
        f"{ACTIVITY}posts/album/0.json": {"name": "The practice", "description": "Where I work", "photos": [picture]},
        f"{ACTIVITY}posts/your_uncategorized_photos.json": {
            "other_photos_v2": [{"uri": "2.jpg", "creation_timestamp": AT}]
        },
        f"{ACTIVITY}posts/your_videos.json": {"videos_v2": [{"uri": "3.mp4", "description": "A walk"}]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ["Where I work", "Our waiting room", "", "A walk"] == got.texts("photo")
    item = got.of("photo")[1]
    assert {"album": "The practice", "latitude": "51.5", "longitude": "-0.1"} == details(item)
    assert "/photos/0" == item.pointer.locator
    assert {"upload_ip": 1, "comments": 1}.items() <= {each.field: each.count for each in got.removed}.items()
    assert "Lovely" not in got.everything()


def test_the_profile_is_read_without_what_is_others_or_secret(tmp_path: Path) -> None:
    """Facts and own texts are kept; addresses, numbers, birthday, partner and family are dropped and counted."""
    got = Imported(zipped(tmp_path / "f.zip", broken(NEW)))
    (profile,) = got.of("profile")
    facts = details(profile)
    assert {"name": "Wren Okoro", "username": "wren.okoro", "city": "Elmgate", "work": "Elm House, Counsellor"} == {
        name: facts[name] for name in ("name", "username", "city", "work")
    }
    assert "wren.example" == facts["website"]
    assert 2010 == profile.created.at.year if profile.created.at else False
    assert ["Counsellor. I like café mornings.", "Evenings only."] == got.texts("bio")
    dropped = {each.field: each.count for each in got.removed}
    assert {"emails": 2, "birthday": 1, "relationship": 1, "family_members": 2, "phone_numbers": 1} == dropped


def test_contacts_and_requests_have_direction_and_state(tmp_path: Path) -> None:
    """Their names stand in the details only, and the item has no words."""
    folder = "connections/friends/"
    one = [{"name": "Maya Lind", "timestamp": AT}]
    files = {
        **NEW,
        f"{folder}received_friend_requests.json": {"received_requests_v2": one},
        f"{folder}sent_friend_requests.json": {"sent_requests_v2": one},
        f"{folder}rejected_friend_requests.json": {"rejected_requests_v2": one},
        f"{folder}removed_friends.json": {"deleted_friends_v2": one},
        "connections/followers/who_you've_followed.json": {"following_v3": one},
        f"{folder}people_you_may_know.json": {"people_you_may_know_v2": [{"name": "Otto Berg"}]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    requests = [(details(item)["direction"], details(item)["state"]) for item in got.of("request")]
    assert [("received", "pending"), ("sent", "pending"), ("received", "declined")] == requests
    assert ["accepted", "removed", "accepted", "suggested"] == [details(item)["state"] for item in got.of("contact")]
    assert {""} == set(got.texts("contact", "request"))


def test_apps_sites_logins_and_settings_are_read(tmp_path: Path) -> None:
    """What feeds the room of accounts: an app's times, a site's visits, a login's coarse place and device."""
    files = {
        **NEW,
        "apps_and_websites/connected_apps_and_websites.json": {
            "installed_apps_v2": [
                {
                    "name": "Puzzle",
                    "added_timestamp": AT,
                    "removed_timestamp": AT + 60,
                    "user_app_scoped_id": 12345678901,
                }
            ]
        },
        "apps/your_activity_off_meta_technologies.json": {
            "off_facebook_activity_v2": [
                {
                    "name": "shop.example",
                    "events": [{"id": 1, "type": "PURCHASE", "timestamp": AT}, {"timestamp": AT + 9}],
                }
            ]
        },
        "security_and_login_information/account_activity.json": {
            "account_activity_v2": [
                {
                    "action": "Login",
                    "timestamp": AT,
                    "ip_address": "203.0.113.77",
                    "user_agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0)",
                    "datr_cookie": "datr-7Kq9ZxW2",
                    "city": "Elmgate",
                    "country": "GB",
                }
            ]
        },
        "preferences/timezone.json": {"timezone_v2": "Europe/London"},
        "logged/primary_location.json": {
            "primary_location_v2": {"city_region_pairs": [["Elmgate", "Shire"]], "zipcode": ["EG1"]}
        },
        "preferences/your_topics.json": {"topics_v2": [{"name": "Gardening"}, {"name": "Herons"}]},
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    puzzle, shop = got.of("app")
    assert ("Puzzle", "2025-02-04T08:31:00+00:00") == (details(puzzle)["app"], details(puzzle)["removed"])
    assert AT == puzzle.created.at.timestamp() if puzzle.created.at else False
    assert ("shop.example", "2") == (details(shop)["app"], details(shop)["events"])
    (login,) = got.of("session")
    assert {"action": "Login", "device": "iPhone", "city": "Elmgate", "country": "GB"} == details(login)
    assert datetime(2025, 2, 4, 8, 30, tzinfo=UTC) == login.created.at
    assert {"ip_address", "datr_cookie"} <= {each.field for each in got.removed}
    assert ["Gardening", "Herons"] == [details(item)["name"] for item in got.of("setting") if "name" in details(item)]


def thread(*messages: tuple[str, str, int], people: tuple[str, ...] = ("Maya Lind", "Wren Okoro")) -> dict[str, object]:
    """Return a conversation as Facebook writes it."""
    return {
        "participants": [{"name": name} for name in people],
        "messages": [{"sender_name": who, "timestamp_ms": at * 1000, "content": words} for who, words, at in messages],
        "title": people[0],
        "thread_path": "inbox/mayalind_1234567890",
    }


TALK = (("Wren Okoro", "See you at nine", AT + 60), ("Maya Lind", "My secret sorrow", AT))
INBOX = f"{ACTIVITY}messages/inbox/mayalind_1234567890/"


def test_a_conversation_is_counted_and_its_words_are_not_read(tmp_path: Path) -> None:
    """One item for all its files, with counts and time span, whichever zip they came in; no word of either side."""
    first = zipped(tmp_path / "a.zip", {**NEW, f"{INBOX}message_1.json": thread(*TALK)})
    second = zipped(tmp_path / "b.zip", {f"{INBOX}message_2.json": thread(("Maya Lind", "Before that", AT - 60))})
    got = Imported(first, second)
    (talk,) = got.of("message")
    facts = details(talk)
    assert {
        "messages": "3",
        "sent": "1",
        "received": "2",
        "partners": "1",
        "name": "Maya Lind",
    }.items() <= facts.items()
    assert ("2025-02-04T08:29:00+00:00", "2025-02-04T08:31:00+00:00") == (facts["first"], facts["last"])
    assert ("", "1234567890", False) == (talk.text, talk.key, talk.own_words)
    assert not re.search("See you at nine|My secret sorrow|Before that", got.everything())
    assert ("present", 1) == (got.tables["messages"].state, got.tables["messages"].read)


def test_own_sent_words_are_read_when_asked_for(tmp_path: Path) -> None:
    """And the other side's never, nor all of them where the owner's name is not known."""
    files = {**NEW, f"{INBOX}message_1.json": thread(*TALK)}
    got = Imported(zipped(tmp_path / "f.zip", files), options=Options(own_messages=True))
    assert ["See you at nine", ""] == got.texts("message")
    assert "/messages/0" == got.of("message")[0].pointer.locator
    assert "My secret sorrow" not in got.everything()
    del files["personal_information/profile_information/profile_information.json"]
    nameless = Imported(zipped(tmp_path / "n.zip", files), options=Options(own_messages=True))
    assert [""] == nameless.texts("message")
    assert any("own name is not known" in problem.what for problem in nameless.problems)


def test_a_conversation_that_breaks_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And its table says that it is in part."""
    whole = json.dumps(thread(*TALK))
    files = {**NEW, f"{INBOX}message_1.json": whole[: whole.index("My secret")]}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ["1"] == [details(item)["messages"] for item in got.of("message")]
    assert "partial" == got.tables["messages"].state


def test_the_newest_form_is_read(tmp_path: Path) -> None:
    """Records of labelled fields give posts with words, pictures, address and id, beside old forms in one export."""
    record = labelled(
        {"label": "URL", "href": "https://www.facebook.com/1"},
        {"label": "Message", "value": "A new form of old thoughts"},
        {"title": "Author", "dict": [{"label": "Name", "value": "Maya Lind"}]},
        media=[{"uri": "p/9.jpg", "description": "A heron"}],
    )
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}posts/your_posts_9.json": [record]}))
    (item,) = [each for each in got.of("post") if each.key]
    assert ("A new form of old thoughts", "https://www.facebook.com/1") == (item.text, item.address)
    assert (str(AT), AT) == (item.key, item.created.at.timestamp() if item.created.at else 0)
    assert "2024 on" == got.recognised[0].generation
    assert 3 == got.tables["posts"].read


def test_a_field_name_that_is_the_same_in_every_language_comes_first(tmp_path: Path) -> None:
    """Where the export gives one; it is null or missing in most."""
    record = labelled(
        {"label": "Κάτι άλλο εντελώς", "value": "Much the longest of all of these values", "ent_field_name": None},
        {"label": "Κείμενο", "value": "What I wrote", "ent_field_name": "Message"},
    )
    got = Imported(zipped(tmp_path / "f.zip", {f"{ACTIVITY}posts/your_posts_1.json": [record]}))
    assert ["What I wrote"] == got.texts("post")


@pytest.mark.parametrize(
    ("label", "language"), [("Bildunterschrift", "de"), ("Pie de foto", "es"), ("Bijschrift", "nl")], ids=str
)
def test_known_languages_are_told_by_their_labels(tmp_path: Path, label: str, language: str) -> None:
    """The text is found by its label, and the language guessed from it."""
    record = labelled(
        {"label": "x", "value": "A much longer line that is not the text"}, {"label": label, "value": "Nebel ü"}
    )
    got = Imported(zipped(tmp_path / "f.zip", broken({f"{ACTIVITY}posts/your_posts_1.json": [record]})))
    assert ["Nebel ü"] == got.texts("post")
    assert language == got.recognised[0].language


def test_a_language_without_names_still_gives_posts_and_times(tmp_path: Path) -> None:
    """By what the fields hold: addresses, numbers and handles are no words; the longest that is left is taken."""
    fields = (
        {"label": "Διεύθυνση", "value": "https://www.facebook.com/1"},
        {"label": "Κείμενο", "value": "Ομίχλη πάνω από τον κήπο"},
        {"label": "Αριθμός", "value": "17"},
        {"label": "Χρήστης", "value": "wren.okoro"},
    )
    files = {f"{ACTIVITY}posts/your_posts_1.json": [labelled(*fields), labelled(*fields, at=AT + 60)]}
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    assert ["Ομίχλη πάνω από τον κήπο"] * 2 == got.texts("post")
    assert [AT, AT + 60] == [item.created.at.timestamp() for item in got.of("post") if item.created.at]
    assert "unknown" == got.recognised[0].language


@pytest.mark.parametrize("wrapper", ["facebook-wrenokoro-2025-03-04-AbC/", "facebook (1)/"])
def test_a_wrapper_folder_changes_nothing(tmp_path: Path, wrapper: str) -> None:
    """Nor does it matter whether it is zipped or unpacked."""
    plain = Imported(zipped(tmp_path / "f.zip", NEW)).texts("post", "comment", "bio")
    assert plain == Imported(zipped(tmp_path / "w.zip", NEW, wrapper)).texts("post", "comment", "bio")
    folder = unpacked(tmp_path / "u", {wrapper + name: content for name, content in NEW.items()})
    assert sorted(plain) == sorted(Imported(folder).texts("post", "comment", "bio"))


def test_renamed_files_and_folders_are_known_by_what_they_hold(tmp_path: Path) -> None:
    """Posts by their shape, the rest by the key that wraps them; with less confidence."""
    renamed = {f"stuff/file {number}.json": content for number, content in enumerate(NEW.values())}
    got = Imported(unpacked(tmp_path / "f", renamed))
    assert ["Fog over the allotment", "Rain, again"] == got.texts("post")
    assert ["Well said"] == got.texts("comment")
    assert (1, 1) == (len(got.of("contact")), len(got.of("profile")))
    assert 0.5 <= got.recognised[0].confidence < 0.85


def test_loose_files_are_read(tmp_path: Path) -> None:
    """Each given by itself, without its folders."""
    folder = unpacked(tmp_path / "f", {name.rpartition("/")[2]: content for name, content in NEW.items()})
    got = Imported(*sorted(folder.iterdir()))
    assert (2, 1, 1) == (len(got.of("post")), len(got.of("comment")), len(got.of("contact")))


def test_several_zips_are_one_export(tmp_path: Path) -> None:
    """In any order; and what lies in another part is not said to be missing."""
    names = list(NEW)
    first = zipped(tmp_path / "facebook-1.zip", {name: NEW[name] for name in names[:2]})
    second = zipped(tmp_path / "facebook-2.zip", {name: NEW[name] for name in names[2:]})
    got, turned = Imported(first, second), Imported(second, first)
    assert {item.id for item in got.items} == {item.id for item in turned.items}
    assert [] == [name for found in got.recognised for name in found.missing]
    assert 7 == len(got.items)


def test_what_is_empty_is_not_what_is_absent(tmp_path: Path) -> None:
    """An empty list, and the note that there is nothing, are empty; a file that is not there is absent."""
    files = {
        **NEW,
        f"{ACTIVITY}posts/your_posts__check_ins__photos_and_videos_1.json": [],
        f"{ACTIVITY}groups/no-data.txt": "You have no groups",
    }
    got = Imported(zipped(tmp_path / "f.zip", files))
    states = {name: got.tables[name].state for name in ("posts", "group posts", "apps", "comments")}
    assert {"posts": "empty", "group posts": "empty", "apps": "absent", "comments": "present"} == states


@pytest.mark.parametrize(
    ("content", "state"), [(b"", "unreadable"), (b"{\x00\xff", "unreadable"), (b"[", "unreadable")]
)
def test_a_file_that_cannot_be_read_costs_itself_only(tmp_path: Path, content: bytes, state: str) -> None:
    """Its table says so, with one problem, and the others are read."""
    files = {**NEW, f"{ACTIVITY}posts/your_posts__check_ins__photos_and_videos_1.json": content}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert state == got.tables["posts"].state
    assert 1 == len(got.problems)
    assert ["Well said"] == got.texts("comment")


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And its table is partial."""
    whole = json.dumps([post("Kept"), post("Lost")])
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, "posts/your_posts_2.json": whole[: whole.index("Lost")]}))
    assert "Kept" in got.texts("post")
    assert "partial" == got.tables["posts"].state


@pytest.mark.parametrize("bad", [7, "words", ["x"], {"data": 3}, {"strange": 1}, {"timestamp": AT, "attachments": "x"}])
def test_a_bad_record_costs_itself_only(tmp_path: Path, bad: object) -> None:
    """Its neighbours are read, and one problem says where it stands."""
    name = "posts/your_posts_2.json"
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, name: [post("Before"), bad, post("After")]}))
    assert {"Before", "After"} <= set(got.texts("post"))
    here = [problem for problem in got.problems if problem.pointer.member == name and problem.pointer.locator]
    assert ["/1"] == [problem.pointer.locator for problem in here]


def test_an_export_without_posts_says_how_to_get_them(tmp_path: Path) -> None:
    """The missing kinds are named, and the advice says what to ask for."""
    got = Imported(zipped(tmp_path / "f.zip", {name: NEW[name] for name in list(NEW)[2:]}))
    assert ("posts", "comments") == got.recognised[0].missing
    assert "all available information" in got.recognised[0].advice


def test_keys_of_a_new_generation_are_counted(tmp_path: Path) -> None:
    """By number and not by name, since a key may be somebody's name."""
    got = Imported(
        zipped(tmp_path / "f.zip", {**NEW, "posts/your_posts_2.json": [post("New", vibe="blue", **{"Maya Lind": 1})]})
    )
    assert any("2 keys not understood" in problem.what for problem in got.problems)
    assert "vibe" not in got.everything()


def test_files_that_are_not_used_are_counted(tmp_path: Path) -> None:
    """Searches and the like stay unread, and that is said."""
    got = Imported(
        zipped(tmp_path / "f.zip", {**NEW, "search/your_search_history.json": {"searches_v2": [{"x": "grief"}]}})
    )
    assert ["1 file of kinds that are not used, left unread"] == [problem.what for problem in got.problems]
    assert "grief" not in got.everything()


PAGE = (
    '<html><head><style>.x{}</style></head><body><main>'
    '<div class="pam _3-95 _2ph- _a6-g uiBoxWhite noborder"><h2 class="_2pim _a6-h">Wren wrote to Maya Lind</h2>'
    '<div class="_3-95 _a6-p"><div>Fog &amp; rain</div><div>Second line</div><img src="p/1.jpg"/>'
    '<a href="https://herons.example/">herons.example</a></div>'
    '<div class="_3-94 _a6-o">Feb 04, 2025 8:30 am</div></div>'
    '<div class="pam _a6-g uiBoxWhite noborder"><div class="_a6-p">Nebel</div>'
    '<div class="_a6-o">4. Februar 2025, 08:30</div>'
    "</div></main></body></html>"
)  # fmt: skip


def test_an_html_copy_is_read_with_low_confidence(tmp_path: Path) -> None:
    """Words, address, picture and local time are there, without the sentence that names others; JSON is advised."""
    files = {name.replace(".json", ".html"): PAGE for name in NEW}
    got = Imported(zipped(tmp_path / "f.zip", files))
    (found,) = got.recognised
    assert ("html", True) == (found.form, found.confidence < 0.7)
    assert "JSON" in found.advice
    item, foreign = got.of("post")
    assert "Fog & rain\nSecond line\nherons.example" == item.text
    assert (datetime(2025, 2, 4, 8, 30), "unknown") == (item.created.at, item.created.zone)
    assert ((Media("p/1.jpg"),), "https://herons.example/") == (item.media, item.address)
    assert (("from", "html"),) == item.details
    assert ("Nebel", "4. Februar 2025, 08:30", None) == (foreign.text, foreign.created.raw, foreign.created.at)
    assert ("partial", "unreadable") == (got.tables["posts"].state, got.tables["friends"].state)
    assert "Maya Lind" not in got.everything()


def test_html_beside_json_is_not_read_twice(tmp_path: Path) -> None:
    """The JSON tells more."""
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}posts/your_posts_1.html": PAGE}))
    assert ["Fog over the allotment", "Rain, again"] == got.texts("post")


def test_planted_secrets_appear_nowhere(tmp_path: Path) -> None:
    """Cookies, addresses, numbers and others' names are in no item, problem, table or recognition, but in contacts."""
    secret = {"datr_cookie": SECRETS[0], "ip_address": SECRETS[1], "user_agent": "x", "push_token": "t0ken" * 9}
    files = {
        **NEW,
        "security/browser_cookies.json": {"browser_cookies_v2": {SECRETS[0]: [secret]}},
        "security/datr_cookie_info.json": {"datr_cookie_v2": [secret]},
        "security/mobile_devices.json": {
            "devices_v2": [{**secret, "type": "iPhone", "redacted": {"push_tokens": ["t0ken" * 9]}}]
        },
        "security/ip_address_activity.json": {"used_ip_address_v2": [{"ip": SECRETS[1], "timestamp": AT}]},
        "other/your_address_books.json": {"address_book_v2": {"address_book": [{"name": "Otto Berg"}]}},
        "ads/privacy_settings.json": {"x": {"contact": SECRETS[2], "phone": SECRETS[3], "ip": SECRETS[1]}},
        "posts/your_posts_2.json": [
            post("Placed", **attached(place={"name": "Elmgate", "coordinate": {"latitude": 51.50735, "longitude": 0}}))
        ],
    }
    del files["connections/friends/your_friends.json"]
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert [] == [each for each in (*SECRETS, "t0ken") if each in got.everything()]
    assert {"cookies and device keys", "contacts of others"} <= {each.field for each in got.removed}


def test_another_platforms_files_are_refused(tmp_path: Path) -> None:
    """A folder of any JSON is not taken for Facebook's, even with a name in common."""
    files = {"friends.json": {"Friends": [{"Username": "x"}]}, "a.json": {"comments": [1]}, "b.json": [{"post": "x"}]}
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "f", files))


def test_a_plain_timeline_stays_one(tmp_path: Path) -> None:
    """Its key `profile` is not Facebook's alone."""
    timeline = {"profile": {"name": "Wren"}, "posts": [{"text": "Tea"}]}
    got = Imported(unpacked(tmp_path / "f", {"timeline.json": timeline}))
    assert ["plain"] == [found.platform for found in got.recognised]


def test_the_other_root_of_2023_is_known(tmp_path: Path) -> None:
    """With the same names below it."""
    files = {name.replace(ACTIVITY, "your_activity_across_facebook/"): content for name, content in NEW.items()}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ("2023 on", 0.95) == (got.recognised[0].generation, got.recognised[0].confidence)
    assert 2 == len(got.of("post"))


def test_a_second_list_in_a_file_is_not_lost(tmp_path: Path) -> None:
    """One of the same kind is read, and one of another leaves a problem."""
    held = {"comments_v2": [comment("First")], "comments_v3": [comment("Second")], "moods_v2": [{"mood": "calm"}]}
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{ACTIVITY}comments_and_reactions/comments.json": held}))
    assert ["First", "Second"] == got.texts("comment")
    assert ["/comments_v2/0", "/comments_v3/0"] == [item.pointer.locator for item in got.of("comment")]
    assert ["a record that cannot be read"] == [problem.what for problem in got.problems]


def test_what_was_written_is_kept_to_the_letter(tmp_path: Path) -> None:
    """Even where it is a word that elsewhere stands for nothing, and with its spaces and entities."""
    posts = [post("None"), post("  two  spaces\n\n&amp; an entity ")]
    got = Imported(zipped(tmp_path / "f.zip", {"posts/your_posts_1.json": posts}))
    assert ["None", "  two  spaces\n\n&amp; an entity "] == got.texts("post")


def test_an_album_of_another_shape_costs_itself_only(tmp_path: Path) -> None:
    """It leaves one problem, and the next album is read."""
    folder = f"{ACTIVITY}posts/album/"
    files = {**NEW, f"{folder}0.json": ["odd"], f"{folder}1.json": {"name": "A", "photos": {"uri": "1.jpg"}}}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ([f"{folder}0.json"], 1) == ([problem.pointer.member for problem in got.problems], len(got.of("photo")))


def test_messages_in_html_only_are_said_to_be_unread(tmp_path: Path) -> None:
    """They are not taken for absent."""
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, f"{INBOX}message_1.html": PAGE}))
    assert "unreadable" == got.tables["messages"].state
    assert "Fog & rain" not in got.everything()


def test_a_broken_key_stops_nothing(tmp_path: Path) -> None:
    """A file whose first key has an escape that does not exist is one more file that is not used."""
    got = Imported(zipped(tmp_path / "f.zip", {**NEW, "other/odd.json": r'{"a\xb": [1]}'}))
    assert (2, 1) == (len(got.of("post")), len(got.problems))


def test_a_field_that_is_itself_a_secret_is_not_named(tmp_path: Path) -> None:
    """Where a cookie stands for a key, the count of what was dropped hides it."""
    key = "c00kie9f8e7d6c5b4a39281706"
    files = {**NEW, "preferences/timezone.json": {"timezone_v2": {key: "x", "zone": "Europe/London"}}}
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert ["Europe/London"] == [details(item)["zone"] for item in got.of("setting")]
    assert 1 == next(each.count for each in got.removed if "hidden" in each.field)
    assert key not in got.everything()


def test_nothing_of_an_import_is_held_on_to(tmp_path: Path) -> None:
    """Once it is read, its files are let go."""
    with Files([zipped(tmp_path / "f.zip", NEW)]) as files:
        assert [] != list(read(files))
    gone = weakref.ref(files)
    del files
    gc.collect()
    assert gone() is None


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """Each with its own pointer and id."""
    posts = [post(f"Thought {number}", AT + number) for number in range(10_000)]
    got = Imported(zipped(tmp_path / "f.zip", {"posts/your_posts_1.json": posts}))
    assert 10_000 == len({item.id for item in got.of("post")}) == got.tables["posts"].read
    assert "/9999" == got.of("post")[-1].pointer.locator
