"""The goals (Ziele), and what each is linked to."""

from typing import Final

from ontology.columns.model import Meaning, Reference, Table
from ontology.columns.shared import (
    GOAL,
    IN_YEAR,
    ORIGIN,
    address,
    coded,
    column,
    department,
    of_goal,
    text,
    types,
    year,
)

GOALS: Final = Table(
    name="goals",
    title=text("Ziele", "Goals"),
    description=text(
        "Die Ziele, die Ämter und Eigenbetriebe angemeldet haben, mit Auswahl und Zielerreichung; "
        "zurückgezogene Ziele stehen da, wie sie zuletzt lauteten.",
        "The goals that departments handed in, with selection and attainment; withdrawn goals stand as they "
        "last were.",
    ),
    key=("id",),
    about="id/goal/{id}",
    constants=(*types("sz:Goal", "prov:Entity"), IN_YEAR),
    references=(Reference("carried_over_from", "goals", "id"),),
    links="goal-links",
    columns=(
        column(
            "id",
            "text",
            ("Kennung", "Id"),
            (
                "Kennung des Ziels: Jahr, Amt, Nummer. Sie ändert sich nie.",
                "Id of the goal: year, department, number. It never changes.",
            ),
            Meaning("dct:identifier"),
            required=True,
        ),
        year(Meaning("sz:year")),
        department(
            ("Schlüssel des Amts, das das Ziel angemeldet hat.", "Key of the department that handed it in."),
            is_key=True,
        ),
        column(
            "department_label",
            "text",
            ("Amt", "Department"),
            ("Name des Amts, das das Ziel angemeldet hat.", "Name of the department that handed it in."),
        ),
        column(
            "number",
            "whole",
            ("Lfd. Nr.", "No."),
            ("Nummer des Ziels in der Anmeldung.", "Number of the goal among those of its department."),
            Meaning("schema:position"),
            required=True,
        ),
        column(
            "product_group",
            "text",
            ("Produktgruppe oder Produkt", "Product group or product"),
            (
                "Schlüssel im Kommunalen Produktplan, wie er angemeldet wurde.",
                "Code in the municipal product plan, as it was handed in.",
            ),
        ),
        column(
            "product_group_key",
            "text",
            ("Produktgruppe (Schlüssel)", "Product group (key)"),
            (
                "Ausgabe des Produktplans und Schlüssel der Produktgruppe, zum Beispiel 2016/11.14.",
                "Edition of the product plan and code of the product group, for example 2016/11.14.",
            ),
            Meaning("sz:productGroup", value="id/product-group/{+product_group_key}"),
            is_key=True,
        ),
        column(
            "product_key",
            "text",
            ("Produkt (Schlüssel)", "Product (key)"),
            (
                "Ausgabe des Produktplans und Schlüssel des Produkts, wo eines genannt ist.",
                "Edition of the product plan and code of the product, where one is named.",
            ),
            Meaning("sz:product", value="id/product-group/{+product_key}"),
            is_key=True,
        ),
        column(
            "product_group_label",
            "text",
            ("Bezeichnung", "Label"),
            (
                "Bezeichnung der Produktgruppe oder des Produkts im Produktplan.",
                "Label of the product group or product in the product plan.",
            ),
        ),
        column(
            "product_area",
            "text",
            ("Produktbereich", "Product area"),
            ("Schlüssel des Produktbereichs, zwei Ziffern.", "Code of the product area, two digits."),
        ),
        column(
            "no_product_group_reason",
            "text",
            ("Grund ohne Produktgruppe", "Reason without product group"),
            ("Warum das Ziel keine Produktgruppe hat.", "Why the goal has no product group."),
            Meaning("sz:noProductGroupReason", language="de"),
        ),
        column(
            "title",
            "text",
            ("Ziel", "Goal"),
            ("Das Ziel in einem Satz.", "The goal in one sentence."),
            Meaning("dct:title", language="de"),
            required=True,
        ),
        column(
            "description",
            "text",
            ("Beschreibung", "Description"),
            ("Was dafür getan wird.", "What is done for it."),
            Meaning("dct:description", language="de"),
        ),
        column(
            "action_field",
            "list",
            ("Handlungsfeld", "Action field"),
            (
                "Handlungsfelder des Plans, wie sie angemeldet wurden.",
                "Action fields of the plan, as they were handed in.",
            ),
        ),
        column(
            "action_field_key",
            "list",
            ("Handlungsfeld (Schlüssel)", "Action field (key)"),
            (
                "Schlüssel der Handlungsfelder des Plans; einzeln in der Tabelle goal-links.",
                "Keys of the action fields of the plan; one by one in the table goal-links.",
            ),
            is_key=True,
        ),
        column(
            "recommendation",
            "list",
            ("Handlungsempfehlung", "Recommendation"),
            (
                "Schlüssel der Handlungsempfehlungen des Plans, auf die das Ziel antwortet.",
                "Keys of the recommendations of the plan that the goal answers.",
            ),
        ),
        column(
            "target_group",
            "list",
            ("Zielgruppe", "Target group"),
            ("Wem das Ziel dient.", "Whom the goal serves."),
        ),
        column(
            "indicator",
            "text",
            ("Kennzahl", "Indicator"),
            ("Woran man sieht, ob das Ziel erreicht ist.", "By what one sees whether the goal is attained."),
            Meaning("skos:prefLabel", about="id/indicator/{id}", language="de"),
        ),
        column(
            "unit",
            "text",
            ("Einheit", "Unit"),
            ("Einheit der Kennzahl.", "Unit of the indicator."),
            Meaning("schema:unitText", about="id/indicator/{id}"),
        ),
        column(
            "baseline",
            "decimal",
            ("Ausgangswert", "Baseline"),
            ("Wert der Kennzahl bei der Anmeldung.", "Value of the indicator when the goal was handed in."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{id}/baseline/{year}"),
        ),
        column(
            "target",
            "decimal",
            ("Zielwert", "Target"),
            ("Wert der Kennzahl, der erreicht werden soll.", "Value of the indicator to be attained."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{id}/target/{target_period}"),
        ),
        column(
            "target_year",
            "year",
            ("Zieljahr", "Target year"),
            (
                "Jahr, bis zu dem der Zielwert erreicht sein soll, wie es angemeldet wurde.",
                "Year by which the target is to be attained, as it was handed in.",
            ),
        ),
        column(
            "target_period",
            "year",
            ("Zeitraum des Zielwerts", "Period of the target"),
            (
                "Jahr, für das der Zielwert gilt: das Zieljahr, ohne dieses das Haushaltsjahr.",
                "Year that the target is for: the target year, without one the budget year.",
            ),
            Meaning("sdmx-dimension:refPeriod", about="id/observation/{id}/target/{target_period}"),
            is_key=True,
        ),
        column(
            "carried_over_from",
            "text",
            ("Übernommen aus", "Carried over from"),
            (
                "Kennung des Ziels aus einem früheren Jahr, das hier wieder aufgenommen wird.",
                "Id of the goal of an earlier year that is taken up again here.",
            ),
            Meaning("sz:carriedOverFrom", value="id/goal/{carried_over_from}"),
        ),
        column(
            "note",
            "text",
            ("Bemerkung", "Note"),
            ("Was sonst zu sagen ist.", "Whatever else is to be said."),
            Meaning("skos:note", language="de"),
        ),
        *coded(
            "selection_state",
            "SelectionStates",
            ("Stand der Auswahl", "Selection state"),
            ("Ob das Ziel ausgewählt wurde.", "Whether the goal was selected."),
            Meaning("sz:selectionState", value="sz:state-{selection_state_key}"),
        ),
        *coded(
            "attainment",
            "AttainmentStates",
            ("Zielerreichung", "Attainment"),
            (
                "Wie weit das Ziel erreicht ist, nach dem letzten Sachstand.",
                "How far the goal is attained, by the latest report.",
            ),
        ),
        *ORIGIN,
    ),
)

GOAL_LINKS: Final = Table(
    name="goal-links",
    title=text("Zuordnungen der Ziele", "Links of the goals"),
    description=text(
        "Wozu ein Ziel gehört und wem es dient, eine Zeile für jedes Handlungsfeld, jede "
        "Handlungsempfehlung und jede Zielgruppe.",
        "What a goal belongs to and whom it serves, a row for each action field, recommendation and target "
        "group.",
    ),
    key=("goal", "property", "iri"),
    about=GOAL,
    references=(Reference("goal", "goals", "id"),),
    columns=(
        of_goal(),
        year(),
        column(
            "kind",
            "text",
            ("Art", "Kind"),
            (
                "action-field (Handlungsfeld), recommendation (Handlungsempfehlung) oder target-group "
                "(Zielgruppe).",
                "action-field, recommendation or target-group.",
            ),
            required=True,
        ),
        column(
            "key",
            "text",
            ("Schlüssel", "Key"),
            ("Schlüssel im Plan; Zielgruppen haben keinen.", "Key in the plan; target groups have none."),
        ),
        column("label", "text", ("Bezeichnung", "Label"), ("Wie es heißt.", "What it is called.")),
        column(
            "property",
            "text",
            ("Eigenschaft (IRI)", "Property (IRI)"),
            (
                "IRI der Eigenschaft, mit der das Ziel darauf verweist.",
                "IRI of the property that links to it.",
            ),
            required=True,
            is_key=True,
        ),
        address(
            ("IRI dessen, worauf das Ziel verweist.", "IRI of what the goal is linked to."),
            Meaning("{+property}", value="{+iri}"),
        ),
    ),
)
