"""A table: the grid with its header row found and its columns named.

Headers are recognised in German or by alias, whatever their case, spaces, line breaks or hyphens.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from ontology.errors import UnreadableFileError
from ontology.iris import slug
from pipeline.findings.models import Finding
from pipeline.forms import FIELDS, Kind
from pipeline.reading.delimited import read_delimited
from pipeline.reading.grid import CellValue, Grid, column_letter, is_blank
from pipeline.reading.json_rows import read_json_rows
from pipeline.reading.workbook import read_workbook

READERS: Final = {
    ".xlsx": read_workbook,
    ".csv": read_delimited,
    ".json": read_json_rows,
}
HEADER_SEARCH: Final = 30
"""Rows from the top among which the header row is looked for."""


@dataclass(frozen=True)
class Column:
    """A column of a form: its letter (None in JSON) and its header as it stands in the file."""

    letter: str | None
    header: str


@dataclass(frozen=True)
class Row:
    """A row that is not blank: its number as a spreadsheet shows it, and its cells by alias."""

    number: int
    cells: dict[str, CellValue]


@dataclass(frozen=True)
class Table:
    """The rows of a form, and where each field stands."""

    sheet: str | None
    columns: dict[str, Column]
    rows: list[Row]


def read_table(data: bytes, *, path: str, kind: Kind) -> tuple[Table | None, list[Finding]]:
    """Return the table of a submitted file, and what is wrong with it as a table.

    `path` is the path below the raw folder; its suffix tells the format. No table is returned where
    there is nothing to go on with: unreadable, empty, or without header row.
    """
    try:
        grids = READERS[PurePosixPath(path).suffix.lower()](data)
    except UnreadableFileError as error:
        return None, [Finding.of(error.code, path, detail=error.detail, detail_en=error.detail_en)]
    filled = [grid for grid in grids if any(not is_blank(c) for row in grid.rows for c in row)]
    shown = [grid for grid in filled if not grid.hidden]
    if not shown:
        return None, [Finding.of("file-empty", path)]
    found = max((_header(grid, kind) for grid in shown), key=lambda header: header.known)
    if found.known < 2:  # one known word alone may stand in any text
        required = ", ".join(field.header for field in FIELDS[kind] if field.required)
        return None, [Finding.of("header-missing", path, sheet=found.grid.sheet, detail=required)]
    table, findings = _table(found, path, kind)
    others = (grid.sheet for grid in filled if grid is not found.grid and grid.sheet)
    return table, [
        *(Finding.of("sheet-not-read", path, sheet=name, detail=name) for name in others),
        *findings,
    ]


@dataclass(frozen=True)
class _Header:
    grid: Grid
    index: int
    names: list[str | None]

    @property
    def known(self) -> int:
        return sum(name is not None for name in self.names)


def _header(grid: Grid, kind: Kind) -> _Header:
    """Return the row among the first ones that names most fields."""
    names = {_spelling(word): f.alias for f in FIELDS[kind] for word in (f.header, f.alias)}
    candidates = (
        _Header(grid, index, [names.get(_spelling(str(c))) if c else None for c in row])
        for index, row in enumerate(grid.rows[:HEADER_SEARCH])
    )
    return max(candidates, key=lambda header: header.known)


def _table(header: _Header, path: str, kind: Kind) -> tuple[Table | None, list[Finding]]:
    grid = header.grid
    columns: dict[str, Column] = {}
    positions: dict[str, int] = {}
    findings: list[Finding] = []
    for index, (name, cell) in enumerate(zip(header.names, grid.rows[header.index], strict=True)):
        column = Column(column_letter(index) if grid.lettered else None, str(cell or "").strip())
        problem = _column_problem(name, column, columns)
        if problem:
            row = grid.first_row + header.index
            findings.append(
                Finding.of(
                    problem,
                    path,
                    sheet=grid.sheet,
                    row=row or None,
                    column=column.letter,
                    header=column.header,
                    detail=column.header,
                )
            )
        elif name is not None:
            columns[name], positions[name] = column, index
    findings += [
        Finding.of("column-missing", path, sheet=grid.sheet, header=f.header, detail=f.header)
        for f in FIELDS[kind]
        if f.required and f.alias not in columns
    ]
    findings += _stray_cells(header, path)
    rows = _rows(header, positions)
    if not rows:
        return None, [*findings, Finding.of("file-empty", path, sheet=grid.sheet)]
    return Table(grid.sheet, columns, rows), findings


def _column_problem(name: str | None, column: Column, seen: dict[str, Column]) -> str | None:
    if name is None:
        return "column-unknown" if column.header else None
    return "column-twice" if name in seen else None


def _stray_cells(header: _Header, path: str) -> list[Finding]:
    """Return a finding for each cell below no header: nothing of a row is dropped in silence."""
    grid = header.grid
    named = {index for index, cell in enumerate(grid.rows[header.index]) if not is_blank(cell)}
    first = header.index + 1
    return [
        Finding.of(
            "cell-without-column",
            path,
            sheet=grid.sheet,
            row=grid.first_row + at,
            column=column_letter(index) if grid.lettered else None,
            value=str(cell)[:200],
        )
        for at, row in enumerate(grid.rows[first:], start=first)
        for index, cell in enumerate(row)
        if index not in named and not is_blank(cell)
    ]


def _rows(header: _Header, positions: dict[str, int]) -> list[Row]:
    first = header.index + 1
    return [
        Row(
            header.grid.first_row + index,
            {name: row[i] if i < len(row) else None for name, i in positions.items()},
        )
        for index, row in enumerate(header.grid.rows[first:], start=first)
        if any(not is_blank(cell) for cell in row)
    ]


def _spelling(text: str) -> str:
    return slug(text.replace("\u00ad", "")).replace("-", "")
