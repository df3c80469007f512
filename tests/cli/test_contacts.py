"""The command `contacts`: advice as text, data and pages, the lists of names, and each refusal."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

Run = Callable[..., Result]


class TestAdvise:
    def test_as_text(self, run: Run) -> None:
        """The course comes first, then words to send and who says so."""
        result = run("contacts", "advise", "connection-request", "--from", "current-client")
        assert 0 == result.exit_code
        assert result.stdout.startswith("Turn it down, kindly and formally.")
        assert "GPIA-65" in result.stdout

    def test_as_data(self, run: Run) -> None:
        """The same comes as data, under the bodies that are named."""
        given = ("connection-request", "--from", "former-client", "--body", "bps-dcp", "--format", "json")
        data = json.loads(run("contacts", "advise", *given).stdout)
        assert ("care", True) == (data["course"], data["covered"])
        assert ["bps-dcp"] == [each["body"] for each in data["bodies"]]

    def test_into_a_file(self, run: Run, tmp_path: Path) -> None:
        """The answer can be written to a new file, which is never overwritten."""
        given = ("review", "--from", "unknown", "--format", "html", "--out", str(tmp_path / "a.html"))
        assert 0 == run("contacts", "advise", *given).exit_code
        assert "<h1>" in (tmp_path / "a.html").read_text(encoding="utf-8")
        assert 2 == run("contacts", "advise", *given).exit_code

    def test_words_fit_the_platform(self, run: Run) -> None:
        """On a platform with little room the words are cut at a sentence."""
        given = ("tag", "--from", "colleague", "--platform", "sms", "--format", "json")
        words = json.loads(run("contacts", "advise", *given).stdout)["wording"]
        assert all(len(each) <= 160 and each.endswith(".") for each in words.values())

    def test_words_are_whole_anywhere_else(self, run: Run) -> None:
        """Without a platform nothing is cut."""
        given = ("crisis-message", "--from", "stranger", "--format", "json")
        data = json.loads(run("contacts", "advise", *given).stdout)
        assert "other" == data["platform"]
        assert "mental health option" in data["wording"]["warm"]

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            ((), "say what happened"),
            (("gift",), "say who is behind it with --from"),
            (("gifts", "--from", "stranger"), "Use gift"),
            (("gift", "--from", "strangers"), "Use stranger"),
            (("gift", "--from", "stranger", "--platform", "telepathy"), "platform 'telepathy' is not known"),
            (("gift", "--from", "stranger", "--body", "moose"), "body 'moose' is not known"),
        ],
    )
    def test_what_is_refused(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What is missing or unknown is said in one line, with what to use."""
        result = run("contacts", "advise", *given)
        assert 2 == result.exit_code
        assert words in result.stderr


@pytest.mark.parametrize("form", ["text", "json"])
def test_the_names_are_listed(run: Run, form: str) -> None:
    """Every situation and requester can be looked up."""
    said = run("contacts", "list", "--format", form).stdout
    assert all(name in said for name in ("connection-request", "posts-about-you", "former-child-client"))
