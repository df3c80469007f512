"""Measure how well clients are known again: who is met, who is taken for somebody else, and what a guess costs.

    python benchmarks/clients.py --data FOLDER [--clients N] [--others N]

FOLDER holds `uk_first_names.csv` (name, sex, births; ONS, NRS, NISRA, Open Government Licence v3) and `uk_surnames.txt`
(one a line; public domain). Everybody is invented, by a fixed seed: half of the clients have a given name as common as
births have it, half one of any culture that 150 births or more had. Others are drawn by births. False matches are
counted on forms before hashing, since hashing changes none of them and 100,000 names would take hours.
"""

import argparse
import csv
import random
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from forethought.clients.letters import families, letters
from forethought.clients.names import KINDS, forms, parted
from forethought.clients.recognise import Known, Recogniser
from forethought.clients.slow import slow

SEED, LEAST_BIRTHS, GUESSES = 20_301, 150, 200
Name = tuple[str, str]  # given name and surname
ACCENTS = {"a": "á", "e": "é", "i": "í", "o": "ö", "u": "ü", "n": "ñ", "c": "ç", "l": "ł", "s": "š"}
SENTENCE = "Then I ran into {} outside the library, of all places."


class Names:
    """The given names by births, those that are not rare, and the surnames."""

    def __init__(self, data: Path) -> None:
        """Read both files."""
        self.births = Counter[str]()
        with (data / "uk_first_names.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                if len(row["name"]) > 1 and row["name"].isalpha():
                    self.births[row["name"].title()] += int(row["births"])
        self.varied = [name for name, births in self.births.items() if births >= LEAST_BIRTHS]
        self.surnames = [name for name in (data / "uk_surnames.txt").read_text(encoding="utf-8").split("\n") if name]
        with (data / "uk_first_names.csv").open(encoding="utf-8") as file:
            self.given = sum(1 for _ in file) - 1

    def others(self, count: int, rng: random.Random) -> list[Name]:
        """Return invented people, given names as common as they are."""
        given = rng.choices(list(self.births), list(self.births.values()), k=count)
        return [(name, rng.choice(self.surnames)) for name in given]

    def clients(self, count: int, rng: random.Random) -> list[Name]:
        """Return invented clients, no two alike, half of them with given names of any culture."""
        varied = [(rng.choice(self.varied), rng.choice(self.surnames)) for _ in range(count)]
        return list(dict.fromkeys([*self.others(count // 2, rng), *varied]))[:count]


def identity(key: bytes, form: str) -> bytes:
    """Stand in for the slow hash: the form itself."""
    return key + form.encode()


def known(clients: Sequence[Name]) -> dict[bytes, list[Known]]:
    """Return the forms of clients as they would be kept, not hashed."""
    found: dict[bytes, list[Known]] = {}
    for number, name in enumerate(clients):
        for form in forms(parted(" ".join(name))):
            found.setdefault(identity(b"", form.whole), []).append(Known(str(number), form.kind))
    return found


def nicknames(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield the name under another of the names of its families, where it has any."""
    mine = families().get(letters(name[0]), frozenset())
    other = sorted(each for each, heads in families().items() if heads & mine and each != letters(name[0]))
    if other:
        yield f"{rng.choice(other).title()} {name[1]}"


def slips(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield the name with a letter left out, put in, mistaken and swapped, each somewhere in one of its parts."""
    for change in (_out, _in, _mistaken, _swapped):
        part = rng.randrange(2)
        yield " ".join(change(word, rng) if at == part else word for at, word in enumerate(name))


def _out(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return (word[:at] + word[at + 1 :]).capitalize() or word


def _in(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) + 1)
    return (word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at:]).capitalize()


def _mistaken(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word))
    return (word[:at] + rng.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]).capitalize()


def _swapped(word: str, rng: random.Random) -> str:
    at = rng.randrange(len(word) - 1)
    return (word[:at] + word[at + 1] + word[at] + word[at + 2 :]).capitalize()


def accents(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield the name with some accents, once composed and once not."""
    marked = "".join(ACCENTS.get(letter, letter) for letter in " ".join(name))
    yield unicodedata.normalize(rng.choice(("NFC", "NFD")), marked)


def cases(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield the name in capitals and in small letters."""
    whole = " ".join(name)
    yield from (whole.upper(), whole.lower())


def initials(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield the surname with an initial, with and without its full stop."""
    yield from (f"{name[0][0]} {name[1]}", f"{name[0][0]}. {name[1]}")


def handles(name: Name, rng: random.Random) -> Iterator[str]:
    """Yield handles as people make them of their names."""
    given, surname = (letters(part) for part in name)
    number = rng.randrange(1, 100)
    yield from (f"@{given}.{surname}{number}", f"@{given}{surname}", f"@{surname}_{given}", f"@{given[0]}{surname}")


WAYS: dict[str, Callable[[Name, random.Random], Iterator[str]]] = {
    "as it is": lambda name, rng: iter([" ".join(name)]),
    "nickname or other spelling": nicknames,
    "one-letter slip": slips,
    "accents": accents,
    "capitals and small letters": cases,
    "initial and surname": initials,
    "handle": handles,
}


def recall(clients: Sequence[Name], rng: random.Random) -> Iterator[tuple[str, int, int, list[str]]]:
    """Yield, for each way to write a name in a sentence, how many were tried and met, and some that were not."""
    recogniser = Recogniser(known(clients), b"", hashing=identity)
    for way, written in WAYS.items():
        tried = [(str(number), each) for number, name in enumerate(clients) for each in written(name, rng)]
        missed = [each for number, each in tried if number not in met(recogniser, SENTENCE.format(each))]
        yield way, len(tried), len(tried) - len(missed), missed[:6]


def met(recogniser: Recogniser, text: str) -> set[str]:
    """Return whom a text names; a first name alone does not count, since it tells too little."""
    return {match.reference for match in recogniser.in_text(text) if match.kind != "first"}


def false_matches(clients: Sequence[Name], others: Sequence[Name]) -> tuple[int, Counter[str]]:
    """Return how many others there were who have no client's name, and of those who were met, by what."""
    own = {tuple(map(letters, name)) for name in clients}
    recogniser = Recogniser(known(clients), b"", hashing=identity)
    found, tried = Counter[str](), 0
    for name in others:
        if tuple(map(letters, name)) not in own:
            tried += 1
            matches = recogniser.in_text(SENTENCE.format(" ".join(name)))
            found.update([min((match.kind for match in matches), key=KINDS.index)] if matches else [])
    return tried, found


def in_words(seconds: float) -> str:
    """Return a stretch of time in words."""
    for size, unit in ((31_557_600, "years"), (86_400, "days"), (3_600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{seconds / size:,.0f} {unit}"
    return f"{seconds:,.0f} seconds"


def taken(work: Callable[[], object], times: int) -> float:
    """Return the seconds that something takes, on average."""
    begun = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - begun) / times


def costs(names: Names, clients: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield what a guess costs, and what every guess of a kind would cost whoever has the vault and its passphrase."""
    guess = taken(lambda: slow(b"k" * 32, random.random().hex()), GUESSES)
    given, surnames = names.given, len(names.surnames)
    yield "one guess, on one core", f"{guess * 1_000:.1f} ms"
    for what, guesses in (
        ("every first name", given),
        ("every surname with each initial", 26 * surnames),
        ("every surname, with a first name found before, for each client", surnames),
        ("every pair of first name and surname", given * surnames),
        ("every mobile number of the United Kingdom", 10**9),
    ):
        yield f"{what}: {guesses:,} guesses", in_words(guesses * guess)
    kept = sum(len(forms(parted(" ".join(name)))) for name in clients) / len(clients)
    yield f"adding a client of {kept:.0f} forms", f"{kept * guess:.2f} s"


def times(clients: Sequence[Name]) -> Iterator[tuple[str, str]]:
    """Yield what a draft costs by the real hash: with no name in it, a first name, a full name, and the same again."""
    kept = known(clients)
    Recogniser(kept, b"").in_text(SENTENCE)  # reads the tables
    plain = "Mondays are for paperwork, and Tuesdays for the garden where it does not rain. "
    for what, text in (("no name", plain), ("a first name", plain + "Siobhan rang."), ("a full name", SENTENCE)):
        fresh = taken(partial(_fresh, kept, text.format("Siobhan Delaney")), 20)
        yield f"a draft with {what}", f"{fresh * 1_000:.2f} ms"
    again = Recogniser(kept, b"k")
    again.in_text(SENTENCE.format("Siobhan Delaney"))
    yield (
        "the same once more",
        f"{taken(lambda: again.in_text(SENTENCE.format('Siobhan Delaney')), 200) * 1_000:.2f} ms",
    )


def _fresh(kept: dict[bytes, list[Known]], text: str) -> None:
    Recogniser(kept, b"k").in_text(text)


def main() -> None:
    """Measure, and print the tables."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument("--data", type=Path, required=True, help="the folder with the lists of names")
    asked.add_argument("--clients", type=int, default=500)
    asked.add_argument("--others", type=int, default=100_000)
    given = asked.parse_args()
    rng, names = random.Random(SEED), Names(given.data)
    clients = names.clients(given.clients, rng)
    print("| written | tried | met | recall | missed, for instance |\n| --- | --- | --- | --- | --- |")
    for way, tried, found, missed in recall(clients, rng):
        print(f"| {way} | {tried:,} | {found:,} | {found / max(tried, 1):.4f} | {', '.join(missed)} |", flush=True)
    print("\n| caseload | others | taken for a client | share | by |\n| --- | --- | --- | --- | --- |")
    common = names.others(given.clients, rng)
    for what, caseload in (("any culture", clients), ("common names", common), ("common names", common[:100])):
        tried, kinds = false_matches(caseload, names.others(given.others, rng))
        found = sum(kinds.values())
        by = ", ".join(f"{kind} {count}" for kind, count in kinds.most_common())
        print(f"| {len(caseload)}, {what} | {tried:,} | {found} | {found / max(tried, 1):.3%} | {by} |", flush=True)
    print("\n| what | takes |\n| --- | --- |")
    for what, cost in (*costs(names, clients), *times(clients)):
        print(f"| {what} | {cost} |", flush=True)


if __name__ == "__main__":
    main()
