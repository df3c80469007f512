"""Every platform knows its own exports and no other, and no bytes, however hostile, do more than leave problems."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from exports import Content, Imported, as_bytes, unpacked, zipped
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from samples import SAMPLES

from forethought.errors import ForethoughtError
from forethought.footprint.archives import MODULES, UnknownArchiveError, mastodon, platforms
from forethought.footprint.item import Item

BYTES = {
    platform: {name: as_bytes(name, content) for name, content in files.items()} for platform, files in SAMPLES.items()
}
FUZZ = settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
RECORDS = (
    b"null", b"[]", b"{}", b'""', b"0", b"[null]", b"[[]]", b"[{}]", b'[{"a": [1]}]', b"\xff\xfe", b"<a", b"<![x[",
    b'{"posts": 1}', b"[" * 200, b'{"a":' * 200, b"\0" * 400, b"a,b\n1\n", b"x = [1];", b"\\ud83d", b"&#xD800;",
)  # fmt: skip


def test_every_platform_has_a_sample() -> None:
    """So that a new one is tried here too."""
    assert {platform.name for platform in platforms()} == set(SAMPLES) == {name for name, _ in MODULES}


@pytest.mark.parametrize("platform", SAMPLES)
@pytest.mark.parametrize("packed", ["zip", "folder", "wrapped"])
def test_a_sample_is_known_as_itself_alone(platform: str, packed: str, tmp_path: Path) -> None:
    """With every platform asked, however it is packed, something is read and each item is of that platform."""
    files = SAMPLES[platform]
    if packed == "folder":
        got = Imported(unpacked(tmp_path / "export", files))
    else:
        got = Imported(zipped(tmp_path / "export.zip", files, "my export (1)/" if packed == "wrapped" else ""))
    assert [platform] == [found.platform for found in got.recognised]
    assert {platform} == {item.platform for item in got.items}


@pytest.mark.parametrize("platform", SAMPLES)
def test_ids_are_the_same_in_two_exports(platform: str, tmp_path: Path) -> None:
    """Whenever and however an export was made, what is in both is the same item."""
    zip_, folder = zipped(tmp_path / "a.zip", SAMPLES[platform]), unpacked(tmp_path / "b", SAMPLES[platform])
    first, second = Imported(zip_), Imported(folder)
    assert first.items
    assert sorted(item.id for item in first.items) == sorted(item.id for item in second.items)


def test_two_platforms_in_one_zip_are_both_read(tmp_path: Path) -> None:
    """The surest first."""
    got = Imported(zipped(tmp_path / "both.zip", {**SAMPLES["mastodon"], **SAMPLES["tiktok"]}))
    assert {"mastodon", "tiktok"} == {found.platform for found in got.recognised}
    assert {"mastodon", "tiktok"} == {item.platform for item in got.items}
    sure = [found.confidence for found in got.recognised]
    assert sorted(sure, reverse=True) == sure


def test_a_plain_table_beside_an_export_is_not_read_twice(tmp_path: Path) -> None:
    """The plain reader stands back where a platform knows the files."""
    got = Imported(zipped(tmp_path / "both.zip", {**SAMPLES["mastodon"], **SAMPLES["plain"]}))
    assert ["mastodon"] == [found.platform for found in got.recognised]


@pytest.mark.parametrize("files", [{}, {"notes.txt": "hello"}, {"a.jpg": b"\xff\xd8\xff"}, {"a.json": "[]"}])
def test_what_is_no_export_is_refused(files: Mapping[str, Content], tmp_path: Path) -> None:
    """With what to give instead, and the names of what was given."""
    name = next(iter(files), "An empty archive")
    with pytest.raises(UnknownArchiveError, match=f"^{name} is not an export that Forethought knows. Give the zip"):
        Imported(zipped(tmp_path / "a.zip", files))


@pytest.mark.parametrize("what", ["read", "recognise"])
def test_a_platform_that_stumbles_costs_itself_only(what: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The others are read, and a problem tells of it without what stood there."""

    def stumbling(*_: object) -> object:
        raise ZeroDivisionError("s3cret")

    monkeypatch.setattr(mastodon, "MASTODON", replace(mastodon.MASTODON, **{what: stumbling}))
    got = Imported(zipped(tmp_path / "both.zip", {**SAMPLES["mastodon"], **SAMPLES["tiktok"]}))
    assert {"tiktok"} == {item.platform for item in got.items}
    assert "s3cret" not in got.everything()
    assert (what == "read") == any("Mastodon" in problem.what for problem in got.problems)


def read_any(files: Mapping[str, bytes]) -> None:
    """Read a zip of these files as the program does: nothing is written, and only what a person can mend is raised."""
    with TemporaryDirectory() as name:
        folder = Path(name) / "in"
        folder.mkdir()
        made = zipped(folder / "export.zip", files)
        before = made.read_bytes()
        with suppress(ForethoughtError):
            got = Imported(made)
            assert not [each for each in got.problems if not each.pointer.member], "a reader stumbled"
            stored = [f"{each.text}{each.key}{each.details}" for each in got.records if isinstance(each, Item)]
            "".join(stored + [f"{each.pointer}{each.what}" for each in got.problems]).encode()
        assert before == made.read_bytes()
        assert [made] == [path for path in Path(name).rglob("*") if path.is_file()]


@pytest.mark.parametrize("platform", SAMPLES)
@FUZZ
@given(data=st.data())
def test_no_mutation_of_an_export_crashes(platform: str, data: st.DataObject) -> None:
    """Bytes changed, files dropped, cut off or swapped, contents replaced: what can be read is read."""
    files = dict(BYTES[platform])
    names = sorted(files)
    for _ in range(data.draw(st.integers(1, 4))):
        name = data.draw(st.sampled_from(names))
        content = files.get(name, b"")
        at = data.draw(st.integers(0, max(0, len(content) - 1)))
        mutated = {
            "cut": content[:at],
            "changed": content[:at] + data.draw(st.binary(max_size=8)) + content[at + 1 :],
            "gone": None,
            "swapped": files.get(data.draw(st.sampled_from(names)), b""),
            "replaced": data.draw(st.one_of(st.sampled_from(RECORDS), st.binary(max_size=60))),
            "within": content[:at] + data.draw(st.sampled_from(RECORDS)) + content[at:],
        }[data.draw(st.sampled_from(("cut", "changed", "gone", "swapped", "replaced", "within")))]
        files = {key: each for key, each in {**files, name: mutated}.items() if each is not None}
    read_any(files)


@pytest.mark.parametrize("platform", SAMPLES)
def test_every_file_may_hold_anything(platform: str) -> None:
    """One file after the other is replaced by short, odd contents, a few for each."""
    for at, name in enumerate(BYTES[platform]):
        for content in RECORDS[at % 4 :: 4]:
            read_any({**BYTES[platform], name: content})


@FUZZ
@given(st.dictionaries(st.sampled_from(sorted({name for files in BYTES.values() for name in files})), st.binary()))
@example({})
def test_any_bytes_under_any_name_are_borne(files: dict[str, bytes]) -> None:
    """Files of the names that platforms use, with anything in them."""
    read_any(files)


VALUES: tuple[object, ...] = (None, True, -1, 1e300, "", "\ud83d", "N/A", [], {}, [[]], [None], {"": None}, "x" * 70)


def reshaped(value: object, rotate: int) -> object:
    """Return a value of JSON in which each leaf is another one, in turn."""
    if isinstance(value, dict):
        return {key: reshaped(each, rotate + at) for at, (key, each) in enumerate(value.items())}
    if isinstance(value, list):
        return [reshaped(each, rotate + at) for at, each in enumerate(value)]
    return VALUES[rotate % len(VALUES)]


@pytest.mark.parametrize("rotate", range(len(VALUES)))
@pytest.mark.parametrize(
    "platform",
    [name for name, files in SAMPLES.items() if any(isinstance(each, dict | list) for each in files.values())],
)
def test_every_value_may_be_of_another_kind(platform: str, rotate: int) -> None:
    """Where a text is expected there may be a number, a list or nothing."""
    files = {
        name: as_bytes(name, reshaped(content, rotate + at) if isinstance(content, dict | list) else content)
        for at, (name, content) in enumerate(SAMPLES[platform].items())
    }
    read_any(files)
