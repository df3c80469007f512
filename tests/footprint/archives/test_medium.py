"""Medium archives: posts, drafts and what may be responses, read from pages; people's lists and secrets apart."""

from pathlib import Path

import pytest
from exports import Imported, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError

NAME = "posts/2025-02-04_On-rest-ab12cd34ef56.html"
HEADING = '<h3 class="graf graf--h3 graf--title">On rest</h3>'


def page(body: str, title: str = "On rest", summary: str = "", when: str = "2025-02-04T08:30:00.000Z") -> str:
    """Return a page as Medium writes it; without a time it is a draft's."""
    footer = (
        f'<footer><p>By <a href="https://medium.com/@wren" class="p-author h-card">Wren</a> on <a href="x">'
        f'<time class="dt-published" datetime="{when}">4 Feb</time></a>.</p>'
        '<p><a href="https://medium.com/@wren/on-rest-ab12cd34ef56" class="p-canonical">Canonical link</a></p></footer>'
    )
    return (
        f'<!DOCTYPE html><html><head><title>{title}</title><style>p {{}}</style></head><body><article class="h-entry">'
        f'<header><h1 class="p-name">{title}</h1></header><section data-field="subtitle" class="p-summary">{summary}'
        f'</section><section data-field="body" class="e-content"><section class="section"><div>{body}</div>'
        f"</section></section>{footer if when else ''}</article></body></html>"
    )


PROFILE = (
    '<section class="h-card"><h3 class="p-name">Wren Hale</h3><ul><li><b>Profile:</b> <a class="u-url" '
    'href="https://medium.com/@wren">medium.com/@wren</a></li><li><b>Display name:</b> Wren Hale</li>'
    "<li><b>Email address:</b> wren@private.example</li><li><b>Medium user ID:</b> 9f8e7d6c5b4a</li>"
    "<li><b>Twitter:</b> 445566778899</li><li><b>Created at:</b> 2019-03-04</li></ul></section>"
)
POST = page(f"{HEADING}<p>Slow down &amp; breathe.</p><img src='https://cdn.example/1*a.jpeg?w=9' alt='A red door'>")
WHOLE = {
    NAME: POST,
    "posts/draft_Later-0a1b2c3d4e5f.html": page("<p>Unfinished</p>", "Later", when=""),
    "posts/2025-02-05_So-true-0f0f0f0f0f0f.html": page("<p>So true, all of it.</p>", "So true"),
    "profile/profile.html": PROFILE,
    "claps/claps-0001.html": (
        '<ul><li>+3 <a class="h-cite u-like-of" href="https://medium.com/p/aa11bb22cc33">Theirs</a> '
        '<time class="dt-published" datetime="2024-05-06T07:08:09Z">6 May</time></li></ul>'
    ),
    "users-following/users-following-0001.html": '<li><a href="https://medium.com/@ash">Ash Moon</a></li>',
    "sessions/sessions-0001.html": "<li>Session s3cr3t-55</li><li>Session s3cr3t-66</li>",
    "ips/ips-0001.html": "<li>203.0.113.9</li>",
}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("medium", "MEDIUM"), ("plain", "PLAIN")))


def whole(tmp_path: Path) -> Imported:
    """Return what is read from a whole archive."""
    return Imported(zipped(tmp_path / "medium-export.zip", WHOLE))


def test_a_post_is_read(tmp_path: Path) -> None:
    """Its words once, its moment, its address and id, and its picture's description."""
    got = whole(tmp_path)
    post = got.of("post")[0]
    assert "On rest\nSlow down & breathe." == post.text.replace("\n\n", "\n")
    assert ("ab12cd34ef56", "https://medium.com/@wren/on-rest-ab12cd34ef56") == (post.key, post.address)
    assert ("2025-02-04T08:30:00.000Z", "utc") == (post.created.raw, post.created.zone)
    assert [("1*a.jpeg", "A red door")] == [(media.name, media.alt) for media in post.media]
    assert ("unknown", NAME) == (post.audience.who, post.pointer.member)
    assert 0.95 == got.recognised[0].confidence
    assert "@wren" == got.recognised[0].account


def test_a_draft_was_seen_by_nobody_else(tmp_path: Path) -> None:
    """It has no time of publication."""
    draft = whole(tmp_path).of("draft")[0]
    assert ("Later\n\nUnfinished", "only me", "0a1b2c3d4e5f") == (draft.text, draft.audience.who, draft.key)


def test_what_may_be_a_response_says_so(tmp_path: Path) -> None:
    """It is short and its title is its own beginning; a post with a heading is none."""
    posts = whole(tmp_path).of("post")
    assert [{}, {"unsure": "a post or a comment"}] == [dict(post.details) for post in posts]
    assert "So true, all of it." == posts[1].text


def test_a_summary_of_one_s_own_is_kept(tmp_path: Path) -> None:
    """And one that only repeats the body is not."""
    made = {
        NAME: page("<p>Slow down.</p>", summary="What I learnt in Leeds"),
        NAME.replace("ab", "cd"): page("<p>Slow down, please do.</p>", summary="Slow down…"),
    }
    texts = Imported(unpacked(tmp_path / "m", made)).texts("post")
    assert ["On rest\n\nWhat I learnt in Leeds\n\nSlow down.", "On rest\n\nSlow down, please do."] == texts


def test_the_profile_keeps_no_addresses_or_accounts(tmp_path: Path) -> None:
    """The name and the day are there; what was dropped is counted."""
    got = whole(tmp_path)
    assert {"name": "Wren Hale", "handle": "medium.com/@wren", "since": "2019-03-04"} == dict(
        got.of("profile")[0].details
    )
    assert {"e-mail": 1, "other lines of the profile": 2, "session": 2, "IP address": 1} == {
        removed.field: removed.count for removed in got.removed
    }
    for secret in ("private.example", "9f8e7d6c5b4a", "445566778899", "s3cr3t", "203.0.113.9", "Theirs"):
        assert secret not in got.everything()


def test_people_and_claps_are_told(tmp_path: Path) -> None:
    """A clap by its address and time, a person followed as a contact, and lists that are not there as absent."""
    got = whole(tmp_path)
    assert ("https://medium.com/p/aa11bb22cc33", False) == (got.of("like")[0].address, got.of("like")[0].own_words)
    assert {"name": "Ash Moon", "handle": "@ash", "direction": "sent", "state": "following"} == dict(
        got.of("contact")[0].details
    )
    assert ("present", "absent") == (got.tables["claps"].state, got.tables["people blocked"].state)


@pytest.mark.parametrize("name", ["2025-02-04_On-rest-ab12cd34ef56.html", "export/artikel/on-rest.html", "page.htm"])
def test_a_loose_or_renamed_page_is_read(tmp_path: Path, name: str) -> None:
    """By its shape; that the profile is missing is said."""
    got = Imported(unpacked(tmp_path / "m", {name: POST}))
    assert 1 == len(got.of("post"))
    assert ("profile",) == got.recognised[0].missing


def test_a_wrapper_and_several_zips_give_the_same(tmp_path: Path) -> None:
    """In any order."""
    names = list(WHOLE)
    one = zipped(tmp_path / "1.zip", {name: WHOLE[name] for name in names[:2]}, "medium-export/")
    two = zipped(tmp_path / "2.zip", {name: WHOLE[name] for name in names[2:]})
    once = {item.id for item in whole(tmp_path).items}
    assert once == {item.id for item in Imported(one, two).items} == {item.id for item in Imported(two, one).items}


def test_a_page_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    """It is no draft for that, and a problem says that its end is missing."""
    got = Imported(unpacked(tmp_path / "m", {NAME: POST[: POST.index("breathe")]}))
    assert ["On rest\nSlow down &"] == [text.replace("\n\n", "\n") for text in got.texts("post")]
    assert ["the page breaks off, so its end is missing"] == [problem.what for problem in got.problems]


def test_an_empty_or_foreign_page_costs_itself(tmp_path: Path) -> None:
    """The posts beside it are read."""
    more = {"posts/2025-01-01_Empty-000000000000.html": "", "posts/2025-01-02_Odd-000000000001.html": "<p>hello</p>"}
    got = Imported(unpacked(tmp_path / "m", {NAME: POST, **more}))
    assert (1, 2) == (len(got.of("post")), len(got.problems))


def test_a_page_of_something_else_is_refused(tmp_path: Path) -> None:
    """A page without Medium's marks is no archive of it."""
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "m", {"index.html": "<article class='h-entry'>hello</article>"}))


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """However many there are."""
    made = zipped(tmp_path / "m.zip", {NAME.replace("ab12cd34", f"{number:08x}"): POST for number in range(10_000)})
    assert 10_000 == len(Imported(made).of("post"))
