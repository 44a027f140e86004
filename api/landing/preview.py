"""The first rows of a dataset's table, as a page shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Final
from urllib.parse import quote

import polars as pl

from ontology.columns import Table

ROWS: Final = 10
LETTERS: Final = 160
"""Letters of a value that are shown."""
_FIRST: Final = ("id", "goal", "title", "department_label", "selection_state", "attainment", "outcome")
"""Columns that come first, wherever they stand in the file."""
_NOTICE: Final = "notice"
"""The column that is left out, since what is in it stands on every page."""


@dataclass(frozen=True)
class Shown:
    """A value of the table; `path` leads to the thing that it names."""

    text: str
    path: str | None = None
    is_number: bool = False


@dataclass(frozen=True)
class Preview:
    """Columns by name, and the first rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Shown, ...], ...]


def read_preview(path: Path, table: Table | None) -> Preview | None:
    """Return the beginning of a table in a CSV or Parquet file; None if it cannot be read as one.

    What most people look for comes first; keys that stand beside a label for people are left out.
    """
    try:
        frame = _first(path)
    except (OSError, pl.exceptions.PolarsError):
        return None
    hidden = {_NOTICE, *(column.name for column in table.columns if column.is_key)} if table else {_NOTICE}
    shown = (name for name in frame.columns if name not in hidden)
    columns = tuple(sorted(shown, key=lambda name: _FIRST.index(name) if name in _FIRST else len(_FIRST)))
    rows = tuple(tuple(_shown(name, row) for name in columns) for row in frame.iter_rows(named=True))
    return Preview(columns, rows)


def _first(path: Path) -> pl.DataFrame:
    if path.suffix == ".parquet":
        return pl.scan_parquet(path).head(ROWS).collect()
    return pl.read_csv(path, n_rows=ROWS, infer_schema=False)


def _shown(column: str, row: Mapping[str, object]) -> Shown:
    value = row[column]
    if value is None:
        return Shown("")
    text = _text(value)
    short = text if len(text) <= LETTERS else f"{text[:LETTERS]}…"
    return Shown(short, _path(column, row), isinstance(value, int | Decimal) and column not in _NAMES)


def _text(value: object) -> str:
    match value:
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)


def _path(column: str, row: Mapping[str, object]) -> str | None:
    """Return the path of what a value names, None if it has no page of its own."""
    kind, source = _LEADS_TO.get(column, ("", ""))
    name = row.get(source)
    return f"/id/{kind}/{quote(str(name))}" if name else None


_NAMES: Final = frozenset({"year", "target_year", "number", "row", "valid_from", "ended"})
"""Columns of numbers that nobody adds up."""
_LEADS_TO: Final[Mapping[str, tuple[str, str]]] = {
    "id": ("goal", "id"),
    "goal": ("goal", "goal"),
    "carried_over_from": ("goal", "carried_over_from"),
    "department_label": ("department", "department"),
}
"""Columns whose values have a page: the kind of thing, and the column with its name."""
