"""How many may check a file at the same time: the others wait, and too many are sent away at once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

import anyio
from fastapi import HTTPException

MOST_INSIDE: Final = 8
"""Requests for each worker that may upload or wait; each holds its file in memory."""
FULL: Final = "Gerade prüfen zu viele / too many check right now."
TOO_SLOW: Final = "Das Hochladen hat zu lange gedauert / the upload took too long."


class Door:
    """Lets requests in: `workers` at a time work on a file, each for at most `seconds`."""

    def __init__(self, workers: int, seconds: float) -> None:
        self._turns = anyio.Semaphore(workers)
        self._places = MOST_INSIDE * workers
        self._seconds = seconds
        self._inside = 0

    @asynccontextmanager
    async def inside(self) -> AsyncIterator[None]:
        """Stay while a request uploads, waits and is worked on. Raises `HTTPException`: 503 or 408."""
        if self._inside >= self._places:
            raise _full()
        self._inside += 1
        try:
            with anyio.fail_after(3 * self._seconds):  # to upload, to wait, to be worked on
                yield
        except TimeoutError as error:
            raise HTTPException(408, TOO_SLOW) from error
        finally:
            self._inside -= 1

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for a worker. Raises `HTTPException` (503) where none gets free in time."""
        try:
            with anyio.fail_after(self._seconds):
                await self._turns.acquire()
        except TimeoutError as error:
            raise _full() from error
        try:
            yield
        finally:
            self._turns.release()


def _full() -> HTTPException:
    return HTTPException(503, FULL, {"Retry-After": "30"})
