"""What search engines read first: `/sitemap.xml` (sitemaps.org 0.9) and `/robots.txt` (RFC 9309).

Addresses are those of the IRIs, on whatever host they are asked for. Where there are more than a sitemap
may hold, `/sitemap.xml` is the index of its parts: the first has the pages, each other one a stretch of the
goals.
"""

from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Final
from urllib.parse import quote
from xml.sax.saxutils import escape

import anyio
import polars as pl
from fastapi import APIRouter, Request
from starlette.responses import PlainTextResponse, Response

from api.caching import caching, tag_of, unchanged
from api.catalogue import find_catalogue, groups
from api.data.goals import TABLE
from api.data.parameters import within
from api.problems import not_found
from api.releases import Release
from api.saved_queries import saved_queries
from api.state import Counted, InRelease
from ontology.catalogue import Catalogue
from ontology.iris import Iris

router = APIRouter(tags=["pages"])

MOST: Final = 50_000
"""Addresses in one file (sitemaps.org)."""
XML: Final = "application/xml"
_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_PAGES: Final = ("", "datasets/", "queries", "ns", "docs")
_READING: Final = anyio.CapacityLimiter(1)
_ROBOTS: Final = """\
# Pages and data are open to everybody; what has no end, or is there in every release again, is not crawled.
User-agent: *
Allow: /
Allow: /releases/*/catalog
Allow: /releases/*/datasets/
Allow: /releases/*/doc/dataset/
Disallow: /releases/
Disallow: /sparql?
Disallow: /diff?
Disallow: /api/*?
Disallow: /queries/*?
Disallow: /check

Sitemap: {base}sitemap.xml
"""

Entry = tuple[str, datetime]
"""An address, and when what is there changed last."""


@router.get("/robots.txt", response_class=Response)
async def robots(request: Request, release: InRelease) -> Response:
    """Tell crawlers what they need not read, and where the sitemap is."""
    text = _ROBOTS.format(base=release.base)
    return PlainTextResponse(text, headers=caching(request, release, tag_of(release.base)))


@router.get("/sitemap.xml", response_class=Response, dependencies=[Counted])
async def sitemap(request: Request, release: InRelease) -> Response:
    """List the pages that search engines should know, or the parts of that list."""
    return await _answer(request, release, 0)


@router.get("/sitemap-{part}.xml", response_class=Response, dependencies=[Counted])
async def sitemap_part(request: Request, release: InRelease, part: int) -> Response:
    """List a part of the pages."""
    if part == 0:
        raise not_found("The parts of the sitemap are counted from 1.")
    return await _answer(request, release, part)


async def _answer(request: Request, release: Release, part: int) -> Response:
    headers = caching(request, release, tag_of(release.id, "sitemap", part, MOST))
    if response := unchanged(request, headers):
        return response
    text = await anyio.to_thread.run_sync(partial(_sitemap, release, part), limiter=_READING)
    if text is None:
        raise not_found("The sitemap has no such part.")
    return Response(text, media_type=XML, headers=headers)


def _sitemap(release: Release, part: int) -> str | None:
    """Return the whole sitemap or its index (part 0), or a part by its number; None if there is none."""
    catalogue = find_catalogue(release)
    pages, goals = list(_pages(release, catalogue)), _goals(release)
    total = goals.select(pl.len()).collect().item()
    parts = 1 + -(-total // MOST)
    is_split = len(pages) + total > MOST
    if part == 0 and is_split:
        when = _changed(release, catalogue)
        addresses = ((f"{release.base}sitemap-{number}.xml", when) for number in range(1, parts + 1))
        return _written("sitemapindex", "sitemap", addresses)
    if part == 0:
        return _written("urlset", "url", [*pages, *_goal_pages(release, catalogue, goals)])
    if not is_split or not 0 < part <= parts:
        return None
    stretch = goals.slice((part - 2) * MOST, MOST)
    return _written("urlset", "url", pages if part == 1 else _goal_pages(release, catalogue, stretch))


def _pages(release: Release, catalogue: Catalogue | None) -> Iterator[Entry]:
    when = _changed(release, catalogue)
    for path in (*_PAGES, *(f"queries/{name}" for name in saved_queries())):
        yield f"{release.base}{path}", when
    if catalogue:
        yield f"{release.base}catalog", when
        years, others = groups(catalogue)
        if years:
            yield f"{release.base}doc/dataset/goals", max(dataset.modified for dataset in years)
        for dataset in (*years, *others):
            yield f"{release.base}doc/dataset/{dataset.key}", dataset.modified


def _changed(release: Release, catalogue: Catalogue | None) -> datetime:
    return catalogue.modified if catalogue else release.manifest.created


def _goals(release: Release) -> pl.LazyFrame:
    """Return the ids and years of all goals that are not withdrawn, whose pages answer 410."""
    if release.output(TABLE) is None:
        return pl.LazyFrame(schema={"id": pl.String, "year": pl.Int32})
    withdrawn = within("SelectionStates", "withdrawn")[0].label_de
    table = pl.scan_parquet(release.folder / TABLE)
    return table.filter(pl.col("selection_state").ne_missing(withdrawn)).select("id", "year").sort("id")


def _goal_pages(release: Release, catalogue: Catalogue | None, goals: pl.LazyFrame) -> Iterator[Entry]:
    """Yield the pages of goals, which changed at the latest when the dataset of their year did."""
    otherwise = _changed(release, catalogue)
    years = {dataset.year: dataset.modified for dataset in catalogue.datasets} if catalogue else {}
    start = Iris(release.base).goal("").replace("/id/", "/doc/")
    for goal, year in goals.collect().iter_rows():
        yield f"{start}{quote(goal)}", years.get(year, otherwise)


def _written(root: str, item: str, entries: Iterator[Entry] | list[Entry]) -> str:
    lines = (
        f"<{item}><loc>{escape(address)}</loc><lastmod>{when.isoformat()}</lastmod></{item}>\n"
        for address, when in entries
    )
    start = f'<?xml version="1.0" encoding="UTF-8"?>\n<{root} xmlns="{_NAMESPACE}">\n'
    return f"{start}{''.join(lines)}</{root}>\n"
