"""The words of reports that all forms share, in German and English."""

from typing import Final, Literal

from ontology.shapes import Severity
from pipeline.findings.folding import Folded
from pipeline.findings.report import Status

Language = Literal["de", "en"]

STATUS: Final[dict[Status, tuple[str, str]]] = {
    "accepted": ("angenommen", "accepted"),
    "accepted_with_warnings": ("angenommen mit Hinweisen", "accepted with warnings"),
    "held_back": ("zurückgehalten", "held back"),
    "unreadable": ("nicht lesbar", "unreadable"),
}
SEVERITY: Final[dict[Severity, tuple[str, str]]] = {
    "violation": ("Verstoß", "violation"),
    "warning": ("Hinweis", "warning"),
}
SIGNS: Final[dict[Severity, str]] = {"violation": "✗", "warning": "!"}
SHOWN_VALUE: Final = 60
MOST_VALUES: Final = 3


def place_of(folded: Folded, language: Language = "de") -> str:
    """Return where something was found, as people say it: ``K4``, ``Spalte K, Zeilen 12–60``, ``Zeile 3``."""
    column = folded.finding.column
    rows = folded.rows_text()
    if column and len(folded.rows) == 1:
        return f"{column}{rows}"
    one, many, of_column = ("Zeile", "Zeilen", "Spalte") if language == "de" else ("row", "rows", "column")
    parts = [f"{of_column} {column}"] if column else []
    if rows:
        parts.append(f"{one if len(folded.rows) == 1 else many} {rows}")
    return ", ".join(parts)


def values_of(folded: Folded) -> str:
    """Return what stands in the cells, shortened and safe to show: no control characters."""
    shown = [_shown(value) for value in folded.values[:MOST_VALUES]]
    return " · ".join(shown) + (" · …" if len(folded.values) > MOST_VALUES else "")


def _shown(value: str) -> str:
    text = "".join(character if character.isprintable() else " " for character in value)
    return f"{text[:SHOWN_VALUE]}…" if len(text) > SHOWN_VALUE else text
