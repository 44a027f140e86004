"""XLSX workbooks, read with calamine: cached values of formulas, no macros, no links."""

import re
import zipfile
import zlib
from io import BytesIO
from typing import IO, Final

from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum

from ontology.errors import UnreadableFileError
from pipeline.reading.grid import Grid

MOST_CELLS: Final = 5_000_000
MOST_BYTES: Final = 500_000_000
_CHUNK: Final = 1 << 20
_CELL: Final = re.compile(rb"""\br=["']([A-Z]{1,4})([0-9]{1,8})["']""")
_LONGEST_REFERENCE: Final = 20


def read_workbook(data: bytes) -> list[Grid]:
    """Return the sheets of a workbook; raises `UnreadableFileError`."""
    _check_size(data)
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        return [
            Grid(
                meta.name,
                workbook.get_sheet_by_name(meta.name).to_python(skip_empty_area=False),
                hidden=meta.visible != SheetVisibleEnum.Visible,
            )
            for meta in workbook.sheets_metadata
        ]
    except (CalamineError, ValueError, OSError) as error:
        raise UnreadableFileError(
            "file-unreadable",
            f"keine lesbare Arbeitsmappe ({error})",
            f"no workbook that can be read ({error})",
        ) from error


def _check_size(data: bytes) -> None:
    """Refuse a workbook whose cells span more than can be held.

    Calamine holds a sheet as a full rectangle; one stray cell at its end would be 500 GB, and the
    process would be ended before it could say why. What the file says of its own size may be wrong,
    so the cells are looked at.
    """
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            for part in archive.infolist():
                if part.filename.startswith("xl/worksheets/"):
                    with archive.open(part) as sheet:
                        _check_sheet(sheet)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFileError(
            "file-unreadable",
            f"keine lesbare Arbeitsmappe ({error})",
            f"no workbook that can be read ({error})",
        ) from error


def _check_sheet(sheet: IO[bytes]) -> None:
    rows = columns = size = 0
    rest = b""
    while chunk := sheet.read(_CHUNK):
        size += len(chunk)
        for letters, row in _CELL.findall(rest + chunk):
            rows, columns = max(rows, int(row)), max(columns, _column_number(letters))
        rest = chunk[-_LONGEST_REFERENCE:]
        if rows * columns > MOST_CELLS or size > MOST_BYTES:
            raise UnreadableFileError(
                "file-too-large",
                f"die Zellen reichen über {rows} Zeilen und {columns} Spalten",
                f"the cells span {rows} rows and {columns} columns",
            )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
