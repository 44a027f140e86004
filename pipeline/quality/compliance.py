"""Which datasets break which rules: what is wrong with a thing counts for every dataset that leads to it."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from rdflib import RDF, Graph
from rdflib.term import Literal, Node

from pipeline.catalogue.check import Result
from pipeline.quality.measuring import DCAT, Violations


def violations_of(graph: Graph, results: Iterable[Result]) -> Violations:
    """Return the violations by dataset; what is wrong with the catalogue itself counts for none."""
    broken: dict[str, list[str]] = defaultdict(list)
    for result in results:
        if result.is_violation:
            broken[result.where].append(f"{result.where}: {result.message_de} [{result.rule}]")
    datasets = set(graph.subjects(RDF.type, DCAT.Dataset)) if broken else set()
    reached = {str(dataset): sorted(_reached(graph, dataset) & broken.keys()) for dataset in datasets}
    return {
        iri: [message for node in nodes for message in broken[node]]
        for iri, nodes in reached.items()
        if nodes
    }


def _reached(graph: Graph, dataset: Node) -> set[str]:
    """Return a dataset and what it leads to, as a portal takes it over: never through another dataset."""
    found, waiting = {dataset}, [dataset]
    while waiting:
        for node in _further(graph, waiting.pop()):
            if node not in found:
                found.add(node)
                waiting.append(node)
    return {str(node) for node in found}


def _further(graph: Graph, node: Node) -> Iterator[Node]:
    for value in graph.objects(node):
        is_other = (value, RDF.type, DCAT.Dataset) in graph or (value, RDF.type, DCAT.Catalog) in graph
        if not isinstance(value, Literal) and not is_other:
            yield value
