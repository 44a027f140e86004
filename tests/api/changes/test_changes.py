"""The event stream, the feed and the page of differences, over releases that the pipeline made."""

import re
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import feedparser
import httpx
import pyoxigraph as ox
import pytest
from rdflib import Graph

from api.releases import Releases
from ontology.contract import RELEASES, current_release
from ontology.namespaces import expand
from ontology.settings import Settings
from pipeline.events import log as events
from pipeline.refresh import Refresh
from pipeline.release.catalogue import roll_back
from tests.api.conftest import Serving
from tests.api.test_pages import BROWSER
from tests.api.test_pages import Page as Shown
from tests.city import SampleCity, decision, goal

pytestmark = pytest.mark.anyio

BASE = "https://ziele.esslingen.example/"
HOST = "http://testserver/"
ODD = "Ziel <b>\"&amp;' 🎯 " + "lang " * 200


class Made:
    """A published folder with three releases, oldest first."""

    def __init__(self, city: SampleCity) -> None:
        self.city = city
        self.ids: list[str] = []

    def publish(self) -> str:
        Refresh(self.city.settings).run()
        self.ids.append(current_release(self.city.published).name)
        return self.ids[-1]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Releases: two goals; one reworded, one new; one withdrawn, and a decision with a reason."""
    city = SampleCity(tmp_path_factory.mktemp("city"))
    made = Made(city)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(events, "PAGE_MEMBERS", 8)
        city.decide(2014, decision("2014-kulturamt-01"))
        city.submit(2014, "kulturamt", goal(1), goal(2))
        made.publish()
        city.submit(2014, "kulturamt", goal(1, title=ODD, target="60"), goal(2), goal(3))
        made.publish()
        city.submit(2014, "kulturamt", goal(1, title=ODD, target="60"), goal(3))
        city.decide(2014, decision("2014-kulturamt-01", reason="Weil <es> besser ist"))
        made.publish()
    return made


@pytest.fixture(scope="module")
async def client(made: Made, serving: Serving, anyio_backend: str) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(published=made.city.published, client_requests=0)
    async with serving(settings) as client:
        yield client


async def get(client: httpx.AsyncClient, path: str, accept: str = "*/*", **headers: str) -> httpx.Response:
    return await client.get(path, headers={"Accept": accept} | headers)


async def graph(client: httpx.AsyncClient, path: str) -> Graph:
    response = await get(client, path, "text/turtle")
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format="turtle")


def values(found: Graph, query: str) -> list[tuple[str, ...]]:
    prefixes = "\n".join(
        f"PREFIX {name}: <{expand(f'{name}:')}>"
        for name in ("ldes", "tree", "prov", "rdf", "sz", "dct", "as", "sh", "xsd")
    )
    rows = found.query(f"{prefixes}\n{query}")
    return [tuple(str(value) for value in row) for row in rows if isinstance(row, tuple)]


async def test_the_root_says_what_the_stream_is(client: httpx.AsyncClient) -> None:
    root = await graph(client, "/ldes")
    assert values(root, "SELECT ?s ?v { ?s a ldes:EventStream ; tree:view ?v }") == [
        (f"{BASE}ldes#stream", f"{HOST}ldes")
    ]
    assert values(root, "SELECT ?t ?v { ?s ldes:timestampPath ?t ; ldes:versionOfPath ?v }") == [
        (expand("prov:generatedAtTime"), expand("prov:specializationOf"))
    ]
    assert values(root, "SELECT ?o { ?s ldes:versionDeleteObject ?o }") == [(expand("as:Delete"),)]
    since = values(root, "SELECT ?t { ?view ldes:retentionPolicy/ldes:startingFrom ?t }")
    first = values(
        root,
        "SELECT ?t { ?r a tree:GreaterThanOrEqualToRelation ; tree:value ?t } ORDER BY ?t LIMIT 1",
    )
    assert since == first


async def test_pages_follow_one_another_without_gap_or_overlap(client: httpx.AsyncClient) -> None:
    root = await graph(client, "/ldes")
    query = """SELECT ?node ?value { ?r a tree:%sRelation ; tree:path prov:generatedAtTime ;
      tree:node ?node ; tree:value ?value } ORDER BY ?value"""
    since = [(row[0], row[1]) for row in values(root, query % "GreaterThanOrEqualTo")]
    until = [(row[0], row[1]) for row in values(root, query % "LessThan")]
    assert [node for node, _ in since] == [f"{HOST}ldes/{n}" for n in range(1, len(since) + 1)]
    assert until == [(since[at][0], since[at + 1][1]) for at in range(len(since) - 1)]
    for node, bound in since:
        page = await graph(client, node.removeprefix(HOST.rstrip("/")))
        times = values(page, "SELECT ?t { ?s tree:member ?m . ?m prov:generatedAtTime ?t }")
        upper = dict(until).get(node, "9999")
        assert times
        assert all(bound <= time < upper for (time,) in times), node


async def test_a_follower_gets_exactly_what_is_new(client: httpx.AsyncClient) -> None:
    found: list[tuple[str, ...]] = []
    for number in range(1, 10):
        response = await get(client, f"/ldes/{number}", "text/turtle")
        if response.status_code == 404:
            break
        found += values(
            Graph().parse(data=response.text, format="turtle"),
            """SELECT ?thing ?kind ?m { ?s tree:member ?m . ?m a ?kind ; prov:specializationOf ?thing
            FILTER (STRSTARTS(STR(?kind), STR(as:))) FILTER (CONTAINS(STR(?thing), "/goal/")) }""",
        )
    ordered = sorted(found, key=lambda row: int(row[2].rpartition("/")[2]))
    assert [(t.rpartition("-")[2], k.rpartition("#")[2]) for t, k, _ in ordered] == [
        ("01", "Create"),
        ("02", "Create"),
        ("01", "Update"),
        ("03", "Create"),
        ("02", "Update"),
    ]
    last = await graph(client, ordered[-1][2].removeprefix(BASE.rstrip("/")))
    assert values(last, "SELECT ?s { ?m sz:selectionState ?s }") == [(expand("sz:state-withdrawn"),)]


@pytest.mark.parametrize("path", ["/ldes", "/ldes/1", "/event/1"])
async def test_every_format_says_the_same(client: httpx.AsyncClient, path: str) -> None:
    expected = set(ox.parse((await get(client, path)).text, ox.RdfFormat.TURTLE))
    assert expected
    for offer in (ox.RdfFormat.JSON_LD, ox.RdfFormat.N_TRIPLES, ox.RdfFormat.N_QUADS, ox.RdfFormat.TRIG):
        response = await get(client, path, offer.media_type)
        assert response.headers["Content-Type"] == offer.media_type
        assert "Accept" in response.headers["Vary"]
        assert set(ox.parse(response.text, offer)) == expected, offer
    n3 = await get(client, path, "text/n3")
    assert n3.headers["Content-Type"] == "text/n3; charset=utf-8"
    assert set(ox.parse(n3.text, ox.RdfFormat.N3)) == expected
    assert (await get(client, path, "image/png")).status_code == 406


async def test_people_get_pages_of_the_stream(client: httpx.AsyncClient, made: Made) -> None:
    waiting, seen = ["/ldes?lang=de"], set[str]()
    while waiting:
        address = waiting.pop()
        if address in seen:
            continue
        seen.add(address)
        response = await client.get(address, headers=BROWSER, follow_redirects=True)
        assert response.status_code == 200, address
        assert response.headers["Content-Type"] == "text/html; charset=utf-8"
        assert "immutable" not in response.headers["Cache-Control"]
        found = Shown(response.text)
        assert (found.open, found.inline) == ([], [])
        links = (link.partition("#")[0] for link in found.links)
        waiting += [link for link in links if link.startswith(("/ldes", "/event/"))]
    _, log = Releases(made.city.published).longest_log()
    events = {link for link in seen if link.startswith("/event/") and "lang=de" in link}
    assert len(events) == log.members
    pages = [(await get(client, f"/ldes/{number}?lang=en", BROWSER["accept"])).text for number in (1, 2)]
    assert ">dataset/goals/2014</a> Goals of the departments" in pages[0]
    assert ">id/goal/2014-kulturamt-01</a> Erfundenes Ziel 1</td>" in pages[1]


async def test_a_page_of_a_version_tells_what_it_said(client: httpx.AsyncClient) -> None:
    pages = [
        (await get(client, f"/event/{number}?lang=en", BROWSER["accept"])).text for number in range(1, 22)
    ]
    first, later = (text for text in pages if 'goal/2014-kulturamt-01?lang=en">id/goal/' in text)
    assert ": Erfundenes Ziel 1</h1>" in first
    assert "</a>: new. This is" in first
    assert "</a>: changed. This is" in later
    assert "Ziel &lt;b&gt;" in later
    assert "<b>" not in later
    dataset = next(text for text in pages if 'dataset/goals/2014?lang=en">dataset/goals/2014</a>' in text)
    assert "datasets/csv/goals-2014.csv" in dataset
    table, rest = dataset.split("<details>")
    assert table.count('<code class="hash">') == rest.count(">SHA-256<") == 7
    reasoned = next(text for text in pages if "Weil &lt;es&gt;" in text)
    assert re.search(r"<h1>Version \d+: selected: Ziel &lt;b&gt;", reasoned)
    assert ">Gemeinderat</a>" in reasoned
    german = (await get(client, "/ldes", BROWSER["accept"])).text
    assert "Programme folgen hier den Daten" in german
    assert 'href="/ldes/1"' in german


async def test_closed_pages_may_be_kept_and_the_last_one_is_asked_for(client: httpx.AsyncClient) -> None:
    closed, root = await get(client, "/ldes/1"), await get(client, "/ldes")
    assert "immutable" in closed.headers["Cache-Control"]
    assert "ldes:immutable true" in closed.text
    last = values(await graph(client, "/ldes"), "SELECT ?node { ?r tree:node ?node } ORDER BY DESC(?node)")[
        0
    ][0]
    open_page = await get(client, last.removeprefix(HOST.rstrip("/")))
    assert "immutable" not in open_page.headers["Cache-Control"] + open_page.text.replace("sz:", "")
    for response in (closed, root, open_page):
        again = await get(client, response.request.url.path, **{"If-None-Match": response.headers["ETag"]})
        assert again.status_code == 304
    elsewhere = await get(client, "/ldes", Host="andere.example")
    assert "http://andere.example/ldes/1" in elsewhere.text
    assert f"{BASE}ldes#stream" in elsewhere.text
    assert elsewhere.headers["ETag"] != root.headers["ETag"]


async def test_every_member_is_as_its_shape_says(client: httpx.AsyncClient) -> None:
    root = await graph(client, "/ldes")
    assert values(
        root, "SELECT ?p { ?s tree:shape/sh:property/sh:path ?p FILTER (CONTAINS(STR(?p), 'prov')) }"
    )
    for number in range(1, 4):
        page = await graph(client, f"/ldes/{number}")
        for (member,) in values(page, "SELECT ?m { ?s tree:member ?m }"):
            (row,) = values(
                page,
                f"""SELECT ?v (DATATYPE(?t) AS ?d)
                {{ <{member}> prov:specializationOf ?v ; prov:generatedAtTime ?t }}""",
            )
            assert row[0].startswith(BASE)
            assert row[1] == expand("xsd:dateTime")


@pytest.mark.parametrize("path", ["/ldes/99", "/event/999", "/feed.atom?page=9"])
async def test_what_is_not_there(client: httpx.AsyncClient, path: str) -> None:
    response = await get(client, path)
    assert response.status_code == 404
    assert response.headers["Cache-Control"] == "no-store"


async def test_the_feed_is_read_by_others(client: httpx.AsyncClient, made: Made) -> None:
    response = await get(client, "/feed.atom")
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo
    assert parsed.version == "atom10"
    assert [entry.id for entry in parsed.entries] == [f"{BASE}releases/{id_}" for id_ in reversed(made.ids)]
    newest, middle, first = parsed.entries
    assert newest.title == (
        "1 Ziel zurückgezogen, 1 Entscheidung geändert / 1 goal withdrawn, 1 decision changed"
    )
    assert middle.title == "1 Ziel neu, 1 Ziel geändert / 1 goal new, 1 goal changed"
    # In the first release everything is new; one decision is the plan's own.
    assert first.title == "2 Ziele neu, 2 Entscheidungen neu / 2 goals new, 2 decisions new"
    assert "Ziele der Ämter für das Haushaltsjahr 2014" in middle.content[0].value
    assert "(2 → 3 Zeilen)" in middle.content[0].value
    assert "(2 → 3 rows)" in middle.content[0].value
    links = {link.rel: link.href for link in middle.links}
    assert links["related"] == f"{HOST}diff?from={made.ids[0]}&to={made.ids[1]}"
    assert (await client.get(links["related"])).status_code == 200
    assert (await client.get(links["alternate"])).status_code == 200
    again = await get(client, "/feed.atom", **{"If-None-Match": response.headers["ETag"]})
    assert again.status_code == 304


async def test_pages_lead_to_the_feed(client: httpx.AsyncClient) -> None:
    front = await get(client, "/", "text/html")
    assert '<link rel="alternate" type="application/atom+xml" href="/feed.atom"' in front.text


async def test_the_page_of_differences(client: httpx.AsyncClient, made: Made) -> None:
    address = f"/diff?from={made.ids[0]}&to={made.ids[2]}"
    page = (await get(client, address, "text/html")).text
    assert "Neue Ziele" in page
    assert "Zurückgezogene Ziele" in page
    assert "<td>50</td><td>60</td>" in page
    assert "Zielwert" in page
    assert "<b>" not in page
    assert "🎯" in page
    english = (await get(client, f"{address}&lang=en", "text/html")).text
    assert "Withdrawn goals" in english
    assert ">Target<" in english
    found = (await get(client, address)).json()
    goals = found["goals"]
    assert [item["id"] for item in goals["added"]["items"]] == ["2014-kulturamt-03"]
    assert [item["id"] for item in goals["withdrawn"]["items"]] == ["2014-kulturamt-02"]
    (changed,) = goals["changed"]["items"]
    assert {field["field"]: field["before"] for field in changed["fields"]} == {
        "title": "Erfundenes Ziel 1",
        "target": "50",
    }
    kinds = {dataset["key"]: dataset["kind"] for dataset in found["datasets"]}
    assert kinds["goals/2014"] == "changed"


async def test_a_decision_that_changed_is_told_field_by_field(client: httpx.AsyncClient, made: Made) -> None:
    address = f"/diff?from={made.ids[1]}&to={made.ids[2]}"
    (changed,) = (await get(client, address)).json()["decisions"]["changed"]["items"]
    (field,) = changed["fields"]
    assert (field["field"], field["after"]) == ("reason", "Weil <es> besser ist")
    assert changed["title"] == f"{ODD.strip()} – ausgewählt, Gemeinderat"
    assert (await get(client, "/" + changed["iri"].removeprefix(BASE))).status_code == 303
    page = (await get(client, f"{address}&lang=en", "text/html")).text
    assert "Changed decisions" in page
    assert "Weil &lt;es&gt; besser ist" in page
    (link,) = re.findall(r'<a href="([^"]*/doc/decision/[^"]*)"', page)
    assert (await get(client, link, "text/html")).status_code == 200
    back = (await get(client, f"/diff?from={made.ids[2]}&to={made.ids[1]}")).json()["decisions"]
    assert back["changed"]["total"] == 1


async def test_differences_back_and_to_itself(client: httpx.AsyncClient, made: Made) -> None:
    back = (await get(client, f"/diff?from={made.ids[2]}&to={made.ids[0]}")).json()["goals"]
    assert [item["id"] for item in back["withdrawn"]["items"]] == ["2014-kulturamt-03"]
    assert [item["id"] for item in back["restored"]["items"]] == ["2014-kulturamt-02"]
    same = await get(client, f"/diff?from={made.ids[0]}&to={made.ids[0]}", "text/html")
    assert "Kein Ziel hat sich geändert." in same.text


@pytest.mark.parametrize(
    ("query", "status"),
    [("limit=0", 422), ("limit=1001", 422), ("from=nix", 404), ("to=..%2F..", 404), ("from=a&from=b", 400)],
)
async def test_differences_of_what_is_not_there(client: httpx.AsyncClient, query: str, status: int) -> None:
    assert (await get(client, f"/diff?{query}")).status_code == status


async def test_without_parameters_the_last_two_are_compared(client: httpx.AsyncClient, made: Made) -> None:
    found = (await get(client, "/diff")).json()
    assert (found["from"]["release"], found["to"]["release"]) == (made.ids[1], made.ids[2])
    first = await get(client, f"/diff?to={made.ids[0]}", "text/html")
    assert "keine, mit der man sie vergleichen" in first.text
    assert (await get(client, f"/diff?to={made.ids[0]}")).status_code == 404


async def test_going_back_and_losing_releases(made: Made, serving: Serving, tmp_path: Path) -> None:
    """The stream and the feed stay what they were; links to what is gone are left out."""
    published = tmp_path / "published"
    shutil.copytree(made.city.published, published, symlinks=True)
    async with serving(Settings(published=published, client_requests=0)) as client:
        before = {
            path: (await get(client, path)).text for path in ("/ldes", "/ldes/1", "/ldes/2", "/event/1")
        }
        entries = feedparser.parse((await get(client, "/feed.atom")).content).entries
        roll_back(published, made.ids[1])
        shutil.rmtree(published / RELEASES / made.ids[0])
        for path, text in before.items():
            assert (await get(client, path)).text == text
        again = feedparser.parse((await get(client, "/feed.atom")).content)
        assert not again.bozo
        assert [entry.id for entry in again.entries] == [entry.id for entry in entries]
        oldest, middle = again.entries[2], again.entries[1]
        assert "links" not in oldest
        assert {link.rel for link in middle.links} == {"alternate"}


async def test_an_older_release_has_no_log(published: Path, serving: Serving) -> None:
    async with serving(Settings(published=published)) as client:
        for path in ("/ldes", "/feed.atom", "/event/1"):
            assert (await get(client, path)).status_code == 503
        page = await get(client, "/diff", "text/html")
        assert page.status_code == 200
