"""Sealed files: AES-256-GCM over chunks, bound to the record that a file belongs to.

A sealed file begins with a mark and a random salt, from which its own key is made. Each chunk's nonce counts the chunks
and says whether it is the last, so that chunks cannot be dropped, repeated, swapped or cut off unseen. The record's
kind and id are bound to every chunk: a file put in another record's place does not open.
"""

import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from forethought.vault.errors import DamagedVaultError

MARK = b"forethought sealed 1\n"
SALT, SIZE, TAG = 32, 32, 16  # bytes
CHUNK = 64 * 1024  # bytes of content


def seal(content: Iterable[bytes], key: bytes, kind: str, record: str) -> Iterator[bytes]:
    """Yield `content` sealed under a key of its own made from `key`, for the record of this kind and id."""
    salt = secrets.token_bytes(SALT)
    yield MARK + salt
    cipher, bound = AESGCM(_own_key(key, salt)), _bound(kind, record)
    for number, (chunk, last) in enumerate(_with_last(_chunks(content))):
        yield cipher.encrypt(_nonce(number, last), chunk, bound)


def unseal(path: Path, key: bytes, kind: str, record: str) -> Iterator[bytes]:
    """Yield the content of the sealed file at `path`, chunk by chunk as each is found whole.

    Raises DamagedVaultError where the file was changed, cut off, or belongs to another record.
    """
    with path.open("rb") as file:
        if file.read(len(MARK)) != MARK:
            raise DamagedVaultError(path.name)
        cipher, bound = AESGCM(_own_key(key, file.read(SALT))), _bound(kind, record)
        for number, (chunk, last) in enumerate(_with_last(_stored(file))):
            try:
                yield cipher.decrypt(_nonce(number, last), chunk, bound)
            except InvalidTag:
                raise DamagedVaultError(path.name) from None


def _own_key(key: bytes, salt: bytes) -> bytes:
    return HKDF(SHA256(), SIZE, salt, b"forethought sealed file").derive(key)


def _bound(kind: str, record: str) -> bytes:
    return f"{kind}\0{record}".encode()


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def _chunks(content: Iterable[bytes]) -> Iterator[bytes]:
    """Yield `content` in chunks of one size, the last one shorter or empty."""
    held = bytearray()
    for part in content:
        held += part
        while len(held) > CHUNK:
            yield bytes(held[:CHUNK])
            del held[:CHUNK]
    yield bytes(held)


def _stored(file: BinaryIO) -> Iterator[bytes]:
    """Yield what was written for each chunk; a file without any has one that is empty, and does not open."""
    yield file.read(CHUNK + TAG)
    while chunk := file.read(CHUNK + TAG):
        yield chunk


def _with_last(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk and whether it is the last."""
    before = next(chunks)
    for chunk in chunks:
        yield before, False
        before = chunk
    yield before, True
