"""Sealed files: whole or refused, and only in the place of the record that they were sealed for."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forethought.vault import DamagedVaultError
from forethought.vault.sealed import CHUNK, MARK, SALT, TAG, seal, unseal

KEY, KIND, RECORD = b"k" * 32, "picture", "a1"
CONTENT = b"canary " * 30_000  # four chunks
SIZES = st.sampled_from([0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 9])


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A sealed file."""
    path = tmp_path / RECORD
    path.write_bytes(b"".join(seal([CONTENT], KEY, KIND, RECORD)))
    return path


def read(path: Path, key: bytes = KEY, kind: str = KIND, record: str = RECORD) -> bytes:
    """Return what a sealed file holds."""
    return b"".join(unseal(path, key, kind, record))


@given(SIZES, st.integers(1, CHUNK))
def test_what_goes_in_comes_out(tmp_path_factory: pytest.TempPathFactory, size: int, part: int) -> None:
    """Content of any size, handed over in parts of any size, comes back as it was."""
    content = bytes(n % 251 for n in range(size))
    path = tmp_path_factory.mktemp("sealed") / "file"
    parts = (content[at : at + part] for at in range(0, size, part))
    path.write_bytes(b"".join(seal(parts, KEY, KIND, RECORD)))
    assert content == read(path)


def test_nothing_of_it_can_be_read(path: Path) -> None:
    """The content is not in the file, and the same content sealed again gives another file."""
    assert b"canary" not in path.read_bytes()
    assert path.read_bytes() != b"".join(seal([CONTENT], KEY, KIND, RECORD))


@pytest.mark.parametrize(
    "other", [{"key": b"x" * 32}, {"kind": "note"}, {"record": "a2"}, {"kind": "pictur", "record": "ea1"}]
)
def test_it_opens_for_its_own_record_alone(path: Path, other: dict[str, str]) -> None:
    """Another key, another kind and another record are each refused."""
    with pytest.raises(DamagedVaultError):
        read(path, **other)  # type: ignore[arg-type]


@given(st.data())
def test_every_change_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """A byte changed anywhere, or the file cut off anywhere, is refused."""
    whole = b"".join(seal([CONTENT], KEY, KIND, RECORD))
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    changed = data.draw(st.sampled_from([whole[:at], flipped, whole + b"x"]))
    path = tmp_path_factory.mktemp("changed") / "file"
    path.write_bytes(changed)
    with pytest.raises(DamagedVaultError):
        read(path)


def test_chunks_cannot_be_dropped_repeated_or_swapped(path: Path) -> None:
    """Whole chunks that are valid each for itself do not pass in another order or number."""
    whole, head, size = path.read_bytes(), len(MARK) + SALT, CHUNK + TAG
    start, first, second = whole[:head], whole[head : head + size], whole[head + size : head + 2 * size]
    rest = whole[head + 2 * size :]
    swapped, dropped, repeated = second + first + rest, first + rest, first + first + second + rest
    for changed in (start + swapped, start + dropped, start + repeated, start + first):
        path.write_bytes(changed)
        with pytest.raises(DamagedVaultError):
            read(path)
