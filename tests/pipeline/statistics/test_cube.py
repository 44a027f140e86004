"""The cube is well-formed in the sense of the Data Cube recommendation, section 11.1; in our own words.

Each constraint asks for what breaks it, and is shown to find it in a cube that was broken on purpose.
"""

import pyoxigraph as ox
import pytest

from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal
from tests.pipeline.statistics.cube import HEAD, numbers

OURS = "?data qb:structure sz:statistics . ?number qb:dataSet ?data ."
CONSTRAINTS = {
    "IC-1 an observation has one dataset": """
        ?number a qb:Observation ; sz:goalCount ?count
        FILTER NOT EXISTS { ?number qb:dataSet ?data }""",
    "IC-2 a dataset has one structure": """
        ?number sz:goalCount ?count ; qb:dataSet ?data FILTER NOT EXISTS { ?data qb:structure ?structure }""",
    "IC-3 a structure has a measure": """
        ?structure a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?structure qb:component/qb:measure ?measure . ?measure a qb:MeasureProperty }""",
    "IC-4 a dimension has a range": """
        ?dimension a qb:DimensionProperty FILTER NOT EXISTS { ?dimension rdfs:range ?range }""",
    "IC-5 a dimension of concepts has a code list": """
        ?dimension a qb:DimensionProperty ; rdfs:range skos:Concept
        FILTER NOT EXISTS { ?dimension qb:codeList ?list }""",
    "IC-7 the way a slice is made is declared": """
        ?key a qb:SliceKey
        FILTER NOT EXISTS { ?structure a qb:DataStructureDefinition ; qb:sliceKey ?key }""",
    "IC-8 a slice key holds dimensions of the structure": """
        ?structure qb:sliceKey ?key . ?key qb:componentProperty ?property
        FILTER NOT EXISTS { ?structure qb:component/qb:dimension ?property }""",
    "IC-9 a slice has one structure": """
        ?slice a qb:Slice FILTER NOT EXISTS { ?slice qb:sliceStructure ?key }""",
    "IC-10 a slice has a value for all that it holds still": """
        ?slice qb:sliceStructure/qb:componentProperty ?dimension
        FILTER NOT EXISTS { ?slice ?dimension ?value }""",
    "IC-11 an observation has every dimension": f"""
        {OURS} sz:statistics qb:component/qb:dimension ?dimension
        FILTER NOT EXISTS {{ ?number ?dimension ?value }}""",
    "IC-12 no two observations have the same dimensions": f"""
        {OURS} ?other qb:dataSet ?data FILTER (?number != ?other)
        FILTER NOT EXISTS {{
          sz:statistics qb:component/qb:dimension ?dimension .
          ?number ?dimension ?one . ?other ?dimension ?two FILTER (?one != ?two)
        }}""",
    "IC-14 an observation has the measure": f"""
        {OURS} sz:statistics qb:component/qb:measure ?measure
        FILTER NOT EXISTS {{ ?number ?measure ?value }}""",
    "IC-18 the observations of a slice lie in its dataset": """
        ?data qb:slice ?slice . ?slice qb:observation ?number
        FILTER NOT EXISTS { ?number qb:dataSet ?data }""",
    "IC-19 a value comes from the code list": f"""
        {OURS} sz:statistics qb:component/qb:dimension ?dimension . ?dimension qb:codeList ?list .
        ?number ?dimension ?value FILTER NOT EXISTS {{ ?value a skos:Concept ; skos:inScheme ?list }}""",
    "a slice holds only what has its values": """
        ?slice qb:sliceStructure/qb:componentProperty ?dimension ; ?dimension ?value ; qb:observation ?number
        FILTER NOT EXISTS { ?number ?dimension ?value }""",
}
SLICE = "<https://ziele.esslingen.example/id/count/by-department>"
NUMBER = "<https://ziele.esslingen.example/id/count/overall/2014/selected/not-reported>"
DATA = "<https://ziele.esslingen.example/dataset/statistics>"
BREAKS = {
    "IC-1": f"DELETE WHERE {{ GRAPH ?g {{ {NUMBER} qb:dataSet ?d }} }}",
    "IC-2": f"DELETE WHERE {{ GRAPH ?g {{ {DATA} qb:structure ?d }} }}",
    "IC-3": "DELETE WHERE { GRAPH ?g { ?c qb:measure ?m } }",
    "IC-4": "DELETE WHERE { GRAPH ?g { sz:countedState rdfs:range ?r } }",
    "IC-5": "DELETE WHERE { GRAPH ?g { sz:countedState qb:codeList ?l } }",
    "IC-7": "DELETE WHERE { GRAPH ?g { sz:statistics qb:sliceKey sz:overall } }",
    "IC-8": "DELETE WHERE { GRAPH ?g { ?c qb:dimension sz:countedDepartment } }",
    "IC-9": f"DELETE WHERE {{ GRAPH ?g {{ {SLICE} qb:sliceStructure ?k }} }}",
    "IC-10": f"DELETE WHERE {{ GRAPH ?g {{ {SLICE} sz:countedProductGroup ?v }} }}",
    "IC-11": f"DELETE WHERE {{ GRAPH ?g {{ {NUMBER} sz:year ?v }} }}",
    "IC-12": f"""INSERT {{ GRAPH ?g {{ <https://ziele.esslingen.example/twin> ?p ?o }} }}
        WHERE {{ GRAPH ?g {{ {NUMBER} ?p ?o }} }}""",
    "IC-14": f"DELETE WHERE {{ GRAPH ?g {{ {NUMBER} sz:goalCount ?v }} }}",
    "IC-18": f"DELETE WHERE {{ GRAPH ?g {{ {NUMBER} qb:dataSet ?v }} }}",
    "IC-19": "DELETE WHERE { GRAPH ?g { sz:total skos:inScheme ?s } }",
    "a": f"""DELETE {{ GRAPH ?g {{ {SLICE} sz:countedProductGroup ?v }} }}
        INSERT {{ GRAPH ?g {{ {SLICE} sz:countedProductGroup sz:not-stated }} }}
        WHERE {{ GRAPH ?g {{ {SLICE} sz:countedProductGroup ?v }} }}""",
}


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> list[ox.Quad]:
    city = SampleCity(tmp_path_factory.mktemp("city"))
    city.submit(
        2014, "kulturamt", goal(1), goal(2, product_group="11.14-002"), goal(3, product_group="keine: x")
    )
    city.submit(2015, "bauamt", goal(1, product_group="26.30"))
    city.decide(2014, decision("2014-kulturamt-01"))
    Refresh(city.settings).run()
    return list(numbers(city).store)


def violates(quads: list[ox.Quad], constraint: str, change: str = "") -> bool:
    store = ox.Store()
    store.extend(quads)
    if change:
        before = set(store)
        store.update(HEAD + change)
        assert set(store) != before
    pattern = CONSTRAINTS[constraint]
    return bool(store.query(f"{HEAD}ASK {{ {pattern} }}", use_default_graph_as_union=True))


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_the_cube_is_well_formed(quads: list[ox.Quad], constraint: str) -> None:
    assert not violates(quads, constraint)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_a_broken_cube_is_found_out(quads: list[ox.Quad], constraint: str) -> None:
    assert violates(quads, constraint, BREAKS[constraint.partition(" ")[0]])
