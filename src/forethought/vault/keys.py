"""The keys of a vault: made at random, and stored only in boxes that the passphrase or the recovery key opens.

The key file is JSON. It holds, sealed with AES-256-GCM, the same three keys twice: in a box whose key Argon2id makes
of the passphrase (RFC 9106, its second recommended setting), and in one whose key HKDF makes of the recovery key,
which is random and needs no slowing down. A checksum tells a damaged file from a wrong passphrase.
"""

import json
import secrets
import threading
import unicodedata
from base64 import b32encode, b64decode, b64encode
from collections.abc import Callable
from hashlib import sha256
from typing import Any, NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forethought.vault.errors import DamagedVaultError, WrongPassphraseError, WrongRecoveryKeyError

KEY_FILE = "vault.key"
VERSION = 1
SIZE, SALT, NONCE = 32, 16, 12  # bytes
MEMORY, PASSES, LANES = 64 * 1024, 3, 4  # KiB, rounds and lanes of Argon2id
MOST_MEMORY, MOST_PASSES, MOST_LANES = 1024 * 1024, 20, 16  # what a file that was tampered with may ask for
RECOVERY_BYTES, GROUP = 20, 4
Reading = Callable[[bytes], "Keys"]  # how the keys are got out of a key file's content
_ONE_AT_A_TIME = threading.Lock()  # two derivations of several lanes at once have been seen to wait for each other
_MISREAD = str.maketrans("018", "OIB", "- ")


class Keys(NamedTuple):
    """What opens the database, what seals files, and what fingerprints names; 32 random bytes each."""

    database: bytes
    files: bytes
    fingerprints: bytes

    def __repr__(self) -> str:
        """Keep the keys themselves out of every log and traceback."""
        return "Keys(...)"


def make() -> Keys:
    """Return new keys."""
    return Keys(*(secrets.token_bytes(SIZE) for _ in Keys._fields))


def make_recovery_key() -> str:
    """Return a new recovery key: 160 random bits as eight groups of four letters and digits."""
    letters = b32encode(secrets.token_bytes(RECOVERY_BYTES)).decode()
    return "-".join(letters[at : at + GROUP] for at in range(0, len(letters), GROUP))


def boxed(keys: Keys, passphrase: str, recovery_key: str) -> bytes:
    """Return the content of a key file in which `passphrase` and `recovery_key` each open `keys`."""
    settings = {"memory": MEMORY, "passes": PASSES, "lanes": LANES}
    slow, quick = secrets.token_bytes(SALT), secrets.token_bytes(SALT)
    content = {
        "version": VERSION,
        "argon2id": settings | {"salt": _text(slow)},
        "passphrase": _box(keys, _from_passphrase(passphrase, slow, **settings), b"passphrase"),
        "recovery": {
            "salt": _text(quick),
            "box": _box(keys, _from_recovery_key(recovery_key, quick), b"recovery"),
        },
    }
    return json.dumps(content | {"sha256": _checksum(content)}, indent=1).encode()


def opened(content: bytes, passphrase: str) -> Keys:
    """Return the keys in a key file. Raises WrongPassphraseError and DamagedVaultError."""
    card = _card(content)
    settings = {name: card["argon2id"][name] for name in ("memory", "passes", "lanes")}
    key = _from_passphrase(passphrase, b64decode(card["argon2id"]["salt"]), **settings)
    return _unbox(card["passphrase"], key, b"passphrase", WrongPassphraseError)


def recovered(content: bytes, recovery_key: str) -> Keys:
    """Return the keys in a key file. Raises WrongRecoveryKeyError and DamagedVaultError."""
    card = _card(content)
    key = _from_recovery_key(recovery_key, b64decode(card["recovery"]["salt"]))
    return _unbox(card["recovery"]["box"], key, b"recovery", WrongRecoveryKeyError)


def _card(content: bytes) -> dict[str, Any]:
    """Return what a key file holds, once it is known to be as it was written."""
    try:
        card: dict[str, Any] = json.loads(content)
        whole = card.pop("sha256") == _checksum(card) and card["version"] == VERSION
        asked = card["argon2id"]
        whole &= asked["memory"] <= MOST_MEMORY and asked["passes"] <= MOST_PASSES and asked["lanes"] <= MOST_LANES
    except (ValueError, KeyError, TypeError, AttributeError):
        raise DamagedVaultError(KEY_FILE) from None
    if not whole:
        raise DamagedVaultError(KEY_FILE)
    return card


def _checksum(content: dict[str, Any]) -> str:
    return sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def _from_passphrase(passphrase: str, salt: bytes, memory: int, passes: int, lanes: int) -> bytes:
    """Return the key that a passphrase stands for; the same letters typed on another keyboard give the same key."""
    secret = unicodedata.normalize("NFKC", passphrase).encode("utf-8", "surrogatepass")
    with _ONE_AT_A_TIME:
        return Argon2id(salt=salt, length=SIZE, iterations=passes, lanes=lanes, memory_cost=memory).derive(secret)


def _from_recovery_key(recovery_key: str, salt: bytes) -> bytes:
    """Return the key that a recovery key stands for, however it is spaced and with digits misread for letters."""
    letters = recovery_key.strip().upper().translate(_MISREAD).encode("utf-8", "surrogatepass")
    return HKDF(SHA256(), SIZE, salt, b"forethought vault recovery").derive(letters)


def _box(keys: Keys, key: bytes, purpose: bytes) -> str:
    nonce = secrets.token_bytes(NONCE)
    return _text(nonce + AESGCM(key).encrypt(nonce, b"".join(keys), _bound(purpose)))


def _unbox(box: str, key: bytes, purpose: bytes, wrong: Callable[[], Exception]) -> Keys:
    stored = b64decode(box)
    try:
        plain = AESGCM(key).decrypt(stored[:NONCE], stored[NONCE:], _bound(purpose))
    except InvalidTag:
        raise wrong() from None
    return Keys(*(plain[at : at + SIZE] for at in range(0, len(plain), SIZE)))


def _bound(purpose: bytes) -> bytes:
    return b"forethought vault %d %s" % (VERSION, purpose)


def _text(value: bytes) -> str:
    return b64encode(value).decode()
