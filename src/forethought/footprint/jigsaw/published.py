"""The figures that offices of statistics publish, and the places with their people, as the build made them one file."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
WHOLE = "united kingdom"
# Where a region's own figure is missing, the next that holds it.
WIDER = {"london": "england", "rest of england": "england", "england": WHOLE}


@dataclass(frozen=True, slots=True)
class Published:
    """The tables of `population.json`: shares of residents by kind, category and region, places, and names."""

    people: dict[str, int]
    places: dict[str, list[tuple[int, str]]]
    _shares: dict[str, dict[str, dict[str, float]]]
    _sources: dict[str, Any]
    _names: dict[str, Any]

    def share(self, kind: str, category: str, region: str) -> float:
        """Return the share of a region's residents who are of a category, or of a wider region's where it has none."""
        held = self._shares[kind][category]
        while region not in held:
            region = WIDER.get(region, WHOLE)
        return held[region]

    def bands(self, region: str) -> tuple[float, ...]:
        """Return the share of residents at each age from 0 to 100, even within the five years of a band."""
        years = [0.0] * 101
        for name in self._shares["age"]:
            first, _, last = name.rstrip("+").partition("-")
            span = range(int(first), int(last or 100) + 1)
            for year in span:
                years[year] = self.share("age", name, region) / len(span)
        return tuple(years)

    def births(self, sex: str, name: str) -> float:
        """Return how many in a million registered births of a sex bear the name; 0 for one that is not listed."""
        return float(self._names[sex].get(name, 0.0))

    def source(self, kind: str, region: str = WHOLE) -> str:
        """Return the table a kind of figure is from, its year, and whether it is only indicative."""
        rows = self._sources[kind]["tables"]
        names = (region, WIDER.get(region, region), WHOLE)
        row = next((row for name in names for row in rows if row["region"] == name), rows[0])
        year = f", {row['year']}" if row["year"] and str(row["year"]) not in row["table"] else ""
        return f"{row['table']}{year}{', indicative' if row['indicative'] else ''}"


@cache
def published() -> Published:
    """Read the file, once it is wanted."""
    held = json.loads((HERE / "population.json").read_bytes())
    return Published(held["people"], held["places"], held["shares"], held["sources"], held["names"])
