"""`organisation.yaml`: the city, its bodies and departments, and how they changed."""

from functools import cached_property
from pathlib import Path
from typing import Final, Literal

from pydantic import Field, model_validator

from ontology.catalogue import Line, WebAddress
from ontology.codelists import code_list
from ontology.contract import Notice
from ontology.iris import slug
from pipeline.masterdata.yaml import Strict, read_yaml

FILE: Final = "organisation.yaml"
KEY: Final = r"^[a-z0-9]+(-[a-z0-9]+)*$"


class City(Strict):
    """The city that publishes (Stadt). `ags` is its official key (Amtlicher Gemeindeschlüssel)."""

    name: Line
    name_en: Line
    ags: str
    homepage: WebAddress
    source: WebAddress


class Unit(Strict):
    """A department (Amt, Referat, Eigenbetrieb) or a body (Gremium).

    `valid_from` and `valid_to` are the first and last year under this name, where known.
    `also` are further spellings that forms may use.
    """

    key: str = Field(pattern=KEY)
    name: str
    name_en: str | None = None
    kind: str
    unit_of: str | None = None
    valid_from: int | None = None
    valid_to: int | None = None
    also: tuple[str, ...] = ()
    source: WebAddress | None = None
    note: str | None = None


class Change(Strict):
    """A renaming or merger of departments or bodies (org:ChangeEvent)."""

    key: str = Field(pattern=KEY)
    label: str
    date: str = Field(pattern=r"^\d{4}(-\d\d-\d\d)?$")
    original: tuple[str, ...]
    resulting: tuple[str, ...]
    source: WebAddress | None = None


class Organisation(Strict):
    """The whole of `organisation.yaml`.

    `notice` is shown wherever the data is shown, and published with each record.
    """

    city: City
    notice: Notice | None = None
    bodies: tuple[Unit, ...]
    departments: tuple[Unit, ...]
    changes: tuple[Change, ...] = ()

    @model_validator(mode="after")
    def _consistent(self) -> "Organisation":
        units = (*self.bodies, *self.departments)
        keys = [unit.key for unit in units]
        kinds = {concept.notation for concept in code_list("OrganisationKinds").concepts}
        problems = [
            *(
                f"Der Schlüssel „{key}“ ist doppelt. / The key “{key}” is used twice."
                for key in sorted(set(keys))
                if keys.count(key) > 1
            ),
            *(
                f"{u.key}: Die Art „{u.kind}“ (kind) gibt es nicht. / The kind “{u.kind}” is unknown. "
                f"→ {', '.join(sorted(kinds))}"
                for u in units
                if u.kind not in kinds
            ),
            *(
                f"{u.key}: unit_of nennt „{u.unit_of}“, das es nicht gibt. / names the unknown “{u.unit_of}”."
                for u in units
                if u.unit_of is not None and u.unit_of not in keys
            ),
            *(
                f"{change.key}: nennt „{key}“, das es nicht gibt. / names the unknown “{key}”."
                for change in self.changes
                for key in (*change.original, *change.resulting)
                if key not in keys
            ),
        ]
        if problems:
            raise ValueError(problems[0])
        return self

    def department(self, text: str) -> Unit | None:
        """Return the department that a key or a name in any spelling means, or None."""
        return self._departments.get(slug(text))

    def body(self, text: str) -> Unit | None:
        """Return the body that a key or a name in any spelling means, or None."""
        return self._bodies.get(slug(text))

    def role(self, key: str) -> Literal["body", "department"]:
        """Tell whether a key is that of a body or of a department."""
        unit = self._bodies.get(key)
        return "body" if unit and unit.key == key else "department"

    @cached_property
    def _departments(self) -> dict[str, Unit]:
        return _by_spelling(self.departments)

    @cached_property
    def _bodies(self) -> dict[str, Unit]:
        return _by_spelling(self.bodies)


def read_organisation(raw: Path) -> Organisation:
    """Return the organisation of a raw folder; raises `ConfigurationError`."""
    return read_yaml(raw / FILE, Organisation)


def _by_spelling(units: tuple[Unit, ...]) -> dict[str, Unit]:
    """Return units by the slug of each way to write them; a key wins over another unit's name."""
    names = {slug(name): unit for unit in reversed(units) for name in (*unit.also, unit.name)}
    return names | {unit.key: unit for unit in units}
