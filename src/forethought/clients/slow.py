"""The slow, keyed fingerprint of one form of a name: without the key it cannot be tried, with it each try costs."""

import hashlib
import hmac
import threading
from collections import OrderedDict
from collections.abc import Callable

# RFC 7914; about 2 ms and 1 MiB a guess, so that a draft with several names is still checked while one types.
N, R, P = 2**10, 8, 1
LENGTH = 16  # bytes that are kept: 128 bits
MOST = 20_000  # fingerprints that are remembered
_LABEL = b"forethought clients 1"

Hashing = Callable[[bytes, str], bytes]


def key_of(fingerprints: bytes) -> bytes:
    """Return the key for clients' names, made of the vault's key for fingerprints, from which no way leads back."""
    return hmac.digest(fingerprints, _LABEL, "sha256")


def slow(key: bytes, form: str) -> bytes:
    """Return the fingerprint of a form under a key: 16 bytes."""
    return hashlib.scrypt(form.encode("utf-8", "surrogatepass"), salt=key, n=N, r=R, p=P, dklen=LENGTH)


class Memory:
    """What was hashed lately, so that it need not be again; it holds no form that can be read without the key."""

    def __init__(self, most: int = MOST) -> None:
        """Take how many fingerprints to remember; the one unused for longest goes first."""
        self.most = most
        self._kept: OrderedDict[bytes, bytes] = OrderedDict()
        self._alone = threading.Lock()

    def hashed(self, key: bytes, form: str, hashing: Hashing = slow) -> bytes:
        """Return the fingerprint of a form, remembered or made by `hashing`."""
        mark = hmac.digest(key, form.encode("utf-8", "surrogatepass"), "sha256")
        made = self._kept.get(mark) or hashing(key, form)
        with self._alone:
            self._kept[mark] = made
            self._kept.move_to_end(mark)
            while len(self._kept) > self.most:
                self._kept.popitem(last=False)
        return made

    def forget(self) -> None:
        """Drop everything."""
        with self._alone:
            self._kept.clear()

    def __len__(self) -> int:
        return len(self._kept)
