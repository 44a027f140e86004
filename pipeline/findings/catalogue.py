"""The rules about files, tables and cells, which no shape can judge.

Each has a stable code; texts may name values in braces, filled from the finding's `detail`.
"""

from functools import cache
from typing import Final

from ontology.shapes import Rule, rules

_FILE_RULES: Final = (
    Rule(
        "file-unreadable",
        "violation",
        "Die Datei kann nicht gelesen werden: {detail}",
        "The file cannot be read: {detail}",
        "Öffnen und speichern Sie die Datei neu als XLSX, CSV oder JSON und geben Sie sie noch einmal ab.",
        "Open the file, save it again as XLSX, CSV or JSON, and hand it in once more.",
    ),
    Rule(
        "file-too-large",
        "violation",
        "Die Datei ist größer als erlaubt: {detail}",
        "The file is larger than allowed: {detail}",
        "Geben Sie nur das Formular ab, ohne Bilder und weitere Blätter.",
        "Hand in the form only, without pictures and further sheets.",
    ),
    Rule(
        "file-empty",
        "violation",
        "Die Datei enthält keine Tabelle mit Zeilen.",
        "The file holds no table with rows.",
        "Füllen Sie mindestens eine Zeile unter der Kopfzeile aus.",
        "Fill in at least one row below the header.",
    ),
    Rule(
        "file-unexpected",
        "warning",
        "Diese Datei liegt an einem Ort, an dem sie nicht erwartet wird, und wird nicht gelesen: {detail}",
        "This file lies where it is not expected, and is not read: {detail}",
        "Erwartet werden submissions/<Jahr>/<Amt>, decisions/<Jahr> und progress/<Jahr>/<Amt> als "
        ".xlsx, .csv oder .json.",
        "Expected are submissions/<year>/<department>, decisions/<year> and "
        "progress/<year>/<department> as .xlsx, .csv or .json.",
    ),
    Rule(
        "file-twice",
        "violation",
        "Für dasselbe Jahr und Amt liegen mehrere Dateien vor: {detail}",
        "There are several files for the same year and department: {detail}",
        "Lassen Sie nur die gültige Datei im Ordner.",
        "Leave only the valid file in the folder.",
    ),
    Rule(
        "file-missing",
        "warning",
        "Die Datei war früher da und fehlt jetzt; ihr zuletzt veröffentlichter Inhalt bleibt veröffentlicht.",
        "The file was there before and is missing now; its content as last published stays.",
        "Legen Sie die Datei wieder ab. Einzelne Ziele zieht man in der Entscheidungsliste zurück.",
        "Put the file back. To withdraw single goals, use the list of decisions.",
    ),
    Rule(
        "last-good-kept",
        "warning",
        "Die neue Fassung ist zurückgehalten; veröffentlicht bleibt die letzte gute Fassung "
        "(SHA-256 {detail}).",
        "The new version is held back; the last good one stays published (SHA-256 {detail}).",
        "Beheben Sie die Verstöße der neuen Fassung.",
        "Mend the violations of the new version.",
    ),
    Rule(
        "source-unreachable",
        "warning",
        "Die Quelle konnte nicht abgerufen werden: {detail}",
        "The source could not be fetched: {detail}",
        "Prüfen Sie Adresse und Erreichbarkeit. Bis dahin gilt die zuletzt abgerufene Fassung, "
        "falls es eine gibt.",
        "Check address and reachability. Until then the version fetched last stays in force, if "
        "there is one.",
    ),
    Rule(
        "sheet-not-read",
        "warning",
        "Das Blatt „{detail}“ wird nicht gelesen; gelesen wird nur das Blatt mit dem Formular.",
        "The sheet “{detail}” is not read; only the sheet with the form is.",
        "Löschen Sie das Blatt, oder geben Sie seine Zeilen auf dem Blatt mit dem Formular ab.",
        "Delete the sheet, or hand in its rows on the sheet with the form.",
    ),
    Rule(
        "header-missing",
        "violation",
        "Es wurde keine Kopfzeile gefunden.",
        "No header row was found.",
        "Die Kopfzeile muss die Spalten {detail} enthalten.",
        "The header row must hold the columns {detail}.",
    ),
    Rule(
        "column-missing",
        "violation",
        "Die Spalte „{detail}“ fehlt.",
        "The column “{detail}” is missing.",
        "Ergänzen Sie die Spalte; das Formular enthält alle Spalten.",
        "Add the column; the form has all columns.",
    ),
    Rule(
        "column-twice",
        "violation",
        "Die Spalte „{detail}“ kommt mehrmals vor.",
        "The column “{detail}” occurs more than once.",
        "Löschen Sie die überzählige Spalte.",
        "Delete the surplus column.",
    ),
    Rule(
        "column-unknown",
        "warning",
        "Die Spalte „{detail}“ ist nicht vorgesehen und wird nicht übernommen.",
        "There is no such column as “{detail}”; it is not taken over.",
        "Benennen Sie die Spalte wie im Formular, oder lassen Sie sie weg.",
        "Name the column as in the form, or leave it out.",
    ),
    Rule(
        "cell-without-column",
        "violation",
        "Diese Zelle steht in einer Spalte ohne Überschrift; die Zeile ist vielleicht verrutscht.",
        "This cell stands in a column without a header; the row may have shifted.",
        "Rücken Sie die Zeile zurecht (in CSV: Texte mit Trennzeichen in Anführungszeichen), oder leeren "
        "Sie die Zelle.",
        "Put the row right (in CSV: texts with delimiters in quotation marks), or clear the cell.",
    ),
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


@cache
def all_rules() -> dict[str, Rule]:
    """Return every rule by its code: those about files and those that are SHACL shapes."""
    return {rule.code: rule for rule in _FILE_RULES} | rules()
