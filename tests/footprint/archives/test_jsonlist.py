"""Long lists of JSON: each element comes out once, across every cut between the pieces that are read."""

import io
import json

import pytest

from forethought.footprint.archives import jsonlist
from forethought.footprint.archives.decode import UnreadableError
from forethought.footprint.archives.files import Member
from forethought.footprint.archives.jsonlist import json_list


def member(content: str | bytes) -> Member:
    """Return a file of this content."""
    raw = content.encode() if isinstance(content, str) else content
    return Member("0" * 64, "list.js", len(raw), lambda: io.BytesIO(raw), "list.js")


@pytest.fixture(params=[1, 7, 2**18])
def _piece(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in pieces of this size, in bytes."""
    monkeypatch.setattr(jsonlist, "_CHUNK", request.param)
    monkeypatch.setattr("forethought.footprint.archives.decode._CHUNK", max(request.param, 40))


@pytest.mark.usefixtures("_piece")
def test_every_element_comes_out_once() -> None:
    """Objects, texts, numbers and lists, of every size, letters of several bytes among them."""
    values = [{"a": "é🫖" * n, "b": [n, {"c": None}]} for n in range(60)] + ["text", 12345, True, [], {}]
    for content in (
        json.dumps(values),
        json.dumps(values, indent=2, ensure_ascii=False),
        f"x.y = {json.dumps(values)};",
    ):
        assert [(f"/{n}", value) for n, value in enumerate(values)] == list(json_list(member(content)))


@pytest.mark.usefixtures("_piece")
def test_a_list_under_a_key_is_found() -> None:
    """Behind other members, and not where the key stands in a text."""
    content = json.dumps({"id": '"rows": [1]', "more": {"a": [1, 2]}, "rows": [{"a": 1}, {"b": 2}], "after": [3]})
    assert [("/rows/0", {"a": 1}), ("/rows/1", {"b": 2})] == list(json_list(member(content), "rows"))


@pytest.mark.parametrize(
    ("content", "key", "found"),
    [
        ('{"a": 1}', "", [("", {"a": 1})]),
        ('{"rows": {"a": 1}}', "rows", [("/rows", {"a": 1})]),
        ('{"rows": null}', "rows", []),
        ('{"other": []}', "rows", []),
        ("null", "", []),
        ("[]", "", []),
        (" [ ] ", "", []),
        (b"\xef\xbb\xbf[1]", "", [("/0", 1)]),
    ],
)
def test_what_is_no_list(content: str | bytes, key: str, found: list[object]) -> None:
    """One object stands for a list of it, and nothing for none."""
    assert found == list(json_list(member(content), key))


@pytest.mark.usefixtures("_piece")
@pytest.mark.parametrize(
    "content", ['[{"a": 1}, {"a": ', '[{"a": 1}', '[{"a": 1}, nope]', '[{"a": 1}' + "," + "[" * 100_000]
)
def test_a_list_that_breaks_off_gives_what_came_before(content: str) -> None:
    """And then says so, without a word of the content."""
    assert ([{"a": 1}], "list.js: it breaks off, or is not JSON") == until_broken(member(content))


def until_broken(broken: Member, key: str = "") -> tuple[list[object], str]:
    """Return what comes before the break, and what is said of it."""
    found: list[object] = []
    try:
        found.extend(value for _, value in json_list(broken, key))
    except UnreadableError as error:
        return found, str(error)
    return found, ""


@pytest.mark.parametrize("content", ["", '{"id": 1', '{"id": {"a": 1}, "ro', '{"rows":', "null", "[1]"])
def test_a_file_that_breaks_off_before_its_list_is_unreadable(content: str) -> None:
    """It is not taken for one without the list."""
    assert ([], "list.js: it breaks off, or is not JSON") == until_broken(member(content), "rows")


@pytest.mark.parametrize("content", ["", "   ", "alert(1)", "x = y"])
def test_what_is_no_json_is_unreadable(content: str) -> None:
    """Nothing of it is taken for code."""
    with pytest.raises(UnreadableError):
        list(json_list(member(content)))


def test_half_a_character_is_replaced() -> None:
    """Whole pairs stay as they are."""
    assert [("/0", {"a": "x\ufffd"}), ("/1", "🫖")] == list(json_list(member(r'[{"a": "x\ud83e"}, "\ud83e\uded6"]')))


def test_bytes_that_are_no_utf_8_are_replaced() -> None:
    """One bad letter does not cost the list."""
    assert [("/0", "caf\ufffd"), ("/1", "tea")] == list(json_list(member(b'["caf\xe9", "tea"]')))


def test_an_element_beyond_measure_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that never ends is not gathered for ever."""
    monkeypatch.setattr(jsonlist, "MOST_ELEMENT", 2**20)
    asked = 0

    class Endless(io.RawIOBase):
        def read(self, size: int = -1) -> bytes:
            nonlocal asked
            asked += 1
            return b'["' if asked == 1 else b"a" * size

    with pytest.raises(UnreadableError):
        list(json_list(Member("", "list.js", 0, Endless, "list.js")))  # type: ignore[arg-type]
    assert asked < 200
