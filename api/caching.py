"""Caching (RFC 9110 section 13, RFC 9111): a release never changes, so what it says can be kept.

What is at an address of the current release has to be asked for again each time, which costs no more
than a 304. What is at an address of a certain release may be kept for good. A route only says what its
content is called; that nobody is sent what they have is seen to in `api.middleware`, for all alike.
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime
from email.utils import format_datetime
from importlib.metadata import version
from typing import Final

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response

from api.links import RELEASE_ID
from api.releases import Release

_VERSION: Final = version("stadtziele")
_CURRENT: Final = "public, no-cache"
_FIXED: Final = "public, max-age=31536000, immutable"
_OF_CODE: Final = "public, max-age=3600"


def caching(request: Request, release: Release, tag: str, *, is_weak: bool = True) -> dict[str, str]:
    """Return the headers for content with the entity tag `tag` of a release.

    A weak tag is for content whose bytes may differ while it says the same.
    """
    return {
        "ETag": _entity_tag(tag, is_weak=is_weak),
        "Last-Modified": http_date(release.manifest.created),
        "Cache-Control": _FIXED if RELEASE_ID in request.path_params else _CURRENT,
        "X-Release": release.id,
    }


def caching_of_code(content: bytes) -> dict[str, str]:
    """Return the headers for content that comes with our code, whatever the release: good for an hour."""
    return {"ETag": _entity_tag(digest(content)), "Cache-Control": _OF_CODE}


def caching_of_log(tag: str, at: datetime | None, *, is_closed: bool) -> dict[str, str]:
    """Return the headers for a part of the log of events that was last added to `at` a time, if ever.

    What is closed never changes, and may be kept for good.
    """
    headers = {"ETag": _entity_tag(tag), "Cache-Control": _FIXED if is_closed else _CURRENT}
    return headers | ({"Last-Modified": http_date(at)} if at else {})


def tag_of(*parts: object) -> str:
    """Return the entity tag of something that our code makes of some values and nothing else."""
    return digest(repr((_VERSION, *parts)).encode(errors="surrogatepass"))


def digest(content: bytes) -> str:
    """Return the entity tag of some bytes."""
    return hashlib.sha256(content).hexdigest()[:32]


def unchanged(request: Request, headers: Mapping[str, str], *, exists: bool = False) -> Response | None:
    """Return 304 if the client has the content that `headers` tell of, else None: it spares the work.

    Only a former answer can have given an exact tag. `*` and dates say nothing of that, so they count here
    only if the content surely `exists`; else they do once the answer is there.
    """
    is_spared = request.method == "GET" and is_known(request.headers, Headers(headers), exists=exists)
    return Response(status_code=304, headers=headers) if is_spared else None


def is_known(asked: Mapping[str, str], told: Mapping[str, str], *, exists: bool = True) -> bool:
    """Tell whether a request's headers say that the client has what an answer's headers tell of."""
    known = asked.get("if-none-match")
    if known is not None:
        wanted = {_bare(told["etag"])} if "etag" in told else set[str]()
        return any(_bare(tag) in wanted or (exists and tag.strip() == "*") for tag in known.split(","))
    # Exactly the same time: going back to an earlier release makes an older time the news.
    return exists and "last-modified" in told and asked.get("if-modified-since") == told["last-modified"]


def http_date(moment: datetime) -> str:
    """Return a time as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def _entity_tag(tag: str, *, is_weak: bool = True) -> str:
    return f'{"W/" if is_weak else ""}"{tag}"'


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"')
