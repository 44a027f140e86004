from collections.abc import Collection, Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS

from ontology.quality import DIMENSIONS, METRICS, MOST, Metric, most_points, rating
from pipeline.quality.measuring import DCAT, measure
from tests.pipeline.quality.graphs import BASE, CSV, DATASET, FULL, SERVICE, SPARQL, graph, measured

AUTHORITY = "http://publications.europa.eu/resource/authority/"
BY_ID = {metric.id: metric for metric in METRICS}


def test_the_table_has_the_points_of_the_published_method() -> None:
    assert len(METRICS) == len(BY_ID) == 23
    assert MOST == 405
    assert [most_points(dimension) for dimension in DIMENSIONS] == [100, 100, 110, 75, 20]
    assert [rating(points) for points in (405, 351, 350.9, 221, 121, 120.9, 0)] == [
        "excellent",
        "excellent",
        "good",
        "good",
        "sufficient",
        "bad",
        "bad",
    ]


def test_a_full_description_has_all_points_in_both_readings() -> None:
    quality = measured(graph())
    assert quality.points("best") == quality.points("averaged") == MOST
    assert [dataset.missing for dataset in quality.datasets] == [()]
    assert all(quality.lacking(metric) == [] for metric in METRICS)


@pytest.mark.parametrize(
    ("subject", "predicate", "value", "lost"),
    [
        (DATASET, DCAT.keyword, None, {"keywordAvailability"}),
        (DATASET, DCAT.keyword, Literal("  "), {"keywordAvailability"}),
        (DATASET, DCAT.theme, None, {"categoryAvailability"}),
        (DATASET, DCTERMS.spatial, None, {"spatialAvailability"}),
        (DATASET, DCTERMS.temporal, None, {"temporalAvailability"}),
        (CSV, DCAT.accessURL, None, {"accessUrlStatusCode"}),
        (CSV, DCAT.downloadURL, None, {"downloadUrlAvailability", "downloadUrlStatusCode"}),
        (
            CSV,
            DCTERMS.format,
            None,
            {
                "formatAvailability",
                "formatMediaTypeVocabularyAlignment",
                "formatMediaTypeNonProprietary",
                "formatMediaTypeMachineInterpretable",
            },
        ),
        (
            CSV,
            DCTERMS.format,
            Literal("CSV"),
            {
                "formatMediaTypeVocabularyAlignment",
                "formatMediaTypeNonProprietary",
                "formatMediaTypeMachineInterpretable",
            },
        ),
        (CSV, DCTERMS.format, URIRef(f"{AUTHORITY}file-type/XLSX"), {"formatMediaTypeNonProprietary"}),
        (CSV, DCTERMS.format, URIRef(f"{AUTHORITY}file-type/PNG"), {"formatMediaTypeMachineInterpretable"}),
        (CSV, DCAT.mediaType, None, {"mediaTypeAvailability", "formatMediaTypeVocabularyAlignment"}),
        (CSV, DCAT.mediaType, Literal("text/csv"), {"formatMediaTypeVocabularyAlignment"}),
        (CSV, DCTERMS.license, None, {"licenceAvailability", "knownLicence"}),
        (CSV, DCTERMS.license, URIRef("https://stadt.example/our-terms"), {"knownLicence"}),
        (CSV, DCTERMS.license, URIRef(f"{AUTHORITY}licence/CC_BY_4_0"), set()),
        (
            DATASET,
            DCTERMS.accessRights,
            None,
            {"accessRightsAvailability", "accessRightsVocabularyAlignment"},
        ),
        (DATASET, DCTERMS.accessRights, Literal("öffentlich"), {"accessRightsVocabularyAlignment"}),
        (DATASET, DCAT.contactPoint, None, {"contactPointAvailability"}),
        (DATASET, DCTERMS.publisher, None, {"publisherAvailability"}),
        (CSV, DCTERMS.rights, None, {"rightsAvailability"}),
        (CSV, DCAT.byteSize, None, {"byteSizeAvailability"}),
        (DATASET, DCTERMS.issued, None, {"dateIssuedAvailability"}),
        (DATASET, DCTERMS.modified, None, {"dateModifiedAvailability"}),
    ],
)
def test_what_is_missing_costs_its_points_and_no_others(
    subject: URIRef, predicate: URIRef, value: URIRef | Literal | None, lost: set[str]
) -> None:
    made = graph()
    made.remove((subject, predicate, None))
    if value is not None:
        made.add((subject, predicate, value))
    quality = measured(made)
    assert {metric.id for metric in METRICS if quality.lacking(metric)} == lost
    cost = sum(BY_ID[name].points for name in lost)
    assert quality.points("best") == quality.points("averaged") == MOST - cost
    assert quality.datasets[0].points() == MOST - cost


@pytest.mark.parametrize(("status", "points"), [(204, 405), (301, 325), (404, 325), (500, 325)])
def test_addresses_that_do_not_answer_cost_eighty_points(status: int, points: int) -> None:
    assert measured(graph(), status=status).points("best") == points


def test_each_address_is_asked_once_and_only_those_of_distributions() -> None:
    asked: list[Collection[str]] = []

    def links(iris: Collection[str]) -> Mapping[str, int]:
        asked.append(iris)
        return {}

    measure(graph(FULL, SERVICE), links, {}, "http")
    assert asked == [{f"{BASE}datasets/csv/goals.csv", f"{BASE}sparql"}]


def test_a_broken_rule_costs_thirty_points_of_its_dataset_only() -> None:
    second = FULL.replace("dataset/goals", "dataset/plan")
    quality = measured(graph(FULL, second), problems={str(DATASET): ["Etwas fehlt."]})
    first, other = quality.datasets
    assert (first.points(), other.points()) == (375, 405)
    assert first.problems == ("Etwas fehlt.",)
    assert quality.points("best") == 390
    assert quality.lacking(BY_ID["dcatApCompliance"]) == [str(DATASET)]


def test_the_best_distribution_counts_as_a_whole_and_the_average_counts_all() -> None:
    quality = measured(graph(FULL, SERVICE))
    (dataset,) = quality.datasets
    assert dataset.best is not None
    assert dataset.best.iri == str(CSV)
    assert quality.points("best") == MOST
    lacking = {metric.id for metric in METRICS if quality.lacking(metric) == [str(SPARQL)]}
    assert lacking == {
        "downloadUrlAvailability",
        "downloadUrlStatusCode",
        "formatMediaTypeNonProprietary",
        "formatMediaTypeMachineInterpretable",
        "byteSizeAvailability",
    }
    assert quality.points("averaged") == MOST - sum(BY_ID[name].points for name in lacking) / 2


def test_points_of_two_distributions_do_not_add_up() -> None:
    made = graph(FULL, SERVICE)
    made.remove((CSV, DCTERMS.license, None))
    quality = measured(made)
    assert quality.points("best") == MOST - 30
    assert quality.of_metric(BY_ID["licenceAvailability"], "averaged") == 10


def test_a_dataset_without_distribution_has_the_points_of_its_own_description() -> None:
    made = graph()
    made.remove((DATASET, DCAT.distribution, None))
    quality = measured(made)
    own = sum(metric.points for metric in METRICS if metric.of == "dataset")
    assert quality.points("best") == own == 185
    assert quality.datasets[0].best is None


def test_a_catalogue_without_datasets_has_no_points() -> None:
    quality = measured(Graph())
    assert quality.points("best") == quality.points("averaged") == 0


TRIPLES = sorted(graph(FULL, SERVICE))


@given(st.sets(st.sampled_from(range(len(TRIPLES)))))
def test_no_description_has_more_points_for_saying_less(taken: set[int]) -> None:
    whole, less = graph(FULL, SERVICE), Graph()
    for number, triple in enumerate(TRIPLES):
        if number not in taken:
            less.add(triple)
    before, after = measured(whole), measured(less)
    if after.datasets:
        (dataset,) = after.datasets
        assert dataset.points() <= before.datasets[0].points()
        assert dataset.points() == sum(map(dataset.points, DIMENSIONS)) == after.points("best")
        assert all(_in_range(after.of_metric(metric, "averaged"), metric) for metric in METRICS)


def _in_range(points: float, metric: Metric) -> bool:
    return 0 <= points <= metric.points
