import gzip
import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from ontology.contract import MANIFEST, Manifest
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import CSV, RELEASE, add_file, switch, write_release
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

PATH = "/datasets/csv/goals-2014.csv"
ADDRESSES = [PATH, f"/releases/{RELEASE}{PATH}"]
PLAIN = f'"{hashlib.sha256(CSV).hexdigest()}"'
TWIN = gzip.compress(CSV, mtime=0)
DATE = "Thu, 01 Jan 2015 00:00:00 GMT"


@pytest.fixture
async def with_twins(serving: Serving, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a release with a file that lies there compressed too, and with one that does only."""
    folder = write_release(tmp_path)
    add_file(folder, "csv/goals-2014.csv.gz", TWIN, "text/csv")
    add_file(folder, "dump/stadtziele.nt.gz", gzip.compress(b""), "application/n-triples")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        yield client


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_file_comes_as_it_is(client: httpx.AsyncClient, address: str) -> None:
    response = await client.get(address)
    assert response.content == CSV
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["etag"] == PLAIN
    assert response.headers["content-length"] == str(len(CSV))
    assert response.headers["accept-ranges"] == "bytes"
    assert "Accept-Encoding" in response.headers["vary"]
    assert ("immutable" in response.headers["cache-control"]) == address.startswith("/releases")


@pytest.mark.parametrize("damage", [b"", CSV[:-1], None])
async def test_half_a_file_is_not_taken_for_whole(
    serving: Serving, tmp_path: Path, damage: bytes | None
) -> None:
    path = write_release(tmp_path) / "csv/goals-2014.csv"
    path.unlink()
    if damage is not None:
        path.write_bytes(damage)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        response = await client.get(PATH)
    assert_problem(response, 503, "no-release")
    assert response.headers["retry-after"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_table_leads_to_what_is_said_of_it(serving: Serving, tmp_path: Path, address: str) -> None:
    folder = write_release(tmp_path)
    add_file(folder, "csv/goals-2014.csv-metadata.json", b"{}", "application/csvm+json")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        links = (await client.get(address)).headers.get_list("link")
        assert '<goals-2014.csv-metadata.json>; rel="describedby"; type="application/csvm+json"' in links
        described = await client.get(f"{address}-metadata.json")
        assert described.headers["content-type"] == "application/csvm+json"
        assert "csvm+json" not in described.headers["link"]
        where = await client.get("/.well-known/csvm")
        assert where.text.splitlines()[0] == "{+url}-metadata.json"


@pytest.mark.parametrize("address", ADDRESSES)
async def test_what_is_known_is_not_sent_again(client: httpx.AsyncClient, address: str) -> None:
    head = await client.head(address)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CSV)))
    again = await client.get(address, headers={"if-none-match": f'W/"x", {head.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get(address, headers={"if-none-match": '"other"'})
    assert other.status_code == 200


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-1", 0, 1),
        ("bytes=3-", 3, len(CSV) - 1),
        ("bytes=-4", len(CSV) - 4, len(CSV) - 1),
        ("bytes=-9999", 0, len(CSV) - 1),
        (f"Bytes = 5-{10**30}", 5, len(CSV) - 1),
    ],
)
@pytest.mark.parametrize("encoding", ["identity", "gzip"])
async def test_parts_of_a_file(
    with_twins: httpx.AsyncClient, wanted: str, first: int, last: int, encoding: str
) -> None:
    response = await with_twins.get(PATH, headers={"range": wanted, "accept-encoding": encoding})
    assert (response.status_code, response.content) == (206, CSV[first : last + 1])
    assert response.headers["content-range"] == f"bytes {first}-{last}/{len(CSV)}"
    assert response.headers["content-length"] == str(last - first + 1)
    assert response.headers["etag"] == PLAIN
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize("wanted", ["bytes=9999-", "bytes=-0", f"bytes={len(CSV)}-{len(CSV)}"])
async def test_parts_that_there_are_not(client: httpx.AsyncClient, wanted: str) -> None:
    response = await client.get(PATH, headers={"range": wanted})
    assert_problem(response, 416, "range-not-satisfiable")
    assert response.headers["content-range"] == f"bytes */{len(CSV)}"
    known = await client.get(PATH, headers={"range": wanted, "if-none-match": "*"})
    assert known.status_code == 304


@pytest.mark.parametrize("wanted", ["bytes=5-2", "bytes=-", "bytes=0-1,4-5", "lines=1-2", "bytes=a-b", ""])
async def test_what_is_no_part_is_the_whole(client: httpx.AsyncClient, wanted: str) -> None:
    response = await client.get(PATH, headers={"range": wanted})
    assert (response.status_code, response.content) == (200, CSV)


@pytest.mark.parametrize(
    ("condition", "status"),
    [
        (PLAIN, 206),
        (DATE, 206),
        (f"W/{PLAIN}", 200),
        ('"other"', 200),
        ("Fri, 02 Jan 2015 00:00:00 GMT", 200),
    ],
)
async def test_parts_of_this_very_content_only(
    client: httpx.AsyncClient, condition: str, status: int
) -> None:
    response = await client.get(PATH, headers={"range": "bytes=0-1", "if-range": condition})
    assert response.status_code == status


@pytest.mark.parametrize(
    ("accepted", "is_compressed"),
    [
        ("gzip", True),
        ("br, *;q=0.1", True),
        ("zstd, GZIP;q=0.5", True),
        ("", False),
        ("zstd, br", False),
        ("gzip;q=0, *", False),
        ("*;q=0.000", False),
    ],
)
async def test_a_twin_is_sent_to_those_who_read_it(
    with_twins: httpx.AsyncClient, accepted: str, is_compressed: bool
) -> None:
    sent = TWIN if is_compressed else CSV
    async with with_twins.stream("GET", PATH, headers={"accept-encoding": accepted}) as response:
        assert b"".join([piece async for piece in response.aiter_raw()]) == sent
    assert response.headers.get("content-encoding") == ("gzip" if is_compressed else None)
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-length"] == str(len(sent))
    assert response.headers["etag"] == f'"{hashlib.sha256(sent).hexdigest()}"'
    assert response.headers["accept-ranges"] == "bytes"
    assert "Accept-Encoding" in response.headers["vary"]
    again = {"accept-encoding": accepted, "if-none-match": response.headers["etag"]}
    assert (await with_twins.get(PATH, headers=again)).status_code == 304
    other = {"accept-encoding": "" if is_compressed else "gzip", "if-none-match": response.headers["etag"]}
    assert (await with_twins.get(PATH, headers=other)).status_code == 200


@pytest.mark.parametrize("path", ["/datasets/csv/goals-2014.csv.gz", "/datasets/dump/stadtziele.nt.gz"])
async def test_what_is_called_gz_is_saved_as_such(with_twins: httpx.AsyncClient, path: str) -> None:
    response = await with_twins.get(path, headers={"accept-encoding": "gzip"})
    assert response.headers["content-type"] == "application/gzip"
    assert "content-encoding" not in response.headers
    assert gzip.decompress(response.content) in {CSV, b""}


async def test_the_manifest(client: httpx.AsyncClient) -> None:
    response = await client.get("/datasets/manifest.json")
    assert Manifest.model_validate(json.loads(response.content)).id == RELEASE


@pytest.mark.parametrize(
    "path",
    [
        "secret.txt",
        "../manifest.json",
        "%2e%2e/manifest.json",
        "csv/../secret.txt",
        "store/CURRENT",
        "/etc/passwd",
    ],
)
async def test_only_what_the_manifest_names(client: httpx.AsyncClient, path: str) -> None:
    assert_problem(await client.get(f"/datasets/{path}"), 404)
    assert_problem(await client.get(f"/releases/{RELEASE}/datasets/{path}"), 404)


@pytest.mark.parametrize("release", ["nothing", "%2e%2e", ".unfinished-x"])
async def test_unknown_releases(client: httpx.AsyncClient, release: str) -> None:
    assert_problem(await client.get(f"/releases/{release}/datasets/{MANIFEST}"), 404)


async def test_the_index_lists_all_files(client: httpx.AsyncClient) -> None:
    for address in ("/datasets", "/datasets/"):
        assert 'href="/datasets/csv/goals-2014.csv"' in (await client.get(address)).text
