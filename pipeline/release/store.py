"""The Oxigraph store of a release, written once and only read from then on."""

from pathlib import Path

import pyoxigraph

from ontology.errors import ReleaseError


def write_store(folder: Path, quads: Path) -> int:
    """Load sorted N-Quads into a new store; return how many named graphs it holds.

    Raises `ReleaseError` if the store does not hold what the file says.
    """
    store = pyoxigraph.Store(str(folder))
    store.bulk_load(path=str(quads), format=pyoxigraph.RdfFormat.N_QUADS)
    with quads.open("rb") as file:
        expected = sum(1 for _ in file)
    if len(store) != expected:
        raise ReleaseError(f"The store holds {len(store)} quads instead of {expected}.")
    store.optimize()
    store.flush()
    return sum(1 for _ in store.named_graphs())
