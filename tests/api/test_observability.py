"""What an operator sees: health, metrics, and a log without a word about persons."""

import asyncio
import io
import json
import logging
from pathlib import Path

import httpx
import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.logs import set_up_logs
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import RELEASE, switch, write_release
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio


async def sample(client: httpx.AsyncClient, name: str, **labels: str) -> float:
    text = (await client.get("/metrics")).text
    samples = [s for family in text_string_to_metric_families(text) for s in family.samples]
    return sum(s.value for s in samples if s.name == name and labels.items() <= s.labels.items())


async def test_metrics_count_queries_by_outcome(serving: Serving, published: Path) -> None:
    async with serving(Settings(published=published)) as client:
        for query in ("ASK {}", "ASK { }", "ASK {} #", "SELECT", "SELECT * { ?s ?p"):
            await client.get("/sparql", params={"query": query})
        count = "stadtziele_queries_total"
        assert await sample(client, count, service="public", outcome="done") == 2
        assert await sample(client, count, service="public", outcome="cached") == 1
        assert await sample(client, count, service="public", outcome="query-malformed") == 2
        assert await sample(client, "stadtziele_query_seconds_count", service="public") == 5
        assert await sample(client, "stadtziele_requests_total", route="/sparql", status="400") == 2
        assert await sample(client, "stadtziele_public_queries_waiting") == 0
        assert await sample(client, "stadtziele_cache_bytes") > 4_000


async def test_metrics_as_openmetrics(client: httpx.AsyncClient) -> None:
    response = await client.get("/metrics", headers={"accept": "application/openmetrics-text"})
    assert response.headers["content-type"].startswith("application/openmetrics-text")
    assert response.text.endswith("# EOF\n")


async def test_ready_tells_release_age_and_store(client: httpx.AsyncClient) -> None:
    told = (await client.get("/health/ready")).json()
    assert told["release"] == RELEASE
    assert (told["store"], told["spool"]) == ("ok", "ok")
    assert told["age_seconds"] > 300_000_000


async def test_ready_fails_where_the_store_does(serving: Serving, tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    switch(tmp_path)
    for file in (folder / "store").iterdir():
        file.unlink()
    async with serving(Settings(published=tmp_path)) as client:
        response = await client.get("/health/ready")
        assert response.status_code == 503
        assert (await client.get("/health/live")).status_code == 200


async def test_ready_fails_where_large_results_cannot_be_written(
    serving: Serving, published: Path, tmp_path: Path
) -> None:
    async with serving(Settings(published=published, spool=tmp_path / "missing")) as client:
        response = await client.get("/health/ready")
    assert_problem(response, 503, "spool-not-writable")
    assert str(tmp_path) not in response.text
    assert "retry-after" in response.headers


@pytest.mark.parametrize(("is_broken", "outcome"), [(False, "done"), (True, "query-fault")])
async def test_whoever_asks_often_makes_the_store_answer_once(
    serving: Serving, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_broken: bool, outcome: str
) -> None:
    now = 100.0
    monkeypatch.setattr("api.routes.health.monotonic", lambda: now)
    folder = write_release(tmp_path)
    switch(tmp_path)
    if is_broken:
        for file in (folder / "store").iterdir():
            file.unlink()
    async with serving(Settings(published=tmp_path)) as client:
        for asked in (1, 2):
            answers = await asyncio.gather(*(client.get("/health/ready") for _ in range(5)))
            assert {answer.status_code for answer in answers} == {503 if is_broken else 200}
            count = await sample(client, "stadtziele_queries_total", service="own", outcome=outcome)
            assert count == asked
            now += 3.0


async def test_a_request_keeps_its_id(client: httpx.AsyncClient) -> None:
    given = await client.get("/health/live", headers={"x-request-id": "trace-1234"})
    assert given.headers["x-request-id"] == "trace-1234"
    for forged in ("short", "a b c d e f g h", "x" * 65, 'in"jected\\nline'):
        response = await client.get("/nothing", headers={"x-request-id": forged})
        assert len(response.headers["x-request-id"]) == 32
        assert response.json()["request_id"] == response.headers["x-request-id"]


async def test_the_log_tells_of_requests_and_not_of_persons(
    client: httpx.AsyncClient, capsys: pytest.CaptureFixture[str]
) -> None:
    root = logging.getLogger()
    before = root.handlers[:], root.level
    try:
        set_up_logs()
        await client.get("/sparql", params={"query": 'ASK { ?s ?p "Erika Mustermann" }'})
        await client.get("/doc/goal/Erika%22%7B", headers={"x-request-id": "trace-1234"})
        logging.getLogger("library").warning("line one\nline two %s", "ü")
        written = [json.loads(line) for line in io.StringIO(capsys.readouterr().err)]
    finally:
        root.handlers, root.level = before
    lines = [line for line in written if line["logger"] != "httpx"]  # that one is the client
    requests = [line for line in lines if line["event"] == "request"]
    assert [(r["method"], r["route"], r["status"]) for r in requests] == [
        ("GET", "/sparql", 200),
        ("GET", "/doc/{path:path}", 404),
    ]
    assert requests[1]["request_id"] == "trace-1234"
    assert all(line["seconds"] >= 0 for line in requests)
    assert "Erika" not in json.dumps(lines)
    assert lines[-1]["event"] == "line one\nline two ü"
