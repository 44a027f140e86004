"""Each released list as the form that it came from (CSV), to be edited and handed in again.

Written as German spreadsheets read it: semicolons, decimal commas, a byte order mark. What is read back
is what was released; `tests/pipeline/exports/test_forms.py` holds both sides together.
"""

import csv
import datetime
import io
from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from ontology.csvtext import disarm
from pipeline.forms import FIELDS
from pipeline.quarantine.models import CheckedYear
from pipeline.records.models import Goal, RecordList
from pipeline.records.models import Record as AnyRecord

FOLDER: Final = "forms"


def write_forms(folder: Path, years: Iterable[CheckedYear]) -> None:
    """Write `forms/<kind>/<year>[/<department>].csv` below `folder` for each released list."""
    for year in years:
        for records in year.released:
            name = f"{records.year}/{records.department}" if records.department else str(records.year)
            path = folder / FOLDER / records.kind / f"{name}.csv"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(form_csv(records))


def form_csv(records: RecordList) -> bytes:
    """Return a list of records as the CSV of its form, in UTF-8 with byte order mark."""
    fields = FIELDS[records.kind]
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([field.header for field in fields])
    for record in records.records:
        writer.writerow([_cell(record, field.alias) for field in fields])
    return text.getvalue().encode("utf-8-sig")


def _cell(record: AnyRecord, alias: str) -> str:
    if alias == "product_group" and isinstance(record, Goal) and record.no_product_group_reason:
        return f"keine: {record.no_product_group_reason}"
    return _text(getattr(record, alias))


def _text(value: Any) -> str:
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value:f}".replace(".", ",")
        case datetime.date():
            return f"{value:%d.%m.%Y}"
        case tuple():
            return disarm("; ".join(value))
        case str():
            return disarm(value)
        case _:
            return str(value)
