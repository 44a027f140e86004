"""XLSX workbooks, read with calamine: cached values of formulas, no macros, no links."""

from decimal import Decimal
from io import BytesIO
from typing import cast

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from ontology.errors import UnreadableFileError
from pipeline.reading.grid import CellValue, Grid, Sheets
from pipeline.reading.limits import Limits
from pipeline.reading.parts import SheetPart, look_into


def read_workbook(data: bytes, limits: Limits) -> Sheets:
    """Return the sheets of a workbook; raises `UnreadableFileError`."""
    inside = look_into(data, limits)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        grids = [
            _grid(
                workbook.get_sheet_by_name(meta.name),
                inside.sheets.get(meta.name, SheetPart()),
                hidden=meta.visible != SheetVisibleEnum.Visible,
            )
            for meta in workbook.sheets_metadata
            if meta.typ == SheetTypeEnum.WorkSheet
        ]
    except PasswordError as error:
        raise UnreadableFileError("file-encrypted", "", "") from error
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(
            "file-unreadable",
            f"keine lesbare Arbeitsmappe ({error})",
            f"no workbook that can be read ({error})",
        ) from error
    return Sheets(grids, ("workbook-links",) if inside.has_links else ())


def _grid(sheet: CalamineSheet, part: SheetPart, *, hidden: bool) -> Grid:
    rows = cast("list[list[CellValue]]", sheet.to_python(skip_empty_area=False))
    for (row, column), bad in part.bad.items():
        _put(rows, row, column, bad)
    for row, column in part.percents:
        value = rows[row][column] if row < len(rows) and column < len(rows[row]) else None
        if isinstance(value, int | float) and not isinstance(value, bool):
            rows[row][column] = Decimal(f"{value * 100:.15g}")
    remarks = dict.fromkeys(part.elsewhere, "cell-formula-leads-elsewhere")
    return Grid(sheet.name, rows, hidden=hidden, remarks=remarks)


def _put(rows: list[list[CellValue]], row: int, column: int, value: CellValue) -> None:
    """Put a value into a cell that may lie beyond those that have one."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend([None] * (column + 1 - len(rows[row])))
    rows[row][column] = value
