"""The description of the SPARQL service (SPARQL 1.1 Service Description), as triples."""

from typing import Final

from pyoxigraph import NamedNode, Triple

from ontology.namespaces import RDF

_SD: Final = "http://www.w3.org/ns/sparql-service-description#"
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


def service_description(endpoint: str, base: str) -> list[Triple]:
    """Return what the service at the address `endpoint` can do; `base` is that of the city's IRIs."""
    service = NamedNode(f"{base}sparql")
    told = [
        (f"{RDF}type", f"{_SD}Service"),
        (f"{_SD}endpoint", endpoint),
        (f"{_SD}supportedLanguage", f"{_SD}SPARQL11Query"),
        (f"{_SD}feature", f"{_SD}UnionDefaultGraph"),
        *((f"{_SD}resultFormat", _FORMATS + name) for name in _RESULT_FORMATS),
    ]
    return [Triple(service, NamedNode(predicate), NamedNode(value)) for predicate, value in told]
