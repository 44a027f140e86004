"""The feed: `/feed.atom`, an entry for each release with what changed in it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from api.caching import caching_of_log, tag_of, unchanged
from api.changes.feed import MEDIA_TYPE, PATH, Source, feed, pages_of, shown
from api.hosts import host_of
from api.parameters import refuse_unknown
from api.problems import ProblemError
from api.state import Counted, InHouse

router = APIRouter(tags=["changes"], dependencies=[Counted, Depends(refuse_unknown("page"))])

_PAGE: Final = Query(ge=1, le=1_000_000, description="Number of the page, from 1: the newest releases")


@router.get(f"/{PATH}", response_class=Response)
async def atom(request: Request, house: InHouse, page: Annotated[int, _PAGE] = 1) -> Response:
    """Tell what changed, release by release, newest first, as an Atom feed in German and English."""
    release, log = house.releases.longest_log()
    if page > pages_of(log):
        raise ProblemError(404, f"The feed has {pages_of(log)} pages.", "no-page")
    told = shown(log, page)
    named = {name for changes in told for name in (changes.id, changes.before) if name}
    present = frozenset(filter(house.releases.has, named))
    source = Source(log, release.manifest.city, host_of(request), present)
    tag = tag_of(PATH, release.id, page, source.host, sorted(present))
    headers = caching_of_log(tag, release.manifest.created, is_closed=False)
    if response := unchanged(request, headers, exists=True):
        return response
    return Response(feed(source, page), media_type=f"{MEDIA_TYPE}; charset=utf-8", headers=headers)
