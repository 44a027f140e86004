"""Time, waiting, size, memory and network: what a query may use, and that the others do not notice."""

import socket
import time
from collections.abc import AsyncIterator

import anyio
import pyoxigraph as ox
import pytest

from api.query.errors import (
    BrokenQueryError,
    BusyError,
    FailedQueryError,
    LargeResultError,
    MalformedQueryError,
    StoppedQueryError,
)
from api.query.job import Job, Term
from api.query.pool import Pool
from api.query.service import Limits, QueryService

pytestmark = pytest.mark.anyio

MEMORY = 1_000_000_000
QUICK = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
NESTED = "ASK " + "{" * 20_000 + "}" * 20_000


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    path = str(tmp_path_factory.mktemp("store") / "store")
    store = ox.Store(path)
    subject = ox.NamedNode("http://x/s")
    store.bulk_extend(ox.Quad(subject, ox.NamedNode("http://x/p"), ox.Literal(n)) for n in range(2_000))
    store.flush()
    return path


@pytest.fixture
async def service() -> AsyncIterator[QueryService]:
    pool = Pool(2, MEMORY)
    yield QueryService(pool, Limits(seconds=1.0, waiting=3, result_bytes=100_000))
    await pool.close()


async def outcome(service: QueryService, store: str, query: str) -> str:
    try:
        return (await service.run(Job(store=store, query=query))).outcome
    except FailedQueryError as error:
        return type(error).__name__


async def test_a_runaway_is_stopped_in_time_and_hurts_nobody(service: QueryService, store: str) -> None:
    outcomes: dict[str, list[str]] = {RUNAWAY: [], QUICK: []}

    async def run(query: str) -> None:
        outcomes[query].append(await outcome(service, store, query))

    started = time.perf_counter()
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run, RUNAWAY)
        for _ in range(4):
            tasks.start_soon(run, QUICK)
    assert outcomes == {RUNAWAY: ["StoppedQueryError"], QUICK: ["done"] * 4}
    assert 1.0 <= time.perf_counter() - started < 2.5
    assert await outcome(service, store, QUICK) == "done"


async def test_a_query_that_ends_its_process_costs_only_itself(service: QueryService, store: str) -> None:
    assert await outcome(service, store, NESTED) == "BrokenQueryError"
    assert await outcome(service, store, QUICK) == "done"


async def test_memory_has_an_end(store: str) -> None:
    pool = Pool(1, 700_000_000)
    service = QueryService(pool, Limits(seconds=30.0, waiting=0, result_bytes=10_000))
    greedy = "SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?b"
    with pytest.raises(BrokenQueryError):
        await service.run(Job(store=store, query=greedy))
    assert await outcome(service, store, QUICK) == "done"
    await pool.close()


async def test_a_large_result_is_refused_as_a_whole(service: QueryService, store: str) -> None:
    with pytest.raises(LargeResultError, match="100,000 bytes"):
        await service.run(Job(store=store, query="SELECT * { ?s ?p ?o . ?a ?b ?c }"))


async def test_too_many_waiting_are_told_at_once(service: QueryService, store: str) -> None:
    outcomes: list[str] = []

    async def run(query: str) -> None:
        outcomes.append(await outcome(service, store, query))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(run, RUNAWAY)
        await anyio.sleep(0.2)
        started = time.perf_counter()
        with pytest.raises(BusyError, match="3 queries are waiting"):
            await service.run(Job(store=store, query=QUICK))
        assert time.perf_counter() - started < 0.1
    assert set(outcomes) <= {"StoppedQueryError", "BusyError"}


async def test_a_cancelled_query_frees_its_worker(service: QueryService, store: str) -> None:
    with anyio.move_on_after(0.2):
        await service.run(Job(store=store, query=RUNAWAY))
    started = time.perf_counter()
    assert [await outcome(service, store, QUICK) for _ in range(2)] == ["done", "done"]
    assert time.perf_counter() - started < 0.8


async def test_nothing_leaves_the_worker(service: QueryService, store: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(BrokenQueryError, match="Permission denied"):
            await service.run(Job(store=store, query=f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"))
        with pytest.raises(TimeoutError):
            server.accept()


async def test_syntax_errors_and_missing_stores_are_told(service: QueryService, store: str) -> None:
    with pytest.raises(MalformedQueryError) as caught:
        await service.run(Job(store=store, query="SELECT *\n {"))
    assert caught.value.members["line"] == 2
    with pytest.raises(BrokenQueryError, match="could not be run"):
        await service.run(Job(store="/nowhere", query=QUICK))


async def test_values_are_bound_not_pasted(service: QueryService, store: str) -> None:
    query = "SELECT (COUNT(*) AS ?n) ?o { ?s ?p ?o } GROUP BY ?o"
    job = Job(store=store, query=query, substitutions={"o": Term('1" } #')}, results="text/csv")
    with pytest.raises(BrokenQueryError, match="IRI"):
        await service.run(job)
    number = Term("7", "http://www.w3.org/2001/XMLSchema#integer")
    reply = await service.run(Job(store=store, query=query, substitutions={"o": number}, results="text/csv"))
    assert reply.body.splitlines() == [b"n,o", b"1,7"]


def test_stopped_says_how_long() -> None:
    assert StoppedQueryError("x", seconds=1.0).members == {"seconds": 1.0}
