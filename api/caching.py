"""Caching (RFC 9110 section 13, RFC 9111): a release never changes, so what it says can be kept.

What is at an address of the current release has to be asked for again each time, which costs no more
than a 304. What is at an address of a certain release may be kept for good.
"""

import hashlib
from datetime import datetime
from email.utils import format_datetime
from importlib.metadata import version
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from api.releases import Release

RELEASE_ID: Final = "release_id"
"""The part of a path that names a certain release."""

_VERSION: Final = version("stadtziele")
_CURRENT: Final = "public, no-cache"
_FIXED: Final = "public, max-age=31536000, immutable"


def caching(request: Request, release: Release, tag: str, *, is_weak: bool = True) -> dict[str, str]:
    """Return the headers for content with the entity tag `tag` of a release.

    A weak tag is for content whose bytes may differ while it says the same.
    """
    return {
        "ETag": f'{"W/" if is_weak else ""}"{tag}"',
        "Last-Modified": http_date(release.manifest.created),
        "Cache-Control": _FIXED if RELEASE_ID in request.path_params else _CURRENT,
        "X-Release": release.id,
    }


def tag_of(*parts: object) -> str:
    """Return the entity tag of something that our code makes of some values and nothing else."""
    return hashlib.sha256(repr((_VERSION, *parts)).encode(errors="surrogatepass")).hexdigest()[:32]


def unchanged(request: Request, headers: dict[str, str]) -> Response | None:
    """Return 304 if the client has the content that `headers` tell of, else None."""
    known = request.headers.get("if-none-match")
    if known is not None:
        is_known = any(_bare(tag) in {_bare(headers["ETag"]), "*"} for tag in known.split(","))
    else:
        # Exactly the same time: going back to an earlier release makes an older time the news.
        is_known = request.headers.get("if-modified-since") == headers["Last-Modified"]
    return Response(status_code=304, headers=headers) if is_known else None


def http_date(moment: datetime) -> str:
    """Return a time as HTTP writes it."""
    return format_datetime(moment, usegmt=True)


def _bare(tag: str) -> str:
    return tag.strip().removeprefix("W/").strip('"')
