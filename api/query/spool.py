"""Large results lie on disk, not in memory: a worker writes one, any number of clients are sent it.

A file loses its name as soon as it is taken over, so that nothing is left behind however the server
ends; the space is given back when the last one who reads it lets go.
"""

import os
import tempfile
import uuid
import weakref
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from api.query.errors import BusyError

CHUNK: Final = 1 << 16


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


class Spool:
    """The folder for large results, with at most `limit` bytes at a time."""

    def __init__(self, folder: Path | None, limit: int) -> None:
        """`folder` has to exist; without one it is the system's for temporary files."""
        self._parent = folder
        self._limit = limit
        self._own: tempfile.TemporaryDirectory[str] | None = None
        self._taken = weakref.WeakSet[Spooled]()

    @property
    def bytes(self) -> int:
        """Return how many bytes of results lie on disk."""
        return sum(spooled.size for spooled in self._taken)

    def new_path(self) -> str:
        """Return the path of a file that is not there yet."""
        if self._own is None:
            self._own = tempfile.TemporaryDirectory(prefix="stadtziele-", dir=self._parent)
        return str(Path(self._own.name) / uuid.uuid4().hex)

    def take(self, path: str, size: int) -> Spooled:
        """Take over a file that a worker has written. Raises `BusyError` where there is no room."""
        if self.bytes + size > self._limit:
            raise BusyError("Too many large results are being sent. Try again in a moment.")
        spooled = Spooled(os.open(path, os.O_RDONLY | os.O_CLOEXEC), size)
        self._taken.add(spooled)
        self.drop(path)
        return spooled

    def drop(self, path: str) -> None:
        """Remove a file if it is there."""
        with suppress(FileNotFoundError):
            os.unlink(path)  # noqa: PTH108 -- a path as text, as it goes to the worker

    def close(self) -> None:
        """Remove the folder. What is being sent is sent to its end."""
        if self._own is not None:
            self._own.cleanup()
