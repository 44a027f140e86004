"""Checking one file: read, recorded, judged, compared with what is published; a report comes out."""

import hashlib
import unicodedata
from pathlib import Path
from typing import Final

from ontology.errors import UnreadableFileError
from pipeline.check.place import Purpose, purpose_of
from pipeline.check.surroundings import Surroundings
from pipeline.findings.models import Finding
from pipeline.findings.report import Report
from pipeline.forms import SubmittedFile
from pipeline.intake.opening import read_whole
from pipeline.intake.places import Place, printable
from pipeline.quarantine.corrections import compare
from pipeline.reading.limits import Limits
from pipeline.reading.sheets import read_sheets
from pipeline.records.lists import ReadFile, read_rows
from pipeline.records.models import Submission
from pipeline.validation.comparisons import compare_rows
from pipeline.validation.judge import judge
from pipeline.validation.memory import Memory
from pipeline.validation.suggestions import with_suggestions

SAID_NOTHING: Final = Purpose()


def check_path(path: Path, around: Surroundings, said: Purpose = SAID_NOTHING) -> Report:
    """Return what is found in a file; raises nothing for what the file may be."""
    try:
        data = read_whole(path, around.settings.file_bytes)
    except UnreadableFileError as error:
        return unreadable(shown_name(str(path)), error)
    return check_file(str(path), data, around, said)


def check_file(name: str, data: bytes, around: Surroundings, said: Purpose = SAID_NOTHING) -> Report:
    """Return what is found in the content of a file. `name` is its path as given, `said` what it is for."""
    shown = shown_name(name)
    try:
        sheets = read_sheets(data, name, Limits.of(around.settings))
    except UnreadableFileError as error:
        return unreadable(shown, error)
    purpose = purpose_of(name, sheets, said, around.departments)
    read = read_rows(_submitted(shown, purpose, data), sheets) if purpose.kind else None
    del sheets  # the records have what is needed, and a large sheet fills the memory
    findings = list(read.findings) if read else []
    if purpose.place is None:
        detail, english = (", ".join(purpose.missing(language)) for language in (0, 1))
        findings.append(Finding.of("form-place-unknown", shown, detail=detail, detail_en=english))
    elif read:
        findings = _judged(read, purpose.place, around)
    return Report.of(
        shown,
        findings,
        readable=True,
        rows=len(read.records.records) if read and read.records else 0,
        kind=purpose.kind,
        year=purpose.year,
        department=purpose.department,
    )


def shown_name(name: str) -> str:
    """Return the name of a file as it can be shown: in one Unicode form, without control characters."""
    text = unicodedata.normalize("NFC", printable(name))
    return "".join(character if character.isprintable() else "�" for character in text)[-200:] or "?"


def _judged(read: ReadFile, place: Place, around: Surroundings) -> list[Finding]:
    """Return all findings of a file that was read: those of reading it, and what it is judged for."""
    records = read.records
    if records is None:
        return list(read.findings)
    former = around.former(place)
    findings: list[Finding] = []
    if isinstance(records, Submission) and (former is None or isinstance(former, Submission)):
        findings += compare(records, former, around.history(place))
    found = (*read.findings, *findings, *compare_rows(around.city, records))
    known = around.known(place)
    judged = judge(around.city, records, known=known, read_findings=found, memory=Memory())
    return with_suggestions([*found, *judged], around.city, records, known)


def _submitted(shown: str, purpose: Purpose, data: bytes) -> SubmittedFile:
    assert purpose.kind is not None  # noqa: S101 - for the type checker; the caller has looked
    return SubmittedFile(
        path=shown,
        kind=purpose.kind,
        year=purpose.year or 0,
        department=purpose.department,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
    )


def unreadable(name: str, error: UnreadableFileError) -> Report:
    """Return the report on a file that cannot be read at all."""
    finding = Finding.of(error.code, name, detail=error.detail, detail_en=error.detail_en)
    return Report.of(name, [finding], readable=False)
