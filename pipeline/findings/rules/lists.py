"""Rules that compare the rows of one list with each other."""

from typing import Final

from ontology.shapes import Rule

RULES: Final = (
    Rule(
        "decision-contradicts",
        "violation",
        "Dasselbe Gremium hat zu diesem Ziel auch anders entschieden (Zeile {detail}), und welche "
        "Entscheidung später fiel, ist nicht zu erkennen.",
        "The same body has also decided otherwise about this goal (row {detail}), and which decision came "
        "later cannot be told.",
        "Löschen Sie die falsche Zeile, oder tragen Sie bei beiden das Datum ein: Die spätere gilt.",
        "Delete the wrong row, or enter the date in both: the later one holds.",
    ),
)
