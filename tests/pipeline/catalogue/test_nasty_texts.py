"""Texts that nobody wants in a catalogue: it stays valid, and says the same in every format."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rdflib import RDF, BNode, Graph, Literal, URIRef
from rdflib.compare import isomorphic
from rdflib.namespace import DCAT, DCTERMS, FOAF, XSD

from ontology.catalogue import Catalogue, Dataset, Distribution, Facts, Keywords, Text
from ontology.iris import Iris
from ontology.rdf import serialise
from pipeline.catalogue.check import check
from pipeline.catalogue.dcat import Catalog
from pipeline.catalogue.reading import read_file
from pipeline.catalogue.write import SUFFIXES, triples_of
from tests.city import CATALOGUE

# rdflib's own reader of JSON-LD uses what rdflib deprecates
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")

NASTY = (
    'Ziele "in Anführung" und „unten“',
    "<script>alert('Ziele')</script> & Co. ]]> --> <!--",
    "🎯 Ziele 👩‍👩‍👧 \U0010ffff",
    "Z" * 5_000,
    "Zeile 1\nZeile 2\tTab\\n \\u0041 \\",
    "مرحبا \u202e Ziele \u200b",
    "%00 ${jndi:x} {{7*7}} '; DROP TABLE ziele; --",
)
WHEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
READ_BY_RDFLIB = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}
LINES = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t"),
    min_size=1,
    max_size=60,
).filter(str.strip)
KEYWORDS = st.from_regex(r"[\w .-]{2,100}", fullmatch=True).filter(lambda word: word.isprintable())


def graph_of(title: str, publisher: str, keyword: str = "Ziele") -> Graph:
    """Return a catalogue of one dataset in which these texts stand wherever they may."""
    text = Text(de=title, en=title)
    facts = Facts.model_validate(
        CATALOGUE
        | {"title": text, "description": text, "contact": {"name": publisher, "url": "https://x.example/"}}
    )
    file = Distribution(
        path="csv/goals-2014.csv",
        title=text,
        description=text,
        format="CSV",
        media_type="text/csv",
        packed=False,
        bytes=1,
        sha256="00" * 32,
        issued=WHEN,
        modified=WHEN,
    )
    dataset = Dataset(
        key="goals/2014",
        kind="goals",
        year=2014,
        title=text,
        description=text,
        keywords=Keywords(de=(keyword,), en=(keyword,)),
        start=date(2014, 1, 1),
        end=date(2014, 12, 31),
        table="goals",
        rows=1,
        distributions=(file,),
        issued=WHEN,
        modified=WHEN,
        status="COMPLETED",
        since=WHEN,
        digest="",
        changes=(),
    )
    names = Text(de=publisher, en=publisher)
    catalogue = Catalogue(
        publisher=names,
        homepage="https://x.example/",
        facts=facts,
        issued=WHEN,
        modified=WHEN,
        datasets=(dataset,),
    )
    catalog = Catalog(Iris("https://x.example/"), facts, names, "https://x.example/")
    return catalog.shared_graph(catalogue) + catalog.dataset_graph(dataset)


def written(graph: Graph, suffix: str) -> bytes:
    return serialise(triples_of(graph), suffix)


@pytest.mark.parametrize("text", NASTY, ids=lambda text: ascii(text)[:20])
def test_a_nasty_text_is_valid_and_the_same_in_every_format(text: str, tmp_path: Path) -> None:
    graph = graph_of(text, text)
    assert check([graph]) == []
    titles = set(graph.objects(URIRef("https://x.example/dataset/goals/2014"), DCTERMS.title))
    assert Literal(text, lang="de") in titles
    for suffix in SUFFIXES:
        data = written(graph, suffix)
        assert isomorphic(Graph().parse(data=data, format=READ_BY_RDFLIB[suffix]), graph), suffix
        file = tmp_path / f"catalog.{suffix}"
        file.write_bytes(data)
        assert isomorphic(read_file(file), graph), suffix


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(title=LINES, publisher=LINES, keyword=KEYWORDS)
def test_any_text_comes_back_from_every_format(title: str, publisher: str, keyword: str) -> None:
    graph = graph_of(title, publisher, keyword)
    assert Literal(publisher, lang="de") in set(graph.objects(None, FOAF.name))
    for suffix in SUFFIXES:
        data = written(graph, suffix)
        assert isomorphic(Graph().parse(data=data, format=READ_BY_RDFLIB[suffix]), graph), suffix


@settings(max_examples=8, suppress_health_check=[HealthCheck.too_slow])
@given(title=LINES, keyword=KEYWORDS)
def test_whatever_the_settings_let_through_is_a_valid_catalogue(title: str, keyword: str) -> None:
    assert check([graph_of(title, title, keyword)]) == []


LITERALS = st.builds(
    lambda text, kind: Literal(text, datatype=kind, normalize=False),
    st.sampled_from(["", "abc", "2014", "-1", "2014-13-45", "0000-00-00T99:99:99", "\u0661", "1e400"]),
    st.sampled_from([XSD.date, XSD.dateTime, XSD.integer, XSD.hexBinary, XSD.duration, RDF.HTML, XSD.string]),
)
OBJECTS = st.one_of(LITERALS, st.just(BNode()), st.just(URIRef("urn:x-odd:\u00e9")), st.just(DCAT.Dataset))


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_whatever_stands_in_a_catalogue_checking_ends_with_results(data: st.DataObject) -> None:
    graph = graph_of("Ziele", "Stadt")
    for subject, predicate, value in data.draw(
        st.lists(st.sampled_from(sorted(graph)), max_size=12, unique=True)
    ):
        graph.remove((subject, predicate, value))
        graph.add((subject, predicate, data.draw(OBJECTS)))
    for result in check([graph]):
        assert result.message_de
