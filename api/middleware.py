"""What holds for every request: an id, a line in the log, no body where none is wanted, safe headers."""

import logging
import re
import time
from http import HTTPStatus
from typing import Final

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette_compress import CompressMiddleware

from api.caching import is_known
from api.links import folder_of, void_link
from api.logs import REQUEST_ID, request_id
from api.metrics import Metrics

SECURITY: Final = {
    "Content-Security-Policy": "default-src 'self'; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}
OPEN_TO_ALL: Final = {"Access-Control-Allow-Origin": "*"}

_OF_A_BODY: Final = (
    "Content-Type",
    "Content-Length",
    "Content-Encoding",
    "Content-Range",
    "Content-Disposition",
)
_FILE: Final = re.compile(r"(/releases/[^/]+)?/datasets/.+")
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
        self._metrics.request(scope["method"], route, status, seconds)
        told = {"method": scope["method"], "route": route, "status": status, "seconds": round(seconds, 4)}
        log.info("request", extra=told)


class Compressed(CompressMiddleware):
    """Compresses bodies on their way, but the files of a release, which have a tag for each encoding."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        is_file = scope["type"] == "http" and _FILE.fullmatch(scope["path"])
        await (self.app if is_file else super().__call__)(scope, receive, send)


class EveryResponse:
    """Sends no body where none is wanted, and adds the headers that hold everywhere.

    HEAD is answered as GET, so its headers are the same. Whoever has the content already gets 304
    (RFC 9110, section 13): only once the answer is there is it known that it is no error.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        is_head = scope["method"] == "HEAD"
        asked = _as_get(scope) if is_head else scope
        is_bare = is_head

        async def send_what_is_wanted(message: Message) -> None:
            nonlocal is_bare
            if message["type"] == "http.response.start":
                _complete(asked, message)
                is_bare = is_head or message["status"] == HTTPStatus.NOT_MODIFIED
                await send(message)
            elif not is_bare:
                await send(message)
            else:
                await send({"type": "http.response.body", "body": b""})
                if message.get("more_body"):
                    raise _NothingMoreWantedError

        try:
            await self._app(asked, receive, send_what_is_wanted)
        except _NothingMoreWantedError:
            pass
        finally:
            if "route" in asked:
                scope["route"] = asked["route"]


class _NothingMoreWantedError(Exception):
    """Ends the making of a body that nobody reads."""


def _as_get(scope: Scope) -> Scope:
    """Return the scope of the GET that has the headers of a HEAD request.

    A copy, as the server goes by its own: a HEAD has no part of a body (RFC 9110, section 14.2).
    """
    headers = [(name, value) for name, value in scope["headers"] if name != b"range"]
    return {**scope, "method": "GET", "headers": headers}


def _complete(scope: Scope, start: Message) -> None:
    """Add to the beginning of a response what holds everywhere, and make it 304 for who has the content."""
    headers = MutableHeaders(scope=start)
    for name, value in SECURITY.items():
        headers.setdefault(name, value)
    if "X-Release" in headers:
        headers.append("Link", void_link(folder_of(scope.get("path_params", {}))))
    if "ETag" not in headers:
        return
    if "accept-encoding" not in headers.get("Vary", "").lower():
        headers.add_vary_header("Accept-Encoding")
    is_good = start["status"] in {HTTPStatus.OK, HTTPStatus.PARTIAL_CONTENT}
    if is_good and scope["method"] == "GET" and is_known(Headers(scope=scope), headers):
        start["status"] = HTTPStatus.NOT_MODIFIED.value
        for name in _OF_A_BODY:
            del headers[name]
