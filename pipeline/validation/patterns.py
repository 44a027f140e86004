"""Records that look alike to the shapes: judged once, whatever number of them there is.

pyshacl judges a few hundred records a second. But shapes see of a record only some properties, and of
most texts only whether they are there. So the nodes of what is judged together (a goal, its indicator,
its rows) are brought into a neutral form: properties that no shape mentions are left out; the IRIs that
are the record's own, and those of goals it names, are numbered; values that no shape compares become one
and the same. Two records with the same neutral form and the same facts have the same outcome, since
everything that a shape can tell apart is still in it.
"""

import json
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any, Final

from rdflib import Graph, URIRef
from rdflib.collection import Collection
from rdflib.namespace import RDF, SH
from rdflib.term import Literal
from rdflib.term import Node as Term

from ontology.namespaces import expand
from ontology.vocabulary import context
from pipeline.mapping.documents import Node

NEUTRAL: Final = "urn:x-judged:"
_NAMES: Final = frozenset({"id", "type"})
_ROWS: Final = frozenset({"source_row"})
"""Keys whose values only tell how many rows there are."""
_BOUNDS: Final = (SH.minInclusive, SH.maxInclusive, SH.minExclusive, SH.maxExclusive)
_COUNTS_AND_WORDS: Final = frozenset({RDF.type, SH.path, SH.minCount, SH.severity, SH.message, *_BOUNDS})
"""What a property shape may have without seeing more of a literal than that it is there, and its size."""


@dataclass(frozen=True)
class Pattern:
    """The neutral form of some nodes: its text, and the names that were taken out, in their order."""

    text: str
    names: tuple[str, ...]


@dataclass(frozen=True)
class Seen:
    """What the shapes of a part see: properties by IRI, and for those they compare, how.

    `compared` are properties whose literals have to stay as they are; `bounds` are the numbers that the
    literals of others are compared with, sorted.
    """

    properties: frozenset[str]
    compared: frozenset[str]
    bounds: Mapping[str, tuple[Decimal, ...]] = field(default_factory=dict)


def seen_by(shapes: Graph) -> Seen:
    """Return what shapes see. In doubt a literal is taken to be compared."""
    terms = {str(term) for triple in shapes for term in triple}
    compared: set[str] = set()
    bounds: dict[str, set[Decimal]] = {}
    for shape, path in shapes.subject_objects(SH.path):
        properties = _properties(shapes, path)
        limits = [limit for name in _BOUNDS for limit in shapes.objects(shape, name)]
        for iri in properties:
            bounds.setdefault(iri, set()).update(Decimal(str(limit)) for limit in limits)
        others = set(shapes.predicates(shape)) - _COUNTS_AND_WORDS
        if any(not str(other).startswith("https://w3id.org/stadtziele/") for other in others):
            compared |= properties
            compared |= {str(iri) for other in others for iri in shapes.objects(shape, other)}
    return Seen(
        frozenset({*terms, str(RDF.type)}),
        frozenset(compared),
        {iri: tuple(sorted(limits)) for iri, limits in bounds.items()},
    )


def pattern_of(nodes: Iterable[Node], named: Iterable[str], facts: Iterable[Node], seen: Seen) -> Pattern:
    """Return the neutral form of nodes.

    `named` are further IRIs that only name something (goals), `facts` nodes that stay as they are.
    """
    nodes = list(nodes)
    own = [node["id"] for node in nodes if not _is_concept(node)]
    names = {iri: f"{NEUTRAL}{number}" for number, iri in enumerate(dict.fromkeys([*own, *named]))}
    neutral = [_neutral(node, names, seen) for node in nodes]
    mentioned = {
        v for node in neutral for key in node.keys() - _NAMES for v in _each(node[key]) if isinstance(v, str)
    }
    kept = [n for n in neutral if not _is_concept(n) or n["id"] in mentioned]
    text = json.dumps([*kept, *facts], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return Pattern(text, tuple(names))


def _is_concept(node: Node) -> bool:
    """Tell whether a node is a plain concept: a target group, a local code. It has a name for all."""
    return node.get("type") == "skos:Concept"


def _neutral(node: Node, names: dict[str, str], seen: Seen) -> Node:
    result: Node = {}
    for key, value in node.items():
        if key in _NAMES:
            result[key] = names.get(value, value) if isinstance(value, str) else value
        elif (iri := _property(key)) in seen.properties:
            values = [_value(key, iri, each, names, seen) for each in _each(value)]
            result[key] = values if isinstance(value, list) else values[0]
    return result


def _value(key: str, iri: str, value: Any, names: dict[str, str], seen: Seen) -> Any:
    if _is_link(key):
        if value not in names and key in _ROWS:
            names[value] = f"{NEUTRAL}{len(names)}"
        return names.get(value, value)
    if iri in seen.compared or not isinstance(value, str):
        return value
    bounds = seen.bounds.get(iri)
    return _alike(value, bounds) if bounds else "x"


def _alike(value: str, bounds: tuple[Decimal, ...]) -> str:
    """Return a number that compares with all bounds as `value` does."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    at = bisect_left(bounds, number)
    if at < len(bounds) and bounds[at] == number:
        return str(bounds[at])
    if at == 0:
        return str(bounds[0] - 1)
    if at == len(bounds):
        return str(bounds[-1] + 1)
    return (
        value
        if _is_whole(value) and bounds[at] - bounds[at - 1] < 2
        else str((bounds[at] + bounds[at - 1]) // 2)
    )


def _is_whole(value: str) -> bool:
    return "." not in value


def _each(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


@cache
def _property(key: str) -> str:
    """Return the IRI of the property that a key of a node stands for."""
    entry = context().get(key, key)
    return expand(entry["@id"] if isinstance(entry, dict) else entry)


@cache
def _is_link(key: str) -> bool:
    entry = context().get(key)
    return isinstance(entry, dict) and entry.get("@type") == "@id"


def _properties(shapes: Graph, path: Term) -> set[str]:
    """Return the properties of a path: one, a sequence, alternatives or an inverse."""
    if isinstance(path, URIRef):
        return {str(path)}
    if (path, RDF.first, None) in shapes:
        return {iri for step in Collection(shapes, path) for iri in _properties(shapes, step)}
    return {
        iri
        for step in shapes.objects(path)
        if not isinstance(step, Literal)
        for iri in _properties(shapes, step)
    }
