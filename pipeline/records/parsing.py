"""Numbers, dates, codes and ids as people write them.

Each function returns the value or raises `ValueError`; the caller knows the cell.
"""

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Final

from ontology.productplan import CODE_PATTERN, CURRENT_EDITION, product_plan
from pipeline.reading.grid import CellValue

GOAL_ID: Final = re.compile(r"(?P<year>\d{4})-(?P<department>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<number>\d{2,})")
ERROR_VALUE: Final = re.compile(r"#(REF|VALUE|NAME\?|DIV/0|N/A|NULL|NUM|BEZUG|WERT|NV|ZAHL)!?", re.IGNORECASE)
LARGEST: Final = Decimal(10) ** 15
"""Numbers from here on are no values of indicators but slips; the tables could not hold them."""

MOST_DECIMALS: Final = 12
LONGEST_TEXT: Final = 10_000
"""Characters of a cell; a goal with its description is told in a tenth of that."""
CONTROL_CHARACTERS: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff\ufffe\uffff]"
)
DIRECTION_MARKS: Final = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What turns the direction of writing (Unicode annex 9): text can be shown otherwise than it is stored."""
FORMULA: Final = re.compile(r"=|[@+-]\s*\w+\s*[(|!]")
"""How a text begins that a spreadsheet would take for a formula that does something."""

_FIRST_DAY: Final = date(1899, 12, 30)
"""Day 0 of the serial numbers that spreadsheets store dates as."""
_SERIALS: Final = range(20_000, 80_000)
"""Serial numbers of days from 1954 to 2119: no year, and no day that a form speaks of lies outside."""
_CODE_AND_LABEL: Final = re.compile(
    r"(?P<code>\d\d(?:[\s.]+\d\d){1,2}(?:-\d{1,4})?)\s*[\s:–—-]\s*[^\W\d].*", re.DOTALL
)
_LOST_ZERO: Final = re.compile(r"\d\d[.,]\d")
_NO_GROUP: Final = re.compile(r"kein(?:e|er)?\s*[:–—-]\s*(?P<reason>.+)", re.IGNORECASE | re.DOTALL)
_DIGITS: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def clean(text: str) -> str:
    """Return a text in one Unicode form (NFC), without characters that nobody sees."""
    return unicodedata.normalize("NFC", DIRECTION_MARKS.sub("", CONTROL_CHARACTERS.sub("", text)))


def text_of(value: CellValue) -> str:
    """Return a cell as the text a person sees: whole numbers without `.0`, dates as ISO."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    if isinstance(value, str):
        return value.strip()
    return "" if value is None else str(value).strip()


def parse_number(value: CellValue) -> Decimal:
    """Return a number written the German or the English way: `1.234,5`, `1234.5`, `12 %`.

    With one kind of separator only, a comma is a decimal comma, and a single dot before exactly three
    digits is a German thousands separator (`1.234` is 1234, `0.123` is not).
    """
    if isinstance(value, bool):
        raise ValueError(value)
    number = _stored_number(value) if isinstance(value, int | float | Decimal) else _number_of(text_of(value))
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(value)
    if int(number.as_tuple().exponent) < -MOST_DECIMALS:
        return round(number, MOST_DECIMALS)
    return number


def _stored_number(value: float | Decimal) -> Decimal:
    """Return a number cell with the 15 digits that spreadsheets show: 0.1 + 0.2 is 0.3 there."""
    return Decimal(f"{value:.15g}") if isinstance(value, float) else Decimal(value)


def _number_of(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", text).removesuffix("%").replace("−", "-")
    dot, comma = plain.rfind("."), plain.rfind(",")
    if dot >= 0 and comma >= 0:
        thousands, decimal = (".", ",") if comma > dot else (",", ".")
        whole, *rest = plain.split(decimal)
        plain = ".".join([_ungrouped(whole, thousands), *rest])
    elif plain.count(",") == 1:
        plain = plain.replace(",", ".")
    elif plain.count(",") > 1 or plain.count(".") > 1 or re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", plain):
        plain = _ungrouped(plain, "," if comma >= 0 else ".")
    if not _DIGITS.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error


def _ungrouped(digits: str, separator: str) -> str:
    """Return a whole number without its separators; raises `ValueError` unless they part off thousands."""
    first, *groups = digits.split(separator)
    if any(len(group) != 3 for group in groups):
        raise ValueError(digits)
    return "".join([first, *groups])


def parse_whole_number(value: CellValue) -> int:
    """Return a whole number."""
    number = parse_number(value)
    if number != number.to_integral_value() or abs(number) > 10**9:
        raise ValueError(value)
    return int(number)


def parse_year(value: CellValue) -> int:
    """Return a year of four digits."""
    year = parse_whole_number(value)
    if not 1900 <= year <= 2199:
        raise ValueError(value)
    return year


def parse_date(value: CellValue) -> date:
    """Return a date: of a date cell, its serial number, or written `24.06.2013` or `2013-06-24`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    if text.isdecimal() and len(text) == 5 and int(text) in _SERIALS:
        return _FIRST_DAY + timedelta(days=int(text))
    german = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text)
    if german:
        day, month, year = map(int, german.groups())
        return date(year, month, day)
    return date.fromisoformat(text)


def parse_product_code(value: CellValue) -> str:
    """Return the code of a product group, product or local group, with dots: `11.14.08`.

    Its label may follow, as in the list of the form. A number cell has lost its trailing zero, so 11.2 is
    11.20; of a date, day and month are the code, unless it may stand for a product as well.
    """
    text = _code_text(value)
    match = CODE_PATTERN.fullmatch(text)
    if match is None or match[2] is None:
        raise ValueError(value)
    return text


def is_guessed_code(value: CellValue) -> bool:
    """Tell whether a spreadsheet has changed the code of a product group, and it was restored."""
    return isinstance(value, date) or _LOST_ZERO.fullmatch(_plain(value)) is not None


def _code_text(value: CellValue) -> str:
    if isinstance(value, date):
        return _code_of_date(value)
    text = _plain(value)
    if _LOST_ZERO.fullmatch(text):
        return f"{text[:2]}.{text[3]}0"
    labelled = _CODE_AND_LABEL.fullmatch(text)
    return re.sub(r"[\s.]+", ".", labelled["code"] if labelled else text).strip(".")


def _plain(value: CellValue) -> str:
    return f"{value:.15g}" if isinstance(value, float) else text_of(value)


def _code_of_date(value: date) -> str:
    """Return the listed product group that a spreadsheet took for a day: `11.10` for 11 October."""
    group = f"{value.day:02}.{value.month:02}"
    product = f"{group}.{value.year % 100:02}"
    plan = product_plan()
    if plan.get((CURRENT_EDITION, group)) is None or plan.get((CURRENT_EDITION, product)) is not None:
        raise ValueError(value)
    return group


def reason_for_no_group(value: CellValue) -> str | None:
    """Return the reason in a cell such as `keine: Eigenbetrieb …`, or None for any other text."""
    match = _NO_GROUP.fullmatch(text_of(value))
    return match["reason"].strip() if match else None


def parse_goal_id(value: CellValue) -> str:
    """Return the id of a goal in its one spelling, e.g. `2014-kulturamt-03`; its title may follow."""
    words = text_of(value).lower().split(maxsplit=1)
    match = GOAL_ID.fullmatch(words[0].rstrip(":,;")) if words else None
    if match is None:
        raise ValueError(value)
    return match[0]


def split_list(value: CellValue) -> tuple[str, ...]:
    """Return the parts of a cell that may name several things, separated by `;`."""
    return tuple(part.strip() for part in text_of(value).split(";") if part.strip())
