"""Runs each server on a loopback port with the data loaded, and ends it."""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

import httpx

PATH: Final = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
_HELLO: Final = "ASK { ?goal a <https://w3id.org/stadtziele/ns#Goal> }"
MEMORY: Final = 12_000_000_000
"""Bytes of address space that a server may use, so that a large one does not take the machine with it."""
_VIRTUOSO: Final = """[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql_port}
DirsAllowed = {data}
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
[HTTPServer]
ServerPort = 127.0.0.1:{port}
ServerRoot = {folder}
[SPARQL]
ResultSetMaxRows = 500000
MaxQueryExecutionTime = 60
DefaultQuery = ASK {{}}
"""


@dataclass(frozen=True)
class Running:
    """A server that answers: where, the process, and the seconds that loading took."""

    url: str
    pid: int
    loaded: float

    def memory(self) -> float:
        """Return the resident memory of the process and all below it, in MB."""
        pids, children = [self.pid], [self.pid]
        while children:
            children = [child for pid in children for child in _children(pid)]
            pids += children
        return sum(_resident(pid) for pid in pids)


@dataclass(frozen=True)
class Data:
    """The published folder and its data as N-Quads and N-Triples; loading may take `patience` seconds."""

    published: Path
    quads: Path
    triples: Path
    patience: float


Server = Callable[[Data], AbstractContextManager[Running]]
"""Raises `TimeoutError` if the data is too much for it."""


def servers() -> dict[str, Server]:
    """Return the servers that are installed, by name."""
    known: tuple[tuple[str, str, Server], ...] = (
        ("stadtziele", "stadtziele", _ours),
        ("stadtziele, nothing kept", "stadtziele", _ours_without_cache),
        ("Oxigraph server", "oxigraph", _oxigraph),
        ("rdflib-endpoint", "rdflib-endpoint", _rdflib),
        ("Virtuoso", "virtuoso-t", _virtuoso),
    )
    return {name: server for name, command, server in known if shutil.which(command, path=PATH)}


def _ours(data: Data, *settings: str) -> AbstractContextManager[Running]:
    port = _free_port()
    lifted = ("CLIENT_REQUESTS=0", "CLIENT_QUERIES=64", "QUERY_WAITING=1000", "QUERY_SECONDS=60")
    return _running(
        ["stadtziele", "serve", "--published", str(data.published), "--port", str(port)],
        f"http://127.0.0.1:{port}/sparql",
        data.patience,
        environment=dict(f"STADTZIELE_{setting}".split("=") for setting in (*lifted, *settings)),
    )


def _ours_without_cache(data: Data) -> AbstractContextManager[Running]:
    return _ours(data, "CACHE_BYTES=0")


@contextmanager
def _oxigraph(data: Data) -> Iterator[Running]:
    store, port = str(data.published / "oxigraph"), _free_port()
    began = time.perf_counter()
    _run(["oxigraph", "load", "--location", store, "--file", str(data.quads)], data.patience)
    loaded = time.perf_counter() - began
    command = ["oxigraph", "serve-read-only", "--location", store, "--union-default-graph"]
    command += ["--bind", f"127.0.0.1:{port}", "--timeout-s", "60"]
    with _running(command, f"http://127.0.0.1:{port}/query", data.patience) as running:
        yield replace(running, loaded=running.loaded + loaded)


def _rdflib(data: Data) -> AbstractContextManager[Running]:
    port = _free_port()
    command = ["rdflib-endpoint", "serve", "--host", "127.0.0.1", "--port", str(port), str(data.triples)]
    return _running(command, f"http://127.0.0.1:{port}/", data.patience)


@contextmanager
def _virtuoso(data: Data) -> Iterator[Running]:
    folder, port, sql_port = data.published / "virtuoso", _free_port(), _free_port()
    folder.mkdir()
    config = folder / "virtuoso.ini"
    values = {"folder": folder, "data": data.quads.parent, "port": port, "sql_port": sql_port}
    config.write_text(_VIRTUOSO.format(**values), encoding="utf-8")
    command = ["virtuoso-t", "+foreground", "+configfile", str(config)]
    with _running(
        command, f"http://127.0.0.1:{port}/sparql", data.patience, question="ASK {?s ?p ?o}"
    ) as running:
        began = time.perf_counter()
        listed = f"ld_dir('{data.quads.parent}', '{data.quads.name}', 'http://none.example/');"
        load = f"{listed} rdf_loader_run(); checkpoint;"
        _run(["isql-vt", str(sql_port), "dba", "dba", f"exec={load}"], data.patience)
        yield replace(running, loaded=running.loaded + time.perf_counter() - began)


@contextmanager
def _running(
    command: list[str],
    url: str,
    seconds: float,
    *,
    environment: dict[str, str] | None = None,
    question: str = _HELLO,
) -> Iterator[Running]:
    """Start a server, wait until it answers, and end it."""
    began = time.perf_counter()
    process = subprocess.Popen(  # noqa: S603 - the servers named above
        ["prlimit", f"--as={MEMORY}", *command],  # noqa: S607 - of util-linux
        env=os.environ | {"PATH": PATH} | (environment or {}),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(url, question):
            if process.poll() is not None:
                raise TimeoutError(f"{command[0]} ended while it loaded the data, with {MEMORY / 1e9:.0f} GB")
            if time.perf_counter() - began > seconds:
                raise TimeoutError(f"{command[0]} did not answer within {seconds:.0f} s")
            time.sleep(0.05)
        yield Running(url, process.pid, time.perf_counter() - began)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(url: str, question: str) -> bool:
    try:
        answer = httpx.get(
            url,
            params={"query": question},
            headers={"Accept": "application/sparql-results+json"},
            timeout=10,
            trust_env=False,
        )
    except httpx.TransportError:
        return False
    return answer.status_code == 200


def _run(command: list[str], seconds: float) -> None:
    try:
        subprocess.run(  # noqa: S603 - the loaders named above
            command, check=True, capture_output=True, timeout=seconds, env=os.environ | {"PATH": PATH}
        )
    except subprocess.TimeoutExpired as error:
        raise TimeoutError(f"{command[0]} did not load within {seconds:.0f} s") from error


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
    except OSError:
        return []
    return [int(child) for child in text.split()]


def _resident(pid: int) -> float:
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmRSS"))
