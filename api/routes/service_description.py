"""The description of the SPARQL service (SPARQL 1.1 Service Description), as triples.

The standard has no terms for limits; they are told as `schema:PropertyValue`, with UN/CEFACT codes of
their units. No blank nodes: every part has a name below that of the service.
"""

from collections.abc import Iterator, Sequence
from typing import Final
from urllib.parse import quote, urlsplit

from pyoxigraph import Literal, NamedNode, Triple

from api.links import VOID_PATH
from api.releases import Release
from ontology.namespaces import RDF, RDFS, XSD, expand
from ontology.settings import Settings

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
OWN_PREFIXES: Final = {"sd": _SD}
"""Of the vocabulary that is only used here."""
_VOID: Final = "http://rdfs.org/ns/void#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
    "Turtle",
    "N-Triples",
    "RDF_XML",
    "JSON-LD",
)
LIMITS: Final = {
    "query_seconds": "SEC",
    "result_rows": "C62",
    "result_bytes": "AD",
    "query_bytes": "AD",
    "query_memory": "AD",
    "spool_bytes": "AD",
    "send_rate": "P93",
    "query_workers": "C62",
    "query_waiting": "C62",
    "client_queries": "C62",
    "client_requests": "C62",
}
"""The settings that limit a query, each with the code of its unit: seconds, bytes (a second), or so many."""
_NONE_IF_0: Final = {"client_requests"}
_LEAST: Final = {"send_rate"}
"""What must not be less, instead of more."""


def service_description(
    endpoint: str, release: Release, settings: Settings, graphs: Sequence[str]
) -> list[Triple]:
    """Return what the service at the absolute address `endpoint` can do, with the names of all graphs.

    The service is called by its path below the base of the release's IRIs, whatever host it is on.
    """
    service = release.base + urlsplit(endpoint).path.removeprefix("/")
    return sorted(
        {*_features(service, endpoint), *_dataset(service, release, graphs), *_limits(service, settings)},
        key=str,
    )


def _features(service: str, endpoint: str) -> Iterator[Triple]:
    yield _link(service, f"{RDF}type", f"{_SD}Service")
    yield _link(service, f"{_SD}endpoint", endpoint)
    yield _link(service, f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query")
    yield _link(service, f"{_SD}feature", f"{_SD}UnionDefaultGraph")
    yield _link(service, f"{_SD}defaultEntailmentRegime", "http://www.w3.org/ns/entailment/Simple")
    for name in _RESULT_FORMATS:
        yield _link(service, f"{_SD}resultFormat", _FORMATS + name)


def _dataset(service: str, release: Release, graphs: Sequence[str]) -> Iterator[Triple]:
    dataset, default = f"{service}#dataset", f"{service}#default-graph"
    yield _link(service, f"{_SD}defaultDataset", dataset)
    yield _link(dataset, f"{RDF}type", f"{_SD}Dataset")
    yield _link(dataset, f"{_SD}defaultGraph", default)
    yield _link(dataset, f"{RDF}type", f"{_VOID}Dataset")
    yield _link(dataset, f"{RDFS}seeAlso", f"{release.base}{VOID_PATH}")
    yield _link(default, f"{RDF}type", f"{_SD}Graph")
    yield _number(default, f"{_VOID}triples", release.manifest.triples)
    for name in graphs:
        named = f"{service}#graph={quote(name, safe='')}"
        yield _link(dataset, f"{_SD}namedGraph", named)
        yield _link(named, f"{RDF}type", f"{_SD}NamedGraph")
        yield _link(named, f"{_SD}name", name)


def _limits(service: str, settings: Settings) -> Iterator[Triple]:
    for name, unit in LIMITS.items():
        value = getattr(settings, name)
        if not value and name in _NONE_IF_0:
            continue
        limit = f"{service}#limit-{name.replace('_', '-')}"
        yield _link(service, expand("schema:additionalProperty"), limit)
        yield _link(limit, f"{RDF}type", expand("schema:PropertyValue"))
        yield Triple(NamedNode(limit), NamedNode(expand("schema:name")), Literal(_told(name), language="en"))
        yield Triple(NamedNode(limit), NamedNode(expand("schema:unitCode")), Literal(unit))
        end = "schema:minValue" if name in _LEAST else "schema:maxValue"
        yield _number(limit, expand(end), value)


def _told(name: str) -> str:
    return Settings.model_fields[name].description or name


def _link(subject: str, predicate: str, value: str) -> Triple:
    return Triple(NamedNode(subject), NamedNode(predicate), NamedNode(value))


def _number(subject: str, predicate: str, value: float) -> Triple:
    kind = "integer" if isinstance(value, int) else "decimal"
    literal = Literal(str(value), datatype=NamedNode(XSD + kind))
    return Triple(NamedNode(subject), NamedNode(predicate), literal)
