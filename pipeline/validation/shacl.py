"""Running pyshacl over JSON-LD nodes.

No inference; a shapes graph of its own for each run, since pyshacl writes into it. Small graphs at a
time: its time grows with the size of the graph it holds.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final

import pyoxigraph
import pyshacl
from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SH
from rdflib.term import Node as Term

from ontology.shapes import code_of, rules, shapes_turtle
from pipeline.mapping.documents import Node, jsonld

_GRAPH: Final = "urn:x-judged"


@dataclass(frozen=True)
class Result:
    """A result of validation: code of the rule, focus node and, where there is one, value."""

    code: str
    focus: str
    value: str | None


def judge_nodes(nodes: list[Node], parts: tuple[str, ...]) -> list[Result]:
    """Return what the shapes of `parts` find wrong with nodes, sorted."""
    _, report, _ = pyshacl.validate(
        to_rdflib(nodes),
        shacl_graph=_shapes(parts),
        inference="none",
        advanced=False,
        allow_warnings=True,
        allow_infos=True,
        meta_shacl=False,
    )
    results = {_result(report, node) for node in report.subjects(RDF.type, SH.ValidationResult)}
    return sorted((r for r in results if r), key=lambda r: (r.focus, r.code, r.value or ""))


def to_rdflib(nodes: list[Node]) -> Graph:
    """Return nodes as an rdflib graph; Oxigraph reads the JSON-LD, which is ten times as fast."""
    quads = pyoxigraph.parse(jsonld(_GRAPH, nodes), pyoxigraph.RdfFormat.JSON_LD)
    triples = pyoxigraph.serialize((q.triple for q in quads), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return Graph().parse(data=triples or b"", format="nt")


def _shapes(parts: tuple[str, ...]) -> Graph:
    copy = Graph()
    copy += _parsed_shapes(parts)
    return copy


@cache
def _parsed_shapes(parts: tuple[str, ...]) -> Graph:
    return Graph().parse(data=shapes_turtle("common", *parts), format="turtle")


def _result(report: Graph, node: Term) -> Result | None:
    shape = report.value(node, SH.sourceShape)
    if not isinstance(shape, URIRef) or code_of(shape) not in rules():
        return None  # a detail of a rule's result, which is reported itself
    value = report.value(node, SH.value)
    return Result(
        code_of(shape),
        str(report.value(node, SH.focusNode)),
        str(value) if value is not None else None,
    )
