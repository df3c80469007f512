"""What reading knows of words, made ready once: frames, subjects and details as phrases, names and places as lists."""

from functools import cache
from pathlib import Path

from forethought.reading.phrases import Classes, PhraseBook
from forethought.tables import table

HERE = Path(__file__).parent


@cache
def classes() -> Classes:
    """Return each word class's name with its entries, as tuples of folded words."""
    return {
        name: frozenset(tuple(entry.split()) for entry in entries) for name, entries in _toml("classes.toml").items()
    }


@cache
def book() -> PhraseBook:
    """Return the phrases of the lexicon, each owned by its kind and name, such as `frame negated`."""
    entries = ((kind, named) for kind, named in _toml("lexicon.toml").items() if isinstance(named, dict))
    return PhraseBook(
        (
            (f"{kind} {name}", phrase)
            for kind, named in entries
            for name, phrases in named.items()
            for phrase in phrases
        ),
        classes(),
    )


@cache
def whole_draft_frames() -> frozenset[str]:
    """Return the frames that hold for a whole draft once a sentence says so."""
    return frozenset(_toml("lexicon.toml")["whole"])


@cache
def names(which: str) -> dict[tuple[str, ...], bool]:
    """Return the entries of a gazetteer (`first_names` or `places`), and whether each needs a capital to be one."""
    lines = (HERE / "gazetteers" / f"{which}.txt").read_text(encoding="utf-8").splitlines()
    return {tuple(line.rstrip("*").split()): line.endswith("*") for line in lines if not line.startswith("#")}


@cache
def _toml(name: str) -> dict[str, dict[str, list[str]]]:
    return table(HERE / name)
