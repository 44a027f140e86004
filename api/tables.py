"""The result of a SELECT or ASK as rows, for pages that show it."""

import json
from dataclasses import dataclass, replace
from typing import Any, Final

from api.query.job import Question, Term
from api.query.service import QueryService
from api.releases import Release

SHOWN: Final = 1_000
"""Characters of a value that a page shows; the whole value is in what can be downloaded."""

Row = dict[str, "Cell"]


@dataclass(frozen=True)
class Cell:
    """A value in a table."""

    text: str
    is_iri: bool = False
    language: str | None = None
    datatype: str | None = None

    @property
    def is_long(self) -> bool:
        """Tell whether a page shows only the beginning."""
        return len(self.text) > SHOWN

    def short(self, told: str) -> str:
        """Return what a page calls the value, or its beginning."""
        return told if len(told) <= SHOWN else f"{told[:SHOWN]}…"


@dataclass(frozen=True)
class Table:
    """Columns in the order of the query, and rows; a cell without value is missing."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]

    @property
    def has_long(self) -> bool:
        """Tell whether there is a value of which a page shows only the beginning."""
        return any(cell.is_long for row in self.rows for cell in row.values())

    def first(self, cells: int) -> "Table":
        """Return as many of the rows as have so many cells, one at least."""
        return replace(self, rows=self.rows[: max(cells // max(len(self.columns), 1), 1)])


def parse_table(body: bytes) -> Table:
    """Return a table from SPARQL JSON results; an ASK has one row with the column ``boolean``."""
    content: dict[str, Any] = json.loads(body)
    if "boolean" in content:
        return Table(("boolean",), ({"boolean": Cell(str(content["boolean"]).lower())},))
    rows = (
        {name: _cell(value) for name, value in binding.items()} for binding in content["results"]["bindings"]
    )
    return Table(tuple(content["head"]["vars"]), tuple(rows))


async def select(
    service: QueryService, release: Release, query: str, terms: dict[str, Term] | None = None
) -> Table:
    """Run one of our own SELECT queries, with variables bound to `terms`; return the table."""
    question = Question(store=release.store, query=query, substitutions=terms or {})
    return parse_table((await service.ask(question)).read())


def _cell(value: dict[str, Any]) -> Cell:
    if value["type"] == "triple":
        return Cell(json.dumps(value["value"], ensure_ascii=False))
    return Cell(value["value"], value["type"] == "uri", value.get("xml:lang"), value.get("datatype"))
