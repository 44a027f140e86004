"""CSV as spreadsheets write it: `;`, `,` or tab; UTF-8 with or without BOM, UTF-16, Windows-1252."""

import csv
from io import StringIO
from itertools import islice
from typing import Final

from ontology.errors import UnreadableFileError
from pipeline.reading.grid import Grid

DELIMITERS: Final = ";,\t"
LONGEST_CELL: Final = 1_000_000
LOOKED_AT: Final = 50
"""Rows that the delimiter is told from."""
_BYTE_ORDER_MARKS: Final = {
    b"\xef\xbb\xbf": "utf-8-sig",
    b"\xff\xfe": "utf-16",
    b"\xfe\xff": "utf-16",
}


def read_delimited(data: bytes) -> list[Grid]:
    """Return the one sheet of a CSV file; rows are counted as records, as a spreadsheet shows them.

    Raises `UnreadableFileError`.
    """
    text = decode(data)
    if "\0" in text:
        raise UnreadableFileError(
            "file-unreadable", "keine Textdatei (Nullzeichen)", "no text file (null characters)"
        )
    csv.field_size_limit(LONGEST_CELL)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise UnreadableFileError("file-unreadable", f"kein CSV ({error})", f"no CSV ({error})") from error
    return [Grid(None, [list(row) for row in rows])]


def decode(data: bytes) -> str:
    """Return the text of a file: by its byte order mark, else UTF-8, else Windows-1252."""
    encodings = [codec for mark, codec in _BYTE_ORDER_MARKS.items() if data.startswith(mark)]
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


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts the earliest row, in doubt into most cells: that is the header.

    A text with many commas further down does not make a file comma-separated.
    """

    def cut(delimiter: str) -> tuple[int, int]:
        rows = islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), LOOKED_AT)
        return next(((-index, len(row)) for index, row in enumerate(rows) if len(row) > 1), (-LOOKED_AT, 0))

    return max(DELIMITERS, key=cut)
