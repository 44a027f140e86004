"""How tables are written down, and the columns that several of them have."""

from collections.abc import Iterator
from typing import Final

from ontology.catalogue import Text
from ontology.columns.model import Column, Kind, Meaning

Words = tuple[str, str]
"""The same in German and in English."""


def column(
    name: str,
    kind: Kind,
    title: Words,
    description: Words,
    meaning: Meaning | None = None,
    *,
    required: bool = False,
    is_key: bool = False,
    digits: tuple[int, int] = (28, 6),
) -> Column:
    """Return a column, see `Column`."""
    return Column(name, kind, text(*title), text(*description), meaning, required, is_key, digits)


def text(de: str, en: str) -> Text:
    """Return a text in both languages."""
    return Text(de=de, en=en)


def types(*names: str) -> Iterator[Meaning]:
    """Yield that a row is about a thing of some classes."""
    yield from (Meaning("rdf:type", value=name) for name in names)


def coded(
    name: str,
    codes: str,
    title: Words,
    description: Words,
    meaning: Meaning | None = None,
    *,
    required: bool = False,
) -> tuple[Column, Column]:
    """Return the columns of a term of one of our code lists: its label, and its key in the list `codes`."""
    german, english = title
    return (
        column(name, "text", title, description, required=required),
        column(
            f"{name}_key",
            "text",
            (f"{german} (Schlüssel)", f"{english} (key)"),
            (f"Schlüssel in der Liste {codes}.", f"Key in the list {codes}."),
            meaning,
            required=required,
            is_key=True,
        ),
    )


def department(description: Words, *, is_key: bool) -> Column:
    """Return the column with the key of a department."""
    return column(
        "department",
        "text",
        ("Amt (Schlüssel)", "Department (key)"),
        description,
        Meaning("prov:wasAttributedTo", value="id/department/{department}"),
        required=True,
        is_key=is_key,
    )


def of_goal(meaning: Meaning | None = None) -> Column:
    """Return the column that tells which goal a row is about."""
    return column(
        "goal", "text", ("Ziel", "Goal"), ("Kennung des Ziels.", "Id of the goal."), meaning, required=True
    )


def address(description: Words, meaning: Meaning | None = None) -> Column:
    """Return the column with the IRI of what a row names."""
    title = ("Adresse (IRI)", "Address (IRI)")
    return column("iri", "text", title, description, meaning, required=True, is_key=True)


def year(meaning: Meaning | None = None) -> Column:
    """Return the column with the budget year."""
    words = ("Haushaltsjahr, für das die Angabe gilt.", "The budget year that this is for.")
    return column("year", "year", ("Haushaltsjahr", "Budget year"), words, meaning, required=True)


def notice(meaning: Meaning | None = None) -> Column:
    """Return the column with the notice of the city about its data."""
    words = (
        "Was überall dazugesagt werden muss, wo die Angabe gezeigt wird.",
        "What has to be said wherever this is shown.",
    )
    return column("notice", "text", ("Hinweis", "Notice"), words, meaning)


GOAL: Final = "id/goal/{goal}"
"""The template of the goal's IRI where a column `goal` names it."""
ABOUT: Final = Meaning("schema:about", value=GOAL)
IN_YEAR: Final = Meaning("sz:budgetYear", value="id/budget-year/{year}")

ORIGIN: Final = (
    column(
        "file",
        "text",
        ("Datei", "File"),
        (
            "Datei, in der das steht, wie sie abgegeben wurde.",
            "The file this stands in, as it was handed in.",
        ),
        required=True,
    ),
    column(
        "row",
        "whole",
        ("Zeile", "Row"),
        (
            "Zeile in dieser Datei, wie sie ein Tabellenprogramm zählt.",
            "Row in that file, as a spreadsheet counts.",
        ),
        required=True,
    ),
    notice(Meaning("dct:provenance", value="id/notice")),
)
"""The last columns of what was handed in: where it stands, and what has to be said of it."""
