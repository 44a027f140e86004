"""The real commands, for tests that walk the whole house: publish in a process, serve on a port."""

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx

from tests.city import SampleCity
from tests.first import first_release

COMMAND = str(Path(sys.executable).parent / "stadtziele")


def environment(raw: Path, published: Path, **settings: object) -> dict[str, str]:
    """Return a clean environment with settings for a raw folder and a folder of releases."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
    own = {f"STADTZIELE_{name.upper()}": str(value) for name, value in settings.items()}
    folders = {"STADTZIELE_RAW": str(raw), "STADTZIELE_PUBLISHED": str(published)}
    return kept | {"COLUMNS": "160", "PYTHONWARNINGS": "error::DeprecationWarning:pipeline"} | folders | own


def stadtziele(env: dict[str, str], *arguments: str, fails: bool = False) -> str:
    """Run the command and return what it printed; `fails` tells which exit is expected."""
    done = subprocess.run(
        [COMMAND, *arguments], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.returncode != 0) == fails, done.stdout + done.stderr
    assert "Traceback" not in done.stderr, done.stderr
    return done.stdout + done.stderr


class Server:
    """A running server: its address, its process, the lines of its log, and questions put to it."""

    def __init__(self, url: str, pid: int, log: list[str]) -> None:
        self.client = httpx.Client(base_url=url, timeout=30, trust_env=False)
        self.pid = pid
        self.log = log

    def get(self, path: str, **headers: str) -> httpx.Response:
        """Get a page; underscores in header names stand for hyphens."""
        return self.client.get(path, headers={k.replace("_", "-"): v for k, v in headers.items()})

    def select(self, query: str) -> list[dict[str, str]]:
        """Return the rows of a SELECT as plain values."""
        answer = self.client.post(
            "/sparql", data={"query": query}, headers={"Accept": "application/sparql-results+json"}
        )
        assert answer.status_code == 200, answer.text
        bindings: list[dict[str, Any]] = answer.json()["results"]["bindings"]
        return [{name: cell["value"] for name, cell in row.items()} for row in bindings]

    def question(self, name: str, **parameters: object) -> list[dict[str, str]]:
        """Return the rows that a saved question answers."""
        answer = self.client.get(
            f"/queries/{name}",
            params={key: str(value) for key, value in parameters.items()},
            headers={"Accept": "application/sparql-results+json"},
        )
        assert answer.status_code == 200, answer.text
        bindings: list[dict[str, Any]] = answer.json()["results"]["bindings"]
        return [{key: cell["value"] for key, cell in row.items()} for row in bindings]


@contextmanager
def serving(env: dict[str, str]) -> Iterator[Server]:
    """Run `stadtziele serve` on a free port until the end of the block."""
    process = subprocess.Popen(
        [COMMAND, "serve", "--port", "0"],
        env=env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        log: list[str] = []
        server = Server(_address(process, log), process.pid, log)
        with server.client:
            yield server
    finally:
        process.terminate()
        process.wait(timeout=20)
        if process.stderr:
            process.stderr.close()


@contextmanager
def served(city: SampleCity, **settings: object) -> Iterator[Server]:
    """Publish for the first time, in this process, and run `stadtziele serve` until the end of the block."""
    first_release(city)
    with serving(environment(city.raw, city.published, **settings)) as server:
        yield server


def _address(process: subprocess.Popen[str], log: list[str]) -> str:
    """Return where a server listens, and go on collecting its log."""
    assert process.stderr is not None
    end = time.monotonic() + 60
    while time.monotonic() < end and process.poll() is None:
        line = process.stderr.readline()
        log.append(line)
        found = re.search(r"http://127\.0\.0\.1:(\d+)", line)
        if found:
            threading.Thread(target=_drain, args=(process.stderr, log), daemon=True).start()
            return found[0]
    raise AssertionError("".join(log))


def _drain(stream: Iterable[str], log: list[str]) -> None:
    try:
        log.extend(stream)
    except ValueError:  # closed at the end of the test
        return
