"""Large results lie on disk, not in memory: a worker writes one, any number of clients are sent it.

A file loses its name as soon as it is taken over, so that nothing is left behind however the server
ends; the space is given back when the last one who reads it lets go. What one client reads at a time is at
most half of the whole.
"""

import os
import tempfile
import uuid
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from api.query.errors import BusyError, Limit, TooManyError

CHUNK: Final = 1 << 16
SHARE: Final = 2
"""One client may be sent this part of the spool at a time: half of it."""
RETRY_SECONDS: Final = 60.0


class Spooled:
    """A result on disk. Reading is by position, so that many may read at the same time."""

    def __init__(self, descriptor: int, size: int) -> None:
        self.size = size
        self._descriptor = descriptor
        self._closing = weakref.finalize(self, os.close, descriptor)

    def chunks(self) -> Iterator[bytes]:
        """Yield the result piece by piece."""
        for start in range(0, self.size, CHUNK):
            yield os.pread(self._descriptor, min(CHUNK, self.size - start), start)


class Reading:
    """A large result while one client is sent it; it counts to that client as long as it is there."""

    def __init__(self, spooled: Spooled, client: str) -> None:
        self.spooled = spooled
        self.client = client

    def chunks(self) -> Iterator[bytes]:
        """Yield the result piece by piece."""
        yield from self.spooled.chunks()


class Spool:
    """The folder for large results, with at most `limit` bytes at a time."""

    def __init__(self, folder: Path | None, limit: int) -> None:
        """`folder` has to exist; without one it is the system's for temporary files."""
        self._parent = folder
        self._limit = Limit("spool_bytes", limit)
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._taken = weakref.WeakSet[Spooled]()
        self._readings = weakref.WeakSet[Reading]()

    @property
    def bytes(self) -> int:
        """Return how many bytes of results lie on disk."""
        return sum(spooled.size for spooled in self._taken)

    def new_path(self) -> str:
        """Return the path of a file that is not there yet. Raises `OSError` where there can be none.

        Whoever cleans up temporary folders may have taken ours away; then there is a new one.
        """
        if self._own is None or not Path(self._own.name).is_dir():
            self.close()
            self._own = tempfile.TemporaryDirectory(prefix="stadtziele-", dir=self._parent)
        return str(Path(self._own.name) / uuid.uuid4().hex)

    def check(self) -> None:
        """Write a file and remove it. Raises `OSError` where that cannot be."""
        path = Path(self.new_path())
        path.write_bytes(b"\n")
        path.unlink()

    def has_room(self, size: int) -> bool:
        """Tell whether so many bytes more may lie here."""
        return self.bytes + size <= self._limit.value

    def take(self, path: str, size: int) -> Spooled:
        """Take over a file that a worker has written. Raises `BusyError` where there is no room."""
        if not self.has_room(size):
            raise BusyError("Too many large results are being sent. Try again in a moment.", self._limit)
        spooled = Spooled(os.open(path, os.O_RDONLY | os.O_CLOEXEC), size)
        self._taken.add(spooled)
        self.drop(path)
        return spooled

    def read(self, spooled: Spooled, client: str) -> Reading:
        """Return a result for one client to be sent.

        Raises `TooManyError` where it is sent others already that are, with this one, more than its share.
        """
        others = {reading.spooled for reading in self._readings if reading.client == client} - {spooled}
        if others and sum(other.size for other in {*others, spooled}) > self._limit.value // SHARE:
            raise TooManyError(
                "You are being sent other large results. Read them to their end before you ask for more.",
                self._limit,
                seconds=RETRY_SECONDS,
            )
        reading = Reading(spooled, client)
        self._readings.add(reading)
        return reading

    def drop(self, path: str) -> None:
        """Remove a file if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 -- a path as text, as it goes to the worker

    def close(self) -> None:
        """Remove the folder. What is being sent is sent to its end."""
        if self._own is not None:
            self._own.cleanup()
