"""The whole API as people meet it: a real server, real processes, real time."""

import asyncio
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
    settings = Settings(published=published, query_seconds=2, query_workers=2)
    with server(settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            await client.get("/sparql", params=QUICK)
            started = time.perf_counter()
            runaway = asyncio.create_task(client.get("/sparql", params=RUNAWAY))
            await asyncio.sleep(0.1)
            quick = await asyncio.gather(*(client.get("/sparql", params=QUICK) for _ in range(8)))
            quick_after = time.perf_counter() - started
            stopped = await runaway
            stopped_after = time.perf_counter() - started
    assert [response.status_code for response in quick] == [200] * 8
    assert quick_after < 1.5
    assert stopped.status_code == 503
    assert stopped.json()["type"].endswith("#query-stopped")
    assert 2 <= stopped_after < 3


async def test_pages_are_read_while_all_workers_of_the_endpoint_are_busy(published: Path) -> None:
    settings = Settings(published=published, query_seconds=2, query_workers=1)
    with server(settings) as address:
        async with httpx.AsyncClient(base_url=address, timeout=30) as client:
            runaway = asyncio.create_task(client.get("/sparql", params=RUNAWAY))
            await asyncio.sleep(0.1)
            started = time.perf_counter()
            page = await client.get("/doc/goal/2014-kulturamt-01.html")
            assert time.perf_counter() - started < 1
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
                path = ("/", "/doc/goal/2014-kulturamt-01.ttl", "/datasets/csv/goals-2014.csv")[number % 3]
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
