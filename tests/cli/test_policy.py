"""The command `policy`: a policy in each form and paper, answers from a file and typed, and each refusal."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from forethought.documents.forms import FORMS
from forethought.platforms import platforms
from forethought.policy.interview import asked, defaults
from forethought.policy.load import questions, topics
from forethought.policy.papers import PAPERS

Run = Callable[..., Result]
ELSEWHERE = "I do not accept friend requests from clients. I am the best therapist in Ludlow and I cure anxiety."
KEEP = "\n"  # Enter, at any question


@pytest.fixture
def told(tmp_path: Path) -> Callable[[Any], str]:
    """A file of answers, and its name."""

    def told(content: Any) -> str:
        path = tmp_path / "answers.json"
        path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
        return str(path)

    return told


def data(result: Result) -> Any:
    """Return what the program answered, as data."""
    assert 0 == result.exit_code, result.output
    return json.loads(result.stdout)


def typed(**answers: str) -> str:
    """Return what somebody types who keeps every answer but these, a question that is asked again with commas."""
    lines = []
    for id in questions():
        if id in answers or id in {each.id for each in asked(defaults())}:
            lines += answers.get(id, "").split("|")
    return "\n".join(lines) + "\n"


class TestWrite:
    def test_as_text(self, run: Run) -> None:
        """Without anything said the whole policy of the strictest answers is shown, and what is open is named."""
        result = run("policy", "write", "--date", "2026-11-09")
        assert 0 == result.exit_code
        assert "Who wrote this, and is it for me?" in result.stdout
        assert "9 November 2026" in result.stdout
        assert "Left open: practice-name, " in result.stderr
        assert "Guidance speaks against" not in result.stderr

    @pytest.mark.parametrize("form", list(FORMS))
    @pytest.mark.parametrize("paper", list(PAPERS))
    def test_every_paper_in_every_form(self, run: Run, tmp_path: Path, paper: str, form: str) -> None:
        """Each paper is written as each kind of file, and the file is what its name says."""
        out = tmp_path / f"a.{form}"
        result = run("policy", "write", "--paper", paper, "--format", form, "--out", str(out))
        assert 0 == result.exit_code
        begins = {"html": b"<!DOCTYPE html", "pdf": b"%PDF", "docx": b"PK", "md": b"# ", "txt": b""}
        assert out.read_bytes().startswith(begins[form])
        assert len(out.read_bytes()) > 300

    @pytest.mark.parametrize(("form", "begins"), [("md", "# "), ("txt", ""), ("html", "<!DOCTYPE html")])
    def test_words_can_be_shown(self, run: Run, form: str, begins: str) -> None:
        """What is words is shown where no file is named, and nothing else stands in it."""
        shown = run("policy", "write", "--format", form).stdout
        assert shown.startswith(begins)
        assert "Left open" not in shown

    def test_the_edition(self, run: Run) -> None:
        """The version's number and day stand in the policy."""
        shown = run("policy", "write", "--number", "7", "--date", "2026-03-02", "--format", "txt").stdout
        assert "7" in shown
        assert "2 March 2026" in shown

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("--format", "pdf"), "--format pdf is for a file. Name one with --out."),
            (("--format", "docx"), "--format docx is for a file"),
            (("--format", "odt"), "format 'odt' is not known"),
            (("--paper", "poster"), "paper 'poster' is not known"),
            (("--date", "tomorrow"), "tomorrow"),
            (("--number", "0"), "0"),
        ],
        ids=["pdf", "docx", "unknown-form", "unknown-paper", "no-day", "no-version"],
    )
    def test_what_is_refused(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What cannot be done is said in words, with what to do."""
        result = run("policy", "write", *given)
        assert 2 == result.exit_code
        assert words in result.stderr
        assert not result.stdout

    @pytest.mark.parametrize("form", ["text", "json", *FORMS])
    def test_nothing_is_overwritten(self, run: Run, tmp_path: Path, form: str) -> None:
        """A file that is there already is left as it is."""
        out = tmp_path / "mine"
        out.write_text("mine", encoding="utf-8")
        result = run("policy", "write", "--format", form, "--out", str(out))
        assert 2 == result.exit_code
        assert "is there already" in result.stderr
        assert "mine" == out.read_text(encoding="utf-8")

    def test_a_folder_that_is_not_there(self, run: Run, tmp_path: Path) -> None:
        """A file that cannot be made is said, and nothing is left behind."""
        result = run("policy", "write", "--format", "pdf", "--out", str(tmp_path / "no" / "a.pdf"))
        assert 2 == result.exit_code
        assert "could not be written" in result.stderr


class TestAnswers:
    def test_they_count(self, run: Run, told: Callable[[Any], str]) -> None:
        """Answers in a file count, as words, a choice or a list; the rest is the strictest."""
        name = told({"practice-name": "Amal Hart", "uses": ["phone", "post"], "follow-me": "open"})
        result = run("policy", "write", "--answers", name, "--format", "json")
        given = data(result)["answers"]
        assert [["Amal Hart"], ["phone", "post"], ["open"]] == [
            given[id] for id in ("practice-name", "uses", "follow-me")
        ]
        assert list(defaults()["client-requests"]) == given["client-requests"]
        assert "Guidance speaks against your choice" in result.stderr
        assert "GPIA-65" in result.stderr

    def test_what_cannot_both_be_true(self, run: Run, told: Callable[[Any], str]) -> None:
        """Two choices that contradict each other are named, and the strictest answers have none."""
        result = run("policy", "write", "--answers", told({"message-safety": ["only-me", "office"]}))
        assert 0 == result.exit_code
        assert "These cannot both be true: 'Nobody but me reads my messages' and 'A secretary" in result.stderr
        assert "cannot both be true" not in run("policy", "write").stderr

    def test_what_follows_is_the_strictest_too(self, run: Run, told: Callable[[Any], str]) -> None:
        """A question that is asked only because of an answer in the file has its strictest answer."""
        given = data(run("policy", "write", "--answers", told({"young-clients": "young"}), "--format", "json"))
        assert ["agreed"] == given["answers"]["parents"]

    @pytest.mark.parametrize("nothing", [[], "", ["", " "]], ids=["none", "empty", "blanks"])
    def test_nothing_leaves_it_open(self, run: Run, told: Callable[[Any], str], nothing: Any) -> None:
        """A question that is answered with nothing is left open, and named."""
        result = run("policy", "write", "--answers", told({"location": nothing}), "--format", "json")
        assert "location" not in data(result)["answers"]
        assert "location" in result.stderr

    @pytest.mark.parametrize(
        "made_by", [("questions", "--format", "json"), ("write", "--format", "json")], ids=["questions", "write"]
    )
    def test_what_it_writes_it_reads(self, run: Run, tmp_path: Path, made_by: tuple[str, ...]) -> None:
        """What `questions` and `write` give as data can be read as answers again."""
        out = str(tmp_path / "answers.json")
        assert 0 == run("policy", *made_by, "--out", out).exit_code
        given = data(run("policy", "write", "--answers", out, "--format", "json"))["answers"]
        assert {id: list(each) for id, each in defaults().items()} == given

    def test_a_mark_at_the_start(self, run: Run, told: Callable[[Any], str]) -> None:
        """A file that an editor began with its mark of UTF-8 is read all the same."""
        name = told(b'\xef\xbb\xbf{"practice-name": "Am\xc3\xa9lie"}')
        assert "Amélie" in run("policy", "write", "--answers", name).stdout

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (b"practice-name: Amal", "is not JSON in UTF-8"),
            (b"\xff\xfe{", "is not JSON in UTF-8"),
            (["practice-name"], "holds no answers"),
            ({"answers": 7}, "holds no answers"),
            ({"practice-name": 7}, "the answer to 'practice-name' is neither words nor a list"),
            ({"uses": ["phone", 7]}, "the answer to 'uses' is neither words nor a list"),
            ({"uses": {"phone": True}}, "the answer to 'uses' is neither words nor a list"),
            ({"usage": "phone"}, "question 'usage' is not known"),
            ({"uses": "phones"}, "for 'uses' the choice 'phones' is not known. Use phone"),
            ({"follow-me": ["open", "remove"]}, "'follow-me' takes one choice, and 2 were given"),
            ({"practice-name": "x" * 81}, "have 81 characters, and 80 fit"),
        ],
        ids=[
            "no-json", "no-utf-8", "a-list", "answers-a-number", "a-number", "a-number-inside", "an-object",
            "unknown-question", "unknown-choice", "two-for-one", "too-long",
        ],
    )  # fmt: skip
    def test_what_is_refused(self, run: Run, told: Callable[[Any], str], content: Any, words: str) -> None:
        """A file that is no answers, and an answer that does not fit, are refused by name, and nothing is written."""
        result = run("policy", "write", "--answers", told(content))
        assert 2 == result.exit_code
        assert words in result.stderr
        assert not result.stdout

    @pytest.mark.parametrize("command", ["write", "purpose"])
    def test_a_file_that_is_not_there(self, run: Run, tmp_path: Path, command: str) -> None:
        """A file that cannot be read is named."""
        result = run("policy", command, "--answers", str(tmp_path / "none.json"))
        assert 2 == result.exit_code
        assert "none.json could not be read (No such file or directory)" in result.stderr


class TestInterview:
    def test_enter_keeps_what_is_offered(self, run: Run) -> None:
        """Whoever presses Enter at each question has the strictest answers, and questions stand apart from them."""
        result = run("policy", "write", "--interview", "--format", "json", given=KEEP * len(asked(defaults())))
        assert {id: list(each) for id, each in defaults().items()} == data(result)["answers"]
        assert all(each.asks in result.stderr for each in asked(defaults()))

    def test_answers_are_typed(self, run: Run) -> None:
        """Words are typed as words, choices as numbers with spaces or commas, or by their names."""
        said = typed(**{"practice-name": "Amal Hart", "uses": "2, 1", "client-requests": "2", "testimonials": "agreed"})
        given = data(run("policy", "write", "--interview", "--format", "json", given=said))["answers"]
        expected = {
            "practice-name": ["Amal Hart"], "uses": ["phone", "email"], "client-requests": ["decline-talk"],
            "testimonials": ["agreed"],
        }  # fmt: skip
        assert expected == {id: given[id] for id in expected}

    def test_a_dash_leaves_it_open(self, run: Run) -> None:
        """A dash takes back what is offered, for every kind of question."""
        open_ = ("practice-name", "practice-for", "client-requests")
        result = run("policy", "write", "--interview", "--format", "json", given=typed(**dict.fromkeys(open_, "-")))
        assert not set(open_) & set(data(result)["answers"])
        assert all(id in result.stderr for id in open_)

    @pytest.mark.parametrize(
        ("wrong", "words"),
        [
            ("9", "For 'client-requests' the choice '9' is not known. Use decline-note, decline-talk or leave."),
            ("0", "the choice '0' is not known"),
            ("1 2", "'client-requests' takes one choice, and 2 were given"),
        ],
        ids=["too-high", "zero", "two"],
    )
    def test_what_does_not_fit_is_asked_again(self, run: Run, wrong: str, words: str) -> None:
        """A number that is not offered is said to be none, and the same question is asked again."""
        said = typed(**{"client-requests": f"{wrong}|3"})
        result = run("policy", "write", "--interview", "--format", "json", given=said)
        assert ["leave"] == data(result)["answers"]["client-requests"]
        assert words in result.stderr
        assert 2 == result.stderr.count(questions()["client-requests"].asks)

    def test_long_words_are_asked_again(self, run: Run) -> None:
        """Words that do not fit are said to be too long, by how much, and asked for again."""
        result = run("policy", "write", "--interview", given=typed(**{"practice-name": f"{'x' * 90}|Amal"}))
        assert "Shorten them by 10." in result.stderr
        assert "Amal" in result.stdout

    def test_what_follows_is_asked(self, run: Run) -> None:
        """An answer brings the question that follows from it, with its strictest answer offered."""
        young = str([each.id for each in questions()["young-clients"].choices].index("young") + 1)
        said = typed(**{"young-clients": young, "parents": ""})
        given = data(run("policy", "write", "--interview", "--format", "json", given=said))["answers"]
        assert (["young"], ["agreed"]) == (given["young-clients"], given["parents"])

    def test_what_follows_no_more_is_not(self, run: Run) -> None:
        """A question whose reason is gone is not asked."""
        none = str([each.id for each in questions()["accounts"].choices].index("none") + 1)
        result = run("policy", "write", "--interview", "--format", "json", given=typed(accounts=none) + KEEP)
        assert ["none"] == data(result)["answers"]["accounts"]
        assert questions()["follow-me"].asks not in result.stderr

    def test_it_begins_with_a_file(self, run: Run, told: Callable[[Any], str]) -> None:
        """Answers in a file are what is offered."""
        name = told({"practice-name": "Amal Hart", "follow-me": "open"})
        result = run("policy", "write", "--answers", name, "--interview", "--format", "json", given=typed())
        given = data(result)["answers"]
        assert (["Amal Hart"], ["open"]) == (given["practice-name"], given["follow-me"])

    def test_it_can_be_broken_off(self, run: Run, tmp_path: Path) -> None:
        """Where typing ends before the questions do, nothing is written."""
        out = tmp_path / "a.txt"
        result = run("policy", "write", "--interview", "--format", "txt", "--out", str(out), given="Amal Hart\n")
        assert 0 != result.exit_code
        assert "Traceback" not in result.output
        assert not out.exists()


class TestQuestions:
    def test_as_text(self, run: Run) -> None:
        """Every question and choice is listed by its name, and the strictest answers are marked."""
        said = run("policy", "questions").stdout
        assert all(id in said for id in questions())
        assert all(choice.id in said for each in questions().values() for choice in each.choices)
        assert "as the strictest guidance would answer" in " ".join(said.split())

    def test_as_data(self, run: Run) -> None:
        """The strictest answers come as a file of answers."""
        assert {id: list(each) for id, each in defaults().items()} == data(
            run("policy", "questions", "--format", "json")
        )

    def test_other_forms_are_refused(self, run: Run) -> None:
        """There is no other form."""
        assert 2 == run("policy", "questions", "--format", "pdf").exit_code


class TestCovers:
    @pytest.fixture
    def theirs(self, tmp_path: Path) -> str:
        """A policy that was written elsewhere."""
        (tmp_path / "theirs.txt").write_text(ELSEWHERE, encoding="utf-8")
        return str(tmp_path / "theirs.txt")

    def test_as_text(self, run: Run, theirs: str) -> None:
        """What it covers, what it misses and what a check would raise are said."""
        said = " ".join(run("policy", "covers", theirs).stdout.split())
        for words in ("I do not accept friend requests", "What it does not seem to cover", "“best therapist in”"):
            assert words in said

    def test_as_data(self, run: Run, theirs: str) -> None:
        """Every topic comes with how far it is covered, and by which sentences."""
        found = data(run("policy", "covers", theirs, "--format", "json"))
        assert [topic.id for topic in topics()] == list(found)
        assert found["friend-requests"]["sentences"][0].startswith("I do not accept friend requests")
        assert "missing" == found["complaints"]["found"]

    def test_what_it_writes_it_reads(self, run: Run, tmp_path: Path) -> None:
        """A policy of its own making, as a Word file, covers every topic that it speaks of."""
        out = str(tmp_path / "mine.docx")
        run("policy", "write", "--format", "docx", "--out", out)
        found = data(run("policy", "covers", out, "--format", "json"))
        assert [] == [id for id, each in found.items() if each["found"] == "missing"]

    def test_the_bodies_count(self, run: Run, theirs: str) -> None:
        """Under one body nobody else's provisions are named."""
        said = run("policy", "covers", theirs, "--body", "babcp").stdout
        assert "BABCP-" in said
        assert "GPIA-" not in said

    @pytest.mark.parametrize(
        ("content", "words"),
        [(b"", "no words were found"), (b"\x89PNG\0", "could not be read"), (None, "does not exist")],
        ids=["empty", "a-picture", "not-there"],
    )
    def test_what_is_refused(self, run: Run, tmp_path: Path, content: bytes | None, words: str) -> None:
        """A file without words, of another kind or not there is refused with what to do."""
        path = tmp_path / "theirs.doc"
        if content is not None:
            path.write_bytes(content)
        result = run("policy", "covers", str(path))
        assert 2 == result.exit_code
        assert words in result.stderr

    def test_an_unknown_body(self, run: Run, theirs: str) -> None:
        """A body that is not known is refused."""
        assert "body 'moose' is not known" in run("policy", "covers", theirs, "--body", "moose").stderr


class TestApart:
    def test_a_plan(self, run: Run) -> None:
        """What holds makes the steps, in order, and the note."""
        given = ("--holds", "one_account", "--holds", "same_photo")
        said = run("policy", "apart", *given).stdout
        assert "In a warm tone" in said
        steps = data(run("policy", "apart", *given, "--format", "json"))
        alone = data(run("policy", "apart", "--format", "json"))
        assert len(alone) < len(steps)
        assert all(each["id"] and each["title"] and each["do"] for each in steps)

    def test_under_one_body(self, run: Run) -> None:
        """Under one body nobody else's provisions are named."""
        assert "GPIA-" not in run("policy", "apart", "--holds", "one_account", "--body", "bps-dcp").stdout

    @pytest.mark.parametrize(
        ("given", "words"),
        [
            (("--holds", "two_heads"), "fact 'two_heads' is not known"),
            (("--body", "moose"), "body 'moose' is not known"),
            (("--format", "pdf"), "Name one with --out"),
        ],
        ids=["fact", "body", "no-file"],
    )
    def test_what_is_refused(self, run: Run, given: tuple[str, ...], words: str) -> None:
        """What is unknown or missing is refused."""
        result = run("policy", "apart", *given)
        assert 2 == result.exit_code
        assert words in result.stderr


class TestPurpose:
    @pytest.mark.parametrize("platform", [id for id, each in platforms().items() if each.profile])
    def test_it_fits(self, run: Run, platform: str) -> None:
        """The statements are no longer than the platform's profile."""
        made = data(run("policy", "purpose", "--platform", platform, "--format", "json"))
        assert made
        assert all(0 < len(each["words"]) <= platforms()[platform].profile for each in made)

    def test_as_text(self, run: Run) -> None:
        """Each statement stands under its length."""
        assert "characters" in run("policy", "purpose").stdout

    def test_no_page_for_work(self, run: Run, told: Callable[[Any], str]) -> None:
        """Where the answers name no page for work, that is said."""
        name = told({"accounts": "none"})
        assert "Your answers name no page for work" in run("policy", "purpose", "--answers", name).stdout
        assert [] == data(run("policy", "purpose", "--answers", name, "--format", "json"))

    def test_a_platform_without_profiles(self, run: Run) -> None:
        """A platform without profiles is refused."""
        result = run("policy", "purpose", "--platform", "sms")
        assert 2 == result.exit_code
        assert "platform 'sms' is not known" in result.stderr
