"""JSON: an array of objects, one for each row, with the aliases (or German headers) as keys."""

import json
from decimal import Decimal
from typing import Any, Final

from ontology.errors import UnreadableFileError
from pipeline.reading.delimited import decode
from pipeline.reading.grid import CellValue, Grid, Sheets
from pipeline.reading.limits import MOST_CELLS, Limits

_NESTED: Final = 4
"""Brackets for each row: its own, and those of lists or objects in cells."""


def read_json_rows(data: bytes, limits: Limits) -> Sheets:
    """Return the rows of a JSON file; the first object is row 1. Raises `UnreadableFileError`."""
    _check_size(data, limits)
    try:
        content = json.loads(decode(data), parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("file-unreadable", f"kein JSON ({error})", f"no JSON ({error})") from error
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise UnreadableFileError(
            "file-unreadable", "kein JSON-Array von Objekten", "no JSON array of objects"
        )
    keys: list[str] = list(dict.fromkeys(key for row in content for key in row))
    if len(content) > limits.rows or len(keys) > limits.columns or len(content) * len(keys) > MOST_CELLS:
        code = "sheet-too-many-rows" if len(content) > limits.rows else "sheet-too-many-columns"
        german = f"{len(content)} Zeilen und {len(keys)} Spalten"
        raise UnreadableFileError(code, german, f"{len(content)} rows and {len(keys)} columns")
    header: list[CellValue] = [_cell(key) for key in keys]
    rows = [[_cell(row.get(key)) for key in keys] for row in content]
    return Sheets([Grid(None, [header, *rows], first_row=0, lettered=False)])


def _check_size(data: bytes, limits: Limits) -> None:
    """Refuse a text with more brackets and colons than a form can have: each asks for memory."""
    if max(data.count(b"{"), data.count(b"[")) > _NESTED * limits.rows:
        raise UnreadableFileError(
            "sheet-too-many-rows", f"mehr als {limits.rows} Zeilen", f"more than {limits.rows} rows"
        )
    if data.count(b":") > MOST_CELLS:
        raise UnreadableFileError(
            "sheet-too-large", f"mehr als {MOST_CELLS} Zellen", f"more than {MOST_CELLS} cells"
        )


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object; of a key that stands twice, one value would be dropped in silence."""
    content = dict(pairs)
    if len(content) < len(pairs):
        raise ValueError("ein Schlüssel steht zweimal / a key stands twice")
    return content


def _cell(value: Any) -> CellValue:
    if isinstance(value, list):
        return "; ".join(str(item) for item in value)
    if isinstance(value, str):  # an escape such as \ud800 is no character and cannot be written
        return value.encode("utf-8", "replace").decode("utf-8")
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False, default=str)
    cell: CellValue = value
    return cell
