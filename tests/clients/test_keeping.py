"""What is kept of clients: enough to know them again, and nothing in which a name could be found."""

import base64
import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client as Browser
from invented import NAMES

from forethought.clients import keeping
from forethought.clients.models import Client, Form
from forethought.clients.names import Person, forms, parted
from forethought.clients.sheet import read
from forethought.clients.slow import key_of, slow
from forethought.desk.door import Door
from forethought.reading.tokens import fold
from forethought.vault.errors import LockedVaultError
from forethought.vault.fingerprints import fingerprint

SIOBHAN = replace(
    parted("Siobhán Featherstonehaugh"), known_as=("Zippy",), handles=("@zebra_sketches",),
    emails=("quillwort@home.example",), phones=("07700 900123",),
)  # fmt: skip
CANARIES = (
    "Siobhán Featherstonehaugh",
    "Featherstonehaugh",
    "Zippy",
    "zebra_sketches",
    "quillwort",
    "07700 900123",
    "7700900123",
)

pytestmark = pytest.mark.usefixtures("client")


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    """Let each test ask afresh."""
    keeping.forget()
    yield
    keeping.forget()


def spellings(word: str) -> Iterator[bytes]:
    """Yield the bytes in which a word could stand: as it is and folded, in three encodings, and each in base64."""
    for each in {word, fold(word), word.upper(), fold(word).replace(" ", "")}:
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            raw = each.encode(encoding)
            yield raw
            yield from (base64.b64encode(b"x" * shift + raw)[2 * shift : -4] for shift in range(3) if len(raw) > 8)


def stored(folder: Path) -> bytes:
    """Return every byte of a folder, journals included."""
    return b"\0".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


class TestAdding:
    def test_a_client_is_known_again(self) -> None:
        """Somebody who was added is met in a draft and from a request, by a reference made for them."""
        assert "C-01" == keeping.add(SIOBHAN).reference
        knows = keeping.recogniser()
        assert ["C-01"] == [each.reference for each in knows.in_text("Ran into Siobhan Featherstonehaugh.")]
        assert ["email"] == [each.kind for each in knows.of_person(email="Quill.wort@home.example")]
        assert () == knows.in_text("Ran into Tristan Bancroft.")

    def test_references_go_on(self) -> None:
        """References of our own count on from the highest; one that the person chose is taken as it is."""
        assert ["C-01", "blue door", "C-02"] == [
            keeping.add(parted(name), reference).reference
            for name, reference in zip(NAMES, ("", " blue door ", ""), strict=False)
        ]
        keeping.remove("C-01")
        assert "C-03" == keeping.add(parted(NAMES[3])).reference

    @pytest.mark.parametrize("reference", ["C-02", "C-05", "C-999999999"], ids=["ours", "chosen", "great"])
    def test_a_reference_is_never_given_twice(self, reference: str) -> None:
        """The reference of somebody who was removed is not given to another, even where it was the highest."""
        keeping.add(parted(NAMES[0]))
        keeping.add(parted(NAMES[1]), reference)
        keeping.remove(reference)
        after = keeping.add(parted(NAMES[2])).reference
        assert int(reference[2:]) + 1 == int(after[2:])
        keeping.remove(after)
        assert int(after[2:]) + 1 == int(keeping.add(parted(NAMES[3])).reference[2:])

    def test_a_lower_reference_takes_nothing_back(self) -> None:
        """A chosen reference below the highest does not bring those above it back."""
        keeping.add(parted(NAMES[0]), "C-09")
        keeping.remove("C-09")
        keeping.add(parted(NAMES[1]), "C-02")
        assert "C-10" == keeping.add(parted(NAMES[2])).reference

    def test_another_name_for_somebody(self) -> None:
        """A reference that is there takes the new forms beside the old ones, each once, where it is the same person."""
        first = keeping.add(parted(NAMES[0]), "C-07")
        before = first.forms.count()
        assert first == keeping.add(parted(NAMES[0]), "C-07", same=True)
        assert before == first.forms.count()
        keeping.add(parted("Siobhan Delaney"), "C-07", same=True)
        assert before < first.forms.count()
        assert ["C-07"] == [each.reference for each in keeping.recogniser().of_person("Siobhan Delaney")]

    def test_another_person_under_a_reference_is_refused(self) -> None:
        """A reference that somebody has already takes nobody else, unless it is said to be the same person."""
        first = keeping.add(parted(NAMES[0]), "C-07")
        before = first.forms.count()
        with pytest.raises(keeping.TakenReferenceError):
            keeping.add(parted(NAMES[1]), " C-07 ")
        assert before == Form.objects.count()

    def test_a_long_reference_is_refused(self) -> None:
        """A reference that does not fit is refused, and not cut."""
        with pytest.raises(keeping.LongReferenceError):
            keeping.add(parted(NAMES[0]), "K" * 41)
        assert not Client.objects.exists()

    @pytest.mark.parametrize(
        "person", [Person(), Person(given="??"), Person(phones=("1",))], ids=["empty", "signs", "short"]
    )
    def test_nobody(self, person: Person) -> None:
        """Where there is nothing to know somebody by, nothing is kept."""
        with pytest.raises(keeping.NobodyError):
            keeping.add(person)
        assert not Client.objects.exists()

    @pytest.mark.parametrize("reference", ["Siobhan", "S Featherstonehaugh", "zippy-1", "quillwort", "tel 900123"])
    def test_a_reference_that_tells(self, reference: str) -> None:
        """A reference that holds part of a name, an address or a number is refused, since it is stored as it is."""
        with pytest.raises(keeping.TellingReferenceError):
            keeping.add(SIOBHAN, reference)
        assert not Client.objects.exists()

    def test_a_list(self) -> None:
        """Everybody on a list is added; a reference that tells is replaced, and the row named."""
        told: list[int] = []
        sheet = read(b"Name,Ref\nJo Bloggs,K1\nAnn Other,Other\nBea Quill,\n")
        added, faults = keeping.add_all(sheet, told.append)
        assert ["K1", "C-01", "C-02"] == [client.reference for client in added]
        assert [3] == [fault.row for fault in faults]
        assert [1, 2, 3] == told

    @pytest.mark.parametrize(
        "raw",
        [
            b"Name,Email,Ref\nJo Bloggs,jo@x.example,K1\nAnn Other,,\n",
            b"Name,Email,Ref\nJo Bloggs,jo@x.example,Bloggs\nSiobhan,,\n",
            b"Instagram\n@sk_paints\n@zebra\n",
        ],
        ids=["references", "a-telling-reference", "handles"],
    )
    def test_the_same_list_twice(self, raw: bytes) -> None:
        """A list that is added again adds nobody; each row is named as known already."""
        keeping.add_all(read(raw))
        before = [Client.objects.count(), Form.objects.count()]
        added, faults = keeping.add_all(read(raw))
        assert ([], [2, 3]) == (added, [fault.row for fault in faults])
        assert all("known already" in fault.why and fault.out for fault in faults)
        assert before == [Client.objects.count(), Form.objects.count()]

    def test_what_is_new_of_somebody_joins_them(self) -> None:
        """A row with something new of the client who has its reference adds to that client."""
        keeping.add_all(read(b"Name,Ref\nJo Bloggs,K1\n"))
        added, faults = keeping.add_all(read(b"Name,Email,Ref\nJo Bloggs,jo@x.example,K1\n"))
        assert (["K1"], [], 1) == ([each.reference for each in added], faults, Client.objects.count())
        assert ["email"] == [each.kind for each in keeping.recogniser().of_person(email="jo@x.example")]

    def test_a_row_under_the_reference_of_somebody_else(self) -> None:
        """A row whose reference is another person's gets another one, and is named."""
        added, faults = keeping.add_all(read(b"Name,Ref\nJo Bloggs,K1\nAnn Other,K1\n"))
        assert ["K1", "C-01"] == [each.reference for each in added]
        assert [(3, False)] == [(fault.row, fault.out) for fault in faults]
        assert ["K1"] == [each.reference for each in keeping.recogniser().of_person("Jo Bloggs")]


class TestRemoving:
    def test_every_form_goes(self) -> None:
        """A client who is removed is not met any more, and nothing of them is left."""
        keeping.add(SIOBHAN)
        keeping.remove("C-01")
        assert not Form.objects.exists()
        assert () == keeping.recogniser().of_person("Siobhan Featherstonehaugh")

    def test_nobody_of_that_reference(self) -> None:
        """A reference that nobody has is refused."""
        with pytest.raises(keeping.UnknownClientError):
            keeping.remove("C-99")


class TestKept:
    def test_it_is_a_mapping(self) -> None:
        """The fingerprints in the vault can be looked up, counted and gone through."""
        keeping.add(parted("Jo Bloggs"), "C-01")
        keeping.add(parted("Jo Bloggs"), "C-02")
        kept = keeping.Kept()
        assert set(kept) == {bytes(form.fingerprint) for form in Form.objects.all()}
        assert len(kept) == len(set(kept)) > 0
        assert {"C-01", "C-02"} == {who.reference for who in kept[next(iter(kept))]}
        assert None is kept.get(b"nothing")

    def test_there_is_no_field_for_a_name(self) -> None:
        """Of a client only a reference and a day are stored, of a form only its kind and its fingerprint."""
        assert {"id", "reference", "added"} == {field.name for field in Client._meta.fields}
        assert {"id", "client", "kind", "fingerprint"} == {field.name for field in Form._meta.fields}

    def test_a_locked_vault_knows_nobody(self, door: Door) -> None:
        """Once the vault is locked nobody can be recognised."""
        keeping.add(SIOBHAN)
        door.vault.lock()
        with pytest.raises(LockedVaultError):
            keeping.recogniser()

    def test_opening_a_vault_drops_what_was_asked(self, client: Browser) -> None:
        """What was asked before is forgotten when a vault is opened."""
        keeping.add(SIOBHAN)
        keeping.recogniser().of_person("Siobhan Featherstonehaugh")
        assert len(keeping.MEMORY)
        client.post("/lock/")
        client.post("/unlock/", {"passphrase": "teapot lantern gravel moth"})
        assert 0 == len(keeping.MEMORY)


class TestAStolenVault:
    def test_no_name_is_found_in_any_byte(self, door: Door) -> None:
        """Names are in no file of the vault, nor in a journal while they are written, in whatever spelling."""
        keeping.add(SIOBHAN)
        keeping.recogniser().in_text("Ran into Siobhan Featherstonehaugh.")
        open_bytes = stored(door.vault.folder)
        connections.close_all()
        door.vault.lock()
        for bytes_there in (open_bytes, stored(door.vault.folder)):
            assert [] == [word for word in CANARIES for raw in spellings(word) if raw in bytes_there]

    def test_the_search_would_find_a_name(self, door: Door) -> None:
        """A file that did hold a name would be seen, so that the test above means something."""
        (door.vault.folder / "stray").write_bytes(base64.b64encode(b"so: Zippy Featherstonehaugh"))
        assert any(raw in stored(door.vault.folder) for word in CANARIES for raw in spellings(word))

    def test_an_open_database_holds_no_name_either(self) -> None:
        """Even decrypted, no field of any row of this room holds a name."""
        keeping.add(SIOBHAN)
        rows = [*Client.objects.values_list(), *Form.objects.values_list("pk", "client", "kind")]
        held = repr(rows).encode() + b"".join(bytes(form.fingerprint) for form in Form.objects.all())
        assert [] == [word for word in CANARIES for raw in spellings(word) if raw in held]

    def test_without_the_passphrase_no_name_of_a_list_can_be_tried(self, door: Door, tmp_path: Path) -> None:
        """A thief with the folder and a list of names finds none: not in the bytes, not by hashing without the key."""
        for name in NAMES:
            keeping.add(parted(name))
        connections.close_all()
        door.vault.lock()
        stolen = Path(shutil.copytree(door.vault.folder, tmp_path / "stolen"))
        held = stored(stolen)
        keys = (b"", b"\0" * 32, os.urandom(32), (stolen / "vault.key").read_bytes()[:32])
        whole = [form.whole for name in NAMES for form in forms(parted(name)) if form.kind in {"full", "first"}]
        tried = [slow(key_of(key), form) for key in keys for form in whole]
        tried += [bytes.fromhex(fingerprint(key, name))[:8] for key in keys for name in NAMES]
        assert [] == [made for made in tried if made in held]

    def test_with_the_key_it_could_be_tried(self, door: Door) -> None:
        """Whoever has the passphrase too can try names, each at the price of a slow hash: the page says so."""
        keeping.add(parted(NAMES[0]))
        key = key_of(door.vault.keys.fingerprints)
        guesses = [form for form in forms(parted(NAMES[0])) if form.kind == "first"]
        assert all(Form.objects.filter(fingerprint=slow(key, form.whole)).exists() for form in guesses)
