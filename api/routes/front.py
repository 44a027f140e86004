"""The front page: the years at a glance, and the way to everything else."""

from dataclasses import dataclass
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.catalogue import find_catalogue, groups
from api.charts import Chart, years_chart
from api.releases import Release
from api.saved_queries import saved_queries
from api.state import House, InHouse, InRelease
from api.tables import Row, select
from ontology.contract import YearCounts

router = APIRouter(tags=["pages"])

_DEPARTMENTS: Final = """
PREFIX sz: <https://w3id.org/stadtziele/ns#>
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?department ?label (SUM(?count) AS ?goals) WHERE {
  ?slice qb:sliceStructure sz:by-department ; qb:observation ?number .
  ?number sz:countedDepartment ?department ; sz:goalCount ?count .
  ?department skos:prefLabel ?label FILTER (LANG(?label) = "de")
}
GROUP BY ?department ?label ORDER BY ?label
"""


@dataclass(frozen=True)
class Glance:
    """What the front page shows of a release."""

    counts: tuple[YearCounts, ...]
    chart: Chart
    guidelines: tuple[Row, ...]
    rules: tuple[Row, ...]
    attainment: tuple[Row, ...]
    departments: tuple[Row, ...]

    def years(self) -> list[int]:
        """Return every year that something is known of."""
        rows = (*self.guidelines, *self.rules, *self.attainment)
        return sorted({*(c.year for c in self.counts), *(int(row["year"].text[:4]) for row in rows)})

    def of(self, rows: tuple[Row, ...], year: int) -> list[Row]:
        """Return the rows of one year."""
        return [row for row in rows if row["year"].text == str(year)]


@router.get("/", response_class=Response)
async def front(request: Request, house: InHouse, release: InRelease) -> Response:
    """Show the years at a glance."""
    if "glance" not in release.memo:
        release.memo["glance"] = await _glance(house, release)
    catalogue = find_catalogue(release)
    return house.pages.render(
        request,
        "front.html",
        glance=release.memo["glance"],
        queries=list(saved_queries().values()),
        datasets=[d for group in groups(catalogue) for d in group] if catalogue else [],
    )


async def _glance(house: House, release: Release) -> Glance:
    queries = saved_queries()

    async def rows(text: str) -> tuple[Row, ...]:
        return (await select(house.own, release, text)).rows

    counts = tuple(sorted(release.manifest.counts, key=lambda counts: counts.year))
    return Glance(
        counts=counts,
        chart=years_chart(counts),
        guidelines=await rows(queries["guideline-by-year"].text),
        rules=await rows(queries["rule-of-five"].text),
        attainment=await rows(queries["attainment-by-year"].text),
        departments=await rows(_DEPARTMENTS),
    )
