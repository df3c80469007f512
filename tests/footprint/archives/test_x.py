"""X: every generation gives the same posts, long posts come out whole, and nothing secret or of others is kept."""

import json
import tracemalloc
from collections.abc import Mapping
from pathlib import Path

import pytest
from exports import Imported, assigned, table_of, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError, recognise
from forethought.footprint.archives.files import Files

ME, TOM, KIM = "1001", "2002", "3003"
WHEN = "Tue Feb 04 08:30:00 +0000 2025"
KEY = (1738657800000 - 1288834974657) << 22  # an id of that very millisecond


@pytest.fixture(autouse=True)
def registered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Register the platform."""
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("x", "X"), ("plain", "PLAIN")))


def tweet(words: str, number: int = 0, **more: object) -> dict[str, object]:
    """Return a post as newer archives hold it, without what wraps it."""
    key = str(KEY + number)
    return {"id_str": key, "id": key, "created_at": WHEN, "full_text": words, "retweeted": False, **more}


def wrapped(*tweets: object, part: int = 0) -> str:
    """Return posts as a file of today's archive."""
    return assigned(f"tweets.part{part}", [{"tweet": each} for each in tweets])


def manifest(counts: Mapping[str, int], partial: bool = False, when: str = "2025-03-01T00:00:00.000Z") -> str:
    """Return a manifest that promises records for each file and its variable, as in `tweets.js YTD.tweets.part0`."""
    kinds: dict[str, dict[str, object]] = {}
    for listed, count in counts.items():
        name, variable = listed.split()
        entry = kinds.setdefault(variable.split(".")[1], {"files": []})
        entry["files"].append({"fileName": f"data/{name}", "globalName": variable, "count": str(count)})  # type: ignore
    content = {
        "userInfo": {"accountId": ME, "userName": "wren_writes", "displayName": "Wren"},
        "archiveInfo": {"sizeBytes": "1", "generationDate": when, "isPartialArchive": partial},
        "dataTypes": kinds,
    }
    return f"window.__THAR_CONFIG = {json.dumps(content, indent=2)}"


ACCOUNT = assigned(
    "account.part0", [{"account": {"accountId": ME, "username": "wren_writes", "email": "w@example.org"}}]
)
POSTS = (tweet("Tea first.", 0), tweet("Rain, again.", 1))
TODAY = {"data/manifest.js": manifest({"tweets.js YTD.tweets.part0": 2}), "data/tweets.js": wrapped(*POSTS)}
MIDDLE = {"data/tweet.js": assigned("tweet.part0", [{"tweet": each} for each in POSTS])}
EARLY = {"tweet.js": assigned("tweet.part0", list(POSTS)), "account.js": ACCOUNT}
OLD_POSTS = [
    {"id_str": str(KEY + n), "text": each["full_text"], "created_at": "2025-02-04 08:30:00 +0000", "source": "web"}
    for n, each in enumerate(POSTS)
]
FIRST = {
    "data/js/tweets/2025_02.js": f"Grailbird.data.tweets_2025_02 = \n {json.dumps(OLD_POSTS)}",
    "data/js/user_details.js": "var user_details =  "
    + json.dumps({"screen_name": "wren_writes", "full_name": "Wren", "bio": "Tea &amp; talk", "id": ME}),
    "data/js/tweet_index.js": "var tweet_index =  "
    + json.dumps([{"file_name": "data/js/tweets/2025_02.js", "tweet_count": 2, "var_name": "tweets_2025_02"}]),
}
ERAS = {"since 2022": TODAY, "2020 to 2022": MIDDLE, "2018 to 2020": EARLY, "to 2018": FIRST}


def given(tmp_path: Path, files: Mapping[str, object], options: Options | None = None) -> Imported:
    """Read a folder of files."""
    return Imported(unpacked(tmp_path / "f", files), options=options)


def data(tmp_path: Path, variable: str, records: object, options: Options | None = None, **more: object) -> Imported:
    """Read an archive with one file beside the account's."""
    files = {"data/account.js": ACCOUNT, "data/file.js": assigned(f"{variable}.part0", records), **more}
    return given(tmp_path, files, options)


def posted(tmp_path: Path, *tweets: object, **more: object) -> Imported:
    """Read an archive of these posts."""
    return given(tmp_path, {"data/account.js": ACCOUNT, "data/tweets.js": wrapped(*tweets), **more})


# Generations, and where files lie


@pytest.mark.parametrize("era", ERAS)
def test_every_generation_gives_the_same_posts(tmp_path: Path, era: str) -> None:
    """Whatever its folders, its wrapping and its way to write a moment."""
    got = given(tmp_path, ERAS[era])
    assert era == got.recognised[0].generation
    assert got.recognised[0].confidence > 0.9
    assert ["Tea first.", "Rain, again."] == got.texts("post")
    assert [str(KEY), str(KEY + 1)] == [item.key for item in got.of("post")]
    assert {("2025-02-04T08:30:00+00:00", "utc")} == {
        (item.created.at.isoformat(), item.created.zone) for item in got.of("post") if item.created.at
    }
    assert ("present", 2) == (got.tables["posts"].state, got.tables["posts"].read)


def test_items_of_two_generations_are_the_same(tmp_path: Path) -> None:
    """So that merging an old archive with a new one adds nothing twice."""
    ids = [{item.id for item in given(tmp_path / era[:6], files).of("post")} for era, files in ERAS.items()]
    assert all(each == ids[0] for each in ids)


@pytest.mark.parametrize("era", ERAS)
def test_a_wrapper_and_a_zip_cost_nothing(tmp_path: Path, era: str) -> None:
    """Nor do the litter of another system and a folder of another name."""
    files = {f"twitter-2025-03-01-abc/{name.replace('data/', 'my data/')}": each for name, each in ERAS[era].items()}
    litter = {"__MACOSX/data/._tweets.js": b"\0", "twitter-2025-03-01-abc/.DS_Store": b"\0"}
    got = Imported(zipped(tmp_path / "archive (1).zip", files | litter))
    assert ["Tea first.", "Rain, again."] == got.texts("post")


@pytest.mark.parametrize("name", ["my posts.js", "tweets (1).js", "tweets.js.txt", "old/Tweets-Copy.JS"])
def test_a_renamed_file_is_known_by_what_it_sets(tmp_path: Path, name: str) -> None:
    """The variable tells the kind, not the file's name; and nothing is said to be missing."""
    got = given(tmp_path, {"manifest.js": TODAY["data/manifest.js"], name: TODAY["data/tweets.js"]})
    assert ["Tea first.", "Rain, again."] == got.texts("post")
    assert () == got.recognised[0].missing


@pytest.mark.parametrize("name", ["tweets.json", "all-tweets.json"])
def test_a_file_without_its_variable_is_known_by_its_shape(tmp_path: Path, name: str) -> None:
    """As programs leave it that strip it, though less surely."""
    got = given(tmp_path, {name: [{"tweet": each} for each in POSTS]})
    assert ["Tea first.", "Rain, again."] == got.texts("post")
    assert got.recognised[0].confidence < 0.9


def test_a_byte_order_mark_is_stepped_over(tmp_path: Path) -> None:
    """As some programs write one in front."""
    got = given(tmp_path, {"tweets.js": b"\xef\xbb\xbf" + wrapped(*POSTS).encode()})
    assert 2 == len(got.of("post"))


def test_parts_are_read_together_in_any_order(tmp_path: Path) -> None:
    """From several zips, as X sends a large archive; the manifest holds them against its counts."""
    listed = manifest({"tweets.js YTD.tweets.part0": 1, "tweets-part1.js YTD.tweets.part1": 1})
    one = zipped(tmp_path / "1.zip", {"data/manifest.js": listed, "data/tweets.js": wrapped(POSTS[0])})
    two = zipped(tmp_path / "2.zip", {"data/manifest.js": listed, "data/tweets-part1.js": wrapped(POSTS[1], part=1)})
    there, back = Imported(one, two), Imported(two, one)
    assert {"Tea first.", "Rain, again."} == set(there.texts("post"))
    assert {item.id for item in there.items} == {item.id for item in back.items}
    assert ("present", 2, 2) == (there.tables["posts"].state, there.tables["posts"].read, there.tables["posts"].said)
    assert () == there.recognised[0].missing


def test_a_missing_part_is_missed(tmp_path: Path) -> None:
    """The manifest names it, and the table is partial."""
    listed = manifest({"tweets.js YTD.tweets.part0": 2, "tweets-part1.js YTD.tweets.part1": 7})
    got = given(tmp_path, {"data/manifest.js": listed, "data/tweets.js": wrapped(*POSTS)})
    assert ("data/tweets-part1.js",) == got.recognised[0].missing
    assert "whole zip" in got.recognised[0].advice
    assert ("partial", 2, 9) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)


def test_a_part_of_an_archive_asks_for_the_others(tmp_path: Path) -> None:
    """Where the manifest says that it is one."""
    listed = manifest({"tweets.js YTD.tweets.part0": 2}, partial=True)
    got = given(tmp_path, {"data/manifest.js": listed, "data/tweets.js": wrapped(*POSTS)})
    assert "several parts" in got.recognised[0].advice


def test_two_requests_are_added_up(tmp_path: Path) -> None:
    """Manifests of two dates promise twice."""
    counts = {"tweets.js YTD.tweets.part0": 2}
    old = unpacked(
        tmp_path / "1", {"manifest.js": manifest(counts, when="2023-01-01T00:00:00Z"), "tweets.js": wrapped(*POSTS)}
    )
    new = unpacked(tmp_path / "2", TODAY)
    assert 4 == Imported(old, new).tables["posts"].said


def test_the_page_alone_is_sent_back_for_the_data(tmp_path: Path) -> None:
    """The page that shows an archive is recognised, and what to give instead is said."""
    got = given(tmp_path, {"Your archive.html": "<html><body>Your archive</body></html>"})
    assert ("x", "html") == (got.recognised[0].platform, got.recognised[0].form)
    assert "whole zip" in got.recognised[0].advice
    assert "absent" == got.tables["posts"].state


@pytest.mark.parametrize("files", [{"app.js": "var a = 1;"}, {"like.js": "[]"}, {"tweets.txt": "notes on tweets"}])
def test_other_scripts_are_refused(tmp_path: Path, files: dict[str, object]) -> None:
    """A web page's scripts are no archive."""
    with pytest.raises(UnknownArchiveError):
        given(tmp_path, files)


def test_the_table_of_the_first_generation_serves_alone(tmp_path: Path) -> None:
    """Where the monthly files are lost, `tweets.csv` gives the posts; beside them it is not read again."""
    rows = [
        ["tweet_id", "in_reply_to_status_id", "in_reply_to_user_id", "timestamp", "source", "text", "expanded_urls"],
        [str(KEY), "", "", "2025-02-04 08:30:00 +0000", "web", "Tea, first &amp; last.", ""],
        [str(KEY + 1), "77", TOM, "2025-02-04 08:30:00 +0000", "web", "@tom Rain", ""],
    ]
    got = given(tmp_path / "a", {"tweets.csv": table_of(rows)})
    assert ["Tea, first & last."] == got.texts("post")
    assert ["77"] == [item.reply_to for item in got.of("reply")]
    assert ("to 2018", "csv") == (got.recognised[0].generation, got.recognised[0].form)
    assert 2 == len(given(tmp_path / "b", FIRST | {"tweets.csv": table_of(rows)}).of("post", "reply"))


def test_the_first_generation_is_held_against_its_index(tmp_path: Path) -> None:
    """A lost month leaves the table partial."""
    index = "var tweet_index =  " + json.dumps([{"tweet_count": 2}, {"tweet_count": 5}])
    got = given(tmp_path, FIRST | {"data/js/tweet_index.js": index})
    assert ("partial", 2, 7) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)


def test_the_first_generations_profile_is_read(tmp_path: Path) -> None:
    """Behind the word `var`."""
    got = given(tmp_path, FIRST)
    assert {"handle": "wren_writes", "name": "Wren"} == dict(got.of("profile")[0].details)
    assert ["Tea & talk"] == got.texts("bio")
    assert "wren_writes" == got.recognised[0].account


# Broken files


def test_a_bad_record_costs_itself_only(tmp_path: Path) -> None:
    """It leaves one problem at its place, its neighbours are read, and the count shows it."""
    bad: list[object] = [{"id_str": "1", "created_at": WHEN}, "text", 7, tweet("x") | {"full_text": ["a"]}]
    records = [{"tweet": POSTS[0]}, *bad, {"tweet": POSTS[1]}]
    listed = manifest({"tweets.js YTD.tweets.part0": 6})
    got = given(tmp_path, {"manifest.js": listed, "tweets.js": assigned("tweets.part0", records)})
    assert ["Tea first.", "Rain, again."] == got.texts("post")
    assert ["/1", "/2", "/3", "/4"] == [problem.pointer.locator for problem in got.problems]
    assert ("partial", 2, 6) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says that it breaks off."""
    got = given(tmp_path, {"tweets.js": wrapped(*POSTS)[:-40]})
    assert ["Tea first."] == got.texts("post")
    assert "partial" == got.tables["posts"].state
    assert "breaks off" in got.problems[0].what


def test_states_are_told_apart(tmp_path: Path) -> None:
    """Present, empty, absent and unreadable are four."""
    files = {
        "data/tweets.js": wrapped(*POSTS),
        "data/like.js": assigned("like.part0", []),
        "data/follower.js": "window.YTD.follower.part0 = [ {",
    }
    tables = given(tmp_path, files).tables
    assert ["present", "empty", "absent", "unreadable"] == [
        tables[name].state for name in ("posts", "likes", "following", "followers")
    ]


@pytest.mark.parametrize(
    "content", ["", "window.YTD.tweets.part0 =", "window.YTD.tweets.part0 = [", "YTD.tweets.part0 = nope"]
)
def test_an_empty_or_senseless_file_does_not_cost_the_others(tmp_path: Path, content: str) -> None:
    """The other files are read, and no code is ever run."""
    got = given(tmp_path, {"data/account.js": ACCOUNT, "data/tweets.js": content})
    assert 1 == len(got.of("profile"))
    assert got.tables["posts"].state in ("unreadable", "empty", "absent")


def test_one_object_stands_for_a_list_of_it(tmp_path: Path) -> None:
    """A part of one record may hold it bare."""
    got = given(tmp_path, {"tweets.js": assigned("tweets.part0", {"tweet": POSTS[0]})})
    assert ["Tea first."] == got.texts("post")


def test_half_a_character_does_not_stop_the_reader(tmp_path: Path) -> None:
    """A lone half of a pair of surrogates is replaced, so that the item can be stored."""
    got = given(tmp_path, {"tweets.js": wrapped(tweet("Tea X")).replace("Tea X", "Tea \\ud83d")})
    assert got.of("post")[0].id
    assert ["Tea \ufffd"] == got.texts("post")


def test_a_broken_manifest_is_done_without(tmp_path: Path) -> None:
    """The posts are read all the same, with no count to hold them against."""
    got = given(tmp_path, TODAY | {"data/manifest.js": "window.__THAR_CONFIG = {"})
    assert ("present", 2, None) == (got.tables["posts"].state, got.tables["posts"].read, got.tables["posts"].said)


def test_a_kind_that_is_not_known_shows_up(tmp_path: Path) -> None:
    """Its file is named, never its content; kinds that say nothing for a check, and empty ones, are passed over."""
    files = {
        "data/new-thing.js": assigned("new_thing.part0", [{"newThing": {"word": "hidden"}}]),
        "data/empty-thing.js": assigned("empty_thing.part0", []),
        "data/ad-engagements.js": assigned("ad_engagements.part0", [{"ad": {"x": "y"}}]),
    }
    got = given(tmp_path, TODAY | files)
    assert [("data/new-thing.js", "a kind of record that is not known")] == [
        (problem.pointer.member, problem.what) for problem in got.problems
    ]
    assert "hidden" not in got.everything()


# Posts


def test_a_post_comes_out_exactly(tmp_path: Path) -> None:
    """Words, moment, address, audience and the place of its record in a file as it is."""
    item = posted(tmp_path, POSTS[0], tweet("Long day &amp;amp; a <3 &lt;b&gt; 🚌\n\nNone", 5)).of("post")[1]
    assert "Long day &amp; a <3 <b> 🚌\n\nNone" == item.text
    assert WHEN == item.created.raw
    assert f"https://x.com/wren_writes/status/{KEY + 5}" == item.address
    assert ("unknown", "none") == (item.audience.who, item.audience.level)
    assert ("data/tweets.js", "/1") == (item.pointer.member, item.pointer.locator)
    assert item.own_words
    assert () == item.details


def test_replies_are_told_by_either_field(tmp_path: Path) -> None:
    """By the post that is answered, or, where that was deleted, by its author alone."""
    answer = tweet("@tom Yes", 1, in_reply_to_status_id_str="77", in_reply_to_user_id_str=TOM)
    orphan = tweet("@tom Oh", 2, in_reply_to_user_id_str=TOM, in_reply_to_screen_name="tom")
    got = posted(tmp_path, answer, orphan).of("reply")
    assert [("@tom Yes", "77", {}), ("@tom Oh", "", {"answers": "a post that is gone"})] == [
        (item.text, item.reply_to, dict(item.details)) for item in got
    ]


def test_reposts_are_told_by_their_words_only(tmp_path: Path) -> None:
    """The flag is false throughout, so it never tells; what is passed on is not the person's own."""
    got = posted(tmp_path, tweet("RT @tom: A fine day for…", 1), tweet("RT if you agree", 2, retweeted=True))
    assert [("repost", False), ("post", True)] == [(item.kind, item.own_words) for item in got.of("repost", "post")]


@pytest.mark.parametrize("address", ["https://twitter.com/tom/status/77", "https://x.com/tom/status/77?s=20"])
def test_a_quote_is_told_by_the_address_in_it(tmp_path: Path, address: str) -> None:
    """There is no flag; the short link comes out as it leads."""
    link = {"url": "https://t.co/q", "expanded_url": address, "display_url": "x.com/…"}
    item = posted(tmp_path, tweet("This. https://t.co/q", 1, entities={"urls": [link]})).of("quote")[0]
    assert f"This. {address}" == item.text
    assert {"quotes": address} == dict(item.details)


def test_a_link_to_the_post_itself_is_no_quote(tmp_path: Path) -> None:
    """As long posts of older times hold one."""
    link = {"url": "https://t.co/q", "expanded_url": f"https://twitter.com/i/web/status/{KEY}"}
    assert 1 == len(posted(tmp_path, tweet("Cut… https://t.co/q", entities={"urls": [link]})).of("post"))


def test_one_link_in_place_of_a_list_is_read(tmp_path: Path) -> None:
    """A single object stands for a list of it."""
    link = {"url": "https://t.co/a", "expanded_url": "https://example.org/a"}
    assert ["See https://example.org/a"] == posted(
        tmp_path, tweet("See https://t.co/a", entities={"urls": link})
    ).texts("post")


def test_pictures_are_found_with_their_words(tmp_path: Path) -> None:
    """The link that X adds is taken off, alternative text is kept, files are matched, and spare ones reported."""
    picture = {
        "url": "https://t.co/p",
        "media_url_https": "https://pbs.twimg.com/media/AbC.jpg",
        "ext_alt_text": "My desk",
    }
    film = {
        "url": "https://t.co/p",
        "media_url_https": "https://pbs.twimg.com/thumb.jpg",
        "video_info": {
            "variants": [
                {"bitrate": "256000", "url": "https://video.twimg.com/small.mp4?tag=1"},
                {"bitrate": "832000", "url": "https://video.twimg.com/large.mp4?tag=1"},
                {"content_type": "application/x-mpegURL", "url": "https://video.twimg.com/list.m3u8"},
            ]
        },
    }
    entities = {"entities": {"media": [picture]}, "extended_entities": {"media": [picture, film]}}
    files = {
        f"data/tweets_media/{KEY}-AbC.jpg": b"x",
        "data/tweets_media/9-spare.jpg": b"x",
        "data/profile_media/1-me.jpg": b"x",
    }
    got = posted(tmp_path, tweet("Look https://t.co/p", **entities), **files)
    item = got.of("post")[0]
    assert "Look" == item.text
    assert [(f"data/tweets_media/{KEY}-AbC.jpg", "My desk"), (f"{KEY}-large.mp4", "")] == [
        (each.name, each.alt) for each in item.media
    ]
    assert ("partial", 1, 2) == (got.tables["media"].state, got.tables["media"].read, got.tables["media"].said)
    assert ["pictures or films that no record names: 1"] == [problem.what for problem in got.problems]


def test_places_are_kept_coarse(tmp_path: Path) -> None:
    """The place by name, the point to a tenth of a degree."""
    where = {
        "place": {"full_name": "Leeds, England"},
        "geo": {"type": "Point", "coordinates": ["53.80076", "-1.54911"]},
    }
    got = posted(tmp_path, tweet("Here", **where))
    assert {"place": "Leeds, England", "coordinates": "53.8 -1.5"} == dict(got.of("post")[0].details)
    assert "53.80076" not in got.everything()


def test_the_app_that_a_post_came_from(tmp_path: Path) -> None:
    """It is kept as its name, without the link that it is written in, so that a strange one can be noticed."""
    one = tweet("Tea first.", source='<a href="https://example.org" rel="nofollow">Harbour for Phones</a>')
    got = given(tmp_path, {"data/tweets.js": wrapped(one)})
    assert {"app": "Harbour for Phones"} == dict(got.of("post")[0].details)


def test_impossible_dates_give_way_to_the_id(tmp_path: Path) -> None:
    """A post of 1997 was made when its id says; the date as written is kept."""
    item = posted(tmp_path, tweet("Odd", created_at="Sat Mar 01 08:30:00 +0000 1997")).of("post")[0]
    assert ("2025-02-04T08:30:00+00:00", "utc") == (item.created.at.isoformat(timespec="seconds"), item.created.zone)  # type: ignore
    assert "Sat Mar 01 08:30:00 +0000 1997" == item.created.raw


def test_a_date_far_from_the_id_tells_both(tmp_path: Path) -> None:
    """The date as written counts, and the id's stands beside it."""
    item = posted(tmp_path, tweet("Odd", created_at="Wed Feb 05 08:30:00 +0000 2025")).of("post")[0]
    assert 5 == item.created.at.day  # type: ignore[union-attr]
    assert dict(item.details)["time by its id"].startswith("2025-02-04T08:30:00")


def test_versions_of_an_edited_post_are_all_there(tmp_path: Path) -> None:
    """The first says how many there are, and the later ones of which post they are."""
    first, second = str(KEY), str(KEY + 1)
    initial = {"initial": {"editTweetIds": [first, second]}}
    got = posted(
        tmp_path, tweet("Teh", 0, edit_info=initial), tweet("The", 1, edit_info={"edit": {"initialTweetId": first}})
    )
    assert [{"versions": "2"}, {"edit of": first}] == [dict(item.details) for item in got.of("post")]


LONG = "A long afternoon of paperwork &amp; tea, which is how most Thursdays end here. " * 6


def note(words: str, when: str = "2025-02-04T08:30:01.000Z", key: str = "n1") -> dict[str, object]:
    """Return a long post."""
    link = {"shortUrl": "https://t.co/z", "expandedUrl": "https://example.org/z"}
    return {"noteTweet": {"noteTweetId": key, "createdAt": when, "core": {"text": words, "urls": [link]}}}


def long_file(*notes: object) -> dict[str, object]:
    """Return the file of long posts."""
    return {"data/note-tweet.js": assigned("note_tweet.part0", list(notes))}


def test_a_long_post_is_told_whole_and_once(tmp_path: Path) -> None:
    """Under its post's own id and place, its links as they lead, and never as a cut copy beside it."""
    got = posted(tmp_path, tweet(LONG[:270] + "… https://t.co/c"), **long_file(note(LONG + "See https://t.co/z")))
    item = got.of("post")[0]
    assert LONG.replace("&amp;", "&") + "See https://example.org/z" == item.text
    assert (str(KEY), "data/tweets.js") == (item.key, item.pointer.member)
    assert 1 == len(got.of("post"))
    assert ("present", 1) == (got.tables["long posts"].state, got.tables["long posts"].read)


def test_a_long_reply_is_joined_across_its_mentions(tmp_path: Path) -> None:
    """The mentions in front may be in only one of the two."""
    reply = tweet("@tom @kim " + LONG[:260] + "…", in_reply_to_status_id_str="7")
    got = posted(tmp_path, reply, **long_file(note(LONG)))
    assert [LONG.replace("&amp;", "&")] == got.texts("reply")
    assert not got.of("post")


@pytest.mark.parametrize("when", ["2025-02-04T08:30:05.000Z", "2024-02-04T08:30:00.000Z"])
def test_a_long_post_of_another_moment_stands_alone(tmp_path: Path, when: str) -> None:
    """Equal beginnings are not enough; nothing is lost, and no text is put under another's id."""
    got = posted(tmp_path, tweet(LONG[:270] + "…"), **long_file(note(LONG, when)))
    assert 2 == len(got.of("post"))
    assert ["long n1"] == [item.key for item in got.of("post") if "note-tweet" in item.pointer.member]


def test_a_long_post_with_another_beginning_stands_alone(tmp_path: Path) -> None:
    """An equal moment is not enough either; and a short post is never joined."""
    got = posted(tmp_path, tweet("Another beginning. " + LONG[:250] + "…"), tweet("Short", 1), **long_file(note(LONG)))
    assert 3 == len(got.of("post"))
    assert "Short" in got.texts("post")


def test_the_nearest_of_two_like_long_posts_is_taken(tmp_path: Path) -> None:
    """Where somebody posts the same beginning twice within seconds."""
    near, far = (
        note(LONG + "near", "2025-02-04T08:30:00.000Z", "a"),
        note(LONG + "far", "2025-02-04T08:30:02.000Z", "b"),
    )
    got = posted(tmp_path, tweet(LONG[:270] + "…"), **long_file(far, near))
    assert got.of("post")[0].text.endswith("near")


def test_a_broken_file_of_long_posts_leaves_the_cut_copies(tmp_path: Path) -> None:
    """And says so in its own table."""
    got = posted(tmp_path, tweet(LONG[:270] + "…"), **{"data/note-tweet.js": "window.YTD.note_tweet.part0 = [{"})
    assert 1 == len(got.of("post"))
    assert "unreadable" == got.tables["long posts"].state


def test_deleted_posts_are_shown_as_deleted(tmp_path: Path) -> None:
    """They are still in the archive; a deleted long post comes out whole."""
    files = {
        "data/deleted-tweets.js": assigned(
            "deleted_tweets.part0", [{"tweet": tweet(LONG[:270] + "…", deleted_at="2025-02-20T00:00:00.000Z")}]
        ),
        "data/deleted-note-tweet.js": assigned("deleted_note_tweet.part0", [note(LONG)]),
        "data/deleted-tweet-headers.js": assigned("deleted_tweet_headers.part0", [{"tweet": {"tweet_id": str(KEY)}}]),
    }
    got = posted(tmp_path, **files)
    assert [LONG.replace("&amp;", "&")] == got.texts("deleted")
    assert {"deleted": "2025-02-20T00:00:00.000Z"} == dict(got.of("deleted")[0].details)


def test_headers_of_deleted_posts_serve_alone(tmp_path: Path) -> None:
    """Where only they are there, that something was deleted is told."""
    header = {"tweet": {"tweet_id": str(KEY), "user_id": ME, "deleted_at": "2025-02-20T00:00:00.000Z"}}
    item = data(tmp_path, "deleted_tweet_headers", [header]).of("deleted")[0]
    assert ("", False, str(KEY)) == (item.text, item.own_words, item.key)
    assert item.created.at


def test_further_writing_is_read(tmp_path: Path) -> None:
    """Articles, posts in communities, notes on others' posts, and posts to a circle, whose file tells the audience."""
    blocks = {"blocks": [{"text": "One."}, {"text": "Two &amp; three."}]}
    files = {
        "data/article.js": assigned("article.part0", [{"article": {"id": "5", "title": "On rest", "content": blocks}}]),
        "data/community-tweet.js": assigned(
            "community_tweet.part0", [{"tweet": tweet("Hello all", 3, community_id_str="88")}]
        ),
        "data/community-note.js": assigned(
            "community_note.part0", [{"communityNote": {"noteId": "6", "summary": "Not so.", "tweetId": "77"}}]
        ),
        "data/twitter-circle-tweet.js": assigned("twitter_circle_tweet.part0", [{"tweet": tweet("Among us", 4)}]),
    }
    got = posted(tmp_path, **files)
    assert ["Hello all", "Among us", "On rest\nOne.\nTwo & three."] == got.texts("post")
    assert {"community": "88"} == dict(got.of("post")[0].details)
    assert ("named people", "post") == (got.of("post")[1].audience.who, got.of("post")[1].audience.level)
    assert [("Not so.", "77")] == [(item.text, item.reply_to) for item in got.of("comment")]


def test_likes_have_no_date_and_are_not_own_words(tmp_path: Path) -> None:
    """The liked post's id tells of that post, not of the like."""
    like = {"tweetId": str(KEY), "fullText": "Fine &amp; dry", "expandedUrl": "https://twitter.com/i/web/status/1"}
    item = data(tmp_path, "like", [{"like": like}]).of("like")[0]
    assert ("Fine & dry", False, None) == (item.text, item.own_words, item.created.at)


# Profile, contacts, apps, settings


def test_the_profile_is_read(tmp_path: Path) -> None:
    """Account, bio, former names; the e-mail address is dropped and counted."""
    files = {
        "data/profile.js": assigned(
            "profile.part0",
            [{"profile": {"description": {"bio": "Counsellor &amp; walker", "website": "", "location": "Leeds"}}}],
        ),
        "data/screen-name-change.js": assigned(
            "screen_name_change.part0",
            [
                {
                    "screenNameChange": {
                        "accountId": ME,
                        "screenNameChange": {
                            "changedAt": "2020-01-01T00:00:00.000Z",
                            "changedFrom": "wren_old",
                            "changedTo": "wren_writes",
                        },
                    }
                }
            ],
        ),
    }
    got = posted(tmp_path, **files)
    assert ["Counsellor & walker"] == got.texts("bio")
    assert [
        {"location": "Leeds"},
        {"handle": "wren_writes"},
        {"former handle": "wren_old", "handle": "wren_writes"},
    ] == [dict(item.details) for item in got.of("profile")]
    assert ("email", 1) in {(each.field, each.count) for each in got.removed}
    assert "w@example.org" not in got.everything()


@pytest.mark.parametrize(
    ("variable", "wrapper", "direction", "state"),
    [
        ("follower", "follower", "received", "accepted"),
        ("following", "following", "sent", "accepted"),
        ("block", "blocking", "sent", "blocked"),
        ("mute", "muting", "sent", "muted"),
    ],
)
def test_contacts_are_ids_with_a_state(tmp_path: Path, variable: str, wrapper: str, direction: str, state: str) -> None:
    """Under the names that become fingerprints, and nowhere else."""
    record = {wrapper: {"accountId": TOM, "userLink": f"https://twitter.com/intent/user?user_id={TOM}"}}
    item = data(tmp_path, variable, [record]).of("contact")[0]
    assert {"handle": TOM, "direction": direction, "state": state} == dict(item.details)
    assert TOM not in item.key + item.address + item.text


def test_apps_and_settings_are_read(tmp_path: Path) -> None:
    """Connected apps with their permissions, changes of protection, the time zone, and inferences as counts."""
    app = {
        "id": "9",
        "name": "Post Scheduler",
        "organization": {"name": "Acme"},
        "permissions": ["read", "write"],
        "approvedAt": "2021-05-01T10:00:00.000Z",
    }
    inferred = {"interests": {"interests": [{"name": "Grief"}, {"name": "Tea"}]}, "locationHistory": []}
    inferred |= {"inferredAgeInfo": {"age": ["35-49"], "birthDate": "1980-01-01"}}
    files = {
        "data/connected-application.js": assigned("connected_application.part0", [{"connectedApplication": app}]),
        "data/protected-history.js": assigned(
            "protected_history.part0",
            [{"protectedHistory": {"protectedAt": "2024-01-01T00:00:00Z", "action": "Protect"}}],
        ),
        "data/account-timezone.js": assigned("account_timezone.part0", [{"accountTimezone": {"timeZone": "London"}}]),
        "data/verified.js": assigned("verified.part0", [{"verified": {"accountId": ME, "verified": False}}]),
        "data/personalization.js": assigned("personalization.part0", [{"p13nData": inferred}]),
    }
    got = posted(tmp_path, **files)
    assert {"name": "Post Scheduler", "by": "Acme", "permissions": "read, write"} == dict(got.of("app")[0].details)
    assert 2021 == got.of("app")[0].created.at.year  # type: ignore[union-attr]
    settings = {name: value for item in got.of("setting") for name, value in item.details}
    assert {
        "protected posts": "Protect",
        "time zone": "London",
        "verified": "no",
        "inferred interests": "2",
    }.items() <= (settings.items())
    assert "1980-01-01" not in got.everything()
    assert "Grief" not in got.everything()


SECRETS = {
    "device-token.js": ("deviceToken", {"token": "SECRET-1", "clientApplicationName": "X for iPhone"}),
    "ni-devices.js": (
        "niDeviceResponse",
        {"pushDevice": {"token": "SECRET-2", "udid": "SECRET-3", "deviceType": "iOS"}},
    ),
    "key-registry.js": (
        "keyRegistryData",
        {"userId": ME, "registeredDevices": {"deviceMetadataList": [{"registrationToken": "SECRET-4"}] * 3}},
    ),
    "sso.js": ("sso", {"ssoId": "SECRET-5", "ssoEmail": "SECRET-6", "associationMethodType": "Login"}),
    "ip-audit.js": ("ipAudit", {"loginIp": "SECRET-7", "createdAt": "2025-01-01T00:00:00.000Z"}),
    "phone-number.js": ("device", {"phoneNumber": "SECRET-8"}),
    "contact.js": ("contact", {"emails": ["SECRET-9", "SECRET-9"], "phoneNumbers": ["SECRET-10"]}),
    "email-address-change.js": (
        "emailAddressChange",
        {"emailChange": {"changedAt": "2020-01-01T00:00:00Z", "changedFrom": "SECRET-11", "changedTo": "SECRET-12"}},
    ),
    "ageinfo.js": ("ageMeta", {"ageInfo": {"age": ["40"], "birthDate": "SECRET-13"}}),
    "saved-search.js": ("savedSearch", {"savedSearchId": "1", "query": "SECRET-14"}),
    "account-creation-ip.js": ("accountCreationIp", {"userCreationIp": "SECRET-15"}),
    "direct-message-headers.js": (
        "dmConversation",
        {"conversationId": "1-2", "messages": [{"messageCreate": {"senderId": "1", "text": "SECRET-16"}}]},
    ),
    "grok-chat-item.js": ("grokChatItem", {"chatId": "1", "sender": {"originalName": "USER"}, "message": "SECRET-17"}),
}


def test_no_secret_is_kept_anywhere(tmp_path: Path) -> None:
    """Tokens, keys, addresses, numbers and others' address books are counted by field, and occur nowhere."""
    files = {
        f"data/{name}": assigned(f"{name[:-3].replace('-', '_')}.part0", [{wrapper: content}] * 2)
        for name, (wrapper, content) in SECRETS.items()
    }
    got = posted(tmp_path, **files)
    assert "SECRET" not in got.everything()
    counts = {(each.pointer.member.removeprefix("data/"), each.field): each.count for each in got.removed}
    assert 2 == counts["device-token.js", "token"]
    assert 6 == counts["key-registry.js", "deviceMetadataList"]
    assert (4, 2) == (counts["contact.js", "emails"], counts["contact.js", "phoneNumbers"])
    assert {"udid", "ssoId", "ssoEmail", "loginIp", "phoneNumber", "birthDate", "query", "userCreationIp"} <= {
        field for _, field in counts
    }
    assert len(counts) == len(got.removed)


def test_a_secret_in_a_broken_record_is_not_told(tmp_path: Path) -> None:
    """Neither by a problem nor by an exception's words."""
    got = data(tmp_path, "device_token", ["SECRET", ["SECRET"], {"deviceToken": {"token": {"x": "SECRET"}}}])
    assert "SECRET" not in got.everything()
    assert len(got.problems) >= 2


def test_logins_are_counted_by_network(tmp_path: Path) -> None:
    """Each login's time is kept, and of all together how many networks they came from."""
    logins = [("10.0.0.1", "2025-01-02"), ("10.0.0.2", "2025-01-01"), ("10.0.0.1", "2025-01-03")]
    records = [{"ipAudit": {"accountId": ME, "loginIp": ip, "createdAt": f"{day}T00:00:00.000Z"}} for ip, day in logins]
    got = data(tmp_path, "ip_audit", records)
    assert 3 == got.tables["logins"].read
    summary = next(dict(item.details) for item in got.of("session") if "networks" in dict(item.details))
    assert {"networks": "2", "first": "2025-01-01T00:00:00.000Z", "last": "2025-01-03T00:00:00.000Z"} == summary
    assert "10.0.0" not in got.everything()


# Messages


def message(number: int, sender: str, receiver: str, **more: object) -> dict[str, object]:
    """Return a message as the archive holds it."""
    stamp = f"2024-05-0{number}T10:00:00.000Z"
    return {
        "messageCreate": {"id": str(number), "senderId": sender, "recipientId": receiver, "createdAt": stamp, **more}
    }


TALK = [
    message(2, ME, TOM, text="My own &amp; private words https://t.co/m"),
    message(1, TOM, ME, text="Others' words"),
    {"reactionCreate": {"senderId": TOM}},
    message(3, ME, TOM, text="See you"),
]
TALKS = [{"dmConversation": {"conversationId": f"{ME}-{TOM}", "messages": TALK}}]


def test_a_conversation_is_counts_and_a_span(tmp_path: Path) -> None:
    """Never words, from whichever file; the other is a handle and occurs nowhere else."""
    got = data(tmp_path, "direct_messages", TALKS)
    item = got.of("message")[0]
    assert {
        "messages": "3",
        "sent": "2",
        "received": "1",
        "first": "2024-05-01T10:00:00.000Z",
        "last": "2024-05-03T10:00:00.000Z",
        "handle": TOM,
    } == dict(item.details)
    assert TOM not in item.key
    assert "private" not in got.everything()
    assert "Others" not in got.everything()
    assert not item.own_words


def test_headers_are_enough(tmp_path: Path) -> None:
    """The file with words is not read where there is one without, and each conversation is told once."""
    files = {"data/direct-messages.js": assigned("direct_messages.part0", TALKS)}
    got = data(tmp_path, "direct_message_headers", TALKS, **files)
    assert ["data/file.js"] == [item.pointer.member for item in got.of("message")]


def test_own_messages_are_read_where_asked_for(tmp_path: Path) -> None:
    """The person's own words, decoded; never the other's."""
    got = data(tmp_path, "direct_messages", TALKS, Options(own_messages=True))
    assert ["My own & private words https://t.co/m", "See you"] == [
        item.text for item in got.of("message") if item.own_words
    ]
    assert "Others" not in got.everything()


def test_groups_name_each_sender(tmp_path: Path) -> None:
    """As handles, sorted, without the person."""
    group = {"conversationId": "555", "messages": [message(1, TOM, ""), message(2, KIM, ""), message(3, ME, "")]}
    got = data(tmp_path, "direct_message_group_headers", [{"dmConversation": group}])
    details = got.of("message")[0].details
    assert [TOM, KIM] == [value for name, value in details if name == "handle"]
    assert ("present", 1) == (got.tables["group messages"].state, got.tables["group messages"].read)


def test_without_the_account_no_side_is_guessed(tmp_path: Path) -> None:
    """Only how many messages there were is told, and no words are taken for the person's own."""
    files = {"direct-messages.js": assigned("direct_messages.part0", TALKS)}
    got = given(tmp_path, files, Options(own_messages=True))
    assert {"messages", "first", "last", "handle"} == {name for name, _ in got.of("message")[0].details}
    assert 1 == len(got.of("message"))


def prompt(chat: str, sender: str, words: str) -> dict[str, object]:
    """Return a line of a talk with the assistant."""
    stamp = "2025-10-23T13:11:59.692Z"
    return {"grokChatItem": {"chatId": chat, "createdAt": stamp, "sender": {"originalName": sender}, "message": words}}


PROMPTS = [prompt("1", "USER", "My question"), prompt("1", "AGENT", "An answer"), prompt("2", "USER", "Another one")]


def test_talks_with_the_assistant_are_counted(tmp_path: Path) -> None:
    """One item a talk, without words."""
    got = data(tmp_path, "grok_chat_item", PROMPTS)
    assert [("1", "1"), ("1", "0")] == [
        (dict(item.details)["sent"], dict(item.details)["received"]) for item in got.of("message")
    ]
    assert "question" not in got.everything()


def test_own_prompts_are_read_where_asked_for(tmp_path: Path) -> None:
    """And never what the assistant answered."""
    got = data(tmp_path, "grok_chat_item", PROMPTS, Options(own_messages=True))
    assert ["My question", "Another one"] == [item.text for item in got.of("message") if item.own_words]
    assert "An answer" not in got.everything()


def test_talks_before_a_break_are_counted(tmp_path: Path) -> None:
    """A file that breaks off gives what came before, and says so."""
    broken = assigned("grok_chat_item.part0", PROMPTS)[:-20]
    got = given(tmp_path, {"data/account.js": ACCOUNT, "data/grok-chat-item.js": broken})
    assert 1 == len(got.of("message"))
    assert "partial" == got.tables["talks with the assistant"].state


def test_ten_thousand_posts_are_read_fast_and_flat(tmp_path: Path) -> None:
    """At least a thousand a second on any machine, in memory that does not grow with them."""
    made = unpacked(tmp_path / "f", {"tweets.js": wrapped(*(tweet(f"Note {n}", n, lang="en") for n in range(10_000)))})
    got = Imported(made)
    assert 10_000 == len(got.of("post")) == got.tables["posts"].read
    assert "/9999" == got.of("post")[-1].pointer.locator
    with Files([made]) as files:
        platform, found = recognise(files)[0]
        tracemalloc.start()
        assert 10_000 < sum(1 for _ in platform.read(files, found, Options()))
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 6 * 2**20
