"""The score of the catalogue, taken from a running server: all points, and what a broken link costs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from ontology.catalogue import read_catalogue
from ontology.contract import current_release
from ontology.quality import METRICS, read_quality
from tests.city import SampleCity, goal
from tests.first import first_release
from tests.journeys.browser import CHROMIUM, browsing
from tests.journeys.house import Server, environment, serving, stadtziele

pytestmark = pytest.mark.journey


@dataclass
class House:
    """A small city, published and served, and the environment of its commands."""

    env: dict[str, str]
    release: Path
    server: Server


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    city = SampleCity(tmp_path_factory.mktemp("quality"))
    env = environment(city.raw, city.published)
    city.submit(2014, "kulturamt", goal(1), goal(2))
    first_release(city)
    with serving(env) as server:
        yield House(env, current_release(city.published), server)


def points(printed: str) -> list[float]:
    """Return the two sums at the end: best distribution, and all of them."""
    return [float(found) for found in re.findall(r"^([\d.]+) / 405 ", printed, re.M)]


def test_without_an_address_the_current_release_is_served_and_scored(house: House) -> None:
    printed = stadtziele(house.env, "quality")
    assert points(printed)[0] == 405
    assert 300 < points(printed)[1] < 405
    assert re.search(r"Die Zugriffsadresse antwortet +│ +50 │ +50 │ +50 │ dcat:accessURL +│", printed)
    assert "dataset/all/sparql" in printed


def test_in_a_narrow_terminal_each_name_is_on_one_line(house: House) -> None:
    lines = stadtziele(house.env | {"COLUMNS": "80"}, "quality").splitlines()
    table = [line for line in lines if line.startswith(("│", "┃", "┏", "┡", "└", "├"))]
    assert len(table) <= 60
    assert max(map(len, table)) <= 80
    for metric in METRICS:
        for name in (metric.title.de, metric.title.en):
            assert any(line.startswith(f"│ {name} ") for line in table), name
    assert any("fehlt bei / missing at: " in line and "dataset/all/sparql" in line for line in lines)


def test_without_a_release_there_is_nothing_to_score(tmp_path: Path) -> None:
    printed = stadtziele(environment(tmp_path, tmp_path / "none"), "quality", fails=True)
    assert "Nothing is published" in printed


def test_an_address_without_catalogue_is_an_error(house: House) -> None:
    printed = stadtziele(house.env, "quality", f"{house.server.client.base_url}/ns", fails=True)
    assert "kein Katalog / no catalogue" in printed


@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
def test_the_page_tells_readers_score_and_reason(house: House, tmp_path: Path) -> None:
    with browsing(tmp_path / "profile") as page:
        page.open(f"{house.server.client.base_url}/catalog")
        assert page.value("document.querySelector('a[href=\"/quality\"]') !== null") is True
        page.open(f"{house.server.client.base_url}/quality")
        assert "405 von 405 Punkten" in page.text()
        shares = "[...document.querySelectorAll('meter')].map(m => m.value / m.max).join()"
        assert page.value(shares) == "1,1,1,1,1"
        assert page.value(
            "Math.min(...[...document.querySelectorAll('meter')].map(m => m.offsetWidth)) > 100"
        )
        page.open(f"{house.server.client.base_url}/quality?lang=en")
        assert "405 of 405 points" in page.text()
        assert "The licence is known" in page.text()


def test_broken_links_cost_their_points_and_the_exit_code(house: House) -> None:
    quality, catalogue = read_quality(house.release), read_catalogue(house.release)
    assert quality is not None
    assert catalogue is not None
    plan = catalogue.get("plan")
    assert plan is not None
    broken = [path for item in plan.distributions for path in house.release.glob(f"{item.path}*")]
    for path in broken:
        path.rename(path.with_name(f"gone-{path.name}"))
    address = str(house.server.client.base_url)
    left = 405 - 80 / len(quality.datasets)
    printed = stadtziele(house.env, "quality", address, fails=True)
    assert points(printed)[:1] == [pytest.approx(left, abs=0.01)], printed
    assert "dataset/plan/" in printed
    stadtziele(house.env, "quality", address, "--at-least", str(int(left)))
    for path in broken:
        path.with_name(f"gone-{path.name}").rename(path)
