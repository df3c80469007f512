"""What the command line says of who read a draft, and of what could not be read."""

import json
from collections.abc import Callable

import pytest
from click.testing import Result

from forethought.reading import learned as module
from forethought.reading.learned import FOLDER, reader

Run = Callable[..., Result]
FRENCH = "Hier ma cliente est venue avec son mari et elle a pleuré pour la première fois."


class TestReader:
    def test_the_record_names_who_read(self, run: Run, quiet: str) -> None:
        """A report as data names its reader, for one draft and for many posts."""
        post = json.dumps({"text": quiet})
        one = json.loads(run("check", "--format", "json", quiet).stdout)
        many = json.loads(run("check", "--posts", "-", "--reader", "lexical", given=post).stdout)
        assert ("learned", "lexical") == (one["reader"], many["reader"])

    def test_words_alone_are_owned_up_to(self, run: Run, quiet: str) -> None:
        """A report by words alone says that it sees less, and one by both readers does not."""
        told = {name: run("check", "--reader", name, quiet).stdout for name in ("lexical", "learned")}
        assert ("words and phrases alone" in told["lexical"]) > ("words and phrases alone" in told["learned"])

    def test_an_unknown_reader(self, run: Run, quiet: str) -> None:
        """A reader that there is not is a usage error that names those that there are."""
        answer = run("check", "--reader", "clever", quiet)
        assert (2, True) == (answer.exit_code, "lexical" in answer.stderr)

    def test_a_damaged_reader_is_one_plain_line(self, run: Run, quiet: str, monkeypatch: pytest.MonkeyPatch) -> None:
        """Files of the model that are missing give one line that says how to mend it, and no traceback."""
        monkeypatch.setattr(module, "FOLDER", FOLDER / "nowhere")
        reader.cache_clear()
        try:
            answer = run("check", quiet)
        finally:
            monkeypatch.undo()
            reader.cache_clear()
        assert 2 == answer.exit_code
        assert 1 == len(answer.stderr.splitlines())
        assert "Install Forethought again" in answer.stderr


class TestLanguage:
    def test_another_language_is_said_to_be_unchecked(self, run: Run) -> None:
        """A draft in another language is headed as unchecked, and nowhere called clear."""
        told = run("check", FRENCH).stdout
        assert "Not checked" in told
        assert "Clear" not in told

    def test_the_record_says_so_too(self, run: Run) -> None:
        """As data it is `unchecked`, with why, and its verdict is not `clear`; English carries no such key."""
        record = json.loads(run("check", "--format", "json", FRENCH).stdout)
        plain = json.loads(run("check", "--format", "json", "The kettle boiled.").stdout)
        assert ("not in English", "consider") == (record["unchecked"], record["verdict"])
        assert "unchecked" not in plain

    @pytest.mark.parametrize("form", ["text", "json", "sarif", "html"])
    def test_a_script_can_tell(self, run: Run, form: str) -> None:
        """A draft that was not checked ends with status 2 and a line that says why, in whatever form."""
        answer = run("check", "--format", form, FRENCH)
        assert (2, True) == (answer.exit_code, "not in English" in answer.stderr)

    def test_sarif_says_so(self, run: Run) -> None:
        """A run over a draft that was not checked is not a successful one."""
        (told,) = json.loads(run("check", "--format", "sarif", FRENCH).stdout)["runs"]
        assert [False] == [each["executionSuccessful"] for each in told["invocations"]]

    def test_many_posts(self, run: Run) -> None:
        """Among many posts the one that cannot be read is marked, and the rest are checked."""
        lines = "\n".join(json.dumps({"id": id, "text": text}) for id, text in (("a", FRENCH), ("b", "Tea, then bed.")))
        first, second = map(json.loads, run("check", "--posts", "-", given=lines).stdout.splitlines())
        assert ("not in English", None) == (first.get("unchecked"), second.get("unchecked"))
