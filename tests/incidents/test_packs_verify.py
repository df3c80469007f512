"""The verifier in each pack: it needs nothing but Python, and whatever was tampered with it finds and names."""

import ast
import json
import random
import subprocess
import zipfile
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import pytest
from packs_made import KEY, hashed_anew, members, packed, run_verifier, small, unpacked, written

from forethought.incidents.ledger import Head, canonical, committed, start
from forethought.incidents.packs import NotAPackError, Report, check_pack
from forethought.incidents.packs.building import VERIFIER
from forethought.incidents.packs.verify_pack import main

Files = dict[str, bytes]
PACK = packed(small().case())
FILES = members(PACK)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack that was unpacked."""
    return unpacked(PACK, tmp_path / "pack")


def found(report: Report) -> set[str]:
    """Return where faults were found."""
    return {fault.where for fault in report.faults}


def checked(files: Files, folder: Path, *heads: str) -> Report:
    """Return what is found in files that are written into a folder."""
    return check_pack(written(files, folder), heads)


class TestClean:
    def test_a_stranger_checks_it_with_python_alone(self, folder: Path) -> None:
        """In a clean folder, with an empty environment and no package at hand, the pack's verifier finds no fault."""
        without = subprocess.run(
            [*run_verifier(folder).args[:3], "-c", "import forethought"], env={}, cwd=folder, capture_output=True
        )
        done = run_verifier(folder)
        assert (1, 0, "") == (without.returncode, done.returncode, done.stderr)
        assert "No fault found. 8 events in the chain." in done.stdout

    def test_it_checks_the_zip_file_as_it_came(self, folder: Path, tmp_path: Path) -> None:
        """The same program checks the zip file, and says the pack number."""
        path = tmp_path / "pack.zip"
        path.write_bytes(PACK)
        done = run_verifier(folder, str(path))
        assert (0, True) == (done.returncode, sha256(FILES["hashes.txt"]).hexdigest() in done.stdout)

    def test_coreutils_find_it_whole(self, folder: Path) -> None:
        """`sha256sum -c` finds every file as it was, and its own list has all but two of them."""
        done = subprocess.run(["sha256sum", "--strict", "-c", "hashes.txt"], cwd=folder, capture_output=True, text=True)
        assert (0, len(FILES) - 2) == (done.returncode, done.stdout.count(": OK"))

    def test_every_zip_program_can_read_it(self, tmp_path: Path) -> None:
        """The zip file has no fault of its own, and nothing in it is compressed."""
        path = tmp_path / "pack.zip"
        path.write_bytes(PACK)
        with zipfile.ZipFile(path) as opened:
            assert (None, {0}) == (opened.testzip(), {each.compress_type for each in opened.infolist()})

    def test_older_python_can_run_it(self) -> None:
        """The verifier is written in the language as it was in Python 3.8, and imports nothing but the library."""
        tree = ast.parse(VERIFIER.read_text(encoding="utf-8"), feature_version=(3, 8))
        assert not any(
            isinstance(node, ast.ImportFrom) and "forethought" in (node.module or "") for node in ast.walk(tree)
        )


class TestZipFile:
    def test_any_flipped_byte_is_found(self, tmp_path: Path) -> None:
        """Wherever a byte of the zip file is changed, it is found; where it lies in a member, that is named."""
        rng, path = random.Random(1), tmp_path / "pack.zip"
        with zipfile.ZipFile(_saved(path)) as opened:
            infos, listed = opened.infolist(), opened.start_dir
        ends = [*(each.header_offset for each in infos[1:]), listed]
        edges = [each.header_offset + at for each in infos for at in (0, 6, 14, 22, 29, 31)]
        edges += [end - back for end in ends for back in (1, 8, 16)]
        places = {
            *rng.sample(range(len(PACK)), 400),
            *edges,
            *range(listed, len(PACK), 7),
            *range(len(PACK) - 110, len(PACK)),
        }
        missed = []
        for place in sorted(places):
            changed = bytearray(PACK)
            changed[place] ^= 1 << rng.randrange(8)
            path.write_bytes(changed)
            where = found(check_pack(path))
            inside = next((info.filename for info, end in zip(infos, ends, strict=True) if place < end), "")
            if not where or (inside and inside not in where):
                missed.append((place, inside, where))
        assert [] == missed

    def test_every_byte_of_the_structure_counts(self, tmp_path: Path) -> None:
        """Each byte of the list of members and of the end record, changed by itself, is found."""
        path = _saved(tmp_path / "pack.zip")
        with zipfile.ZipFile(path) as opened:
            listed = opened.start_dir
        missed = []
        for place in range(listed, len(PACK)):
            path.write_bytes(PACK[:place] + bytes([PACK[place] ^ 0x20]) + PACK[place + 1 :])
            if not check_pack(path).faults:
                missed.append(place)
        assert [] == missed

    @pytest.mark.parametrize("change", [lambda pack: b"x" + pack, lambda pack: pack + b"x", lambda pack: pack[:-1],
                                        lambda pack: pack[: len(pack) // 2], lambda pack: b"PK"])  # fmt: skip
    def test_more_or_less_is_found(self, tmp_path: Path, change: Callable[[bytes], bytes]) -> None:
        """Bytes before, after, or cut off are found."""
        path = tmp_path / "pack.zip"
        path.write_bytes(change(PACK))
        assert "the zip file" in found(check_pack(path))

    def test_packed_anew_is_told_from_changed(self, tmp_path: Path) -> None:
        """A pack that somebody compressed again is not opened, and its zip file is named as another."""
        with zipfile.ZipFile(tmp_path / "pack.zip", "w", zipfile.ZIP_DEFLATED) as anew:
            for name, content in FILES.items():
                anew.writestr(name, content)
        where = found(check_pack(tmp_path / "pack.zip"))
        assert {"the zip file", "chain.jsonl"} <= where


def _saved(path: Path) -> Path:
    path.write_bytes(PACK)
    return path


class TestHostile:
    @pytest.mark.parametrize(
        "name", ["../x", "/etc/x", "a/../../x", "C:\\x", "a\\b", "a/b/c", "\x1b[2Jx", "x\n", "originals/.."]
    )
    def test_a_name_that_leads_out_is_refused(self, tmp_path: Path, name: str) -> None:
        """A member whose name leads elsewhere is named and not opened, and nothing is written."""
        path = tmp_path / "in" / "pack.zip"
        path.parent.mkdir()
        with zipfile.ZipFile(path, "w") as made:
            for each, content in FILES.items():
                made.writestr(each, content)
            info = zipfile.ZipInfo("x")
            info.filename = name
            made.writestr(info, b"hostile")
        assert any("none that a pack has" in fault.what for fault in check_pack(path).faults if fault.where == name)
        assert [path] == [each for each in tmp_path.rglob("*") if each.is_file()]

    def test_a_bomb_is_not_opened(self, tmp_path: Path) -> None:
        """A member that would unpack to far more than it takes is refused by its form."""
        with zipfile.ZipFile(tmp_path / "pack.zip", "w") as made:
            made.writestr("hashes.txt", FILES["hashes.txt"])
            made.writestr("chain.jsonl", b"\0" * 50_000_000, zipfile.ZIP_DEFLATED)
        report = check_pack(tmp_path / "pack.zip")
        assert any("not opened" in fault.what for fault in report.faults if fault.where == "chain.jsonl")

    def test_a_link_is_refused(self, folder: Path) -> None:
        """A link in place of a file is named, even where it leads to the very same bytes."""
        (folder.parent / "elsewhere").write_bytes(FILES["head.txt"])
        (folder / "head.txt").unlink()
        (folder / "head.txt").symlink_to(folder.parent / "elsewhere")
        assert any("a link" in fault.what for fault in check_pack(folder).faults if fault.where == "head.txt")

    def test_a_name_that_is_there_twice_is_named(self, tmp_path: Path) -> None:
        """Two members of one name are a fault, whichever of them a program would read."""
        with zipfile.ZipFile(tmp_path / "pack.zip", "w") as made:
            for name, content in FILES.items():
                made.writestr(name, content)
            with pytest.warns(UserWarning, match="Duplicate"):
                made.writestr("seal.txt", FILES["seal.txt"])
        faults = check_pack(tmp_path / "pack.zip").faults
        assert any("there twice" in fault.what for fault in faults if fault.where == "seal.txt")

    @pytest.mark.parametrize("name", ["HASHES.txt", "hashes.txt.", "Verify.py"])
    def test_a_name_that_some_systems_take_for_another_is_named(self, tmp_path: Path, name: str) -> None:
        """A file that would lie in another's place once it is unpacked is a fault, though hashes.txt names it."""
        path, files = tmp_path / "pack.zip", hashed_anew(FILES | {name: b"another"})
        with zipfile.ZipFile(path, "w") as made:
            for each, content in files.items():
                made.writestr(each, content)
        twice = {fault.where for fault in check_pack(path).faults if "there twice" in fault.what}
        assert [name.lower().rstrip(".")] == [each.lower().rstrip(".") for each in twice]

    @pytest.mark.parametrize(
        "line", [b"[" * 100_000, b"{}", b'{"event":1}', b"\xff\xfe", b"null", b"1e999", b'{"a":NaN}']
    )
    @pytest.mark.parametrize("name", ["chain.jsonl", "records.jsonl"])
    def test_odd_lines_are_named(self, tmp_path: Path, name: str, line: bytes) -> None:
        """A line that is no event or record is named, whatever it is."""
        files = hashed_anew(FILES | {name: FILES[name] + line + b"\n"})
        assert name in found(checked(files, tmp_path / "pack"))

    def test_nothing_acts_on_the_screen(self, tmp_path: Path) -> None:
        """Escape sequences, in what was kept and in the names of files, do not reach the verifier's output."""
        ledger = small()
        ledger.item(b"odd", name="\x1b]0;owned\x07.png", words="\x1b[31mred\x1b[0m", title="\u202eabc")
        folder = unpacked(packed(ledger.case()), tmp_path / "pack")
        (folder / "\x1b[2J\u202e.txt").write_bytes(b"x")
        done = run_verifier(folder)
        assert (1, True) == (done.returncode, done.stdout.replace("\n", "").isprintable() and done.stdout.isascii())
        assert "?[2J" in done.stdout

    def test_systems_own_files_are_a_remark(self, folder: Path) -> None:
        """A file that a system leaves behind when a folder is looked at is no fault, and is told."""
        (folder / ".DS_Store").write_bytes(b"x")
        report = check_pack(folder)
        assert ([], True) == (report.faults, any(".DS_Store" in note for note in report.notes))


def _tampered(rng: random.Random, files: Files) -> tuple[str, Files]:
    """Return a pack's files after one tampering, and the name that has to be told."""
    name, way = rng.choice(sorted(files)), rng.choice(["flip", "remove", "add", "cut", "swap", "rename"])
    content = files[name]
    if way == "flip":
        at = rng.randrange(len(content))
        return name, files | {name: content[:at] + bytes([content[at] ^ 1 << rng.randrange(8)]) + content[at + 1 :]}
    if way == "remove":
        return name, {each: kept for each, kept in files.items() if each != name}
    if way == "add":
        new = rng.choice(["originals/0009-page.html", "more.txt", "stamps/09.tsr"])
        return new, files | {new: rng.randbytes(20)}
    if way == "cut":
        return name, files | {name: content[: rng.randrange(len(content))]}
    other = rng.choice([each for each in sorted(files) if each != name])
    if way == "swap":
        return name, files | {name: files[other], other: content}
    return name, {(f"{name}.bak" if each == name else each): kept for each, kept in files.items()}


class TestFolder:
    def test_tamperings_are_found_and_named(self, tmp_path: Path) -> None:
        """Two hundred random changes to the files of an unpacked pack are each found, and each names the file."""
        rng, missed = random.Random(2), []
        for _ in range(200):
            name, files = _tampered(rng, FILES)
            if name not in found(checked(files, tmp_path / "pack")):
                missed.append(name)
        assert [] == missed

    def test_each_result_has_its_status(self, folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """The verifier ends with 1 where it found a fault, and with 2 where it could not look."""
        (folder / "head.txt").write_bytes(b"x")
        (tmp_path / "empty").mkdir()
        runs = [
            run_verifier(folder),
            run_verifier(folder, str(tmp_path / "empty")),
            run_verifier(folder, str(tmp_path / "no")),
        ]
        assert [1, 2, 2] == [each.returncode for each in runs]
        assert "FAULT: head.txt" in runs[0].stdout

    def test_no_pack_at_all(self, tmp_path: Path) -> None:
        """An empty folder is no pack, rather than a pack without a fault."""
        with pytest.raises(NotAPackError):
            check_pack(tmp_path)


def _lines(files: Files) -> list[bytes]:
    return files["chain.jsonl"].splitlines(keepends=True)


def _events(rng: random.Random, lines: list[bytes]) -> list[bytes]:
    """Return a chain after one tampering with its events."""
    at, way = rng.randrange(len(lines) - 1), rng.choice(["remove", "swap", "double", "change", "insert", "cut"])
    if way == "remove":
        return lines[:at] + lines[at + 1 :]
    if way == "swap":
        return [*lines[:at], lines[at + 1], lines[at], *lines[at + 2 :]]
    if way == "double":
        return lines[: at + 1] + lines[at:]
    if way == "cut":
        return lines[: at + 1]
    event = json.loads(lines[at])
    event[rng.choice(["at", "record", "content", "what", "did"])] += "x"
    if way == "insert":
        event["hash"] = sha256(canonical({key: each for key, each in event.items() if key != "hash"})).hexdigest()
        return [*lines[:at], canonical(event) + b"\n", *lines[at:]]
    return [*lines[:at], canonical(event) + b"\n", *lines[at + 1 :]]


class TestChain:
    def test_tamperings_are_found_though_all_hashes_were_made_anew(self, tmp_path: Path) -> None:
        """A changed chain is found by itself, though hashes.txt and the seal were written to fit it."""
        rng, missed = random.Random(3), []
        for number in range(150):
            lines = _events(rng, _lines(FILES))
            report = checked(hashed_anew(FILES | {"chain.jsonl": b"".join(lines)}), tmp_path / "pack")
            if not any(fault.where.startswith(("event ", "chain", "head.txt")) for fault in report.faults):
                missed.append(number)
        assert [] == missed

    @pytest.mark.parametrize(
        ("key", "value", "what"),
        [
            ("number", 9, "stands where event 3 should"),
            ("previous", "0" * 64, "does not follow"),
            ("incident", "f" * 32, "another incident"),
        ],
    )
    def test_what_is_wrong_with_an_event_is_told(self, tmp_path: Path, key: str, value: object, what: str) -> None:
        """An event whose own hash was made to fit still shows a false number, place or incident."""
        lines = _lines(FILES)
        event = json.loads(lines[2]) | {key: value}
        event["hash"] = sha256(canonical({name: each for name, each in event.items() if name != "hash"})).hexdigest()
        lines[2] = canonical(event) + b"\n"
        report = checked(hashed_anew(FILES | {"chain.jsonl": b"".join(lines)}), tmp_path / "pack")
        assert any(what in fault.what for fault in report.faults if fault.where == f"event {event['number']}")

    def test_a_chain_that_begins_elsewhere_is_found(self, tmp_path: Path) -> None:
        """A chain without its first events, numbers and hashes made to fit, does not begin as its incident's does."""
        previous, lines = "0" * 64, []
        for number, raw in enumerate(_lines(FILES)[1:], 1):
            event = json.loads(raw) | {"number": number, "previous": previous}
            event.pop("hash")
            previous = sha256(canonical(event)).hexdigest()
            lines.append(canonical(event | {"hash": previous}) + b"\n")
        anew = {"chain.jsonl": b"".join(lines), "head.txt": Head(KEY, len(lines), previous).text.encode()}
        report = checked(hashed_anew(FILES | anew), tmp_path / "pack")
        assert "event 1" in {fault.where for fault in report.faults if "does not follow" in fault.what}

    def test_the_changed_event_is_named(self, tmp_path: Path) -> None:
        """The event whose time was changed is the one that is named."""
        files = FILES | {"chain.jsonl": FILES["chain.jsonl"].replace(b"2026-11-03", b"2026-10-03", 3).replace(
            b"2026-10-03", b"2026-11-03", 2)}  # fmt: skip
        assert {"event 3"} == found(checked(hashed_anew(files), tmp_path / "pack"))

    def test_a_changed_record_is_named(self, tmp_path: Path) -> None:
        """Words that were changed in a record, with every hash of a file made anew, are named by the event."""
        files = FILES | {"records.jsonl": FILES["records.jsonl"].replace(b"nobody believes", b"everybody believes")}
        assert {"event 3"} == found(checked(hashed_anew(files), tmp_path / "pack"))

    def test_a_changed_item_is_named(self, tmp_path: Path) -> None:
        """An item that was exchanged, with every hash of a file made anew, is not the one that its record tells of."""
        name = "originals/0001-screenshot.png"
        assert {name} == found(checked(hashed_anew(FILES | {name: b"another"}), tmp_path / "pack"))

    def test_a_chain_written_anew_does_not_lead_through_an_earlier_head(self, tmp_path: Path) -> None:
        """A false pack that is sound in itself is found against a head from before, and against the pack number."""
        head, forged = _forged()
        files = hashed_anew(forged)
        assert [] == checked(files, tmp_path / "pack").faults
        told = Head(KEY, 8, head)
        for given in (head, f" {head[:32]} {head[32:]}\n".upper(), told.text):
            assert {"the head that was given"} == found(check_pack(tmp_path / "pack", [given]))
            assert [] == check_pack(unpacked(PACK, tmp_path / "true"), [given]).faults
        number = sha256(FILES["hashes.txt"]).hexdigest()
        assert {"the pack number"} == found(check_pack(tmp_path / "pack", (), number))
        assert [] == check_pack(tmp_path / "true", (), number).faults

    @pytest.mark.parametrize(("length", "hash"), [(0, ""), (9, "0" * 64), (3, "0" * 64)])
    def test_a_false_head_is_not_found(self, folder: Path, length: int, hash: str) -> None:
        """A head that is too long, or not that of the chain at its length, is a fault, and so is an empty one."""
        given = Head(KEY, length, hash).text if hash else ""
        assert {"the head that was given"} == found(check_pack(folder, [given]))

    def test_a_head_in_a_file_is_read(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """The command takes a file with a head, with whatever line ends."""
        (folder.parent / "kept.txt").write_bytes(FILES["head.txt"].replace(b"\n", b"\r\n"))
        monkeypatch.setattr("sys.argv", ["verify.py", str(folder), "--head", str(folder.parent / "kept.txt")])
        assert 0 == main()


def _forged() -> tuple[str, Files]:
    """Return the true head, and a pack's files in which an item's words were changed and all hashes made to fit."""
    records = [json.loads(line) for line in FILES["records.jsonl"].splitlines()]
    by_event = {each["event"]: each for each in records}
    by_event[3]["fields"]["words"]["value"] = "everybody believes you"
    previous, lines, head = start(KEY), [], ""
    for raw in _lines(FILES):
        event = json.loads(raw)
        head = event.pop("hash")
        event["previous"] = previous
        if event["number"] in by_event:
            told = by_event[event["number"]]
            event["content"] = committed(told["salt"], told["fields"])
        previous = sha256(canonical(event)).hexdigest()
        lines.append(canonical(event | {"hash": previous}) + b"\n")
    changed = {
        "chain.jsonl": b"".join(lines),
        "records.jsonl": b"".join(canonical(each) + b"\n" for each in records),
        "head.txt": Head(KEY, len(lines), previous).text.encode(),
    }
    return head, FILES | changed
