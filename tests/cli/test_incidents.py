"""The command `incidents` where no vault is needed: what to do, where to report, counts of a pile-on, and refusals."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from forethought.incidents.triage.load import routes

Run = Callable[..., Result]
THREAT = ("--nature", "threat", "--place", "private", "--who", "stranger", "--nation", "Wales")
PILE = "@heron_4: go away\n@kestrel_77: nobody likes you\n@heron_4: go away\n"


class TestTriage:
    def test_danger_comes_first(self, run: Run) -> None:
        """The first thing after the title is to call 999 where anybody is in danger."""
        result = run("incidents", "triage", *THREAT)
        assert (0, "") == (result.exit_code, result.stderr)
        assert "call 999 first" in result.stdout.splitlines()[2]

    def test_as_data(self, run: Run) -> None:
        """The plan comes as data: in danger the first step and route are 999, and a supervisor is in the support."""
        data = json.loads(run("incidents", "triage", *THREAT, "--danger", "--format", "json").stdout)
        assert ("call-999", "emergency") == (data["now"][0]["id"], data["routes"][0]["id"])
        assert "supervisor" in [each["id"] for each in data["support"]]

    def test_signs_count(self, run: Run) -> None:
        """A sign changes the plan: somebody who is fixed on the person is not to be blocked."""
        told = [
            json.loads(run("incidents", "triage", *THREAT, *more, "--format", "json").stdout)["block"]
            for more in ((), ("--sign", "fixated", "--sign", "repeated"))
        ]
        assert "no" == told[1] != told[0]

    def test_bodies_count(self, run: Run) -> None:
        """Only the guidance of the bodies that are named is cited."""
        data = json.loads(run("incidents", "triage", *THREAT, "--body", "bps-dcp", "--format", "json").stdout)
        assert {"bps-dcp"} == {each["body"] for each in data["bodies"]}

    @pytest.mark.parametrize("left", [0, 2, 4, 6])
    def test_what_is_missing_is_named(self, run: Run, left: int) -> None:
        """Where nobody can be asked, the option that is missing is named with its answers, and no other."""
        result = run("incidents", "triage", *THREAT[:left], *THREAT[left + 2 :])
        named = [option for option in THREAT[::2] if f" with {option}:" in result.stderr]
        assert (2, [THREAT[left]]) == (result.exit_code, named)

    @pytest.mark.parametrize(
        ("option", "given"),
        [
            ("--nature", "murmur"),
            ("--nation", "Atlantis"),
            ("--sign", "omen"),
            ("--ground", "sand"),
            ("--body", "moose"),
        ],
    )
    def test_unknown_names(self, run: Run, option: str, given: str) -> None:
        """A name that is not in its list is refused in one line."""
        result = run("incidents", "triage", *THREAT, option, given)
        assert (2, True) == (result.exit_code, f"'{given}' is not known" in result.stderr)


class TestRoutes:
    def test_warnings_stand_above_numbers(self, run: Run) -> None:
        """Under each route what nobody has checked is said before any telephone number."""
        part = run("incidents", "routes", "--nation", "Scotland").stdout.partition("Emergency services, 999")[2]
        assert 0 < part.index("Note: ") < part.index("Telephone: 999")

    def test_of_one_nation(self, run: Run) -> None:
        """With a nation only its routes are listed, without one all are."""
        scottish = json.loads(run("incidents", "routes", "--nation", "Scotland", "--format", "json").stdout)
        assert len(routes()) == len(json.loads(run("incidents", "routes", "--format", "json").stdout)) > len(scottish)
        assert all("Scotland" in each["nations"] and each["warnings"] for each in scottish)


class TestPileOn:
    @pytest.mark.parametrize("from_file", [True, False])
    def test_counts(self, run: Run, tmp_path: Path, from_file: bool) -> None:
        """A list is counted by account, out of a file or from standard input."""
        (tmp_path / "a.txt").write_text(PILE, encoding="utf-8")
        name, given = (str(tmp_path / "a.txt"), None) if from_file else ("-", PILE)
        data = json.loads(run("incidents", "pile-on", name, "--format", "json", given=given).stdout)
        assert (3, {"heron_4": 2, "kestrel_77": 1}) == (
            data["posts"],
            {each["handle"]: each["posts"] for each in data["accounts"]},
        )

    @pytest.mark.parametrize(
        ("name", "given", "words"),
        [("gone.txt", None, "was not found"), ("-", "\n", "no post was found"), ("-", b"\0\1\2" * 99, "is not text")],
        ids=["missing", "empty", "binary"],
    )
    def test_what_cannot_be_read(self, run: Run, name: str, given: str | bytes | None, words: str) -> None:
        """What is missing, empty or no text is said in one line."""
        result = run("incidents", "pile-on", name, given=given)
        assert (2, True) == (result.exit_code, words in result.stderr)


class TestRefusals:
    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("add", "a.png"), "say where to keep it"),
            (("add", "a.png", "--to", "1", "--new", "A title"), "say where to keep it"),
            (("add", "--to", "1"), "name the files to keep"),
            (("add", "gone.png", "--to", "1"), "gone.png was not found"),
            (("add", "-", "--to", "1"), "the text is empty"),
            (("add", "-", "--to", "1", "--posted", "last week"), "is not a time that can be read"),
            (("add", "-", "--to", "1", "--captured", "2999-01-01T10:00"), "lies in the future"),
            (("add", "-", "--to", "1", "--client", "maybe"), "answer 'maybe' is not known"),
            (("note", "1", "Words", "--say", "colour", "red"), "field 'colour' is not known"),
            (("pack", "1", "--for", "moose", "--out", "a.zip"), "recipient 'moose' is not known"),
            (("verify", "gone.zip"), "gone.zip was not found"),
            (("stamp", "1"), "name who is to be asked"),
            (("stamp", "1", "--address", "https://tsa.example"), "name who is to be asked"),
            (("stamp", "1", "--authority", "moose"), "authority 'moose' is not known"),
        ],
    )  # fmt: skip
    def test_before_anything_is_opened(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What cannot be done is said in one line before a passphrase is asked for."""
        result = run("incidents", *given, given="")
        assert (2, True) == (result.exit_code, words in result.stderr)
        assert "passphrase" not in result.stderr

    def test_a_file_that_is_no_head(self, run: Run, tmp_path: Path) -> None:
        """A file without a head is refused, so that nobody takes it for checked."""
        (tmp_path / "h.txt").write_text("head over heels", encoding="utf-8")
        result = run("incidents", "verify", "1", "--head", str(tmp_path / "h.txt"))
        assert (2, True) == (result.exit_code, "no head was found" in result.stderr)

    def test_a_sealed_pack(self, run: Run, tmp_path: Path) -> None:
        """A sealed pack is not called faulty: how to open it is said."""
        (tmp_path / "p.age").write_bytes(b"age-encryption.org/v1\n-> scrypt")
        result = run("incidents", "verify", str(tmp_path / "p.age"))
        assert (2, True) == (result.exit_code, "is sealed. Open it first" in result.stderr)

    def test_a_folder_without_a_pack(self, run: Run, tmp_path: Path) -> None:
        """A folder that holds no pack is refused, not called faulty."""
        result = run("incidents", "verify", str(tmp_path))
        assert (2, True) == (result.exit_code, "is no pack" in result.stderr)
