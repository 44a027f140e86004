"""What a file is for: as somebody said, else as its form says, else as its path tells."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Final

from ontology.iris import slug
from pipeline.forms import FormIdentity, Kind
from pipeline.intake.places import Place, place_of
from pipeline.reading.grid import Sheets
from pipeline.reading.sheets import identity_of
from pipeline.reading.table import kind_of

_WORDS: Final = {
    "kind": ("die Art des Formulars", "the kind of form"),
    "year": ("das Haushaltsjahr", "the budget year"),
    "department": ("das Amt", "the department"),
}


@dataclass(frozen=True)
class Purpose:
    """What a file is for, as far as it is known."""

    kind: Kind | None = None
    year: int | None = None
    department: str | None = None

    @property
    def place(self) -> Place | None:
        """Return the place of the file, or None where something is missing."""
        if self.kind is None or self.year is None or self.missing():
            return None
        return Place(self.kind, self.year, None if self.kind == "decisions" else self.department)

    def missing(self, language: int = 0) -> list[str]:
        """Return what is not known, in words: German (0) or English (1)."""
        needed = ("kind", "year") if self.kind == "decisions" else ("kind", "year", "department")
        return [_WORDS[name][language] for name in needed if getattr(self, name) is None]


def purpose_of(name: str, sheets: Sheets, said: Purpose, departments: Collection[str]) -> Purpose:
    """Return what a file is for. `name` is its path as given, `departments` the keys that there are.

    A path below `submissions/<year>/` and the like wins over what the form says, if it names a known
    department: that the two differ is then reported when the file is read.
    """
    form = identity_of(sheets.grids)
    by_path = _by_path(name, departments)
    if form and not (by_path.place and _is_certain(by_path, form, departments)):
        by_path = Purpose(form.kind, form.year, form.department)
    told = replace(by_path, kind=by_path.kind or kind_of(sheets))
    return Purpose(said.kind or told.kind, said.year or told.year, said.department or told.department)


def _is_certain(by_path: Purpose, form: FormIdentity, departments: Collection[str]) -> bool:
    is_known = by_path.department is None or by_path.department in departments
    return is_known or (by_path.kind, by_path.year) != (form.kind, form.year)


def _by_path(name: str, departments: Collection[str]) -> Purpose:
    parts = PurePath(name).parts
    for length in (3, 2):
        place = place_of("/".join(parts[-length:]))
        if place:
            return Purpose(place.kind, place.year, place.department)
    stem = slug(PurePath(name).stem)
    return Purpose(department=stem if stem in departments else None)
