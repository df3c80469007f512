"""Building a pack: originals byte for byte whatever they are, in flat memory, and with what is there to write it."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from packs_made import AT, NOW, Ledger, all_words, members, packed, run_verifier, small, written

from forethought.incidents.fields import TITLES, field, said
from forethought.incidents.packs import ChangedItemError, build, check_pack, choose, papers, recipient
from forethought.incidents.packs.papers import Kinds
from forethought.incidents.packs.zipping import Zip

LATER = "2026-11-09T18:00:00.000+00:00"
ODD = ["", ".", "..", ".png", "\U0001f98b.png", "a" * 200 + ".jpg", "CON", "NUL.txt", "../x", "a\nb.png", "/etc/passwd",
       "a\\b.exe", "x\x00.png", "-rf", "=1+1.csv", "a  b.html", "\u202egpj.exe", "caf\u0065\u0301.PDF"]  # fmt: skip


@pytest.fixture
def plainly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Papers are written as pages, which takes less time than PDF."""
    monkeypatch.setattr(papers, "kinds", lambda: Kinds(("html",), ("html",)))


class TestOriginals:
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(
        st.lists(
            st.tuples(st.binary(min_size=1, max_size=3000), st.sampled_from(ODD) | st.text(max_size=60)),
            min_size=1,
            max_size=5,
        )
    )
    def test_they_are_byte_for_byte_as_they_were_kept(
        self, plainly: None, tmp_path: Path, items: list[tuple[bytes, str]]
    ) -> None:
        """Whatever its bytes and its name, an item comes out as it went in, and the pack has no fault."""
        ledger = Ledger()
        for content, name in items:
            ledger.item(content, name.encode("utf-8", "replace").decode())
        path = tmp_path / "pack.zip"
        path.write_bytes(packed(ledger.case()))
        files = members(path.read_bytes())
        assert [content for content, _ in items] == [
            files[name] for name in sorted(files) if name.startswith("originals/")
        ]
        assert ([], len(items)) == (check_pack(path).faults, len(ledger.links))

    def test_their_own_names_stand_in_the_index(self, plainly: None) -> None:
        """The index has each item's own name as it was, in the table and in the data."""
        ledger = Ledger()
        for name in ODD:
            ledger.item(name.encode() + b"!", name)
        index = json.loads(members(packed(ledger.case()))["index.json"])
        assert ODD == [each["fields"].get("name", {"value": ""})["value"] for each in index["entries"]]

    def test_a_changed_item_stops_the_pack(self) -> None:
        """An item whose file is not the one that was kept is not handed over as if it were."""
        ledger = small()
        ledger.files[next(iter(ledger.files))] = b"another"
        with pytest.raises(ChangedItemError, match="item 1 is not as it was kept"):
            packed(ledger.case())


class TestPapers:
    def test_every_pdf_is_for_everybody(self) -> None:
        """Each PDF says that it keeps to PDF/UA-1, has a title, a language and tags."""
        for name, content in members(packed(small().case())).items():
            if name.endswith(".pdf"):
                root = pypdf.PdfReader(io.BytesIO(content)).trailer["/Root"]
                assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
                assert ("en-GB", True) == (root["/Lang"], root["/MarkInfo"]["/Marked"])

    def test_without_the_writers_there_are_pages(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        """Where neither PDF nor Word can be written, pages stand in their place, and the README says so."""
        monkeypatch.setattr(papers, "find_spec", lambda name: None)
        papers.kinds.cache_clear()
        files = members(packed(small().case()))
        papers.kinds.cache_clear()
        assert {"cover.html", "challenges.html", "chronology-1.html"} == {name for name in files if ".html" in name}
        assert [] == [name for name in files if name.endswith((".pdf", ".docx"))]
        assert b"pages for a browser" in files["README.txt"]
        assert b"no .docx" in files["README.txt"]
        assert 0 == run_verifier(written(files, tmp_path / "pack")).returncode

    def test_a_later_addition_does_not_move_when_it_was_kept(self, plainly: None) -> None:
        """An entry that was added to says when it was kept and when added to, and is not called changed."""
        ledger = Ledger()
        record = ledger.item(b"x", title="The first message")
        ledger.put("item", ledger.kept[0].fields | said(remark="seen"), "corrected", record, LATER)
        words = all_words([("chronology", members(packed(ledger.case()))["chronology-1.html"])])
        assert words.index(AT) < words.index("Last added to") < words.index(LATER)
        assert "corrected" not in words

    def test_the_chronology_is_in_order_and_in_parts(self, monkeypatch: pytest.MonkeyPatch, plainly: None) -> None:
        """Entries are in the order of the time that they tell, and no part has more than it may."""
        monkeypatch.setattr(papers, "MOST_ENTRIES", 2)
        ledger = Ledger()
        for day in (5, 2, 9, 7, 1):
            ledger.item(bytes([day]), posted=f"2026-10-0{day}", words=f"on day {day}")
        files = members(packed(ledger.case()))
        parts = [files[f"chronology-{at}.html"].decode() for at in (1, 2, 3)]
        assert [[1, 2], [5, 7], [9]] == [[d for d in range(10) if f"on day {d}<" in part] for part in parts]
        assert "part 2 of 3" in parts[1]

    def test_a_part_has_no_more_words_than_it_may(self, monkeypatch: pytest.MonkeyPatch, plainly: None) -> None:
        """Long entries go into parts of their own, and none is lost."""
        monkeypatch.setattr(papers, "MOST_LETTERS", 100)
        ledger = Ledger()
        for number in range(3):
            ledger.put("note", said(words=f"{number}" * 150))
        files = members(packed(ledger.case(), "lawyer"))
        assert 3 == sum(name.startswith("chronology") for name in files)

    @pytest.mark.parametrize(
        "posted", ["", "yesterday", "2026-13-45", "0001-01-01T00:00+14:00", "9999-12-31T23:59-12:00", "7"]
    )
    def test_a_time_that_is_none_does_no_harm(self, plainly: None, posted: str) -> None:
        """Whatever was written as a time, the entry is there."""
        ledger = Ledger()
        ledger.item(b"x", posted=posted, words="still here")
        assert b"still here" in members(packed(ledger.case()))["chronology-1.html"]

    def test_where_each_value_is_from_is_told(self, plainly: None) -> None:
        """Every value is marked as observed, said or read from the file."""
        ledger = Ledger()
        ledger.item(b"x", words="you will")
        ledger.kept[0].fields["file: made"] = field("2026", "file")
        words = all_words(members(packed(ledger.case())).items())
        assert [] == [
            each for each in ("complained of [said]", "SHA-256 [observed]", "made [file]") if each not in words
        ]

    def test_the_table_is_harmless(self, plainly: None) -> None:
        """A cell that a spreadsheet would run is plain text, and the columns are as many in each row."""
        ledger = small()
        ledger.item(b"x", name="=HYPERLINK(1)", words="@SUM(1)", title="-1\x1b[2J")
        rows = list(csv.reader(io.StringIO(members(packed(ledger.case()))["index.csv"].decode("utf-8-sig"))))
        assert {len(rows[0])} == {len(row) for row in rows}
        assert [] == [cell for row in rows for cell in row if cell.startswith(("=", "@", "-")) or "\x1b" in cell]
        assert "'=HYPERLINK(1)" in rows[-1]

    def test_the_cover_tells_what_is_held_back(self, plainly: None) -> None:
        """The cover says for whom it is, how many items go and how many do not, and the head."""
        ledger = small()
        ledger.item(b"x", client="yes")
        words = all_words([("cover.html", members(packed(ledger.case()))["cover.html"])])
        head = ledger.case().head.hash
        assert [] == [each for each in ("The police", "1: could identify a client", head) if each not in words]

    def test_likely_challenges_are_answered(self, plainly: None) -> None:
        """The page answers each of the ten likely challenges."""
        page = members(packed(small().case()))["challenges.html"].decode()
        assert 10 == page.count("<h2>")

    def test_every_file_is_explained(self) -> None:
        """The README names every file or folder of the pack."""
        files = members(packed(small().case()))
        readme = files["README.txt"].decode()
        unnamed = {name.partition("/")[0].partition(".")[0].partition("-")[0] for name in files} - {"README"}
        assert set() == {each for each in unnamed if each not in readme}


class TestStream:
    def test_steps_are_told(self) -> None:
        """The steps told never go back, and end with as many as there are."""
        told: list[int] = []
        case = small().case()
        pack = build(case, choose(case, recipient("police")), NOW, told.append)
        for _ in pack:
            pass
        assert (sorted(told), pack.steps) == (told, told[-1])

    def test_what_is_known_after_the_last_byte(self) -> None:
        """The pack's number, length and hash are those of the bytes that were given, and empty before."""
        case = small().case()
        pack = build(case, choose(case, recipient("police")), NOW)
        before = (pack.number, pack.sha256)
        content = b"".join(pack)
        number = sha256(members(content)["hashes.txt"]).hexdigest()
        assert (("", ""), number, len(content), sha256(content).hexdigest()) == (
            before, pack.number, pack.length, pack.sha256,
        )  # fmt: skip

    def test_the_same_case_gives_the_same_order_and_dates(self, plainly: None) -> None:
        """Two packs of one case are the same, byte for byte."""
        case = small().case()
        assert packed(case) == packed(case)

    def test_the_verifier_takes_a_zip_of_our_own_making_for_whole(self, tmp_path: Path) -> None:
        """However a member's bytes come, in pieces, empty or none at all, the zip file is sound."""
        zip, parts = Zip(), []
        for name, content in (("a", [b""]), ("b", []), ("hashes.txt", [b"x" * 70_000, b"y"])):
            parts += [*zip.add(name, content)]
        path = tmp_path / "x.zip"
        path.write_bytes(b"".join([*parts, *zip.end()]))
        with zipfile.ZipFile(path) as opened:
            assert ([0, 0, 70_001], None) == ([each.file_size for each in opened.infolist()], opened.testzip())
        assert "the zip file" not in {fault.where for fault in check_pack(path).faults}

    def test_memory_stays_flat(self) -> None:
        """Two thousand items of many bytes take little more memory than their list: what is given is not held."""
        few, many, heavy = (_peak(*each) for each in ((200, 1_000), (2_000, 1_000), (200, 1_000_000)))
        assert (
            many - few < 1_800 * 12_000
        )  # bytes for each more: its fields, and its lines in the lists of the zip file
        assert heavy - few < 8_000_000  # of 200 MB more


MEASURE = """
import sys, tracemalloc
sys.path.insert(0, sys.argv[1])
from packs_made import NOW, Ledger, build, choose, recipient, said
from forethought.incidents.packs import papers
papers.kinds = lambda: papers.Kinds(("html",), ("html",))
count, size = int(sys.argv[2]), int(sys.argv[3])
from hashlib import sha256
from forethought.incidents.fields import observed
blank = bytes(10_000)
ledger = Ledger()
digest = sha256(bytes(size)).hexdigest()
for number in range(1, count + 1):
    seen = observed(number=number, length=size, sha256=digest)
    ledger.put("item", said(kind="screenshot", name="shot.png", client="no", words="you will " * 20) | seen)
case = ledger.case()
object.__setattr__(case, "open", lambda record: (blank[:size] for _ in range(0, size, len(blank))))
tracemalloc.start()
for chunk in build(case, choose(case, recipient("police")), NOW):
    pass
print(tracemalloc.get_traced_memory()[1])
"""


def _peak(count: int, size: int) -> int:
    """Return the most memory that a pack of so many items of this size took, in a process of its own."""
    here = str(Path(__file__).parent)
    done = subprocess.run([sys.executable, "-c", MEASURE, here, str(count), str(size)], capture_output=True, text=True)
    assert "" == done.stderr
    return int(done.stdout)


def test_titles_are_those_of_items() -> None:
    """The table has a column for every field that an item has."""
    rows = list(csv.reader(io.StringIO(members(packed(small().case()))["index.csv"].decode("utf-8-sig"))))
    assert {*TITLES["item"].values()} - {"Remark"} <= {*rows[0]}
