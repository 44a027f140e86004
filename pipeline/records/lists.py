"""A submitted file to its list of records: the whole way from bytes to typed rows."""

from collections.abc import Iterable, Iterator

from pydantic import BaseModel, ConfigDict

from ontology.errors import UnreadableFileError
from pipeline.findings.collecting import Collector
from pipeline.findings.models import Finding
from pipeline.forms import Kind, SubmittedFile
from pipeline.reading.grid import Sheets
from pipeline.reading.limits import Limits
from pipeline.reading.sheets import identity_of, read_sheets
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
        return holds_back(self.records, self.findings)


def holds_back(records: RecordList | None, findings: Iterable[Finding]) -> bool:
    """Tell whether a file is held back: it could not be read, or a finding is a violation."""
    return records is None or any(finding.blocks for finding in findings)


def read_file(file: SubmittedFile, data: bytes, limits: Limits = Limits()) -> ReadFile:  # noqa: B008
    """Return the records of a submitted file and the findings of reading it; raises nothing."""
    try:
        sheets = read_sheets(data, file.path, limits)
    except UnreadableFileError as error:
        finding = Finding.of(error.code, file.path, detail=error.detail, detail_en=error.detail_en)
        return ReadFile(path=file.path, records=None, findings=(finding,))
    return read_rows(file, sheets)


def read_rows(file: SubmittedFile, sheets: Sheets) -> ReadFile:
    """Return the records on the sheets of a submitted file and the findings of reading them."""
    found = Collector(file.path)
    found.add(_other_form(file, sheets))
    table, findings = read_table(sheets, path=file.path, kind=file.kind)
    found.add(findings)
    records = _list(file, table, found) if table else None
    return ReadFile(path=file.path, records=records, findings=found.findings)


def _other_form(file: SubmittedFile, sheets: Sheets) -> Iterator[Finding]:
    """Yield a finding where a form says of itself that it is for something else than its place."""
    form = identity_of(sheets.grids)
    if form is None:
        return
    said = _words(form.kind, form.year, form.department)
    lies = _words(file.kind, file.year, file.department)
    if said != lies:
        yield Finding.of("form-of-other-place", file.path, detail=said)


def _words(kind: Kind, year: int, department: str | None) -> str:
    return "/".join(str(part) for part in (kind, year, department) if part is not None)


def _list(file: SubmittedFile, table: Table, found: Collector) -> RecordList:
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
    match file.kind:
        case "submissions":
            return Submission(**common, department=department, records=goals(table, file.path, found))
        case "progress":
            return ProgressList(**common, department=department, records=progress(table, file.path, found))
        case "decisions":
            return DecisionList(**common, records=decisions(table, file.path, found))
