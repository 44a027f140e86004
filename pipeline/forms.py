"""The columns of the three forms: alias, German header, whether it has to be there.

The one place that knows them; forms, reading, exports and documentation follow.
"""

from dataclasses import dataclass
from typing import Final, Literal

Kind = Literal["submissions", "decisions", "progress"]
KINDS: Final[tuple[Kind, ...]] = ("submissions", "decisions", "progress")


@dataclass(frozen=True)
class Field:
    """A column of a form: machine-readable alias, German header, and whether it is required."""

    alias: str
    header: str
    required: bool = False


FIELDS: Final[dict[Kind, tuple[Field, ...]]] = {
    "submissions": (
        Field("number", "Lfd. Nr.", required=True),
        Field("product_group", "Produktgruppe", required=True),
        Field("title", "Ziel", required=True),
        Field("description", "Beschreibung"),
        Field("action_field", "Handlungsfeld", required=True),
        Field("recommendation", "Handlungsempfehlung"),
        Field("target_group", "Zielgruppe"),
        Field("indicator", "Kennzahl"),
        Field("unit", "Einheit"),
        Field("baseline", "Ausgangswert"),
        Field("target", "Zielwert"),
        Field("target_year", "Zieljahr"),
        Field("carried_over_from", "Übernommen aus"),
        Field("note", "Bemerkung"),
    ),
    "decisions": (
        Field("goal", "Ziel", required=True),
        Field("outcome", "Ergebnis", required=True),
        Field("body", "Gremium", required=True),
        Field("date", "Datum"),
        Field("paper", "Vorlage"),
        Field("reason", "Begründung"),
    ),
    "progress": (
        Field("goal", "Ziel", required=True),
        Field("actual", "Istwert"),
        Field("attainment", "Zielerreichung", required=True),
        Field("percent", "Prozent"),
        Field("as_of", "Stand"),
        Field("note", "Bemerkung"),
    ),
}


def header_of(kind: Kind, alias: str) -> str:
    """Return the German header of a field; raises `StopIteration` for an unknown alias."""
    return next(field.header for field in FIELDS[kind] if field.alias == alias)
