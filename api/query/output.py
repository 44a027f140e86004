"""What a worker writes a result to: memory at first, a file when it grows, an error when it grows on."""

import io
import os
import re
from collections.abc import Iterator
from typing import Any, Final

from api.query.job import Job

_NOT_IN_XML: Final = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]")
"""What XML 1.0 has no way to write, not even escaped (section 2.2): control characters, U+FFFE, U+FFFF."""


class TooLargeError(Exception):
    """More bytes are written than the job allows."""


class NoXmlError(Exception):
    """A character is written that makes the whole no XML."""


class Output(io.RawIOBase):
    """Collects the bytes of one result: in memory up to `inline_bytes`, from then on in the spool file.

    `is_xml` is set by whoever is about to write XML.
    """

    def __init__(self, job: Job) -> None:
        super().__init__()
        self._job = job
        self._memory = bytearray()
        self._descriptor: int | None = None
        self._end = b""
        self.size = 0
        self.is_xml = False

    def writable(self) -> bool:
        """Return true; `io` asks."""
        return True

    def write(self, data: Any) -> int:
        """Add bytes. Raises `TooLargeError` beyond the limit, `NoXmlError` for what XML cannot hold."""
        if self.is_xml:
            self._check_xml(bytes(data))
        count = len(data)
        self.size += count
        if self.size > self._job.result_bytes:
            raise TooLargeError
        if self._descriptor is None and self.size > self._job.inline_bytes:
            self._move_to_disk()
        if self._descriptor is None:
            self._memory += data
        else:
            _write_all(self._descriptor, memoryview(data))
        return count

    def cut_end(self, expected: bytes) -> None:
        """Take the last bytes, which have to be `expected`, back, so that something goes before them."""
        end = len(expected)
        if self._descriptor is None:
            assert self._memory.endswith(expected)  # noqa: S101 -- the engine's own writer
            del self._memory[-end:]
        else:
            os.ftruncate(self._descriptor, self.size - end)
            os.lseek(self._descriptor, 0, os.SEEK_END)
        self.size -= end

    def chunks(self, length: int = 1 << 20) -> Iterator[bytes]:
        """Yield what was written so far, piece by piece."""
        if self._descriptor is None:
            yield bytes(self._memory)
            return
        for start in range(0, self.size, length):
            yield os.pread(self._descriptor, length, start)

    def body(self) -> bytes:
        """Return what goes through the pipe: everything, or nothing if it is on disk."""
        return b"" if self._descriptor is not None else bytes(self._memory)

    def discard(self) -> None:
        """Remove the file, if there is one."""
        if self._descriptor is not None:
            os.unlink(self._job.spool)  # noqa: PTH108 -- a path as text, as it came
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        super().close()

    def _check_xml(self, data: bytes) -> None:
        """Look for what XML cannot hold, also where it begins in what was written before."""
        seen = self._end + data
        if _NOT_IN_XML.search(seen):
            raise NoXmlError
        self._end = seen[-2:]

    def _move_to_disk(self) -> None:
        self._descriptor = os.open(self._job.spool, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        _write_all(self._descriptor, memoryview(self._memory))
        self._memory.clear()


def _write_all(descriptor: int, data: memoryview) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
