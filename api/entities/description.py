"""Gathers what a release says about a thing: the same graph for the page and for every RDF format.

Its own triples, those of what belongs to it closely (decisions, progress, values, rows), what leads
to it, and what everything linked is called. Lists are bounded, and a cut is said in the graph itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from api.entities import queries
from api.query.job import Question
from api.query.service import QueryService
from api.releases import Release
from api.tables import parse_table
from ontology.contract import WHOLE
from ontology.iris import Iris
from ontology.namespaces import expand
from ontology.rdf import triple_of

_NAMED_GRAPH: Final = "http://www.w3.org/ns/sparql-service-description#NamedGraph"

Triples = set[ox.Triple]


@dataclass(frozen=True)
class Cut:
    """A list that is longer than what is shown of it."""

    property: str
    shown: int
    total: int


@dataclass(frozen=True)
class Description:
    """A thing, the document about it, and the sorted triples of both."""

    thing: str
    document: str
    triples: tuple[ox.Triple, ...]
    cuts: tuple[Cut, ...]

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether this is a goal that its department no longer hands in."""
        own = {
            (t.predicate.value, str(t.object)) for t in self.triples if str(t.subject) == f"<{self.thing}>"
        }
        is_goal = (expand("rdf:type"), f"<{expand('sz:Goal')}>") in own
        return is_goal and any(predicate == expand("prov:invalidatedAtTime") for predicate, _ in own)


class Describer:
    """Describes the things of one release."""

    def __init__(self, service: QueryService, release: Release) -> None:
        self._service = service
        self._release = release

    async def describe(self, thing: str, document: str) -> Description | None:
        """Return the description of a thing by its IRI, or None if the release does not know it.

        Raises `ValueError` if `thing` is no IRI.
        """
        own = await self._construct(queries.OWN, thing)
        linked, cuts = await self._links(thing)
        if not (own or linked):
            own = await self._named_graph(thing)
            if not own:
                return None
        triples = own | linked
        for query in (queries.NEAR_THINGS, queries.CHANGES, queries.CHAIN, queries.PARTS_OF_FILE):
            triples |= await self._construct(query, thing)
        triples |= await self.labels(triples)
        triples |= _about_document(document, thing, Iris(self._release.base).dataset(WHOLE), cuts)
        return Description(thing, document, _sorted(triples, thing), cuts)

    async def labels(self, triples: Iterable[ox.Triple]) -> Triples:
        """Return what all things that some triples speak of are called."""
        return _triples(await self._ask(queries.labels_query(_iris(triples))))

    async def _links(self, thing: str) -> tuple[Triples, tuple[Cut, ...]]:
        """Return what leads to a thing, bounded for each property, and what was cut."""
        reply = await self._run(queries.COUNTS, thing)
        counts = {row["p"].text: int(row["n"].text) for row in parse_table(reply).rows}
        if not counts:
            return set(), ()
        cuts = (Cut(iri, queries.LINKS, n) for iri, n in counts.items() if n > queries.LINKS)
        return await self._construct(queries.links_query(list(counts)), thing), tuple(cuts)

    async def _named_graph(self, thing: str) -> Triples:
        reply = await self._run(queries.IS_GRAPH, thing)
        if parse_table(reply).rows[0]["boolean"].text != "true":
            return set()
        return {triple_of(thing, "rdf:type", ox.NamedNode(_NAMED_GRAPH))}

    async def _construct(self, query: str, thing: str) -> Triples:
        return _triples(await self._run(query, thing))

    async def _run(self, query: str, thing: str) -> bytes:
        return await self._ask(queries.about(query, thing))

    async def _ask(self, query: str) -> bytes:
        return (await self._service.ask(Question(store=self._release.store, query=query))).read()


def _triples(body: bytes) -> Triples:
    return {quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)}


def _iris(triples: Iterable[ox.Triple]) -> list[str]:
    """Return every IRI that something can be called by: subjects and objects."""
    terms = (term for triple in triples for term in (triple.subject, triple.object))
    return sorted({term.value for term in terms if isinstance(term, ox.NamedNode)})


def _about_document(document: str, thing: str, dataset: str, cuts: tuple[Cut, ...]) -> Triples:
    triples = {
        triple_of(document, "rdf:type", ox.NamedNode(expand("foaf:Document"))),
        triple_of(document, "foaf:primaryTopic", ox.NamedNode(thing)),
    }
    if thing != dataset:
        triples.add(triple_of(document, "void:inDataset", ox.NamedNode(dataset)))
    for cut in cuts:
        german = f"Nur {cut.shown} von {cut.total} Dingen mit <{cut.property}> zu diesem sind aufgeführt."
        english = f"Only {cut.shown} of {cut.total} things with <{cut.property}> to this one are listed."
        triples |= {
            triple_of(document, "rdfs:comment", ox.Literal(german, language="de")),
            triple_of(document, "rdfs:comment", ox.Literal(english, language="en")),
        }
    return triples


def _sorted(triples: Triples, thing: str) -> tuple[ox.Triple, ...]:
    """Return triples in a stable order, those of the thing first."""
    first = str(ox.NamedNode(thing))

    def order(triple: ox.Triple) -> tuple[bool, str, str, str]:
        subject = str(triple.subject)
        return subject != first, subject, str(triple.predicate), str(triple.object)

    return tuple(sorted(triples, key=order))
