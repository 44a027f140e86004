"""How many goals there are, read from the statistics of a release (an RDF Data Cube)."""

from dataclasses import dataclass
from typing import Annotated, Any, Final, Literal

from pydantic import Field

from api.data.parameters import Filters, within
from api.query.service import QueryService
from api.releases import Release
from api.tables import Row, select
from ontology.namespaces import SZ

By = Literal["overall", "area", "product-group", "department", "action-field"]
_PREFIXES: Final = """
PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_DIMENSION: Final[dict[By, str]] = {
    "overall": "countedProductGroup",
    "area": "countedProductGroup",
    "product-group": "countedProductGroup",
    "department": "countedDepartment",
    "action-field": "countedActionField",
}
COLUMNS: Final = ("year", "of", "key", "label", "state", "attainment", "goals")


class StatisticsQuery(Filters):
    """Which numbers are wanted."""

    by: Annotated[By, Field(description="What the goals of a year are broken down by")] = "overall"
    key: Annotated[
        str | None,
        Field(
            max_length=100,
            description="One product area or group by its code, one department or action field by its key",
        ),
    ] = None
    format: Annotated[Literal["json", "csv"] | None, Field(description="Wins over Accept")] = None


@dataclass(frozen=True)
class Number:
    """How many goals have something in common; `of` is an IRI, `state` and `attainment` notations."""

    year: int
    of: str
    key: str
    label: str | None
    state: str
    attainment: str
    goals: int


async def find_numbers(service: QueryService, release: Release, query: StatisticsQuery) -> list[Number]:
    """Return the numbers that are wanted, by year."""
    memo = f"statistics by {query.by}"
    if memo not in release.memo:
        rows = (await select(service, release, _query(query.by))).rows
        release.memo[memo] = [_number(row) for row in rows]
    states = _notations("SelectionStates", query.state)
    attainments = _notations("AttainmentStates", query.attainment)
    numbers: list[Number] = release.memo[memo]
    return [
        number
        for number in numbers
        if (query.key is None or number.key == query.key)
        and (query.year_from or 0) <= number.year <= (query.year_to or 9999)
        and (states is None or number.state in states)
        and (attainments is None or number.attainment in attainments)
    ]


def _query(by: By) -> str:
    key = "overall" if by == "overall" else f"by-{by}"
    return f"""{_PREFIXES}
        SELECT ?year ?of (SAMPLE(?name) AS ?label) ?state ?attainment ?goals WHERE {{
          ?slice qb:sliceStructure sz:{key} ; qb:observation ?number .
          ?number sz:year ?year ; sz:{_DIMENSION[by]} ?of ; sz:countedState ?state ;
            sz:countedAttainment ?attainment ; sz:goalCount ?goals .
          OPTIONAL {{ ?of skos:prefLabel ?name FILTER (LANG(?name) = "de") }}
        }}
        GROUP BY ?year ?of ?state ?attainment ?goals
        ORDER BY ?year ?of ?state ?attainment"""


def _number(row: Row) -> Number:
    of = row["of"].text
    return Number(
        year=int(row["year"].text),
        of=of,
        key=of.removeprefix(SZ).rpartition("/")[2],
        label=row["label"].text if "label" in row else None,
        state=row["state"].text.removeprefix(f"{SZ}state-"),
        attainment=row["attainment"].text.removeprefix(f"{SZ}attainment-"),
        goals=int(row["goals"].text),
    )


def _notations(scheme: str, notation: str | None) -> set[str] | None:
    return {concept.notation for concept in within(scheme, notation)} if notation else None


def as_row(number: Number) -> dict[str, Any]:
    """Return a number as a row of `COLUMNS`."""
    return {name: getattr(number, name) for name in COLUMNS}
