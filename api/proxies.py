"""Behind a proxy: the addresses that answers name are those that clients see, not the proxy's way to us."""

import re
from typing import Final

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")


class Proxied:
    """Takes the word of trusted proxies on host, scheme and client, and nobody else's.

    `proxies` are addresses or networks, separated by commas. The scope is changed in place: what lies
    outside of all middleware has to see the same.
    """

    def __init__(self, app: ASGIApp, proxies: str) -> None:
        self._app = app
        self._of_client = ProxyHeadersMiddleware(app, proxies)  # type: ignore[arg-type]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if scope["client"] and scope["client"][0] in self._of_client.trusted_hosts:
            _take_host(scope)
        await self._of_client(scope, receive, send)  # type: ignore[arg-type]


def _take_host(scope: Scope) -> None:
    """Put what a proxy was asked for in the place of what it asks us for: its own word is the last one."""
    host = ",".join(Headers(scope=scope).getlist("x-forwarded-host")).rpartition(",")[2].strip()
    if _HOST.fullmatch(host):
        headers = MutableHeaders(raw=list(scope["headers"]))
        headers["host"] = host
        scope["headers"] = headers.raw
