"""Measure the estimate of matching people on made-up populations whose every count is known.

    benchmarks/population.py [--people N] [--queries N] [--seeds N ...]

Each query is what holds for one person, drawn at random, in one to six features, drawn at random. The estimate gets the
one-way and pairwise counts of that population and nothing higher. An alarm is right where fewer than ten match.
"""

import argparse
from collections import Counter

from answers import asked, scores
from people import draw

MOST_FEATURES = 6


def line(name: str, score: Counter[str]) -> str:
    """Return one row of the table."""
    many = score["asked"] - score["few"]
    shares = (score[key] / score["asked"] for key in ("near", "near alone", "within"))
    found = f"{score['few found'] / score['few']:.3f}" if score["few"] else "-"
    cells = (
        name,
        *(f"{share:.3f}" for share in shares),
        str(score["few"]),
        found,
        f"{score['false alarms'] / many:.3f}",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Print the table, all seeds together."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("--people", type=int, default=300_000)
    parser.add_argument("--queries", type=int, default=1_000)
    parser.add_argument("--seeds", type=int, nargs="+", default=[11, 12, 13])
    given = parser.parse_args()
    rows = {features: Counter[str]() for features in range(1, MOST_FEATURES + 1)}
    for seed in given.seeds:
        people = draw(given.people, seed)
        tables = people.tables()
        for features, row in rows.items():
            row.update(scores(list(asked(people, tables, features, given.queries, seed))))
    print("| features | within a factor of 3 | independence | in the range | truly below 10 | found | false alarms |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for features, row in rows.items():
        print(line(str(features), row))
    print(line("all", sum(rows.values(), Counter[str]())))


if __name__ == "__main__":
    main()
