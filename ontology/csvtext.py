"""Values as text in the CSV files that we publish, safe to be opened with a spreadsheet program."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for a formula when it opens a CSV (OWASP, CSV injection)."""
_DISARMED: Final = "'"
"""Set before such a text when we write it, and taken off when it is read again."""


def arm(text: str) -> str:
    """Return a text as it was before it was disarmed."""
    is_disarmed = text.startswith(_DISARMED) and text.lstrip(_DISARMED).startswith(_FORMULA_STARTS)
    return text.removeprefix(_DISARMED) if is_disarmed else text


def disarm(text: str) -> str:
    """Return a text so that no spreadsheet runs it as a formula; `arm` undoes it."""
    return f"{_DISARMED}{text}" if text.lstrip(_DISARMED).startswith(_FORMULA_STARTS) else text


def csv_text(value: Any) -> str:
    """Return a value as CSV text that no spreadsheet runs as a formula."""
    text = exact_text(value)
    return disarm(text) if isinstance(value, str) else text


def exact_text(value: Any) -> str:
    """Return a value as text: numbers with a point and without zeros at their end, dates as ISO 8601."""
    match value:
        case None:
            return ""
        case Decimal():
            return f"{value.normalize():f}"
        case date():
            return value.isoformat()
        case _:
            return str(value)
