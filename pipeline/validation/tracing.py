"""From a validation result back to the cell: which row, which column, what stands there."""

from collections import defaultdict
from collections.abc import Iterable

from ontology.shapes import rules
from pipeline.findings.models import Finding
from pipeline.forms import header_of
from pipeline.mapping.documents import Document
from pipeline.records.models import DecisionList, ProgressList, Submission
from pipeline.validation.memory import Result


class Tracer:
    """Knows the rows that each node of a document came from."""

    def __init__(self, document: Document, records: Submission | DecisionList | ProgressList) -> None:
        self.records = records
        self.rows: dict[str, set[int]] = defaultdict(set)
        for record in document.records:
            for node in record.nodes:
                self.rows[node["id"]].add(record.row)
        self.cells = {record.row: record.cells for record in records.records}

    def findings(self, results: Iterable[Result], blocked: Iterable[Finding]) -> list[Finding]:
        """Return a finding for each row that a result is about.

        One cell, one cause: a cell that could not be read and a column that is missing are reported
        already, and what is only a warning gives way to a violation in the same cell.
        """
        found = {self._finding(result, row) for result in results for row in self.rows.get(result.focus, {0})}
        taken = {_cell(f) for f in blocked}
        missing = {f.header for f in blocked if f.code == "column-missing"}
        violated = {_cell(f) for f in found if f.blocks}
        kept = [
            f
            for f in found
            if _cell(f) not in taken
            and (f.column is not None or f.header not in missing)
            and (f.blocks or _cell(f) not in violated)
        ]
        return sorted(kept, key=lambda f: (f.row or 0, f.column or "", f.code))

    def _finding(self, result: Result, row: int) -> Finding:
        alias = rules()[result.code].field
        column = self.records.columns.get(alias) if alias else None
        value = self.cells.get(row, {}).get(alias) if alias else result.value
        return Finding.of(
            result.code,
            self.records.path,
            sheet=self.records.sheet,
            row=row or None,
            column=column.letter if column else None,
            header=column.header if column else self._expected_header(alias),
            value=value,
        )

    def _expected_header(self, alias: str | None) -> str | None:
        return header_of(self.records.kind, alias) if alias else None


def _cell(finding: Finding) -> tuple[int | None, str | None, str | None]:
    return finding.row, finding.column, finding.header
