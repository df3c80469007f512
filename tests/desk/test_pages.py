"""Every page of the desk: that it works, and that it refuses what it should with words that help."""

import io
import json
import sys
import zipfile
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from at_the_desk import DOOR, PASSPHRASE, draft
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forethought.accounts.models import Account
from forethought.clients import keeping as clients
from forethought.clients.names import parted
from forethought.desk.door import Door
from forethought.desk.models import HeldDraft, Profile, SetAside
from forethought.supervision.models import Note

BREACH = "My 3 pm client cried about her divorce again."
OTHER = "seven quiet herons wading"
LIVE = {"HX-Request": "true"}


def said(answer: Any) -> str:
    """Return a page as text."""
    return str(answer.content.decode())


class TestComingIn:
    def test_the_first_run_makes_a_vault(self, visitor: Client, door: Door) -> None:
        """With no vault, the first page leads to the first run, which makes one and shows its recovery key once."""
        door.vault.erase()
        assert "/begin/" == visitor.get("/").headers["Location"]
        fields = {"new": PASSPHRASE, "again": PASSPHRASE, "role": "tutor", "nation": "Wales", "idle_minutes": "7"}
        shown = said(visitor.post("/begin/", fields | {"bodies": ["bacp"]}))
        assert "Your recovery key" in shown
        profile = Profile.current()
        assert ("tutor", "Wales", ["bacp"], 420) == (profile.role, profile.nation, profile.bodies, door.idle)
        assert "/" == visitor.get("/begin/").headers["Location"]

    @pytest.mark.parametrize(
        ("new", "again", "words"),
        [("password", "password", "could be guessed"), (PASSPHRASE, OTHER, "not the same"), ("", "", "Type a new")],
    )
    def test_a_passphrase_that_does_not_do(self, visitor: Client, door: Door, new: str, again: str, words: str) -> None:
        """A weak passphrase, two that differ and none at all are refused, and no vault is made."""
        door.vault.erase()
        fields = {"new": new, "again": again, "role": "tutor", "nation": "Wales", "idle_minutes": "7"}
        answer = visitor.post("/begin/", fields)
        assert 400 == answer.status_code
        assert words in said(answer)
        assert not door.vault.exists

    def test_a_locked_vault_is_unlocked_on_the_way(self, visitor: Client) -> None:
        """A page asked for while the vault is locked is shown after unlocking."""
        asked = visitor.get("/settings/")
        assert "/unlock/?then=%2Fsettings%2F" == asked.headers["Location"]
        assert "The vault is locked" in said(visitor.get("/unlock/"))
        answer = visitor.post(asked.headers["Location"], {"passphrase": PASSPHRASE})
        assert "/settings/" == answer.headers["Location"]

    def test_the_recovery_key_is_shown_whatever_goes_wrong(
        self, visitor: Client, door: Door, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Where the choices cannot be saved, the page still shows the key, since it is shown but once, and says so."""

        def full() -> None:
            raise OSError(28, "No space left on device")

        door.vault.erase()
        monkeypatch.setattr("forethought.desk.views.front.opened", full)
        fields = {"new": PASSPHRASE, "again": PASSPHRASE, "role": "tutor", "nation": "Wales", "idle_minutes": "7"}
        shown = said(visitor.post("/begin/", fields))
        assert "Your recovery key" in shown
        assert "could not be saved" in shown

    def test_it_can_be_tried_before_there_is_a_vault(self, visitor: Client, door: Door) -> None:
        """Without a vault a draft is checked and the guidance read; nothing is kept, and what keeps leads to set-up."""
        door.vault.erase()
        assert "Try it first" in said(visitor.get("/begin/"))
        assert 200 == visitor.get("/check/").status_code == visitor.get("/guidance/").status_code
        for do in ("check", "hold", "supervision", f"aside:{TestSettingAside.RULE}"):
            shown = said(visitor.post("/check/", draft(BREACH) | {"do": do}))
            assert "Stop: do not post this" in shown
            assert "Set up a passphrase" in shown
            assert "Hold until tomorrow" not in shown
        assert "/begin/" == visitor.get("/held/").headers["Location"]
        assert not door.vault.exists

    def test_a_passphrase_is_weighed_as_it_is_typed(self, visitor: Client, door: Door) -> None:
        """The first run says how strong a passphrase is, and why where it is not."""
        door.vault.erase()
        assert "very weak" in said(visitor.post("/strength/", {"new": "password"}))
        assert "This passphrase is strong." == said(visitor.post("/strength/", {"new": PASSPHRASE})).strip()

    def test_a_wrong_passphrase(self, visitor: Client) -> None:
        """A wrong passphrase is said to be wrong, and is not shown again."""
        answer = visitor.post("/unlock/", {"passphrase": "wrong words here"})
        assert 400 == answer.status_code
        assert "does not open the vault" in said(answer)
        assert "wrong words here" not in said(answer)

    def test_the_recovery_key(self, visitor: Client, made: tuple[object, str]) -> None:
        """The recovery key opens the vault under a new passphrase; a wrong one is refused."""
        fields = {"new": OTHER, "again": OTHER}
        assert 400 == visitor.post("/recover/", fields | {"recovery_key": "AAAA"}).status_code
        assert "Your recovery key" in said(visitor.post("/recover/", fields | {"recovery_key": made[1]}))
        visitor.post("/lock/")
        assert 302 == visitor.post("/unlock/", {"passphrase": OTHER}).status_code

    def test_locking(self, client: Client) -> None:
        """Locking forgets the keys, and what was typed live is sent to the unlock page."""
        assert "/unlock/" == client.post("/lock/").headers["Location"]
        assert not DOOR.vault.is_open
        assert "/unlock/" == client.post("/check/", draft(BREACH), headers=LIVE).headers["HX-Redirect"]

    @pytest.mark.parametrize(
        ("name", "status", "words"), [("vault.key", 400, "key file"), ("vault.db", 400, "is damaged")]
    )
    def test_a_vault_with_a_part_missing(self, visitor: Client, name: str, status: int, words: str) -> None:
        """A vault that lacks a file is explained on a plain page."""
        (DOOR.vault.folder / name).unlink()
        answer = visitor.post("/unlock/", {"passphrase": PASSPHRASE})
        assert status == answer.status_code
        assert words in said(answer)


class TestChecking:
    def test_a_draft_is_explained(self, client: Client) -> None:
        """A draft is sent back with its verdict, its words marked, and why, instead and who says so."""
        shown = said(client.post("/check/", draft(BREACH)))
        for words in ("Stop: do not post this", "<mark>", "Why", "Instead", "Who says so", "What a client might think"):
            assert words in shown
        assert BREACH in shown

    def test_as_one_types_only_the_findings_come(self, client: Client) -> None:
        """The live check answers with the findings alone, and stores nothing."""
        shown = said(client.post("/check/", draft(BREACH), headers=LIVE))
        assert "Stop: do not post this" in shown
        assert "<html" not in shown
        assert not HeldDraft.objects.exists()

    def test_a_clear_draft_is_not_called_safe(self, client: Client) -> None:
        """A draft with nothing to raise is called clear, and not safe."""
        assert "not a promise that the post is safe" in said(
            client.post("/check/", draft("Mondays are for paperwork."))
        )

    def test_an_empty_draft_says_nothing(self, client: Client) -> None:
        """An empty page invites, and gives no verdict."""
        assert "as you pause" in said(client.post("/check/", draft("  "), headers=LIVE))

    def test_a_choice_that_does_not_exist_is_refused(self, client: Client) -> None:
        """A form that was tampered with is refused, and the draft is still there."""
        answer = client.post("/check/", draft(BREACH) | {"account": "secret"})
        assert 400 == answer.status_code
        assert BREACH in said(answer)

    def test_the_page_begins_with_the_first_account(self, client: Client) -> None:
        """The person's own account and role are chosen already."""
        Account.objects.create(name="Walks", kind="personal", platform="strava", audience="followers")
        Profile(role="trainee").save()
        initial = client.get("/check/").context["form"].initial
        assert {"account": "personal", "platform": "strava", "audience": "followers", "role": "trainee"} == initial

    def test_a_picture_without_a_description(self, client: Client) -> None:
        """A picture with no alt text is noticed, and one with it is not."""
        one = draft("The new waiting room.") | {"pictures": "1"}
        assert "An image without a description" in said(client.post("/check/", one))
        described = one | {"descriptions": "Two blue chairs by a window"}
        assert "An image without a description" not in said(client.post("/check/", described))

    def test_bodies_decide_what_counts(self, client: Client) -> None:
        """Only the bodies that the person belongs to are named."""
        Profile(bodies=["babcp"]).save()
        shown = said(client.post("/check/", draft(BREACH)))
        assert "BABCP" in shown
        assert "BACP binds" not in shown.replace("BABCP", "")

    def test_the_report_can_be_saved(self, client: Client) -> None:
        """The report is given as a page that stands alone."""
        answer = client.post("/check/", draft(BREACH) | {"do": "save"})
        assert "attachment" in answer.headers["Content-Disposition"]
        assert "References" in said(answer)


class TestHolding:
    def test_a_draft_is_held_until_tomorrow(self, client: Client) -> None:
        """A held draft is kept from view until its time has come, then offered on the first page."""
        client.post("/check/", draft(BREACH) | {"do": "hold"})
        held = HeldDraft.objects.get()
        assert held.until.date() > held.made.date()
        assert "/held/" == client.get(f"/held/{held.pk}/").headers["Location"]
        assert "Nothing needs your attention" in said(client.get("/"))
        HeldDraft.objects.update(until=datetime.now(UTC) - timedelta(minutes=1))
        assert "can be looked at again" in said(client.get("/"))
        shown = said(client.get(f"/held/{held.pk}/"))
        assert BREACH in shown
        assert "Stop: do not post this" in shown

    def test_what_was_held_is_said_on_the_next_page(self, client: Client) -> None:
        """Findings that arrive between the press and the page have no place for the word, and leave it to the page."""
        client.post("/check/", draft(BREACH) | {"do": "hold"})
        assert "Held until" not in said(client.post("/check/", draft(BREACH), headers=LIVE))
        assert "Held until" in said(client.get("/held/"))
        assert "Held until" not in said(client.get("/held/"))

    def test_its_pictures_are_held_with_it(self, client: Client) -> None:
        """A held draft comes back with its pictures, their descriptions, and what it answers."""
        given = draft(BREACH) | {"pictures": "2", "descriptions": "A chair", "reply_to": "How was today?"}
        client.post("/check/", given | {"do": "hold"})
        HeldDraft.objects.update(until=datetime.now(UTC) - timedelta(minutes=1))
        form = client.get(f"/held/{HeldDraft.objects.get().pk}/").context["form"]
        assert (2, "A chair", "How was today?") == tuple(
            form.cleaned_data[name] for name in ("pictures", "descriptions", "reply_to")
        )

    def test_a_clock_moved_back_does_not_let_it_go(self, client: Client) -> None:
        """A held draft whose time lies ahead waits, whenever it was made."""
        later = datetime.now(UTC) + timedelta(hours=1)
        held = HeldDraft.objects.create(text=BREACH, made=later + timedelta(days=1), until=later)
        assert "/held/" == client.get(f"/held/{held.pk}/").headers["Location"]

    def test_it_can_be_let_go(self, client: Client) -> None:
        """A held draft can be removed, and one that is gone is not found."""
        client.post("/check/", draft(BREACH) | {"do": "hold"})
        pk = HeldDraft.objects.get().pk
        assert 302 == client.post(f"/held/{pk}/let-go/").status_code
        assert 404 == client.post(f"/held/{pk}/let-go/").status_code


class TestSettingAside:
    RULE = "confidentiality/client-case"

    def test_a_stop_needs_a_reason(self, client: Client) -> None:
        """A stop is set aside only with a reason, which is asked for where it is missing."""
        answer = client.post("/check/", draft(BREACH) | {"do": f"aside:{self.RULE}"})
        assert 400 == answer.status_code
        assert "Say in a few words why" in said(answer)
        assert not SetAside.objects.exists()

    def test_it_is_not_raised_again_over_the_same_words(self, client: Client) -> None:
        """Set aside with a reason, it is not raised again over these words, and is over others."""
        reason = {f"reason:{self.RULE}": "It is the plot of a film."}
        shown = said(client.post("/check/", draft(BREACH) | reason | {"do": f"aside:{self.RULE}"}))
        assert "Set aside by you" in shown
        assert "It is the plot of a film." == SetAside.objects.get().reason
        again = client.post("/check/", draft(BREACH)).context
        assert self.RULE not in [each["rule"].id for each in again["findings"]]
        other = client.post("/check/", draft("My noon client wept over the dog.")).context
        assert self.RULE in [each["rule"].id for each in other["findings"]]

    def test_a_clients_name_is_not_kept(self, client: Client) -> None:
        """Set aside over a client's name, it is so for that draft alone, and the name is not to be read anywhere."""
        rule, text = "confidentiality/client-named", "Lovely walk with Siobhan Featherstonehaugh."
        clients.add(parted("Siobhan Featherstonehaugh"))
        client.post("/check/", draft(text) | {f"reason:{rule}": "Another one.", "do": f"aside:{rule}"})
        assert "iobhan" not in SetAside.objects.get().words
        assert rule not in [each["rule"].id for each in client.post("/check/", draft(text)).context["findings"]]
        other = client.post("/check/", draft("Siobhan Featherstonehaugh cried again.")).context
        assert rule in [each["rule"].id for each in other["findings"]]

    def test_one_picture_does_not_speak_for_another(self, client: Client) -> None:
        """A finding set aside over one picture's description is raised over another's."""
        one = draft("The new room.") | {"pictures": "1", "descriptions": "My 3 pm client, who cried about her divorce"}
        reason = {f"reason:{self.RULE}": "A painting."}
        ids = [each["rule"].id for each in client.post("/check/", one).context["findings"]]
        assert self.RULE in ids
        client.post("/check/", one | reason | {"do": f"aside:{self.RULE}"})
        other = one | {"descriptions": "My client Tom weeping at the window today"}
        assert self.RULE in [each["rule"].id for each in client.post("/check/", other).context["findings"]]

    def test_it_can_be_raised_again(self, client: Client) -> None:
        """Settings lists what was set aside, and takes it back."""
        made = SetAside.objects.create(
            rule=self.RULE, words="x", reason="film", severity="stop", made=datetime.now(UTC)
        )
        assert "film" in said(client.get("/settings/"))
        client.post(f"/settings/aside/{made.pk}/raise/")
        assert not SetAside.objects.exists()


class TestLibrary:
    def test_provisions_are_found(self, client: Client) -> None:
        """Words, a body and a moment narrow the provisions down, and each leads to its page."""
        shown = client.get("/guidance/", {"words": "friend", "body": "bacp"})
        assert shown.context["found"]
        assert all("bacp" == each.body for each in shown.context["found"])
        first = shown.context["found"][0]
        assert first.says[:40] in said(client.get(f"/guidance/{first.id}/")).replace("&#x27;", "'")

    def test_nothing_found_is_said(self, client: Client) -> None:
        """A search that finds nothing says what to do."""
        assert "Try fewer words" in said(client.get("/guidance/", {"words": "zzzz"}))

    @pytest.mark.parametrize("id", ["bacp", "client-identifiability", "confidentiality/client-case"])
    def test_each_kind_has_a_page(self, client: Client, id: str) -> None:
        """A body, a duty and a rule each have a page."""
        assert 200 == client.get(f"/guidance/{id}/").status_code

    def test_two_bodies_are_compared(self, client: Client) -> None:
        """Two bodies stand side by side; one that does not exist is explained."""
        assert "hold differently" in said(client.get("/guidance/compare/", {"first": "bacp", "second": "babcp"}))
        answer = client.get("/guidance/compare/", {"first": "bacp", "second": "nobody"})
        assert 400 == answer.status_code
        assert "is not known" in said(answer)

    def test_what_does_not_exist_is_not_found(self, client: Client) -> None:
        """An id of nothing leads to a plain page."""
        answer = client.get("/guidance/nothing-at-all/")
        assert 404 == answer.status_code
        assert "no such page" in said(answer)


class TestSettings:
    def test_the_profile(self, client: Client, door: Door) -> None:
        """The profile is saved and the time to lock holds at once; what is out of range is refused."""
        fields = {"role": "supervisor", "nation": "Scotland", "idle_minutes": "3"}
        client.post("/settings/profile/", fields)
        assert ("supervisor", 180) == (Profile.current().role, door.idle)
        assert 400 == client.post("/settings/profile/", fields | {"idle_minutes": "0"}).status_code
        assert 400 == client.post("/settings/profile/", fields | {"bodies": ["nobody"]}).status_code

    def test_accounts(self, client: Client) -> None:
        """An account is added and removed; one without a name is refused."""
        fields = {"name": "Practice page", "kind": "professional", "platform": "facebook", "audience": "public"}
        assert 400 == client.post("/settings/accounts/", fields | {"name": ""}).status_code
        client.post("/settings/accounts/", fields)
        assert "Practice page" in said(client.get("/settings/"))
        client.post(f"/settings/accounts/{Account.objects.get().pk}/remove/")
        assert not Account.objects.exists()

    def test_the_passphrase(self, client: Client) -> None:
        """The passphrase is changed by whoever knows it, and a new recovery key is shown."""
        fields = {"old": PASSPHRASE, "new": OTHER, "again": OTHER}
        assert 400 == client.post("/settings/passphrase/", fields | {"old": "wrong"}).status_code
        assert "Your recovery key" in said(client.post("/settings/passphrase/", fields))
        client.post("/lock/")
        assert 302 == client.post("/unlock/", {"passphrase": OTHER}).status_code

    def test_integrity(self, client: Client) -> None:
        """A whole vault is said to be whole."""
        assert "Everything is whole" in said(client.post("/settings/integrity/", follow=True))

    def test_a_backup_comes_back(self, client: Client) -> None:
        """What was there when the backup was made is there once it is brought back."""
        HeldDraft.objects.create(text=BREACH, made=datetime.now(UTC), until=datetime.now(UTC))
        backup = client.post("/settings/backup/").getvalue()
        assert BREACH.encode() not in backup
        HeldDraft.objects.all().delete()
        file = SimpleUploadedFile("x.backup", backup)
        assert 302 == client.post("/settings/restore/", {"backup": file, "passphrase": PASSPHRASE}).status_code
        assert BREACH == HeldDraft.objects.get().text

    def test_a_backup_comes_back_where_the_vault_is_lost(self, client: Client, door: Door) -> None:
        """With its key file gone, or nothing there at all, the pages lead to where a backup can be brought back."""
        backup = client.post("/settings/backup/").getvalue()
        client.post("/lock/")
        for lose in (door.vault.key_file.unlink, door.vault.erase):
            lose()
            assert "Bring back a backup" in said(client.get("/settings/restore/"))
            file = SimpleUploadedFile("x.backup", backup)
            assert 302 == client.post("/settings/restore/", {"backup": file, "passphrase": PASSPHRASE}).status_code
            assert door.vault.is_open
            client.post("/lock/")

    def test_somebody_who_writes_is_there(self, client: Client, door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
        """A page that says that somebody is typing keeps the vault open."""
        now = [door.clock()]
        monkeypatch.setattr(door, "clock", lambda: now[0])
        for _ in range(4):
            assert 204 == client.get("/awake/").status_code
            now[0] += door.idle - 1
            door.lock_if_idle()
            assert door.vault.is_open
        now[0] += 2
        door.lock_if_idle()
        assert not door.vault.is_open

    def test_a_file_that_is_no_backup(self, client: Client) -> None:
        """Another file is refused, what is kept stays, and the vault has to be unlocked again."""
        HeldDraft.objects.create(text=BREACH, made=datetime.now(UTC), until=datetime.now(UTC))
        file = SimpleUploadedFile("holiday.jpg", b"not a backup")
        answer = client.post("/settings/restore/", {"backup": file, "passphrase": PASSPHRASE})
        assert 400 == answer.status_code
        assert "not a whole Forethought backup" in said(answer)
        DOOR.vault.unlock(PASSPHRASE)
        assert HeldDraft.objects.exists()

    def test_an_export_holds_everything(self, client: Client, door: Door) -> None:
        """The export has a file for each kind of record, in plain JSON, files as they were, and a note."""
        door.vault.seal("picture", "a1", [b"as it was"])
        HeldDraft.objects.create(text=BREACH, made=datetime.now(UTC), until=datetime.now(UTC))
        archive = zipfile.ZipFile(io.BytesIO(client.post("/settings/export/").getvalue()))
        assert {
            "READ ME.txt", "accounts-account.json", "accounts-calendar.json", "accounts-hack.json",
            "accounts-passwordlook.json", "accounts-review.json", "accounts-selfsearch.json",
            "clients-client.json", "clients-counter.json", "clients-form.json", "contacts-decision.json",
            "desk-helddraft.json", "desk-profile.json", "desk-setaside.json",
            "footprint-archive.json", "footprint-entry.json", "footprint-thread.json", "footprint-trouble.json",
            "incidents-event.json", "incidents-incident.json", "media-file.json", "policy-given.json",
            "policy-interview.json", "policy-version.json",
            "supervision-note.json", "files/picture/a1",
        } == set(archive.namelist())  # fmt: skip
        assert BREACH == json.loads(archive.read("desk-helddraft.json"))[0]["fields"]["text"]
        assert b"as it was" == archive.read("files/picture/a1")

    def test_an_export_goes_on_past_a_damaged_file(self, client: Client, door: Door) -> None:
        """A file that cannot be opened any more is named at the end, and everything else is there."""
        for name in ("a1", "b2"):
            door.vault.seal("picture", name, [b"as it was"])
        door.vault.sealed_file("picture", "a1").write_bytes(b"no longer")
        archive = zipfile.ZipFile(io.BytesIO(client.post("/settings/export/").getvalue()))
        assert "files/picture/a1" in archive.read("COULD NOT BE READ.txt").decode()
        assert b"as it was" == archive.read("files/picture/b2")

    def test_a_backup_leaves_nothing_behind(self, client: Client, door: Door) -> None:
        """What was copied for a backup is gone once it was given."""
        assert client.post("/settings/backup/").getvalue()
        assert [] == list(door.vault.folder.glob("sending-*"))

    def test_erasing_everything(self, client: Client, door: Door) -> None:
        """Everything is erased by whoever knows the passphrase and types the word, and by nobody else."""
        assert 400 == client.post("/settings/erase/", {"passphrase": "wrong", "word": "ERASE"}).status_code
        assert 400 == client.post("/settings/erase/", {"passphrase": PASSPHRASE, "word": "erase"}).status_code
        assert door.vault.exists
        client.post("/settings/erase/", {"passphrase": PASSPHRASE, "word": "ERASE"})
        assert not door.vault.exists
        assert [] == list(door.vault.folder.parent.glob("vault-before-*"))
        assert [] == [path for path in door.vault.folder.rglob("*") if path.is_file() and path.stat().st_size]


class TestSupervision:
    def test_a_draft_is_taken_there(self, client: Client) -> None:
        """A draft is kept without the words that were marked, with what was noticed, and asks for a question."""
        answer = client.post("/check/", draft(BREACH) | {"do": "supervision"}, follow=True)
        note = Note.objects.get()
        assert BREACH != note.shown
        assert "[…]" in note.shown
        assert "What was noticed" in said(answer)
        assert "Write down what to ask" in said(client.get("/"))
        client.post(f"/supervision/{note.pk}/", {"question": "Where is my frustration from?"})
        assert "Write down what to ask" not in said(client.get("/"))
        assert "Where is my frustration from?" in said(client.get(f"/supervision/{note.pk}/summary.html"))

    def test_the_summary_as_a_pdf(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """The summary is given as a PDF, and where the extra is missing the page says how to get it."""
        note = Note.objects.create(title="One", shown="x", made=datetime.now(UTC))
        assert client.get(f"/supervision/{note.pk}/summary.pdf").content.startswith(b"%PDF")
        assert client.get(f"/supervision/{note.pk}/summary.docx").content.startswith(b"PK")
        assert 404 == client.get(f"/supervision/{note.pk}/summary.exe").status_code
        monkeypatch.setitem(sys.modules, "typst", None)
        answer = client.get(f"/supervision/{note.pk}/summary.pdf")
        assert 400 == answer.status_code
        assert "forethought[pdf]" in said(answer)

    def test_a_dilemma_is_taken_down(self, client: Client) -> None:
        """A dilemma needs a few words of what it is about."""
        assert 400 == client.post("/supervision/", {"title": "", "question": "What now?"}).status_code
        client.post("/supervision/", {"title": "A request from a neighbour", "question": "What now?"})
        assert "A request from a neighbour" in said(client.get("/supervision/"))

    def test_it_is_found_from_the_first_page(self, client: Client) -> None:
        """The first page finds notes by their words, and says so where there are none."""
        Note.objects.create(title="A request from a neighbour", made=datetime.now(UTC))
        assert "A request from a neighbour" in said(client.get("/", {"words": "NEIGHBOUR"}))
        assert "Nothing that you kept holds" in said(client.get("/", {"words": "zzz"}))
        client.post("/check/", draft(BREACH) | {"do": "hold"})
        assert "A draft that you hold" in said(client.get("/", {"words": "divorce"}))

    def test_taken_and_removed(self, client: Client) -> None:
        """A note is marked as taken and can be removed; one that is gone is not found."""
        note = Note.objects.create(title="One", made=datetime.now(UTC))
        client.post(f"/supervision/{note.pk}/taken/")
        note.refresh_from_db()
        assert note.taken
        client.post(f"/supervision/{note.pk}/remove/")
        assert 404 == client.get(f"/supervision/{note.pk}/").status_code
