"""What can be said of a published table and of its columns."""

from dataclasses import dataclass
from typing import Final, Literal

from ontology.catalogue import Text
from ontology.namespaces import PREFIXES, expand

Kind = Literal["text", "list", "whole", "year", "decimal", "date"]
"""What a column holds. ``list``: several texts separated by `SEPARATOR`."""

SEPARATOR: Final = "; "


@dataclass(frozen=True)
class Meaning:
    """The triple that a cell stands for: `property` is a prefixed name or a URI template.

    The object is the cell as a literal (of the type of the column, or in `language`), or the IRI that the
    template `value` makes of the row. The subject is that of the row, unless `about` makes another one.
    Templates follow RFC 6570; one without prefix is continued from the base IRI of the release.
    """

    property: str
    value: str | None = None
    about: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class Column:
    """A column. `digits` of a decimal number: how many in all, and after the point.

    `is_key` tells a column that is there for programs: the key beside a label that people read.
    """

    name: str
    kind: Kind
    title: Text
    description: Text
    meaning: Meaning | None = None
    required: bool = False
    is_key: bool = False
    digits: tuple[int, int] = (28, 6)


@dataclass(frozen=True)
class Reference:
    """A foreign key: the cells of `column` are cells of a `target` column in another table."""

    column: str
    table: str
    target: str


@dataclass(frozen=True)
class Table:
    """A table. `about` is the template of what a row is about, `key` the columns that tell rows apart.

    `constants` are triples that each row has: property and value, as in `Meaning`. `links` is the table that
    has row by row what cells of this one have several of.
    """

    name: str
    title: Text
    description: Text
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    about: str
    constants: tuple[Meaning, ...] = ()
    references: tuple[Reference, ...] = ()
    links: str | None = None

    def column(self, name: str) -> Column:
        """Return a column by its name; raises `StopIteration` for an unknown one."""
        return next(column for column in self.columns if column.name == name)


def resolve(template: str, base: str) -> str:
    """Return a template as an absolute one: a prefixed name in full, all else from the base IRI on."""
    prefix = template.partition(":")[0]
    if prefix in PREFIXES:
        return expand(template)
    return template if template.startswith("{") else base + template


def table_of(name: str) -> str:
    """Return the name of the table that a table of one year is part of: ``goals`` of ``goals-2014``."""
    start, _, end = name.rpartition("-")
    return start if end.isdecimal() else name
