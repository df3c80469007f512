"""Bluesky: the tree is walked, every record is led back to its key, and what the tree does not name stays out."""

import tracemalloc
from pathlib import Path

import pytest
from cars import DID, Link, Tree, cbor, named, repository, section, varint
from exports import Imported, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError, recognise
from forethought.footprint.archives.car import tid, written
from forethought.footprint.archives.files import Files

WHEN = "2025-02-04T08:30:00.000Z"
PICTURE = Link(named(b"a picture", 0x55))
LETTERS = "234567abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the platform."""
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("bluesky", "BLUESKY"), ("plain", "PLAIN")))


def key_of(microseconds: int) -> str:
    """Return the key of a record that was made then."""
    value = microseconds << 10
    return "".join(LETTERS[value >> 5 * place & 31] for place in range(12, -1, -1))


KEY = key_of(1738657800_000_000)  # the moment of WHEN


def post(words: object, **more: object) -> dict[str, object]:
    """Return a post."""
    return {"$type": "app.bsky.feed.post", "text": words, "createdAt": WHEN, "langs": ["en"], **more}


def many_posts(count: int) -> dict[str, object]:
    """Return posts by key, each a second after the one before."""
    start = 1738657800_000_000
    return {f"app.bsky.feed.post/{key_of(start + n * 10**6)}": post(f"Note {n}") for n in range(count)}


def read(tmp_path: Path, content: bytes, name: str = "repo.car") -> Imported:
    """Read a repository."""
    return Imported(unpacked(tmp_path / "f", {name: content}))


def one(tmp_path: Path, record: object, collection: str = "app.bsky.feed.post", key: str = KEY) -> Imported:
    """Read a repository of one record."""
    return read(tmp_path, repository({f"{collection}/{key}": record}))


def test_a_repository_is_recognised(tmp_path: Path) -> None:
    """By how it begins, with the account, the version and the form."""
    found = read(tmp_path, repository(many_posts(3))).recognised[0]
    assert ("bluesky", "repository version 3", "car", DID) == (
        found.platform,
        found.generation,
        found.form,
        found.account,
    )
    assert found.confidence > 0.9


def test_the_older_version_is_read_alike(tmp_path: Path) -> None:
    """A repository of 2023, whose commit has no revision, gives the same posts."""
    got = read(tmp_path, repository(many_posts(20), version=2))
    assert "repository version 2" == got.recognised[0].generation
    assert 20 == len(got.of("post"))


@pytest.mark.parametrize("name", ["wren.bin", "a/b/download"])
def test_a_renamed_file_is_known_by_its_first_bytes(tmp_path: Path, name: str) -> None:
    """Whatever it is called and wherever it lies."""
    assert 3 == len(read(tmp_path, repository(many_posts(3)), name).of("post"))


def test_a_zip_with_a_folder_around_it_is_read(tmp_path: Path) -> None:
    """As the file itself is."""
    made = zipped(tmp_path / "bluesky.zip", {"repo.car": repository(many_posts(3))}, wrapper="bluesky-2025/")
    assert 3 == len(Imported(made).of("post"))


def test_a_tree_of_several_levels_is_walked_whole(tmp_path: Path) -> None:
    """Every key comes out as it went in, across shared prefixes and nodes without entries of their own."""
    records = many_posts(600)
    assert Tree({key: named(cbor(record)) for key, record in records.items()}).levels >= 4
    got = read(tmp_path, repository(records))
    assert set(records) == {item.pointer.locator for item in got.of("post")}
    assert {key: record["text"] for key, record in records.items()} == {
        item.pointer.locator: item.text for item in got.of("post")
    }
    assert not got.problems


def test_the_order_of_blocks_does_not_matter(tmp_path: Path) -> None:
    """A commit behind everything else is found, though the account is then known only once it is read."""
    got = read(tmp_path, repository(many_posts(2000), commit_last=True))
    assert 2000 == len(got.of("post"))
    assert f"at://{DID}/" in got.of("post")[0].key


def test_stale_records_are_counted_and_never_read(tmp_path: Path) -> None:
    """What was deleted or replaced and still lies in the file is told as a number, without a word of it."""
    stale = [post("I should not have said that about Rowan."), post("An older version.")]
    got = read(tmp_path, repository(many_posts(30), stale=stale))
    assert 30 == len(got.items)
    assert any("which the file still carries; they were left out: 2" in problem.what for problem in got.problems)
    assert "Rowan" not in got.everything()
    assert "present" == got.tables["posts"].state


def test_old_nodes_are_not_taken_for_stale_records(tmp_path: Path) -> None:
    """Nodes of an older tree are passed over and not counted."""
    old = Tree({"app.bsky.feed.post/3lzzzzzzzzz2a": named(b"gone")})
    content = repository(many_posts(5)) + b"".join(map(section, old.nodes.values()))
    got = read(tmp_path, content)
    assert 5 == len(got.items)
    assert not got.problems


def test_a_missing_record_costs_itself_only(tmp_path: Path) -> None:
    """It is counted, and the table is partial."""
    records = many_posts(10)
    got = read(tmp_path, repository(records, without=[cbor(next(iter(records.values())))]))
    assert 9 == len(got.of("post"))
    assert ("partial", 9, 10) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)
    assert ["records that the index names and the file lacks: 1"] == [problem.what for problem in got.problems]


def test_a_missing_branch_costs_its_own_records_only(tmp_path: Path) -> None:
    """The rest of the tree is read, and the table does not claim to be whole."""
    records = many_posts(200)
    tree = Tree({key: named(cbor(record)) for key, record in records.items()})
    branch = next(block for identifier, block in tree.nodes.items() if identifier != tree.root)
    got = read(tmp_path, repository(records, without=[branch]))
    assert 0 < len(got.of("post")) < 200
    assert "partial" == got.tables["posts"].state
    assert any("parts of the index that are not in the file: 1" == problem.what for problem in got.problems)


def test_a_block_that_is_not_what_it_is_called_is_refused(tmp_path: Path) -> None:
    """A record that was altered gives a problem under its key; its neighbours are read."""
    records = many_posts(3)
    key, record = next(iter(records.items()))
    true, false = cbor(record), cbor(post("Nope 0"))
    assert len(true) == len(false)
    got = read(tmp_path, repository(records).replace(true, false))
    assert 2 == len(got.of("post"))
    assert key in {problem.pointer.locator for problem in got.problems}
    assert "Nope" not in got.everything()


@pytest.mark.parametrize("bad", [{"$type": "app.bsky.feed.post", "createdAt": WHEN}, ["a list"], post(7)])
def test_a_record_of_a_strange_shape_costs_itself_only(tmp_path: Path, bad: object) -> None:
    """It leaves one problem that leads to it."""
    got = read(tmp_path, repository(many_posts(3) | {"app.bsky.feed.post/odd": bad}))
    assert 3 == len(got.of("post"))
    assert ["app.bsky.feed.post/odd"] == [problem.pointer.locator for problem in got.problems]
    assert "partial" == got.tables["posts"].state


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says that it breaks off."""
    content = repository(many_posts(50))
    got = read(tmp_path, content[: len(content) * 9 // 10])
    assert 0 < len(got.of("post")) < 50
    assert "partial" == got.tables["posts"].state
    assert any("breaks off" in problem.what for problem in got.problems)


def test_a_file_cut_off_in_its_tree_does_not_crash(tmp_path: Path) -> None:
    """Wherever it ends, reading ends too, with a state for every table."""
    content = repository(many_posts(40))
    for size in range(60, len(content), 97):
        got = read(tmp_path / str(size), content[:size])
        assert got.tables["posts"].state in ("partial", "unreadable", "absent")
        assert got.problems


def test_a_file_without_its_commit_is_unreadable(tmp_path: Path) -> None:
    """And no block of it is taken for a record."""
    header = cbor({"roots": [named(b"elsewhere")], "version": 1})
    got = read(tmp_path, varint(len(header)) + header + section(cbor(post("Stray"))))
    assert not got.items
    assert "unreadable" == got.tables["posts"].state
    assert "Stray" not in got.everything()


def test_an_empty_repository_is_empty_not_absent(tmp_path: Path) -> None:
    """An account that never posted has no posts, and the file says so."""
    got = read(tmp_path, repository({"app.bsky.actor.profile/self": {"$type": "app.bsky.actor.profile"}}))
    assert ("empty", 0, 0) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)
    assert "present" == got.tables["profile"].state


@pytest.mark.parametrize("content", [b"", b"\x3a", b"not a repository at all", varint(2**40)])
def test_other_files_are_refused(tmp_path: Path, content: bytes) -> None:
    """Files that only share the name are no repository."""
    with pytest.raises(UnknownArchiveError):
        read(tmp_path, content)


def test_a_post_comes_out_exactly(tmp_path: Path) -> None:
    """Words, moment, languages, address, audience and pointer."""
    item = one(tmp_path, post("Café notes 🫖 &amp; more\n\nNone"), key=KEY).of("post")[0]
    assert "Café notes 🫖 &amp; more\n\nNone" == item.text
    assert ("2025-02-04T08:30:00+00:00", "utc") == (item.created.at.isoformat(), item.created.zone)
    assert f"https://bsky.app/profile/{DID}/post/{KEY}" == item.address
    assert f"at://{DID}/app.bsky.feed.post/{KEY}" == item.key
    assert ("repo.car", f"app.bsky.feed.post/{KEY}") == (item.pointer.member, item.pointer.locator)
    assert ("public", "account") == (item.audience.who, item.audience.level)
    assert item.own_words
    assert (("language", "en"),) == item.details


def test_a_post_of_one_word_that_means_nothing_elsewhere_is_kept(tmp_path: Path) -> None:
    """`None` is what the person wrote, not an unset value."""
    assert ["None"] == one(tmp_path, post("None")).texts("post")


def test_replies_and_quotes_are_told_apart(tmp_path: Path) -> None:
    """By their parent and by what they embed."""
    other = "at://did:plc:tom/app.bsky.feed.post/3laaaaaaaaa2a"
    parent = {"root": {"uri": other, "cid": "x"}, "parent": {"uri": other, "cid": "x"}}
    quote = {"$type": "app.bsky.embed.record", "record": {"uri": other, "cid": "x"}}
    shown = {"$type": "app.bsky.embed.record", "record": {"uri": "at://did:plc:tom/app.bsky.graph.list/3l", "cid": "x"}}
    both = {"$type": "app.bsky.embed.recordWithMedia", "record": quote, "media": {"images": []}}
    records = {"1": {"reply": parent}, "2": {"embed": quote}, "3": {"embed": both}, "4": {"embed": shown}}
    got = read(tmp_path, repository({f"app.bsky.feed.post/{key}": post(key, **more) for key, more in records.items()}))
    assert {"1": "reply", "2": "quote", "3": "quote", "4": "post"} == {item.text: item.kind for item in got.items}
    assert [other] == [item.reply_to for item in got.of("reply")]
    assert {other} == {dict(item.details)["quotes"] for item in got.of("quote")}


def test_pictures_have_their_words_and_their_files(tmp_path: Path) -> None:
    """Alternative text is kept, the file is found by its identifier, and a spare file is reported."""
    blob = {"$type": "blob", "ref": PICTURE, "mimeType": "image/jpeg", "size": 9}
    embed = {"$type": "app.bsky.embed.images", "images": [{"alt": "My desk", "image": blob}, {"alt": "", "image": {}}]}
    content = repository({f"app.bsky.feed.post/{KEY}": post("Look", embed=embed)})
    files = {"repo.car": content, f"blobs/{written(PICTURE)}.jpg": b"a picture", "blobs/bafkreispare.jpg": b"x"}
    got = Imported(unpacked(tmp_path / "f", files))
    assert [(f"blobs/{written(PICTURE)}.jpg", "My desk"), ("", "")] == [
        (each.name, each.alt) for each in got.of("post")[0].media
    ]
    assert ("partial", 1, 2) == (got.tables["media"].state, got.tables["media"].read, got.tables["media"].said)
    assert any("no record names: 1" in problem.what for problem in got.problems)


def test_films_beside_a_quote_keep_their_words(tmp_path: Path) -> None:
    """A film's words are found in a post that also quotes, and the oldest blobs name themselves."""
    film = {"$type": "app.bsky.embed.video", "alt": "Rain", "video": {"cid": "bafkreiold", "mimeType": "video/mp4"}}
    quoted = {"record": {"uri": "at://did:plc:tom/app.bsky.feed.post/3l", "cid": "x"}}
    embed = {"$type": "app.bsky.embed.recordWithMedia", "record": quoted, "media": film}
    item = one(tmp_path, post("See", embed=embed)).of("quote")[0]
    assert [("bafkreiold", "Rain")] == [(each.name, each.alt) for each in item.media]


def test_links_tags_and_labels_are_told(tmp_path: Path) -> None:
    """Where shortened links lead, tags that stand outside the words, and the person's own labels."""
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/a-long-address"}
    facet = {"index": {"byteStart": 6, "byteEnd": 20}, "features": [link]}
    labels = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": "graphic-media"}]}
    card = {"$type": "app.bsky.embed.external", "external": {"uri": "https://example.net/", "title": "T"}}
    record = post("Café: example.org/a-l...", facets=[facet], tags=["grief"], labels=labels, embed=card)
    details = one(tmp_path, record).of("post")[0].details
    assert [
        ("link", "https://example.org/a-long-address"),
        ("link", "https://example.net/"),
        ("language", "en"),
        ("tag", "grief"),
        ("label", "graphic-media"),
    ] == list(details)


def test_the_key_is_a_second_clock(tmp_path: Path) -> None:
    """A claimed time that is far off is told beside the key's; one that cannot be read gives way to it."""
    records = {
        f"app.bsky.feed.post/{KEY}": post("Backdated") | {"createdAt": "2012-01-01T00:00:00Z"},
        f"app.bsky.feed.post/{key_of(1738657801_000_000)}": post("Undated") | {"createdAt": "yesterday"},
    }
    got = {item.text: item for item in read(tmp_path, repository(records)).of("post")}
    assert 2012 == got["Backdated"].created.at.year
    assert "2025-02-04T08:30:00+00:00" == dict(got["Backdated"].details)["time by its key"]
    assert "2025-02-04T08:30:01+00:00" == got["Undated"].created.at.isoformat()
    assert "yesterday" == got["Undated"].created.raw


@pytest.mark.parametrize("key", ["self", "", "3laaaaaaaaa2", "3laaaaaaaaa21", "3LAAAAAAAAA2A"])
def test_a_key_of_another_kind_has_no_moment(key: str) -> None:
    """Only thirteen letters of the alphabet carry one."""
    assert tid(key).at is None


def test_likes_and_reposts_are_not_the_persons_words(tmp_path: Path) -> None:
    """They point at what was liked or passed on."""
    subject = {"uri": "at://did:plc:tom/app.bsky.feed.post/3laaaaaaaaa2a", "cid": "x"}
    record = {"subject": subject, "createdAt": WHEN}
    records = {
        f"app.bsky.feed.{kind}/{KEY}": record | {"$type": f"app.bsky.feed.{kind}"} for kind in ("like", "repost")
    }
    got = read(tmp_path, repository(records))
    assert ["like", "repost"] == sorted(item.kind for item in got.items)
    assert {"https://bsky.app/profile/did:plc:tom/post/3laaaaaaaaa2a"} == {item.address for item in got.items}
    assert not any(item.own_words for item in got.items)


def test_one_block_under_two_keys_is_two_records(tmp_path: Path) -> None:
    """The same words twice are one block and two posts."""
    got = read(tmp_path, repository({"app.bsky.feed.post/a": post("Tea"), "app.bsky.feed.post/b": post("Tea")}))
    assert ["app.bsky.feed.post/a", "app.bsky.feed.post/b"] == sorted(item.pointer.locator for item in got.items)
    assert ("present", 2, 2) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)


def test_the_profile_is_read(tmp_path: Path) -> None:
    """Name and pinned post, the bio as the person's words, and the request to hide it from the public."""
    labels = {"values": [{"val": "!no-unauthenticated"}]}
    pinned = {"uri": f"at://{DID}/app.bsky.feed.post/{KEY}", "cid": "x"}
    record = {"$type": "app.bsky.actor.profile", "displayName": "Wren", "description": "Counsellor\nin Leeds"}
    got = one(tmp_path, record | {"labels": labels, "pinnedPost": pinned}, "app.bsky.actor.profile", "self")
    assert {"account": DID, "name": "Wren", "pinned": pinned["uri"]} == dict(got.of("profile")[0].details)
    assert ["Counsellor\nin Leeds"] == got.texts("bio")
    assert "not signed in" in dict(got.of("setting")[0].details)["value"]


def test_contacts_are_handles_with_a_state(tmp_path: Path) -> None:
    """Whom the person follows, blocks and lists, under the names that become fingerprints."""
    states = {"follow": "accepted", "block": "blocked", "listitem": "listed"}
    records = {
        f"app.bsky.graph.{kind}/{KEY}": {"$type": f"app.bsky.graph.{kind}", "subject": "did:plc:tom", "createdAt": WHEN}
        for kind in states
    }
    got = read(tmp_path, repository(records))
    assert sorted(states.values()) == sorted(dict(item.details)["state"] for item in got.of("contact"))
    assert {("did:plc:tom", "sent")} == {
        (dict(item.details)["handle"], dict(item.details)["direction"]) for item in got.of("contact")
    }
    assert all("tom" not in item.key + item.text + item.address for item in got.of("contact"))


def test_lists_and_feeds_are_the_persons_words(tmp_path: Path) -> None:
    """Their names and descriptions are public, and were written by the person."""
    records = {
        f"app.bsky.graph.list/{KEY}": {"name": "Colleagues", "description": "in Leeds", "createdAt": WHEN},
        f"app.bsky.graph.starterpack/{KEY}": {"name": "Start", "createdAt": WHEN},
        f"app.bsky.feed.generator/{KEY}": {"displayName": "Grief news", "createdAt": WHEN},
    }
    got = read(
        tmp_path, repository({key: record | {"$type": key.partition("/")[0]} for key, record in records.items()})
    )
    assert {"Colleagues\nin Leeds": "list", "Start": "starter pack", "Grief news": "feed"} == {
        item.text: dict(item.details)["form"] for item in got.items
    }


@pytest.mark.parametrize(
    ("more", "value"),
    [
        ({}, "anybody"),
        ({"allow": []}, "nobody"),
        ({"allow": [{"$type": "app.bsky.feed.threadgate#mentionRule"}]}, "people who are mentioned"),
        ({"allow": [{"$type": "x#followingRule"}, {"$type": "x#newRule"}]}, "people who are followed, others"),
    ],
)
def test_who_may_reply_is_a_setting_of_its_post(tmp_path: Path, more: dict[str, object], value: str) -> None:
    """No rule at all means anybody, and an empty list nobody."""
    address = f"at://{DID}/app.bsky.feed.post/{KEY}"
    record = {"$type": "app.bsky.feed.threadgate", "post": address, "createdAt": WHEN, **more}
    item = one(tmp_path, record, "app.bsky.feed.threadgate").of("setting")[0]
    assert {"setting": "who may reply", "value": value} == dict(item.details)
    assert address == item.reply_to


def test_who_may_quote_and_write_are_settings(tmp_path: Path) -> None:
    """A gate that shuts quotes, and who may send messages."""
    shut = {
        "post": "at://x/y/z",
        "createdAt": WHEN,
        "embeddingRules": [{"$type": "app.bsky.feed.postgate#disableRule"}],
    }
    records = {
        f"app.bsky.feed.postgate/{KEY}": shut | {"$type": "app.bsky.feed.postgate"},
        "chat.bsky.actor.declaration/self": {"$type": "chat.bsky.actor.declaration", "allowIncoming": "following"},
    }
    got = [dict(item.details) for item in read(tmp_path, repository(records)).of("setting")]
    assert {"who may quote": "nobody", "who may write messages": "following"} == {
        each["setting"]: each["value"] for each in got
    }


def test_records_of_other_programs_are_counted(tmp_path: Path) -> None:
    """Their number is told; neither their kind nor their content is, since either may name a person."""
    got = read(tmp_path, repository(many_posts(2) | {"net.wren-private.diary/1": {"$type": "x", "entry": "secret"}}))
    assert ["records of kinds that are not known: 1"] == [problem.what for problem in got.problems]
    assert "secret" not in got.everything()
    assert "wren-private" not in got.everything()


def test_two_exports_are_read_together(tmp_path: Path) -> None:
    """Of each record that both hold the items are the same, and the counts are of both."""
    first, second = many_posts(5), many_posts(8)
    for name, records in (("a", first), ("b", second)):
        unpacked(tmp_path / name, {"repo.car": repository(records)})
    got = Imported(tmp_path / "a", tmp_path / "b")
    assert 13 == got.tables["posts"].read
    assert 8 == len({item.id for item in got.of("post")})


def test_a_hostile_tree_is_bounded(tmp_path: Path) -> None:
    """A prefix that is not there, and a node that is no node, end their own branch."""
    record = cbor(post("Tea"))
    node = cbor({"l": None, "e": [{"p": 9, "k": b"x", "v": named(record), "t": None}]})
    commit = cbor({"did": DID, "version": 3, "data": named(node), "prev": None, "rev": "x", "sig": b""})
    header = cbor({"roots": [named(commit)], "version": 1})
    got = read(tmp_path, varint(len(header)) + header + b"".join(map(section, (commit, node, record))))
    assert not got.items
    assert any("parts of the index" in problem.what for problem in got.problems)


def test_ten_thousand_posts_are_read_fast_and_flat(tmp_path: Path) -> None:
    """At least a thousand a second on any machine, in less memory than the file and its records would take."""
    made = unpacked(tmp_path / "f", {"repo.car": repository(many_posts(10_000))})
    assert 10_000 == Imported(made).tables["posts"].read
    with Files([made]) as files:
        platform, found = recognise(files)[0]
        tracemalloc.start()
        assert 10_000 < sum(1 for _ in platform.read(files, found, Options()))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 12 * 2**20
