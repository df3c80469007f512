#!/usr/bin/env python3
"""Make the sets of everyday posts, by people who are no therapists, from two openly licensed corpora.

    python training/everyday.py BTC_TRAIN.conll WNUT17_TRAIN.conll

The first gives `everyday/learn.jsonl`, which training reads as posts with nothing to raise, and
`everyday/choose.jsonl`, which the readers are joined on; the second gives `everyday/check.jsonl`, on which
false alarms are counted and nothing is learned. Handles, links, e-mail addresses and long numbers are
replaced by invented ones of many kinds, so that no account is named and none of them gives a set away.

Sources: Broad Twitter Corpus, train part (Derczynski, Bontcheva and Roberts 2016, CC BY 4.0);
WNUT-17, train part (Derczynski and others 2017, CC BY 4.0).
"""

import json
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).parent / "everyday"
SHORTEST, SEED = 6, 17  # words
LEARN, CHOOSE, CHECK = 3_000, 600, 2_500
_BETWEEN = re.compile(r"\n\s*\n")
_COARSE = re.compile(  # coarse and hostile words have no place in a file that people read
    r"f+u+c*k|sh[i1]t|b[i1]tch|n[i1]gg|cunt|\bwh?ores?\b|\bhoes?\b|\bd[i1]cks?\b|pussy|\bsex|\bass(?:es|hole)?\b|\bfags?\b|"
    r"\bcock|\bslut|\bporn|\bnude|\btits\b|\bboob|\brap(?:e|ed|ist)\b|retard|\bcrap\b|\bdamn|\bhell\b|wank|\barse|bastard",
    re.IGNORECASE,
)
_MASKS = (
    (re.compile(r"\S+@\S+\.\w+"), "{word}@{word}.example"),
    (re.compile(r"@\s?\w+"), "@{word}{word}"),
    (re.compile(r"https?\s?:\s?/\s?/\s?\S*|www\.\S+"), "https://{word}.example/{number}"),
    (re.compile(r"\+?\d[\d\s-]{7,}\d"), "01632 {number}"),
    (re.compile(r"&amp;"), "&"),
    (re.compile(r"&lt;|&gt;|<|>"), ""),
)
_INVENTED = (
    "tangle birch kite marrow pilot gable sorrel quince ember wicket fathom thimble otter lintel bramble".split()
)
_JOINS = (
    (re.compile(r"\s+([.,!?;:%)\]}’])"), r"\1"),
    (re.compile(r"([(\[{£$#‘])\s+"), r"\1"),
    (re.compile(r"\s+('(?:s|m|re|ve|ll|d)\b|n['’]t\b)"), r"\1"),
)


def main() -> None:
    """Write both sets, always the same ones."""
    learn, check = map(Path, sys.argv[1:])
    tweets = chosen(posts(learn), LEARN + CHOOSE)
    write("learn", tweets[:LEARN])
    write("choose", tweets[LEARN:])
    write("check", chosen(posts(check), CHECK))


def posts(path: Path) -> Iterator[str]:
    """Yield the posts of a file that has one token a line and an empty line after each post."""
    for block in _BETWEEN.split(path.read_text(encoding="utf-8")):
        words = [line.split("\t")[0] for line in block.splitlines() if line.strip()]
        text = tidy(" ".join(words))
        if len(words) >= SHORTEST and sum(c.isascii() for c in text) > 0.95 * len(text) and not _COARSE.search(text):
            yield text


def tidy(text: str) -> str:
    """Return a post whose tokens are joined as people write them, with whoever it names by account left out."""
    invent = random.Random(text)
    for pattern, instead in _JOINS:
        text = pattern.sub(instead, text)
    for pattern, instead in _MASKS:
        text = pattern.sub(lambda _, instead=instead: _filled(instead, invent), text)
    return text.strip()


def _filled(mask: str, invent: random.Random) -> str:
    """Return a mask with its gaps filled by invented words and numbers."""
    while "{word}" in mask:
        mask = mask.replace("{word}", invent.choice(_INVENTED), 1)
    return mask.replace("{number}", str(invent.randrange(100_000, 1_000_000)))


def chosen(texts: Iterator[str], count: int) -> list[str]:
    """Return `count` different texts, in an order of their own."""
    different = list(dict.fromkeys(texts))
    random.Random(SEED).shuffle(different)
    return different[:count]


def write(name: str, texts: list[str]) -> None:
    """Write one set, a record a line."""
    HERE.mkdir(exist_ok=True)
    lines = (json.dumps({"id": f"{name}-{n}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts, 1))
    (HERE / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
