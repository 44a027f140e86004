"""What search engines read first, read as they do."""

from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree

import httpx
import polars as pl
import pytest
from protego import Protego

from api.routes import sitemap
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import BASE, switch, write_release
from tests.api.test_pages import BROWSER
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

PREFIX = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
GOALS = {f"{BASE}doc/goal/2014-kulturamt-0{n}" for n in range(1, 5)} | {f"{BASE}doc/goal/2015-kulturamt-01"}


async def read(client: httpx.AsyncClient, address: str, root: str) -> dict[str, str]:
    """Return the addresses that a file lists, with the time of their last change."""
    response = await client.get(address)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/xml"
    found = ElementTree.fromstring(response.content)  # noqa: S314  (our own)
    assert found.tag == f"{PREFIX}{root}"
    return {item[0].text or "": item[1].text or "" for item in found}


async def test_every_page_that_is_listed_is_there(client: httpx.AsyncClient) -> None:
    listed = await read(client, "/sitemap.xml", "urlset")
    assert listed.keys() >= GOALS | {
        BASE,
        f"{BASE}catalog",
        f"{BASE}doc/dataset/goals",
        f"{BASE}doc/dataset/goals/2014",
        f"{BASE}doc/dataset/all",
        f"{BASE}queries/goals-by-year",
    }
    for address in listed:
        response = await client.get(address.removeprefix(BASE[:-1]), headers=BROWSER)
        assert response.status_code == 200, address
        assert response.headers["content-type"].startswith("text/html"), address
    assert set(listed.values()) == {"2015-01-01T00:00:00+00:00"}


async def test_more_than_a_file_may_hold_comes_in_parts(
    client: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = await read(client, "/sitemap.xml", "urlset")
    assert_problem(await client.get("/sitemap-1.xml"), 404, "not-found")
    monkeypatch.setattr(sitemap, "MOST", 2)
    index = await read(client, "/sitemap.xml", "sitemapindex")
    assert list(index) == [f"{BASE}sitemap-{part}.xml" for part in range(1, 5)]
    parts = [await read(client, f"/{address.removeprefix(BASE)}", "urlset") for address in index]
    assert [len(part) for part in parts[1:]] == [2, 2, 1]
    assert {address: when for part in parts for address, when in part.items()} == whole
    for missing in ("5", "-1", "0", "9" * 30):
        assert_problem(await client.get(f"/sitemap-{missing}.xml"), 404, "not-found")


async def test_a_withdrawn_goal_is_not_listed(tmp_path: Path, serving: Serving) -> None:
    folder = write_release(tmp_path)
    table = folder / "parquet/goals.parquet"
    state = pl.when(pl.col("id") == "2014-kulturamt-01").then(pl.lit("zurückgezogen"))
    frame = pl.read_parquet(table)
    frame.with_columns(selection_state=state.otherwise(pl.col("selection_state"))).write_parquet(table)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        listed = await read(client, "/sitemap.xml", "urlset")
    assert GOALS - listed.keys() == {f"{BASE}doc/goal/2014-kulturamt-01"}


async def test_a_release_of_old_has_a_sitemap_too(tmp_path: Path, serving: Serving) -> None:
    write_release(tmp_path, catalogue=None)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        listed = await read(client, "/sitemap.xml", "urlset")
        for address in listed:
            response = await client.get(address.removeprefix(BASE[:-1]), headers=BROWSER)
            assert response.status_code == 200, address


@pytest.mark.parametrize("address", ["/sitemap.xml", "/robots.txt"])
async def test_both_are_sent_once(client: httpx.AsyncClient, address: str) -> None:
    response = await client.get(address)
    assert response.headers["cache-control"] == "public, no-cache"
    again = await client.get(address, headers={"if-none-match": response.headers["etag"]})
    assert again.status_code == 304


async def test_robots_read_pages_and_data_and_nothing_without_end(client: httpx.AsyncClient) -> None:
    response = await client.get("/robots.txt")
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    rules = Protego.parse(response.text)
    assert list(rules.sitemaps) == [f"{BASE}sitemap.xml"]
    allowed = [urlsplit(address).path for address in await read(client, "/sitemap.xml", "urlset")]
    allowed += [
        "/datasets/csv/goals-2014.csv",
        "/catalog.ttl?page=2",
        "/releases/x/catalog.ttl?page=2",
        "/releases/x/datasets/csv/goals-2014.csv",
        "/releases/x/doc/dataset/goals/2014",
        "/sparql",
        "/api/goals",
        "/static/style.css",
    ]
    refused = [
        "/sparql?query=ASK%20{}",
        "/diff?from=a&to=b",
        "/releases/x/sparql?query=ASK%20{}",
        "/releases/x/doc/goal/2014-kulturamt-01",
        "/queries/goals-by-year?year=2014",
        "/api/goals?cursor=100-abc",
        "/check",
    ]
    assert [path for path in allowed if not rules.can_fetch(BASE + path[1:], "anybody")] == []
    assert [path for path in refused if rules.can_fetch(BASE + path[1:], "anybody")] == []
