"""The goals of a release: filtered, sorted, and cut into pages, from its table of goals (Parquet)."""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import reduce
from operator import and_
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import polars as pl
from pydantic import Field

from api.data.parameters import Filters, within

TABLE: Final = "parquet/goals.parquet"
MOST: Final = 1_000
"""Goals on one page."""
SEARCHED: Final = ("title", "description", "indicator", "target_group", "note")
"""The columns that a text is looked for in."""

Sort = Literal[
    "id", "-id", "year", "-year", "department", "-department", "product_group", "-product_group",
    "action_field", "-action_field", "state", "-state", "attainment", "-attainment",
    "title", "-title", "target_year", "-target_year",
]  # fmt: skip
_SORTED_BY: Final = {"action_field": "action_field_key", "state": "selection_state"}
"""The columns of what is called otherwise in addresses."""
_CURSOR: Final = re.compile(r"([0-9]{1,9})-([0-9a-f]{12})")


class GoalsQuery(Filters):
    """Which goals are wanted, in which order and how many at a time."""

    product_area: Annotated[
        str | None, Field(pattern=r"^\d\d$", description="Produktbereich / product area", examples=["11"])
    ] = None
    product_group: Annotated[
        str | None,
        Field(
            pattern=r"^\d\d\.\d\d(\.\d\d)?(-\d{1,4})?$",
            description="Produktgruppe oder Produkt / product group, with all its products, or one product",
            examples=["11.14"],
        ),
    ] = None
    department: Annotated[
        str | None, Field(max_length=100, description="Amt / key of the department", examples=["kulturamt"])
    ] = None
    action_field: Annotated[
        str | None,
        Field(max_length=100, description="Handlungsfeld / key of the action field", examples=["sprache"]),
    ] = None
    text: Annotated[
        str | None,
        Field(max_length=200, description="Words, all of which a goal's texts hold", examples=["Sprache"]),
    ] = None
    sort: Annotated[
        Sort,
        Field(description="What to sort by, backwards with a minus; states and attainments by their names"),
    ] = "id"
    limit: Annotated[int, Field(ge=1, le=MOST, description="Goals on a page")] = 100
    cursor: Annotated[
        str | None, Field(max_length=40, description="Where to go on, from the link of the page before")
    ] = None
    format: Annotated[Literal["json", "jsonld", "csv"] | None, Field(description="Wins over Accept")] = None

    def digest(self) -> str:
        """Return what is the same for all pages of one question only."""
        asked = self.model_dump_json(exclude={"cursor", "limit", "format"})
        return hashlib.sha256(asked.encode(errors="surrogatepass")).hexdigest()[:12]

    def offset(self) -> int:
        """Return how many goals come before this page. Raises `ValueError` for another question's cursor."""
        if self.cursor is None:
            return 0
        found = _CURSOR.fullmatch(self.cursor)
        if found is None or found[2] != self.digest():
            msg = "cursor belongs to another question. Follow the links, or leave it out to begin anew."
            raise ValueError(msg)
        return int(found[1])


@dataclass(frozen=True)
class Page:
    """Goals of a page as rows, how many there are in all, and the cursors of the pages beside it.

    `previous` is empty for the first page, None if there is no page before.
    """

    columns: tuple[str, ...]
    rows: list[dict[str, Any]]
    total: int
    next: str | None
    previous: str | None


def find_goals(table: Path, query: GoalsQuery) -> Page:
    """Return one page of the goals in a table.

    Raises `ValueError` for a cursor of another question, and for a table of an earlier release that has not
    the columns which the question needs.
    """
    offset = query.offset()
    goals = pl.scan_parquet(table)
    columns = tuple(goals.collect_schema().names())
    named, backwards = query.sort.removeprefix("-"), query.sort.startswith("-")
    column = _SORTED_BY.get(named, named)
    wanted = list(_conditions(query))
    needed = {"id", column}.union(*(condition.meta.root_names() for condition in wanted))
    if missing := sorted(needed - set(columns)):
        msg = f"The table of goals of this release has no column {', '.join(missing)}. Ask a later release."
        raise ValueError(msg)
    if wanted:
        goals = goals.filter(reduce(and_, wanted))
    keys = goals.select("id", pl.col(column).alias("key")).collect()
    order = keys.sort("key", "id", descending=[backwards, False], nulls_last=True)["id"]
    ids = order.slice(offset, query.limit).to_list()
    rows = {
        row["id"]: row for row in pl.scan_parquet(table).filter(pl.col("id").is_in(ids)).collect().to_dicts()
    }

    def cursor(at: int) -> str:
        return f"{at}-{query.digest()}"

    return Page(
        columns=columns,
        rows=[rows[goal] for goal in ids],
        total=len(order),
        next=cursor(offset + query.limit) if offset + query.limit < len(order) else None,
        previous=None if offset == 0 else cursor(offset - query.limit) if offset > query.limit else "",
    )


def _conditions(query: GoalsQuery) -> Iterator[pl.Expr]:
    for parameter, condition in _CONDITIONS.items():
        value = getattr(query, parameter)
        if value is not None:
            yield condition(value)


def _in_group(code: str) -> pl.Expr:
    """Return whether a goal belongs to a product group, to one of its products or to a local code below."""
    column = pl.col("product_group")
    return (column == code) | column.str.starts_with(f"{code}.") | column.str.starts_with(f"{code}-")


def _has_action_field(key: str) -> pl.Expr:
    return pl.col("action_field_key").str.split("; ").list.contains(key)


def _has_state(notation: str) -> pl.Expr:
    return pl.col("selection_state").is_in([state.label_de for state in within("SelectionStates", notation)])


def _has_attainment(notation: str) -> pl.Expr:
    labels = [attainment.label_de for attainment in within("AttainmentStates", notation)]
    return pl.col("attainment").fill_null(_NOT_REPORTED).is_in(labels)


def _holds(words: str) -> pl.Expr:
    """Return whether the texts of a goal hold every one of some words, in any case."""
    columns = [pl.col(name) for name in SEARCHED]
    texts = pl.concat_str(columns, separator="\n", ignore_nulls=True).str.to_lowercase()
    found = (texts.str.contains(word, literal=True) for word in words.lower().split())
    return reduce(and_, found, pl.lit(value=True))


_NOT_REPORTED: Final = within("AttainmentStates", "not-reported")[0].label_de
_CONDITIONS: Final[Mapping[str, Callable[[Any], pl.Expr]]] = {
    "year_from": lambda year: pl.col("year") >= year,
    "year_to": lambda year: pl.col("year") <= year,
    "product_area": lambda code: pl.col("product_area") == code,
    "product_group": _in_group,
    "department": lambda key: pl.col("department") == key,
    "action_field": _has_action_field,
    "state": _has_state,
    "attainment": _has_attainment,
    "text": _holds,
}
"""What each parameter asks of a goal."""
