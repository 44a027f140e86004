"""Two states of a table, row by row and field by field: which rows only one of them has, and what differs."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final, Generic, TypeVar

import polars as pl

ID: Final = "id"
AFTER: Final = "_after"
"""Ends the name of a column that says what a row says later."""

Item = TypeVar("Item")


@dataclass(frozen=True)
class Part(Generic[Item]):
    """The first items of a list, and how many there are in all."""

    items: tuple[Item, ...]
    total: int

    @property
    def left_out(self) -> int:
        """Return how many are not shown."""
        return self.total - len(self.items)


@dataclass(frozen=True)
class Entry:
    """A row that is new or gone: its id, and what it is called."""

    id: str
    title: str


@dataclass(frozen=True)
class FieldChange:
    """A field (name of a column), and what it said before and after; None is empty."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ChangedEntry:
    """A row that both states have, and the fields that differ."""

    id: str
    title: str
    fields: tuple[FieldChange, ...]


def joined(before: pl.DataFrame, after: pl.DataFrame, on: Iterable[str] = (ID,)) -> pl.DataFrame:
    """Return the rows of both by the columns `on`; what a column says later is in one that ends in `AFTER`.

    A column that only one of them has is no difference: the tables grow from version to version.
    """
    common = [name for name in before.columns if name in after.columns]
    both = before.select(common).join(
        after.select(common), on=list(on), how="full", coalesce=True, suffix=AFTER
    )
    return both.sort(*on)


def fields_of(both: pl.DataFrame, names: Iterable[str]) -> list[str]:
    """Return those of some columns that both states have."""
    return [name for name in names if name + AFTER in both.columns]


def differs(fields: Iterable[str]) -> pl.Expr:
    """Return whether a row says something else later in any of some fields."""
    return pl.any_horizontal(pl.col(name).ne_missing(pl.col(name + AFTER)) for name in fields)


def named(rows: pl.DataFrame, most: int | None) -> Part[Entry]:
    """Return the first `most` of some rows by id and title."""
    found = (Entry(row[ID], row["title" + AFTER] or row["title"] or "") for row in _first(rows, most))
    return Part(tuple(found), len(rows))


def changed(rows: pl.DataFrame, fields: Iterable[str], most: int | None) -> Part[ChangedEntry]:
    """Return the first `most` of some rows that differ, with the fields that do."""
    names = list(fields)
    return Part(tuple(_changed(row, names) for row in _first(rows, most)), len(rows))


def _first(rows: pl.DataFrame, most: int | None) -> list[dict[str, Any]]:
    return rows.head(len(rows) if most is None else most).to_dicts()


def _changed(row: dict[str, Any], fields: Iterable[str]) -> ChangedEntry:
    pairs = ((name, row[name], row[name + AFTER]) for name in fields)
    changes = (FieldChange(name, _text(old), _text(new)) for name, old, new in pairs if old != new)
    return ChangedEntry(row[ID], row["title" + AFTER], tuple(changes))


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)
