"""A form as a workbook (XLSX): the sheet to fill in, instructions, hidden lists and identity."""

import io
from typing import Any, Final

import openpyxl
from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from pipeline.forms import (
    FIELDS,
    FORM_SHEETS,
    IDENTITY_SHEET,
    INFORMATION,
    INSTRUCTIONS_SHEET,
    LISTS_SHEET,
    Field,
)
from pipeline.template import looks
from pipeline.template.content import Choices, FormContent
from pipeline.template.instructions import write_instructions

TITLE_ROW, HINT_ROW, MEANING_ROW, HEADER_ROW = 1, 2, 3, 4
FIRST_ROW: Final = HEADER_ROW + 1
EMPTY_ROWS: Final = 200
A3, A4 = 8, 9
"""Sizes of paper (ECMA-376 part 1, 18.3.1.63)."""
MOST_COLUMNS_ON_A4: Final = 10
CHARACTERS_A_LINE: Final = 36
HINT: Final = (
    "Eine Zeile je Ziel; dunkle Überschriften sind Pflicht. Mehr dazu auf dem Blatt „Anleitung“. "
    "Vor der Abgabe prüfen: /check oder „stadtziele check“."
)


def form_workbook(content: FormContent) -> bytes:
    """Return a form as the bytes of an XLSX workbook."""
    book = openpyxl.Workbook()
    book.properties.creator = "stadtziele"
    book.properties.title = content.title
    book.properties.language = "de-DE"
    sheet = book.worksheets[0]
    sheet.title = FORM_SHEETS[content.identity.kind]
    write_instructions(book.create_sheet(INSTRUCTIONS_SHEET), content)
    ranges = _write_lists(book, content.choices)
    _write_form(sheet, content, ranges)
    _write_identity(book, content)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _write_form(sheet: Worksheet, content: FormContent, ranges: dict[str, str]) -> None:
    kind = content.identity.kind
    fields, information = FIELDS[kind], INFORMATION[kind]
    last = FIRST_ROW + max(len(content.rows), EMPTY_ROWS if kind == "submissions" else 0) + 20
    width = len(fields) + (len(information) if content.rows else 0)
    _write_title(sheet, content.title, width)
    for index, field in enumerate(fields, start=1):
        _write_column(sheet, index, field, last)
        validation = _validation(field, content.choices.get(field.alias), ranges.get(field.alias))
        validation.add(f"{get_column_letter(index)}{FIRST_ROW}:{get_column_letter(index)}{last}")
        sheet.add_data_validation(validation)
    if content.rows:
        for index, header in enumerate(information, start=len(fields) + 1):
            _write_information(sheet, index, header)
        _fill_in(sheet, content, len(fields))
    sheet.row_dimensions[MEANING_ROW].height = 66
    sheet.row_dimensions[HEADER_ROW].height = 22
    sheet.freeze_panes = f"{'D' if kind == 'submissions' else 'B'}{FIRST_ROW}"
    _set_up_printing(sheet, content.title, width)


def _write_title(sheet: Worksheet, title: str, width: int) -> None:
    for row, text, font, height in (
        (TITLE_ROW, title, looks.TITLE, 26),
        (HINT_ROW, HINT, looks.HINT, 18),
    ):
        cell = sheet.cell(row, 1, text)
        cell.font = font
        cell.alignment = looks.MIDDLE
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=min(width, 8))
        sheet.row_dimensions[row].height = height


def _write_column(sheet: Worksheet, index: int, field: Field, last: int) -> None:
    meaning = sheet.cell(MEANING_ROW, index, field.meaning_de)
    meaning.font, meaning.alignment = looks.SMALL, looks.TOP
    header = sheet.cell(HEADER_ROW, index, field.header)
    header.font, header.alignment, header.border = looks.HEADER, looks.MIDDLE, looks.LINE
    header.fill = looks.REQUIRED_FILL if field.required else looks.OPTIONAL_FILL
    for row in range(FIRST_ROW, last + 1):
        cell = sheet.cell(row, index)
        cell.number_format = looks.FORMATS[field.content]
        cell.alignment, cell.border = looks.TOP, looks.LINE
    letter = get_column_letter(index)
    sheet.column_dimensions[letter].width = looks.WIDTHS.get(field.alias, looks.USUAL_WIDTH)


def _write_information(sheet: Worksheet, index: int, header: str) -> None:
    cell = sheet.cell(HEADER_ROW, index, header)
    cell.font, cell.fill = looks.INFORMATION_TEXT, looks.INFORMATION_FILL
    cell.alignment, cell.border = looks.MIDDLE, looks.LINE
    sheet.cell(MEANING_ROW, index, "zur Information").font = looks.SMALL
    letter = get_column_letter(index)
    sheet.column_dimensions[letter].width = looks.WIDTHS.get(header, looks.USUAL_WIDTH)


def _fill_in(sheet: Worksheet, content: FormContent, fields: int) -> None:
    """Write what is known: the goal's id, and beside the form what it is about. Texts stay texts."""
    for row, (goal, *about) in enumerate(content.rows, start=FIRST_ROW):
        sheet.cell(row, 1, goal)
        sheet.row_dimensions[row].height = max(
            looks.height_for(text or "", CHARACTERS_A_LINE) for text in about
        )
        for index, text in enumerate(about, start=fields + 1):
            cell = sheet.cell(row, index)
            if text is not None:
                cell.value = text
                cell.data_type = "s"
            cell.font, cell.fill = looks.INFORMATION_TEXT, looks.INFORMATION_FILL
            cell.alignment, cell.border = looks.TOP, looks.LINE


def _validation(field: Field, choices: Choices | None, where: str | None) -> DataValidation:
    """Return what a column accepts, with the hint that is shown when a cell is entered."""
    if choices and choices.values:
        validation = DataValidation(type="list", formula1=where, allow_blank=True)
        validation.showErrorMessage = choices.closed
        validation.error = "Bitte wählen Sie einen Eintrag aus der Liste."
    else:
        validation = _typed(field)
    validation.errorTitle = field.header
    validation.promptTitle = field.header[:32]
    validation.prompt = f"{field.meaning_de}\nZum Beispiel: {field.example}"[:255]
    validation.showInputMessage = True
    return validation


def _typed(field: Field) -> DataValidation:
    match field.content:
        case "whole":
            kind = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="1")
            kind.error = "Bitte eine ganze Zahl ab 1 eintragen."
        case "percent":
            kind = DataValidation(type="decimal", operator="between", formula1="0", formula2="100")
            kind.error = "Bitte eine Zahl von 0 bis 100 eintragen."
        case "year":
            kind = DataValidation(type="whole", operator="between", formula1="1900", formula2="2199")
            kind.error = "Hier wird ein Jahr mit vier Ziffern erwartet. Trotzdem so lassen?"
            kind.errorStyle = "warning"
        case "number":
            kind = DataValidation(type="decimal", operator="between", formula1="-1E+15", formula2="1E+15")
            kind.error = "Hier wird eine Zahl erwartet. Trotzdem so lassen?"
            kind.errorStyle = "warning"
        case "date":
            kind = DataValidation(type="date", operator="greaterThan", formula1="18264")  # 1 January 1950
            kind.error = "Hier wird ein Datum erwartet, z. B. 24.06.2013. Trotzdem so lassen?"
            kind.errorStyle = "warning"
        case _:
            kind = DataValidation()
    kind.allow_blank = True
    kind.showErrorMessage = kind.error is not None
    return kind


def _write_lists(book: Workbook, choices: dict[str, Choices]) -> dict[str, str]:
    """Write the lists to a hidden sheet; return the range of each."""
    sheet = book.create_sheet(LISTS_SHEET)
    sheet.sheet_state = "hidden"
    ranges: dict[str, str] = {}
    for index, (alias, offered) in enumerate(choices.items(), start=1):
        sheet.cell(1, index, alias)
        for row, value in enumerate(offered.values, start=2):
            cell = sheet.cell(row, index, value)
            cell.data_type = "s"
        letter = get_column_letter(index)
        ranges[alias] = f"{LISTS_SHEET}!${letter}$2:${letter}${len(offered.values) + 1}"
    return ranges


def _write_identity(book: Workbook, content: FormContent) -> None:
    sheet = book.create_sheet(IDENTITY_SHEET)
    sheet.sheet_state = "veryHidden"
    for pair in content.identity.model_dump(exclude_none=True).items():
        sheet.append(pair)


def _set_up_printing(sheet: Worksheet, title: str, width: int) -> None:
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = A3 if width > MOST_COLUMNS_ON_A4 else A4
    sheet.page_setup.fitToHeight = 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.4, bottom=0.8, footer=0.4)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{HEADER_ROW}:{HEADER_ROW}"
    footer: Any = sheet.oddFooter  # its stubs take a header for one without parts
    footer.left.text, footer.right.text = title.replace("&", "&&"), "Seite &P von &N"
