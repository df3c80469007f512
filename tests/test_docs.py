"""The reference is held to the program: generated pages are current, and what a person may name or write is there."""

import re
import runpy
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

from forethought.cli import main
from forethought.guidance import Guidance, load
from forethought.guidance.load import DIFFERENCE, DUTY, HEAD, PROVISION
from forethought.guidance.vocabulary import FUNCTIONS, KINDS, STATUSES, STRENGTHS
from forethought.reading import Draft, read
from forethought.reading.lexicon import classes
from forethought.reading.phrases import PhraseBook, PhraseError, compile_phrase
from forethought.rules import load_examples, rules
from forethought.rules.engine import lines
from forethought.rules.load import HERE
from forethought.rules.model import Looks, Rule, Shift

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
REFERENCE = DOCS / "reference"
GENERATOR = runpy.run_path(str(DOCS / "generate.py"))
PAGES: dict[str, str] = GENERATOR["pages"]()
RULES = rules()
COMMAND_LINE = PAGES["command-line.md"]


def written(path: str) -> str:
    """Return a page of docs as it stands."""
    return (DOCS / path).read_text(encoding="utf-8")


def commands(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """Yield a command and every command inside it, with its full name."""
    yield name, command
    for inner, each in getattr(command, "commands", {}).items():
        yield from commands(each, f"{name} {inner}")


COMMANDS = [(name, each) for name, each in commands(main, "forethought") if not each.hidden]


def coded(page: str) -> set[str]:
    """Return the words that a page sets as code."""
    return set(re.findall(r"`([^`\n]+)`", page))


def cells(page: str) -> list[list[str]]:
    """Return the cells of every row of a page's tables, without the backquotes around them."""
    rows = re.findall(r"^\| (.+) \|$", page, flags=re.MULTILINE)
    return [[cell.strip("` ").replace(r"\|", "|") for cell in re.split(r"(?<!\\)\|", row)] for row in rows]


def taken(phrase: str, text: str) -> list[str]:
    """Return the words of `text` that a phrase takes."""
    book = PhraseBook([("page", phrase)], classes())
    return [text[span.start : span.end] for line in lines(read(Draft(text))) for _, _, span in book.matches(line)]


def refusal(phrase: str) -> str:
    """Return what is said of a phrase that cannot be read."""
    with pytest.raises(PhraseError) as told:
        compile_phrase(phrase, classes())
    return str(told.value)


@pytest.fixture(scope="module")
def shipped() -> Guidance:
    """The guidance that ships."""
    return load()


class TestGeneratedPages:
    @pytest.mark.parametrize("path", PAGES)
    def test_it_is_current(self, path: str) -> None:
        """A generated page says what the program says today; `make docs` writes it anew."""
        assert (REFERENCE / path).read_text(encoding="utf-8") == PAGES[path]

    @pytest.mark.parametrize("path", PAGES)
    def test_it_says_that_it_is_generated(self, path: str) -> None:
        """A generated page opens by saying what writes it and from what."""
        assert PAGES[path].splitlines()[2].startswith("Written by `make docs` from ")

    def test_no_page_is_left_of_a_rule_that_is_gone(self) -> None:
        """The pages of rules are those of the rules that there are."""
        assert {path for path in PAGES if "/" in path} == {
            path.relative_to(REFERENCE).as_posix() for path in (REFERENCE / "rules").iterdir()
        }


class TestCommands:
    @pytest.mark.parametrize("name", [name for name, _ in COMMANDS])
    def test_each_has_its_section(self, name: str) -> None:
        """Every command has a part of the page under its full name."""
        assert f"\n## `{name}`\n" in COMMAND_LINE

    @pytest.mark.parametrize(("name", "command"), COMMANDS, ids=[name for name, _ in COMMANDS])
    def test_each_option_is_told(self, name: str, command: click.Command) -> None:
        """Every option of a command stands in its part of the page."""
        part = COMMAND_LINE.split(f"\n## `{name}`\n")[1].split("\n## ")[0]
        options = [option for each in command.params if isinstance(each, click.Option) for option in each.opts]
        assert [] == [option for option in options if option not in part]


class TestRules:
    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_each_is_in_the_index(self, rule: Rule) -> None:
        """The index gives every rule with a link to its page and its usual severity."""
        page = f"rules/{rule.id.replace('/', '-')}.md"
        row = next(line for line in PAGES["rules.md"].splitlines() if line.startswith(f"| [{rule.id}]({page}) |"))
        assert row.endswith(f"| {rule.severity} |")

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_its_page_explains_it(self, rule: Rule, shipped: Guidance) -> None:
        """A rule's page gives its words, each reason for a shift, its duties, each document and each example."""
        page = PAGES[f"rules/{rule.id.replace('/', '-')}.md"]
        told = [rule.what, rule.why, rule.instead, *(shift.why for shift in rule.shifts)]
        told += [shipped.duty(duty).name for duty in rule.duties]
        told += [pack.title for pack in shipped.packs]
        told += [example["text"] for example in load_examples(HERE / f"{rule.id}.toml")]
        assert [] == [words for words in told if GENERATOR["plain"](words) not in page]

    @pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
    def test_its_known_faults_are_owned(self, rule: Rule) -> None:
        """A page names every example that the rule is known to get wrong, and why."""
        page = PAGES[f"rules/{rule.id.replace('/', '-')}.md"]
        reasons = [each["why"] for each in load_examples(HERE / f"{rule.id}.toml") if "known" in each]
        assert [] == [why for why in reasons if GENERATOR["plain"](why) not in page.partition("## Known faults")[2]]


class TestGuidance:
    def test_every_provision_has_its_status(self, shipped: Guidance) -> None:
        """The page on coverage has one line for each provision, in the order of the packs."""
        ids = [provision.id for provision in shipped.provisions()]
        assert ids == re.findall(r"^- ([A-Z0-9]+-\d+), ", PAGES["coverage.md"], re.MULTILINE)

    def test_the_statuses_add_up(self, shipped: Guidance) -> None:
        """The totals by status count every provision once."""
        totals = [int(row[-1]) for row in cells(PAGES["coverage.md"]) if row[-1].isdigit()]
        assert len(shipped.provisions()) == sum(totals)

    def test_every_pack_and_duty_is_told(self, shipped: Guidance) -> None:
        """The page on guidance has every pack by its id and every duty with its meaning."""
        told = [f"{pack.id}, with {len(pack.provisions)} provisions" for pack in shipped.packs]
        told += [f"| {duty.id} | {duty.name}. {duty.meaning} |" for duty in shipped.duties]
        assert [] == [words for words in told if words not in PAGES["guidance.md"]]


class TestKeys:
    def test_every_key_of_a_rule_file_is_told(self) -> None:
        """The page on rule files names every key of a rule, a shift, how it looks and an example."""
        keys = {each.name for kind in (Rule, Shift, Looks) for each in fields(kind)} - {"shifts"}
        used = {key for rule in RULES for example in load_examples(HERE / f"{rule.id}.toml") for key in example}
        assert set() == (keys | used) - coded(written("reference/rule-files.md")) - {"looks", "lists"}

    def test_every_key_of_a_pack_is_told(self) -> None:
        """The page on packs names every key of its files, and every word that stands in a short list."""
        schemas = (HEAD, PROVISION, DUTY, DIFFERENCE)
        keys = {key for schema in schemas for key in (*schema.required, *schema.optional)}
        words = {*KINDS, *STRENGTHS, *STATUSES, *FUNCTIONS}
        assert set() == (keys | words) - coded(written("reference/packs.md"))


class TestPhrases:
    ROWS = cells(written("reference/phrases.md"))

    @pytest.mark.parametrize(("phrase", "shown"), [row[2:] for row in ROWS[2:] if len(row) == 4])
    def test_each_example_is_found(self, phrase: str, shown: str) -> None:
        """A phrase on the page takes the words beside it that are set in bold."""
        assert re.findall(r"\*\*(.+?)\*\*", shown) == taken(phrase, shown.replace("**", ""))

    @pytest.mark.parametrize(("phrase", "told"), [row for row in ROWS if len(row) == 2][2:])
    def test_each_refusal_is_as_told(self, phrase: str, told: str) -> None:
        """A phrase that the page says is refused is refused in those words."""
        assert refusal(phrase).startswith(told)
