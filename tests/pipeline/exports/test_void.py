"""The description of the dataset says what one gets by counting with SPARQL."""

import pyoxigraph as ox
import pytest

from ontology.contract import STORE, current_release
from ontology.namespaces import PREFIXES
from pipeline.exports.void import count_contents
from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal

HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
BASE = "https://ziele.esslingen.example/"
WHOLE = f"<{BASE}dataset/all>"
REST = (
    f"GRAPH ?graph {{ ?s ?p ?o }} FILTER (?graph NOT IN ({WHOLE}, <{BASE}catalog>, <{BASE}catalog/quality>))"
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> ox.Store:
    city = SampleCity(tmp_path_factory.mktemp("city"))
    city.submit(2014, "kulturamt", goal(1), goal(2, title='Mit <b>, "Zeichen" und . am Ende .'))
    city.submit(2015, "bauamt", goal(1, product_group="26.30"))
    city.decide(2014, decision("2014-kulturamt-01"))
    Refresh(city.settings).run()
    return ox.Store.read_only(str(current_release(city.published) / STORE))


def rows(store: ox.Store, query: str) -> list[tuple[str, ...]]:
    found = store.query(HEAD + query, use_default_graph_as_union=True)
    assert isinstance(found, ox.QuerySolutions)
    return sorted(tuple(term.value for term in solution) for solution in found)


SIZES = {
    "void:triples": f"(COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {REST} }} }}",
    "void:distinctSubjects": f"(COUNT(DISTINCT ?s) AS ?n) {{ {REST} }}",
    "void:distinctObjects": f"(COUNT(DISTINCT ?o) AS ?n) {{ {REST} }}",
    "void:properties": f"(COUNT(DISTINCT ?p) AS ?n) {{ {REST} }}",
    "void:classes": f"(COUNT(DISTINCT ?o) AS ?n) {{ {REST} FILTER (?p = rdf:type) }}",
    "void:entities": f'(COUNT(DISTINCT ?s) AS ?n) {{ {REST} FILTER (STRSTARTS(STR(?s), "{BASE}")) }}',
}


@pytest.mark.parametrize("size", SIZES)
def test_sizes_are_right(store: ox.Store, size: str) -> None:
    [(told,)] = rows(store, f"SELECT ?n {{ GRAPH {WHOLE} {{ {WHOLE} {size} ?n }} }}")
    assert rows(store, f"SELECT {SIZES[size]}") == [(told,)]
    assert int(told) > 10


def test_every_class_has_its_part(store: ox.Store) -> None:
    told = rows(
        store,
        f"SELECT ?c ?n {{ {WHOLE} void:classPartition ?part . ?part void:class ?c ; void:entities ?n }}",
    )
    counted = f"SELECT ?o (COUNT(DISTINCT ?s) AS ?n) {{ {REST} FILTER (?p = rdf:type) }} GROUP BY ?o"
    assert rows(store, counted) == told
    assert ("https://w3id.org/stadtziele/ns#Goal", "3") in told


def test_every_property_has_its_part(store: ox.Store) -> None:
    told = rows(
        store,
        f"SELECT ?p ?n {{ {WHOLE} void:propertyPartition ?part . ?part void:property ?p ; void:triples ?n }}",
    )
    counted = f"SELECT ?p (COUNT(*) AS ?n) {{ SELECT DISTINCT ?s ?p ?o {{ {REST} }} }} GROUP BY ?p"
    assert rows(store, counted) == told


def test_it_says_where_to_begin(store: ox.Store) -> None:
    found = rows(store, f"SELECT ?p ?o {{ GRAPH {WHOLE} {{ {WHOLE} ?p ?o }} }}")
    void = PREFIXES["void"]
    assert (f"{void}sparqlEndpoint", f"{BASE}sparql") in found
    assert (f"{void}exampleResource", f"{BASE}id/goal/2014-kulturamt-01") in found
    assert (f"{void}vocabulary", PREFIXES["sz"]) in found
    for suffix in ("nt", "ttl", "jsonld", "trig"):
        assert (f"{void}dataDump", f"{BASE}datasets/dump/stadtziele.{suffix}.gz") in found


def test_a_triple_in_two_graphs_is_one() -> None:
    lines = [b'<x:s> <x:p> "a b" <x:g> .\n', b'<x:s> <x:p> "a b" <x:h> .\n', b"<x:s> <x:p> <x:o> <x:g> .\n"]
    contents = count_contents(lines, "x:")
    assert (contents.triples, contents.subjects, contents.entities, len(contents.objects)) == (2, 1, 1, 2)
