"""`forethought policy`: a digital policy for clients from a few answers, and policies and profiles looked at."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from forethought.cli import names
from forethought.cli.program import Named
from forethought.errors import ForethoughtError, sentence

if TYPE_CHECKING:
    from forethought.documents import Document
    from forethought.guidance import Guidance
    from forethought.policy.model import Answers, Question

DAY = click.DateTime(["%Y-%m-%d"])


class AnswersError(ForethoughtError):
    """A file of answers that cannot be read as one."""


class NoFileError(ForethoughtError):
    """A form that no terminal can show, and no file for it."""


def _papers() -> Iterable[str]:
    from forethought.policy.papers import PAPERS

    return tuple(PAPERS)


def _forms() -> Iterable[str]:
    from forethought.documents.forms import FORMS

    return ("text", "json", *FORMS)


def _facts() -> Iterable[str]:
    from forethought.policy.separation import facts

    return tuple(facts())


def _with_profiles() -> Iterable[str]:
    from forethought.platforms import platforms

    return tuple(each.id for each in platforms().values() if each.profile)


FORM = click.option(
    "--format",
    "form",
    type=names.Known("format", _forms),
    default="text",
    help="How to answer; pdf and docx need --out.",
)
OUT = click.option("--out", metavar="FILE", help="Write the answer to a new file.")
BODY = click.option(
    "--body", multiple=True, type=names.Suggested("body", names.bodies), help="A body of yours. Repeat for more."
)


@click.group(cls=Named, epilog="Example: forethought policy write --paper page --format pdf --out policy.pdf")
def policy() -> None:
    """Write the digital policy that your clients read, and look at policies and profiles."""


@policy.command(epilog="Example: forethought policy write --interview --format docx --out policy.docx")
@click.option(
    "--answers", metavar="FILE", type=click.Path(path_type=Path), help="Your answers, as `questions` lists them (JSON)."
)
@click.option("--interview", is_flag=True, help="Ask the questions here, one by one.")
@click.option("--paper", type=names.Known("paper", _papers), default="policy", help="Which paper to write.")
@click.option("--number", type=click.IntRange(1), default=1, show_default=True, help="The version's number.")
@click.option("--date", "made", type=DAY, help="The day on which it was made, such as 2026-11-29. [today]")
@FORM
@OUT
def write(
    answers: Path | None, interview: bool, paper: str, number: int, made: Any, form: str, out: str | None
) -> None:
    """Write a policy, or a paper made from it, from your answers.

    What you leave out is answered as the strictest guidance would; answer it with nothing to leave it open.
    """
    from datetime import date

    from forethought.policy.interview import checked
    from forethought.policy.papers import PAPERS
    from forethought.policy.writing import Edition

    begun = _begun(answers)
    given = _interviewed(begun) if interview else checked(begun)
    document = PAPERS[paper].write(given, Edition(number, made.date() if made else date.today()))
    _give(document, {"paper": paper, "answers": {id: list(each) for id, each in given.items()}}, form, out)
    _told(given)


def _told(given: "Answers") -> None:
    """Say what the policy leaves open, which choices cannot both be true, and which guidance speaks against."""
    from forethought.guidance import load
    from forethought.policy.interview import clashes, doubts, unanswered

    for each in clashes(given):
        first, second = each.first.choice.label, each.second.choice.label
        click.echo(f"These cannot both be true: '{first}' and '{second}'. Change one of them.", err=True)
    for doubt in doubts(given, load()):
        ids = ", ".join(each.id for each in doubt.provisions)
        click.echo(f"Guidance speaks against your choice '{doubt.choice.label}' ({ids}).", err=True)
    if left := unanswered(given):
        click.echo(f"Left open: {', '.join(each.id for each in left)}.", err=True)


def _begun(path: Path | None) -> "Answers":
    """Return the answers in a file, if there is one, and the strictest answers to what it leaves out."""
    from forethought.policy.load import questions

    return {**{id: each.default for id, each in questions().items()}, **(_read(path) if path else {})}


def _read(path: Path) -> Mapping[str, tuple[str, ...]]:
    """Return the answers in a file: each question's id with a choice, words, or a list of choices.

    A file that `write --format json` made has them under `answers`.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise AnswersError(f"{path} could not be read ({error.strerror}). Check its name.") from error
    except ValueError as error:
        raise AnswersError(
            f"{path} is not JSON in UTF-8. `forethought policy questions --format json` shows one."
        ) from error
    data = data.get("answers", data) if isinstance(data, dict) else data
    if not isinstance(data, dict):
        raise AnswersError(f'{path} holds no answers. Write each as "question": "choice", between curly brackets.')
    return {id: (given,) if isinstance(given, str) else _listed(path, id, given) for id, given in data.items()}


def _listed(path: Path, id: str, given: Any) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise AnswersError(
            f"{path}: the answer to '{id}' is neither words nor a list of choices. Write it as one of them."
        )
    return tuple(given)


def _interviewed(begun: "Answers") -> "Answers":
    """Ask what is asked, with the answers to begin with offered, and return the answers."""
    from forethought.policy.interview import asked, checked

    given, done = checked(begun), set[str]()
    while ahead := [question for question in asked(given) if question.id not in done]:
        question = ahead[0]
        done.add(question.id)
        try:
            given = checked({**given, question.id: _answer(question, begun[question.id])})
        except ForethoughtError as error:
            click.echo(sentence(error), err=True)
            done.discard(question.id)
    return given


def _answer(question: "Question", before: tuple[str, ...]) -> tuple[str, ...]:
    """Ask one question and return its answer; Enter keeps what is offered, and `-` leaves it open."""
    click.echo(f"\n{question.asks}", err=True)
    if question.help:
        click.echo(f"  {question.help}", err=True)
    if question.kind == "words":
        said = click.prompt("Your words, or - to leave it open", default="".join(before) or "-", err=True)
        return () if said.strip() == "-" else (said,)
    ids = [each.id for each in question.choices]
    for number, choice in enumerate(question.choices, 1):
        click.echo(f"  {number}. {choice.label}", err=True)
    offered = " ".join(str(ids.index(each) + 1) for each in before) or "-"
    asks = "Numbers, with spaces between" if question.kind == "many" else "A number"
    said = click.prompt(f"{asks}, or - to leave it open", default=offered, err=True)
    return tuple(_picked(each, ids) for each in said.replace(",", " ").split() if each != "-")


def _picked(word: str, ids: list[str]) -> str:
    """Return the choice of a number; anything else stays as it is, to be refused by name."""
    return ids[int(word) - 1] if word.isdecimal() and 1 <= int(word) <= len(ids) else word


@policy.command(epilog="Example: forethought policy questions --format json")
@click.option(
    "--format", "form", type=names.Known("format", lambda: ("text", "json")), default="text", help="How to answer."
)
@OUT
def questions(form: str, out: str | None) -> None:
    """List the questions, their choices, and the answers of the strictest guidance."""
    from forethought.cli.output import present
    from forethought.documents import Document, Heading, Terms
    from forethought.policy.interview import defaults
    from forethought.policy.load import questions as every

    blocks: list[Any] = []
    for id, question in every().items():
        blocks.append(Heading(2, f"{id}: {question.asks}"))
        strict = dict.fromkeys(question.default, ", as the strictest guidance would answer")
        blocks.append(Terms(tuple((each.id, each.label + strict.get(each.id, "")) for each in question.choices)))
    present(Document("Questions", tuple(blocks)), {id: list(each) for id, each in defaults().items()}, form, out)


@policy.command("covers", epilog="Example: forethought policy covers my-policy.docx")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@BODY
@FORM
@OUT
def covers(file: Path, body: tuple[str, ...], form: str, out: str | None) -> None:
    """Say which topics a policy that you have covers, which it misses, and what a check would raise in it."""
    from forethought.policy import covered
    from forethought.policy.elsewhere import text_of

    guidance = _guidance(body)
    found = covered.coverage(text_of(file.read_bytes()), guidance)
    data = {each.topic.id: {"found": each.level, "sentences": list(each.sentences)} for each in found.topics}
    _give(covered.document(found, guidance), data, form, out)


@policy.command("apart", epilog="Example: forethought policy apart --holds one_account --holds same_photo")
@click.option("--holds", multiple=True, type=names.Known("fact", _facts), help="What holds for you. Repeat for more.")
@BODY
@FORM
@OUT
def apart(holds: tuple[str, ...], body: tuple[str, ...], form: str, out: str | None) -> None:
    """Plan how to keep private life and work apart, with a note to family and friends."""
    from forethought.policy import separation

    guidance = _guidance(body)
    data = [{"id": each.id, "title": each.title, "do": list(each.do)} for each in separation.plan(holds, guidance)]
    _give(separation.document(holds, guidance), data, form, out)


@policy.command("purpose", epilog="Example: forethought policy purpose --platform bluesky")
@click.option("--answers", metavar="FILE", type=click.Path(path_type=Path), help="Your answers (JSON).")
@click.option(
    "--platform", type=names.Known("platform", _with_profiles), default="instagram", help="Where it will stand."
)
@FORM
@OUT
def purpose(answers: Path | None, platform: str, form: str, out: str | None) -> None:
    """Say on a profile what it is for, in as many characters as the platform allows."""
    from forethought.documents import Document, Heading, Paragraph, Quote
    from forethought.policy.interview import checked
    from forethought.policy.purpose import purposes

    made = purposes(checked(_begun(answers)), platform)
    blocks: list[Any] = [] if made else [Paragraph("Your answers name no page for work, so there is nothing to say.")]
    for each in made:
        blocks += [Heading(2, f"{len(each.words)} characters"), Quote(each.words)]
    data = [{"words": each.words, "left_out": list(each.left_out)} for each in made]
    _give(Document("What the page is for", tuple(blocks)), data, form, out)


def _guidance(body: tuple[str, ...]) -> "Guidance":
    from forethought.guidance import load

    return load().active(body)


def _give(document: "Document", data: Any, form: str, out: str | None) -> None:
    """Write a document in any of its forms, or its data."""
    from forethought.cli.output import present, write_new
    from forethought.documents.forms import FORMS

    if form in ("text", "json", "html"):
        present(document, data, form, out)
    elif out is None and form in ("pdf", "docx"):
        raise NoFileError(f"--format {form} is for a file. Name one with --out.")
    elif out is None:
        click.echo(FORMS[form].file(document).decode(), nl=False)
    else:
        write_new(out, FORMS[form].file(document))
