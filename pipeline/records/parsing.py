"""Numbers, dates, codes and ids as people write them.

Each function returns the value or raises `ValueError`; the caller knows the cell.
"""

import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from ontology.productplan import CODE_PATTERN
from pipeline.reading.grid import CellValue

GOAL_ID: Final = re.compile(r"(?P<year>\d{4})-(?P<department>[a-z0-9]+(?:-[a-z0-9]+)*)-(?P<number>\d{2,})")
ERROR_VALUE: Final = re.compile(r"#(REF|VALUE|NAME\?|DIV/0|N/A|NULL|NUM|BEZUG|WERT|NV|ZAHL)!?", re.IGNORECASE)
LARGEST: Final = Decimal(10) ** 15
"""Numbers from here on are no values of indicators but slips; the tables could not hold them."""

_NO_GROUP: Final = re.compile(r"kein(?:e|er)?\s*[:–—-]\s*(?P<reason>.+)", re.IGNORECASE | re.DOTALL)
_DIGITS: Final = re.compile(r"[+-]?\d+(\.\d+)?")


def text_of(value: CellValue) -> str:
    """Return a cell as the text a person sees: whole numbers without `.0`, dates as ISO."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else value.isoformat()
    if isinstance(value, bool):
        return "WAHR" if value else "FALSCH"
    return "" if value is None else str(value).strip()


def parse_number(value: CellValue) -> Decimal:
    """Return a number written the German or the English way: `1.234,5`, `1234.5`, `12 %`.

    With one kind of separator only, a comma is a decimal comma, and a single dot before exactly three
    digits is a German thousands separator (`1.234` is 1234, `0.123` is not).
    """
    if isinstance(value, bool):
        raise ValueError(value)
    is_number = isinstance(value, int | float | Decimal)
    number = Decimal(str(value)) if is_number else _number_of(text_of(value))
    if not number.is_finite() or abs(number) >= LARGEST:
        raise ValueError(value)
    return number


def _number_of(text: str) -> Decimal:
    plain = re.sub(r"[\s\u00a0\u202f'’]", "", text).removesuffix("%").replace("−", "-")
    dot, comma = plain.rfind("."), plain.rfind(",")
    if dot >= 0 and comma >= 0:
        thousands, decimal = (".", ",") if comma > dot else (",", ".")
        plain = plain.replace(thousands, "").replace(decimal, ".")
    elif plain.count(",") == 1:
        plain = plain.replace(",", ".")
    elif plain.count(",") > 1 or plain.count(".") > 1 or re.fullmatch(r"[+-]?[1-9]\d{0,2}\.\d{3}", plain):
        plain = plain.replace(",", "").replace(".", "")
    if not _DIGITS.fullmatch(plain):
        raise ValueError(text)
    try:
        return Decimal(plain)
    except InvalidOperation as error:
        raise ValueError(text) from error


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
    """Return a date: of a date cell, or written `24.06.2013` or `2013-06-24`."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = text_of(value)
    german = re.fullmatch(r"(\d{1,2})\.\s*(\d{1,2})\.\s*(\d{4})", text)
    if german:
        day, month, year = map(int, german.groups())
        return date(year, month, day)
    return date.fromisoformat(text)


def parse_product_code(value: CellValue) -> str:
    """Return the code of a product group, product or local group, with dots: `11.14.08`.

    A number cell has lost its trailing zero, so 11.2 is 11.20.
    """
    if isinstance(value, float | Decimal) and value % 1:
        text = f"{value:.2f}" if round(value, 2) == value else str(value)
    else:
        text = re.sub(r"[\s.]+", ".", text_of(value)).strip(".")
    match = CODE_PATTERN.fullmatch(text)
    if match is None or match[2] is None:
        raise ValueError(value)
    return text


def reason_for_no_group(value: CellValue) -> str | None:
    """Return the reason in a cell such as `keine: Eigenbetrieb …`, or None for any other text."""
    match = _NO_GROUP.fullmatch(text_of(value))
    return match["reason"].strip() if match else None


def parse_goal_id(value: CellValue) -> str:
    """Return the id of a goal in its one spelling, e.g. `2014-kulturamt-03`."""
    match = GOAL_ID.fullmatch(text_of(value).lower())
    if match is None:
        raise ValueError(value)
    return match[0]


def split_list(value: CellValue) -> tuple[str, ...]:
    """Return the parts of a cell that may name several things, separated by `;`."""
    return tuple(part.strip() for part in text_of(value).split(";") if part.strip())
