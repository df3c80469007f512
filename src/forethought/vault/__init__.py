"""The vault: everything that is kept, encrypted on this device under one passphrase.

A vault is a folder: a key file, a SQLCipher database and sealed files. `Vault` is its front door.
"""

from forethought.vault.errors import (
    BusyVaultError,
    DamagedVaultError,
    LockedVaultError,
    NoVaultError,
    VaultExistsError,
    WeakPassphraseError,
    WrongPassphraseError,
    WrongRecoveryKeyError,
)
from forethought.vault.vault import Vault

__all__ = [
    "BusyVaultError",
    "DamagedVaultError",
    "LockedVaultError",
    "NoVaultError",
    "Vault",
    "VaultExistsError",
    "WeakPassphraseError",
    "WrongPassphraseError",
    "WrongRecoveryKeyError",
]
