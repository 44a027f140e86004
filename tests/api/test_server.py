"""The whole API as people meet it: a real server, real processes, real time."""

import asyncio
import logging
import re
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import uvicorn

from api import create_app
from ontology.settings import Settings
from tests.api.releases import switch, write_release

pytestmark = [pytest.mark.journey, pytest.mark.anyio]

QUICK = {"query": "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"}
RUNAWAY = {"query": "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"}
NESTED = {"query": "ASK " + "{" * 20_000 + "}" * 20_000}


@contextmanager
def server(settings: Settings) -> Iterator[str]:
    """Serve on a free port in a thread; yield the address."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        config = uvicorn.Config(create_app(settings), log_level="warning")
        uvicorn_server = uvicorn.Server(config)
        thread = threading.Thread(target=uvicorn_server.run, kwargs={"sockets": [listening]})
        thread.start()
        while not uvicorn_server.started:
            time.sleep(0.01)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            uvicorn_server.should_exit = True
            thread.join(timeout=20)


async def test_a_runaway_query_is_stopped_while_others_are_answered(published: Path) -> None:
    settings = Settings(published=published, query_seconds=4, query_workers=2)
    with server(settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await client.get("/sparql", params=QUICK)
            runaway = asyncio.create_task(client.get("/sparql", params=RUNAWAY))
            await asyncio.sleep(0.1)
            quick = await asyncio.gather(*(client.get("/sparql", params=QUICK) for _ in range(8)))
            assert not runaway.done()
            stopped = await runaway
    assert [response.status_code for response in quick] == [200] * 8
    assert stopped.status_code == 503
    assert stopped.json()["type"].endswith("#query-stopped")
    assert stopped.json()["limit"] == {"setting": "STADTZIELE_QUERY_SECONDS", "value": 4}


async def test_pages_are_read_while_all_workers_of_the_endpoint_are_busy(published: Path) -> None:
    settings = Settings(published=published, query_seconds=4, query_workers=1)
    with server(settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            runaway = asyncio.create_task(client.get("/sparql", params=RUNAWAY))
            await asyncio.sleep(0.1)
            page = await client.get("/doc/goal/2014-kulturamt-01.html")
            assert not runaway.done()
            assert page.status_code == 200
            await runaway


async def test_a_deeply_nested_query_costs_only_itself(published: Path) -> None:
    with server(Settings(published=published)) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            requests = [client.post("/sparql", data=body) for body in (NESTED, QUICK, NESTED, QUICK, QUICK)]
            responses = await asyncio.gather(*requests)
            assert [response.status_code for response in responses] == [503, 200, 503, 200, 200]
            assert responses[0].json()["type"].endswith("#query-broken")
            assert (await client.get("/health/ready")).status_code == 200


async def test_a_new_release_is_served_without_a_failed_request(tmp_path: Path) -> None:
    write_release(tmp_path, "first")
    switch(tmp_path, "first")
    with server(Settings(published=tmp_path)) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:

            async def request(number: int) -> httpx.Response:
                paths = (
                    "/",
                    "/catalog.ttl",
                    "/doc/goal/2014-kulturamt-01.ttl",
                    "/datasets/csv/goals-2014.csv",
                )
                path = paths[number // 2 % 4]
                return await (client.get("/sparql", params=QUICK) if number % 2 else client.get(path))

            async def publish() -> None:
                for name in ("second", "third"):
                    await asyncio.to_thread(write_release, tmp_path, name)
                    switch(tmp_path, name)

            publishing = asyncio.create_task(publish())
            responses = []
            for number in range(0, 200, 8):
                responses += await asyncio.gather(*(request(n) for n in range(number, number + 8)))
                await asyncio.sleep(0.02)
            await publishing
            ready = await client.get("/health/ready")
    assert [r.status_code for r in responses] == [200] * 200
    assert {r.headers["x-release"] for r in responses if "x-release" in r.headers} >= {"first", "third"}
    assert ready.json()["release"] == "third"
    catalogues = [r for r in responses if r.url.path == "/catalog.ttl"]
    assert len(catalogues) == 25
    for catalogue in catalogues:
        assert len(re.findall(r"a dcat:Dataset\b", catalogue.text)) == 4
        assert set(re.findall(r"/releases/([^/]+)/", catalogue.text)) == {catalogue.headers["x-release"]}


async def test_a_client_that_hangs_up_frees_its_worker(published: Path) -> None:
    settings = Settings(published=published, query_seconds=600, query_workers=1)
    with server(settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await client.get("/sparql", params=QUICK)
            with pytest.raises(httpx.ReadTimeout):
                await client.get("/sparql", params=RUNAWAY, timeout=0.3)
            assert (await client.get("/sparql", params={"query": "ASK {}"})).status_code == 200
            with pytest.raises(httpx.ReadTimeout):
                await client.post("/sparql", data=RUNAWAY, timeout=0.3)
            assert (await client.get("/sparql", params={"query": "ASK { ?s ?p ?o }"})).status_code == 200
            metrics = (await client.get("/metrics")).text
    assert 'stadtziele_queries_total{outcome="cancelled",service="public"} 2.0' in metrics
    assert "stadtziele_public_workers_replaced 2.0" in metrics


async def test_sixty_four_clients_are_served_while_one_is_nasty(published: Path) -> None:
    """Others get their answers while one client sends all that is nasty, each from an address of its own."""
    settings = Settings(published=published, query_seconds=2, query_workers=2)
    nasty = (RUNAWAY, NESTED, {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i"})

    async def ask(address: str, number: int) -> list[int]:
        transport = httpx.AsyncHTTPTransport(local_address=f"127.0.1.{number + 1}")
        async with httpx.AsyncClient(base_url=address, timeout=60, transport=transport) as client:
            if number == 0:
                return [(await client.post("/sparql", data=query)).status_code for query in nasty]
            query = f"SELECT (COUNT(*) AS ?n{number}) {{ ?s ?p ?o }}"
            return [(await client.get("/sparql", params={"query": query})).status_code for _ in range(5)]

    with server(settings) as address:
        outcomes = await asyncio.gather(*(ask(address, number) for number in range(64)))
        async with httpx.AsyncClient(base_url=address) as client:
            assert (await client.get("/health/ready")).status_code == 200
    assert outcomes[0] == [503, 503, 503]
    assert outcomes[1:] == [[200] * 5] * 63


async def test_a_slow_reader_holds_no_worker_and_no_memory(published: Path) -> None:
    wide = {"query": "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 400000"}
    settings = Settings(published=published, query_seconds=300, query_workers=1, client_queries=1)
    with server(settings) as address:
        plain = {"accept-encoding": "identity"}
        async with httpx.AsyncClient(base_url=address, timeout=60, headers=plain) as client:
            before = _resident()
            async with client.stream("GET", "/sparql", params=wide) as response:
                assert int(response.headers["content-length"]) > 100_000_000
                pieces = response.aiter_bytes(1 << 16)
                await anext(pieces)
                assert (await client.get("/sparql", params=QUICK)).status_code == 200
                assert _resident() - before < 50_000_000
                received = (1 << 16) + sum([len(piece) async for piece in pieces])
            assert received == int(response.headers["content-length"])
            assert _resident() - before < 100_000_000


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/sparql?query=ASK%20{}",
        "/sparql?query=SELECT%20*%20{?a%20?b%20?c.%20?d%20?e%20?f}%20LIMIT%2020000",
        "/doc/goal/2014-kulturamt-01.ttl",
        "/datasets/csv/goals-2014.csv",
        "/datasets/parquet/goals.parquet",
        "/health/live",
        "/nothing",
    ],
)
async def test_head_is_get_without_a_body(
    published: Path, caplog: pytest.LogCaptureFixture, path: str
) -> None:
    """Several requests on one connection, which nothing may put out of step."""
    with caplog.at_level(logging.ERROR), server(Settings(published=published)) as address:
        async with httpx.AsyncClient(
            base_url=address, timeout=30, limits=httpx.Limits(max_connections=1)
        ) as client:
            for encoding in ("identity", "gzip"):
                before = await client.get(path, headers={"accept-encoding": encoding})
                head = await client.head(path, headers={"accept-encoding": encoding})
                after = await client.get(path, headers={"accept-encoding": encoding})
                assert (head.status_code, head.content) == (before.status_code, b"")
                assert _lasting(head) == _lasting(before) == _lasting(after)
                assert after.content == before.content or path == "/nothing"
                connections = {
                    response.extensions["network_stream"].get_extra_info("client_addr")
                    for response in (before, head, after)
                }
                assert len(connections) == 1
    assert caplog.text == ""


def _lasting(response: httpx.Response) -> dict[str, str]:
    """The headers of a response but those that each has for itself."""
    own = {"date", "x-request-id", "transfer-encoding"}
    return {name: value for name, value in response.headers.items() if name not in own}


def _resident() -> int:
    """Bytes of memory of this process, which is the server's too."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096
