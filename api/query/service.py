"""Running queries within limits: time, waiting, size. The only way in for everything that asks."""

import re
from dataclasses import dataclass, replace
from typing import Final

import anyio

from api.query.errors import (
    BrokenQueryError,
    BusyError,
    FailedQueryError,
    LargeResultError,
    MalformedQueryError,
    StoppedQueryError,
)
from api.query.job import Job, Reply
from api.query.pool import Pool, WorkerDiedError

_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


@dataclass(frozen=True)
class Limits:
    """`seconds` a query may run, how many may wait for their turn, bytes of a result."""

    seconds: float
    waiting: int
    result_bytes: int


class QueryService:
    """Runs jobs in a pool of worker processes."""

    def __init__(self, pool: Pool, limits: Limits) -> None:
        self.pool = pool
        self.limits = limits
        self._inside = 0

    async def run(self, job: Job) -> Reply:
        """Return the reply to a job that is done; `FailedQueryError` says why one is not.

        The time of a query counts from when it starts to run; it waits at most as long again.
        """
        limits = self.limits
        job = replace(job, seconds=limits.seconds, result_bytes=min(job.result_bytes, limits.result_bytes))
        if self._inside >= self.pool.size + limits.waiting:
            raise BusyError(f"{limits.waiting} queries are waiting already. Try again in a moment.")
        self._inside += 1
        try:
            reply = await self._run(job)
        finally:
            self._inside -= 1
        if reply.outcome != "done":
            raise _failure(reply, job)
        return reply

    async def _run(self, job: Job) -> Reply:
        started = False
        try:
            async with self.pool.worker(job.seconds) as worker:
                started = True
                with anyio.fail_after(job.seconds):
                    return await worker.run(job)
        except TimeoutError as error:
            raise _timeout(job.seconds, started=started) from error
        except WorkerDiedError as error:
            raise BrokenQueryError(
                "The query ended the process it ran in: it is nested too deeply or needs too much memory. "
                "Only this query is affected. Make it simpler."
            ) from error


def _timeout(seconds: float, *, started: bool) -> FailedQueryError:
    if not started:
        return BusyError(f"No worker became free within {seconds:g} s. Try again in a moment.")
    return StoppedQueryError(
        f"The query was stopped after {seconds:g} s. Ask for less, for example by naming a year or "
        "with LIMIT, or download the whole data.",
        seconds=seconds,
    )


def _failure(reply: Reply, job: Job) -> FailedQueryError:
    if reply.outcome == "malformed":
        return _malformed(reply.message)
    if reply.outcome == "too_large":
        return LargeResultError(
            f"The result is larger than {job.result_bytes:,} bytes, so nothing of it is sent. "
            "Ask for less, for example with LIMIT and OFFSET, or download the whole data.",
            bytes=job.result_bytes,
        )
    return BrokenQueryError(f"The query could not be run: {reply.message}")


def _malformed(message: str) -> MalformedQueryError:
    found = _POSITION.match(message)
    if found is None:
        return MalformedQueryError(message)
    line, column, detail = found.groups()
    return MalformedQueryError(
        f"Syntax error in line {line}, column {column}: {detail}.", line=int(line), column=int(column)
    )
