"""The command `accounts` where no vault is needed: check-ups, the plan after a hack, links, searches and passwords."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from forethought.accounts.checkups.load import checkups
from forethought.accounts.hacked.load import kinds, stages
from forethought.accounts.passwords.phrase import words
from forethought.accounts.searching.queries import engines
from forethought.accounts.searching.sheets import sheets

Run = Callable[..., Result]
CANARY = "c4nary-Kwyjibo-917"
EXPORT = f"""name,url,username,password,note
One,https://www.facebook.com/login,jo@herons.example,{CANARY},was {CANARY}
Two {CANARY},http://jo:{CANARY}@two.example/{CANARY},{CANARY},{CANARY},
Three,https://three.example,jo,passw0rd,
"""


def data(result: Result) -> Any:
    """Return what the program answered, as data."""
    assert 0 == result.exit_code, result.output
    return json.loads(result.stdout)


@pytest.fixture
def export(tmp_path: Path) -> Path:
    """A browser's export with a password that is used twice and stands where it should not."""
    path = tmp_path / "export.csv"
    path.write_text(EXPORT, encoding="utf-8")
    return path


class TestHelp:
    COMMANDS = ("calendar", "hacked", "links", "list", "passwords", "record", "review", "search", "settings")

    def test_each_command_in_a_line(self, run: Run) -> None:
        """Each command is listed with what it does, whole, on a line of 80 columns."""
        lines = run("accounts").stdout.partition("Commands:")[2].splitlines()
        assert [*self.COMMANDS] == [
            line.split()[0] for line in lines if line.startswith("  ") and "Example" not in line
        ]
        assert [] == [line for line in lines if line.endswith("...") or len(line) > 80]

    @pytest.mark.parametrize("command", COMMANDS)
    def test_examples(self, run: Run, command: str) -> None:
        """Help for each command ends with an example of its use."""
        assert f"Example: forethought accounts {command}" in run("accounts", command, "--help").stdout


class TestReview:
    @pytest.mark.parametrize("platform", checkups())
    def test_every_platform(self, run: Run, platform: str) -> None:
        """Without a vault each platform's check-up is printed, with every setting and where it is."""
        shown = " ".join(run("accounts", "review", platform).stdout.split())
        settings = checkups()[platform].settings.values()
        assert [] == [each.id for each in settings if " ".join((each.title, "1.", each.where[0])) not in shown]

    def test_bodies_count(self, run: Run) -> None:
        """A body's floor raises what is advised, and it alone is named."""
        told = [
            data(run("accounts", "review", "facebook", "--level", "open", *more, "--format", "json"))["settings"]
            for more in (("--body", "bps-dcp"), ("--body", "babcp"))
        ]
        raised = [{pack for each in settings for pack in each["raised_by"]} for settings in told]
        assert [set(), {"babcp-social-media"}] == raised

    def test_levels(self, run: Run) -> None:
        """Closed is not the same as open, and nothing said is careful."""
        usual, closed, careful = (
            data(run("accounts", "review", "instagram", *more, "--format", "json"))
            for more in ((), ("--level", "closed"), ("--level", "careful"))
        )
        assert usual == careful != closed

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("review", "myspace"), "platform 'myspace' is not known"),
            (("review", "x", "--level", "hidden"), "level 'hidden' is not known"),
            (("review", "x", "--body", "moose"), "'moose' is not known"),
            (("review", "x", "--seen", "two-step", "on"), "Name its account with --account"),
            (("review", "x", "--account", "1"), "say what you saw"),
            (("review", "x", "--account", "1", "--seen", "colour", "red"), "setting 'colour' is not known"),
            (("review", "x", "--account", "1", "--seen", "two-step", "red"), "option of two-step 'red' is not known"),
            (("review", "x", "--account", "1", "--seen", "two-step", "off", "--mine", "colour"), "setting 'colour'"),
        ],
    )
    def test_refusals(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What cannot be done is said in one line before a passphrase is asked for."""
        result = run("accounts", *given, given="")
        assert (2, True, 1) == (result.exit_code, words in result.stderr, result.stderr.count("\n"))


class TestSettings:
    def test_every_level_or_one(self, run: Run) -> None:
        """Each setting has its options and what is advised at every level, or at the one that is named, with why."""
        every, one = (
            data(run("accounts", "settings", "linkedin", *more, "--format", "json"))["settings"]
            for more in ((), ("--level", "closed"))
        )
        assert [*checkups()["linkedin"].settings] == [each["id"] for each in every]
        assert [{"closed": each["levels"]["closed"]} for each in every] == [each["levels"] for each in one]
        assert {"open", "careful", "closed"} == {*every[0]["levels"]}

    def test_the_names_are_those_that_seen_takes(self, run: Run) -> None:
        """In words each setting stands with its id and the ids of its options."""
        shown = " ".join(run("accounts", "settings", "x").stdout.split())
        for setting in checkups()["x"].settings.values():
            assert f"Setting: {setting.id} Options: {next(iter(setting.options))} (" in shown


class TestHacked:
    @pytest.mark.parametrize("kind", [*kinds(), *(each for each in checkups() if each not in kinds())])
    def test_every_kind_and_platform(self, run: Run, kind: str) -> None:
        """The plan has every stage in order, evidence first; for a platform, how to begin there comes after it."""
        shown = run("accounts", "hacked", kind, "--nation", "Wales")
        lines = shown.stdout.splitlines()
        places = [lines.index(each.title) for each in stages()]
        assert (0, "", sorted(places)) == (shown.exit_code, shown.stderr, places)
        platform = None if kind in kinds() else checkups()[kind]
        assert platform is None or places[0] < lines.index(f"At {platform.title}") < places[1]

    def test_danger_comes_first(self, run: Run) -> None:
        """The first thing after the title is to call 999 where anybody is in danger."""
        assert "call 999 first" in run("accounts", "hacked", "mail").stdout.splitlines()[2]

    def test_the_nation(self, run: Run) -> None:
        """Scotland reports by 101; where none is named the plan is for England, which is said."""
        scotland, none = (
            run("accounts", "hacked", "social", "--fact", "money", *more, "--format", "json")
            for more in (("--nation", "Scotland"), ())
        )
        assert "101" in scotland.stdout
        assert ("England", True) == (json.loads(none.stdout)["nation"], "for England" in none.stderr)

    def test_the_hours(self, run: Run) -> None:
        """From when the person became aware the end of the 72 hours is told."""
        told = data(
            run("accounts", "hacked", "mail", "--nation", "England", "--aware", "2026-01-05T08:30", "--format", "json")
        )
        assert (True, "2026-01-08T08:30") == (told["clock"]["past"], told["clock"]["due"][:16])

    def test_drafts(self, run: Run) -> None:
        """Drafts that the plan speaks of are filled from what was said, and ask for the rest; none without asking."""
        asked = ("accounts", "hacked", "facebook", "--nation", "England", "--fact", "practice", "--format", "json")
        said = ("--say", "name", "Anna Reed", "--say", "happened", "2026-01-05T08:30")
        assert [] == data(run(*asked))["notices"]
        drafts = {each["id"]: each for each in data(run(*asked, "--notices", *said))["notices"]}
        assert {"contacts", "ico"} <= {*drafts}
        assert all(part in drafts["contacts"]["formal"] for part in ("Facebook", "Anna Reed", "5 January 2026, 08:30"))
        assert "other_way" in drafts["contacts"]["missing"]

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("myspace",), "kind 'myspace' is not known"),
            (("mail", "--nation", "Atlantis"), "nation 'Atlantis' is not known"),
            (("mail", "--fact", "omen"), "fact 'omen' is not known"),
            (("mail", "--aware", "yesterday"), "'yesterday' does not match"),
            (("mail", "--aware", "2999-01-01T10:00"), "has not come yet"),
            (("mail", "--say", "colour", "red"), "place 'colour' is not known"),
            (("mail", "--say", "happened", "yesterday"), "is not a time that can be read"),
        ],
    )
    def test_refusals(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What is not known is said in one line."""
        result = run("accounts", "hacked", *given)
        assert (2, True, "") == (result.exit_code, words in result.stderr, result.stdout)


class TestLinks:
    ODD = "Your parcel waits: http://royalmail.parcel-fee.example/pay"

    @pytest.mark.parametrize("way", ["words", "file", "standard input"])
    def test_an_odd_link(self, run: Run, tmp_path: Path, way: str) -> None:
        """An odd link is named with why, from the words themselves, a file or standard input."""
        (tmp_path / "m.txt").write_text(self.ODD, encoding="utf-8")
        name, given = {"words": (self.ODD, None), "file": (str(tmp_path / "m.txt"), None)}.get(way, ("-", self.ODD))
        [found] = data(run("accounts", "links", name, "--format", "json", given=given))
        assert "http://royalmail.parcel-fee.example/pay" == found["url"]
        assert any("royalmail" in each for each in found["reasons"])

    def test_nothing_odd_is_no_promise(self, run: Run) -> None:
        """Where nothing is odd that is said with what it does not mean."""
        assert "does not mean that all is well" in " ".join(
            run("accounts", "links", "See you on Monday").stdout.split()
        )

    @pytest.mark.parametrize(
        ("given", "words"), [("", "no message"), (" \n", "no message"), ("a" * 200_001, "more than")]
    )
    def test_too_little_or_too_much(self, run: Run, given: str, words: str) -> None:
        """Nothing, and far too much, are refused in one line."""
        result = run("accounts", "links", "-", given=given)
        assert (2, True) == (result.exit_code, words in result.stderr)


class TestSearch:
    def test_addresses_are_prepared(self, run: Run) -> None:
        """A name and a number are searched for in the engines that were asked for, never side by side."""
        asked = ("--name", "Anna Reed", "--phone", "07700 900123", "--engine", "google", "--engine", "tineye")
        found = data(run("accounts", "search", *asked, "--format", "json"))
        assert {"google"} == {each["engine"] for each in found["searches"]}
        assert {"name", "phone"} == {each["what"] for each in found["searches"]}
        assert not [each for each in found["searches"] if "Anna" in each["words"] and "7700" in each["words"]]
        assert ["tineye"] == [each["engine"] for each in found["by_hand"]]

    def test_all_engines(self, run: Run) -> None:
        """Without an engine named every one is there."""
        found = data(run("accounts", "search", "--name", "Anna Reed", "--format", "json"))
        assert {*engines()} == {each["engine"] for part in found.values() for each in part}

    @pytest.mark.parametrize("sheet", [*sheets(), "family"])
    def test_sheets(self, run: Run, sheet: str) -> None:
        """Each sheet is printed, and tells no more than its reader needs."""
        result = run("accounts", "search", "--sheet", sheet, "--name", "Anna Reed", "--home", "3 Heron Row")
        assert 0 == result.exit_code, result.output
        shows = sheets()[sheet].shows if sheet in sheets() else ()
        assert ("names" in shows, "homes" in shows) == ("Anna Reed" in result.stdout, "3 Heron Row" in result.stdout)

    def test_nothing_said(self, run: Run) -> None:
        """Where nothing was said and nobody can be asked, the options are named."""
        result = run("accounts", "search", given="")
        assert (2, True) == (result.exit_code, "--name or --handle" in result.stderr)


class TestPasswords:
    def test_rows(self, run: Run, export: Path) -> None:
        """Each account with something to mend is one row with every reason; that the file is still there is said."""
        result = run("accounts", "passwords", str(export), "--format", "json")
        rows = {each["title"]: each["reasons"] for each in data(result)["rows"]}
        assert {"reused", "no-two-step"} <= {*rows["One"]}
        assert ["weak"] == rows["Three"]
        assert (True, True) == (export.exists(), "still holds every password" in result.stderr)

    @pytest.mark.parametrize("form", ["text", "json", "html"])
    def test_no_password_anywhere(self, run: Run, export: Path, form: str) -> None:
        """No password is in the answer, whichever form it has, nor in what is said beside it."""
        result = run("accounts", "passwords", str(export), "--format", form)
        assert (0, False) == (result.exit_code, "Kwyjibo" in result.output or "passw0rd" in result.output)

    def test_what_is_kept_is_said(self, run: Run, export: Path) -> None:
        """Without --keep it is not said that fingerprints let the next check tell anything."""
        shown = " ".join(run("accounts", "passwords", str(export)).stdout.split())
        assert (True, False) == ("nothing else of this check is kept" in shown, "fingerprints" in shown)

    def test_delete(self, run: Run, export: Path) -> None:
        """With --delete the file goes, and what that cannot promise is said; with --leave it stays without a word."""
        assert ("", True) == (run("accounts", "passwords", str(export), "--leave").stderr, export.exists())
        result = run("accounts", "passwords", str(export), "--delete")
        assert (0, False) == (result.exit_code, export.exists())
        assert all(word in result.stderr for word in ("no promise", "backups", "solid-state"))

    def test_a_phrase(self, run: Run) -> None:
        """A passphrase is of the list's words, as many as were asked for, with what it takes to guess it."""
        made = data(run("accounts", "passwords", "--phrase", "--words", "6", "--format", "json"))
        assert (6, True) == (made["words"], {*made["phrase"].split("-")} <= {*words()})
        assert "55 bits" in run("accounts", "passwords", "--phrase").stdout

    @pytest.mark.parametrize(
        ("given", "says"),
        [
            ((), "name the export"),
            (("gone.csv",), "gone.csv cannot be read"),
            (("--phrase", "gone.csv"), "goes by itself"),
            (("--phrase", "--out", "phrase.txt"), "goes by itself"),
            (("--phrase", "--keep"), "goes by itself"),
            (("--words", "6"), "goes by itself"),
            (("--phrase", "--words", "3"), "has 4 to 12 words"),
        ],
    )
    def test_refusals(self, run: Run, given: tuple[str, ...], says: str) -> None:
        """What cannot be done is said in one line."""
        result = run("accounts", "passwords", *given)
        assert (2, True, 1) == (result.exit_code, says in result.stderr, result.stderr.count("\n"))

    def test_a_damaged_export(self, run: Run, export: Path) -> None:
        """An export that is cut off in a field, or no export, is refused without a word of it."""
        for content in (f'{EXPORT}Four,https://four.example,jo,"{CANARY}', f"{CANARY}\n{CANARY}"):
            export.write_text(content, encoding="utf-8")
            result = run("accounts", "passwords", str(export))
            assert (2, False) == (result.exit_code, "Kwyjibo" in result.output)


@pytest.mark.parametrize("failing", ["reading._by_content", "assess.alike", "weighing.guesses", "telling.document"])
def test_no_password_in_a_crash(export: Path, tmp_path: Path, failing: str) -> None:
    """Where the program fails anywhere on the way, no password is in its last words or in a file."""
    program = (
        "import sys\nfrom forethought.accounts.passwords import assess, reading, telling, weighing\n"
        "def fails(*given, **named): raise RuntimeError(repr([list(each) if hasattr(each, '__next__') else each "
        "for each in given]))\n"
        f"{failing} = fails\n"
        "from forethought.cli import main\nmain(['accounts', 'passwords', sys.argv[1]])\n"
    )
    (left := tmp_path / "left").mkdir()
    homes = dict.fromkeys(("HOME", "TMPDIR", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME"), str(left))
    ended = subprocess.run(
        [sys.executable, "-c", program, str(export)],
        capture_output=True, text=True, check=False, cwd=left,
        env={**os.environ, **homes, "FORETHOUGHT_TRACEBACK": "1", "PYTHONDONTWRITEBYTECODE": "1"},
    )  # fmt: skip
    assert 2 == ended.returncode
    assert "RuntimeError" in ended.stderr
    assert "Kwyjibo" not in ended.stdout + ended.stderr
    assert [] == [each for each in left.rglob("*") if each.is_file() and b"Kwyjibo" in each.read_bytes()]
