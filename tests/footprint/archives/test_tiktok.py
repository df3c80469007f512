"""TikTok: every list is found under old names and new, and nobody's name leaves a chat."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from exports import Content, Imported, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError

DAY = "2025-02-04 08:30:00"
SIGNED = "https://v16m.tiktokcdn.com/a/b?signature=PLANTED"
FILM = {"Date": DAY, "Link": SIGNED, "Likes": "12", "WhoCanView": "Friends", "AllowComments": "Yes", "Sound": "N/A",
        "Location": "Leeds", "Title": "Breathe with me", "AddYoursText": "N/A"}  # fmt: skip
OTHER = {**FILM, "Date": "2025-02-05 08:30:00", "Likes": 3, "WhoCanView": "Certain people", "Title": "N/A"}
GONE = {**FILM, "DateDeleted": "2025-03-01 10:00:00", "Title": "I should not have"}
COMMENT = {"date": DAY, "comment": "So calming", "photo": "N/A", "url": ""}
CHATS = {
    "Chat History with ida.moss:": [
        {"Date": "2025-02-03 08:30:00", "From": "ida.moss", "Content": "secret-one"},
        {"Date": DAY, "From": "quiet.wren", "Content": "my own"},
    ],
    "Chat History with ola:": [{"Date": DAY, "From": "ola", "Content": "secret-two"}],
}
PROFILE = {"userName": "quiet.wren", "bioDescription": "Therapist in Leeds", "emailAddress": "PLANTED@mail.example",
           "telephoneNumber": "PLANTED", "birthDate": "PLANTED", "profilePhoto": SIGNED}  # fmt: skip
LOGIN = {
    "Date": DAY,
    "IP": "PLANTED",
    "DeviceModel": "Fairphone 5",
    "DeviceSystem": "Android 14",
    "NetworkType": "Wi-Fi",
}
SETTINGS = {"Private Account": "Enabled", "Who Can Post Comments": "Friends", "Push": {"New fans": "Off", "Words": []}}
LINK = "https://www.tiktokv.com/share/video/7000000000000000001/"
OLD: dict[str, Any] = {
    "Activity": {
        "Follower List": {"FansList": [{"Date": DAY, "UserName": "fan.one"}]},
        "Following List": {"Following": [{"Date": DAY, "UserName": "ola"}]},
        "Like List": {"ItemFavoriteList": [{"Date": DAY, "Link": LINK}]},
        "Login History": {"LoginHistoryList": [LOGIN]},
        "Search History": {"SearchList": [{"Date": DAY, "SearchTerm": "PLANTED"}]},
        "Status": {"Status List": [{"Resolution": "1x1", "IDFA": "PLANTED"}]},
        "Video Browsing History": {"VideoList": [{"Date": DAY, "Link": "PLANTED"}]},
    },
    "App Settings": {
        "Block": {"BlockList": [{"Date": DAY, "UserName": "rude.one"}]},
        "Settings": {"SettingsMap": SETTINGS},
    },
    "Comment": {"Comments": {"CommentsList": [COMMENT]}},
    "Direct Messages": {"Chat History": {"ChatHistory": CHATS}},
    "Profile": {
        "Auto Fill": {"Address": "PLANTED", "Email": "PLANTED"},
        "Profile Information": {"ProfileMap": PROFILE},
    },
    "Video": {"Videos": {"VideoList": [FILM, OTHER]}, "RecentlyDeletedPosts": {"PostList": [GONE]}},
}
NEW: dict[str, Any] = {
    "Comment": {"Comments": {"CommentsList": [COMMENT]}},
    "Direct Message": {"Direct Messages": {"ChatHistory": CHATS}, "Group Chat": {"GroupChat": {}}},
    "Likes and Favorites": {"Like List": {"ItemFavoriteList": [{"date": DAY, "link": LINK}]}},
    "Post": {"Posts": {"VideoList": [FILM, OTHER]}, "Recently Deleted Posts": {"PostList": [GONE]}},
    "Profile And Settings": {
        "Autofill": {"Address": "PLANTED", "Email": "PLANTED"},
        "Block List": {"BlockList": [{"Date": DAY, "UserName": "rude.one"}]},
        "Follower": {"FansList": [{"Date": DAY, "UserName": "fan.one"}]},
        "Following": {"Following": [{"Date": DAY, "UserName": "ola"}]},
        "Profile Info": {"ProfileMap": PROFILE},
        "Settings": {"SettingsMap": SETTINGS},
    },
    "Your Activity": {
        "Login History": {"LoginHistoryList": [LOGIN]},
        "Searches": {"SearchList": [{"Date": DAY, "SearchTerm": "PLANTED"}]},
        "Status": {"Status List": [{"Resolution": "1x1", "IDFA": "PLANTED"}]},
        "Watch History": {"VideoList": [{"Date": DAY, "Link": "PLANTED"}]},
    },
}
ERAS = [(OLD, "to 2024"), (NEW, "since 2026")]


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("tiktok", "TIKTOK"), ("plain", "PLAIN")))


def read(tmp_path: Path, export: Content, **options: object) -> Imported:
    """Read a zip of this export."""
    made = zipped(tmp_path / "TikTok_Data_1738656000.zip", {"user_data_tiktok.json": export})
    return Imported(made, options=Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize(("export", "era"), ERAS)
def test_every_era_is_read(tmp_path: Path, export: dict[str, Any], era: str) -> None:
    """Posts, comments, likes, contacts, logins, settings and bio come out alike under the names of each."""
    got = read(tmp_path, export)
    assert era == got.recognised[0].generation
    assert ["Breathe with me", ""] == got.texts("post")
    assert ["I should not have"] == got.texts("deleted")
    assert ["So calming"] == got.texts("comment")
    assert [LINK] == [like.address for like in got.of("like")]
    assert {("fan.one", "follower"), ("ola", "following"), ("rude.one", "blocked")} == {
        (dict(item.details)["handle"], dict(item.details)["state"]) for item in got.of("contact")
    }
    assert ["Fairphone 5"] == [dict(item.details)["device"] for item in got.of("session")]
    assert ["Therapist in Leeds"] == got.texts("bio")
    assert 2 == len(got.of("message"))
    assert [] == got.problems


def test_eras_give_the_same_items(tmp_path: Path) -> None:
    """An old export and a new one of the same account merge, but for settings, which tell where they stand."""
    old, new = ({i.id for i in read(tmp_path, e).items if i.kind != "setting"} for e, _ in ERAS)
    assert old == new


def test_posts_have_their_audience(tmp_path: Path) -> None:
    """From the post's own record; a word that is not known stays as it is written."""
    known, unknown = read(tmp_path, OLD).of("post")
    assert ("friends", "post", "WhoCanView") == (known.audience.who, known.audience.level, known.audience.source)
    assert ("unknown", "Certain people") == (unknown.audience.who, dict(unknown.details)["who can view"])
    assert ("unknown", DAY, "Leeds") == (known.created.zone, known.created.raw, dict(known.details)["place"])
    assert "/Video/Videos/VideoList/0" == known.pointer.locator
    assert [True, False] == [known.own_words, unknown.own_words]


def test_a_description_of_a_picture_is_kept(tmp_path: Path) -> None:
    """It is read with the post that it goes with."""
    got = read(tmp_path, {**NEW, "Post": {"Posts": {"VideoList": [{**OTHER, "AlternateText": "A man at my desk"}]}}})
    assert ["A man at my desk"] == [media.alt for media in got.of("post")[0].media]
    assert got.of("post")[0].own_words


def test_settings_are_read_with_those_within(tmp_path: Path) -> None:
    """Each with its name and value; an empty list is no setting."""
    got = read(tmp_path, NEW)
    assert [("Private Account", "Enabled"), ("Who Can Post Comments", "Friends"), ("Push, New fans", "Off")] == [
        (dict(item.details)["setting"], dict(item.details)["value"]) for item in got.of("setting")
    ]


@pytest.mark.parametrize(("export", "_"), ERAS)
def test_a_handle_in_the_key_of_a_chat_does_not_leak(tmp_path: Path, export: dict[str, Any], _: str) -> None:
    """It stands in the details of its conversation, and in no pointer, key, problem or other item."""
    bad = {
        **CHATS,
        "Chat History with tam.x.chathistory.y:": ["broken", {"Date": DAY, "From": "tam.x.chathistory.y"}, {}],
    }
    got = read(tmp_path, json.loads(json.dumps(export).replace(json.dumps(CHATS), json.dumps(bad))))
    talks = {dict(item.details)["handle"]: item for item in got.of("message")}
    assert {"ida.moss", "ola", "tam.x.chathistory.y"} == talks.keys()
    rest = repr([replaced(item) for item in got.items]) + repr(got.problems) + repr(got.removed) + repr(got.recognised)
    assert not any(name in rest for name in ("ida", "tam", "Chat History with"))
    assert talks["ida.moss"].pointer.locator.endswith("/ChatHistory/chat 0/0")
    assert ["chat 2/0", "chat 2/2"] == [
        problem.pointer.locator.partition("ChatHistory/")[2] for problem in got.problems
    ]


def replaced(item: object) -> str:
    """Return an item as text, without the detail in which a conversation's handle belongs."""
    handle = dict(item.details).get("handle", "") if item.kind == "message" else ""  # type: ignore[attr-defined]
    return repr(item).replace(f"('handle', '{handle}')", "")


def test_messages_are_counted_without_words(tmp_path: Path) -> None:
    """With counts and span; own words only on request, others' never."""
    got = read(tmp_path, NEW)
    details = dict(got.of("message")[0].details)
    assert ("2", "1", "2025-02-03 08:30:00", DAY) == tuple(details[n] for n in ("messages", "sent", "first", "last"))
    assert ("present", 2) == (got.tables["messages"].state, got.tables["messages"].read)
    assert "secret" not in got.everything()
    assert "my own" not in got.everything()
    asked = read(tmp_path, NEW, own_messages=True)
    assert ["my own"] == [item.text for item in asked.of("message") if item.own_words]
    assert "secret" not in asked.everything()


def test_group_chats_name_who_wrote(tmp_path: Path) -> None:
    """The group's own name is dropped, and what the owner sent is told by the owner's name."""
    group = {"Peer support Leeds": [{"Date": DAY, "From": "ola", "Content": "secret"},
                                    {"Date": DAY, "From": "quiet.wren", "Content": "mine"}]}  # fmt: skip
    got = read(tmp_path, {**NEW, "Direct Message": {"Group Chat": {"GroupChat": group}}}, owner="quiet.wren")
    details = dict(got.of("message")[0].details)
    assert ("ola", "2", "1") == (details["handle"], details["messages"], details["sent"])
    assert "Peer support" not in got.everything()


def test_live_comments_reviews_reposts_and_apps_are_read(tmp_path: Path) -> None:
    """Own words in a live stream or on a place are comments; a shop that told TikTok of a visit is an app."""
    live = {"WatchTime": DAY, "Comments": [{"CommentTime": DAY, "CommentContent": "Hello all"}], "Questions": None}
    review = {"Date": DAY, "Place": "Cafe", "Words": "Where I meet my clients"}
    visit = {"TimeStamp": DAY, "Source": "shop.example", "Event": "Purchase"}
    more = {
        "Tiktok Live": {"Watch Live History": {"WatchLiveMap": {"71": live}}},
        "Location Review": {"Reviews": {"ReviewsList": [review]}},
        "Ads and data": {"Off TikTok Activity": {"OffTikTokActivityDataList": [visit]}},
        "Reposted": {"Reposts": {"RepostList": [{"Date": DAY, "Link": LINK}]}},
    }
    got = read(tmp_path, {**OLD, **more})
    assert {"So calming", "Hello all", "Where I meet my clients"} == set(got.texts("comment"))
    assert [("shop.example", "Purchase")] == [(dict(a.details)["app"], dict(a.details)["event"]) for a in got.of("app")]
    assert [(LINK, False)] == [(item.address, item.own_words) for item in got.of("repost")]


@pytest.mark.parametrize(("export", "_"), ERAS)
def test_planted_secrets_occur_nowhere(tmp_path: Path, export: dict[str, Any], _: str) -> None:
    """Addresses, numbers, signed links, searches and viewing are counted by field and kept nowhere."""
    got = read(tmp_path, export)
    assert "PLANTED" not in got.everything()
    counts = {each.field: each.count for each in got.removed}
    wanted = {"e-mail addresses", "telephone numbers", "birth date", "IP addresses", "autofill", "devices", "searches"}
    assert wanted | {"viewing", "signed links", "messages' words"} == counts.keys()
    assert (4, 1, 3) == (counts["signed links"], counts["viewing"], counts["messages' words"])


@pytest.mark.parametrize(("export", "_"), ERAS)
def test_only_what_a_person_wrote_is_their_own(tmp_path: Path, export: dict[str, Any], _: str) -> None:
    """Facts, contacts, likes and settings are not; comments, posts with a title and the bio are."""
    got = read(tmp_path, export)
    assert {"post", "deleted", "comment", "bio"} == {item.kind for item in got.items if item.own_words}
    assert all(bool(item.text) == item.own_words for item in got.items)


@pytest.mark.parametrize("written", ["N/A", "", "  "])
def test_words_that_are_not_there_are_no_words(tmp_path: Path, written: str) -> None:
    """What TikTok writes for nothing is nobody's comment; a word that only looks so is one."""
    comments = [{**COMMENT, "comment": written}, {**COMMENT, "comment": "None"}]
    got = read(tmp_path, {**OLD, "Comment": {"Comments": {"CommentsList": comments}}})
    assert ["None"] == got.texts("comment")


def test_links_that_lead_to_tiktok_are_kept_without_their_tail(tmp_path: Path) -> None:
    """They are the post's key and address, so that it is the same post in every export."""
    film = {**FILM, "Link": "https://www.tiktok.com/@quiet.wren/video/700001?token=PLANTED"}
    got = read(tmp_path, {**NEW, "Post": {"Posts": {"VideoList": [film]}}})
    assert [("700001", "https://www.tiktok.com/@quiet.wren/video/700001")] == [
        (p.key, p.address) for p in got.of("post")
    ]
    assert "PLANTED" not in got.everything()


def test_lists_are_found_at_other_levels(tmp_path: Path) -> None:
    """A list that has moved up or down, or whose levels are written otherwise, is still the same list."""
    moved = {
        "your_activity": {
            "a": {"b": {"comments-list": [COMMENT]}},
            "Fans List": [{"date": DAY, "user_name": "fan.one"}],
        },
        "VideoList": [FILM],
        "SettingsMap": SETTINGS,
        "ProfileMap": PROFILE,
    }
    got = read(tmp_path, moved)
    assert (["So calming"], ["Breathe with me"]) == (got.texts("comment"), got.texts("post"))
    assert (1, 3) == (len(got.of("contact")), len(got.of("setting")))


def test_one_broken_part_of_two_is_partial(tmp_path: Path) -> None:
    """What one zip lost is not made good by the other, and the rest of both is there."""
    whole = json.dumps(OLD)
    parts = [zipped(tmp_path / f"{n}.zip", {"user_data.json": part}) for n, part in enumerate((OLD, whole[:-40]))]
    got = Imported(*parts)
    assert ("partial", "present") == (got.tables["deleted posts"].state, got.tables["comments"].state)
    assert 2 == len({problem.pointer.source for problem in got.problems} | {item.pointer.source for item in got.items})


def test_films_watched_are_not_taken_for_posts(tmp_path: Path) -> None:
    """Even where their list comes under a name of its own that is not known."""
    got = read(tmp_path, {**NEW, "Seen": {"Seen Films": {"VideoList": [{"Date": DAY, "Link": LINK}]}}})
    assert 2 == len(got.of("post"))


@pytest.mark.parametrize("nothing", [None, [], {}])
def test_empty_and_absent_are_told_apart(tmp_path: Path, nothing: object) -> None:
    """TikTok writes no comments as null or as nothing between brackets, and leaves out what it does not have."""
    got = read(tmp_path, {**OLD, "Comment": {"Comments": {"CommentsList": nothing}}, "Profile": {}})
    assert ("empty", "absent") == (got.tables["comments"].state, got.tables["profile"].state)
    assert "present" == got.tables["posts"].state
    assert [] == got.problems


def test_a_broken_record_costs_itself_only(tmp_path: Path) -> None:
    """A comment of another shape leaves one problem that says where it stands, and its neighbours are read."""
    comments = [COMMENT, {"date": DAY}, "bare", None, [COMMENT], {**COMMENT, "comment": "Again"}]
    got = read(tmp_path, {**OLD, "Comment": {"Comments": {"CommentsList": comments}}})
    place = "/Comment/Comments/CommentsList"
    assert [("So calming", f"{place}/0"), ("Again", f"{place}/5")] == [
        (item.text, item.pointer.locator) for item in got.of("comment")
    ]
    assert [f"{place}/1", f"{place}/2"] == [problem.pointer.locator for problem in got.problems]
    assert ("present", 2) == (got.tables["comments"].state, got.tables["comments"].read)


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """The list that breaks is partial, and what was not met is not called absent."""
    comments = [{**COMMENT, "comment": f"No {n}"} for n in range(5)]
    whole = json.dumps({**OLD, "Comment": {"Comments": {"CommentsList": comments}}})
    got = read(tmp_path, whole[: whole.index("No 3") + 2])
    assert ["No 0", "No 1", "No 2"] == got.texts("comment")
    assert ("partial", 3) == (got.tables["comments"].state, got.tables["comments"].read)
    assert ("present", "unreadable") == (got.tables["followers"].state, got.tables["posts"].state)
    assert 1 == len(got.problems)


def test_an_export_that_is_not_json_is_refused(tmp_path: Path) -> None:
    """It is not taken for TikTok's by its name alone."""
    for content in ("", "not JSON", '{"other": 1}'):
        with pytest.raises(UnknownArchiveError):
            read(tmp_path, content)


@pytest.mark.parametrize("how", ["wrapper", "folder", "loose", "renamed", "byte order mark", "parts"])
def test_it_is_read_however_it_was_packed(tmp_path: Path, how: str) -> None:
    """In a folder, unpacked, alone, under other names, and with its parts in two zips in any order."""
    name = "user_data_tiktok.json"
    half = [{key: OLD[key] for key in list(OLD)[n::2]} for n in (1, 0)]
    packed: dict[str, Callable[[], list[Path]]] = {
        "wrapper": lambda: [zipped(tmp_path / "e.zip", {name: OLD}, "TikTok_Data_1738656000 (1)/")],
        "folder": lambda: [unpacked(tmp_path / "e", {name: OLD, ".DS_Store": b"x"})],
        "loose": lambda: [unpacked(tmp_path / "e", {name: OLD}) / name],
        "renamed": lambda: [zipped(tmp_path / "e.zip", {"mine/my data.json": OLD})],
        "byte order mark": lambda: [zipped(tmp_path / "e.zip", {name: "﻿" + json.dumps(OLD)})],
        "parts": lambda: [zipped(tmp_path / f"{n}.zip", {"user_data.json": part}) for n, part in enumerate(half)],
    }
    got, whole = Imported(*packed[how]()), read(tmp_path, OLD)
    assert sorted(item.id for item in whole.items) == sorted(item.id for item in got.items)
    assert {each.name: (each.state, each.read) for each in whole.tables.values()} == {
        each.name: (each.state, each.read) for each in got.tables.values()
    }


TEXTS: Mapping[str, Content] = {
    "TikTok/Comments/Comments.txt": f"Date: {DAY} UTC\nComment: So calming\nNote: slowly\n\nand again\n\n"
    f"Date: {DAY} UTC\nComment: Second\n",
    "TikTok/Videos/Videos.txt": f"Date: {DAY} UTC\nLink: {SIGNED}\nLike(s): 3\nWho can view: Only me\nTitle: Breathe\n",
    "TikTok/Activity/Follower List.txt": f"Date: {DAY} UTC\nUsername: fan.one\n",
    "TikTok/Activity/Login History.txt": f"Date: {DAY} UTC\nIP: PLANTED\nDevice Model: Fairphone 5\n",
    "TikTok/Direct Messages/Direct Messages.txt": ">>> Chat History with ida.moss::\nPLANTED\n",
}


def test_the_form_in_text_is_read(tmp_path: Path) -> None:
    """Further lines of a comment stay with it; the person is told that JSON says more; chats are not opened."""
    got = Imported(zipped(tmp_path / "e.zip", TEXTS))
    assert ["So calming\nNote: slowly\n\nand again", "Second"] == got.texts("comment")
    assert [("Breathe", "only me")] == [(item.text, item.audience.who) for item in got.of("post")]
    assert ["fan.one"] == [dict(item.details)["handle"] for item in got.of("contact")]
    assert "utc" == got.of("comment")[0].created.zone
    assert ("line 7", "txt") == (got.of("comment")[1].pointer.locator, got.recognised[0].form)
    assert "JSON" in got.recognised[0].advice
    assert ["TikTok/Direct Messages/Direct Messages.txt"] == [problem.pointer.member for problem in got.problems]
    assert "PLANTED" not in got.everything()
    assert "ida" not in got.everything()


def test_the_pointer_leads_back(tmp_path: Path) -> None:
    """Each step of it is a key or a number in the file as it is."""
    got = read(tmp_path, NEW)
    for item in got.of("comment", "post", "deleted"):
        place: Any = NEW
        for step in item.pointer.locator.strip("/").split("/"):
            place = place[int(step)] if isinstance(place, list) else place[step]
        assert item.text in (place.get("comment"), place.get("Title"), "")


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """All of them, each once, in their order."""
    films = [
        {**FILM, "Date": f"2025-02-04 {n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}", "Title": f"No {n}"}
        for n in range(10_000)
    ]
    got = read(tmp_path, {**NEW, "Post": {"Posts": {"VideoList": films}}})
    assert [f"No {n}" for n in range(10_000)] == got.texts("post")
    assert 10_000 == len({post.id for post in got.of("post")})
