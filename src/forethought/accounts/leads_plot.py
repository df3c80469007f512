"""How accounts lead to each other as a drawing, without style attributes or scripts: work left, private right."""

from collections.abc import Mapping, Sequence
from html import escape

from forethought.accounts.leads import Known, Lead
from forethought.accounts.vocabulary import KINDS

BOX, HIGH, GAP = 260, 52, 24  # units of the drawing
MIDDLE, SIDE, TOP = 320, 90, 36
LEFT, RIGHT = SIDE, SIDE + BOX + MIDDLE
MOST = 30  # letters of a name that fit in its box
TITLE = "How your accounts lead to each other"
WIDTHS = {"strong": 4, "some": 2.5, "weak": 1}

Place = tuple[float, float]  # the upper left corner of a box


def drawing(accounts: Sequence[Known], leads: Sequence[Lead]) -> str:
    """Return the accounts as boxes and the leads as numbered lines, thicker where strong; the numbers are the table's.

    A lead that joins work and private life is a whole line, another one is broken.
    """
    work = [each for each in accounts if each.is_for_work]
    private = [each for each in accounts if not each.is_for_work]
    places = {each.key: (x, _y(n)) for x, side in ((LEFT, work), (RIGHT, private)) for n, each in enumerate(side)}
    heads = _text(LEFT + BOX / 2, 20, "For work") + _text(RIGHT + BOX / 2, 20, "Not meant for clients")
    lines = "".join(_line(n, each, places) for n, each in enumerate(leads, 1))
    boxes = "".join(_box(each, places[each.key]) for each in accounts)
    size = f'viewBox="0 0 {RIGHT + BOX + SIDE} {_y(max(len(work), len(private), 1)):.0f}"'
    return f'<svg class="plot leads" role="img" aria-label="{escape(_label(leads))}" {size}>{heads}{lines}{boxes}</svg>'


def _label(leads: Sequence[Lead]) -> str:
    leaks = sum(each.leak for each in leads)
    return f"{TITLE}: {len(leads)} in all, {leaks} between work and private life. The table has each in words."


def _y(row: int) -> float:
    return TOP + row * (HIGH + GAP)


def _box(account: Known, place: Place) -> str:
    x, y = place
    name = account.name if len(account.name) <= MOST else f"{account.name[: MOST - 1]}…"
    box = f'<rect class="cell" x="{x}" y="{y}" width="{BOX}" height="{HIGH}" rx="8" fill="none" stroke="currentColor"/>'
    kind = KINDS.get(account.kind, account.kind)
    return box + _text(x + BOX / 2, y + 22, name) + _text(x + BOX / 2, y + 42, kind)


def _line(number: int, lead: Lead, places: Mapping[str, Place]) -> str:
    path, x, y = _way(places[lead.a.key], places[lead.b.key], number)
    kind = "lead leak" if lead.leak else "lead"
    broken = "" if lead.leak else ' stroke-dasharray="6 4"'
    drawn = f'fill="none" stroke="currentColor" stroke-width="{WIDTHS[lead.strength]}"{broken}'
    return f'<path class="{kind}" d="{path}" {drawn}/>{_text(x, y, str(number))}'


def _way(a: Place, b: Place, number: int) -> tuple[str, float, float]:
    """Return a line between two boxes and where its number stands: straight across, or bent outwards on one side."""
    (ax, ay), (bx, by) = (a[0], a[1] + HIGH / 2), (b[0], b[1] + HIGH / 2)
    if ax == bx:
        edge, out = (ax, ax - SIDE + 20) if ax == LEFT else (ax + BOX, ax + BOX + SIDE - 20)
        bent = f"M{edge:.0f} {ay:.0f} Q{2 * out - edge:.0f} {(ay + by) / 2:.0f} {edge:.0f} {by:.0f}"
        return bent, out + (12 if out > edge else -12), (ay + by) / 2 + 5
    start, end = (ax + BOX, bx) if ax < bx else (ax, bx + BOX)
    along = (1 + number % 4) / 5  # numbers of lines that cross stand apart
    x, y = start + (end - start) * along, ay + (by - ay) * along
    return f"M{start:.0f} {ay:.0f} L{end:.0f} {by:.0f}", x, y - 6


def _text(x: float, y: float, words: str) -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" fill="currentColor">{escape(words)}</text>'
