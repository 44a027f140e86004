"""The tables as CSV and Parquet: each list of a year, all years together, and the statistics.

The goals of a budget year are a dataset of their own, so they have a Parquet file too.
"""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl

from ontology.columns import TABLES, Table, resolve, table_of
from ontology.csvtext import csv_text
from pipeline.exports.codelists import code_list_rows
from pipeline.exports.plan import plan_rows
from pipeline.exports.rows import LISTS, SCHEMAS, Row, rows
from pipeline.exports.statistics import statistics_rows
from pipeline.masterdata import Masterdata
from pipeline.quarantine.models import CheckedYear
from pipeline.statistics.counting import Counts, latest_attainment

Tables = dict[str, list[Row]]
"""Rows by name of a table: the table itself, or one year of it (``goals-2014``)."""


def tables(city: Masterdata, years: Iterable[CheckedYear], counts: Counts) -> Tables:
    """Return all tables; those of a year only where it has rows."""
    years = list(years)
    found: Tables = {name: [] for name in LISTS}
    attainment = latest_attainment(years)
    for year in years:
        for name, content in rows(city, year, attainment).items():
            found[name] += content
            if content:
                found[f"{name}-{year.year}"] = content
    found["statistics"] = list(statistics_rows(city, counts))
    found["plan"] = list(plan_rows(city))
    found["code-lists"] = list(code_list_rows(city))
    return found


def write_tables(folder: Path, city: Masterdata, found: Mapping[str, Sequence[Row]]) -> None:
    """Write `csv/<name>.csv` and `parquet/<name>.parquet` below `folder`.

    Of the years of a table only goals have a Parquet file: the others are small parts of one dataset.
    """
    for name, content in found.items():
        table = table_of(name)
        _write_csv(folder / "csv" / f"{name}.csv", table, content)
        if name == table or table == "goals":
            _write_parquet(folder / "parquet" / f"{name}.parquet", city, table, content)


def _write_csv(path: Path, table: str, content: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")  # RFC 4180
        writer.writerow(SCHEMAS[table])
        writer.writerows([csv_text(row.get(column)) for column in SCHEMAS[table]] for row in content)


def _write_parquet(path: Path, city: Masterdata, table: str, content: Sequence[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    schema = SCHEMAS[table]
    columns = {name: [_fitting(row.get(name), schema[name]) for row in content] for name in schema}
    frame = pl.DataFrame(columns, schema=schema)
    frame.write_parquet(path, compression="zstd", metadata=parquet_metadata(city, TABLES[table]))


def parquet_metadata(city: Masterdata, table: Table) -> dict[str, str]:
    """Return what a Parquet file says of itself, by key: title, licence, and of each column as JSON.

    `columns` is a JSON object: name of the column to its title and description in German and English, and
    the IRI of the property that the column stands for, where there is one.
    """
    facts, notice = city.facts, city.organisation.notice
    columns = {
        column.name: {
            "title": column.title.model_dump(),
            "description": column.description.model_dump(),
            **({"property": resolve(column.meaning.property, "")} if column.meaning else {}),
        }
        for column in table.columns
    }
    found = {
        "title": table.title.de,
        "title_en": table.title.en,
        "description": table.description.de,
        "description_en": table.description.en,
        "licence": facts.licence.iri,
        "attribution": facts.licence.attribution,
        "source": " ".join(facts.sources),
        "notice": notice.de if notice else "",
        "columns": json.dumps(columns, ensure_ascii=False),
    }
    return {key: text for key, text in found.items() if text}


def _fitting(value: Any, kind: pl.DataType) -> Any:
    """Return a value as its column can hold it: numbers with as many decimals as that has."""
    if isinstance(value, Decimal) and isinstance(kind, pl.Decimal):
        return round(value, kind.scale)
    return value
