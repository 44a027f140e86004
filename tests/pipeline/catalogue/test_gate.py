"""A release whose catalogue breaks a rule is refused, and what was published stays."""

import re
from collections.abc import Mapping

import pytest
from rdflib import RDF, Graph
from rdflib.namespace import DCTERMS

from ontology.catalogue import CATALOG_GRAPH, read_catalogue
from ontology.contract import RELEASES, current_release, read_manifest
from ontology.errors import ConfigurationError, InvalidCatalogueError, ReleaseError
from pipeline.catalogue.dcat import DCAT, DCATDE
from pipeline.refresh import Refresh
from tests.city import CATALOGUE, ORGANISATION, SampleCity, goal
from tests.first import first_release


def facts(**changed: object) -> dict[str, object]:
    return CATALOGUE | changed


def place(**changed: object) -> dict[str, object]:
    return {"name": "Musterstadt", "level": "municipality", "keys": ["municipalityKey/00000000"]} | changed


@pytest.mark.parametrize(
    ("changed", "rule", "field"),
    [
        ({"themes": ["NONE"]}, "theme-unknown", "themes"),
        ({"place": place(level="village")}, "level-unknown", "place.level"),
        (
            {"licence": CATALOGUE["licence"] | {"iri": "http://dcat-ap.de/def/licenses/mine"}},  # type: ignore[operator]  # a mapping
            "licence-unknown",
            "licence.iri",
        ),
    ],
)
def test_a_catalogue_that_breaks_a_rule_is_not_published(
    city: SampleCity, changed: Mapping[str, object], rule: str, field: str
) -> None:
    city.submit(2014, "kulturamt", goal(1))
    before = read_manifest(first_release(city))
    city.write_yaml("catalogue.yaml", facts(**changed))
    with pytest.raises(InvalidCatalogueError, match="bleibt") as refused:
        Refresh(city.settings).run()
    told = str(refused.value)
    assert told.count(f"[{rule}]") == 1  # however many nodes break it
    assert re.search(r"\d+ times, zuerst / first: https://\S+ \(http://", told)
    assert f"Correct in catalogue.yaml: {field}." in told
    assert read_manifest(current_release(city.published)) == before
    assert [path.name for path in (city.published / RELEASES).iterdir()] == [before.id]


def test_the_first_release_is_refused_too(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.write_yaml("catalogue.yaml", facts(themes=["NONE"]))
    with pytest.raises(InvalidCatalogueError):
        Refresh(city.settings).run()
    city.write_yaml("catalogue.yaml", facts())
    assert Refresh(city.settings).run().is_new


def test_what_may_be_better_is_told_and_published(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    city.write_yaml("catalogue.yaml", {key: value for key, value in CATALOGUE.items() if key != "since"})
    outcome = Refresh(city.settings).run()
    assert [(result.severity, result.rule) for result in outcome.warnings] == [
        ("warning", "temporal-missing")
    ]


def test_what_portals_and_rules_disagree_on_is_a_setting(city: SampleCity) -> None:
    """Who passes the data on with CKAN, or reads the deprecated key, gets it so; the rules only warn."""
    city.submit(2014, "kulturamt", goal(1))
    settings = {"political_geocoding_uri": True, "access_service_publisher": False}
    city.write_yaml("catalogue.yaml", facts(**settings))
    outcome = Refresh(city.settings).run()
    assert {result.rule for result in outcome.warnings} == {"access-service-publisher-missing"}
    graph = Graph().parse(current_release(city.published) / CATALOG_GRAPH)
    listed, reached = (set(graph.objects(None, DCAT[name])) for name in ("service", "accessService"))
    assert (len(listed), len(reached)) == (2, 1)
    assert all((service, DCTERMS.publisher, None) in graph for service in listed)
    assert not any((service, DCTERMS.publisher, None) in graph for service in reached)
    for dataset in graph.subjects(RDF.type, DCAT.Dataset):
        keys = set(graph.objects(dataset, DCATDE.politicalGeocodingURI))
        assert keys
        assert keys <= set(graph.objects(dataset, DCTERMS.spatial))


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"keywords": {"de": ["Ziele, Haushalt"], "en": ["goals"]}}, r"keywords\.de\.0: .*no comma"),
        ({"keywords": {"de": ["x"], "en": ["goals"]}}, r"keywords\.de\.0: .*2 to 100"),
        ({"keywords": {"de": ["Ziele"], "en": ["<b>"]}}, r"keywords\.en\.0: .*'<b>'"),
        ({"title": {"de": "Ziele\x01", "en": "Goals"}}, r"title\.de: .*control characters"),
        ({"title": {"de": " ", "en": "Goals"}}, r"title\.de: .*not empty"),
        ({"sources": ["http://x.example/%zz"]}, r"sources\.0: .*IRI"),
        ({"sources": ["http://[x.example/"]}, r"sources\.0: .*IRI"),
        ({"contact": {"name": "Stadt", "url": "https://x.example/a b"}}, r"contact\.url: .*IRI"),
    ],
)
def test_what_cannot_stand_in_a_catalogue_is_refused_by_name(
    city: SampleCity, changed: Mapping[str, object], message: str
) -> None:
    city.write_yaml("catalogue.yaml", facts(**changed))
    with pytest.raises(ConfigurationError, match=rf"catalogue\.yaml: {message}"):
        Refresh(city.settings).run()


def test_a_city_name_with_control_characters_is_refused_by_name(city: SampleCity) -> None:
    named = {**ORGANISATION["city"], "name": "Muster\x02stadt"}  # type: ignore[dict-item]  # a mapping
    city.write_yaml("organisation.yaml", ORGANISATION | {"city": named})
    with pytest.raises(ConfigurationError, match=r"organisation\.yaml: city\.name: .*control characters"):
        Refresh(city.settings).run()


def test_a_release_without_any_dataset_is_refused(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    before = read_manifest(first_release(city))
    catalogue = read_catalogue(current_release(city.published))
    assert catalogue is not None
    reason = {"de": "Alles ist zu Ende.", "en": "All is over."}
    retired = [{"key": dataset.key, "reason": reason} for dataset in catalogue.datasets]
    city.write_yaml("catalogue.yaml", facts(retired=retired))
    with pytest.raises(ReleaseError, match="would have no dataset"):
        Refresh(city.settings).run()
    assert read_manifest(current_release(city.published)) == before
