"""Many posts, one JSON record a line, read and answered one at a time so that memory stays flat.

A line that cannot be read costs only itself, and a context that is not known costs only that part of it.
"""

import codecs
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, BinaryIO, TextIO

from forethought.cli.inputs import MOST_CHARACTERS, EncodingError, reading
from forethought.cli.output import as_json
from forethought.cli.program import complain
from forethought.errors import ForethoughtError, UnknownNameError
from forethought.guidance import Guidance
from forethought.pages.names import as_listed
from forethought.pages.records import exit_status, post_record
from forethought.reading import ACCOUNTS, AUDIENCES, PLATFORMS, ROLES, Context, Draft, Image
from forethought.review import Naming, ReaderName, review
from forethought.review.clients import nobody

# Room for a text and the post it answers at their longest, every character written as two six-letter escapes.
LONGEST_LINE = 25 * MOST_CHARACTERS
MOST_IMAGES = 100  # more than any platform takes; the count matters only as some or none
_NAMES = {"role": ROLES, "account": ACCOUNTS, "audience": AUDIENCES, "platform": PLATFORMS}
KNOWN = (*_NAMES, "reply_to", "images", "alt_text")


class RecordError(ForethoughtError):
    """A line that is not a post, or a part of its context that is not known; the message leaves the line to others."""


@dataclass(frozen=True, slots=True)
class Post:
    """One post: its id, the draft, and what was wrong with its context."""

    id: str | int
    draft: Draft
    faults: tuple[str, ...]


def check_posts(
    source: BinaryIO,
    name: str,
    guidance: Guidance,
    out: TextIO,
    usual: Context,
    reader: ReaderName = "learned",
    naming: Naming = nobody,
) -> int:
    """Write one report a line to `out` in the order of the posts, each as soon as it is made.

    `usual` is the context of a record that does not give its own, and `naming` knows the person's clients.
    Returns the exit status: 2 where any line was at fault or could not be read, else 1 for a pause or stop, else 0.
    """
    status = at_fault = number = 0
    for number, raw in _lines(source, name):
        try:
            post = read_post(raw, number, usual)
        except RecordError as error:
            at_fault = complain(f"{name}, line {number}: {error}")
            continue
        for fault in post.faults:
            at_fault = complain(f"{name}, line {number}: {fault}")
        report = review(post.draft, guidance, reader, naming)
        if report.unchecked:
            at_fault = complain(f"{name}, line {number}: it was not checked, since most of it is not in English.")
        print(as_json(post_record(post.id, report)), file=out, flush=True)
        status = max(status, exit_status(report.verdict))
    if number == 0:
        complain(f"no posts were found in {name}.")
    return at_fault or status


def read_post(raw: bytes | None, number: int, usual: Context) -> Post:
    """Return the post on one line, given as bytes, or None where the line was too long to hold.

    Raises RecordError. Only `text` is needed; the line's number stands in for an id.
    """
    record = _record(raw)
    text, id = record.get("text"), record.get("id")
    if not isinstance(text, str):
        raise RecordError('there is no text. Add it, such as {"text": "Words to check."}.')
    if len(text) > MOST_CHARACTERS:
        raise RecordError(f"the text has {len(text):,} characters, and may have {MOST_CHARACTERS:,}. Split it.")
    if id is not None and (isinstance(id, bool) or not isinstance(id, str | int)):
        raise RecordError("the id is neither text nor a whole number. Write it in quotation marks.")
    given = record.get("context") or {}
    if not isinstance(given, dict):
        raise RecordError('the context is not a set of names. Write it as {"role": "trainee"}, or leave it out.')
    faults = [_unknown(key) for key in given if key not in KNOWN]
    draft = Draft(text, _context(given, usual, faults), _images(given, faults))
    return Post(str(number) if id is None else id, draft, tuple(faults))


def _lines(source: BinaryIO, name: str) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line that is not blank with its number, from 1; None for one that is too long to hold."""
    number = 0
    while raw := _line(source, name):
        number += 1
        if number == 1:
            if raw.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
                raise EncodingError(name)
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) == LONGEST_LINE and not raw.endswith(b"\n"):
            while (rest := _line(source, name)) and not rest.endswith(b"\n"):
                pass
            yield number, None
        elif raw.strip():
            yield number, raw


def _line(source: BinaryIO, name: str) -> bytes:
    with reading(name):
        return source.readline(LONGEST_LINE)


def _unknown(key: str) -> str:
    return f"{UnknownNameError('part of context', key, KNOWN)} The post was checked without it."


def _record(raw: bytes | None) -> dict[str, Any]:
    if raw is None:
        raise RecordError(f"it is longer than {LONGEST_LINE:,} bytes. Split the post.")
    try:
        record = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise RecordError("it is not UTF-8. Save the file again as UTF-8.") from error
    except (ValueError, RecursionError) as error:
        raise RecordError("it is not JSON. Write one record a line, with straight quotation marks.") from error
    if not isinstance(record, dict):
        raise RecordError('it is not a record. Write it as {"text": "Words to check."}.')
    return record


def _context(given: Mapping[str, Any], usual: Context, faults: list[str]) -> Context:
    """Return the context with each unknown name left at the usual one; an unknown platform is simply another one."""
    kept: dict[str, Any] = {}
    for key, known in _NAMES.items():
        value = given.get(key)
        name = as_listed(value, known) if isinstance(value, str) else None
        if name in known:
            kept[key] = name
        elif key == "platform" and value is not None:
            kept[key] = "other"
        elif value is not None:
            faults.append(f"{UnknownNameError(key, str(value), known)} The post was checked with the usual one.")
    answered = _typed(given, "reply_to", str, None, faults)
    return replace(usual, **kept, reply_to=answered and answered[:MOST_CHARACTERS])


def _images(given: Mapping[str, Any], faults: list[str]) -> tuple[Image, ...]:
    count = _typed(given, "images", int, 0, faults)
    if count < 0:
        faults.append("images takes a whole number from 0. The post was checked without it.")
    words = "described" if _typed(given, "alt_text", bool, True, faults) else ""
    return tuple(Image(alt_text=words) for _ in range(min(count, MOST_IMAGES)))


def _typed(given: Mapping[str, Any], key: str, kind: type, default: Any, faults: list[str]) -> Any:
    """Return the value under `key` where it is of its kind; else its default, and say so."""
    value = given.get(key)
    if value is None or type(value) is kind:
        return default if value is None else value
    wanted = {str: "text", int: "a whole number", bool: "true or false"}[kind]
    faults.append(f"{key} takes {wanted}. The post was checked without it.")
    return default
