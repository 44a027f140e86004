"""Rules about files: whether they can be read, and where they lie."""

from typing import Final

from ontology.shapes import Rule

RULES: Final = (
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
)
