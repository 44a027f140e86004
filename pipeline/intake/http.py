"""Fetching one file over HTTP with limits on size, time and redirects, and only from outside.

An address is checked where it is used: on the connected socket, before anything is sent. A name that
resolves to a public address for the check and to an internal one for the connection gains nothing.
"""

import ipaddress
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from pydantic import BaseModel, ConfigDict
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import HTTPError

from ontology.errors import SourceError
from ontology.settings import Settings

CHUNK: Final = 65_536
LONGEST_RETRY_AFTER: Final = 30.0
_AGENT: Final = f"stadtziele/{version('stadtziele')}"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_SHARED: Final = ipaddress.ip_network("100.64.0.0/10")
_TRANSLATED: Final = tuple(ipaddress.ip_network(n) for n in ("64:ff9b::/96", "64:ff9b:1::/48"))


class Validators(BaseModel):
    """What a server said of a version of its file (RFC 9110, section 8.8)."""

    model_config = ConfigDict(frozen=True)

    etag: str | None = None
    last_modified: str | None = None

    def headers(self) -> dict[str, str]:
        """Return the headers that ask for the file only if it changed."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True)
class Answer:
    """What was fetched; `content` is None where nothing changed (304)."""

    content: bytes | None
    validators: Validators


class _Again(Exception):  # noqa: N818 - control flow between tries, never seen outside
    """The try failed in a way that may pass; wait `seconds` at least."""

    def __init__(self, problem: SourceError, seconds: float = 0.0) -> None:
        super().__init__(problem)
        self.problem = problem
        self.seconds = seconds


def get(url: str, settings: Settings, validators: Validators) -> Answer:
    """Fetch `url`, trying again where the failure may pass.

    Raises `SourceError` with the problem in German and English.
    """
    wait = settings.source_backoff
    for further in reversed(range(settings.source_retries + 1)):
        try:
            return _try(url, settings, validators)
        except _Again as failed:
            if not further:
                raise failed.problem from failed
            time.sleep(max(wait, min(failed.seconds, LONGEST_RETRY_AFTER)))
            wait *= 2
    raise AssertionError("the last try returns or raises")


def is_internal(address: str) -> bool:
    """Tell whether an IP address is not one of the public internet."""
    ip = ipaddress.ip_address(address.split("%", 1)[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo or (None, None))[1]
        if inner is not None:
            return True if ip.ipv4_mapped is None else is_internal(str(inner))
        if any(ip in network for network in _TRANSLATED):
            return True
    return not ip.is_global or ip.is_multicast or (ip.version == 4 and ip in _SHARED)


def _try(url: str, settings: Settings, validators: Validators) -> Answer:
    deadline = time.monotonic() + settings.source_seconds
    with _session(settings) as session:
        for _ in range(settings.source_redirects + 1):
            try:
                response = _request(session, url, validators, deadline)
            except (requests.RequestException, HTTPError, OSError) as error:
                raise _Again(_problem(url, "nicht erreichbar", "cannot be reached", error)) from error
            with response:
                if response.status_code not in _REDIRECTS:
                    return _answer(url, response, settings, deadline)
                url = _next(url, response)
    raise _problem(url, "zu viele Weiterleitungen", "too many redirects")


def _request(
    session: requests.Session, url: str, validators: Validators, deadline: float
) -> requests.Response:
    left = max(deadline - time.monotonic(), 0.001)
    return session.get(
        url, headers=validators.headers(), stream=True, allow_redirects=False, timeout=(left, left)
    )


def _next(url: str, response: requests.Response) -> str:
    target = urljoin(url, response.headers.get("Location", ""))
    parts = urlsplit(target)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username:
        raise _problem(url, "leitet an eine unzulässige Adresse weiter", "redirects to no valid address")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise _problem(url, "leitet von https auf http weiter", "redirects from https to http")
    return target


def _answer(url: str, response: requests.Response, settings: Settings, deadline: float) -> Answer:
    validators = Validators(
        etag=response.headers.get("ETag"), last_modified=response.headers.get("Last-Modified")
    )
    status = response.status_code
    if status == requests.codes.not_modified:
        return Answer(None, validators)
    if status == requests.codes.too_many_requests or status >= 500:
        again = response.headers.get("Retry-After", "")
        problem = _problem(url, f"antwortet mit {status}", f"answers {status}")
        raise _Again(problem, float(again) if again.isdigit() else 0.0)
    if status != requests.codes.ok:
        raise _problem(url, f"antwortet mit {status}", f"answers {status}")
    if "html" in response.headers.get("Content-Type", ""):
        raise _problem(url, "liefert eine Webseite statt der Datei", "gives a web page, not the file")
    content = _body(url, response, settings, deadline)
    if not content:
        raise _problem(url, "liefert eine leere Datei", "gives an empty file")
    return Answer(content, validators)


def _body(url: str, response: requests.Response, settings: Settings, deadline: float) -> bytes:
    limit = settings.source_bytes
    size = response.headers.get("Content-Length", "")
    if size.isdigit() and int(size) > limit:
        raise _problem(url, f"ist größer als {limit} Bytes", f"is larger than {limit} bytes")
    content = bytearray()
    try:
        for chunk in _chunks(response):
            content += chunk
            if len(content) > limit:
                raise _problem(url, f"ist größer als {limit} Bytes", f"is larger than {limit} bytes")
            if time.monotonic() > deadline:
                raise _problem(
                    url,
                    f"war nach {settings.source_seconds:g} s nicht fertig",
                    f"was not done after {settings.source_seconds:g} s",
                )
    except (requests.RequestException, HTTPError, OSError) as error:
        raise _Again(_problem(url, "brach ab", "broke off", error)) from error
    return bytes(content)


def _chunks(response: requests.Response) -> Iterator[bytes]:
    """Yield the decoded body in pieces as they come; a slow server cannot make one piece last."""
    yield from iter(lambda: response.raw.read1(CHUNK, decode_content=True), b"")


def _problem(url: str, german: str, english: str, cause: Exception | None = None) -> SourceError:
    why = f" ({_reason(cause)})" if cause else ""
    return SourceError(f"{url} {german}{why}", f"{url} {english}{why}")


def _reason(cause: BaseException) -> str:
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]  # one of them is there
    return str(cause) or type(cause).__name__


@contextmanager
def _session(settings: Settings) -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False  # no proxy and no password file of the environment
        session.headers["User-Agent"] = _AGENT
        if not settings.source_allow_internal:
            for scheme in ("http://", "https://"):
                session.mount(scheme, _OutsideAdapter())
        yield session


def _outside(connected: socket.socket) -> socket.socket:
    """Return the socket if it leads to a public address, else close it and refuse."""
    address = connected.getpeername()[0]
    if not is_internal(address):
        return connected
    connected.close()
    raise SourceError(
        f"{address} ist eine interne Adresse; erlaubt wird sie mit STADTZIELE_SOURCE_ALLOW_INTERNAL",
        f"{address} is an internal address; STADTZIELE_SOURCE_ALLOW_INTERNAL allows it",
    )


class _OutsideHTTPConnection(HTTPConnection):
    def _new_conn(self) -> socket.socket:
        return _outside(super()._new_conn())


class _OutsideHTTPSConnection(HTTPSConnection):
    def _new_conn(self) -> socket.socket:
        return _outside(super()._new_conn())


class _OutsideHTTPPool(HTTPConnectionPool):
    ConnectionCls = _OutsideHTTPConnection


class _OutsideHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _OutsideHTTPSConnection


class _OutsideAdapter(HTTPAdapter):
    """Connects to public addresses only."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _OutsideHTTPPool, "https": _OutsideHTTPSPool}
