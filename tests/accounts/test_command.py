"""`forethought accounts` with a vault: the register, reviews that are kept, marks of passwords, and the calendar."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from at_the_desk import DOOR
from click.testing import CliRunner, Result
from django.test import Client
from ranges import knowing, serving

from forethought.accounts import keeping
from forethought.accounts.checkups.load import checkups
from forethought.accounts.checkups.telling import advised
from forethought.accounts.models import Account, Hack, PasswordLook, Review, SelfSearch
from forethought.accounts.passwords import breach
from forethought.cli import account_checkups, main
from forethought.guidance import load
from forethought.vault import Vault

Run = Callable[..., Result]
CANARY = "c4nary-Kwyjibo-917"
HEADS = "name,url,username,password,note"


@pytest.fixture
def run(client: Client, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on the vault of the desk's tests, which is open, in place of one that is asked for."""

    @contextmanager
    def opened(folder: Path | None) -> Iterator[Vault]:
        yield DOOR.vault

    monkeypatch.setattr("forethought.cli.vault.opened", opened)

    def run(*arguments: str, given: str | None = None) -> Result:
        return CliRunner().invoke(main, ["accounts", *arguments], input=given)

    return run


@pytest.fixture
def page(run: Run) -> str:
    """The number of an account for work, which is much looked at."""
    fields = {"name": "Practice page", "platform": "x", "handle": "reedcounselling", "public_name": "Anna Reed"}
    return str(keeping.add(fields, DOOR.vault.keys.fingerprints).pk)


def export(folder: Path, *rows: str) -> str:
    """Return the name of a browser's export with these rows."""
    path = folder / "export.csv"
    path.write_text("\n".join((HEADS, *rows)), encoding="utf-8")
    return str(path)


def data(result: Result) -> Any:
    """Return what the program answered, as data."""
    assert 0 == result.exit_code, result.output
    return json.loads(result.stdout)


class TestList:
    def test_an_empty_register(self, run: Run) -> None:
        """Where there is no account that is said, with how to add one."""
        assert "There is no account yet" in run("list").stdout
        assert [] == data(run("list", "--format", "json"))

    def test_by_kind_with_what_waits(self, run: Run, page: str) -> None:
        """Accounts stand under what they are for, with their numbers; one that is long unused waits for a decision."""
        long_ago = date.today() - timedelta(days=400)
        keeping.add({"name": "Old forum", "kind": "personal", "last_used": long_ago}, DOOR.vault.keys.fingerprints)
        shown = run("list").stdout
        places = [shown.index(each) for each in ("Waiting for", "For work", f"{page}. Practice page", "Private")]
        assert sorted(places) == places
        told = {each["name"]: each for each in data(run("list", "--format", "json"))}
        assert "Not used for a year" in told["Old forum"]["waiting"]
        assert (None, "reedcounselling") == (told["Practice page"]["waiting"], told["Practice page"]["handle"])
        assert long_ago.isoformat() == told["Old forum"]["last_used"]


class TestReview:
    def test_a_reset_is_named(self, run: Run, page: str) -> None:
        """What another option has than before was reset, unless the person says that they changed it."""
        asked = ("review", "x", "--account", page, "--level", "closed", "--format", "json")
        first = data(run(*asked, "--seen", "two-step", "app", "--seen", "posts", "followers"))
        assert [[], "closed"] == [first["reset"], Account.objects.get().level]
        again = data(run(*asked, "--seen", "two-step", "off", "--seen", "posts", "public", "--mine", "posts"))
        assert [["two-step"], ["posts"]] == [[each["setting"] for each in again[why]] for why in ("reset", "changed")]
        assert "two-step" in again["short"]
        assert 2 == Review.objects.count()

    def test_asked_one_by_one(self, run: Run, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a terminal each setting is asked; Enter leaves one out, and a number that is none is asked for again."""
        monkeypatch.setattr(account_checkups, "_is_asked", lambda: True)
        result = run("review", "x", "--account", page, "--format", "json", given="99\n1\n\n2\n" + "\n" * 20)
        assert 2 == len(data(result)["answers"])
        assert 2 == len(Review.objects.get().answers)
        assert "What do you see?" in result.stderr

    def test_whose_change_it_was_is_asked(self, run: Run, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """In a terminal it is asked of each setting that is not as it was whether the person changed it."""
        first, *_ = (each.setting for each in advised(checkups()["x"], "careful", load()))
        (id, last), (_, now) = list(first.options.items())[:2]
        run("review", "x", "--account", page, "--seen", first.id, id)
        monkeypatch.setattr(account_checkups, "_is_asked", lambda: True)
        told = [
            data(run("review", "x", "--account", page, "--format", "json", given=f"{n}\n{rest}{said}\n"))
            for n, said in ((2, "y"), (1, "n"))
            for rest in ["\n" * (len(checkups()["x"].settings) - 1)]
        ]
        assert [([], [now]), ([last], [])] == [
            ([each["after"] for each in review["reset"]], [each["after"] for each in review["changed"]])
            for review in told
        ]

    def test_nothing_seen_is_no_review(self, run: Run, page: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where nothing was found nothing is kept, so that it does not look reviewed."""
        monkeypatch.setattr(account_checkups, "_is_asked", lambda: True)
        result = run("review", "x", "--account", page, given="\n" * 20)
        assert (2, True) == (result.exit_code, "say what you saw" in result.stderr)
        assert (None, False) == (Account.objects.get().last_reviewed, Review.objects.exists())

    @pytest.mark.parametrize("number", ["7777", str(2**70), "-1"])
    def test_no_such_account(self, run: Run, number: str) -> None:
        """A number that no account has is refused in one line, with how to find those that there are."""
        result = run("review", "x", "--account", number, "--seen", "two-step", "off")
        assert (2, True) == (result.exit_code, "forethought accounts list" in result.stderr)


class TestPasswords:
    def test_what_was_changed_since(self, run: Run, tmp_path: Path) -> None:
        """With marks kept the next look tells which password was changed and which was not; no word of them is kept."""
        before = export(tmp_path, f"One,https://one.example,jo,{CANARY},", f"Two,https://two.example,jo,{CANARY},")
        assert data(run("passwords", before, "--keep", "--format", "json"))["since_last"] is None
        after = export(tmp_path, f"One,https://one.example,jo,{CANARY},", "Two,https://two.example,jo,Zebra-81-fig,")
        told = data(run("passwords", after, "--keep", "--format", "json"))["since_last"]
        assert {"changed": ["Two"], "unchanged": ["One"], "missing": 0} == told
        kept = str(list(PasswordLook.objects.values()))
        assert not [each for each in (CANARY, "Zebra", "one.example", "'jo'") if each in kept]

    def test_nothing_is_kept_unless_asked(self, run: Run, tmp_path: Path) -> None:
        """Without --keep the vault is left alone."""
        run("passwords", export(tmp_path, f"One,https://one.example,jo,{CANARY},"))
        assert not PasswordLook.objects.exists()

    def test_what_leaves(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """After a yes to what is shown, five characters of each hash leave, and what is known is named."""
        name = export(tmp_path, f"One,https://one.example,jo,{CANARY},", "Two,https://two.example,jo,Zebra-81-fig,")
        with serving(knowing(CANARY)) as served:
            monkeypatch.setattr(breach, "ADDRESS", served.address)
            result = run("passwords", name, "--breach", "--format", "json", given="y\n")
        told = data(result)
        assert {"One": "found", "Two": "not found"} == {each["title"]: each["state"] for each in told["breaches"]}
        assert told["looked_up"]
        assert 2 == len(served.requests)
        assert all(len(line.split()[1].rpartition("/")[2]) == 5 for line, _ in served.requests)
        assert "first five hexadecimal characters" in " ".join(result.stderr.split())

    @pytest.mark.parametrize("answer", ["n\n", "\n", ""])
    def test_no_yes_no_request(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str) -> None:
        """A no, no answer or nobody to ask sends nothing; the rest is told, and nobody can take it for looked up."""
        with serving(knowing()) as served:
            monkeypatch.setattr(breach, "ADDRESS", served.address)
            name = export(tmp_path, "One,https://one.example,jo,passw0rd,")
            result = run("passwords", name, "--breach", "--format", "json", given=answer)
        assert ([], False, 1) == (served.requests, data(result)["looked_up"], len(data(result)["rows"]))
        assert "Nothing was looked up" in result.stderr

    def test_could_not_check(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where the service does not answer that is said, and it does not read as good."""
        monkeypatch.setattr(breach, "ADDRESS", "http://127.0.0.1:9/range/")
        name = export(tmp_path, "One,https://one.example,jo,passw0rd,")
        shown = " ".join(run("passwords", name, "--breach", given="y\n").stdout.split())
        assert ("nothing is known about them" in shown, "Could not check: 1" in shown) == (True, True)


class TestSearch:
    def test_names_and_handles_of_the_register(self, run: Run, page: str) -> None:
        """The names and handles of the accounts are searched for, those of private ones too."""
        keeping.add({"name": "Private", "kind": "personal", "handle": "heron_anna"}, DOOR.vault.keys.fingerprints)
        found = data(run("search", "--register", "--engine", "bing", "--format", "json"))["searches"]
        assert {'"Anna Reed"', '"reedcounselling"', '"heron_anna"'} == {each["words"] for each in found}

    def test_an_empty_register(self, run: Run) -> None:
        """A register without a name in it gives nothing to search for."""
        assert 2 == run("search", "--register").exit_code


class TestCalendar:
    def test_what_is_due(self, run: Run, page: str) -> None:
        """An account that was never reviewed is due now; once reviewed it is due later."""
        asked = ("calendar", "--format", "json")
        due = {each["id"]: each for each in data(run(*asked))}
        assert (True, None) == (due[f"settings:{page}"]["is_due"], due[f"settings:{page}"]["last"])
        run("review", "x", "--account", page, "--seen", "two-step", "app")
        due = {each["id"]: each for each in data(run(*asked))}
        assert (False, date.today().isoformat()) == (due[f"settings:{page}"]["is_due"], due[f"settings:{page}"]["last"])
        shown = run("calendar").stdout
        assert shown.index("Due now") < shown.index("Privacy settings: Practice page")

    @pytest.mark.parametrize("named", [False, True])
    def test_the_file(self, run: Run, page: str, tmp_path: Path, named: bool) -> None:
        """The calendar is written to a new file, which names what is due only where that was asked for."""
        path = tmp_path / "reviews.ics"
        result = run("calendar", "--ics", str(path), *(["--named"] if named else []))
        assert 0 == result.exit_code, result.output
        content = path.read_bytes()
        assert (b"BEGIN:VCALENDAR", b"END:VCALENDAR\r\n") == (content[:15], content[-15:])
        assert named == (b"Practice page" in content.replace(b"\r\n ", b""))

    def test_a_file_is_never_overwritten(self, run: Run, tmp_path: Path) -> None:
        """A file that is there already stays as it is."""
        (tmp_path / "reviews.ics").write_text("mine")
        result = run("calendar", "--ics", str(tmp_path / "reviews.ics"))
        assert (2, "mine") == (result.exit_code, (tmp_path / "reviews.ics").read_text())


class TestRecord:
    def test_a_year(self, run: Run, page: str) -> None:
        """The record of a year has its reviews, searches and hacks up to today, and none of another year."""
        now = datetime.now(UTC)
        run("review", "x", "--account", page, "--seen", "two-step", "app")
        SelfSearch.objects.create(made=now, found=[{"where": "a directory", "what": "old fee", "done": "mended"}])
        Hack.objects.create(became_aware=now, facts={"kind": "mail"})
        this, last = (data(run("record", str(year), "--format", "json")) for year in (now.year, now.year - 1))
        assert {"settings", "self-search"} == {each["kind"] for each in this["reviews"]}
        assert (date.today().isoformat(), []) == (this["until"], last["reviews"])
        assert (["taken-over"], []) == ([each["kind"] for each in this["taken_over"]], last["taken_over"])
        assert "Practice page" in run("record", str(now.year)).stdout

    @pytest.mark.parametrize("year", ["0", "1999", str(date.today().year + 1)])
    def test_years_that_have_none(self, run: Run, year: str) -> None:
        """A year that has not begun, or lies too far back, is refused."""
        result = run("record", year)
        assert (2, True) == (result.exit_code, f"no record of {year}" in result.stderr)
