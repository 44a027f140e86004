"""`/api`: what the interface offers, for programs and for people."""

import httpx
import pytest

from tests.api.releases import RELEASE
from tests.api.test_pages import BROWSER, Page

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize("folder", ["", f"/releases/{RELEASE}"])
async def test_a_program_is_led_to_what_can_be_asked(client: httpx.AsyncClient, folder: str) -> None:
    response = await client.get(f"{folder}/api")
    assert response.status_code == 200
    found = response.json()
    for address in (found["documentation"], found["description"]):
        assert (await client.get(address)).status_code == 200
    below = f"http://testserver{folder}/api"
    assert [item["url"] for item in found["operations"]] == [f"{below}/goals", f"{below}/statistics"]
    for item in found["operations"]:
        assert item["title"].keys() == {"de", "en"}
        for example in item["examples"]:
            answer = await client.get(example)
            assert answer.status_code == 200
            assert answer.headers["content-type"].partition(";")[0] in item["formats"]
    again = await client.get(f"{folder}/api", headers={"If-None-Match": response.headers["etag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("language", ["de", "en"])
async def test_a_reader_gets_examples_that_answer(client: httpx.AsyncClient, language: str) -> None:
    page = await client.get(f"/api?lang={language}", headers=BROWSER)
    examples = [link for link in Page(page.text).links if link.startswith("/api/")]
    assert len(examples) == 4
    for example in examples:
        assert (await client.get(example)).status_code == 200


async def test_other_formats_are_refused(client: httpx.AsyncClient) -> None:
    assert (await client.get("/api", headers={"Accept": "text/turtle"})).status_code == 406
