"""CSV as spreadsheets write it: `;`, `,` or tab; UTF-8 with or without BOM, UTF-16, Windows-1252."""

import csv
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from ontology.csvtext import arm
from ontology.errors import UnreadableFileError
from pipeline.reading.grid import CellValue, Grid, Sheets
from pipeline.reading.limits import MOST_CELLS, Limits

DELIMITERS: Final = ";,\t"
WIDEST: Final = 16_384
"""Columns that a spreadsheet program has."""
LONGEST_FIELD: Final = 5_000_000
"""Characters of a cell that are read at all; one that is too long for a form is found later, in its place."""
LOOKED_AT: Final = 50
"""Rows that the delimiter is told from."""
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def read_delimited(data: bytes, limits: Limits) -> Sheets:
    """Return the one sheet of a CSV file; rows are counted as records, as a spreadsheet shows them.

    Raises `UnreadableFileError`.
    """
    text = decode(data)
    if "\0" in text:
        raise UnreadableFileError(
            "file-unreadable", "keine Textdatei (Nullzeichen)", "no text file (null characters)"
        )
    csv.field_size_limit(LONGEST_FIELD)
    try:
        rows = list(_rows(text, limits))
    except csv.Error as error:
        if "field larger" in str(error):
            raise UnreadableFileError("cell-too-long", "über 5.000.000", "over 5,000,000") from error
        raise UnreadableFileError("file-unreadable", f"kein CSV ({error})", f"no CSV ({error})") from error
    return Sheets([Grid(None, rows)])


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252.

    UTF-16 without a mark is told by the null bytes of its first characters.
    """
    encodings = [codec for mark, codec in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
    if not encodings and b"\0" in data[:2] and data[:2] != b"\0\0":
        encodings = ["utf-16-be" if data[0] == 0 else "utf-16-le"]
    for encoding in (*encodings, "utf-8", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableFileError(
        "file-unreadable",
        "Zeichensatz ist weder UTF-8 noch Windows-1252",
        "encoding is neither UTF-8 nor Windows-1252",
    )


def _rows(text: str, limits: Limits) -> Iterator[list[CellValue]]:
    delimiter = _delimiter(text, limits)
    cells = 0
    reader = csv.reader(_lines(text, limits), delimiter=delimiter, strict=True)
    for number, row in enumerate(reader, start=1):
        cells += len(row)
        if number > limits.rows or cells > MOST_CELLS:
            raise UnreadableFileError(
                "sheet-too-many-rows", f"mehr als {number - 1} Zeilen", f"more than {number - 1} rows"
            )
        if any(row[limits.columns :]):
            raise _too_wide(limits)
        yield [arm(cell) if cell else None for cell in row]


def _lines(text: str, limits: Limits) -> Iterator[str]:
    """Yield the lines; one with more cells than any spreadsheet has is refused before it is cut up."""
    for match in _LINE.finditer(text):
        line = match[0]
        if any(line.count(delimiter) > WIDEST for delimiter in DELIMITERS):
            raise _too_wide(limits)
        yield line


def _too_wide(limits: Limits) -> UnreadableFileError:
    return UnreadableFileError(
        "sheet-too-many-columns",
        f"mehr als {limits.columns} Spalten",
        f"more than {limits.columns} columns",
    )


def _delimiter(text: str, limits: Limits) -> str:
    """Return the delimiter that cuts the earliest row, in doubt into most cells: that is the header.

    A text with many commas further down does not make a file comma-separated.
    """

    def cut(delimiter: str) -> tuple[int, int]:
        rows = islice(csv.reader(_lines(text, limits), delimiter=delimiter), LOOKED_AT)
        return next(((-index, len(row)) for index, row in enumerate(rows) if len(row) > 1), (-LOOKED_AT, 0))

    return max(DELIMITERS, key=cut)
