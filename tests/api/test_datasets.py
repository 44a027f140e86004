import hashlib
import json

import httpx
import pytest

from ontology.contract import Manifest
from tests.api.releases import CSV, RELEASE
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

ADDRESSES = ["/datasets/csv/goals-2014.csv", f"/releases/{RELEASE}/datasets/csv/goals-2014.csv"]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_a_file_comes_as_it_is(client: httpx.AsyncClient, address: str) -> None:
    response = await client.get(address)
    assert response.content == CSV
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["etag"] == f'"{hashlib.sha256(CSV).hexdigest()}"'
    assert response.headers["content-length"] == str(len(CSV))
    assert ("immutable" in response.headers["cache-control"]) == address.startswith("/releases")


@pytest.mark.parametrize("address", ADDRESSES)
async def test_what_is_known_is_not_sent_again(client: httpx.AsyncClient, address: str) -> None:
    head = await client.head(address)
    assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(CSV)))
    again = await client.get(address, headers={"if-none-match": f'W/"x", {head.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    other = await client.get(address, headers={"if-none-match": '"other"'})
    assert other.status_code == 200


async def test_parts_of_a_file(client: httpx.AsyncClient) -> None:
    response = await client.get(ADDRESSES[0], headers={"range": "bytes=0-1"})
    assert (response.status_code, response.content) == (206, CSV[:2])


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
    assert_problem(await client.get(f"/releases/{release}/datasets/manifest.json"), 404)


async def test_the_index_lists_all_files(client: httpx.AsyncClient) -> None:
    for address in ("/datasets", "/datasets/"):
        assert 'href="/datasets/csv/goals-2014.csv"' in (await client.get(address)).text
