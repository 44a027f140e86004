"""A catalogue's graph to measurements: what each dataset and each distribution has of what is asked for."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Final, Literal

from rdflib import RDF, Graph, Namespace, URIRef
from rdflib import Literal as RdfLiteral
from rdflib.namespace import DCTERMS
from rdflib.term import Node

from ontology.namespaces import PREFIXES
from ontology.quality import METRICS, MeasuredDataset, MeasuredDistribution, Quality, Subject
from pipeline.quality.lists import (
    ACCESS_RIGHTS,
    FILE_TYPE,
    MACHINE_READABLE,
    MEDIA_TYPE,
    NON_PROPRIETARY,
    is_known_licence,
)

DCAT: Final = Namespace(PREFIXES["dcat"])  # rdflib's own knows version 2 only

Links = Callable[[Collection[str]], Mapping[str, int]]
"""Asks addresses, and gives the HTTP status of each; what it leaves out did not answer."""
Violations = Mapping[str, Sequence[str]]
"""By the IRI of a dataset: the messages of the rules of DCAT-AP that it, or what belongs to it, breaks."""

_Check = Callable[[Graph, Node], bool]
ANSWERS: Final = range(200, 300)
"""A redirection is followed, and counts by where it leads."""


def measure(graph: Graph, links: Links, violations: Violations, checked: Literal["files", "http"]) -> Quality:
    """Return the measurements of a catalogue. Its addresses are asked all at once, each one once."""
    checks = {**_CHECKS, **_link_checks(links(_addresses(graph)))}
    datasets = sorted(set(graph.subjects(RDF.type, DCAT.Dataset)), key=str)
    return Quality(
        checked=checked,
        datasets=tuple(_dataset(graph, node, checks, violations.get(str(node), ())) for node in datasets),
    )


def _dataset(
    graph: Graph, node: Node, checks: Mapping[str, _Check], problems: Sequence[str]
) -> MeasuredDataset:
    checks = {**checks, "dcatApCompliance": lambda _graph, _node: not problems}
    distributions = sorted(set(graph.objects(node, DCAT.distribution)), key=str)
    return MeasuredDataset(
        iri=str(node),
        missing=_missing(graph, node, checks, "dataset"),
        problems=tuple(problems),
        distributions=tuple(
            MeasuredDistribution(iri=str(item), missing=_missing(graph, item, checks, "distribution"))
            for item in distributions
        ),
    )


def _missing(graph: Graph, node: Node, checks: Mapping[str, _Check], of: Subject) -> tuple[str, ...]:
    return tuple(m.id for m in METRICS if m.of == of and not checks[m.id](graph, node))


def _addresses(graph: Graph) -> set[str]:
    distributions = set(graph.objects(None, DCAT.distribution))
    return {
        str(address)
        for node in distributions
        for predicate in (DCAT.accessURL, DCAT.downloadURL)
        for address in graph.objects(node, predicate)
    }


def _link_checks(answers: Mapping[str, int]) -> dict[str, _Check]:
    def one_answers(predicate: URIRef) -> _Check:
        return _some(predicate, lambda address: answers.get(address, 0) in ANSWERS)

    return {
        "accessUrlStatusCode": one_answers(DCAT.accessURL),
        "downloadUrlStatusCode": one_answers(DCAT.downloadURL),
    }


def _some(predicate: URIRef, accepts: Callable[[str], bool] = lambda _text: True) -> _Check:
    """Return the check that a node has a value of a property that is not empty and is accepted."""

    def check(graph: Graph, node: Node) -> bool:
        return any(accepts(str(value)) for value in _values(graph.objects(node, predicate)))

    return check


def _values(found: Iterable[Node]) -> Iterable[Node]:
    return (value for value in found if not isinstance(value, RdfLiteral) or str(value).strip())


def _both(first: _Check, second: _Check) -> _Check:
    return lambda graph, node: first(graph, node) and second(graph, node)


_CHECKS: Final[Mapping[str, _Check]] = {
    "keywordAvailability": _some(DCAT.keyword),
    "categoryAvailability": _some(DCAT.theme),
    "spatialAvailability": _some(DCTERMS.spatial),
    "temporalAvailability": _some(DCTERMS.temporal),
    "downloadUrlAvailability": _some(DCAT.downloadURL),
    "formatAvailability": _some(DCTERMS.format),
    "mediaTypeAvailability": _some(DCAT.mediaType),
    "formatMediaTypeVocabularyAlignment": _both(
        _some(DCTERMS.format, lambda iri: FILE_TYPE.fullmatch(iri) is not None),
        _some(DCAT.mediaType, lambda iri: MEDIA_TYPE.fullmatch(iri) is not None),
    ),
    "formatMediaTypeNonProprietary": _some(DCTERMS.format, NON_PROPRIETARY.__contains__),
    "formatMediaTypeMachineInterpretable": _some(DCTERMS.format, MACHINE_READABLE.__contains__),
    "licenceAvailability": _some(DCTERMS.license),
    "knownLicence": _some(DCTERMS.license, is_known_licence),
    "accessRightsAvailability": _some(DCTERMS.accessRights),
    "accessRightsVocabularyAlignment": _some(DCTERMS.accessRights, ACCESS_RIGHTS.__contains__),
    "contactPointAvailability": _some(DCAT.contactPoint),
    "publisherAvailability": _some(DCTERMS.publisher),
    "rightsAvailability": _some(DCTERMS.rights),
    "byteSizeAvailability": _some(DCAT.byteSize),
    "dateIssuedAvailability": _some(DCTERMS.issued),
    "dateModifiedAvailability": _some(DCTERMS.modified),
}
"""All but those of links, which need answers, and that of the rules, which is judged for the whole."""
