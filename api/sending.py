"""Sending large results: to whoever reads them in a time that their size allows for.

A large result lies on disk until it is sent. Whoever opened results and did not read them would keep that
room from all others, so sending has an end; an answer that ends before its `Content-Length` is no silent cut.
"""

import logging
from collections.abc import Mapping
from typing import Final

import anyio
from starlette.responses import StreamingResponse
from starlette.types import Send

from api.query.spool import Reading

GRACE_SECONDS: Final = 30.0
"""Everybody gets as long as this, besides the time that the size allows for."""

log = logging.getLogger(__name__)


class LargeResponse(StreamingResponse):
    """A large result while it is sent, at `rate` bytes a second on average or faster."""

    def __init__(
        self,
        reading: Reading,
        *,
        media_type: str,
        headers: Mapping[str, str],
        rate: int,
        grace: float = GRACE_SECONDS,
    ) -> None:
        size = reading.spooled.size
        super().__init__(reading.chunks(), media_type=media_type, headers=headers)
        self.headers["Content-Length"] = str(size)
        self._seconds = grace + size / rate

    async def stream_response(self, send: Send) -> None:
        """Send the result, or what of it is read in time."""
        with anyio.move_on_after(self._seconds) as scope:
            await super().stream_response(send)
        if scope.cancelled_caught:
            log.warning("A client read a large result too slowly", extra={"seconds": self._seconds})
