"""Tables with their texts exactly as they are, for processors of CSV on the Web: `csv/exact/<name>.csv`.

In the CSV files for people an apostrophe stands before what a spreadsheet would run as a formula, and a
processor would make literals with it that are not in the graph. So a table with such a text has a second
file, of which the triples are made. No page and no catalogue leads people there.
"""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from ontology.columns import table_of
from ontology.csvtext import disarm, exact_text
from pipeline.exports.rows import SCHEMAS

EXACT: Final = "exact"
"""The folder in that of the CSV files."""


def has_formulas(rows: Sequence[Mapping[str, Any]]) -> bool:
    """Tell whether a text of a table has an apostrophe before it in the CSV file for people."""
    texts = (value for row in rows for value in row.values() if isinstance(value, str))
    return any(disarm(text) != text for text in texts)


def write_exact(folder: Path, tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write the files of the tables with formulas below `folder`, that of a release."""
    for name, rows in tables.items():
        if has_formulas(rows):
            path = folder / "csv" / EXACT / f"{name}.csv"
            path.parent.mkdir(exist_ok=True)
            _write(path, list(SCHEMAS[table_of(name)]), rows)


def _write(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([exact_text(row.get(column)) for column in columns] for row in rows)
