"""What the graph says of what was handed in, asked with SPARQL over the published store."""

from collections.abc import Callable

import pyoxigraph
import pytest

from ontology.contract import STORE
from ontology.namespaces import PREFIXES
from tests.city import ORGANISATION, PLAN, SampleCity, decision, goal, progress
from tests.first import first_release

Ask = Callable[[str], bool]
HEAD = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())


@pytest.fixture
def ask(city: SampleCity) -> Ask:
    """Publish one of everything, and ask about it; `g:` stands for goals, IRIs are relative to the city's."""
    city.submit(
        2014,
        "kulturamt",
        goal(
            1,
            product_group="11.14.08",
            description="Mehr dazu",
            action_field="Interkulturelle Öffnung; sprache",
            recommendation="Beschäftigte schulen",
            target_group="Beschäftigte; Azubis",
            baseline="12,50",
            target="50 %",
            target_year="2016",
            note="Anmerkung",
        ),
        goal(2, product_group="11.14-002"),
        goal(3, product_group="keine: Eigenbetrieb"),
    )
    city.decide(
        2014,
        decision(
            "2014-kulturamt-01", body="Fachrat für Migration und Integration; verwaltung", date="24.06.2013"
        ),
        decision("2014-kulturamt-02", "nicht berücksichtigt", reason="Kein Geld"),
    )
    city.submit(2015, "kulturamt", goal(1, carried_over_from="2014-kulturamt-02"))
    city.decide(2015, decision("2015-kulturamt-01", "übernommen"))
    city.report(
        2014, "kulturamt", progress("2014-kulturamt-01", actual="48", percent="96,5", as_of="31.12.2015")
    )
    organisation = ORGANISATION | {
        "changes": [
            {
                "key": "bau-wird-kultur",
                "label": "Bauamt geht im Kulturamt auf",
                "date": "2016-01-01",
                "original": ["bauamt"],
                "resulting": ["kulturamt"],
            }
        ]
    }
    city.write_yaml("organisation.yaml", organisation)
    revision = {
        "key": "plan-2016",
        "title": "Fortschreibung",
        "revision_of": "plan-2012",
        "first_budget_year": 2016,
        "parts": [{"key": "teil-1", "title": "Teilhabe"}],
        "action_fields": [{"key": "flucht", "label": "Flucht und Asyl"}],
    }
    city.write_yaml("plans/plan-2016.yaml", revision)
    city.write_yaml("plans/plan-2012.yaml", PLAN | {"last_budget_year": 2015})
    store = pyoxigraph.Store.read_only(str(first_release(city) / STORE))
    base = city.settings.base_iri
    head = f"BASE <{base}>\n{HEAD}PREFIX g: <{base}id/goal/>\n"

    def answer(pattern: str) -> bool:
        return bool(store.query(f"{head}ASK {{ {pattern} }}", use_default_graph_as_union=True))

    return answer


@pytest.mark.parametrize(
    "pattern",
    [
        "g:2014-kulturamt-01 a sz:Goal ; dct:identifier '2014-kulturamt-01' ; schema:position 1",
        "g:2014-kulturamt-01 dct:title 'Erfundenes Ziel 1'@de ; dct:description 'Mehr dazu'@de",
        "g:2014-kulturamt-01 sz:productGroup <id/product-group/2016/11.14>",
        "g:2014-kulturamt-01 sz:product <id/product-group/2016/11.14.08>",
        "g:2014-kulturamt-01 dct:subject <id/action-field/plan-2012/oeffnung>",
        "g:2014-kulturamt-01 dct:subject <id/action-field/plan-2012/sprache>",
        "g:2014-kulturamt-01 sz:addresses <id/recommendation/plan-2012/e1>",
        "g:2014-kulturamt-01 schema:audience/skos:prefLabel 'Azubis'@de",
        "g:2014-kulturamt-01 prov:wasAttributedTo <id/department/kulturamt> ",
        "g:2014-kulturamt-01 sz:budgetYear <id/budget-year/2014> ; skos:note 'Anmerkung'@de",
        "g:2014-kulturamt-01 sz:year '2014'^^xsd:gYear",
        "g:2014-kulturamt-01 dct:provenance/dct:description 'Alles ist erfunden.'@de",
        "g:2014-kulturamt-01 prov:hadPrimarySource [ schema:position 2 ; dct:isPartOf ?file ] . "
        "?file schema:name 'submissions/2014/kulturamt.csv' ; spdx:checksum/spdx:checksumValue ?digest",
        "g:2014-kulturamt-01 sz:indicator [ skos:prefLabel 'Anteil'@de ; schema:unitText 'Prozent' ]",
        "?o a qb:Observation ; sz:valueType sz:value-baseline ; sdmx-measure:obsValue 12.5",
        "?o sz:valueType sz:value-target ; sdmx-measure:obsValue 50.0 ; "
        "sdmx-dimension:refPeriod '2016'^^xsd:gYear",
        "?o sz:valueType sz:value-actual ; sdmx-measure:obsValue 48.0 ; "
        "sdmx-dimension:refPeriod '2015'^^xsd:gYear",
        "g:2014-kulturamt-02 sz:product <id/product-group/2016/11.14-002> . "
        "<id/product-group/2016/11.14-002> skos:broader <id/product-group/2016/11.14>",
        "g:2014-kulturamt-03 sz:noProductGroupReason 'Eigenbetrieb'@de "
        "FILTER NOT EXISTS { g:2014-kulturamt-03 sz:productGroup ?any }",
        "g:2015-kulturamt-01 sz:carriedOverFrom g:2014-kulturamt-02 ; "
        "sz:selectionState sz:state-carried-over",
        "sz:state-carried-over skos:broader sz:state-selected",
        "GRAPH <id/status/2014> { g:2014-kulturamt-01 sz:selectionState sz:state-selected }",
        "?d a sz:Decision ; schema:about g:2014-kulturamt-01 ; dct:date '2013-06-24'^^xsd:date ; "
        r"prov:wasAssociatedWith <id/body/fachrat>, <id/body/verwaltung>",
        "?d schema:about g:2014-kulturamt-02 ; sz:outcome sz:outcome-not-selected ; sz:reason 'Kein Geld'@de",
        "?r a sz:ProgressReport ; schema:about g:2014-kulturamt-01 ; sz:attainment sz:attainment-under-way ; "
        "sz:percent 96.5 ; dct:valid '2015-12-31'^^xsd:date",
        "<id/rule/mindestens-zwei> sz:minimumGoals 2 ; prov:wasGeneratedBy <id/decision/beschluss-2014>",
        "<id/decision/beschluss-2014> a sz:Decision ; prov:wasAssociatedWith <id/body/gemeinderat>",
        "<id/guideline/vorgabe-2016> sz:budgetYear <id/budget-year/2016> ; "
        "dct:description 'Alle nehmen teil.'@de",
        "<id/plan/plan-2016> prov:wasRevisionOf <id/plan/plan-2012> ; dct:hasPart <id/plan/plan-2016/teil-1>",
        "<id/department/kulturamt> a org:OrganizationalUnit, foaf:Agent ; org:unitOf <id/city>",
        "?c a org:ChangeEvent ; org:originalOrganization <id/department/bauamt>",
        "<id/budget-year/2014> dcat:startDate '2014-01-01'^^xsd:date",
    ],
)
def test_the_graph_says(ask: Ask, pattern: str) -> None:
    assert ask(pattern)


def test_what_warns_in_german_catalogues_is_not_used(ask: Ask) -> None:
    assert not ask("?s dct:isVersionOf|dct:hasVersion ?o")


def test_there_are_no_blank_nodes(ask: Ask) -> None:
    assert not ask("?s ?p ?o FILTER (isBlank(?s) || isBlank(?o))")
