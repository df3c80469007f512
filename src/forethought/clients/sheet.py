"""A list of clients as practice software exports it, read once and forgotten: names out, and rows at fault by number.

Nothing that a row holds is ever repeated in a fault, so that what is said of a list can be shown and kept.
"""

import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from forethought.clients.addresses import email, phone
from forethought.clients.letters import letters
from forethought.clients.names import LONGEST, MOST_FORMS, Person, forms, is_lone, parted
from forethought.errors import ForethoughtError

MOST_ROWS, MOST_BYTES, MOST_CELL = 5_000, 8 * 1024 * 1024, 200
LONE = "it gives one word as the name, which is met only weakly, as a first name"
SIGNS = ",;\t|"  # what may stand between two cells
HEADINGS = {
    "name": "name fullname clientname client patient patientname displayname contact contactname",
    "given": "firstname first forename forenames givenname given christianname",
    "middle": "middlename middlenames middle",
    "surname": "lastname last surname familyname family secondname",
    "known": "preferredname preferred knownas likestobecalled nickname alias",
    "email": "email emailaddress mail emailprimary primaryemail personalemail workemail homeemail",
    "phone": "mobile phone telephone tel mobilenumber mobilephone phonenumber telephonenumber homephone hometelephone "
    "workphone cell cellphone contactnumber landline",
    "handle": "instagram facebook twitter x tiktok snapchat linkedin threads bluesky youtube handle username social "
    "socialmedia instagramhandle twitterhandle",
    "reference": "reference ref clientreference clientref clientid clientcode clientnumber",
}
_MEANS = {heading: meaning for meaning, headings in HEADINGS.items() for heading in headings.split()}


class SheetError(ForethoughtError):
    """A list that cannot be read."""


class NoHeadingsError(SheetError):
    """The first row names no column that is known."""

    def __init__(self) -> None:
        super().__init__(
            "no column of this file has a heading that Forethought knows. Save the list as CSV, with headings such as "
            "First name, Last name, Email and Mobile in its first row."
        )


class NotASheetError(SheetError):
    """A file that is not a table of text."""

    def __init__(self) -> None:
        super().__init__("this file is not a table of text. Open it in your spreadsheet program and save it as CSV.")


class TooLongError(SheetError):
    """A list beyond any caseload."""

    def __init__(self) -> None:
        super().__init__(
            f"this list is too long: {MOST_ROWS:,} rows and {MOST_BYTES // 2**20} MB are taken at once. "
            "Split it and add the parts one after another."
        )


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row, by its number in the spreadsheet; a row that is `out` is not taken at all."""

    row: int
    why: str
    out: bool = True


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """A person out of the list, with the reference that it gives them, if any. It is never shown in a log."""

    number: int
    person: Person
    reference: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """What a list holds: people to add, and faults."""

    rows: tuple[Row, ...]
    faults: tuple[Fault, ...]


def read(raw: bytes) -> Sheet:
    """Return the people of a CSV file and what is wrong with it, by row.

    UTF-8, UTF-16 with its mark and Windows-1252 are read; commas, semicolons, tabs or bars may part the cells, and
    columns may come in any order. Raises NotASheetError, NoHeadingsError and TooLongError.
    """
    if len(raw) > MOST_BYTES:
        raise TooLongError
    table = _table(_text(raw))
    columns = [_meaning(heading) for heading in table[0]] if table else []
    if not set(columns) & {"name", "given", "surname", "known", "email", "phone", "handle"}:
        raise NoHeadingsError
    if len(table) - 1 > MOST_ROWS:
        raise TooLongError
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, cells in enumerate(table[1:], 2):
        taken, wrong = _row(number, columns, cells)
        rows += taken
        faults += wrong
    return Sheet(tuple(rows), tuple(faults))


def _text(raw: bytes) -> str:
    encoding = "utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError:
        text = raw.decode("cp1252", "replace")
    if "\0" in text:
        raise NotASheetError
    return text


def _table(text: str) -> list[list[str]]:
    """Return the cells, of no more rows than tell that there are too many.

    A line that only says how cells are parted, as Excel writes it, is left out.
    """
    if text[:4].lower() == "sep=":
        text = text.partition("\n")[2]
    first = text.partition("\n")[0]
    sign = max(SIGNS, key=first.count)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign)
        return list(islice(rows, MOST_ROWS + 2))  # with the headings, and one that is too many
    except csv.Error:
        raise NotASheetError from None


def _meaning(heading: str) -> str:
    """Return what a column holds, or "" for one that is not read."""
    return _MEANS.get(letters(heading), "")


def _row(number: int, columns: Sequence[str], cells: Sequence[str]) -> tuple[list[Row], list[Fault]]:
    """Return the person of a row, where it has one, and what is wrong with it."""
    if not any(cell.strip() for cell in cells):
        return [], []
    if any(cell.strip() for cell in cells[len(columns) :]):
        return [], [Fault(number, "it has more cells than there are headings")]
    if any(len(cell) > MOST_CELL for cell in cells):
        return [], [Fault(number, f"one of its cells is longer than {MOST_CELL} characters")]
    found = {name: tuple(_cells(name, columns, cells)) for name in HEADINGS}
    person, reference = _person(found), " ".join(found["reference"])
    kept = forms(person)
    if not kept:
        faults = [Fault(number, why, out=False) for why in _unusable(found)]
        return [], [*faults, Fault(number, "it has nothing to know the person by")]
    faults = [Fault(number, why, out=False) for why in (*_unusable(found), *_doubts(person, len(kept), reference))]
    return [Row(number, person, reference if len(reference) <= LONGEST else "")], faults


def _doubts(person: Person, count: int, reference: str) -> Iterator[str]:
    """Yield what is to be said of a person who is taken all the same."""
    if is_lone(person):
        yield LONE
    if count == MOST_FORMS:
        yield f"it holds so many names that only the first {MOST_FORMS} forms of them are kept"
    if len(reference) > LONGEST:
        yield f"its reference is longer than {LONGEST} characters, so another is given"


def _cells(name: str, columns: Sequence[str], cells: Sequence[str]) -> Iterator[str]:
    """Yield what stands under the columns of one meaning; a cell of handles or addresses may hold several."""
    for column, cell in zip(columns, cells, strict=False):
        if column == name and (value := cell.strip().lstrip("'")):
            several = name in {"email", "handle", "phone", "known"}
            yield from (part.strip() for part in (value.replace(";", ",").split(",") if several else [value]))


def _person(found: dict[str, tuple[str, ...]]) -> Person:
    whole = parted(" ".join(found["name"]))
    reached = replace(whole, handles=found["handle"], emails=found["email"], phones=found["phone"])
    return replace(
        reached,
        given=" ".join(found["given"]) or whole.given,
        middle=found["middle"] or whole.middle,
        surname=" ".join(found["surname"]) or whole.surname,
        known_as=(*whole.known_as, *found["known"]),
    )


def _unusable(found: dict[str, tuple[str, ...]]) -> Iterator[str]:
    if any(not email(each) for each in found["email"]):
        yield "an e-mail address was left out: it does not look like one"
    if any(not phone(each) for each in found["phone"]):
        yield "a telephone number was left out: it has fewer than ten digits, or something else in it"
