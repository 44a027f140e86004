"""Time, waiting, size, memory and network: what a query may use, and that the others do not notice."""

import gc
import json
import shutil
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import anyio
import pyoxigraph as ox
import pytest

from api.query.errors import (
    BrokenQueryError,
    BusyError,
    FailedQueryError,
    FaultError,
    LargeResultError,
    MalformedQueryError,
    OverLimitError,
    StoppedQueryError,
    TooManyError,
    UnanswerableQueryError,
)
from api.query.job import Question, Term
from api.query.pool import Pool
from api.query.results import Cache, Result
from api.query.service import Limits, QueryService
from api.query.spool import Spool, Spooled
from api.query.turns import Turns

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


@asynccontextmanager
async def running(
    *,
    size: int = 2,
    per_client: int = 1,
    waiting: int = 3,
    seconds: float = 1.0,
    result_bytes: int = 100_000,
    memory: int = MEMORY,
    cache: int = 0,
    spool: int = 10_000_000,
) -> AsyncIterator[QueryService]:
    pool, folder = Pool(memory), Spool(None, spool)
    turns = Turns(size, per_client=per_client, waiting=waiting)
    yield QueryService(pool, turns, Limits(seconds, result_bytes), spool=folder, cache=Cache(cache))
    await pool.close()
    folder.close()


@pytest.fixture
async def service() -> AsyncIterator[QueryService]:
    async with running() as service:
        yield service


def faults(caplog: pytest.LogCaptureFixture) -> list[str]:
    """Return what the log says about faults of ours."""
    return [str(vars(record)["fault"]) for record in caplog.records if "fault" in vars(record)]


async def outcome(service: QueryService, store: str, query: str, client: str = "") -> str:
    try:
        await service.ask(Question(store, query), client=client, keep=False)
    except FailedQueryError as error:
        return type(error).__name__
    return "done"


async def test_a_runaway_is_stopped_in_time_and_hurts_nobody(service: QueryService, store: str) -> None:
    outcomes: list[str] = []

    async def run(query: str) -> None:
        outcomes.append(await outcome(service, store, query))

    async with anyio.create_task_group() as tasks:
        tasks.start_soon(run, RUNAWAY)
        for _ in range(4):
            tasks.start_soon(run, QUICK)
    assert sorted(outcomes) == ["StoppedQueryError", *["done"] * 4]
    assert await outcome(service, store, QUICK) == "done"


async def test_a_query_that_ends_its_process_costs_only_itself(service: QueryService, store: str) -> None:
    assert await outcome(service, store, NESTED) == "BrokenQueryError"
    assert await outcome(service, store, QUICK) == "done"


async def test_memory_has_an_end(store: str) -> None:
    async with running(size=1, seconds=30.0, memory=700_000_000) as service:
        greedy = "SELECT ?a { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f ?b"
        with pytest.raises(BrokenQueryError):
            await service.ask(Question(store, greedy))
        assert await outcome(service, store, QUICK) == "done"


async def test_a_large_result_is_refused_as_a_whole(service: QueryService, store: str) -> None:
    with pytest.raises(LargeResultError, match="100,000 bytes"):
        await service.ask(Question(store=store, query="SELECT * { ?s ?p ?o . ?a ?b ?c }"))


async def test_too_many_waiting_are_told_at_once(service: QueryService, store: str) -> None:
    outcomes: list[str] = []

    async def run(query: str) -> None:
        outcomes.append(await outcome(service, store, query))

    async with anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(run, RUNAWAY)
        await anyio.sleep(0.2)
        with pytest.raises(BusyError, match="3 queries are waiting"):
            await service.ask(Question(store=store, query=QUICK))
        assert service.turns.waiting == 3
    assert set(outcomes) <= {"StoppedQueryError", "BusyError"}


async def test_a_cancelled_query_frees_its_worker(store: str) -> None:
    async with running(size=1, seconds=600) as service:
        with anyio.move_on_after(0.2):
            await service.ask(Question(store=store, query=RUNAWAY))
        assert [await outcome(service, store, QUICK) for _ in range(2)] == ["done", "done"]


async def test_nothing_leaves_the_worker(
    service: QueryService, store: str, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/"
        with pytest.raises(FaultError):
            await service.ask(
                Question(store=store, query=f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}")
            )
        assert "Permission denied" in faults(caplog)[0]
        with pytest.raises(TimeoutError):
            server.accept()


async def test_syntax_errors_and_missing_stores_are_told(
    service: QueryService, store: str, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(MalformedQueryError) as caught:
        await service.ask(Question(store=store, query="SELECT *\n {"))
    assert caught.value.members["line"] == 2
    with pytest.raises(FaultError, match="could not be run") as fault:
        await service.ask(Question(store="/nowhere", query=QUICK))
    assert "nowhere" not in fault.value.detail
    assert "/nowhere" in faults(caplog)[0]


async def test_what_cannot_be_evaluated_is_the_fault_of_the_query(service: QueryService, store: str) -> None:
    with pytest.raises(UnanswerableQueryError, match="unknown function") as caught:
        await service.ask(Question(store, "SELECT (<http://x/>(1) AS ?x) {}"))
    assert caught.value.status == 400
    assert "http://x/" not in caught.value.detail


async def test_values_are_bound_not_pasted(
    service: QueryService, store: str, caplog: pytest.LogCaptureFixture
) -> None:
    query = "SELECT (COUNT(*) AS ?n) ?o { ?s ?p ?o } GROUP BY ?o"
    question = Question(store=store, query=query, substitutions={"o": Term('1" } #')}, results="text/csv")
    with pytest.raises(FaultError):
        await service.ask(question)
    assert faults(caplog) == ["ValueError"]  # no IRI; what it was is not for the log
    number = Term("7", "http://www.w3.org/2001/XMLSchema#integer")
    bound = Question(store, query, substitutions={"o": number}, results="text/csv")
    assert (await service.ask(bound)).read().splitlines() == [b"n,o", b"1,7"]


async def test_every_limit_that_is_reached_is_named(service: QueryService, store: str) -> None:
    everything = "SELECT * { ?s ?p ?o . ?a ?b ?c }"
    expected = {
        RUNAWAY: ("STADTZIELE_QUERY_SECONDS", 1.0),
        NESTED: ("STADTZIELE_QUERY_MEMORY", MEMORY),
        everything: ("STADTZIELE_RESULT_BYTES", 100_000),
    }
    for query, (setting, value) in expected.items():
        with pytest.raises(OverLimitError) as caught:
            await service.ask(Question(store, query))
        assert caught.value.members == {"limit": {"setting": setting, "value": value}}


def test_who_can_come_again_is_told_when() -> None:
    kinds: list[type[FailedQueryError]] = [
        LargeResultError,
        StoppedQueryError,
        BusyError,
        BrokenQueryError,
        FaultError,
    ]
    assert all((kind.status == 503) == (kind.retry_after is not None) for kind in kinds)
    assert LargeResultError.status == 422


async def test_one_client_cannot_keep_all_workers_busy(store: str) -> None:
    async with running(seconds=60) as service, anyio.create_task_group() as tasks:
        for _ in range(2):
            tasks.start_soon(outcome, service, store, RUNAWAY, "greedy")
        await anyio.sleep(0.1)
        assert await outcome(service, store, QUICK, "modest") == "done"
        assert (service.turns.running, service.turns.waiting) == (1, 1)  # those of the greedy one
        tasks.cancel_scope.cancel()


async def test_one_client_cannot_fill_the_queue(store: str) -> None:
    async with running(waiting=4) as service, anyio.create_task_group() as tasks:
        for _ in range(3):
            tasks.start_soon(outcome, service, store, RUNAWAY, "greedy")
        await anyio.sleep(0.1)
        with pytest.raises(TooManyError, match="2 of your queries") as caught:
            await service.ask(Question(store, QUICK), client="greedy")
        assert caught.value.retry_after == 1
        assert await outcome(service, store, QUICK, "modest") == "done"
        tasks.cancel_scope.cancel()


async def test_what_was_answered_is_kept(store: str) -> None:
    seen: list[str] = []
    async with running(cache=100_000) as service:
        service._observe = lambda outcome, _: seen.append(outcome)
        first = await service.ask(Question(store, QUICK, same_as=QUICK))
        again = await service.ask(Question(store, "#\n" + QUICK, same_as=QUICK))
        other = await service.ask(Question(store, QUICK, same_as=QUICK, results="text/csv"))
        never = await service.ask(Question(store, QUICK, same_as=QUICK), keep=False)
    assert first is again
    assert other.media_type == "text/csv"
    assert never.read() == first.read()
    assert seen == ["done", "cached", "done", "done"]


async def test_the_same_question_runs_once(store: str) -> None:
    slow = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . FILTER(?c < 60) }"
    results: list[Result] = []

    async def ask(service: QueryService) -> None:
        results.append(await service.ask(Question(store, slow)))

    async with running(cache=100_000, seconds=20) as service, anyio.create_task_group() as tasks:
        for _ in range(5):
            tasks.start_soon(ask, service)
    assert len({id(result) for result in results}) == 1


async def test_who_waits_for_the_same_question_asks_itself_when_the_first_gives_up(store: str) -> None:
    async with running(cache=100_000) as service, anyio.create_task_group() as tasks:
        first = anyio.CancelScope()

        async def give_up() -> None:
            with first:
                await service.ask(Question(store, RUNAWAY))

        tasks.start_soon(give_up)
        await anyio.sleep(0.1)
        tasks.start_soon(outcome, service, store, QUICK)
        first.cancel()
        with pytest.raises(StoppedQueryError):
            await service.ask(Question(store, RUNAWAY))


async def test_large_results_lie_on_disk_until_nobody_reads_them(store: str) -> None:
    wide = 'SELECT * { ?s ?p ?o . BIND(CONCAT(STR(?o), "' + "x" * 300 + '") AS ?wide) }'
    async with running(result_bytes=10_000_000, spool=1_500_000) as service:
        result = await service.ask(Question(store, wide), keep=False)
        assert isinstance(result.content, Spooled)
        assert service._spool.bytes == result.size > 600_000
        assert len(json.loads(result.read())["results"]["bindings"]) == 2_000
        assert not list(Path(service._spool.new_path()).parent.iterdir())
        with pytest.raises(BusyError, match="large results"):
            await service.ask(Question(store, wide), keep=False)
        assert result.read().endswith(b"]}}")
        del result
        gc.collect()
        assert service._spool.bytes == 0
        assert await outcome(service, store, wide) == "done"


async def test_a_stopped_query_leaves_no_file(store: str) -> None:
    endless = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    async with running(result_bytes=10**12, seconds=0.5) as service:
        assert await outcome(service, store, endless) == "StoppedQueryError"
        assert not list(Path(service._spool.new_path()).parent.iterdir())


async def test_a_folder_that_was_cleaned_away_comes_back(store: str) -> None:
    wide = 'SELECT * { ?s ?p ?o . BIND(CONCAT(STR(?o), "' + "x" * 300 + '") AS ?wide) }'
    async with running(result_bytes=10_000_000) as service:
        for _ in range(2):
            assert isinstance((await service.ask(Question(store, wide), keep=False)).content, Spooled)
            shutil.rmtree(Path(service._spool.new_path()).parent)


async def test_a_spool_that_cannot_be_written_is_a_fault_of_ours(
    store: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with running() as service:
        service._spool = Spool(tmp_path / "missing", 1_000)
        with pytest.raises(OSError, match="missing"):
            service._spool.check()
        with pytest.raises(FaultError) as caught:
            await service.ask(Question(store, QUICK))
        assert "missing" not in caught.value.detail
        assert "missing" in faults(caplog)[0]


async def test_kept_results_make_room_for_new_ones(store: str) -> None:
    wide = 'SELECT * { ?s ?p ?o . BIND(CONCAT(STR(?o), "' + "x" * 300 + '") AS ?wide) }'
    async with running(result_bytes=10_000_000, spool=1_500_000, cache=100_000_000) as service:
        for limit in (1_990, 1_991, 1_992):
            assert await outcome(service, store, f"{wide} LIMIT {limit}") == "done"


async def test_who_may_have_a_turn_need_not_wait_for_another_who_asks_the_same(store: str) -> None:
    """One client's runaway holds back its second question, not those of others who ask the same."""
    async with running(cache=100_000, seconds=60) as service, anyio.create_task_group() as tasks:
        tasks.start_soon(outcome, service, store, RUNAWAY, "greedy")
        await anyio.sleep(0.1)
        tasks.start_soon(outcome, service, store, QUICK, "greedy")
        await anyio.sleep(0.1)
        assert service.turns.waiting == 1
        assert await outcome(service, store, QUICK, "modest") == "done"
        assert service.turns.running == 1
        tasks.cancel_scope.cancel()


async def test_where_no_worker_can_start_there_is_an_answer_all_the_same(store: str) -> None:
    async with running(memory=1) as service:
        with pytest.raises(BrokenQueryError):
            await service.ask(Question(store=store, query=QUICK))


async def test_a_worker_is_handed_out_when_it_can_take_a_job(store: str) -> None:
    pool = Pool(MEMORY)
    with anyio.move_on_after(0):
        async with pool.worker():
            pytest.fail("no worker starts in no time")
    async with pool.worker() as worker:
        assert worker.is_ready
    await pool.close()


async def test_a_client_whose_query_ran_away_leaves_workers_to_others(store: str) -> None:
    async with running(size=2, seconds=0.5) as service, anyio.create_task_group() as tasks:
        for client in ("x", "y"):
            tasks.start_soon(outcome, service, store, RUNAWAY, client)
        await anyio.sleep(0)
        while service.turns.running:
            await anyio.sleep(0.05)
        for client in ("x", "y"):
            tasks.start_soon(outcome, service, store, RUNAWAY, client)
        await anyio.sleep(0.05)
        assert (service.turns.running, service.turns.waiting) == (1, 1)
        assert await outcome(service, store, QUICK, "modest") == "done"
        tasks.cancel_scope.cancel()
