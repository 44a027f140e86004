"""The tables that people open with a spreadsheet program, as workbooks (XLSX) in German.

A sheet with the rows: headers that stay, with what they mean as a comment, and a filter. Keys for programs
are left out. A sheet of notes with licence, source and notice, and with what the columns mean.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from ontology.columns import TABLES, Column, Kind, Table, table_of
from pipeline.exports.rows import Row
from pipeline.exports.stratml import xml_text
from pipeline.masterdata import Masterdata
from pipeline.template import looks
from pipeline.workbooks import bytes_of

FOLDER: Final = "xlsx"
MOST_ROWS: Final = 5_000
"""A larger table gets no workbook: who works with so many rows reads CSV or Parquet."""
NOTES: Final = "Hinweise"
_ALL_YEARS: Final = ("decisions", "progress", "statistics", "plan", "code-lists")
_FORMATS: Final[Mapping[Kind, str]] = {
    "text": "@",
    "list": "@",
    "whole": "0",
    "year": "0",
    "decimal": "General",
    "date": "DD.MM.YYYY",
}
_WIDE, _USUAL, _FILTER = 42, 24, 4
"""Characters: width of a column with long texts, of others at most, and of the button of the filter."""
_LONG: Final = 60
_HEADER_HEIGHT: Final = 34
NOTICE: Final = "notice"
"""The last column of most tables; it says the same in each row."""
_A3: Final = 8
"""The size of paper (ECMA-376 part 1, 18.3.1.63)."""
_MOST_CHARACTERS: Final = 32_767
"""More does not fit into a cell."""
_TEXT: Final = Alignment(wrap_text=True, vertical="top")
_ON_ONE_LINE: Final = Alignment(vertical="top")
_NUMBER: Final = Alignment(vertical="top", horizontal="right", indent=1)
_NOTES_WIDTHS: Final = (34, 60, 60)
_BOLD: Final = Font(name=looks.FONT, bold=True)


def write_workbooks(folder: Path, city: Masterdata, tables: Mapping[str, Sequence[Row]]) -> None:
    """Write `xlsx/<name>.xlsx` below `folder`: goals of each year, and the tables of all."""
    for name, rows in tables.items():
        is_wanted = name in _ALL_YEARS or (table_of(name) == "goals" and name != "goals")
        if is_wanted and 0 < len(rows) <= MOST_ROWS:
            path = folder / FOLDER / f"{name}.xlsx"
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(workbook(city, name, rows))


def workbook(city: Masterdata, name: str, rows: Sequence[Row]) -> bytes:
    """Return a table as a workbook."""
    table = TABLES[table_of(name)]
    title = " ".join((table.title.de, name.removeprefix(table.name).removeprefix("-"))).strip()
    columns = [column for column in table.columns if not column.is_key]
    book = openpyxl.Workbook()
    book.properties.creator = city.organisation.city.name
    book.properties.title = title
    book.properties.language = "de-DE"
    sheet = book.worksheets[0]
    sheet.title = title[:31]
    _write_rows(sheet, columns, rows)
    _write_notes(book.create_sheet(NOTES), city, table, title, columns)
    return bytes_of(book)


def _write_rows(sheet: Worksheet, columns: Sequence[Column], rows: Sequence[Row]) -> None:
    widths = [_width(column, rows) for column in columns]
    for index, column in enumerate(columns, start=1):
        _write_header(sheet, index, column)
        sheet.column_dimensions[get_column_letter(index)].width = widths[index - 1]
    for number, row in enumerate(rows, start=2):
        for index, column in enumerate(columns, start=1):
            _write(sheet.cell(number, index), column.kind, row.get(column.name))
        if NOTICE in row:
            sheet.cell(number, len(columns)).alignment = _ON_ONE_LINE
        shown = (
            (row.get(column.name), width)
            for column, width in zip(columns, widths, strict=True)
            if column.name != NOTICE
        )
        _fit(sheet, number, shown)
    sheet.row_dimensions[1].height = _HEADER_HEIGHT
    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(rows) + 1}"
    _set_up_printing(sheet)


def _fit(sheet: Worksheet, number: int, shown: Iterable[tuple[Any, int]]) -> None:
    """Make a row as high as the highest of its cells, given as value and width of the column."""
    heights = [looks.height_for(value, width) for value, width in shown if isinstance(value, str)]
    sheet.row_dimensions[number].height = max(heights, default=looks.height_for("", 1))


def _write_header(sheet: Worksheet, index: int, column: Column) -> None:
    cell = sheet.cell(1, index, column.title.de)
    cell.font, cell.fill, cell.alignment = looks.HEADER, looks.REQUIRED_FILL, looks.MIDDLE
    cell.comment = Comment(f"{column.description.de}\n\n{column.description.en}", "", height=120, width=280)


def _width(column: Column, rows: Sequence[Row]) -> int:
    """Return the width of a column in characters: long texts are wrapped, the rest should fit on a line."""
    longest = max((len(str(row.get(column.name) or "")) for row in rows), default=0)
    header = max(map(len, column.title.de.split())) + _FILTER
    if column.name == NOTICE:
        return header
    return _WIDE if longest > _LONG else max(min(longest + 1, _USUAL), header)


def _write(cell: Cell | MergedCell, kind: Kind, value: Any) -> None:
    """Write a value to a cell; a text stays one, whatever it begins with."""
    if value is None:
        return
    cell.value = xml_text(value)[:_MOST_CHARACTERS] if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
    cell.alignment = _TEXT if isinstance(value, str) else _NUMBER
    cell.number_format = _FORMATS[kind]


def _set_up_printing(sheet: Worksheet) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = _A3
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _write_notes(
    sheet: Worksheet, city: Masterdata, table: Table, title: str, columns: Sequence[Column]
) -> None:
    for letter, width in zip("ABC", _NOTES_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    for number, texts in enumerate(_notes(city, table, title, columns), start=1):
        for index, text in enumerate(texts, start=1):
            _write(sheet.cell(number, index), "text", text or None)
        sheet.cell(number, 1).font = _BOLD
        _fit(sheet, number, zip(texts, _NOTES_WIDTHS, strict=False))
    _set_up_printing(sheet)


def _notes(
    city: Masterdata, table: Table, title: str, columns: Sequence[Column]
) -> Iterator[tuple[str, ...]]:
    facts, notice = city.facts, city.organisation.notice
    yield (title, table.description.de, table.description.en)
    if notice:
        yield ("Hinweis / Notice", notice.de, notice.en)
    yield ("Lizenz / Licence", facts.licence.label, facts.licence.url)
    yield ("Nennung / Attribution", facts.licence.rights.de, facts.licence.rights.en)
    yield ("Herausgeber / Publisher", city.organisation.city.name, city.organisation.city.homepage)
    for source in facts.sources:
        yield ("Quelle / Source", source)
    yield ("Adresse / Address", f"{city.iris.base}datasets/")
    yield ("",)
    yield ("Spalte / Column", "Bedeutung", "Meaning")
    for column in columns:
        yield (f"{column.title.de} / {column.title.en}", column.description.de, column.description.en)
