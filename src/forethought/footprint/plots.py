"""Plots drawn here as SVG, without style attributes or scripts: a calendar of the years, and bars."""

from collections.abc import Mapping, Sequence
from html import escape

from forethought.rules import VERDICTS

MONTHS = tuple("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
CELL, GAP, LEFT, TOP = 40, 4, 56, 28  # units of the drawing
BAR, LABEL, ROOM = 26, 420, 300


def calendar(months: Mapping[tuple[int, int], Mapping[str, int]]) -> str:
    """Return a calendar with a row a year: in each month how many posts were written, and the gravest verdict there.

    `months` holds, by year and month, how many posts got each verdict. A verdict shows by letter as well as by colour.
    """
    years = sorted({year for year, _ in months})
    width, height = LEFT + 12 * (CELL + GAP), TOP + len(years) * (CELL + GAP)
    heads = [_text(LEFT + n * (CELL + GAP) + CELL / 2, TOP - 10, name, "middle") for n, name in enumerate(MONTHS)]
    rows = [_year(year, TOP + n * (CELL + GAP), months) for n, year in enumerate(years)]
    return _svg(width, height, "Posts by month, with the gravest verdict of each", "".join([*heads, *rows]))


def _year(year: int, y: float, months: Mapping[tuple[int, int], Mapping[str, int]]) -> str:
    cells = [_cell(LEFT + n * (CELL + GAP), y, months.get((year, n + 1), {})) for n in range(12)]
    return _text(LEFT - 10, y + CELL / 2 + 5, str(year), "end") + "".join(cells)


def _cell(x: float, y: float, counts: Mapping[str, int]) -> str:
    worst = max((verdict for verdict, count in counts.items() if count), key=VERDICTS.index, default="none")
    grave = sum(count for verdict, count in counts.items() if verdict not in ("clear", ""))
    box = f'<rect class="cell {worst}" x="{x}" y="{y}" width="{CELL}" height="{CELL}" rx="5"/>'
    letter = "" if worst in ("none", "clear") else f"{grave}{worst[0].upper()}"
    return box + (_text(x + CELL / 2, y + CELL / 2 + 5, letter, "middle") if letter else "")


def bars(counts: Sequence[tuple[str, int, str]], title: str) -> str:
    """Return a bar a name, with how many; `counts` holds a name, a number, and a verdict that gives the colour."""
    most = max([1, *(count for _, count, _ in counts)])
    rows = [_bar(n * (BAR + GAP * 2), *each, most) for n, each in enumerate(counts)]
    return _svg(LABEL + ROOM + 50, len(counts) * (BAR + GAP * 2), title, "".join(rows))


def _bar(y: float, name: str, count: int, verdict: str, most: int) -> str:
    long = max(2.0, ROOM * count / most)
    box = f'<rect class="bar {escape(verdict)}" x="{LABEL}" y="{y}" width="{long:.1f}" height="{BAR}" rx="4"/>'
    middle = y + BAR / 2 + 5
    return _text(LABEL - 10, middle, name, "end") + box + _text(LABEL + long + 8, middle, f"{count:,}", "start")


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(width: float, height: float, title: str, inside: str) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg class="plot" role="img" aria-label="{escape(title)}" {size}>{inside}</svg>'
