"""YouTube by Google Takeout: comments come out exact in every language and era, and what was watched stays out."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from exports import Content, Imported, table_of, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.youtube_rows import words

DAY = "2025-02-04T08:30:00.123456+00:00"
ROOT = "Takeout/YouTube and YouTube Music/"
CHANNEL = "UCexampleExampleExample1"
NEW_COLUMNS = [
    "Comment ID", "Channel ID", "Comment create timestamp", "Price", "Parent comment ID", "Post ID", "Video ID",
    "Comment text", "Top-level comment ID",
]  # fmt: skip
OLD_COLUMNS = [
    "Channel ID", "Comment ID", "Comment Create Timestamp", "Price", "Parent Comment ID", "Video ID", "Comment Text",
]  # fmt: skip
GERMAN = [
    "Kommentar-ID", "Kanal-ID", "Zeitstempel der Erstellung des Kommentars", "Preis", "Übergeordnete Kommentar-ID",
    "Beitrags-ID", "Video-ID", "Kommentartext", "Kommentar-ID der obersten Ebene",
]  # fmt: skip
ESTONIAN = ["Kommentaari ID", "Kanali ID", "Aeg", "Hind", "Ülem", "Postituse ID", "Video ID", "Tekst", "Kõrgeim"]
FIRST, SECOND = "UgxExampleFirst1", "UgwExampleFirst1.9second"
RUN = '{"text":"Lovely pace"},{"text":"\\n"},{"text":"& calm"}'
LINKED = '{"text":"See "},{"text":"here","link":{"linkUrl":"https://wren.example"}}'
ROWS = [
    [FIRST, CHANNEL, DAY, "0", "", "", "abcdefghijk", RUN, ""],
    [SECOND, CHANNEL, DAY, "0", FIRST, "", "abcdefghijk", LINKED, FIRST],
    ["", "", "", "", "", "", "", "", ""],
]
OLD = [[CHANNEL, FIRST, DAY, "0", "", "abcdefghijk", '{"takeoutSegments":[{"text":"Lovely "},{"text":"pace"}]}']]
VIDEOS = [
    ["Video ID", "Approx Duration (ms)", "Video Category", "Video Description (Original)", "Channel ID",
     "Video Title (Original)", "Privacy", "Video State", "Video Create Timestamp"],
    ["aaaaaaaaaaa", "1000", "Education", "About grief.", CHANNEL, "Quiet talk", "Public", "Processed", DAY],
    ["bbbbbbbbbbb", "1000", "Education", "", CHANNEL, "For a friend", "Private", "Processed", DAY],
]  # fmt: skip
CHANNELS = (
    "Channel ID,Channel Country,Channel Title (Original),Channel Visibility\n" + f"{CHANNEL},GB,Wren talks,Public\n"
)
SUBSCRIBED = (
    f"Channel Id,Channel Url,Channel Title\n{CHANNEL[:-1]}2,http://www.youtube.com/channel/{CHANNEL[:-1]}2,Ida\n"
)
WHOLE: Mapping[str, Content] = {
    f"{ROOT}comments/comments.csv": table_of([NEW_COLUMNS, *ROWS]),
    f"{ROOT}video metadata/videos.csv": table_of(VIDEOS),
    f"{ROOT}channels/channel.csv": CHANNELS,
    f"{ROOT}subscriptions/subscriptions.csv": SUBSCRIBED,
}
PAGE = (
    "<html><head><title>Comments</title></head><body><ul>"
    '<li>You added a <a href="http://www.youtube.com/watch?v=abcdefghijk&amp;lc=UgxOld1">comment</a> on a '
    '<a href="http://www.youtube.com/watch?v=abcdefghijk">film</a> at 2019-02-04 08:30:00 UTC.<br/>'
    "Lovely &amp; calm<br>Second line</li>"
    '<li>Sent at 2018-02-04T08:30:00Z while watching <a href="http://youtu.be/abcdefghijk">x</a>.<br/>Hello</li>'
    "</ul></body></html>"
)


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("youtube", "YOUTUBE"), ("plain", "PLAIN")))


def read(tmp_path: Path, members: Mapping[str, Content]) -> Imported:
    """Read a zip of these files."""
    return Imported(zipped(tmp_path / "takeout-20250204T083000Z-001.zip", members))


def comments(rows: list[list[str]]) -> Mapping[str, Content]:
    """Return an export of one table of comments."""
    return {f"{ROOT}comments/comments.csv": table_of(rows)}


def test_comments_of_today_are_read(tmp_path: Path) -> None:
    """A run of segments is one text, a link is kept beside it, and a reply names what it answers."""
    got = read(tmp_path, WHOLE)
    comment, reply = got.of("comment", "reply")
    assert ("Lovely pace\n& calm", FIRST, "utc") == (comment.text, comment.key, comment.created.zone)
    assert "https://www.youtube.com/watch?v=abcdefghijk" == comment.address
    assert ("See here", "reply", FIRST, (("link", "https://wren.example"),)) == (
        reply.text, reply.kind, reply.reply_to, reply.details,
    )  # fmt: skip
    assert ("row 1", f"{ROOT}comments/comments.csv") == (comment.pointer.locator, comment.pointer.member)
    assert ("since 2024", "csv", "en", "Wren talks") == (
        got.recognised[0].generation, got.recognised[0].form, got.recognised[0].language, got.recognised[0].account,
    )  # fmt: skip
    assert [] == got.problems


def test_comments_of_2023_are_read(tmp_path: Path) -> None:
    """With their list of segments, and their columns in another order."""
    got = read(tmp_path, comments([OLD_COLUMNS, *OLD]))
    assert ["Lovely pace"] == got.texts("comment")
    assert "2023 to 2024" == got.recognised[0].generation


@pytest.mark.parametrize(
    ("cell", "said"),
    [
        ('{"takeoutSegments":[{"text":"a"},{"text":"b"}]}', "ab"),
        ('{"text":"a"},{"text":"\\n"},{"text":"b"}', "a\nb"),
        ('[{"text":"a"}]', "a"),
        ('{"text":"None"}', "None"),
        ("bare words", "bare words"),
        ('{"text": broken', '{"text": broken'),
        ("{smile}", "{smile}"),
    ],
)
def test_every_form_of_words_comes_out_exact(cell: str, said: str) -> None:
    """Both of the platform's forms, words without a form, and what only looks like one."""
    assert said == words(cell)[0]


@pytest.mark.parametrize(("columns", "language"), [(GERMAN, "de"), (ESTONIAN, "unknown")])
def test_other_languages_are_read(tmp_path: Path, columns: list[str], language: str) -> None:
    """By the names of the columns where they are known, and else by what their cells look like."""
    got = read(tmp_path, {"Takeout/YouTube ja muu/x/tabel.csv": table_of([columns, *ROWS])})
    assert [("Lovely pace\n& calm", "comment"), ("See here", "reply")] == [(i.text, i.kind) for i in got.items]
    assert [FIRST, SECOND] == [item.key for item in got.items]
    assert language == got.recognised[0].language


def test_videos_and_subscriptions_of_another_language_are_told_by_their_cells(tmp_path: Path) -> None:
    """Titles and times are there; who can see them is not known, since no column says so."""
    header = [
        "Video-ID",
        "Dauer",
        "Kategorie",
        "Beschreibung",
        "Kanal-ID",
        "Titel",
        "Datenschutz",
        "Status",
        "Erstellt",
    ]
    rows = [header, *VIDEOS[1:]]
    rows[1] = [*rows[1][:3], "", *rows[1][4:]]
    files = {f"{ROOT}a.csv": table_of(rows), f"{ROOT}b.csv": SUBSCRIBED.replace("Channel ", "Kanal ")}
    got = read(tmp_path, files)
    assert ["Quiet talk", "For a friend"] == got.texts("post")
    assert {"unknown"} == {item.audience.who for item in got.of("post")}
    assert "Ida" == dict(got.of("contact")[0].details)["name"]


def test_a_comment_without_a_parents_column_is_no_reply(tmp_path: Path) -> None:
    """Nothing is made up where the export does not say."""
    rows = [[*NEW_COLUMNS[:4], *NEW_COLUMNS[6:8]], *([*row[:4], *row[6:8]] for row in ROWS[:2])]
    assert {"comment"} == {item.kind for item in read(tmp_path, comments(rows)).items}


def test_videos_have_their_audience(tmp_path: Path) -> None:
    """From the film's own record; a code that is not known stays as it is written."""
    films = [[*VIDEOS[2][:6], "Members", *VIDEOS[2][7:]]]
    got = read(tmp_path, {**WHOLE, f"{ROOT}video metadata/videos.csv": table_of([*VIDEOS, *films])})
    assert [("public", "post", "Privacy"), ("only me", "post", "Privacy"), ("unknown", "post", "Privacy")] == [
        (film.audience.who, film.audience.level, film.audience.source) for film in got.of("post")
    ]
    assert "Quiet talk\n\nAbout grief." == got.of("post")[0].text
    assert "Members" == dict(got.of("post")[2].details)["privacy"]


def test_the_channel_live_chats_posts_and_playlists_are_read(tmp_path: Path) -> None:
    """Each as its kind; of an older playlist the films below it are passed over."""
    files = {
        **WHOLE,
        f"{ROOT}live chats/live chats.csv": table_of(
            [
                ["Live Chat ID", "Channel ID", "Live Chat Create Timestamp", "Price", "Video ID", "Live Chat Text"],
                ["CjgKDQoLexample", CHANNEL, DAY, "0", "abcdefghijk", '{"text":"Hello all"}'],
            ]
        ),
        f"{ROOT}posts/posts.csv": "Post ID,Channel ID,Post Create Timestamp,Post Text\n"
        f"UgkxA1,{CHANNEL},{DAY},News of me\n",
        f"{ROOT}playlists/playlists.csv": "Playlist ID,Playlist Description (Original),Playlist Title (Original),"
        f"Playlist Create Timestamp,Playlist Visibility\nPL1,For Ida,Calm songs,{DAY},Unlisted\n",
        f"{ROOT}playlists/Old.csv": "Playlist Id,Channel Id,Time Created,Time Updated,Title,Description,Visibility\n"
        f"PL2,{CHANNEL},2020-01-01 10:00:00 UTC,,Old ones,,Public\n\nVideo Id,Time Added\nabcdefghijk,2020-01-01\n",
    }
    got = read(tmp_path, files)
    live = next(item for item in got.of("comment") if item.text == "Hello all")
    assert (("what", "live chat"),) == live.details
    assert ["News of me", "Old ones"] == [text for text in got.texts("post") if text in ("News of me", "Old ones")]
    playlist = next(item for item in got.of("post") if item.key == "PL1")
    assert ("Calm songs\n\nFor Ida", "unlisted") == (playlist.text, playlist.audience.who)
    assert ["Wren talks"] == got.texts("bio")
    assert ("public", "channel") == (got.of("profile")[0].audience.who, got.of("profile")[0].audience.level)
    assert [] == got.problems


def test_the_pages_of_the_old_era_are_read(tmp_path: Path) -> None:
    """With low confidence and a mark on each item; the platform's sentence is not taken for the person's words."""
    got = read(tmp_path, {f"{ROOT}my-comments/my-comments.html": PAGE})
    first, second = got.of("comment")
    assert ("Lovely & calm\nSecond line", "UgxOld1", "utc") == (first.text, first.key, first.created.zone)
    assert ("Hello", "2018-02-04T08:30:00Z", "li 2") == (second.text, second.created.raw, second.pointer.locator)
    assert ("from", "html") in first.details
    assert ("to 2023", "html") == (got.recognised[0].generation, got.recognised[0].form)
    assert got.recognised[0].confidence < 0.5
    assert "new export" in got.recognised[0].advice
    assert ("present", 2) == (got.tables["comments"].state, got.tables["comments"].read)


def test_a_page_beside_the_table_is_read_as_well(tmp_path: Path) -> None:
    """Two exports given together lose nothing of the older one."""
    got = read(tmp_path, {**WHOLE, f"{ROOT}my-comments/my-comments.html": PAGE})
    assert 4 == len(got.of("comment", "reply"))
    assert (2, 2) == (got.tables["comments"].read, got.tables["pages"].read)


def test_a_page_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """An item without a time is one problem; an item that is cut through makes the page partial."""
    broken = PAGE.replace("2018-02-04T08:30:00Z", "some time")
    got = read(tmp_path, {f"{ROOT}my-comments/my-comments.html": broken[: broken.index("Hello")] + "<li>You ad"})
    assert ["Lovely & calm\nSecond line"] == got.texts("comment")
    assert ["li 2", ""] == [problem.pointer.locator for problem in got.problems]
    assert "partial" == got.tables["comments"].state


def test_the_json_of_the_old_era_is_read(tmp_path: Path) -> None:
    """Films and subscriptions, as the platform's interface gives them."""
    snippet = {"title": "Quiet talk", "description": "About grief.", "publishedAt": "2019-02-04T08:30:00Z"}
    film = {"id": "aaaaaaaaaaa", "kind": "youtube#video", "snippet": snippet, "status": {"privacyStatus": "private"}}
    other = {"kind": "youtube#subscription", "snippet": {"title": "Ida", "resourceId": {"channelId": "UC2"}}}
    got = read(tmp_path, {f"{ROOT}videos/a.json": [film], f"{ROOT}subscriptions/subscriptions.json": [other]})
    assert [("Quiet talk\n\nAbout grief.", "only me")] == [(item.text, item.audience.who) for item in got.of("post")]
    assert [("Ida", "UC2")] == [(dict(c.details)["name"], dict(c.details)["handle"]) for c in got.of("contact")]
    assert "/0" == got.of("post")[0].pointer.locator


def test_history_and_places_are_left_out(tmp_path: Path) -> None:
    """What was watched or searched for leaves one problem a file and no word; coordinates are only counted."""
    watched = [{"header": "YouTube", "title": "Watched PLANTED", "titleUrl": "https://www.youtube.com/watch?v=PLANTED"}]
    files = {
        **WHOLE,
        f"{ROOT}history/watch-history.json": json.dumps(watched),
        f"{ROOT}history/search-history.html": '<div class="outer-cell mdl-cell">Searched for PLANTED</div>',
        f"{ROOT}channels/channel feature data.csv": "Channel ID,Recording Latitude,Recording Longitude\n"
        f"{CHANNEL},51.PLANTED,-1.PLANTED\n",
    }
    got = read(tmp_path, files)
    assert "PLANTED" not in got.everything()
    assert [("coordinates", 2)] == [(each.field, each.count) for each in got.removed]
    assert {"watch-history.json", "search-history.html"} == {p.pointer.member.rpartition("/")[2] for p in got.problems}
    assert {"left out on purpose"} == {problem.what[-19:] for problem in got.problems}


def test_an_export_of_history_alone_is_recognised(tmp_path: Path) -> None:
    """And says what is missing."""
    got = read(tmp_path, {"Takeout/YouTube/history/watch-history.json": [{"titleUrl": "https://www.youtube.com/x"}]})
    assert ("youtube", ("comments", "videos", "subscriptions")) == (
        got.recognised[0].platform, got.recognised[0].missing,
    )  # fmt: skip
    assert [] == got.items


def test_only_what_a_person_wrote_is_their_own(tmp_path: Path) -> None:
    """Subscriptions and the channel's facts are not; comments, films' titles and the channel's title are."""
    got = read(tmp_path, WHOLE)
    assert {"comment", "reply", "post", "bio"} == {item.kind for item in got.items if item.own_words}
    assert {"contact", "profile"} == {item.kind for item in got.items if not item.own_words}


def test_files_inside_and_outside_the_folder_are_read_together(tmp_path: Path) -> None:
    """One part unpacked and moved loses nothing."""
    moved = {name if "comments" in name else name.rpartition("/")[2]: content for name, content in WHOLE.items()}
    got, whole = read(tmp_path, moved), read(tmp_path, WHOLE)
    assert {item.id for item in whole.items} == {item.id for item in got.items}


def test_a_broken_row_costs_itself_only(tmp_path: Path) -> None:
    """A row without its words leaves one problem, and its neighbours are read."""
    got = read(tmp_path, comments([NEW_COLUMNS, ROWS[0], ["broken"], ROWS[1]]))
    assert ["Lovely pace\n& calm", "See here"] == got.texts("comment", "reply")
    assert ["row 2"] == [problem.pointer.locator for problem in got.problems]


@pytest.mark.parametrize(
    ("content", "state", "count"),
    [
        (",".join(NEW_COLUMNS), "empty", 0),
        ("", "empty", 0),
        (b"\x00\x01\x02", "unreadable", 0),
        (table_of([NEW_COLUMNS, *ROWS[:2]]) + f"{FIRST}2,{CHANNEL}", "partial", 2),
        (None, "absent", 0),
    ],
)
def test_the_states_of_a_table_are_told_apart(tmp_path: Path, content: Content, state: str, count: int) -> None:
    """Empty, unreadable, cut off and absent are never confused."""
    files = {name: each for name, each in WHOLE.items() if "comments" not in name}
    if content is not None:
        files[f"{ROOT}comments/comments.csv"] = content
    table = read(tmp_path, files).tables["comments"]
    assert (state, count) == (table.state, table.read)


@pytest.mark.parametrize("how", ["folder", "loose", "renamed", "no wrapper", "parts"])
def test_it_is_read_however_it_was_packed(tmp_path: Path, how: str) -> None:
    """Unpacked, as loose files, under other names, without Takeout's folders, and in several zips in any order."""
    bare = {name.rpartition("/")[2]: content for name, content in WHOLE.items()}
    renamed = {f"x/{number}.csv": content for number, content in enumerate(WHOLE.values())}
    packed: dict[str, Callable[[], list[Path]]] = {
        "folder": lambda: [unpacked(tmp_path / "e", WHOLE)],
        "loose": lambda: sorted(unpacked(tmp_path / "e", bare).iterdir()),
        "renamed": lambda: [zipped(tmp_path / "e.zip", renamed)],
        "no wrapper": lambda: [zipped(tmp_path / "e.zip", bare)],
        "parts": lambda: [zipped(tmp_path / f"{n}.zip", {name: WHOLE[name]}) for n, name in enumerate(reversed(WHOLE))],
    }
    got, whole = Imported(*packed[how]()), read(tmp_path, WHOLE)
    assert sorted(item.id for item in whole.items) == sorted(item.id for item in got.items)


def test_other_files_are_not_taken_for_youtube(tmp_path: Path) -> None:
    """Not even a table of its name, or a page of a list with a link to it."""
    page = '<ul><li>I like <a href="https://www.youtube.com/watch?v=abcdefghijk">this</a></li></ul>'
    with pytest.raises(UnknownArchiveError):
        Imported(zipped(tmp_path / "e.zip", {"comments.csv": "Date,Link,Message\n1,2,3\n", "posts.html": page}))


def test_the_pointer_leads_back(tmp_path: Path) -> None:
    """The row's number finds the comment's id in the file as it is."""
    for item in read(tmp_path, comments([NEW_COLUMNS, *ROWS])).items:
        assert item.key == ROWS[int(item.pointer.locator.removeprefix("row ")) - 1][0]


def test_ten_thousand_comments_are_read(tmp_path: Path) -> None:
    """All of them, each once, in their order."""
    rows = (
        [f"UgxExample{n}", CHANNEL, DAY, "0", "", "", "abcdefghijk", f'{{"text":"No {n}"}}', ""] for n in range(10_000)
    )
    got = read(tmp_path, comments([NEW_COLUMNS, *rows]))
    assert [f"No {n}" for n in range(10_000)] == got.texts("comment")
