"""A named graph as JSON-LD, on the way from records to quads."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import chain
from typing import Any

from ontology.vocabulary import context

Node = dict[str, Any]


@dataclass(frozen=True)
class RecordNodes:
    """The nodes of one record. `focus` is the thing it is about, `row` where it stands."""

    focus: str
    row: int
    nodes: list[Node]


@dataclass(frozen=True)
class Document:
    """A named graph: the nodes of the whole, and those of each record."""

    name: str
    nodes: list[Node]
    records: list[RecordNodes] = field(default_factory=list)

    def all_nodes(self) -> Iterator[Node]:
        """Yield every node of the graph."""
        return chain(self.nodes, chain.from_iterable(record.nodes for record in self.records))


def jsonld(name: str, nodes: list[Node]) -> str:
    """Return nodes as a JSON-LD text with one named graph and the context inline."""
    return json.dumps(
        {"@context": context(), "@id": name, "@graph": nodes},
        ensure_ascii=False,
        separators=(",", ":"),
    )


def decimal_text(value: Decimal) -> str:
    """Return a number as the store writes it too: without exponent and trailing zeros."""
    return f"{value.normalize():f}"
