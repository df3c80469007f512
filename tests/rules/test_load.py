"""A rule file with a mistake gives one error, which names the file and says how to mend it."""

from datetime import date
from pathlib import Path

import pytest

from forethought.errors import ForethoughtError
from forethought.rules import RuleError, load_examples, load_rule

WHOLE = """\
# An invented rule.
id = "manners/rushing"
title = "Written in a hurry"
since = 2026-11-20
severity = "consider"
duties = ["not-in-anger"]
what = "This reads as hurried."
why = "Haste shows."
instead = "Read it again."
steps = ["hold"]

[[shift]]
severity = "pause"
audience = ["public"]
why = "More people read it."

[looks]
concern = 0.5
phrases = ["no time to"]
frames = ["quoted"]

[lists]
slow = ["take a breath"]

[[example]]
text = "No time to write this."
marks = ["No time"]
"""
NEEDED = ("id", "title", "since", "severity", "duties", "what", "why", "instead")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the invented rule belongs."""
    (tmp_path / "rules" / "manners").mkdir(parents=True)
    return tmp_path / "rules" / "manners" / "rushing.toml"


def refusal(path: Path, text: str) -> str:
    """Write a rule file that cannot be used, and return what is said of it."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RuleError) as caught:
        load_rule(path)
    return str(caught.value)


class TestWholeFile:
    def test_every_part_is_read(self, path: Path) -> None:
        """A file without mistakes gives its rule, with lists as tuples."""
        path.write_text(WHOLE, encoding="utf-8")

        rule = load_rule(path)

        assert ("manners/rushing", "manners") == (rule.id, rule.topic)
        assert (date(2026, 11, 20), None) == (rule.since, rule.until)
        assert ("consider", ("not-in-anger",), ("hold",)) == (rule.severity, rule.duties, rule.steps)
        assert ("pause", ("public",)) == (rule.shifts[0].severity, rule.shifts[0].audience)
        assert (0.5, ("no time to",), ("quoted",)) == (rule.looks.concern, rule.looks.phrases, tuple(rule.looks.frames))
        assert {"slow": ("take a breath",)} == rule.lists

    def test_examples_are_read_apart(self, path: Path) -> None:
        """The examples are no part of the rule, and are read when they are asked for."""
        path.write_text(WHOLE, encoding="utf-8")

        assert [{"text": "No time to write this.", "marks": ["No time"]}] == [dict(e) for e in load_examples(path)]

    def test_a_mistake_in_an_example_does_not_stop_a_check(self, path: Path) -> None:
        """Checking a draft reads no examples, so a slip in one is no reason to refuse the rule."""
        path.write_text(f"{WHOLE}\n[[example]]\ntext = not quoted\n", encoding="utf-8")

        assert "manners/rushing" == load_rule(path).id

    def test_an_ended_rule_keeps_its_last_day(self, path: Path) -> None:
        """Rules end and do not vanish: `until` says when."""
        path.write_text(WHOLE.replace("severity", "until = 2027-01-31\nseverity", 1), encoding="utf-8")

        assert date(2027, 1, 31) == load_rule(path).until


class TestMistakes:
    @pytest.mark.parametrize("key", NEEDED)
    def test_a_missing_key_is_named(self, path: Path, key: str) -> None:
        """A key that has to be there is asked for by name."""
        lines = [line for line in WHOLE.splitlines() if not line.startswith(f"{key} = ")]

        assert f"rules/manners/rushing.toml, line 1: there is no `{key}`. Add it." == refusal(path, "\n".join(lines))

    @pytest.mark.parametrize(
        ("old", "new", "line", "said"),
        [
            ("severity", 'colour = "red"\nseverity', 5, ("`colour` is not a key", "Use ")),
            ("severity =", "severty = 1\nseverity =", 5, ("`severty` is not a key", "severity")),
            ('"consider"', '"halt"', 5, ("`halt` is not known", "Use consider, pause or stop")),
            ("manners/rushing", "manners/running", 2, ("`manners/running`", "make it `manners/rushing`")),
            ("2026-11-20", '"20 November"', 4, ("`since` is not a d", "Write it as", "since = 2026-11-20")),
            ("2026-11-20", "2026-11-20T09:00:00", 4, ("`since` is not a d", "since = 2026-11-20")),
            ("concern = 0.5", "concerns = 0.5", 18, ("`concerns` is not a key of [looks]", "concern")),
            ('audience = ["public"]', 'audiences = ["public"]', 14, ("`audiences` is not a key", "audience")),
            ('why = "More people read it."', "", 12, ("[shift] lacks a key", "why")),
        ],
        ids=[
            "unknown key", "misspelt key", "unknown severity", "id unlike the file", "date in words", "time of day",
            "unknown key in looks", "unknown key in shift", "shift without why",
        ],
    )  # fmt: skip
    def test_a_mistake_is_told_with_its_mend(
        self, path: Path, old: str, new: str, line: int, said: tuple[str, ...]
    ) -> None:
        """Each kind of mistake gives one message that names the file, the line, the fault and what to write."""
        message = refusal(path, WHOLE.replace(old, new, 1))

        assert message.startswith(f"rules/manners/rushing.toml, line {line}: ")
        assert [] == [words for words in said if words not in message]

    @pytest.mark.parametrize(
        ("old", "new", "line"),
        [("2026-11-20", "2026-13-40", 4), ('title = "', "title = ", 3), ("[looks]", "[looks", 17)],
        ids=["no such day", "a quotation mark left out", "a bracket left out"],
    )
    def test_a_file_that_is_not_toml_is_told_by_line(self, path: Path, old: str, new: str, line: int) -> None:
        """A file that is not TOML is named with the line at which reading stopped."""
        message = refusal(path, WHOLE.replace(old, new, 1))

        assert message.startswith("rules/manners/rushing.toml, line ")
        assert "not TOML" in message
        assert f"line {line}" in message

    @pytest.mark.parametrize("word", ["please", "sorry", "invalid", "forbidden", "oops", "Traceback"])
    def test_messages_are_plain(self, path: Path, word: str) -> None:
        """A message neither pleads nor scolds."""
        assert word not in refusal(path, WHOLE.replace("2026-11-20", '"soon"')).casefold()

    def test_the_error_is_one_that_faces_show(self) -> None:
        """A faulty rule file is a mistake that a person can mend, so every face shows it in one line."""
        assert issubclass(RuleError, ForethoughtError)
