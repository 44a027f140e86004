"""The Oxigraph store of a release, written once and only read from then on."""

from pathlib import Path

import pyoxigraph

from ontology.errors import ReleaseError


def write_store(folder: Path, quads: Path, catalogue: Path, graph: str) -> int:
    """Load sorted N-Quads, and the N-Triples of the catalogue as a graph; return how many graphs there are.

    Raises `ReleaseError` if the store does not hold what the files say.
    """
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    store.bulk_load(
        path=str(catalogue), format=pyoxigraph.RdfFormat.N_TRIPLES, to_graph=pyoxigraph.NamedNode(graph)
    )
    expected = _lines(quads) + _lines(catalogue)
    if len(store) != expected:
        raise ReleaseError(f"The store holds {len(store)} quads instead of {expected}.")
    store.optimize()
    store.flush()
    return sum(1 for _ in store.named_graphs())


def _lines(path: Path) -> int:
    with path.open("rb") as file:
        return sum(1 for _ in file)
