"""A named graph as JSON-LD, on the way from records to quads."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain
from typing import Any, Generic, TypeVar, overload

from ontology.vocabulary import context

Node = dict[str, Any]
AnyRecord = TypeVar("AnyRecord")


@dataclass(frozen=True)
class RecordNodes:
    """The nodes of one record. `focus` is the thing it is about, `row` where it stands."""

    focus: str
    row: int
    nodes: list[Node]


class Mapped(Sequence[RecordNodes], Generic[AnyRecord]):
    """The nodes of records, made when they are asked for: all at once, they would fill the memory."""

    def __init__(self, records: Sequence[AnyRecord], make: Callable[[AnyRecord], RecordNodes]) -> None:
        self._records = records
        self._make = make

    def __len__(self) -> int:
        return len(self._records)

    @overload
    def __getitem__(self, index: int) -> RecordNodes: ...

    @overload
    def __getitem__(self, index: slice) -> "Mapped[AnyRecord]": ...

    def __getitem__(self, index: int | slice) -> "RecordNodes | Mapped[AnyRecord]":
        if isinstance(index, slice):
            return Mapped(self._records[index], self._make)
        return self._make(self._records[index])


@dataclass(frozen=True)
class Document:
    """A named graph: the nodes of the whole, and those of each record."""

    name: str
    nodes: list[Node]
    records: Sequence[RecordNodes] = ()

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
