"""Whose turn it is: so many at the same time, few of them of one client, the others in a fair queue.

A client that sends ten slow queries waits for its own; whoever comes after with one query goes before
the second of those ten.
"""

from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Final

import anyio

from api.query.errors import BusyError, TooManyError

SHARE: Final = 2
"""One client may fill this part of the queue: half of it."""


@dataclass(eq=False)
class _Waiting:
    """Somebody in the queue; `called` is set when it is their turn."""

    client: str
    called: anyio.Event = field(default_factory=anyio.Event)


class Turns:
    """At most `size` turns at the same time, `per_client` of one client, and `waiting` in the queue.

    The empty name is nobody in particular: our own questions, which share the turns as they come.
    """

    def __init__(self, size: int, *, per_client: int | None = None, waiting: int = 0) -> None:
        self.size = size
        self._free = size
        self._per_client = per_client or size
        self._places = waiting
        self._running = Counter[str]()
        self._queue: list[_Waiting] = []

    @property
    def running(self) -> int:
        """Return how many have their turn."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """Return how many wait for it."""
        return len(self._queue)

    @asynccontextmanager
    async def turn(self, client: str, seconds: float) -> AsyncIterator[None]:
        """Wait for a turn, at most `seconds`, and hold it.

        Raises `BusyError` at once where the queue is full and when the time is over, `TooManyError`
        where too many of this client wait already.
        """
        if not self._may_run(client) or any(self._may_run(other.client) for other in self._queue):
            await self._wait(client, seconds)
        else:
            self._start(client)
        try:
            yield
        finally:
            self._stop(client)

    def _may_run(self, client: str) -> bool:
        return self._free > 0 and (not client or self._running[client] < self._per_client)

    def _start(self, client: str) -> None:
        self._free -= 1
        self._running[client] += 1

    def _stop(self, client: str) -> None:
        self._free += 1
        self._running[client] -= 1
        self._running += Counter()  # drops those with none
        following = next((entry for entry in self._queue if self._may_run(entry.client)), None)
        if following is not None:
            self._queue.remove(following)
            self._start(following.client)
            following.called.set()

    async def _wait(self, client: str, seconds: float) -> None:
        self._refuse_if_full(client, seconds)
        entry = _Waiting(client)
        self._queue.append(entry)
        try:
            with anyio.fail_after(seconds):
                await entry.called.wait()
        except BaseException as error:
            if entry.called.is_set():  # called and cancelled in the same moment
                self._stop(client)
            else:
                self._queue.remove(entry)
            if isinstance(error, TimeoutError):
                raise BusyError(
                    f"No worker became free within {seconds:g} s. Try again in a moment."
                ) from error
            raise

    def _refuse_if_full(self, client: str, seconds: float) -> None:
        if len(self._queue) >= self._places:
            raise BusyError(f"{self._places} queries are waiting already. Try again in a moment.")
        share = max(self._places // SHARE, 1)
        if client and sum(entry.client == client for entry in self._queue) >= share:
            raise TooManyError(
                f"{share} of your queries are waiting already. Ask one after the other.", seconds=seconds
            )
