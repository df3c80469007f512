"""Every page of the room: that it works, in a full vault and in an empty one, and that it refuses what it should."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from at_the_desk import PASSPHRASE
from django.test import Client
from exports import zipped
from timelines import BREACH, QUIET, TOLD, numbered, timeline

from forethought.desk.door import Door
from forethought.footprint import keeping, views, weaving
from forethought.footprint.models import Archive, Entry, Thread, Trouble
from forethought.footprint.work import WORK

ROOM = "/footprint/"
SCRIPT = "<script>alert(1)</script>"
BRING = {"role": "counsellor", "kind": "professional", "audience": "public", "qualified": "", "path": ""}
PAGES = ("", "bring/", "posts/", "threads/", "profile/", "to-do/", "progress/", "report.csv", "report.html")
OF_ONE = ("archives/{}/", "posts/{}/", "threads/{}/")
POST_ONLY = ("go-on/", "stop/", "archives/{}/remove/", "posts/{}/done/")

pytestmark = pytest.mark.usefixtures("worked")


def said(answer: Any) -> str:
    """Return a page as text."""
    return str(answer.content.decode())


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home of somebody invented, in which exports are looked for."""
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    (tmp_path / "Downloads").mkdir()
    return tmp_path


@pytest.fixture
def full(key: bytes, home: Path) -> Path:
    """A vault with a timeline that was reviewed, and a thread in it."""
    profile = {"name": f"Wren {SCRIPT}", "bio": "Counsellor in Ludlow", "items": "two"}
    path = timeline(home / "Downloads" / "timeline.json", [*TOLD, BREACH], profile | {"location": "Ludlow"})
    keeping.bring_in([path], keeping.Usual(), key)
    keeping.audit(keeping.own_guidance(), "lexical")
    posts = list(Entry.objects.filter(text__contains="beekeeper"))
    for entry in posts:
        start = entry.text.index("beekeeper")
        details = [["job", start, start + 9]]
        Entry.objects.filter(pk=entry.pk).update(clue={"own": details, "weight": 0.9, "details": details, "kin": ""})
    weaving.weave()
    return path


def pk(address: str) -> str:
    """Return an address with the id of something that is there."""
    kinds: dict[str, Any] = {"archives": Archive, "posts": Entry.objects.filter(kind="post"), "threads": Thread}
    first = getattr(kinds[address.partition("/")[0]], "objects", kinds["posts"]).first()
    return address.format(first.pk)


class TestEveryPage:
    @pytest.mark.parametrize("page", PAGES)
    def test_in_an_empty_vault(self, client: Client, page: str) -> None:
        """Before anything was brought in, every page is there."""
        assert 200 == client.get(ROOM + page).status_code

    @pytest.mark.parametrize("page", [*PAGES, *OF_ONE])
    def test_in_a_full_one(self, client: Client, full: Path, page: str) -> None:
        """With posts, findings, a thread and a profile, every page is there."""
        assert 200 == client.get(ROOM + (pk(page) if "{" in page else page)).status_code

    @pytest.mark.parametrize("page", [*OF_ONE, *POST_ONLY[2:]])
    @pytest.mark.parametrize("number", [999, 10**30])
    def test_what_is_not_there(self, client: Client, full: Path, page: str, number: int) -> None:
        """A number of nothing, however large, leads to the page that says so."""
        ask = client.post if page in POST_ONLY else client.get
        answer = ask(ROOM + page.format(number))
        assert 404 == answer.status_code
        assert "no such page" in said(answer)

    @pytest.mark.parametrize("page", POST_ONLY)
    def test_what_changes_something_is_never_a_link(self, client: Client, full: Path, page: str) -> None:
        """What changes something is not done by following a link."""
        assert 405 == client.get(ROOM + (pk(page) if "{" in page else page)).status_code
        assert Archive.objects.exists()

    @pytest.mark.parametrize("page", ["", "posts/", "threads/", "profile/", "to-do/", "progress/", "report.csv"])
    def test_what_shows_something_takes_no_form(self, client: Client, page: str) -> None:
        """A page that only shows takes nothing."""
        assert 405 == client.post(ROOM + page).status_code

    @pytest.mark.parametrize("page", ["", "posts/", "report.csv", "progress/"])
    def test_a_locked_vault_is_unlocked_first(self, visitor: Client, page: str) -> None:
        """No page of the room is shown while the vault is locked."""
        assert visitor.get(ROOM + page).headers["Location"].startswith("/unlock/")

    @pytest.mark.parametrize("page", ["", "posts/", "threads/", "profile/", "to-do/", "report.html", *OF_ONE])
    def test_a_script_is_shown_as_words(self, client: Client, full: Path, page: str) -> None:
        """A script in a post, an account, a file's name, a platform, a problem or a thread is run by no page."""
        Archive.objects.update(account=SCRIPT, name=SCRIPT, title=SCRIPT, advice=SCRIPT, missing=[SCRIPT])
        Archive.objects.update(removed={SCRIPT: 1}, tables=[{"name": SCRIPT, "state": SCRIPT, "read": 1, "said": None}])
        Trouble.objects.create(archive=Archive.objects.get(), source="a", member=SCRIPT, locator=SCRIPT, what=SCRIPT)
        entries = Entry.objects.filter(kind="post")
        entries.update(platform=SCRIPT, text=SCRIPT, who_from=SCRIPT, decision="delete", reason=SCRIPT, raw=SCRIPT)
        Thread.objects.update(about=SCRIPT, loosen=SCRIPT, basis=[SCRIPT], pair=[{"words": SCRIPT, "kind": "job"}])
        shown = said(client.get(ROOM + (pk(page) if "{" in page else page)))
        assert SCRIPT not in shown
        assert "alert(1)" in shown

    @pytest.mark.parametrize(("address", "linked"), [("javascript:alert(1)", 0), ("https://herons.example/1", 1)])
    def test_an_address_that_is_a_script_is_no_link(
        self, client: Client, key: bytes, home: Path, address: str, linked: int
    ) -> None:
        """An address in an export that is none of the web's is not made a link."""
        keeping.bring_in([timeline(home / "a.json", [BREACH], address=address)], keeping.Usual(), key)
        Entry.objects.update(decision="delete")
        for page in (pk("posts/{}/"), "to-do/"):
            assert linked == said(client.get(ROOM + page)).count(f'href="{address}"')


class TestBringing:
    def test_an_export_is_read_reviewed_and_searched(self, client: Client, home: Path) -> None:
        """One export found in Downloads is read, reviewed and looked through for threads; the first page says so."""
        path = timeline(home / "Downloads" / "timeline.json", TOLD)
        assert "timeline.json" in said(client.get(f"{ROOM}bring/"))
        answer = client.post(
            f"{ROOM}bring/", BRING | {"chosen": str(path), "kind": "personal", "qualified": "2019-07-31"}
        )
        assert ROOM == answer.headers["Location"]
        WORK.wait(60)
        assert "" == WORK.trouble
        archive = Archive.objects.get()
        assert ("personal", 2019, 4) == (archive.kind, archive.qualified and archive.qualified.year, archive.read)
        assert 4 == Entry.objects.exclude(verdict="").count()
        shown = said(client.get(ROOM))
        assert "What was found" in shown
        assert "still to be reviewed" not in shown

    @pytest.mark.parametrize("form", ['"{}"', " {} ", "~/export.zip"])
    def test_a_path_is_taken_as_people_give_it(self, client: Client, home: Path, form: str) -> None:
        """A path may stand in quotation marks, as one copies it, between spaces, or begin at one's own folder."""
        path = zipped(home / "export.zip", {"timeline.json": {"posts": [{"text": QUIET}]}})
        assert 302 == client.post(f"{ROOM}bring/", BRING | {"path": form.format(path)}).status_code
        WORK.wait(60)
        assert "export.zip" == Archive.objects.get().name

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({}, "Choose an export, or write where it lies"),
            ({"path": "   "}, "Choose an export, or write where it lies"),
            ({"path": "nowhere/at-all.zip"}, "There is nothing at nowhere/at-all.zip"),
            ({"path": "~nobody-at-all/a.zip"}, "There is nothing at ~nobody-at-all/a.zip"),
            ({"path": "x" * 400}, "There is nothing at xxx"),
            ({"path": "a\0b"}, "Null characters are not allowed"),
            ({"path": f"/{SCRIPT}"}, "There is nothing at /&lt;script&gt;"),
            ({"chosen": "/etc/passwd"}, "That file is not there any more"),
            ({"path": ".", "kind": "secret"}, "not one of the available choices"),
            ({"path": ".", "qualified": "last spring"}, "Write the date as year, month and day"),
        ],
        ids=["nothing", "blank", "wrong", "nobody", "long", "nul", "script", "not-offered", "kind", "date"],
    )  # fmt: skip
    def test_what_cannot_be_read_is_refused(self, client: Client, given: dict[str, str], words: str) -> None:
        """Nothing at all, a path with nothing there, what the page does not offer are refused in words that help."""
        answer = client.post(f"{ROOM}bring/", BRING | given)
        assert 400 == answer.status_code
        assert words in str(answer.context["form"].errors)
        assert not WORK.goes_on

    def test_an_empty_form_is_refused(self, client: Client) -> None:
        """A form with nothing in it at all is refused too."""
        assert 400 == client.post(f"{ROOM}bring/").status_code

    def test_what_is_no_export_is_explained(self, client: Client, home: Path) -> None:
        """A file that is no export ends the work with its name and what to do, and leaves nothing behind."""
        (home / "holiday.jpg").write_bytes(b"\xff\xd8\xff")
        client.post(f"{ROOM}bring/", BRING | {"path": str(home / "holiday.jpg")})
        WORK.wait(60)
        assert "holiday.jpg is not an export that Forethought knows" in said(client.get(ROOM))
        assert not Archive.objects.exists()

    def test_an_archive_can_be_forgotten(self, client: Client, full: Path) -> None:
        """Forgetting an export takes its posts and every thread that quotes them, and leaves the file."""
        client.post(ROOM + pk("archives/{}/remove/"))
        WORK.wait(60)
        assert (0, 0, 0) == (Archive.objects.count(), Entry.objects.count(), Thread.objects.count())
        assert full.exists()

    def test_a_forgotten_post_is_quoted_nowhere(
        self, client: Client, full: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Even where threads cannot be looked for anew just then, none is left that quotes what was forgotten."""
        monkeypatch.setattr(views, "_begin", lambda what, task: False)
        client.post(ROOM + pk("archives/{}/remove/"))
        assert not Thread.objects.exists()

    def test_a_problem_is_listed(self, client: Client, key: bytes, home: Path) -> None:
        """The page of an export says of each part how much was read, and where something could not be."""
        path = home / "a.jsonl"
        path.write_text('{"text": "Herons."}\nbroken\n', encoding="utf-8")
        keeping.bring_in([path], keeping.Usual(), key)
        Archive.objects.update(removed={"items": 3})
        shown = said(client.get(ROOM + pk("archives/{}/")))
        for words in ("What could not be read", "a.jsonl line 2", "items: 3", '<th scope="row">posts</th>'):
            assert words in shown


@pytest.fixture
def held(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """Let the review go on only when it is called, once for each batch of two."""
    monkeypatch.setattr(keeping, "BATCH", 2)
    let, before = threading.Semaphore(0), keeping.draft_of

    def slow(*given: Any) -> Any:
        assert let.acquire(timeout=30)
        return before(*given)

    monkeypatch.setattr(keeping, "draft_of", slow)
    yield lambda: let.release(2)
    let.release(100)


class TestWork:
    @pytest.fixture
    def waiting(self, key: bytes, home: Path) -> None:
        """Seven posts that wait for their review."""
        path = timeline(home / "a.json", numbered(7))
        keeping.bring_in([path], keeping.Usual(), key)

    def settle(self, done: int) -> None:
        """Wait until so many are done."""
        for _ in range(3_000):
            if WORK.done >= done or not WORK.goes_on:
                return
            threading.Event().wait(0.01)

    def test_how_far_it_has_come_is_shown(self, client: Client, waiting: None, held: Callable[[], None]) -> None:
        """While work goes on its progress is a part of the page that asks for itself; then the page is renewed."""
        assert "7 items are still to be reviewed" in said(client.get(ROOM))
        assert ROOM == client.post(f"{ROOM}go-on/").headers["Location"]
        held()
        self.settle(2)
        shown = client.get(f"{ROOM}progress/")
        assert "HX-Refresh" not in shown.headers
        assert "Reviewing your posts</strong>: 2 of 7 done." in said(shown)
        assert 'hx-get="/footprint/progress/"' in said(shown)
        assert "<html" not in said(shown)
        assert "Stop it" in said(client.get(ROOM))
        for _ in range(3):
            held()
        WORK.wait(60)
        ended = client.get(f"{ROOM}progress/")
        assert ("true", b"") == (ended.headers["HX-Refresh"], ended.content)
        assert 7 == Entry.objects.exclude(verdict="").count()

    def test_one_thing_at_a_time(self, client: Client, waiting: None, held: Callable[[], None], home: Path) -> None:
        """While a review goes on another export is not begun, and the page says so instead of losing it."""
        client.post(f"{ROOM}go-on/")
        answer = client.post(f"{ROOM}bring/", BRING | {"path": str(home / "a.json")})
        assert 400 == answer.status_code
        assert "Reviewing your posts goes on" in said(answer)

    def test_it_is_stopped_and_gone_on_with(
        self, client: Client, waiting: None, held: Callable[[], None], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Stopped, whole batches are kept and the page offers to go on, which does the rest."""
        client.post(f"{ROOM}go-on/")
        held()
        self.settle(2)
        WORK.stop()
        held()
        client.post(f"{ROOM}stop/")
        assert not WORK.goes_on
        assert 4 == Entry.objects.exclude(verdict="").count()
        shown = said(client.get(ROOM))
        assert "It was stopped. What was done is kept" in shown
        assert "3 items are still to be reviewed" in shown
        held()
        held()
        client.post(f"{ROOM}go-on/")
        WORK.wait(60)
        assert ("", 7) == (WORK.trouble, Entry.objects.exclude(verdict="").count())

    def test_a_vault_that_locks_stops_it(
        self, client: Client, waiting: None, held: Callable[[], None], door: Door
    ) -> None:
        """Once the vault is locked the work ends with plain words, writes nothing more, and can be gone on with."""
        client.post(f"{ROOM}go-on/")
        held()
        self.settle(2)
        client.post("/lock/")
        held()
        WORK.wait(60)
        assert not WORK.goes_on
        client.post("/unlock/", {"passphrase": PASSPHRASE})
        assert 2 == Entry.objects.exclude(verdict="").count()
        assert "The vault is locked. Unlock it with your passphrase first." in said(client.get(ROOM))
        for _ in range(3):
            held()
        client.post(f"{ROOM}go-on/")
        WORK.wait(60)
        assert 7 == Entry.objects.exclude(verdict="").count()

    def test_a_database_that_takes_nothing_is_explained(self, client: Client, waiting: None, door: Door) -> None:
        """Where the database cannot be written to, the words say so and what to do, and do not call it a fault."""
        (door.vault.folder / "vault.db").chmod(0o400)
        broken = door.vault.database.read_bytes()
        door.vault.database.write_bytes(broken[:4096] + b"\0" * (len(broken) - 4096))
        views._begin("Reviewing your posts", lambda tell: keeping.audit(keeping.own_guidance(), "lexical", tell))
        WORK.wait(60)
        assert "The vault's database did not take it" in WORK.trouble
        assert "go on" in WORK.trouble

    def test_stopping_nothing(self, client: Client) -> None:
        """Where nothing goes on, to stop it leads back to the first page."""
        assert ROOM == client.post(f"{ROOM}stop/").headers["Location"]


class TestPosts:
    def test_the_gravest_come_first_with_their_words_marked(self, client: Client, full: Path) -> None:
        """The list holds what something was found in, the gravest first, and not what was clear."""
        answer = client.get(f"{ROOM}posts/")
        verdicts = [entry.verdict for entry, _, _ in answer.context["rows"]]
        assert verdicts == sorted(verdicts, key=["stop", "pause", "consider"].index)
        assert "<mark>" in said(answer)
        assert QUIET not in said(answer)

    @pytest.mark.parametrize(
        ("asked", "count"),
        [
            ({"words": "divorce"}, 1), ({"words": "DIVORCE"}, 1), ({"words": "zzz"}, 0), ({"verdict": "stop"}, 3),
            ({"verdict": "consider"}, 0), ({"year": "2024"}, 3), ({"year": "2020"}, 0), ({"decision": "none"}, 2),
            ({"decision": "keep"}, 1), ({"changed": "yes"}, 1), ({"rule": "confidentiality/client-case"}, 3),
            ({"rule": "no/such"}, 0), ({"archive": "1"}, 3), ({"archive": "2"}, 0),
        ],
    )  # fmt: skip
    def test_the_list_is_narrowed(self, client: Client, full: Path, asked: dict[str, str], count: int) -> None:
        """Words, verdict, year, decision, rule, export, and what a version saw otherwise each narrow the list."""
        found = Entry.objects.get(text=BREACH)
        Entry.objects.exclude(verdict__in=("", "clear")).update(verdict="stop")
        Entry.objects.filter(pk=found.pk).update(decision="keep", before={"verdict": "clear", "rules": [], "by": "1"})
        assert count == client.get(f"{ROOM}posts/", asked).context["page"].paginator.count

    @pytest.mark.parametrize(
        "asked",
        [
            {"verdict": SCRIPT}, {"verdict": "7"}, {"year": "99999"}, {"year": "0"}, {"year": "-1"}, {"year": "²"},
            {"year": "٣"}, {"decision": SCRIPT}, {"archive": "1" * 40}, {"archive": "one"}, {"page": "1" * 40},
            {"page": "-7"}, {"page": SCRIPT}, {"rule": '"%_\\'}, {"words": "%_\\\0"}, {"words": SCRIPT},
        ],
    )  # fmt: skip
    def test_what_makes_no_sense_is_left_out(self, client: Client, full: Path, asked: dict[str, str]) -> None:
        """Whatever stands in the address, the list is shown, and nothing of it is run."""
        answer = client.get(f"{ROOM}posts/", asked)
        assert 200 == answer.status_code
        assert SCRIPT not in said(answer)
        if not {"rule", "words"} & set(asked) and asked.get("year") != "٣":
            assert 3 == answer.context["page"].paginator.count

    def test_many_posts_fill_several_pages(
        self, client: Client, key: bytes, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The next page keeps what was asked, whatever signs it holds, and a page past the last is the last."""
        monkeypatch.setattr(views, "A_PAGE", 2)
        words = "R&D; 100% +1 #one"
        keeping.bring_in([timeline(home / "a.json", [f"{BREACH} {words} {n}" for n in range(5)])], keeping.Usual(), key)
        keeping.audit(keeping.own_guidance(), "lexical")
        first = said(client.get(f"{ROOM}posts/", {"words": words}))
        address = first.split('href="?')[1].split('"')[0].replace("&amp;", "&")
        second = client.get(f"{ROOM}posts/?{address}").context
        assert (words, 2, 3) == (second["asked"]["words"], second["page"].number, second["page"].paginator.num_pages)
        assert 3 == client.get(f"{ROOM}posts/", {"page": "999"}).context["page"].number

    def test_a_finding_in_a_picture_marks_no_words(self, client: Client, full: Path) -> None:
        """What was found in a picture's description marks nothing in the post's own words."""
        entry = Entry.objects.get(text=BREACH)
        Entry.objects.filter(pk=entry.pk).update(findings=[each | {"image": 1} for each in entry.findings])
        answer = client.get(f"{ROOM}posts/{entry.pk}/")
        assert 200 == answer.status_code
        assert "<mark>" not in said(answer)


class TestDeciding:
    @pytest.fixture
    def entry(self, full: Path) -> Entry:
        """A post that somebody should stop."""
        return Entry.objects.get(text=BREACH)

    def test_a_post_is_explained(self, client: Client, entry: Entry) -> None:
        """A post's page says what was found, why, what to do instead, and to keep a copy where it is about a client."""
        Entry.objects.filter(pk=entry.pk).update(before={"verdict": "clear", "rules": [], "by": "1"})
        shown = said(client.get(f"{ROOM}posts/{entry.pk}/"))
        for words in ("<mark>", "Why", "Instead", "Who says so", "Keep a copy first", "read this as clear"):
            assert words in shown

    def test_a_post_of_a_thread_leads_to_it(self, client: Client, full: Path) -> None:
        """A post that combines with others says so, and the thread shows them side by side."""
        thread = Thread.objects.get()
        entry = thread.entries.first()
        assert entry
        assert f"{ROOM}threads/{thread.pk}/" in said(client.get(f"{ROOM}posts/{entry.pk}/"))
        shown = said(client.get(f"{ROOM}threads/{thread.pk}/"))
        assert 2 == shown.count("<mark>beekeeper")
        assert thread.basis[0] in shown.replace("&quot;", '"').replace("&#x27;", "'")

    def test_a_decision_waits_until_it_is_done(self, client: Client, entry: Entry) -> None:
        """What was decided stands in the list of what to do and on the first page, until it is done on the platform."""
        assert "Nothing waits" in said(client.get(f"{ROOM}to-do/"))
        answer = client.post(f"{ROOM}posts/{entry.pk}/", {"decision": "delete", "reason": ""})
        assert f"{ROOM}posts/{entry.pk}/" == answer.headers["Location"]
        assert BREACH in said(client.get(f"{ROOM}to-do/"))
        assert "Posts that you decided to take down or change" in said(client.get("/"))
        assert f"{ROOM}to-do/" == client.post(f"{ROOM}posts/{entry.pk}/done/").headers["Location"]
        assert "Nothing waits" in said(client.get(f"{ROOM}to-do/"))
        entry.refresh_from_db()
        assert entry.done
        client.post(f"{ROOM}posts/{entry.pk}/", {"decision": "edit", "reason": ""})
        assert BREACH in said(client.get(f"{ROOM}to-do/"))

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ({"decision": "keep", "reason": ""}, "Say in a few words why it can stay"),
            ({"decision": "keep", "reason": "  "}, "Say in a few words why it can stay"),
            ({"decision": "burn", "reason": "x"}, "Choose one of these"),
            ({"decision": "", "reason": "x"}, "Choose one of these"),
            ({"decision": "keep", "reason": "x" * 1_001}, "at most 1000 characters"),
            ({}, "Choose one of these"),
        ],
        ids=["no-reason", "blank-reason", "unknown", "none", "long", "empty"],
    )
    def test_a_decision_that_does_not_do(self, client: Client, entry: Entry, given: dict[str, str], words: str) -> None:
        """To keep a post needs a reason, and what the page does not offer is refused; nothing is stored."""
        answer = client.post(f"{ROOM}posts/{entry.pk}/", given)
        assert 400 == answer.status_code
        assert words in str(answer.context["form"].errors)
        entry.refresh_from_db()
        assert ("", "", None) == (entry.decision, entry.reason, entry.decided)

    def test_a_reason_is_kept(self, client: Client, entry: Entry) -> None:
        """A post that stays has its reason, and is no longer to be done or undecided."""
        client.post(f"{ROOM}posts/{entry.pk}/", {"decision": "keep", "reason": "A film's plot."})
        entry.refresh_from_db()
        assert ("keep", "A film's plot.") == (entry.decision, entry.reason)
        assert "Nothing waits" in said(client.get(f"{ROOM}to-do/"))

    def test_a_decision_changes_nothing_else(self, client: Client, entry: Entry) -> None:
        """Deciding about a post leaves what was found in it, and does not say that it was read otherwise before."""
        client.post(f"{ROOM}posts/{entry.pk}/", {"decision": "delete", "reason": ""})
        kept = Entry.objects.get(pk=entry.pk)
        assert (entry.verdict, entry.findings, entry.checked) == (kept.verdict, kept.findings, kept.checked)
        assert "Since the last version" not in said(client.get(ROOM))

    def test_a_decision_does_not_undo_an_audit(
        self, client: Client, entry: Entry, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What an audit finds while a decision is on its way stays."""
        clean = views.DecideForm.clean

        def slowly(form: Any) -> Any:
            Entry.objects.filter(pk=entry.pk).update(verdict="pause", checked="a later version")
            return clean(form)

        monkeypatch.setattr(views.DecideForm, "clean", slowly)
        client.post(f"{ROOM}posts/{entry.pk}/", {"decision": "delete", "reason": ""})
        kept = Entry.objects.get(pk=entry.pk)
        assert ("delete", "pause", "a later version") == (kept.decision, kept.verdict, kept.checked)

    def test_what_was_written_before_qualifying_says_so(self, client: Client, entry: Entry) -> None:
        """A post from before the day of qualifying is marked so, and others are not."""
        assert "before you qualified" not in said(client.get(f"{ROOM}posts/{entry.pk}/"))
        Archive.objects.update(qualified=datetime(2025, 1, 1, tzinfo=UTC).date())
        assert "before you qualified" in said(client.get(f"{ROOM}posts/{entry.pk}/"))


class TestGiving:
    def test_the_table(self, client: Client, full: Path) -> None:
        """The list is given as a file for a spreadsheet program, in which no cell is a formula."""
        Entry.objects.filter(text=BREACH).update(text="=HYPERLINK(1)")
        answer = client.get(f"{ROOM}report.csv")
        assert 'attachment; filename="forethought-footprint.csv"' == answer.headers["Content-Disposition"]
        assert said(answer).startswith("\ufeffwhen,platform,")
        assert ",'=HYPERLINK(1)," in said(answer)

    def test_the_page_to_print(self, client: Client, full: Path) -> None:
        """The list is given as a page that stands alone."""
        answer = client.get(f"{ROOM}report.html")
        assert "attachment" in answer.headers["Content-Disposition"]
        assert BREACH in said(answer)

    def test_no_other_form(self, client: Client, full: Path) -> None:
        """A form that there is not is not found."""
        assert 404 == client.get(f"{ROOM}report.exe").status_code

    def test_the_profile_and_what_a_stranger_learns(self, client: Client, full: Path) -> None:
        """The profile stands as it was read, with what the posts give away and where."""
        shown = said(client.get(f"{ROOM}profile/"))
        for words in ("Counsellor in Ludlow", "Where you work or belong", "beekeeper"):
            assert words in shown

    def test_the_first_page_of_the_desk(self, client: Client, full: Path) -> None:
        """A thread that could tell who is meant is on the desk's first page, and posts are found from there."""
        Thread.objects.update(identifying=True)
        assert "Posts of yours combine" in said(client.get("/"))
        assert "A post of yours" in said(client.get("/", {"words": "divorce"}))
        Entry.objects.update(own_words=False)
        assert "A post of yours" not in said(client.get("/", {"words": "divorce"}))

    def test_the_years_at_a_glance(self, client: Client, full: Path) -> None:
        """The first page of the room counts each verdict, draws the years, and links what was found to its posts."""
        answer = client.get(ROOM)
        found = Entry.objects.exclude(verdict__in=("", "clear")).count()
        assert found == sum(count for verdict, count in answer.context["verdicts"] if verdict != "clear")
        assert "Calendar of the years" in said(answer)
        assert "?rule=confidentiality/client-case" in said(answer)
        assert "?verdict=clear" not in said(answer)
