"""Rules about single cells: what cannot be read as what its column holds."""

from typing import Final

from ontology.shapes import Rule

RULES: Final = (
    Rule(
        "cell-not-a-number",
        "violation",
        "Hier wird eine Zahl erwartet.",
        "A number is expected here.",
        "Tragen Sie nur die Zahl ein, z. B. 1.234,5 oder 12 %.",
        "Enter the number only, e.g. 1234.5 or 12 %.",
    ),
    Rule(
        "cell-not-a-year",
        "violation",
        "Hier wird eine Jahreszahl erwartet.",
        "A year is expected here.",
        "Schreiben Sie das Jahr vierstellig, z. B. 2016.",
        "Write the year with four digits, e.g. 2016.",
    ),
    Rule(
        "cell-not-a-date",
        "violation",
        "Hier wird ein Datum erwartet.",
        "A date is expected here.",
        "Schreiben Sie das Datum als 24.06.2013 oder 2013-06-24.",
        "Write the date as 24.06.2013 or 2013-06-24.",
    ),
    Rule(
        "cell-not-a-goal-id",
        "violation",
        "Hier wird die Kennung eines Ziels erwartet.",
        "The id of a goal is expected here.",
        "Kennungen haben die Form Jahr-Amt-Nummer, z. B. 2014-kulturamt-03.",
        "Ids have the form year-department-number, e.g. 2014-kulturamt-03.",
    ),
    Rule(
        "cell-not-a-product-group",
        "violation",
        "Hier wird der Schlüssel einer Produktgruppe oder eines Produkts erwartet.",
        "The code of a product group or product is expected here.",
        "Schreiben Sie den Schlüssel mit Punkten, z. B. 11.14 oder 11.14.08, örtlich 11.14-002.",
        "Write the code with dots, e.g. 11.14 or 11.14.08, or 11.14-002 for a local one.",
    ),
    Rule(
        "cell-error-value",
        "violation",
        "Die Zelle enthält einen Fehlerwert der Tabellenkalkulation.",
        "The cell holds an error value of the spreadsheet.",
        "Beheben Sie die Formel, oder tragen Sie den Wert von Hand ein.",
        "Mend the formula, or enter the value by hand.",
    ),
)
