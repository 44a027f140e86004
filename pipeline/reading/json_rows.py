"""JSON: an array of objects, one for each row, with the aliases (or German headers) as keys."""

import json
from decimal import Decimal
from typing import Any

from ontology.errors import UnreadableFileError
from pipeline.reading.delimited import decode
from pipeline.reading.grid import CellValue, Grid


def read_json_rows(data: bytes) -> list[Grid]:
    """Return the rows of a JSON file; the first object is row 1. Raises `UnreadableFileError`."""
    try:
        content = json.loads(decode(data), parse_float=Decimal, object_pairs_hook=_object)
    except (ValueError, RecursionError) as error:
        raise UnreadableFileError("file-unreadable", f"kein JSON ({error})", f"no JSON ({error})") from error
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise UnreadableFileError(
            "file-unreadable", "kein JSON-Array von Objekten", "no JSON array of objects"
        )
    keys: list[str] = list(dict.fromkeys(key for row in content for key in row))
    header: list[CellValue] = [_cell(key) for key in keys]
    rows = [[_cell(row.get(key)) for key in keys] for row in content]
    return [Grid(None, [header, *rows], first_row=0, lettered=False)]


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
