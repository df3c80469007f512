"""Snapchat downloads: friends and requests, conversations only counted, memories without links or places."""

from pathlib import Path

import pytest
from exports import Content, Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options


def line(sender: str, words: str, own: bool, when: str = "2025-02-04 08:30:00 UTC") -> dict[str, object]:
    """Return one message."""
    return {"From": sender, "Media Type": "TEXT", "Created": when, "Content": words, "IsSender": own, "Media IDs": ""}


CHATS = {
    "Ash Moon - c1": [
        line("ash", "I told nobody else", False, "2025-02-05 08:30:00 UTC"),
        line("wren", "Tea &amp; talk?", True),
    ],
    "rowan": [line("rowan", "hello there", False)],
}
DATA: dict[str, Content] = {
    "json/chat_history.json": CHATS,
    "json/snap_history.json": {},
    "json/friends.json": {
        "Friends": [{"Username": "ash", "Display Name": "Ash Moon", "Creation Timestamp": "2020-01-02 03:04:05 UTC"}],
        "Blocked Users": [{"Username": "fern", "Display Name": "Fern"}],
        "Friend Requests Sent": [{"Username": "rowan", "Display Name": ""}],
        "Deleted Friends": [],
    },
    "json/memories_history.json": {
        "Saved Media": [
            {
                "Date": "2025-02-04 08:30:00 UTC", "Media Type": "Image",
                "Location": "Latitude, Longitude: 53.7997, -1.5492",
                "Download Link": "https://cdn.example/x?sig=s1gned",
            }
        ]
    },
    "json/account.json": {
        "Basic Information": {"Username": "wren", "Name": "Wren", "Registration IP": "203.0.113.9", "Country": "GB"},
        "Login History": [
            {"IP": "203.0.113.9", "Country": "GB", "Created": "2025-02-04 08:30:00 UTC"},
            {"IP": "203.0.113.7", "Country": "GB", "Created": "2025-02-06 08:30:00 UTC"},
        ],
    },
    "json/connected_apps.json": {"Permissions": [{"App": "Runner", "Type": "Display name", "Time": ""}]},
    "json/snap_pro.json": {
        "Spotlight": [{"Story Date": "2024-05-06 07:08:09 UTC", "Caption": "My window", "Url": "https://s.example/a"}]
    },
}  # fmt: skip


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("snapchat", "SNAPCHAT"), ("plain", "PLAIN")))


def whole(tmp_path: Path, options: Options | None = None) -> Imported:
    """Return what is read from a whole archive."""
    return Imported(zipped(tmp_path / "mydata~1738657800000.zip", DATA), options=options)


def test_conversations_are_only_counted(tmp_path: Path) -> None:
    """One item each, with its numbers and its span, and no words or names."""
    got = whole(tmp_path)
    first = dict(got.of("message")[0].details)
    assert ("2", "1", "2", "2025-02-04 08:30:00 UTC", "2025-02-05 08:30:00 UTC") == tuple(
        first[name] for name in ("messages", "own", "people", "first", "last")
    )
    assert ["conversation 0", "conversation 1"] == [each.pointer.locator for each in got.of("message")]
    assert "Tea" not in got.everything()


def test_own_lines_are_read_where_asked_for(tmp_path: Path) -> None:
    """With entities decoded once, and without the other side's words."""
    got = whole(tmp_path, Options(own_messages=True))
    assert ["Tea & talk?"] == [each.text for each in got.of("message") if each.own_words]


def test_what_is_secret_or_other_people_s_is_nowhere(tmp_path: Path) -> None:
    """Neither words, names of conversations, links, places nor addresses of networks."""
    got = whole(tmp_path, Options(own_messages=True))
    for secret in ("I told nobody", "hello there", "Moon - c1", "s1gned", "53.79", "203.0.113", "s.example"):
        assert secret not in got.everything()
    assert {
        "Download Link": 1,
        "Location": 1,
        "other people's messages": 2,
        "other lines of the account": 1,
        "links": 1,
    } == {removed.field: removed.count for removed in got.removed}


def test_friends_and_requests_are_told(tmp_path: Path) -> None:
    """By direction and state, with pointers to their lists."""
    got = whole(tmp_path)
    assert [("ash", "accepted"), ("fern", "blocked")] == [
        (dict(each.details)["handle"], dict(each.details)["state"]) for each in got.of("contact")
    ]
    assert {"handle": "rowan", "direction": "sent", "state": "pending"} == dict(got.of("request")[0].details)
    assert "/Friend Requests Sent/0" == got.of("request")[0].pointer.locator


def test_the_rest_is_told(tmp_path: Path) -> None:
    """The account, memories, public stories, apps, and visits summed up."""
    got = whole(tmp_path)
    assert {"handle": "wren", "name": "Wren", "country": "GB"} == dict(got.of("profile")[0].details)
    assert {"media": "Image", "place": "precise"} == dict(got.of("photo")[0].details)
    assert ("My window", "utc") == (got.of("story")[0].text, got.of("story")[0].created.zone)
    assert {"app": "Runner", "permissions": "Display name"} == dict(got.of("app")[0].details)
    told = dict(got.of("session")[0].details)
    assert ("2", "2", "GB", "2025-02-06 08:30:00 UTC") == tuple(
        told[name] for name in ("count", "networks", "countries", "last")
    )


def test_recognition_says_how_little_is_public(tmp_path: Path) -> None:
    """And names what is missing where a part lacks it."""
    assert "tells little" in whole(tmp_path).recognised[0].advice
    part = Imported(unpacked(tmp_path / "p", {"friends.json": DATA["json/friends.json"]})).recognised[0]
    assert (0.6, ("chat_history.json",)) == (part.confidence, part.missing)


def test_parts_and_a_wrapper_give_the_same(tmp_path: Path) -> None:
    """In any order."""
    names = list(DATA)
    one = zipped(tmp_path / "mydata~1.zip", {name: DATA[name] for name in names[:3]}, "mydata/")
    two = zipped(tmp_path / "mydata~1-2.zip", {name: DATA[name] for name in names[3:]})
    assert {each.id for each in whole(tmp_path).items} == {each.id for each in Imported(two, one).items}


def test_pages_alone_are_answered_with_what_to_ask_for(tmp_path: Path) -> None:
    """An archive of pages is recognised and not taken for a whole one."""
    got = Imported(unpacked(tmp_path / "p", {"html/chat_history.html": "<title>Snapchat</title>"}))
    assert ("html", True) == (got.recognised[0].form, "choose JSON" in got.recognised[0].advice)
    assert ["choose JSON" in problem.what for problem in got.problems] == [True]


def test_a_list_that_is_not_known_names_nobody(tmp_path: Path) -> None:
    """Its name may be a person's, so it stands nowhere."""
    got = Imported(unpacked(tmp_path / "p", {"friends.json": {"Friends": [], "Zed Zoe": [{"Username": "zed"}, 5]}}))
    assert "Zed Zoe" not in got.everything()
    assert 1 == len(got.problems)


@pytest.mark.parametrize("broken", ["", "[]", '{"Friends": [', "null", '{"Friends": {"Username": "ash"}}'])
def test_a_broken_file_costs_itself(tmp_path: Path, broken: str) -> None:
    """The others are read."""
    got = Imported(unpacked(tmp_path / "p", {**DATA, "json/friends.json": broken}))
    assert 2 == len(got.of("message"))
    assert got.tables["contacts"].state in ("empty", "unreadable", "present")


def test_a_chat_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says so."""
    import json

    got = Imported(unpacked(tmp_path / "p", {"chat_history.json": json.dumps(CHATS)[:-60]}))
    assert (1, "partial") == (len(got.of("message")), got.tables["messages"].state)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    """A file of the same name and another shape is none."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "p", {"friends.json": {"friends_v2": []}}))


def test_ten_thousand_messages_are_read(tmp_path: Path) -> None:
    """However many there are."""
    chats = {f"c{n}": [line("wren", f"line {m}", True) for m in range(100)] for n in range(100)}
    made = zipped(tmp_path / "p.zip", {"json/chat_history.json": chats})
    assert 10_100 == len(Imported(made, options=Options(own_messages=True)).of("message"))
