"""Starting the desk: on this device's own address, on a free port, with one link to come in by."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from forethought.desk.door import Door
from forethought.desk.settings import HOST, LARGEST_UPLOAD, settings
from forethought.vault import Vault
from forethought.vault.backup import settle

THREADS = 6
SPOOLED = 2**62  # bytes; nothing is this large, so all of it stays in memory
WARM_UP_AFTER = 1.5  # seconds: the first page comes before the reader is loaded
WATCH = 5.0  # seconds between looks at whether anybody is there


@dataclass(frozen=True, slots=True)
class Desk:
    """A desk that listens; `serve` answers until it is stopped."""

    door: Door
    link: str
    serve: Callable[[], None]


@contextmanager
def desk(folder: Path, port: int = 0) -> Iterator[Desk]:
    """Make a desk for the vault in `folder` that listens on `port`, or on a free one; lock the vault at the end.

    Raises OSError where the port is taken or the folder cannot be made.
    """
    settle(folder)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    listening = socket.create_server((HOST, port))
    door = Door(Vault(folder), listening.getsockname()[1])
    server = _server(door, listening)
    threading.Thread(target=_watch, args=(door,), daemon=True).start()
    later = threading.Timer(WARM_UP_AFTER, _warm_up)
    later.daemon = True
    later.start()
    try:
        yield Desk(door, f"http://{HOST}:{door.port}/enter/{door.new_link()}/", server.run)
    finally:
        server.close()
        door.vault.lock()


def prepared(vault: Vault) -> None:
    """Make Django ready to work on an open vault, without a desk, and bring what is kept up to this version."""
    import django
    from django.conf import settings as configured
    from django.core.management import call_command

    configured.configure(**settings(Door(vault, 0)))
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _server(door: Door, listening: socket.socket) -> Any:
    import django
    from django.conf import settings as configured
    from django.core.wsgi import get_wsgi_application
    from waitress import create_server

    configured.configure(**settings(door))
    django.setup()
    return create_server(
        get_wsgi_application(),
        sockets=[listening],
        threads=THREADS,
        max_request_body_size=LARGEST_UPLOAD,
        inbuf_overflow=SPOOLED,  # what is larger would be written to a plain file
        outbuf_overflow=SPOOLED,
        ident=None,
        clear_untrusted_proxy_headers=True,
    )


def _watch(door: Door) -> None:
    """Lock the vault when nobody has been at the desk for a while, also where no request comes to tell."""
    while True:
        time.sleep(WATCH)
        door.lock_if_idle()


def _warm_up() -> None:
    """Read a draft before the person does, so that the first check is as quick as the next."""
    from forethought.desk.drafts import check, draft, every_document

    check(draft("Mondays are for paperwork.", {}, ()), every_document(), ())
