"""Writing rows as the files that departments hand in: XLSX, CSV in several dialects, JSON.

The same rows give the same bytes: workbooks carry no times.
"""

import csv
import io
import json
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.styles import Font
from openpyxl.worksheet.worksheet import Worksheet

from data.sample.rows import Row
from pipeline.forms import FIELDS, Kind
from pipeline.reading.grid import column_letter
from pipeline.workbooks import bytes_of

SHEETS: dict[Kind, str] = {"submissions": "Ziele", "decisions": "Entscheidungen", "progress": "Sachstand"}


def write_form(path: Path, kind: Kind, rows: list[Row], dialect: str) -> None:
    """Write rows to `path`; `dialect` is ``xlsx``, ``json`` or ``<delimiter> <encoding>`` of a CSV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match dialect:
        case "xlsx":
            path.write_bytes(_workbook(kind, rows))
        case "json":
            path.write_text(_json(rows), encoding="utf-8")
        case _:
            delimiter, encoding = dialect.split()
            path.write_bytes(_csv(kind, rows, delimiter).encode(encoding))


def _workbook(kind: Kind, rows: list[Row]) -> bytes:
    book = openpyxl.Workbook()
    book.properties.creator = "stadtziele, Beispieldaten"
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101 - a new workbook has one
    sheet.title = SHEETS[kind]
    sheet.append([field.header for field in FIELDS[kind]])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for row in rows:
        sheet.append([_cell(field.alias, row.get(field.alias)) for field in FIELDS[kind]])
    for index, column in enumerate(sheet.columns):
        widest = max(len(str(cell.value or "")) for cell in column)
        sheet.column_dimensions[column_letter(index)].width = min(max(widest, 8), 60)
    sheet.freeze_panes = "A2"
    return bytes_of(book)


def _cell(alias: str, value: object) -> object:
    if alias == "as_of" and isinstance(value, str):
        day, month, year = map(int, value.split("."))
        return date(year, month, day)
    return value if value != "" else None


def _csv(kind: Kind, rows: list[Row], delimiter: str) -> str:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\r\n")
    writer.writerow([field.header for field in FIELDS[kind]])
    writer.writerows([_text(row.get(field.alias)) for field in FIELDS[kind]] for row in rows)
    return text.getvalue()


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:g}".replace(".", ",")
    return "" if value is None else str(value)


def _json(rows: list[Row]) -> str:
    filled = [{name: value for name, value in row.items() if value not in ("", None)} for row in rows]
    return json.dumps(filled, ensure_ascii=False, indent=2) + "\n"
