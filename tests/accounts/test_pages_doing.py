"""The pages that do: dates, the feed, a search for oneself, passwords, an account taken over, links and the record."""

import html
import io
import logging
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, ClassVar

import pytest
from at_the_desk import DOOR, HOME, PASSPHRASE, browser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from password_exports import SHAPES, Entry
from ranges import knowing, serving

from forethought.accounts.hacked.load import stages
from forethought.accounts.keeping import diary, hacks
from forethought.accounts.keeping.hacks import NothingNotedError, StageWaitsError
from forethought.accounts.models import Account, Calendar, Hack, PasswordLook, SelfSearch
from forethought.accounts.passwords.breach import shown
from forethought.accounts.searching.household import household
from forethought.accounts.searching.queries import engines
from forethought.accounts.searching.sheets import sheets
from forethought.accounts.views import secrets
from forethought.documents.forms import FORMS
from forethought.footprint.models import Archive
from forethought.footprint.models import Entry as Kept
from forethought.guidance import load

TODAY = date.today()
CANARY = "c4nary-Kwyjibo-917"
ENTRIES = (
    Entry("One", password=CANARY),
    Entry("Two", url="http://two.example", password=CANARY, notes=f"was {CANARY}"),
    Entry(f"Title {CANARY}", url=f"https://jo:{CANARY}@three.example/{CANARY}", user=CANARY, password=CANARY),
    Entry("Four", password=f"{CANARY}8"),
)
APART = (
    Entry("One", url="https://one.example", password=CANARY),
    Entry("Two", url="https://two.example", password=CANARY),
    Entry("Four", url="https://four.example", password=f"{CANARY}8"),
)
PAGES = (
    "calendar/", "calendar.ics", "calendar/changes/", "search/", "search/sheets/", "search/sheets/friend/",
    "search/sheets/supervisor/", "search/sheets/checker/", "search/sheets/family/", "search/household/",
    "search/upkeep/", "passwords/", "passwords/breach/", "passwords/phrase/", "hacked/", "links/", "record/",
)  # fmt: skip


def text(answer: Any) -> str:
    """Return a page as text."""
    return html.unescape(answer.content.decode())


def at(path: str) -> str:
    """Return an address of the room."""
    return f"/accounts/{path}"


def account(**fields: Any) -> Account:
    """Return an account in the register."""
    return Account.objects.create(**{"name": "Practice page", "platform": "instagram", "handle": "wren"} | fields)


def export(entries: tuple[Entry, ...] = ENTRIES, shape: str = "chrome csv") -> SimpleUploadedFile:
    """Return an export of a password manager, as a browser sends it."""
    return SimpleUploadedFile("export.csv", SHAPES[shape][0](entries))


def begun(client: Client, **fields: Any) -> Hack:
    """Begin the plan for an account that was taken over an hour ago."""
    aware = (datetime.now() - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M")
    client.post(at("hacked/"), {"kind": "social", "nation": "Scotland", "aware": aware, "facts": []} | fields)
    return Hack.objects.latest("pk")


@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there(client: Client, page: str) -> None:
    """Each page opens in an empty vault."""
    assert 200 == client.get(at(page)).status_code


class TestDates:
    def test_what_is_due_leads_to_where_it_is_done(self, client: Client) -> None:
        """A review of an account leads to its check-up, and one of passwords to their page."""
        own = account()
        page = text(client.get(at("calendar/")))
        assert f'href="/accounts/{own.pk}/review/"' in page
        assert 'href="/accounts/passwords/"' in page

    def test_putting_off(self, client: Client) -> None:
        """A review that is put off is due no more, and stands under its new day."""
        client.get(at("calendar/"))
        client.post(at("calendar/law/later/"), {"days": "30"})
        found = client.get(at("calendar/")).context
        assert "law" not in {each.id for each, *_ in found["now"]}
        assert {"law": TODAY + timedelta(days=30)} == {each.id: each.on for each, *_ in found["put_off"]}

    def test_for_how_long(self, client: Client) -> None:
        """A delay that is not in the list changes nothing."""
        client.get(at("calendar/"))
        assert 400 == client.post(at("calendar/law/later/"), {"days": "9000"}).status_code
        assert {} == Calendar.objects.get().put_off

    def test_noting_one_as_done(self, client: Client) -> None:
        """A review that is noted is due no more, and stands in the record with who made it and what was mended."""
        client.get(at("calendar/"))
        client.post(at("calendar/checker/done/"), {"note": "Took an old photo down", "by": "A colleague"})
        assert "checker" not in {each.id for each, *_ in client.get(at("calendar/")).context["now"]}
        record = text(client.get(at("record/")))
        assert "Took an old photo down" in record
        assert "A colleague" in record

    @pytest.mark.parametrize("what", ["later", "done"])
    def test_a_review_that_there_is_not(self, client: Client, what: str) -> None:
        """A review that is not in the calendar is not found."""
        assert 404 == client.post(at(f"calendar/none/{what}/"), {"days": "7"}).status_code

    def test_reading_the_changes(self, client: Client) -> None:
        """Once the changes are read, the review of the law is done today; those of another nation are left out."""
        client.post(at("calendar/"), {"nation": "Scotland"})
        rows = client.get(at("calendar/changes/")).context["rows"]
        assert rows
        assert all("Scotland" in each.nations for each, _ in rows)
        client.post(at("calendar/changes/"))
        assert TODAY == diary.done()["law"]

    def test_what_the_file_says(self, client: Client) -> None:
        """The file names nothing until the person asks for it."""
        assert b"Passwords" not in client.get(at("calendar.ics")).content
        client.post(at("calendar/"), {"nation": "", "named": "on", "at": "18:30", "alarm": "on"})
        made = client.get(at("calendar.ics"))
        assert "text/calendar; charset=utf-8" == made.headers["Content-Type"]
        assert b"Passwords" in made.content.replace(b"\r\n ", b"")
        assert b"T183000" in made.content
        assert b"BEGIN:VALARM" in made.content

    def test_nothing_is_called_by_an_account_that_was_closed(self, client: Client) -> None:
        """An account that is closed asks for no more reviews."""
        account(closed=TODAY)
        client.get(at("calendar/"))
        assert not [each for each in diary.due(TODAY, load()) if each.id.startswith("settings")]


class TestTheFeed:
    def address(self, client: Client) -> str:
        """Return the feed's path."""
        found = re.search(r"/accounts/feed/[\w-]+/reviews\.ics", text(client.get(at("calendar/"))))
        assert found
        return found[0]

    def test_a_program_without_the_cookie(self, client: Client) -> None:
        """A calendar program that knows the address gets the same file as the person, with no cookie."""
        address = self.address(client)
        given = browser().get(address)
        assert 200 == given.status_code
        stamp = re.compile(rb"DTSTAMP:\w+")
        assert stamp.sub(b"", client.get(at("calendar.ics")).content) == stamp.sub(b"", given.content)

    @pytest.mark.parametrize("token", ["x", "", "a" * 43, "%C3%A9", "%00"])
    def test_without_the_secret(self, client: Client, token: str) -> None:
        """Any other address gets nothing."""
        self.address(client)
        assert 404 == browser().get(f"/accounts/feed/{token}/reviews.ics").status_code

    def test_no_token_no_feed(self, client: Client) -> None:
        """Before there is a secret there is no feed."""
        Calendar.objects.create(began=TODAY, token="")
        assert 404 == browser().get("/accounts/feed//reviews.ics").status_code
        assert 404 == browser().get("/accounts/feed/x/reviews.ics").status_code

    def test_a_locked_vault(self, client: Client) -> None:
        """While the vault is locked the feed holds nothing, and asks the program to come again."""
        address = self.address(client)
        client.post("/lock/")
        given = browser().get(address)
        assert 503 == given.status_code
        assert b"VCALENDAR" not in given.content
        assert "3600" == given.headers["Retry-After"]

    def test_it_does_not_keep_the_vault_open(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """Asking for the feed again and again is nobody at the desk: the vault locks all the same."""
        address = self.address(client)
        now = DOOR.clock()
        monkeypatch.setattr(DOOR, "clock", lambda: now + 400)
        assert 200 == browser().get(address).status_code
        monkeypatch.setattr(DOOR, "clock", lambda: now + 800)
        assert 503 == browser().get(address).status_code
        assert not DOOR.vault.is_open

    def test_a_new_address(self, client: Client) -> None:
        """After it is renewed the old address leads nowhere, and the new one works."""
        before = self.address(client)
        client.post(at("calendar/renew/"))
        after = self.address(client)
        assert [404, 200] == [browser().get(each).status_code for each in (before, after)]

    def test_only_under_the_desks_own_address(self, client: Client) -> None:
        """Another site that points at this computer does not get the feed."""
        assert 400 == client.get(self.address(client), headers={"Host": "evil.example:4321"}).status_code

    def test_the_page_says_when_it_works(self, client: Client) -> None:
        """It is said plainly that the feed works only while the desk runs with an open vault."""
        assert "only while Forethought is running here and your vault is open" in text(client.get(at("calendar/")))


class TestSearching:
    GIVEN: ClassVar = {
        "names": "Wren Example",
        "towns": "Leeds",
        "phones": "07700 900123",
        "engines": ["google", "bing"],
    }

    def test_searches_are_prepared_and_nothing_is_kept(self, client: Client) -> None:
        """Links that tell no site where they come from are shown, and no word of the search is in the vault."""
        page = text(client.post(at("search/"), self.GIVEN))
        links = re.findall(r'<a href="https://[^"]+"[^>]*>', page)
        assert len(links) > 6
        assert all('rel="noopener noreferrer"' in each for each in links)
        assert "Wren%20Example" in page
        assert "may not know these words yet" in page
        assert "Wren Example" not in rows()
        assert not SelfSearch.objects.exists()

    def test_nothing_to_search_for(self, client: Client) -> None:
        """An empty form is refused, and so is one without an engine."""
        assert 400 == client.post(at("search/"), {"engines": ["google"]}).status_code
        assert 400 == client.post(at("search/"), {"names": "Wren Example"}).status_code
        assert 400 == client.post(at("search/"), self.GIVEN | {"names": "a\n" * 13}).status_code

    def test_handles_come_from_the_register(self, client: Client) -> None:
        """Handles are filled in from the register, those for work apart from the others."""
        account()
        account(handle="secretwren", kind="personal")
        initial = client.get(at("search/")).context["form"].initial
        assert {"handles": "wren", "private_handles": "secretwren"} == initial

    def test_what_was_found_and_done(self, client: Client) -> None:
        """A find is noted, dealt with, and leaves the search when it is taken off; only sorts of words are kept."""
        address = client.post(at("search/made/"), {"sort": ["name", "phone", "bogus"]})["Location"]
        kept = SelfSearch.objects.get()
        assert ["name", "phone"] == kept.searched
        client.post(address, {"where": "a directory", "what": "an old fee"})
        assert "1 noted, 1 still to deal with" in text(client.get(address))
        client.post(f"{address}0/", {"done": "Asked them to mend it"})
        assert "Asked them to mend it" in text(client.get(address))
        assert b"Asked them to mend it" in client.get(f"{address}found.txt").content
        assert TODAY == diary.done()["self-search"]
        client.post(f"{address}0/", {"remove": "yes"})
        assert "Nothing is noted yet" in text(client.get(address))
        assert 404 == client.post(f"{address}0/", {"done": "x"}).status_code
        client.post(f"{address}remove/")
        assert not SelfSearch.objects.exists()

    @pytest.mark.parametrize("id", [*sheets()])
    def test_a_sheet_tells_no_more_than_its_reader_needs(self, client: Client, id: str) -> None:
        """A sheet asks for what it shows and nothing else, and says nothing of what was sent besides."""
        sent = {"names": "Wren Example", "homes": "1 Secret Lane", "private_handles": "quietwren"}
        page = client.get(at(f"search/sheets/{id}/"))
        assert set(sheets()[id].shows) == set(page.context["form"].fields)
        made = client.post(at(f"search/sheets/{id}.txt"), sent).content
        assert b"Wren Example" in made
        assert ("homes" in sheets()[id].shows) is (b"Secret Lane" in made)
        assert ("private_handles" in sheets()[id].shows) is (b"quietwren" in made)
        assert "Wren Example" not in rows()

    def test_the_familys_sheet(self, client: Client) -> None:
        """The sheet for family and friends is shown, saved and noted as given."""
        assert b"note in a" in client.get(at("search/sheets/family.txt")).content
        client.post(at("search/sheets/family/given/"))
        assert TODAY == diary.done()["family"]

    @pytest.mark.parametrize("path", ["search/sheets/none/", "search/sheets/none.txt", "search/sheets/family.exe"])
    def test_a_sheet_that_there_is_not(self, client: Client, path: str) -> None:
        """A sheet or a form of file that there is not is not found."""
        assert 404 == client.get(at(path)).status_code

    @pytest.mark.parametrize("what", ["household", "upkeep"])
    def test_checks_are_made_at_ones_own_pace(self, client: Client, what: str) -> None:
        """Nothing ticked is refused; what is ticked is noted with its day, and the review is done."""
        address = at(f"search/{what}/")
        assert 400 == client.post(address, {"note": "x"}).status_code
        assert 400 == client.post(address, {"made": "bogus"}).status_code
        one = client.get(address).context["groups"][0][1][0][0].id
        client.post(address, {"made": [one], "note": "Took an app off"})
        days = {each.id: last for _, own in client.get(address).context["groups"] for each, last in own}
        assert [one] == [id for id, last in days.items() if last == TODAY]
        assert TODAY == diary.done()[what]

    def test_every_check_is_on_the_page(self, client: Client) -> None:
        """No check is left out of the page of the household."""
        groups = client.get(at("search/household/")).context["groups"]
        assert set(household()) == {each.id for _, own in groups for each, _ in own}


def rows() -> str:
    """Return everything that the vault's database holds, decrypted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        found = []
        for (name,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{name}"')
            found += [repr(each) for each in cursor.fetchall()]
    return "\n".join(found)


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """What is logged at all, whoever logs it, with a temporary folder of the test's own."""
    written, levels = io.StringIO(), {}
    handler = logging.StreamHandler(written)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    loud = [logging.getLogger(name) for name in ("", "django", "waitress", "django.request", "django.db.backends")]
    for each in loud:
        levels[each] = each.level
        each.addHandler(handler)
        each.setLevel(logging.DEBUG)
    yield written
    for each in loud:
        each.removeHandler(handler)
        each.setLevel(levels[each])


def everywhere(client: Client, logs: io.StringIO, temporary: Path) -> dict[str, str]:
    """Return what the vault, later pages, logs, the disk and temporary files hold, decrypted where they are sealed."""
    found = {"rows": rows(), "logs": logs.getvalue()}
    for page in ("/", *map(at, ("", *PAGES))):
        found[page] = client.get(page).content.decode("utf-8", "replace")
    for kind, record in DOOR.vault.sealed_records():
        found[f"{kind} {record}"] = b"".join(DOOR.vault.unseal(kind, record)).decode("latin-1")
    for folder in (HOME, temporary):
        for path in folder.rglob("*"):
            found[str(path)] = path.name + (path.read_bytes().decode("latin-1") if path.is_file() else "")
    return found


class TestTheCanary:
    @pytest.mark.parametrize("shape", SHAPES)
    def test_a_password_is_nowhere_afterwards(
        self, client: Client, logged: io.StringIO, tmp_path: Path, shape: str
    ) -> None:
        """An uploaded password is in no answer, row, sealed file, later page, log, temporary file or file on disk."""
        told = client.post(at("passwords/"), {"export": export(shape=shape), "old": ""})
        assert 200 == told.status_code
        assert told.context["rows"]
        counted = client.post(at("passwords/breach/"), {"export": export(shape=shape)})
        found = everywhere(client, logged, tmp_path) | {"report": text(told), "counted": text(counted)}
        assert 1 == PasswordLook.objects.count()
        assert [] == [where for where, held in found.items() if "kwyjibo" in held.casefold()]

    def test_the_search_would_find_it(self, client: Client, logged: io.StringIO, tmp_path: Path) -> None:
        """A canary that is kept in a row, sealed, logged or left in a temporary file is found by the same search."""
        account(note=CANARY)
        DOOR.vault.seal("screenshot", "a" * 32, [CANARY.encode()])
        logging.getLogger("django.request").error(CANARY)
        (tmp_path / "left").write_text(CANARY)
        found = {where for where, held in everywhere(client, logged, tmp_path).items() if CANARY in held}
        assert {"rows", "logs", f"screenshot {'a' * 32}", str(tmp_path / "left")} <= found

    @pytest.mark.parametrize("address", ["passwords/", "passwords/breach/"])
    def test_a_crash_in_the_middle(
        self, client: Client, logged: io.StringIO, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, address: str
    ) -> None:
        """A mistake that quotes a password, in the middle of the page's work, shows and leaves none."""

        def fails(*given: Any, **named: Any) -> None:
            raise ValueError(CANARY)

        monkeypatch.setattr(secrets, "ranges", fails)
        told = client.post(at(address), {"export": export()})
        assert 400 == told.status_code
        assert "something unforeseen happened (ValueError)" in text(told)
        found = everywhere(client, logged, tmp_path) | {"answer": text(told)}
        assert [] == [where for where, held in found.items() if "kwyjibo" in held.casefold()]

    @pytest.mark.parametrize("spoiled", ["cut", "binary", "locked", "unknown"])
    def test_a_file_that_is_refused(self, client: Client, logged: io.StringIO, tmp_path: Path, spoiled: str) -> None:
        """A file that cannot be read is refused in words, and leaves no password."""
        content = {
            "cut": SHAPES["bitwarden json"][0](ENTRIES)[:-40],
            "binary": CANARY.encode() + b"\0\xff",
            "locked": b'{"encrypted": true, "data": "' + CANARY.encode() + b'"}',
            "unknown": f"a,b\n{CANARY},2\n".encode(),
        }[spoiled]
        told = client.post(at("passwords/"), {"export": SimpleUploadedFile("e.csv", content)})
        assert 400 == told.status_code
        found = everywhere(client, logged, tmp_path) | {"answer": text(told)}
        assert [] == [where for where, held in found.items() if "kwyjibo" in held.casefold()]
        assert not PasswordLook.objects.exists()


class TestPasswords:
    def test_one_row_an_account_with_every_reason(self, client: Client) -> None:
        """Each account stands once, with every reason in words."""
        told = client.post(at("passwords/"), {"export": export((*APART, APART[0]))})
        assert ["Four", "One", "Two"] == sorted(row.title for row, _ in told.context["rows"])
        assert "The same password is used elsewhere" in text(told)
        assert "This list is not kept" in text(told)
        assert "Four" not in text(client.get(at("passwords/")))

    def test_two_step_sign_in_is_looked_for(self, client: Client) -> None:
        """An account at a platform that offers two-step sign-in, without a code, is told so."""
        entry = Entry("Facebook", url="https://www.facebook.com/login", user="jo", password="crane-velvet-91-otter")
        told = client.post(at("passwords/"), {"export": export((entry,))})
        assert "no-two-step" in told.context["rows"][0][0].reasons

    def test_what_changed_since_the_last_time(self, client: Client) -> None:
        """The next check tells which passwords were changed, by the marks that were kept; older marks are let go."""
        client.post(at("passwords/"), {"export": export(APART)})
        mended = (Entry("One", url="https://one.example", password="crane-velvet-91-otter"), *APART[1:])
        told = client.post(at("passwords/"), {"export": export(mended)})
        assert ["One"] == told.context["since"]["changed"]
        assert "Two" in told.context["since"]["unchanged"]
        assert [True, False] == [bool(each.fingerprints) for each in PasswordLook.objects.all()]

    def test_a_look_from_before_the_clock_was_put_back(self, client: Client) -> None:
        """The look that was kept last is compared with, also where an earlier one bears a later day."""
        client.post(at("passwords/"), {"export": export(APART)})
        PasswordLook.objects.update(made=datetime.now(UTC) + timedelta(days=900))
        client.post(at("passwords/"), {"export": export(APART)})
        assert "Two" in client.post(at("passwords/"), {"export": export(APART)}).context["since"]["unchanged"]

    def test_no_file(self, client: Client) -> None:
        """Without a file nothing is checked, and the page says what to choose."""
        told = client.post(at("passwords/"), {"old": ""})
        assert 400 == told.status_code
        assert "Choose the file" in text(told)

    def test_how_to_delete_it(self, client: Client) -> None:
        """The report says how to delete the file, and what that cannot guarantee."""
        told = text(client.post(at("passwords/"), {"export": export()})).casefold()
        assert "this page cannot delete it" in told
        assert all(word in told for word in ("solid-state", "cloud", "no promise", "backups"))


class TestBreaches:
    @pytest.fixture
    def service(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
        """A local server of the same protocol that knows the canary."""
        with serving(knowing(CANARY)) as served:
            monkeypatch.setattr(secrets, "LOOK_UP", served.address)
            yield served

    def test_nothing_is_sent_before_a_yes(self, client: Client, service: Any) -> None:
        """Exactly what would leave is shown first, and nothing leaves for an upload, a check or a missing yes."""
        client.post(at("passwords/"), {"export": export()})
        first = client.post(at("passwords/breach/"), {"export": export()})
        assert shown(2, service.address) in text(first)
        assert "Nothing was sent yet" in text(first)
        again = client.post(at("passwords/breach/"), {"export": export(), "count": "2"})
        assert "Nothing was sent." in text(again)
        assert [] == service.requests

    @pytest.mark.parametrize("count", ["", "1", "3"])
    def test_a_yes_to_something_else(self, client: Client, service: Any, count: str) -> None:
        """A yes to another number of requests than this file needs sends nothing, and shows the right one."""
        told = client.post(at("passwords/breach/"), {"export": export(), "count": count, "yes": "on"})
        assert shown(2, service.address) in text(told)
        assert [] == service.requests

    def test_with_a_yes(self, client: Client, service: Any) -> None:
        """With a yes the look-up runs in the same request, five characters a time, and nothing of it is kept."""
        told = client.post(at("passwords/breach/"), {"export": export(), "count": "2", "yes": "on"})
        assert "One" in told.context["found"]["names"]
        assert "Four" not in told.context["found"]["names"]
        assert all(re.match(r"GET /range/[0-9A-F]{5} HTTP", line) for line, _ in service.requests)
        assert 2 == len(service.requests)
        assert "not kept" in text(told)
        assert not PasswordLook.objects.exists()

    def test_offline(self, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
        """What could not be checked is said to be so, and never reads as good."""
        monkeypatch.setattr(secrets, "LOOK_UP", "http://127.0.0.1:9/range/")
        told = client.post(at("passwords/breach/"), {"export": export(), "count": "2", "yes": "on"})
        assert "nothing is known about them" in text(told)
        assert {"Could not check": 4, "Known from breaches": 0}.items() <= dict(told.context["found"]["counts"]).items()


class TestPhrases:
    def test_it_is_shown_once(self, client: Client) -> None:
        """A passphrase is shown with its strength, and is neither kept nor shown again."""
        told = client.post(at("passwords/phrase/"), {"words": "6"})
        made = told.context["made"].text
        assert 6 == len(made.split("-"))
        assert made in text(told)
        assert "66 bits" in text(told)
        assert made not in text(client.get(at("passwords/phrase/"))) + rows()

    @pytest.mark.parametrize("words", ["3", "13", "x", ""])
    def test_too_short_or_too_long(self, client: Client, words: str) -> None:
        """A number of words that is not offered is refused."""
        assert 400 == client.post(at("passwords/phrase/"), {"words": words}).status_code


class TestHacked:
    @pytest.mark.parametrize(("platform", "kind"), [("email", "mail"), ("messenger", "messaging"), ("x", "social")])
    def test_the_plan_fits_the_place(self, client: Client, platform: str, kind: str) -> None:
        """Also a place without a check-up of its own gets its kind's plan, such as forwarding rules for e-mail."""
        assert kind == hacks.kind_for(account(platform=platform))

    def note(self, client: Client, hack: Hack, stage: str, words: str = "Done.") -> Any:
        """Note something at a stage."""
        return client.post(at(f"hacked/{hack.pk}/note/{stage}/"), {f"{stage}-words": words})

    def test_an_account_of_the_register_gives_its_kind(self, client: Client) -> None:
        """The plan for an account is that of its kind of platform, and its notices name it."""
        mail = account(name="Mail", platform="google", handle="jo")
        hack = begun(client, account=mail.pk, kind="")
        assert "mail" == hack.facts["kind"]
        assert "Google" in text(client.get(at(f"hacked/{hack.pk}/notices/")))

    @pytest.mark.parametrize(
        "changed",
        [{"kind": ""}, {"kind": "bogus"}, {"nation": ""}, {"nation": "France"}, {"aware": ""}, {"facts": ["x"]}],
    )
    def test_what_has_to_be_said_first(self, client: Client, changed: dict[str, Any]) -> None:
        """A hack without what the plan needs is refused, with the form still filled."""
        sent = {"kind": "social", "nation": "Wales", "aware": "2026-01-02T10:00"} | changed
        assert 400 == client.post(at("hacked/"), sent).status_code
        assert not Hack.objects.exists()

    def test_an_hour_that_has_not_come(self, client: Client) -> None:
        """Becoming aware in the future is refused."""
        later = (datetime.now() + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M")
        sent = {"kind": "social", "nation": "Wales", "aware": later}
        assert "has not come yet" in text(client.post(at("hacked/"), sent))

    def test_personal_only_and_clients_contradict(self, client: Client) -> None:
        """That nothing of clients is touched is refused beside that something is, and says why."""
        sent = {"kind": "mail", "nation": "Wales", "aware": "2026-01-02T10:00", "facts": ["personal", "practice"]}
        assert "cannot both be so" in text(client.post(at("hacked/"), sent))
        assert not Hack.objects.exists()

    def test_a_platform_by_its_name(self, client: Client) -> None:
        """A platform that is in no list of accounts still gives its own way back, and its name in the notices."""
        hack = begun(client, kind="facebook")
        assert ("social", "Facebook") == (hack.facts["kind"], hack.facts["platform"])
        page = client.get(at(f"hacked/{hack.pk}/"))
        assert "begin at facebook.com/hacked" in text(page)
        there = {each["stage"].id: each["there"] for each in page.context["stages"]}
        assert there["regain"]
        assert there["sign-out"]
        assert there["check"]
        assert not there["tell"]

    def test_the_nation_of_the_calendar_stands_first(self, client: Client) -> None:
        """The nation that was chosen for the calendar is taken; otherwise none is, since it decides whom to tell."""
        page = at("hacked/")
        assert not client.get(page).context["form"]["nation"].value()
        Calendar.objects.create(began=TODAY, nation="Scotland")
        assert "Scotland" == client.get(page).context["form"]["nation"].value()

    def test_documents_that_differ_go_by_their_names(self, client: Client) -> None:
        """Where documents differ, each goes by the name of its body and its title, never by an id."""
        page = client.get(at(f"hacked/{begun(client).pk}/"))
        named = [who for _, positions in page.context["differences"] for who, _ in positions]
        assert any(who.startswith("BABCP, ") for who in named)
        assert not any("-SOCIAL-MEDIA" in who.upper() for who in named)

    def test_warning_others_does_not_wait(self, client: Client) -> None:
        """The plan leads to words for contacts at its top, until something is noted of telling."""
        hack = begun(client)
        assert "One thing does not wait" in text(client.get(at(f"hacked/{hack.pk}/")))
        self.note(client, hack, "tell")
        assert "One thing does not wait" not in text(client.get(at(f"hacked/{hack.pk}/")))

    def test_the_first_page_and_the_record(self, client: Client) -> None:
        """An open hack stands on the first page with its hours until closed, and in the record without its words."""
        hack = begun(client, kind="facebook", facts=["clients"])
        self.note(client, hack, "evidence", "Pictures from the drawer.")
        first = text(client.get("/"))
        assert "Taken over: Facebook" in first
        assert "hours and" in first
        record = text(client.get(at("record/")))
        assert "Accounts that were taken over" in record
        assert "Not closed yet" in record
        assert "drawer" not in record
        hack.closed = datetime.now(UTC)
        hack.save()
        assert "Taken over: Facebook" not in text(client.get("/"))
        assert "Closed on" in text(client.get(at("record/")))

    def test_evidence_comes_first(self, client: Client) -> None:
        """No stage that changes the account takes a note before evidence has one, whoever sends it; telling may."""
        hack = begun(client)
        for stage in ("regain", "sign-out", "check", "secure", "remove", "learn"):
            told = self.note(client, hack, stage)
            assert 400 == told.status_code
            assert "first" in text(told) or "earlier stage" in text(told)
        hack.refresh_from_db()
        assert {} == hack.done
        assert 302 == self.note(client, hack, "tell").status_code
        with pytest.raises(StageWaitsError):
            hacks.note(hack, "remove", "x", datetime.now(UTC))
        with pytest.raises(NothingNotedError):
            hacks.note(hack, "evidence", " \n", datetime.now(UTC))

    def test_the_log_is_in_order_of_time(self, client: Client) -> None:
        """What is noted later of an earlier stage stands later in the log."""
        hack, now = begun(client), datetime.now(UTC)
        for minutes, stage in enumerate(("evidence", "tell", "evidence")):
            hacks.note(hack, stage, f"Note {minutes}", now + timedelta(minutes=minutes))
        assert ["Note 0", "Note 1", "Note 2"] == [each.words[-6:] for each in hacks.log(hack)[1:]]

    def test_a_stage_that_waits_has_no_form(self, client: Client) -> None:
        """The page offers no form for a stage that has to wait, and says why it waits."""
        hack = begun(client)
        page = text(client.get(at(f"hacked/{hack.pk}/")))
        assert f"/hacked/{hack.pk}/note/evidence/" in page
        assert f"/hacked/{hack.pk}/note/remove/" not in page
        assert page.count("Not yet:") == sum(bool(each.needs) for each in stages())

    def test_it_ends(self, client: Client) -> None:
        """Stage after stage is noted in order, and only then can it be closed."""
        hack = begun(client)
        client.post(at(f"hacked/{hack.pk}/close/"))
        hack.refresh_from_db()
        assert hack.closed is None
        for stage in stages():
            assert stage.id == client.get(at(f"hacked/{hack.pk}/")).context["next"].id
            assert 302 == self.note(client, hack, stage.id).status_code
        client.post(at(f"hacked/{hack.pk}/close/"))
        assert Hack.objects.get().closed
        assert "Closed on" in text(client.get(at(f"hacked/{hack.pk}/")))

    def test_a_note_without_words(self, client: Client) -> None:
        """A note needs words, and the page says so."""
        told = self.note(client, begun(client), "evidence", "")
        assert 400 == told.status_code
        assert "Write a few words" in text(told)
        assert 404 == self.note(client, Hack.objects.get(), "bogus").status_code

    def test_the_clock(self, client: Client) -> None:
        """The 72 hours run once clients' details were within reach, and not for a matter that is personal only."""
        hack = begun(client)
        assert "72 hours" not in text(client.get(at(f"hacked/{hack.pk}/notices/")))
        client.post(
            at(f"hacked/{hack.pk}/facts/"),
            {"nation": "Wales", "aware": "2026-01-02T10:00", "facts": ["practice"]},
        )
        page = text(client.get(at(f"hacked/{hack.pk}/notices/")))
        assert "The 72 hours ended at 10:00 on 5 January 2026" in page

    def test_weighing_the_risk(self, client: Client) -> None:
        """Answers are kept, and what follows is said, with the decision left to the person."""
        hack = begun(client, facts=["practice"])
        yes = dict.fromkeys(("reached", "therapy", "harm", "contacted"), "yes")
        sent = yes | {"encrypted": "no", "vulnerable": ""}
        page = text(client.post(at(f"hacked/{hack.pk}/risk/"), sent, follow=True))
        assert "the risk may be high" in page
        assert "You decide" in page

    def test_notices_are_filled(self, client: Client) -> None:
        """Drafts hold the dates of the log and what the person added, and ask in brackets for the rest."""
        hack = begun(client, facts=["practice", "complaint", "clients"])
        self.note(client, hack, "evidence", "Pictures of the sessions kept.")
        address = at(f"hacked/{hack.pk}/notices/")
        client.post(address, {"name": "W. Example", "happened": "2026-11-02T08:00", "other_way": "07700 900123"})
        page = client.get(address)
        drafts = {each.id: each for each, *_ in page.context["notices"]}
        assert "2 November 2026, 08:00" in drafts["contacts"].formal
        assert "W. Example" in drafts["contacts"].formal
        assert "Pictures of the sessions kept." in drafts["supervisor"].formal
        assert "[" in drafts["insurer"].formal
        assert text(page).count("readonly") == 2 * len(drafts)

    def test_what_is_personal_only_asks_for_fewer_notices(self, client: Client) -> None:
        """A matter that touches no client and no practice brings no draft for the regulator."""
        hack = begun(client, facts=["personal"])
        assert "ico" not in {each.id for each, *_ in client.get(at(f"hacked/{hack.pk}/notices/")).context["notices"]}

    def test_nations_differ(self, client: Client) -> None:
        """In Scotland the plan names Police Scotland's number."""
        page = text(client.get(at(f"hacked/{begun(client, facts=['money']).pk}/")))
        assert "101" in page

    def test_removing_it(self, client: Client) -> None:
        """A hack is removed with its log."""
        hack = begun(client)
        client.post(at(f"hacked/{hack.pk}/remove/"))
        assert not Hack.objects.exists()

    @pytest.mark.parametrize("form", FORMS)
    def test_saving_the_plan(self, client: Client, form: str) -> None:
        """The plan is saved in every form."""
        assert 200 == client.get(at(f"hacked/{begun(client).pk}/plan.{form}")).status_code

    def test_what_there_is_not(self, client: Client) -> None:
        """No page is there for a hack that there is not."""
        for path in ("", "facts/", "risk/", "notices/", "posts/", "plan.txt"):
            assert 404 == client.get(at(f"hacked/99/{path}")).status_code


class TestPosts:
    @pytest.fixture
    def archive(self, client: Client) -> Archive:
        """An archive of a year of mornings in English, with one odd post at night."""
        start = datetime(2026, 1, 1, 9, tzinfo=UTC)
        made = Archive.objects.create(
            name="a.zip", source="s", platform="x", title="X", form="json", confidence=1, begun=start, finished=start
        )
        words = "A short walk before work does me good on day {}, and I read a chapter of a book on attachment."
        given = {"archive": made, "platform": "x", "kind": "post", "source": "s", "member": "m"}
        Kept.objects.bulk_create(
            Kept(key=str(n), text=words.format(n), created=start + timedelta(days=n), **given) for n in range(120)
        )
        Kept.objects.create(
            key="odd",
            text="URGENT!!! You won a free gift card, verify your account now: http://bit.ly/x9 http://paypa1-login.top/a",
            created=start + timedelta(days=60, hours=18),
            **given,
        )
        return made

    def test_the_person_judges(self, client: Client, archive: Archive) -> None:
        """An odd post is shown with reasons; what the person says of it is kept, and can be taken back."""
        hack = begun(client)
        address = at(f"hacked/{hack.pk}/posts/?archive={archive.pk}")
        page = client.get(address)
        found = [each.post for each, _ in page.context["odd"]]
        assert ["odd"] == [Kept.objects.get(pk=int(each.key)).key for each in found]
        assert "Only you know whether you wrote it" in text(page)
        client.post(address, {"post": found[0].key, "said": "not-mine"})
        assert ["odd"] == [each.key for each in client.get(address).context["disowned"]]
        client.post(address, {"post": found[0].key, "said": "mine"})
        assert [] == client.get(address).context["disowned"]

    def test_only_what_was_written_there(self, client: Client, archive: Archive) -> None:
        """Nothing can be said of what is not in the archive, of somebody else's words, nor of another archive."""
        address = at(f"hacked/{begun(client).pk}/posts/")
        other = Kept.objects.create(
            archive=archive, platform="x", kind="repost", key="r", text="RT", own_words=False, source="s", member="m"
        )
        said = {"post": str(other.pk), "said": "mine"}
        assert 404 == client.post(f"{address}?archive={archive.pk}", said).status_code
        assert 404 == client.post(f"{address}?archive={archive.pk}", {"post": "99999", "said": "mine"}).status_code
        assert 404 == client.get(f"{address}?archive=77").status_code
        assert 'href="/footprint/bring/"' in text(client.get(address))


class TestLinks:
    def test_reasons(self, client: Client) -> None:
        """A link that pretends to be another is told with its reason, is no link on the page, and is not kept."""
        told = text(client.post(at("links/"), {"text": "Verify now: http://paypal.com@evil.example/x"}))
        assert "it leads to evil.example" in told
        assert 'href="http://paypal' not in told
        assert "evil.example" not in rows()

    def test_nothing_odd_is_no_promise(self, client: Client) -> None:
        """Where nothing is found, it is said that this promises nothing."""
        told = text(client.post(at("links/"), {"text": "See you at ten."}))
        assert "does not mean that all is well" in told

    def test_nothing_at_all(self, client: Client) -> None:
        """An empty message is refused."""
        assert 400 == client.post(at("links/"), {"text": " "}).status_code


class TestTheRecord:
    @pytest.mark.parametrize("form", FORMS)
    def test_every_form(self, client: Client, form: str) -> None:
        """The record of this year is saved in every form."""
        made = client.get(at(f"record/{TODAY.year}.{form}"))
        assert 200 == made.status_code
        assert f"care-for-accounts-{TODAY.year}" in made.headers["Content-Disposition"]

    @pytest.mark.parametrize("path", ["record/1999.txt", "record/2999.txt", "record/2026.exe"])
    def test_no_other_year_or_form(self, client: Client, path: str) -> None:
        """A year to come, or one before all of this, and a form that there is not, are not found."""
        assert 404 == client.get(at(path)).status_code

    def test_what_was_done_is_in_it(self, client: Client) -> None:
        """A look at passwords and a search stand in the record, with counts and without a name."""
        client.post(at("passwords/"), {"export": export()})
        client.post(at("search/made/"), {"sort": ["name"]})
        page = text(client.get(at("record/")))
        assert "Used more than once: 3" in page
        assert "A search for yourself" in page
        assert "Two" not in page.split("<table")[1].split("</table")[0]


@pytest.mark.parametrize("page", PAGES)
def test_a_stranger_is_shown_nothing(door: Any, page: str) -> None:
    """Without the cookie no page is there, though the vault is open; the feed alone asks for none."""
    DOOR.vault.unlock(PASSPHRASE)
    assert 403 == browser().get(at(page)).status_code


@pytest.mark.parametrize("page", ["passwords/", "passwords/breach/", "hacked/", "search/", "calendar/renew/", "links/"])
def test_another_site_cannot_send_a_form(client: Client, page: str) -> None:
    """A form without the desk's token does nothing."""
    strict = browser(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    assert 403 == strict.post(at(page), {"x": "y"}).status_code


def test_engines_are_offered(client: Client) -> None:
    """Every search engine can be chosen."""
    assert set(engines()) == {id for id, _ in client.get(at("search/")).context["form"].fields["engines"].choices}
