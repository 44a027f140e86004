"""What each file of the raw folder is for: by its path, else by the form that it is.

Clerks rename files. A workbook whose path names no known department is recognised by what its form
says of itself, as long as that does not contradict the folder it lies in.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from ontology.errors import UnreadableFileError
from pipeline.forms import FormIdentity
from pipeline.intake.places import Place, list_files, place_of
from pipeline.reading.limits import Limits
from pipeline.reading.sheets import identity_of, read_sheets

REMEMBERED = 1_000


@dataclass(frozen=True)
class Located:
    """A file of the raw folder: its path below it, its place, and whether its form told the place."""

    path: str
    place: Place | None
    by_form: bool = False


def locate(raw: Path, departments: Collection[str], limits: Limits) -> list[Located]:
    """Return all files of a raw folder. `departments` are the keys of those that there are."""
    return [_located(raw, path, departments, limits) for path in list_files(raw)]


def _located(raw: Path, path: str, departments: Collection[str], limits: Limits) -> Located:
    place = place_of(path)
    is_certain = place is not None and (place.department is None or place.department in departments)
    if is_certain or not path.lower().endswith(".xlsx"):
        return Located(path, place)
    form = _form(raw / path, limits)
    if form is None or (place is not None and (place.kind, place.year) != (form.kind, form.year)):
        return Located(path, place)
    return Located(path, Place(form.kind, form.year, form.department), by_form=True)


def _form(file: Path, limits: Limits) -> FormIdentity | None:
    try:
        status = file.stat()
    except OSError:  # gone, or a link that leads nowhere: reported when it is read
        return None
    return _remembered_form(file, status.st_mtime_ns, status.st_size, limits)


@lru_cache(maxsize=REMEMBERED)
def _remembered_form(file: Path, _changed: int, _size: int, limits: Limits) -> FormIdentity | None:
    try:
        return identity_of(read_sheets(file.read_bytes(), file.name, limits).grids)
    except (UnreadableFileError, OSError):
        return None
