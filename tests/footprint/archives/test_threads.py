"""Threads' files within Instagram's export are read as a platform of their own."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from exports import Content, Imported, broken, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.item import Audience, Item, Media

AT = 1738657800  # 2025-02-04 08:30 UTC
HOME = "your_instagram_activity/threads/"


@pytest.fixture(autouse=True)
def _all_of_meta(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = (("facebook", "FACEBOOK"), ("instagram", "INSTAGRAM"), ("threads", "THREADS"), ("plain", "PLAIN"))
    monkeypatch.setattr("forethought.footprint.archives.MODULES", modules)


def thread(words: str, at: int = AT, **app: object) -> dict[str, object]:
    """Return a post as Threads writes it."""
    return {"media": [{"uri": "", "creation_timestamp": at, "title": words, "text_app_post": app}]}


def person(handle: str, titled: bool = False) -> dict[str, object]:
    """Return a contact."""
    entry = {"href": f"https://www.threads.net/@{handle}", "timestamp": AT, "value": "" if titled else handle}
    return {"title": handle if titled else "", "string_list_data": [entry]}


def profile(handle: str, key: str) -> dict[str, object]:
    """Return a profile under a key."""
    fields = {
        "Username": handle, "Name": "Wren Okoro", "Bio": f"I am {handle}", "Email": "wren@post.example",
        "Phone Number": "+447700900123", "Phone Confirmation Method": "sms",
    }  # fmt: skip
    return {
        key: [
            {"string_map_data": {name: {"href": "", "value": value, "timestamp": 0} for name, value in fields.items()}}
        ]
    }


THREADS: dict[str, Content] = {
    f"{HOME}threads_and_replies.json": {
        "text_post_app_text_posts": [
            thread("Tea first.", reply_control="followers_only"),
            thread("Rain, again", AT + 60),
        ]
    },
    f"{HOME}personal_information.json": profile("wren.threads", "text_post_app_text_post_app_profile"),
    f"{HOME}followers.json": {"text_post_app_text_post_app_followers": [person("maya.lind")]},
    f"{HOME}following.json": {"text_post_app_text_post_app_following": [person("otto.berg", titled=True)]},
    f"{HOME}blocked_profiles.json": {"text_post_app_text_post_app_blocked_users": [person("ada.finch")]},
    f"{HOME}pending_follow_requests.json": {"text_post_app_text_post_app_follow_requests_sent": [person("ben.rook")]},
    f"{HOME}liked_threads.json": {
        "text_post_app_media_likes": [
            {"title": "maya.lind", "string_list_data": [{"href": "https://www.threads.net/t/1", "timestamp": AT}]}
        ]
    },
    f"{HOME}threads_viewed.json": {
        "text_post_app_text_post_app_posts_seen": [{"string_map_data": {"Author": {"value": "maya.lind"}}}]
    },
}
INSTAGRAM: dict[str, Content] = {
    "personal_information/personal_information/personal_information.json": profile("wren.gram", "profile_user"),
    "your_instagram_activity/media/posts_1.json": [
        {"media": [{"uri": "media/1.jpg", "creation_timestamp": AT, "title": "On Instagram"}]}
    ],
    "connections/followers_and_following/following.json": {"relationships_following": [person("cleo.wood")]},
}


def details(item: Item) -> dict[str, str]:
    """Return an item's details."""
    return dict(item.details)


def of(got: Imported, platform: str, kind: str) -> list[Item]:
    """Return the items of a platform and kind."""
    return [item for item in got.of(kind) if item.platform == platform]


def test_both_platforms_of_one_zip_are_known(tmp_path: Path) -> None:
    """Files of the same name go each to its own, by their folder."""
    got = Imported(zipped(tmp_path / "instagram.zip", {**INSTAGRAM, **THREADS}, "instagram-wren-2025/"))
    assert {"instagram": "wren.gram", "threads": "wren.threads"} == {
        each.platform: each.account for each in got.recognised
    }
    assert ["Tea first.", "Rain, again"] == [item.text for item in of(got, "threads", "post")]
    assert ["On Instagram"] == [item.text for item in of(got, "instagram", "post")]
    assert ["I am wren.threads"] == [item.text for item in of(got, "threads", "bio")]
    assert ["cleo.wood"] == [details(item)["handle"] for item in of(got, "instagram", "contact")]


def test_a_post_keeps_time_and_who_may_reply_but_no_audience(tmp_path: Path) -> None:
    """Who may reply is not who may read, so the audience is unknown; a post without a flag is no reply."""
    item = Imported(zipped(tmp_path / "f.zip", THREADS)).of("post")[0]
    assert datetime(2025, 2, 4, 8, 30, tzinfo=UTC) == item.created.at
    assert {"who may reply": "followers_only"} == details(item)
    assert (Audience(), (), True) == (item.audience, item.media, item.own_words)
    assert (f"{HOME}threads_and_replies.json", "/text_post_app_text_posts/0") == (
        item.pointer.member,
        item.pointer.locator,
    )


def test_a_reply_is_one_only_where_the_export_says_so(tmp_path: Path) -> None:
    """With a flag of its own."""
    posts = [thread("An answer", is_reply=True), thread("A thought", is_reply=False), thread("@maya.lind hello")]
    got = Imported(zipped(tmp_path / "f.zip", {f"{HOME}threads_and_replies.json": {"text_post_app_text_posts": posts}}))
    assert ["reply", "post", "post"] == [item.kind for item in got.items]


def test_contacts_and_requests_have_direction_and_state(tmp_path: Path) -> None:
    """The handle is in the value or in the title."""
    got = Imported(zipped(tmp_path / "f.zip", THREADS))
    assert [
        ("maya.lind", "received", "accepted"), ("otto.berg", "sent", "accepted"), ("ada.finch", "sent", "blocked"),
        ("ben.rook", "sent", "pending"),
    ] == [tuple(details(each)[name] for name in ("handle", "direction", "state")) for each in got.of("contact",
    "request")]  # fmt: skip
    assert 1 == len(got.of("request"))


def test_likes_keep_their_address_only_and_views_are_left(tmp_path: Path) -> None:
    """What others wrote and was merely seen is not read; whose post was liked is not kept."""
    got = Imported(zipped(tmp_path / "f.zip", THREADS))
    (liked,) = got.of("like")
    assert ("https://www.threads.net/t/1", False) == (liked.address, liked.own_words)
    assert ["1 file of kinds that are not used, left unread"] == [problem.what for problem in got.problems]


def test_phone_and_mail_address_are_dropped_and_counted(tmp_path: Path) -> None:
    """They appear nowhere."""
    got = Imported(zipped(tmp_path / "f.zip", THREADS))
    assert {"Email": 1, "Phone Number": 1, "Phone Confirmation Method": 1} == {
        each.field: each.count for each in got.removed
    }
    assert not any(secret in got.everything() for secret in ("wren@post.example", "447700900123"))


def test_broken_letters_and_single_objects_are_mended(tmp_path: Path) -> None:
    """As in Instagram's files."""
    single = {
        "text_post_app_text_posts": {
            "media": {"uri": "media/1.jpg", "creation_timestamp": AT, "title": "Thé d’abord ☕"}
        }
    }
    got = Imported(zipped(tmp_path / "f.zip", broken({**THREADS, f"{HOME}threads_and_replies.json": single})))
    assert [("Thé d’abord ☕", (Media("media/1.jpg"),))] == [(item.text, item.media) for item in got.of("post")]


def test_a_profile_in_another_language_is_read(tmp_path: Path) -> None:
    """By the names of that language, whose letters were broken too."""
    fields = {"Benutzername": "wren.threads", "Steckbrief": "Gärtnerin", "Telefonnummer": "0770 0900 123"}
    record = {"string_map_data": {name: {"value": value, "timestamp": 0} for name, value in fields.items()}}
    files = {**THREADS, f"{HOME}personal_information.json": {"text_post_app_text_post_app_profile": record}}
    got = Imported(zipped(tmp_path / "f.zip", broken(files)))
    assert (["Gärtnerin"], {"username": "wren.threads"}) == (got.texts("bio"), details(got.of("profile")[0]))


def test_renamed_and_loose_files_are_known_by_their_keys(tmp_path: Path) -> None:
    """Without Instagram's files and without the folder."""
    folder = unpacked(
        tmp_path / "f", {f"file {number}.json": content for number, content in enumerate(THREADS.values())}
    )
    got = Imported(*sorted(folder.iterdir()))
    assert ["threads"] == [found.platform for found in got.recognised]
    assert (["Tea first.", "Rain, again"], 3, 1) == (got.texts("post"), len(got.of("contact")), len(got.of("request")))


def test_several_zips_are_one_export(tmp_path: Path) -> None:
    """In any order."""
    names = list(THREADS)
    first = zipped(tmp_path / "a.zip", {**INSTAGRAM, **{name: THREADS[name] for name in names[:3]}})
    second = zipped(tmp_path / "b.zip", {name: THREADS[name] for name in names[3:]})
    got, turned = Imported(first, second), Imported(second, first)
    assert {item.id for item in got.items} == {item.id for item in turned.items}
    assert (2, 3) == (len(of(got, "threads", "post")), len(of(got, "threads", "contact")))


@pytest.mark.parametrize(
    ("content", "state"), [(b"", "unreadable"), ({"text_post_app_text_posts": []}, "empty"), (None, "absent")], ids=str
)
def test_broken_empty_and_absent_are_told_apart(tmp_path: Path, content: Content | None, state: str) -> None:
    """And the profile is read whichever it is."""
    name = f"{HOME}threads_and_replies.json"
    files = {each: THREADS[each] for each in THREADS if each != name} | ({} if content is None else {name: content})
    got = Imported(zipped(tmp_path / "f.zip", files))
    assert (state, ["I am wren.threads"]) == (got.tables["posts"].state, got.texts("bio"))
    assert (("posts",) if content is None else ()) == got.recognised[0].missing


def test_a_file_cut_off_and_a_bad_record_cost_themselves_only(tmp_path: Path) -> None:
    """What came before is kept, and the table is partial."""
    whole = json.dumps({"text_post_app_text_posts": [thread("Kept"), 7, thread("Also kept"), thread("Lost")]})
    got = Imported(
        zipped(tmp_path / "f.zip", {**THREADS, f"{HOME}threads_and_replies.json": whole[: whole.index("Lost")]})
    )
    assert (["Kept", "Also kept"], "partial") == (got.texts("post"), got.tables["posts"].state)
    assert "/text_post_app_text_posts/1" in [problem.pointer.locator for problem in got.problems]


def test_an_html_copy_is_read_with_low_confidence(tmp_path: Path) -> None:
    """The words and the local time, and advice to take JSON."""
    page = (
        '<div class="_a6-g uiBoxWhite"><h2 class="_a6-h">Tea first.</h2><div class="_a6-p"></div>'
        '<div class="_a6-o">Feb 04, 2025 8:30 am</div></div>'
    )
    got = Imported(zipped(tmp_path / "f.zip", {f"{HOME}threads_and_replies.html": page}))
    found = next(each for each in got.recognised if each.platform == "threads")
    assert ("html", True) == (found.form, "JSON" in found.advice)
    assert [("Tea first.", datetime(2025, 2, 4, 8, 30))] == [(item.text, item.created.at) for item in got.of("post")]


def test_a_folder_called_threads_is_not_enough(tmp_path: Path) -> None:
    """A forum's files stay unknown."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "f", {"forum/threads/followers.json": [1], "forum/threads/topics.json": [2]}))


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """Each with its own pointer and id."""
    posts = [thread(f"Thought {number}", AT + number, reply_control="everyone") for number in range(10_000)]
    got = Imported(zipped(tmp_path / "f.zip", {f"{HOME}threads_and_replies.json": {"text_post_app_text_posts": posts}}))
    assert 10_000 == len({item.id for item in got.of("post")}) == got.tables["posts"].read
