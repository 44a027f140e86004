"""What each column of each published table means: the one place that says so.

Name, type, titles and descriptions in German and English, keys, and the triple that a cell stands for.
The tables themselves, their metadata (CSV on the Web, Data Package, Parquet, workbooks), and the pages that
show them follow from it. Columns with the name of a field of a form hold what was handed in there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from ontology.catalogue import Text
from ontology.namespaces import PREFIXES, expand

Kind = Literal["text", "list", "whole", "year", "decimal", "date"]
"""What a column holds. ``list``: several texts separated by `SEPARATOR`."""

SEPARATOR: Final = "; "


@dataclass(frozen=True)
class Meaning:
    """The triple that a cell stands for: `property` is a prefixed name or a URI template.

    The object is the cell as a literal (of the type of the column, or in `language`), or the IRI that the
    template `value` makes of the row. The subject is that of the row, unless `about` makes another one.
    Templates follow RFC 6570; one without prefix is continued from the base IRI of the release.
    """

    property: str
    value: str | None = None
    about: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Column:
    """A column. `digits` of a decimal number: how many in all, and after the point.

    `is_key` tells a column that is there for programs: the key beside a label that people read.
    """

    name: str
    kind: Kind
    title: Text
    description: Text
    meaning: Meaning | None = None
    required: bool = False
    is_key: bool = False
    digits: tuple[int, int] = (28, 6)


@dataclass(frozen=True)
class Reference:
    """A foreign key: the cells of `column` are cells of a `target` column in another table."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Table:
    """A table. `about` is the template of what a row is about, `key` the columns that tell rows apart.

    `constants` are triples that each row has: property and value, as in `Meaning`. `links` is the table that
    has row by row what cells of this one have several of.
    """

    name: str
    title: Text
    description: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    about: str
    constants: tuple[Meaning, ...] = ()
    references: tuple[Reference, ...] = ()
    links: str | None = None

    def column(self, name: str) -> Column:
        """Return a column by its name; raises `StopIteration` for an unknown one."""
        return next(column for column in self.columns if column.name == name)


def resolve(template: str, base: str) -> str:
    """Return a template as an absolute one: a prefixed name in full, all else from the base IRI on."""
    prefix = template.partition(":")[0]
    if prefix in PREFIXES:
        return expand(template)
    return template if template.startswith("{") else base + template


def table_of(name: str) -> str:
    """Return the name of the table that a table of one year is part of: ``goals`` of ``goals-2014``."""
    start, _, end = name.rpartition("-")
    return start if end.isdecimal() else name


def _column(
    name: str,
    kind: Kind,
    title: tuple[str, str],
    description: tuple[str, str],
    meaning: Meaning | None = None,
    *,
    required: bool = False,
    is_key: bool = False,
    digits: tuple[int, int] = (28, 6),
) -> Column:
    return Column(name, kind, _text(*title), _text(*description), meaning, required, is_key, digits)


def _text(de: str, en: str) -> Text:
    return Text(de=de, en=en)


def _types(*names: str) -> Iterator[Meaning]:
    yield from (Meaning("rdf:type", value=name) for name in names)


_GOAL: Final = "id/goal/{goal}"
_YEAR: Final = (
    ("Haushaltsjahr", "Budget year"),
    ("Haushaltsjahr, für das die Angabe gilt.", "The budget year that this is for."),
)
_FILE: Final = _column(
    "file",
    "text",
    ("Datei", "File"),
    ("Datei, in der das steht, wie sie abgegeben wurde.", "The file this stands in, as it was handed in."),
    required=True,
)
_ROW: Final = _column(
    "row",
    "whole",
    ("Zeile", "Row"),
    (
        "Zeile in dieser Datei, wie sie ein Tabellenprogramm zählt.",
        "Row in that file, as a spreadsheet counts.",
    ),
    required=True,
)
_NOTICE_WORDS: Final = (
    ("Hinweis", "Notice"),
    (
        "Was überall dazugesagt werden muss, wo die Angabe gezeigt wird.",
        "What has to be said wherever this is shown.",
    ),
)
_NOTICE: Final = _column("notice", "text", *_NOTICE_WORDS, Meaning("dct:provenance", value="id/notice"))
_OUR_YEAR: Final = _column("year", "year", *_YEAR, required=True)

_GOALS: Final = Table(
    name="goals",
    title=_text("Ziele", "Goals"),
    description=_text(
        "Die Ziele, die Ämter und Eigenbetriebe angemeldet haben, mit Auswahl und Zielerreichung; "
        "zurückgezogene Ziele stehen da, wie sie zuletzt lauteten.",
        "The goals that departments handed in, with selection and attainment; withdrawn goals stand as they "
        "last were.",
    ),
    key=("id",),
    about="id/goal/{id}",
    constants=(*_types("sz:Goal", "prov:Entity"), Meaning("sz:budgetYear", value="id/budget-year/{year}")),
    references=(Reference("carried_over_from", "goals", "id"),),
    links="goal-links",
    columns=(
        _column(
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
        _column("year", "year", *_YEAR, Meaning("sz:year"), required=True),
        _column(
            "department",
            "text",
            ("Amt (Schlüssel)", "Department (key)"),
            ("Schlüssel des Amts, das das Ziel angemeldet hat.", "Key of the department that handed it in."),
            Meaning("prov:wasAttributedTo", value="id/department/{department}"),
            required=True,
            is_key=True,
        ),
        _column(
            "department_label",
            "text",
            ("Amt", "Department"),
            ("Name des Amts, das das Ziel angemeldet hat.", "Name of the department that handed it in."),
        ),
        _column(
            "number",
            "whole",
            ("Lfd. Nr.", "No."),
            ("Nummer des Ziels in der Anmeldung.", "Number of the goal among those of its department."),
            Meaning("schema:position"),
            required=True,
        ),
        _column(
            "product_group",
            "text",
            ("Produktgruppe oder Produkt", "Product group or product"),
            (
                "Schlüssel im Kommunalen Produktplan, wie er angemeldet wurde.",
                "Code in the municipal product plan, as it was handed in.",
            ),
        ),
        _column(
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
        _column(
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
        _column(
            "product_group_label",
            "text",
            ("Bezeichnung", "Label"),
            (
                "Bezeichnung der Produktgruppe oder des Produkts im Produktplan.",
                "Label of the product group or product in the product plan.",
            ),
        ),
        _column(
            "product_area",
            "text",
            ("Produktbereich", "Product area"),
            ("Schlüssel des Produktbereichs, zwei Ziffern.", "Code of the product area, two digits."),
        ),
        _column(
            "no_product_group_reason",
            "text",
            ("Grund ohne Produktgruppe", "Reason without product group"),
            ("Warum das Ziel keine Produktgruppe hat.", "Why the goal has no product group."),
            Meaning("sz:noProductGroupReason", language="de"),
        ),
        _column(
            "title",
            "text",
            ("Ziel", "Goal"),
            ("Das Ziel in einem Satz.", "The goal in one sentence."),
            Meaning("dct:title", language="de"),
            required=True,
        ),
        _column(
            "description",
            "text",
            ("Beschreibung", "Description"),
            ("Was dafür getan wird.", "What is done for it."),
            Meaning("dct:description", language="de"),
        ),
        _column(
            "action_field",
            "list",
            ("Handlungsfeld", "Action field"),
            (
                "Handlungsfelder des Plans, wie sie angemeldet wurden.",
                "Action fields of the plan, as they were handed in.",
            ),
        ),
        _column(
            "action_field_key",
            "list",
            ("Handlungsfeld (Schlüssel)", "Action field (key)"),
            (
                "Schlüssel der Handlungsfelder des Plans; einzeln in der Tabelle goal-links.",
                "Keys of the action fields of the plan; one by one in the table goal-links.",
            ),
            is_key=True,
        ),
        _column(
            "recommendation",
            "list",
            ("Handlungsempfehlung", "Recommendation"),
            (
                "Schlüssel der Handlungsempfehlungen des Plans, auf die das Ziel antwortet.",
                "Keys of the recommendations of the plan that the goal answers.",
            ),
        ),
        _column(
            "target_group",
            "list",
            ("Zielgruppe", "Target group"),
            ("Wem das Ziel dient.", "Whom the goal serves."),
        ),
        _column(
            "indicator",
            "text",
            ("Kennzahl", "Indicator"),
            (
                "Woran man sieht, ob das Ziel erreicht ist.",
                "By what one sees whether the goal is attained.",
            ),
            Meaning("skos:prefLabel", about="id/indicator/{id}", language="de"),
        ),
        _column(
            "unit",
            "text",
            ("Einheit", "Unit"),
            ("Einheit der Kennzahl.", "Unit of the indicator."),
            Meaning("schema:unitText", about="id/indicator/{id}"),
        ),
        _column(
            "baseline",
            "decimal",
            ("Ausgangswert", "Baseline"),
            ("Wert der Kennzahl bei der Anmeldung.", "Value of the indicator when the goal was handed in."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{id}/baseline/{year}"),
        ),
        _column(
            "target",
            "decimal",
            ("Zielwert", "Target"),
            ("Wert der Kennzahl, der erreicht werden soll.", "Value of the indicator to be attained."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{id}/target/{target_period}"),
        ),
        _column(
            "target_year",
            "year",
            ("Zieljahr", "Target year"),
            (
                "Jahr, bis zu dem der Zielwert erreicht sein soll, wie es angemeldet wurde.",
                "Year by which the target is to be attained, as it was handed in.",
            ),
        ),
        _column(
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
        _column(
            "carried_over_from",
            "text",
            ("Übernommen aus", "Carried over from"),
            (
                "Kennung des Ziels aus einem früheren Jahr, das hier wieder aufgenommen wird.",
                "Id of the goal of an earlier year that is taken up again here.",
            ),
            Meaning("sz:carriedOverFrom", value="id/goal/{carried_over_from}"),
        ),
        _column(
            "note",
            "text",
            ("Bemerkung", "Note"),
            ("Was sonst zu sagen ist.", "Whatever else is to be said."),
            Meaning("skos:note", language="de"),
        ),
        _column(
            "selection_state",
            "text",
            ("Stand der Auswahl", "Selection state"),
            ("Ob das Ziel ausgewählt wurde.", "Whether the goal was selected."),
        ),
        _column(
            "selection_state_key",
            "text",
            ("Stand der Auswahl (Schlüssel)", "Selection state (key)"),
            ("Schlüssel in der Liste SelectionStates.", "Key in the list SelectionStates."),
            Meaning("sz:selectionState", value="sz:state-{selection_state_key}"),
            is_key=True,
        ),
        _column(
            "attainment",
            "text",
            ("Zielerreichung", "Attainment"),
            (
                "Wie weit das Ziel erreicht ist, nach dem letzten Sachstand.",
                "How far the goal is attained, by the latest report.",
            ),
        ),
        _column(
            "attainment_key",
            "text",
            ("Zielerreichung (Schlüssel)", "Attainment (key)"),
            ("Schlüssel in der Liste AttainmentStates.", "Key in the list AttainmentStates."),
            is_key=True,
        ),
        _FILE,
        _ROW,
        _NOTICE,
    ),
)

_GOAL_LINKS: Final = Table(
    name="goal-links",
    title=_text("Zuordnungen der Ziele", "Links of the goals"),
    description=_text(
        "Wozu ein Ziel gehört und wem es dient, eine Zeile für jedes Handlungsfeld, jede "
        "Handlungsempfehlung und jede Zielgruppe.",
        "What a goal belongs to and whom it serves, a row for each action field, recommendation and target "
        "group.",
    ),
    key=("goal", "property", "iri"),
    about=_GOAL,
    references=(Reference("goal", "goals", "id"),),
    columns=(
        _column("goal", "text", ("Ziel", "Goal"), ("Kennung des Ziels.", "Id of the goal."), required=True),
        _OUR_YEAR,
        _column(
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
        _column(
            "key",
            "text",
            ("Schlüssel", "Key"),
            ("Schlüssel im Plan; Zielgruppen haben keinen.", "Key in the plan; target groups have none."),
        ),
        _column(
            "label",
            "text",
            ("Bezeichnung", "Label"),
            ("Wie es heißt.", "What it is called."),
        ),
        _column(
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
        _column(
            "iri",
            "text",
            ("Adresse (IRI)", "Address (IRI)"),
            ("IRI dessen, worauf das Ziel verweist.", "IRI of what the goal is linked to."),
            Meaning("{+property}", value="{+iri}"),
            required=True,
            is_key=True,
        ),
    ),
)

_DECISIONS: Final = Table(
    name="decisions",
    title=_text("Entscheidungen", "Decisions"),
    description=_text(
        "Was Gremien zu den Zielen vorgeschlagen und entschieden haben.",
        "What bodies proposed and decided about the goals.",
    ),
    key=("file", "row"),
    about="id/decision/{+id}",
    constants=(
        *_types("sz:Decision", "prov:Activity"),
        Meaning("sz:budgetYear", value="id/budget-year/{year}"),
    ),
    references=(Reference("goal", "goals", "id"),),
    links="decision-bodies",
    columns=(
        _column(
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
        _column(
            "goal",
            "text",
            ("Ziel", "Goal"),
            ("Kennung des Ziels.", "Id of the goal."),
            Meaning("schema:about", value=_GOAL),
            required=True,
        ),
        _OUR_YEAR,
        _column(
            "outcome",
            "text",
            ("Ergebnis", "Outcome"),
            ("Was entschieden oder vorgeschlagen wurde.", "What was decided or proposed."),
            required=True,
        ),
        _column(
            "outcome_key",
            "text",
            ("Ergebnis (Schlüssel)", "Outcome (key)"),
            ("Schlüssel in der Liste Outcomes.", "Key in the list Outcomes."),
            Meaning("sz:outcome", value="sz:outcome-{outcome_key}"),
            required=True,
            is_key=True,
        ),
        _column(
            "body",
            "list",
            ("Gremium", "Body"),
            (
                "Wer entschieden hat; einzeln in der Tabelle decision-bodies.",
                "Who decided; one by one in the table decision-bodies.",
            ),
            required=True,
        ),
        _column(
            "date",
            "date",
            ("Datum", "Date"),
            ("Tag der Entscheidung.", "Day of the decision."),
            Meaning("dct:date"),
        ),
        _column(
            "paper",
            "text",
            ("Vorlage", "Paper"),
            ("Nummer oder Adresse der Vorlage.", "Number or address of the paper."),
            Meaning("dct:bibliographicCitation"),
        ),
        _column(
            "reason",
            "text",
            ("Begründung", "Reason"),
            ("Warum so entschieden wurde.", "Why it was decided so."),
            Meaning("sz:reason", language="de"),
        ),
        _FILE,
        _ROW,
        _NOTICE,
    ),
)

_DECISION_BODIES: Final = Table(
    name="decision-bodies",
    title=_text("Gremien der Entscheidungen", "Bodies of the decisions"),
    description=_text(
        "Wer entschieden hat, eine Zeile für jedes Gremium einer Entscheidung.",
        "Who decided, a row for each body of a decision.",
    ),
    key=("decision", "iri"),
    about="id/decision/{+decision}",
    references=(Reference("decision", "decisions", "id"),),
    columns=(
        _column(
            "decision",
            "text",
            ("Entscheidung", "Decision"),
            ("Kennung der Entscheidung.", "Id of the decision."),
            required=True,
            is_key=True,
        ),
        _OUR_YEAR,
        _column(
            "key",
            "text",
            ("Gremium (Schlüssel)", "Body (key)"),
            ("Schlüssel des Gremiums oder Amts.", "Key of the body or department."),
            required=True,
        ),
        _column(
            "label",
            "text",
            ("Gremium", "Body"),
            ("Name des Gremiums oder Amts.", "Name of the body or department."),
        ),
        _column(
            "iri",
            "text",
            ("Adresse (IRI)", "Address (IRI)"),
            ("IRI des Gremiums oder Amts.", "IRI of the body or department."),
            Meaning("prov:wasAssociatedWith", value="{+iri}"),
            required=True,
            is_key=True,
        ),
    ),
)

_PROGRESS: Final = Table(
    name="progress",
    title=_text("Sachstand", "Progress"),
    description=_text("Was aus den Zielen geworden ist.", "What became of the goals."),
    key=("file", "row"),
    about="id/progress/{goal}/{year}/{as_of_key}",
    constants=(
        *_types("sz:ProgressReport", "prov:Entity"),
        Meaning("sz:budgetYear", value="id/budget-year/{year}"),
    ),
    references=(Reference("goal", "goals", "id"),),
    columns=(
        _column(
            "goal",
            "text",
            ("Ziel", "Goal"),
            ("Kennung des Ziels.", "Id of the goal."),
            Meaning("schema:about", value=_GOAL),
            required=True,
        ),
        _OUR_YEAR,
        _column(
            "department",
            "text",
            ("Amt (Schlüssel)", "Department (key)"),
            ("Schlüssel des Amts, das berichtet.", "Key of the department that reports."),
            Meaning("prov:wasAttributedTo", value="id/department/{department}"),
            required=True,
        ),
        _column(
            "actual",
            "decimal",
            ("Istwert", "Actual value"),
            ("Wert der Kennzahl am Stichtag.", "Value of the indicator on that day."),
            Meaning("sdmx-measure:obsValue", about="id/observation/{goal}/actual/{year}/{as_of_key}"),
        ),
        _column(
            "attainment",
            "text",
            ("Zielerreichung", "Attainment"),
            ("Wie weit das Ziel erreicht ist.", "How far the goal is attained."),
            required=True,
        ),
        _column(
            "attainment_key",
            "text",
            ("Zielerreichung (Schlüssel)", "Attainment (key)"),
            ("Schlüssel in der Liste AttainmentStates.", "Key in the list AttainmentStates."),
            Meaning("sz:attainment", value="sz:attainment-{attainment_key}"),
            required=True,
            is_key=True,
        ),
        _column(
            "percent",
            "decimal",
            ("Prozent", "Percent"),
            ("Zielerreichung in Prozent, 0 bis 100.", "Attainment in percent, 0 to 100."),
            Meaning("sz:percent"),
            digits=(9, 4),
        ),
        _column(
            "as_of",
            "date",
            ("Stand", "As of"),
            ("Tag, an dem das galt.", "Day on which this held."),
            Meaning("dct:valid"),
        ),
        _column(
            "as_of_key",
            "text",
            ("Stand (Schlüssel)", "As of (key)"),
            ("Der Tag, oder undated, wo keiner genannt ist.", "The day, or undated where none is named."),
            required=True,
            is_key=True,
        ),
        _column(
            "note",
            "text",
            ("Bemerkung", "Note"),
            ("Was dazu zu sagen ist.", "What is to be said about it."),
            Meaning("skos:note", language="de"),
        ),
        _FILE,
        _ROW,
        _NOTICE,
    ),
)

_STATISTICS: Final = Table(
    name="statistics",
    title=_text("Statistik der Ziele", "Statistics of the goals"),
    description=_text(
        "Wie viele Ziele es gibt, nach Haushaltsjahr, Auswahl und Zielerreichung, insgesamt und nach "
        "Produktbereich, Produktgruppe, Amt und Handlungsfeld.",
        "How many goals there are, by budget year, selection and attainment, overall and by product area, "
        "product group, department and action field.",
    ),
    key=("year", "breakdown", "code", "selection_state", "attainment"),
    about="id/count/{+observation}",
    constants=(*_types("qb:Observation"), Meaning("qb:dataSet", value="dataset/statistics")),
    columns=(
        _column("year", "year", *_YEAR, Meaning("sz:year"), required=True),
        _column(
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
        _column(
            "code",
            "text",
            ("Schlüssel", "Code"),
            (
                "Schlüssel des Bereichs, der Gruppe, des Amts oder des Handlungsfelds.",
                "Code of the area, group, department or action field.",
            ),
        ),
        _column("label", "text", ("Bezeichnung", "Label"), ("Wie es heißt.", "What it is called.")),
        _column(
            "selection_state",
            "text",
            ("Stand der Auswahl", "Selection state"),
            ("Ob die Ziele ausgewählt wurden.", "Whether the goals were selected."),
            required=True,
        ),
        _column(
            "selection_state_key",
            "text",
            ("Stand der Auswahl (Schlüssel)", "Selection state (key)"),
            ("Schlüssel in der Liste SelectionStates.", "Key in the list SelectionStates."),
            Meaning("sz:countedState", value="sz:state-{selection_state_key}"),
            required=True,
            is_key=True,
        ),
        _column(
            "attainment",
            "text",
            ("Zielerreichung", "Attainment"),
            ("Wie weit die Ziele erreicht sind.", "How far the goals are attained."),
            required=True,
        ),
        _column(
            "attainment_key",
            "text",
            ("Zielerreichung (Schlüssel)", "Attainment (key)"),
            ("Schlüssel in der Liste AttainmentStates.", "Key in the list AttainmentStates."),
            Meaning("sz:countedAttainment", value="sz:attainment-{attainment_key}"),
            required=True,
            is_key=True,
        ),
        _column(
            "goals",
            "whole",
            ("Anzahl der Ziele", "Number of goals"),
            ("Wie viele Ziele das sind.", "How many goals these are."),
            Meaning("sz:goalCount"),
            required=True,
        ),
        _column(
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
        _column("notice", "text", *_NOTICE_WORDS),
    ),
)

_CODE_LISTS: Final = Table(
    name="code-lists",
    title=_text("Produktplan und Codelisten", "Product plan and code lists"),
    description=_text(
        "Der Kommunale Produktplan Baden-Württemberg nach Ausgaben und die Codelisten der übrigen Tabellen.",
        "The municipal product plan of Baden-Württemberg by edition, and the code lists of the other tables.",
    ),
    key=("iri",),
    about="{+iri}",
    constants=tuple(_types("skos:Concept")),
    columns=(
        _column(
            "list",
            "text",
            ("Liste", "List"),
            ("Name der Liste.", "Name of the list."),
            required=True,
        ),
        _column(
            "code",
            "text",
            ("Schlüssel", "Code"),
            ("Schlüssel in dieser Liste.", "Code in that list."),
            Meaning("skos:notation"),
            required=True,
        ),
        _column(
            "label",
            "text",
            ("Bezeichnung", "Label"),
            ("Bezeichnung auf Deutsch.", "Label in German."),
            Meaning("skos:prefLabel", language="de"),
            required=True,
        ),
        _column(
            "label_en",
            "text",
            ("Bezeichnung (englisch)", "Label (English)"),
            ("Bezeichnung auf Englisch, wo es eine gibt.", "Label in English, where there is one."),
            Meaning("skos:prefLabel", language="en"),
        ),
        _column(
            "broader",
            "text",
            ("Übergeordnet (IRI)", "Broader (IRI)"),
            ("IRI des übergeordneten Eintrags.", "IRI of the wider entry."),
            Meaning("skos:broader", value="{+broader}"),
            is_key=True,
        ),
        _column(
            "status",
            "text",
            ("Status", "Status"),
            (
                "current (gilt), retired (gilt nicht mehr) oder local (örtlich).",
                "current, retired or local.",
            ),
            required=True,
        ),
        _column(
            "valid_from",
            "year",
            ("Gültig ab", "Valid from"),
            ("Erstes Haushaltsjahr, in dem der Schlüssel gilt.", "First budget year that the code holds in."),
        ),
        _column(
            "ended",
            "year",
            ("Beendet", "Ended"),
            ("Haushaltsjahr, ab dem er nicht mehr gilt.", "Budget year from which it no longer holds."),
        ),
        _column(
            "iri",
            "text",
            ("Adresse (IRI)", "Address (IRI)"),
            ("IRI des Eintrags.", "IRI of the entry."),
            required=True,
            is_key=True,
        ),
    ),
)

_PLAN: Final = Table(
    name="plan",
    title=_text("Pläne, Vorgaben, Gremien und Ämter", "Plans, guidelines, bodies and departments"),
    description=_text(
        "Was den Zielen vorgegeben ist und wer daran beteiligt ist: die Ausgaben des Plans mit Teilen, "
        "Handlungsfeldern und Handlungsempfehlungen, Vorgaben, Regeln und Beschlüsse, Gremien und Ämter.",
        "What the goals have to follow, and who takes part: the editions of the plan with parts, action "
        "fields and recommendations, guidelines, rules and decisions, bodies and departments.",
    ),
    key=("iri",),
    about="{+iri}",
    columns=(
        _column("kind", "text", ("Art", "Kind"), ("Was das ist.", "What this is."), required=True),
        _column(
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
        _column(
            "key",
            "text",
            ("Schlüssel", "Key"),
            ("Schlüssel, den auch die Formulare kennen.", "The key, which the forms know too."),
            required=True,
        ),
        _column(
            "label",
            "text",
            ("Bezeichnung", "Label"),
            ("Titel, Name oder Wortlaut auf Deutsch.", "Title, name or wording in German."),
            Meaning("{+label_property}", language="de"),
            required=True,
        ),
        _column(
            "label_en",
            "text",
            ("Bezeichnung (englisch)", "Label (English)"),
            ("Dasselbe auf Englisch, wo es vorliegt.", "The same in English, where there is one."),
            Meaning("{+label_property}", language="en"),
        ),
        _column(
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
        _column(
            "part_of",
            "text",
            ("Teil von", "Part of"),
            (
                "Schlüssel des Plans, des Teils oder des Amts, zu dem das gehört.",
                "Key of the plan, part or department that this belongs to.",
            ),
        ),
        _column(
            "action_field",
            "text",
            ("Handlungsfeld", "Action field"),
            (
                "Schlüssel des Handlungsfelds einer Empfehlung.",
                "Key of the action field of a recommendation.",
            ),
        ),
        _column(
            "valid_from",
            "year",
            ("Gültig ab", "Valid from"),
            (
                "Erstes Haushaltsjahr eines Plans; erstes Jahr unter diesem Namen, wo bekannt.",
                "First budget year of a plan; first year under this name, where known.",
            ),
        ),
        _column(
            "valid_to",
            "year",
            ("Gültig bis", "Valid to"),
            (
                "Letztes Haushaltsjahr eines Plans; letztes Jahr unter diesem Namen, wo bekannt.",
                "Last budget year of a plan; last year under this name, where known.",
            ),
        ),
        _column(
            "years",
            "list",
            ("Haushaltsjahre", "Budget years"),
            ("Haushaltsjahre, für die das gilt.", "The budget years that this holds for."),
        ),
        _column(
            "minimum_goals",
            "whole",
            ("Mindestzahl der Ziele", "Minimum of goals"),
            ("Wie viele Ziele eine Regel mindestens verlangt.", "How many goals a rule asks for at least."),
            Meaning("sz:minimumGoals"),
        ),
        _column(
            "date",
            "date",
            ("Datum", "Date"),
            ("Tag eines Beschlusses.", "Day of a decision."),
            Meaning("dct:date"),
        ),
        _column(
            "bodies",
            "list",
            ("Gremien", "Bodies"),
            ("Schlüssel der Gremien, die beschlossen haben.", "Keys of the bodies that decided."),
        ),
        _column(
            "source",
            "text",
            ("Quelle", "Source"),
            ("Adresse, unter der das nachzulesen ist.", "Address where this can be read."),
            Meaning("dct:source", value="{+source}"),
        ),
        _column(
            "iri",
            "text",
            ("Adresse (IRI)", "Address (IRI)"),
            ("IRI dessen, wovon die Zeile handelt.", "IRI of what the row is about."),
            required=True,
            is_key=True,
        ),
        _column("notice", "text", *_NOTICE_WORDS),
    ),
)

TABLES: Final[Mapping[str, Table]] = {
    table.name: table
    for table in (
        _GOALS,
        _GOAL_LINKS,
        _DECISIONS,
        _DECISION_BODIES,
        _PROGRESS,
        _STATISTICS,
        _CODE_LISTS,
        _PLAN,
    )
}
"""All tables by name. Those of one year have the same columns."""
