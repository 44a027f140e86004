"""What became of the goals (Sachstand)."""

from typing import Final

from ontology.columns.model import Meaning, Reference, Table
from ontology.columns.shared import (
    ABOUT,
    IN_YEAR,
    ORIGIN,
    coded,
    column,
    department,
    of_goal,
    text,
    types,
    year,
)

PROGRESS: Final = Table(
    name="progress",
    title=text("Sachstand", "Progress"),
    description=text("Was aus den Zielen geworden ist.", "What became of the goals."),
    key=("file", "row"),
    about="id/progress/{goal}/{year}/{as_of_key}",
    constants=(*types("sz:ProgressReport", "prov:Entity"), IN_YEAR),
    references=(Reference("goal", "goals", "id"),),
    columns=(
        of_goal(ABOUT),
        year(),
        department(
            ("Schlüssel des Amts, das berichtet.", "Key of the department that reports."), is_key=False
        ),
        column(
            "actual",
            "decimal",
            ("Istwert", "Actual value"),
            ("Wert der Kennzahl am Stichtag.", "Value of the indicator on that day."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{goal}/actual/{year}/{as_of_key}"),
        ),
        *coded(
            "attainment",
            "AttainmentStates",
            ("Zielerreichung", "Attainment"),
            ("Wie weit das Ziel erreicht ist.", "How far the goal is attained."),
            Meaning("sz:attainment", value="sz:attainment-{attainment_key}"),
            required=True,
        ),
        column(
            "percent",
            "decimal",
            ("Prozent", "Percent"),
            ("Zielerreichung in Prozent, 0 bis 100.", "Attainment in percent, 0 to 100."),
            Meaning("sz:percent"),
            digits=(9, 4),
        ),
        column(
            "as_of",
            "date",
            ("Stand", "As of"),
            ("Tag, an dem das galt.", "Day on which this held."),
            Meaning("dct:valid"),
        ),
        column(
            "as_of_key",
            "text",
            ("Stand (Schlüssel)", "As of (key)"),
            ("Der Tag, oder undated, wo keiner genannt ist.", "The day, or undated where none is named."),
            required=True,
            is_key=True,
        ),
        column(
            "note",
            "text",
            ("Bemerkung", "Note"),
            ("Was dazu zu sagen ist.", "What is to be said about it."),
            Meaning("skos:note", language="de"),
        ),
        *ORIGIN,
    ),
)
