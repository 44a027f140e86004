"""What is different between two releases: goals, decisions and progress reports row by row, and datasets.

Read from the tables (Parquet) and from the catalogues of both. For the page `/diff` and for the command
`stadtziele diff`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

import polars as pl

from api.data.comparing import (
    AFTER,
    ID,
    ChangedEntry,
    Entry,
    Part,
    changed,
    differs,
    fields_of,
    joined,
    named,
)
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
"""The columns of goals that are compared: what was handed in, and what became of it. Not: where it stands."""

DatasetKind = Literal["new", "changed", "gone"]
_STATE: Final = "selection_state"
_HERE: Final = "is_handed_in"
_NTH: Final = "nth"


@dataclass(frozen=True)
class Listed:
    """A table of which every row is compared.

    `id` are the columns that make up the path of a row's IRI, `words` those that tell people what it says
    of its goal, `fields` those that are compared.
    """

    table: str
    id: tuple[str, ...]
    words: tuple[str, ...]
    fields: tuple[str, ...]


DECISIONS: Final = Listed(
    "parquet/decisions.parquet",
    (ID,),
    ("outcome", "body"),
    ("outcome", "body", "date", "paper", "reason"),
)
PROGRESS: Final = Listed(
    "parquet/progress.parquet",
    ("goal", "year", "as_of_key"),
    ("attainment",),
    ("actual", "attainment", "percent", "note"),
)


@dataclass(frozen=True)
class ListDifferences:
    """What is different in a list: rows by the path of their IRI."""

    added: Part[Entry]
    changed: Part[ChangedEntry]
    removed: Part[Entry]

    @property
    def total(self) -> int:
        """Return how many rows differ."""
        return sum(part.total for part in (self.added, self.changed, self.removed))


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
    """What is different in the later of two releases: goals and rows of lists by id, datasets by key."""

    added: Part[Entry]
    changed: Part[ChangedEntry]
    withdrawn: Part[Entry]
    restored: Part[Entry]
    decisions: ListDifferences
    progress: ListDifferences
    datasets: tuple[DatasetDifference, ...]

    @property
    def has_goals(self) -> bool:
        """Tell whether any goal differs."""
        return any(part.total for part in (self.added, self.changed, self.withdrawn, self.restored))


def compare_releases(before: Path, after: Path, most: int | None = None) -> Differences:
    """Return what changed from one release folder to another, at most `most` items of each kind.

    Raises `ReleaseError` if a release has no table of goals.
    """
    both = joined(_goals(before), _goals(after))
    fields = fields_of(both, FIELDS)
    was, is_now = pl.col(_HERE), pl.col(_HERE + AFTER)
    was_or_new, is_still = was.fill_null(value=True), is_now.fill_null(value=False)
    return Differences(
        added=named(both.filter(was.is_null() & is_still), most),
        changed=changed(both.filter((was == is_now) & differs(fields)), fields, most),
        withdrawn=named(both.filter(~is_still & (was_or_new | is_now.is_null())), most),
        restored=named(both.filter(~was & is_now), most),
        decisions=_list(DECISIONS, before, after, most),
        progress=_list(PROGRESS, before, after, most),
        datasets=tuple(_datasets(read_catalogue(before), read_catalogue(after))),
    )


def _goals(release: Path) -> pl.DataFrame:
    """Return the compared columns of a release's goals, and whether they are handed in still."""
    try:
        table = pl.scan_parquet(release / TABLE)
        columns = [ID, *(name for name in FIELDS if name in table.collect_schema())]
        goals = table.select(columns).collect()
    except FileNotFoundError as error:
        raise ReleaseError(f"The release {release.name} has no table of goals.") from error
    withdrawn = code_list("SelectionStates")["withdrawn"].label_de
    return goals.with_columns(pl.col(_STATE).ne_missing(withdrawn).alias(_HERE))


def _list(listed: Listed, before: Path, after: Path, most: int | None) -> ListDifferences:
    """Return what is different in a list; nothing where a release of old has no such table."""
    old, new = _rows(listed, before), _rows(listed, after)
    if old is None or new is None:
        return ListDifferences(Part((), 0), Part((), 0), Part((), 0))
    both = joined(old, new, on=(ID, _NTH))
    was, is_now = pl.col("title").is_not_null(), pl.col("title" + AFTER).is_not_null()
    fields = fields_of(both, listed.fields)
    return ListDifferences(
        added=named(both.filter(~was), most),
        changed=changed(both.filter(was & is_now & differs(fields)), fields, most),
        removed=named(both.filter(~is_now), most),
    )


def _rows(listed: Listed, release: Path) -> pl.DataFrame | None:
    """Return the rows of a list with id and title, None if the release has no such table.

    The title is that of the goal, and what the row says of it. Rows with the same id are told apart by
    their order.
    """
    path = release / listed.table
    if not path.is_file():
        return None
    table = pl.scan_parquet(path)
    goals = pl.scan_parquet(release / TABLE).select(pl.col(ID).alias("goal"), "title")
    fields = [pl.col(name) for name in listed.fields if name in table.collect_schema()]
    words = pl.concat_str(listed.words, separator=", ", ignore_nulls=True)
    title = pl.concat_str("title", words, separator=" – ", ignore_nulls=True).alias("title")
    named_so = pl.concat_str(listed.id, separator="/").alias(ID)
    rows = table.join(goals, on="goal", how="left", maintain_order="left")
    found = rows.select(named_so, title, *fields).collect()
    return found.with_columns(pl.int_range(pl.len()).over(ID).alias(_NTH))


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
