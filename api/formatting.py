"""How pages write numbers, sizes and dates."""

import re
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from api.texts import Language

_THOUSAND: Final = 1_000
_UNITS: Final = ("kB", "MB", "GB", "TB")
_PACKED: Final = ".gz"
_FORMATS: Final = {
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "parquet": "Parquet",
    "rdf": "RDF/XML",
    "stratml.xml": "StratML",
    "trig": "TriG",
    "ttl": "Turtle",
    "xlsx": "Excel (XLSX)",
}
"""Names that are not the suffix in capitals."""
_DATED: Final = re.compile(r"(\d{4}-\d{2}-\d{2})(T.*)?")
_BROKEN: Final = re.compile(r"-?\d+\.\d+")


def number(value: float) -> str:
    """Return a whole number with thin spaces between thousands, as ISO 80000-1 has it."""
    return f"{value:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def size(octets: int, language: Language) -> str:
    """Return a number of bytes with the unit that people read easily: ``12,3 kB``."""
    if octets < _THOUSAND:
        return f"{octets} {'bytes' if language == 'en' else 'Byte'}"
    power = min((len(str(octets)) - 1) // 3, len(_UNITS))
    text = f"{Decimal(octets) / _THOUSAND**power:.1f} {_UNITS[power - 1]}"
    return text if language == "en" else text.replace(".", ",")


def file_format(suffix: str) -> str:
    """Return what people call the format of a file with this suffix: ``Turtle``."""
    name = suffix.removesuffix(_PACKED)
    known = _FORMATS.get(name, name.upper())
    return known if name == suffix else f"{known} (gzip)"


def day(moment: date | datetime, language: Language) -> str:
    """Return a day as readers of a language write it."""
    return moment.strftime("%Y-%m-%d" if language == "en" else "%d.%m.%Y")


def written(value: str, language: Language) -> str:
    """Return a day, a time or a number of the data as readers of a language write it.

    Of a time (`xsd:dateTime`) its day is told; any other text is returned as it is, a day that is none too.
    """
    if found := _DATED.fullmatch(value):
        with suppress(ValueError):
            return day(date.fromisoformat(found[1]), language)
    return value.replace(".", ",") if language == "de" and _BROKEN.fullmatch(value) else value
