"""Who asks: how much of it is too much, and whether they are still there."""

import ipaddress
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Final, TypeVar

import anyio
from anyio import CancelScope
from starlette.requests import Request

from api.query.errors import ClientGoneError, Limit, TooManyError

Anything = TypeVar("Anything")

_REMEMBERED: Final = 10_000
_MINUTE: Final = 60.0


def client_of(request: Request) -> str:
    """Return who sends a request: its address, of IPv6 the network that one household has (/64)."""
    host = request.client.host if request.client else "unknown"
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if address.version == 4:
        return host
    return str(ipaddress.ip_network((int(address) >> 64 << 64, 64)).network_address)


class Rate:
    """At most `per_minute` requests of a client in a minute, all at once or one by one; 0 is no limit.

    The generic cell rate algorithm: one number a client says when all its requests are paid off.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._limit = Limit("client_requests", per_minute)
        self._cost = _MINUTE / per_minute if per_minute else 0.0
        self._now = now
        self._paid_at = OrderedDict[str, float]()

    def count(self, client: str) -> None:
        """Count a request. Raises `TooManyError` for one too many, which does not count."""
        now = self._now()
        paid_at = max(self._paid_at.get(client, now), now) + self._cost
        if paid_at - now > _MINUTE + self._cost / 2:
            raise TooManyError(
                f"More than {self._limit.value} requests in a minute. Slow down, or download it all.",
                self._limit,
                seconds=paid_at - now - _MINUTE,
            )
        self._paid_at[client] = paid_at
        self._paid_at.move_to_end(client)
        while len(self._paid_at) > _REMEMBERED:
            self._paid_at.popitem(last=False)


async def unless_gone(request: Request, work: Awaitable[Anything]) -> Anything:
    """Return what `work` gives, and end it as soon as the client hangs up (`ClientGoneError`).

    The body of the request has to be read before, or there must be none.
    """
    done: list[Anything] = []
    failed: list[Exception] = []
    async with anyio.create_task_group() as tasks:
        tasks.start_soon(_watch, request, tasks.cancel_scope)
        try:
            done.append(await work)
        except Exception as error:  # noqa: BLE001 -- raised below: here it would come in a group
            failed.append(error)
        tasks.cancel_scope.cancel()
    if failed:
        raise failed[0]
    if not done:
        raise ClientGoneError("The client hung up before the answer was there.")
    return done[0]


async def _watch(request: Request, scope: CancelScope) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
