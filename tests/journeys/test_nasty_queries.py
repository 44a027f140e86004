"""Sixty-four clients get right answers while others ask all that is nasty, see `tests.journeys.nasty`."""

import asyncio
import json
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from urllib.parse import quote

import httpx
import pytest

from tests.city import SampleCity, decision, goal
from tests.journeys.house import Server, served
from tests.journeys.nasty import (
    ANSWERED,
    HANG_UPS,
    NO_HTTP,
    ODDITIES,
    QUERIES,
    STATUS,
    TRAP,
    Nasty,
    Oddity,
    product,
)

pytestmark = pytest.mark.journey

CLIENTS: Final = 64
GOALS: Final = {"kulturamt": 8, "bauamt": 5}
SELECTED: Final = 3

WORKERS: Final = 5
OWN_WORKERS: Final = 2
"""Those for pages and health, which no setting changes."""
WALKERS: Final = 3
"""Nasty clients at a time. Those whose queries ran away share two workers: one may be told to wait."""
PATIENCE: Final = 10
"""So many times a nasty client asks again that was told to: it shall come to what it wants to try."""
WAITING: Final = 160
MEMORY: Final = 500_000_000
REQUESTS: Final = 300
"""One client's in a minute; only `flood` sends as many."""
SERVER_MEMORY: Final = 400_000_000
SETTINGS: Final = {
    "query_seconds": 3,
    "query_workers": WORKERS,
    "query_waiting": WAITING,
    "query_memory": MEMORY,
    "result_bytes": 20_000_000,
    "client_requests": REQUESTS,
}

LONGEST_ADDRESS: Final = 60_000
ROUNDS: Final = 60
PREFIXES: Final = "PREFIX sz: <https://w3id.org/stadtziele/ns#> PREFIX dct: <http://purl.org/dc/terms/> "
LOGGED: Final = {
    "event",
    "level",
    "logger",
    "timestamp",
    "request_id",
    "method",
    "route",
    "status",
    "seconds",
}

Send = Callable[[httpx.AsyncClient, str, str], Awaitable[httpx.Response]]
Step = Callable[["Stranger"], Awaitable[None]]


@pytest.fixture
def server(city: SampleCity) -> Iterator[Server]:
    for department, count in GOALS.items():
        city.submit(2014, department, *(goal(n, title=f"{department} {n}") for n in range(1, count + 1)))
    city.decide(2014, *(decision(f"2014-kulturamt-{n:02}") for n in range(1, SELECTED + 1)))
    with served(city, **SETTINGS) as running:
        yield running


def test_sixty_four_clients_are_served_while_others_ask_all_that_is_nasty(server: Server) -> None:
    release = server.get("/health/ready").json()["release"]
    seen = asyncio.run(besieged(server, f"/releases/{release}/sparql"))
    assert seen.wrong == []
    assert seen.calls == 0
    assert seen.right >= 2 * CLIENTS
    assert seen.server_memory < SERVER_MEMORY
    assert seen.workers_memory < (WORKERS + OWN_WORKERS) * MEMORY
    assert server.get("/health/ready").status_code == 200
    assert server.select(PREFIXES + "SELECT (COUNT(*) AS ?n) { ?g a sz:Goal }") == [
        {"n": str(sum(GOALS.values()))}
    ]
    assert len(children(server.pid)) == WORKERS + OWN_WORKERS
    assert_log_is_clean(server.log)


@dataclass
class Seen:
    """What came of it all."""

    wrong: list[str] = field(default_factory=list)
    right: int = 0
    calls: int = 0
    server_memory: int = 0
    workers_memory: int = 0

    def note(self, name: str, *, is_right: bool, got: object) -> None:
        """Take down one outcome."""
        if is_right:
            self.right += 1
        else:
            self.wrong.append(f"{name}: {got}")


async def besieged(server: Server, of_release: str) -> Seen:
    """Let all clients at the server until the nasty ones have tried everything."""
    seen, over = Seen(), asyncio.Event()
    async with trap(seen) as trap_address:
        steps = iter(nasty_steps(trap_address, of_release))
        watching = asyncio.create_task(watch_memory(server.pid, seen, over))
        served = [asyncio.create_task(well_behaved(server, n, seen, over)) for n in range(CLIENTS)]
        try:
            await asyncio.gather(flood(server, seen), *(walk(server, n, steps, seen) for n in range(WALKERS)))
        finally:
            over.set()
        await asyncio.gather(watching, *served)
    return seen


@asynccontextmanager
async def trap(seen: Seen) -> AsyncIterator[str]:
    """Listen where nobody must ever call; yield the address."""

    def called(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        seen.calls += 1
        writer.close()

    listening = await asyncio.start_server(called, "127.0.0.1", 0)
    async with listening:
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}/"


def client_at(server: Server, host: str) -> httpx.AsyncClient:
    """Return a client whose address is its own."""
    transport = httpx.AsyncHTTPTransport(local_address=host, verify=False)
    return httpx.AsyncClient(base_url=str(server.client.base_url), transport=transport, timeout=60)


# --- those who behave -------------------------------------------------------------------------------


async def well_behaved(server: Server, number: int, seen: Seen, over: asyncio.Event) -> None:
    """Keep asking, each time something else, as long as others are nasty."""
    async with client_at(server, f"127.0.1.{number + 1}") as client:
        await asyncio.sleep(2 * number / CLIENTS)
        for turn in range(ROUNDS):
            query, expected = question(number + turn, f"{number}/{turn}")
            answer = await client.get("/sparql", params={"query": query})
            got = rows(answer) if answer.status_code == 200 else [{"problem": answer.text}]
            seen.note(f"client {number}, round {turn}", is_right=got == expected, got=got)
            await asyncio.sleep(2)
            if over.is_set() and turn:
                return


def question(at: int, mark: str) -> tuple[str, list[dict[str, str]]]:
    """Return a query that nobody asked before, and its rows; `mark` comes back with them."""
    number = at % GOALS["kulturamt"] + 1
    patterns = (
        (
            f"SELECT ?mark ?title {{ ?g a sz:Goal ; dct:title ?title BIND ('{mark}' AS ?mark) "
            f"FILTER(STR(?title) = 'kulturamt {number}') }}",
            {"title": f"kulturamt {number}"},
        ),
        (
            f"SELECT ('{mark}' AS ?mark) (COUNT(?g) AS ?n) {{ ?g a sz:Goal ; sz:year ?year }}",
            {"n": str(sum(GOALS.values()))},
        ),
        (
            f"SELECT ('{mark}' AS ?mark) (COUNT(?g) AS ?n) {{ ?g sz:selectionState sz:state-selected }}",
            {"n": str(SELECTED)},
        ),
    )
    query, row = patterns[at % len(patterns)]
    return PREFIXES + query, [{"mark": mark, **row}]


def rows(answer: httpx.Response) -> list[dict[str, str]]:
    return [
        {name: cell["value"] for name, cell in row.items()} for row in answer.json()["results"]["bindings"]
    ]


# --- those who do not -------------------------------------------------------------------------------


@dataclass
class Stranger:
    """A nasty client: who it is, and what it holds open until the end."""

    server: Server
    host: str
    client: httpx.AsyncClient
    seen: Seen
    open: list[asyncio.StreamWriter] = field(default_factory=list)

    async def connect(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        """Return a bare connection, for what a client library would not send; it reads slowly."""
        url = self.server.client.base_url
        return await asyncio.open_connection(url.host, url.port, local_addr=(self.host, 0), limit=1 << 10)


async def walk(server: Server, number: int, steps: Iterator[Step], seen: Seen) -> None:
    """Take one step after the other, for as long as there are any."""
    host = f"127.0.2.{number + 1}"
    async with client_at(server, host) as client:
        stranger = Stranger(server, host, client, seen)
        for step in steps:
            await step(stranger)
        for writer in stranger.open:
            writer.transport.abort()


def nasty_steps(trap_address: str, of_release: str) -> Iterator[Step]:
    """Yield everything that is nasty: light queries by every way, heavy ones by one way each."""
    yield read_slowly
    yield hang_up
    ways = [(send, path) for path in ("/sparql", of_release) for send in (by_get, by_form, by_body)]
    for at, nasty in enumerate(QUERIES):
        for send, path in [ways[at % len(ways)]] if nasty.is_heavy else ways:
            yield asking(nasty, send, path, trap_address)
    for oddity in ODDITIES:
        yield being_odd(oddity, trap_address)
    yield speak_no_http
    yield ask_all_at_once
    yield hang_up


async def by_get(client: httpx.AsyncClient, path: str, text: str) -> httpx.Response:
    encoded = quote(text)
    if len(encoded) > LONGEST_ADDRESS:  # more than httpx puts into an address
        return await by_form(client, path, text)
    return await client.get(f"{path}?query={encoded}")


async def by_form(client: httpx.AsyncClient, path: str, text: str) -> httpx.Response:
    return await client.post(path, data={"query": text})


async def by_body(client: httpx.AsyncClient, path: str, text: str) -> httpx.Response:
    return await client.post(
        path, content=text.encode(), headers={"Content-Type": "application/sparql-query"}
    )


def asking(nasty: Nasty, send: Send, path: str, trap_address: str) -> Step:
    async def step(stranger: Stranger) -> None:
        text = nasty.text.replace(TRAP, trap_address)
        got = await told_in_the_end(stranger.client, send, path, text)
        name = f"{nasty.name}, {send.__name__} {path}"
        stranger.seen.note(name, is_right=got in nasty.kinds, got=got)

    return step


async def told_in_the_end(client: httpx.AsyncClient, send: Send, path: str, text: str) -> str:
    """Return what became of a query; who is told that all workers are busy asks again when told to."""
    answer = await send(client, path, text)
    for _ in range(PATIENCE):
        if told(answer) != "busy":
            break
        await asyncio.sleep(int(answer.headers["Retry-After"]))
        answer = await send(client, path, text)
    return told(answer)


def being_odd(oddity: Oddity, trap_address: str) -> Step:
    async def step(stranger: Stranger) -> None:
        method = "GET" if oddity.body is None else "POST"
        address = f"/sparql{oddity.address}".replace(quote(TRAP), quote(trap_address))
        answer = await stranger.client.request(method, address, content=oddity.body, headers=oddity.headers)
        got = told(answer)
        stranger.seen.note(oddity.name, is_right=got in oddity.kinds, got=got)

    return step


async def read_slowly(stranger: Stranger) -> None:
    """Ask for megabytes and read a line of them; the rest is asked for and never read."""
    for _ in range(5):
        reader, writer = await stranger.connect()
        query = quote(f"SELECT * {{ {product(2)} }} LIMIT 20000")
        writer.write(f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
        status = await reader.readline()
        stranger.seen.note("a slow reader", is_right=status == b"HTTP/1.1 200 OK\r\n", got=status)
        stranger.open.append(writer)


async def hang_up(stranger: Stranger) -> None:
    """Begin requests and go away: at once, and after a moment."""
    for beginning in HANG_UPS:
        for seconds in (0, 0.2):
            _, writer = await stranger.connect()
            writer.write(beginning)
            await asyncio.sleep(seconds)
            writer.transport.abort()


async def speak_no_http(stranger: Stranger) -> None:
    """Send what is no request; some of those who do stay."""
    for sent in NO_HTTP:
        reader, writer = await stranger.connect()
        writer.write(sent)
        status = await asyncio.wait_for(reader.readline(), 30)
        stranger.seen.note(f"no HTTP {sent[:40]!r}", is_right=b" 400 " in status, got=status)
        writer.transport.abort()
    for _ in range(50):
        _, writer = await stranger.connect()
        writer.write(b"GET /sparql HTTP/1.1\r\nHost: x\r\nX-Slow: ")
        stranger.open.append(writer)


async def ask_all_at_once(stranger: Stranger) -> None:
    """Send more slow queries at once than one client may have in the queue."""
    texts = [f"SELECT (COUNT(*) AS ?n{n}) {{ {product(4)} }}" for n in range(WAITING // 2 + 20)]
    async with client_at(stranger.server, "127.0.3.1") as client:
        answers = await asyncio.gather(*(by_body(client, "/sparql", text) for text in texts))
    got = Counter(told(answer) for answer in answers)
    is_right = got.keys() <= {"query-stopped", "busy", "too-many-requests"} and got["too-many-requests"] > 0
    stranger.seen.note("many at once", is_right=is_right, got=got)


async def flood(server: Server, seen: Seen) -> None:
    """Send more requests in a minute than one client may."""
    async with client_at(server, "127.0.4.1") as client:
        got = Counter[str]()
        while "too-many-requests" not in got and got.total() < 10 * REQUESTS:
            got[told(await by_get(client, "/sparql", "DROP ALL"))] += 1
    is_right = got.keys() == {"query-refused", "too-many-requests"}
    seen.note("too many requests", is_right=is_right, got=got)


def told(answer: httpx.Response) -> str:
    """Return what became of a request; a problem that is not of the one shape is told as it came."""
    if answer.status_code == 200:
        return ANSWERED
    if answer.headers.get("content-type") != "application/problem+json":
        return f"no problem but {answer.status_code} {answer.text[:200]}"
    problem = answer.json()
    kind = str(problem["type"]).rpartition("#")[2]
    is_sound = (
        all(isinstance(problem[name], str) and problem[name] for name in ("title", "detail"))
        and problem["status"] == answer.status_code == STATUS.get(kind)
        and (answer.status_code not in {429, 503} or answer.headers.get("retry-after", "").isdecimal())
        and not any(trace in answer.text for trace in ("Traceback", "panicked", "backtrace", ".py"))
    )
    return kind if is_sound else f"unsound {answer.status_code} {dict(answer.headers)} {answer.text[:500]}"


# --- the server as its machine sees it ---------------------------------------------------------------


async def watch_memory(pid: int, seen: Seen, over: asyncio.Event) -> None:
    """Keep the most memory that was seen, of the server and of its workers together."""
    while not over.is_set():
        seen.server_memory = max(seen.server_memory, resident(pid))
        seen.workers_memory = max(seen.workers_memory, sum(map(resident, children(pid))))
        await asyncio.sleep(0.2)


def children(pid: int) -> list[int]:
    """Return the processes that a process has started and that run."""
    lists = Path(f"/proc/{pid}/task").glob("*/children")
    return [int(child) for found in lists for child in found.read_text().split()]


def resident(pid: int) -> int:
    """Return the bytes of memory of a process, 0 if it has ended."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * 4096
    except (FileNotFoundError, ProcessLookupError):
        return 0


def assert_log_is_clean(log: list[str]) -> None:
    """Every line is an object of JSON that tells of a request and not of what was asked, or by whom."""
    lines = [json.loads(line) for line in log]
    requests = [line for line in lines if line["event"] == "request"]
    assert len(requests) > len(QUERIES)
    assert all(line.keys() == LOGGED for line in requests)
    others = {(line["logger"], line["level"]) for line in lines if line["event"] != "request"}
    assert others <= {("uvicorn.error", "info"), ("uvicorn.error", "warning"), ("api.query.pool", "warning")}
    whole = "".join(log)
    for told_nowhere in ("SELECT", "ASK", "SERVICE", "forged", "?s", "backtrace", "127.0.1.", "127.0.2."):
        assert told_nowhere not in whole
