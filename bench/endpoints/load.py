"""Asks a server and takes the time: one question after another, many clients, and beside a runaway query."""

import asyncio
import itertools
import statistics
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import httpx

REPEATS: Final = 30
CLIENTS: Final = (1, 8, 64)
PATIENCE: Final = 90.0
"""Seconds that a client waits for an answer."""
_HEADERS: Final = {"Accept": "application/sparql-results+json, text/turtle;q=0.9"}


@dataclass
class Figures:
    """What was measured of a server. Seconds and MB; `failed` counts what was not answered."""

    loaded: float = 0.0
    memory: float = 0.0
    cold: dict[str, float] = field(default_factory=dict)
    warm: dict[str, list[float]] = field(default_factory=dict)
    rates: dict[int, float] = field(default_factory=dict)
    beside: list[float] = field(default_factory=list)
    alone: list[float] = field(default_factory=list)
    failed: int = 0
    rows: dict[str, int] = field(default_factory=dict)


def percentile(values: list[float], share: float) -> float:
    """Return the value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)] if ordered else float("nan")


def median(values: list[float]) -> float:
    """Return the median, or NaN of no values."""
    return statistics.median(values) if values else float("nan")


async def measure(url: str, questions: Mapping[str, str], runaway: str, seconds: float) -> Figures:
    """Return the figures of a server that has just been started; each load takes so many seconds."""
    figures = Figures()
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=200)
    async with httpx.AsyncClient(
        timeout=PATIENCE, limits=limits, headers=_HEADERS, trust_env=False
    ) as client:
        for name, query in questions.items():
            figures.cold[name] = await _ask(client, url, query, figures, name)
        for name, query in questions.items():
            repeats = REPEATS if figures.cold[name] < 1 else 3
            figures.warm[name] = [await _ask(client, url, query, figures) for _ in range(repeats)]
        quick = [query for name, query in questions.items() if median(figures.warm[name]) < 0.5]
        for clients in CLIENTS:
            figures.rates[clients] = await _rate(client, url, quick, figures, clients, seconds)
        look_up = next(iter(questions.values()))
        figures.alone = await _look_ups(client, url, look_up, figures, seconds)
        running = asyncio.create_task(_run_away(client, url, runaway))
        await asyncio.sleep(0.5)
        figures.beside = await _look_ups(client, url, look_up, figures, seconds)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    return figures


async def _ask(
    client: httpx.AsyncClient, url: str, query: str, figures: Figures, name: str | None = None
) -> float:
    """Ask once and read the whole answer; return the seconds, or those until it failed."""
    began = time.perf_counter()
    try:
        answer = await client.get(url, params={"query": query})
        is_answered = answer.status_code == 200
    except httpx.HTTPError:
        is_answered = False
    taken = time.perf_counter() - began
    figures.failed += not is_answered
    if name and is_answered and "json" in answer.headers["content-type"]:
        try:
            figures.rows[name] = len(answer.json()["results"]["bindings"])
        except ValueError:  # Oxigraph's server says 200 first, and then in the body that time is over
            figures.failed += 1
    return taken


async def _rate(
    client: httpx.AsyncClient, url: str, queries: list[str], figures: Figures, clients: int, seconds: float
) -> float:
    """Return answers per second to so many clients, each asking the next question when it has its answer."""
    answered = 0
    end = time.perf_counter() + seconds

    async def ask_on(first: int) -> None:
        nonlocal answered
        for query in itertools.islice(itertools.cycle(queries), first, None):
            if time.perf_counter() >= end:
                return
            before = figures.failed
            await _ask(client, url, query, figures)
            answered += figures.failed == before

    began = time.perf_counter()
    await asyncio.gather(*(ask_on(number % len(queries)) for number in range(clients)))
    return answered / (time.perf_counter() - began)


async def _look_ups(
    client: httpx.AsyncClient, url: str, query: str, figures: Figures, seconds: float
) -> list[float]:
    """Return the times of look-ups by four clients; each asks for something else, so that nothing is kept."""
    times: list[float] = []
    end = time.perf_counter() + seconds
    number = itertools.count()

    async def look_up() -> None:
        while time.perf_counter() < end:
            varied = query.replace("?o }", f"?o }} LIMIT {100_000 + next(number)}")
            times.append(await _ask(client, url, varied, figures))

    await asyncio.gather(*(look_up() for _ in range(4)))
    return times


async def _run_away(client: httpx.AsyncClient, url: str, query: str) -> None:
    while True:
        try:
            await client.get(url, params={"query": query})
        except httpx.HTTPError:
            await asyncio.sleep(0.1)
