"""Worker processes: started, kept, killed.

An own small pool rather than `anyio.to_process`: that one runs the main module of the server in
every worker (a second of imports after each killed query), counts the start of a process into the
time of the query, and leaves no room for limits on memory and network.
"""

import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import Any, Final

import anyio
from anyio.abc import Process
from anyio.streams.buffered import BufferedByteReceiveStream

from api.query.job import Job, Reply

_HEADER_BYTES: Final = 1_000_000
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "1"}
"""glibc reserves 128 MB of address space for every thread else, which counts against the limit on memory."""


class WorkerDiedError(Exception):
    """The process ended in the midst of a job."""


class _Worker:
    """One worker process, which does one job at a time."""

    def __init__(self, process: Process) -> None:
        self._process = process
        assert process.stdin is not None  # noqa: S101 -- for the type checker; both are pipes
        assert process.stdout is not None  # noqa: S101
        self._jobs = process.stdin
        self._replies = BufferedByteReceiveStream(process.stdout)

    @property
    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def run(self, job: Job) -> Reply:
        try:
            await self._jobs.send(job.to_line())
            header: dict[str, Any] = json.loads(await self._replies.receive_until(b"\n", _HEADER_BYTES))
            body = await self._replies.receive_exactly(header.pop("length"))
        except (anyio.EndOfStream, anyio.IncompleteRead, anyio.BrokenResourceError, OSError) as error:
            raise WorkerDiedError from error
        return Reply(body=body, **header)

    async def kill(self) -> None:
        with anyio.CancelScope(shield=True):
            if self.is_alive:
                with suppress(ProcessLookupError):
                    self._process.kill()
            await self._process.aclose()


class Pool:
    """At most `size` worker processes of at most `memory` bytes each."""

    def __init__(self, size: int, memory: int) -> None:
        self.size = size
        self._memory = memory
        self._turns = anyio.CapacityLimiter(size)
        self._idle: list[_Worker] = []

    async def start(self) -> None:
        """Start all workers, so that the first queries need not wait for it."""
        while len(self._idle) < self.size:
            self._idle.append(await self._new())

    async def close(self) -> None:
        """End all workers."""
        while self._idle:
            await self._idle.pop().kill()

    @asynccontextmanager
    async def worker(self, seconds: float) -> AsyncIterator[_Worker]:
        """Hand out a worker, waiting for one at most `seconds`.

        Whoever leaves with an error (a cancelled query, a dead process) leaves a killed worker
        behind, and the next one gets a new process. Raises `TimeoutError`.
        """
        with anyio.fail_after(seconds):
            await self._turns.acquire()
        try:
            worker = await self._ready()
            try:
                yield worker
            except BaseException:
                await worker.kill()
                raise
            self._idle.append(worker)
        finally:
            self._turns.release()

    async def _ready(self) -> _Worker:
        while self._idle:
            worker = self._idle.pop()
            if worker.is_alive:
                return worker
            await worker.kill()
        return await self._new()

    async def _new(self) -> _Worker:
        command = [sys.executable, "-P", "-m", "api.query.worker", str(self._memory)]
        environment = {**os.environ, **_ENVIRONMENT}
        return _Worker(await anyio.open_process(command, stderr=None, env=environment))
