"""The tables as CSV for each budget year and as Parquet over all years."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from ontology.csvtext import csv_text
from pipeline.exports.rows import SCHEMAS, Row, rows
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.statistics.counting import latest_attainment


def write_tables(folder: Path, city: Masterdata, years: Iterable[CheckedYear]) -> None:
    """Write `csv/<table>-<year>.csv` and `parquet/<table>.parquet` below `folder`."""
    together: dict[str, list[Row]] = {name: [] for name in SCHEMAS}
    years = list(years)
    attainment = latest_attainment(years)
    for year in years:
        for name, content in rows(city, year, attainment).items():
            together[name] += content
            if content:
                _write_csv(folder / "csv" / f"{name}-{year.year}.csv", name, content)
    for name, content in together.items():
        _write_parquet(folder / "parquet" / f"{name}.parquet", name, content)


def _write_csv(path: Path, table: str, content: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
        writer.writerow(SCHEMAS[table])
        writer.writerows([csv_text(row.get(column)) for column in SCHEMAS[table]] for row in content)


def _write_parquet(path: Path, table: str, content: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = SCHEMAS[table]
    columns = {name: [_fitting(row.get(name), schema[name]) for row in content] for name in schema}
    pl.DataFrame(columns, schema=schema).write_parquet(path, compression="zstd")


def _fitting(value: Any, kind: pl.DataType) -> Any:
    """Return a value as its column can hold it: numbers with as many decimals as that has."""
    if isinstance(value, Decimal) and isinstance(kind, pl.Decimal):
        return round(value, kind.scale)
    return value
