"""Reddit: every table is read once, checked against the sums sent with it, and no network address is kept."""

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from exports import Content, Imported, table_of, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError

DAY = "2025-02-04 08:30:00 UTC"
AT = "https://www.reddit.com/r/example/comments/"
POST_COLUMNS = ["id", "permalink", "date", "ip", "subreddit", "gildings", "title", "url", "body"]
COMMENT_COLUMNS = ["id", "permalink", "date", "ip", "subreddit", "gildings", "link", "parent", "body", "media"]
POSTS = [
    POST_COLUMNS,
    ["p1", f"{AT}p1/t/", DAY, "192.0.2.7", "example", "0", "Tea, first", "", 'I said "no".\n\nThen left.'],
    ["p2", f"{AT}p2/t/", DAY, "192.0.2.7", "example", "0", "A link", "https://news.example/a", ""],
]
COMMENTS = [
    COMMENT_COLUMNS,
    ["c1", f"{AT}p1/t/c1/", DAY, "192.0.2.7", "example", "0", f"{AT}p1/t/", "", "None", ""],
    ["c2", f"{AT}p1/t/c2/", DAY, "", "example", "0", f"{AT}p1/t/", "t1_c9", "Same here", ""],
]
STATISTICS = "statistic,value\nempty,\naccount name,quiet_wren\nexport time,2025-02-05\nemail,PLANTED@mail.example\n"
WHOLE: Mapping[str, Content] = {
    "posts.csv": table_of(POSTS),
    "comments.csv": table_of(COMMENTS),
    "statistics.csv": STATISTICS,
}
MESSAGE = ["id", "permalink", "thread_id", "date", "ip", "from", "to", "subject", "body"]


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("reddit", "REDDIT"), ("plain", "PLAIN")))


def read(tmp_path: Path, members: Mapping[str, Content], **options: object) -> Imported:
    """Read a zip of these files."""
    return Imported(zipped(tmp_path / "export.zip", members), options=Options(**options))  # type: ignore[arg-type]


def without(rows: list[list[str]], *columns: str) -> str:
    """Return a table that lacks these columns, as the tables of headers do."""
    kept = [n for n, name in enumerate(rows[0]) if name not in columns]
    return table_of([row[n] for n in kept] for row in rows)


def test_posts_are_read(tmp_path: Path) -> None:
    """Title and body are the words, the community is a detail, and who can see it is not known."""
    post, link = read(tmp_path, WHOLE).of("post")
    assert 'Tea, first\n\nI said "no".\n\nThen left.' == post.text
    assert ("p1", f"{AT}p1/t/", "utc", "unknown") == (post.key, post.address, post.created.zone, post.audience.who)
    assert (("group", "example"),) == post.details
    assert ("A link", "https://news.example/a") == (link.text, dict(link.details)["link"])
    assert ("posts.csv", "row 2") == (link.pointer.member, link.pointer.locator)


def test_a_reply_is_told_from_a_comment(tmp_path: Path) -> None:
    """By its parent; and a word that means nothing elsewhere is still what the person wrote."""
    got = read(tmp_path, WHOLE)
    assert [("None", "")] == [(item.text, item.reply_to) for item in got.of("comment")]
    assert [("Same here", "t1_c9")] == [(item.text, item.reply_to) for item in got.of("reply")]


def test_it_is_recognised_with_its_account(tmp_path: Path) -> None:
    """The account's name is a row of the statistics; what is missing is named."""
    found = read(tmp_path, {name: content for name, content in WHOLE.items() if name != "comments.csv"}).recognised[0]
    assert ("reddit", "quiet_wren", ("comments",), "csv") == (
        found.platform, found.account, found.missing, found.form
    )  # fmt: skip
    assert found.confidence > 0.7


def test_tables_without_words_stand_in_only_for_absent_ones(tmp_path: Path) -> None:
    """Beside the full table they add nothing; alone they give what they have, and the person is told what to add."""
    headers = {"post_headers.csv": without(POSTS, "body"), "comment_headers.csv": without(COMMENTS, "body", "media")}
    assert 2 == len(read(tmp_path, {**WHOLE, **headers}).of("post"))
    alone = read(tmp_path, {**headers, "statistics.csv": STATISTICS})
    assert ["Tea, first", "A link"] == alone.texts("post")
    assert [("", False)] == [(item.text, item.own_words) for item in alone.of("reply")]
    assert "posts.csv" in alone.recognised[0].advice
    assert "since 2021, without words" == alone.recognised[0].generation


def test_drafts_votes_and_saves_are_read(tmp_path: Path) -> None:
    """A draft is own words, a vote is not, and the two kinds of draft table are one kind of item."""
    files = {
        **WHOLE,
        "drafts.csv": "id,title,body,kind,created,subreddit\nd1,Not sure,Should I?,markdown,2025-02-04,example\n",
        "scheduled_posts.csv": "scheduled_post_id,subreddit,title,body,url,submission_time,recurrence\n"
        f"s1,example,Later,Words,,{DAY},\n",
        "post_votes.csv": f"id,permalink,direction\nv1,{AT}v1/,up\n",
        "hidden_posts.csv": f"id,permalink\nh1,{AT}h1/\n",
        "saved_comments.csv": f"id,permalink\nk1,{AT}k1/\n",
    }
    got = read(tmp_path, files)
    assert ["Not sure\n\nShould I?", "Later\n\nWords"] == got.texts("draft")
    assert {"v1 up", "h1 hidden", "k1 saved"} == {like.key for like in got.of("like")}
    assert not any(like.own_words for like in got.of("like"))


def test_messages_are_counted_without_words(tmp_path: Path) -> None:
    """By thread and by chat, with partners and span; own words only on request, others' never."""
    files = {
        **WHOLE,
        "messages.csv": table_of(
            [
                MESSAGE,
                ["m1", "", "t1", "2025-02-03 08:30:00 UTC", "192.0.2.7", "ida", "quiet_wren", "hi", "secret-one"],
                ["m2", "", "t1", DAY, "192.0.2.7", "quiet_wren", "ida", "re: hi", "my own"],
            ]
        ),
        "chat_history.csv": "message_id,created_at,updated_at,username,message,channel_url,subreddit\n"
        f"x1,{DAY},,ola,secret-two,ch1,\nx2,{DAY},,Quiet_Wren,mine too,ch1,\n",
    }
    got = read(tmp_path, files)
    thread, chat = (dict(item.details) for item in got.of("message"))
    assert ("ida", "2", "1", "2025-02-03 08:30:00 UTC", DAY) == tuple(
        thread[name] for name in ("handle", "messages", "sent", "first", "last")
    )
    assert ("ola", "2", "1") == (chat["handle"], chat["messages"], chat["sent"])
    assert not any(word in got.everything() for word in ("secret", "my own", "mine too"))
    asked = read(tmp_path, files, own_messages=True)
    assert ["my own", "mine too"] == [item.text for item in asked.of("message") if item.own_words]
    assert "secret" not in asked.everything()


def test_accounts_settings_and_contacts_are_read(tmp_path: Path) -> None:
    """Friends, sign-ins, logins, settings and lists of communities, each as its kind."""
    files = {
        **WHOLE,
        "friends.csv": "username,note\nola,from the clinic\n",
        "linked_identities.csv": "issuer_id,subject_id\nhttps://accounts.google.com,PLANTED\n",
        "twitter.csv": "username\nwren_writes\n",
        "ip_logs.csv": f"date,ip\nregistration ip,PLANTED\n{DAY},PLANTED\n",
        "user_preferences.csv": "preference,value\nhide_from_robots,True\n",
        "sensitive_ads_preferences.csv": "type,preference\nalcohol,deny\n",
        "subscribed_subreddits.csv": "subreddit\ngrief\n",
        "multireddits.csv": "id,display_name,date,description,privacy\nm1,Quiet,2025-02-04,For evenings,private\n",
    }
    got = read(tmp_path, files)
    assert {"handle": "ola", "state": "following", "direction": "sent"} == dict(got.of("contact")[0].details)
    assert ["https://accounts.google.com", "X (Twitter)"] == [dict(app.details)["app"] for app in got.of("app")]
    assert ["registration ip", DAY] == [session.created.raw for session in got.of("session")]
    assert {("hide_from_robots", "True"), ("alcohol", "deny")} == {
        (dict(item.details)["setting"], dict(item.details)["value"]) for item in got.of("setting")
    }
    assert ("group", "grief") in [detail for item in got.of("profile") for detail in item.details]
    assert ["Quiet\n\nFor evenings"] == got.texts("bio")
    assert "PLANTED" not in got.everything()
    assert "clinic" not in got.everything()


def test_planted_secrets_occur_nowhere(tmp_path: Path) -> None:
    """Network addresses, numbers, dates of birth and payments are counted by field, once a file."""
    files = {
        **WHOLE,
        "linked_phone_number.csv": "phone_number\nPLANTED\n",
        "birthdate.csv": "birthdate,verified_birthdate\nPLANTED,\n",
        "account_gender.csv": "account_gender\nPLANTED\n",
        "stripe.csv": "stripe_account_id\nPLANTED\n",
        "persona.csv": "persona_inquiry_id\nPLANTED\n",
        "purchases.csv": "processor,transaction_id,product\nPLANTED,PLANTED,PLANTED\n",
    }
    got = read(tmp_path, files)
    assert "PLANTED" not in got.everything()
    assert "192.0.2.7" not in got.everything()
    counts = {(each.pointer.member, each.field): each.count for each in got.removed}
    assert (2, 1) == (counts["posts.csv", "IP addresses"], counts["comments.csv", "IP addresses"])
    fields = {each.field for each in got.removed}
    assert {"telephone number", "birth date", "gender", "payments", "identity checks", "account details"} <= fields
    assert [] == got.problems


def test_the_check_sums_are_checked(tmp_path: Path) -> None:
    """A file that was changed and one that is not there each leave a problem; one as it was sent leaves none."""
    sums = {name: hashlib.sha256(str(content).encode()).hexdigest() for name, content in WHOLE.items()}
    rows = [["filename", "sha256"], *sums.items(), ["drafts.csv", "0" * 64]]
    files = {**WHOLE, "comments.csv": f"{WHOLE['comments.csv']}\n", "checkfile.csv": table_of(rows)}
    got = read(tmp_path, files)
    assert {("comments.csv", "check sum"), ("checkfile.csv", "not there")} == {
        (problem.pointer.member, "check sum" if "check sum" in problem.what else "not there")
        for problem in got.problems
    }
    assert 2 == len(got.problems)


def test_the_check_sums_of_two_exports_are_kept_apart(tmp_path: Path) -> None:
    """Each file is held against the list that came with it, and a file among loose ones against the only list."""
    inputs = []
    for number, comments in enumerate((COMMENTS, COMMENTS[:2])):
        files: dict[str, Content] = {"comments.csv": table_of(comments), "statistics.csv": STATISTICS}
        sums = [[name, hashlib.sha256(str(content).encode()).hexdigest()] for name, content in files.items()]
        files["checkfile.csv"] = table_of([["filename", "sha256"], *sums])
        inputs.append(zipped(tmp_path / f"{number}.zip", files))
    assert [] == Imported(*inputs).problems
    assert [] == Imported(unpacked(tmp_path / "e", files)).problems


def test_only_what_a_person_wrote_is_their_own(tmp_path: Path) -> None:
    """Facts, contacts, votes and settings are not, and posts, comments and drafts are."""
    files = {
        **WHOLE,
        "friends.csv": "username,note\nola,\n",
        "post_votes.csv": f"id,permalink,direction\nv1,{AT}v1/,up\n",
        "ip_logs.csv": f"date,ip\n{DAY},1\n",
        "user_preferences.csv": "preference,value\na,b\n",
        "linked_identities.csv": "issuer_id,subject_id\nhttps://accounts.google.com,1\n",
        "twitter.csv": "username\nwren_writes\n",
        "moderated_subreddits.csv": "subreddit\ngrief\n",
        "drafts.csv": "id,title,body,kind,created,subreddit\nd1,Not sure,,markdown,2025-02-04,example\n",
    }
    got = read(tmp_path, files)
    assert {"post", "comment", "reply", "draft"} == {item.kind for item in got.items if item.own_words}
    assert {"profile", "contact", "like", "session", "setting", "app"} == {i.kind for i in got.items if not i.own_words}
    assert {("group", "grief"), ("what", "moderated")} <= {
        detail for item in got.of("profile") for detail in item.details
    }


def test_a_signature_is_cut_off_a_link(tmp_path: Path) -> None:
    """A link to a picture is kept without what opens it."""
    rows = [COMMENT_COLUMNS, [*COMMENTS[1][:9], "https://preview.example/a.jpg?s=PLANTED"]]
    got = read(tmp_path, {**WHOLE, "comments.csv": table_of(rows)})
    assert "https://preview.example/a.jpg" == dict(got.of("comment")[0].details)["media"]
    assert "PLANTED" not in got.everything()


def test_an_account_without_its_statistics_is_read(tmp_path: Path) -> None:
    """Nobody is taken for the owner, so no message's words are kept."""
    files = {"messages.csv": table_of([MESSAGE, ["m1", "", "", DAY, "", "ida", "wren", "hi", "secret"]])}
    got = read(tmp_path, files, own_messages=True)
    assert ("", ("posts", "comments", "statistics")) == (got.recognised[0].account, got.recognised[0].missing)
    assert [("m1", "0")] == [(item.key, dict(item.details)["sent"]) for item in got.of("message")]
    assert "secret" not in got.everything()


def test_a_broken_row_costs_itself_only(tmp_path: Path) -> None:
    """A row that is too short leaves one problem, and its neighbours are read."""
    lines = str(WHOLE["comments.csv"]).splitlines(keepends=True)
    got = read(tmp_path, {**WHOLE, "comments.csv": "".join([lines[0], "c0\n", *lines[1:]])})
    assert ["None", "Same here"] == got.texts("comment", "reply")
    assert ["row 1"] == [problem.pointer.locator for problem in got.problems]


@pytest.mark.parametrize(
    ("content", "state", "read_count"),
    [
        (",".join(COMMENT_COLUMNS) + "\n", "empty", 0),
        ("", "empty", 0),
        (b"\x00\x01\x02", "unreadable", 0),
        (table_of(COMMENTS) + "c3,https://www.reddit.com/r/exa", "partial", 2),
        (None, "absent", 0),
    ],
)
def test_the_states_of_a_table_are_told_apart(
    tmp_path: Path, content: str | bytes | None, state: str, read_count: int
) -> None:
    """Empty, unreadable, cut off and absent are never confused."""
    rest = {name: each for name, each in WHOLE.items() if name != "comments.csv"}
    table = read(tmp_path, rest if content is None else {**rest, "comments.csv": content}).tables["comments"]
    assert (state, read_count) == (table.state, table.read)


@pytest.mark.parametrize("how", ["wrapper", "folder", "loose", "renamed", "parts", "semicolons"])
def test_it_is_read_however_it_was_packed(tmp_path: Path, how: str) -> None:
    """With a folder around it, unpacked, loose, under other names, in several zips, and saved by a spreadsheet."""
    renamed = {f"Daten {number}.csv": content for number, content in enumerate(WHOLE.values())}
    spread = {"posts.csv": table_of(POSTS, ";"), "comments.csv": table_of(COMMENTS, "\t"), "statistics.csv": STATISTICS}
    packed: dict[str, Callable[[], list[Path]]] = {
        "wrapper": lambda: [zipped(tmp_path / "e.zip", WHOLE, "export_quiet_wren_20250205/")],
        "folder": lambda: [unpacked(tmp_path / "e", WHOLE)],
        "loose": lambda: sorted(unpacked(tmp_path / "e", WHOLE).iterdir()),
        "renamed": lambda: [zipped(tmp_path / "e.zip", renamed)],
        "parts": lambda: [zipped(tmp_path / f"{n}.zip", {n: WHOLE[n]}) for n in reversed(WHOLE)],
        "semicolons": lambda: [zipped(tmp_path / "e.zip", spread)],
    }
    got, whole = Imported(*packed[how]()), read(tmp_path, WHOLE)
    assert sorted(item.id for item in whole.items) == sorted(item.id for item in got.items)
    assert "quiet_wren" == got.recognised[0].account


def test_an_unknown_table_is_said(tmp_path: Path) -> None:
    """Nothing that lies beside the rest is passed over in silence."""
    got = read(tmp_path, {**WHOLE, "novelties.csv": "alpha,beta\n1,2\n"})
    assert ["novelties.csv"] == [problem.pointer.member for problem in got.problems]


def test_other_tables_are_not_taken_for_reddit(tmp_path: Path) -> None:
    """Not even those that have its names."""
    with pytest.raises(UnknownArchiveError):
        Imported(zipped(tmp_path / "e.zip", {"posts.csv": "a,b\n1,2\n", "comments.csv": "Date,Link\n1,2\n"}))


def test_tables_of_another_platform_beside_it_are_left_alone(tmp_path: Path) -> None:
    """One of its columns having a name that Reddit has too makes it no table of Reddit's."""
    got = read(
        tmp_path, {**WHOLE, "other/Profile.csv": "First Name,Birth Date\nIda,4 Feb 1980\n", "other/b.csv": "x,y\n"}
    )
    assert [] == got.problems
    assert "birth date" not in {each.field for each in got.removed}


def test_the_pointer_leads_back(tmp_path: Path) -> None:
    """The row's number finds the comment in the file as it is."""
    got = read(tmp_path, WHOLE)
    for item in got.of("comment", "reply"):
        assert item.text == COMMENTS[int(item.pointer.locator.removeprefix("row "))][8]


def test_ten_thousand_comments_are_read(tmp_path: Path) -> None:
    """All of them, each once, in their order."""
    rows = ([f"c{n}", AT, DAY, "192.0.2.7", "example", "0", AT, "", f"Words {n}", ""] for n in range(10_000))
    got = read(tmp_path, {**WHOLE, "comments.csv": table_of([COMMENT_COLUMNS, *rows])})
    assert [f"Words {n}" for n in range(10_000)] == got.texts("comment")
    assert [10_000] == [each.count for each in got.removed if each.pointer.member == "comments.csv"]
