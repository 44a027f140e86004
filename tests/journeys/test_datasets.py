"""From the front page to a dataset, its files and its meaning: in a real browser, on desk and phone."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.city import ORGANISATION, SampleCity, decision, goal
from tests.journeys.browser import CHROMIUM, Page, browsing
from tests.journeys.house import Server, served

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed"),
]

NASTY = '</script><script>document.title="x"</script><img src=x onerror="alert(1)"> & „Ü“ 🏛'
PAGES = (
    "/",
    "/catalog",
    "/doc/dataset/goals",
    "/doc/dataset/goals/2014",
    "/doc/dataset/all",
    "/doc/dataset/plan",
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A small city with markup in its name and in its goals, published and served."""
    city = SampleCity(tmp_path_factory.mktemp("datasets"))
    named = {**ORGANISATION["city"], "name": f"Musterstadt {NASTY}"}  # type: ignore[dict-item]
    city.write_yaml("organisation.yaml", ORGANISATION | {"city": named})
    city.submit(2014, "kulturamt", goal(1, title=f"Erfundenes Ziel {NASTY}"), goal(2, note="n" * 3_000))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02", "nicht berücksichtigt"))
    with served(city, client_requests=0) as running:
        yield running


def test_a_citizen_finds_a_dataset_and_a_search_engine_reads_it(server: Server, tmp_path: Path) -> None:
    address = str(server.client.base_url).rstrip("/")
    with browsing(tmp_path / "profile", scripts=False) as page:
        page.open(address)
        follow(page, "Daten")
        follow(page, "Ziele der Ämter für das Haushaltsjahr 2014")
        text = page.text()
        for words in (
            "Die ersten Zeilen: 2 von 2.",
            "ausgewählt",
            "Nennen Sie als Quelle: Musterstadt",
            NASTY,
        ):
            assert words in text, words
        told = json.loads(page.value("document.querySelector('script[type$=\"ld+json\"]').textContent"))
        assert told["publisher"]["name"] == f"Musterstadt {NASTY}"
        assert page.value("document.querySelectorAll('main img, main script').length") == 0
        files = page.value("[...document.querySelectorAll('a[download]')].map(a => a.pathname).join(' ')")
        for path in files.split():
            assert server.get(path).status_code == 200, path
        follow(page, "2014-kulturamt-01")
        assert NASTY in page.text()
        assert page.complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_pages_fit_the_screen_and_can_be_reached_by_key(server: Server, tmp_path: Path, width: int) -> None:
    address = str(server.client.base_url).rstrip("/")
    with browsing(tmp_path / "profile") as page:
        page.screen(width)
        for path in PAGES:
            for language in ("de", "en"):
                page.open(f"{address}{path}?lang={language}")
                assert page.value("document.documentElement.scrollWidth") <= width, path
                assert page.value(
                    "[...document.querySelectorAll('.scroll')].every(e => e.tabIndex == 0 && (e.ariaLabel || "
                    "document.getElementById(e.getAttribute('aria-labelledby'))))"
                ), path
        assert page.complaints == []


def follow(page: Page, words: str) -> None:
    """Follow the first link with some words."""
    found = f"[...document.querySelectorAll('a')].find(a => a.innerText.trim() == {json.dumps(words)})"
    page.open(page.value(f"{found}.href"))
