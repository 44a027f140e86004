"""Plans, guidelines, bodies and departments (Pläne, Vorgaben, Gremien, Ämter) as rows."""

from typing import Final

from ontology.columns.model import Meaning, Table
from ontology.columns.shared import address, column, notice, text

PLAN: Final = Table(
    name="plan",
    title=text("Pläne, Vorgaben, Gremien und Ämter", "Plans, guidelines, bodies and departments"),
    description=text(
        "Was den Zielen vorgegeben ist und wer daran beteiligt ist: die Ausgaben des Plans mit Teilen, "
        "Handlungsfeldern und Handlungsempfehlungen, Vorgaben, Regeln und Beschlüsse, Gremien und Ämter.",
        "What the goals have to follow, and who takes part: the editions of the plan with parts, action "
        "fields and recommendations, guidelines, rules and decisions, bodies and departments.",
    ),
    key=("iri",),
    about="{+iri}",
    columns=(
        column("kind", "text", ("Art", "Kind"), ("Was das ist.", "What this is."), required=True),
        column(
            "kind_key",
            "text",
            ("Art (Schlüssel)", "Kind (key)"),
            (
                "plan, part, action-field, recommendation, guideline, rule, decision, body oder department.",
                "plan, part, action-field, recommendation, guideline, rule, decision, body or department.",
            ),
            required=True,
            is_key=True,
        ),
        column(
            "key",
            "text",
            ("Schlüssel", "Key"),
            ("Schlüssel, den auch die Formulare kennen.", "The key, which the forms know too."),
            required=True,
        ),
        column(
            "label",
            "text",
            ("Bezeichnung", "Label"),
            ("Titel, Name oder Wortlaut auf Deutsch.", "Title, name or wording in German."),
            Meaning("{+label_property}", language="de"),
            required=True,
        ),
        column(
            "label_en",
            "text",
            ("Bezeichnung (englisch)", "Label (English)"),
            ("Dasselbe auf Englisch, wo es vorliegt.", "The same in English, where there is one."),
            Meaning("{+label_property}", language="en"),
        ),
        column(
            "label_property",
            "text",
            ("Eigenschaft (IRI)", "Property (IRI)"),
            (
                "IRI der Eigenschaft, deren Wert die Bezeichnung ist.",
                "IRI of the property that the label is the value of.",
            ),
            required=True,
            is_key=True,
        ),
        column(
            "part_of",
            "text",
            ("Teil von", "Part of"),
            (
                "Schlüssel des Plans, des Teils oder des Amts, zu dem das gehört.",
                "Key of the plan, part or department that this belongs to.",
            ),
        ),
        column(
            "action_field",
            "text",
            ("Handlungsfeld", "Action field"),
            (
                "Schlüssel des Handlungsfelds einer Empfehlung.",
                "Key of the action field of a recommendation.",
            ),
        ),
        column(
            "valid_from",
            "year",
            ("Gültig ab", "Valid from"),
            (
                "Erstes Haushaltsjahr eines Plans; erstes Jahr unter diesem Namen, wo bekannt.",
                "First budget year of a plan; first year under this name, where known.",
            ),
        ),
        column(
            "valid_to",
            "year",
            ("Gültig bis", "Valid to"),
            (
                "Letztes Haushaltsjahr eines Plans; letztes Jahr unter diesem Namen, wo bekannt.",
                "Last budget year of a plan; last year under this name, where known.",
            ),
        ),
        column(
            "years",
            "list",
            ("Haushaltsjahre", "Budget years"),
            ("Haushaltsjahre, für die das gilt.", "The budget years that this holds for."),
        ),
        column(
            "minimum_goals",
            "whole",
            ("Mindestzahl der Ziele", "Minimum of goals"),
            ("Wie viele Ziele eine Regel mindestens verlangt.", "How many goals a rule asks for at least."),
            Meaning("sz:minimumGoals"),
        ),
        column(
            "date",
            "date",
            ("Datum", "Date"),
            ("Tag eines Beschlusses.", "Day of a decision."),
            Meaning("dct:date"),
        ),
        column(
            "bodies",
            "list",
            ("Gremien", "Bodies"),
            ("Schlüssel der Gremien, die beschlossen haben.", "Keys of the bodies that decided."),
        ),
        column(
            "source",
            "text",
            ("Quelle", "Source"),
            ("Adresse, unter der das nachzulesen ist.", "Address where this can be read."),
            Meaning("dct:source", value="{+source}"),
        ),
        address(("IRI dessen, wovon die Zeile handelt.", "IRI of what the row is about.")),
        notice(),
    ),
)
