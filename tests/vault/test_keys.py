"""Keys at rest: opened by the passphrase or the recovery key and by nothing else, and never shown."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forethought.vault import DamagedVaultError, WrongPassphraseError, WrongRecoveryKeyError, keys

PASSPHRASE, RECOVERY_KEY = "caféd teapot lantern", "ABCD-EFGH-IJKL-MNOP-QRST-UVWX-YZ23-4567"
KEYS = keys.Keys(b"d" * 32, b"f" * 32, b"p" * 32)


@pytest.fixture(scope="module")
def content() -> bytes:
    """A key file."""
    return keys.boxed(KEYS, PASSPHRASE, RECOVERY_KEY)


def test_the_passphrase_opens_it(content: bytes) -> None:
    """What was put in comes out, however the keyboard composes an accented letter."""
    assert KEYS == keys.opened(content, PASSPHRASE)
    assert KEYS == keys.opened(content, "cafe\u0301d teapot lantern")


@pytest.mark.parametrize("typed", ["Caféd teapot lantern", "caféd teapot lantern ", "", "\ud800"])
def test_another_passphrase_does_not(content: bytes, typed: str) -> None:
    """A capital, a space or nothing at all is another passphrase."""
    with pytest.raises(WrongPassphraseError):
        keys.opened(content, typed)


@pytest.mark.parametrize("typed", [RECOVERY_KEY, " abcdefghijklmnopqrstuvwxyz234567 ", RECOVERY_KEY.replace("O", "0")])
def test_the_recovery_key_opens_it(content: bytes, typed: str) -> None:
    """The recovery key opens it however it is spaced, in small letters, and with digits misread for letters."""
    assert KEYS == keys.recovered(content, typed)


def test_another_recovery_key_does_not(content: bytes) -> None:
    """One letter off is another recovery key."""
    with pytest.raises(WrongRecoveryKeyError):
        keys.recovered(content, RECOVERY_KEY[:-1] + "6")


def test_recovery_keys_are_random_and_easy_to_copy() -> None:
    """Each is new: eight groups of four letters and digits, none of which looks like another."""
    made = {keys.make_recovery_key() for _ in range(50)}
    assert 50 == len(made)
    assert all([4] * 8 == [len(group) for group in key.split("-")] for key in made)
    assert not set("".join(made)) & set("018")


def test_neither_secret_nor_keys_are_in_the_file(content: bytes) -> None:
    """The file holds no key and neither of the two secrets, and two files for the same keys share nothing."""
    for secret in (*KEYS, PASSPHRASE.encode(), RECOVERY_KEY.encode()):
        assert secret not in content
        assert keys._text(secret).encode() not in content
    other = keys.boxed(KEYS, PASSPHRASE, RECOVERY_KEY)
    assert json.loads(other)["passphrase"] != json.loads(content)["passphrase"]


def test_keys_are_never_shown() -> None:
    """Keys that end up in a log or a traceback say nothing."""
    assert "Keys(...)" == repr(KEYS) == str(KEYS) == f"{KEYS}"


@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_changed_file_is_told_from_a_wrong_passphrase(content: bytes, data: st.DataObject) -> None:
    """Any byte changed, or any end cut off, is found as damage before a passphrase is tried."""
    at = data.draw(st.integers(0, len(content) - 1))
    changed = data.draw(st.sampled_from([content[:at], content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]]))
    try:
        same = json.loads(changed) == json.loads(content)
    except ValueError:
        same = False
    if not same:
        with pytest.raises(DamagedVaultError):
            keys.opened(changed, PASSPHRASE)


def test_a_file_that_asks_for_all_the_memory_is_refused(content: bytes) -> None:
    """A file made to exhaust the computer is refused before anything is derived."""
    card = json.loads(content)
    del card["sha256"]
    card["argon2id"]["memory"] = 2**31
    with pytest.raises(DamagedVaultError):
        keys.opened(json.dumps(card | {"sha256": keys._checksum(card)}).encode(), PASSPHRASE)
