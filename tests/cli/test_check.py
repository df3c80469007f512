"""Checking one draft: statuses, options, and the same findings in every form."""

import json
import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from hypothesis import given
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parents[1] / "media"))

from makers import scenes

from forethought.guidance import load
from forethought.pages.records import citations, draft_record
from forethought.reading import Context, Draft
from forethought.review import review
from forethought.rules import rules

Run = Callable[..., Result]
EXAMPLES = Path(__file__).parents[2] / "examples"


class TestStatus:
    def test_a_breach_is_one(self, run: Run, breach: str) -> None:
        """A draft to stop or pause ends with status 1, as a script can tell."""
        assert 1 == run("check", breach).exit_code

    def test_nothing_to_raise_is_nought(self, run: Run, quiet: str) -> None:
        """A draft with nothing to raise ends with status 0."""
        assert 0 == run("check", quiet).exit_code

    @pytest.mark.parametrize("draft", sorted(EXAMPLES.glob("*.txt")), ids=lambda path: path.stem)
    def test_examples_are_what_their_names_say(self, run: Run, draft: Path) -> None:
        """Each example draft gets the verdict that its name begins with, and the status that goes with it."""
        settings = draft.with_suffix(".options")
        words = re.findall(r"'[^']*'|\S+", settings.read_text(encoding="utf-8")) if settings.exists() else []
        result = run("check", "--format", "json", *(word.strip("'") for word in words), str(draft))
        verdict = draft.stem.partition("-")[0]
        assert (verdict, verdict in {"stop", "pause"}) == (json.loads(result.stdout)["verdict"], bool(result.exit_code))

    def test_examples_show_every_verdict(self) -> None:
        """The examples hold each verdict, and eight drafts or more."""
        names = [draft.stem.partition("-")[0] for draft in EXAMPLES.glob("*.txt")]
        assert ({"stop", "pause", "consider", "clear"}, True) == (set(names), len(names) >= 8)


class TestOptions:
    def test_the_setting_reaches_the_check(self, run: Run) -> None:
        """An option says where the draft goes, and the report answers for that place."""
        words = "He asked for the crisis number, and his risk is high after the overdose. My client needs a call."
        public, private = (
            json.loads(run("check", "--format", "json", "--audience", audience, words).stdout)
            for audience in ("public", "direct-message")
        )
        expected = review(Draft(words, Context(audience="direct-message")), load())
        assert draft_record("draft", expected) == private
        assert public["offsets"] == private["offsets"]

    def test_what_a_picture_gives_away(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """A picture's place and person are told below the report, with how to make a clean copy; also as data."""
        from PIL import Image

        notes = Image.Exif()
        notes[0x013B] = "Sam Fell"
        Image.new("RGB", (8, 8)).save(tmp_path / "walk.jpg", exif=notes)
        options = ("--image", str(tmp_path / "walk.jpg"), "--alt-text", "A canal in the rain.", quiet)
        told, record = run("check", *options).stdout, json.loads(run("check", "--format", "json", *options).stdout)
        assert "who made it or is in it (Sam Fell)" in " ".join(told.split())
        assert told.index("read what is said below of picture 1") < told.index(quiet) < told.index("forethought clean")
        assert ["Sam Fell"] == [
            each["value"] for each in record["pictures"][0]["gave_away"] if each["kind"] == "person"
        ]
        assert "clear" == record["verdict"]

    def test_words_in_a_picture(self, run: Run, tmp_path: Path, breach: str, quiet: str) -> None:
        """The words that can be read in a picture are held to the same rules, and named for it."""
        pytest.importorskip("rapidocr")
        from PIL import Image, ImageDraw, ImageFont

        page = Image.new("RGB", (1_400, 300), "white")
        ImageDraw.Draw(page).text((40, 120), breach, "black", ImageFont.load_default(36))
        page.save(tmp_path / "screen.png")
        options = ("--image", str(tmp_path / "screen.png"), "--alt-text", "A screen.", quiet)
        record = json.loads(run("check", "--format", "json", *options).stdout)
        assert ("stop", True) == (record["verdict"], all(each.get("seen") for each in record["findings"]))
        read = [each["text"] for each in record["pictures"][0]["to_be_seen"]["words"]]
        assert breach.replace("\n", " ") == " ".join(read)
        told = " ".join(run("check", *options).stdout.split())
        assert "in the words to be seen in picture 1" in told

    def test_a_face_is_spoken_of_before_the_report(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """A clear draft whose picture shows a face says first that there is something to read about the picture."""
        scenes.portraits((300, 180)).save(tmp_path / "a.png")
        told = " ".join(run("check", "--image", str(tmp_path / "a.png"), "--alt-text", "A room.", quiet).stdout.split())
        assert told.index("read what is said below of picture 1") < told.index(quiet) < told.index("1 face was found")

    def test_an_image_without_words_is_raised(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """An image counts as undescribed unless the description in its place says something."""
        image = tmp_path / "poster.png"
        image.write_bytes(b"\x89PNG")
        bare, told = (
            {each["rule"] for each in json.loads(run("check", "--format", "json", *options, quiet).stdout)["findings"]}
            for options in (["--image", str(image)], ["--image", str(image), "--alt-text", "A poster of a boat."])
        )
        assert {"reach/missing-alt-text"} == bare - told

    def test_a_description_is_checked_too(self, run: Run, tmp_path: Path, breach: str, quiet: str) -> None:
        """What a picture's description says goes out as well, so it is held to the same rules and named for it."""
        image = tmp_path / "poster.png"
        image.write_bytes(b"\x89PNG")
        answer = run("check", "--format", "json", "--image", str(image), "--alt-text", breach, quiet)
        report = json.loads(answer.stdout)
        assert ("stop", {1}, 1) == (
            report["verdict"],
            {finding["image"] for finding in report["findings"]},
            answer.exit_code,
        )

    @pytest.mark.parametrize(
        ("given", "meant"),
        [
            (["--role", "Trainee"], ["--role", "trainee"]),
            (["--platform", "Twitter"], ["--platform", "x"]),
            (["--body", "BABCP"], ["--body", "babcp"]),
        ],
        ids=["capitals", "former name", "body"],
    )
    def test_names_as_people_write_them(self, run: Run, breach: str, given: list[str], meant: list[str]) -> None:
        """Capitals and a platform's former name are taken for what they mean."""
        answers = [run("check", "--format", "json", *options, breach) for options in (given, meant)]
        assert ("", answers[1].stdout) == (answers[0].stderr, answers[0].stdout)

    def test_one_body(self, run: Run, breach: str) -> None:
        """Naming a body leaves only its provisions, and those of no other."""
        report = json.loads(run("check", "--format", "json", "--body", "babcp", breach).stdout)
        assert {"babcp"} == {each["body"] for finding in report["findings"] for each in finding["provisions"]}

    def test_a_pack_of_ones_own(self, run: Run, harbour: str, breach: str) -> None:
        """A folder with a pack of one's own joins the guidance, and its body can be named."""
        report = json.loads(run("check", "--format", "json", "--pack", harbour, "--body", "harbour", breach).stdout)
        cited = {each["document"] for finding in report["findings"] for each in finding["provisions"]}
        assert {"Words from the harbour"} == cited

    def test_out_writes_a_new_file(self, run: Run, tmp_path: Path, breach: str) -> None:
        """An answer can go to a file, and then nothing is printed."""
        page = tmp_path / "report.html"
        result = run("check", "--format", "html", "--out", str(page), breach)
        assert (1, "", True) == (
            result.exit_code,
            result.output,
            page.read_text(encoding="utf-8").endswith("</html>\n"),
        )

    def test_out_never_overwrites(self, run: Run, tmp_path: Path, quiet: str) -> None:
        """A file that is there already stays as it is, and the person is told."""
        page = tmp_path / "report.html"
        page.write_text("mine", encoding="utf-8")
        result = run("check", "--format", "html", "--out", str(page), quiet)
        assert (2, "mine") == (result.exit_code, page.read_text(encoding="utf-8"))
        assert (
            f"forethought: {page} is there already and was left as it is. Give --out another name.\n" == result.stderr
        )


class TestForms:
    def test_every_form_says_the_same(self, run: Run, breach: str) -> None:
        """Text, JSON, SARIF and HTML raise the same rules, in the same words."""
        answers = {
            form: run("check", "--all", "--format", form, breach).stdout for form in ("text", "json", "sarif", "html")
        }
        findings = json.loads(answers["json"])["findings"]
        titles = {finding["title"] for finding in findings}
        named = {title for title in (rule.title for rule in rules()) if title in answers["html"]}
        raised = [result["ruleId"] for result in json.loads(answers["sarif"])["runs"][0]["results"]]
        flat = " ".join(answers["text"].split())
        assert ([each["rule"] for each in findings], titles) == (raised, named)
        assert [] == [each["instead"] for each in findings if each["instead"] not in flat]

    def test_json_is_the_line_with_more(self, run: Run, breach: str) -> None:
        """JSON for one draft holds what a line of --posts holds, and more."""
        one = json.loads(run("check", "--format", "json", breach).stdout)
        line = json.loads(run("check", "--posts", "-", given=json.dumps({"id": "draft", "text": breach})).stdout)
        assert line["findings"] == [{key: each[key] for key in line["findings"][0]} for each in one["findings"]]
        assert {"client_view", "next_steps", "offsets"} == one.keys() - line.keys()
        assert {"title", "why", "differs"} == one["findings"][0].keys() - line["findings"][0].keys()

    def test_only_what_asks_is_cited(self) -> None:
        """A section is cited once, as binding if any of it binds, and one that only states facts is left out."""
        provisions = load().behind(duty.id for duty in load().duties)
        asking = {(p.body, p.document, p.section) for p in provisions if p.standing != "silent"}
        binding = {(p.body, p.document, p.section) for p in provisions if p.binds}
        cited = {(each["body"], each["document"], each["section"]): each["binds"] for each in citations(provisions)}
        assert (asking, binding) == (set(cited), {place for place, binds in cited.items() if binds})

    @given(st.text())
    def test_any_text_has_a_record(self, text: str) -> None:
        """Any words at all give JSON whose spans lie inside them, in order."""
        record = json.loads(json.dumps(draft_record("draft", review(Draft(text), load()))))
        spans = [span for finding in record["findings"] for span in finding["spans"]]
        assert [] == [span for span in spans if not 0 <= span[0] < span[1] <= len(text)]


class TestExplain:
    def test_every_rule_can_be_explained(self, run: Run) -> None:
        """Each rule has a page with what, why, instead, its duties, who says so and examples."""
        wanted = ("What: ", "Why: ", "Instead: ", "Severity: ", "Duties that it serves", "Who says so")
        pages = {rule.id: run("check", "--explain", rule.id).stdout for rule in rules()}
        assert {} == {id: part for id, page in pages.items() for part in wanted if part not in page}

    def test_the_page_and_its_data_agree(self, run: Run) -> None:
        """The same explanation comes as data, with examples on both sides."""
        data = json.loads(run("check", "--explain", "confidentiality/client-case", "--format", "json").stdout)
        assert ("confidentiality/client-case", True, True) == (
            data["id"],
            bool(data["raised"]),
            bool(data["not_raised"]),
        )

    def test_examples_stand_on_their_own_side(self, run: Run) -> None:
        """Examples that the rule raises are kept apart from those that it leaves alone."""
        data = json.loads(run("check", "--explain", "reach/missing-alt-text", "--format", "json").stdout)
        described = [{each.get("alt_text", True) for each in data[side]} for side in ("raised", "not_raised")]
        assert [{False}, {True}] == described

    def test_an_unknown_rule_names_the_nearest(self, run: Run) -> None:
        """A rule that is mistyped is answered with the nearest one."""
        result = run("check", "--explain", "respect/abussive")
        assert (2, True) == (result.exit_code, "rule 'respect/abussive' is not known. Use respect/" in result.stderr)
