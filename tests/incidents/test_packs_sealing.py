"""Sealing a pack with a passphrase: any age program opens it, nobody guesses it, and the limit is told."""

from collections.abc import Iterator

import pyrage
import pytest

from forethought.errors import MissingExtraError
from forethought.incidents.packs import TooLargeToSealError, seal, sealing
from forethought.vault import WeakPassphraseError

PASSPHRASE = "teapot lantern gravel moth"


def test_it_opens_with_the_passphrase_alone() -> None:
    """What was sealed is an age file, opens with its passphrase to the same bytes, and with no other."""
    sealed = seal([b"evi", b"", b"dence"], PASSPHRASE)
    assert sealed.startswith(b"age-encryption.org/v1\n-> scrypt ")
    assert (b"evidence", False) == (pyrage.passphrase.decrypt(sealed, PASSPHRASE), b"evidence" in sealed)
    with pytest.raises(pyrage.DecryptError):
        pyrage.passphrase.decrypt(sealed, "another " + PASSPHRASE)


@pytest.mark.parametrize("passphrase", ["", "password", "moth", "12345678"])
def test_a_weak_passphrase_is_refused_first(passphrase: str) -> None:
    """A passphrase that could be guessed is refused before a byte is read."""

    def never() -> Iterator[bytes]:
        pytest.fail("a part was read")
        yield b""

    with pytest.raises(WeakPassphraseError):
        seal(never(), passphrase)


def test_what_is_too_large_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack beyond the limit is refused as soon as it is reached, with what to do instead."""
    monkeypatch.setattr(sealing, "MOST_SEALED", 10)
    with pytest.raises(TooLargeToSealError, match="fewer items"):
        seal([b"12345", b"123456"], PASSPHRASE)


def test_a_missing_part_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library is not installed, that is said with what can be done without."""
    monkeypatch.setattr(sealing, "find_spec", lambda name: None)
    with pytest.raises(MissingExtraError, match=r"forethought\[evidence\]"):
        seal([b"x"], PASSPHRASE)
