"""From a validation result back to the cell: which row, which column, what stands there."""

from collections.abc import Iterable, Sequence

from ontology.shapes import rules
from pipeline.findings.models import Finding
from pipeline.forms import header_of
from pipeline.mapping.documents import RecordNodes
from pipeline.records.models import DecisionList, ProgressList, Submission
from pipeline.validation.memory import Result

Cell = tuple[int | None, str | None, str | None]


class Tracer:
    """Leads results back to the cells of one file. `blocked` are the violations found in reading it."""

    def __init__(self, records: Submission | DecisionList | ProgressList, blocked: Iterable[Finding]) -> None:
        self.records = records
        self.cells = {record.row: record.cells for record in records.records}
        blocked = list(blocked)
        self.taken = {_cell(finding) for finding in blocked}
        self.missing = {finding.header for finding in blocked if finding.code == "column-missing"}

    def findings(self, group: Sequence[RecordNodes], results: Iterable[Result]) -> list[Finding]:
        """Return a finding for each row of a group of records that a result is about.

        One cell, one cause: a cell that could not be read and a column that is missing are reported
        already, and what is only a warning gives way to a violation in the same cell.
        """
        found = {
            self._finding(result, record.row)
            for result in results
            for record in group
            if any(node["id"] == result.focus for node in record.nodes)
        }
        violated = {_cell(finding) for finding in found if finding.blocks}
        return [
            finding
            for finding in found
            if _cell(finding) not in self.taken
            and (finding.column is not None or finding.header not in self.missing)
            and (finding.blocks or _cell(finding) not in violated)
        ]

    def _finding(self, result: Result, row: int) -> Finding:
        alias = rules()[result.code].field
        column = self.records.columns.get(alias) if alias else None
        value = self.cells.get(row, {}).get(alias) if alias else result.value
        return Finding.of(
            result.code,
            self.records.path,
            sheet=self.records.sheet,
            row=row,
            column=column.letter if column else None,
            header=column.header if column else self._expected_header(alias),
            value=value,
        )

    def _expected_header(self, alias: str | None) -> str | None:
        return header_of(self.records.kind, alias) if alias else None


def _cell(finding: Finding) -> Cell:
    return finding.row, finding.column, finding.header
