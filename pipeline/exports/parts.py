"""The graphs of each dataset as RDF files of its own: `rdf/<name>.nt`, `.ttl` and `.jsonld`."""

import re
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from typing import IO, Final

import pyoxigraph

from ontology.iris import Iris
from ontology.rdf import serialise
from ontology.vocabulary import ONTOLOGY_IRI
from pipeline.exports.graphs import QUADS

FOLDER: Final = "rdf"
FORMATS: Final = ("ttl", "jsonld")
"""What is written beside the N-Triples that all start from."""
UNCHANGING: Final = "code-lists"
"""What comes with the program."""

_GRAPHS: Final = (
    (r"id/(?:submission|status|history/submission)/(\d{4})(?:/.*)?", r"goals-\1"),
    (r"id/(?:history/)?decision-list/.*", "decisions"),
    (r"id/(?:history/)?progress-list/.*", "progress"),
    (r"id/graph/(?:plans|organisation)", "plan"),
    (r"id/product-plan/.*", "code-lists"),
    (r"dataset/statistics", "statistics"),
)
"""Path of a graph's IRI, and the dataset whose files it goes to."""


def dataset_of(graph: str, base: str) -> str | None:
    """Return the name of the dataset that a graph is part of; None for what is in the whole only."""
    if graph == ONTOLOGY_IRI:
        return "code-lists"
    path = graph.removeprefix(base)
    for pattern, name in _GRAPHS:
        if found := re.fullmatch(pattern, path):
            return found.expand(name)
    return None


def write_parts(folder: Path, iris: Iris) -> None:
    """Write the files of all datasets from the sorted quads in `folder`."""
    (folder / FOLDER).mkdir()
    _split(folder, iris.base)
    for path in sorted((folder / FOLDER).glob("*.nt")):
        formats = _unchanging if path.stem == UNCHANGING else _formats
        for suffix, content in formats(path.read_bytes()).items():
            path.with_suffix(f".{suffix}").write_bytes(content)


def _formats(lines: bytes) -> dict[str, bytes]:
    """Return N-Triples in the other formats."""
    quads = pyoxigraph.parse(lines, pyoxigraph.RdfFormat.N_TRIPLES)
    triples = [quad.triple for quad in quads]
    return {suffix: serialise(triples, suffix) for suffix in FORMATS}


@lru_cache(maxsize=1)
def _unchanging(lines: bytes) -> dict[str, bytes]:
    """Return the formats of a file that one release after the other has: writing them takes longest."""
    return _formats(lines)


def _split(folder: Path, base: str) -> None:
    """Write each triple to the N-Triples of its dataset, once and in order."""
    files: dict[str, IO[bytes]] = {}
    last: dict[str, bytes] = {}
    names: dict[bytes, str | None] = {}
    with ExitStack() as stack, (folder / QUADS).open("rb") as quads:
        for quad in quads:
            end = quad.rindex(b" <")
            graph, line = quad[end + 2 : quad.rindex(b">")], quad[:end] + b" .\n"
            if graph not in names:
                names[graph] = dataset_of(graph.decode(), base)
            name = names[graph]
            if name is None or last.get(name) == line:
                continue
            if name not in files:
                files[name] = stack.enter_context((folder / FOLDER / f"{name}.nt").open("wb"))
            files[name].write(line)
            last[name] = line
