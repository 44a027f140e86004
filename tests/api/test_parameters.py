"""No parameter is dropped without a word."""

import httpx
import pytest

from tests.api.releases import RELEASE
from tests.api.test_pages import BROWSER
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

DOORS = (
    "/catalog",
    "/catalog.ttl",
    "/diff",
    "/feed.atom",
    "/ldes",
    "/ldes/1",
    "/event/1",
    "/quality",
    "/api",
)


@pytest.mark.parametrize("path", [*DOORS, f"/releases/{RELEASE}/catalog"])
async def test_a_parameter_that_nobody_knows_is_refused_by_name(client: httpx.AsyncClient, path: str) -> None:
    response = await client.get(f"{path}?before=x")
    assert_problem(response, 400, "parameter-unknown")
    assert response.json()["parameter"] == "before"
    assert "“before”" in response.json()["detail"]
    twice = await client.get(f"{path}?lang=de&lang=en")
    assert_problem(twice, 400, "parameter-repeated")


@pytest.mark.parametrize("path", ["/catalog", "/catalog?page=1", "/catalog.ttl", "/diff", "/api"])
async def test_a_chosen_language_is_known_where_pages_are(client: httpx.AsyncClient, path: str) -> None:
    joined = f"{path}{'&' if '?' in path else '?'}lang=en"
    assert (await client.get(joined, headers=BROWSER)).status_code == 200


async def test_what_is_known_is_told(client: httpx.AsyncClient) -> None:
    response = await client.get("/diff?before=x")
    assert response.json()["known"] == ["from", "to", "limit", "format", "lang"]
