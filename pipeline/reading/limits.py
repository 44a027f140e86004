"""How much a submitted file may ask for, so that no file can exhaust the machine."""

from dataclasses import dataclass
from typing import Final

from ontology.settings import Settings

MOST_CELLS: Final = 2_500_000
"""Cells of the rectangle that a sheet spans, empty ones included: so many are held in memory."""


@dataclass(frozen=True)
class Limits:
    """The most rows and columns of a sheet, and the most bytes that a workbook may unpack to."""

    rows: int = 150_000
    columns: int = 200
    unpacked_bytes: int = 300_000_000

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that the settings name."""
        return cls(settings.form_rows, settings.form_columns, settings.form_unpacked_bytes)
