"""Folding: the same thing in many rows is told once, with all its rows."""

from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.findings.models import Finding


@dataclass(frozen=True)
class Folded:
    """One finding for all rows in which it was found; `values` are what stands there, each once."""

    finding: Finding
    rows: tuple[int, ...]
    values: tuple[str, ...]

    def rows_text(self) -> str:
        """Return the rows as people write them: ``12–60, 71``."""
        return ", ".join(f"{a}–{b}" if a != b else str(a) for a, b in _runs(self.rows))


def fold(findings: Iterable[Finding]) -> list[Folded]:
    """Return findings with those that differ only in row and value put together, in the given order."""
    together: dict[Finding, list[Finding]] = {}
    for finding in findings:
        together.setdefault(finding.model_copy(update={"row": None, "value": None}), []).append(finding)
    return [
        Folded(
            same[0],
            tuple(sorted({f.row for f in same if f.row is not None})),
            tuple(dict.fromkeys(f.value for f in same if f.value)),
        )
        for same in together.values()
    ]


def _runs(rows: tuple[int, ...]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
