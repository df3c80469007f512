"""Mastodon: each post keeps the audience it had, private ones are only counted, and words come out of HTML."""

import io
import json
import tarfile
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from exports import Imported, as_bytes, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError, recognise
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.mastodon_posts import handle, quick_words

ME = "https://example.social/users/wren"
TOM = "https://other.example/users/tom"
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
FOLLOWERS = f"{ME}/followers"
WHEN = "2025-02-04T08:30:00Z"


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the platform."""
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("mastodon", "MASTODON"), ("plain", "PLAIN")))


def created(
    words: str, number: int = 1, to: object = PUBLIC, cc: object = FOLLOWERS, **more: object
) -> dict[str, object]:
    """Return a post as the outbox holds it."""
    address = f"{ME}/statuses/{number}"
    note = {
        "id": address,
        "type": "Note",
        "url": f"https://example.social/@wren/{number}",
        "published": WHEN,
        "content": f"<p>{words}</p>",
        "summary": None,
        "inReplyTo": None,
        "attachment": [],
        "to": to,
        "cc": cc,
        **more,
    }
    return {
        "id": f"{address}/activity",
        "type": "Create",
        "actor": ME,
        "published": WHEN,
        "to": to,
        "cc": cc,
        "object": note,
    }


def collection(name: str, entries: object, total: int = 999) -> dict[str, object]:
    """Return a collection as the archive holds it."""
    context = "https://www.w3.org/ns/activitystreams"
    return {
        "@context": context,
        "id": f"{name}.json",
        "type": "OrderedCollection",
        "totalItems": total,
        "orderedItems": entries,
    }


ACTOR = {
    "@context": [
        "https://www.w3.org/ns/activitystreams",
        {"toot": "http://joinmastodon.org/ns#", "indexable": "toot:indexable"},
    ],
    "id": ME,
    "type": "Person",
    "inbox": f"{ME}/inbox",
    "outbox": "outbox.json",
    "preferredUsername": "wren",
    "name": "Wren",
    "summary": "<p>Counsellor &amp; walker</p><p>Leeds</p>",
    "published": "2022-11-05T00:00:00Z",
    "manuallyApprovesFollowers": False,
    "discoverable": True,
    "indexable": False,
    "alsoKnownAs": ["https://old.example/users/wren"],
    "attachment": [
        {
            "type": "PropertyValue",
            "name": "Site",
            "value": '<a href="https://wren.example"><span>wren.example</span></a>',
        }
    ],
    "publicKey": {"publicKeyPem": "-----BEGIN PUBLIC KEY-----"},
}


def archive(*activities: object, **more: object) -> dict[str, object]:
    """Return the files of an archive with these activities."""
    return {
        "actor.json": ACTOR,
        "outbox.json": collection("outbox", list(activities)),
        "likes.json": collection("likes", [f"{TOM}/statuses/7"]),
        "bookmarks.json": collection("bookmarks", [f"{TOM}/statuses/7"]),
        **more,
    }


def given(tmp_path: Path, files: Mapping[str, object], options: Options | None = None) -> Imported:
    """Read a folder of files."""
    return Imported(unpacked(tmp_path / "f", files), options=options)


def posted(tmp_path: Path, *activities: object, options: Options | None = None) -> Imported:
    """Read an archive with these activities."""
    return given(tmp_path, archive(*activities), options)


# Recognition, and where files lie


def test_an_archive_is_recognised(tmp_path: Path) -> None:
    """With its age, its form and the account."""
    found = posted(tmp_path, created("Tea")).recognised[0]
    assert ("mastodon", "since 4.2", "json", "wren@example.social") == (
        found.platform,
        found.generation,
        found.form,
        found.account,
    )
    assert found.confidence > 0.9
    assert () == found.missing


@pytest.mark.parametrize(
    ("old", "new", "generation"),
    [
        ('"indexable"', '"featured"', "before 4.2"),
        ("http://joinmastodon.org/ns#", "http://litepub.social/ns#", "Pleroma"),
    ],
)
def test_older_and_other_servers_are_told_apart(tmp_path: Path, old: str, new: str, generation: str) -> None:
    """By what their profile holds; the posts are the same."""
    actor = json.dumps(ACTOR).replace(old, new)
    got = given(tmp_path, archive(created("Tea")) | {"actor.json": actor})
    assert generation == got.recognised[0].generation
    assert ["Tea"] == got.texts("post")


def test_a_tar_file_is_read_as_a_zip_is(tmp_path: Path) -> None:
    """Older servers send the one and newer the other."""
    files = archive(created("Tea"), created("Rain", 2))
    made = zipped(tmp_path / "archive.zip", files, wrapper="archive-20250301/")
    packed = tmp_path / "archive-20250301000000-abc.tar.gz"
    with tarfile.open(packed, "w:gz") as tar:
        for name, content in files.items():
            entry = tarfile.TarInfo(name)
            entry.size = len(as_bytes(name, content))
            tar.addfile(entry, io.BytesIO(as_bytes(name, content)))
    assert ["Tea", "Rain"] == Imported(made).texts("post") == Imported(packed).texts("post")
    assert {item.id for item in Imported(made).items} == {item.id for item in Imported(packed).items}


def test_renamed_files_are_known_by_what_they_say(tmp_path: Path) -> None:
    """A collection names itself, and a profile has a name and an inbox."""
    files = archive(created("Tea"))
    renamed = {f"copy of {name}": files[name] for name in files} | {"other.json": {"a": 1}}
    got = given(tmp_path, renamed)
    assert ["Tea"] == got.texts("post")
    assert {"like", "bookmark"} == {dict(item.details)["form"] for item in got.of("like")}
    assert 1 == len(got.of("bio"))


def test_the_outbox_alone_is_enough(tmp_path: Path) -> None:
    """What else an archive holds is named as missing; the account is that of the first post."""
    found = given(tmp_path, {"outbox.json": collection("outbox", [created("Tea")])}).recognised[0]
    assert ("actor.json", "likes.json", "bookmarks.json") == found.missing
    assert "wren@example.social" == found.account


def test_lists_alone_ask_for_the_archive(tmp_path: Path) -> None:
    """They hold no posts, and how to get them is said."""
    found = given(
        tmp_path, {"following_accounts.csv": "Account address,Show boosts\ntom@other.example,true\n"}
    ).recognised[0]
    assert ("lists", "csv") == (found.generation, found.form)
    assert "Request your archive" in found.advice


@pytest.mark.parametrize(
    "files",
    [
        {"lists.csv": "name,value\n1,2\n"},
        {"bookmarks.csv": "Title,Url\nA,B\n"},
        {"outbox.json": {"messages": []}},
        {"followers.json": [{"string_list_data": []}]},
    ],
)
def test_other_files_are_refused(tmp_path: Path, files: dict[str, object]) -> None:
    """Names alone prove nothing."""
    with pytest.raises(UnknownArchiveError):
        given(tmp_path, files)


# Broken files


def test_a_bad_record_costs_itself_only(tmp_path: Path) -> None:
    """It leaves one problem at its place; kinds that are no posts leave none."""
    bad: list[object] = ["text", {"type": "Dance"}, {"type": "Create", "object": "x"}, created("x", content=7), {}]
    got = posted(tmp_path, created("Tea"), *bad, {"type": "Delete", "object": "x"}, created("Rain", 2))
    assert ["Tea", "Rain"] == got.texts("post")
    assert [f"/orderedItems/{n}" for n in range(1, 6)] == [problem.pointer.locator for problem in got.problems]


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says that it breaks off."""
    content = json.dumps(collection("outbox", [created("Tea"), created("Rain", 2)]))[:-60]
    got = given(tmp_path, archive() | {"outbox.json": content})
    assert ["Tea"] == got.texts("post")
    assert "partial" == got.tables["posts"].state


def test_states_are_told_apart(tmp_path: Path) -> None:
    """Present, empty, absent and unreadable are four; the server's own count proves nothing."""
    files = archive(created("Tea")) | {"likes.json": collection("likes", []), "bookmarks.json": ""}
    tables = given(tmp_path, files).tables
    assert ["present", "empty", "unreadable"] == [tables[name].state for name in ("posts", "likes", "bookmarks")]
    assert (1, None) == (tables["posts"].read, tables["posts"].said)
    files.pop("bookmarks.json")
    assert "absent" == given(tmp_path / "b", files).tables["bookmarks"].state


def test_one_entry_in_place_of_a_list_is_read(tmp_path: Path) -> None:
    """A single object stands for a list of it, among activities and among pictures."""
    picture = {"type": "Document", "url": "/media_attachments/files/1/a.png", "name": "My desk"}
    outbox = collection("outbox", created("Tea", attachment=picture))
    got = given(tmp_path, archive() | {"outbox.json": outbox})
    assert ["My desk"] == [each.alt for each in got.of("post")[0].media]


# Posts


def test_a_post_comes_out_exactly(tmp_path: Path) -> None:
    """Words, moment, address, language, and the place of its record."""
    words = (
        'Quiet week &amp; tea &lt;3<br />Second line</p><p>See <a href="https://example.org/x"><span class="invisible">'
    )
    words += 'https://</span><span class="ellipsis">example.org</span><span class="invisible">/x</span></a> None'
    item = posted(tmp_path, created("First"), created(words, 2, contentMap={"en": "x"})).of("post")[1]
    assert "Quiet week & tea <3\nSecond line\n\nSee https://example.org/x None" == item.text
    assert ("2025-02-04T08:30:00+00:00", "utc") == (item.created.at.isoformat(), item.created.zone)  # type: ignore[union-attr]
    assert ("https://example.social/@wren/2", f"{ME}/statuses/2") == (item.address, item.key)
    assert ("outbox.json", "/orderedItems/1") == (item.pointer.member, item.pointer.locator)
    assert (("language", "en"),) == item.details
    assert item.own_words


@pytest.mark.parametrize(
    ("to", "cc", "who"),
    [
        (PUBLIC, FOLLOWERS, "public"),
        (["as:Public"], [], "public"),
        ("Public", [], "public"),
        (FOLLOWERS, [PUBLIC], "unlisted"),
        ([FOLLOWERS], [TOM], "followers"),
        ([TOM], FOLLOWERS, "followers"),
    ],
)
def test_each_post_has_its_own_audience(tmp_path: Path, to: object, cc: object, who: str) -> None:
    """By its addresses, of which either may be a text or a list; a post for followers is never shown as public."""
    audience = posted(tmp_path, created("Tea", to=to, cc=cc)).of("post")[0].audience
    assert (who, "post") == (audience.who, audience.level)
    assert audience.source in ("to", "cc")


def test_direct_posts_are_messages(tmp_path: Path) -> None:
    """One item a conversation, with counts, a span and handles; never words, and no address anywhere else."""
    direct = [
        created("About Rowan", n, [TOM, ME], [], conversation="tag:c1", inReplyTo=f"{TOM}/statuses/1") for n in (1, 2)
    ]
    got = posted(tmp_path, *direct, created("Hush", 3, [], [], conversation="tag:c2"), created("Tea", 4))
    first, alone = got.of("message")
    assert {"sent": "2", "first": WHEN, "last": WHEN, "handle": "tom@other.example"} == dict(first.details)
    assert {"sent": "1", "first": WHEN, "last": WHEN} == dict(alone.details)
    assert ["Tea"] == got.texts("post", "reply")
    assert not {"Rowan", "Hush", "tag:c1"} & set(got.everything().replace("'", " ").split())
    assert ("present", 2) == (got.tables["messages"].state, got.tables["messages"].read)


def test_own_direct_posts_are_read_where_asked_for(tmp_path: Path) -> None:
    """As the person's words, without addresses."""
    got = posted(tmp_path, created("My words", 1, [TOM], []), options=Options(own_messages=True))
    own = [item for item in got.of("message") if item.own_words]
    assert [("My words", "named people", "")] == [(item.text, item.audience.who, item.reply_to) for item in own]


def test_replies_boosts_and_quotes_are_told_apart(tmp_path: Path) -> None:
    """A boost is not the person's words, whether it names an address or holds the person's own post."""
    boosts = [
        {
            "id": f"{ME}/statuses/{n}/activity",
            "type": "Announce",
            "published": WHEN,
            "to": [PUBLIC],
            "cc": [],
            "object": each,
        }
        for n, each in enumerate((f"{TOM}/statuses/7", created("Own")["object"]), 8)
    ]
    reply = created("Yes", 2, inReplyTo=f"{TOM}/statuses/7")
    quote = created(
        f'</p><p class="quote-inline">RE: <a href="{TOM}/7">{TOM}/7</a></p><p>This', 3, quote=f"{TOM}/statuses/7"
    )
    got = posted(tmp_path, *boosts, reply, quote)
    assert [(f"{TOM}/statuses/7", False, ""), (f"{ME}/statuses/1", False, "")] == [
        (item.address, item.own_words, item.text) for item in got.of("repost")
    ]
    assert [("Yes", f"{TOM}/statuses/7")] == [(item.text, item.reply_to) for item in got.of("reply")]
    assert [("This", f"{TOM}/statuses/7")] == [(item.text, dict(item.details)["quotes"]) for item in got.of("quote")]


def test_warnings_and_choices_are_the_persons_words(tmp_path: Path) -> None:
    """A content warning stands before the post, and a poll's choices after it; an edit is told."""
    poll = created("Tea or coffee?", summary="Drinks", type="Question", oneOf=[{"name": "Tea"}, {"name": "Coffee"}])
    item = posted(tmp_path, poll | {"object": poll["object"] | {"updated": "2025-02-05T00:00:00Z"}}).of("post")[0]  # type: ignore
    assert "Drinks\nTea or coffee?\nTea\nCoffee" == item.text
    assert {"edited": "2025-02-05T00:00:00Z"} == dict(item.details)


def test_mentions_come_out_as_they_are_read(tmp_path: Path) -> None:
    """Out of the spans in which servers hide them."""
    mention = f'<span class="h-card"><a href="{TOM}" class="u-url mention">@<span>tom</span></a></span> hello'
    assert ["@tom hello"] == posted(tmp_path, created(mention)).texts("post")


@pytest.mark.parametrize("prefix", ["", "/", "/system/", "/mastodon-eu/"])
def test_pictures_are_found_under_any_prefix(tmp_path: Path, prefix: str) -> None:
    """By the tail of their address; alternative text is kept, and spare files are reported."""
    tail = "media_attachments/files/1/original/Ab.png"
    picture = {"type": "Document", "mediaType": "image/png", "url": prefix + tail, "name": "My desk"}
    files = archive(created("Look", attachment=[picture])) | {tail: b"x", "media_attachments/files/2/b.png": b"x"}
    got = given(tmp_path, files)
    assert [(tail, "My desk")] == [(each.name, each.alt) for each in got.of("post")[0].media]
    assert ("present", 1, 1) == (got.tables["media"].state, got.tables["media"].read, got.tables["media"].said)
    assert ["pictures or films that no record names: 1"] == [problem.what for problem in got.problems]


SOME_HTML = (
    "Tea",
    "<p>Tea</p>",
    "<p>One<br>Two<br/>Three<br />Four</p><p>Five</p>",
    '<p>A <strong>b</strong>  <em>c</em>\n&#39;d&#39; &nbsp; <a href="https://e.org/?a=1&amp;b=2">e</a></p>',
    "<p></p><p> </p><p>x</p>",
    "1 < 2 & 3 > 2",
)


@pytest.mark.parametrize(
    ("html", "words"),
    list(
        zip(
            SOME_HTML,
            ("Tea", "Tea", "One\nTwo\nThree\nFour\n\nFive", "A b c 'd' e", "x", "1 < 2 & 3 > 2"),
            strict=True,
        )
    ),
)
def test_words_come_out_of_html(html: str, words: str) -> None:
    """Lines and paragraphs stay, tags go, entities are decoded once."""
    assert words == quick_words(html)


def test_unusual_html_is_read_too() -> None:
    """Lists, quotations and code, as other servers allow; what is hidden stays out."""
    html = "<blockquote>Said</blockquote><ul><li>One</li><li>Two<br />three</li></ul><script>no</script>"
    assert "Said\n\nOne\n\nTwo\nthree" == quick_words(html)


# Profile, likes, lists


def test_the_profile_is_read(tmp_path: Path) -> None:
    """Names, other accounts, fields, the bio as the person's words, and each setting."""
    got = posted(tmp_path)
    assert [
        ("name", "Wren"),
        ("handle", "wren"),
        ("also known as", "https://old.example/users/wren"),
        ("field", "Site: wren.example"),
    ] == list(got.of("profile")[0].details)
    assert 2022 == got.of("profile")[0].created.at.year  # type: ignore[union-attr]
    assert ["Counsellor & walker\n\nLeeds"] == got.texts("bio")
    assert {"approves followers": "no", "can be discovered": "yes", "posts can be searched": "no"} == {
        dict(item.details)["setting"]: dict(item.details)["value"] for item in got.of("setting")
    }
    assert "PUBLIC KEY" not in got.everything()


def test_likes_and_bookmarks_of_one_post_are_two(tmp_path: Path) -> None:
    """Only addresses are told."""
    got = posted(tmp_path).of("like")
    assert {"like", "bookmark"} == {dict(item.details)["form"] for item in got}
    assert 2 == len({item.id for item in got})
    assert {(f"{TOM}/statuses/7", "", False)} == {(item.address, item.text, item.own_words) for item in got}


CSVS = {
    "following_accounts.csv": "Account address,Show boosts,Languages\ntom@other.example,true,\n",
    "muted_accounts.csv": "Account address,Hide notifications\nkim@other.example,true\n",
    "blocked_accounts.csv": "ash@other.example\nsol@other.example\n",
    "blocked_domains.csv": "bad.example\n",
    "lists.csv": "Colleagues,tom@other.example\n",
    "bookmarks.csv": f"{TOM}/statuses/9\n",
}


def test_lists_are_read_with_and_without_header(tmp_path: Path) -> None:
    """Every row counts, the first as well where no header stands above; names are handles and nothing else."""
    got = given(tmp_path, archive() | CSVS)
    contacts = [dict(item.details) for item in got.of("contact")]
    assert [
        ("tom@other.example", "accepted"),
        ("kim@other.example", "muted"),
        ("ash@other.example", "blocked"),
        ("sol@other.example", "blocked"),
        ("tom@other.example", "listed"),
    ] == [(each["handle"], each["state"]) for each in contacts]
    assert "Colleagues" == contacts[-1]["list"]
    assert "bad.example" in {dict(item.details).get("blocked server") for item in got.of("setting")}
    assert f"{TOM}/statuses/9" in {item.address for item in got.of("like")}
    assert ["row 1", "row 1", "row 0", "row 1", "row 0"] == [item.pointer.locator for item in got.of("contact")]
    assert not any("example" in item.key + item.text for item in got.of("contact"))


def test_renamed_lists_are_known_by_their_header(tmp_path: Path) -> None:
    """Where they have one."""
    got = given(tmp_path, {"mine.csv": CSVS["following_accounts.csv"], "quiet.csv": CSVS["muted_accounts.csv"]})
    assert ["accepted", "muted"] == [dict(item.details)["state"] for item in got.of("contact")]


def test_filters_are_counted(tmp_path: Path) -> None:
    """How many words each has, and where it works; never the words."""
    one = {"title": "Hidden", "context": ["home"], "action": "hide", "keywords_attributes": [{"keyword": "grief"}] * 2}
    got = given(tmp_path, archive() | {"filters.json": {"custom_filters": [one]}})
    details = [dict(item.details) for item in got.of("setting")]
    assert {"setting": "filter", "words": "2", "places": "home", "action": "hide"} in details
    assert "grief" not in got.everything()


@pytest.mark.parametrize(
    ("address", "known"),
    [
        (TOM, "tom@other.example"),
        ("https://other.example/@tom", "tom@other.example"),
        ("tom@x.example", "tom@x.example"),
    ],
)
def test_addresses_of_accounts_become_handles(address: str, known: str) -> None:
    """As lists of contacts write them, so that both give one fingerprint."""
    assert known == handle(address)


# The copy that mastodon-archive makes


def copied(number: int, words: str, visibility: str, **more: object) -> dict[str, object]:
    """Return a post as the server's programming interface writes it."""
    account = {"url": "https://example.social/@wren", "acct": "wren"}
    return {
        "id": str(number),
        "uri": f"{ME}/statuses/{number}",
        "created_at": "2025-02-04T08:30:00+00:00",
        "content": f"<p>{words}</p>",
        "visibility": visibility,
        "account": account,
        **more,
    }


def test_a_copy_by_mastodon_archive_is_read(tmp_path: Path) -> None:
    """The same posts come out under the same ids, each with its audience; private ones are only counted."""
    statuses = [
        copied(1, "Tea &amp; talk", "public", media_attachments=[{"url": "https://x/a.png", "description": "My desk"}]),
        copied(2, "Quiet", "private", in_reply_to_id="77"),
        copied(
            3, "About Rowan", "direct", mentions=[{"url": "https://other.example/@tom", "acct": "tom@other.example"}]
        ),
        copied(4, "", "public", reblog={"url": f"{TOM}/7", "content": "Theirs"}),
        copied(5, "Pick", "unlisted", poll={"options": [{"title": "A"}, {"title": "B"}]}, spoiler_text="Poll"),
    ]
    account = {
        "id": "1",
        "username": "wren",
        "acct": "wren",
        "display_name": "Wren",
        "locked": True,
        "note": "<p>Hi</p>",
    }
    account |= {"url": "https://example.social/@wren"}
    content = {"account": account, "statuses": statuses, "favourites": [copied(9, "Theirs", "public", url=f"{TOM}/9")]}
    got = given(tmp_path, {"example.social.user.wren.json": json.dumps(content, indent=2)})
    assert ("copy by mastodon-archive", "wren@example.social") == (
        got.recognised[0].generation,
        got.recognised[0].account,
    )
    assert [("Tea & talk", "public"), ("Quiet", "followers"), ("Poll\nPick\nA\nB", "unlisted")] == [
        (item.text, item.audience.who) for item in got.of("post", "reply")
    ]
    assert {"sent": "1", "handle": "tom@other.example"}.items() <= dict(got.of("message")[0].details).items()
    assert [f"{TOM}/7"] == [item.address for item in got.of("repost")]
    assert [f"{TOM}/9"] == [item.address for item in got.of("like")]
    assert ["Hi"] == got.texts("bio")
    assert "Rowan" not in got.everything()
    assert "Theirs" not in got.everything()
    same = posted(tmp_path / "b", created("Tea &amp; talk")).of("post")[0]
    assert same.id == got.of("post")[0].id


def test_ten_thousand_posts_are_read_fast_and_flat(tmp_path: Path) -> None:
    """At least a thousand a second on any machine, in memory that does not grow with them."""
    made = unpacked(tmp_path / "f", archive(*(created(f"Note {n} <br /> &amp; tea", n) for n in range(10_000))))
    got = Imported(made)
    assert 10_000 == len(got.of("post")) == got.tables["posts"].read
    assert "/orderedItems/9999" == got.of("post")[-1].pointer.locator
    with Files([made]) as files:
        platform, found = recognise(files)[0]
        tracemalloc.start()
        assert 10_000 < sum(1 for _ in platform.read(files, found, Options()))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 6 * 2**20
