"""Whose turn it is: so many at the same time, few of them of one client, the others in a fair queue.

A client that sends ten slow queries waits for its own; whoever comes after with one query goes before
the second of those ten. Where several want the same, it is run as soon as one of them may have a turn.
Clients whose queries ran away share half of the turns for a while, however many they are: the other half
is left to those whose queries end.
"""

import time
from collections import Counter, OrderedDict
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from typing import Final

import anyio

from api.query.errors import BusyError, Limit, TooManyError

SHARE: Final = 2
"""One client may fill this part of the queue, and those who ran away share this part of the turns: half."""
HEAVY_SECONDS: Final = 60.0
"""So long a client is among those whose queries ran away."""
_REMEMBERED: Final = 10_000


@dataclass(eq=False)
class Place:
    """What somebody wants a turn for, and all who want it too, the first one first.

    `called` is set when it is its turn, `runs_as` is the client whose turn it takes.
    """

    clients: list[str] = field(default_factory=list)
    called: anyio.Event = field(default_factory=anyio.Event)
    runs_as: str = ""


class Turns:
    """At most `size` turns at the same time, `per_client` of one client, and `waiting` in the queue.

    The empty name is nobody in particular: our own questions, which share the turns as they come.
    """

    def __init__(
        self,
        size: int,
        *,
        per_client: int | None = None,
        waiting: int = 0,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.size = size
        self._now = now
        self._heavy_until = OrderedDict[str, float]()
        self._free = size
        self._per_client = per_client or size
        self._places = waiting
        self._running = Counter[str]()
        self._queue: list[Place] = []

    @property
    def running(self) -> int:
        """Return how many have their turn."""
        return self._running.total()

    @property
    def waiting(self) -> int:
        """Return how many wait for it."""
        return len(self._queue)

    @asynccontextmanager
    async def turn(self, client: str, seconds: float, place: Place | None = None) -> AsyncIterator[None]:
        """Wait for a turn, at most `seconds`, and hold it. `place` is what others may want too.

        Raises `BusyError` at once where the queue is full and when the time is over, `TooManyError`
        where too many of this client wait already.
        """
        place = place or Place()
        with self.beside(place, client):
            if not self._start(place):
                await self._wait(place, client, seconds)
        try:
            yield
        finally:
            self._stop(place)

    @contextmanager
    def beside(self, place: Place, client: str) -> Iterator[None]:
        """Count `client` to those who want what a place is for: it may take the turn of any of them."""
        place.clients.append(client)
        self._call()
        try:
            yield
        finally:
            place.clients.remove(client)

    def ran_away(self, client: str) -> None:
        """Take note that a query of a client did not end by itself."""
        if client:
            self._heavy_until[client] = self._now() + HEAVY_SECONDS
            self._heavy_until.move_to_end(client)
            while len(self._heavy_until) > _REMEMBERED:
                self._heavy_until.popitem(last=False)

    def _may_run(self, client: str) -> bool:
        if not self._free or (client and self._running[client] >= self._per_client):
            return False
        return not self._is_heavy(client) or self._heavy_running() < max(self.size // SHARE, 1)

    def _is_heavy(self, client: str) -> bool:
        return self._heavy_until.get(client, 0.0) > self._now()

    def _heavy_running(self) -> int:
        return sum(count for client, count in self._running.items() if self._is_heavy(client))

    def _start(self, place: Place) -> bool:
        """Give a turn to a place if one of its clients may have it; return whether one may."""
        client = next((client for client in place.clients if self._may_run(client)), None)
        if client is None:
            return False
        self._free -= 1
        self._running[client] += 1
        place.runs_as = client
        return True

    def _stop(self, place: Place) -> None:
        self._free += 1
        self._running[place.runs_as] -= 1
        self._running += Counter()  # drops those with none
        self._call()

    def _next(self) -> Place | None:
        """Return the first place in the queue that may have a turn."""
        return next((place for place in self._queue if any(map(self._may_run, place.clients))), None)

    def _call(self) -> None:
        """Give turns to those in the queue who may have them."""
        while (place := self._next()) is not None:
            self._queue.remove(place)
            self._start(place)
            place.called.set()

    async def _wait(self, place: Place, client: str, seconds: float) -> None:
        self._refuse_if_full(client, seconds)
        self._queue.append(place)
        try:
            with anyio.fail_after(seconds):
                await place.called.wait()
        except BaseException as error:
            if place.called.is_set():  # called and cancelled in the same moment
                self._stop(place)
            else:
                self._queue.remove(place)
            if isinstance(error, TimeoutError):
                raise BusyError(
                    f"No worker became free within {seconds:g} s. Try again in a moment.",
                    Limit("query_seconds", seconds),
                ) from error
            raise

    def _refuse_if_full(self, client: str, seconds: float) -> None:
        limit = Limit("query_waiting", self._places)
        if len(self._queue) >= self._places:
            raise BusyError(f"{self._places} queries are waiting already. Try again in a moment.", limit)
        share = max(self._places // SHARE, 1)
        if client and sum(place.clients[0] == client for place in self._queue) >= share:
            raise TooManyError(
                f"{share} of your queries are waiting already. Ask one after the other.",
                limit,
                seconds=seconds,
            )
