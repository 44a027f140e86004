"""Running pyshacl over JSON-LD nodes.

No inference; a shapes graph of its own for each run, since pyshacl writes into it. Small graphs at a
time: its time grows with the size of the graph it holds.
"""

import json
from collections.abc import Sequence
from functools import cache
from typing import Final

import pyoxigraph
import pyshacl
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node as Term

from ontology.shapes import code_of, rules, shapes_turtle
from pipeline.mapping.documents import Node, jsonld
from pipeline.validation.memory import Memory, Result, key_of
from pipeline.validation.patterns import NEUTRAL, Seen, seen_by

_GRAPH: Final = "urn:x-judged"


def judge_nodes(nodes: list[Node], parts: tuple[str, ...], memory: Memory) -> tuple[Result, ...]:
    """Return what the shapes of `parts` find wrong with nodes, sorted."""
    text = jsonld(_GRAPH, nodes)
    key = key_of(text, parts)
    outcome = memory.recall(key)
    if outcome is None:
        outcome = _judge(text, parts)
        memory.remember(key, outcome)
    return outcome


def judge_patterns(
    patterns: Sequence[str], facts: list[Node], parts: tuple[str, ...]
) -> list[tuple[Result, ...]]:
    """Return what the shapes find wrong with each of some patterns, beside the facts that all refer to.

    The names of a pattern get its number, so that no two patterns speak of the same thing.
    """
    numbered = (text.replace(NEUTRAL, f"{NEUTRAL}{n}:") for n, text in enumerate(patterns))
    nodes = [node for text in numbered for node in json.loads(text)]
    outcomes: list[list[Result]] = [[] for _ in patterns]
    for result in _judge(jsonld(_GRAPH, [*nodes, *facts]), parts):
        number = int(result.focus.removeprefix(NEUTRAL).partition(":")[0])
        start = f"{NEUTRAL}{number}:"
        outcomes[number].append(
            Result(
                code=result.code,
                focus=result.focus.replace(start, NEUTRAL),
                value=result.value.replace(start, NEUTRAL) if result.value else result.value,
            )
        )
    return [tuple(outcome) for outcome in outcomes]


@cache
def seen(parts: tuple[str, ...]) -> Seen:
    """Return what the shapes of some parts see of a record."""
    return seen_by(_parsed_shapes(parts))


def _data(text: str, parts: tuple[str, ...]) -> Graph:
    """Return what the shapes can see of a JSON-LD text: the properties that they mention.

    Oxigraph reads it; what rdflib does not have to hold makes judging faster.
    """
    mentioned = _mentioned(parts)
    graph = Graph()
    for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.JSON_LD):
        if mentioned is None or quad.predicate.value in mentioned:
            graph.add((_term(quad.subject), URIRef(quad.predicate.value), _term(quad.object)))
    return graph


def _term(term: object) -> URIRef | Literal:
    match term:
        case pyoxigraph.NamedNode():
            return URIRef(term.value)
        case pyoxigraph.Literal(language=str()):
            return Literal(term.value, lang=term.language)
        case pyoxigraph.Literal():
            return Literal(term.value, datatype=URIRef(term.datatype.value))
    raise TypeError(f"{term!r}: records are mapped without blank nodes")


def _judge(text: str, parts: tuple[str, ...]) -> tuple[Result, ...]:
    _, report, _ = pyshacl.validate(
        _data(text, parts),
        shacl_graph=_shapes(parts),
        inference="none",
        advanced=False,
        allow_warnings=True,
        allow_infos=True,
        meta_shacl=False,
    )
    results = {_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult)}
    return tuple(sorted((r for r in results if r), key=lambda r: (r.focus, r.code, r.value or "")))


def _shapes(parts: tuple[str, ...]) -> Graph:
    copy = Graph()
    copy += _parsed_shapes(parts)
    return copy


@cache
def _parsed_shapes(parts: tuple[str, ...]) -> Graph:
    return Graph().parse(data=shapes_turtle("common", *parts), format="turtle")


@cache
def _mentioned(parts: tuple[str, ...]) -> frozenset[str] | None:
    """Return the properties that shapes mention, or None where a SPARQL text may mention any."""
    if (None, SH.select, None) in _parsed_shapes(parts):
        return None
    terms = {str(term) for triple in _parsed_shapes(parts) for term in triple}
    return frozenset({*terms, str(RDF.type)})


def _result(report: Graph, node: Term) -> Result | None:
    shape = report.value(node, SH.sourceShape)
    if not isinstance(shape, URIRef) or code_of(shape) not in rules():
        return None  # a detail of a rule's result, which is reported itself
    value = report.value(node, SH.value)
    return Result(
        code=code_of(shape),
        focus=str(report.value(node, SH.focusNode)),
        value=str(value) if value is not None else None,
    )
