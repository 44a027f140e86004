"""Measurements as a graph in the Data Quality Vocabulary (DQV, https://www.w3.org/TR/vocab-dqv/).

Nothing leads here from a dataset: harvesters take what they reach from one, and would take this for a part of
it. Metrics have IRIs of our own, with the local names that data.europa.eu uses.
"""

from collections.abc import Iterator
from typing import Final

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import SKOS, XSD

from ontology.catalogue import Text
from ontology.iris import Iris
from ontology.namespaces import PREFIXES
from ontology.quality import (
    DIMENSION_NAMES,
    DIMENSIONS,
    METRICS,
    Dimension,
    MeasuredDataset,
    Metric,
    Quality,
    Subject,
    most_points,
)

DQV: Final = Namespace(PREFIXES["dqv"])
SCORE: Final = "scoring"
"""The metric of all points together; those of a dimension are called after it: ``findabilityScoring``."""


def quality_graph(quality: Quality, iris: Iris) -> Graph:
    """Return metrics, dimensions, and a measurement for each metric of each dataset and distribution."""
    return _Writer(iris).write(quality)


class _Writer:
    def __init__(self, iris: Iris) -> None:
        self._iris = iris
        self._graph = Graph(bind_namespaces="none")

    def write(self, quality: Quality) -> Graph:
        for dimension in DIMENSIONS:
            node = URIRef(self._iris.quality_dimension(dimension))
            self._graph.add((node, RDF.type, DQV.Dimension))
            self._label(node, DIMENSION_NAMES[dimension])
            self._score_metric(dimension)
        self._score_metric(None)
        for metric in METRICS:
            self._metric(metric)
        for dataset in quality.datasets:
            self._dataset(dataset)
        mean = Literal(f"{quality.points('best'):.2f}", datatype=XSD.decimal)
        self._measurement(f"{self._iris.base}catalog", SCORE, mean)
        return self._graph

    def _metric(self, metric: Metric) -> None:
        node = URIRef(self._iris.metric(metric.id))
        of = f" ({metric.property})" if metric.property else ""
        self._described(
            node,
            metric.dimension,
            metric.title,
            XSD.boolean,
            f"{metric.points} Punkte{of}",
            f"{metric.points} points{of}",
        )

    def _score_metric(self, dimension: Dimension | None) -> None:
        most = most_points(dimension)
        name = DIMENSION_NAMES[dimension] if dimension else Text(de="alle Dimensionen", en="all dimensions")
        title = Text(de=f"Punkte: {name.de}", en=f"Points: {name.en}")
        node = URIRef(self._iris.metric(score_name(dimension)))
        self._described(node, dimension, title, XSD.decimal, f"von {most} Punkten", f"of {most} points")

    def _described(
        self, node: URIRef, dimension: Dimension | None, title: Text, kind: URIRef, german: str, english: str
    ) -> None:
        self._graph.add((node, RDF.type, DQV.Metric))
        self._graph.add((node, DQV.expectedDataType, kind))
        if dimension:
            self._graph.add((node, DQV.inDimension, URIRef(self._iris.quality_dimension(dimension))))
        self._label(node, title)
        self._graph.add((node, SKOS.definition, Literal(f"{title.de}: {german}", lang="de")))
        self._graph.add((node, SKOS.definition, Literal(f"{title.en}: {english}", lang="en")))

    def _dataset(self, dataset: MeasuredDataset) -> None:
        for iri, metric, is_met in _outcomes(dataset):
            self._measurement(iri, metric, Literal(is_met))
        for dimension in (*DIMENSIONS, None):
            points = Literal(str(dataset.points(dimension)), datatype=XSD.decimal)
            self._measurement(dataset.iri, score_name(dimension), points)

    def _measurement(self, subject: str, metric: str, value: Literal) -> None:
        node = URIRef(f"{subject}/quality/{metric}")
        self._graph.add((node, RDF.type, DQV.QualityMeasurement))
        self._graph.add((node, DQV.computedOn, URIRef(subject)))
        self._graph.add((node, DQV.isMeasurementOf, URIRef(self._iris.metric(metric))))
        self._graph.add((node, DQV.value, value))

    def _label(self, node: URIRef, text: Text) -> None:
        self._graph.add((node, SKOS.prefLabel, Literal(text.de, lang="de")))
        self._graph.add((node, SKOS.prefLabel, Literal(text.en, lang="en")))


def score_name(dimension: Dimension | None) -> str:
    """Return the name of the metric that has the points of a dimension, or of all."""
    return f"{dimension}Scoring" if dimension else SCORE


def _outcomes(dataset: MeasuredDataset) -> Iterator[tuple[str, str, bool]]:
    """Yield the IRI of what is measured, the metric, and whether it is met."""
    measured: list[tuple[Subject, str, tuple[str, ...]]] = [("dataset", dataset.iri, dataset.missing)]
    measured += [("distribution", item.iri, item.missing) for item in dataset.distributions]
    for of, iri, missing in measured:
        yield from ((iri, metric.id, metric.id not in missing) for metric in METRICS if metric.of == of)
