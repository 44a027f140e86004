"""The report on one file: its status and all that was found, in the order of its rows."""

from collections.abc import Iterable
from typing import Any, Final, Literal, Self

from pydantic import BaseModel, ConfigDict

from pipeline.findings.models import Finding
from pipeline.forms import Kind

Status = Literal["accepted", "accepted_with_warnings", "held_back", "unreadable"]

MOST_SHOWN: Final = 1_000
"""Findings that a report lists; the summary says how many more there are."""


class Summary(BaseModel):
    """How many rows were read, how much was found, and how many findings are left out of the list."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rows: int
    violations: int
    warnings: int
    left_out: int


class Report(BaseModel):
    """What `stadtziele check` and `/check` say of a file.

    `file` is its name as it was given. `kind`, `year` and `department` are None where nothing tells them.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    file: str
    status: Status
    kind: Kind | None
    year: int | None
    department: str | None
    findings: tuple[Finding, ...]
    summary: Summary

    @classmethod
    def of(
        cls,
        file: str,
        findings: Iterable[Finding],
        *,
        readable: bool,
        rows: int = 0,
        kind: Kind | None = None,
        year: int | None = None,
        department: str | None = None,
    ) -> Self:
        """Return the report on a file: what holds it back is listed first where not all can be."""
        found = list(findings)
        violations = sum(finding.blocks for finding in found)
        shown = sorted(found, key=lambda f: not f.blocks)[:MOST_SHOWN]
        return cls(
            file=file,
            status=_status(readable, violations, len(found)),
            kind=kind,
            year=year,
            department=department,
            findings=tuple(sorted(shown, key=_place)),
            summary=Summary(
                rows=rows,
                violations=violations,
                warnings=len(found) - violations,
                left_out=len(found) - len(shown),
            ),
        )

    def document(self, base: str) -> dict[str, Any]:
        """Return the report for programs; `base` is the address that help pages lie below."""
        head = self.model_dump(mode="json", exclude={"findings"})
        findings = [f.model_dump(exclude={"file"}) | {"help": base + f.help} for f in self.findings]
        return head | {"findings": findings, "summary": head["summary"]}


def _status(readable: bool, violations: int, findings: int) -> Status:  # noqa: FBT001 - a fact, no option
    if not readable:
        return "unreadable"
    if violations:
        return "held_back"
    return "accepted_with_warnings" if findings else "accepted"


def _place(finding: Finding) -> tuple[int, int, str, str]:
    """Order as one reads a sheet: what is about the whole file, then row by row, A before AA."""
    column = finding.column or ""
    return finding.row or 0, len(column), column, finding.code
