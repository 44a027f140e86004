"""A submitted file to its list of records: the whole way from bytes to typed rows."""

from pydantic import BaseModel, ConfigDict

from pipeline.findings.models import Finding
from pipeline.forms import SubmittedFile
from pipeline.reading.table import Table, read_table
from pipeline.records.models import (
    ColumnPlace,
    DecisionList,
    ProgressList,
    RecordList,
    Submission,
)
from pipeline.records.rows import decisions, goals, progress


class ReadFile(BaseModel):
    """A file that was read: its records, if it could be read at all, and what is wrong with it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    records: RecordList | None
    findings: tuple[Finding, ...]

    @property
    def blocked(self) -> bool:
        """Tell whether a finding holds the file back."""
        return self.records is None or any(finding.blocks for finding in self.findings)


def read_file(file: SubmittedFile, data: bytes) -> ReadFile:
    """Return the records of a submitted file and the findings of reading it; raises nothing."""
    table, findings = read_table(data, path=file.path, kind=file.kind)
    if table is None:
        return ReadFile(path=file.path, records=None, findings=tuple(findings))
    records, more = _list(file, table)
    return ReadFile(path=file.path, records=records, findings=(*findings, *more))


def _list(file: SubmittedFile, table: Table) -> tuple[RecordList, list[Finding]]:
    common = {
        "path": file.path,
        "year": file.year,
        "sha256": file.sha256,
        "bytes": file.bytes,
        "source": file.source,
        "sheet": table.sheet,
        "columns": {
            name: ColumnPlace(letter=column.letter, header=column.header)
            for name, column in table.columns.items()
        },
    }
    department = file.department or ""
    if file.kind == "submissions":
        goal_rows, findings = goals(table, file.path)
        return Submission(**common, department=department, records=goal_rows), findings
    if file.kind == "progress":
        progress_rows, findings = progress(table, file.path)
        return ProgressList(**common, department=department, records=progress_rows), findings
    decision_rows, findings = decisions(table, file.path)
    return DecisionList(**common, records=decision_rows), findings
