"""A grid: the cells of one sheet as they stand in the file, nothing interpreted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal


@dataclass(frozen=True)
class BadCell:
    """A cell that has no value to read: an error of the spreadsheet, or a formula never computed.

    `code` is the code of the finding that reports it, `text` what the cell shows.
    """

    code: str
    text: str

    def __str__(self) -> str:
        return self.text


CellValue = str | int | float | Decimal | bool | date | datetime | time | timedelta | BadCell | None


@dataclass(frozen=True)
class Grid:
    """The cells of a sheet, row by row from the first.

    `sheet` is None where the format knows no sheets. `first_row` is the number of the first row as a
    spreadsheet shows it. `lettered` tells whether columns are called A, B, C there. `hidden` sheets are
    not read, only reported. `remarks` are codes of findings by position (row and column from 0).
    """

    sheet: str | None
    rows: Sequence[Sequence[CellValue]]
    first_row: int = 1
    lettered: bool = True
    hidden: bool = False
    remarks: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Sheets:
    """All sheets of a file; `remarks` are codes of findings about the file as a whole."""

    grids: Sequence[Grid]
    remarks: tuple[str, ...] = ()


def column_letter(index: int) -> str:
    """Return what a spreadsheet calls the column with this index: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the index of the column that a spreadsheet calls by these letters: A is 0, AA is 26."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - ord("A") + 1
    return index - 1


def is_blank(value: CellValue) -> bool:
    """Tell whether a cell is empty or holds white space only."""
    return value is None or (isinstance(value, str) and not value.strip())
