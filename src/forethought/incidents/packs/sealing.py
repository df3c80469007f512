"""Sealing a pack with a passphrase in the age format, so that any age program opens it."""

from collections.abc import Iterable
from importlib.util import find_spec

from forethought.errors import MissingExtraError
from forethought.incidents.packs.errors import MOST_SEALED, TooLargeToSealError
from forethought.vault import WeakPassphraseError
from forethought.vault.strength import strength


def seal(parts: Iterable[bytes], passphrase: str) -> bytes:
    """Return the parts as one age file, which `age -d` opens with the passphrase.

    The library encrypts with a passphrase only what is wholly in memory, so there is a limit. Raises
    TooLargeToSealError, and what `can_seal` raises.
    """
    can_seal(passphrase)
    import pyrage  # type: ignore[import-untyped]

    sealed: bytes = pyrage.passphrase.encrypt(_held(parts), passphrase)
    return sealed


def can_seal(passphrase: str) -> None:
    """Raise WeakPassphraseError or MissingExtraError where a pack cannot be sealed with this passphrase here."""
    found = strength(passphrase)
    if not found.enough:
        raise WeakPassphraseError(found.why)
    if find_spec("pyrage") is None:
        instead = "Hand the pack over on an encrypted drive, or through the recipient's own upload."
        raise MissingExtraError("sealed packs", "evidence", instead)


def _held(parts: Iterable[bytes]) -> bytes:
    held = bytearray()
    for part in parts:
        held += part
        if len(held) > MOST_SEALED:
            raise TooLargeToSealError
    return bytes(held)
