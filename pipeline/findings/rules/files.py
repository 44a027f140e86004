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
    Rule(
        "file-suffix-unknown",
        "violation",
        "Dateien mit dieser Endung werden nicht gelesen; gelesen werden {detail}.",
        "Files with this suffix are not read; {detail} are.",
        "Speichern Sie die Tabelle als XLSX (in LibreOffice: „Excel 2007–365“) oder CSV.",
        "Save the table as XLSX (in LibreOffice: “Excel 2007–365”) or CSV.",
    ),
    Rule(
        "file-other-kind",
        "violation",
        "Die Datei ist nicht, was ihre Endung sagt, sondern {detail}.",
        "The file is not what its suffix says but {detail}.",
        "Öffnen Sie die Tabelle und speichern Sie sie mit „Speichern unter“ als XLSX oder CSV; "
        "umbenennen genügt nicht.",
        "Open the table and save it with “Save as” as XLSX or CSV; renaming is not enough.",
    ),
    Rule(
        "file-encrypted",
        "violation",
        "Die Arbeitsmappe ist mit einem Kennwort geschützt.",
        "The workbook is protected with a password.",
        "Speichern Sie sie ohne Kennwort und geben Sie sie noch einmal ab.",
        "Save it without a password and hand it in once more.",
    ),
    Rule(
        "file-declares-entities",
        "violation",
        "Die Arbeitsmappe enthält eine Dokumenttyp-Deklaration und wird aus Sicherheitsgründen "
        "nicht gelesen.",
        "The workbook holds a document type declaration and is not read, for safety.",
        "Kein Tabellenprogramm schreibt so etwas: Öffnen Sie die Datei nicht, und übertragen Sie "
        "die Werte in ein neues Formular.",
        "No spreadsheet program writes such a thing: do not open the file, and enter the values "
        "into a new form.",
    ),
    Rule(
        "file-too-many-parts",
        "violation",
        "Die Arbeitsmappe besteht aus zu vielen Teilen: {detail}.",
        "The workbook is made of too many parts: {detail}.",
        "Geben Sie nur das Formular ab, ohne Bilder und weitere Blätter.",
        "Hand in the form only, without pictures and further sheets.",
    ),
    Rule(
        "file-unpacks-too-large",
        "violation",
        "Ausgepackt ist die Arbeitsmappe größer als erlaubt: {detail}.",
        "Unpacked, the workbook is larger than allowed: {detail}.",
        "Geben Sie nur das Formular ab, ohne Bilder und weitere Blätter.",
        "Hand in the form only, without pictures and further sheets.",
    ),
    Rule(
        "file-being-written",
        "violation",
        "Die Datei wurde geschrieben, während sie gelesen wurde.",
        "The file was being written while it was read.",
        "Warten Sie, bis sie gespeichert ist, und geben Sie sie dann noch einmal ab. Der nächste "
        "Lauf versucht es von selbst.",
        "Wait until it is saved, then hand it in again. The next run tries by itself.",
    ),
    Rule(
        "workbook-links",
        "warning",
        "Die Arbeitsmappe verweist auf andere Dateien. Gelesen werden die zuletzt gespeicherten "
        "Werte, die Verweise nicht.",
        "The workbook has links to other files. The values saved last are read, the links are not followed.",
        "Ersetzen Sie solche Formeln durch ihre Werte (Kopieren, Werte einfügen).",
        "Replace such formulas by their values (copy, paste values).",
    ),
    Rule(
        "form-of-other-place",
        "violation",
        "Das Formular ist für „{detail}“ ausgegeben; die Datei heißt anders oder liegt anderswo.",
        "The form was handed out for “{detail}”; the file has another name or lies elsewhere.",
        "Legen Sie die Datei dort ab, wofür das Formular ist, oder übertragen Sie die Werte in "
        "das richtige Formular.",
        "Put the file where its form belongs, or enter the values into the right form.",
    ),
    Rule(
        "form-renamed",
        "warning",
        "Die Datei heißt nicht nach ihrem Amt; am Formular wurde sie als „{detail}“ erkannt.",
        "The file is not named after its department; by its form it was recognised as “{detail}”.",
        "Es ist nichts zu tun. Wer die Datei umbenennt, findet sie in Berichten leichter wieder.",
        "Nothing is to be done. With its proper name the file is easier to find in reports.",
    ),
    Rule(
        "form-place-unknown",
        "violation",
        "Weder das Formular noch der Ort der Datei sagt, wofür sie ist: {detail} fehlt.",
        "Neither the form nor the place of the file tells what it is for: {detail} is missing.",
        "Nehmen Sie das Formular aus „stadtziele template“, oder legen Sie die Datei unter "
        "submissions/<Jahr>/<Amt> ab.",
        "Use the form of “stadtziele template”, or put the file under submissions/<year>/<department>.",
    ),
    Rule(
        "findings-left-out",
        "warning",
        "{detail} weitere Befunde dieser Datei sind nicht aufgeführt.",
        "{detail} more findings of this file are not listed.",
        "Beheben Sie zuerst die aufgeführten; meist haben viele dieselbe Ursache.",
        "Mend the listed ones first; most often many have one cause.",
    ),
    Rule(
        "check-too-long",
        "violation",
        "Die Prüfung wurde nach {detail} Sekunden abgebrochen.",
        "The check was stopped after {detail} seconds.",
        "Geben Sie nur das Formular ab, ohne weitere Blätter und ohne leere Zeilen am Ende.",
        "Hand in the form only, without further sheets and without empty rows at the end.",
    ),
    Rule(
        "check-too-much-memory",
        "violation",
        "Die Prüfung braucht mehr Speicher, als sie bekommt.",
        "The check needs more memory than it is given.",
        "Geben Sie nur das Formular ab, ohne weitere Blätter und ohne leere Zeilen am Ende.",
        "Hand in the form only, without further sheets and without empty rows at the end.",
    ),
)
