"""Packs and the vault: a pack of what is kept checks out, and it is noted only once it was wholly given."""

from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pyrage
import pytest
from at_the_desk import DOOR
from django.test import Client
from packs_made import members

from forethought.incidents import keeping
from forethought.incidents.fields import said
from forethought.incidents.keeping.packs import case_of, hand_over, keep_stamp
from forethought.incidents.models import Incident
from forethought.incidents.packs import Pack, StampFile, build, check_pack, choose, recipient
from forethought.vault import WeakPassphraseError

NOW = datetime(2026, 11, 3, 9, 30, tzinfo=UTC)
PASSPHRASE = "teapot lantern gravel moth"


@pytest.fixture
def incident(client: Client) -> Incident:
    """An incident with three items, of which one was corrected and one removed."""
    made = keeping.open_incident("Messages", said(title="Messages after the workshop"), NOW)
    items = [
        keeping.add_item(
            DOOR.vault, made, [content, b"!" * 100_000], said(kind="message", name="m.txt", client="no"), NOW
        )
        for content in (b"one", b"two", b"three")
    ]
    assert items[1].fields is not None
    keeping.correct(made, items[1].record, items[1].fields | said(words="two"), NOW)
    keeping.remove(DOOR.vault, made, items[2].record, "it was another's", NOW)
    return made


def pack_of(incident: Incident, to: str = "police") -> Pack:
    """Return a pack that is ready to be given."""
    case = case_of(DOOR.vault, incident)
    return build(case, choose(case, recipient(to)), NOW)


@pytest.mark.parametrize("to", ["police", "platform", "myself"])
def test_a_pack_of_the_vault_checks_out(incident: Incident, tmp_path: Path, to: str) -> None:
    """A pack of what the vault keeps, with a correction and a removal in its chain, has no fault or remark."""
    path = tmp_path / "pack.zip"
    path.write_bytes(b"".join(pack_of(incident, to)))
    report = check_pack(path, [keeping.head_of(incident).text])
    assert ([], [], incident.length) == (report.faults, report.notes, report.events)
    assert b"one" + b"!" * 100_000 == members(path.read_bytes())["originals/0001-message.txt"]


def test_it_is_noted_once_it_was_given(incident: Incident) -> None:
    """After the last byte the ledger has an event with the recipient, items, hash, pack number and reason."""
    pack = pack_of(incident)
    content = b"".join(hand_over(incident, pack, NOW, "they asked for it"))
    noted = keeping.records(incident, "pack").get()
    assert ["police", "1, 2", sha256(content).hexdigest(), pack.number, "they asked for it"] == [
        noted.value(name) for name in ("recipient", "items", "sha256", "pack_number", "reason")
    ]
    assert [] == keeping.verify(DOOR.vault, incident)


def test_it_is_not_noted_where_it_was_cut_short(incident: Incident) -> None:
    """A pack that was given in part, up to its last byte but one part, leaves no event."""
    parts = list(pack_of(incident))
    given = hand_over(incident, pack_of(incident), NOW)
    for _ in parts:
        next(given)
    given.close()
    assert 0 == keeping.records(incident, "pack").count()


def test_it_is_not_noted_where_it_failed(incident: Incident) -> None:
    """A pack that an unreadable item stopped leaves no event."""
    item = keeping.records(incident, "item").first()
    DOOR.vault.sealed_file(keeping.ITEM, item.record).unlink()
    with pytest.raises(FileNotFoundError):
        list(hand_over(incident, pack_of(incident), NOW))
    assert 0 == keeping.records(incident, "pack").count()


def test_a_sealed_pack_is_noted_as_it_was_given(incident: Incident, tmp_path: Path) -> None:
    """With a passphrase the age file is given, its own hash is noted, and the pack is in it."""
    sealed = b"".join(hand_over(incident, pack_of(incident), NOW, "", PASSPHRASE))
    assert sha256(sealed).hexdigest() == keeping.records(incident, "pack").get().value("sha256")
    (tmp_path / "pack.zip").write_bytes(pyrage.passphrase.decrypt(sealed, PASSPHRASE))
    assert [] == check_pack(tmp_path / "pack.zip").faults


def test_a_weak_passphrase_is_refused_at_once(incident: Incident) -> None:
    """The refusal comes before the first byte is asked for, so that a page can still show it."""
    with pytest.raises(WeakPassphraseError):
        hand_over(incident, pack_of(incident), NOW, "", "moth")


def test_a_kept_stamp_goes_into_the_pack(incident: Incident) -> None:
    """A timestamp that was kept comes out as it was, over the head that it was made for."""
    length, head = incident.length, keeping.head_of(incident)
    stamp = StampFile(NOW, "Test authority", length, b"\x30\x00token", b"-----BEGIN CERTIFICATE-----\n")
    keep_stamp(incident, stamp, NOW)
    assert (stamp,) == case_of(DOOR.vault, incident).stamps
    files = members(b"".join(pack_of(incident)))
    assert (stamp.token, stamp.roots, head.text.encode()) == (
        files["stamps/01.tsr"],
        files["stamps/01-roots.pem"],
        files["stamps/01-head.txt"],
    )


def test_nothing_is_written_on_the_way(incident: Incident, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building a pack leaves no file of the items, plain or not, in the folder for temporary files."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    for _ in pack_of(incident):
        assert [] == list(tmp_path.rglob("*"))
