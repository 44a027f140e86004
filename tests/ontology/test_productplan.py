from collections import Counter

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.iris import Iris
from ontology.productplan import product_plan, product_plan_documents
from pipeline.mapping.documents import jsonld


def test_the_plan_is_complete() -> None:
    levels = Counter((code.edition, code.level) for code in product_plan().codes)
    assert levels["2016", "area"] == 21
    assert levels["2016", "group"] == 104
    assert levels["2016", "product"] == 450
    assert sum(count for (edition, _), count in levels.items() if edition == "2006") == 43


def test_36_codes_are_binding() -> None:
    assert sum(code.bindingness == "binding" for code in product_plan().codes) == 36


def test_every_code_has_its_parent() -> None:
    current = {code.code for code in product_plan().codes if code.edition == "2016"}
    for code in product_plan().codes:
        if code.edition == "2016" and code.parent:
            assert code.parent in current
            assert code.code.startswith(code.parent)


@pytest.mark.parametrize(
    ("code", "year", "edition"),
    [
        ("36.50.01", 2010, "2006"),  # its meaning before 2013
        ("36.50.01", 2014, "2016"),
        ("31.80.10", 2014, "2016"),  # not valid yet: a warning of the shapes
        ("11.14.08", 2014, "2016"),
    ],
)
def test_a_code_is_resolved_for_its_year(code: str, year: int, edition: str) -> None:
    place = product_plan().place(code, year)
    assert place is not None
    assert place.product == (edition, code)


def test_a_local_group_stands_below_its_group() -> None:
    place = product_plan().place("11.14-002", 2014)
    assert place is not None
    assert place.group == ("2016", "11.14")
    assert place.product == ("2016", "11.14-002")
    assert product_plan().get(place.product) is None


@given(st.text())
def test_any_text_has_a_place_or_none(code: str) -> None:
    place = product_plan().place(code, 2014)
    assert place is None or place.group[1].startswith(place.area[1])


def test_all_editions_become_a_graph_with_valid_from() -> None:
    store = pyoxigraph.Store()
    for name, nodes in product_plan_documents(Iris("https://city.example/")):
        store.load(jsonld(name, nodes), pyoxigraph.RdfFormat.JSON_LD)
    assert store.query(
        """PREFIX schema: <https://schema.org/> PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
        ASK { GRAPH <https://city.example/id/product-plan/2016> {
            <https://city.example/id/product-group/2016/31.80.10>
                schema:validFrom "2016-01-01"^^xsd:date } }"""
    )
    concepts = store.query(
        """PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
        SELECT (COUNT(DISTINCT ?c) AS ?n) WHERE { GRAPH ?g { ?c a skos:Concept ; skos:notation ?x } }"""
    )
    assert isinstance(concepts, pyoxigraph.QuerySolutions)
    assert [solution["n"].value for solution in concepts] == ["618"]
