"""Substack exports: the table of posts joined with their bodies, who could read each, and readers only counted."""

from pathlib import Path

import pytest
from exports import Content, Imported, table_of, unpacked, zipped

from forethought.footprint.archives import UnknownArchiveError

HEADER = "post_id post_date is_published email_sent_at type audience title subtitle podcast_url".split()


def row(number: int, audience: str = "everyone", published: str = "true", **more: str) -> list[str]:
    """Return one row of posts.csv."""
    fields = {"title": "On rest &amp; sleep", "subtitle": "", "type": "newsletter", "email_sent_at": "", **more}
    held = {"post_id": f"{number}.on-rest", "post_date": "2025-02-04T08:30:00.000Z", "is_published": published}
    return [{**fields, **held, "audience": audience}.get(name, "") for name in HEADER]


def export(*rows: list[str], **more: Content) -> dict[str, Content]:
    """Return an export with a body for each row."""
    bodies: dict[str, Content] = {f"posts/{each[0]}.html": f"<p>Body of {each[0]}</p><p>End</p>" for each in rows}
    return {"posts.csv": table_of([HEADER, *rows]), **bodies, **more}


@pytest.fixture(autouse=True)
def _registered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("forethought.footprint.archives.MODULES", (("substack", "SUBSTACK"), ("plain", "PLAIN")))


def test_a_post_is_read(tmp_path: Path) -> None:
    """Its title with entities decoded once, its body, its moment, and a pointer to its row."""
    got = Imported(zipped(tmp_path / "s.zip", export(row(101, email_sent_at="2025-02-04T09:00:00Z"))))
    post = got.of("post")[0]
    assert "On rest & sleep\n\nBody of 101.on-rest\n\nEnd" == post.text
    assert ("101", "row 1", "posts.csv") == (post.key, post.pointer.locator, post.pointer.member)
    assert "2025-02-04T08:30:00+00:00" == post.created.at.isoformat()  # type: ignore[union-attr]
    assert {"emailed": "2025-02-04T09:00:00Z"} == dict(post.details)
    assert [] == got.problems


AUDIENCES = {
    "everyone": "public",
    "only_free": "followers",
    "only_paid": "paid",
    "founding": "paid",
    "new_kind": "unknown",
}


@pytest.mark.parametrize("said", AUDIENCES)
def test_the_table_says_who_could_read_a_post(tmp_path: Path, said: str) -> None:
    """And what it says is named as the source."""
    audience = Imported(unpacked(tmp_path / "s", export(row(1, said)))).of("post")[0].audience
    assert AUDIENCES[said] == audience.who
    assert (said in AUDIENCES and said != "new_kind") == (audience.source == f"audience {said}")


@pytest.mark.parametrize(("said", "kind"), [("TRUE", "post"), ("True", "post"), ("False", "draft"), ("", "draft")])
def test_what_was_not_published_is_a_draft(tmp_path: Path, said: str, kind: str) -> None:
    """In whatever case the table says so; nobody else saw it."""
    made = Imported(unpacked(tmp_path / "s", export(row(1, published=said)))).items[0]
    assert (kind, kind == "draft") == (made.kind, made.audience.who == "only me")


def test_a_type_of_its_own_is_told(tmp_path: Path) -> None:
    """Threads and pages are posts that say what they are."""
    post = Imported(unpacked(tmp_path / "s", export(row(1, type="thread")))).of("post")[0]
    assert {"type": "thread"} == dict(post.details)


def test_a_row_without_body_and_a_body_without_row_are_told(tmp_path: Path) -> None:
    """Both are read as far as they go, and each leaves a problem."""
    files = export(row(1), row(2), **{"posts/9.lost.html": "<p>Lost words</p>"})
    del files["posts/2.on-rest.html"]
    got = Imported(unpacked(tmp_path / "s", files))
    assert ["On rest & sleep", "Lost words"] == got.texts("post")[1:]
    assert ("unknown", "9") == (got.of("post")[-1].audience.who, got.of("post")[-1].key)
    assert ["row 2", ""] == [problem.pointer.locator for problem in got.problems]


def test_readers_are_fingerprinted_and_counted(tmp_path: Path) -> None:
    """Of each reader only the address goes on, under the name that is fingerprinted, and the rest is counted."""
    readers = table_of([["Email", "Plan", "Note"], ["ash@reader.example", "paid", "client since May"]])
    got = Imported(unpacked(tmp_path / "s", export(row(1), **{"email_list.slow.csv": readers})))
    assert {"handle": "ash@reader.example", "direction": "received", "state": "subscriber"} == dict(
        got.of("contact")[0].details
    )
    assert "client since May" not in got.everything()
    assert [("a subscriber's data", 1)] == [(removed.field, removed.count) for removed in got.removed]


def test_a_wrapper_a_renamed_table_and_several_zips_give_the_same(tmp_path: Path) -> None:
    """The table is known by its columns, and bodies in another zip are joined with it."""
    files = export(row(1), row(2))
    plain = Imported(zipped(tmp_path / "0.zip", files))
    table = files.pop("posts.csv")
    one = zipped(tmp_path / "1.zip", {"beitraege.csv": table}, "export/")
    two = zipped(tmp_path / "2.zip", files, "export/")
    assert {(item.id, item.text) for item in plain.items} == {(item.id, item.text) for item in Imported(two, one).items}


def test_without_bodies_the_person_is_told_what_to_give(tmp_path: Path) -> None:
    """The table alone is recognised, and what is missing is named."""
    got = Imported(unpacked(tmp_path / "s", {"posts.csv": table_of([HEADER, row(1)])}))
    assert "the posts' bodies" in got.recognised[0].missing
    assert "folder posts" in got.recognised[0].advice


def test_a_broken_row_costs_itself(tmp_path: Path) -> None:
    """Rows around a short one, and around one without an id, are read."""
    rows = table_of([HEADER, row(1), ["", "", "true"], ["3.on-rest"], row(4)])
    got = Imported(unpacked(tmp_path / "s", {**export(row(1), row(4)), "posts.csv": rows}))
    assert {"1", "4"} <= {item.key for item in got.items if "Body" in item.text}
    assert "present" == got.tables["posts"].state


def test_an_empty_table_is_empty(tmp_path: Path) -> None:
    """And a table of something else is refused."""
    got = Imported(unpacked(tmp_path / "s", {"posts.csv": table_of([HEADER])}))
    assert ("empty", "absent") == (got.tables["posts"].state, got.tables["subscribers"].state)
    with pytest.raises(UnknownArchiveError):
        Imported(unpacked(tmp_path / "o", {"posts.csv": "post_id,likes\n1,2\n"}))


def test_a_damaged_body_costs_itself(tmp_path: Path) -> None:
    """Its title is kept, and a problem says what happened."""
    made = zipped(tmp_path / "s.zip", export(row(1), row(2)))
    content = made.read_bytes()
    place = content.index(b"posts/1.on-rest.html") + len("posts/1.on-rest.html")
    made.write_bytes(content[:place] + b"\xff\xff\xff\xff" + content[place + 4 :])
    got = Imported(made)
    assert ["On rest & sleep", "On rest & sleep\n\nBody of 2.on-rest\n\nEnd"] == got.texts("post")
    assert ["the post's body cannot be read"] == [problem.what for problem in got.problems]


def test_ten_thousand_posts_are_read(tmp_path: Path) -> None:
    """However many there are."""
    made = zipped(tmp_path / "s.zip", export(*map(row, range(10_000))))
    assert 10_000 == len(Imported(made).of("post"))
