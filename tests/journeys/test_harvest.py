"""Portals harvest the catalogue of a running server, the way each of the three harvesters does."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from requests.utils import parse_header_links

from ontology.catalogue import CATALOG, Catalogue, entry_file, read_catalogue
from ontology.contract import MANIFEST, current_release
from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress
from tests.journeys.harvesters import DCAT, FORMATS, Ckan, GovData, Harvester, Piveau, closure
from tests.journeys.house import Server, environment, served, serving

pytestmark = pytest.mark.journey

PAGE = 3
SPDX = Namespace("http://spdx.org/rdf/terms#")
HARVESTERS: dict[str, Callable[[httpx.Client], Harvester]] = {
    "ckan": Ckan,
    "govdata": GovData,
    "piveau": Piveau,
    "piveau, RDF/XML": lambda client: Piveau(client, "application/rdf+xml"),
}
EVERYWHERE = {"CSV", "PARQUET", "JSON_LD", "RDF_TURTLE", "RDF_N_TRIPLES"}
"""What every dataset comes as."""
PATHS = ("/catalog", "/catalog.ttl", "/catalog.rdf", "/catalog.jsonld", "/catalog.nt")


@contextmanager
def harvested(city: SampleCity) -> Iterator[Server]:
    """Run a server of a city with three budget years, a page of the catalogue being small."""
    for year in (2013, 2014, 2015):
        city.submit(year, "kulturamt", goal(1), goal(2))
    city.decide(2014, decision("2014-kulturamt-01"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01"))
    with served(city, catalog_page=PAGE, client_requests=0) as running:
        yield running


@pytest.fixture
def server(city: SampleCity) -> Iterator[Server]:
    """The server of a city of which something will change."""
    with harvested(city) as running:
        yield running


@pytest.fixture(scope="module")
def still(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[SampleCity, Server]]:
    """A city of which nothing changes, and its server."""
    city = SampleCity(tmp_path_factory.mktemp("still"))
    with harvested(city) as running:
        yield city, running


def catalogue(city: SampleCity) -> Catalogue:
    found = read_catalogue(current_release(city.published))
    assert found is not None
    return found


def dataset(city: SampleCity, key: str) -> str:
    return f"{city.settings.base_iri}dataset/{key}"


def told(city: SampleCity) -> dict[str, frozenset[tuple[object, object, object]]]:
    """Return what the release says of each dataset, read from its files."""
    folder = current_release(city.published)
    found = {}
    for entry in catalogue(city).datasets:
        iri = dataset(city, entry.key)
        graph = Graph().parse(folder / entry_file(entry.key), format="nt")
        reached = closure(graph, URIRef(iri))
        links = {t for t in graph if t[2] == URIRef(iri) and t not in reached}
        assert set(graph) == reached | links  # nothing that cannot be reached but what leads there
        found[iri] = reached
    return found


@pytest.mark.parametrize(
    ("name", "path"), [*((name, "/catalog") for name in HARVESTERS), *(("ckan", path) for path in PATHS[1:])]
)
def test_everything_arrives_and_a_second_run_changes_nothing(
    still: tuple[SampleCity, Server], name: str, path: str
) -> None:
    city, server = still
    harvester = HARVESTERS[name](server.client)
    first = harvester.run(path)
    assert first.error is None
    assert first.added == {dataset(city, entry.key) for entry in catalogue(city).datasets}
    assert harvester.pages == 3
    assert harvester.portal == told(city)
    for entry in catalogue(city).datasets:
        record = harvester.portal[dataset(city, entry.key)]
        files = {str(o) for _, p, o in record if str(p).endswith("#downloadURL")}
        assert files == {f"{city.settings.base_iri}datasets/{item.path}" for item in entry.distributions}
        assert {item.format for item in entry.distributions} >= EVERYWHERE
    again = harvester.run(path)
    assert (again.added, again.changed, again.deleted, again.error) == (set(), set(), set(), None)
    assert not Refresh(city.settings).run().is_new


def test_one_changed_year_changes_one_year_and_the_whole(city: SampleCity, server: Server) -> None:
    harvesters = [make(server.client) for make in HARVESTERS.values()]
    for harvester in harvesters:
        harvester.run("/catalog")
    before = {entry.key: entry.modified for entry in catalogue(city).datasets}
    city.submit(2014, "kulturamt", goal(1, title="Anders gesagt"), goal(2))
    Refresh(city.settings).run()
    for harvester in harvesters:
        report = harvester.run("/catalog")
        assert report.changed == {dataset(city, "goals/2014"), dataset(city, "all")}
        assert (report.added, report.deleted, report.error) == (set(), set(), None)
    after = {entry.key: entry.modified for entry in catalogue(city).datasets}
    assert {key for key in after if after[key] != before[key]} == {"goals/2014", "all"}


def test_what_is_said_of_a_dataset_changes_its_date_too(city: SampleCity, server: Server) -> None:
    harvester = Ckan(server.client)
    harvester.run("/catalog")
    text = (city.raw / "catalogue.yaml").read_text(encoding="utf-8")
    city.write(
        "catalogue.yaml", text.replace("attribution: Musterstadt", "attribution: Stadt Muster").encode()
    )
    Refresh(city.settings).run()
    report = harvester.run("/catalog")
    assert report.changed == {dataset(city, entry.key) for entry in catalogue(city).datasets}


@pytest.mark.parametrize("name", HARVESTERS)
def test_one_removed_dataset_is_one_deletion(city: SampleCity, server: Server, name: str) -> None:
    harvester = HARVESTERS[name](server.client)
    harvester.run("/catalog")
    folder = current_release(city.published)
    found = catalogue(city)
    rest = tuple(entry for entry in found.datasets if entry.key != "progress")
    _publish_copy(folder, found.model_copy(update={"datasets": rest}))
    report = harvester.run("/catalog")
    assert report.deleted == {dataset(city, "progress")}
    assert (report.added, report.changed, report.error) == (set(), set(), None)


@pytest.mark.parametrize("name", HARVESTERS)
def test_a_broken_page_deletes_nothing(city: SampleCity, server: Server, name: str) -> None:
    harvester = HARVESTERS[name](server.client)
    harvester.run("/catalog")
    known = harvester.portal
    last = catalogue(city).datasets[-1]
    path = current_release(city.published) / entry_file(last.key)
    whole = path.read_bytes()
    cut = b"".join(whole.splitlines(keepends=True)[:3])
    for damage in (b"<broken", b"", cut, None):
        path.unlink()
        if damage is not None:
            path.write_bytes(damage)
        report = harvester.run("/catalog")
        assert report.error is not None
        assert report.deleted == set()
        assert harvester.portal == known
        answer = server.get("/catalog.ttl?page=3")
        assert answer.status_code == 503
        assert answer.headers["Retry-After"]
    path.write_bytes(whole)
    assert harvester.run("/catalog").error is None


def test_a_switch_in_the_midst_of_a_crawl_is_not_noticed(city: SampleCity, server: Server) -> None:
    harvester = Ckan(server.client)
    release = current_release(city.published).name
    pages = harvester.graphs("/catalog.ttl")
    graphs = [next(pages)]
    city.submit(2016, "kulturamt", goal(1))
    city.submit(2014, "kulturamt", goal(1))
    assert Refresh(city.settings).run().is_new
    graphs += list(pages)
    seen = {
        str(node)
        for graph in graphs
        for node in graph.subjects(None, URIRef("http://www.w3.org/ns/dcat#Dataset"))
    }
    assert dataset(city, "goals/2016") not in seen
    assert len(seen) == 9
    assert server.get(f"/releases/{release}/catalog.ttl?page=2").headers["X-Release"] == release
    assert dataset(city, "goals/2016") in Ckan(server.client).run("/catalog.ttl").added


def test_head_and_get_say_the_same_and_every_file_is_what_it_is_told_to_be(
    still: tuple[SampleCity, Server],
) -> None:
    city, server = still
    graphs = list(Ckan(server.client).graphs("/catalog"))
    pages = [*PATHS, *(f"{path}?page=2" for path in PATHS)]
    for url in pages:
        got, head = server.client.get(url), server.client.head(url)
        assert got.status_code == head.status_code == 200
        for header in ("content-type", "content-length", "etag", "last-modified", "vary"):
            assert got.headers[header] == head.headers[header], (url, header)
        assert server.get(url, If_None_Match=got.headers["etag"]).status_code == 304
    base = city.settings.base_iri
    files = [row for graph in graphs for row in _files(graph)]
    assert len(files) > 20
    for address, size, checksum in files:
        path = "/" + address.removeprefix(base)
        got = server.get(path, Accept_Encoding="identity")
        assert got.status_code == server.client.head(path).status_code == 200
        assert (len(got.content), hashlib.sha256(got.content).hexdigest()) == (size, checksum)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")
@pytest.mark.parametrize("path", [*PATHS[1:], *(f"/datasets/catalog{path}" for path in PATHS[1:])])
def test_the_german_text_comes_first(still: tuple[SampleCity, Server], path: str) -> None:
    """Some portals take the first text there is, whatever its language."""
    _, server = still
    answer = server.get(path)
    graph = Graph().parse(
        data=answer.content, format=FORMATS[answer.headers["content-type"].partition(";")[0]]
    )
    texts = [
        [value.language for value in graph.objects(*node) if isinstance(value, Literal) and value.language]
        for node in {(subject, predicate) for subject, predicate, _ in graph}
    ]
    assert any(len(set(languages)) > 1 for languages in texts)
    assert all(languages == sorted(languages) for languages in texts)
    assert {languages[0] for languages in texts if languages} == {"de"}


def test_every_address_in_the_catalogue_answers(still: tuple[SampleCity, Server]) -> None:
    city, server = still
    base = city.settings.base_iri
    names = ("accessURL", "downloadURL", "endpointURL", "endpointDescription", "landingPage")
    asked = {
        (name, str(address))
        for graph in Ckan(server.client).graphs("/catalog")
        for name in names
        for address in graph.objects(None, DCAT[name])
        if str(address).startswith(base)
    }
    assert {name for name, _ in asked} == set(names)
    assert ("endpointURL", f"{base}api") in asked
    for name, address in sorted(asked):
        answer = server.client.get("/" + address.removeprefix(base), follow_redirects=True)
        assert answer.status_code == 200, (name, address)


def test_the_whole_catalogue_is_linked_as_one_file(still: tuple[SampleCity, Server]) -> None:
    city, server = still
    release = current_release(city.published).name
    for path in (*PATHS, "/catalog?page=2", f"/releases/{release}/catalog"):
        answer = server.get(path)
        folder = path.partition("/catalog")[0]
        kind = answer.headers["content-type"].partition(";")[0]
        (link,) = [
            link
            for link in parse_header_links(answer.headers["link"])
            if link["url"].startswith(f"{folder}/datasets/catalog/catalog.")
        ]
        assert (link["rel"], link["type"]) == ("alternate", kind)
        whole = server.get(link["url"], Accept_Encoding="gzip")
        assert whole.headers["content-encoding"] == "gzip"
        assert whole.headers["content-type"].partition(";")[0] == kind
        form = ox.RdfFormat.from_media_type(kind)
        found = {
            quad.subject.value
            for quad in ox.parse(whole.content, form)
            if quad.object == ox.NamedNode(str(DCAT.Dataset)) and isinstance(quad.subject, ox.NamedNode)
        }
        assert found == {dataset(city, entry.key) for entry in catalogue(city).datasets}


def _files(graph: Graph) -> Iterator[tuple[str, int, str]]:
    """Yield address, size and SHA-256 of each file that a page tells of."""
    for item, address in graph.subject_objects(DCAT.downloadURL):
        size = graph.value(item, DCAT.byteSize)
        checksum = graph.value(graph.value(item, SPDX.checksum), SPDX.checksumValue)
        yield str(address), int(str(size)), str(checksum).lower()


def test_there_is_no_empty_catalogue(city: SampleCity) -> None:
    with serving(environment(city.raw, city.published)) as server:
        for path in PATHS:
            answer = server.get(path)
            assert answer.status_code == 503
            assert answer.headers["Retry-After"]
            assert answer.headers["content-type"] == "application/problem+json"
        assert Ckan(server.client).run("/catalog").error is not None
        city.submit(2014, "kulturamt", goal(1))
        Refresh(city.settings).run()
        assert Ckan(server.client).run("/catalog").error is None
        folder = current_release(city.published)
        _publish_copy(folder, catalogue(city).model_copy(update={"datasets": ()}))
        assert server.get("/catalog").status_code == 503


def test_a_host_that_is_none_gets_into_no_page(still: tuple[SampleCity, Server]) -> None:
    _, server = still
    answer = server.get("/catalog?page=2", Host='a"><script>')
    assert "<script" not in answer.text
    assert "<script" not in answer.headers["Link"]


def _publish_copy(folder: Path, changed: Catalogue) -> None:
    """Switch to a release that is like another one but for its catalogue."""
    copy = folder.with_name(f"{folder.name}-copy")
    shutil.copytree(folder, copy)
    content = changed.model_dump_json().encode()
    (copy / CATALOG).write_bytes(content)
    manifest = json.loads((copy / MANIFEST).read_bytes())
    (told,) = (output for output in manifest["outputs"] if output["path"] == CATALOG)
    told |= {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    (copy / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    link = folder.parent.parent / "current"
    link.unlink()
    link.symlink_to(f"releases/{copy.name}")
