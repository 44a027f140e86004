"""A dataset at the end of its life, as people and programs see it: pipeline and pages together."""

import re
from datetime import UTC, datetime, timedelta

import pytest

from ontology.settings import Settings
from pipeline.refresh import Refresh
from pipeline.release.build import publish
from tests.api.conftest import serve
from tests.city import SampleCity, goal

pytestmark = [pytest.mark.journey, pytest.mark.anyio]

PATH = "/doc/dataset/goals/2015"
BROWSER = {"accept": "text/html"}


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_from_kept_up_to_gone(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.submit(2015, "kulturamt", goal(1))
    refresh = Refresh(city.settings)
    refresh.take_in(refresh.years())
    years = [refresh.check(year) for year in refresh.years() if year <= 2015]

    def publish_on(day: int, last: int) -> None:
        now = datetime(2030, 1, 1, tzinfo=UTC) + timedelta(days=day)
        settled = [year for year in years if year.year <= last]
        publish(city.published, city=refresh.city, years=settled, now=now)

    publish_on(0, 2015)
    async with serve(Settings(published=city.published, client_requests=0)) as client:

        async def seen() -> tuple[int, str]:
            response = await client.get(PATH, headers=BROWSER)
            return response.status_code, re.sub(r"\s+", " ", response.text)

        status, text = await seen()
        assert (status, "Nächste Änderung" in text) == (200, True)
        (file,) = re.findall(r'href="(/datasets/csv/[^"]+)" download', text)
        content = (await client.get(file)).content
        for day, words in ((1, "wird nicht mehr fortgeführt"), (31, "ist zurückgezogen")):
            publish_on(day, 2014)
            status, text = await seen()
            assert status == 200
            assert words in text
            (kept,) = re.findall(r'href="(/releases/[^"]+\.csv)" download', text)
            assert (await client.get(kept)).content == content
            assert 'href="/doc/dataset/goals/2015"' in (await client.get("/catalog", headers=BROWSER)).text
        publish_on(61, 2014)
        status, text = await seen()
        assert status == 410
        assert "Diesen Datensatz gibt es nicht mehr." in text
        assert kept in text
        (last,) = set(re.findall(rf'href="(/releases/[^/"]+{PATH})"', text))
        assert (await client.get(last, headers=BROWSER)).status_code == 200
        for suffix in (".ttl", "/csv", "/csv.jsonld"):
            assert (await client.get(PATH + suffix)).status_code == 410, suffix
        assert "goals/2015" not in (await client.get("/catalog", headers=BROWSER)).text
        assert "goals/2015" not in (await client.get("/sitemap.xml")).text
