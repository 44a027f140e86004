"""The accepted records and the findings as JSON; the next run reads the records as "last good"."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

from pydantic import TypeAdapter, ValidationError

from ontology.contract import FINDINGS
from ontology.errors import ReleaseError
from pipeline.findings.models import Finding
from pipeline.quarantine.models import CheckedYear, FileKey, Histories, LastGood, key_of
from pipeline.records.models import FileHistory, RecordList

FOLDER: Final = "records"
HISTORY: Final = "history"
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
            raise _of_another_version(path) from error
        last_good[key_of(records)] = records
    return last_good


def write_histories(folder: Path, years: Iterable[CheckedYear]) -> None:
    """Write each history to `history/<kind>/<year>[/<department>].json` below `folder`."""
    for year in years:
        for history in year.histories:
            name = f"{history.year}/{history.department}" if history.department else history.year
            path = folder / HISTORY / history.kind / f"{name}.json"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(history.model_dump_json(indent=1) + "\n", encoding="utf-8")


def read_histories(release: Path) -> Histories:
    """Return the histories that a release keeps. Raises `ReleaseError`."""
    histories: Histories = {}
    for path in sorted((release / HISTORY).rglob("*.json")):
        try:
            history = FileHistory.model_validate_json(path.read_bytes())
        except ValidationError as error:
            raise _of_another_version(path) from error
        histories[FileKey(history.kind, history.year, history.department)] = history
    return histories


def _of_another_version(path: Path) -> ReleaseError:
    return ReleaseError(
        f"{path} is not what this version writes; roll back to another release "
        "or publish into an empty folder."
    )


def write_findings(folder: Path, findings: Iterable[Finding]) -> None:
    """Write all findings of a release."""
    content = [finding.model_dump() for finding in findings]
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / FINDINGS).write_text(text, encoding="utf-8")
