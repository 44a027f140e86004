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
    Rule(
        "cell-formula-not-computed",
        "violation",
        "Die Zelle enthält eine Formel, zu der kein Ergebnis gespeichert ist.",
        "The cell holds a formula of which no result is saved.",
        "Öffnen Sie die Datei im Tabellenprogramm und speichern Sie sie, oder tragen Sie den Wert "
        "von Hand ein.",
        "Open the file in a spreadsheet program and save it, or enter the value by hand.",
    ),
    Rule(
        "cell-formula-leads-elsewhere",
        "warning",
        "Die Zelle enthält eine Formel, die anderswohin führt; übernommen wird nur, was sie anzeigt.",
        "The cell holds a formula that leads elsewhere; only what it shows is taken over.",
        "Tragen Sie den Text selbst ein.",
        "Enter the text itself.",
    ),
    Rule(
        "cell-looks-like-formula",
        "warning",
        "Der Text sieht aus wie eine Formel; er wird als Text übernommen und so veröffentlicht, "
        "dass ihn kein Programm ausführt.",
        "The text looks like a formula; it is taken over as text and published so that no program runs it.",
        "Beginnen Sie den Text nicht mit =, +, - oder @.",
        "Do not begin the text with =, +, - or @.",
    ),
    Rule(
        "cell-code-restored",
        "warning",
        "Das Tabellenprogramm hat den Schlüssel verändert; gelesen wird er als {detail}.",
        "The spreadsheet program has changed the code; it is read as {detail}.",
        "Ist {detail} richtig, ist nichts zu tun. Sonst: Zelle als Text formatieren und den "
        "Schlüssel neu eintragen.",
        "If {detail} is right, nothing is to be done. Else: format the cell as text and enter the "
        "code again.",
    ),
    Rule(
        "cell-control-characters",
        "warning",
        "Die Zelle enthält unsichtbare Steuerzeichen; sie werden entfernt.",
        "The cell holds invisible control characters; they are removed.",
        "Löschen Sie den Text und schreiben Sie ihn neu, statt ihn einzufügen.",
        "Delete the text and write it anew instead of pasting it.",
    ),
    Rule(
        "cell-direction-marks",
        "warning",
        "Die Zelle enthält Zeichen, die die Schreibrichtung umkehren; sie werden entfernt.",
        "The cell holds characters that turn the direction of writing; they are removed.",
        "Löschen Sie den Text und schreiben Sie ihn neu, statt ihn einzufügen.",
        "Delete the text and write it anew instead of pasting it.",
    ),
    Rule(
        "cell-too-long",
        "violation",
        "Der Text ist mit {detail} Zeichen zu lang; erlaubt sind 10.000.",
        "The text is too long with {detail} characters; 10,000 are allowed.",
        "Kürzen Sie den Text; Ausführliches gehört in eine Vorlage, auf die er verweist.",
        "Shorten the text; what is detailed belongs into a paper that it refers to.",
    ),
    Rule(
        "row-not-filled-in",
        "warning",
        "In dieser Zeile ist nur „{detail}“ ausgefüllt; sie wird nicht übernommen.",
        "Only “{detail}” is filled in in this row; it is not taken over.",
        "Füllen Sie die Zeile aus, oder lassen Sie sie so, wenn sie nicht gebraucht wird.",
        "Fill in the row, or leave it if it is not needed.",
    ),
)
