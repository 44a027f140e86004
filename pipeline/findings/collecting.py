"""Collecting findings without end: the first ones are kept, the others counted.

A file of 100,000 rows may be wrong in each of them. Nobody reads so many findings, and they would not fit
into memory; but none is dropped without being counted, and a violation is never crowded out by warnings.
"""

from collections import Counter
from collections.abc import Iterable
from typing import Final

from ontology.shapes import Severity
from pipeline.findings.models import Finding

MOST_KEPT: Final = 5_000
"""Findings of each severity that are kept of a file."""


class Collector:
    """The findings of one file."""

    def __init__(self, file: str, most: int = MOST_KEPT) -> None:
        self._file = file
        self._most = most
        self._kept: list[Finding] = []
        self._counts: Counter[Severity] = Counter()

    def add(self, findings: Iterable[Finding]) -> None:
        """Keep findings, or count them where there are too many already."""
        for finding in findings:
            self._counts[finding.severity] += 1
            if self._counts[finding.severity] <= self._most:
                self._kept.append(finding)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """Return what was kept, and as the last one how many more there were."""
        more = self._counts.total() - len(self._kept)
        if not more:
            return tuple(self._kept)
        return (*self._kept, Finding.of("findings-left-out", self._file, detail=str(more)))
