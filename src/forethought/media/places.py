"""Where coordinates lie, in words: the nearest town in a small list, so that nobody has to be asked.

The list is made by `training/towns.py` from GeoNames (https://www.geonames.org, CC BY 4.0).
"""

import gzip
from functools import cache, lru_cache
from math import asin, cos, radians, sin, sqrt
from pathlib import Path
from typing import NamedTuple

EARTH = 6_371.0  # mean radius in km
FAR = 100  # km beyond which a town says little


class Town(NamedTuple):
    """A town: its name, its country's two letters, and where it is in degrees."""

    name: str
    country: str
    north: float
    east: float


def whereabouts(north: float, east: float) -> str:
    """Return coordinates in degrees as a person reads them, with the nearest town where one is near."""
    if not (-90 <= north <= 90 and -180 <= east <= 180):
        return f"{north:.5f}, {east:.5f}, which is nowhere on Earth"
    spot = f"{abs(north):.5f} {'N' if north >= 0 else 'S'}, {abs(east):.5f} {'E' if east >= 0 else 'W'}"
    town, away = nearest(north, east)
    if away > FAR:
        return spot
    return f"{spot}, {'in or beside' if away < 2 else f'about {away:.0f} km from'} {town.name} ({town.country})"


@lru_cache(maxsize=10_000)
def nearest(north: float, east: float) -> tuple[Town, float]:
    """Return the nearest town of the list, and how many kilometres it is away."""
    away, town = min((_apart(north, east, town), town) for town in towns())
    return town, away


def _apart(north: float, east: float, town: Town) -> float:
    """Return the kilometres along the surface between a spot and a town."""
    up, across = radians(town.north - north) / 2, radians(town.east - east) / 2
    half = sin(up) ** 2 + cos(radians(north)) * cos(radians(town.north)) * sin(across) ** 2
    return 2 * EARTH * asin(min(1, sqrt(half)))


@cache
def towns() -> tuple[Town, ...]:
    """Return every town of the list."""
    text = gzip.decompress(Path(__file__).with_name("towns.tsv.gz").read_bytes()).decode()
    rows = (line.split("\t") for line in text.splitlines())
    return tuple(Town(name, country, float(north), float(east)) for name, country, north, east in rows)
