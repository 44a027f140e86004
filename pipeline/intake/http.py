"""Fetching one file over HTTP with limits on size, time and redirects, and only from outside.

What a server says is trusted in nothing: not in lengths, redirects, encodings or types. How the
connections are guarded is `pipeline.intake.connection`.
"""

import re
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from importlib.metadata import version
from typing import Final
from urllib.parse import urljoin, urlsplit

import requests
from pydantic import BaseModel, ConfigDict
from urllib3.exceptions import HTTPError

from ontology.errors import SourceError
from ontology.settings import Settings
from pipeline.intake.connection import Deadline, GuardedAdapter, InternalAddressError

CHUNK: Final = 65_536
LONGEST_RETRY_AFTER: Final = 30.0
_AGENT: Final = f"stadtziele/{version('stadtziele')}"
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_GZIP: Final = 16 + zlib.MAX_WBITS
_NO_ADDRESS: Final = (
    requests.exceptions.InvalidURL,
    requests.exceptions.InvalidSchema,
    requests.exceptions.MissingSchema,
)


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
    """What was fetched; `content` is None where nothing changed (304). `media_type` as it is said to be."""

    content: bytes | None
    validators: Validators
    media_type: str = ""


class _Failure(Exception):  # noqa: N818 - becomes a SourceError once it is final
    """A try that failed, said without the URL, in German and English.

    `may_pass`: another try may help, after `seconds` at least.
    """

    def __init__(self, german: str, english: str, *, may_pass: bool = False, seconds: float = 0.0) -> None:
        super().__init__(german, english)
        self.german = german
        self.english = english
        self.may_pass = may_pass
        self.seconds = seconds


def get(url: str, settings: Settings, validators: Validators) -> Answer:
    """Fetch `url`, trying again where the failure may pass.

    Raises `SourceError` with the problem in German and English. It names `url` without its query, and
    nothing that was redirected to: both often hold a key, and problems are published.
    """
    wait = settings.source_backoff
    for further in reversed(range(settings.source_retries + 1)):
        try:
            return _try(url, settings, validators)
        except _Failure as failed:
            if not (further and failed.may_pass):
                shown = without_query(url)
                raise SourceError(f"{shown} {failed.german}", f"{shown} {failed.english}") from failed
            time.sleep(max(wait, min(failed.seconds, LONGEST_RETRY_AFTER)))
            wait *= 2
    raise AssertionError("the last try returns or raises")


def without_query(url: str) -> str:
    """Return an address without query and fragment, as it may be shown to everybody; even if it is none."""
    return re.split(r"[?#]", url, maxsplit=1)[0]


def _try(url: str, settings: Settings, validators: Validators) -> Answer:
    limit = f"{settings.source_seconds:g} s"
    late = _Failure(
        f"war nach {limit} nicht fertig (STADTZIELE_SOURCE_SECONDS)",
        f"was not done after {limit} (STADTZIELE_SOURCE_SECONDS)",
        may_pass=True,
    )
    with Deadline(settings.source_seconds) as deadline:
        try:
            answer = _follow(url, settings, validators, deadline)
        except _Failure as failed:
            raise (late if deadline.over else failed) from failed
        if deadline.over:  # the content may have been cut
            raise late
        return answer


def _follow(url: str, settings: Settings, validators: Validators, deadline: Deadline) -> Answer:
    with _session(settings, deadline) as session:
        for _ in range(settings.source_redirects + 1):
            with _request(session, url, validators, deadline) as response:
                if response.status_code not in _REDIRECTS:
                    return _answer(response, settings.source_bytes, conditional=bool(validators.headers()))
                url = _next(url, response)
    limit = settings.source_redirects
    raise _Failure(
        f"hat zu viele Weiterleitungen, mehr als {limit} (STADTZIELE_SOURCE_REDIRECTS)",
        f"has too many redirects, more than {limit} (STADTZIELE_SOURCE_REDIRECTS)",
    )


class _Session(requests.Session):
    """A session that leaves redirects alone.

    Even if told not to follow them, requests looks where one leads, and for that reads its body to the
    end, of whatever size.
    """

    def get_redirect_target(self, resp: requests.Response) -> None:
        """Return none."""


@contextmanager
def _session(settings: Settings, deadline: Deadline) -> Iterator[requests.Session]:
    with _Session() as session:
        session.trust_env = False  # no proxy and no password file of the environment
        session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=()))  # nor from hop to hop
        session.headers.update({"User-Agent": _AGENT, "Accept-Encoding": "gzip"})
        guarded = GuardedAdapter(deadline, allow_internal=settings.source_allow_internal)
        for scheme in ("http://", "https://"):
            session.mount(scheme, guarded)
        yield session


def _request(
    session: requests.Session, url: str, validators: Validators, deadline: Deadline
) -> requests.Response:
    try:
        with _failing("ist nicht erreichbar", "cannot be reached"):
            return session.get(
                url,
                headers=validators.headers(),
                stream=True,
                allow_redirects=False,
                timeout=deadline.left(),
            )
    except InternalAddressError as error:
        raise _Failure(
            f"führt zu {error.address}; das ist eine interne Adresse. Erlaubt wird sie mit "
            "STADTZIELE_SOURCE_ALLOW_INTERNAL",
            f"leads to {error.address}, which is an internal address. "
            "STADTZIELE_SOURCE_ALLOW_INTERNAL allows it",
        ) from error


def _next(url: str, response: requests.Response) -> str:
    """Return where a response redirects to."""
    try:
        target = urljoin(url, response.headers.get("Location", ""))
        parts = urlsplit(target)
        valid = parts.scheme in {"http", "https"} and parts.hostname and "@" not in parts.netloc
    except ValueError:
        valid = False
    if not valid:
        raise _Failure("leitet an eine unzulässige Adresse weiter", "redirects to no valid address")
    if urlsplit(url).scheme == "https" and parts.scheme == "http":
        raise _Failure("leitet von https auf http weiter", "redirects from https to http")
    return target


def _answer(response: requests.Response, limit: int, *, conditional: bool) -> Answer:
    headers, status = response.headers, response.status_code
    validators = Validators(etag=headers.get("ETag"), last_modified=headers.get("Last-Modified"))
    if status == requests.codes.not_modified and conditional:
        return Answer(None, validators)
    if status != requests.codes.ok:
        raise _Failure(
            f"antwortet mit {status}",
            f"answers {status}",
            may_pass=status == requests.codes.too_many_requests or status >= 500,
            seconds=_number(headers.get("Retry-After", "")),
        )
    media_type = headers.get("Content-Type", "")
    if "html" in media_type.lower():
        raise _Failure(
            "liefert eine Webseite statt der Datei; vielleicht verlangt sie eine Anmeldung",
            "gives a web page, not the file; it may ask for a login",
        )
    content = _unpacked(response, limit)
    if not content:
        raise _Failure("liefert eine leere Datei", "gives an empty file")
    return Answer(content, validators, media_type)


def _unpacked(response: requests.Response, limit: int) -> bytes:
    """Return the body without its encoding.

    Unpacked here and not by urllib3, which takes a gzip stream that breaks off for a whole one.
    """
    encoding = response.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise _Failure(
            f"liefert die Datei verpackt als {encoding}, verlangt war gzip",
            f"gives the file encoded as {encoding}, gzip was asked for",
        )
    body = _body(response, limit)
    if "gzip" not in encoding or not body:
        return body
    unpacking = zlib.decompressobj(_GZIP)
    try:
        content = unpacking.decompress(body, limit + 1)
    except zlib.error as error:
        raise _Failure("ist beschädigt (gzip)", "is damaged (gzip)", may_pass=True) from error
    _check_size(len(content), limit)
    if not unpacking.eof or unpacking.unused_data:
        raise _Failure("ist unvollständig (gzip)", "is incomplete (gzip)", may_pass=True)
    return content


def _body(response: requests.Response, limit: int) -> bytes:
    _check_size(_number(response.headers.get("Content-Length", "")), limit)
    content = bytearray()
    with _failing("brach ab", "broke off"):
        while chunk := response.raw.read1(CHUNK, decode_content=False):
            content += chunk
            _check_size(len(content), limit)
    return bytes(content)


def _check_size(size: int, limit: int) -> None:
    if size > limit:
        raise _Failure(
            f"ist größer als {limit} Bytes (STADTZIELE_SOURCE_BYTES)",
            f"is larger than {limit} bytes (STADTZIELE_SOURCE_BYTES)",
        )


def _number(text: str) -> int:
    """Return the number that a header states, 0 if none: it may hold anything, such as `²`."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0


@contextmanager
def _failing(german: str, english: str) -> Iterator[None]:
    """Turn what goes wrong on the way into a failure, and say why.

    A `ValueError` is about an address or header that cannot be and will not pass; the rest may.
    """
    try:
        yield
    except _NO_ADDRESS as error:  # their texts have the whole address
        raise _Failure("ist keine gültige Adresse", "is no valid address") from error
    except (requests.RequestException, HTTPError, OSError, ValueError) as error:
        why = _reason(error)
        may_pass = not isinstance(error, ValueError)
        raise _Failure(f"{german} ({why})", f"{english} ({why})", may_pass=may_pass) from error


def _reason(cause: BaseException) -> str:
    while cause.__cause__ or cause.__context__:
        cause = cause.__cause__ or cause.__context__  # type: ignore[assignment]  # one of them is there
    return str(cause) or type(cause).__name__
