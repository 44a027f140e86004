"""What a result is written to, and what it cannot hold."""

from pathlib import Path

import httpx
import pyoxigraph as ox
import pytest

from api.query.job import Job, Question
from api.query.output import NoXmlError, Output
from tests.api.test_sparql import assert_problem

pytestmark = pytest.mark.anyio

BAD = {"U+0001": "\x01", "U+001F": "\x1f", "U+FFFE": "\ufffe", "U+FFFF": "\uffff"}
FORMATS = [
    ("SELECT (?s AS ?x)", "application/sparql-results+xml"),
    ("CONSTRUCT {<http://x/> <http://x/> ?s}", "application/rdf+xml"),
]


@pytest.fixture
def output(tmp_path: Path) -> Output:
    written = Output(Job(Question("", ""), 1.0, 1_000, 1_000, str(tmp_path / "spool")))
    written.is_xml = True
    return written


@pytest.mark.parametrize("character", BAD)
@pytest.mark.parametrize("at", [1, 2, 3])
def test_what_xml_cannot_hold_is_found_wherever_writing_pauses(
    output: Output, character: str, at: int
) -> None:
    encoded = f"ab{BAD[character]}".encode()
    with pytest.raises(NoXmlError):
        output.writelines((encoded[:at], encoded[at:-1], encoded[-1:]))


def test_everything_else_is_written(output: Output) -> None:
    text = "\t\n\rä\x7f\ufffd\uffef\U0001f600".encode()
    for byte in text:
        output.write(bytes([byte]))
    assert output.body() == text


@pytest.mark.parametrize("character", BAD)
@pytest.mark.parametrize(("head", "media_type"), FORMATS)
async def test_a_result_is_refused_rather_than_broken(
    client: httpx.AsyncClient, head: str, media_type: str, character: str
) -> None:
    query = {"query": f'{head} {{ BIND ("a{BAD[character]}b" AS ?s) }}'}
    refused = await client.get("/sparql", params=query, headers={"accept": media_type})
    assert_problem(refused, 406, "not-in-xml")
    given = await client.get("/sparql", params=query)
    assert given.status_code == 200


async def test_what_xml_can_hold_comes_through(client: httpx.AsyncClient) -> None:
    text = "<a> & \t ä \U0001f600"
    query = {"query": f'CONSTRUCT {{<http://x/> <http://x/p> ?s}} {{ BIND ("""{text}""" AS ?s) }}'}
    response = await client.get("/sparql", params=query, headers={"accept": "application/rdf+xml"})
    (quad,) = ox.parse(response.content, ox.RdfFormat.RDF_XML)
    assert quad.object == ox.Literal(text)


async def test_an_error_suggests_nothing_that_is_refused(client: httpx.AsyncClient) -> None:
    detail = (await client.get("/sparql?query=SELECT * { ?s ?p ?o } ORDER")).json()["detail"]
    assert "expected one of GROUP, LIMIT, [_]." in detail
