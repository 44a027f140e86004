"""Running queries within limits: time, turns, rows, bytes. The only way in for everything that asks."""

import logging
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

import anyio

from api.query.errors import (
    BrokenQueryError,
    BusyError,
    FailedQueryError,
    FaultError,
    LargeResultError,
    Limit,
    MalformedQueryError,
    NotInXmlError,
    StoppedQueryError,
    UnanswerableQueryError,
)
from api.query.job import Job, Question, Reply
from api.query.pool import Pool, WorkerDiedError
from api.query.results import Cache, Result, key_of
from api.query.spool import Spool, Spooled
from api.query.turns import Place, Turns

INLINE: Final = 1 << 18
"""Results up to 256 KiB come through the pipe, longer ones over the disk."""

_POSITION: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)

_NOT_SUGGESTED: Final = frozenset({"LATERAL", "SERVICE"})
"""Words that the engine knows: one is refused here, the other is in no standard."""

Observer = Callable[[str, float], None]
"""Is told how each question ended (``done``, ``cached`` or a kind of problem) and after how many seconds."""


log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limits:
    """`seconds` a query may run and may wait, bytes of a result."""

    seconds: float
    result_bytes: int


@dataclass(eq=False)
class _Asked:
    """A question that somebody asks: its place in the queue, its result, and whether it is over."""

    place: Place = field(default_factory=Place)
    result: Result | None = None
    over: anyio.Event = field(default_factory=anyio.Event)


def _nobody(outcome: str, seconds: float) -> None:
    """Take notice of nothing."""


class QueryService:
    """Answers questions with a pool of worker processes and what is kept of former answers."""

    def __init__(
        self,
        pool: Pool,
        turns: Turns,
        limits: Limits,
        *,
        spool: Spool,
        cache: Cache,
        observe: Observer = _nobody,
    ) -> None:
        self.pool = pool
        self.turns = turns
        self.limits = limits
        self._spool = spool
        self._cache = cache
        self._observe = observe
        self._asked: dict[str, _Asked] = {}

    async def ask(self, question: Question, *, client: str = "", keep: bool = True) -> Result:
        """Return the result; `FailedQueryError` says why there is none.

        `client` is who asks, for turns that are fair. `keep` tells whether the same question has the
        same answer next time. The time of a query counts from when it starts to run; it waits at
        most as long again.
        """
        started = time.perf_counter()
        outcome = "cancelled"
        try:
            result, outcome = await self._ask(question, client, keep=keep)
        except FailedQueryError as error:
            outcome = error.kind
            raise
        finally:
            self._observe(outcome, time.perf_counter() - started)
        return result

    def kept(self, question: Question) -> Result | None:
        """Return the answer to a question if it is kept, at once."""
        started = time.perf_counter()
        result = self._cache.get(key_of(question))
        if result is not None:
            self._observe("cached", time.perf_counter() - started)
        return result

    async def _ask(self, question: Question, client: str, *, keep: bool) -> tuple[Result, str]:
        if not keep:
            return await self._run(question, client, Place()), "done"
        key = key_of(question)
        kept = self._cache.get(key)
        return (kept, "cached") if kept else (await self._once(key, question, client), "done")

    async def _once(self, key: str, question: Question, client: str) -> Result:
        """Run a question while all others who ask the same wait for its answer.

        It runs as soon as one of them may have a turn. Who ran it waited once and ran once the time of a
        query, so nobody who waits for it waits longer than both.
        """
        with _waiting(2 * self.limits.seconds):
            while (asked := self._asked.get(key)) is not None:
                with self.turns.beside(asked.place, client):
                    await asked.over.wait()
                if asked.result is not None:
                    return asked.result
        asked = self._asked[key] = _Asked()
        try:
            asked.result = await self._run(question, client, asked.place)
            self._cache.put(key, asked.result)
        finally:
            del self._asked[key]
            asked.over.set()
        return asked.result

    async def _run(self, question: Question, client: str, place: Place) -> Result:
        async with self.turns.turn(client, self.limits.seconds, place):
            try:
                return await self._run_now(question)
            except (StoppedQueryError, BrokenQueryError):
                self.turns.ran_away(place.runs_as)
                raise
            except OSError as error:
                raise _fault(f"{type(error).__name__}: {error}") from error

    async def _run_now(self, question: Question) -> Result:
        path = self._spool.new_path()
        job = Job(question, self.limits.seconds, self._largest(question), INLINE, path)
        try:
            return self._result(await self._reply(job), job)
        finally:
            self._spool.drop(path)

    def _largest(self, question: Question) -> int:
        return min(question.result_bytes or self.limits.result_bytes, self.limits.result_bytes)

    async def _reply(self, job: Job) -> Reply:
        try:
            async with self.pool.worker() as worker:
                with anyio.fail_after(job.seconds):
                    return await worker.run(job)
        except TimeoutError as error:
            raise StoppedQueryError(
                f"The query was stopped after {job.seconds:g} s. Ask for less, for example by naming a year "
                "or with LIMIT, or download the whole data.",
                Limit("query_seconds", job.seconds),
            ) from error
        except WorkerDiedError as error:
            raise BrokenQueryError(
                "The query ended the process it ran in: it is nested too deeply or needs too much memory. "
                "Only this query is affected. Make it simpler.",
                Limit("query_memory", self.pool.memory),
            ) from error

    def _result(self, reply: Reply, job: Job) -> Result:
        if reply.outcome != "done":
            raise _failure(reply, job)
        rows = job.question.rows if reply.at_limit else None
        is_inline = len(reply.body) == reply.size
        content = reply.body if is_inline else self._take(job.spool, reply.size)
        return Result(reply.media_type, content, rows)

    def _take(self, path: str, size: int) -> Spooled:
        if not self._spool.has_room(size):
            self._cache.drop_files()
        return self._spool.take(path, size)


@contextmanager
def _waiting(seconds: float) -> Iterator[None]:
    try:
        with anyio.fail_after(seconds):
            yield
    except TimeoutError as error:
        raise BusyError(
            "The same query is running; its answer takes long. Try again later.",
            Limit("query_seconds", seconds / 2),
        ) from error


def _failure(reply: Reply, job: Job) -> FailedQueryError:
    if reply.outcome == "malformed":
        return _malformed(reply.message)
    if reply.outcome == "unanswerable":
        return UnanswerableQueryError(
            "The query can be read but not evaluated, for example because it calls an unknown function."
        )
    if reply.outcome == "not_in_xml":
        return NotInXmlError(
            "The result has a character that XML has no way to write, such as U+0001. "
            "Ask for another format, for example JSON or Turtle."
        )
    if reply.outcome == "too_large":
        return LargeResultError(
            f"The result is larger than {job.result_bytes:,} bytes, so nothing of it is sent. "
            "Ask for less, for example with LIMIT and OFFSET, or download the whole data.",
            Limit("result_bytes", job.result_bytes),
        )
    return _fault(reply.message)


def _fault(message: str) -> FaultError:
    """Return the error for a fault of ours, which goes into the log."""
    log.error("A query could not be run", extra={"fault": message})
    return FaultError()


def _malformed(message: str) -> MalformedQueryError:
    found = _POSITION.match(message)
    if found is None:
        return MalformedQueryError(message)
    line, column, detail = found.groups()
    told = f"Syntax error in line {line}, column {column}: {_possible(detail)}."
    return MalformedQueryError(told, line=int(line), column=int(column))


def _possible(detail: str) -> str:
    """Return what is said of an error without words that are no way on."""
    start, expected, words = detail.partition("expected one of ")
    possible = [word for word in words.split(", ") if word not in _NOT_SUGGESTED]
    return start + expected + ", ".join(possible)
