"""A submitted file to its sheets, whatever its format; and which form it says it is."""

from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import Final

from pydantic import ValidationError

from ontology.errors import UnreadableFileError
from pipeline.forms import FINDINGS_SHEET, IDENTITY_SHEET, INSTRUCTIONS_SHEET, LISTS_SHEET, FormIdentity
from pipeline.reading.delimited import read_delimited
from pipeline.reading.grid import Grid, Sheets, is_blank
from pipeline.reading.json_rows import read_json_rows
from pipeline.reading.kinds import refuse_other_kinds
from pipeline.reading.limits import Limits
from pipeline.reading.workbook import read_workbook

READERS: Final[dict[str, Callable[[bytes, Limits], Sheets]]] = {
    ".xlsx": read_workbook,
    ".csv": read_delimited,
    ".json": read_json_rows,
}
OWN_SHEETS: Final = frozenset({IDENTITY_SHEET, LISTS_SHEET, INSTRUCTIONS_SHEET, FINDINGS_SHEET})
"""Sheets of the form itself and of the marked workbook; nothing is handed in on them."""


def read_sheets(data: bytes, name: str, limits: Limits) -> Sheets:
    """Return the sheets of a file; the suffix of `name` tells the format.

    Raises `UnreadableFileError`.
    """
    suffix = PurePosixPath(name).suffix.lower()
    if suffix not in READERS:
        kinds = ", ".join(READERS)
        raise UnreadableFileError("file-suffix-unknown", kinds, kinds)
    refuse_other_kinds(data, suffix)
    return READERS[suffix](data, limits)


def identity_of(grids: Iterable[Grid]) -> FormIdentity | None:
    """Return which form a workbook says it is on its hidden sheet, or None."""
    for grid in grids:
        if grid.sheet == IDENTITY_SHEET and grid.hidden:
            pairs = {str(row[0]): row[1] for row in grid.rows if len(row) > 1 and not is_blank(row[1])}
            try:
                return FormIdentity.model_validate({**pairs, "department": _key(pairs.get("department"))})
            except ValidationError:  # somebody wrote into it: the path has to tell
                return None
    return None


def _key(value: object) -> str | None:
    return str(value) if value else None
