"""The endpoint as strangers use it: with clients that others wrote, with curl, and in a browser."""

import csv
import io
import json
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, POST, TURTLE, XML, SPARQLWrapper

from api.routes.static import has_editor
from tests.city import SampleCity, decision, goal
from tests.journeys.browser import CHROMIUM, browsing
from tests.journeys.house import Server, served

pytestmark = pytest.mark.journey

SZ = "https://w3id.org/stadtziele/ns#"
GOALS = f"PREFIX sz: <{SZ}> SELECT ?goal ?year {{ ?goal a sz:Goal ; sz:year ?year }} ORDER BY ?goal"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    city = SampleCity(tmp_path_factory.mktemp("query-clients"))
    city.submit(2014, "kulturamt", goal(1), goal(2, title="Ein <b>Ziel</b> & mehr"))
    city.decide(2014, decision("2014-kulturamt-01"), decision("2014-kulturamt-02", "nicht berücksichtigt"))
    with served(city) as running:
        yield running


def address_of(server: Server) -> str:
    return str(server.client.base_url).rstrip("/")


def asked(server: Server, query: str, form: str, method: str = GET) -> Any:
    client = SPARQLWrapper(f"{address_of(server)}/sparql")
    client.setQuery(query)
    client.setReturnFormat(form)
    client.setMethod(method)
    return client.queryAndConvert()


def test_sparqlwrapper(server: Server) -> None:
    as_json = asked(server, GOALS, JSON)
    assert len(as_json["results"]["bindings"]) == 2
    assert asked(server, GOALS, JSON, POST) == as_json
    rows = list(csv.reader(io.StringIO(asked(server, GOALS, CSV).decode())))
    assert rows[0] == ["goal", "year"]
    assert asked(server, GOALS, XML).getElementsByTagName("result").length == 2
    described = asked(server, f"DESCRIBE ?goal {{ ?goal a <{SZ}Goal> }}", TURTLE)
    assert len(set(Graph().parse(data=described, format="turtle").subjects())) == 2


def test_rdflib_as_a_client(server: Server) -> None:
    store = SPARQLStore(address_of(server) + "/sparql", method="POST")
    graph = Graph(store)
    assert len(list(graph.query(GOALS))) == 2
    kind = URIRef("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    assert len(list(graph.subjects(kind, URIRef(f"{SZ}Goal")))) == 2


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not installed")
def test_curl(server: Server) -> None:
    address = address_of(server) + "/sparql"

    def curl(*options: str) -> str:
        command = ["curl", "--silent", "--show-error", "--include", *options]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=30).stdout

    assert "HTTP/1.1 200" in curl("--get", "--data-urlencode", f"query={GOALS}", address)
    assert "text/csv" in curl("-H", "Accept: text/csv", "--data-urlencode", f"query={GOALS}", address)
    head = curl("--head", "--get", "--data-urlencode", f"query={GOALS}", address)
    assert "content-length" in head.lower()
    assert "2014-kulturamt" not in head
    assert "allow: GET, POST, HEAD, OPTIONS" in curl("--request", "DELETE", address)
    assert "HTTP/1.1 204" in curl("--request", "OPTIONS", address)
    preflight = ("-H", "Origin: https://portal.example", "-H", "Access-Control-Request-Method: POST")
    assert "access-control-allow-origin: *" in curl("--request", "OPTIONS", *preflight, address)
    assert (
        "access-control-allow-credentials"
        not in curl("-H", "Origin: https://portal.example", address).lower()
    )
    description = curl("-H", "Accept: text/turtle", address)
    assert "@prefix sd: <http://www.w3.org/ns/sparql-service-description#> ." in description
    assert "a sd:Service" in description
    long = "SELECT * { ?s ?p ?o } #" + "ä" * 32_000
    assert "HTTP/1.1 200" in curl(
        "-H", "Content-Type: application/sparql-query", "--data-binary", long, address
    )


@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
@pytest.mark.skipif(not has_editor(), reason="the editor is not installed (api/editor/install.sh)")
def test_the_editor_in_a_browser(server: Server, tmp_path: Path) -> None:
    address = address_of(server)
    with browsing(tmp_path / "profile") as page:
        page.open(f"{address}/sparql")
        page.wait("document.querySelectorAll('.CodeMirror').length === 1")
        page.value(f"document.querySelector('.CodeMirror').CodeMirror.setValue({json.dumps(GOALS)})")
        page.value("document.querySelector('main form button').click()")
        page.wait("document.querySelectorAll('#main tbody tr').length === 2")
        assert page.value("document.querySelector('.CodeMirror').CodeMirror.getValue()") == GOALS
        assert (
            page.value("document.querySelector('tbody a').getAttribute('href')")
            == "/id/goal/2014-kulturamt-01"
        )
        assert "format=html" in page.value("location.search")
        loaded = page.value("JSON.stringify(performance.getEntriesByType('resource').map(e => e.name))")
        assert all(name.startswith(address) for name in json.loads(loaded))
        links = page.value("JSON.stringify([...document.querySelectorAll('#main a')].map(a => a.href))")
        for link in json.loads(links):
            assert server.client.get(link).status_code in {200, 303}, link
        page.value("document.querySelector('.CodeMirror').CodeMirror.setValue('SELECT nonsense')")
        page.value("document.querySelector('main form button').click()")
        page.wait("document.body.innerText.includes('column')")
        assert page.value("Boolean(document.activeElement)")


@pytest.mark.skipif(CHROMIUM is None, reason="Debian's chromium is not installed")
def test_the_plain_form_works_without_scripts(server: Server, tmp_path: Path) -> None:
    with browsing(tmp_path / "profile", scripts=False) as page:
        page.open(address_of(server) + "/sparql")
        assert page.value("getComputedStyle(document.getElementById('query')).display") != "none"
        page.value("document.querySelector('main form').submit()")
        page.wait("document.querySelectorAll('#main tbody tr').length === 2")
        time.sleep(0.1)
        assert "2014-kulturamt-01" in page.text()
