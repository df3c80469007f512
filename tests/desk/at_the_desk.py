"""What the desk's tests share: one desk for the whole run, browsers, and a draft as the check page sends it."""

import tempfile
from pathlib import Path

import django
from django.conf import settings as configured

from forethought.desk.door import Door
from forethought.desk.settings import settings
from forethought.vault import Vault

PASSPHRASE = "teapot lantern gravel moth"
HOME = Path(tempfile.mkdtemp(prefix="desk-"))
DOOR = Door(Vault(HOME / "vault"), 4321)
configured.configure(**settings(DOOR))
django.setup()

from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

setup_test_environment()  # pages tell what they were made of


def browser(**extra: object) -> Client:
    """Return a browser that asks for pages under the desk's address."""
    return Client(headers={"Host": f"127.0.0.1:{DOOR.port}"}, **extra)  # type: ignore[arg-type]


def draft(text: str) -> dict[str, str]:
    """Return a draft as the check page sends it."""
    return {
        "text": text, "account": "professional", "audience": "public", "platform": "other", "role": "counsellor",
        "reply_to": "", "pictures": "0", "descriptions": "",
    }  # fmt: skip
