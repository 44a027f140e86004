"""Behind a proxy: who asks, and what for, as far as the proxy is trusted."""

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from api.clients import client_of
from api.proxies import Proxied
from ontology.settings import Settings
from tests.api.conftest import Serving

pytestmark = pytest.mark.anyio

ENDPOINT = ox.NamedNode("http://www.w3.org/ns/sparql-service-description#endpoint")
ASKED = {"x-forwarded-host": "ziele.example", "x-forwarded-proto": "https", "x-forwarded-for": "192.0.2.7"}


async def endpoint(client: httpx.AsyncClient, headers: dict[str, str]) -> str:
    response = await client.get("/sparql", headers={"accept": "application/n-triples"} | headers)
    (told,) = (
        quad.object
        for quad in ox.parse(response.content, ox.RdfFormat.N_TRIPLES)
        if quad.predicate == ENDPOINT
    )
    assert isinstance(told, ox.NamedNode)
    return told.value


async def test_addresses_are_those_that_clients_see(client: httpx.AsyncClient) -> None:
    assert await endpoint(client, ASKED) == "https://ziele.example/sparql"
    for host, told in {
        "ziele.example:8443": "https://ziele.example:8443/sparql",
        "[2001:db8::1]:8443": "https://[2001:db8::1]:8443/sparql",
        "forged.example, ziele.example": "https://ziele.example/sparql",
        "": "https://testserver/sparql",
        "a b": "https://testserver/sparql",
        "ziele.example/path": "https://testserver/sparql",
        "user@ziele.example": "https://testserver/sparql",
    }.items():
        assert await endpoint(client, ASKED | {"x-forwarded-host": host}) == told


async def test_nobody_else_is_believed(serving: Serving, published: Path) -> None:
    async with serving(Settings(published=published, proxies="192.0.2.1,198.51.100.0/24")) as client:
        assert await endpoint(client, ASKED) == "http://testserver/sparql"


@pytest.mark.parametrize(
    ("peer", "is_trusted"),
    [("192.0.2.1", True), ("198.51.100.9", True), ("192.0.2.2", False), (None, False)],
)
async def test_a_proxy_is_known_by_its_address(peer: str | None, is_trusted: bool) -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    headers = [(b"host", b"inside"), *((name.encode(), value.encode()) for name, value in ASKED.items())]
    scope = {"type": "http", "path": "/", "scheme": "http", "client": peer and (peer, 1), "headers": headers}
    await Proxied(app, "192.0.2.1,198.51.100.0/24")(scope, _receive, _send)
    request = Request(seen[0])
    assert (request.headers["host"] == "ziele.example") == is_trusted
    assert (request.url.scheme == "https") == is_trusted
    assert (client_of(request) == "192.0.2.7") == is_trusted


async def _receive() -> Message:
    raise NotImplementedError


async def _send(message: Message) -> None:
    raise NotImplementedError
