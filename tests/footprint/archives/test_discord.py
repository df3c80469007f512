"""Discord packages: servers' messages as writing, direct ones only counted, and no token, phone or stranger kept."""

import json
from pathlib import Path

import pytest
from exports import Content, Imported, table_of, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options

SERVER, DIRECT = "c1200000000000000001", "c1200000000000000002"
KEY = (1738657800000 - 1420070400000) << 22  # 2025-02-04 08:30 UTC
USER = {
    "id": "42", "username": "wren", "global_name": "Wren", "email": "wren@private.example", "phone": "+44 7700 900123",
    "ip": "203.0.113.9", "payments": [{"id": "pay-1"}, {"id": "pay-2"}],
    "relationships": [
        {"type": 1, "nickname": "Ash M", "user": {"username": "ash"}},
        {"type": "PENDING_INCOMING", "user": {"username": "rowan"}},
        {"type": 99, "user": {"username": "fern"}},
    ],
    "connections": [{"type": "steam", "id": "steam-77", "access_token": "t0ken-99", "visibility": 1}],
    "settings": {"settings": {"showCurrentGame": True, "nested": {"a": 1}}},
}  # fmt: skip
EVENTS = [
    {"event_type": "session_start", "ip": "203.0.113.9", "country_code": "GB", "timestamp": '"2025-02-04T08:30:00Z"'},
    {"event_type": "session_start", "ip": "203.0.113.8", "country_code": "FR", "timestamp": '"2024-02-04T08:30:00Z"'},
]
MESSAGES = [
    {"ID": KEY, "Timestamp": "2025-02-04 08:30:00", "Contents": "same time next week?", "Attachments": ""},
    {
        "ID": str(KEY + 1), "Timestamp": "2025-02-04 08:31:00.123000+00:00", "Contents": "",
        "Attachments": "https://cdn.example/1/door.png?ex=aa&hm=s1gned",
    },
]  # fmt: skip


def package(form: str = "json", top: str = "messages", user: str = "account/user.json") -> dict[str, Content]:
    """Return a package of either generation."""
    rows = [[each[name] for name in MESSAGES[0]] for each in MESSAGES]
    messages: Content = MESSAGES if form == "json" else table_of([list(MESSAGES[0]), *rows])
    guild = {"id": "77", "name": "Counsellors of Leeds"}
    return {
        user: USER,
        "activities/9/user.json": {"id": "1", "app": "other"},
        f"{top}/index.json": {SERVER[1:]: "general", DIRECT[1:]: "Direct Message with ash#0"},
        f"{top}/{SERVER}/channel.json": {"id": SERVER[1:], "type": 0, "name": "general", "guild": guild},
        f"{top}/{SERVER}/messages.{form}": messages,
        f"{top}/{DIRECT}/channel.json": {"id": DIRECT[1:], "type": 1, "recipients": ["42", "43"]},
        f"{top}/{DIRECT}/messages.{form}": messages,
        "servers/1300000000000000003/guild.json": guild,
        "activity/reporting/events-2025-0.json": "".join(json.dumps(each) + "\n" for each in EVENTS) + '{"cut',
    }


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("discord", "DISCORD"), ("plain", "PLAIN")))


@pytest.mark.parametrize("form", ["json", "csv"])
def test_messages_on_a_server_are_read(tmp_path: Path, form: str) -> None:
    """In both generations, with the server's name, and ids that are not rounded."""
    got = Imported(zipped(tmp_path / "package.zip", package(form)))
    posts = got.of("post")
    assert ["same time next week?", ""] == [post.text for post in posts]
    assert [str(KEY), str(KEY + 1)] == [post.key for post in posts]
    assert ({"group": "Counsellors of Leeds", "channel": "general"}, "group", "channel") == (
        dict(posts[0].details),
        posts[0].audience.who,
        posts[0].audience.level,
    )
    assert ["/0" if form == "json" else "row 1"] == [posts[0].pointer.locator]
    assert "door.png" == posts[1].media[0].name
    assert f"messages in {form}" == got.recognised[0].generation


def test_the_id_s_clock_tells_the_zone(tmp_path: Path) -> None:
    """Where none is written and the two agree; where they do not, it stays unknown."""
    files = package()
    odd = {**MESSAGES[0], "Timestamp": "2025-02-04 09:30:00"}
    files[f"messages/{SERVER}/messages.json"] = [MESSAGES[0], odd]
    zones = [post.created.zone for post in Imported(zipped(tmp_path / "p.zip", files)).of("post")]
    assert ["utc", "unknown"] == zones


def test_direct_messages_are_only_counted(tmp_path: Path) -> None:
    """Their number and span are told, and whom they were with by number only."""
    got = Imported(zipped(tmp_path / "p.zip", package()))
    assert [
        {"own": "2", "people": "2", "first": "2025-02-04 08:30:00", "last": "2025-02-04 08:31:00.123000+00:00"}
    ] == [dict(each.details) for each in got.of("message")]
    assert "named people" == got.of("message")[0].audience.who
    assert "Direct Message with" not in got.everything()


def test_own_direct_messages_are_read_where_asked_for(tmp_path: Path) -> None:
    """They are the person's own, since the package holds no others."""
    got = Imported(zipped(tmp_path / "p.zip", package()), options=Options(own_messages=True))
    assert ["same time next week?"] == [item.text for item in got.of("message") if item.text]


def test_the_profile_and_what_belongs_to_it_is_told(tmp_path: Path) -> None:
    """The highest user.json counts; contacts and requests by direction, linked accounts, settings, servers."""
    got = Imported(zipped(tmp_path / "p.zip", package()))
    assert [{"handle": "wren", "name": "Wren"}] == [dict(each.details) for each in got.of("profile")]
    assert [{"name": "Ash M", "handle": "ash", "state": "accepted"}, {"handle": "fern", "state": "unknown"}] == [
        dict(each.details) for each in got.of("contact")
    ]
    assert {"handle": "rowan", "direction": "received", "state": "pending"} == dict(got.of("request")[0].details)
    assert "steam" == dict(got.of("app")[0].details)["app"]
    assert [("showCurrentGame", "True"), ("server joined", "Counsellors of Leeds")] == [
        tuple(dict(each.details).values()) for each in got.of("setting")
    ]
    assert "/relationships/1" == got.of("request")[0].pointer.locator


def test_visits_are_summed_up(tmp_path: Path) -> None:
    """How many, from how many networks and which countries; a broken line costs itself."""
    got = Imported(zipped(tmp_path / "p.zip", package()))
    told = dict(got.of("session")[0].details)
    assert ("2", "2", "FR, GB") == (told["count"], told["networks"], told["countries"])
    assert ["line 3"] == [problem.pointer.locator for problem in got.problems]


def test_secrets_are_nowhere(tmp_path: Path) -> None:
    """Neither address, phone, payments, tokens nor signed links; each is counted."""
    got = Imported(zipped(tmp_path / "p.zip", package()), options=Options(own_messages=True))
    for secret in ("private.example", "7700", "203.0.113", "pay-1", "t0ken", "steam-77", "s1gned"):
        assert secret not in got.everything()
    assert {"email": 1, "phone": 1, "ip": 1, "payments": 2}.items() <= {
        removed.field: removed.count for removed in got.removed
    }.items()


def test_localised_folders_and_a_wrapper_change_nothing(tmp_path: Path) -> None:
    """Folders are found by their numbers and files by their shape."""
    plain = Imported(zipped(tmp_path / "0.zip", package()))
    named = Imported(zipped(tmp_path / "1.zip", package(top="Nachrichten", user="Konto/user.json"), "package/"))
    assert {item.id for item in plain.items} == {item.id for item in named.items}
    assert ("en", "unknown") == (plain.recognised[0].language, named.recognised[0].language)


def test_older_packages_tell_less_and_are_read(tmp_path: Path) -> None:
    """Folders without a letter before the number, and channels without a type, are the same channels."""
    new, old = package(), {name.replace("/c12", "/12"): content for name, content in package("csv").items()}
    for files in (new, old):
        for name in [name for name in files if name.endswith(f"{SERVER[1:]}/channel.json")]:
            files[name] = {"guild": {"name": "Counsellors of Leeds"}}
        for name in [name for name in files if name.endswith(f"{DIRECT[1:]}/channel.json")]:
            files[name] = {}
    one, two = Imported(zipped(tmp_path / "n.zip", new)), Imported(zipped(tmp_path / "o.zip", old))
    assert 2 == len(one.of("post"))
    assert {each.id for each in one.of("post", "message")} == {each.id for each in two.of("post", "message")}


def test_a_channel_without_messages_or_without_a_file_is_no_harm(tmp_path: Path) -> None:
    """One of which nothing is told is taken for a direct one, which tells less."""
    files = package()
    del files[f"messages/{DIRECT}/messages.json"], files[f"messages/{SERVER}/channel.json"]
    got = Imported(zipped(tmp_path / "p.zip", files))
    assert (0, 1) == (len(got.of("post")), len(got.of("message")))


@pytest.mark.parametrize(
    "broken", ["", "[1, 2]", "{", '[{"ID": 1, "Timestamp": "2025-02-04 08:30:00", "Contents": "a"}, {"I']
)
def test_a_broken_file_costs_itself(tmp_path: Path, broken: str) -> None:
    """The other channel is read, whatever the first holds, and so it is with a broken profile."""
    files = package()
    files[f"messages/{SERVER}/messages.json"] = broken
    files["account/user.json"] = '["username"]' if broken == "[1, 2]" else USER
    got = Imported(unpacked(tmp_path / "p", files))
    assert 1 == len(got.of("message"))
    assert "1" not in [post.key for post in got.of("post")] or ["a"] == got.texts("post")
    assert any("messages.json" in problem.pointer.member for problem in got.problems)


def test_another_archive_is_refused(tmp_path: Path) -> None:
    """A channel.json outside a numbered folder is none of Discord's."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "p", {"channel.json": {"id": "1"}}))


def test_ten_thousand_messages_are_read(tmp_path: Path) -> None:
    """However many there are."""
    files = package()
    files[f"messages/{SERVER}/messages.json"] = [
        {**MESSAGES[0], "ID": KEY + n, "Contents": f"line {n}"} for n in range(10_000)
    ]
    made = zipped(tmp_path / "p.zip", files)
    assert 10_000 == len(Imported(made).of("post"))
