import json

import pyoxigraph as ox
from hypothesis import given
from hypothesis import strategies as st

from ontology.jsonld import compact
from ontology.namespaces import PREFIXES, XSD, expand
from ontology.vocabulary import context

PREDICATES = st.sampled_from(
    [
        "dct:title", "dct:identifier", "dct:description", "sz:year", "sz:budgetYear", "schema:position",
        "schema:unitText", "rdf:type", "rdfs:label", "sdmx-measure:obsValue", "dct:date", "owl:sameAs",
    ]
)  # fmt: skip
IRIS = st.sampled_from(
    ["https://stadt.example/id/goal/1", "http://x/y#z", "urn:x:y", *PREFIXES.values(), expand("sz:Goal")]
).map(ox.NamedNode)
LITERALS = st.one_of(
    st.builds(ox.Literal, st.text(max_size=5)),
    st.builds(
        lambda t, lang: ox.Literal(t, language=lang), st.text(max_size=5), st.sampled_from(["de", "en", "fr"])
    ),
    st.builds(
        lambda t, kind: ox.Literal(t, datatype=ox.NamedNode(XSD + kind)),
        st.sampled_from(["2014", "1.50", "2014-01-01", "abc"]),
        st.sampled_from(["gYear", "integer", "decimal", "date", "string"]),
    ),
)
TRIPLES = st.builds(
    lambda s, p, o: ox.Triple(s, ox.NamedNode(expand(p)), o), IRIS, PREDICATES, st.one_of(IRIS, LITERALS)
)


@given(st.lists(TRIPLES, max_size=12))
def test_nothing_is_lost_or_changed(triples: list[ox.Triple]) -> None:
    text = json.dumps(compact(triples))
    assert {quad.triple for quad in ox.parse(text, ox.RdfFormat.JSON_LD)} == set(triples)


def test_it_is_the_one_context() -> None:
    assert compact([])["@context"] == context()
