"""Charts: what became of the goals of each year as stacked bars, and the numbers of a table as bars.

Here: numbers to lengths. The templates write the SVG; the table beside it says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.saved_queries import ChartOf
from api.tables import Table
from ontology.contract import YearCounts

WIDTH: Final = 640
_LEFT: Final = 64
_RIGHT: Final = 48
_ROW: Final = 34
_TOP: Final = 8
_WIDE: Final = 760
_NUMBERS_LEFT: Final = 330
_LETTERS: Final = 44
"""Letters of a label that fit beside a bar."""
_THIN: Final = 20
_BETWEEN: Final = 8
MOST_BARS: Final = 80


@dataclass(frozen=True)
class Segment:
    """A part of a bar. `kind` is ``selected``, ``not-selected`` or ``held-back``."""

    kind: str
    count: int
    x: float
    width: float


@dataclass(frozen=True)
class Bar:
    """The goals of one year. `y` is its upper edge, `end` where its longest part ends."""

    year: int
    total: int
    y: int
    end: float
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Chart:
    """Bars and the size of the drawing, in user units."""

    width: int
    height: int
    bars: tuple[Bar, ...]


def years_chart(counts: Sequence[YearCounts]) -> Chart:
    """Return the chart of the goals of some years."""
    most = max((year.submitted for year in counts), default=0) or 1
    unit = (WIDTH - _LEFT - _RIGHT) / most
    bars = tuple(_bar(year, _TOP + at * _ROW, unit) for at, year in enumerate(counts))
    return Chart(WIDTH, _TOP + len(counts) * _ROW + _TOP, bars)


def _bar(year: YearCounts, y: int, unit: float) -> Bar:
    parts = (
        ("selected", year.selected),
        ("not-selected", year.released - year.selected),
        ("held-back", year.held_back),
    )
    x = float(_LEFT)
    segments = []
    for kind, count in parts:
        if count > 0:
            segments.append(Segment(kind, count, round(x, 1), round(count * unit, 1)))
            x += count * unit
    return Bar(year.year, year.submitted, y, round(x, 1), tuple(segments))


@dataclass(frozen=True)
class NumberBar:
    """A number as a bar. `series` counts the numbers of a row from 0; `y` is the bar's upper edge."""

    label: str
    series: int
    number: str
    y: int
    width: float


@dataclass(frozen=True)
class NumbersChart:
    """Bars and the size of the drawing, in user units; bars begin at `left`."""

    width: int
    height: int
    left: int
    bars: tuple[NumberBar, ...]


def numbers_chart(table: Table, chart: ChartOf) -> NumbersChart | None:
    """Return the chart of a table, or None if there are no rows, or more than one can look at."""
    rows = [row for row in table.rows if all(name in row for name in (*chart.labels, *chart.numbers))]
    if not 0 < len(rows) * len(chart.numbers) <= MOST_BARS:
        return None
    most = max(float(row[name].text) for row in rows for name in chart.numbers) or 1.0
    unit = (_WIDE - _NUMBERS_LEFT - _RIGHT) / most
    bars: list[NumberBar] = []
    y = _TOP
    for row in rows:
        label = " · ".join(row[name].text for name in chart.labels)
        for series, name in enumerate(chart.numbers):
            width = round(max(float(row[name].text), 0.0) * unit, 1)
            bars.append(NumberBar("" if series else _short(label), series, row[name].text, y, width))
            y += _THIN
        y += _BETWEEN
    return NumbersChart(_WIDE, y + _TOP, _NUMBERS_LEFT, tuple(bars))


def _short(label: str) -> str:
    return label if len(label) <= _LETTERS else f"{label[: _LETTERS - 1]}…"
