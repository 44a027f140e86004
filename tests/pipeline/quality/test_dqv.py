"""The score of a release: as JSON, in DQV, in the store; and nothing of it in what harvesters take."""

from pathlib import Path

import pyoxigraph
from rdflib import RDF, BNode, Graph, URIRef
from rdflib.namespace import SKOS

from ontology.catalogue import CATALOG_GRAPH
from ontology.contract import STORE, current_release
from ontology.iris import Iris
from ontology.quality import DIMENSIONS, METRICS, MOST, read_quality
from pipeline.quality.dqv import DQV, SCORE, quality_graph
from pipeline.refresh import Refresh
from tests.city import SampleCity, goal
from tests.pipeline.quality.graphs import BASE, CSV, DATASET, FULL, SERVICE, graph, measured

IRIS = Iris(BASE)


def value(made: Graph, subject: str, metric: str) -> object:
    """Return what was measured, found as a stranger would find it."""
    nodes = set(made.subjects(DQV.computedOn, URIRef(subject)))
    (node,) = nodes & set(made.subjects(DQV.isMeasurementOf, URIRef(IRIS.metric(metric))))
    assert (node, RDF.type, DQV.QualityMeasurement) in made
    return getattr(made.value(node, DQV.value), "toPython")()  # noqa: B009 - rdflib's terms share no type


def test_every_measurement_can_be_read_back() -> None:
    quality = measured(graph(FULL, SERVICE))
    made = quality_graph(quality, IRIS)
    (dataset,) = quality.datasets
    for metric in METRICS:
        if metric.of == "dataset":
            assert value(made, dataset.iri, metric.id) is True
        else:
            for item in dataset.distributions:
                assert value(made, item.iri, metric.id) is (metric.id not in item.missing)
    assert value(made, dataset.iri, SCORE) == value(made, f"{BASE}catalog", SCORE) == MOST
    sums = [int(str(value(made, dataset.iri, f"{dimension}Scoring"))) for dimension in DIMENSIONS]
    assert sums == [100, 100, 110, 75, 20]


def test_metrics_are_described_and_nothing_is_blank() -> None:
    made = quality_graph(measured(graph()), IRIS)
    metrics = set(made.subjects(RDF.type, DQV.Metric))
    assert metrics == set(made.objects(None, DQV.isMeasurementOf)) | {
        URIRef(IRIS.metric(f"{dimension}Scoring")) for dimension in DIMENSIONS
    }
    for node in metrics:
        assert {label.language for label in made.objects(node, SKOS.prefLabel)} == {"de", "en"}  # type: ignore[attr-defined]
        assert made.value(node, DQV.expectedDataType) is not None
    assert {made.value(URIRef(IRIS.metric(m.id)), DQV.inDimension) for m in METRICS} == {
        URIRef(IRIS.quality_dimension(name)) for name in DIMENSIONS
    }
    assert not any(isinstance(term, BNode) for triple in made for term in triple)


def release(city: SampleCity) -> Path:
    Refresh(city.settings).run()
    return current_release(city.published)


def test_a_release_has_its_score_and_all_points(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    folder = release(city)
    quality = read_quality(folder)
    assert quality is not None
    assert quality.checked == "files"
    assert {f"{city.settings.base_iri}dataset/goals/2014", f"{city.settings.base_iri}dataset/all"} <= {
        dataset.iri for dataset in quality.datasets
    }
    assert quality.points("best") == MOST
    assert release(city) == folder, "measuring makes no new release"


def test_the_same_catalogue_gives_the_same_bytes(city: SampleCity, tmp_path: Path) -> None:
    other = SampleCity(tmp_path / "other")
    for where in (city, other):
        where.submit(2014, "kulturamt", goal(1))
    first, second = release(city), release(other)
    for name in ("quality.json", "quality.nt", "quality.ttl"):
        assert (first / "catalog" / name).read_bytes() == (second / "catalog" / name).read_bytes(), name


def test_the_score_is_in_the_store_and_not_in_what_harvesters_take(city: SampleCity) -> None:
    city.submit(2014, "kulturamt", goal(1))
    folder = release(city)
    text = (folder / "catalog/quality.ttl").read_text()
    named = Graph().parse(data=text, format="turtle")
    store = pyoxigraph.Store.read_only(str(folder / STORE))
    name = pyoxigraph.NamedNode(f"{city.settings.base_iri}catalog/quality")
    stored = {(q.subject, q.predicate) for q in store.quads_for_pattern(None, None, None, name)}
    assert len([*store.quads_for_pattern(None, None, None, name)]) == len(named)
    assert stored
    assert "dqv#" not in (folder / CATALOG_GRAPH).read_text()


def test_only_what_is_measured_of_a_distribution_stands_at_it() -> None:
    made = quality_graph(measured(graph()), IRIS)
    at_csv = {str(made.value(node, DQV.isMeasurementOf)) for node in made.subjects(DQV.computedOn, CSV)}
    assert at_csv == {IRIS.metric(metric.id) for metric in METRICS if metric.of == "distribution"}
    assert (DATASET, None, None) not in made
