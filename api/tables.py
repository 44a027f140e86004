"""The result of a SELECT or ASK as rows, for pages that show it."""

import json
from dataclasses import dataclass
from typing import Any

from api.query.job import Question, Term
from api.query.service import QueryService
from api.releases import Release

Row = dict[str, "Cell"]


@dataclass(frozen=True)
class Cell:
    """A value in a table."""

    text: str
    is_iri: bool = False
    language: str | None = None
    datatype: str | None = None


@dataclass(frozen=True)
class Table:
    """Columns in the order of the query, and rows; a cell without value is missing."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]


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
