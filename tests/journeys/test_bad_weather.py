"""Texts that nobody wants, through every format of a release: each is valid for a reader others wrote."""

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import extruct
import feedparser
import frictionless
import openpyxl
import polars as pl
import pyoxigraph as ox
import pytest
import xmlschema
from csvw import CSVW
from rdflib import Graph
from rdflib.namespace import DCTERMS

from ontology.contract import CSVW_SUFFIX, current_release
from ontology.csvtext import arm
from pipeline.refresh import Refresh
from tests.api.test_pages import BROWSER
from tests.api.test_pages import Page as Shown
from tests.city import CATALOGUE, ORGANISATION, PLAN, SampleCity, decision, goal, progress
from tests.csvw import processor
from tests.first import first_release
from tests.journeys.browser import CHROMIUM, browsing
from tests.journeys.house import Server, environment, serving

pytestmark = [
    pytest.mark.journey,
    # rdflib's own reader of JSON-LD uses what rdflib deprecates
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning"),
]

MARKUP = (
    "</script><script>document.title='x'</script> \"so\" „Ü“ <img src=x onerror=alert(1)> & ]]> --> "
    "🏛👩🏽‍🚀 \\ \t{{7*7}} ${x} %s"
)
WORD = "Ä" * 5_000
LINES = 'Erst dies,\n- dann <b>das</b>\n- und ;"jenes"'
FORMULA = '=HYPERLINK("http://x.example";"y")'
TITLES = {"01": f"{MARKUP} neu", "02": f"{WORD}!", "03": FORMULA, "04": LINES, "05": "🏛"}
RDFLIB = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
PAGES = (
    *("/", "/catalog", "/datasets/", "/diff", "/ldes", "/ldes/1", "/event/1", "/quality", "/queries"),
    *(f"/doc/dataset/{key}" for key in ("all", "goals", "goals/2014", "decisions", "progress", "plan")),
    *(f"/doc/goal/2014-kulturamt-{number}" for number in TITLES),
    *("/doc/department/kulturamt", "/doc/budget-year/2014", "/queries/decisions-by-year"),
)


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> SampleCity:
    """A city whose name, catalogue, plan, goals, decisions and reports have such texts; published twice."""
    city = SampleCity(tmp_path_factory.mktemp("weather"))
    named = {**ORGANISATION["city"], "name": f"Musterstadt {MARKUP}"}  # type: ignore[dict-item]  # a mapping
    city.write_yaml("organisation.yaml", ORGANISATION | {"city": named})
    words = {"title": {"de": f"Ziele {MARKUP}", "en": WORD}, "description": {"de": MARKUP + WORD, "en": WORD}}
    city.write_yaml("catalogue.yaml", CATALOGUE | words)
    city.write_yaml("plans/plan-2012.yaml", PLAN | {"title": f"Plan {MARKUP}"})
    city.submit(2014, "kulturamt", *(goal(int(number)) for number in TITLES))
    city.decide(2014, decision("2014-kulturamt-01"))
    first_release(city)
    odd = {"description": MARKUP, "indicator": MARKUP, "unit": MARKUP, "target_group": MARKUP, "note": LINES}
    city.submit(2014, "kulturamt", *(goal(int(number), title=TITLES[number], **odd) for number in TITLES))
    city.decide(
        2014,
        decision("2014-kulturamt-01", reason=MARKUP, paper=MARKUP),
        decision("2014-kulturamt-02", "nicht berücksichtigt", reason=WORD),
    )
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", note=f"{MARKUP}{WORD}"))
    Refresh(city.settings).run()
    return city


@pytest.fixture(scope="module")
def release(city: SampleCity) -> Path:
    return current_release(city.published)


@pytest.fixture(scope="module")
def server(city: SampleCity) -> Iterator[Server]:
    with serving(environment(city.raw, city.published, client_requests=0)) as running:
        yield running


def titles_in(graph: Graph) -> set[str]:
    return {str(title) for title in graph.objects(None, DCTERMS.title)}


@pytest.mark.parametrize("suffix", RDFLIB)
def test_rdf_of_every_kind(server: Server, suffix: str) -> None:
    wanted = {f"/doc/goal/2014-kulturamt-{number}": title for number, title in TITLES.items()}
    wanted |= {"/catalog": f"Ziele {MARKUP}", "/datasets/catalog/catalog": WORD, "/ldes/1": TITLES["02"]}
    if suffix != "rdf":
        wanted["/datasets/rdf/goals-2014"] = TITLES["01"]
    for address, title in wanted.items():
        if address.startswith("/ldes"):  # no suffixes, and no RDF/XML
            answer = server.get(address, Accept="text/turtle")
            graph = Graph().parse(data=answer.content, format="turtle")
        else:
            graph = Graph().parse(data=server.get(f"{address}.{suffix}").content, format=RDFLIB[suffix])
        assert title in titles_in(graph), address


def test_tables(release: Path) -> None:
    for_people = pl.read_csv(release / "csv/goals-2014.csv", infer_schema=False)["title"]
    assert [arm(title) for title in for_people] == list(TITLES.values())
    for path in ("parquet/goals.parquet", "parquet/goals-2014.parquet"):
        assert pl.read_parquet(release / path)["title"].to_list() == list(TITLES.values())
    sheet = openpyxl.load_workbook(release / "xlsx/goals-2014.xlsx").worksheets[0]
    header = [cell.value for cell in sheet[1]]
    cells = [row[header.index("Ziel")] for row in sheet.iter_rows(min_row=2)]
    assert [cell.value for cell in cells] == list(TITLES.values())
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_is_said_of_tables(release: Path) -> None:
    for path in sorted((release / "csv").glob("*.csv")):
        assert CSVW(f"{path}{CSVW_SUFFIX}", validate=True).is_valid, path.name


@pytest.mark.parametrize("name", ["goals-2014", "decisions"])
def test_what_is_said_of_tables_is_found_from_their_address(server: Server, name: str) -> None:
    found = CSVW(str(server.client.base_url.join(f"/datasets/csv/{name}.csv")), validate=True)
    assert found.is_valid
    assert "dc:license" in found.tables[0].common_props


@pytest.mark.skipif(not processor.INSTALLED, reason="the CSVW processor is not installed (make test does)")
def test_tables_as_triples(city: SampleCity, release: Path, tmp_path: Path) -> None:
    dump = gzip.decompress((release / "dump/stadtziele.nt.gz").read_bytes())
    known = {quad.triple for quad in ox.parse(dump, ox.RdfFormat.N_TRIPLES)}
    for name in ("goals-2014", "decisions-2014", "progress-2014", "plan"):
        for table in processor.described(release, name):
            made = processor.triples(table, release, tmp_path, city.settings.base_iri)
            assert made, name
            assert made <= known, name


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # it leaves packed files open
def test_the_data_package(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(release)
    content = json.loads(Path("datapackage.json").read_bytes())
    content["resources"] = [r for r in content["resources"] if r["format"] != "parquet"]  # needs an extra
    assert content["contributors"][0]["title"] == f"Musterstadt {MARKUP}"
    report = frictionless.Package.from_descriptor(content).validate()
    assert report.valid, report.flatten(["name", "message"])


def test_the_feed(server: Server) -> None:
    parsed = feedparser.parse(server.get("/feed.atom").content, sanitize_html=False)
    assert not parsed.bozo
    assert parsed.feed.title.startswith("Musterstadt </script>")
    for entry in parsed.entries:
        content = Shown(entry.content[0].value)
        assert (content.open, content.loaded, content.inline) == ([], [], [])
        assert all(link.startswith("http://127.0.0.1:") for link in content.links)


def test_stratml(release: Path) -> None:
    schema = xmlschema.XMLSchema(str(Path(__file__).parents[1] / "pipeline/exports/stratml.xsd"))
    path = release / "stratml/goals-2014.stratml.xml"
    schema.validate(str(path))
    names = {node.text for node in ET.parse(path).iter() if node.tag.endswith("}Name")}  # noqa: S314 - our own
    assert set(TITLES.values()) <= names


def test_search_engines(server: Server) -> None:
    described = schema_org(server, "/catalog")
    assert described["name"] == f"Ziele {MARKUP}"
    assert described["description"] == f"{MARKUP}{WORD}"[:4_999] + "…"
    assert schema_org(server, "/doc/dataset/goals/2014")["publisher"]["name"] == f"Musterstadt {MARKUP}"
    listed = ET.fromstring(server.get("/sitemap.xml").content)  # noqa: S314 - our own
    assert len(listed) > len(TITLES)


def schema_org(server: Server, address: str) -> dict[str, Any]:
    page = server.get(address, **BROWSER_HEADERS).text
    (found,) = extruct.extract(page, syntaxes=["json-ld"])["json-ld"]
    assert isinstance(found, dict)
    return found


BROWSER_HEADERS = {name.capitalize().replace("-", "_"): value for name, value in BROWSER.items()}


@pytest.mark.parametrize("address", PAGES)
def test_pages_hold_markup_as_text(server: Server, address: str) -> None:
    answer = server.get(address, **BROWSER_HEADERS)
    assert answer.status_code == 200
    found = Shown(answer.text)
    assert (found.open, found.inline) == ([], [])
    assert all(loaded.startswith("/static/") for loaded in found.loaded)
    assert not [link for link in found.links if link.startswith("javascript:")]


@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
@pytest.mark.parametrize("width", [390, 1280])
def test_pages_keep_to_the_screen(server: Server, tmp_path: Path, width: int) -> None:
    address = str(server.client.base_url).rstrip("/")
    with browsing(tmp_path / "profile") as page:
        page.screen(width)
        for path in PAGES:
            page.open(f"{address}{path}")
            assert page.value("document.documentElement.scrollWidth") <= width, path
            assert page.value("document.title") != "x", path
        assert page.complaints == []
