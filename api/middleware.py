"""What holds for every request: an id, a line in the log, HEAD wherever there is GET, safe headers."""

import logging
import time
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.logs import REQUEST_ID, request_id
from api.metrics import Metrics

HEAD: Final = "stadtziele.head"
"""Marks the scope of a HEAD request, for whoever can spare the work for a body."""

SECURITY: Final = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
OPEN_TO_ALL: Final = {"Access-Control-Allow-Origin": "*"}

_NO_ROUTE: Final = "none"
_UNEXPECTED: Final = 500

log = logging.getLogger(__name__)


class Observed:
    """Gives every request an id, which its response and all lines of the log about it name."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        scope[REQUEST_ID] = request_id(Headers(scope=scope).get("x-request-id"))
        status = _UNEXPECTED
        started = time.perf_counter()

        async def send_with_id(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)["X-Request-ID"] = scope[REQUEST_ID]
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=scope[REQUEST_ID]):
            try:
                await self._app(scope, receive, send_with_id)
            finally:
                self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", _NO_ROUTE)
        method = "HEAD" if HEAD in scope else scope["method"]
        self._metrics.request(method, route, status, seconds)
        told = {"method": method, "route": route, "status": status, "seconds": round(seconds, 4)}
        log.info("request", extra=told)


class EveryResponse:
    """Answers HEAD as GET without the body, and adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            elif is_head and message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        if is_head:
            scope.update({"method": "GET", HEAD: True})
        await self._app(scope, receive, send_with_headers)
