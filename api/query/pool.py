"""Worker processes: started, kept, killed.

An own small pool rather than `anyio.to_process`: that one runs the main module of the server in
every worker (a second of imports after each killed query), counts the start of a process into the
time of the query, and leaves no room for limits on memory and network.
"""

import json
import logging
import os
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any, Final

import anyio
from anyio.abc import Process
from anyio.streams.buffered import BufferedByteReceiveStream

from api.query.job import Job, Reply

_HEADER_BYTES: Final = 1_000_000
_STARTS: Final = 3
"""So many times a worker is started for a query before that is given up."""
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1"}
"""glibc reserves 128 MB of address space for every thread else, which counts against the limit on memory."""

log = logging.getLogger(__name__)


class WorkerDiedError(Exception):
    """The process ended in the midst of a job."""


class Worker:
    """One worker process, which does one job at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process
        assert process.stdin is not None  # noqa: S101 -- for the type checker; both are pipes
        assert process.stdout is not None  # noqa: S101
        self._jobs = process.stdin
        self._replies = BufferedByteReceiveStream(process.stdout)
        self.is_ready = False

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.returncode is None

    @property
    def exit(self) -> int | None:
        """Return how the process ended: the number of a signal is negative."""
        return self._process.returncode

    async def be_ready(self) -> None:
        """Wait until the process can take a job: starting takes time that no query should pay for.

        Raises `WorkerDiedError`.
        """
        if not self.is_ready:
            with _until_it_dies():
                await self._replies.receive_until(b"\n", _HEADER_BYTES)
            self.is_ready = True

    async def run(self, job: Job) -> Reply:
        """Return the reply to a job. Raises `WorkerDiedError`."""
        with _until_it_dies():
            await self._jobs.send(job.to_line())
            header: dict[str, Any] = json.loads(await self._replies.receive_until(b"\n", _HEADER_BYTES))
            body = await self._replies.receive_exactly(header.pop("body"))
        return Reply(body=body, **header)

    async def kill(self) -> None:
        """End the process, whatever it does."""
        with anyio.CancelScope(shield=True):
            if self.is_alive:
                with suppress(ProcessLookupError):
                    self._process.kill()
            await self._process.aclose()


@contextmanager
def _until_it_dies() -> Iterator[None]:
    try:
        yield
    except (anyio.EndOfStream, anyio.IncompleteRead, anyio.BrokenResourceError, OSError) as error:
        raise WorkerDiedError from error


class Pool:
    """Worker processes of at most `memory` bytes each, as many as are started and asked for at once."""

    def __init__(self, memory: int) -> None:
        self.memory = memory
        self._idle: list[Worker] = []
        self._is_open = True
        self.replaced = 0

    async def start(self, count: int) -> None:
        """Start workers ahead, so that the first queries need not wait for it."""
        while len(self._idle) < count:
            self._idle.append(await self._new())

    async def close(self) -> None:
        """End all workers."""
        self._is_open = False
        while self._idle:
            await self._idle.pop().kill()

    @asynccontextmanager
    async def worker(self) -> AsyncIterator[Worker]:
        """Hand out a worker.

        Whoever leaves with an error (a cancelled query, a dead process) leaves a killed worker
        behind, and a new one starts at once while nobody waits for it yet.
        """
        worker = await self._ready()
        try:
            yield worker
        except BaseException as error:
            with anyio.CancelScope(shield=True):
                await self._replace(worker)
            if isinstance(error, WorkerDiedError):
                log.warning("A worker ended in the midst of a query", extra={"exit": worker.exit})
            raise
        self._idle.append(worker)

    async def _ready(self) -> Worker:
        """Return a worker that can take a job at once; those that have died meanwhile are left behind.

        Raises `WorkerDiedError` if none can be started.
        """
        for _ in range(len(self._idle) + _STARTS):
            worker = self._idle.pop() if self._idle else await self._new()
            try:
                await worker.be_ready()
            except WorkerDiedError:
                await worker.kill()
            except BaseException:  # whoever waited has gone; the worker goes on starting
                self._idle.append(worker)
                raise
            else:
                if worker.is_alive:
                    return worker
                await worker.kill()
        raise WorkerDiedError

    async def _replace(self, worker: Worker) -> None:
        await worker.kill()
        self.replaced += 1
        if self._is_open:
            self._idle.append(await self._new())

    async def _new(self) -> Worker:
        command = [sys.executable, "-P", "-m", "api.query.worker", str(self.memory)]
        environment = {**os.environ, **_ENVIRONMENT}
        return Worker(await anyio.open_process(command, stderr=None, env=environment))
