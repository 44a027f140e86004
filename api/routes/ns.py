"""The vocabulary: classes, properties and code lists, the rules as shapes, and the JSON-LD context."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph as ox
from fastapi import APIRouter, Request
from rdflib import OWL, QB, RDF, RDFS, SKOS, Graph, URIRef
from rdflib.term import Literal
from starlette.responses import Response

from api.caching import caching_of_code
from api.links import void_link
from api.negotiation import Offer, by_suffix, choose
from api.problems import not_acceptable, not_found
from api.query.formats import GRAPHS, HTML
from api.state import InHouse
from ontology.namespaces import SZ
from ontology.rdf import serialise
from ontology.shapes import rules, shapes_turtle
from ontology.vocabulary import codelists_turtle, context, vocabulary_turtle

router = APIRouter(tags=["vocabulary"])

CONTEXT_TYPE: Final = "application/ld+json"


@dataclass(frozen=True)
class Entry:
    """A class, property or concept with what it is called and means, in German and English."""

    name: str
    label: dict[str, str]
    comment: dict[str, str]
    notation: str | None = None


@dataclass(frozen=True)
class Vocabulary:
    """Everything that the page of the vocabulary shows."""

    classes: tuple[Entry, ...]
    properties: tuple[Entry, ...]
    lists: tuple[tuple[Entry, tuple[Entry, ...]], ...]
    statistics: tuple[Entry, ...]


@router.get("/ns", response_class=Response)
async def vocabulary(request: Request, house: InHouse) -> Response:
    """Show the vocabulary, as a page or as RDF by Accept."""
    offer = choose(request.headers.get("accept"), (*GRAPHS, HTML))
    if offer is None:
        raise not_acceptable(tuple(offer.media_type for offer in (*GRAPHS, HTML)))
    if offer is HTML:
        return house.pages.render(
            request, "ns.html", vocabulary=vocabulary_of_ours(), rules=list(rules().values()), namespace=SZ
        )
    return _rdf("vocabulary", offer)


@router.get(
    "/ns/context.jsonld", response_class=Response, responses={200: {"content": {"application/ld+json": {}}}}
)
async def jsonld_context() -> Response:
    """Return the JSON-LD context that maps records to triples."""
    return _response(json.dumps({"@context": context()}, ensure_ascii=False).encode(), CONTEXT_TYPE)


@router.get("/ns/shapes", response_class=Response)
async def shapes(request: Request) -> Response:
    """Return the rules as SHACL shapes, Turtle by default."""
    offer = choose(request.headers.get("accept"), GRAPHS) or GRAPHS[0]
    return _rdf("shapes", offer)


@router.get("/ns.{suffix}", response_class=Response)
async def vocabulary_as(suffix: str) -> Response:
    """Return the vocabulary with its code lists in one RDF format: ttl, jsonld, nt or rdf."""
    return _rdf("vocabulary", _by_suffix(suffix))


@router.get("/ns/shapes.{suffix}", response_class=Response)
async def shapes_as(suffix: str) -> Response:
    """Return the shapes in one RDF format: ttl, jsonld, nt or rdf."""
    return _rdf("shapes", _by_suffix(suffix))


def _by_suffix(suffix: str) -> Offer:
    offer = by_suffix(suffix, GRAPHS)
    if offer is None:
        raise not_found(f"There is no format {suffix!r}; there are: {', '.join(o.suffix for o in GRAPHS)}.")
    return offer


def _rdf(what: str, offer: Offer) -> Response:
    return _response(_serialised(what, offer), offer.content_type)


def _response(body: bytes, media_type: str) -> Response:
    headers = {"Vary": "Accept", "Link": void_link("")} | caching_of_code(body)
    return Response(body, media_type=media_type, headers=headers)


@cache
def _serialised(what: str, offer: Offer) -> bytes:
    """Return vocabulary or shapes; as Turtle they are given as they were written."""
    text = shapes_turtle() if what == "shapes" else vocabulary_turtle() + codelists_turtle()
    if offer.suffix == "ttl":
        return text.encode()
    triples = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    if what == "shapes" and offer.suffix == "jsonld":  # lists, which our own compaction does not do
        return ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b""
    return serialise(triples, offer.suffix)


@cache
def vocabulary_of_ours() -> Vocabulary:
    """Return the vocabulary as pages show it."""
    graph = Graph().parse(data=vocabulary_turtle() + codelists_turtle(), format="turtle")
    properties = (OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)
    schemes = _entries(graph, SKOS.ConceptScheme)
    structure = (QB.DataStructureDefinition, QB.ComponentSpecification, QB.SliceKey)
    return Vocabulary(
        classes=_entries(graph, OWL.Class),
        properties=tuple(entry for kind in properties for entry in _entries(graph, kind)),
        lists=tuple((scheme, _concepts(graph, scheme)) for scheme in schemes),
        statistics=tuple(entry for kind in structure for entry in _entries(graph, kind)),
    )


def _entries(graph: Graph, kind: URIRef) -> tuple[Entry, ...]:
    found = sorted(str(s) for s in graph.subjects(RDF.type, kind) if isinstance(s, URIRef))
    return tuple(_entry(graph, URIRef(iri)) for iri in found if iri.startswith(SZ))


def _concepts(graph: Graph, scheme: Entry) -> tuple[Entry, ...]:
    found = graph.subjects(SKOS.inScheme, URIRef(SZ + scheme.name))
    return tuple(_entry(graph, URIRef(iri)) for iri in sorted(map(str, found)))


def _entry(graph: Graph, subject: URIRef) -> Entry:
    notation = graph.value(subject, SKOS.notation)
    return Entry(
        name=subject.removeprefix(SZ),
        label=_texts(graph, subject, RDFS.label) | _texts(graph, subject, SKOS.prefLabel),
        comment=_texts(graph, subject, RDFS.comment) | _texts(graph, subject, SKOS.definition),
        notation=str(notation) if notation is not None else None,
    )


def _texts(graph: Graph, subject: URIRef, predicate: URIRef) -> dict[str, str]:
    return {
        text.language: str(text)
        for text in graph.objects(subject, predicate)
        if isinstance(text, Literal) and text.language
    }
