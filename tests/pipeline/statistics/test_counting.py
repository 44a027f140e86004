"""The numbers are those that one gets by counting the goals one by one."""

import pytest

from pipeline.refresh import Refresh
from tests.city import SampleCity, decision, goal, progress
from tests.pipeline.statistics.cube import Numbers, numbers


@pytest.fixture(scope="module")
def counted(tmp_path_factory: pytest.TempPathFactory) -> Numbers:
    city = SampleCity(tmp_path_factory.mktemp("city"))
    kept = (
        goal(1, product_group="11.14.08", action_field="Interkulturelle Öffnung; Sprache"),
        goal(2, product_group="11.14-002", action_field="Sprache"),
        goal(3, product_group="keine: Eigenbetrieb", action_field="Sprache"),
    )
    city.submit(2014, "kulturamt", *kept, goal(4, product_group="26.30", action_field="Sprache"))
    city.submit(2014, "bauamt", goal(1, product_group="11.24", action_field="Sprache"))
    city.submit(2015, "kulturamt", goal(1, product_group="26.30", carried_over_from="2014-kulturamt-02"))
    city.decide(
        2014,
        decision("2014-kulturamt-01"),
        decision("2014-kulturamt-02", "nicht berücksichtigt"),
        decision("2014-bauamt-01"),
    )
    city.decide(2015, decision("2015-kulturamt-01", "übernommen"))
    city.report(2014, "kulturamt", progress("2014-kulturamt-01", attainment="in Arbeit", as_of="31.12.2014"))
    city.report(2015, "kulturamt", progress("2014-kulturamt-01", attainment="erreicht", as_of="30.06.2015"))
    Refresh(city.settings).run()
    city.submit(2014, "kulturamt", *kept)  # the fourth is withdrawn
    Refresh(city.settings).run()
    return numbers(city)


def test_goals_are_counted_overall(counted: Numbers) -> None:
    assert counted("sz:overall", "?number sz:countedProductGroup ?value") == {
        ("2014", "sz:total", "sz:state-selected", "sz:attainment-attained"): 1,
        ("2014", "sz:total", "sz:state-selected", "sz:attainment-not-reported"): 1,
        ("2014", "sz:total", "sz:state-not-selected", "sz:attainment-not-reported"): 1,
        ("2014", "sz:total", "sz:state-submitted", "sz:attainment-not-reported"): 1,
        ("2014", "sz:total", "sz:state-withdrawn", "sz:attainment-not-reported"): 1,
        ("2015", "sz:total", "sz:state-carried-over", "sz:attainment-not-reported"): 1,
    }


def test_a_goal_without_product_group_is_counted_too(counted: Numbers) -> None:
    areas = counted("sz:by-area", "?number sz:countedProductGroup ?value")
    assert sum(areas.values()) == 6
    assert areas["2014", "sz:not-stated", "sz:state-submitted", "sz:attainment-not-reported"] == 1
    assert ("2014", "product-group/2016/11", "sz:state-selected", "sz:attainment-attained") in areas


def test_a_local_code_counts_for_its_product_group(counted: Numbers) -> None:
    groups = counted("sz:by-product-group", "?number sz:countedProductGroup ?value")
    key = "2014", "product-group/2016/11.14", "sz:state-not-selected", "sz:attainment-not-reported"
    assert groups[key] == 1


def test_a_goal_of_two_action_fields_counts_in_both(counted: Numbers) -> None:
    fields = counted("sz:by-action-field", "?number sz:countedActionField ?value")
    attained = "sz:state-selected", "sz:attainment-attained"
    assert fields["2014", "action-field/plan-2012/oeffnung", *attained] == 1
    assert fields["2014", "action-field/plan-2012/sprache", *attained] == 1


ONE_BY_ONE = """
SELECT ?year ?value ?state ?attainment (COUNT(DISTINCT ?goal) AS ?goals) WHERE {{
  ?goal a sz:Goal ; sz:year ?year ; sz:selectionState ?state .
  OPTIONAL {{ {path} BIND (?found AS ?known) }}
  BIND (COALESCE(?found, sz:not-stated) AS ?value)
  OPTIONAL {{
    ?report schema:about ?goal ; sz:attainment ?reported ; dct:valid ?day
    FILTER NOT EXISTS {{
      ?newer schema:about ?goal ; sz:attainment ?any ; dct:valid ?later FILTER (?later > ?day)
    }}
  }}
  BIND (COALESCE(?reported, sz:attainment-not-reported) AS ?attainment)
}} GROUP BY ?year ?value ?state ?attainment
"""
BROKEN_DOWN = {
    "sz:by-area": ("countedProductGroup", "?goal sz:productGroup/skos:broader ?found ."),
    "sz:by-product-group": ("countedProductGroup", "?goal sz:productGroup ?found ."),
    "sz:by-department": ("countedDepartment", "?goal prov:wasAttributedTo ?found ."),
    "sz:by-action-field": ("countedActionField", "?goal dct:subject ?found ."),
}


@pytest.mark.parametrize("key", BROKEN_DOWN)
def test_the_numbers_agree_with_goals_counted_one_by_one(counted: Numbers, key: str) -> None:
    dimension, path = BROKEN_DOWN[key]
    found = counted(key, f"?number sz:{dimension} ?value")
    assert found == counted.select(ONE_BY_ONE.format(path=path))
    assert sum(found.values()) >= 6


def test_a_release_without_goals_has_a_cube_without_numbers(city: SampleCity) -> None:
    city.submit(2014, "kulturamt")
    Refresh(city.settings).run()
    assert numbers(city)("sz:overall", "?number sz:countedProductGroup ?value") == {}


def test_numbers_have_a_graph_of_their_own(counted: Numbers) -> None:
    dataset = f"{counted.base}dataset/statistics"
    assert counted.ask(f"GRAPH <{dataset}> {{ <{dataset}> a qb:DataSet ; qb:structure sz:statistics }}")
    assert not counted.ask(f"GRAPH ?g {{ ?o sz:goalCount ?n }} FILTER (?g != <{dataset}>)")
