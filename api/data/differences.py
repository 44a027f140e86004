"""What is different between two releases, goal by goal and field by field, and dataset by dataset.

Read from the tables of goals (Parquet) and from the catalogues of both. For the page `/diff` and for the
command `stadtziele diff`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, Generic, Literal, TypeVar

import polars as pl

from api.data.goals import TABLE
from ontology.catalogue import Catalogue, Text, read_catalogue
from ontology.codelists import code_list
from ontology.errors import ReleaseError

FIELDS: Final = (
    "title",
    "description",
    "product_group",
    "no_product_group_reason",
    "action_field",
    "recommendation",
    "target_group",
    "indicator",
    "unit",
    "baseline",
    "target",
    "target_year",
    "carried_over_from",
    "note",
    "selection_state",
    "attainment",
)
"""The columns that are compared: what was handed in, and what became of it. Not: where it stands."""

Item = TypeVar("Item")
DatasetKind = Literal["new", "changed", "gone"]
_STATE: Final = "selection_state"
_HERE: Final = "is_handed_in"
_AFTER: Final = "_after"


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
class Goal:
    """A goal that only one of the releases has, or that was withdrawn or taken up again."""

    id: str
    title: str


@dataclass(frozen=True)
class FieldChange:
    """A field (name of a column), and what it said before and after; None is empty."""

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True)
class ChangedGoal:
    """A goal that both releases have, and the fields that differ."""

    id: str
    title: str
    fields: tuple[FieldChange, ...]


@dataclass(frozen=True)
class DatasetDifference:
    """A dataset that differs; `rows` of its table before and after, where it has one."""

    key: str
    title: Text
    kind: DatasetKind
    rows_before: int | None
    rows: int | None


@dataclass(frozen=True)
class Differences:
    """What is different in the later of two releases, goals by id and datasets by key."""

    added: Part[Goal]
    changed: Part[ChangedGoal]
    withdrawn: Part[Goal]
    restored: Part[Goal]
    datasets: tuple[DatasetDifference, ...]

    @property
    def has_goals(self) -> bool:
        """Tell whether any goal differs."""
        return any(part.total for part in (self.added, self.changed, self.withdrawn, self.restored))


def compare_releases(before: Path, after: Path, most: int | None = None) -> Differences:
    """Return what changed from one release folder to another, at most `most` goals of each kind.

    Raises `ReleaseError` if a release has no table of goals.
    """
    both = _joined(_goals(before), _goals(after))
    fields = [name for name in FIELDS if name + _AFTER in both.columns]
    was, is_now = pl.col(_HERE), pl.col(_HERE + _AFTER)
    differs = pl.any_horizontal(pl.col(name).ne_missing(pl.col(name + _AFTER)) for name in fields)
    changed = both.filter((was == is_now) & differs)
    was_or_new, is_still = was.fill_null(value=True), is_now.fill_null(value=False)
    return Differences(
        added=_named(both.filter(was.is_null() & is_still), most),
        changed=Part(tuple(_changed(row, fields) for row in _first(changed, most)), len(changed)),
        withdrawn=_named(both.filter(~is_still & (was_or_new | is_now.is_null())), most),
        restored=_named(both.filter(~was & is_now), most),
        datasets=tuple(_datasets(read_catalogue(before), read_catalogue(after))),
    )


def _goals(release: Path) -> pl.DataFrame:
    """Return the compared columns of a release's goals, and whether they are handed in still."""
    try:
        table = pl.scan_parquet(release / TABLE)
        columns = ["id", *(name for name in FIELDS if name in table.collect_schema())]
        goals = table.select(columns).collect()
    except FileNotFoundError as error:
        raise ReleaseError(f"The release {release.name} has no table of goals.") from error
    withdrawn = code_list("SelectionStates")["withdrawn"].label_de
    return goals.with_columns(pl.col(_STATE).ne_missing(withdrawn).alias(_HERE))


def _joined(before: pl.DataFrame, after: pl.DataFrame) -> pl.DataFrame:
    """Return the goals of both, by id; what a column says later is in one with a suffix.

    A column that only one of them has is no difference: the tables grow from version to version.
    """
    common = [name for name in before.columns if name in after.columns]
    both = before.select(common).join(after.select(common), on="id", how="full", coalesce=True, suffix=_AFTER)
    return both.sort("id")


def _named(goals: pl.DataFrame, most: int | None) -> Part[Goal]:
    found = (Goal(row["id"], row["title" + _AFTER] or row["title"]) for row in _first(goals, most))
    return Part(tuple(found), len(goals))


def _first(goals: pl.DataFrame, most: int | None) -> list[dict[str, Any]]:
    return goals.head(len(goals) if most is None else most).to_dicts()


def _changed(row: dict[str, Any], fields: Iterable[str]) -> ChangedGoal:
    pairs = ((name, row[name], row[name + _AFTER]) for name in fields)
    changes = (FieldChange(name, _text(old), _text(new)) for name, old, new in pairs if old != new)
    return ChangedGoal(row["id"], row["title" + _AFTER], tuple(changes))


def _text(value: Any) -> str | None:
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    return None if value is None else str(value)


def _datasets(before: Catalogue | None, after: Catalogue | None) -> Iterator[DatasetDifference]:
    """Yield the datasets that differ, by key; none where a release of old has no catalogue."""
    if before is None or after is None:
        return
    old = {dataset.key: dataset for dataset in before.datasets}
    new = {dataset.key: dataset for dataset in after.datasets}
    for key in sorted(old.keys() | new.keys()):
        was, is_now = old.get(key), new.get(key)
        described = is_now or was
        if described is None or (was and is_now and was.digest == is_now.digest):
            continue
        yield DatasetDifference(
            key,
            described.title,
            "new" if was is None else "gone" if is_now is None else "changed",
            was.rows if was else None,
            is_now.rows if is_now else None,
        )
