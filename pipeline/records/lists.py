"""A submitted file to its list of records: the whole way from bytes to typed rows."""

from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict

from pipeline.findings.models import Finding
from pipeline.forms import Kind
from pipeline.reading.table import Table, read_table
from pipeline.records.models import (
    ColumnPlace,
    DecisionList,
    ProgressList,
    RecordList,
    Submission,
)
from pipeline.records.rows import decisions, goals, progress


@dataclass(frozen=True)
class FileFacts:
    """What is known of a submitted file before it is read. `path` lies below the raw folder."""

    path: str
    kind: Kind
    year: int
    department: str | None
    sha256: str
    bytes: int
    source: str | None = None


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


def read_file(facts: FileFacts, data: bytes) -> ReadFile:
    """Return the records of a submitted file and the findings of reading it; raises nothing."""
    table, findings = read_table(data, path=facts.path, kind=facts.kind)
    if table is None:
        return ReadFile(path=facts.path, records=None, findings=tuple(findings))
    records, more = _list(facts, table)
    return ReadFile(path=facts.path, records=records, findings=(*findings, *more))


def _list(facts: FileFacts, table: Table) -> tuple[RecordList, list[Finding]]:
    common = {
        "path": facts.path,
        "year": facts.year,
        "sha256": facts.sha256,
        "bytes": facts.bytes,
        "source": facts.source,
        "sheet": table.sheet,
        "columns": {
            name: ColumnPlace(letter=column.letter, header=column.header)
            for name, column in table.columns.items()
        },
    }
    department = facts.department or ""
    if facts.kind == "submissions":
        goal_rows, findings = goals(table, facts.path)
        return Submission(**common, department=department, records=goal_rows), findings
    if facts.kind == "progress":
        progress_rows, findings = progress(table, facts.path)
        return ProgressList(**common, department=department, records=progress_rows), findings
    decision_rows, findings = decisions(table, facts.path)
    return DecisionList(**common, records=decision_rows), findings
