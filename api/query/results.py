"""Results as they are sent, and those kept: a release never changes, so an answer holds as long as it.

What is kept is bounded in bytes; the one that was not asked for longest goes first.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final

from api.query.job import Question
from api.query.spool import Spooled

_VERSION: Final = version("stadtziele")
_OVERHEAD: Final = 2_000
"""Bytes that keeping a result takes besides its own, so that many small ones count too."""
_SHARE: Final = 4
"""No single result takes more than this part of the whole: a quarter."""


@dataclass(frozen=True)
class Result:
    """A serialised result. `rows` is the limit that it ends at, or None if it is whole."""

    media_type: str
    content: bytes | Spooled
    rows: int | None = None

    @property
    def size(self) -> int:
        """Return how many bytes it has."""
        return len(self.content) if isinstance(self.content, bytes) else self.content.size

    def chunks(self) -> Iterator[bytes]:
        """Yield the bytes piece by piece."""
        if isinstance(self.content, bytes):
            yield self.content
        else:
            yield from self.content.chunks()

    def read(self) -> bytes:
        """Return all bytes at once."""
        return b"".join(self.chunks())


def key_of(question: Question) -> str:
    """Return the name of the answer to a question: a digest of everything that it depends on."""
    told = f"{_VERSION} {replace(question, query=question.same_as or question.query)!r}"
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:32]


class Cache:
    """Results by key, with at most `limit` bytes together."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._kept = OrderedDict[str, Result]()
        self.bytes = 0

    def get(self, key: str) -> Result | None:
        """Return the result that is kept under a key, or None."""
        found = self._kept.get(key)
        if found is not None:
            self._kept.move_to_end(key)
        return found

    def put(self, key: str, result: Result) -> None:
        """Keep a result, unless it is too large."""
        if _cost(result) > self._limit // _SHARE or key in self._kept:
            return
        self._kept[key] = result
        self.bytes += _cost(result)
        while self.bytes > self._limit:
            _, dropped = self._kept.popitem(last=False)
            self.bytes -= _cost(dropped)

    def drop_files(self) -> None:
        """Let go of all results that lie on disk, to make room there."""
        for key in [key for key, result in self._kept.items() if not isinstance(result.content, bytes)]:
            self.bytes -= _cost(self._kept.pop(key))


def _cost(result: Result) -> int:
    return result.size + _OVERHEAD
