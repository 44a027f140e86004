import json
import re
from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from api.entities.queries import LINKS
from ontology.namespaces import expand
from ontology.settings import Settings
from tests.api.conftest import Serving
from tests.api.releases import BASE, GOAL, switch, write_release
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

PATH = "/doc/goal/2014-kulturamt-01"
FORMATS = {
    "ttl": ("text/turtle", ox.RdfFormat.TURTLE),
    "nt": ("application/n-triples", ox.RdfFormat.N_TRIPLES),
    "rdf": ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    "jsonld": ("application/ld+json", ox.RdfFormat.JSON_LD),
}


def triples(body: bytes, format_: ox.RdfFormat) -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(body, format_)}


@pytest.mark.parametrize(
    ("accept", "suffix"),
    [("text/html", "html"), ("*/*", "ttl"), *((media_type, s) for s, (media_type, _) in FORMATS.items())],
)
async def test_a_thing_leads_to_its_document(client: httpx.AsyncClient, accept: str, suffix: str) -> None:
    response = await client.get("/id/goal/2014-kulturamt-01?lang=en", headers={"accept": accept})
    assert response.status_code == 303
    assert response.headers["location"] == f"{PATH}.{suffix}?lang=en"
    assert "Accept" in response.headers["vary"]


@pytest.mark.parametrize("name", ["x%3Fy%23z", "50%25", "%C3%BC%20%22b%22", "a%2Fb"])
async def test_a_name_keeps_its_signs_on_the_way(client: httpx.AsyncClient, name: str) -> None:
    for thing, document in (("id/goal", "goal"), ("dataset", "dataset")):
        response = await client.get(f"/{thing}/{name}?lang=en", headers={"accept": "text/turtle"})
        assert response.headers["location"] == f"/doc/{document}/{name.replace('%2F', '/')}.ttl?lang=en"


async def test_a_withdrawn_goal_is_gone_for_everybody(tmp_path: Path, serving: Serving) -> None:
    ended = ox.Literal("2015-01-01T00:00:00Z", datatype=ox.NamedNode(expand("xsd:dateTime")))
    gone = ox.Quad(ox.NamedNode(GOAL), ox.NamedNode(expand("prov:invalidatedAtTime")), ended)
    write_release(tmp_path, more=[gone])
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        for suffix in ("html", "ttl"):
            first = await client.get(f"{PATH}.{suffix}")
            assert first.status_code == 410
            assert not {"etag", "last-modified"} & first.headers.keys()
            for condition in ({"if-none-match": "*"}, {"if-modified-since": "Thu, 01 Jan 2015 00:00:00 GMT"}):
                again = await client.get(f"{PATH}.{suffix}", headers=condition)
                assert (again.status_code, again.content) == (410, first.content)


async def test_every_format_says_the_same(client: httpx.AsyncClient) -> None:
    graphs = []
    for suffix, (media_type, format_) in FORMATS.items():
        by_suffix = await client.get(f"{PATH}.{suffix}")
        by_accept = await client.get(PATH, headers={"accept": media_type})
        assert by_suffix.content == by_accept.content
        assert by_suffix.headers["content-type"].startswith(media_type)
        graphs.append(triples(by_suffix.content, format_))
    assert all(graph == graphs[0] for graph in graphs)
    assert len(graphs[0]) > 50


async def test_the_description_has_what_belongs_to_a_goal(client: httpx.AsyncClient) -> None:
    graph = triples((await client.get(f"{PATH}.nt")).content, ox.RdfFormat.N_TRIPLES)
    subjects = {str(triple.subject).strip("<>").removeprefix(f"{BASE}id/") for triple in graph}
    assert {
        "decision/2014-kulturamt-01/gemeinderat-ausgewaehlt",
        "progress/2014-kulturamt-01/2014-12-31",
        "indicator/2014-kulturamt-01",
        "observation/2014-kulturamt-01/target/2016",
        "submission/2014/kulturamt",
        "submission/2014/kulturamt#row=5",
        "department/kulturamt",
    } <= subjects
    topic = ox.NamedNode(expand("foaf:primaryTopic"))
    assert ox.Triple(ox.NamedNode(f"{BASE}doc/goal/2014-kulturamt-01"), topic, ox.NamedNode(GOAL)) in graph


async def test_json_ld_has_the_names_of_the_records(client: httpx.AsyncClient) -> None:
    document = json.loads((await client.get(f"{PATH}.jsonld")).content)
    goal = document["@graph"][0]
    assert goal["id"] == GOAL
    assert goal["identifier"] == "2014-kulturamt-01"
    assert goal["year"] == "2014"
    assert goal["product_group"] == f"{BASE}id/product-group/2016/11.14"
    assert goal["selection_state"] == "sz:state-selected"
    assert set(goal["type"]) == {"sz:Goal", "prov:Entity"}


async def test_a_citizen_can_read_the_page(client: httpx.AsyncClient) -> None:
    response = await client.get(PATH, headers={"accept": "text/html"})
    for text in (
        "Erfundenes Ziel eins &lt;b&gt;",
        "ausgewählt",
        "Kulturamt",
        "Zentrale Funktionen",
        "02.12.2013",
        "Dringlich.",
        "erreicht",
        "Geschafft.",
        "Anteil geschulter Beschäftigter",
        "12,5",
        "submissions/2014/kulturamt.csv",
        "Zeile 5",
        'href="/id/submission/2014/kulturamt#row=5"',
        "Alles ist erfunden.",
    ):
        assert text in response.text, text
    assert 'href="/id/department/kulturamt"' in response.text
    english = await client.get(f"{PATH}?lang=en", headers={"accept": "text/html"})
    assert "Department of Culture" in english.text
    assert 'href="/id/department/kulturamt?lang=en"' in english.text


async def test_links_name_the_other_formats(client: httpx.AsyncClient) -> None:
    link = (await client.get(f"{PATH}.html")).headers["link"]
    assert f'<{PATH}.ttl>; rel="alternate"; type="text/turtle"' in link
    assert ".html>" not in link


@pytest.mark.parametrize("path", ["goal/2014-kulturamt-03", "goal/2015-kulturamt-01"])
async def test_the_chain_is_read_in_both_directions(client: httpx.AsyncClient, path: str) -> None:
    page = (await client.get(f"/doc/{path}.html")).text
    assert page.index("Erfundenes Ziel drei") < page.rindex("Wieder aufgenommenes Ziel")
    assert "übernommen" in page


async def test_a_row_is_a_place_on_the_page_of_its_file(client: httpx.AsyncClient) -> None:
    page = (await client.get("/doc/submission/2014/kulturamt.html")).text
    assert '<tr id="row=5">' in page
    assert 'href="/id/goal/2014-kulturamt-01"' in page


@pytest.mark.parametrize(
    "path",
    [
        "department/kulturamt",
        "body/fachrat",
        "budget-year/2014",
        "product-group/2016/11.14",
        "decision/beschluss-2014",
        "rule/mindestens-zwei",
        "guideline/vorgabe-2016",
        "indicator/2014-kulturamt-01",
        "progress/2014-kulturamt-01/2014-12-31",
        "status/2014",
        "city",
        "notice",
        "dataset/indicators",
    ],
)
async def test_every_sort_of_thing_has_a_document(client: httpx.AsyncClient, path: str) -> None:
    for suffix in ("html", *FORMATS):
        response = await client.get(f"/doc/{path}.{suffix}")
        assert response.status_code == 200, response.text


@pytest.mark.parametrize("path", ["goal/nothing", "goal/2014-kulturamt-01.png", "a b", "x:y;z", "", "<>"])
async def test_unknown_things(client: httpx.AsyncClient, path: str) -> None:
    address = httpx.URL("http://testserver").copy_with(path=f"/doc/{path}")
    assert_problem(await client.get(address), 404, "not-found")
    page = await client.get(address, headers={"accept": "text/html"})
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")


async def test_what_cannot_be_given(client: httpx.AsyncClient) -> None:
    assert_problem(await client.get(PATH, headers={"accept": "image/png"}), 406, "not-acceptable")
    assert_problem(await client.get("/id/x", headers={"accept": "image/png"}), 406, "not-acceptable")


async def test_long_lists_are_cut_and_say_so(tmp_path: Path, serving: Serving) -> None:
    department = ox.NamedNode(f"{BASE}id/department/kulturamt")
    by = ox.NamedNode(expand("prov:wasAttributedTo"))
    more = [ox.Quad(ox.NamedNode(f"{BASE}id/goal/x-{n:03d}"), by, department) for n in range(2 * LINKS)]
    write_release(tmp_path, more=more)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        page = (await client.get("/doc/department/kulturamt.html")).text
        graph = triples((await client.get("/doc/department/kulturamt.nt")).content, ox.RdfFormat.N_TRIPLES)
    assert f"{LINKS} von {2 * LINKS + 6}" in page
    assert sum(triple.predicate == by for triple in graph) == LINKS
    assert any("Only 50 of 106" in str(triple.object) for triple in graph)


async def test_changes_of_a_goal_stand_in_their_order(tmp_path: Path, serving: Serving) -> None:
    more = [quad for n in range(1, 12) for quad in change(n)]
    write_release(tmp_path, more=more)
    switch(tmp_path)
    async with serving(Settings(published=tmp_path)) as client:
        page = (await client.get(f"{PATH}.html")).text
        told = triples((await client.get(f"{PATH}.nt")).content, ox.RdfFormat.N_TRIPLES)
    assert re.findall(r"change/2014-kulturamt-01/(\d+)\"", page) == [str(n) for n in range(1, 12)]
    assert "<code>000000000011</code>" in page
    assert "(jetzige Fassung)" in page
    assert {quad.triple for quad in more} <= told
    others = {ox.NamedNode(f"{BASE}id/goal/2014-kulturamt-{n}") for n in ("02", "03", "04")}
    assert others.isdisjoint(triple.subject for triple in told)  # a change leads to no other goal


def change(number: int) -> list[ox.Quad]:
    """Return a change of the goal on a day of January 2015, of the file from a version to the present one.

    One field of it is another.
    """
    file = f"{BASE}id/submission/2014/kulturamt"
    said: dict[str, ox.NamedNode | ox.Literal] = {
        "rdf:type": ox.NamedNode(expand("sz:Change")),
        "schema:about": ox.NamedNode(GOAL),
        "prov:endedAtTime": ox.Literal(
            f"2015-01-{number:02d}T00:00:00Z", datatype=ox.NamedNode(expand("xsd:dateTime"))
        ),
        "prov:used": ox.NamedNode(f"{file}/version/{number:012d}"),
        "prov:generated": ox.NamedNode(file),
    }
    iri = ox.NamedNode(f"{BASE}id/change/2014-kulturamt-01/{number}")
    field = ox.Quad(ox.NamedNode(f"{iri.value}/title"), ox.NamedNode(expand("dct:isPartOf")), iri)
    return [field, *(ox.Quad(iri, ox.NamedNode(expand(curie)), value) for curie, value in said.items())]
