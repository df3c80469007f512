"""WordPress exports: posts with who could see them, own comments, pictures, and nothing kept of commenters."""

from pathlib import Path

import pytest
from exports import Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError
from forethought.footprint.archives.platform import Options

AUTHOR = (
    "<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[{0}]]></wp:author_login>"
    "<wp:author_email><![CDATA[{0}@private.example]]></wp:author_email>"
    "<wp:author_display_name><![CDATA[{1}]]></wp:author_display_name></wp:author>"
)


def export(*items: str, version: str = "1.2", authors: str = AUTHOR.format("wren", "Wren Hale"), head: str = "") -> str:
    """Return an export of a site with these items."""
    return (
        f'<?xml version="1.0" encoding="UTF-8" ?>{head}\n<!-- made by WordPress -->\n<rss version="2.0" '
        f'xmlns:excerpt="http://wordpress.org/export/{version}/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:wp="http://wordpress.org/export/{version}/"><channel><title>Slow pages</title>'
        "<link>https://wren.example</link><description>Notes of a counsellor</description><language>en-GB</language>"
        f"<wp:wxr_version>{version}</wp:wxr_version>{authors}{''.join(items)}</channel></rss>"
    )


def item(number: int, body: str = "<p>Slow down.</p>", status: str = "publish", **more: str) -> str:
    """Return one item; further elements are named with an underscore for the colon."""
    fields = {"wp_post_type": "post", "dc_creator": "wren", "title": f"On rest {number}", **more}
    parts = "".join(
        f"<{name.replace('_', ':', 1)}>{value}</{name.replace('_', ':', 1)}>" for name, value in fields.items()
    )
    gmt = "0000-00-00 00:00:00" if status == "draft" else "2025-02-04 08:30:00"
    return (
        f"<item><link>https://wren.example/?p={number}</link><wp:post_id>{number}</wp:post_id>{parts}"
        f"<wp:post_date>2025-02-04 09:30:00</wp:post_date><wp:post_date_gmt>{gmt}</wp:post_date_gmt>"
        f"<wp:status>{status}</wp:status><content:encoded><![CDATA[{body}]]></content:encoded></item>\n"
    )


def comment(number: int, text: str, user: int = 0, email: str = "", **more: str) -> str:
    """Return one comment."""
    fields = {"comment_author": "Ash Moon", "comment_approved": "1", "comment_parent": "0", **more}
    parts = "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in fields.items())
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author_email>{email}</wp:comment_author_email>"
        f"<wp:comment_author_IP>203.0.113.9</wp:comment_author_IP><wp:comment_user_id>{user}</wp:comment_user_id>{parts}"
        f"<wp:comment_date_gmt>2025-02-05 10:00:00</wp:comment_date_gmt>"
        f"<wp:comment_content><![CDATA[{text}]]></wp:comment_content></wp:comment>"
    )


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("wordpress", "WORDPRESS"), ("plain", "PLAIN")))


def site(tmp_path: Path, text: str | bytes, options: Options | None = None, name: str = "site.xml") -> Imported:
    """Return what is read from one export."""
    return Imported(unpacked(tmp_path / "site", {name: text}), options=options)


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2"])
def test_posts_of_each_version_are_read(tmp_path: Path, version: str) -> None:
    """Whatever the address of the namespace, with moments in UTC, and the site's own line about itself."""
    got = site(tmp_path, export(item(12), version=version))
    post = got.of("post")[0]
    assert ("On rest 12\n\nSlow down.", "12", True) == (post.text, post.key, post.own_words)
    assert ("2025-02-04T08:30:00+00:00", "utc") == (post.created.at.isoformat(), post.created.zone)  # type: ignore[union-attr]
    assert "https://wren.example/?p=12" == post.address
    assert (f"WXR {version}", "en", "https://wren.example") == (
        got.recognised[0].generation,
        got.recognised[0].language,
        got.recognised[0].account,
    )
    assert "Notes of a counsellor" in got.texts("profile")


STATUSES = {
    "publish": ("post", "public"), "private": ("post", "only me"), "draft": ("draft", "only me"),
    "future": ("draft", "only me"), "trash": ("deleted", "only me"), "wc-odd": ("post", "unknown"),
}  # fmt: skip


@pytest.mark.parametrize("status", STATUSES)
def test_the_status_says_who_could_see_a_post(tmp_path: Path, status: str) -> None:
    """And whether it was published at all."""
    made = site(tmp_path, export(item(1, status=status))).items[-1]
    assert (*STATUSES[status], "post") == (made.kind, made.audience.who, made.audience.level)
    assert made.audience.source.startswith("wp:status")


def test_a_draft_keeps_its_local_time(tmp_path: Path) -> None:
    """Of which the zone is not known."""
    draft = site(tmp_path, export(item(1, status="draft"))).of("draft")[0]
    assert ("2025-02-04 09:30:00", "unknown") == (draft.created.raw, draft.created.zone)


def test_a_password_is_for_those_who_have_it_and_is_dropped(tmp_path: Path) -> None:
    """The post is for named people, and the password is only counted."""
    got = site(tmp_path, export(item(1, wp_post_password="hush-4711")))
    assert "named people" == got.of("post")[0].audience.who
    assert "hush-4711" not in got.everything()
    assert ("post_password", 1) in {(removed.field, removed.count) for removed in got.removed}


def test_own_comments_are_told_from_others(tmp_path: Path) -> None:
    """By the user's number or an author's e-mail; of the others only their names go on, to be fingerprinted."""
    said = (
        comment(1, "Thank you, this was me and my son", email="ash@secret.example"),
        comment(2, "Glad it helped", user=1, comment_parent="1"),
        comment(3, "One more thought", email="WREN@private.example"),
        comment(4, "linked", comment_type="pingback", comment_author="Some blog"),
        comment(5, "Again", email="ash@secret.example"),
    )
    got = site(tmp_path, export(item(7).replace("</item>", "".join(said) + "</item>")))
    assert ["Glad it helped", "One more thought"] == got.texts("reply", "comment")
    assert ("7#comment-1", "public") == (got.of("reply")[0].reply_to, got.of("reply")[0].audience.who)
    assert [{"name": "Ash Moon", "direction": "received", "state": "commenter"}] == [
        dict(each.details) for each in got.of("contact")
    ]
    assert "wp:comment_id 2" == got.of("reply")[0].pointer.locator
    for secret in ("my son", "secret.example", "private.example", "203.0.113.9", "Some blog"):
        assert secret not in got.everything()
    counts = {removed.field: removed.count for removed in got.removed}
    assert {"comment_content": 3, "comment_author_IP": 5, "comment_author_email": 3, "author_email": 1} == counts
    assert 2 == got.tables["comments"].read


def test_of_several_authors_nobody_s_comments_are_taken_for_one_s_own(tmp_path: Path) -> None:
    """Until the person says who they are; then those of the others are dropped."""
    second = AUTHOR.format("ash", "Ash").replace("<wp:author_id>1", "<wp:author_id>2")
    said = comment(1, "From Wren", user=1) + comment(2, "From Ash", user=2)
    text = export(item(7).replace("</item>", said + "</item>"), authors=AUTHOR.format("wren", "Wren Hale") + second)
    assert [] == site(tmp_path, text).of("comment")
    assert ["From Wren"] == site(tmp_path, text, Options(owner="Wren Hale")).texts("comment")


def test_an_unapproved_comment_was_not_public(tmp_path: Path) -> None:
    """It waits for approval, so nobody else saw it."""
    got = site(tmp_path, export(item(7).replace("</item>", comment(2, "Hm", user=1, comment_approved="0") + "</item>")))
    assert "only me" == got.of("comment")[0].audience.who


def test_pictures_follow_their_post(tmp_path: Path) -> None:
    """Their captions and the words that describe them are there, and who could see them is as for the post."""
    key = "<wp:meta_key>_wp_attachment_image_alt</wp:meta_key>"
    alt = f"<wp:postmeta>{key}<wp:meta_value>A red door</wp:meta_value></wp:postmeta>"
    picture = item(
        9, "", "inherit", wp_post_type="attachment", wp_post_parent="8", title="door",
        wp_attachment_url="https://wren.example/up/door.jpg", excerpt_encoded="<![CDATA[My old practice]]>",
    ).replace("</item>", alt + "</item>")  # fmt: skip
    got = site(tmp_path, export(item(8, status="private"), picture))
    photo = got.of("photo")[0]
    assert "door\n\nMy old practice" == photo.text
    assert [("door.jpg", "A red door")] == [(media.name, media.alt) for media in photo.media]
    assert "only me" == photo.audience.who
    assert "unknown" == site(tmp_path / "alone", export(picture)).of("photo")[0].audience.who


def test_secrets_in_postmeta_are_dropped(tmp_path: Path) -> None:
    """A key of an add-on is counted, never kept."""
    meta = "<wp:postmeta><wp:meta_key>_mail_api_key</wp:meta_key><wp:meta_value>k-998877</wp:meta_value></wp:postmeta>"
    got = site(tmp_path, export(item(1).replace("</item>", meta + "</item>")))
    assert "k-998877" not in got.everything()
    assert "secrets in postmeta" in {removed.field for removed in got.removed}


def test_of_several_authors_the_person_is_asked_for(tmp_path: Path) -> None:
    """Without a name nothing is theirs and a problem asks; with one, only their posts are, and others are contacts."""
    text = export(
        item(1), item(2, dc_creator="ash"), authors=AUTHOR.format("wren", "Wren Hale") + AUTHOR.format("ash", "Ash")
    )
    asked = site(tmp_path, text)
    assert ([False, False], 1) == ([post.own_words for post in asked.of("post")], len(asked.problems))
    told = site(tmp_path, text, Options(owner="wren hale"))
    assert ([True, False], 0) == ([post.own_words for post in told.of("post")], len(told.problems))
    assert ["author"] == [dict(each.details)["state"] for each in told.of("contact")]


def test_block_comments_are_no_words_and_old_line_ends_are(tmp_path: Path) -> None:
    """The newer editor marks blocks in comments; the older one ended paragraphs with line ends."""
    new = "<!-- wp:paragraph -->\n<p>One &amp; two</p>\n<!-- /wp:paragraph -->"
    got = site(tmp_path, export(item(1, new, title="A"), item(2, "First.\n\nSecond.", title="Tea &amp;amp; rain")))
    assert ["A\n\nOne & two", "Tea & rain\n\nFirst.\n\nSecond."] == got.texts("post")


def test_stray_characters_do_not_stop_the_reading(tmp_path: Path) -> None:
    """Control characters and entities that XML does not know are mended, and those within a body are left alone."""
    text = export(item(1, "a\x0bb &nbsp;&copy;", title="Tea &nbsp; AT&T &#11;"), item(2, "x & y]] &gt; z"))
    got = site(tmp_path, text)
    assert ["Tea AT&T\n\nab ©", "On rest 2\n\nx & y]] > z"] == got.texts("post")
    assert [] == got.problems


def test_another_encoding_is_read(tmp_path: Path) -> None:
    """As the file declares it."""
    text = export(item(1, "Caf\xe9")).replace("UTF-8", "ISO-8859-1").encode("latin-1")
    assert ["On rest 1\n\nCafé"] == site(tmp_path, text).texts("post")


BOMB = '<!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("head", [BOMB, OUTSIDE])
def test_entities_are_refused(tmp_path: Path, head: str) -> None:
    """Neither those that grow nor those that read another file are followed."""
    got = site(tmp_path, export(item(1), head=head).replace("On rest", "&b;&a;"))
    assert [] == got.of("post")
    assert "unreadable" == got.tables["posts"].state
    assert all("entities" in problem.what for problem in got.problems)


def test_a_file_cut_off_keeps_what_came_before(tmp_path: Path) -> None:
    """And says that it is not whole."""
    got = site(tmp_path, export(item(1), item(2))[:-150])
    assert ["On rest 1\n\nSlow down."] == got.texts("post")
    assert "partial" == got.tables["posts"].state


def test_an_item_of_another_shape_costs_itself(tmp_path: Path) -> None:
    """What stands around it is read."""
    got = site(tmp_path, export(item(1), "<item>nothing</item>", item(3)))
    assert ["On rest 1", "On rest 3"] == [post.partition("\n")[0] for post in got.texts("post")]
    assert 1 == len(got.problems)


def test_technical_items_are_left_out(tmp_path: Path) -> None:
    """Menus and styles are no writing, and other types of post say what they are."""
    got = site(tmp_path, export(item(1, wp_post_type="nav_menu_item"), item(2, wp_post_type="page")))
    assert [{"type": "page"}] == [dict(post.details) for post in got.of("post")]


def test_several_files_of_a_site_in_a_folder_are_read(tmp_path: Path) -> None:
    """Under any names, with or without a wrapper, and a pointer to each."""
    files = {"wren.wordpress.2025-02-04.000.xml": export(item(1)), "renamed.xml": export(item(2))}
    got = Imported(zipped(tmp_path / "site.zip", files, "wren-export/"))
    assert ["On rest 1", "On rest 2"] == [post.partition("\n")[0] for post in got.texts("post")]
    assert 2 == len({post.pointer.member for post in got.of("post")})
    assert {"wp:post_id 1", "wp:post_id 2"} == {post.pointer.locator for post in got.of("post")}


def test_a_site_without_posts_is_empty_and_not_absent(tmp_path: Path) -> None:
    """What is there is told from what is not."""
    got = site(tmp_path, export())
    assert ("empty", "empty") == (got.tables["posts"].state, got.tables["comments"].state)


def test_a_feed_is_no_export(tmp_path: Path) -> None:
    """RSS alone is not WXR."""
    with pytest.raises(UnknownArchiveError):
        site(tmp_path, "<rss version='2.0'><channel><title>x</title></channel></rss>")


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """However many there are."""
    text = export(*(item(n) for n in range(10_000)))
    assert 10_000 == len(site(tmp_path, text).of("post"))
