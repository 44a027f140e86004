"""What bodies decided about the goals (Entscheidungen), and which bodies."""

from typing import Final

from ontology.columns.model import Meaning, Reference, Table
from ontology.columns.shared import ABOUT, IN_YEAR, ORIGIN, address, coded, column, of_goal, text, types, year

DECISIONS: Final = Table(
    name="decisions",
    title=text("Entscheidungen", "Decisions"),
    description=text(
        "Was Gremien zu den Zielen vorgeschlagen und entschieden haben.",
        "What bodies proposed and decided about the goals.",
    ),
    key=("file", "row"),
    about="id/decision/{+id}",
    constants=(*types("sz:Decision", "prov:Activity"), IN_YEAR),
    references=(Reference("goal", "goals", "id"),),
    links="decision-bodies",
    columns=(
        column(
            "id",
            "text",
            ("Kennung", "Id"),
            (
                "Kennung der Entscheidung: Ziel, Gremien, Ergebnis.",
                "Id of the decision: goal, bodies, outcome.",
            ),
            required=True,
            is_key=True,
        ),
        of_goal(ABOUT),
        year(),
        *coded(
            "outcome",
            "Outcomes",
            ("Ergebnis", "Outcome"),
            ("Was entschieden oder vorgeschlagen wurde.", "What was decided or proposed."),
            Meaning("sz:outcome", value="sz:outcome-{outcome_key}"),
            required=True,
        ),
        column(
            "body",
            "list",
            ("Gremium", "Body"),
            (
                "Wer entschieden hat; einzeln in der Tabelle decision-bodies.",
                "Who decided; one by one in the table decision-bodies.",
            ),
            required=True,
        ),
        column(
            "date",
            "date",
            ("Datum", "Date"),
            ("Tag der Entscheidung.", "Day of the decision."),
            Meaning("dct:date"),
        ),
        column(
            "paper",
            "text",
            ("Vorlage", "Paper"),
            ("Nummer oder Adresse der Vorlage.", "Number or address of the paper."),
            Meaning("dct:bibliographicCitation"),
        ),
        column(
            "reason",
            "text",
            ("Begründung", "Reason"),
            ("Warum so entschieden wurde.", "Why it was decided so."),
            Meaning("sz:reason", language="de"),
        ),
        *ORIGIN,
    ),
)

DECISION_BODIES: Final = Table(
    name="decision-bodies",
    title=text("Gremien der Entscheidungen", "Bodies of the decisions"),
    description=text(
        "Wer entschieden hat, eine Zeile für jedes Gremium einer Entscheidung.",
        "Who decided, a row for each body of a decision.",
    ),
    key=("decision", "iri"),
    about="id/decision/{+decision}",
    references=(Reference("decision", "decisions", "id"),),
    columns=(
        column(
            "decision",
            "text",
            ("Entscheidung", "Decision"),
            ("Kennung der Entscheidung.", "Id of the decision."),
            required=True,
            is_key=True,
        ),
        year(),
        column(
            "key",
            "text",
            ("Gremium (Schlüssel)", "Body (key)"),
            ("Schlüssel des Gremiums oder Amts.", "Key of the body or department."),
            required=True,
        ),
        column(
            "label",
            "text",
            ("Gremium", "Body"),
            ("Name des Gremiums oder Amts.", "Name of the body or department."),
        ),
        address(
            ("IRI des Gremiums oder Amts.", "IRI of the body or department."),
            Meaning("prov:wasAssociatedWith", value="{+iri}"),
        ),
    ),
)
