"""The quality of a release's catalogue, scored as data.europa.eu does it, and the metrics of that score.

The method is the Metadata Quality Assessment (MQA, https://data.europa.eu/mqa/methodology): 23 metrics in
five dimensions, 405 points. Measured by `pipeline.quality`, which writes `catalog/quality.json`, and the same
in DQV; the API shows it.

There are two readings. Of a dataset data.europa.eu counts the one distribution that has most points; the
score of a catalogue is the mean over its datasets (`best`). The tool ckan-mqa takes the share of all
distributions, and of all datasets, that have what a metric asks for (`averaged`).
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from pydantic import BaseModel, ConfigDict

from ontology.catalogue import Text
from ontology.documents import read_document

QUALITY: Final = "catalog/quality.json"

Dimension = Literal["findability", "accessibility", "interoperability", "reusability", "contextuality"]
DIMENSIONS: Final[tuple[Dimension, ...]] = get_args(Dimension)
DIMENSION_NAMES: Final[dict[Dimension, Text]] = {
    "findability": Text(de="Auffindbarkeit", en="Findability"),
    "accessibility": Text(de="Zugänglichkeit", en="Accessibility"),
    "interoperability": Text(de="Interoperabilität", en="Interoperability"),
    "reusability": Text(de="Nachnutzbarkeit", en="Reusability"),
    "contextuality": Text(de="Kontext", en="Contextuality"),
}

Subject = Literal["dataset", "distribution"]
Reading = Literal["best", "averaged"]
Rating = Literal["excellent", "good", "sufficient", "bad"]


class Metric(NamedTuple):
    """One thing that is measured: how many points it brings, and of what."""

    id: str
    dimension: Dimension
    property: str
    points: int
    of: Subject
    title: Text


METRICS: Final = (
    Metric(
        "keywordAvailability",
        "findability",
        "dcat:keyword",
        30,
        "dataset",
        Text(de="Schlagwörter sind angegeben", en="Keywords are given"),
    ),
    Metric(
        "categoryAvailability",
        "findability",
        "dcat:theme",
        30,
        "dataset",
        Text(de="Kategorien sind angegeben", en="Categories are given"),
    ),
    Metric(
        "spatialAvailability",
        "findability",
        "dct:spatial",
        20,
        "dataset",
        Text(de="Der räumliche Bezug ist angegeben", en="The place is given"),
    ),
    Metric(
        "temporalAvailability",
        "findability",
        "dct:temporal",
        20,
        "dataset",
        Text(de="Der Zeitraum ist angegeben", en="The period is given"),
    ),
    Metric(
        "accessUrlStatusCode",
        "accessibility",
        "dcat:accessURL",
        50,
        "distribution",
        Text(de="Die Zugriffsadresse antwortet", en="The access address answers"),
    ),
    Metric(
        "downloadUrlAvailability",
        "accessibility",
        "dcat:downloadURL",
        20,
        "distribution",
        Text(de="Eine Adresse zum Herunterladen ist angegeben", en="A download address is given"),
    ),
    Metric(
        "downloadUrlStatusCode",
        "accessibility",
        "dcat:downloadURL",
        30,
        "distribution",
        Text(de="Die Adresse zum Herunterladen antwortet", en="The download address answers"),
    ),
    Metric(
        "formatAvailability",
        "interoperability",
        "dct:format",
        20,
        "distribution",
        Text(de="Das Format ist angegeben", en="The format is given"),
    ),
    Metric(
        "mediaTypeAvailability",
        "interoperability",
        "dcat:mediaType",
        10,
        "distribution",
        Text(de="Der Medientyp ist angegeben", en="The media type is given"),
    ),
    Metric(
        "formatMediaTypeVocabularyAlignment",
        "interoperability",
        "dct:format, dcat:mediaType",
        10,
        "distribution",
        Text(de="Format und Medientyp stammen aus den Listen", en="Format and media type are from the lists"),
    ),
    Metric(
        "formatMediaTypeNonProprietary",
        "interoperability",
        "dct:format",
        20,
        "distribution",
        Text(de="Das Format ist nicht proprietär", en="The format is not proprietary"),
    ),
    Metric(
        "formatMediaTypeMachineInterpretable",
        "interoperability",
        "dct:format",
        20,
        "distribution",
        Text(de="Das Format ist maschinenlesbar", en="The format is machine-readable"),
    ),
    Metric(
        "dcatApCompliance",
        "interoperability",
        "",
        30,
        "dataset",
        Text(de="Die Regeln von DCAT-AP sind eingehalten", en="The rules of DCAT-AP are kept"),
    ),
    Metric(
        "licenceAvailability",
        "reusability",
        "dct:license",
        20,
        "distribution",
        Text(de="Die Lizenz ist angegeben", en="The licence is given"),
    ),
    Metric(
        "knownLicence",
        "reusability",
        "dct:license",
        10,
        "distribution",
        Text(de="Die Lizenz ist bekannt", en="The licence is known"),
    ),
    Metric(
        "accessRightsAvailability",
        "reusability",
        "dct:accessRights",
        10,
        "dataset",
        Text(de="Das Zugriffsrecht ist angegeben", en="The access right is given"),
    ),
    Metric(
        "accessRightsVocabularyAlignment",
        "reusability",
        "dct:accessRights",
        5,
        "dataset",
        Text(de="Das Zugriffsrecht stammt aus der Liste", en="The access right is from the list"),
    ),
    Metric(
        "contactPointAvailability",
        "reusability",
        "dcat:contactPoint",
        20,
        "dataset",
        Text(de="Ein Kontakt ist angegeben", en="A contact is given"),
    ),
    Metric(
        "publisherAvailability",
        "reusability",
        "dct:publisher",
        10,
        "dataset",
        Text(de="Der Herausgeber ist angegeben", en="The publisher is given"),
    ),
    Metric(
        "rightsAvailability",
        "contextuality",
        "dct:rights",
        5,
        "distribution",
        Text(de="Die Nutzungsrechte sind beschrieben", en="The rights are described"),
    ),
    Metric(
        "byteSizeAvailability",
        "contextuality",
        "dcat:byteSize",
        5,
        "distribution",
        Text(de="Die Größe ist angegeben", en="The size is given"),
    ),
    Metric(
        "dateIssuedAvailability",
        "contextuality",
        "dct:issued",
        5,
        "dataset",
        Text(de="Das Datum der Veröffentlichung ist angegeben", en="The date of issue is given"),
    ),
    Metric(
        "dateModifiedAvailability",
        "contextuality",
        "dct:modified",
        5,
        "dataset",
        Text(de="Das Datum der letzten Änderung ist angegeben", en="The date of the last change is given"),
    ),
)
"""The metrics and their points. Sources: the table of the method above; ids, definitions and points as in
piveau, the software of data.europa.eu (piveau-data/piveau-vocabularies, `piveau-dqv-vocabulary.ttl`)."""

MOST: Final = sum(metric.points for metric in METRICS)
"""All points there are."""
_RATINGS: Final[tuple[tuple[Rating, int], ...]] = (("excellent", 351), ("good", 221), ("sufficient", 121))


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MeasuredDistribution(_Model):
    """A distribution and the metrics that it does not meet."""

    iri: str
    missing: tuple[str, ...]

    @property
    def points(self) -> int:
        """Return the points it brings to its dataset if it is the best one."""
        return sum(m.points for m in METRICS if m.of == "distribution" and m.id not in self.missing)


class MeasuredDataset(_Model):
    """A dataset, the metrics that it does not meet itself, and its distributions in the order of their IRIs.

    `problems` are the messages of the rules that it breaks.
    """

    iri: str
    missing: tuple[str, ...]
    problems: tuple[str, ...] = ()
    distributions: tuple[MeasuredDistribution, ...]

    @property
    def best(self) -> MeasuredDistribution | None:
        """Return the distribution with most points, the first of equals; None where there is none."""
        return max(self.distributions, key=lambda item: item.points, default=None)

    def lacks(self, metric: Metric) -> bool:
        """Tell whether a metric brings no points, counting the best distribution."""
        if metric.of == "dataset":
            return metric.id in self.missing
        return self.best is None or metric.id in self.best.missing

    def points(self, dimension: Dimension | None = None) -> int:
        """Return the points of the dataset, counting the best distribution; of one dimension or of all."""
        return sum(metric.points for metric in _metrics(dimension) if not self.lacks(metric))


class Quality(_Model):
    """What was measured; `checked` tells whether addresses were asked (``http``) or looked up (``files``)."""

    checked: Literal["files", "http"]
    datasets: tuple[MeasuredDataset, ...]

    def of_metric(self, metric: Metric, reading: Reading) -> float:
        """Return the points that a metric brings to the catalogue."""
        if reading == "best":
            met, of = sum(not dataset.lacks(metric) for dataset in self.datasets), len(self.datasets)
        else:
            measured = [*self._measured(metric.of)]
            met, of = sum(metric.id not in item.missing for item in measured), len(measured)
        return metric.points * met / of if of else 0.0

    def points(self, reading: Reading, dimension: Dimension | None = None) -> float:
        """Return the points of the catalogue, of one dimension or of all."""
        return sum(self.of_metric(metric, reading) for metric in _metrics(dimension))

    def lacking(self, metric: Metric) -> list[str]:
        """Return the IRIs of all datasets, or distributions, that do not meet a metric."""
        return [item.iri for item in self._measured(metric.of) if metric.id in item.missing]

    def _measured(self, of: Subject) -> Iterator[MeasuredDataset | MeasuredDistribution]:
        for dataset in self.datasets:
            yield from (dataset,) if of == "dataset" else dataset.distributions


def most_points(dimension: Dimension | None = None) -> int:
    """Return how many points a dimension has, or all of them have."""
    return sum(metric.points for metric in _metrics(dimension))


def rating(points: float) -> Rating:
    """Return the word that data.europa.eu has for so many points."""
    return next((word for word, least in _RATINGS if points >= least), "bad")


def read_quality(release: Path) -> Quality | None:
    """Return the quality of a release folder, None if it was not measured.

    Raises `ReleaseError` if it cannot be read.
    """
    return read_document(release / QUALITY, Quality)


def _metrics(dimension: Dimension | None) -> Iterator[Metric]:
    return (metric for metric in METRICS if dimension in (None, metric.dimension))
