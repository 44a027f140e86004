"""The accepted records and the findings as JSON; the next run reads the records as "last good"."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ontology.contract import FINDINGS
from ontology.errors import ReleaseError
from pipeline.findings.models import Finding
from pipeline.quarantine.models import CheckedYear, LastGood, key_of
from pipeline.records.models import RecordList

FOLDER: Final = "records"
_RECORDS: Final[TypeAdapter[RecordList]] = TypeAdapter(RecordList)


def write_records(folder: Path, years: Iterable[CheckedYear]) -> None:
    """Write each released list to `records/<kind>/<year>[/<department>].json` below `folder`."""
    for year in years:
        for records in year.released:
            name = f"{records.year}/{records.department}" if records.department else records.year
            path = folder / FOLDER / records.kind / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            content = _RECORDS.dump_json(records, indent=1, exclude_defaults=False)
            path.write_bytes(content + b"\n")


def read_last_good(release: Path) -> LastGood:
    """Return what a release published, by what it was for. Raises `ReleaseError`."""
    last_good: LastGood = {}
    for path in sorted((release / FOLDER).rglob("*.json")):
        try:
            records = _RECORDS.validate_json(path.read_bytes())
        except ValidationError as error:
            raise ReleaseError(
                f"{path} is not what this version writes; roll back to another release "
                "or publish into an empty folder."
            ) from error
        last_good[key_of(records)] = records
    return last_good


def write_findings(folder: Path, findings: Iterable[Finding]) -> None:
    """Write all findings of a release."""
    content = [finding.model_dump() for finding in findings]
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / FINDINGS).write_text(text, encoding="utf-8")
