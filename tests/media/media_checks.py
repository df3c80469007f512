"""What holds for every format of sound and film: all is told, nothing is left, and nothing hostile gets through."""

import mmap
from collections.abc import Callable

import pytest
from canaries import copy_of, sings
from hypothesis import strategies as st

from forethought.media.buffer import CannotCleanError
from forethought.media.format import Format, Wishes
from forethought.media.searching import remains
from forethought.media.trace import KINDS


def check_cleaned(form: Format, data: bytes) -> bytes:
    """Check that a file's canaries are told and gone from its copy, for both readers, and return the copy."""
    found = list(form.traces(data))
    assert sings(data)
    assert any("kestrel" in trace.value or "bytes" in trace.value for trace in found)
    assert {trace.kind for trace in found} <= set(KINDS)
    copy = copy_of(form, data)
    assert not sings(copy)
    assert [] == [*form.traces(copy), *form.doubts(copy)]
    assert copy == copy_of(form, copy)
    assert list(form.doubts(data))
    assert [] == [left for left in remains(found, copy, "") if "Lavc" not in left and "ENCODER" not in left]
    with mmap.mmap(-1, len(data)) as mapped:
        mapped.write(data)
        assert found == list(form.traces(mapped))
        assert copy == copy_of(form, mapped)  # type: ignore[arg-type]
    return copy


def told(form: Format, data: bytes) -> dict[str, str]:
    """Return what a file gives away, by field."""
    return {trace.where: trace.value for trace in form.traces(data)}


def check_refused(form: Format, data: bytes) -> None:
    """Check that a file is refused."""
    with pytest.raises(CannotCleanError):
        list(form.clean(data, Wishes()))


def check_any(form: Format, files: dict[str, Callable[[], bytes]], names: list[str], data: st.DataObject) -> None:
    """Check that a file with bytes changed or cut off is cleaned or refused, and never anything else."""
    whole = bytearray(files[data.draw(st.sampled_from(names))]())
    for _ in range(data.draw(st.integers(0, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(len(whole) // 2, len(whole)))])
    list(form.doubts(cut))
    try:
        list(form.traces(cut))
        copy = copy_of(form, cut)
    except CannotCleanError:
        return
    assert [] == list(form.traces(copy))
    list(form.doubts(copy))
