"""`/api/statistics`: the numbers of the cube over HTTP."""

import csv
import io

import httpx
import pytest

from api.data.statistics import StatisticsQuery
from tests.api.releases import BASE, RELEASE
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

Short = tuple[int, str, str, str, int]
OVERALL: list[Short] = [
    (2014, "total", "not-selected", "not-reported", 2),
    (2014, "total", "selected", "attained", 1),
    (2014, "total", "selected", "not-reported", 1),
    (2015, "total", "carried-over", "not-reported", 1),
]
NUMBERS: dict[str, list[Short]] = {
    "": OVERALL,
    "year_from=2015": OVERALL[3:],
    "year_to=2014": OVERALL[:3],
    "state=selected": OVERALL[1:],
    "attainment=attained": [OVERALL[1]],
    "by=area&key=11": [
        (2014, "11", "selected", "attained", 1),
        (2014, "11", "selected", "not-reported", 1),
    ],
    "by=product-group&year_from=2015": [(2015, "26.30", "carried-over", "not-reported", 1)],
    "by=department&key=kulturamt&year_from=2015": [(2015, "kulturamt", "carried-over", "not-reported", 1)],
    "by=department&key=bauamt": [],
    "by=action-field&attainment=attained": [(2014, "oeffnung", "selected", "attained", 1)],
    "by=action-field&year_from=2015": [(2015, "not-stated", "carried-over", "not-reported", 1)],
}


@pytest.mark.parametrize("asked", NUMBERS)
async def test_the_numbers_are_right(client: httpx.AsyncClient, asked: str) -> None:
    content = (await client.get(f"/api/statistics?{asked}")).json()
    found = [(n["year"], n["key"], n["state"], n["attainment"], n["goals"]) for n in content["numbers"]]
    assert found == NUMBERS[asked]
    assert content["total"] == sum(number[4] for number in found)


@pytest.mark.parametrize("by", ["area", "product-group", "department", "action-field"])
async def test_every_way_of_counting_has_all_goals(client: httpx.AsyncClient, by: str) -> None:
    assert (await client.get(f"/api/statistics?by={by}")).json()["total"] == 5


async def test_what_is_counted_has_an_iri_and_a_name(client: httpx.AsyncClient) -> None:
    content = (await client.get("/api/statistics?by=product-group&key=11.14")).json()
    assert content["dataset"] == f"{BASE}dataset/statistics"
    assert content["numbers"][0]["of"] == f"{BASE}id/product-group/2016/11.14"
    assert content["numbers"][0]["label"] == "Zentrale Funktionen"


async def test_csv(client: httpx.AsyncClient) -> None:
    response = await client.get("/api/statistics?format=csv&by=department")
    rows = list(csv.DictReader(io.StringIO(response.text, newline="")))
    assert rows[0]["label"] == "Kulturamt"
    assert sum(int(row["goals"]) for row in rows) == 5


async def test_a_bad_parameter_is_named(client: httpx.AsyncClient) -> None:
    for asked in ("by=colour", "year=2014", "state=chosen", "format=xml"):
        response = await client.get(f"/api/statistics?{asked}")
        assert_problem(response, 422, "invalid-request")
        assert [error["parameter"] for error in response.json()["errors"]] == [asked.partition("=")[0]]


async def test_a_fixed_release_has_numbers_that_may_be_kept(client: httpx.AsyncClient) -> None:
    response = await client.get(f"/releases/{RELEASE}/api/statistics")
    assert "immutable" in response.headers["Cache-Control"]
    again = {"If-None-Match": response.headers["ETag"]}
    assert (await client.get("/api/statistics", headers=again)).status_code == 304


async def test_the_description_has_every_parameter(client: httpx.AsyncClient) -> None:
    described = (await client.get("/openapi.json")).json()["paths"]["/api/statistics"]["get"]
    assert {p["name"] for p in described["parameters"]} == set(StatisticsQuery.model_fields)
