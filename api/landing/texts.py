"""Words of the landing pages: what each kind of dataset is good for, and what can become of one."""

from collections.abc import Mapping
from typing import Final

from ontology.catalogue import ChangeKind, Kind, Status, Text
from ontology.columns import Kind as ColumnKind

AUDIENCE: Final[Mapping[Kind, Text]] = {
    "goals": Text(
        de="Für alle, die wissen wollen, was sich ein Amt für dieses Jahr vorgenommen hat und was davon "
        "ausgewählt wurde: Bürgerinnen und Bürger, Gemeinderat, Presse.",
        en="For everybody who wants to know what a department planned for this year and what of it was "
        "selected: citizens, the council, the press.",
    ),
    "plan": Text(
        de="Für alle, die nachschlagen wollen, worauf sich ein Ziel bezieht: auf welchen Plan, welches "
        "Handlungsfeld, welche Vorgabe, welches Amt.",
        en="For everybody who wants to look up what a goal refers to: which plan, action field, guideline "
        "or department.",
    ),
    "decisions": Text(
        de="Für alle, die nachvollziehen wollen, welches Gremium über ein Ziel entschieden hat und wie: "
        "Gemeinderat, Presse, Forschung.",
        en="For everybody who wants to see which body decided about a goal and how: the council, the press, "
        "researchers.",
    ),
    "progress": Text(
        de="Für alle, die wissen wollen, ob ein Ziel erreicht wurde.",
        en="For everybody who wants to know whether a goal was attained.",
    ),
    "code-lists": Text(
        de="Für alle, die die Schlüssel in den Daten übersetzen oder mit anderen Haushalten vergleichen: "
        "Kämmereien, Entwicklerinnen und Entwickler.",
        en="For everybody who translates the codes in the data or compares them with other budgets: "
        "treasuries, developers.",
    ),
    "statistics": Text(
        de="Für alle, die Zahlen statt Texte brauchen: wie viele Ziele es gab, wie viele ausgewählt und "
        "erreicht wurden, Jahr für Jahr.",
        en="For everybody who needs numbers, not texts: how many goals there were, how many were selected "
        "and attained, year by year.",
    ),
    "all": Text(
        de="Für alle, die über mehrere Jahre vergleichen oder alles auf einmal haben wollen: Forschung, "
        "Datenportale, Entwicklerinnen und Entwickler.",
        en="For everybody who compares several years or wants all at once: researchers, data portals, "
        "developers.",
    ),
}
"""What a dataset is for whom, in one plain sentence."""

NEXT: Final[Mapping[Kind, Text]] = {
    "goals": Text(
        de="Berichtigungen und neue Sachstände, sobald sie vorliegen. Das nächste Haushaltsjahr wird ein "
        "eigener Datensatz.",
        en="Corrections and new progress as soon as they are there. The next budget year becomes a dataset "
        "of its own.",
    ),
}
"""When something new is expected, where it is not simply with the next budget year."""

WITH_THE_NEXT_YEAR: Final = Text(
    de="Mit dem nächsten Haushaltsjahr; Berichtigungen, sobald sie vorliegen.",
    en="With the next budget year; corrections as soon as they are there.",
)

FREQUENCIES: Final[Mapping[str, Text]] = {
    "ANNUAL": Text(de="jährlich", en="annual"),
    "ANNUAL_2": Text(de="halbjährlich", en="twice a year"),
    "BIENNIAL": Text(de="alle zwei Jahre", en="every two years"),
    "QUARTERLY": Text(de="vierteljährlich", en="quarterly"),
    "MONTHLY": Text(de="monatlich", en="monthly"),
    "DAILY": Text(de="täglich", en="daily"),
    "IRREG": Text(de="unregelmäßig", en="irregular"),
}
"""How often something new comes (EU authority table frequency)."""

CHANGES: Final[Mapping[ChangeKind, Text]] = {
    "new": Text(de="erschienen", en="issued"),
    "data": Text(de="Daten geändert", en="data changed"),
    "metadata": Text(de="Beschreibung geändert", en="description changed"),
    "deprecated": Text(de="nicht mehr fortgeführt", en="no longer continued"),
    "withdrawn": Text(de="zurückgezogen", en="withdrawn"),
    "restored": Text(de="wieder aufgenommen", en="taken up again"),
}

STATUS: Final[Mapping[Status, Text | None]] = {
    "COMPLETED": None,
    "DEPRECATED": Text(
        de="Dieser Datensatz wird nicht mehr fortgeführt. Seine Dateien bleiben so, wie sie zuletzt "
        "veröffentlicht waren. Seit:",
        en="This dataset is no longer continued. Its files stay as they were published last. Since:",
    ),
    "WITHDRAWN": Text(
        de="Dieser Datensatz ist zurückgezogen und verschwindet bald aus dem Katalog. Verwenden Sie ihn "
        "nicht mehr für Neues; zum Nachschlagen bleiben seine Dateien. Seit:",
        en="This dataset is withdrawn and will soon leave the catalogue. Do not use it for anything new; its "
        "files stay to be looked up. Since:",
    ),
}
"""What a page says of the life of a dataset; nothing while it is kept up."""

COLUMNS: Final[Mapping[ColumnKind, Text]] = {
    "text": Text(de="Text", en="text"),
    "list": Text(de="Liste, getrennt mit Semikolon", en="list, separated by semicolons"),
    "whole": Text(de="ganze Zahl", en="whole number"),
    "year": Text(de="Jahr", en="year"),
    "decimal": Text(de="Zahl", en="number"),
    "date": Text(de="Datum", en="date"),
}
"""What a column holds."""
