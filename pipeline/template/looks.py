"""How forms look: colours, formats of cells, widths of columns."""

from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from pipeline.forms import Content

FORMATS: Final[dict[Content, str]] = {
    "text": "@",
    "list": "@",
    "whole": "0",
    "number": "General",  # with decimal places of its own, a German Excel shows 40 as "40,"
    "percent": "General",
    "year": "0",
    "date": "DD.MM.YYYY",
    "product": "@",  # else a spreadsheet makes 11.1 or a day of 11.10
    "goal": "@",
}
WIDTHS: Final[dict[str, int]] = {
    "number": 12,
    "product_group": 26,
    "title": 42,
    "description": 42,
    "action_field": 26,
    "recommendation": 26,
    "target_group": 22,
    "indicator": 28,
    "carried_over_from": 24,
    "note": 30,
    "goal": 24,
    "outcome": 20,
    "body": 26,
    "reason": 36,
    "attainment": 20,
    "Wortlaut": 42,
    "Amt": 24,
    "Kennzahl": 26,
}
USUAL_WIDTH: Final = 14

BRAND: Final = "0B5563"
FONT: Final = "Calibri"
TITLE: Final = Font(name=FONT, bold=True, size=15, color=BRAND)
HINT: Final = Font(name=FONT, size=10, color="55616A")
SMALL: Final = Font(name=FONT, size=8, color="55616A", italic=True)
HEADER: Final = Font(name=FONT, bold=True, color="FFFFFF")
INFORMATION_TEXT: Final = Font(name=FONT, color="55616A")
REQUIRED_FILL: Final = PatternFill("solid", fgColor=BRAND)
OPTIONAL_FILL: Final = PatternFill("solid", fgColor="5F7F88")
INFORMATION_FILL: Final = PatternFill("solid", fgColor="E4E9EB")
TOP: Final = Alignment(wrap_text=True, vertical="top")
MIDDLE: Final = Alignment(wrap_text=True, vertical="center")
_THIN: Final = Side(style="thin", color="CFD6DA")
LINE: Final = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_LINE_HEIGHT: Final = 15
_HIGHEST_ROW: Final = 409
"""Points; spreadsheets allow no higher row."""


def height_for(text: str, characters: int) -> int:
    """Return the height in points of a row that holds a text, with so many characters on a line."""
    lines = sum(1 + len(line) // characters for line in text.split("\n"))
    return min(_LINE_HEIGHT * lines, _HIGHEST_ROW)
