"""Posts over time as an SVG histogram without style attributes or scripts, and always the same as a table."""

from html import escape

from forethought.documents import Table
from forethought.incidents.pileon.counting import Counts, Step

ROOM, TALL, LEFT, TOP, FOOT = 720, 200, 60, 16, 44  # units of the drawing
LABELS = 6


def histogram(counts: Counts) -> str:
    """Return a bar for each step of time, as tall as its posts, with the highest number and some times as text."""
    most = max([1, *(step.posts for step in counts.steps)])
    wide = ROOM / max(1, len(counts.steps))
    bars = "".join(_bar(LEFT + n * wide, wide, step, most) for n, step in enumerate(counts.steps))
    every = -(-len(counts.steps) // LABELS) or 1
    names = "".join(
        _text(LEFT + n * wide, TOP + TALL + 20, shown(step, counts.step), "start")
        for n, step in enumerate(counts.steps)
        if n % every == 0
    )
    scale = _text(LEFT - 8, TOP + 10, f"{most:,}", "end") + _text(LEFT - 8, TOP + TALL, "0", "end")
    return _svg(LEFT + ROOM + 60, TOP + TALL + FOOT, title(counts), bars + scale + names)


def table(counts: Counts) -> Table:
    """Return the same numbers as a table: posts, and accounts that had not posted before, by step of time."""
    rows = ((shown(step, counts.step), f"{step.posts:,}", f"{step.new_accounts:,}") for step in counts.steps)
    return Table(title(counts), (f"From ({counts.step})", "Posts", "New accounts"), tuple(rows))


def title(counts: Counts) -> str:
    """Return what the plot and the table show."""
    return f"Posts by {counts.step}"


def shown(step: Step, name: str) -> str:
    """Return when a step begins: with the clock where steps are shorter than a day."""
    at = step.start
    day = f"{at.day} {at:%b %Y}"
    return f"{day} {at:%H:%M}" if name in ("minute", "ten minutes", "hour", "six hours") else day


def _bar(x: float, wide: float, step: Step, most: int) -> str:
    tall = TALL * step.posts / most
    y = TOP + TALL - tall
    width = max(1.0, wide - 2)
    return f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{tall:.1f}"/>'


def _text(x: float, y: float, words: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(words)}</text>'


def _svg(width: float, height: float, label: str, inside: str) -> str:
    size = f'viewBox="0 0 {width:.0f} {height:.0f}" width="{width:.0f}" height="{height:.0f}"'
    return f'<svg class="plot" role="img" aria-label="{escape(label)}" {size}>{inside}</svg>'
