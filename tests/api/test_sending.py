"""Large results and those who do not read them."""

import gc
from collections.abc import Sequence
from pathlib import Path

import anyio
import pytest
from starlette.types import Message

from api.query.spool import CHUNK, Spool
from api.sending import LargeResponse

pytestmark = pytest.mark.anyio

SIZE = 3 * CHUNK


class Client:
    """Reads the given number of messages and then no more."""

    def __init__(self, reads: float = float("inf")) -> None:
        self.read: list[Message] = []
        self._reads = reads

    async def receive(self) -> Message:
        await anyio.sleep_forever()
        raise AssertionError

    async def send(self, message: Message) -> None:
        if len(self.read) >= self._reads:
            await anyio.sleep_forever()
        self.read.append(message)

    @property
    def bodies(self) -> Sequence[bytes]:
        return [message["body"] for message in self.read if message["type"] == "http.response.body"]


async def sent(spool: Spool, client: Client, *, rate: int, grace: float) -> None:
    path = Path(spool.new_path())
    path.write_bytes(b"x" * SIZE)
    reading = spool.read(spool.take(str(path), SIZE), "somebody")
    response = LargeResponse(reading, media_type="text/csv", headers={}, rate=rate, grace=grace)
    del reading
    assert response.headers["content-length"] == str(SIZE)
    await response({"type": "http"}, client.receive, client.send)


async def test_whoever_reads_gets_all(tmp_path: Path) -> None:
    spool, client = Spool(tmp_path, SIZE), Client()
    await sent(spool, client, rate=1, grace=0.0)
    assert b"".join(client.bodies) == b"x" * SIZE
    assert client.read[-1] == {"type": "http.response.body", "body": b"", "more_body": False}
    spool.close()


async def test_whoever_does_not_read_keeps_no_room_from_others(tmp_path: Path) -> None:
    spool, client = Spool(tmp_path, SIZE), Client(reads=2)
    await sent(spool, client, rate=10 * SIZE, grace=0.0)
    assert len(client.read) == 2
    gc.collect()
    await anyio.wait_all_tasks_blocked()  # until the generator of the body is closed
    assert spool.has_room(SIZE)
    spool.close()
