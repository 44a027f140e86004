"""The sheet that explains a form, in German with English below."""

from collections.abc import Iterable
from typing import Final

from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.forms import FIELDS, FORM_SHEETS, Kind
from pipeline.template import looks
from pipeline.template.content import FormContent

_CHARACTERS_OF_MEANING, _CHARACTERS_OF_EXAMPLE, _CHARACTERS_OF_ALL = 80, 42, 140
"""Characters on a line of the third, the fourth and of all columns together, also in a wide font."""

_FIRST: Final[dict[Kind, str]] = {
    "submissions": "Tragen Sie je Zeile ein Ziel ein.",
    "decisions": "Jede Zeile nennt ein angemeldetes Ziel. Tragen Sie Ergebnis und Gremium ein.",
    "progress": "Jede Zeile nennt ein Ziel Ihres Amts. Tragen Sie ein, was erreicht ist, und zu "
    "welchem Stand.",
}
_FIRST_EN: Final[dict[Kind, str]] = {
    "submissions": "Enter one goal a row.",
    "decisions": "Each row names a goal that was handed in. Enter outcome and body.",
    "progress": "Each row names a goal of your department. Enter what is attained, and as of which day.",
}


def write_instructions(sheet: Worksheet, content: FormContent) -> None:
    """Write the instructions of a form to an empty sheet."""
    kind = content.identity.kind
    sheet["A1"] = f"Anleitung: {content.title}"
    sheet["A1"].font = looks.TITLE
    row = _paragraphs(sheet, 3, _numbered(_steps(kind)))
    if content.basis:
        sheet.cell(row + 1, 1, "Was dafür gilt / what holds for it").font = looks.TITLE
        row = _paragraphs(sheet, row + 2, content.basis)
    row = _columns_table(sheet, kind, row + 1)
    sheet.cell(row + 1, 1, "In English").font = looks.TITLE
    _paragraphs(sheet, row + 2, _numbered(_steps_en(kind)))
    for letter, width in zip("ABCD", (24, 12, 70, 44), strict=True):
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9  # A4
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.sheet_view.showGridLines = False


def _numbered(steps: tuple[str, ...]) -> list[str]:
    return [f"{number}. {step}" for number, step in enumerate(steps, start=1)]


def _paragraphs(sheet: Worksheet, row: int, texts: Iterable[str]) -> int:
    """Write a text a row, over the whole width, from a row on; return the row after them."""
    for text in texts:
        cell = sheet.cell(row, 1, text)
        cell.data_type, cell.alignment = "s", looks.TOP
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=4)
        sheet.row_dimensions[row].height = looks.height_for(text, _CHARACTERS_OF_ALL) + 4
        row += 1
    return row


def _columns_table(sheet: Worksheet, kind: Kind, row: int) -> int:
    """Write the table of columns from a row on; return the row after it."""
    for index, words in enumerate(("Spalte", "Pflicht", "Was hineingehört", "Zum Beispiel"), start=1):
        cell = sheet.cell(row, index, words)
        cell.font, cell.fill = looks.HEADER, looks.REQUIRED_FILL
    for field in FIELDS[kind]:
        row += 1
        required = "ja" if field.required else ""
        words_of = (field.header, required, f"{field.meaning_de}\n{field.meaning_en}", field.example)
        for index, words in enumerate(words_of, start=1):
            cell = sheet.cell(row, index, words)
            cell.alignment, cell.border = looks.TOP, looks.LINE
        sheet.row_dimensions[row].height = 4 + max(
            looks.height_for(words_of[2], _CHARACTERS_OF_MEANING),
            looks.height_for(field.example, _CHARACTERS_OF_EXAMPLE),
        )
    return row + 1


def _steps(kind: Kind) -> tuple[str, ...]:
    return (
        f"Blatt „{FORM_SHEETS[kind]}“: {_FIRST[kind]} Dunkle Überschriften sind Pflicht.",
        "Manche Spalten haben eine Auswahlliste (Pfeil an der Zelle). Nennt eine Zelle mehreres, "
        "trennen Sie es "
        "mit Semikolon. Zahlen und Daten schreiben Sie wie gewohnt: 12,5 und 24.06.2027.",
        "Lassen Sie Überschriften und Blätter, wie sie sind. Leere Zeilen stören nicht; weitere Zeilen "
        "dürfen "
        "Sie anfügen.",
        "Prüfen Sie die Datei vor der Abgabe auf der Seite „Formular prüfen“ (/check) oder mit "
        "„stadtziele check“. "
        "Der Bericht nennt jede Zelle, die zu ändern ist, und wie.",
        "Geben Sie die Datei ab. Ein Verstoß hält die ganze Datei zurück, bis er behoben ist; ein "
        "Hinweis nicht. "
        "Korrigiert wird, indem Sie die geänderte Datei noch einmal abgeben.",
    )


def _steps_en(kind: Kind) -> tuple[str, ...]:
    return (
        f"Sheet “{FORM_SHEETS[kind]}”: {_FIRST_EN[kind]} Dark headers are required.",
        "Some columns have a list to choose from. Separate several things in a cell by semicolons.",
        "Leave headers and sheets as they are. Empty rows do no harm; further rows may be added.",
        "Check the file before handing it in: page “Check a form” (/check), or `stadtziele check`. The "
        "report "
        "names each cell to be changed, and how.",
        "Hand the file in. A violation holds the whole file back until it is mended; a warning does not. To "
        "correct a file, hand in the changed file once more.",
    )
