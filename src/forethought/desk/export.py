"""Everything that is kept, in plain form: a zip of JSON that any program can read, and of the files as they were."""

import io
import json
import zipfile
from datetime import datetime

from django.apps import apps
from django.core import serializers

from forethought import __version__
from forethought.vault import Vault

_READ_ME = """Everything that Forethought kept for you, on {when}, in plain form.

Nothing here is encrypted: keep it as carefully as a client record, and delete it when you are done.

Each file holds the records of one kind as JSON (UTF-8): a list, in which "pk" is the number of a record and "fields"
what it holds. A file that belongs to a record lies, as it was when you kept it, in "files", in a folder for its kind.
Times are in UTC, as ISO 8601 writes them. Any text editor opens the files; a spreadsheet program reads
them through its import of JSON. Forethought is not needed to read them.

Written by Forethought {version}.
"""


def everything(vault: Vault, now: datetime) -> bytes:
    """Return a zip with a file of records for each kind, every sealed file opened, and a note on how to read them."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("READ ME.txt", _READ_ME.format(when=f"{now:%d %B %Y at %H:%M}", version=__version__))
        for model in apps.get_models():
            records = serializers.serialize("python", model._default_manager.order_by("pk"))
            content = json.dumps(records, indent=1, ensure_ascii=False, default=str)
            archive.writestr(f"{model._meta.app_label}-{model._meta.model_name}.json", content)
        for kind, record in vault.sealed_records():
            with archive.open(f"files/{kind}/{record}", "w") as file:
                for part in vault.unseal(kind, record):
                    file.write(part)
    return made.getvalue()
