"""Seconds from a changed file to the new release being served, with the real command and server."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import requests

from bench.generated import YEAR, generate_city, write_submission

QUERY = 'ASK { ?goal <http://purl.org/dc/terms/title> "Erzeugtes Ziel 1 geändert"@de }'
LONGEST = 1800


def measure(goals: int) -> dict[str, float]:
    """Return seconds: the first publish, then from a changed file to the answer that shows it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = generate_city(Path(folder), goals)
        environment = os.environ | {
            "STADTZIELE_RAW": str(settings.raw),
            "STADTZIELE_PUBLISHED": str(settings.published),
            "STADTZIELE_FIRST_YEAR": str(YEAR),
            "STADTZIELE_PORT": "8731",
        }
        first = _publish(environment)
        server = subprocess.Popen(  # noqa: S603 - our own command
            [_command(), "serve"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            _wait_until_served("ASK {}")
            start = time.perf_counter()
            write_submission(settings.raw, "amt-0000", min(goals, 250), mark="geändert")
            _publish(environment)
            _wait_until_served(QUERY)
            change = time.perf_counter() - start
        finally:
            server.terminate()
            server.wait(timeout=30)
    return {"first publish": first, "change to served": change}


def _publish(environment: dict[str, str]) -> float:
    start = time.perf_counter()
    subprocess.run(  # noqa: S603 - our own command
        [_command(), "publish"], env=environment, check=True, capture_output=True, timeout=LONGEST
    )
    return time.perf_counter() - start


def _wait_until_served(query: str) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            answer = requests.get("http://127.0.0.1:8731/sparql", params={"query": query}, timeout=5)
            if answer.ok and answer.json()["boolean"]:
                return
        except requests.ConnectionError:
            pass
        time.sleep(0.05)
    raise TimeoutError(query)


def _command() -> str:
    return str(Path(sys.executable).parent / "stadtziele")
