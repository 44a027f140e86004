"""The three forms: their columns (alias, German header, whether required), and a file that is one.

The one place that knows them; forms, reading, exports and documentation follow.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

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


class SubmittedFile(BaseModel):
    """A file that was handed in, as far as it is known without reading it.

    `path` lies below the raw folder; `sha256` and `bytes` are of its content; `source` is the URL it was
    fetched from, if it was.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    kind: Kind
    year: int
    department: str | None
    sha256: str
    bytes: int
    source: str | None = None
