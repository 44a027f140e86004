"""Who asks, how much, and whether they are still there."""

import anyio
import pytest
from starlette.requests import Request

from api.clients import Rate, client_of, unless_gone
from api.query.errors import ClientGoneError, TooManyError


def request(host: str | None) -> Request:
    return Request({"type": "http", "client": (host, 1) if host else None})


@pytest.mark.parametrize(
    ("host", "client"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::"),
        ("testclient", "testclient"),
        (None, "unknown"),
    ],
)
def test_clients(host: str | None, client: str) -> None:
    assert client_of(request(host)) == client


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_minute_of_requests_at_once_and_then_one_by_one() -> None:
    clock = Clock()
    rate = Rate(6, clock)
    for _ in range(6):
        rate.count("a")
    with pytest.raises(TooManyError, match="More than 6 requests") as caught:
        rate.count("a")
    assert caught.value.retry_after == 10
    rate.count("b")
    clock.now = 10.0
    rate.count("a")
    with pytest.raises(TooManyError):
        rate.count("a")
    clock.now = 100.0
    for _ in range(6):
        rate.count("a")


def test_no_limit() -> None:
    rate = Rate(0)
    for _ in range(10_000):
        rate.count("a")


@pytest.mark.anyio
async def test_work_ends_when_the_client_hangs_up() -> None:
    async def receive() -> dict[str, str]:
        await anyio.sleep(0.05)
        return {"type": "http.disconnect"}

    async def quick() -> str:
        return "done"

    async def broken() -> str:
        raise LookupError

    asked = Request({"type": "http"}, receive)
    assert await unless_gone(asked, quick()) == "done"
    with pytest.raises(LookupError):
        await unless_gone(asked, broken())
    with pytest.raises(ClientGoneError):
        await unless_gone(asked, anyio.sleep(10))
