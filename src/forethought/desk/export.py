"""Everything that is kept, in plain form: a zip of JSON that any program can read, and of the files as they were.

It is given piece by piece as it is made, since recordings and films may be larger than memory.
"""

import json
from collections.abc import Iterator
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

from django.apps import apps
from django.core import serializers

from forethought import __version__
from forethought.vault import DamagedVaultError, Vault

_READ_ME = """Everything that Forethought kept for you, on {when}, in plain form.

Nothing here is encrypted: keep it as carefully as a client record, and delete it when you are done.

Each file holds the records of one kind as JSON (UTF-8): a list, in which "pk" is the number of a record and "fields"
what it holds. A file that belongs to a record lies, as it was when you kept it, in "files", in a folder for its kind.
Times are in UTC, as ISO 8601 writes them. Any text editor opens the files; a spreadsheet program reads
them through its import of JSON. Forethought is not needed to read them.

Written by Forethought {version}.
"""


def everything(vault: Vault, now: datetime) -> Iterator[bytes]:
    """Yield a zip with a file of records for each kind, every sealed file opened, and a note on how to read them.

    A file that is damaged comes as far as it can be read, and is named in a note at the end.
    """
    made = _Stream()
    damaged = []
    with ZipFile(made, "w", ZIP_DEFLATED) as archive:  # type: ignore[call-overload] # it asks only for these
        archive.writestr("READ ME.txt", _READ_ME.format(when=f"{now:%d %B %Y at %H:%M}", version=__version__))
        for name, records in _tables():
            archive.writestr(name, records)
            yield made.taken()
        for kind, record in vault.sealed_records():
            name = f"files/{kind}/{record}"
            try:
                with archive.open(name, "w", force_zip64=True) as file:
                    for part in vault.unseal(kind, record):
                        file.write(part)
                        yield made.taken()
            except (DamagedVaultError, OSError) as error:
                damaged.append(f"{name}: {error}")
        if damaged:
            archive.writestr("COULD NOT BE READ.txt", "\n".join(damaged))
    yield made.taken()


def _tables() -> Iterator[tuple[str, str]]:
    """Yield the name and the JSON of each kind of record."""
    for model in apps.get_models():
        records = serializers.serialize("python", model._default_manager.order_by("pk"))
        name = f"{model._meta.app_label}-{model._meta.model_name}.json"
        yield name, json.dumps(records, indent=1, ensure_ascii=False, default=str)


class _Stream:
    """What the zip is written to; what was written is taken from it again and again."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, part: bytes) -> int:
        self._held += part
        return len(part)

    def flush(self) -> None:
        """Nothing waits elsewhere."""

    def taken(self) -> bytes:
        held = bytes(self._held)
        self._held.clear()
        return held
