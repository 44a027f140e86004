"""The log of events as a Linked Data Event Stream (LDES 1.0, TREE): its root, its pages, its members.

Things, the stream and its members keep their IRIs on whatever host they are read; the addresses of pages are
those of the host that was asked, since a client goes by them. All links between pages stand in the root, so
that a page that is full never changes again. Nothing is a blank node.
"""

import gzip
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from ontology.events import Log, Page
from ontology.iris import Iris
from ontology.namespaces import XSD, expand

PATH: Final = "ldes"
"""The path of the root; those of pages are below it."""
POLLING_SECONDS: Final = 3_600
"""So long clients should wait before they ask again; the city publishes at night and after corrections."""

Triples = list[ox.Triple]

_PATHS: Final = {
    "ldes:timestampPath": "prov:generatedAtTime",
    "ldes:versionOfPath": "prov:specializationOf",
    "ldes:versionCreatePath": "rdf:type",
    "ldes:versionCreateObject": "as:Create",
    "ldes:versionUpdatePath": "rdf:type",
    "ldes:versionUpdateObject": "as:Update",
    "ldes:versionDeletePath": "rdf:type",
    "ldes:versionDeleteObject": "as:Delete",
}
_TEXTS: Final = (
    ("dct:title", "Was sich an Zielen, Entscheidungen und Datensätzen geändert hat", "de"),
    ("dct:title", "What changed in goals, decisions and datasets", "en"),
)
_KEPT: Final = (
    ("Alles bleibt erhalten, von der ersten Fassung an.", "de"),
    ("Everything is kept, from the first version on.", "en"),
)


def root(log: Log, host: str) -> Triples:
    """Return what the root says: what the stream is, and where its pages are. `host` ends in a slash."""
    stream, node = _Subject(stream_iri(log)), _Subject(f"{host}{PATH}")
    triples = [
        stream.link("rdf:type", "ldes:EventStream"),
        *(stream.text(name, text, language) for name, text, language in _TEXTS),
        stream.iri("tree:view", node.name),
        *(stream.link(name, value) for name, value in _PATHS.items()),
        stream.typed("ldes:pollingInterval", str(POLLING_SECONDS), "integer"),
        stream.iri("tree:shape", _shape(log).name),
        node.link("rdf:type", "tree:Node"),
    ]
    if log.pages:
        triples += _retention(log, node)
    for page, following in zip(log.pages, [*log.pages[1:], None], strict=True):
        triples += _relations(node, host, page, following)
    return triples + list(_shapes(log))


def page(release: Path, log: Log, number: int, host: str) -> Triples:
    """Return what a page says: which members it has, and all of each, in their order."""
    asked = log.pages[number - 1]
    stream, node = _Subject(stream_iri(log)), _Subject(page_url(host, number))
    triples = [stream.link("rdf:type", "ldes:EventStream"), node.link("rdf:type", "tree:Node")]
    if asked.closed:
        triples.append(node.typed("ldes:immutable", "true", "boolean"))
    iris = Iris(log.base)
    members = (iris.event(member) for member in range(asked.first, asked.last + 1))
    return [*triples, *(stream.iri("tree:member", member) for member in members), *_read(release, asked)]


def member(release: Path, log: Log, number: int) -> Triples:
    """Return the triples of a member and its parts; none if there is no such member."""
    asked = log.page_with(number)
    if asked is None:
        return []
    name = Iris(log.base).event(number)
    return [
        triple
        for triple in _read(release, asked)
        if isinstance(triple.subject, ox.NamedNode) and triple.subject.value.partition("#")[0] == name
    ]


def stream_iri(log: Log) -> str:
    """Return the IRI of the stream."""
    return f"{log.base}{PATH}#stream"


def page_url(host: str, number: int) -> str:
    """Return the address of a page."""
    return f"{host}{PATH}/{number}"


def _retention(log: Log, node: "_Subject") -> Triples:
    """Return the promise: the view keeps all members from the first one on."""
    policy = _Subject(f"{log.base}{PATH}#retention")
    return [
        node.iri("ldes:retentionPolicy", policy.name),
        policy.link("rdf:type", "ldes:RetentionPolicy"),
        policy.time("ldes:startingFrom", log.pages[0].since),
        *(policy.text("rdfs:comment", text, language) for text, language in _KEPT),
    ]


def _relations(node: "_Subject", host: str, page: Page, following: Page | None) -> Iterator[ox.Triple]:
    bounds = [("GreaterThanOrEqualTo", "from", page.since)]
    if following:
        bounds.append(("LessThan", "before", following.since))
    for kind, name, value in bounds:
        relation = _Subject(f"{node.name}#{name}-{page.number}")
        yield node.iri("tree:relation", relation.name)
        yield relation.link("rdf:type", f"tree:{kind}Relation")
        yield relation.link("tree:path", "prov:generatedAtTime")
        yield relation.time("tree:value", value)
        yield relation.iri("tree:node", page_url(host, page.number))


def _shape(log: Log) -> "_Subject":
    return _Subject(f"{log.base}{PATH}#member")


def _shapes(log: Log) -> Iterator[ox.Triple]:
    """Yield the shape of all members: what every one has, and how the parts of a goal hang together.

    Clients gather by it what belongs to a member. It has to hold for all members there ever were, so it
    asks for no more than that; the rules for new data are at `/ns`.
    """
    shape, own = _shape(log), f"{log.base}{PATH}#"
    yield shape.link("rdf:type", "sh:NodeShape")
    for name, path, details in (
        ("version-of", "prov:specializationOf", {"sh:nodeKind": "sh:IRI"}),
        ("time", "prov:generatedAtTime", {"sh:datatype": "xsd:dateTime"}),
    ):
        asked = _Subject(own + name)
        yield shape.iri("sh:property", asked.name)
        yield asked.link("sh:path", path)
        yield asked.typed("sh:minCount", "1", "integer")
        yield asked.typed("sh:maxCount", "1", "integer")
        yield from (asked.link(key, value) for key, value in details.items())
    leads, part = _Subject(f"{own}parts"), _Subject(f"{own}part")
    yield shape.iri("sh:property", leads.name)
    yield leads.link("sh:path", "dct:hasPart")
    yield leads.iri("sh:node", part.name)
    yield part.link("rdf:type", "sh:NodeShape")


def _read(release: Path, page: Page) -> Iterable[ox.Triple]:
    lines = gzip.decompress((release / page.path).read_bytes())
    return (quad.triple for quad in ox.parse(lines, ox.RdfFormat.N_TRIPLES))


class _Subject:
    """Says things about one node."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._node = ox.NamedNode(name)

    def iri(self, predicate: str, value: str) -> ox.Triple:
        return ox.Triple(self._node, ox.NamedNode(expand(predicate)), ox.NamedNode(value))

    def link(self, predicate: str, value: str) -> ox.Triple:
        return self.iri(predicate, expand(value))

    def text(self, predicate: str, value: str, language: str) -> ox.Triple:
        return ox.Triple(self._node, ox.NamedNode(expand(predicate)), ox.Literal(value, language=language))

    def typed(self, predicate: str, value: str, datatype: str) -> ox.Triple:
        literal = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
        return ox.Triple(self._node, ox.NamedNode(expand(predicate)), literal)

    def time(self, predicate: str, value: datetime) -> ox.Triple:
        text = value.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        return self.typed(predicate, text, "dateTime")
