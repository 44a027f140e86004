"""What is kept, by us and by others: entity tags, times, 304, and compressed bodies."""

import gzip
from pathlib import Path

import httpx
import pytest
import zstandard

from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import RELEASE, switch, write_release

pytestmark = pytest.mark.anyio

COUNT = "/sparql?query=SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
FIXED = f"/releases/{RELEASE}"
BROWSER = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
PAGES = [
    "/",
    "/sparql",
    "/sparql?query=ASK%20{}",
    "/queries",
    "/queries/goals-by-year",
    "/doc/goal/2014-kulturamt-01",
    "/datasets/",
]
"""Addresses that browsers get a page from."""
OF_CODE = [
    "/ns.ttl",
    "/ns/shapes",
    "/ns/context.jsonld",
    "/queries",
    "/queries/goals-by-year.rq",
    "/static/style.css",
]
"""What comes with our code and has no date of a release."""
ERRORS = {
    "/doc/never/known": 404,
    "/sparql?query=SELEC": 400,
    "/sparql?query=SELECT": 400,
    "/api/goals?cursor=bogus": 400,
    "/api/goals?year_from=x": 422,
    "/api/statistics?by=x": 422,
    "/queries/goals-by-year?year=x": 400,
    "/queries/nothing": 404,
    "/datasets/nothing": 404,
    "/.well-known/nothing": 404,
}
ADDRESSES = [
    COUNT,
    "/sparql",
    "/queries/goals-by-year?format=csv",
    "/doc/goal/2014-kulturamt-01.ttl",
    "/doc/goal/2014-kulturamt-01.html",
    "/datasets/csv/goals-2014.csv",
    "/api/goals?limit=1",
    "/api/goals?format=csv",
    "/api/statistics",
    "/.well-known/void",
]
ASKED = [
    *((address, {}) for address in ADDRESSES),
    *((address, BROWSER) for address in [*PAGES, "/ns", "/docs"]),
]


@pytest.mark.parametrize(("address", "accept"), ASKED)
async def test_nothing_is_sent_twice(client: httpx.AsyncClient, address: str, accept: dict[str, str]) -> None:
    first = await client.get(address, headers=accept)
    assert first.status_code == 200
    assert "accept-encoding" in first.headers["vary"].lower()
    assert first.headers["cache-control"] == "public, no-cache"
    assert first.headers["last-modified"] == "Thu, 01 Jan 2015 00:00:00 GMT"
    for condition in (
        {"if-none-match": first.headers["etag"]},
        {"if-none-match": f'"other", {first.headers["etag"]}'},
        {"if-none-match": "*"},
        {"if-modified-since": first.headers["last-modified"]},
    ):
        again = await client.get(address, headers=accept | condition)
        assert (again.status_code, again.content) == (304, b"")
        for name in ("etag", "last-modified", "cache-control", "x-release"):
            assert again.headers[name] == first.headers[name]
        assert _names(again.headers["vary"]) == _names(first.headers["vary"])
        assert "content-type" not in again.headers
        head = await client.head(address, headers=accept | condition)
        assert (head.status_code, head.content) == (304, b"")
    for condition in (
        {"if-none-match": '"other"', "if-modified-since": first.headers["last-modified"]},
        {"if-modified-since": "Fri, 02 Jan 2015 00:00:00 GMT"},  # a later state, since taken back
        {"if-modified-since": "yesterday"},
    ):
        assert (await client.get(address, headers=accept | condition)).status_code == 200


def _names(header: str) -> set[str]:
    return {name.strip().lower() for name in header.split(",")}


@pytest.mark.parametrize("address", OF_CODE)
async def test_what_comes_with_the_code_is_kept_for_an_hour(client: httpx.AsyncClient, address: str) -> None:
    first = await client.get(address)
    assert first.headers["cache-control"] == "public, max-age=3600"
    again = await client.get(address, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["cache-control"] == first.headers["cache-control"]


@pytest.mark.parametrize(
    "condition", [{"if-none-match": "*"}, {"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"}]
)
@pytest.mark.parametrize("address", ERRORS)
async def test_an_error_is_one_whatever_the_client_has(
    client: httpx.AsyncClient, address: str, condition: dict[str, str]
) -> None:
    for method in ("GET", "HEAD"):
        response = await client.request(method, address, headers=condition)
        assert response.status_code == ERRORS[address]
        assert "etag" not in response.headers


async def test_only_what_is_asked_for_by_get_is_known(client: httpx.AsyncClient) -> None:
    query = {"query": "ASK {}"}
    tag = (await client.get("/sparql", params=query)).headers["etag"]
    for condition in (tag, "*"):
        response = await client.post("/sparql", data=query, headers={"if-none-match": condition})
        assert response.status_code == 200


@pytest.mark.parametrize(
    ("address", "accept"),
    [
        *((address, {}) for address in ADDRESSES),
        *((address, BROWSER) for address in PAGES),
    ],
)
async def test_what_is_said_of_a_fixed_release_may_be_kept_for_good(
    client: httpx.AsyncClient, address: str, accept: dict[str, str]
) -> None:
    response = await client.get(FIXED + address, headers=accept)
    assert response.status_code == 200, response.text
    assert response.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert response.headers["x-release"] == RELEASE


async def test_tags_tell_formats_graphs_and_releases_apart(serving: Serving, tmp_path: Path) -> None:
    write_release(tmp_path, "first")
    write_release(tmp_path, "second")
    switch(tmp_path, "first")
    tags = set()
    async with serving(Settings(published=tmp_path)) as client:
        for release in ("first", "second"):
            switch(tmp_path, release)
            for address in (COUNT, f"{COUNT}&format=csv", f"{COUNT}&format=xml", "/sparql?query=ASK {}"):
                tags.add((await client.get(address)).headers["etag"])
        same = await client.get(COUNT.replace(" ", "%0A").replace("{", "%23 comment%0A{"))
        assert same.headers["etag"] in tags
    assert len(tags) == 8


@pytest.mark.parametrize("call", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()", "rand()"])
async def test_what_differs_each_time_is_not_kept(client: httpx.AsyncClient, call: str) -> None:
    query = f"SELECT ({call} AS ?a) (CONCAT(STR(RAND()), STR(RAND())) AS ?b) {{}}"
    bodies = set()
    for _ in range(2):
        response = await client.get("/sparql", params={"query": query})
        assert response.headers["cache-control"] == "no-store"
        assert "etag" not in response.headers
        bodies.add(response.content)
    assert len(bodies) == 2


async def test_a_page_with_what_differs_each_time_is_not_kept(client: httpx.AsyncClient) -> None:
    address = f"{FIXED}/sparql?query=SELECT (NOW() AS ?now) {{}}"
    response = await client.get(address, headers=BROWSER)
    assert response.headers["cache-control"] == "no-store"
    assert "etag" not in response.headers


async def test_errors_are_not_kept(client: httpx.AsyncClient) -> None:
    for address in ("/sparql?query=SELECT", "/doc/goal/nothing", "/nothing"):
        assert (await client.get(address)).headers["cache-control"] == "no-store"


async def test_bodies_are_compressed_for_those_who_read_it(client: httpx.AsyncClient) -> None:
    address = "/sparql?query=SELECT * { ?s ?p ?o }"
    plain = await client.get(address, headers={"accept-encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert "accept-encoding" in plain.headers["vary"].lower()
    for encoding, unpack in (
        ("gzip", gzip.decompress),
        ("zstd", lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body)),
    ):
        async with client.stream("GET", address, headers={"accept-encoding": encoding}) as response:
            body = b"".join([chunk async for chunk in response.aiter_raw()])
        assert response.headers["content-encoding"] == encoding
        assert len(body) < len(plain.content) / 3
        assert unpack(body) == plain.content
        assert response.headers["etag"] == plain.headers["etag"]
