"""What settling a year comes out with."""

from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from ontology.contract import InputFile, YearCounts
from pipeline.findings.models import Finding
from pipeline.forms import Kind
from pipeline.records.models import FileHistory, RecordList
from pipeline.validation.known import KnownGoals


class FileKey(NamedTuple):
    """What a submitted file is for; a later file for the same replaces it."""

    kind: Kind
    year: int
    department: str | None


LastGood = dict[FileKey, RecordList]
"""What the current release published, by what it was for."""


Histories = dict[FileKey, FileHistory]
"""The histories that the current release keeps, by what the file is for."""


def key_of(records: RecordList) -> FileKey:
    """Return what a list of records is for."""
    return FileKey(records.kind, records.year, records.department)


class CheckedYear(BaseModel):
    """A budget year, settled: what is released of it, and what was found.

    `states` are the selection states of the released goals and of withdrawn ones, `histories` those of
    the year's files; `known` are all goals handed in up to this year, held back ones included.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    year: int
    released: tuple[RecordList, ...]
    inputs: tuple[InputFile, ...]
    findings: tuple[Finding, ...]
    counts: YearCounts
    states: dict[str, str]
    histories: tuple[FileHistory, ...] = ()
    known: KnownGoals
