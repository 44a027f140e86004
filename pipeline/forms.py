"""The three forms: their columns, and a file that is one.

The one place that knows them: the forms handed out, reading, exports, help pages and documentation follow.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict

Kind = Literal["submissions", "decisions", "progress"]
KINDS: Final[tuple[Kind, ...]] = ("submissions", "decisions", "progress")

Content = Literal["text", "list", "whole", "number", "percent", "year", "date", "product", "goal"]
"""What a column holds. ``list``: several texts separated by `;`. ``product``: the code of a product group."""


@dataclass(frozen=True)
class Field:
    """A column of a form: machine-readable alias, German header, and what clerks are told of it."""

    alias: str
    header: str
    content: Content
    meaning_de: str
    meaning_en: str
    example: str
    required: bool = False


FIELDS: Final[dict[Kind, tuple[Field, ...]]] = {
    "submissions": (
        Field(
            "number",
            "Lfd. Nr.",
            "whole",
            "Nummer des Ziels in dieser Datei, ab 1. Sie bleibt bei ihm; neue Ziele bekommen neue.",
            "Number of the goal in this file, from 1. It stays with it; new goals get new ones.",
            "3",
            required=True,
        ),
        Field(
            "product_group",
            "Produktgruppe",
            "product",
            "Schlüssel der Produktgruppe oder des Produkts. Gibt es keine: „keine: “ und der Grund.",
            "Code of the product group or product. If there is none: “keine: ” and the reason.",
            "11.14",
            required=True,
        ),
        Field(
            "title",
            "Ziel",
            "text",
            "Das Ziel in einem Satz.",
            "The goal in one sentence.",
            "Beschäftigte werden in interkultureller Öffnung geschult.",
            required=True,
        ),
        Field(
            "description",
            "Beschreibung",
            "text",
            "Was dafür getan wird, in einigen Sätzen.",
            "What is done for it, in a few sentences.",
            "Zwei Schulungen im Jahr für alle mit Kontakt zu Bürgerinnen und Bürgern.",
        ),
        Field(
            "action_field",
            "Handlungsfeld",
            "list",
            "Handlungsfeld des Plans, Schlüssel oder Bezeichnung; mehrere mit Semikolon getrennt.",
            "Action field of the plan, key or label; several separated by semicolons.",
            "Interkulturelle Öffnung",
            required=True,
        ),
        Field(
            "recommendation",
            "Handlungsempfehlung",
            "list",
            "Schlüssel der Handlungsempfehlung des Plans, auf die das Ziel antwortet; mehrere mit Semikolon.",
            "Key of the recommendation of the plan that the goal answers; several separated by semicolons.",
            "e1",
        ),
        Field(
            "target_group",
            "Zielgruppe",
            "list",
            "Wem das Ziel dient; mehrere mit Semikolon getrennt.",
            "Whom the goal serves; several separated by semicolons.",
            "Beschäftigte der Stadt",
        ),
        Field(
            "indicator",
            "Kennzahl",
            "text",
            "Woran man sieht, ob das Ziel erreicht ist.",
            "By what one sees whether the goal is attained.",
            "Anteil geschulter Beschäftigter",
        ),
        Field(
            "unit",
            "Einheit",
            "text",
            "Einheit der Kennzahl.",
            "Unit of the indicator.",
            "Prozent",
        ),
        Field(
            "baseline",
            "Ausgangswert",
            "number",
            "Wert der Kennzahl heute, als Zahl.",
            "Value of the indicator today, as a number.",
            "12,5",
        ),
        Field(
            "target",
            "Zielwert",
            "number",
            "Wert, der erreicht werden soll, als Zahl.",
            "Value to be attained, as a number.",
            "40",
        ),
        Field(
            "target_year",
            "Zieljahr",
            "year",
            "Jahr, in dem der Zielwert erreicht sein soll, vierstellig.",
            "Year by which the target is to be attained, four digits.",
            "2027",
        ),
        Field(
            "carried_over_from",
            "Übernommen aus",
            "goal",
            "Kennung des Ziels aus dem Vorjahr, das hier wieder aufgenommen wird.",
            "Id of the goal of the year before that is taken up again here.",
            "2014-kulturamt-03",
        ),
        Field(
            "note",
            "Bemerkung",
            "text",
            "Was sonst zu sagen ist; wird veröffentlicht.",
            "Whatever else is to be said; it is published.",
            "Gemeinsam mit dem Personalamt",
        ),
    ),
    "decisions": (
        Field(
            "goal",
            "Ziel",
            "goal",
            "Kennung des Ziels: Jahr, Amt, Nummer.",
            "Id of the goal: year, department, number.",
            "2014-kulturamt-03",
            required=True,
        ),
        Field(
            "outcome",
            "Ergebnis",
            "text",
            "Was entschieden oder vorgeschlagen wurde, aus der Liste.",
            "What was decided or proposed, from the list.",
            "ausgewählt",
            required=True,
        ),
        Field(
            "body",
            "Gremium",
            "list",
            "Wer entschieden hat, Schlüssel oder Name; mehrere mit Semikolon getrennt.",
            "Who decided, key or name; several separated by semicolons.",
            "Gemeinderat",
            required=True,
        ),
        Field(
            "date",
            "Datum",
            "date",
            "Tag der Entscheidung.",
            "Day of the decision.",
            "24.06.2013",
        ),
        Field(
            "paper",
            "Vorlage",
            "text",
            "Nummer oder Adresse der Vorlage.",
            "Number or address of the paper.",
            "40/123/2013",
        ),
        Field(
            "reason",
            "Begründung",
            "text",
            "Warum so entschieden wurde; wird veröffentlicht.",
            "Why it was decided so; it is published.",
            "Schwerpunkt des Jahres",
        ),
    ),
    "progress": (
        Field(
            "goal",
            "Ziel",
            "goal",
            "Kennung des Ziels: Jahr, Amt, Nummer.",
            "Id of the goal: year, department, number.",
            "2014-kulturamt-03",
            required=True,
        ),
        Field(
            "actual",
            "Istwert",
            "number",
            "Wert der Kennzahl am Stichtag, als Zahl.",
            "Value of the indicator on that day, as a number.",
            "31,5",
        ),
        Field(
            "attainment",
            "Zielerreichung",
            "text",
            "Wie weit das Ziel erreicht ist, aus der Liste.",
            "How far the goal is attained, from the list.",
            "teilweise erreicht",
            required=True,
        ),
        Field(
            "percent",
            "Prozent",
            "percent",
            "Zielerreichung in Prozent, 0 bis 100.",
            "Attainment in percent, 0 to 100.",
            "75",
        ),
        Field(
            "as_of",
            "Stand",
            "date",
            "Tag, an dem das galt.",
            "Day on which this held.",
            "31.12.2014",
        ),
        Field(
            "note",
            "Bemerkung",
            "text",
            "Was dazu zu sagen ist; wird veröffentlicht.",
            "What is to be said about it; it is published.",
            "Zweite Schulung folgt im Frühjahr",
        ),
    ),
}

INFORMATION: Final[dict[Kind, tuple[str, ...]]] = {
    "submissions": (),
    "decisions": ("Wortlaut", "Amt", "Produktgruppe"),
    "progress": ("Wortlaut", "Kennzahl", "Einheit", "Zielwert"),
}
"""Headers of columns that a prefilled form shows beside the goal's id. Reading passes over them."""

FORM_VERSION: Final = 1
IDENTITY_SHEET: Final = "stadtziele"
LISTS_SHEET: Final = "Listen"
INSTRUCTIONS_SHEET: Final = "Anleitung"
FINDINGS_SHEET: Final = "Befunde"
FORM_SHEETS: Final[dict[Kind, str]] = {
    "submissions": "Ziele",
    "decisions": "Entscheidungen",
    "progress": "Sachstand",
}
"""The sheets of the form that is handed out. `IDENTITY_SHEET` is hidden: pairs of name and value in its
columns A and B say which form it is (`FormIdentity`), so that a renamed file is still recognised."""


class FormIdentity(BaseModel):
    """What the hidden sheet of a form says of it: version, kind, budget year and department."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    form_version: int
    kind: Kind
    year: int
    department: str | None = None


def field_of(kind: Kind, alias: str) -> Field:
    """Return the field of a form by its alias; raises `StopIteration` for an unknown one."""
    return next(field for field in FIELDS[kind] if field.alias == alias)


def header_of(kind: Kind, alias: str) -> str:
    """Return the German header of a field; raises `StopIteration` for an unknown alias."""
    return field_of(kind, alias).header


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
