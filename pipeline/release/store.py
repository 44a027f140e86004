"""The Oxigraph store of a release, written once and only read from then on."""

from collections.abc import Mapping
from pathlib import Path

import pyoxigraph

from ontology.errors import ReleaseError


def write_store(folder: Path, quads: Path, graphs: Mapping[str, Path]) -> int:
    """Load sorted N-Quads, and files of N-Triples as graphs by their names; return how many graphs there are.

    Raises `ReleaseError` if the store does not hold what the files say.
    """
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    for name, file in graphs.items():
        graph = pyoxigraph.NamedNode(name)
        store.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=graph)
    expected = sum(_lines(path) for path in (quads, *graphs.values()))
    if len(store) != expected:
        raise ReleaseError(f"The store holds {len(store)} quads instead of {expected}.")
    store.optimize()
    store.flush()
    return sum(1 for _ in store.named_graphs())


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
