"""The rules for a catalogue in DCAT-AP.de 3.0 as SHACL shapes.

They hold what the convention demands, what the official shapes miss, and what harvesters stumble over.

Here: the shapes, the values of controlled vocabularies that they know, and what each rule tells people. Who
judges by them is `pipeline.catalogue.check`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from rdflib import Graph, URIRef
from rdflib.namespace import SH
from rdflib.term import Literal

from ontology.shapes import Severity

NAMESPACE: Final = "https://w3id.org/stadtziele/shapes/catalogue#"
PAGE: Final = ("dataset", "distribution", "parties")
"""What each page of a catalogue is judged by, since harvesters read each by itself."""
WHOLE: Final = ("whole",)
"""What all pages together are judged by."""


@dataclass(frozen=True)
class CatalogueRule:
    """What a rule says in German and English; `code` is stable and names it in reports."""

    code: str
    severity: Severity
    message_de: str
    message_en: str


def shapes(*parts: str) -> Graph:
    """Return the shapes of some parts as a graph of its own, which a validator may write into."""
    copy = Graph()
    copy += _parsed(*parts)
    return copy


def vocabularies() -> Graph:
    """Return the values of controlled vocabularies, each with the scheme that it is in; not to be changed."""
    return _parsed("vocabularies")


@cache
def catalogue_rules() -> dict[str, CatalogueRule]:
    """Return every rule by its code."""
    graph = _parsed(*PAGE, *WHOLE)
    named = sorted(shape for shape in graph.subjects(SH.message, unique=True) if isinstance(shape, URIRef))
    return {shape.removeprefix(NAMESPACE): _rule(graph, shape) for shape in named}


def _rule(graph: Graph, shape: URIRef) -> CatalogueRule:
    texts = {
        text.language: str(text) for text in graph.objects(shape, SH.message) if isinstance(text, Literal)
    }
    return CatalogueRule(
        code=shape.removeprefix(NAMESPACE),
        severity="warning" if graph.value(shape, SH.severity) == SH.Warning else "violation",
        message_de=texts["de"],
        message_en=texts["en"],
    )


@cache
def _parsed(*parts: str) -> Graph:
    graph = Graph()
    for part in parts:
        graph.parse(data=files(__name__).joinpath(f"{part}.ttl").read_text(encoding="utf-8"), format="turtle")
    return graph
