"""Names kept so that they can be known again and never read: keyed fingerprints of their letters."""

import hmac
import unicodedata
from hashlib import sha256

LENGTH = 32  # hexadecimal digits: 128 bits


def fingerprint(key: bytes, name: str) -> str:
    """Return the fingerprint of a name or handle under a vault's key; case, accents, spaces and signs do not matter.

    Without the key nobody can try names against it. A name without letters or digits gives none.
    """
    letters = unicodedata.normalize("NFKD", name).casefold()
    kept = "".join(letter for letter in letters if letter.isalnum())
    return hmac.new(key, kept.encode(), sha256).hexdigest()[:LENGTH] if kept else ""
