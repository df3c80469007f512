"""Timestamps in a pack: OpenSSL confirms them by the README's own words, and whatever was changed in one is named."""

import re
import shlex
import shutil
import subprocess
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from authority import sequence
from packs_made import NOW, Ledger, hashed_anew, members, packed, run_verifier, small, written

from forethought.incidents.packs import Case, StampFile, check_pack

pytestmark = pytest.mark.skipif(not shutil.which("openssl"), reason="OpenSSL is not installed")
CONFIG = """
[tsa]
default_tsa = one
[one]
serial = serial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256
accuracy = secs:1
ess_cert_id_chain = no
ess_cert_id_alg = sha256
[extensions]
extendedKeyUsage = critical,timeStamping
"""


def openssl(folder: Path, *words: str) -> None:
    """Run OpenSSL in a folder."""
    subprocess.run(["openssl", *words], cwd=folder, capture_output=True, check=True)


def authority(folder: Path, days: int = 365) -> Path:
    """Make a timestamp authority with a root of its own in a folder."""
    folder.mkdir()
    (folder / "tsa.cnf").write_text(CONFIG, encoding="utf-8")
    (folder / "serial").write_text("01", encoding="utf-8")
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl(folder, "req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/CN=Root", "-days", "999")
    openssl(folder, "req", *curve, "-keyout", "tsa.key", "-out", "tsa.csr", "-subj", "/CN=Authority")
    openssl(folder, "x509", "-req", "-in", "tsa.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial", "-out",
            "tsa.pem", "-days", str(days), "-extfile", "tsa.cnf", "-extensions", "extensions")  # fmt: skip
    return folder


def stamped(folder: Path, text: str) -> bytes:
    """Return the authority's answer for a text."""
    (folder / "text").write_text(text, encoding="utf-8")
    openssl(folder, "ts", "-query", "-data", "text", "-sha256", "-cert", "-out", "query")
    openssl(folder, "ts", "-reply", "-config", "tsa.cnf", "-queryfile", "query", "-signer", "tsa.pem", "-inkey",
            "tsa.key", "-chain", "ca.pem", "-out", "reply")  # fmt: skip
    return (folder / "reply").read_bytes()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority."""
    return authority(tmp_path_factory.mktemp("stamps") / "tsa")


def stamp(house: Path, case: Case) -> StampFile:
    """Return a timestamp over a case's head."""
    token = stamped(house, case.head.text)
    return StampFile(NOW, "Test authority", len(case.links), token, (house / "ca.pem").read_bytes())


@pytest.fixture
def ledger() -> Ledger:
    """A ledger."""
    return small()


@pytest.fixture
def pack(house: Path, ledger: Ledger) -> dict[str, bytes]:
    """A pack with a stamp over a head from before its last event."""
    first = stamp(house, ledger.case())
    ledger.item(b"after the stamp", "later.png")
    return members(packed(ledger.case((first,))))


def test_openssl_confirms_it(pack: dict[str, bytes], tmp_path: Path) -> None:
    """The command that the README gives, run as it stands, says that the stamp is good."""
    folder = written(pack, tmp_path / "pack")
    command = re.search(r"^ +(openssl ts -verify .+)$", (folder / "README.txt").read_text(encoding="utf-8"), re.M)
    assert command
    done = subprocess.run(shlex.split(command[1]), cwd=folder, capture_output=True, text=True)
    assert (0, True) == (done.returncode, "Verification: OK" in done.stdout)


def test_the_verifier_asks_openssl(pack: dict[str, bytes], tmp_path: Path) -> None:
    """Where OpenSSL is installed the verifier tells the stamp's time, and finds no fault."""
    done = run_verifier(written(pack, tmp_path / "pack"))
    assert (0, True) == (done.returncode, "stamps/01.tsr: OpenSSL finds the timestamp good" in done.stdout)


def test_without_openssl_the_rest_is_checked(
    pack: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where OpenSSL is missing the verifier says what to run elsewhere, and checks everything else."""
    monkeypatch.setenv("PATH", str(tmp_path))
    report = check_pack(written(pack, tmp_path / "pack"))
    assert ([], True) == (report.faults, any("OpenSSL is not installed" in note for note in report.notes))


@pytest.mark.parametrize("place", [20, 400, -20])
def test_a_changed_token_is_named(pack: dict[str, bytes], tmp_path: Path, place: int) -> None:
    """A token with one bit changed, all hashes of files made anew, is named."""
    token = bytearray(pack["stamps/01.tsr"])
    token[place] ^= 1
    report = check_pack(written(hashed_anew(pack | {"stamps/01.tsr": bytes(token)}), tmp_path / "pack"))
    assert ["stamps/01.tsr"] == [fault.where for fault in report.faults]


def test_another_authoritys_root_does_not_do(pack: dict[str, bytes], tmp_path: Path) -> None:
    """A stamp is not good by the root of another authority."""
    other = (authority(tmp_path / "other") / "ca.pem").read_bytes()
    report = check_pack(written(hashed_anew(pack | {"stamps/01-roots.pem": other}), tmp_path / "pack"))
    assert ["stamps/01.tsr"] == [fault.where for fault in report.faults]


def test_a_stamp_for_another_chain_is_named(house: Path, pack: dict[str, bytes], tmp_path: Path) -> None:
    """A good stamp over a head that this chain does not lead through is named by its head."""
    head = small().case().head.text
    changed = {"stamps/01-head.txt": head.encode(), "stamps/01.tsr": stamped(house, head)}
    report = check_pack(written(hashed_anew(pack | changed), tmp_path / "pack"))
    assert ["stamps/01-head.txt"] == [fault.where for fault in report.faults]


def test_a_missing_part_is_named(pack: dict[str, bytes], tmp_path: Path) -> None:
    """A stamp without its certificates is named, though hashes.txt no longer asks for them."""
    files = hashed_anew({name: content for name, content in pack.items() if name != "stamps/01-roots.pem"})
    report = check_pack(written(files, tmp_path / "pack"))
    assert ["stamps/01-roots.pem"] == [fault.where for fault in report.faults]


def test_the_words_say_what_a_stamp_shows(pack: dict[str, bytes], ledger: Ledger) -> None:
    """With a stamp the statement names authority, time and reach; without, that nobody confirmed the times."""
    with_stamp, without = pack["statement.txt"].decode(), members(packed(ledger.case()))["statement.txt"].decode()
    assert "event up to number 8" in with_stamp
    assert "3 November 2026, 09:30 UTC, according to Test authority" in with_stamp
    assert "according to" not in without
    assert "Nobody outside confirmed" in without


def test_an_expired_certificate_counts_as_it_stood(
    pack: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stamp whose certificate has expired since is judged at its own time, and that is told."""
    path = tmp_path / "bin"
    path.mkdir()
    later = int((datetime.now() + timedelta(days=5000)).timestamp())
    real = shutil.which("openssl")
    (path / "openssl").write_text(
        f'#!/bin/sh\ncase "$*" in *-attime*|*-reply*) exec {real} "$@";; *) exec {real} "$@" -attime {later};; esac\n'
    )
    (path / "openssl").chmod(0o755)
    monkeypatch.setenv("PATH", str(path))
    report = check_pack(written(pack, tmp_path / "pack"))
    assert ([], True) == (report.faults, any("has expired since" in note for note in report.notes))


def test_a_damaged_token_in_the_zip_file_is_named(house: Path, ledger: Ledger, tmp_path: Path) -> None:
    """A token whose bytes were changed within the zip file is named, and the check goes on to its end."""
    token = stamp(house, ledger.case())
    whole, path = packed(ledger.case((token,))), tmp_path / "pack.zip"
    place = whole.index(token.token) + 100
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
    report = check_pack(path)
    assert ({"the zip file", "stamps/01.tsr"}, 8) == ({fault.where for fault in report.faults}, report.events)


def test_a_false_time_in_front_of_a_good_one_is_not_told(pack: dict[str, bytes], tmp_path: Path) -> None:
    """A true stamp whose unsigned status text was made to look like an earlier time is told with its own time."""
    own = re.search(r"Its time \(UTC\): ([\w :]+)", " ".join(check_pack(written(pack, tmp_path / "true")).notes))
    false = b"x\nTime stamp: Jan  1 00:00:00 2020 GMT\n"
    token = pack["stamps/01.tsr"]
    status = sequence(b"\x02\x01\x00" + sequence(b"\x0c" + bytes([len(false)]) + false))
    forged = sequence(status + token[token.index(b"\x30\x03\x02\x01\x00") + 5 :])
    report = check_pack(written(hashed_anew(pack | {"stamps/01.tsr": forged}), tmp_path / "pack"))
    assert own
    assert [] == report.faults
    assert [True] == [own[1] in note for note in report.notes if note.startswith("stamps/01.tsr")]
