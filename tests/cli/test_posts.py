"""Many posts, one a line: each answered in turn, and no line costs another."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate

from forethought.cli.inputs import MOST_CHARACTERS
from forethought.cli.posts import LONGEST_LINE, RecordError, read_post
from forethought.reading import Context

Run = Callable[..., Result]

LINE = {
    "type": "object",
    "additionalProperties": False,
    "required": ["id", "verdict", "findings", "reader"],
    "properties": {
        "reader": {"enum": ["learned", "lexical"]},
        "unchecked": {"const": "not in English"},
        "id": {"type": ["string", "integer"]},
        "verdict": {"enum": ["stop", "pause", "consider", "clear"]},
        "findings": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["rule", "severity", "confidence", "spans", "message", "instead", "provisions"],
                "properties": {
                    "rule": {"type": "string", "pattern": "^[a-z]+/[a-z-]+$"},
                    "severity": {"enum": ["stop", "pause", "consider"]},
                    "confidence": {"type": "number", "minimum": 0, "maximum": 1},
                    "image": {"type": "integer", "minimum": 1},
                    "spans": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2},
                    },
                    "message": {"type": "string", "minLength": 1},
                    "instead": {"type": "string", "minLength": 1},
                    "provisions": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "additionalProperties": False,
                            "required": ["body", "document", "section", "binds"],
                            "properties": {
                                "body": {"type": "string"},
                                "document": {"type": "string"},
                                "section": {"type": "string"},
                                "binds": {"type": "boolean"},
                            },
                        },
                    },
                },
            },
        },
    },
}


def lines(*records: Any) -> str:
    """Return records as JSON Lines."""
    return "".join(json.dumps(record) + "\n" for record in records)


def answers(result: Result) -> list[dict[str, Any]]:
    """Return the reports that the program printed."""
    return [json.loads(line) for line in result.stdout.splitlines()]


class TestReports:
    def test_each_line_has_its_report(self, run: Run, breach: str, quiet: str) -> None:
        """Reports come one a line, in the order of the posts, with the posts' own ids."""
        result = run("check", "--posts", "-", given=lines({"id": "b", "text": breach}, {"id": "a", "text": quiet}))
        assert ([("b", "stop"), ("a", "clear")], 1) == (
            [(each["id"], each["verdict"]) for each in answers(result)],
            result.exit_code,
        )

    def test_every_field_is_as_agreed(self, run: Run, breach: str, quiet: str) -> None:
        """A report has the agreed fields, each of its kind, and no other."""
        for report in answers(run("check", "--posts", "-", given=lines({"text": breach}, {"text": quiet}))):
            validate(report, LINE)

    def test_the_line_number_stands_in_for_an_id(self, run: Run, quiet: str) -> None:
        """A post without an id is named by its line, blank lines counted."""
        result = run("check", "--posts", "-", given=lines({"text": quiet}) + "\n" + lines({"text": quiet}))
        assert ["1", "3"] == [each["id"] for each in answers(result)]

    def test_a_file(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """Posts are read from a file, with or without a byte order mark."""
        posts = tmp_path / "posts.jsonl"
        posts.write_text(lines({"text": quiet}), encoding="utf-8-sig")
        assert (0, 1) == ((result := run("check", "--posts", str(posts))).exit_code, len(answers(result)))

    def test_a_file_to_write(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """Reports can go to a new file."""
        out = tmp_path / "reports.jsonl"
        run("check", "--posts", "-", "--out", str(out), given=lines({"text": quiet}))
        assert "clear" == json.loads(out.read_text(encoding="utf-8"))["verdict"]

    def test_it_answers_before_the_input_ends(self, quiet: str) -> None:
        """A report is written as soon as its post is read, while more may come."""
        words = [sys.executable, "-m", "forethought", "check", "--posts", "-"]
        pipe, held_back = subprocess.PIPE, {**os.environ, "PYTHONUNBUFFERED": ""}
        with subprocess.Popen(words, stdin=pipe, stdout=pipe, text=True, env=held_back) as running:
            assert running.stdin
            assert running.stdout
            for id in ("first", "second"):
                running.stdin.write(lines({"id": id, "text": quiet}))
                running.stdin.flush()
                assert id == json.loads(running.stdout.readline())["id"]


class TestFaults:
    @pytest.mark.parametrize(
        ("line", "says"),
        [
            ("{", "it is not JSON."),
            ("[" * 100_000, "it is not JSON."),
            ("9" * 5_000, "it is not JSON."),
            ("[]", "it is not a record."),
            ("{}", "there is no text."),
            ('{"text": 1}', "there is no text."),
            ('{"text": "a", "id": []}', "the id is neither text nor a whole number."),
            ('{"text": "a", "id": true}', "the id is neither text nor a whole number."),
            ('{"text": "a", "context": "public"}', "the context is not a set of names."),
            (json.dumps({"text": "a" * (MOST_CHARACTERS + 1)}), "the text has 200,001 characters"),
            ('"' + "a" * LONGEST_LINE, "it is longer than"),
        ],
        ids=[
            "cut",
            "deep",
            "number",
            "list",
            "no text",
            "text",
            "id",
            "yes as id",
            "context",
            "long text",
            "long line",
        ],
    )
    def test_a_line_that_cannot_be_read(self, run: Run, quiet: str, line: str, says: str) -> None:
        """A line at fault is named by its number, and the rest is checked all the same."""
        result = run("check", "--posts", "-", given=line + "\n" + lines({"text": quiet}))
        assert (2, ["2"]) == (result.exit_code, [each["id"] for each in answers(result)])
        assert result.stderr.startswith(f"forethought: standard input, line 1: {says}")
        assert 1 == len(result.stderr.splitlines())

    def test_bytes_that_are_not_utf_8(self, run: Run, quiet: str) -> None:
        """A line in another encoding costs only itself."""
        result = run("check", "--posts", "-", given=b'{"text": "caf\xe9"}\n' + lines({"text": quiet}).encode())
        assert (2, 1, True) == (result.exit_code, len(answers(result)), "line 1: it is not UTF-8." in result.stderr)

    def test_another_encoding_throughout(self, run: Run, quiet: str) -> None:
        """A file in UTF-16 is refused once rather than line by line."""
        result = run("check", "--posts", "-", given=lines({"text": quiet}).encode("utf-16"))
        assert (2, 1) == (result.exit_code, len(result.stderr.splitlines()))

    @pytest.mark.parametrize("key", ["role", "account", "audience"])
    @pytest.mark.parametrize("value", ["nonesuch", 7, ["public"]], ids=str)
    def test_an_unknown_name_loses_nothing(self, run: Run, quiet: str, key: str, value: Any) -> None:
        """A post with an unknown name is checked with the usual one, and the fault is told at the end."""
        result = run("check", "--posts", "-", given=lines({"text": quiet, "context": {key: value}}))
        assert (2, 1, 1) == (result.exit_code, len(answers(result)), len(result.stderr.splitlines()))
        assert f"line 1: {key} '{value}' is not known. Use " in result.stderr

    @pytest.mark.parametrize(("key", "value"), [("images", "two"), ("images", -1), ("alt_text", "no"), ("reply_to", 3)])
    def test_a_value_of_another_kind_loses_nothing(self, run: Run, quiet: str, key: str, value: Any) -> None:
        """So does one whose setting is of another kind."""
        result = run("check", "--posts", "-", given=lines({"text": quiet, "context": {key: value}}))
        assert (2, 1, True) == (result.exit_code, len(answers(result)), f"line 1: {key} takes " in result.stderr)

    @pytest.mark.parametrize(
        ("key", "near"),
        [("audeince", "audience"), ("replyto", "reply_to"), ("alt", "account, alt_text"), ("Role", "role")],
    )
    def test_an_unknown_key_loses_nothing(self, run: Run, quiet: str, key: str, near: str) -> None:
        """A key of a context that is not known is told with the nearest, and the post is checked without it."""
        result = run("check", "--posts", "-", given=lines({"text": quiet, "context": {key: "public"}}))
        assert (2, 1, 1) == (result.exit_code, len(answers(result)), len(result.stderr.splitlines()))
        assert f"line 1: part of context '{key}' is not known. Use {near}" in result.stderr

    def test_other_keys_beside_the_context_are_no_fault(self, run: Run, quiet: str) -> None:
        """A record may carry what others noted of it, which is passed over without a word."""
        record = {"text": quiet, "verdict": "clear", "expect": [], "why": "Paperwork.", "set": 1}
        result = run("check", "--posts", "-", given=lines(record))
        assert (0, "", 1) == (result.exit_code, result.stderr, len(answers(result)))

    @pytest.mark.parametrize("given", ["", "\n \n"], ids=["empty", "blank"])
    def test_no_posts_at_all(self, run: Run, given: str) -> None:
        """A file without a post is said to be so, and is no fault."""
        result = run("check", "--posts", "-", given=given)
        assert (0, "", "forethought: no posts were found in standard input.\n") == (
            result.exit_code,
            result.stdout,
            result.stderr,
        )

    @pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="this system has no file that opens and then fails")
    def test_a_file_that_fails_while_it_is_read(self, run: Run) -> None:
        """A file that opens and then cannot be read is named in one line."""
        result = run("check", "--posts", "/proc/self/mem")
        assert (2, "", 1) == (result.exit_code, result.stdout, len(result.stderr.splitlines()))
        assert result.stderr.startswith("forethought: /proc/self/mem could not be read (")

    @pytest.mark.parametrize("platform", ["friendface", "", 7], ids=repr)
    def test_an_unknown_platform_is_another_one(self, run: Run, quiet: str, platform: Any) -> None:
        """Records come from everywhere, so a platform that is not known is no fault."""
        result = run("check", "--posts", "-", given=lines({"text": quiet, "context": {"platform": platform}}))
        assert (0, "", 1) == (result.exit_code, result.stderr, len(answers(result)))


class TestContext:
    def test_all_of_it(self) -> None:
        """Every part of a record's context reaches the draft."""
        context = {
            "role": "tutor", "account": "personal", "audience": "followers", "platform": "x",
            "reply_to": "Why?", "images": 2, "alt_text": False,
        }  # fmt: skip
        draft = read_post(lines({"text": "a", "context": context}).encode(), 1, Context()).draft
        assert Context("tutor", "personal", "followers", "x", "Why?") == draft.context
        assert ["", ""] == [image.alt_text for image in draft.images]

    def test_left_out(self) -> None:
        """A record without a context, or with nothing in it, is one of the usual kind."""
        records = ({"text": "a"}, {"text": "a", "context": None}, {"text": "a", "context": {"role": None}})
        assert [Context()] * 3 == [read_post(lines(record).encode(), 1, Context()).draft.context for record in records]

    def test_settings_stand_in(self) -> None:
        """What a record leaves out is as the person's own settings say, and what it gives comes first."""
        usual = Context("trainee", "personal", "followers", "x")
        drafts = [
            read_post(lines({"text": "a", "context": context}).encode(), 1, usual).draft
            for context in ({}, {"role": "tutor", "audience": "public"})
        ]
        assert [usual, Context("tutor", "personal", "public", "x")] == [draft.context for draft in drafts]

    def test_settings_reach_every_record(self, run: Run) -> None:
        """Settings given beside --posts change what is raised on a record that has none of its own."""
        text = "He asked for the crisis number, and his risk is high after the overdose. My client needs a call."
        alone, told = (
            answers(run("check", *options, "--posts", "-", given=lines({"text": text, **more})))
            for options, more in (
                (("--audience", "direct-message"), {}),
                ((), {"context": {"audience": "direct-message"}}),
            )
        )
        assert "confidentiality/clinical-by-message" in {each["rule"] for each in alone[0]["findings"]}
        assert told == alone

    @pytest.mark.parametrize(("name", "meant"), [("Twitter", "x"), ("LinkedIn", "linkedin"), ("MySpace", "other")])
    def test_platforms_by_any_name(self, name: str, meant: str) -> None:
        """A platform is known by its former name and whatever its capitals."""
        raw = lines({"text": "a", "context": {"platform": name}}).encode()
        assert meant == read_post(raw, 1, Context()).draft.context.platform

    @pytest.mark.parametrize(("count", "expected"), [(0, 0), (3, 3), (10**12, 100), (-1, 0), (-(10**12), 0)])
    def test_images_are_counted_within_reason(self, count: int, expected: int) -> None:
        """A count beyond any platform's does not fill the memory."""
        assert expected == len(
            read_post(lines({"text": "a", "context": {"images": count}}).encode(), 1, Context()).draft.images
        )

    @pytest.mark.parametrize("id", ["a1", "", 7, "é"])
    def test_the_id_comes_back(self, id: str | int) -> None:
        """An id is echoed as it was given, so that reports can be matched to posts."""
        assert id == read_post(lines({"id": id, "text": "a"}).encode(), 1, Context()).id

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda x: (
                st.lists(x)
                | st.dictionaries(
                    st.sampled_from(
                        ["id", "text", "context", "role", "account", "audience", "platform", "images", "alt_text"]
                    ),
                    x,
                )
            ),
        )
    )
    def test_any_json_is_a_post_or_a_fault(self, record: Any) -> None:
        """Whatever the JSON, it is a post or a fault with words to mend it."""
        with suppress(RecordError):
            assert read_post(lines(record).encode(), 1, Context()).draft.text == record["text"]
