"""What is different between two releases: `/diff`, as a page for people and as JSON."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial
from typing import Annotated, Any, Final, Literal

import anyio
from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import JSONResponse, Response

from api.caching import caching, tag_of, unchanged
from api.data.comparing import ChangedEntry, Entry, Part
from api.data.differences import Differences, ListDifferences, compare_releases
from api.data.formats import JSON, chosen
from api.parameters import LANGUAGE, refuse_unknown
from api.problems import not_found
from api.query.formats import HTML
from api.releases import Release
from api.state import Counted, House, InHouse
from ontology.columns import TABLES
from ontology.errors import NoReleaseError, ReleaseError
from ontology.events import ReleaseChanges
from ontology.iris import Iris

OFFERS: Final = (JSON, HTML)
MOST: Final = 1_000
"""Items of each kind of change in one answer."""
SHOWN: Final = 100
CHOICES: Final = 50
"""Releases to choose from on the page."""
_CALCULATING: Final = anyio.CapacityLimiter(1)


@dataclass(frozen=True)
class Pair:
    """Two releases; the earlier one is missing where there is none before the later one."""

    before: Release | None
    after: Release


class DiffQuery(BaseModel):
    """Which releases are compared, and how much is wanted of what differs."""

    before: Annotated[
        str | None,
        Field(alias="from", max_length=100, description="Id of a release; else the one before the other"),
    ] = None
    after: Annotated[
        str | None, Field(alias="to", max_length=100, description="Id of a release; else the current one")
    ] = None
    limit: Annotated[int, Field(ge=1, le=MOST, description="Items of each kind of change")] = SHOWN
    format: Annotated[Literal["json", "html"] | None, Field(description="Wins over Accept")] = None


_KNOWN: Final = [field.alias or name for name, field in DiffQuery.model_fields.items()]
router = APIRouter(tags=["changes"], dependencies=[Counted, Depends(refuse_unknown(*_KNOWN, LANGUAGE))])


@router.get("/diff", response_class=Response)
async def diff(request: Request, house: InHouse, query: Annotated[DiffQuery, Query()]) -> Response:
    """Tell which goals are new, changed, withdrawn or taken up again, and what else changed.

    That is decisions and progress reports, row by row, and datasets.
    """
    offer = chosen(request, query.format, OFFERS)
    pair = _pair(house, query)
    if offer is HTML:
        return await _page(request, house, pair, query.limit)
    if pair.before is None:
        raise not_found("There is no release before this one to compare it with. Name one with “from”.")
    tag = tag_of("diff", pair.before.id, pair.after.id, query.limit)
    headers = {"Vary": "Accept"} | caching(request, pair.after, tag)
    if response := unchanged(request, headers):
        return response
    found = await _compare(pair.before, pair.after, query.limit)
    return JSONResponse(_document(pair.before, pair.after, found), headers=headers)


def _pair(house: House, query: DiffQuery) -> Pair:
    """Return the releases asked for. Raises `UnknownReleaseError`, `NoReleaseError`."""
    releases = house.releases
    after = releases.by_id(query.after) if query.after else releases.current()
    before = query.before or after.manifest.previous
    if before is None or not (query.before or releases.has(before)):
        return Pair(None, after)
    return Pair(releases.by_id(before), after)


async def _compare(before: Release, after: Release, most: int) -> Differences:
    compare = partial(compare_releases, before.folder, after.folder, most)
    try:
        return await anyio.to_thread.run_sync(compare, limiter=_CALCULATING)
    except ReleaseError as error:
        raise not_found(str(error)) from error


def _document(before: Release, after: Release, found: Differences) -> dict[str, Any]:
    iris = Iris(after.base)
    return {
        "from": {"release": before.id, "created": before.manifest.created.isoformat()},
        "to": {"release": after.id, "created": after.manifest.created.isoformat()},
        "goals": {
            "added": _part(iris.goal, found.added),
            "changed": _part(iris.goal, found.changed),
            "withdrawn": _part(iris.goal, found.withdrawn),
            "restored": _part(iris.goal, found.restored),
        },
        "decisions": _list(f"{after.base}id/decision/", found.decisions),
        "progress": _list(f"{after.base}id/progress/", found.progress),
        "datasets": [asdict(dataset) | {"title": dataset.title.model_dump()} for dataset in found.datasets],
    }


def _list(start: str, found: ListDifferences) -> dict[str, Any]:
    """Return the differences of a list, whose rows have IRIs that begin like `start`."""

    def iri(row: str) -> str:
        return f"{start}{row}"

    return {
        "added": _part(iri, found.added),
        "changed": _part(iri, found.changed),
        "removed": _part(iri, found.removed),
    }


def _part(iri: Callable[[str], str], part: Part[Entry] | Part[ChangedEntry]) -> dict[str, Any]:
    items = [{"iri": iri(item.id), **asdict(item)} for item in part.items]
    return {"total": part.total, "left_out": part.left_out, "items": items}


async def _page(request: Request, house: House, pair: Pair, limit: int) -> Response:
    found = await _compare(pair.before, pair.after, limit) if pair.before else None
    return house.pages.render(
        request,
        "diff.html",
        pair=pair,
        found=found,
        choices=_choices(house),
        most=limit,
        title_of={
            table: {column.name: column.title for column in TABLES[table].columns}
            for table in ("goals", "decisions", "progress")
        },
    )


def _choices(house: House) -> list[ReleaseChanges]:
    """Return the newest releases that are there, newest first; none where no log tells of them."""
    try:
        _, log = house.releases.longest_log()
    except NoReleaseError:
        return []
    return [told for told in log.releases[::-1] if house.releases.has(told.id)][:CHOICES]
