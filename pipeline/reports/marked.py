"""The department's own file with the cells marked and commented, and a sheet that lists what was found.

Formulas are replaced by what they show, so that nothing runs when somebody else opens the workbook. A file
that is no workbook (CSV, JSON) becomes one with the same cells.
"""

import io
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final
from xml.etree.ElementTree import ParseError

import openpyxl
from openpyxl.cell import Cell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import column_index_from_string, get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook import Workbook
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ontology.errors import UnreadableFileError
from pipeline.findings.folding import Folded, fold
from pipeline.findings.models import Finding
from pipeline.findings.report import Report
from pipeline.forms import FINDINGS_SHEET
from pipeline.reading.grid import BadCell, Grid, is_blank
from pipeline.reading.limits import Limits
from pipeline.reading.sheets import read_sheets
from pipeline.reports.words import SEVERITY, STATUS, place_of, values_of

AUTHOR: Final = "stadtziele"
MOST_CELLS: Final = 200_000
"""Cells of a file that is marked; a larger one gets the list of findings only."""
LINE_HEIGHT: Final = 15
LONGEST_TEXT: Final = 32_000
FILLS: Final = {
    "violation": PatternFill("solid", fgColor="F8C9C9"),
    "warning": PatternFill("solid", fgColor="FFF0B3"),
}
COLUMNS: Final = (
    ("Art / severity", 14),
    ("Blatt / sheet", 16),
    ("Zelle / cell", 20),
    ("Spalte / column", 18),
    ("Da steht / value", 28),
    ("Was ist falsch / what is wrong", 60),
    ("So beheben Sie es / how to mend it", 60),
    ("Hilfe / help", 50),
)
_UNLOADABLE: Final = (
    AttributeError,
    IndexError,
    InvalidFileException,
    KeyError,
    OSError,
    ParseError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
)
"""What openpyxl raises for a workbook that calamine reads all the same."""


def marked_workbook(data: bytes, report: Report, limits: Limits, base: str) -> bytes:
    """Return the workbook (XLSX) of a file that was checked.

    `data` are its bytes, `limits` those that it was read with; `base` is the address that help pages lie
    below. A file that cannot be read, or is too large, gets the list of findings only.
    """
    grids = _grids(data, report.file, limits)
    is_large = sum(len(row) for grid in grids for row in grid.rows) > MOST_CELLS
    book = openpyxl.Workbook()
    if grids and not is_large:
        book = _loaded(data, report) or _from_grids(grids)
        _mark(book, report.findings, grids)
    _list_findings(book, report, base, is_marked=bool(grids) and not is_large)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _grids(data: bytes, name: str, limits: Limits) -> Sequence[Grid]:
    try:
        return read_sheets(data, name, limits).grids
    except UnreadableFileError:
        return ()


def _loaded(data: bytes, report: Report) -> Workbook | None:
    """Return the workbook as it was handed in, with values instead of formulas, or None."""
    if not report.file.lower().endswith(".xlsx"):
        return None
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
    except _UNLOADABLE:
        return None
    if FINDINGS_SHEET in book.sheetnames:
        del book[FINDINGS_SHEET]
    return book


def _from_grids(grids: Sequence[Grid]) -> Workbook:
    book = openpyxl.Workbook()
    _sheet(book).title = "Daten"
    for grid in grids:
        sheet = _sheet(book) if grid is grids[0] else book.create_sheet(_plain(grid.sheet or "")[:31])
        for at, row in enumerate(grid.rows, start=1):
            for index, value in enumerate(row, start=1):
                if not is_blank(value):
                    _write(sheet, at, index, str(value) if isinstance(value, BadCell) else value)
    return book


def _mark(book: Workbook, findings: Iterable[Finding], grids: Sequence[Grid]) -> None:
    by_cell: dict[tuple[str | None, int, int], list[Finding]] = defaultdict(list)
    for finding in findings:
        grid = next((grid for grid in grids if grid.sheet == finding.sheet), grids[0])
        row = finding.row - grid.first_row + 1 if finding.row is not None else None
        if row is not None:
            by_cell[grid.sheet, row, _column(grid, finding, row)].append(finding)
    for (name, row, column), found in by_cell.items():
        sheet = book[name] if name in book.sheetnames else _sheet(book)
        if isinstance(sheet, Worksheet):
            _mark_cell(_top_left(sheet, row, column), found)


def _column(grid: Grid, finding: Finding, row: int) -> int:
    """Return the column of a finding, from 1: by letter, by header (JSON), else the first that is filled."""
    if finding.column:
        return column_index_from_string(finding.column)
    header: Sequence[Any] = grid.rows[0] if grid.rows else ()
    if not grid.lettered and finding.header in header:
        return list(header).index(finding.header) + 1
    cells: Sequence[Any] = grid.rows[row - 1] if row <= len(grid.rows) else ()
    return next((index for index, cell in enumerate(cells, start=1) if not is_blank(cell)), 1)


def _top_left(sheet: Worksheet, row: int, column: int) -> Cell:
    """Return a cell; of merged ones the one that shows their value."""
    cell = sheet.cell(row, column)
    if isinstance(cell, MergedCell):
        merged = next(area for area in sheet.merged_cells.ranges if cell.coordinate in area)
        cell = sheet.cell(merged.min_row, merged.min_col)
    assert isinstance(cell, Cell)  # noqa: S101 - the first of merged cells is one
    return cell


def _mark_cell(cell: Cell, found: list[Finding]) -> None:
    cell.fill = FILLS["violation" if any(finding.blocks for finding in found) else "warning"]
    before = [cell.comment.text] if cell.comment else []
    german = [f"{f.message_de} → {f.hint_de}" for f in found]
    english = [f"{f.message_en} → {f.hint_en}" for f in found]
    text = "\n\n".join([*before, *dict.fromkeys(german), *dict.fromkeys(english)])
    height = 40 + 18 * (len(text) // 45 + text.count("\n"))
    cell.comment = Comment(_plain(text), AUTHOR, height=min(height, 500), width=340)


def _list_findings(book: Workbook, report: Report, base: str, *, is_marked: bool) -> None:
    sheet = book.create_sheet(FINDINGS_SHEET, 0) if is_marked else _sheet(book)
    sheet.title = FINDINGS_SHEET
    book.active = sheet
    for other in book.worksheets:  # only one sheet is open when somebody opens the workbook
        other.sheet_view.tabSelected = other is sheet
    for at, line in enumerate(_head(report, is_marked=is_marked), start=1):
        _write(sheet, at, 1, line)
        sheet.cell(at, 1).font = Font(bold=at == 1, size=13 if at == 1 else 11)
    first = sheet.max_row + 2
    for index, (words, width) in enumerate(COLUMNS, start=1):
        sheet.cell(first, index, words).font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(index)].width = width
    folded = fold(report.findings)
    for at, item in enumerate(folded, start=first + 1):
        texts = _line(item, base)
        sheet.row_dimensions[at].height = LINE_HEIGHT * max(map(_lines, texts, COLUMNS))
        for index, text in enumerate(texts, start=1):
            _write(sheet, at, index, text)
            sheet.cell(at, index).alignment = Alignment(wrap_text=True, vertical="top")
        sheet.cell(at, 1).fill = FILLS[item.finding.severity]
        _link(sheet.cell(at, 3), item.finding, book)
        sheet.cell(at, len(COLUMNS)).hyperlink = base + item.finding.help
    sheet.freeze_panes = f"A{first + 1}"
    sheet.auto_filter.ref = f"A{first}:{get_column_letter(len(COLUMNS))}{first + len(folded)}"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0


def _head(report: Report, *, is_marked: bool) -> Iterator[str]:
    german, english = STATUS[report.status]
    summary = report.summary
    yield f"{report.file}: {german} / {english}"
    yield (
        f"{summary.rows} Zeilen / rows · {summary.violations} Verstöße / violations · "
        f"{summary.warnings} Hinweise / warnings"
    )
    if is_marked:
        yield "Beheben Sie die farbigen Zellen und geben Sie die Datei wieder ab; dieses Blatt darf bleiben."
        yield "Mend the coloured cells and hand the file in again; this sheet may stay."
    elif report.status != "unreadable":
        yield "Die Datei ist zu groß, um sie zu markieren / the file is too large to be marked."
    if summary.left_out:
        yield f"{summary.left_out} Befunde sind nicht aufgeführt / findings are not listed."


def _line(item: Folded, base: str) -> tuple[str, ...]:
    finding = item.finding
    return (
        " / ".join(SEVERITY[finding.severity]),
        finding.sheet or "",
        place_of(item),
        finding.header or "",
        values_of(item),
        f"{finding.message_de}\n{finding.message_en}",
        f"{finding.hint_de}\n{finding.hint_en}",
        base + finding.help,
    )


def _lines(text: str, column: tuple[str, int]) -> int:
    """Return how many lines a text takes in a column."""
    return sum(1 + len(part) // column[1] for part in text.split("\n"))


def _link(cell: Any, finding: Finding, book: Workbook) -> None:
    if finding.sheet in book.sheetnames and finding.row and finding.column:
        name = finding.sheet.replace("'", "''") if finding.sheet else ""
        cell.hyperlink = f"#'{name}'!{finding.column}{finding.row}"
        cell.font = Font(color="0B5563", underline="single")


def _write(sheet: Worksheet, row: int, column: int, value: Any) -> None:
    """Write a value; a text stays a text, also one that a spreadsheet would take for a formula."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _plain(value)
        cell.data_type = "s"
        cell.quotePrefix = value.startswith(("=", "+", "-", "@"))
    else:
        cell.value = value


def _plain(text: str) -> str:
    """Return a text as a workbook can hold it: without control characters, not too long."""
    plain = ILLEGAL_CHARACTERS_RE.sub("�", text)
    return f"{plain[:LONGEST_TEXT]}…" if len(plain) > LONGEST_TEXT else plain


def _sheet(book: Workbook) -> Worksheet:
    sheet = book.worksheets[0]
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a workbook has one
    return sheet
