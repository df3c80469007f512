"""Records come out of JSON, JavaScript, tables and HTML one at a time, and what is broken costs as little as it can."""

import csv
import io
import json
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.footprint.archives import decode
from forethought.footprint.archives.decode import (
    Assigned,
    Located,
    UnreadableError,
    csv_rows,
    delimiter_of,
    encoding_of,
    fold_header,
    json_items,
    json_lines,
    json_whole,
    text_lines,
    text_of,
    words_of,
)
from forethought.footprint.archives.files import Member

CHUNKS = (2**12, 2**16)  # in which files are read
MARK = "\N{ZERO WIDTH NO-BREAK SPACE}"
ENCODINGS = {
    "utf-8": "utf-8",
    "utf-8-sig": "utf-8",
    "utf-16": "utf-16",
    "utf-16-le": "utf-16-le",
    "utf-16-be": "utf-16-be",
}
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abitem.", max_size=5), inner, max_size=3),
    max_leaves=9,
)


def held(content: str | bytes, name: str = "a.json") -> Member:
    """Return a file with this content."""
    raw = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return Member("hash", name, len(raw), lambda: io.BytesIO(raw), name)


def until_broken(records: Iterable[Located]) -> tuple[list[Located], bool]:
    """Return what is read, and whether it broke off."""
    read: list[Located] = []
    try:
        for each in records:
            read.append(each)
    except UnreadableError:
        return read, True
    return read, False


def whole(member: Member) -> Iterable[Located]:
    """Return the whole content as one record."""
    yield "", json_whole(member)


WRAPPINGS = {
    "plain": "{}",
    "byte order mark": MARK + "{}",
    "variable": "window.YTD.tweets.part0 = {}",
    "semicolon": "window.YTD.tweets.part0 = {} ;\n",
    "mark and variable": MARK + "var tweet_index =  {};",
    "index": "Grailbird.data['tweets_2025_02'] =\n{}",
    "spaces": "\n  {}\n\n",
}


@pytest.mark.parametrize("wrapping", WRAPPINGS)
def test_json_and_javascript_are_data(wrapping: str) -> None:
    """With a byte order mark, an assignment and one semicolon around it, read whole or piece by piece."""
    value = [{"text": "Tea; first = [x]"}, {"text": "Rain;"}]
    member = held(WRAPPINGS[wrapping].replace("{}", json.dumps(value)))
    assert value == json_whole(member)
    assert [("/0", value[0]), ("/1", value[1])] == list(json_items(member))


@pytest.mark.parametrize(
    "text", ["alert(1)", "x = alert(1)", "[1] x", "x = [1]; alert(1)", '{"a": 1', "[1,]", "{'a': 1}"]
)
def test_what_is_no_data_is_refused(text: str) -> None:
    """Nothing but one value is taken for the content of a file."""
    with pytest.raises(UnreadableError, match=r"a\.json: it is not whole JSON"):
        json_whole(held(text))
    assert until_broken(json_items(held(text)))[1]


@pytest.mark.parametrize("chunk", CHUNKS)
@pytest.mark.parametrize("around", range(-3, 4))
@pytest.mark.parametrize("after", ["", ";", ";\n", " ; ", "\n" * 9, ";" + " " * CHUNKS[1] + "\n"])
def test_a_semicolon_counts_only_at_the_very_end(chunk: int, around: int, after: str) -> None:
    """Wherever the chunks in which a file is read end: one within a text stays, and one behind it is stepped over."""
    opening = "x.y = ["
    for end in (";  ; ", ";", ""):
        text = "a" * (chunk - len(opening) - 3 + around) + end
        member = held(f"{opening}{json.dumps(text)}]{after}")
        assert [("/0", text)] == list(json_items(member))
        assert [text] == json_whole(member)


def test_blanks_without_end_take_no_longer() -> None:
    """Looking for a semicolon does not look again and again at what was seen."""
    assert [1, 2] == json_whole(held("x = [1," + " " * 3_000_000 + "2]" + " " * 3_000_000))


@pytest.mark.parametrize(
    ("content", "paths", "expected"),
    [
        ({"posts": [{"a": 1}, {"a": 2}]}, ["posts"], [("/posts/0", {"a": 1}), ("/posts/1", {"a": 2})]),
        ({"posts": {"a": 1}}, ["posts"], [("/posts", {"a": 1})]),
        ({"posts": "Tea"}, ["posts"], [("/posts", "Tea")]),
        ({"posts": []}, ["posts"], []),
        ({"posts": None}, ["posts"], []),
        ({"other": [1], "listitem": [2], "list": [3]}, ["list"], [("/list/0", 3)]),
        ({"list": {"item": {"a": 1}}}, ["list"], [("/list", {"item": {"a": 1}})]),
        ({"a": {"b": [[1], "x"]}}, ["a.b"], [("/a/b/0", [1]), ("/a/b/1", "x")]),
        ({"a": [1], "b": [2]}, ["a", "b"], [("/a/0", 1), ("/b/0", 2)]),
        ([[1, [2]], {"item": [3]}], [], [("/0", [1, [2]]), ("/1", {"item": [3]})]),
        ({"a": 1}, [], [("", {"a": 1})]),
        ([], [], []),
    ],
)
def test_elements_come_one_at_a_time(content: object, paths: list[str], expected: list[Located]) -> None:
    """Each with where it stands; one object in place of a list of one is read as it."""
    assert expected == list(json_items(held(json.dumps(content)), *paths))


@given(st.lists(VALUES, max_size=4))
def test_elements_are_those_of_the_whole(values: list[object]) -> None:
    """Whatever they are, nothing is lost or changed."""
    member = held(json.dumps(values))
    assert values == [value for _, value in json_items(member)] == json_whole(member)
    assert [f"/{number}" for number in range(len(values))] == [locator for locator, _ in json_items(member)]


@given(st.lists(VALUES, min_size=1, max_size=4), st.data())
def test_a_file_cut_off_keeps_what_came_before(values: list[object], data: st.DataObject) -> None:
    """And breaks off once, wherever it was cut."""
    whole = json.dumps(values)
    kept, broke = until_broken(json_items(held(whole[: data.draw(st.integers(0, len(whole) - 1))])))
    assert broke
    assert values[: len(kept)] == [value for _, value in kept] or isinstance(kept[-1][1], int)


@pytest.mark.parametrize("nested", ["[", '{"a":'])
@pytest.mark.parametrize("depth", [decode.MOST_DEEP + 1, 100_000])
def test_deep_nesting_is_refused(nested: str, depth: int) -> None:
    """Without a crash, and with what came before."""
    member = held(f"[1, {nested * depth}")
    assert ([("/0", 1)], True) == until_broken(json_items(member))
    with pytest.raises(UnreadableError):
        json_whole(member)
    assert isinstance(next(json_lines(member))[1], Exception)


@pytest.mark.parametrize("text", ["", " \n", MARK])
def test_an_empty_file_holds_nothing(text: str) -> None:
    """It is not broken for that, and has no records."""
    assert json_whole(held(text)) is None
    assert (
        []
        == list(json_lines(held(text)))
        == list(csv_rows(held(text)))
        == list(text_lines(held(text.strip(f" \n{MARK}"))))
    )


def test_a_file_too_large_to_be_read_whole_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Before a byte of it is read."""
    monkeypatch.setattr(decode, "MOST_WHOLE", 3)
    with pytest.raises(UnreadableError, match="larger than such a file should be"):
        json_whole(held("[1, 2]"))


@pytest.mark.parametrize(
    "read", [json_whole, lambda member: next(iter(json_items(member)))[1], lambda member: next(json_lines(member))[1]]
)
def test_half_a_pair_of_surrogates_is_not_passed_on(read: Callable[[Member], object]) -> None:
    """Since it cannot be stored; a whole pair is one character."""
    got = read(held('{"text": "cut \\ud83d \\ud83c\\udf3f"}'))
    assert isinstance(got, dict)
    assert got["text"] in {"cut � 🌿", "cut ? 🌿"}


def test_a_bad_line_costs_itself_only() -> None:
    """It is passed on as the error that it gives, under its number; blank lines are stepped over."""
    got = list(json_lines(held('{"a": 1}\n\n{"a":\n' + "[" * 100_000 + '\r\n{"a": 2}')))
    assert ["line 1", "line 3", "line 4", "line 5"] == [locator for locator, _ in got]
    assert [False, True, True, False] == [isinstance(value, Exception) for _, value in got]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_whatever_ends_them(end: str) -> None:
    """Also as old Macs ended them; other signs that might end one do not."""
    text = end.join(["a\u2028b\x0bc\x85d", "", "e"])
    assert [(1, "a\u2028b\x0bc\x85d"), (2, ""), (3, "e")] == [
        (n, line.rstrip("\r\n")) for n, line in text_lines(held(text))
    ]


def test_a_huge_line_comes_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """All under one number, so that no line has to be held whole."""
    monkeypatch.setattr(decode, "MOST_RECORD", 4)
    assert [(1, "abcd"), (1, "ef\n"), (2, "gh")] == list(text_lines(held("abcdef\ngh")))
    assert ["line 1", "line 1"] == [locator for locator, _ in json_lines(held("[1, 2]"))]
    assert ["row 1"] == [locator for locator, _ in csv_rows(held("a\n1\n"))]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("text", ["text\ncafé 🌿\n", "text,b\n" + "x" * 900])
def test_text_of_every_encoding_is_read(encoding: str, text: str) -> None:
    """With and without a byte order mark, which is no part of it."""
    with text_of(held(text.encode(encoding))) as stream:
        assert text == stream.read()


@pytest.mark.parametrize(
    ("start", "expected"),
    [(b"", "utf-8-sig"), (b"a", "utf-8-sig"), (b"a\0", "utf-16-le"), (b"\0a", "utf-16-be"), (b"\xff\xfe", "utf-16")],
)
def test_short_texts_tell_their_encoding_too(start: bytes, expected: str) -> None:
    """By a mark, or by where zeros stand."""
    assert expected == encoding_of(start)


def test_bytes_that_fit_no_encoding_are_replaced() -> None:
    """One sign for each, and the rest is kept."""
    with text_of(held(b"caf\xe9 noir")) as stream:
        assert "caf� noir" == stream.read()


ROWS = [["Date", "Text"], ["2025-02-04", 'Tea, "first"; then\train'], ["", "two\nlines"]]


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL])
def test_tables_of_every_encoding_and_delimiter_are_read(encoding: str, delimiter: str, quoting: int) -> None:
    """With line breaks, quotes and delimiters within the cells."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting).writerows(ROWS)  # type: ignore[arg-type]
    got = list(csv_rows(held(out.getvalue().encode(encoding))))
    assert [("row 1", {"date": "2025-02-04", "text": ROWS[1][1]}), ("row 2", {"date": "", "text": "two\nlines"})] == got


def has_text(header: list[str]) -> bool:
    """Tell a header by its column of text."""
    return "text" in header


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ('Notes:\n"a; b; c; d, which is long"\n\nDate,Text\n1,Tea\n', [{"date": "1", "text": "Tea"}]),
        ("a,b,c;Text\n1,2,3;Tea\n", [{"a,b,c": "1,2,3", "text": "Tea"}]),
        ("Text,Text,A_b c-D\nTea,Rain,1\n", [{"text": "Tea", "abcd": "1"}]),
        ("id,Text\n1\n2,Tea,more\n\n,\n", [{"id": "1"}, {"id": "2", "text": "Tea"}]),
        ("id,te\0xt\n1,T\0ea\n", [{"id": "1", "text": "Tea"}]),
        ('id,text\n1,"Tea', [{"id": "1", "text": "Tea"}]),
        ("id,other\n1,Tea\n", []),
    ],
)
def test_tables_are_read_by_their_header(table: str, expected: list[dict[str, str]]) -> None:
    """What stands before it is stepped over; of a repeated column the first counts; short and long rows are borne."""
    got = list(csv_rows(held(table), has_text))
    assert expected == [row for _, row in got]
    assert [f"row {number + 1}" for number in range(len(expected))] == [locator for locator, _ in got]


def test_a_huge_field_is_read_and_a_monstrous_one_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A long post is no error, as it would be to the library by itself; what came before a monster is kept."""
    long = "x" * 500_000
    assert [("row 1", {"text": long})] == list(csv_rows(held(f"text\n{long}\n")))
    monkeypatch.setattr(decode, "MOST_FIELD", csv.field_size_limit(1000))
    try:
        assert ([("row 1", {"text": "a"})], True) == until_broken(csv_rows(held(f"text\na\n{long}\n")))
    finally:
        csv.field_size_limit(decode.MOST_FIELD)


@pytest.mark.parametrize(
    ("sample", "expected"), [("a,b", ","), ("a;b;c,d", ";"), ("one\na\tb", "\t"), ("one", ","), ("", ",")]
)
def test_the_delimiter_is_what_stands_there_most(sample: str, expected: str) -> None:
    """In the first line that has one."""
    assert expected == delimiter_of(sample)


@pytest.mark.parametrize("cell", ["Share Link", "ShareLink", "share_link", f"{MARK}Share-Link ", "SHARE LINK"])
def test_headers_are_compared_folded(cell: str) -> None:
    """Without case, spaces, hyphens, underscores and byte order mark."""
    assert "sharelink" == fold_header(cell)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("Tea &amp; rain", "Tea & rain"),
        ("&amp;lt;", "&lt;"),
        ("<p>One</p><p>Two <b>three</b></p>", "One\n\nTwo three"),
        ("One<br>two<br/>three", "One\ntwo\nthree"),
        ("a  b\n c\t d", "a b c d"),
        ("<ul><li>a</li><li>b</li></ul>", "a\n\nb"),
        ("x<script>alert('no')</script><style>p {}</style>y", "xy"),
        ("<html><head><title>no</title><body>yes", "yes"),
        ("<head><title>no</title></head>yes", "yes"),
        ("</script>yes", "yes"),
        ("a<!-- no -->b", "ab"),
        ("a<![x[no]]>b<![CDATA[no]]>c<![ ]>d", "abcd"),
        ("1 < 2 > 0", "1 < 2 > 0"),
        ("&#xD800;&#0;", "��"),
        ("", ""),
    ],
)
def test_html_gives_its_visible_words(html: str, expected: str) -> None:
    """Entities decoded once, a line for each block, and nothing that a browser would hide."""
    assert expected == words_of(html)


@given(st.text(st.sampled_from("<>/!-[]&;#'\"= abpx?\n") | st.characters()))
def test_any_text_is_html_of_some_kind(text: str) -> None:
    """Without an error, and without white space at its ends."""
    words = words_of(text)
    assert words == words.strip()


@given(st.text(st.characters(exclude_characters="<&\r\n", exclude_categories=["C", "Z"]), min_size=1))
def test_plain_words_stay_as_they_are(text: str) -> None:
    """Where nothing is markup."""
    assert text == words_of(f"<p>{text}</p>")


@given(st.binary(max_size=300))
def test_any_bytes_are_records_or_refused(content: bytes) -> None:
    """No other error leaves the readers, and what they give can be stored."""
    readers = (json_items, json_lines, csv_rows, lambda member: csv_rows(member, has_text), text_lines, whole)
    for read in readers:
        kept, _ = until_broken(read(held(content)))
        json.dumps([value for _, value in kept if not isinstance(value, Exception)], ensure_ascii=False).encode()


@given(st.text(max_size=200), st.sampled_from([",", ";", "\t"]))
def test_any_cell_comes_back(cell: str, delimiter: str) -> None:
    """As it was written, but for a NUL and the line end's kind."""
    out = io.StringIO()
    text = cell.encode(errors="replace").decode()
    csv.writer(out, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["id", "text"], ["1", text]]
    )
    assert [{"id": "1", "text": text.replace("\0", "")}] == [row for _, row in csv_rows(held(out.getvalue()), has_text)]


def test_reading_in_chunks_loses_nothing(tmp_path: Path) -> None:
    """Whatever size is asked for, all bytes come in order, and none for a size of 0."""
    content = bytes(range(256)) * 1000
    (tmp_path / "a").write_bytes(content)
    with (tmp_path / "a").open("rb") as stream:
        source = Assigned(stream)
        assert b"" == source.read(0)
        assert content == b"".join(iter(lambda: source.read(7), b""))
