"""The same models on SQLCipher and on PostgreSQL: migrations there and back, and what is kept comes out unchanged."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

SERVERS = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
SCRIPT = """
import json, sys
from datetime import UTC, datetime
from pathlib import Path
from django.conf import settings as configured
from forethought.desk.door import Door
from forethought.desk.settings import settings
from forethought.vault import Vault

vault, other = Vault(Path(sys.argv[1])), json.loads(sys.argv[2])
vault.create("teapot lantern gravel moth")
configured.configure(**settings(Door(vault, 4321)) | ({"DATABASES": {"default": other}} if other else {}))
import django
django.setup()
from django.core.management import call_command
from django.db import connection
from forethought.accounts.models import Account
from forethought.clients.models import Client, Form
from forethought.desk.models import HeldDraft, Profile, SetAside
from forethought.footprint import figures, keeping, weaving
from forethought.footprint.models import Archive, Entry, Thread, Trouble
from forethought.footprint.views import picked
from forethought.supervision.models import Note

call_command("makemigrations", check=True, dry_run=True, verbosity=0)
for target in ({}, {"app_label": "desk", "migration_name": "zero"}, {}):
    call_command("migrate", verbosity=0, interactive=False, **target)
now, text = datetime(2030, 1, 2, 3, 4, 5, 678, tzinfo=UTC), "naïve \\U0001f60a 'quoted' \\\\ %s"
Profile(bodies=["bacp", "babcp"]).save()
Account.objects.create(name=text)
HeldDraft.objects.create(text=text * 1_000, context={"reply_to": text}, made=now, until=now)
SetAside.objects.create(rule="a/b", words=text, reason=text, severity="stop", made=now)
Note.objects.bulk_create(Note(title=str(n), shown=text, noticed=[{"title": text}], made=now) for n in range(500))
held, note = HeldDraft.objects.get(), Note.objects.filter(title__iregex="^49[89]$").first()
assert (text * 1_000, {"reply_to": text}, now) == (held.text, held.context, held.made)
assert ([{"title": text}], now) == (note.noticed, note.made)
assert ["bacp", "babcp"] == Profile.current().bodies
assert 1 == HeldDraft.objects.filter(context__reply_to=text).count()
archive = Archive.objects.create(name=text, source="s", platform="x", form="json", confidence=0.5, begun=now)
Trouble.objects.create(archive=archive, source="s", member=text, what=text)
found = [{"rule": "a/b", "severity": "stop", "spans": [[0, 1]]}]
given = {"archive": archive, "platform": "x", "kind": "post", "member": text, "created": now}
kept = [Entry(key=str(n), text=text, verdict="stop", findings=found, checked="1", **given) for n in range(500)]
kept += [Entry(key="waits", text=text, **given), Entry(key="empty", **given)]
for _ in range(2):
    Entry.objects.bulk_create(kept, ignore_conflicts=True)
assert 502 == Entry.objects.count()
Entry.objects.filter(key="7").update(before={"verdict": "clear"}, clue={"weight": 1.0})
assert ["7"] == [entry.key for entry in picked({"changed": "yes", "rule": "a/b", "year": "2030", "words": "Quoted"})]
assert ["7"] == [entry.key for entry in weaving.telling()]
assert 501 == keeping.to_review("lexical").count()
assert {(2030, 1): {"stop": 500, "": 2}} == figures.by_month(Entry.objects.all())
thread = Thread.objects.create(about=text, identifying=True, low=1, high=9, details=[["7", "job", 0, text]], made=now)
thread.entries.set(Entry.objects.all()[:2])
assert [["7", "job", 0, text]] == Thread.objects.get().details
archive.delete()
assert (0, 0, 1) == (Entry.objects.count(), Trouble.objects.count(), Thread.objects.count())
client = Client.objects.create(reference="C-01", added=now.date())
Form.objects.bulk_create([Form(client=client, kind="full", fingerprint=bytes(range(16)))] * 2, ignore_conflicts=True)
assert ["C-01"] == list(Form.objects.filter(fingerprint=bytes(range(16))).values_list("client__reference", flat=True))
client.delete()
assert 0 == Form.objects.count()
print(connection.display_name)
"""


def kept_in(folder: Path, other: str) -> str:
    """Run the script over a vault in `folder`, or over another database, and return what the database calls itself."""
    command = [sys.executable, "-W", "error", "-c", SCRIPT, str(folder), other]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert 0 == done.returncode, done.stderr
    return done.stdout.strip()


def test_on_sqlcipher(tmp_path: Path) -> None:
    """On the vault's database."""
    assert "SQLCipher" == kept_in(tmp_path / "vault", "null")
    left = b"".join(path.read_bytes() for path in (tmp_path / "vault").rglob("*") if path.is_file())
    assert b"quoted" not in left


@pytest.fixture
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A PostgreSQL server of its own, reached by a socket in the folder that is returned."""
    pytest.importorskip("psycopg")
    if not SERVERS:
        pytest.skip("there is no PostgreSQL on this computer")
    folder = tmp_path_factory.mktemp("postgres")
    owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    if owner:
        shutil.chown(folder, "postgres")
        for parent in folder.parents:
            if parent.stat().st_mode & 0o001 == 0:
                parent.chmod(parent.stat().st_mode | 0o011)

    def run(tool: str, *words: str) -> None:
        subprocess.run([*owner, str(SERVERS[-1] / tool), *words], check=True, capture_output=True)

    run("initdb", "-D", str(folder / "data"), "-U", "desk", "-A", "trust")
    listening = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    run("pg_ctl", "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", listening, "start")
    yield folder
    run("pg_ctl", "-D", str(folder / "data"), "-m", "immediate", "stop")


def test_on_postgresql(postgres: Path, tmp_path: Path) -> None:
    """On PostgreSQL, as organisations use it."""
    other = f'{{"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "desk", "HOST": "{postgres}"}}'
    assert "PostgreSQL" == kept_in(tmp_path / "vault", other)
