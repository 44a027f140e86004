"""Rules about tables: sheets, header and columns."""

from typing import Final

from ontology.shapes import Rule

RULES: Final = (
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
        "sheet-too-many-rows",
        "violation",
        "Das Blatt hat mehr Zeilen als erlaubt: {detail}.",
        "The sheet has more rows than allowed: {detail}.",
        "Löschen Sie alles unterhalb der letzten ausgefüllten Zeile, und geben Sie nur das Formular ab.",
        "Delete everything below the last row that is filled in, and hand in the form only.",
    ),
    Rule(
        "sheet-too-many-columns",
        "violation",
        "Das Blatt hat mehr Spalten als erlaubt: {detail}.",
        "The sheet has more columns than allowed: {detail}.",
        "Löschen Sie alles rechts der letzten Spalte des Formulars.",
        "Delete everything to the right of the form's last column.",
    ),
    Rule(
        "sheet-too-large",
        "violation",
        "Das Blatt reicht über mehr Zellen als erlaubt: {detail}.",
        "The sheet spans more cells than allowed: {detail}.",
        "Irgendwo weit unten oder rechts steht wohl eine vergessene Zelle: Löschen Sie alles "
        "außerhalb des Formulars.",
        "There is probably a forgotten cell far below or to the right: delete everything outside the form.",
    ),
    Rule(
        "sheet-second-form",
        "violation",
        "Auch das Blatt „{detail}“ enthält ein ausgefülltes Formular; gelesen wird nur eines.",
        "The sheet “{detail}” holds a filled-in form, too; only one is read.",
        "Führen Sie alle Zeilen auf einem Blatt zusammen, und löschen Sie das andere.",
        "Put all rows together on one sheet, and delete the other.",
    ),
)
