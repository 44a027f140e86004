"""The product plan and the code lists (Produktplan, Codelisten) as rows."""

from typing import Final

from ontology.columns.model import Meaning, Table
from ontology.columns.shared import address, column, text, types

CODE_LISTS: Final = Table(
    name="code-lists",
    title=text("Produktplan und Codelisten", "Product plan and code lists"),
    description=text(
        "Der Kommunale Produktplan Baden-Württemberg nach Ausgaben und die Codelisten der übrigen Tabellen.",
        "The municipal product plan of Baden-Württemberg by edition, and the code lists of the other tables.",
    ),
    key=("iri",),
    about="{+iri}",
    constants=tuple(types("skos:Concept")),
    columns=(
        column("list", "text", ("Liste", "List"), ("Name der Liste.", "Name of the list."), required=True),
        column(
            "code",
            "text",
            ("Schlüssel", "Code"),
            ("Schlüssel in dieser Liste.", "Code in that list."),
            Meaning("skos:notation"),
            required=True,
        ),
        column(
            "label",
            "text",
            ("Bezeichnung", "Label"),
            ("Bezeichnung auf Deutsch.", "Label in German."),
            Meaning("skos:prefLabel", language="de"),
            required=True,
        ),
        column(
            "label_en",
            "text",
            ("Bezeichnung (englisch)", "Label (English)"),
            ("Bezeichnung auf Englisch, wo es eine gibt.", "Label in English, where there is one."),
            Meaning("skos:prefLabel", language="en"),
        ),
        column(
            "broader",
            "text",
            ("Übergeordnet (IRI)", "Broader (IRI)"),
            ("IRI des übergeordneten Eintrags.", "IRI of the wider entry."),
            Meaning("skos:broader", value="{+broader}"),
            is_key=True,
        ),
        column(
            "status",
            "text",
            ("Status", "Status"),
            ("current (gilt), retired (gilt nicht mehr) oder local (örtlich).", "current, retired or local."),
            required=True,
        ),
        column(
            "valid_from",
            "year",
            ("Gültig ab", "Valid from"),
            ("Erstes Haushaltsjahr, in dem der Schlüssel gilt.", "First budget year that the code holds in."),
        ),
        column(
            "ended",
            "year",
            ("Beendet", "Ended"),
            ("Haushaltsjahr, ab dem er nicht mehr gilt.", "Budget year from which it no longer holds."),
        ),
        address(("IRI des Eintrags.", "IRI of the entry.")),
    ),
)
