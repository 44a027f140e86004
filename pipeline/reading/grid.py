"""A grid: the cells of one sheet as they stand in the file, nothing interpreted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

CellValue = str | int | float | Decimal | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, row by row from the first.

    `sheet` is None where the format knows no sheets. `first_row` is the number of the first row as a
    spreadsheet shows it. `lettered` tells whether columns are called A, B, C there. `hidden` sheets are
    not read, only reported.
    """

    sheet: str | None
    rows: Sequence[Sequence[CellValue]]
    first_row: int = 1
    lettered: bool = True
    hidden: bool = False


def column_letter(index: int) -> str:
    """Return what a spreadsheet calls the column with this index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell is empty or holds white space only."""
    return value is None or (isinstance(value, str) and not value.strip())
