import anyio
import pytest
from fastapi import HTTPException

from pipeline.web.door import MOST_INSIDE, Door

pytestmark = pytest.mark.anyio


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_too_many_are_sent_away_at_once() -> None:
    door = Door(workers=1, seconds=5)
    async with anyio.create_task_group() as group:
        for _ in range(MOST_INSIDE):
            group.start_soon(_stay, door)
        await anyio.sleep(0.05)
        with pytest.raises(HTTPException) as raised:
            async with door.inside():
                pass
        assert raised.value.status_code == 503
        assert raised.value.headers == {"Retry-After": "30"}
        group.cancel_scope.cancel()
    async with door.inside():
        pass


async def test_whoever_waits_too_long_for_a_turn_is_told() -> None:
    door = Door(workers=1, seconds=0.05)
    async with door.turn():
        with pytest.raises(HTTPException) as raised:
            async with door.turn():
                pass
    assert raised.value.status_code == 503
    async with door.turn():
        pass


async def test_an_upload_that_never_ends_is_ended() -> None:
    door = Door(workers=1, seconds=0.02)
    with pytest.raises(HTTPException) as raised:
        async with door.inside():
            await anyio.sleep(10)
    assert raised.value.status_code == 408


async def _stay(door: Door) -> None:
    async with door.inside():
        await anyio.sleep(10)
