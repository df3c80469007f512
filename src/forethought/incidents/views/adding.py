"""Keeping what was dropped, chosen or pasted, one after the other, so that one that fails costs the others nothing."""

import errno
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError

from forethought.errors import ForethoughtError, sentence
from forethought.incidents.fields import Fields, observed, said
from forethought.incidents.fields import field as valued
from forethought.incidents.forms.ledger import AddForm
from forethought.incidents.keeping import add_item
from forethought.incidents.keeping.noticing import noticed
from forethought.incidents.models import Incident
from forethought.incidents.saying import Reader
from forethought.pages.wording import joined

FULL = "The disk is full. Free some space, then add this again. What is kept already is untouched."
WORDS = 2_000  # characters of a pasted text that are its words as well; a longer one is read in its file


@dataclass(slots=True)
class Outcome:
    """What became of what was added: the numbers of what is kept, and each that is not, with why."""

    kept: list[int] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    text_lost: bool = False


def keep_all(incident: Incident, form: AddForm) -> Outcome:
    """Keep the files and the pasted text of a form."""
    outcome, told, times = Outcome(), form.said(), form.times()
    with Reader() as reader:
        for number, upload in enumerate(form.cleaned_data["chosen"]):
            own = {"file_time": valued(times[number], "file")} if number < len(times) and times[number] else {}
            _keep(incident, reader, upload.name, upload.read(), told | own, outcome)
        if form.pasted:
            words = said(words=form.pasted if len(form.pasted) <= WORDS else "")
            outcome.text_lost = not _keep(incident, reader, "", form.pasted.encode(), words | told, outcome)
    return outcome


def _keep(incident: Incident, reader: Reader, name: str, content: bytes, told: Fields, outcome: Outcome) -> bool:
    """Keep one thing with what it says of itself; note its number, or why it is not kept."""
    try:
        read = reader.of(name, content)
        known = observed(kind=read.kind) | ({"name": valued(name, "file")} if name else {}) | read.fields
        client, why = noticed(known | told, read.preview)
        event = add_item(settings.DOOR.vault, incident, [content], known | told | client, datetime.now(UTC))
    except (ForethoughtError, OSError, DatabaseError) as error:
        outcome.troubles.append((name or "The text that you pasted", trouble(error)))
        return False
    outcome.kept.append(event.value("number"))
    outcome.remarks += [
        f"Item {outcome.kept[-1]}{f' ({name})' if name else ''}: {each}" for each in (*read.remarks, *why)
    ]
    return True


def trouble(error: Exception) -> str:
    """Return in words why something is not kept."""
    if isinstance(error, ForethoughtError):
        return sentence(error)
    if isinstance(error, OSError) and error.errno not in (errno.ENOSPC, errno.EDQUOT):
        return f"The computer said: {error.strerror or error}. What is kept already is untouched. Try it again."
    if isinstance(error, DatabaseError) and "full" not in str(error):
        return "The vault's database did not take it. What is kept already is untouched. Wait a moment, then try again."
    return FULL


def told_of(outcome: Outcome) -> str:
    """Return in words what was kept, empty for nothing."""
    numbers = [str(number) for number in outcome.kept]
    if not numbers:
        return ""
    which = f"item {numbers[0]}" if len(numbers) == 1 else f"items {joined(numbers)}"
    return f"Kept as {which}. The original stays where it is, so leave it there."
