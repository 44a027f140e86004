"""What is wrong with a file of master data, said in German and English: place, fault, remedy."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_Words = Callable[[dict[str, Any]], tuple[str, str]]


def _plain(de: str, en: str) -> _Words:
    return lambda context: (de.format_map(context), en.format_map(context))


_TEXT = _plain(
    "Hier wird ein Text erwartet. → Setzen Sie Zahlen in Anführungszeichen.",
    "A text is expected here. → Put numbers in quotation marks.",
)
_LIST = _plain("Hier wird eine Liste erwartet: [a, b].", "A list is expected here: [a, b].")
_FIELDS = _plain(
    "Hier werden Felder mit Werten erwartet (Name: Wert).",
    "Fields with values are expected here (name: value).",
)
_NUMBER = _plain("Hier wird eine Zahl erwartet.", "A number is expected here.")
_DATE = _plain("Hier wird ein Tag erwartet: 2014-01-31.", "A day is expected here: 2014-01-31.")
_YES_NO = _plain("Hier wird true oder false erwartet.", "true or false is expected here.")

_SAID: Final[Mapping[str, _Words]] = {
    "missing": _plain("Dieses Feld fehlt. → Ergänzen Sie es.", "This field is missing. → Add it."),
    "extra_forbidden": _plain(
        "Dieses Feld gibt es nicht. → Berichtigen Sie den Namen oder streichen Sie es.",
        "There is no such field. → Correct its name or delete it.",
    ),
    "string_type": _TEXT,
    "string_pattern_mismatch": _plain(
        "Der Wert hat nicht die verlangte Form ({pattern}).",
        "The value is not of the form asked for ({pattern}).",
    ),
    "tuple_type": _LIST,
    "list_type": _LIST,
    "model_type": _FIELDS,
    "model_attributes_type": _FIELDS,
    "dict_type": _FIELDS,
    "int_type": _NUMBER,
    "int_parsing": _NUMBER,
    "int_from_float": _NUMBER,
    "float_type": _NUMBER,
    "float_parsing": _NUMBER,
    "bool_type": _YES_NO,
    "bool_parsing": _YES_NO,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "too_short": _plain(
        "Es fehlen Einträge: mindestens {min_length}.", "There are too few entries: at least {min_length}."
    ),
    "greater_than_equal": _plain("Mindestens {ge}.", "{ge} at least."),
    "value_error": lambda context: _both(str(context["error"])),
}
"""By pydantic's type of an error. Errors of our own are in German and English already."""


def all_faults(path: Path, error: ValidationError) -> str:
    """Return what is wrong with a file, a line for each fault: file, field, fault and remedy."""
    faults = error.errors()
    within = {fault["loc"][:-1] for fault in faults if fault["loc"]}
    # a list whose entries are wrong counts as too short as well
    told = [fault for fault in faults if fault["type"] != "too_short" or fault["loc"] not in within]
    return "\n".join(f"{path}: {_field(fault)}: {_fault(fault)}" for fault in told)


def missing(path: Path) -> str:
    """Return that a file is missing, and how to come by it."""
    return (
        f"{path} fehlt. → Kopieren Sie die Datei der Beispielstadt (data/raw/{path.name}) dorthin und tragen "
        "Sie Ihre Stadt ein; data/raw/README.md erklärt die Felder. / "
        f"{path.name} is missing. → Copy the file of the sample city (data/raw/{path.name}) there and fill "
        "in your city; data/raw/README.md explains the fields."
    )


def _field(fault: ErrorDetails) -> str:
    return ".".join(map(str, fault["loc"])) or "die Datei / the file"


def _fault(fault: ErrorDetails) -> str:
    words = _SAID.get(fault["type"])
    if words is None:
        return f"Dieser Wert geht hier nicht. / This value cannot stand here. ({fault['msg']})"
    de, en = words(fault.get("ctx", {}))
    return f"{de} / {en}"


def _both(text: str) -> tuple[str, str]:
    de, _, en = text.partition(" / ")
    return de, en
