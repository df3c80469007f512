"""A report's blanks filled from the ledger, with nothing in them that could show who a client is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from forethought.incidents.noting import Record, day
from forethought.pages.wording import joined

MOST_ITEMS = 20  # items with a line each; a longer list is read by nobody
MOST_NAMED = 10  # addresses and accounts that a report names one by one
NO_CLIENT = "no"  # what the field `client` says where the person has looked and no client can be made out


def filled(records: Iterable[Record], asked: str = "") -> Mapping[str, str]:
    """Return what goes into each blank of a route's draft; one that nothing is known for is left out.

    `asked` is what the person asks for. Of an item that could identify a client, or of which nobody has said yet that
    it does not, only the number is told.
    """
    kept = list(records)
    shown = [each for each in kept if each.what == "item" and each.value("client") == NO_CLIENT]
    parts = {
        "what": _what(kept),
        "when": _when(kept, shown),
        "where": _where(shown),
        "who": _who(kept, shown),
        "items": _items(kept),
        "references": "; ".join(_references(kept)),
        "effect": " ".join(_words(kept, "effect", "words")),
        "asked": asked.strip(),
    }
    return {name: words for name, words in parts.items() if words}


def held_back(records: Iterable[Record]) -> int:
    """Return how many items are told of by number alone."""
    return sum(each.what == "item" and each.value("client") != NO_CLIENT for each in records)


def _what(records: Sequence[Record]) -> str:
    first = next((each for each in records if each.what == "incident"), None)
    told = [] if first is None else [str(first.value("title")), str(first.value("about"))]
    return " ".join(f"{words.strip().rstrip('.')}." for words in told if words.strip())


def _when(records: Sequence[Record], shown: Sequence[Record]) -> str:
    """Return how many items there are, and the first and last time that one of them was posted."""
    number = sum(each.what == "item" for each in records)
    posted = sorted(_words(shown, "item", "posted"), key=_moment)
    began = next(iter(_words(records, "incident", "began")), "")
    span = [f"it began on {day(began)}"] if began else []
    if posted:
        span.append(f"first posted {day(posted[0])}")
    if len(posted) > 1:
        span.append(f"last posted {day(posted[-1])}")
    told = ([_counted(number, "item")] if number else []) + span
    return f"{', '.join(told)}." if span else ""


def _moment(words: str) -> tuple[bool, str]:
    """Return what puts a time in order: moments as UTC, and what is no moment after them."""
    try:
        at = datetime.fromisoformat(words)
    except ValueError:
        return True, words
    return False, (at.astimezone(UTC) if at.tzinfo else at).strftime("%Y-%m-%dT%H:%M:%S")


def _where(shown: Sequence[Record]) -> str:
    platforms = _once(_words(shown, "item", "platform"))
    addresses = _once(_words(shown, "item", "address"))
    return ". ".join(filter(None, (joined(platforms), _some(addresses))))


def _who(records: Sequence[Record], shown: Sequence[Record]) -> str:
    """Return the accounts by handle and number, those that were entered by themselves first."""
    told = [each for each in records if each.what == "account"] + list(shown)
    return _some(_once(map(_account, told)))


def _account(record: Record) -> str:
    handle, number, platform = (str(record.value(name)) for name in ("handle", "account_id", "platform"))
    name = handle or str(record.value("name") if record.what == "account" else "")
    told = name or (f"account number {number}" if number else "")
    beside = [f"account number {number}"] * bool(name and number) + [f"on {platform}"] * bool(told and platform)
    return f"{told} ({', '.join(beside)})" if beside else told


def _items(records: Sequence[Record]) -> str:
    items = [each for each in records if each.what == "item"]
    more = len(items) - MOST_ITEMS
    lines = [*map(_line, items[:MOST_ITEMS]), *([f"and {_counted(more, 'more item')}"] if more > 0 else [])]
    return "\n".join(lines)


def _line(item: Record) -> str:
    """Return an item in a line; where a client could be made out in it, its number alone."""
    number = f"Item {item.value('number')}"
    if item.value("client") != NO_CLIENT:
        return number
    posted = f"posted {day(item.value('posted'))}" if item.value("posted") else ""
    title = " ".join(str(item.value("title") or item.value("name")).split())
    told = ", ".join(filter(None, (title, posted, str(item.value("address")))))
    return f"{number}: {told}" if told else number


def _references(records: Sequence[Record]) -> Iterable[str]:
    """Yield the numbers of earlier reports with whom they went to and when."""
    for each in records:
        if each.what == "action" and (reference := each.value("reference")):
            told = ", ".join(filter(None, (str(each.value("to")), day(each.value("when")))))
            yield f"{reference} ({told})" if told else str(reference)


def _words(records: Iterable[Record], what: str, name: str) -> list[str]:
    return [str(each.value(name)).strip() for each in records if each.what == what and each.value(name)]


def _once(words: Iterable[str]) -> list[str]:
    return [*dict.fromkeys(filter(None, words))]


def _some(words: Sequence[str]) -> str:
    more = len(words) - MOST_NAMED
    return ", ".join([*words[:MOST_NAMED], *([f"and {more} more"] if more > 0 else [])])


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
