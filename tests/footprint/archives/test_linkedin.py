"""LinkedIn: posts and comments come out exact from either encoding, and others' data stays out."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path

import pytest
from exports import Content, Imported, table_of, unpacked, zipped

from forethought.footprint.archives import Options, UnknownArchiveError
from forethought.footprint.archives.files import Files
from forethought.footprint.archives.linkedin import recognise
from forethought.footprint.archives.linkedin_items import when

DAY = "2025-02-04 08:30:00"
SHARE = "https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A"
SHARES = ["Date", "ShareLink", "ShareCommentary", "SharedUrl", "MediaUrl", "Visibility"]
SHARES_2018 = (
    "Date", "Share Title", "Share Description", "Share Link", "Share Commentary", "Shared URL", "Media URL", "Type",
    "Visibility",
)  # fmt: skip
PREAMBLE = 'Notes:\r\n"When you export, you may notice that some addresses, such as these, are missing."\r\n\r\n'
CONNECTIONS = ["First Name", "Last Name", "URL", "Email Address", "Company", "Position", "Connected On"]
MESSAGES = ("CONVERSATION ID", "CONVERSATION TITLE", "FROM", "SENDER PROFILE URL", "TO", "DATE", "CONTENT", "FOLDER")
PROFILE = [
    ["First Name", "Last Name", "Birth Date", "Zip Code", "Headline", "Summary", "Industry", "Websites"],
    ["Wren", "Abara", "4 Feb 1980", "ZZ9 9ZZ", "Counsellor in Leeds", "I work with grief.\n\nSlowly.", "Health",
     "[PERSONAL:https://wren.example]"],
]  # fmt: skip
BASIC: Mapping[str, Content] = {
    "Profile.csv": table_of(PROFILE),
    "Connections.csv": PREAMBLE
    + table_of(
        [
            CONNECTIONS,
            ["Tam", "Osei", "https://li.example/tam", "tam@mail.example", "Elm Ltd", "Baker", "04 Feb 2025"],
            ["", "", "", "", "", "", "03 Feb 2025"],
        ]
    ),
}
POSTS = [SHARES, [DAY, f"{SHARE}1", "Tea first.", "", "", "MEMBER_NETWORK"]]
COMPLETE: Mapping[str, Content] = {
    **BASIC,
    "Shares.csv": table_of(POSTS),
    "Comments.csv": table_of([["Date", "Link", "Message"], [DAY, f"{SHARE}9", "So true"]]),
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    modules = (("linkedin", "LINKEDIN"), ("plain", "PLAIN"))
    monkeypatch.setattr("forethought.footprint.archives.MODULES", modules)


def quoted(rows: list[list[str]]) -> bytes:
    """Return rows as LinkedIn wrote them in 2018: UTF-16, tabs between, every cell quoted."""
    out = io.StringIO()
    csv.writer(out, delimiter="\t", quoting=csv.QUOTE_ALL).writerows(rows)
    return out.getvalue().encode("utf-16-le")


def read(tmp_path: Path, members: Mapping[str, Content], **options: object) -> Imported:
    """Read a zip of these files."""
    return Imported(zipped(tmp_path / "export.zip", members), options=Options(**options))  # type: ignore[arg-type]


def test_a_complete_export_is_read(tmp_path: Path) -> None:
    """Posts and comments are there, with their moment of no known zone, their audience and their addresses."""
    got = read(tmp_path, COMPLETE)
    post = got.of("post")[0]
    assert ("Tea first.", "urn:li:share:1", "unknown") == (post.text, post.key, post.created.zone)
    assert ("public", "post", "Visibility") == (post.audience.who, post.audience.level, post.audience.source)
    assert ("row 1", "Shares.csv") == (post.pointer.locator, post.pointer.member)
    assert [("So true", f"{SHARE}9", "unknown")] == [(c.text, c.address, c.audience.who) for c in got.of("comment")]
    assert [] == got.problems
    assert ("since 2020, complete", "csv", "en", "Wren Abara", "", ()) == (
        got.recognised[0].generation, got.recognised[0].form, got.recognised[0].language, got.recognised[0].account,
        got.recognised[0].advice, got.recognised[0].missing,
    )  # fmt: skip


def test_the_basic_export_is_told_apart(tmp_path: Path) -> None:
    """It says that posts are missing, and which export to ask for."""
    got = read(tmp_path, BASIC)
    assert "since 2020, basic" == got.recognised[0].generation
    assert "larger data archive" in got.recognised[0].advice
    assert ("posts", "comments") == got.recognised[0].missing
    assert ("absent", "absent", "present") == tuple(got.tables[n].state for n in ("posts", "comments", "connections"))


def test_the_export_of_2018_is_read(tmp_path: Path) -> None:
    """UTF-16 with tabs beside UTF-8 with commas, and columns of other names."""
    row = [DAY, "A title", "Its words", f"{SHARE}1", "Olá, said the café", "", "", "Share", "CONNECTIONS"]
    got = read(tmp_path, {**BASIC, "Shares.csv": quoted([list(SHARES_2018), row])})
    assert ["Olá, said the café"] == got.texts("post")
    assert "connections" == got.of("post")[0].audience.who
    assert "2018, complete" == got.recognised[0].generation
    assert 2 == len(got.of("contact"))


def test_lines_quoted_apart_become_one_text(tmp_path: Path) -> None:
    """Each line of a post in quotes of its own, in either encoding and with either line end, comes out as written."""
    chunks = '"First.""\n""""\n""Second, with commas"'
    for ending in ("\n", "\r\n"):
        body = f"{','.join(SHARES)}\n{DAY},{SHARE}1,{chunks},,,CONNECTIONS\n{DAY},{SHARE}2,Next,,,CONNECTIONS\n"
        got = read(tmp_path, {"Shares.csv": body.replace("\n", ending)})
        assert [f"First.{ending}{ending}Second, with commas", "Next"] == got.texts("post")


def test_quotes_that_a_person_wrote_are_kept(tmp_path: Path) -> None:
    """Where only some of a text's line ends stand between quotes, they are the person's own."""
    words = 'She said "yes"\n"No" said he.\nEnd'
    got = read(tmp_path, {"Shares.csv": table_of([SHARES, [DAY, f"{SHARE}1", words, "", "", "CONNECTIONS"]])})
    assert [words] == got.texts("post")


def test_both_ways_of_quoting_a_comment_are_read(tmp_path: Path) -> None:
    """A row with backslashes before its quotes, and one with its quotes doubled, are told apart row by row."""
    body = (
        "Date,Link,Message\n"
        f'{DAY},{SHARE}1,"He said \\"well, yes\\" twice"\n'
        f'{DAY},{SHARE}2,"Kept in C:\\new, ""here"""\n'
        f'{DAY},{SHARE}3,"Ends with \\"quotes\\""\n'
        f"{DAY},{SHARE}4,Plain\n"
    )
    got = read(tmp_path, {"Comments.csv": body})
    wanted = ['He said "well, yes" twice', 'Kept in C:\\new, "here"', 'Ends with "quotes"', "Plain"]
    assert wanted == got.texts("comment")


def test_a_broken_row_costs_itself_only(tmp_path: Path) -> None:
    """A quote that never closes leaves one problem, and the comments around it are read."""
    body = f'Date,Link,Message\n{DAY},{SHARE}1,One\n{DAY},{SHARE}2,"Open\n{DAY},{SHARE}3,Three\n'
    got = read(tmp_path, {"Comments.csv": body})
    assert ["One", "Three"] == got.texts("comment")
    assert ["row 2"] == [problem.pointer.locator for problem in got.problems]
    assert "present" == got.tables["comments"].state


@pytest.mark.parametrize(("name", "cut"), [("Comments.csv", '"Thr'), ("Shares.csv", f"{SHARE}3")])
def test_a_table_cut_off_is_partial(tmp_path: Path, name: str, cut: str) -> None:
    """What came before the end is read, and the table says that it is not whole."""
    header, rest = ("Date,Link,Message", "") if name == "Comments.csv" else (",".join(SHARES), ",,,CONNECTIONS")
    lines = [header, f"{DAY},{SHARE}1,One{rest}", f"{DAY},{SHARE}2,Two{rest}"]
    got = read(tmp_path, {name: "\n".join([*lines, f"{DAY},{SHARE}3,{cut}" if '"' in cut else f"{DAY},{cut}"])})
    table = got.tables["comments" if name == "Comments.csv" else "posts"]
    assert ["One", "Two"] == got.texts("comment", "post")
    assert ("partial", 2) == (table.state, table.read)


def test_tables_of_nothing_and_broken_tables_are_told_apart(tmp_path: Path) -> None:
    """Empty, without rows, and unreadable are three states, and none is absent."""
    got = read(tmp_path, {**BASIC, "Shares.csv": "", "Comments.csv": "Date,Link,Message\n", "Skills.csv": b"\x01\x02"})
    assert ["empty", "empty", "unreadable"] == [got.tables[name].state for name in ("posts", "comments", "skills")]


@pytest.mark.parametrize("how", ["wrapper", "folder", "loose", "renamed", "parts"])
def test_it_is_read_however_it_was_packed(tmp_path: Path, how: str) -> None:
    """With a folder around it, unpacked, as loose files, under other names, and in several zips in any order."""
    files = (
        {f"export-{n}.csv": content for n, content in enumerate(COMPLETE.values())} if how == "renamed" else COMPLETE
    )
    inputs = {
        "wrapper": lambda: [zipped(tmp_path / "e.zip", files, "Complete_LinkedInDataExport_03-04-2025 (1)/")],
        "folder": lambda: [unpacked(tmp_path / "e", files)],
        "loose": lambda: sorted(unpacked(tmp_path / "e", files).iterdir()),
        "renamed": lambda: [zipped(tmp_path / "e.zip", files)],
        "parts": lambda: [zipped(tmp_path / f"{n}.zip", {n: files[n]}) for n in reversed(files)],
    }[how]()
    got, whole = Imported(*inputs), read(tmp_path, COMPLETE)
    assert sorted(item.id for item in whole.items) == sorted(item.id for item in got.items)
    assert "linkedin" == got.recognised[0].platform


def test_posts_in_another_language_are_told_by_their_cells(tmp_path: Path) -> None:
    """Where no column's name is known, dates, links and words still are, and nothing is taken for English."""
    header = ["Datum", "Link zum Beitrag", "Kommentar", "Geteilt", "Medien", "Sichtbarkeit"]
    got = read(
        tmp_path, {"Beiträge.csv": table_of([header, *POSTS[1:], [DAY, f"{SHARE}2", "Grüße", "", "", "CONNECTIONS"]])}
    )
    assert ["Tea first.", "Grüße"] == got.texts("post")
    assert ["public", "connections"] == [post.audience.who for post in got.of("post")]
    assert "unknown" == got.recognised[0].language


def test_an_audience_that_is_not_known_stays_as_it_is_written(tmp_path: Path) -> None:
    """It is unknown, and the code is kept beside it; a share without words is nobody's own words."""
    rows = [SHARES, [DAY, f"{SHARE}1", "", "https://news.example/a", "", "NEW_CODE"]]
    share = read(tmp_path, {"Shares.csv": table_of(rows)}).of("repost")[0]
    assert ("unknown", False) == (share.audience.who, share.own_words)
    assert {"link": "https://news.example/a", "visibility": "NEW_CODE"} == dict(share.details)


@pytest.mark.parametrize(
    ("raw", "read_as", "zone"),
    [
        (DAY, "2025-02-04T08:30:00", "unknown"),
        (f"{DAY} UTC", "2025-02-04T08:30:00+00:00", "utc"),
        ("2/4/25, 8:30 AM", "2025-02-04T08:30:00", "unknown"),
        ("04 Feb 2025", "2025-02-04T00:00:00", "unknown"),
        ("Tue Feb 04 08:30:00 UTC 2025", "2025-02-04T08:30:00+00:00", "utc"),
        ("2025/02/04 08:30:00 UTC", "2025-02-04T08:30:00+00:00", "utc"),
    ],
)
def test_every_form_of_date_is_read(raw: str, read_as: str, zone: str) -> None:
    """Month first where LinkedIn writes it so, and no zone made up."""
    moment = when(raw)
    assert (raw, read_as, zone) == (moment.raw, moment.at and moment.at.isoformat(), moment.zone)


def test_a_half_date_stays_as_it_is_written() -> None:
    """A month without a day is no moment."""
    assert ("Feb 2025", None) == (when("Feb 2025").raw, when("Feb 2025").at)


def test_the_profile_is_told_without_what_is_private(tmp_path: Path) -> None:
    """Headline and summary are own words; birth date and postcode are only counted."""
    got = read(tmp_path, BASIC)
    assert ["Counsellor in Leeds", "I work with grief.\n\nSlowly."] == got.texts("bio")
    assert "[PERSONAL:https://wren.example]" == dict(got.of("profile")[0].details)["websites"]
    assert {"birth date", "postcode"} <= {each.field for each in got.removed}
    assert "ZZ9" not in got.everything()
    assert "1980" not in got.everything()


def test_sections_of_the_profile_are_read(tmp_path: Path) -> None:
    """What the person wrote of a post is own words, and a skill is a fact."""
    positions = [["Company Name", "Title", "Description", "Location", "Started On", "Finished On"],
                 ["Elm House", "Counsellor", "I saw the mayor's son.", "Leeds", "Feb 2019", ""]]  # fmt: skip
    got = read(tmp_path, {**BASIC, "Positions.csv": table_of(positions), "Skills.csv": "Name\nListening\n"})
    job = next(item for item in got.of("bio") if ("section", "positions") in item.details)
    assert ("I saw the mayor's son.", "Elm House", "Leeds") == (
        job.text, dict(job.details)["company"], dict(job.details)["place"],
    )  # fmt: skip
    assert [("section", "skills"), ("named", "Listening")] == [d for i in got.of("profile")[1:] for d in i.details]


def test_contacts_and_requests_are_read(tmp_path: Path) -> None:
    """With name, state and direction; a closed account's blank name leaves a contact without one."""
    invitations = [
        ["From", "To", "Sent At", "Message", "Direction", "inviterProfileUrl", "inviteeProfileUrl"],
        ["Wren Abara", "Ida Moss", "2/4/25, 8:30 AM", "Dear Ida", "OUTGOING", "w", "https://li.example/ida"],
        ["Ola Berg", "Wren Abara", "2/5/25, 8:30 AM", "Dear Wren", "INCOMING", "https://li.example/ola", "w"],
    ]
    files = {**BASIC, "Invitations.csv": table_of(invitations)}
    got = read(tmp_path, files)
    sent, received = (dict(item.details) for item in got.of("request"))
    assert {"name": "Ida Moss", "handle": "https://li.example/ida", "direction": "sent"} == sent
    assert {"name": "Ola Berg", "handle": "https://li.example/ola", "direction": "received"} == received
    tam, closed = got.of("contact")
    assert {"name": "Tam Osei", "handle": "https://li.example/tam", "state": "connected"} == dict(tam.details)
    assert {"state": "connected"} == dict(closed.details)
    assert "Dear" not in got.everything()
    assert [2] == [each.count for each in got.removed if each.field == "invitations' words"]
    asked = read(tmp_path, files, own_messages=True)
    assert [("Dear Ida", True), ("", False)] == [(item.text, item.own_words) for item in asked.of("request")]
    assert [1] == [each.count for each in asked.removed if each.field == "invitations' words"]


def test_messages_are_counted_without_words(tmp_path: Path) -> None:
    """One item a conversation, with partners, counts and span; own words only on request, others' never."""
    rows = [
        MESSAGES,
        ["c1", "t", "Ida Moss", "https://li.example/ida", "Wren Abara", f"{DAY} UTC", "<p>secret-one</p>", "INBOX"],
        ["c1", "t", "Wren Abara", "w", "Ida Moss", "2025-02-03 08:30:00 UTC", "<p>my own</p>", "INBOX"],
        ["c2", "t", "Ola Berg", "https://li.example/ola", "Wren Abara", f"{DAY} UTC", "secret-two", "INBOX"],
    ]
    files = {**BASIC, "messages.csv": table_of(rows)}
    got = read(tmp_path, files)
    first = dict(got.of("message")[0].details)
    assert ("Ida Moss", "2", "1") == (first["name"], first["messages"], first["sent"])
    assert [{"https://li.example/ida"}, {"https://li.example/ola"}] == [
        {value for name, value in item.details if name == "handle"} for item in got.of("message")
    ]
    assert ("2025-02-03 08:30:00 UTC", f"{DAY} UTC") == (first["first"], first["last"])
    assert ("present", 2) == (got.tables["messages"].state, got.tables["messages"].read)
    assert "secret" not in got.everything()
    assert "my own" not in got.everything()
    asked = read(tmp_path, files, own_messages=True)
    assert ["my own"] == [item.text for item in asked.of("message") if item.own_words]
    assert "secret" not in asked.everything()


def test_planted_secrets_occur_nowhere(tmp_path: Path) -> None:
    """Addresses, numbers, searches, others' mail and recommendations are counted by field and kept nowhere."""
    recommendations = [["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"],
                       ["Ida", "Moss", "x", "x", "PLANTED praise", "2/4/25, 8:30 AM", "VISIBLE"]]  # fmt: skip
    files = {
        **COMPLETE,
        "Logins.csv": "Login Date,IP Address,User Agent,Login Type\nTue Feb 04 08:30:00 UTC 2025,PLANTED,Firefox,WEB\n",
        "Email Addresses.csv": "Email Address,Confirmed,Primary,Updated On\nPLANTED@mail.example,Yes,Yes,2/4/25\n",
        "PhoneNumbers.csv": "Extension,Number,Type\n,PLANTED,Mobile\n",
        "SearchQueries.csv": "Time,Search Query\n2025/02/04 08:30:00 UTC,PLANTED\n",
        "Ad_Targeting.csv": "Member Age,Company,Company\nPLANTED,PLANTED,PLANTED\n",
        "Contacts.csv": "Source,First Name,Last Name,Emails\nGmail,PLANTED,PLANTED,PLANTED\n",
        "Recommendations_Received.csv": table_of(recommendations),
        "Receipts_v2.csv": "Transaction Made At,Last 4\n2/4/25,PLANTED\n",
    }
    got = read(tmp_path, files)
    assert "PLANTED" not in got.everything()
    assert "tam@mail" not in got.everything()
    fields = {each.field: each.count for each in got.removed}
    assert {"IP addresses", "e-mail addresses", "telephone numbers", "searches", "advertising profile"} <= fields.keys()
    assert {"uploaded address book", "recommendations received", "payments"} <= fields.keys()
    assert 1 == fields["others' e-mail addresses"]
    assert ("Firefox", "utc") == (dict(got.of("session")[0].details)["device"], got.of("session")[0].created.zone)


def test_the_lesser_tables_are_read(tmp_path: Path) -> None:
    """Reactions, follows, endorsements, recommendations that the person gave, pictures, and what LinkedIn infers."""
    given = [["First Name", "Last Name", "Company", "Job Title", "Text", "Creation Date", "Status"],
             ["Ida", "Moss", "x", "x", "Ida is kind.", "2/4/25, 8:30 AM", "VISIBLE"]]  # fmt: skip
    files = {
        **BASIC,
        "Reactions_163027716.csv": f"Date,Type,Link\n{DAY},LIKE,{SHARE}1\n",
        "Member_Follows.csv": "Date,Status,FullName\n2025/02/04 08:30:00 UTC,Active,Ola Berg\n",
        "Endorsement_Given_Info.csv": "Endorsement Date,Skill Name,Endorsee First Name,Endorsee Last Name\n"
        "2025/02/04 08:30:00 UTC,Listening,Ida,Moss\n",
        "Recommendations_Given.csv": table_of(given),
        "Rich Media.csv": 'Date/Time,Media Description,Media Link\n"February 4, 2025",My garden,https://m.example/1\n',
        "Inferences_about_you.csv": "Category,Type of inference,Description,Inference\nWork,Senior,d,Yes\n",
        "Account Status History.csv": "Time,Event\n2025/02/04 08:30:00 UTC,Account Created\n",
    }
    got = read(tmp_path, files)
    assert [False] == [like.own_words for like in got.of("like")]
    states = {(dict(c.details).get("name"), dict(c.details)["state"]) for c in got.of("contact")}
    assert {("Ola Berg", "following"), ("Ida Moss", "endorsed")} <= states
    assert ["Ida is kind."] == got.texts("comment")
    assert ["My garden"] == got.texts("photo")
    assert {("inferred: Senior", "Yes"), ("account status", "Account Created")} == {
        (dict(item.details)["setting"], dict(item.details)["value"]) for item in got.of("setting")
    }


def test_only_what_a_person_wrote_is_their_own(tmp_path: Path) -> None:
    """Facts, contacts, reactions and sessions are not, and posts and comments are."""
    files = {
        **COMPLETE,
        "Reactions.csv": f"Date,Type,Link\n{DAY},LIKE,{SHARE}1\n",
        "Logins.csv": f"Login Date,IP Address,User Agent\n{DAY},1,Firefox\n",
        "Registration.csv": 'Registered At,Registration Ip,Subscription Types\n"2/4/09, 8:30 AM",1,\n',
        "Company Follows.csv": "Organization,Followed On\nElm Ltd,Tue Feb 04 08:30:00 UTC 2025\n",
        "Votes.csv": f"Date,Link,OptionText\n{DAY},{SHARE}1,Yes\n",
        "Skills.csv": "Name\nListening\n",
    }
    got = read(tmp_path, files)
    assert {"post", "comment", "bio"} == {item.kind for item in got.items if item.own_words}
    assert {"profile", "contact", "like", "session", "setting"} == {i.kind for i in got.items if not i.own_words}
    assert all(bool(item.text) == item.own_words for item in got.items)


def test_signatures_are_cut_off_links(tmp_path: Path) -> None:
    """A link to a picture is kept without what opens it."""
    media = "https://media.example/a.jpg?e=1&t=PLANTED"
    rich = f'Date/Time,Media Description,Media Link\n"February 4, 2025",-,{media}\n'
    shares = table_of([SHARES, [DAY, f"{SHARE}1", "Look", "", media, "CONNECTIONS"]])
    got = read(tmp_path, {"Shares.csv": shares, "Rich_Media.csv": rich})
    assert "PLANTED" not in got.everything()
    assert {"https://media.example/a.jpg"} == {dict(item.details)["media"] for item in got.items}
    assert [("", False)] == [(photo.text, photo.own_words) for photo in got.of("photo")]


def test_words_that_look_unset_are_still_words(tmp_path: Path) -> None:
    """A comment that says None is one; a blank one is not."""
    rows = [
        ["Date", "Link", "Message"],
        [DAY, f"{SHARE}1", "None"],
        [DAY, f"{SHARE}2", "  "],
        [DAY, f"{SHARE}3", "N/A"],
    ]
    assert ["None", "N/A"] == read(tmp_path, {"Comments.csv": table_of(rows)}).texts("comment")


def test_dates_of_another_form_are_read_as_a_plain_table(tmp_path: Path) -> None:
    """A table that a spreadsheet has saved again has other dates and semicolons, and its line breaks are kept."""
    rows = [SHARES, ["04/02/2025 08:30", f"{SHARE}1", "One\nTwo", "", "", "CONNECTIONS"]]
    got = read(tmp_path, {"Shares.csv": table_of(rows, ";")})
    assert [("One\nTwo", "04/02/2025 08:30")] == [(post.text, post.created.raw) for post in got.of("post")]


def test_an_account_without_its_profile_is_read(tmp_path: Path) -> None:
    """Nobody is taken for the owner, so no message is, and the account has no name."""
    rows = [MESSAGES, ["c1", "t", "Ida Moss", "u", "Wren Abara", f"{DAY} UTC", "secret", "INBOX"]]
    got = read(tmp_path, {"messages.csv": table_of(rows)}, own_messages=True)
    assert "" == got.recognised[0].account
    assert "0" == dict(got.of("message")[0].details)["sent"]
    assert "secret" not in got.everything()
    named = read(tmp_path, {"messages.csv": table_of(rows)}, own_messages=True, owner="Ida Moss")
    assert ["secret"] == [item.text for item in named.of("message") if item.own_words]


def test_articles_are_read(tmp_path: Path) -> None:
    """A long article is a post, its words taken out of the page and its date out of the name."""
    page = "<html><head><title>No</title></head><body><h1>On rest</h1><p>Sleep &amp; tea.</p></body></html>"
    got = read(tmp_path, {**BASIC, "Articles/2019-03-04 10:00:00.0-On rest.html": page})
    article = got.of("post")[0]
    assert ("On rest\n\nSleep & tea.", "2019-03-04 10:00:00") == (article.text, article.created.raw)
    assert ("from", "html") in article.details


def test_a_table_of_an_unknown_kind_is_said(tmp_path: Path) -> None:
    """Nothing that lies beside the rest is passed over in silence."""
    got = read(tmp_path, {**BASIC, "Novelties.csv": "Alpha,Beta\n1,2\n"})
    assert [("Novelties.csv", "")] == [(p.pointer.member, p.pointer.locator) for p in got.problems]


@pytest.mark.parametrize("files", [{"notes.csv": "a,b\n1,2\n"}, {"Comments.csv": "Date,Link,Message\n1,2,3\n"}])
def test_other_tables_are_not_taken_for_linkedin(tmp_path: Path, files: Mapping[str, Content]) -> None:
    """Not even those that have a name or columns alike."""
    made = zipped(tmp_path / "e.zip", files)
    with Files([made]) as opened:
        assert recognise(opened) is None
    with pytest.raises(UnknownArchiveError):
        Imported(made)


def test_the_pointer_leads_back(tmp_path: Path) -> None:
    """The row's number finds the text in the file as it is."""
    rows = [SHARES, *([DAY, f"{SHARE}{n}", f"Post {n}", "", "", "CONNECTIONS"] for n in range(1, 6))]
    got = read(tmp_path, {"Shares.csv": table_of(rows)})
    for post in got.of("post"):
        assert post.text == rows[int(post.pointer.locator.removeprefix("row "))][2]


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """All of them, each once, in their order."""
    rows = ([DAY, f"{SHARE}{n}", f"Post {n}\nof many", "", "", "CONNECTIONS"] for n in range(10_000))
    got = read(tmp_path, {**BASIC, "Shares.csv": table_of([SHARES, *rows])})
    assert [f"Post {n}\nof many" for n in range(10_000)] == got.texts("post")
    assert 10_000 == len({post.id for post in got.of("post")})
