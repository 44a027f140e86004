"""The page of the score: read from the release, in both languages, harmless whatever a problem says."""

import re
from pathlib import Path

import httpx
import pytest

from ontology.quality import QUALITY, MeasuredDataset, MeasuredDistribution, Quality
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import BASE, RELEASE, add_file, switch, write_release

pytestmark = pytest.mark.anyio

MEASURED = Quality(
    checked="files",
    datasets=(
        MeasuredDataset(
            iri=f"{BASE}dataset/goals/2014",
            missing=("keywordAvailability", "dcatApCompliance"),
            problems=("<script>alert(1)</script>",),
            distributions=(
                MeasuredDistribution(iri=f"{BASE}dataset/goals/2014/csv", missing=()),
                MeasuredDistribution(
                    iri=f"{BASE}dataset/goals/2014/parquet", missing=("byteSizeAvailability",)
                ),
            ),
        ),
        MeasuredDataset(iri=f"{BASE}dataset/unknown", missing=(), distributions=()),
    ),
)


async def page(serving: Serving, tmp_path: Path, path: str = "/quality", **headers: str) -> httpx.Response:
    """Return an answer of a server with a release that has been measured."""
    folder = write_release(tmp_path)
    add_file(folder, QUALITY, MEASURED.model_dump_json().encode(), "application/json")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        return await client.get(path, headers=headers)


def text_of(answer: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


async def test_the_page_shows_the_score_by_dimension_metric_and_dataset(
    serving: Serving, tmp_path: Path
) -> None:
    answer = await page(serving, tmp_path)
    assert answer.status_code == 200
    text = text_of(answer)
    assert "265 von 405 Punkten · gut" in text
    assert "Auffindbarkeit 85 von 100" in text
    assert "Schlagwörter sind angegeben dcat:keyword 15 15 30 goals/2014" in text
    assert "Die Größe ist angegeben dcat:byteSize 2,5 2,5 5 goals/2014/parquet" in text
    assert f"{BASE}dataset/unknown 185" in text
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)" in answer.text


async def test_the_page_is_there_in_english_and_for_a_fixed_release(serving: Serving, tmp_path: Path) -> None:
    answer = await page(serving, tmp_path, f"/releases/{RELEASE}/quality?lang=en")
    assert "265 of 405 points · good" in text_of(answer)
    assert "byteSize 2.5 2.5 5" in text_of(answer).replace("dcat:", "")
    assert f"/releases/{RELEASE}/datasets/catalog/quality.ttl" in answer.text
    assert f'href="/releases/{RELEASE}/doc/dataset/goals/2014?lang=en"' in answer.text


@pytest.mark.parametrize("path", ["/catalog/quality", "/catalog/quality/scoring"])
@pytest.mark.parametrize("folder", ["", f"/releases/{RELEASE}"])
async def test_what_is_measured_of_the_whole_catalogue_has_an_address(
    client: httpx.AsyncClient, path: str, folder: str
) -> None:
    for accept, target in (
        ("text/html", "/quality?lang=en"),
        ("text/turtle", "/datasets/catalog/quality.ttl"),
        ("application/n-triples", "/datasets/catalog/quality.nt"),
        ("*/*", "/datasets/catalog/quality.ttl"),
    ):
        answer = await client.get(f"{folder}{path}?lang=en", headers={"Accept": accept})
        assert (answer.status_code, answer.headers["location"]) == (303, folder + target)
        assert "Accept" in answer.headers["vary"]
    refused = await client.get(folder + path, headers={"Accept": "application/rdf+xml"})
    assert refused.status_code == 406


async def test_a_release_that_was_not_measured_says_so(serving: Serving, tmp_path: Path) -> None:
    write_release(tmp_path)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        answer = await client.get("/quality")
    assert answer.status_code == 404
    assert "not measured" in answer.json()["detail"]


async def test_a_damaged_file_is_no_internal_error(serving: Serving, tmp_path: Path) -> None:
    folder = write_release(tmp_path)
    add_file(folder, QUALITY, b"{", "application/json")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        assert (await client.get("/quality")).status_code == 503
