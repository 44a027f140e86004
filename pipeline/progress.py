"""Telling people how far a long run is."""

from typing import Protocol


class Reporter(Protocol):
    """Receives what is being done; a terminal, Dagster's log or nobody shows it."""

    def __call__(self, stage: str, item: str) -> None:
        """Say that a stage (``intake``, ``read``, …) now works on an item (a file, a year)."""


def silent(stage: str, item: str) -> None:
    """Report to nobody."""
