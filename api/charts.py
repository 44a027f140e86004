"""The chart of the front page: what became of the goals of each year, as stacked bars.

Here: numbers to lengths. The template writes the SVG; the table beside it says the same in words.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from ontology.contract import YearCounts

WIDTH: Final = 640
_LEFT: Final = 64
_RIGHT: Final = 48
_ROW: Final = 34
_TOP: Final = 8


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
