"""The pages of datasets: what people read, and what becomes of a page with its dataset."""

import itertools
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlencode

import extruct
import httpx
import pytest
from requests.utils import parse_header_links

from api.formatting import file_format, size
from api.landing.examples import example_of
from api.landing.preview import LETTERS, read_preview
from ontology.catalogue import Catalogue, Change, Dataset, Kind, Text
from ontology.columns import TABLES
from ontology.contract import RELEASES
from ontology.settings import Settings
from tests.api.catalogues import FACTS, ISSUED, catalogue_of, dataset_of, file_of, usual_catalogue
from tests.api.conftest import Serving
from tests.api.releases import BASE, CSV, RELEASE, add_file, switch, write_release
from tests.api.test_pages import BROWSER, Page
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

PATH = "/doc/dataset/goals/2014"
LATER = "20150301T000000.000000Z-bbbbbbbb"
MIDDLE = "20150201T000000.000000Z-cccccccc"
NASTY = "</script><img src=x onerror=alert(1)> \"Zitat\" 'einfach' & 🏛️ <b>" + "ü" * 5_000


async def page(client: httpx.AsyncClient, address: str, **headers: str) -> str:
    response = await client.get(address, headers=BROWSER | headers)
    assert response.status_code == 200, response.text
    return re.sub(r"\s+", " ", response.text)


async def test_a_page_tells_what_people_want_to_know(client: httpx.AsyncClient) -> None:
    text = await page(client, PATH)
    for words in (
        "<h1>Datensatz goals 2014</h1>",
        "<p>Was die Ämter der Musterstadt sich vorgenommen haben.</p>",
        "Für alle, die wissen wollen",
        "<dt>Umfang</dt><dd>4 Zeilen</dd>",
        "01.01.2014</time> bis",
        "Berichtigungen und neue Sachstände",
        f'<a href="/datasets/csv/goals-2014.csv" download>Tabelle (CSV)</a><br><span class="quiet">'
        f'goals-2014.csv</span></th><td class="long">Für Tabellenprogramme &amp; mehr.</td>'
        f'<td class="count">{len(CSV)} Byte</td><td class="count">4</td>',
        '<a href="/id/goal/2014-kulturamt-01">2014-kulturamt-01</a>',
        '<th scope="col">Kennung</th>',
        "Nennen Sie als Quelle: Musterstadt",
        '<a rel="license" href="https://www.govdata.de/dl-de/by-2-0">',
        "mailto:daten@stadt.example",
        f"Musterstadt (2015): Datensatz goals 2014. Datensatz, Stand 01.01.2015. {BASE}dataset/goals/2014. ",
        f"{BASE}releases/{RELEASE}/doc/dataset/goals/2014. Datenlizenz",
        "@misc{musterstadt-goals-2014,",
        "erschienen</td>",
        f"<details><summary>{len(TABLES['goals'].columns)} Spalten",
        "/api/goals?year_from=2014&amp;year_to=2014",
        'aria-label="nicht berücksichtigt: 2; ausgewählt: 2"',
    ):
        assert words in text, words
    english = await page(client, f"{PATH}?lang=en")
    for words in (
        "Dataset goals 2014</h1>",
        "For everybody who wants to know what a department",
        "2014-01-01</time> to",
    ):
        assert words in english, words


async def test_both_citations_can_stand_in_one_list(client: httpx.AsyncClient) -> None:
    keys = re.findall(r"@misc{([^,]*),", await page(client, PATH))
    assert len(keys) == len(set(keys)) == 2
    assert all(re.fullmatch(r"[a-z0-9-]+", key) for key in keys)


async def test_formats_have_the_names_that_people_know(client: httpx.AsyncClient) -> None:
    text = await page(client, "/catalog")
    assert ">CSV<span" in text
    assert ">Parquet<span" in text
    named = [file_format(suffix) for suffix in ("stratml.xml", "nt.gz", "trig.gz", "csv", "ttl")]
    assert named == ["StratML", "N-Triples (gzip)", "TriG (gzip)", "CSV", "Turtle"]


async def test_when_something_new_is_expected(client: httpx.AsyncClient) -> None:
    assert "<dd>Jährlich. Mit dem nächsten Haushaltsjahr;" in await page(client, "/doc/dataset/all")
    assert "<dd>Annual. With the next budget year;" in await page(client, "/doc/dataset/all?lang=en")
    assert "Jährlich" not in await page(client, PATH)


@pytest.mark.parametrize("address", [PATH, "/doc/dataset/all", "/catalog", "/doc/dataset/goals", "/"])
async def test_headings_come_in_their_order(client: httpx.AsyncClient, address: str) -> None:
    levels = [int(level) for level in re.findall(r"<h([1-6])", await page(client, address))]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


async def test_a_page_of_a_fixed_release_has_its_files(client: httpx.AsyncClient) -> None:
    text = await page(client, f"/releases/{RELEASE}{PATH}")
    assert f'href="/releases/{RELEASE}/datasets/csv/goals-2014.csv"' in text
    assert f'href="/releases/{RELEASE}/doc/goal/2014-kulturamt-01"' in text


async def test_what_programs_read_of_the_columns_is_linked(tmp_path: Path, serving: Serving) -> None:
    folder = write_release(tmp_path)
    add_file(folder, "csv/goals-2014.csv-metadata.json", b"{}", "application/csvm+json")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        for release in ("", f"/releases/{RELEASE}"):
            link = f"{release}/datasets/csv/goals-2014.csv-metadata.json"
            assert f'<a href="{link}">' in await page(client, release + PATH)


async def test_the_series_lists_its_years(client: httpx.AsyncClient) -> None:
    text = await page(client, "/doc/dataset/goals")
    assert '<a href="/doc/dataset/goals/2014">2014</a></th><td class="count">4</td>' in text
    english = await page(client, f"/releases/{RELEASE}/doc/dataset/goals?lang=en")
    assert f'href="/releases/{RELEASE}/doc/dataset/goals/2014?lang=en"' in english


async def test_other_formats_stay_what_they_are(client: httpx.AsyncClient) -> None:
    response = await client.get(PATH, headers={"accept": "text/turtle"})
    assert response.headers["content-type"] == "text/turtle; charset=utf-8"
    assert "dcat:Dataset" in response.text


@pytest.mark.parametrize("folder", ["", f"/releases/{RELEASE}"])
async def test_headers_tell_programs_what_belongs_to_it(client: httpx.AsyncClient, folder: str) -> None:
    response = await client.get(folder + PATH, headers=BROWSER)
    links = parse_header_links(response.headers["link"])

    def all_of(relation: str) -> list[str]:
        return [link["url"] for link in links if link["rel"] == relation]

    cited = f"{BASE}releases/{RELEASE}{PATH}" if folder else f"{BASE}dataset/goals/2014"
    assert all_of("cite-as") == [cited]
    assert all_of("canonical") == [f"{BASE}{PATH[1:]}"]
    assert all_of("license") == ["https://www.govdata.de/dl-de/by-2-0"]
    assert all_of("type") == ["https://schema.org/AboutPage", "https://schema.org/Dataset"]
    assert all_of("item") == [f"{folder}/datasets/csv/goals-2014.csv"]
    assert {link.get("type") for link in links if link["rel"] == "item"} == {"text/csv"}
    assert f"{folder}{PATH}.ttl" in all_of("describedby")
    assert all_of("latest-version") == ([PATH] if folder else [])
    for address in (*all_of("item"), *all_of("describedby"), *all_of("alternate")):
        assert (await client.get(address)).status_code == 200, address


async def test_an_address_that_is_not_ascii_can_stand_in_a_header(tmp_path: Path, serving: Serving) -> None:
    def catalogue(folder: Path) -> Catalogue:
        licence = FACTS.licence.model_copy(update={"url": "https://stadt.example/Ł–izenz?a=%20&b=(1)#ü"})
        facts = FACTS.model_copy(update={"licence": licence})
        return usual_catalogue(folder).model_copy(update={"facts": facts})

    write_release(tmp_path, catalogue=catalogue)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        response = await client.get(PATH, headers=BROWSER)
    assert response.links["license"]["url"] == (
        "https://stadt.example/%C5%81%E2%80%93izenz?a=%20&b=(1)#%C3%BC"
    )


@pytest.mark.parametrize(
    "kind", ["goals", "plan", "decisions", "progress", "code-lists", "statistics", "all"]
)
async def test_the_example_of_a_dataset_has_an_answer(client: httpx.AsyncClient, kind: Kind) -> None:
    dataset = dataset_of(kind, year=2014 if kind == "goals" else None)
    address = f"/sparql?{urlencode({'query': example_of(dataset, BASE)})}"
    response = await client.get(address, headers={"accept": "text/csv"})
    assert response.status_code == 200, response.text
    assert len(response.text.splitlines()) > 1


def retired(folder: Path, status: str, **changed: object) -> Dataset:
    """Return the dataset of 2014 when it is no longer kept up: with its file in the first release."""
    first = folder.parent / RELEASE
    file = file_of(first, "csv/goals-2014.csv", release=RELEASE)
    since = datetime(2015, 2, 1, tzinfo=UTC)
    changes = (
        Change(at=ISSUED, kind="new", rows=4),
        Change(at=since, kind="deprecated", rows=4, rows_before=4),
    )
    return dataset_of("goals", file, year=2014, status=status, since=since, changes=changes, **changed)


@pytest.mark.parametrize(
    ("status", "german", "english"),
    [
        ("DEPRECATED", "wird nicht mehr fortgeführt", "no longer continued"),
        ("WITHDRAWN", "ist zurückgezogen", "is withdrawn"),
    ],
)
async def test_a_retired_dataset_says_so_and_keeps_its_files(
    tmp_path: Path, serving: Serving, status: str, german: str, english: str
) -> None:
    write_release(tmp_path)
    write_release(tmp_path, LATER, catalogue=lambda folder: catalogue_of(retired(folder, status)))
    switch(tmp_path, LATER)
    async with serving(Settings(published=tmp_path)) as client:
        text = await page(client, PATH)
        assert german in text
        assert "Seit: <time" in text
        assert english in await page(client, f"{PATH}?lang=en")
        link = f"/releases/{RELEASE}/datasets/csv/goals-2014.csv"
        assert f'href="{link}"' in text
        assert (await client.get(link)).content == CSV
        assert "2014-kulturamt-01</a>" in text  # the preview comes from there too
        assert "Nächste Änderung" not in text
        assert f'href="{link}"' in await page(client, "/catalog")
        shutil.rmtree(tmp_path / RELEASES / RELEASE)
        without = await page(client, PATH)
        assert "nicht mehr vorhanden" in without
        assert link not in Page(without).links


async def test_the_reason_of_the_city_stands_on_the_page_to_the_end_and_beyond(
    tmp_path: Path, serving: Serving
) -> None:
    reason = Text(de="Steht jetzt anderswo.", en="Is elsewhere now.")
    write_release(tmp_path)
    write_release(
        tmp_path, MIDDLE, catalogue=lambda folder: catalogue_of(retired(folder, "WITHDRAWN", reason=reason))
    )
    gone = {"dataset/goals/2014": MIDDLE}
    write_release(tmp_path, LATER, gone=gone, catalogue=lambda _: catalogue_of(dataset_of("plan")))
    for release, status in ((MIDDLE, 200), (LATER, 410)):
        switch(tmp_path, release)
        async with serving(Settings(published=tmp_path)) as client:
            for language, said in (("de", reason.de), ("en", reason.en)):
                response = await client.get(f"{PATH}?lang={language}", headers=BROWSER)
                assert response.status_code == status
                assert said in response.text
                assert "enthielten ihn nicht mehr" not in response.text


async def test_a_dataset_is_gone_though_the_graph_still_has_its_cube(
    tmp_path: Path, serving: Serving
) -> None:
    statistics = dataset_of("statistics", status="WITHDRAWN")
    write_release(tmp_path, MIDDLE, catalogue=lambda _: catalogue_of(dataset_of("plan"), statistics))
    gone = {"dataset/statistics": MIDDLE}
    write_release(tmp_path, LATER, gone=gone, catalogue=lambda _: catalogue_of(dataset_of("plan")))
    switch(tmp_path, LATER)
    async with serving(Settings(published=tmp_path)) as client:
        for accept in ("text/html", "text/turtle"):
            response = await client.get("/doc/dataset/statistics", headers={"accept": accept})
            assert response.status_code == 410


async def test_a_dataset_that_is_gone_is_told_of_with_its_end(tmp_path: Path, serving: Serving) -> None:
    write_release(tmp_path)
    write_release(tmp_path, MIDDLE, catalogue=lambda folder: catalogue_of(retired(folder, "WITHDRAWN")))
    gone = {"dataset/goals/2014": MIDDLE, "dataset/goals/2014/csv": MIDDLE}
    write_release(tmp_path, LATER, gone=gone, catalogue=lambda _: catalogue_of(dataset_of("plan")))
    switch(tmp_path, LATER)
    async with serving(Settings(published=tmp_path)) as client:
        for language, words in (
            ("de", ("Diesen Datensatz gibt es nicht mehr.", "01.02.2015</time>: nicht mehr fortgeführt")),
            ("en", ("This dataset is no longer there.", "2015-02-01</time>: no longer continued")),
        ):
            response = await client.get(f"{PATH}?lang={language}", headers=BROWSER)
            assert response.status_code == 410
            assert "etag" not in response.headers
            for text in (*words, f"/releases/{MIDDLE}{PATH}", f"/releases/{RELEASE}/datasets/csv/"):
                assert text in response.text, text
            assert "application/ld+json" not in re.findall(r'<script type="([^"]+)', response.text)
        assert response.links["predecessor-version"]["url"] == f"/releases/{MIDDLE}{PATH}"
        turtle = await client.get(PATH, headers={"accept": "text/turtle"})
        assert turtle.status_code == 410
        assert "dcat:Dataset" in turtle.text
        assert (await client.get("/doc/dataset/goals/2013", headers=BROWSER)).status_code == 404
        shutil.rmtree(tmp_path / RELEASES / MIDDLE)
        for language, said in (("de", "nicht mehr veröffentlicht"), ("en", "no longer published")):
            response = await client.get(f"{PATH}?lang={language}", headers=BROWSER)
            assert response.status_code == 410
            assert said in response.text
        assert_problem(await client.get(PATH), 410, "gone")


async def test_a_release_of_old_without_a_catalogue(tmp_path: Path, serving: Serving) -> None:
    write_release(tmp_path, catalogue=None)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        front = await page(client, "/")
        assert '<a href="/datasets/">Daten</a>' in front
        assert 'href="/catalog' not in front
        assert "<h1>Kommunale Ziele</h1>" in await page(client, "/doc/dataset/all")


def nasty_catalogue(folder: Path) -> Catalogue:
    """Return a catalogue in which everything that is text holds markup."""
    usual = usual_catalogue(folder)
    text = Text(de=NASTY, en=NASTY)
    datasets = tuple(d.model_copy(update={"title": text, "description": text}) for d in usual.datasets)
    facts = usual.facts.model_copy(update={"title": text, "description": text})
    return usual.model_copy(update={"datasets": datasets, "facts": facts, "publisher": text})


@pytest.mark.parametrize("address", [PATH, "/doc/dataset/all", "/doc/dataset/goals", "/catalog", "/"])
async def test_markup_in_texts_is_text(tmp_path: Path, serving: Serving, address: str) -> None:
    write_release(tmp_path, catalogue=nasty_catalogue, city=NASTY)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        response = await client.get(address, headers=BROWSER)
    assert response.status_code == 200
    assert "<img" not in response.text
    assert "🏛" in response.text
    read = Page(response.text)
    assert read.open == []
    assert read.inline == []
    assert set(read.loaded) == {"/static/style.css", "/static/icon.svg"}


async def test_markup_in_texts_reaches_search_engines_as_it_is(tmp_path: Path, serving: Serving) -> None:
    write_release(tmp_path, catalogue=nasty_catalogue)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        for address in (PATH, "/catalog"):
            response = await client.get(address, headers=BROWSER)
            (found,) = extruct.extract(response.text, syntaxes=["json-ld"])["json-ld"]
            assert found["name"] == NASTY
            assert len(found["description"]) == 5_000


async def test_markup_in_a_table_is_text(tmp_path: Path, serving: Serving) -> None:
    folder = write_release(tmp_path)
    (folder / "csv/goals-2014.csv").write_text(f'id,title\r\n"<i>x","{"<b>" * 100}"\r\n', encoding="utf-8")
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        found = await page(client, PATH)
    assert "<b>" not in found
    assert "&lt;b&gt;" * (LETTERS // 3) in found
    assert 'href="/id/goal/%3Ci%3Ex"' in found


@pytest.mark.parametrize("content", [b"", b"\x00\xff", b"id\r\n"])
def test_a_table_that_is_none_has_no_preview(tmp_path: Path, content: bytes) -> None:
    for suffix in ("csv", "parquet"):
        path = tmp_path / f"x.{suffix}"
        path.write_bytes(content)
        shown = read_preview(path, None)
        assert shown is None or all(len(row) == len(shown.columns) for row in shown.rows)
    assert read_preview(tmp_path / "missing.parquet", None) is None


@pytest.mark.parametrize(
    ("octets", "german", "english"),
    [
        (0, "0 Byte", "0 bytes"),
        (999, "999 Byte", "999 bytes"),
        (1_000, "1,0 kB", "1.0 kB"),
        (55_135, "55,1 kB", "55.1 kB"),
        (999_999, "1000,0 kB", "1000.0 kB"),
        (1_000_000, "1,0 MB", "1.0 MB"),
        (12_345_678_901, "12,3 GB", "12.3 GB"),
        (5 * 10**15, "5000,0 TB", "5000.0 TB"),
    ],
)
def test_sizes_as_people_read_them(octets: int, german: str, english: str) -> None:
    assert (size(octets, "de"), size(octets, "en")) == (german, english)
