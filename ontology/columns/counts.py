"""How many goals there are (Statistik): the numbers of the data cube as rows."""

from typing import Final

from ontology.columns.model import Meaning, Table
from ontology.columns.shared import coded, column, notice, text, types, year

STATISTICS: Final = Table(
    name="statistics",
    title=text("Statistik der Ziele", "Statistics of the goals"),
    description=text(
        "Wie viele Ziele es gibt, nach Haushaltsjahr, Auswahl und Zielerreichung, insgesamt und nach "
        "Produktbereich, Produktgruppe, Amt und Handlungsfeld.",
        "How many goals there are, by budget year, selection and attainment, overall and by product area, "
        "product group, department and action field.",
    ),
    key=("year", "breakdown", "code", "selection_state", "attainment"),
    about="id/count/{+observation}",
    constants=(*types("qb:Observation"), Meaning("qb:dataSet", value="dataset/statistics")),
    columns=(
        year(Meaning("sz:year")),
        column(
            "breakdown",
            "text",
            ("Aufteilung", "Breakdown"),
            (
                "Wonach aufgeteilt ist: overall (gar nicht), by-area (Produktbereich), by-product-group "
                "(Produktgruppe), by-department (Amt), by-action-field (Handlungsfeld).",
                "What it is broken down by: overall (nothing), by-area (product area), by-product-group, "
                "by-department, by-action-field.",
            ),
            required=True,
        ),
        column(
            "code",
            "text",
            ("Schlüssel", "Code"),
            (
                "Schlüssel des Bereichs, der Gruppe, des Amts oder des Handlungsfelds.",
                "Code of the area, group, department or action field.",
            ),
        ),
        column("label", "text", ("Bezeichnung", "Label"), ("Wie es heißt.", "What it is called.")),
        *coded(
            "selection_state",
            "SelectionStates",
            ("Stand der Auswahl", "Selection state"),
            ("Ob die Ziele ausgewählt wurden.", "Whether the goals were selected."),
            Meaning("sz:countedState", value="sz:state-{selection_state_key}"),
            required=True,
        ),
        *coded(
            "attainment",
            "AttainmentStates",
            ("Zielerreichung", "Attainment"),
            ("Wie weit die Ziele erreicht sind.", "How far the goals are attained."),
            Meaning("sz:countedAttainment", value="sz:attainment-{attainment_key}"),
            required=True,
        ),
        column(
            "goals",
            "whole",
            ("Anzahl der Ziele", "Number of goals"),
            ("Wie viele Ziele das sind.", "How many goals these are."),
            Meaning("sz:goalCount"),
            required=True,
        ),
        column(
            "observation",
            "text",
            ("Kennung der Zahl", "Id of the number"),
            (
                "Kennung der Zahl im Data Cube. Ziele ohne Produktgruppe haben auch keinen Produktbereich: "
                "eine Zahl, die in beiden Aufteilungen steht.",
                "Id of the number in the Data Cube. Goals without product group have no product area "
                "either: one number that stands in both breakdowns.",
            ),
            required=True,
            is_key=True,
        ),
        notice(),
    ),
)
