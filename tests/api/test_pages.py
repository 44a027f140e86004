import re
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest

from api.routes.static import has_editor
from ontology.contract import YearCounts
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import RELEASE

pytestmark = pytest.mark.anyio

BROWSER = {"accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
PAGES = [
    "/",
    "/queries",
    "/queries/goals-by-year",
    "/sparql",
    "/sparql?query=ASK%20{}",
    "/sparql?query=CONSTRUCT%20WHERE%20{?s%20a%20<https://w3id.org/stadtziele/ns%23Rule>}",
    "/ns",
    "/docs",
    "/api",
    "/datasets/",
    "/catalog",
    "/doc/dataset/all",
    "/doc/dataset/goals",
    "/doc/dataset/goals/2014",
    "/doc/dataset/plan",
    "/doc/dataset/statistics",
    "/doc/goal/2014-kulturamt-01",
    "/doc/department/kulturamt",
    "/doc/nothing",
    "/sparql?query=nonsense",
]
EDITOR = {"/static/editor/yasqe.min.css", "/static/editor/yasqe.min.js", "/static/editor.js"}
VOID = {"meta", "link", "input", "br", "rect", "img", "hr"}


class Page(HTMLParser):
    """Collects what a page loads, and whether every element is closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.loaded: list[str] = []
        self.links: list[str] = []
        self.inline: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        is_data = tag == "script" and values.get("type") in {"application/json", "application/ld+json"}
        if (tag in {"script", "img", "iframe", "style"} and not is_data) or (
            tag == "link" and values.get("rel") not in {"alternate", "describedby"}
        ):
            self.loaded.append(values.get("src") or values.get("href") or tag)
        if tag == "a":
            self.links.append(values.get("href") or "")
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        pass

    def handle_endtag(self, tag: str) -> None:
        if tag not in VOID:
            assert self.open.pop() == tag


@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("address", PAGES)
async def test_every_page(client: httpx.AsyncClient, address: str, language: str) -> None:
    joined = f"{address}{'&' if '?' in address else '?'}lang={language}"
    response = await client.get(joined, headers=BROWSER)
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    assert response.status_code == {"/doc/nothing": 404, "/sparql?query=nonsense": 400}.get(address, 200)
    notice = "Alles ist erfunden." if language == "de" else "Everything is invented."
    assert notice in response.text
    assert f'<html lang="{language}">' in response.text
    page = Page(response.text)
    assert page.open == []
    editor = EDITOR if has_editor() and 'id="query"' in response.text else set()
    assert set(page.loaded) == {"/static/style.css", "/static/icon.svg"} | editor
    assert page.inline == []
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize(
    ("asked", "language"),
    [
        ("en-GB,en;q=0.9,de;q=0.8", "en"),
        ("de-DE,de;q=0.9,en;q=0.8", "de"),
        ("fr-FR,fr;q=0.9,en;q=0.5", "en"),
        ("fr", "de"),
        ("*", "de"),
        ("de;q=0.5,*", "en"),
        ("en;q=0", "de"),
        ("en;q=nan,de;q=0.1", "de"),
        ("", "de"),
    ],
)
@pytest.mark.parametrize("address", ["/", "/doc/goal/2014-kulturamt-01", "/doc/nothing", "/ns"])
async def test_a_reader_gets_the_language_of_their_browser(
    client: httpx.AsyncClient, address: str, asked: str, language: str
) -> None:
    response = await client.get(address, headers=BROWSER | {"accept-language": asked})
    assert f'<html lang="{language}">' in response.text
    assert response.headers["content-language"] == language
    assert "Accept-Language" in response.headers["vary"]


@pytest.mark.parametrize("chosen", ["de", "en"])
@pytest.mark.parametrize("browser", ["de", "en"])
async def test_a_chosen_language_stays(client: httpx.AsyncClient, browser: str, chosen: str) -> None:
    headers = BROWSER | {"accept-language": browser}
    page = await client.get(f"/?lang={chosen}", headers=headers)
    assert f'<html lang="{chosen}">' in page.text
    inside = [link for link in Page(page.text).links if link.startswith(("/queries", "/id/", "/doc/"))]
    assert inside
    assert all(f"lang={chosen}" in link for link in inside)
    other = "en" if chosen == "de" else "de"
    assert f"/?lang={other}" in Page(page.text).links


async def test_a_language_that_was_not_chosen_is_in_no_link(client: httpx.AsyncClient) -> None:
    page = await client.get("/", headers=BROWSER | {"accept-language": "en"})
    assert [link for link in Page(page.text).links if "lang=" in link] == ["/?lang=de"]


@pytest.mark.parametrize("start", ["/", "/?lang=en", "/doc/dataset/goals/2014?lang=en"])
async def test_no_link_is_dead(client: httpx.AsyncClient, start: str) -> None:
    seen: set[str] = set()
    waiting = [start]
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        if address in seen or not address.startswith("/"):
            continue
        seen.add(address)
        response = await client.get(address, headers=BROWSER, follow_redirects=True)
        assert response.status_code == 200, address
        if response.headers["content-type"].startswith("text/html"):
            waiting += [link.partition("#")[0] for link in Page(response.text).links]
    assert len(seen) > 40


async def test_the_years_at_a_glance(client: httpx.AsyncClient) -> None:
    text = re.sub(r"\s+", " ", (await client.get("/", headers=BROWSER)).text)
    assert "2014: 6 angemeldet, 2 ausgewählt, 2 nicht ausgewählt, 2 zurückgehalten." in text
    assert '<td class="count">6</td><td class="count">2</td>' in text
    assert "mindestens 2 Ziele</a>: 2 ausgewählt, eingehalten" in text
    assert text.count("Alle nehmen teil.") == 2
    assert "1 erreicht" in text
    assert "Kulturamt</a> (5 Ziele)" in text
    assert "20150101T000000.000000Z-aaaaaaaa" in text


async def test_style_and_icon(client: httpx.AsyncClient) -> None:
    assert (await client.get("/static/style.css")).headers["content-type"] == "text/css; charset=utf-8"
    assert (await client.get("/favicon.ico")).headers["content-type"] == "image/svg+xml"
    assert (await client.get("/static/nothing")).status_code == 404


async def test_without_a_release_only_the_process_lives(tmp_path: Path, serving: Serving) -> None:
    async with serving(Settings(published=tmp_path)) as client:
        assert (await client.get("/health/live")).status_code == 200
        for address in (
            "/",
            "/health/ready",
            "/sparql",
            "/datasets/",
            "/doc/goal/x",
            "/queries/goals-by-year",
        ):
            response = await client.get(address)
            assert response.status_code == 503, address
            assert response.json()["type"].endswith("#no-release")
            assert response.headers["retry-after"] == "60"
            page = await client.get(address, headers=BROWSER)
            assert page.status_code == 503
            assert str(tmp_path) not in page.text + response.text


async def test_health(client: httpx.AsyncClient) -> None:
    assert (await client.get("/health/ready")).json()["status"] == "ready"


def test_a_year_without_goals_draws_no_bar() -> None:
    from api.charts import years_chart

    empty = YearCounts(year=2013, submitted=0, selected=0, held_back=0, released=0, product_groups=0)
    chart = years_chart([empty])
    assert chart.bars[0].segments == ()
    assert years_chart([]).bars == ()


async def test_the_editor_is_served_where_it_is_installed(client: httpx.AsyncClient) -> None:
    for address in EDITOR:
        status = (await client.get(address)).status_code
        assert status == (200 if has_editor() or address == "/static/editor.js" else 404)
    for address in ("/static/editor/package.json", "/static/editor/..%2F..%2Fpackage.json", "/static/x"):
        assert (await client.get(address)).status_code == 404


async def test_pages_of_a_fixed_release_stay_in_it(client: httpx.AsyncClient) -> None:
    folder = f"/releases/{RELEASE}"
    for address in (
        "/",
        "/doc/goal/2014-kulturamt-01.html",
        "/queries",
        "/sparql?query=ASK%20{}",
        "/datasets/",
        "/catalog",
        "/doc/dataset/goals/2014",
    ):
        response = await client.get(folder + address, headers=BROWSER)
        assert response.status_code == 200
        assert "Fester Stand" in response.text
        links = [link for link in Page(response.text).links if link.startswith("/")]
        outside = {link for link in links if not link.startswith(folder)}
        assert not {link for link in outside if link.startswith(("/id/", "/doc/", "/queries", "/datasets"))}
        for link in links:
            if link.startswith(folder):
                assert (await client.get(link, headers=BROWSER)).status_code == 200, link
    assert (await client.get("/releases/nothing/sparql", headers=BROWSER)).status_code == 404


async def test_a_question_can_be_cited_with_its_answer(client: httpx.AsyncClient) -> None:
    page = await client.get("/queries/goals-by-year?year=2014", headers=BROWSER)
    (cited,) = [link for link in Page(page.text).links if link.startswith("/releases/")]
    assert cited == f"/releases/{RELEASE}/queries/goals-by-year?year=2014"
    answer = await client.get(cited, headers={"accept": "text/csv"})
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.text == (await client.get("/queries/goals-by-year?year=2014&format=csv")).text


@pytest.mark.parametrize(
    ("language", "days"), [("de", ("31.12.2014", "02.12.2013")), ("en", ("2014-12-31", "2013-12-02"))]
)
async def test_a_goal_tells_days_as_its_readers_write_them(
    client: httpx.AsyncClient, language: str, days: tuple[str, ...]
) -> None:
    page = (await client.get(f"/doc/goal/2014-kulturamt-01.html?lang={language}")).text
    for day in days:
        assert f">{day}</a>" in page
