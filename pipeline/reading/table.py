"""A table: the sheet with the form, its header row found and its columns named.

Headers are recognised in German or by alias, whatever their case, spaces, line breaks or hyphens.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Final

from ontology.iris import slug
from pipeline.findings.models import Finding
from pipeline.forms import FIELDS, INFORMATION, KINDS, Kind
from pipeline.reading.grid import CellValue, Grid, Sheets, column_letter, is_blank
from pipeline.reading.sheets import OWN_SHEETS

HEADER_SEARCH: Final = 30
"""Rows from the top among which the header row is looked for."""
PASSED_OVER: Final = ""
"""Stands for a column of information, which is recognised and not read."""


@dataclass(frozen=True)
class Column:
    """A column of a form: its letter (None in JSON) and its header as it stands in the file."""

    letter: str | None
    header: str


@dataclass(frozen=True)
class Row:
    """A row that is not blank: its number as a spreadsheet shows it, and its cells by alias."""

    number: int
    cells: Mapping[str, CellValue]


@dataclass(frozen=True)
class Table:
    """The form on a sheet, and where each field stands: its column, and the index of it."""

    grid: Grid
    header_row: int
    columns: dict[str, Column]
    positions: dict[str, int]

    @property
    def sheet(self) -> str | None:
        """Return the name of the sheet."""
        return self.grid.sheet

    def rows(self) -> Iterator[Row]:
        """Yield the rows below the header that are not blank."""
        first = self.header_row + 1
        for index, row in enumerate(self.grid.rows[first:], start=first):
            cells = {name: row[i] if i < len(row) else None for name, i in self.positions.items()}
            if any(not is_blank(cell) for cell in cells.values()):
                yield Row(self.grid.first_row + index, cells)


def read_table(sheets: Sheets, *, path: str, kind: Kind) -> tuple[Table | None, list[Finding]]:
    """Return the table of a submitted file, and what is wrong with it as a table.

    `path` is the path below the raw folder. No table is returned where there is nothing to go on with:
    empty, or without header row.
    """
    findings = [Finding.of(code, path) for code in sheets.remarks]
    filled = [grid for grid in sheets.grids if grid.sheet not in OWN_SHEETS and _is_filled(grid)]
    headers = [_header(grid, kind) for grid in filled if not grid.hidden]
    if not headers:
        return None, [*findings, Finding.of("file-empty", path)]
    found = max(headers, key=lambda header: header.known)
    if found.known < 2:  # one known word alone may stand in any text
        required = ", ".join(field.header for field in FIELDS[kind] if field.required)
        missing = Finding.of("header-missing", path, sheet=found.grid.sheet, detail=required)
        return None, [*findings, missing]
    findings += _other_sheets(filled, headers, found, path, kind)
    table, more = _table(found, path, kind)
    return table, [*findings, *more]


def kind_of(sheets: Sheets) -> Kind | None:
    """Return the kind of form that the headers of a file tell, or None."""
    shown = [grid for grid in sheets.grids if grid.sheet not in OWN_SHEETS and not grid.hidden]
    scores = {kind: max((_header(grid, kind).known for grid in shown), default=0) for kind in KINDS}
    best = max(KINDS, key=lambda kind: scores[kind])
    return best if scores[best] >= 2 and list(scores.values()).count(scores[best]) == 1 else None


@dataclass(frozen=True)
class _Header:
    grid: Grid
    index: int
    names: list[str | None]

    @property
    def known(self) -> int:
        return sum(bool(name) for name in self.names)


def _is_filled(grid: Grid) -> bool:
    return any(not is_blank(cell) for row in grid.rows for cell in row)


def _header(grid: Grid, kind: Kind) -> _Header:
    """Return the row among the first ones that names most fields."""
    names = _names(kind)
    candidates = (
        _Header(grid, index, [names.get(_spelling(cell)) for cell in row])
        for index, row in enumerate(grid.rows[:HEADER_SEARCH])
    )
    return max(candidates, key=lambda header: header.known, default=_Header(grid, 0, []))


def _names(kind: Kind) -> dict[str, str]:
    """Return the alias of each field by the spellings of its header, as `_spelling` has them."""
    names = dict.fromkeys(map(_spelling, INFORMATION[kind]), PASSED_OVER)
    return names | {_spelling(word): f.alias for f in FIELDS[kind] for word in (f.header, f.alias)}


def _other_sheets(
    filled: list[Grid], headers: list[_Header], found: _Header, path: str, kind: Kind
) -> Iterator[Finding]:
    """Yield a finding for each further sheet: a warning, or a violation where it holds the form too."""
    required = {field.alias for field in FIELDS[kind] if field.required}
    forms = [h.grid for h in headers if required <= {*h.names} and len(h.grid.rows) > h.index + 1]
    for grid in filled:
        if grid is not found.grid:
            code = "sheet-second-form" if any(grid is form for form in forms) else "sheet-not-read"
            yield Finding.of(code, path, sheet=grid.sheet, detail=grid.sheet or "")


def _table(header: _Header, path: str, kind: Kind) -> tuple[Table | None, list[Finding]]:
    grid = header.grid
    columns: dict[str, Column] = {}
    positions: dict[str, int] = {}
    findings: list[Finding] = []
    cells = grid.rows[header.index]
    for index, (name, cell) in enumerate(zip(header.names, cells, strict=True)):
        column = Column(column_letter(index) if grid.lettered else None, str(cell or "").strip())
        if name is None and column.header:
            findings.append(_column_finding("column-unknown", header, column, path, kind))
        elif name and name in columns:
            findings.append(_column_finding("column-twice", header, column, path, kind))
        elif name:
            columns[name], positions[name] = column, index
    findings += [
        Finding.of("column-missing", path, sheet=grid.sheet, header=f.header, detail=f.header)
        for f in FIELDS[kind]
        if f.required and f.alias not in columns
    ]
    findings += _stray_cells(header, path)
    findings += _remarks(header, columns, positions, path)
    table = Table(grid, header.index, columns, positions)
    if next(table.rows(), None) is None:
        return None, [*findings, Finding.of("file-empty", path, sheet=grid.sheet)]
    return table, findings


def _column_finding(code: str, header: _Header, column: Column, path: str, kind: Kind) -> Finding:
    row = header.grid.first_row + header.index
    return Finding.of(
        code,
        path,
        sheet=header.grid.sheet,
        row=row or None,
        column=column.letter,
        header=column.header[:100],
        detail=column.header[:100],
        suggestion=_nearest(column.header, kind) if code == "column-unknown" else None,
    )


def _nearest(header: str, kind: Kind) -> str | None:
    """Return the header of the field that an unknown one is most like, or None."""
    by_spelling = {_spelling(f.header): f.header for f in FIELDS[kind]}
    close = get_close_matches(_spelling(header[:100]), by_spelling, n=1)
    return by_spelling[close[0]] if close else None


def _remarks(
    header: _Header, columns: dict[str, Column], positions: dict[str, int], path: str
) -> Iterator[Finding]:
    """Yield a finding for each cell of the form that reading the sheet had a remark on."""
    grid = header.grid
    names = {index: name for name, index in positions.items()}
    for (row, index), code in sorted(grid.remarks.items()):
        if row > header.index and index in names:
            column = columns[names[index]]
            value = grid.rows[row][index] if row < len(grid.rows) and index < len(grid.rows[row]) else None
            yield Finding.of(
                code,
                path,
                sheet=grid.sheet,
                row=grid.first_row + row,
                column=column.letter,
                header=column.header,
                value=str(value),
            )


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


def _spelling(cell: CellValue) -> str:
    """Return a header without what people write in different ways; a text as long as a page is none."""
    text = str(cell or "")
    return slug(text.replace("\u00ad", "")).replace("-", "") if len(text) <= 200 else ""
