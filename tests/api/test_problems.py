import logging
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter

from api import create_app
from ontology.settings import Settings
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

router = APIRouter()


@router.get("/handed-in/{number}")
async def handed_in(number: int) -> dict[str, float]:
    return {"half": 1 / number}


@pytest.fixture
def client(published: Path) -> httpx.AsyncClient:
    app = create_app(Settings(published=published), routers=[router])
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://testserver")


async def test_routers_can_be_handed_in(client: httpx.AsyncClient) -> None:
    assert (await client.get("/handed-in/2")).json() == {"half": 0.5}
    assert "/handed-in/{number}" in (await client.get("/openapi.json")).json()["paths"]


async def test_invalid_requests_say_which_parameter(client: httpx.AsyncClient) -> None:
    response = await client.get("/handed-in/x")
    assert_problem(response, 422, "invalid-request")
    assert response.json()["errors"][0]["parameter"] == "number"


async def test_an_unexpected_error_tells_nothing(
    client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await client.get("/handed-in/0")
    assert_problem(response, 500, "internal-error")
    assert "ZeroDivision" not in response.text
    assert "ZeroDivision" in caplog.text
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["access-control-allow-origin"] == "*"


async def test_logs_cannot_be_forged(client: httpx.AsyncClient, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        await client.get("/handed-in/0%0AERROR%20forged")
        await client.get("/handed-in/0")
    assert not any(line.startswith("ERROR forged") for line in caplog.text.splitlines())


async def test_nothing_here(client: httpx.AsyncClient) -> None:
    response = await client.get("/nothing")
    assert_problem(response, 404, "not-found")
    assert response.json()["instance"] == "/nothing"


async def test_head_and_options_work_everywhere(client: httpx.AsyncClient) -> None:
    for address in ("/datasets/", "/health/live", "/ns", "/queries"):
        head = await client.head(address)
        assert (head.status_code, head.content) == (200, b"")
        options = await client.options(address)
        assert (options.status_code, options.headers["allow"]) == (204, "GET, HEAD, OPTIONS")


async def test_operations_are_described(client: httpx.AsyncClient) -> None:
    description = (await client.get("/openapi.json")).json()
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            assert operation.get("description") or path.startswith("/handed-in"), (path, method)
    assert {"get", "post"} <= description["paths"]["/sparql"].keys()
